/** What the widget and the door call their things in a browser's storage. `scope` names one account of one server. */

/** The language that somebody chose; no account is part of the name, so it holds for every center and door of an origin. */
export const languageName = 'cc-language';

/** The door's: a link's token in a tab's storage, and in the browser's whether a person has clicked here before. */
export const doorName = (account: string): string => `cc-door ${account}`;

/** The account's public card. */
export const cardName = (scope: string): string => `cc-card ${scope}`;

/** How a tab's names for places and unsent text begin. The space keeps `acme` apart from `acme-2`. */
export const draftPrefix = (scope: string): string => `cc ${scope} `;
