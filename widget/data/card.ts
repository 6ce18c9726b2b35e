import type { Card } from '../../server/contract/account.ts';
import { cardName } from '../names.ts';
import { scopeOf, type Place } from './database.ts';

/**
 * The public card as it was the last time, so that name, logo and phone are there at once, and also without a server. It
 * is in localStorage because only that can be read before the first paint; nothing personal is in it.
 */
const nameOf = (place: Place) => cardName(scopeOf(place));

export function keptCard(place: Place): Card | undefined {
  try {
    return JSON.parse(localStorage.getItem(nameOf(place)) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepCard(place: Place, card: Card | undefined): void {
  try {
    if (card) localStorage.setItem(nameOf(place), JSON.stringify(card));
    else localStorage.removeItem(nameOf(place));
  } catch {
    // A full or forbidden storage only costs the next visit a request.
  }
}
