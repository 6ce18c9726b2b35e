import { css, html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import type { News } from '../../data/live.ts';
import { readActivity, type Activity } from '../../data/office-customers.ts';
import { define } from '../../parts/define.ts';
import { empty } from '../../parts/states.ts';
import { screenStyles } from '../form/styles.ts';
import { Paged } from '../paged.ts';
import { Screen } from '../screen.ts';
import { instead, outOfDate } from '../states.ts';
import { hostOf, when } from './words.ts';

type Kind = Activity['kind'];

/** News come in bursts; one reading answers them all. */
const calmMs = 400;

/** One stroke each; the word beside it says the same. */
const drawings = {
  work: 'M3 7h14v9H3zM7 7V4.500h6V7',
  out: 'M3 10 17 4l-4 13-3.500-5.500z',
  seen: 'M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5ZM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  yes: 'm4 10.500 4 4 8-9',
  no: 'm5 5 10 10M15 5 5 15',
  money: 'M3 5.500h14v9H3zM10 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Z',
  words: 'M3 4h14v9H9l-4 3.500V13H3z',
  key: 'M6 13.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM9.500 10h8v3M14.500 10v2.500',
};
const looks: Record<Kind, [drawing: keyof typeof drawings, tone: 'ok' | 'warn' | 'bad' | 'plain']> = {
  jobMade: ['work', 'plain'], sent: ['out', 'plain'], noticeSent: ['out', 'plain'], noticeFailed: ['no', 'bad'], opened: ['seen', 'plain'],
  approved: ['yes', 'ok'], changesRequested: ['words', 'warn'], declined: ['no', 'bad'], paid: ['money', 'ok'], refunded: ['money', 'warn'],
  message: ['words', 'warn'], answer: ['words', 'plain'], linkMade: ['key', 'plain'], signedIn: ['key', 'plain'],
}; // prettier-ignore

/** Everything that has happened with a customer, newest first. */
export class OfficeCustomerActivity extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .row {
        flex-wrap: nowrap;
        align-items: start;
      }
      .mark {
        display: grid;
        flex: none;
        place-items: center;
        width: 32px;
        height: 32px;
        padding: 0;
      }
      .mark svg {
        width: 18px;
        fill: none;
        stroke: currentcolor;
        stroke-linecap: round;
        stroke-linejoin: round;
        stroke-width: 1.6;
      }
      .row .grow {
        min-width: 0;
      }
      .prose {
        white-space: pre-line;
      }
    `,
  ];

  readonly #list = new Paged<Activity>(this, (cursor, signal) => readActivity(this.office, this.thing, cursor, signal));
  #shown = '';
  #paged = false;
  #calm: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#calm);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.office || !this.thing || this.#shown === this.thing) return;
    this.#shown = this.thing;
    this.#paged = false;
    void this.#list.load({ forget: true });
  }

  protected override heard({ what }: News): void {
    // Whoever has gone further back stays there.
    if (what === 'alive' || what === 'account' || this.#paged) return;
    clearTimeout(this.#calm);
    this.#calm = setTimeout(() => void this.#list.load(), calmMs);
  }

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    const { items, error, loading, hasMore } = this.#list;
    if (!items) return html`<div class="cc">${instead(t, error, () => void this.#list.load())}</div>`;
    if (items.length === 0) return html`<div class="cc">${empty(t.t('activity.none'), t.t('activity.noneLead'))}</div>`;
    return html`<div class="cc stack">
      <span class="visually-hidden" role="heading" aria-level=${this.level}>${t.t('customer.tab.activity')}</span>
      ${error ? outOfDate(t, error) : nothing}
      <ol class="panel rows">
        ${items.map((item) => html`<li class="row" tabindex="-1">${this.#item(item)}</li>`)}
      </ol>
      ${hasMore ? html`<div><button type="button" class="button" aria-disabled=${loading ? 'true' : 'false'} @click=${this.#more}>${t.t('office.more')}</button></div>` : nothing}
    </div>`;
  }

  #item({ kind, at, by, detail, document, amount }: Activity): TemplateResult {
    const { localizer: t, formats } = this;
    const [drawing, tone] = looks[kind];
    const name = document ? [t.t(`activity.${document.kind}`), document.number].filter(Boolean).join(' ') : '';
    const isWords = kind === 'message' || kind === 'answer' || kind === 'changesRequested' || kind === 'declined';
    const shown = kind === 'signedIn' ? hostOf(detail) : detail?.startsWith('+') ? t.phone(detail) : detail;
    return html`<span class="mark pill ${tone}" aria-hidden="true">${svg`<svg viewBox="0 0 20 20"><path d=${drawings[drawing]}></path></svg>`}</span>
      <span class="grow">
        <span class="strong">${t.t(`activity.is.${kind}`)}</span>
        ${document ? html`<button type="button" role="link" class="link" @click=${() => this.router.go(`/${document.kind}s/${document.id}`)}>${name}</button>` : nothing}
        ${amount?.amount ? html`<span class="amount">${formats.money(amount)}</span>` : nothing}
        ${shown ? html`<br /><span class=${isWords ? 'prose' : 'muted small'}>${isWords ? `“${shown}”` : shown}</span>` : nothing}
        ${by ? html`<br /><span class="muted small">${by}</span>` : nothing}
      </span>
      <span class="muted small">${when(formats, at)}</span>`;
  }

  #more = (): void => {
    this.#paged = true;
    void this.#list.reveal(this, '.row');
  };
}

define('cc-office-customer-activity', OfficeCustomerActivity);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-customer-activity': OfficeCustomerActivity;
  }
}
