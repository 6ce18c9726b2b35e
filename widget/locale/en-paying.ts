/** English for paying: the pay view, and why a payment did not work. */
import { extendEnglish } from './localizer.ts';

export const paying = {
  // The pay view
  'pay.title': 'Pay',
  'pay.to': 'Pay {name}',
  'pay.amount': 'Amount for invoice {number}',
  'pay.of': 'of {amount} due',
  'pay.amountWrong': 'Type an amount such as {example}, at most {most}.',
  'pay.least': 'The least that can be paid online is {amount}.',
  'pay.tip': 'Tip',
  'pay.tipLead': 'Only if you want to. It goes on top.',
  'pay.noTip': 'No tip',
  'pay.ownTip': 'Another amount',
  'pay.tipAmount': 'Amount of the tip',
  'pay.tipWrong': 'Type an amount such as {example}.',
  'pay.with': 'How do you want to pay?',
  'pay.otherWay': 'Another way to pay',
  'pay.keep': 'Save this card for next time',
  'pay.keepLead': 'The payment company Stripe saves it for {name}. It is charged only when you pay here yourself. You can remove it at any time.',
  'pay.paying': 'Paying…',
  'pay.others': 'Pay the others: {amount}',
  'pay.changed': 'What is due has changed. Nothing was paid. Look it over and pay again.',
  'pay.unfinished': 'The payment was not finished. Nothing was charged.',
  'pay.nothing': 'There is nothing to pay here now',
  'pay.view': 'View invoice {number}',
  'pay.off': '{name} takes no payments online at the moment.',
  'error.payments_unavailable': 'The payment company cannot be reached. Nothing was charged. Try again in a moment.',

  // Invoices that cannot be paid with the others
  'blocked.title': 'Not part of this payment',
  'blocked.inProgress': 'A payment is in progress.',
  'blocked.inProgressSince': 'A payment is in progress since {date}.',
  'blocked.inProgressBy': 'A payment by {name} is in progress since {date}.',
  'blocked.notPayable': 'It cannot be paid online now.',
  'blocked.isPaid': 'Invoice {number} is already paid.',
  'blocked.paid': 'It is already paid.',

  // The form of Stripe
  'stripe.failed': 'The payment form could not be loaded. Something in this browser or its network may block it.',
  'stripe.failedHere': 'The payment form could not be loaded. A blocker in this browser, or its network, keeps it away. Turn the blocker off, or use another device.',
  'stripe.hosted': 'Continue on our secure page',
  'card.ending': '{brand} ending {last4}',
  'card.expires': 'expires {date}',

  // Why it did not work
  'decline.declined': 'The bank declined this payment. Use another card, or call your bank.',
  'decline.insufficientFunds': 'There is not enough money on this card or account. Use another one.',
  'decline.expired': 'This card has expired, or its date is not right. Check it, or use another card.',
  'decline.wrongCode': 'The security code is not right. Check it and try again.',
  'decline.wrongNumber': 'The card number is not right. Check it and try again.',
  'decline.authentication': 'The bank could not confirm that it was you. Try again, or use another card.',
  'decline.limit': 'This is more than the card allows. Use another card, or call your bank.',
  'decline.unsupported': 'This card cannot be used here. Use another one.',
  'decline.bank': 'The bank account could not be charged. Check it, or pay another way.',
  'decline.elsewhere': '{name} did not accept this payment. Pay another way.',
  'decline.mismatch': 'The amount has changed meanwhile. Nothing was charged. Look it over and pay again.',
  'decline.tryAgain': 'The bank did not answer. Nothing was charged. Try again in a moment.',
} as const;

extendEnglish(paying);
