import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Remark } from '../../../server/contract/estimates.ts';
import { answerRemark } from '../../data/office-estimates.ts';
import { define } from '../../parts/define.ts';
import { moment } from '../ago.ts';
import { textArea } from '../form/fields.ts';
import { formState } from '../form/form-parts.ts';
import { Form } from '../form/form.ts';
import { screenStyles } from '../form/styles.ts';
import { Screen } from '../screen.ts';

/** One remark of a customer about an estimate, and its answer, written in place. */
export class OfficeInboxRemark extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .wish {
        color: var(--cc-warn);
      }
      .wish,
      .answer {
        white-space: pre-line;
      }
      .answer {
        padding-inline-start: calc(var(--cc-space) * 3);
        border-inline-start: 3px solid var(--cc-line-strong);
      }
      .remark {
        display: grid;
        gap: calc(var(--cc-space) * 2);
        justify-items: start;
      }
      form {
        width: 100%;
      }
      .button.quiet {
        text-align: start;
        margin-inline-start: calc(var(--cc-space) * -4.5);
      }
      .actions .button.quiet {
        margin: 0;
      }
    `,
  ];

  /** What they wrote. */
  @property({ attribute: false }) remark!: Remark;
  /** To be told when it was answered. */
  @property({ attribute: false }) answered: () => void = () => undefined;

  @query('textarea') private field!: HTMLTextAreaElement | null;
  @query('.open') private opener!: HTMLElement | null;

  @state() private writing = false;

  readonly #form = new Form<{ answer: string }>(this, {
    name: () => `remark ${this.remark.id}`,
    check: ({ answer }) => (answer.trim() ? {} : { answer: this.localizer.t('form.required') }),
    save: async ({ values, key }) => {
      const answer = values.answer.trim();
      await answerRemark(this.office, this.thing, this.remark.id, answer, key);
      this.remark = { ...this.remark, answer, answeredAt: new Date().toISOString() };
      this.writing = false;
      this.say(this.localizer.t('inbox.remarkSaved'));
      this.answered();
    },
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.#form.values) return;
    this.#form.start({ answer: '' });
    this.writing = this.#form.restored;
  }

  protected override render(): TemplateResult {
    const { localizer: t, remark, formats } = this;
    const { text, by, createdAt, answer, answeredAt } = remark;
    return html`<div class="cc remark" tabindex="-1">
      <p><span class="wish" lang="">“${text}”</span> <span class="muted small">${by}, ${moment(formats, createdAt)}</span></p>
      ${answer === null ? nothing : html`<p class="answer"><span lang="">${answer}</span> <span class="muted small">${t.t('inbox.remarkAnswered')}${answeredAt ? `, ${moment(formats, answeredAt)}` : ''}</span></p>`}
      ${this.writing ? this.#writer() : nothing}
      ${this.writing || answer !== null ? nothing : html`<button type="button" class="button quiet open" @click=${this.#open}>${t.t('inbox.remarkAnswer')}</button>`}
    </div>`;
  }

  #writer(): TemplateResult {
    const { localizer: t, remark } = this;
    const form = this.#form;
    return html`<form novalidate @submit=${this.#save}>
      ${textArea(t, form, 'answer', t.t('inbox.remarkText', { remark: remark.text }), { required: true, rows: 2, hiddenLabel: true, hint: t.t('inbox.remarkHint') })} ${formState(t, form)}
      <div class="actions">
        <button class="button" aria-disabled=${form.busy ? 'true' : 'false'}>${form.busy ? t.t('form.saving') : t.t('inbox.remarkSave')}</button>
        <button type="button" class="button quiet" @click=${this.#cancel}>${t.t('office.cancel')}</button>
      </div>
    </form>`;
  }

  #open = async (): Promise<void> => {
    this.writing = true;
    await this.updateComplete;
    this.field?.focus();
  };

  #cancel = async (): Promise<void> => {
    this.#form.discard();
    this.writing = false;
    await this.updateComplete;
    this.opener?.focus();
  };

  #save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(await this.#form.save())) return;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.remark')?.focus();
  };
}

define('cc-office-inbox-remark', OfficeInboxRemark);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-inbox-remark': OfficeInboxRemark;
  }
}
