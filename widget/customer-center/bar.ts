import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { SessionView } from '../../server/contract/access.ts';
import { ApiError, type Client } from '../data/client.ts';
import '../locale/en-center.ts';
import type { Localizer } from '../locale/localizer.ts';
import { define as defineTag } from '../parts/define.ts';
import { styles } from './bar.styles.ts';
import { View } from './view.ts';

/** Another customer was chosen: an id, or `all`. The shell hears it; it does not leave the element. */
export class CustomerEvent extends Event {
  constructor(readonly customer: string) {
    super('cc-customer');
  }
}

/**
 * What a signed-in person finds at the top of every view: where to go, whose records to see, and the way out.
 *
 * @event {CustomerEvent} cc-customer - Another customer was chosen.
 * @csspart nav - The navigation.
 * @csspart select - The customer switch.
 * @csspart menu - The button that opens the account menu.
 * @csspart menu-panel - The account menu.
 * @csspart button - Buttons in the account menu.
 */
export class CcBar extends View {
  static override styles = styles;

  @query('#panel') private panel!: HTMLElement;

  @state() private problem = '';

  /** Where the person is; marks the navigation. */
  @property() path = '/';

  protected override render(): TemplateResult | typeof nothing {
    const { localizer: t, session } = this;
    if (!session) return nothing;
    return html`<div class="cc bar">
      ${session.document ? nothing : this.#navigation()}
      <div class="tools">${session.customers.length > 1 ? this.#customers(session) : nothing} ${this.#menu(session, t)}</div>
    </div>`;
  }

  #navigation(): TemplateResult {
    const { localizer: t, path } = this;
    const place = (to: string, label: string, isHere: boolean) =>
      html`<button type="button" role="link" aria-current=${path === to ? 'page' : isHere ? 'true' : nothing} @click=${() => this.router.go(to)}>
        ${label}
      </button>`;
    const list = listOf(path);
    return html`<nav class="nav" part="nav" aria-label=${t.t('shell.nav')}>
      ${place('/', t.t('shell.history'), list === '/')} ${place('/invoices', t.t('shell.invoices'), list !== '/')}
    </nav>`;
  }

  /** “All”, then each customer with its sub-customers below it. */
  #customers({ customers }: SessionView): TemplateResult {
    const { localizer: t, customer } = this;
    const option = (id: string, name: string) => html`<option value=${id} ?selected=${id === customer}>${name}</option>`;
    return html`<span class="switch"><select part="select" aria-label=${t.t('shell.customer')} .value=${customer} @change=${this.#choose}>
      ${option('all', t.t('shell.all'))}
      ${customers.map(({ id, name }) => option(id, name))}
      </select><svg aria-hidden="true" viewBox="0 0 20 20"><path d="m5 8 5 5 5-5"></path></svg></span>`;
  }

  #menu({ name, document }: SessionView, t: Localizer): TemplateResult {
    const { problem } = this;
    return html`<button type="button" class="menu" part="menu" popovertarget="panel" aria-label="${t.t('shell.menu')}, ${name}">
        <span>${name}</span>
        <svg aria-hidden="true" viewBox="0 0 20 20"><path d="M4 6h12M4 10h12M4 14h12"></path></svg>
      </button>
      <div id="panel" class="panel" part="menu-panel" popover @beforetoggle=${this.#place}>
        <p>${t.t('shell.signedInAs', { name })}</p>
        ${problem ? html`<p class="error" role="alert">${problem}</p>` : nothing}
        <button type="button" class="button quiet wide" part="button" @click=${() => this.#leave((session) => session.signOut())}>
          ${t.t(document && this.client.state.behind ? 'shell.close' : 'shell.signOut')}
        </button>
        ${document
          ? nothing
          : html`<button type="button" class="button quiet wide" part="button" @click=${() => this.#leave((session) => session.signOutEverywhere())}>
              ${t.t('shell.signOutAll')}
            </button>`}
      </div>`;
  }

  #choose = (event: Event): void => {
    this.dispatchEvent(new CustomerEvent((event.target as HTMLSelectElement).value));
    this.router.go(listOf(this.path));
  };

  /** Below its button: the panel is in the top layer, where no page can cover or cut it, and so has no place of its own. */
  #place = (event: Event): void => {
    const menu = this.renderRoot.querySelector<HTMLElement>('.menu')!;
    if ((event as ToggleEvent).newState !== 'open') {
      // Escape would drop the focus to the top of the page.
      if (this.panel.matches(':focus-within')) menu.focus();
      return;
    }
    this.problem = '';
    const { bottom, right } = menu.getBoundingClientRect();
    this.panel.style.setProperty('max-width', `${right - 8}px`);
    this.panel.style.setProperty('top', `${bottom + scrollY + 4}px`);
    this.panel.style.setProperty('right', `${document.documentElement.clientWidth - right - scrollX}px`);
  };

  async #leave(act: (session: Awaited<ReturnType<Client['session']>>) => Promise<void>): Promise<void> {
    try {
      await act(await this.client.session());
    } catch (error) {
      this.problem = this.localizer.problem(error instanceof ApiError ? error.code : 'internal');
    }
  }
}

/** The list that a view belongs to; another customer's is shown in place of this one's. */
const listOf = (path: string) => /^\/(invoices|statement)\b/.exec(path)?.[0] ?? (/^\/(pay|cards)/.test(path) ? '/invoices' : '/');

export function define(): void {
  defineTag('cc-bar', CcBar);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-bar': CcBar;
  }
}
