import { css, html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { SearchResults } from '../../server/contract/office.ts';
import { searchOffice } from '../data/office-lists.ts';
import { define as defineTag } from '../parts/define.ts';
import { DialogCloseEvent } from '../parts/dialog.ts';
import { Resource } from '../parts/resource.ts';
import { screenStyles } from './form/styles.ts';
import { Screen } from './screen.ts';

/** Typing pauses this long before it is asked for. */
const pauseMs = 120;

/**
 * One field that finds customers, jobs and documents.
 *
 * @event {DialogCloseEvent} cc-dialog-close - It has closed.
 */
export class OfficeSearch extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .found {
        display: grid;
        gap: calc(var(--cc-space) * 4);
      }
      .row {
        padding-inline: calc(var(--cc-space) * 2);
        border-radius: var(--cc-radius-control);
      }
    `,
  ];

  @query('#q') private field!: HTMLInputElement;
  @state() private q = '';

  /** With the words it answers. */
  readonly #found = new Resource<SearchResults & { q: string }>(this, async (signal) => {
    const { q } = this;
    return { q, ...(await searchOffice(this.office, q, signal)) };
  });
  #timer: ReturnType<typeof setTimeout> | undefined;

  override firstUpdated(): void {
    void this.updateComplete.then(() => this.field.focus());
  }

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    return html`<cc-dialog wide .heading=${t.t('office.searchLong')} close-label=${t.t('office.close')} @cc-dialog-close=${() => this.dispatchEvent(new DialogCloseEvent())}>
      <div>
        <label class="visually-hidden" for="q">${t.t('office.searchLong')}</label>
        <input id="q" class="field" type="search" autocomplete="off" spellcheck="false" .value=${this.q} aria-describedby="q-hint" @input=${this.#type} @keydown=${this.#move} />
        <p id="q-hint" class="hint">${t.t('office.searchHint')}</p>
      </div>
      <div class="found" role="status" @keydown=${this.#move}>${this.q ? this.#results() : nothing}</div>
    </cc-dialog>`;
  }

  #results(): TemplateResult | typeof nothing {
    const { localizer: t } = this;
    const { value, error } = this.#found;
    if (error && !value) return html`<p class="banner bad">${t.problem(error.code)}</p>`;
    if (!value) return nothing;
    const { customers, jobs, documents } = value;
    if (customers.length + jobs.length + documents.length === 0) return html`<p class="muted">${t.t('office.searchNothing')}</p>`;
    const group = (title: string, rows: TemplateResult[]) => (rows.length > 0 ? html`<section><h3 class="over">${title}</h3>${rows}</section>` : nothing);
    const row = (path: string, name: string, more: string | null, end: string) =>
      html`<button type="button" role="link" class="row" @click=${() => this.#go(path)}>
        <span class="grow"><span class="strong">${name}</span>${more ? html`<br /><span class="muted small">${more}</span>` : nothing}</span><span class="muted small">${end}</span>
      </button>`;
    return html`${group(
      t.t('office.customers'),
      customers.map(({ id, name, address, contact, number }) => row(`/customers/${id}`, name, [contact?.name === name ? '' : contact?.name, address].filter(Boolean).join(' · '), number)),
    )}
    ${group(t.t('office.jobs'), jobs.map(({ id, number, service, customer }) => row(`/jobs/${id}`, service, customer.name, number)))}
    ${group(
      t.t('office.documents'),
      documents.map(({ kind, id, number, title, customer, total }) => row(`/${kind}s/${id}`, `${number ?? ''} ${title}`.trim(), customer.name, this.formats.money(total))),
    )}`;
  }

  #type = (): void => {
    this.q = this.field.value.trim();
    clearTimeout(this.#timer);
    if (this.q) this.#timer = setTimeout(() => void this.#found.load(), pauseMs);
  };

  /** Arrow keys walk through what was found. */
  #move = (event: KeyboardEvent): void => {
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('.row')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter' && event.target === this.field) void this.#first();
    if (!step || rows.length === 0) return;
    event.preventDefault();
    const at = rows.indexOf((this.renderRoot as ShadowRoot).activeElement as HTMLElement) + step;
    (at < 0 ? this.field : rows[Math.min(at, rows.length - 1)])?.focus();
  };

  /** Opens the first that fits what is typed by now, not what still shows of earlier words. */
  async #first(): Promise<void> {
    const q = this.field.value.trim();
    if (!q) return;
    if (this.#found.value?.q !== q) {
      clearTimeout(this.#timer);
      await this.#found.load();
      await this.updateComplete;
    }
    if (this.isConnected && this.q === q && this.#found.value?.q === q) this.renderRoot.querySelector<HTMLElement>('.row')?.click();
  }

  #go(path: string): void {
    this.dispatchEvent(new DialogCloseEvent());
    this.router.go(path);
  }
}

/** Registers it; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-office-search', OfficeSearch);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-search': OfficeSearch;
  }
}
