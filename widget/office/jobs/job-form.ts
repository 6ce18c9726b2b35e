import { html, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { JobOverview } from '../../../server/contract/office.ts';
import { changeRecord, readJob, removeRecord } from '../../data/office-jobs.ts';
import { define } from '../../parts/define.ts';
import { checkField, selectField, textArea, textField } from '../form/fields.ts';
import { FormDialog } from '../form/form-dialog.ts';
import { Form } from '../form/form.ts';
import '../locale/en-jobs.ts';
import { addressLine, keptWords } from './job-words.ts';

interface Typed extends Record<string, unknown> {
  service: string;
  scope: string;
  addressId: string;
  contactId: string;
  technician: string;
  poNumber: string;
  presentation: 'summary' | 'detailed';
  onlinePayment: boolean;
}

/** What a job is about, where, for whom, and how its invoices look and are paid. */
export class OfficeJobForm extends FormDialog<Typed> {
  /** The job, with the contacts and addresses it may have. */
  @property({ attribute: false }) overview!: JobOverview;

  protected override readonly form = new Form<Typed>(this, {
    name: () => `job ${this.overview.job.id}`,
    check: ({ service }) => ({ service: service.trim() ? '' : this.localizer.t('form.required') }),
    reread: async () => {
      const { job } = await readJob(this.office, this.overview.job.id);
      return { values: typed(job), version: job.updatedAt };
    },
    save: async ({ changed, version }) => {
      const fields = { ...changed };
      for (const field of ['scope', 'addressId', 'contactId', 'technician', 'poNumber'] as const) if (fields[field] !== undefined) fields[field] = (fields[field].trim() || null) as never;
      await changeRecord(this.office, 'jobs', this.overview.job.id, fields, version);
      this.say(this.localizer.t('office.saved'));
    },
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.form.values && this.router) this.form.start(typed(this.overview.job), this.overview.job.updatedAt);
  }

  protected override get heading(): string {
    return this.localizer.t('work.editJob', { number: this.overview.job.number });
  }

  protected override get wide(): boolean {
    return true;
  }

  protected override get labels() {
    const { localizer: t } = this;
    return {
      service: t.t('work.service'), scope: t.t('work.scope'), addressId: t.t('work.address'), contactId: t.t('work.contact'), technician: t.t('work.technician'),
      poNumber: t.t('work.po'), presentation: t.t('work.presentation'), onlinePayment: t.t('work.onlinePayment'),
    };
  }

  protected override show(field: keyof Typed & string, value: unknown): string {
    const { localizer: t, overview } = this;
    if (field === 'presentation') return t.t(value === 'summary' ? 'work.summary' : 'work.detailed');
    if (field === 'onlinePayment') return t.t(value ? 'work.yes' : 'work.no');
    if (field === 'contactId') return overview.contacts.find(({ id }) => id === value)?.name ?? t.t('work.noContact');
    const address = field === 'addressId' ? overview.addresses.find(({ id }) => id === value) : undefined;
    return address ? addressLine(address) : field === 'addressId' ? t.t('work.noAddress') : super.show(field, value);
  }

  protected override fields({ presentation }: Typed): TemplateResult {
    const { localizer: t, form, labels, overview } = this;
    const addresses = [['', t.t('work.noAddress')] as const, ...overview.addresses.map((each) => [each.id, addressLine(each)] as const)];
    const contacts = [['', t.t('work.noContact')] as const, ...overview.contacts.map(({ id, name }) => [id, name] as const)];
    const presentations = [['detailed', t.t('work.detailed')], ['summary', t.t('work.summary')]] as const;
    return html`${textField(t, form, 'service', labels.service, { required: true })} ${textArea(t, form, 'scope', labels.scope, { hint: t.t('work.scopeHint') })}
      <div class="two">
        ${selectField(t, form, 'addressId', labels.addressId, addresses)} ${selectField(t, form, 'contactId', labels.contactId, contacts)} ${textField(t, form, 'technician', labels.technician)}
        ${textField(t, form, 'poNumber', labels.poNumber)}
      </div>
      ${selectField(t, form, 'presentation', labels.presentation, presentations, { hint: t.t(presentation === 'summary' ? 'work.summaryHint' : 'work.detailedHint') })}
      ${checkField(form, 'onlinePayment', labels.onlinePayment, t.t('work.onlinePaymentHint'))}`;
  }

  protected override get removal() {
    const { localizer: t, overview } = this;
    return {
      label: t.t('work.deleteJob'),
      ask: t.t('work.askJob', { number: overview.job.number }),
      act: async () => {
        await removeRecord(this.office, 'jobs', overview.job.id);
        this.router.go('/jobs', { replace: true });
      },
      refused: (error: Parameters<typeof keptWords>[0]) => keptWords(error, t),
    };
  }
}

const typed = ({ service, scope, addressId, contactId, technician, poNumber, presentation, onlinePayment }: JobOverview['job']): Typed => ({
  service, scope: scope ?? '', addressId: addressId ?? '', contactId: contactId ?? '', technician: technician ?? '', poNumber: poNumber ?? '', presentation, onlinePayment,
});

define('cc-office-job-form', OfficeJobForm);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-job-form': OfficeJobForm;
  }
}
