import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { JobOverview } from '../../../server/contract/office.ts';
import { changeRecord, makeRecord, readRecord, removeRecord } from '../../data/office-jobs.ts';
import { define } from '../../parts/define.ts';
import { FormDialog } from '../form/form-dialog.ts';
import { selectField, textField } from '../form/fields.ts';
import { Form } from '../form/form.ts';
import '../locale/en-jobs.ts';
import { segments, segmentStyles } from '../segments.ts';
import { instantOf, todayIn, zonedOf } from '../zoned.ts';
import { keptWords } from './job-words.ts';

type Visit = JobOverview['visits'][number];

interface Typed extends Record<string, unknown> {
  /** Only a day, or a moment on it. */
  how: 'day' | 'time';
  date: string;
  start: string;
  end: string;
  /** Where the end is on another day. */
  endDate: string;
  window: string;
  technician: string;
}

/** Arrival windows in minutes, as they are chosen. */
const windows = ['30', '60', '90', '120', '180', '240', '480'];

/** A visit of a job: only a day, or a time on the account's clock with an arrival window; and who comes. */
export class OfficeVisit extends FormDialog<Typed> {
  static override styles = [...FormDialog.styles, segmentStyles];

  /** Whose visit it is. */
  @property({ attribute: false }) jobId = '';
  /** Who usually comes. */
  @property({ attribute: false }) technician = '';
  /** The one to change; a new one without. */
  @property({ attribute: false }) visit: Visit | undefined;

  protected override readonly form = new Form<Typed>(this, {
    name: () => `visit ${this.visit?.id ?? `new ${this.jobId}`}`,
    check: (values) => this.#check(values),
    reread: async () => {
      const visit = await readRecord(this.office, 'visits', this.visit!.id);
      return { values: this.#typed(visit), version: visit.updatedAt };
    },
    save: async ({ values, version, key }) => {
      const fields = this.#fields(values);
      if (this.visit) await changeRecord(this.office, 'visits', this.visit.id, fields, version);
      else await makeRecord(this.office, 'visits', { jobId: this.jobId, ...fields }, key);
    },
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.form.values && this.router) this.form.start(this.#typed(this.visit), this.visit?.updatedAt);
  }

  #typed(visit: Visit | undefined): Typed {
    const zone = this.account.timeZone;
    const start = visit?.startsAt ? zonedOf(visit.startsAt, zone) : undefined;
    const end = visit?.endsAt ? zonedOf(visit.endsAt, zone) : undefined;
    return {
      how: visit && !start ? 'day' : 'time', date: start?.date ?? visit?.date ?? todayIn(zone), start: start?.time ?? '09:00', end: end?.time ?? '',
      endDate: end && end.date !== start?.date ? end.date : '', window: visit?.arrivalWindowMinutes ? String(visit.arrivalWindowMinutes) : '', technician: visit ? (visit.technician ?? '') : this.technician,
    };
  }

  #fields({ how, date, start, end, endDate, window, technician }: Typed) {
    const zone = this.account.timeZone;
    const who = { technician: technician.trim() || null };
    if (how === 'day') return { ...who, date, startsAt: null, endsAt: null, arrivalWindowMinutes: null };
    return { ...who, date: null, startsAt: instantOf(date, start, zone), endsAt: end ? instantOf(endDate || date, end, zone) : null, arrivalWindowMinutes: window ? Number(window) : null };
  }

  #check({ how, date, start, end, endDate }: Typed): Partial<Record<keyof Typed & string, string>> {
    const { localizer: t } = this;
    const zone = this.account.timeZone;
    if (!date) return { date: t.t('form.required') };
    if (how === 'day') return {};
    if (!start) return { start: t.t('form.required') };
    return { end: end && instantOf(endDate || date, end, zone) <= instantOf(date, start, zone) ? t.t('work.endFirst') : '' };
  }

  protected override get heading(): string {
    return this.localizer.t(this.visit ? 'work.editVisit' : 'work.addVisit');
  }

  protected override get labels() {
    const { localizer: t } = this;
    return {
      how: t.t('work.when'), date: t.t('work.date'), start: t.t('work.start'), end: t.t('work.end'), endDate: t.t('work.endDate'), window: t.t('work.window'), technician: t.t('work.technician'),
    };
  }

  protected override show(field: keyof Typed & string, value: unknown): string {
    if (field === 'how') return this.localizer.t(value === 'day' ? 'work.onlyDay' : 'work.withTime');
    if (field === 'date' && typeof value === 'string' && value) return this.formats.date(value, 'medium');
    return field === 'window' ? this.#windowWords(String(value)) : super.show(field, value);
  }

  #windowWords(minutes: string): string {
    const { localizer: t } = this;
    if (!minutes) return t.t('work.noWindow');
    return Number(minutes) % 60 === 0 ? t.plural('work.hours', Number(minutes) / 60) : t.plural('work.minutes', Number(minutes));
  }

  protected override fields(values: Typed): TemplateResult {
    const { localizer: t, form, labels } = this;
    const choices = [...new Set(['', ...windows, values.window])].map((minutes) => [minutes, this.#windowWords(minutes)] as const);
    const zone = this.formats.foreignZone(new Date().toISOString());
    return html`${segments(labels.how, [['time', t.t('work.withTime')], ['day', t.t('work.onlyDay')]], values.how, (how) => form.set('how', how))}
      ${textField(t, form, 'date', labels.date, { type: 'date', required: true })}
      ${values.how === 'time'
        ? html`<div class="two">
              ${textField(t, form, 'start', labels.start, { type: 'time', required: true, hint: zone ? t.t('work.zone', { zone }) : undefined })} ${textField(t, form, 'end', labels.end, { type: 'time' })}
            </div>
            ${values.endDate || (values.end && values.end <= values.start) ? textField(t, form, 'endDate', labels.endDate, { type: 'date' }) : nothing} ${selectField(t, form, 'window', labels.window, choices, { hint: t.t('work.windowHint') })}`
        : nothing}
      ${textField(t, form, 'technician', labels.technician)}`;
  }

  protected override get removal() {
    const { visit, localizer: t } = this;
    if (!visit) return undefined;
    return { label: t.t('office.delete'), ask: t.t('work.askVisit'), act: () => removeRecord(this.office, 'visits', visit.id), refused: (error: Parameters<typeof keptWords>[0]) => keptWords(error, t) };
  }
}

define('cc-office-visit', OfficeVisit);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-visit': OfficeVisit;
  }
}
