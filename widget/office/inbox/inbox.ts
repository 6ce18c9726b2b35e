import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Staff } from '../../../server/contract/account.ts';
import type { InboxChange, InboxCounts, InboxItem } from '../../../server/contract/inbox.ts';
import { ApiError } from '../../data/errors.ts';
import type { News } from '../../data/live.ts';
import { changeItem, countInbox, listInbox, listStaff, type InboxWanted } from '../../data/office-inbox.ts';
import { define as defineTag } from '../../parts/define.ts';
import { Resource } from '../../parts/resource.ts';
import { empty } from '../../parts/states.ts';
import { screenStyles } from '../form/styles.ts';
import { keyOf } from '../keys.ts';
import { Paged } from '../paged.ts';
import { Screen } from '../screen.ts';
import { instead, outOfDate } from '../states.ts';
import type { ItemEvent } from './events.ts';
import { emptyList, everything, filters, stateChoice } from './filters.ts';
import { styles } from './inbox.styles.ts';
import './item.ts';
import type { OfficeInboxItem } from './item.ts';
import { phrase, subjectOf, untilText } from './phrases.ts';
import { row } from './row.ts';

/** List and item stand beside each other from here on, as in the styles. */
const wideFrom = 840;
const typingMs = 250;
/** News come in bursts: one thing that a customer does changes several. */
const newsMs = 60;
/** “2 min” is true for so long. */
const minuteMs = 60_000;
const filterName = 'inbox filter';

/** Everything that needs somebody: the list, and beside it what was chosen. */
export class OfficeInbox extends Screen {
  static override styles = [...screenStyles, styles];

  @query('cc-office-inbox-item') private item!: OfficeInboxItem | null;

  @state() private wanted = everything;
  /** What was just put out of the way, and how it comes back. */
  @state() private undo: { id: string; text: string; change: InboxChange; problem?: string } | undefined;

  readonly #list: Paged<InboxItem> = new Paged<InboxItem>(this, (cursor, signal) => listInbox(this.office, this.wanted, cursor, this.#list.items?.length ?? 0, signal));
  readonly #counts = new Resource<InboxCounts>(this, (signal) => countInbox(this.office, signal));
  readonly #staffList = new Resource<Staff[]>(this, (signal) => listStaff(this.office, signal));
  /** The chosen item as it was read last, and whether it was in the list: then it stays there until another one is chosen. */
  #current: { item: InboxItem; listed: boolean } | undefined;
  #last = '';
  #cameByList = false;
  #following = false;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #news: ReturnType<typeof setTimeout> | undefined;
  #minute: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#press);
    this.#minute = setInterval(() => this.requestUpdate(), minuteMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#press);
    clearInterval(this.#minute);
    clearTimeout(this.#typing);
    clearTimeout(this.#news);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.hasUpdated) return;
    const kept = this.router.restoreDraft(filterName);
    if (kept) this.wanted = { ...everything, ...(JSON.parse(kept) as Partial<InboxWanted>) };
    void this.#read();
    void this.#staffList.load();
  }

  /** Takes the focus: the chosen item, else the row one comes back to, else the heading. */
  override focus(options?: FocusOptions): void {
    if (this.thing) return this.item?.focus(options);
    const back = this.#last ? this.renderRoot.querySelector<HTMLElement>(`#row-${this.#last}`) : null;
    if (back) back.focus(options);
    else super.focus(options);
  }

  protected override heard({ what }: News): void {
    if (what !== 'inbox' && what !== 'again') return;
    clearTimeout(this.#news);
    this.#news = setTimeout(() => void this.#read(), newsMs);
  }

  /** The rows, with the chosen one where it was, even if it is done by now. */
  get #rows(): InboxItem[] | undefined {
    const { items } = this.#list;
    const current = this.#current;
    if (!items || current?.item.id !== this.thing) return items;
    if (items.some(({ id }) => id === this.thing)) {
      current.listed = true;
      return items;
    }
    if (!current.listed) return items;
    const after = items.findIndex(({ at }) => at < current.item.at);
    return items.toSpliced(after < 0 ? items.length : after, 0, current.item);
  }

  protected override render(): TemplateResult {
    const { localizer: t, wanted, thing, level } = this;
    const filter = { t, wanted, counts: this.#counts.value, isStaff: this.staff.staffId !== null, want: (change: Partial<InboxWanted>) => this.#want(change), type: this.#type };
    return html`<div class="cc inbox ${thing ? 'chosen' : ''}">
      <div class="list">
        <div class="top">
          <div class="line"><span id="heading" class="title" role="heading" aria-level=${level} tabindex="-1">${t.t('inbox.title')}</span>${stateChoice(filter)}</div>
          ${filters(filter)}
        </div>
        ${this.#undoBar()} ${this.#shown()}
      </div>
      <div class="beside" @cc-inbox-item=${this.#learn} @cc-inbox-list=${this.#back}>
        ${thing
          ? keyed(
              thing,
              html`<span class="visually-hidden alone" role="heading" aria-level=${level}>${t.t('inbox.title')}</span>
                <button type="button" class="button quiet back" @click=${this.#back}>‹ ${t.t('inbox.toList')}</button>
                <cc-office-inbox-item .thing=${thing} .level=${level + 1} .known=${this.#rows?.find(({ id }) => id === thing)} .people=${this.#staffList.value ?? []}></cc-office-inbox-item>`,
            )
          : this.#rows?.length
            ? html`<div class="nothing">${empty(t.t('inbox.choose'), t.t('inbox.chooseLead'))}</div>`
            : nothing}
      </div>
    </div>`;
  }

  #shown(): TemplateResult {
    const { localizer: t, formats, thing } = this;
    const { error, hasMore, loading } = this.#list;
    const rows = this.#rows;
    if (!rows) return instead(t, error, this.#retry);
    const stale = error ? html`<div class="aside">${outOfDate(t, error)}</div>` : nothing;
    if (rows.length === 0) return html`${stale}${emptyList(t, this.wanted, this.#wantAll)}`;
    return html`${stale}
      <ul class="items" aria-label=${t.t('inbox.listLabel')} aria-busy=${loading ? 'true' : 'false'}>
        ${repeat(
          rows,
          ({ id }) => id,
          (item) => html`<li>${row(item, { formats, lang: this.account.locale, chosen: item.id === thing, open: (id) => this.#open(id) })}</li>`,
        )}
      </ul>
      ${hasMore ? html`<div class="more"><button type="button" class="button wide" aria-disabled=${loading ? 'true' : 'false'} @click=${this.#more}>${t.t('office.more')}</button></div>` : nothing}`;
  }

  #undoBar(): TemplateResult | typeof nothing {
    const { undo, localizer: t } = this;
    if (!undo) return nothing;
    return html`<div class="aside">
      <p class="banner plain undo"><span>${undo.text}</span><button type="button" class="link" @click=${() => void this.#bringBack()}>${t.t('inbox.undo')}</button></p>
      ${undo.problem ? html`<p class="banner bad" role="alert">${t.problem(undo.problem)}</p>` : nothing}
    </div>`;
  }

  #retry = async (): Promise<void> => {
    await this.#read();
    super.focus();
  };

  /** On to the first of those that came. */
  #more = async (): Promise<void> => {
    const first = this.#rows?.length ?? 0;
    await this.#list.more();
    await this.updateComplete;
    this.renderRoot.querySelectorAll<HTMLElement>('.item')[first]?.focus();
  };

  async #read(options?: { forget?: boolean }): Promise<void> {
    void this.#counts.load();
    await this.#list.load(options);
  }

  /** `keep`: what shows stays until the other list is here. */
  #want(change: Partial<InboxWanted>, { keep = false } = {}): void {
    this.wanted = { ...this.wanted, ...change };
    this.undo = undefined;
    this.router.saveDraft(filterName, JSON.stringify(this.wanted));
    if (this.#current) this.#current.listed = false;
    void this.#read({ forget: !keep });
  }

  #wantAll = (): void => {
    this.#want(everything);
    this.renderRoot.querySelector<HTMLElement>('#q')?.focus();
  };

  #type = (q: string): void => {
    this.wanted = { ...this.wanted, q };
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#want({ q }, { keep: true }), typingMs);
  };

  /** From one item to the next, Back leads to the list. */
  #open(id: string): void {
    if (id === this.thing) return void this.#follow();
    const replace = this.thing !== '';
    if (!replace) this.#cameByList = true;
    this.#last = id;
    this.#following = true;
    this.router.go(`/inbox/${id}`, { replace });
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('thing') || !this.#following) return;
    this.#following = false;
    void this.#follow();
  }

  /** The focus goes along with the choice. */
  async #follow(): Promise<void> {
    this.renderRoot.querySelector(`#row-${this.thing}`)?.scrollIntoView({ block: 'nearest' });
    await this.item?.updateComplete;
    this.focus({ preventScroll: true });
    if (this.getBoundingClientRect().top < 0) this.scrollIntoView({ block: 'start' });
  }

  #back = (): void => {
    this.#last = this.thing;
    if (this.#cameByList) this.router.back('/inbox');
    else this.router.go('/inbox', { replace: true });
    this.#cameByList = false;
    this.#following = true;
  };

  #press = (event: KeyboardEvent): void => {
    const key = keyOf(event);
    const act = { j: () => void this.#step(1), k: () => void this.#step(-1), e: () => void this.item?.finish(), r: () => this.item?.answer() }[key as 'j' | 'k' | 'e' | 'r'] as (() => void) | undefined;
    if (!act) return;
    event.preventDefault();
    // Typed before the box was there: an “e” of the answer must not be done with the item.
    if (!this.item?.answering) act();
  };

  async #step(by: 1 | -1): Promise<void> {
    const at = this.#rows?.findIndex(({ id }) => id === this.thing) ?? -1;
    const to = at < 0 ? 0 : at + by;
    if (to >= (this.#rows?.length ?? 0) && this.#list.hasMore) await this.#list.more();
    const next = this.#rows?.[to];
    if (next) this.#open(next.id);
  }

  #learn = ({ item, undo }: ItemEvent): void => {
    const rows = this.#rows ?? [];
    if (item.id === this.thing) this.#current = { item, listed: this.#current?.item.id === item.id ? this.#current.listed : rows.some(({ id }) => id === item.id) };
    if (this.#list.items) this.#list.items = this.#list.items.map((each) => (each.id === item.id ? item : each));
    if (undo) this.#putAway(item, undo, rows);
    else if (!item.doneAt && !item.snoozedUntil && this.undo?.id === item.id) this.undo = undefined;
    this.requestUpdate();
  };

  /** On to the next one; on a phone back to the list, which says what was done. */
  #putAway(item: InboxItem, change: InboxChange, rows: InboxItem[]): void {
    const { localizer: t, formats } = this;
    const what = item.customerName === null ? phrase(t, item).words : `${subjectOf(t, item)} – ${phrase(t, item).words}`;
    const text = item.doneAt || !item.snoozedUntil ? t.t('inbox.saidDone', { what }) : t.t('inbox.saidSnoozed', { at: untilText(t, formats, item.snoozedUntil), what });
    this.undo = { id: item.id, text, change };
    this.say(text);
    const at = rows.findIndex(({ id }) => id === item.id);
    const next = rows[at + 1] ?? rows[at - 1];
    this.#list.items = this.#list.items?.filter(({ id }) => id !== item.id);
    if (next && this.clientWidth >= wideFrom) this.#open(next.id);
    else {
      this.#back();
      this.#last = next?.id ?? '';
    }
    void this.#read();
  }

  async #bringBack(): Promise<void> {
    const { undo, localizer: t } = this;
    if (!undo) return;
    try {
      const item = await changeItem(this.office, undo.id, undo.change);
      this.undo = undefined;
      this.say(t.t('inbox.saidOpen', { what: subjectOf(t, item) }));
      await this.#read();
      this.#open(item.id);
    } catch (error) {
      this.undo = { ...undo, problem: error instanceof ApiError ? error.code : 'internal' };
    }
  }
}

/** Registers it; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-office-inbox', OfficeInbox);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-inbox': OfficeInbox;
  }
}
