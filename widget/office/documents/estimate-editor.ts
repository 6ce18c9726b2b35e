import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Estimate } from '../../../server/contract/estimates.ts';
import type { JobOverview } from '../../../server/contract/office.ts';
import { changeEstimate, readEstimate, type EstimateChange } from '../../data/office-estimates.ts';
import { define } from '../../parts/define.ts';
import { checkField, selectField, textArea, textField } from '../form/fields.ts';
import { formState } from '../form/form-parts.ts';
import { Form } from '../form/form.ts';
import { screenStyles } from '../form/styles.ts';
import '../locale/en-estimates.ts';
import { Screen } from '../screen.ts';
import { editorStyles } from './estimate-editor.styles.ts';
import { errorAt, lineEditor, offField, type LineContext } from './estimate-line-editor.ts';
import { newGroup, newLine, preselect, restored, settled, withPart, withTaxes } from './estimate-lines.ts';
import { show, sums, taxesEditor, groupsEditor } from './estimate-parts.ts';
import { changeOf, isBlank, tongueOf, valuesOf, wrongIn, wrongToSend, type EstimateValues, type LineValues, type Rules, type Tongue } from './estimate-values.ts';
import { LineEditing } from './line-editing.ts';

/** What is typed has changed. It does not leave the screen. */
export class DraftEvent extends Event {
  constructor() {
    super('cc-estimate-draft');
  }
}

/**
 * The working copy of an estimate: lines, packages, taxes, deposit, terms. Nothing is saved before somebody says so; what is typed
 * survives a reload until then.
 *
 * @event {DraftEvent} cc-estimate-draft - What is typed, or what is saved, has changed.
 */
export class OfficeEstimateEditor extends Screen {
  static override styles = [...screenStyles, editorStyles];

  /** The estimate as it was read or saved last. */
  @property({ attribute: false }) estimate!: Estimate;
  /** The job it is for. */
  @property({ attribute: false }) job!: JobOverview;

  #started = '';
  #read: Estimate | undefined;
  #told: EstimateValues | undefined;

  readonly #form: Form<EstimateValues> = new Form<EstimateValues>(this, {
    name: () => `estimate ${this.estimate.id}`,
    check: (values) => wrongIn(values, this.#tongue),
    save: async ({ changed, version }) => {
      this.estimate = await changeEstimate(this.office, this.estimate.id, changeOf(changed, this.#tongue), version);
    },
    reread: async () => {
      const { estimate } = await readEstimate(this.office, this.estimate.id);
      return { values: this.#valuesOf(estimate), version: estimate.updatedAt };
    },
  });

  readonly #lines = new LineEditing<LineValues>(this, this.#form as unknown as Form<{ lines: LineValues[] } & Record<string, unknown>>, {
    empty: (before) => newLine(before?.taxes ?? this.#form.values!.taxes.map(({ key }) => key)),
    copy: (line) => line,
    say: (line, n, of) => this.localizer.t('est.movedTo', { name: line.description || this.localizer.t('est.lineNumber', { n }), n, of }),
    settle: (lines) => settled({ lines, groups: this.#form.values!.groups }),
    restore: (deleted) => restored(this.#form.values!, deleted),
  });

  get #tongue(): Tongue {
    return tongueOf(this.localizer, this.account.currency, this.#form.values?.tag);
  }
  get #rules(): Rules {
    const { rounding = this.account.taxRounding, fixedTax } = this.estimate.draft;
    return { rounding, fixedTax };
  }
  /** What is on file, with numbers as the form has them. */
  #valuesOf = ({ draft }: Estimate): EstimateValues => valuesOf(draft, this.#tongue);
  /** The same as the language wants it now. */
  get #anew(): EstimateValues {
    return valuesOf(this.estimate.draft, tongueOf(this.localizer, this.account.currency));
  }

  /** Whether something is typed that is not saved. */
  get dirty(): boolean {
    return this.#form.dirty;
  }

  /** What the preview is made of; undefined while something in it cannot be understood. Lines that are still empty do not count yet. */
  get change(): EstimateChange | undefined {
    const { values } = this.#form;
    if (!values) return undefined;
    const shown = { ...values, lines: values.lines.filter((line) => !isBlank(line)) };
    return Object.keys(wrongIn(shown, this.#tongue)).length > 0 ? undefined : changeOf(shown, this.#tongue);
  }

  /** Saves what is typed. False when something is in the way, which then shows. */
  async save(): Promise<boolean> {
    if (this.#form.dirty || this.#form.problem) {
      if (!(await this.#form.save())) return false;
      this.#form.start(this.#anew, this.estimate.updatedAt);
    }
    this.dispatchEvent(new DraftEvent());
    return true;
  }

  /** Whether it can be sent as it is; says what is in the way. */
  async ready(): Promise<boolean> {
    const form = this.#form;
    if (!form.values) return false;
    const today = this.formats.day(new Date(this.formats.now()).toISOString());
    form.errors = { ...wrongIn(form.values, this.#tongue), ...wrongToSend(form.values, this.#tongue, today, this.#rules) };
    this.requestUpdate();
    if (Object.keys(form.errors).length === 0) return true;
    await this.#focusOn('[aria-invalid=true], #lines-error');
    return false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.estimate || !this.router) return;
    if (this.#started !== this.estimate.id) {
      this.#started = this.estimate.id;
      this.#form.start(this.#anew, this.estimate.updatedAt);
      this.#lines.deleted = undefined;
    } else if (this.#read !== this.estimate || this.#form.values?.tag !== this.localizer.tag) this.#form.refresh(this.#anew, this.estimate.updatedAt);
    this.#read = this.estimate;
  }

  protected override updated(): void {
    if (this.#form.values === this.#told) return;
    this.#told = this.#form.values;
    void this.updateComplete.then(() => this.dispatchEvent(new DraftEvent()));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { localizer: t, formats, job, level, account } = this;
    const form = this.#form;
    const { values } = form;
    if (!values) return nothing;
    const { deleted } = this.#lines;
    const own = job.contacts.find(({ id }) => id === job.job.contactId) ?? job.contacts[0];
    const heading = (words: string) => html`<span class="sub" role="heading" aria-level=${level + 1}>${words}</span>`;
    return html`<div class="cc">
      <form novalidate aria-label=${t.t('est.edit')} @submit=${this.#submit}>
        <section class="panel padded">
          ${textField(t, form, 'title', t.t('est.subject'), { required: true })}
          <div class="beside">
            ${selectField(t, form, 'contactId', t.t('est.contact'), [['', own ? t.t('est.jobContact', { name: own.name }) : t.t('est.noContact')], ...job.contacts.map(({ id, name }) => [id, name] as const)])}
            ${textField(t, form, 'expiresOn', t.t('est.expiresOn'), { type: 'date', hint: t.t('est.expiresHint') })}
          </div>
        </section>
        <section class="panel padded">
          ${heading(t.t('est.lines'))}
          <ol class="lines">
            ${repeat(values.lines, ({ id }) => id, (line, index) => lineEditor(line, index, this.#context(values)))}
          </ol>
          ${form.errors['lines'] === undefined ? nothing : html`<p id="lines-error" class="error" role="alert" tabindex="-1">${form.errors['lines'] || t.t('form.notAccepted')}</p>`}
          ${values.lines.length === 0 && form.errors['lines'] === undefined ? html`<p class="muted">${t.t('est.empty')}</p>` : nothing}
          ${deleted
            ? html`<p class="banner plain undo" role="status">
                ${t.t('est.lineDeleted', { name: deleted.line.description || t.t('est.lineNumber', { n: deleted.index + 1 }) })}
                <button type="button" id="undo" class="link" @click=${this.#lines.undo}>${t.t('est.undo')}</button>
              </p>`
            : nothing}
          <div class="actions">
            <button type="button" class="button" id="add-line" @click=${() => this.#lines.add(values.lines.length - 1)}>${t.t('est.addLine')}</button>
            <span class="small muted keys-hint">${t.t('est.keys')}</span>
          </div>
          ${sums(values, this.#tongue, this.#rules, formats)}
        </section>
        <section class="panel padded">
          ${heading(t.t('est.groups'))}
          <p class="small muted">${t.t('est.groupsHint')}</p>
          ${groupsEditor(values, form.errors, formats, { set: this.#rename, remove: this.#removeGroup })}
          <div class="actions"><button type="button" class="button" id="add-group" @click=${this.#addGroup}>${t.t('est.addGroup')}</button></div>
        </section>
        <section class="panel padded">
          ${heading(t.t('est.taxesDeposit'))} ${taxesEditor(values, account.taxes, formats, this.#setTaxes)}
          ${checkField(form, 'taxIncluded', t.t('est.taxIncluded'), t.t('est.taxIncludedHint'))}
          ${offField('deposit', t.t('est.deposit'), t.t('est.noDeposit'), values.deposit, errorAt(form.errors, 'deposit'), formats, (deposit) => form.set('deposit', deposit))}
        </section>
        <section class="panel padded">
          ${heading(t.t('est.terms'))} ${textArea(t, form, 'terms', t.t('est.termsText'), { rows: 5 })}
          ${account.estimateTerms && account.estimateTerms !== values.terms
            ? html`<div class="actions"><button type="button" class="button" @click=${() => form.set('terms', account.estimateTerms!)}>${t.t('est.accountTerms')}</button></div>`
            : nothing}
          ${checkField(form, 'termsRequired', t.t('est.termsRequired'))}
        </section>
        <div class="save-bar">
          ${formState(t, form, { label: (field) => t.t(show.labels[field as keyof typeof show.labels] ?? 'est.lines'), show: (field, value) => show.value(field, value, this.#tongue, formats, job.contacts) })}
          <div class="actions">
            <button class="button" aria-disabled=${form.busy || !form.dirty ? 'true' : 'false'}>${t.t(form.busy ? 'form.saving' : 'est.saveDraft')}</button>
            <span class="small muted" role="status">${form.dirty ? t.t('est.unsaved') : this.estimate.version > 0 && this.estimate.changed ? t.t('est.savedNotSent') : nothing}</span>
          </div>
        </div>
      </form>
      <span class="visually-hidden" role="status">${this.#lines.spoken}</span>
    </div>`;
  }

  #context(values: EstimateValues): LineContext {
    const { set, toggle, add, duplicate, move, remove, open } = this.#lines;
    return {
      formats: this.formats, tongue: this.#tongue, values, errors: this.#form.errors, open, set, toggle, add, duplicate, remove,
      move: (index, step) => void move(index, step),
      part: (index, part) => this.#put(settled({ ...values, lines: values.lines.map((line, at) => (at === index ? withPart(line, part) : line)) })),
      preselect: (index, on) => this.#put(preselect(values.lines, values.lines[index]!.id, on)),
    };
  }

  #put(lines: LineValues[]): void {
    this.#form.set('lines', lines);
  }

  #addGroup = (): void => {
    const group = newGroup();
    this.#form.set('groups', [...this.#form.values!.groups, group]);
    void this.#focusOn(`#group-${group.key}`);
  };

  #rename = (key: string, name: string): void => {
    this.#form.set('groups', this.#form.values!.groups.map((group) => (group.key === key ? { ...group, name } : group)));
  };

  #removeGroup = (key: string): void => {
    const values = this.#form.values!;
    const groups = values.groups.filter((group) => group.key !== key);
    this.#form.set('groups', groups);
    this.#put(settled({ lines: values.lines, groups }));
    void this.#focusOn('#add-group');
  };

  #setTaxes = (taxes: EstimateValues['taxes']): void => {
    const lines = withTaxes(this.#form.values!, taxes);
    this.#form.set('taxes', taxes);
    this.#put(lines);
    void this.#focusOn('#tax-add, #tax-end');
  };

  #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!this.dirty) return;
    if (await this.save()) this.say(this.localizer.t('est.draftSaved'));
  };

  async #focusOn(selector: string): Promise<void> {
    await this.updateComplete;
    this.shadowRoot!.querySelector<HTMLElement>(selector)?.focus();
  }
}

define('cc-office-estimate-editor', OfficeEstimateEditor);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-estimate-editor': OfficeEstimateEditor;
  }
}
