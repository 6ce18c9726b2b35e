/** English for sending a document on. */
import { extendEnglish } from './localizer.ts';

export const share = {
  // Sending a document on
  'share.lead': 'We send that person a link. Whoever has the link can open this document, without a password.',
  'share.name': 'Name',
  'share.may': 'That person may',
  'share.view': 'see and print it',
  'share.approve': 'approve or decline it',
  'share.requestChanges': 'ask for changes',
  'share.pay': 'pay it',
  'share.until': 'The link works until',
  'share.untilHint': 'At most 90 days',
  'share.send': 'Send the link',
  'share.sent': 'The link is on its way to {address}.',
  'share.nameMissing': 'Type the person’s name',
  'share.untilWrong': 'Choose a day within the next 90 days',
  'share.notAllowed': 'You cannot allow that',
  'share.links': 'Links you have sent',
  'share.unused': 'not opened yet',
  'share.uses': { one: 'opened {n} time', other: 'opened {n} times' },
  'share.validTo': 'until {date}',
  'share.revoke': 'End link',
  'share.revokeSure': 'End {name}’s link? It stops working at once.',
  'share.keep': 'Keep it',
  'share.revoked': '{name}’s link no longer works.',
} as const;

extendEnglish(share);
