/** English for what is to be paid and what is on its way, on invoices, in their list and on estimates. */
import { extendEnglish } from './localizer.ts';

export const due = {
  'pay.now': 'Pay {amount}',
  'invoices.notOnline': '{numbers} cannot be paid online.',
  'invoices.onWay': '{numbers}: a payment is on its way.',
  'invoices.onWayPill': 'Payment on its way',
  'pay.onWay': '{amount} on its way',
  'invoice.otherWays': 'Other ways to pay',
  'invoice.howToPay': 'How to pay',
  'pending.own': 'Your payment of {amount} has been on its way since {date}.',
  'pending.by': 'A payment of {amount} by {name} has been on its way since {date}.',
  'pending.some': 'A payment of {amount} has been on its way since {date}.',
  'pending.lead': 'The bank takes up to 4 business days.',
  'pending.verify': 'Your payment of {amount} waits: your bank account must be confirmed.',
  'pending.confirm': 'Confirm the account',
  'pending.look': 'View payment',
  'cards.title': 'Saved cards',
  'payment.refund': 'Refunded',
  'payment.disputed': 'The cardholder’s bank was asked to return a payment for this invoice. {name} is looking into it.',
  'payment.receipt': 'receipt',
} as const;

extendEnglish(due);
