/** Under what name the door keeps a link's token in a tab's storage; signing out on our own origin removes it. */
export const doorTokenName = (account: string): string => `cc-door ${account}`;
