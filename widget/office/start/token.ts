import { keepDraft, keptDraft } from '../../data/setup.ts';

const draft = 'token';

/** Takes the secret of the console's link out of the address, where it must not stay; it is kept for this tab, so that a reload loses nothing. */
export function takeSetup(): string | undefined {
  const [, token] = /^#setup=([\w-]{43})$/.exec(location.hash) ?? [];
  if (!token) return keptDraft(draft);
  history.replaceState(history.state, '', location.pathname + location.search);
  keepDraft(draft, token);
  return token;
}

/** The link was used. */
export const forgetSetup = (): void => keepDraft(draft, undefined);
