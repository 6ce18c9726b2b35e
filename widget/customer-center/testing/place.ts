/** Puts `<customer-center>` into a test's page, in front of a fake server. */
import type { FakeApi } from '../../data/testing/fake-api.ts';
import { textOf, until, type Inside } from '../../testing/signed-in.ts';

export class Placed {
  constructor(readonly element: HTMLElement) {}

  /** What a person reads of the center. */
  get text(): string {
    return textOf(this.element);
  }

  /** The first match in the element or in the view it shows. */
  find<T extends HTMLElement>(selector: string): T | null {
    const roots = [this.element.shadowRoot, this.view?.shadowRoot, this.element.shadowRoot?.querySelector('cc-bar')?.shadowRoot];
    return roots.map((root) => root?.querySelector<T>(selector)).find(Boolean) ?? null;
  }

  get view(): Inside | null {
    return this.element.shadowRoot?.querySelector<Inside>('[data-view]') ?? null;
  }

  /** Waits for a view by its name: `sign-in`, `code`, `history`. */
  async shows(name: string): Promise<Inside> {
    const view = await until(() => this.element.shadowRoot?.querySelector<Inside>(`cc-view-${name}`), `cc-view-${name} shows`);
    await view.updateComplete;
    return view;
  }

  says(words: string | RegExp): Promise<boolean> {
    return until(() => (typeof words === 'string' ? this.text.includes(words) : words.test(this.text)), `it says ${words}`);
  }

  button(words: string): HTMLButtonElement | undefined {
    const roots = [this.element.shadowRoot!, ...(this.view ? [this.view.shadowRoot] : []), ...this.#bar()];
    return roots.flatMap((root) => [...root.querySelectorAll('button')]).find((each) => textOf(each).trim() === words);
  }

  async press(words: string): Promise<void> {
    (await until(() => this.button(words), `the button “${words}”`)).click();
  }

  async type(selector: string, value: string): Promise<void> {
    const field = await until(() => this.find<HTMLInputElement>(selector), selector);
    field.focus();
    field.value = value;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  }

  /** From the first view to waiting for the code. */
  async askForLink(address = 'maria@example.com'): Promise<Inside> {
    await this.shows('sign-in');
    await this.type('#address', address);
    await this.press('Send me a link');
    return this.shows('code');
  }

  #bar(): ShadowRoot[] {
    const bar = this.element.shadowRoot!.querySelector('cc-bar')?.shadowRoot;
    return bar ? [bar] : [];
  }
}

export function place(api: FakeApi, attributes: Record<string, string | null> = {}, into: ParentNode & Node = document.body): Placed {
  const element = document.createElement('customer-center');
  const all = { account: api.account, api: api.origin, 'color-scheme': 'light', ...attributes };
  for (const [name, value] of Object.entries(all)) if (value !== null) element.setAttribute(name, value);
  element.innerHTML = `<a href="${api.origin}/c/${api.account}">Open the customer center</a>`;
  into.append(element);
  return new Placed(element);
}

/** As the door leaves it: a handoff in the address. */
export function arrive(handoff: string): void {
  history.replaceState(history.state, '', `${location.pathname}${location.search}#cc=${handoff}`);
}

/** A fresh entry of the page's history, without what an earlier test has left there. */
export function freshEntry(): void {
  history.pushState(null, '', location.pathname + location.search.replace(/[?&]cc=[^&]*/, ''));
}
