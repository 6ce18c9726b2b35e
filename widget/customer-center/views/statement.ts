import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Statement } from '../../../server/contract/invoices.ts';
import { ApiError } from '../../data/client.ts';
import { downloadStatement, readStatement, type Period } from '../../data/invoices.ts';
import '../../locale/en-center.ts';
import '../../locale/en-documents.ts';
import '../../locale/en-invoices.ts';
import { formatsOf, type Formats } from '../../locale/formats.ts';
import { define as defineTag } from '../../parts/define.ts';
import { backButton, paperSender } from '../../parts/paper.ts';
import { paperStyles } from '../../parts/paper.styles.ts';
import { printOnly } from '../../parts/print.ts';
import { Resource } from '../../parts/resource.ts';
import { skeleton } from '../../parts/skeleton.ts';
import { failed, stale } from '../../parts/states.ts';
import { buttons, fields } from '../../theme/controls.ts';
import { reset } from '../../theme/reset.ts';
import { View } from '../view.ts';
import { statementPaper } from './statement-paper.ts';
import { periodForm, periodOf, type Choice } from './statement-period.ts';

const own = css`
  .subject {
    display: block;
  }
  .subject + .muted {
    margin-bottom: calc(var(--cc-space) * 4);
  }
  .period {
    display: grid;
    gap: calc(var(--cc-space) * 3);
    margin-bottom: calc(var(--cc-space) * 4);
  }
  .select {
    position: relative;
  }
  .select .field {
    padding-inline-end: 40px;
    cursor: pointer;
  }
  .select svg {
    position: absolute;
    inset-inline-end: 12px;
    inset-block-start: 14px;
    width: 20px;
    height: 20px;
    fill: none;
    stroke: var(--cc-muted);
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
    pointer-events: none;
  }
  .period .error {
    margin: 0;
  }
  .facts .small {
    display: block;
  }
  .charges .date {
    width: 1%;
    padding-inline-end: calc(var(--cc-space) * 4);
    white-space: nowrap;
  }
  .charges .number .narrow {
    display: block;
    white-space: normal;
  }
  .open .sum + .sum {
    border-top: 1px solid var(--cc-line);
  }
  .open {
    font-variant-numeric: tabular-nums;
  }
  [aria-busy='true'] {
    opacity: 0.6;
  }
  @container (min-width: 688px) {
    .period {
      grid-template-columns: repeat(3, minmax(0, 200px)) auto;
      align-items: end;
      justify-content: start;
    }
    .period .button {
      min-height: 48px;
    }
    .period .error {
      grid-column: 1 / -1;
    }
    .charges .number .narrow {
      display: none;
    }
  }
`;

/**
 * A statement of the person's account over a period: balance before and after, invoices, payments, refunds and credits, and what is
 * still open; as a file too.
 *
 * @csspart title - The view's heading.
 * @csspart form - The choice of a period.
 * @csspart label - Label of a field.
 * @csspart field - A field for a day.
 * @csspart select - The choice of a usual period.
 * @csspart card - The statement, and what is open.
 * @csspart section-title - A heading on a card.
 * @csspart charges - The table of entries.
 * @csspart sums - What is open.
 * @csspart button - A button.
 * @csspart empty - What stands in the place of an empty table.
 * @csspart error - Why something could not be done.
 * @csspart notice - A remark above what was loaded earlier.
 * @csspart skeleton - Bars that stand for the statement while it loads.
 */
export class ViewStatement extends View {
  static override styles = [reset, buttons, fields, paperStyles, own];

  readonly #statement = new Resource<Statement>(this, (signal) => readStatement(this.client, this.customer, this.#period!, signal));
  #shownFor: string | undefined;
  #period: Period | undefined;

  @state() private choice: Choice = 'thisMonth';
  /** What is wrong with the person's own days, and why a download did not start. */
  @state() private problem = '';
  @state() private failure = '';
  @state() private busy = false;

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (this.#shownFor === this.customer) return;
    this.#shownFor = this.customer;
    this.#period ??= periodOf('thisMonth', this.#today);
    void this.#statement.load({ forget: true });
  }

  get #formats(): Formats {
    return formatsOf(this.localizer, this.card.timeZone);
  }

  /** Today where the contractor is. */
  get #today(): string {
    return this.#formats.day(new Date().toISOString());
  }

  protected override render(): TemplateResult {
    const t = this.localizer;
    const { from, to } = this.#period!;
    const day = (value: string) => this.#formats.date(value, 'medium');
    return html`<div class="cc">
      ${this.#statement.value ? paperSender(this.#statement.value.account, t) : nothing}
      ${backButton(t.t('shell.invoices'), () => this.router.back('/invoices'))}
      <span id="heading" class="subject" part="title" role="heading" aria-level=${this.level} tabindex="-1">${t.t('statement.title')}</span>
      <p class="muted">${day(from)} – ${day(to)}</p>
      ${periodForm(t, {
        choice: this.choice,
        period: this.#period!,
        today: this.#today,
        problem: this.problem,
        choose: this.#choose,
        show: this.#show,
      })}
      ${this.#content()}
      <span class="visually-hidden" role="status">${this.#statement.loading ? t.t('shell.loading') : nothing}</span>
    </div>`;
  }

  #content(): TemplateResult {
    const { value, error, offline, loading } = this.#statement;
    const t = this.localizer;
    if (!value) {
      return html`<div class="card" part="card">
        ${error ? failed(t, this.card, error, () => void this.#statement.load()) : skeleton(t, 4)}
      </div>`;
    }
    return html`${offline || error ? stale(t, error) : nothing}
      <div class="actions screen">
        ${this.#file('pdf', t.t('statement.pdf'))} ${this.#file('csv', t.t('statement.csv'))}
        <button type="button" class="button" part="button" @click=${() => printOnly(this)}>${t.t('document.print')}</button>
      </div>
      ${this.failure ? html`<p class="error screen" role="alert" part="error">${this.failure}</p>` : nothing}
      <div aria-busy=${loading ? 'true' : 'false'}>
        ${statementPaper(value, { formats: this.#formats, lang: this.card.locale, level: this.level + 1 })}
      </div>`;
  }

  #file(format: 'pdf' | 'csv', label: string): TemplateResult {
    return html`<button
      type="button"
      class="button"
      part="button"
      aria-disabled=${this.busy ? 'true' : 'false'}
      @click=${() => void this.#download(format)}
    >
      ${label}
    </button>`;
  }

  readonly #choose = (choice: Choice): void => {
    this.choice = choice;
    this.problem = '';
    if (choice !== 'own') this.#read(periodOf(choice, this.#today));
  };

  readonly #show = (period: Period): void => {
    const isPeriod = period.from !== '' && period.to !== '' && period.from <= period.to;
    this.problem = isPeriod ? '' : this.localizer.t('statement.invalid');
    if (isPeriod) this.#read(period);
    else this.renderRoot.querySelector<HTMLElement>(period.from ? '#to' : '#from')?.focus();
  };

  #read(period: Period): void {
    this.#period = period;
    this.failure = '';
    void this.#statement.load();
  }

  async #download(format: 'pdf' | 'csv'): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = '';
    try {
      await downloadStatement(this.client, this.customer, this.#period!, format);
    } catch (error) {
      this.failure = this.localizer.problem(error instanceof ApiError ? error.code : 'internal');
    }
    this.busy = false;
  }
}

/** Registers the view; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-view-statement', ViewStatement);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-view-statement': ViewStatement;
  }
}
