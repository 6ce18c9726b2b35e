import { html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { History } from '../../../server/contract/work.ts';
import { empty, failed } from '../../parts/states.ts';
import { View } from '../view.ts';
import type { RowList } from './row-list.ts';
import { searchBar } from './search-bar.ts';

/** A list that is searched and added to, with what is said of it to people who do not see it change. */
export abstract class ListView<Row extends { id: string }> extends View {
  /** The row to come back to, until the focus was there. */
  protected returnTo: string | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;

  /** What the search field says; the list follows a moment later. */
  @state() protected q = '';

  @query('#status') private status!: HTMLElement | null;

  /** How the keys of its sentences begin, and the name of what was typed. */
  protected abstract readonly words: 'history' | 'invoices';
  /** The list that is searched. */
  protected abstract readonly searched: RowList<Row>;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  /**
   * Takes the focus as a view that has just opened: its heading, or the row that the person left it by. The shell calls it
   * after every change of view.
   */
  override focus(options?: FocusOptions): void {
    const row = this.#rowElement(this.returnTo);
    this.returnTo = undefined;
    if (!row) return super.focus(options);
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'center', behavior: 'instant' });
  }

  /** What tells a row apart from all others of the view. */
  protected keyOf({ id }: Row, _list: RowList<Row>): string {
    return id;
  }

  protected restoreSearch(): void {
    this.q = this.router.restoreDraft(this.#draft) ?? '';
  }

  protected search(addresses: History['addresses']): TemplateResult {
    return searchBar(this.localizer, {
      label: this.localizer.t(`${this.words}.search`),
      q: this.q,
      addressId: this.searched.filter.addressId,
      addresses,
      lang: this.card.locale,
      type: this.#type,
      submit: () => void this.narrow(),
      choose: (addressId) => void this.narrow({ addressId }),
    });
  }

  /** What stands in the place of rows: why they could not be found, or that there are none. Undefined where there are rows. */
  protected instead(): TemplateResult | undefined {
    const { words, localizer: t } = this;
    const { items, error, failedAt, filter } = this.searched;
    if (error && failedAt === 'filter') return failed(t, this.card, error, () => void this.narrow());
    if (items.length > 0) return undefined;
    const { q } = filter;
    return empty(
      q ? t.t(`${words}.notFound`, { q }) : t.t(`${words}.emptyHere`),
      q ? t.t(`${words}.notFoundLead`) : undefined,
      html`<button type="button" class="button" part="button" @click=${this.#showAll}>${t.t(`${words}.showAll`)}</button>`,
    );
  }

  protected more(list: RowList<Row>, label: string): TemplateResult | typeof nothing {
    if (!list.nextCursor) return nothing;
    const t = this.localizer;
    const busy = list.busy === 'more';
    return html`<div class="more">
      ${list.error && list.failedAt === 'more' ? html`<p class="error" role="alert">${t.problem(list.error.code)}</p>` : nothing}
      <button
        type="button"
        class="button quiet"
        part="button"
        aria-disabled=${busy ? 'true' : 'false'}
        @click=${() => void this.#showMore(list)}
      >
        ${busy ? t.t('shell.loading') : label}
      </button>
    </div>`;
  }

  /** Shows what matches the search field and the address, and says how much that is. */
  protected async narrow(filter: { addressId?: string } = {}): Promise<void> {
    clearTimeout(this.#typing);
    if (!(await this.searched.narrow({ q: this.q.trim(), ...filter }))) return;
    const { items, nextCursor, filtered } = this.searched;
    const { words, localizer: t } = this;
    if (!filtered) this.#say('');
    else this.#say(nextCursor ? t.t(`${words}.foundMore`, { n: items.length }) : t.plural(`${words}.found`, items.length));
  }

  get #draft(): string {
    return `${this.words}.search`;
  }

  readonly #type = (q: string): void => {
    this.q = q;
    this.router.saveDraft(this.#draft, q || undefined);
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.narrow(), 250);
  };

  readonly #showAll = (): void => {
    this.#type('');
    this.renderRoot.querySelector<HTMLElement>('#search')?.focus();
    void this.narrow({ addressId: '' });
  };

  async #showMore(list: RowList<Row>): Promise<void> {
    const added = await list.more();
    if (!added) return;
    this.#say(this.localizer.plural(`${this.words}.added`, added.count));
    await this.updateComplete;
    // The button may be gone, and the next thing to read is the first of the new rows.
    if (added.first) this.#rowElement(this.keyOf(added.first, list))?.focus({ preventScroll: true });
  }

  #rowElement(key: string | undefined): HTMLElement | undefined {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[data-row]')].find((each) => each.dataset.row === key);
  }

  #say(text: string): void {
    if (this.status) this.status.textContent = text;
  }
}
