import { ContextProvider } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Account, Card } from '../../server/contract/account.ts';
import type { InboxCounts } from '../../server/contract/inbox.ts';
import { cardContext, clientContext, localeContext, routerContext } from '../contexts.ts';
import { Attention } from '../customer-center/attention.ts';
import { choose, languageFor } from '../customer-center/language.ts';
import { PageRouter, type Move, type Routing } from '../customer-center/router.ts';
import { Surroundings } from '../customer-center/surroundings.ts';
import { troubleOf, troubleView, type Trouble } from '../customer-center/trouble.ts';
import { scopeOf } from '../data/database.ts';
import { obstacle } from '../data/environment.ts';
import { ApiError } from '../data/errors.ts';
import { handoffFragment } from '../data/handoff.ts';
import { Live } from '../data/live.ts';
import { officeFor, type OfficeClient } from '../data/office.ts';
import { reportSighting } from '../data/sightings.ts';
import type { SessionState } from '../data/state.ts';
import { CcFetchEvent, CcNavigateEvent, CcSignOutEvent } from '../events.ts';
import { languages, type Language, type Localizer } from '../locale/localizer.ts';
import { skeleton, skeletonStyles } from '../parts/skeleton.ts';
import { accentProperties } from '../theme/accent.ts';
import { buttons, fields } from '../theme/controls.ts';
import { reset } from '../theme/reset.ts';
import { tokens } from '../theme/tokens.ts';
import { version } from '../version.ts';
import { accountContext, liveContext, officeContext, staffContext } from './contexts.ts';
import type { AccountEvent, SayEvent } from './events.ts';
import { navigation } from './frame.ts';
import { keyOf, type Shortcut } from './keys.ts';
import { officeLocalizer } from './language.ts';
import { isLoaded, load, type OfficeTag } from './lazy.ts';
import { styles } from './office.styles.ts';
import { places, routeOf } from './routes.ts';
import { otherStart } from './start/other.ts';
import { takeSetup } from './start/token.ts';
import './start/sign-in.ts';

/** The server that the script came from. */
const scriptOrigin = new URL(import.meta.url).origin;
/** How long a few words about what was done stay. */
const saidMs = 5000;

/**
 * The contractor's own side: inbox, customers, jobs, documents and settings, for staff who sign in with a link by e-mail. It stands at
 * `/office` on the server, or in a page of the contractor's own.
 *
 * @attr {string} lang - Language for staff who have not chosen one.
 *
 * @event {CcFetchEvent} cc-fetch - A request is about to leave; cancel it to keep it from doing so.
 * @event {CcNavigateEvent} cc-navigate - Another screen shows.
 * @event {CcSignOutEvent} cc-sign-out - Nobody is signed in any more.
 *
 * @csspart base - Everything.
 * @csspart rail - The bar with the contractor's branding and the navigation.
 * @csspart nav - The navigation.
 * @csspart content - Where the screen shows.
 */
export class CustomerCenterOffice extends LitElement {
  static readonly version = version;
  static override styles = [tokens, reset, buttons, fields, skeletonStyles, styles];

  /** Name of the contractor's account. Without one, the person is asked for it. */
  @property() account = '';
  /** Origin of the center's server, when the script comes from somewhere else. */
  @property() api = '';
  /** `auto` is as light or dark as the page around the element; `light` and `dark` stay so. */
  @property({ attribute: 'color-scheme', reflect: true, useDefault: true }) colorScheme: 'auto' | 'light' | 'dark' = 'auto';
  /** How screens relate to the page's history: `history`, `query` (each has an address, `?cc=/customers/…`) or `none`. */
  @property() routing: Routing = 'history';
  /** Level of the screen's heading within the page's outline, 1 to 6. */
  @property({ attribute: 'heading-level', type: Number }) headingLevel = 1;
  /** The server has no account yet: whoever holds the link of its console makes the first one here. */
  @property({ type: Boolean }) setup = false;

  @state() private card: Card | undefined;
  @state() private session: SessionState = { phase: 'starting' };
  @state() private locale: Localizer | undefined;
  @state() private trouble: Trouble | undefined;
  @state() private settings: Account | undefined;
  @state() private counts: InboxCounts | undefined;
  @state() private said = '';
  @state() private open: 'search' | 'help' | undefined;
  /** The secret of the console's link. */
  @state() private token: string | undefined;

  #client: OfficeClient | undefined;
  #router: PageRouter | undefined;
  #live: Live | undefined;
  #leaving: (() => void)[] | undefined;
  #saidTimer: ReturnType<typeof setTimeout> | undefined;

  @query('main > [data-view]') private view!: LitElement | null;
  @query('[data-over]') private over!: LitElement | null;

  #attention = new Attention(this, () => this.view);

  #clientContext = new ContextProvider(this, { context: clientContext });
  #officeContext = new ContextProvider(this, { context: officeContext });
  #routerContext = new ContextProvider(this, { context: routerContext });
  #cardContext = new ContextProvider(this, { context: cardContext });
  #localeContext = new ContextProvider(this, { context: localeContext });
  #staffContext = new ContextProvider(this, { context: staffContext });
  #accountContext = new ContextProvider(this, { context: accountContext });
  #liveContext = new ContextProvider(this, { context: liveContext });

  constructor() {
    super();
    new Surroundings(this);
    this.addEventListener('cc-office-say', (event) => this.#say(event.text));
    this.addEventListener('cc-office-account', (event) => this.#learn(event.account));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
    document.addEventListener('keydown', this.#press);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#press);
    this.#leave();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('account') || changed.has('api') || changed.has('routing')) this.#leave();
    if (this.isConnected && !this.#leaving) this.#enter();
  }

  get #origin(): string {
    return this.api ? new URL(this.api, location.href).origin : scriptOrigin;
  }

  #enter(): void {
    this.#leaving = [];
    this.trouble = obstacle();
    this.token = takeSetup() ?? this.token;
    void this.#speak();
    if (!this.account) return;

    const client = (this.#client = officeFor(this.#origin, this.account, version));
    const router = (this.#router = new PageRouter(scopeOf(client), this.routing, (how) => this.#moved(how)));
    const live = (this.#live = new Live(client));
    this.#clientContext.setValue(client);
    this.#officeContext.setValue(client);
    this.#routerContext.setValue(router);
    this.#liveContext.setValue(live);
    router.connect();
    const retry = () => this.trouble === 'unreachable' && this.#retry();
    addEventListener('online', retry);
    this.#leaving.push(
      () => router.disconnect(),
      () => removeEventListener('online', retry),
      client.intercept(({ method, url }) => this.dispatchEvent(new CcFetchEvent(method, url))),
      client.subscribe(() => this.#follow(client.state)),
    );
    if (this.trouble) return client.takeHandoff();
    void client.start();
    this.#follow(client.state);
    this.#know(client.keptCard);
    void this.#readCard(client);
  }

  #leave(): void {
    this.#leaving?.forEach((leave) => leave());
    this.#leaving = this.#client = this.#router = this.#live = undefined;
    this.card = this.settings = this.counts = undefined;
    this.session = { phase: 'starting' };
  }

  async #readCard(client: OfficeClient): Promise<void> {
    try {
      const card = await client.card();
      if (client !== this.#client) return;
      this.#know(card);
      if (!card.originAllowed) {
        this.trouble = 'origin';
        reportSighting(client).catch(() => undefined);
      } else if (this.trouble === 'unreachable') this.trouble = undefined;
    } catch (error) {
      if (client === this.#client) this.trouble = error instanceof ApiError && error.code === 'not_found' ? 'unknown' : (this.trouble ?? 'unreachable');
    }
  }

  #know(card: Card | undefined): void {
    if (!card) return;
    this.card = card;
    this.#cardContext.setValue(card);
    for (const [name, value] of accentProperties(card.accent)) this.style.setProperty(name, value);
    void this.#speak();
  }

  /** The account's settings, newly read or changed here. */
  #learn(account: Account): void {
    this.settings = account;
    this.#accountContext.setValue(account);
    if (this.card) this.#know({ ...this.card, name: account.name, accent: account.accent, logoUrl: account.logoUrl, phone: account.phone, country: account.country });
  }

  async #speak(): Promise<void> {
    const language = languageFor(undefined, this.lang);
    const region = this.card?.country;
    if (this.locale?.lang === language && this.locale.region === (region ?? this.locale.region)) return;
    this.locale = await officeLocalizer(language, region);
    this.#localeContext.setValue(this.locale);
  }

  /** Does what a change of the session means for what shows. */
  #follow(state: SessionState): void {
    const before = this.session;
    this.session = state;
    const { phase, arrival, problem } = state;
    if (phase === 'failed') this.trouble = troubleOf(problem);
    const staff = this.#client?.staff;
    if (staff) {
      this.#staffContext.setValue(staff);
      if (before.phase !== 'signedIn') {
        if (arrival?.destination) this.#router?.go(arrival.destination, { replace: true });
        void this.#begin();
      }
    } else {
      this.settings = this.counts = undefined;
      if (before.phase === 'signedIn') this.dispatchEvent(new CcSignOutEvent());
    }
    if (phase !== before.phase && before.phase !== 'starting') this.#attention.attract();
  }

  /** Somebody is here: their account, and what waits in the inbox, from now on live. */
  async #begin(): Promise<void> {
    const client = this.#client!;
    this.#leaving?.push(this.#live!.hear(({ what }) => void (/^(inbox|again)$/.test(what) ? this.#count() : what === 'account' && this.#readAccount())));
    await this.#readAccount();
    if (client === this.#client) await this.#count();
  }

  async #readAccount(): Promise<void> {
    const client = this.#client;
    try {
      const account = await client?.read<Account>('/v1/office/account');
      if (account && client === this.#client) this.#learn(account);
      if (this.trouble === 'unreachable') this.trouble = undefined;
    } catch (error) {
      if (client === this.#client && !this.settings && client?.staff) this.trouble = troubleOf(error instanceof ApiError ? error.code : undefined);
    }
  }

  async #count(): Promise<void> {
    const client = this.#client;
    const counts = await client?.read<InboxCounts>('/v1/office/inbox/counts').catch(() => undefined);
    if (counts && client === this.#client) this.counts = counts;
  }

  #retry(): void {
    const client = this.#client;
    if (!client) return;
    this.trouble = undefined;
    if (this.session.phase === 'failed') void client.retry();
    void this.#readCard(client);
    if (client.staff) void this.#begin();
  }

  #moved(how: Move): void {
    this.requestUpdate();
    this.open = undefined;
    if (how !== 'replace') this.#attention.attract();
    this.dispatchEvent(new CcNavigateEvent(this.#router!.path));
  }

  #say(text: string): void {
    clearTimeout(this.#saidTimer);
    this.said = text;
    this.#saidTimer = setTimeout(() => (this.said = ''), saidMs);
  }

  /** Keys that work on every screen; a screen has its own. */
  #press = (event: KeyboardEvent): void => {
    const key = keyOf(event);
    if (!key || !this.#client?.staff || this.open) return;
    const act: Partial<Record<Shortcut, () => void>> = { '/': () => (this.open = 'search'), '?': () => (this.open = 'help') };
    places.forEach((place, at) => (act[String(at + 1) as Shortcut] = () => this.#router?.go(`/${place}`)));
    if (!act[key]) return;
    event.preventDefault();
    act[key]();
  };

  /** Whether a lazy element can be shown; brings it otherwise. */
  #has(tag: OfficeTag): boolean {
    if (isLoaded(tag)) return true;
    load(tag).then(
      () => this.requestUpdate(),
      () => (this.trouble = navigator.onLine ? 'outdated' : 'unreachable'),
    );
    return false;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { locale: t } = this;
    if (!t) return nothing;
    const isIn = this.session.phase === 'signedIn' && this.settings && !this.trouble;
    return html`<div class="cc" part="base" lang=${t.lang}>
      ${isIn ? this.#frame(t) : html`<div class="alone ${this.token ? 'wide' : ''}"><main part="content">${this.#before(t)}</main><footer>${this.#languages(t)}</footer></div>`}
      <div class="said" role="status">${this.said ? html`<p>${this.said}</p>` : nothing}</div>
    </div>`;
  }

  /** Everything of somebody who is signed in. */
  #frame(t: Localizer): TemplateResult {
    const { tag, place, thing, section } = routeOf(this.#router!.path);
    const screen = this.#element(tag as OfficeTag, { thing, section, level: this.headingLevel, path: this.#router!.path });
    return html`<div class="frame">
        ${navigation({
          t, place, card: this.card, api: this.#origin, unread: this.counts?.unread ?? 0, staff: this.#client!.staff!,
          go: (path) => this.#router!.go(path), search: () => (this.open = 'search'), help: () => (this.open = 'help'), leave: (all) => void this.#signOut(all),
          languages: this.#languages(t),
        })}
        <main part="content">${screen ?? skeleton(t, 4)}</main>
      </div>
      ${this.open === 'search' ? this.#element('cc-office-search', {}, () => (this.open = undefined)) : nothing}
      ${this.open === 'help' ? this.#element('cc-office-help', {}, () => (this.open = undefined)) : nothing}`;
  }

  /** What shows while nobody is in. */
  #before(t: Localizer): unknown {
    const { session, card, trouble } = this;
    if (trouble) return troubleView(trouble, { locale: t, card, hostedUrl: this.#hostedUrl, retry: () => this.#retry() });
    if (!this.account) {
      if (this.token) return this.#element('cc-office-setup', { token: this.token, api: this.#origin, localizer: t }) ?? skeleton(t, 3);
      return otherStart(t, this.setup, (account) => (this.account = account));
    }
    if (!card) return skeleton(t, 3);
    if (session.phase === 'signedOut')
      return html`<cc-office-sign-in data-view .notice=${session.problem ? (session.problem === 'link_used' ? t.t('shell.linkUsed') : t.problem(session.problem)) : ''}></cc-office-sign-in>`;
    if (session.phase === 'code') return this.#element('cc-view-code', { pending: session.pending, level: 1 }) ?? skeleton(t, 3);
    if (session.phase === 'confirm') return this.#element('cc-view-confirm', { state: session, level: 1 }) ?? skeleton(t, 3);
    return skeleton(t, 3);
  }

  /** An element that comes in a chunk of its own, kept as long as the same one is wanted; undefined while it is on its way. */
  #element(tag: OfficeTag, properties: object, close?: () => void): HTMLElement | undefined {
    if (!this.#has(tag)) return undefined;
    const kept = close ? this.over : this.view;
    if (kept?.localName === tag) return Object.assign(kept, properties);
    const element = document.createElement(tag);
    if (close) element.addEventListener('cc-dialog-close', close, { once: true });
    element.toggleAttribute(close ? 'data-over' : 'data-view', true);
    return Object.assign(element, properties);
  }

  #languages(t: Localizer): TemplateResult {
    return html`<div class="languages" role="group" aria-label=${t.t('shell.language')}>
      ${Object.entries(languages).map(
        ([language, name]) => html`<button type="button" lang=${language} aria-pressed=${language === t.lang ? 'true' : 'false'} @click=${() => this.#choose(language as Language)}>${name}</button>`,
      )}
    </div>`;
  }

  #choose(language: Language): void {
    choose(language);
    void this.#speak();
  }

  async #signOut(everywhere: boolean): Promise<void> {
    try {
      const session = await this.#client!.session();
      await (everywhere ? session.signOutEverywhere() : session.signOut());
    } catch (error) {
      this.#say(this.locale!.problem(error instanceof ApiError ? error.code : 'internal'));
    }
  }

  /** The office on the server's own page, with a handoff that could not be used here. */
  get #hostedUrl(): string {
    const url = `${this.#origin}/office?account=${encodeURIComponent(this.account)}`;
    return this.#client?.handoff ? url + handoffFragment(this.#client.handoff) : url;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'customer-center-office': CustomerCenterOffice;
  }
  interface HTMLElementEventMap {
    'cc-office-say': SayEvent;
    'cc-office-account': AccountEvent;
  }
}
