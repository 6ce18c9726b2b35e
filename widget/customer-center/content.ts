import { html, nothing, type TemplateResult } from 'lit';
import type { SessionState } from '../data/state.ts';
import type { Localizer } from '../locale/localizer.ts';
import { notice, parting, viewParts } from './frame.ts';
import type { LazyTag } from './lazy.ts';
import { routeOf } from './routes.ts';
import './views/sign-in.ts';

/** What decides which view shows. */
interface Shown {
  session: SessionState;
  locale: Localizer;
  /** Level of the view's heading. */
  level: number;
  path: string;
  /** Why something the person asked for was not done. */
  failure: string | undefined;
  /** Whether the person has just signed out. */
  hasLeft: boolean;
  /** Whether a lazy view is here; brings it otherwise. */
  has: (tag: LazyTag) => boolean;
  openCenter: () => void;
}

/** The view for where the person stands: before, while or after signing in. Undefined while it is on its way. */
export function content(shown: Shown): TemplateResult | undefined {
  const { session, locale, level, has, hasLeft } = shown;
  switch (session.phase) {
    case 'signedOut':
      return html`${parting(locale, session.problem, hasLeft)}
        <cc-view-sign-in data-view exportparts=${viewParts} .level=${level}></cc-view-sign-in>`;
    case 'code':
      return has('cc-view-code')
        ? html`<cc-view-code data-view exportparts=${viewParts} .pending=${session.pending!} .level=${level}></cc-view-code>`
        : undefined;
    case 'confirm':
      return has('cc-view-confirm')
        ? html`<cc-view-confirm data-view exportparts=${viewParts} .state=${session} .level=${level}></cc-view-confirm>`
        : undefined;
    case 'signedIn':
      return signedIn(shown);
    default:
      return undefined;
  }
}

function signedIn({ session, locale, level, path, failure, has, openCenter }: Shown): TemplateResult | undefined {
  const { view, params } = routeOf(path);
  const document = session.session?.document;
  if (!document && view === 'history') {
    return has('cc-view-history')
      ? html`<cc-view-history data-view exportparts=${viewParts} .level=${level}></cc-view-history>`
      : undefined;
  }
  if (!has('cc-view-job')) return undefined;
  return html`${failure ? notice(locale.problem(failure)) : nothing}
    <cc-view-job
      data-view
      exportparts=${viewParts}
      .jobId=${params.id ?? ''}
      .document=${document?.id}
      .tab=${params.tab}
      .level=${level}
      @cc-all-my-jobs=${openCenter}
    ></cc-view-job>`;
}
