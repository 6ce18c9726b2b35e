/** One customer's screen in a test's page, and how a test finds its way in it. */
import { textOf, until, type Answers, type Asked, type Inside } from '../../testing/signed-in.ts';
import { linkMade, overview } from './customers.ts';
import { openOffice, type OpenOffice } from './office-page.ts';

type Overview = ReturnType<typeof overview>;

/** All elements below, whatever shadow root they are in. */
const all = (selector: string, within: ParentNode): HTMLElement[] =>
  [...within.querySelectorAll<HTMLElement>('*')].flatMap((each) => [...(each.matches(selector) ? [each] : []), ...(each.shadowRoot ? all(selector, each.shadowRoot) : [])]);

export class CustomerPage {
  office!: OpenOffice;
  screen!: Inside;
  /** What the server answers when the customer is read. */
  shown: Overview = overview();

  async open({ answers, ...more }: Parameters<typeof openOffice>[0] = {}, shown: Overview = overview()): Promise<void> {
    this.shown = shown;
    const standard: Answers = { '/customers/:c/overview': () => this.shown, 'POST /access-links': () => linkMade() };
    this.office = await openOffice({ path: '/customers/cust_pine', ...more, answers: { ...standard, ...answers } });
    this.screen = await this.office.screen('cc-office-customer');
  }

  get text(): string {
    return textOf(this.office.office.shadowRoot);
  }

  says(text: string | RegExp): Promise<true> {
    return until(() => (typeof text === 'string' ? this.text.includes(text) : text.test(this.text)), `“${text}”`) as Promise<true>;
  }

  all(selector: string): HTMLElement[] {
    return all(selector, this.screen.shadowRoot);
  }

  one<T extends HTMLElement = HTMLElement>(selector: string): Promise<T> {
    return until(() => this.all(selector)[0] as T | undefined, selector);
  }

  /** By what it is called, for screen readers too. */
  button(label: string | RegExp): Promise<HTMLElement> {
    const isIt = (name: string) => (typeof label === 'string' ? name === label : label.test(name));
    return until(() => this.all('button').find((each) => isIt(each.getAttribute('aria-label') ?? textOf(each).trim())), String(label));
  }

  async press(label: string | RegExp): Promise<void> {
    (await this.button(label)).click();
  }

  async type(id: string, value: string): Promise<void> {
    const field = await this.one<HTMLInputElement>(`#${id}`);
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  asked(method: string, path: string): Asked[] {
    return this.office.asked.filter((each) => each.method === method && each.path.startsWith(path));
  }

  /** Until the dialog has closed. */
  noDialog(): Promise<true> {
    return until(() => this.all('cc-dialog').length === 0, 'the dialog is gone') as Promise<true>;
  }
}
