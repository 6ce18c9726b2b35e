import { html, nothing, type TemplateResult } from 'lit';
import type { SessionState } from '../data/state.ts';
import type { Localizer } from '../locale/localizer.ts';
import { notice, parting } from './frame.ts';
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
  /** The view that shows now. */
  current: Element | null;
  /** Whether a lazy view is here; brings it otherwise. */
  has: (tag: LazyTag) => boolean;
}

/** The view for where the person stands: before, while or after signing in. Undefined while it is on its way. */
export function content(shown: Shown): TemplateResult | undefined {
  const { session, locale, path, failure, hasLeft } = shown;
  switch (session.phase) {
    case 'signedOut':
      return view(shown, 'cc-view-sign-in', {}, parting(locale, session.problem, hasLeft));
    case 'code':
      return view(shown, 'cc-view-code', { pending: session.pending });
    case 'confirm':
      return view(shown, 'cc-view-confirm', { state: session });
    case 'signedIn': {
      // A document link has one view, and paying.
      const document = session.session?.document;
      const { name, id, tab } = routeOf(path);
      const kind = document && !name.startsWith('pay') ? document.kind : name;
      return view(shown, `cc-view-${kind}`, { [`${kind}Id`]: id, document: document?.id, tab }, failure ? notice(locale.problem(failure)) : nothing);
    }
    default:
      return undefined;
  }
}

/** By its tag and not by a template of its own, so that one more view costs the first script no more than its name. */
function view({ level, current, has }: Shown, tag: LazyTag | 'cc-view-sign-in', properties: object, before: unknown = nothing): TemplateResult | undefined {
  if (tag !== 'cc-view-sign-in' && !has(tag)) return undefined;
  const element = current?.localName === tag ? current : document.createElement(tag);
  element.toggleAttribute('data-view', true);
  return html`${before} ${Object.assign(element, { level, ...properties })}`;
}
