/** What surrounds every view: whose center this is, a word about what has happened, language and phone. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Card } from '../../server/contract/account.ts';
import { languages, type Language, type Localizer } from '../locale/localizer.ts';

/** The contractor's logo, or the first letter of their name on their colour. Their words carry their own language. */
export function brand(card: Card, api: string, quiet: boolean): TemplateResult {
  const name = html`<span class=${quiet ? 'visually-hidden' : 'name'} part="name" lang=${card.locale}>${card.name}</span>`;
  return card.logoUrl
    ? html`<img class="logo" part="logo" src=${new URL(card.logoUrl, api).href} alt="" />${name}`
    : html`<span class="initial" part="logo" aria-hidden="true">${[...card.name][0]}</span>${name}`;
}

export function notice(text: string): TemplateResult {
  return html`<p class="notice" part="notice" role="status">${text}</p>`;
}

/** Why the person finds themselves signed out. */
export function parting(locale: Localizer, problem: string | undefined, byChoice: boolean): TemplateResult | typeof nothing {
  if (problem === 'link_used') return notice(locale.t('shell.linkUsed'));
  if (problem) return notice(locale.problem(problem));
  return byChoice ? notice(locale.t('shell.signedOut')) : nothing;
}

/** The contractor's number as a link. It never breaks: half a number in the next line is easily overlooked. */
export function callLink(locale: Localizer, { name, phone }: Card): TemplateResult | typeof nothing {
  if (!phone) return nothing;
  const number = locale.phone(phone).replaceAll(' ', '\u00a0').replaceAll('-', '\u2011');
  return html`<a class="link call" part="phone" href="tel:${phone}">${locale.t('shell.callName', { name, phone: number })}</a>`;
}

export function footer(locale: Localizer, card: Card | undefined, choose: (language: Language) => void): TemplateResult {
  return html`<div class="footer" part="footer">
    <div class="languages" part="languages" role="group" aria-label=${locale.t('shell.language')}>
      ${Object.entries(languages).map(
        ([language, name]) => html`<button
          type="button"
          lang=${language}
          aria-pressed=${language === locale.lang ? 'true' : 'false'}
          @click=${() => choose(language as Language)}
        >
          ${name}
        </button>`,
      )}
    </div>
    ${card ? callLink(locale, card) : nothing}
  </div>`;
}
