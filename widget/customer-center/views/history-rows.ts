/** The three kinds of row in the work history. Each is one thing to press, from edge to edge. */
import { html, nothing, type TemplateResult } from 'lit';
import type { JobRow } from '../../../server/contract/work.ts';
import type { Formats } from '../../locale/formats.ts';
import { dateTile } from '../../parts/date-tile.ts';
import { jobPill } from './job-state.ts';

/** What all rows of a screen share. */
export interface RowContext {
  formats: Formats;
  /** Language of the contractor's own words. */
  lang: string;
  /** Whether rows of several customers stand together. */
  named: boolean;
  /** Heading level of a row's name. */
  level: number;
  /** Opens the view at a path; `row` finds the pressed row again when the person comes back. */
  open: (path: string, row: string) => void;
}

type Part = TemplateResult | string | null | undefined | false;

/** Second words, told apart by a dot, which stays at the end of its line. */
const meta = (parts: readonly Part[]) =>
  html`<span class="meta" part="row-meta"
    >${parts.filter(Boolean).map((part, at, { length }) => html`<span>${part}${at < length - 1 ? '\u00a0· ' : ''}</span>${' '}`)}</span
  >`;

const owner = (job: JobRow, { named }: RowContext) => named && job.customerName;

/** A job that waits may stand in the past as well: its rows are told apart by where they stand. */
export const rowKey = (section: string, job: JobRow) => `${section} ${job.id}`;

const name = (job: JobRow, row: string, { lang, level, open }: RowContext) =>
  html`<span class="name" part="row-name" role="heading" aria-level=${level}
    ><button type="button" role="link" class="go" data-row=${row} @click=${() => open(`/jobs/${job.id}`, row)}>
      <span lang=${lang}>${job.service}</span>
    </button></span
  >`;

/** Where the person answers: the estimate or invoice itself, or the job where there is none of it, such as after an import. */
function answerTo({ id, waitsFor, waitsDocument: document }: JobRow) {
  if (document?.kind === 'estimate') return { label: 'document.viewEstimate', path: `/estimates/${document.id}` } as const;
  if (document) return { label: 'document.viewInvoice', path: `/invoices/${document.id}` } as const;
  if (waitsFor === 'estimate') return { label: 'history.review', path: `/jobs/${id}` } as const;
  return { label: 'history.see', path: `/jobs/${id}?tab=charges` } as const;
}

/** A job that waits for the person: what it is, how much, and the way to answer. */
export function waitingRow(job: JobRow, context: RowContext, first: boolean): TemplateResult {
  const { formats, lang, level, open } = context;
  const { localizer } = formats;
  const estimate = job.waitsFor === 'estimate';
  const amount = job.waitsDocument?.amount ?? (estimate ? job.total : job.balance);
  const { label, path } = answerTo(job);
  return html`<li class="row ask ${estimate ? 'estimate' : 'payment'}" part="row">
    <div class="words">
      <span class="name" part="row-name" role="heading" aria-level=${level}>
        ${localizer.t(estimate ? 'history.ask.estimate' : 'history.ask.payment')}${' · '}<span lang=${lang}>${job.service}</span>
      </span>
      ${meta([owner(job, context), localizer.t('job.number', { number: job.number }), job.address])}
    </div>
    <span class="sum" part="row-amount">${amount ? formats.money(amount) : nothing}</span>
    <button
      type="button"
      role="link"
      data-row=${rowKey('waiting', job)}
      class="button go ${first ? 'primary' : ''}"
      part="button"
      @click=${() => open(path, rowKey('waiting', job))}
    >
      ${localizer.t(label)}${' '}<span class="visually-hidden" lang=${lang}>${job.service}</span>
    </button>
  </li>`;
}

/** A job that is coming: the day to find it by, then when exactly, where and who. */
export function upcomingRow(job: JobRow, context: RowContext): TemplateResult {
  const { formats } = context;
  const { localizer } = formats;
  const { visit } = job;
  const day = visit?.startsAt ?? visit?.date ?? null;
  const technician = visit?.technician ?? job.technician;
  const arrival = visit?.startsAt
    ? formats.arrival(visit.startsAt, visit.arrivalWindowMinutes)
    : localizer.t(day ? 'visit.anyTime' : 'visit.none');
  const relative = day && formats.relative(day);
  return html`<li class="row coming" part="row">
    ${dateTile(formats, day)}
    <div class="words">
      ${name(job, rowKey('upcoming', job), context)}
      ${meta([
        html`<span class="when">${arrival}</span>`,
        owner(job, context),
        job.address,
        technician && localizer.t('visit.with', { name: technician }),
      ])}
    </div>
    <span class="side">
      ${relative ? html`<span class="relative">${relative}</span>` : nothing}
      <span class="state-pill">${jobPill(job, formats)}</span>
    </span>
  </li>`;
}

/** A job of the past: what, when, where, and whether it is paid. */
export function pastRow(job: JobRow, context: RowContext): TemplateResult {
  const { formats } = context;
  const day = job.visit?.startsAt ?? job.visit?.date ?? job.occurredAt;
  return html`<li class="row past" part="row">
    <div class="words">
      ${name(job, rowKey('past', job), context)}
      ${meta([
        html`<time datetime=${formats.day(day)}>${formats.date(day, 'medium')}</time>`,
        owner(job, context),
        job.address,
      ])}
    </div>
    ${job.total ? html`<span class="amount" part="row-amount">${formats.money(job.total)}</span>` : nothing}
    <span class="state-pill">${jobPill(job, formats)}</span>
  </li>`;
}
