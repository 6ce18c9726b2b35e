import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Estimate, Remark } from '../../../server/contract/estimates.ts';
import { answerRemark } from '../../data/office-estimates.ts';
import { define } from '../../parts/define.ts';
import { pill } from '../../parts/pill.ts';
import { ago } from '../ago.ts';
import { textArea } from '../form/fields.ts';
import { formState } from '../form/form-parts.ts';
import { Form } from '../form/form.ts';
import { screenStyles } from '../form/styles.ts';
import '../../locale/en-documents.ts';
import '../locale/en-estimates.ts';
import { Screen } from '../screen.ts';

/** A remark was answered: the estimate as it stands now. It does not leave the screen. */
export class AnsweredEvent extends Event {
  constructor(readonly estimate: Estimate) {
    super('cc-estimate-answered');
  }
}

interface Typed extends Record<string, unknown> {
  answer: string;
}

/**
 * What the customer has asked about an estimate and its lines, each with its answer, or a place to write one.
 *
 * @event {AnsweredEvent} cc-estimate-answered - An answer was saved.
 */
export class OfficeEstimateRemarks extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .remark {
        display: grid;
        gap: calc(var(--cc-space) * 2);
        padding: calc(var(--cc-space) * 3.5) calc(var(--cc-space) * 5);
      }
      .about {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: calc(var(--cc-space) * 2);
      }
      .prose {
        white-space: pre-line;
      }
      .answer {
        padding-inline-start: calc(var(--cc-space) * 3);
        border-inline-start: 2px solid var(--cc-line-strong);
      }
    `,
  ];

  /** Whose remarks they are. */
  @property({ attribute: false }) estimate!: Estimate;

  /** The remark that is being answered. */
  @state() private answering = '';

  readonly #form = new Form<Typed>(this, {
    name: () => `answer ${this.answering}`,
    check: ({ answer }) => (answer.trim() ? {} : { answer: this.localizer.t('form.required') }),
    save: async ({ values, key }) => {
      const estimate = await answerRemark(this.office, this.estimate.id, this.answering, values.answer.trim(), key);
      this.dispatchEvent(new AnsweredEvent(estimate));
    },
  });

  /** An answer that was being written before a reload goes on. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has('estimate') || this.answering || !this.router) return;
    const begun = this.estimate.remarks.find(({ id }) => this.router.restoreDraft(`form answer ${id}`));
    if (begun) this.#begin(begun);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { localizer: t, estimate, level } = this;
    const { remarks } = estimate;
    if (remarks.length === 0) return nothing;
    const open = remarks.filter(({ answer }) => answer === null).length;
    return html`<div class="cc">
      <section class="panel">
        <div class="panel-head">
          <span id="heading" class="sub" role="heading" aria-level=${level} tabindex="-1">${t.t('est.remarks')}</span>
          ${open > 0 ? pill('warn', t.plural('est.remarksOpen', open)) : pill('ok', t.t('est.remarksDone'))}
        </div>
        <ul class="rows">
          ${remarks.map((remark) => this.#remark(remark))}
        </ul>
      </section>
    </div>`;
  }

  #remark(remark: Remark): TemplateResult {
    const { localizer: t, formats, estimate } = this;
    const { id, lineId, text, by, createdAt, answer, version } = remark;
    const line = lineId && estimate.draft.lines.find((each) => each.id === lineId)?.description;
    const about = lineId === null ? t.t('est.remarkWhole') : line ? t.t('est.remarkLine', { name: line }) : t.t('est.remarkGone');
    return html`<li class="remark">
      <p class="about"><span><span class="strong">${by}</span> <span class="muted small">${about} · ${t.t('document.version', { version })}</span></span><span class="muted small">${ago(formats, createdAt)}</span></p>
      <p class="prose"><q>${text}</q></p>
      ${answer === null || this.answering === id ? nothing : html`<p class="answer prose small">${answer}</p>`}
      ${this.answering === id
        ? html`<form novalidate @submit=${this.#submit} @keydown=${this.#escape}>
            ${textArea(t, this.#form, 'answer', t.t('est.answerTo', { name: by }), { rows: 3, required: true, hint: t.t('est.answerHint') })} ${formState(t, this.#form)}
            <div class="actions">
              <button class="button" aria-disabled=${this.#form.busy ? 'true' : 'false'}>${t.t(this.#form.busy ? 'form.saving' : 'est.saveAnswer')}</button>
              <button type="button" class="button quiet" @click=${() => this.#cancel()}>${t.t('office.cancel')}</button>
            </div>
          </form>`
        : html`<div><button type="button" class="link small" data-answer=${id} @click=${() => this.#open(remark)}>${t.t(answer === null ? 'est.answer' : 'est.answerAgain')}</button></div>`}
    </li>`;
  }

  #begin({ id, answer }: Remark): void {
    this.answering = id;
    this.#form.start({ answer: answer ?? '' });
  }

  #open(remark: Remark): void {
    this.#begin(remark);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('#answer')?.focus());
  }

  #cancel(): void {
    this.#form.discard();
    this.#close();
  }

  #close(): void {
    const id = this.answering;
    this.answering = '';
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`[data-answer="${id}"]`)?.focus());
  }

  #escape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.#cancel();
  };

  #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(await this.#form.save())) return;
    this.say(this.localizer.t('est.answerSaved'));
    this.#close();
  };
}

define('cc-office-estimate-remarks', OfficeEstimateRemarks);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-estimate-remarks': OfficeEstimateRemarks;
  }
}
