import { consume } from '@lit/context';
import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Card } from '../../server/contract/account.ts';
import type { SessionView } from '../../server/contract/access.ts';
import { cardContext, clientContext, customerContext, localeContext, routerContext, sessionContext } from '../contexts.ts';
import type { Client } from '../data/client.ts';
import type { Localizer } from '../locale/localizer.ts';
import type { Router } from './router.ts';

/** Parts that the page may style from outside. A page styles across two shadow roots, so whatever is in a view passes them on. */
const viewParts =
  'form, title, label, field, button, error, notice, phone, nav, select, menu, menu-panel, section, section-title, list, row, ' +
  'row-name, row-meta, row-amount, pill, date-tile, search, empty, skeleton, tabs, tab, tab-panel, card, note, charges, sums, link';

/** What every view has: whose center it is, in which language, where the person is, and a heading that takes the focus. */
export class View extends LitElement {
  @consume({ context: clientContext, subscribe: true }) @property({ attribute: false }) client!: Client;
  @consume({ context: cardContext, subscribe: true }) @property({ attribute: false }) card!: Card;
  @consume({ context: localeContext, subscribe: true }) @property({ attribute: false }) localizer!: Localizer;
  @consume({ context: routerContext, subscribe: true }) @property({ attribute: false }) router!: Router;
  /** Whose records the person looks at. */
  @consume({ context: customerContext, subscribe: true }) @property({ attribute: false }) customer = 'all';
  /** Who is here; undefined while nobody is. */
  @consume({ context: sessionContext, subscribe: true }) @property({ attribute: false }) session: SessionView | undefined;

  /** Level of the view's heading; those within are below it. */
  @property({ type: Number }) level = 2;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('exportparts', viewParts);
  }

  /** Takes the focus as a view that has just opened: its heading. The shell calls it after every change of view. */
  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector<HTMLElement>('#heading')?.focus(options);
  }
}
