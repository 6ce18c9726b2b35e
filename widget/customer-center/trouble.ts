import { html, nothing, type TemplateResult } from 'lit';
import type { Card } from '../../server/contract/account.ts';
import type { Obstacle } from '../data/environment.ts';
import type { Localizer } from '../locale/localizer.ts';
import { callLink } from './frame.ts';

/** Why there is no center to see. */
export type Trouble =
  | Obstacle
  /** The element has no `account`. */
  | 'account'
  /** The server knows no such account. */
  | 'unknown'
  /** The page is not on the account's list. */
  | 'origin'
  /** No answer came. */
  | 'unreachable'
  /** A part of the script is gone: the page is older than the server. */
  | 'outdated';

/** What a start that failed means for a visitor; everything else is a server that cannot be reached. */
export function troubleOf(problem: string | undefined): Trouble {
  if (problem === 'storage') return 'browser';
  if (problem === 'chunk') return 'outdated';
  if (problem === 'origin_refused') return 'origin';
  return problem === 'not_found' ? 'unknown' : 'unreachable';
}

interface Help {
  locale: Localizer;
  card: Card | undefined;
  /** The same center on the server's own page. */
  hostedUrl: string | undefined;
  retry: () => void;
}

/** What a customer understands, and what they can do: call, open the hosted page, try again. Owners read the console. */
export function troubleView(trouble: Trouble, { locale, card, hostedUrl, retry }: Help): TemplateResult {
  const text = sentence(trouble, locale);
  const again = trouble === 'unreachable' || trouble === 'outdated';
  return html`<div class="trouble" part="error" role="alert">
    <p class="lead">${text}</p>
    ${again
      ? html`<button type="button" class="button" part="button" @click=${trouble === 'outdated' ? () => location.reload() : retry}>
          ${locale.t(trouble === 'outdated' ? 'shell.reload' : 'shell.retry')}
        </button>`
      : nothing}
    ${hostedUrl && trouble !== 'unknown' && trouble !== 'outdated'
      ? html`<a class=${again ? 'link' : 'button primary'} part="hosted-link" href=${hostedUrl} target="_blank" rel="noopener">
          ${locale.t('shell.open')}
        </a>`
      : nothing}
    ${card ? callLink(locale, card) : nothing}
    ${trouble === 'account' || trouble === 'unknown' ? html`<slot></slot>` : nothing}
  </div>`;
}

function sentence(trouble: Trouble, locale: Localizer): string {
  if (trouble === 'unreachable') return navigator.onLine ? locale.t('error.network') : locale.t('shell.offline');
  if (trouble === 'outdated') return locale.t('shell.newVersion');
  return locale.t(trouble === 'unknown' ? 'shell.unknown' : 'shell.notHere');
}
