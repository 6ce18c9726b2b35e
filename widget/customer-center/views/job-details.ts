/** When, where, who and what: the first panel of a job. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AddressView, JobView, VisitView } from '../../../server/contract/work.ts';
import { dateTile } from '../../parts/date-tile.ts';
import { paperTitle } from '../../parts/paper.ts';
import { pill } from '../../parts/pill.ts';
import type { JobContext } from './job-context.ts';

const dayOf = (visit: VisitView) => visit.startsAt ?? visit.date;

export function jobDetails(job: JobView, context: JobContext): TemplateResult {
  return html`<div class="details">
    <div class="column">${when(job, context)} ${scope(job, context)}</div>
    <div class="column">${where(job, context)} ${who(job, context)}</div>
  </div>`;
}

function when(job: JobView, context: JobContext): TemplateResult {
  const { formats } = context;
  const { localizer } = formats;
  const today = formats.day(new Date(formats.now()).toISOString());
  const ahead = (visit: VisitView) => (dayOf(visit) ? formats.day(dayOf(visit)!) >= today : false);
  const next = job.visits.length > 1 ? job.visits.find(ahead) : undefined;
  const first = job.visits.find((visit) => visit.startsAt)?.startsAt;
  const zone = first && formats.foreignZone(first);
  return html`<section class="card" part="card">
    ${paperTitle(localizer.t('job.when'), context)}
    ${job.visits.length > 0
      ? html`<ul class="visits">
          ${job.visits.map((visit) => visitItem(visit, visit === next, context))}
        </ul>`
      : html`<p class="muted">
          ${job.completedAt
            ? localizer.t('job.completed', { date: formats.date(job.completedAt, 'full') })
            : localizer.t('visit.none')}
        </p>`}
    ${zone ? html`<p class="muted small">${localizer.t('job.zone', { zone })}</p>` : nothing}
  </section>`;
}

function visitItem(visit: VisitView, next: boolean, { formats }: JobContext): TemplateResult {
  const { localizer } = formats;
  const day = dayOf(visit);
  const relative = day && formats.relative(day);
  const arrival = visit.startsAt
    ? formats.arrival(visit.startsAt, visit.arrivalWindowMinutes)
    : localizer.t(day ? 'visit.anyTime' : 'visit.none');
  return html`<li class="visit">
    <span aria-hidden="true">${dateTile(formats, day)}</span>
    <div class="words">
      ${day
        ? html`<span class="together strong"
            ><time datetime=${visit.startsAt ?? day}>${formats.date(day, 'full')}</time>
            ${next ? pill('ok', localizer.t('job.next')) : nothing}</span
          >`
        : nothing}
      <span class="together"
        ><span>${arrival}</span>${relative ? html`<span class="muted">${relative}</span>` : nothing}</span
      >
      ${visit.technician
        ? html`<span class="muted">${localizer.t('visit.with', { name: visit.technician })}</span>`
        : nothing}
    </div>
  </li>`;
}

function scope({ scope: text }: JobView, context: JobContext): TemplateResult | typeof nothing {
  if (!text?.trim()) return nothing;
  return html`<section class="card" part="card">
    ${paperTitle(context.formats.localizer.t('job.scope'), context)}
    <p class="prose" lang=${context.card.locale}>${text.trim()}</p>
  </section>`;
}

function where({ address }: JobView, context: JobContext): TemplateResult | typeof nothing {
  if (!address) return nothing;
  const { localizer } = context.formats;
  const lines = addressLines(address, context.card.country, localizer.tag);
  const query = [address.line1, address.city, address.region, address.postalCode, address.country].filter(Boolean).join(', ');
  return html`<section class="card" part="card">
    ${paperTitle(localizer.t('job.where'), context)}
    ${address.name ? html`<p class="strong">${address.name}</p>` : nothing}
    <p>${lines.map((line, at) => html`${at ? html`<br />` : nothing}${line}`)}</p>
    <a
      class="link"
      part="link"
      href="https://www.google.com/maps/search/?api=1&amp;query=${encodeURIComponent(query)}"
      target="_blank"
      rel="noopener noreferrer"
      >${localizer.t('job.map')}<span class="visually-hidden">${` (${localizer.t('job.newTab')})`}</span></a
    >
  </section>`;
}

/** The country is said only where it is not the contractor's own. */
function addressLines(address: AddressView, home: string, tag: string): string[] {
  const { line1, line2, city, region, postalCode, country } = address;
  const place = [[city, region].filter(Boolean).join(', '), postalCode].filter(Boolean).join(' ');
  const abroad = country && country !== home ? new Intl.DisplayNames(tag, { type: 'region' }).of(country) : null;
  return [line1, line2, place, abroad].filter((line): line is string => Boolean(line));
}

function who({ contact, customer, technician }: JobView, context: JobContext): TemplateResult {
  const { localizer } = context.formats;
  const { email = null, mobile = null } = contact ?? {};
  return html`<section class="card" part="card">
    <dl class="facts">
      ${technician ? html`<dt>${localizer.t('job.technician')}</dt><dd>${technician}</dd>` : nothing}
      ${customer.name && customer.name !== contact?.name
        ? html`<dt>${localizer.t('job.customer')}</dt><dd>${customer.name}</dd>`
        : nothing}
      ${contact
        ? html`<dt>${localizer.t('job.contact')}</dt>
            <dd>
              ${contact.name}
              ${mobile
                ? /^\+\d+$/.test(mobile)
                  ? html`<a class="link" href="tel:${mobile}">${localizer.phone(mobile)}</a>`
                  : html`<br />${mobile}`
                : nothing}
              ${email
                ? /^[\w.+-]+@[\w.-]+$/.test(email)
                  ? html`<a class="link" href="mailto:${email}">${email}</a>`
                  : html`<br />${email}`
                : nothing}
            </dd>`
        : nothing}
    </dl>
  </section>`;
}
