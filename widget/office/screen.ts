import { consume } from '@lit/context';
import { LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { Account } from '../../server/contract/account.ts';
import { localeContext, routerContext } from '../contexts.ts';
import type { Router } from '../customer-center/router.ts';
import type { Live, News } from '../data/live.ts';
import type { OfficeClient, StaffSession } from '../data/office.ts';
import { formatsOf, type Formats } from '../locale/formats.ts';
import type { Localizer } from '../locale/localizer.ts';
import { accountContext, liveContext, officeContext, staffContext } from './contexts.ts';
import { SayEvent } from './events.ts';

/** What every screen of the office has: who is here, for which account, in which language, where they are, and live news. */
export class Screen extends LitElement {
  @consume({ context: officeContext, subscribe: true }) @property({ attribute: false }) office!: OfficeClient;
  @consume({ context: staffContext, subscribe: true }) @property({ attribute: false }) staff!: StaffSession;
  @consume({ context: accountContext, subscribe: true }) @property({ attribute: false }) account!: Account;
  @consume({ context: liveContext, subscribe: true }) @property({ attribute: false }) live!: Live;
  @consume({ context: localeContext, subscribe: true }) @property({ attribute: false }) localizer!: Localizer;
  @consume({ context: routerContext, subscribe: true }) @property({ attribute: false }) router!: Router;

  /** Level of the screen's heading; those within are below it. */
  @property({ type: Number }) level = 1;
  /** The thing the screen is about, from its address; empty where it is about none. */
  @property() thing = '';
  /** A part of the screen, from its address. */
  @property() section = '';
  /** The whole path, with its query. */
  @property() path = '/';

  #deaf: (() => void) | undefined;

  /** Dates, times and money in the reader's language and the account's zone. */
  protected get formats(): Formats {
    return formatsOf(this.localizer, this.account.timeZone);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#deaf?.();
    this.#deaf = undefined;
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (this.isConnected && this.live) this.#deaf ??= this.live.hear((news) => this.heard(news));
  }

  /** Somebody has changed something; a screen that shows it reads it again. */
  protected heard(_news: News): void {
    // Most screens show little that others change.
  }

  /** Says in a few words what was done. */
  protected say(text: string): void {
    this.dispatchEvent(new SayEvent(text));
  }

  /** Takes the focus as a screen that has just opened: its heading. */
  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector<HTMLElement>('#heading')?.focus(options);
  }
}
