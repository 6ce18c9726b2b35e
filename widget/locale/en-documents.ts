/** English for what every document says and offers. */
import { extendEnglish } from './localizer.ts';

export const documents = {
  // Documents
  'document.deposit': 'Deposit invoice {number}',
  'document.download': 'Download',
  'document.downloading': 'Preparing…',
  'document.print': 'Print',
  'document.share': 'Send it on',
  'document.for': 'For {name}',
  'document.version': 'version {version}',
  'paper.contains': 'Includes {tax}',
  'paper.terms': 'Terms',

  // Payments
  'payment.cash': 'Cash',
  'payment.check': 'Check',
  'payment.card': 'Card',
  'payment.cardOnline': 'Card, online',
  'payment.bank': 'Bank transfer',
  'payment.other': 'Payment',
  'payment.credit': 'Credit used',

  // Papers
  'paper.item': 'Item',
  'paper.quantity': 'Quantity',
  'paper.price': 'Price',
  'paper.amount': 'Amount',
  'paper.discount': 'Discount {amount}',
  'paper.subtotal': 'Subtotal',
  'paper.tax': 'Tax',
  'paper.total': 'Total',
  'document.estimate': 'Estimate {number}',
  'document.invoice': 'Invoice {number}',
  'document.credit': 'Credit {number}',
  'document.viewEstimate': 'View estimate',
  'document.viewInvoice': 'View invoice',
} as const;

extendEnglish(documents);
