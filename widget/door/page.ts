/**
 * The door: where every link of a message lands. Until a person clicks, it shows the contractor and nothing else, and
 * tells the server nothing; the click trades the link's token for a handoff that the contractor's page exchanges.
 */
import { withHandoff } from '../data/handoff.ts';
import { accentSets } from '../theme/accent.ts';
import { chooseLanguage, chosenLanguage, isKnown, makeKnown, takeToken } from './keeping.ts';
import { dictionaries, languageNames, readersLanguage, type DoorLanguage, type Word } from './words.ts';

type View =
  | { name: 'ready' | 'opening' | 'notYou' | 'notYouDone' | 'expired' | 'sending' | 'unknown' | 'stripped' }
  | { name: 'sent'; masked: string; channel: string }
  | { name: 'trouble'; word: Word; retry: () => void };

/** What the wire's codes mean here; what a person cannot help is our fault. */
const troubles: Record<string, Word> = { too_many_requests: 'tooMany', offline: 'offline' };

export class Door {
  readonly #account: string;
  readonly #name: string;
  readonly #main: HTMLElement;
  #token: string | undefined;
  #language: DoorLanguage;
  #view: View;

  constructor(
    private root: ParentNode,
    private leave: (url: string) => void = (url) => location.assign(url),
  ) {
    this.#main = root.querySelector<HTMLElement>('main')!;
    const { account = '', name = '', accent = '', locale } = this.#main.dataset;
    this.#account = account;
    this.#name = name;
    this.#language = readersLanguage([chosenLanguage(), ...navigator.languages, locale]);
    const { token, fresh } = takeToken(account);
    this.#token = token;
    this.#view = { name: token ? 'ready' : 'stripped' };
    this.#brand(accent);
    this.#draw();
    // Only for a link that was just opened: coming Back here must not throw the person forward again.
    if (token && fresh && isKnown(account)) void this.open();
    // A page that is shown again from the browser's memory would still say “Opening…”.
    addEventListener('pageshow', (event) => event.persisted && this.#token && this.#show({ name: 'ready' }));
  }

  /** The person's click. */
  async open(): Promise<void> {
    await this.#ask('', 'opening', async (answer) => {
      makeKnown(this.#account);
      const { url, handoff } = answer as { url: string; handoff: string };
      this.leave(withHandoff(url, handoff));
    });
  }

  async renew(): Promise<void> {
    await this.#ask('/renew', 'sending', async (answer) => {
      const { masked, channel } = answer as { masked: string; channel: string };
      this.#show({ name: 'sent', masked, channel });
    });
  }

  async tell(): Promise<void> {
    await this.#ask('/not-me', 'sending', async () => this.#show({ name: 'notYouDone' }));
  }

  async #ask(path: string, busy: 'opening' | 'sending', done: (answer: unknown) => Promise<void>): Promise<void> {
    if (this.#view.name === 'opening' || this.#view.name === 'sending') return;
    this.#show({ name: busy });
    const { status, answer } = await post(`/v1/accounts/${this.#account}/door${path}`, { token: this.#token });
    if (status >= 200 && status < 300) return done(answer);
    const code = (answer as { code?: string }).code ?? '';
    if (code === 'link_expired') return this.#show({ name: 'expired' });
    if (code === 'not_found') return this.#show({ name: 'unknown' });
    this.#show({ name: 'trouble', word: troubles[code] ?? 'failed', retry: () => void this.#ask(path, busy, done) });
  }

  #show(view: View): void {
    this.#view = view;
    this.#draw();
    // The button that was pressed is gone: the reader goes on at the top, where the new words are.
    if (view.name !== 'opening' && view.name !== 'sending') this.#main.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }

  #brand(accent: string): void {
    const { light, dark } = accentSets(accent);
    const { style } = document.documentElement;
    for (const [mode, set] of Object.entries({ light, dark })) {
      for (const [role, value] of Object.entries(set)) style.setProperty(`--${mode}-${role}`, value);
    }
    const logo = this.#main.querySelector<HTMLImageElement>('.logo');
    if (!logo?.getAttribute('src')) return;
    logo.hidden = false;
    this.#main.querySelector('.initial')?.remove();
  }

  #draw(): void {
    document.documentElement.lang = this.#language;
    this.#main.querySelector('.view')!.replaceChildren(...this.#content());
    const phone = this.root.querySelector<HTMLAnchorElement>('.phone');
    if (phone?.getAttribute('href')) {
      // A number is read in one piece, so it does not break between lines.
      phone.dataset.number ??= phone.textContent.replaceAll(' ', '\u00a0').replaceAll('-', '\u2011');
      phone.textContent = this.#say('call', { phone: phone.dataset.number });
    }
    const languages = this.root.querySelector('.languages')!;
    languages.setAttribute('role', 'group');
    languages.setAttribute('aria-label', this.#say('language'));
    languages.replaceChildren(
      ...Object.entries(languageNames).map(([language, name]) => {
        const button = element('button', name, { type: 'button', lang: language, 'aria-pressed': String(language === this.#language) });
        button.addEventListener('click', () => this.#speak(language as DoorLanguage));
        return button;
      }),
    );
  }

  #content(): HTMLElement[] {
    const view = this.#view;
    const text = (word: Word, more?: Record<string, string>) => element('p', this.#say(word, more), { role: 'status' });
    const hosted = () => element('a', this.#say('center'), { class: 'primary', href: `/c/${this.#account}` });
    switch (view.name) {
      case 'ready':
        return [text('ready'), this.#button('open', 'primary', () => void this.open()), this.#button('notYou', 'quiet', () => this.#show({ name: 'notYou' }))];
      case 'opening':
        return [text('ready'), this.#button('opening', 'primary')];
      case 'notYou':
        return [
          text('notYouAsk'),
          this.#button('notYouYes', 'primary', () => void this.tell()),
          this.#button('back', 'quiet', () => this.#show({ name: 'ready' })),
        ];
      case 'notYouDone':
        return [text('notYouDone')];
      case 'expired':
        return [text('expired'), this.#button('fresh', 'primary', () => void this.renew())];
      case 'sending':
        return [this.#button('sending', 'primary')];
      case 'sent':
        return [text(view.channel === 'sms' ? 'sentSms' : 'sentEmail', { masked: view.masked })];
      case 'unknown':
      case 'stripped':
        return [text(view.name), hosted()];
      case 'trouble':
        return [element('p', this.#say(view.word), { role: 'alert' }), this.#button('retry', 'primary', view.retry)];
    }
  }

  #button(word: Word, kind: 'primary' | 'quiet', act?: () => void): HTMLElement {
    const button = element('button', this.#say(word), { type: 'button', class: kind });
    if (act) button.addEventListener('click', act);
    else button.setAttribute('aria-disabled', 'true');
    return button;
  }

  #speak(language: DoorLanguage): void {
    this.#language = language;
    chooseLanguage(language);
    this.#draw();
    this.root.querySelector<HTMLElement>('.languages [aria-pressed="true"]')?.focus();
  }

  #say(word: Word, more: Record<string, string | undefined> = {}): string {
    const values: Record<string, string | undefined> = { name: this.#name, ...more };
    return dictionaries[this.#language][word].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  }
}

async function post(path: string, body: unknown): Promise<{ status: number; answer: unknown }> {
  try {
    const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    return { status: response.status, answer: await response.json().catch(() => ({})) };
  } catch {
    return { status: 0, answer: { code: 'offline' } };
  }
}

function element(tag: string, text: string, attributes: Record<string, string>): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
