/** The inbox in a test's page, and ways to find and do things in it across its shadow roots. */
import { textOf, until, type Answers } from '../../../testing/signed-in.ts';
import { openOffice, type OpenOffice } from '../../testing/office-page.ts';
import { fakeInbox, type FakeInbox } from './items.ts';

interface Wanted {
  inbox?: FakeInbox;
  path?: string;
  answers?: Answers;
  lang?: 'en' | 'es';
  role?: 'owner' | 'clerk';
  colorScheme?: 'light' | 'dark';
  width?: number;
}

export class InboxPage {
  page!: OpenOffice;
  inbox!: FakeInbox;

  async open({ inbox = fakeInbox(), answers, ...wanted }: Wanted = {}): Promise<void> {
    this.inbox = inbox;
    this.page = await openOffice({ answers: { ...inbox.answers, ...answers }, ...wanted });
    await this.page.screen('cc-office-inbox');
  }

  close(): void {
    this.page.close();
  }

  /** Everything that matches, in the order of the page, also inside shadow roots. */
  all<T extends HTMLElement>(selector: string, root: ParentNode = this.page.office.shadowRoot): T[] {
    return [...root.querySelectorAll<HTMLElement>('*')].flatMap((each) => [...(each.matches(selector) ? [each as T] : []), ...(each.shadowRoot ? this.all<T>(selector, each.shadowRoot) : [])]);
  }

  one<T extends HTMLElement>(selector: string): Promise<T> {
    return until(() => this.all<T>(selector)[0], selector);
  }

  button(words: string): Promise<HTMLElement> {
    return until(() => this.all('button').find((each) => textOf(each).trim() === words && each.checkVisibility()), `the button “${words}”`);
  }

  async press(words: string): Promise<void> {
    (await this.button(words)).click();
  }

  get text(): string {
    return textOf(this.page.office.shadowRoot);
  }

  says(words: string): Promise<unknown> {
    return until(() => this.text.includes(words), `“${words}”`);
  }

  async silentAbout(words: string): Promise<void> {
    await until(() => !this.text.includes(words), `no “${words}” any more`);
  }

  /** Names of whom the rows are about. */
  get names(): string[] {
    return this.all('.item .name').map((each) => textOf(each).trim());
  }

  row(name: string): Promise<HTMLElement> {
    return until(() => this.all('.item').find((each) => textOf(each).includes(name)), `the row of ${name}`);
  }

  /** The heading of the item that shows. */
  get heading(): HTMLElement | null | undefined {
    return this.all('cc-office-inbox-item')[0]?.shadowRoot!.querySelector<HTMLElement>('#heading');
  }

  shows(title: string): Promise<unknown> {
    return until(() => this.heading && textOf(this.heading).trim() === title, title);
  }

  /** The item's heading has the focus. */
  headed(title: string): Promise<unknown> {
    return until(() => this.heading && textOf(this.heading).trim() === title && this.focused === this.heading, `the focus is at ${title}`);
  }

  key(key: string, more: KeyboardEventInit = {}): void {
    (this.focused ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { ...more, key, bubbles: true, cancelable: true, composed: true }));
  }

  /** Where the focus is, also inside shadow roots. */
  get focused(): Element | null {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active;
  }

  async type(field: HTMLInputElement | HTMLTextAreaElement, value: string): Promise<void> {
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await Promise.resolve();
  }

  async choose(selector: string, value: string): Promise<void> {
    const select = await this.one<HTMLSelectElement>(selector);
    select.value = value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** What was asked of the server with this method, by path. */
  sent(method: string, path: string | RegExp): { path: string; body: unknown; query: URLSearchParams; headers: Headers }[] {
    return this.page.asked.filter((each) => each.method === method && (typeof path === 'string' ? each.path === path : path.test(each.path)));
  }
}
