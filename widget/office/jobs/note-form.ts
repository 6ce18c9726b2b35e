import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { JobOverview } from '../../../server/contract/office.ts';
import { changeRecord, makeRecord, readRecord, removeRecord } from '../../data/office-jobs.ts';
import { define } from '../../parts/define.ts';
import { FormDialog } from '../form/form-dialog.ts';
import { textArea } from '../form/fields.ts';
import { Form } from '../form/form.ts';
import '../locale/en-jobs.ts';
import { segments, segmentStyles } from '../segments.ts';

type Note = JobOverview['notes'][number];

interface Typed extends Record<string, unknown> {
  body: string;
  shared: boolean;
}

/** A note on a job, for the office only unless somebody shares it. */
export class OfficeNote extends FormDialog<Typed> {
  static override styles = [...FormDialog.styles, segmentStyles];

  /** On which job. */
  @property({ attribute: false }) jobId = '';
  /** The one to change; a new one without. */
  @property({ attribute: false }) note: Note | undefined;

  protected override readonly form = new Form<Typed>(this, {
    name: () => `note ${this.note?.id ?? `new ${this.jobId}`}`,
    check: ({ body }) => ({ body: body.trim() ? '' : this.localizer.t('form.required') }),
    reread: async () => {
      const note = await readRecord(this.office, 'notes', this.note!.id);
      return { values: typed(note), version: note.updatedAt };
    },
    save: async ({ values, version, key }) => {
      if (this.note) await changeRecord(this.office, 'notes', this.note.id, values, version);
      else await makeRecord(this.office, 'notes', { jobId: this.jobId, author: this.staff.name, ...values }, key);
      this.say(this.localizer.t(values.shared ? 'work.savedShared' : 'work.savedPrivate'));
    },
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.form.values && this.router) this.form.start(typed(this.note), this.note?.updatedAt);
  }

  protected override get heading(): string {
    return this.localizer.t(this.note ? 'work.editNote' : 'work.addNote');
  }

  protected override get labels() {
    return { body: this.localizer.t('work.note'), shared: this.localizer.t('work.whoSees') };
  }

  protected override show(field: keyof Typed & string, value: unknown): string {
    return field === 'shared' ? this.localizer.t(value ? 'work.shared' : 'work.private') : super.show(field, value);
  }

  protected override fields({ shared }: Typed): TemplateResult {
    const { localizer: t, form, labels } = this;
    const choices = [['no', t.t('work.private')], ['yes', t.t('work.shared')]] as const;
    return html`${textArea(t, form, 'body', labels.body, { rows: 5, required: true })}
      <div>
        <p class="label">${labels.shared}</p>
        ${segments(labels.shared, choices, shared ? 'yes' : 'no', (choice) => form.set('shared', choice === 'yes'))}
        <p class="hint" role="status">${t.t(shared ? 'work.sharedHint' : 'work.privateHint')}</p>
      </div>
      ${this.note?.author ? html`<p class="small muted">${t.t('work.by', { name: this.note.author })}</p>` : nothing}`;
  }

  protected override get removal() {
    const { note, localizer: t } = this;
    if (!note) return undefined;
    return { label: t.t('office.delete'), ask: t.t(note.shared ? 'work.askSharedNote' : 'work.askNote'), act: () => removeRecord(this.office, 'notes', note.id) };
  }
}

const typed = (note: Note | undefined): Typed => ({ body: note?.body ?? '', shared: note?.shared ?? false });

define('cc-office-note', OfficeNote);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-note': OfficeNote;
  }
}
