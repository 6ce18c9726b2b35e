import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { EstimateLine, EstimateView } from '../../../server/contract/estimates.ts';
import { ApiError } from '../../data/client.ts';
import '../../locale/en-center.ts';
import '../../locale/en-documents.ts';
import '../../locale/en-estimate.ts';
import { formatsOf } from '../../locale/formats.ts';
import { define as defineTag } from '../../parts/define.ts';
import { PaperActions } from '../../parts/paper-actions.ts';
import { paperHead, paperSender, paperTerms } from '../../parts/paper.ts';
import { choose, chosenAtFirst, keep, openGroups, totalsFor, type Chosen, type Kept } from './estimate-choices.ts';
import type { EstimateContext, News } from './estimate-context.ts';
import { choices, paper } from './estimate-lines.ts';
import type { PanelEvent } from './estimate-panel.ts';
import { askLabel, estimatePill, isOpen } from './estimate-state.ts';
import { styles } from './estimate.styles.ts';
import { PaperView } from './paper-view.ts';

/** A form that is open. */
type Panel = 'approve' | 'change' | 'decline';

/** So long after the last choice the new total is said: who goes through choices by arrow keys hears one, not five. */
const pauseMs = 700;

/** Refusals after which the estimate is read anew, and what they mean to a person. */
const newsOf: Partial<Record<string, News>> = {
  stale: 'stale',
  document_expired: 'expired',
  document_withdrawn: 'withdrawn',
  document_decided: 'decided',
};

/** Whether there is more to show than lines: a decision, a note, changes, remarks. */
const hasStory = ({ decision, remarks, changes, content, status }: EstimateView) =>
  Boolean(decision || remarks.length > 0 || changes || content.note || status === 'expired' || status === 'withdrawn');

/**
 * One estimate: choosing, approving, asking for a change, declining; also what a document link opens.
 *
 * @event {AllMyJobsEvent} cc-all-my-jobs - The reader of a document link asks for the whole center.
 * @csspart title - What it is about, as the contractor calls it.
 * @csspart pill - A state as a word.
 * @csspart card - A card, such as a line to choose or the paper.
 * @csspart section-title - A heading within the view.
 * @csspart note - What the contractor says about this version.
 * @csspart charges - The table of lines.
 * @csspart sums - Subtotal, taxes, total and deposit.
 * @csspart form - The form for approving, asking for a change or declining.
 * @csspart label - Label of a field.
 * @csspart field - A field.
 * @csspart link - A link that leaves the center.
 * @csspart button - A button.
 * @csspart empty - What stands in the place of an estimate that is gone.
 * @csspart error - What is wrong: beside its cause, or instead of the view.
 * @csspart notice - What has just happened, or a remark above what was loaded earlier.
 * @csspart skeleton - Bars that stand for the estimate while it loads.
 */
export class ViewEstimate extends PaperView<EstimateView> {
  static override styles = styles;

  protected override readonly kind = 'estimate';

  readonly #actions = new PaperActions(this, () => {
    const { version, rights } = this.resource.value!;
    return { client: this.client, base: this.base, version, rights };
  });
  /** The estimate whose choices are `chosen`. */
  #known: EstimateView | undefined;
  #speaking: ReturnType<typeof setTimeout> | undefined;

  @state() private chosen: Chosen = new Set();
  @state() private missing: readonly string[] = [];
  @state() private news: News | undefined;
  @state() private panel: Panel | undefined;
  @state() private isOpening = false;
  @state() private trouble = '';
  /** What screen readers are told of the total. */
  @state() private spoken = '';

  /** Which estimate, for a signed-in person. */
  @property({ attribute: false }) estimateId = '';

  constructor() {
    super();
    // Whoever touches the estimate will need what comes next.
    for (const touch of ['pointerdown', 'keydown']) this.addEventListener(touch, () => void this.#more().catch(() => undefined), { once: true });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#tellOpened);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#speaking);
    document.removeEventListener('visibilitychange', this.#tellOpened);
  }

  protected override get wanted(): string {
    return this.estimateId;
  }

  protected override get words() {
    const { localizer: t } = this;
    return {
      heading: t.t('estimate.title'),
      back: t.t('shell.back'),
      link: t.t('estimate.allLead'),
      gone: t.t('estimate.gone'),
      goneLead: t.t('estimate.goneLead'),
    };
  }

  /** A story comes with the estimate, so that nothing jumps. */
  protected override async read(signal: AbortSignal): Promise<EstimateView> {
    const estimate = await super.read(signal);
    if (hasStory(estimate) || (this.#known && this.#known.version !== estimate.version)) await this.#more();
    return estimate;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { value } = this.resource;
    if (value !== this.#known) this.#learn(value, this.#known);
  }

  protected override updated(): void {
    this.#tellOpened();
  }

  /** A version comes up: what the person chose goes on with it, as far as its lines stayed the same. */
  #learn(next: EstimateView | undefined, before: EstimateView | undefined): void {
    this.#known = next;
    if (!next || before?.version !== next.version) this.panel = undefined;
    if (!next) return void (this.news = undefined);
    const { decision } = next;
    const kept = before ? keep(before.content, this.chosen) : (JSON.parse(this.router.restoreDraft(this.#draft) ?? '{}') as Kept);
    this.chosen = decision?.kind === 'approved' ? new Set(decision.options) : chosenAtFirst(next.content, kept);
    // Reading it again is no reason to take away what changed since the last time.
    if (before?.version === next.version) next.changes ??= before.changes;
    else if (before) this.news = 'stale';
    if (!before) void this.#reopen(next.id);
  }

  /** A form that was open when the page was left stands there again, with what was typed. */
  async #reopen(id: string): Promise<void> {
    const panel = this.router.restoreDraft(`panel ${id}`);
    if (!panel) return;
    await this.#more().then(
      () => (this.panel ??= panel as Panel),
      () => undefined,
    );
  }

  #setPanel(panel: Panel | undefined): void {
    this.panel = panel;
    this.router.saveDraft(`panel ${this.#known!.id}`, panel);
  }

  /** Only what is on a screen that somebody looks at has been opened. */
  readonly #tellOpened = (): void => {
    if (this.resource.value && document.visibilityState === 'visible') this.#actions.opened();
  };

  get #draft(): string {
    return `choices ${this.#known!.id}`;
  }

  protected override paper(estimate: EstimateView): TemplateResult {
    const { localizer: t, chosen, missing, level } = this;
    const { content, decision, rights, status } = estimate;
    const formats = formatsOf(t, this.card.timeZone);
    const context: EstimateContext = { formats, lang: content.locale, level: level + 1, estimate, chosen, missing, choose: this.#choose };
    // What another system had approved comes without how.
    const approved = status === 'approved';
    const totals = (approved && decision?.totals) || totalsFor(content, chosen);
    const news = this.news ?? (status === 'expired' || status === 'withdrawn' ? status : undefined);
    const canApprove = rights.approve && isOpen(estimate) && (!news || news === 'stale' || news === 'sent');
    const panel = this.panel === 'change' || canApprove ? this.panel : undefined;
    const open = (name: Panel, label: string, style = '') =>
      html`<button
        type="button"
        class="button ${style}"
        part="button"
        data-opens=${name}
        aria-disabled=${this.isOpening ? 'true' : 'false'}
        @click=${() => void this.#open(name)}
      >
        ${label}
      </button>`;
    return html`
      ${paperSender(content.from, t)}
      ${paperHead({
        number: `${t.t('document.estimate', { number: content.number })} · ${t.t('document.version', { version: estimate.version })}`,
        pill: estimatePill(estimate, formats),
        subject: content.title,
        place: `${t.t('document.for', { name: content.to.customer })} · ${content.address.join(', ')}`,
        level,
        lang: content.locale,
      })}
      <div class="stack">
        ${news || hasStory(estimate)
          ? html`<cc-estimate-story
              .context=${context}
              .news=${news}
              .canApprove=${canApprove}
              .document=${this.document}
              .certificate=${rights.pdf ? this.#certificate : undefined}
              .invoice=${this.document ? undefined : this.#invoice}
            ></cc-estimate-story>`
          : nothing}
        ${approved ? nothing : choices(context)} ${paper(context, totals, approved)} ${paperTerms(content.terms, context)}
        ${panel ? this.#panel(panel, estimate) : nothing}
        ${canApprove && !panel
          ? html`<div class="foot screen">
              <span><span class="small muted">${t.t('paper.total')}</span> <b class="amount">${formats.money(totals.total)}</b></span>
              ${open('approve', t.t('estimate.approve'), 'primary')}
            </div>`
          : nothing}
        ${this.trouble ? html`<p class="bad screen" role="alert" part="error">${this.trouble}</p>` : nothing}
        <div class="actions screen">
          ${rights.requestChanges && panel !== 'change' ? open('change', askLabel(estimate, t)) : nothing}
          ${canApprove && panel !== 'decline' ? open('decline', t.t('estimate.decline')) : nothing}
        </div>
        <div>${this.#actions.render(t, level + 1)}</div>
      </div>
      <span class="visually-hidden" role="status">${this.spoken}</span>
    `;
  }

  #panel(panel: Panel, estimate: EstimateView): TemplateResult {
    const { base, level, chosen } = this;
    return panel === 'approve'
      ? html`<cc-estimate-approve
          class="screen"
          .estimate=${estimate}
          .base=${base}
          .level=${level + 1}
          .chosen=${chosen}
          @cc-estimate-panel=${this.#answered}
        ></cc-estimate-approve>`
      : html`<cc-estimate-wish
          class="screen"
          .estimate=${estimate}
          .base=${base}
          .level=${level + 1}
          .kind=${panel}
          @cc-estimate-panel=${this.#answered}
        ></cc-estimate-wish>`;
  }

  readonly #certificate = (): void => void this.#actions.download('certificate');
  readonly #invoice = (id: string): void => this.router.go(`/invoices/${id}`);

  readonly #choose = (line: EstimateLine, on: boolean): void => {
    const { content } = this.#known!;
    this.chosen = choose(content.lines, this.chosen, line, on);
    this.missing = this.missing.filter((key) => key !== line.group);
    this.router.saveDraft(this.#draft, JSON.stringify(keep(content, this.chosen)));
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => {
      const amount = formatsOf(this.localizer, this.card.timeZone).money(totalsFor(content, this.chosen).total);
      this.spoken = this.localizer.t('estimate.totalNow', { amount });
    }, pauseMs);
  };

  /** Brings the story and the forms. */
  async #more(): Promise<void> {
    const { define } = await import('./estimate-more.ts').catch(() => Promise.reject(new ApiError('offline')));
    define();
  }

  async #open(panel: Panel): Promise<void> {
    if (this.isOpening) return;
    if (panel === 'approve') {
      this.missing = openGroups(this.#known!.content, this.chosen);
      if (this.missing.length > 0) return this.#focusOn('[aria-invalid=true] input');
    }
    this.isOpening = true;
    this.trouble = '';
    try {
      await this.#more();
      this.#setPanel(panel);
      this.news = undefined;
      await this.#focusOn('cc-estimate-approve, cc-estimate-wish');
    } catch {
      this.trouble = this.localizer.problem('offline');
    } finally {
      this.isOpening = false;
    }
  }

  readonly #answered = async ({ estimate, refusal }: PanelEvent): Promise<void> => {
    const panel = this.panel!;
    this.#setPanel(undefined);
    if (refusal) {
      this.news = newsOf[refusal];
      await this.resource.load();
      const { error } = this.resource;
      if (error && this.news === 'stale') this.news = undefined;
      if (!this.news) this.trouble = this.localizer.problem(error?.code ?? refusal);
    } else if (estimate) {
      this.resource.value = estimate;
      this.news = panel === 'change' ? 'sent' : undefined;
      if (panel === 'approve') this.router.saveDraft(this.#draft, undefined);
    }
    await this.#focusOn(refusal || estimate ? 'cc-estimate-story' : `[data-opens=${panel}]`);
  };

  async #focusOn(selector: string): Promise<void> {
    await this.updateComplete;
    const found = this.renderRoot.querySelector<PaperView<EstimateView>>(selector);
    await found?.updateComplete;
    found?.focus();
  }
}

/** Registers the view; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-view-estimate', ViewEstimate);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-view-estimate': ViewEstimate;
  }
}
