import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { OfficeDocumentRow } from '../../../server/contract/office.ts';
import type { News } from '../../data/live.ts';
import { listDocuments } from '../../data/office-lists.ts';
import { define as defineTag } from '../../parts/define.ts';
import { empty } from '../../parts/states.ts';
import type { TabChangeEvent } from '../../parts/tab-change-event.ts';
import '../../parts/tabs.ts';
import { Filters, filterStyles } from '../filters.ts';
import { screenStyles } from '../form/styles.ts';
import '../locale/en-documents.ts';
import { Paged } from '../paged.ts';
import { Screen } from '../screen.ts';
import { instead, outOfDate } from '../states.ts';
import { statusPill } from './document-words.ts';

type Section = 'estimates' | 'invoices';

/** All estimates, and all invoices, newest first. */
export class OfficeDocuments extends Screen {
  static override styles = [
    ...screenStyles,
    ...filterStyles,
    css`
      .list {
        display: grid;
        gap: calc(var(--cc-space) * 4);
        padding-top: calc(var(--cc-space) * 4);
      }
      .document {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: calc(var(--cc-space) * 1) calc(var(--cc-space) * 4);
        align-items: start;
      }
      .document > :nth-child(2),
      .document > :nth-child(3) {
        grid-column: 1;
      }
      .document > :nth-child(4) {
        grid-area: 1 / 2 / span 3;
      }
      @container screen (min-width: 760px) {
        .document {
          grid-template-columns: minmax(0, 2fr) 136px minmax(0, 1.2fr) 140px;
          align-items: center;
        }
        .document > * {
          grid-area: auto !important;
        }
      }
    `,
  ];

  readonly #filters = new Filters<'all' | 'draft' | 'waiting' | 'settled'>(this, 'office documents', 'all', () => void this.#documents.load());
  readonly #documents = new Paged<OfficeDocumentRow>(this, (cursor, signal) =>
    listDocuments(this.office, { kind: this.#kind, q: this.#filters.q.trim() || undefined, state: this.#filters.state, cursor }, signal),
  );

  get #section(): Section {
    return this.section === 'invoices' ? 'invoices' : 'estimates';
  }

  get #kind(): 'estimate' | 'invoice' {
    return this.#section === 'invoices' ? 'invoice' : 'estimate';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.#filters.begin() || (changed.has('section') && this.hasUpdated)) void this.#documents.load({ forget: true });
  }

  protected override heard({ what }: News): void {
    if (this.#documents.items && (what === this.#kind || /^(customer|payment|job|again)$/.test(what))) void this.#documents.load();
  }

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    const { items, error } = this.#documents;
    const tabs = [
      { id: 'estimates', label: t.t('docs.estimates') },
      { id: 'invoices', label: t.t('docs.invoices') },
    ];
    return html`<div class="cc screen">
      <div class="head"><h1 id="heading" class="title grow" tabindex="-1">${t.t('docs.title')}</h1></div>
      <cc-tabs .tabs=${tabs} .selected=${this.#section} .label=${t.t('docs.which')} @cc-tab-change=${(event: TabChangeEvent) => this.router.go(`/documents/${event.tab}`, { replace: true })}>
        <div class="list">
          ${this.#filters.bar({
            search: t.t('docs.search'), hint: t.t('docs.searchHint'), states: t.t('docs.state'),
            choices: [['all', t.t('docs.all')], ['draft', t.t('docs.draft')], ['waiting', t.t('docs.waiting')], ['settled', t.t('docs.settled')]],
          })}
          ${items && error ? outOfDate(t, error) : nothing} ${items ? this.#rows(items) : html`<div class="panel">${instead(t, error, () => void this.#documents.load())}</div>`}
        </div>
      </cc-tabs>
    </div>`;
  }

  #rows(items: OfficeDocumentRow[]): TemplateResult {
    const { localizer: t } = this;
    if (items.length === 0) return html`<div class="panel">${this.#nothing()}</div>`;
    return html`<div class="panel rows" role="list">${items.map((row) => html`<div role="listitem">${this.#row(row)}</div>`)}</div>
      ${this.#documents.hasMore
        ? html`<div class="actions"><button type="button" class="button" aria-disabled=${this.#documents.loading ? 'true' : 'false'} @click=${() => void this.#documents.more()}>${t.t('office.more')}</button></div>`
        : nothing}`;
  }

  #row(row: OfficeDocumentRow): TemplateResult {
    const { localizer: t, formats } = this;
    const { kind, id, number, title, customer, total, due } = row;
    return html`<button type="button" role="link" class="row document" @click=${() => this.router.go(`/${kind}s/${id}`)}>
      <span><span class="strong">${title}</span><br /><span class="small muted">${number ?? t.t('docs.noNumber')} · ${customer.name}</span></span>
      <span>${statusPill(row, t)}</span>
      <span class="small muted">${this.#facts(row).map((fact, at) => html`${at ? html`<br />` : nothing}${fact}`)}</span>
      <span class="amount">${formats.money(total)}${due && due.amount > 0 && due.amount !== total.amount ? html`<br /><span class="small muted">${formats.money(due)} ${t.t('docs.due')}</span>` : nothing}</span>
    </button>`;
  }

  /** How far it got, and until when it waits. */
  #facts({ kind, status, sentAt, openedAt, dueOn }: OfficeDocumentRow): string[] {
    const { localizer: t, formats } = this;
    const waits = status === 'sent' || status === 'overdue' || status === 'changesRequested';
    const until = dueOn && waits ? [t.t(kind === 'estimate' ? 'docs.validTo' : 'docs.dueOn', { date: formats.date(dueOn, 'short') })] : [];
    if (!sentAt) return until;
    const opened = openedAt ? t.t('docs.opened', { date: formats.date(openedAt, 'short') }) : t.t('docs.notOpened');
    return [`${t.t('docs.sent', { date: formats.date(sentAt, 'short') })} · ${opened}`, ...until];
  }

  #nothing(): TemplateResult {
    const { localizer: t } = this;
    if (this.#filters.narrow)
      return empty(t.t('docs.notFound'), t.t('docs.notFoundLead'), html`<button type="button" class="button" @click=${() => this.#filters.clear()}>${t.t('docs.showAll')}</button>`);
    const toJobs = html`<button type="button" role="link" class="button" @click=${() => this.router.go('/jobs')}>${t.t('docs.toJobs')}</button>`;
    return empty(t.t(this.#section === 'invoices' ? 'docs.noInvoices' : 'docs.noEstimates'), t.t('docs.emptyLead'), toJobs);
  }
}

/** Registers it; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-office-documents', OfficeDocuments);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-documents': OfficeDocuments;
  }
}
