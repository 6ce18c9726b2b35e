import { ContextProvider } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Card } from '../../server/contract/account.ts';
import { cardContext, clientContext, customerContext, localeContext, routerContext, sessionContext } from '../contexts.ts';
import { ApiError, type Client } from '../data/client.ts';
import { scopeOf } from '../data/database.ts';
import { obstacle } from '../data/environment.ts';
import { handoffFragment, takeReturn } from '../data/handoff.ts';
import { clientFor } from '../data/registry.ts';
import { reportSighting } from '../data/sightings.ts';
import type { SessionState } from '../data/state.ts';
import { CcFetchEvent, CcNavigateEvent, CcSignInEvent, CcSignOutEvent } from '../events.ts';
import type { Language, Localizer } from '../locale/localizer.ts';
import { skeleton, skeletonStyles } from '../parts/skeleton.ts';
import { accentProperties } from '../theme/accent.ts';
import { buttons } from '../theme/controls.ts';
import { reset } from '../theme/reset.ts';
import { tokens } from '../theme/tokens.ts';
import { version } from '../version.ts';
import { Attention } from './attention.ts';
import type { CustomerEvent } from './bar.ts';
import { content } from './content.ts';
import { styles } from './customer-center.styles.ts';
import { brand, footer } from './frame.ts';
import { choose, languageFor, localizerFor } from './language.ts';
import { isLoaded, load, type LazyTag } from './lazy.ts';
import { PageRouter, type Move, type Routing } from './router.ts';
import { Surroundings } from './surroundings.ts';
import { troubleOf, troubleView, type Trouble } from './trouble.ts';

/** The server that the script came from. */
const scriptOrigin = new URL(import.meta.url).origin;

/** Links that an element of this page has already followed: with several on a page, one of them moves. */
const followed = new WeakSet<object>();

/**
 * A contractor's customer center: sign-in without a password, then the customer's jobs, estimates and invoices. It stands in the contractor's own
 * page, speaks the customer's language and keeps to itself.
 *
 * @attr {string} lang - Language for readers who have not chosen one and whom the contractor does not know.
 *
 * @slot - A link to the hosted page, for visitors whose browser runs no scripts. Gone once the element works.
 *
 * @event {CcFetchEvent} cc-fetch - A request is about to leave; cancel it to keep it from doing so.
 * @event {CcSignInEvent} cc-sign-in - Somebody is signed in.
 * @event {CcSignOutEvent} cc-sign-out - Nobody is signed in any more.
 * @event {CcNavigateEvent} cc-navigate - Another view shows.
 * @event {CcPaymentEvent} cc-payment - A payment has succeeded, or is on its way.
 *
 * @csspart base - Everything.
 * @csspart header - The row with the contractor's branding and the navigation.
 * @csspart logo - The contractor's logo, or the first letter of the name.
 * @csspart name - The contractor's name beside the logo.
 * @csspart content - Where the view shows.
 * @csspart footer - The row with languages and phone.
 * @csspart languages - The language switch.
 * @csspart phone - The contractor's phone number, as a link.
 * @csspart nav - The navigation.
 * @csspart select - The customer switch, and other choices.
 * @csspart menu - The button that opens the account menu.
 * @csspart menu-panel - The account menu.
 * @csspart notice - A message above a view.
 * @csspart hosted-link - The link to the hosted page.
 * @csspart form - A form, such as sign-in.
 * @csspart title - Heading of a view.
 * @csspart label - Label of a field.
 * @csspart field - A field.
 * @csspart button - A button.
 * @csspart link - A link that leaves the center.
 * @csspart error - What is wrong: beside a field, or instead of a view.
 * @csspart empty - What stands in the place of an empty list.
 * @csspart skeleton - Bars that stand for what is being loaded.
 * @csspart section - A section of a view.
 * @csspart section-title - Heading of a section.
 * @csspart list - A list of jobs, invoices, or documents of a job.
 * @csspart row - One of them.
 * @csspart row-name - What was done, or the number of a document.
 * @csspart row-meta - Date, place and technician of a row; customer, place and PO number of an invoice.
 * @csspart row-amount - Total of a row, or what is due.
 * @csspart pill - A state as a word.
 * @csspart date-tile - The day of a visit.
 * @csspart search - The search field.
 * @csspart tabs - The row of tabs.
 * @csspart tab - One tab.
 * @csspart tab-panel - What the selected tab shows.
 * @csspart card - A card within a panel, the paper of a document, “Send it on”.
 * @csspart note - A note.
 * @csspart charges - The table of charges, lines or entries.
 * @csspart sums - Subtotal, tax, total, payments and balance; the sum of selected invoices.
 *
 * @cssproperty --cc-scroll-margin - Distance to keep from the top of the window when the element comes into view.
 */
export class CustomerCenter extends LitElement {
  static readonly version = version;
  static override styles = [tokens, reset, buttons, skeletonStyles, styles];

  /** Name of the contractor's account. Required. */
  @property() account = '';
  /** Origin of the center's server, when the script comes from somewhere else. */
  @property() api = '';
  /** `auto` is as light or dark as the page around the element; `light` and `dark` stay so. */
  @property({ attribute: 'color-scheme', reflect: true, useDefault: true }) colorScheme: 'auto' | 'light' | 'dark' = 'auto';
  /** How views relate to the page's history: `history`, `query` (each has an address, `?cc=/jobs/…`) or `none`. */
  @property() routing: Routing = 'history';
  /** Level of the view's heading within the page's outline, 1 to 6. */
  @property({ attribute: 'heading-level', type: Number }) headingLevel = 2;

  @state() private card: Card | undefined;
  @state() protected session: SessionState = { phase: 'starting' };
  @state() private locale: Localizer | undefined;
  @state() private trouble: Trouble | undefined;
  /** Why something the person asked for was not done. */
  @state() private failure: string | undefined;

  #client: Client | undefined;
  #router: PageRouter | undefined;
  #leaving: (() => void)[] | undefined;
  #hasLeft = false;

  @query('.content > [data-view]') private view!: LitElement | null;

  #attention = new Attention(this, () => this.view);

  #clientContext = new ContextProvider(this, { context: clientContext });
  #routerContext = new ContextProvider(this, { context: routerContext });
  #cardContext = new ContextProvider(this, { context: cardContext });
  #localeContext = new ContextProvider(this, { context: localeContext });
  #sessionContext = new ContextProvider(this, { context: sessionContext });
  #customerContext = new ContextProvider(this, { context: customerContext, initialValue: 'all' });

  constructor() {
    super();
    new Surroundings(this);
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang'];
  }

  override attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    super.attributeChangedCallback(name, before, value);
    if (name === 'lang' && this.#leaving) void this.speak();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Inserted again, after a page router took it out: `willUpdate` enters anew.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('account') || changed.has('api') || changed.has('routing')) this.#leave();
    if (this.isConnected && !this.#leaving) this.#enter();
  }

  #enter(): void {
    this.#leaving = [];
    this.trouble = undefined;
    void this.speak();
    if (!this.account) return this.#stumble('account');

    const client = (this.#client = clientFor(this.#origin, this.account, version));
    const router = (this.#router = new PageRouter(scopeOf(client), this.routing, (how) => this.#moved(how)));
    this.#clientContext.setValue(client);
    this.#routerContext.setValue(router);
    addEventListener('online', this.#retryWhenOnline);
    router.connect();
    router.go(takeReturn() ?? '', { replace: true });
    this.#leaving.push(
      () => router.disconnect(),
      () => removeEventListener('online', this.#retryWhenOnline),
      client.intercept(({ method, url }) => this.dispatchEvent(new CcFetchEvent(method, url))),
      client.subscribe(() => this.#follow(client.state)),
    );

    const barred = obstacle();
    if (barred) {
      client.takeHandoff();
      this.#stumble(barred);
    } else {
      void client.start();
      this.#follow(client.state);
    }
    this.#know(client.keptCard);
    void this.#readCard(client);
  }

  #leave(): void {
    this.#leaving?.forEach((leave) => leave());
    this.#leaving = this.#client = this.#router = undefined;
    this.card = undefined;
    this.session = { phase: 'starting' };
  }

  get #origin(): string {
    return this.api ? new URL(this.api, location.href).origin : scriptOrigin;
  }

  async #readCard(client: Client): Promise<void> {
    try {
      const card = await client.card();
      if (client !== this.#client) return;
      this.#know(card);
      if (!card.originAllowed) {
        this.#stumble('origin');
        reportSighting(client).catch(() => undefined);
      } else if (this.trouble === 'unreachable') this.trouble = undefined;
    } catch (error) {
      if (client !== this.#client) return;
      if (error instanceof ApiError && error.code === 'not_found') this.#stumble('unknown');
      else if (this.session.phase !== 'signedIn' && !this.trouble) this.#stumble('unreachable');
    }
  }

  #know(card: Card | undefined): void {
    if (!card) return;
    this.card = card;
    this.#cardContext.setValue(card);
    for (const [name, value] of accentProperties(card.accent)) this.style.setProperty(name, value);
    void this.speak();
  }

  /** Gets ready to speak a language, the right one unless said; what shows until then stays as it is. */
  protected async speak(language = languageFor(this.session.session?.language, this.lang)): Promise<void> {
    const region = this.card?.country;
    if (this.locale?.lang === language && this.locale.region === (region ?? this.locale.region)) return;
    const locale = await localizerFor(language, region);
    this.locale = locale;
    this.#localeContext.setValue(locale);
  }

  /** Does what a change of the session means for what shows. */
  #follow(state: SessionState): void {
    const before = this.session;
    const { phase, session, problem, arrival } = (this.session = state);
    const isIn = phase === 'signedIn';
    const wasIn = before.phase === 'signedIn';
    const document = isIn ? session?.document : undefined;
    const hasLeft = phase === 'signedOut' && wasIn && !problem;
    if (phase === 'failed') this.#stumble(troubleOf(problem));
    this.#hasLeft = hasLeft;

    this.#sessionContext.setValue(isIn ? session : undefined);
    if (session) this.#look(this.#router?.restoreDraft('customer') ?? 'all');
    const arrived = arrival && !followed.has(arrival);
    const to = arrived && isIn ? arrival.destination : document && this.#router?.path;
    const home = document ? `/${document.kind}s/${document.documentId}` : hasLeft || (isIn && wasIn && before.session?.document) ? '/' : '';
    // The reader of a link has its document, and paying.
    this.#router?.go(to && (!document || /^\/pay/.test(to)) ? to : home, { replace: true });

    if (isIn && (!wasIn || before.session?.kind !== session?.kind)) this.dispatchEvent(new CcSignInEvent(session!.kind));
    if (wasIn && phase === 'signedOut') this.dispatchEvent(new CcSignOutEvent());
    if (arrived && isIn) followed.add(arrival);
    if (arrived) this.#attention.attract(true);
    else if (phase !== before.phase && before.phase !== 'starting') this.#attention.attract();
    void this.speak();
  }

  /** Chooses whose records to look at; a customer that is not this person's is everybody. */
  #look(customer: string): void {
    const known = this.session.session?.customers.some(({ id }) => id === customer) ?? false;
    this.#customerContext.setValue(known ? customer : 'all');
    this.#router?.saveDraft('customer', known ? customer : undefined);
  }

  #moved(how: Move): void {
    this.requestUpdate();
    if (how !== 'replace') this.#attention.attract();
    this.dispatchEvent(new CcNavigateEvent(this.#router!.path));
  }

  #stumble(trouble: Trouble): void {
    this.trouble = trouble;
    const where = { account: this.account, api: this.#origin };
    // The explanation is for the site's owner; whoever cannot load it has the message on the page.
    import('./owner.ts').then(({ explain }) => explain(trouble, where)).catch(() => undefined);
  }

  #retry(): void {
    const client = this.#client;
    if (!client) return;
    this.trouble = undefined;
    if (this.session.phase === 'failed') void client.retry();
    void this.#readCard(client);
  }

  #retryWhenOnline = (): void => {
    if (this.trouble === 'unreachable') this.#retry();
  };

  /** Whether a lazy element can be shown; brings it otherwise. */
  #has(tag: LazyTag): boolean {
    if (isLoaded(tag)) return true;
    load(tag).then(
      () => this.requestUpdate(),
      () => this.#stumble(navigator.onLine ? 'outdated' : 'unreachable'),
    );
    return false;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { card, locale } = this;
    if (!locale) return nothing;
    const isIn = this.session.phase === 'signedIn' && !this.trouble;
    const api = this.#client?.api ?? '';
    return html`<div class="cc" part="base" lang=${locale.lang}>
      ${card
        ? html`<div class="header" part="header">
            ${brand(card, api, isIn)}
            ${isIn && this.#has('cc-bar')
              ? html`<cc-bar .path=${this.#router!.path} @cc-customer=${(event: CustomerEvent) => this.#look(event.customer)}></cc-bar>`
              : nothing}
          </div>`
        : nothing}
      <div class="content" part="content" @cc-all-my-jobs=${this.#openCenter}>${this.#content(locale)}</div>
      ${footer(locale, isIn ? card : undefined, (language) => this.choose(language))}
    </div>`;
  }

  #content(locale: Localizer): TemplateResult {
    const { card, trouble, session, failure } = this;
    if (trouble) return troubleView(trouble, { locale, card, hostedUrl: this.#hostedUrl, retry: () => this.#retry() });
    if (!card) return skeleton(locale, 3);
    const { headingLevel: level } = this;
    const { path } = this.#router!;
    const has = (tag: LazyTag) => this.#has(tag);
    const shown = { session, locale, failure, level, path, hasLeft: this.#hasLeft, current: this.view, has };
    return content(shown) ?? skeleton(locale, 3);
  }

  /** From a document's link to the whole center: its address proves itself by a code, and the person arrives at the same place. */
  #openCenter = async (): Promise<void> => {
    const client = this.#client!;
    this.failure = undefined;
    try {
      await (await client.session()).openCenter(this.locale!.lang, this.#router!.path);
    } catch (error) {
      this.failure = error instanceof ApiError ? error.code : 'internal';
    }
  };

  /** The hosted page, with a handoff that could not be used here. */
  get #hostedUrl(): string | undefined {
    if (!this.account) return undefined;
    const url = this.card?.hostedUrl ?? `${this.#origin}/c/${this.account}`;
    return this.#client?.handoff ? url + handoffFragment(this.#client.handoff) : url;
  }

  /** The person chose a language. */
  protected choose(language: Language): void {
    choose(language);
    void this.speak();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'customer-center': CustomerCenter;
  }
}
