/** English for a payment that was made, and for saved cards. */
import { extendEnglish } from './localizer.ts';

export const receipt = {
  // A payment
  'receipt.title': 'Payment',
  'receipt.thanks': 'Thank you. {amount} is paid.',
  'receipt.paid': '{amount} is paid',
  'receipt.onWay': 'The payment of {amount} is on its way',
  'receipt.onWayLead': 'The bank takes up to 4 business days. There is nothing to do until then; a receipt follows.',
  'receipt.verify': 'Confirm your bank account',
  'receipt.verifyLead': 'Your bank shows one or two small amounts within 2 business days. Confirm them, and the payment of {amount} goes on.',
  'receipt.open': 'This payment was not finished',
  'receipt.failed': 'This payment did not go through',
  'receipt.nothingCharged': 'Nothing was charged.',
  'receipt.dueAgain': 'The amount is due again.',
  'receipt.unsure': 'We do not know yet whether this payment went through.',
  'receipt.unsureLead': 'Do not pay again.',
  'receipt.refunded': '{amount} was refunded.',
  'receipt.number': 'Receipt',
  'receipt.date': 'Date',
  'receipt.method': 'Paid with',
  'receipt.way': 'Payment method',
  'receipt.bank': 'Bank account',
  'receipt.refundWaiting': 'on its way back',
  'receipt.disputed': 'The cardholder’s bank was asked to return this payment. {name} is looking into it.',
  'receipt.again': 'Pay again',
  'receipt.look': 'Check again',

  // Saved cards
  'cards.none': 'No saved cards',
  'cards.add': 'Add a card',
  'cards.save': 'Save this card',
  'cards.cancel': 'Cancel',
  'cards.first': 'Make default',
  'cards.firstNow': '{card} is the default now.',
  'cards.isFirst': 'Default',
  'cards.remove': 'Remove',
  'cards.sure': 'Remove {card}?',
  'cards.stay': 'Keep it',
  'cards.removed': '{card} is removed.',
  'cards.added': 'The card is saved.',
  'cards.notAdded': 'The card was not saved.',
  'cards.another': 'Try again, or use another one.',
} as const;

extendEnglish(receipt);
