/**
 * Sentences in one person's language. This much is in the entry; dates, times and money come with the views that show
 * them (`formats.ts`).
 */
import { entry } from './en.ts';
import type { Key, Messages, Params, Plural, PluralKey } from './messages.ts';

/** The languages that the widget ships, each by its own name, in the order of the language switch. */
export const languages = { en: 'English', es: 'Español' } as const;
export type Language = keyof typeof languages;

const english: Record<string, string | Plural> = { ...entry };
const dictionaries: Partial<Record<Language, Record<string, string | Plural>>> = { en: english };

/** Adds the sentences of a lazy view to the English that the entry already holds. */
export function extendEnglish(messages: Record<string, string | Plural>): void {
  Object.assign(english, messages);
}

/** The first of these tags that the widget speaks: `['fr-CA', 'es-MX']` is Spanish. */
export function pickLanguage(tags: readonly (string | null | undefined)[]): Language | null {
  for (const tag of tags) {
    const base = tag?.toLowerCase().split('-')[0];
    if (base && Object.hasOwn(languages, base)) return base as Language;
  }
  return null;
}

/** Brings a language's dictionary; English is always here. */
export async function loadLanguage(language: Language): Promise<void> {
  if (language === 'es') dictionaries.es ??= (await import('./es.ts')).es satisfies Messages;
}

export class Localizer {
  /** The tag for `Intl`: the person's language, in the account's country, whose money and clocks these are. */
  readonly tag: string;
  readonly lang: Language;
  readonly region: string;
  readonly #messages: Record<string, string | Plural>;
  readonly #formatters = new Map<string, unknown>();

  /** `region` is the account's country. Load the language before making its localizer. */
  constructor(lang: Language = 'en', region = 'US') {
    this.lang = lang;
    this.region = region;
    this.tag = `${lang}-${region}`;
    this.#messages = dictionaries[lang] ?? english;
  }

  /** A sentence, with the values it names in braces. */
  t<K extends Key>(key: K, ...params: Params<K>): string {
    return fill(this.#find(key) as string, params[0]);
  }

  /** A sentence that depends on how many: “1 job found”, “12 jobs found”. `{n}` is the count in the reader's digits. */
  plural(key: PluralKey, n: number): string {
    const forms = this.#find(key) as Plural;
    const rule = this.formatter('plural', () => new Intl.PluralRules(this.tag)).select(n);
    return fill(forms[rule] ?? forms.other, { n: n.toLocaleString(this.tag) });
  }

  /** The sentence for a problem's `code`; what means nothing to a person becomes “something went wrong on our side”. */
  problem(code: string): string {
    const key = `error.${code === 'offline' ? 'network' : code}`;
    return this.t((Object.hasOwn(english, key) ? key : 'error.internal') as 'error.internal');
  }

  /** An E.164 number as people of the account's country write it, with the country code when it is another's. */
  phone(e164: string): string {
    const nanp = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164);
    if (nanp) {
      const [, area, exchange, line] = nanp;
      return /^(US|CA)$/.test(this.region) ? `(${area}) ${exchange}-${line}` : `+1 ${area}-${exchange}-${line}`;
    }
    const [, code, rest = ''] = callingCode.exec(e164) ?? [];
    return code ? `+${code} ${rest.replace(/\d{3}(?=\d{3})/g, '$& ')}` : e164;
  }

  /** Keeps one `Intl` formatter a kind: making one costs far more than using it, and a history uses each on every row. */
  formatter<T>(key: string, make: () => T): T {
    let formatter = this.#formatters.get(key) as T | undefined;
    if (!formatter) this.#formatters.set(key, (formatter = make()));
    return formatter;
  }

  #find(key: string): string | Plural {
    return this.#messages[key] ?? english[key] ?? key;
  }
}

const fill = (text: string, params?: Record<string, string | number>) =>
  params ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole)) : text;

/** E.164 country codes of one or two digits; all others have three. */
const callingCode = /^\+([17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})(\d+)$/;
