import { doorName, languageName } from '../names.ts';

/** What the door remembers. All of it may be refused by the browser, which then only costs a tap. */
const read = (storage: () => Storage, name: string): string | null => {
  try {
    return storage().getItem(name);
  } catch {
    return null;
  }
};
const write = (storage: () => Storage, name: string, value: string): void => {
  try {
    storage().setItem(name, value);
  } catch {
    // See above.
  }
};
const tab = () => sessionStorage;
const browser = () => localStorage;

const tokenPattern = /^[\w-]{43}$/;

/**
 * Takes the token out of the address at once, so that neither the history nor a screenshot holds it, and keeps it for
 * this tab, so that Back and reload still work. `fresh` when it has just come with the address.
 */
export function takeToken(account: string): { token: string | undefined; fresh: boolean } {
  const inAddress = location.hash.slice(1);
  if (location.hash) history.replaceState(history.state, '', location.pathname + location.search);
  if (tokenPattern.test(inAddress)) {
    write(tab, doorName(account), inAddress);
    return { token: inAddress, fresh: true };
  }
  return { token: read(tab, doorName(account)) ?? undefined, fresh: false };
}

/** Whether a person has clicked here for this account before; programs that follow links keep no storage. */
export const isKnown = (account: string): boolean => read(browser, doorName(account)) === 'known';
export const makeKnown = (account: string): void => write(browser, doorName(account), 'known');

/** The same choice that the center on our own origin keeps. */
export const chosenLanguage = (): string | null => read(browser, languageName);
export const chooseLanguage = (language: string): void => write(browser, languageName, language);
