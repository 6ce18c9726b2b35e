/** What notices about online payments say. What a visitor typed stands in none of them: names are those on file. */
import type { PaymentNoticeKind } from './notices.ts';
import type { Named, NoticeLanguage, Sentences } from './texts.ts';

/** A payment in the words of its reader's language, in one line each. */
export interface PaymentWords {
  receiptNumber: string;
  /** The customer on file. */
  customer: string;
  /** Who paid; null where nobody on file did. */
  payer: string | null;
  /** “Visa ending 4242”; null while it is not known. */
  method: string | null;
  startedOn: string;
  paidOn: string;
  items: { kind: 'invoice' | 'deposit'; number: string; title: string; amount: string; due: string | null }[];
  tip: string | null;
  total: string;
  /** What a notice of a refund is about, and why it was made as the office says it. */
  refund: string;
  reason: string | null;
  /** What went back in all, where that is more. */
  refunded: string | null;
}

/** What the sentences speak of. */
export interface PaymentNamed extends Named, PaymentWords {
  /** The contractor's phone, as people write it. */
  phone: string | null;
}

export type PaymentDictionary = Record<PaymentNoticeKind, (named: PaymentNamed) => Sentences>;

/** “invoice 1003”, “deposit invoice 1003”, “invoices 1003 and 1004”; of many, how many. */
function invoicesOf(items: PaymentWords['items'], language: NoticeLanguage): string {
  const [one, deposit, several] = { en: ['invoice', 'deposit invoice', 'invoices'], es: ['la factura', 'la factura de anticipo', 'las facturas'] }[language] as [string, string, string];
  const numbers = items.map(({ number }) => number);
  if (numbers.length === 1) return `${items[0]!.kind === 'deposit' ? deposit : one} ${numbers[0]}`;
  if (numbers.length > 3) return language === 'es' ? `${numbers.length} facturas` : `${numbers.length} invoices`;
  return `${several} ${new Intl.ListFormat(language, { type: 'conjunction' }).format(numbers)}`;
}

const nothing = { open: '', lasts: '', ignore: '' };
const officeWords = (subject: string, intro: string): Sentences => ({ ...nothing, subject, intro, sms: `${subject}.` });

export const enPayments: PaymentDictionary = {
  receipt: ({ name, receiptNumber, total, items, payer, phone }) => ({
    ...nothing,
    subject: `Receipt ${receiptNumber} from ${name}`,
    intro: payer === null ? 'Thank you for your payment.' : 'Thank you for your payment. You can also find this receipt in the customer center.',
    open: 'Open the customer center',
    ignore: `You did not pay this? ${phone ? `Call ${phone}.` : `Tell ${name} at once.`}`,
    noCall: true,
    sms: [
      `${name} received your payment of ${total} for ${invoicesOf(items, 'en')}: receipt ${receiptNumber}.`,
      `${name} received your payment of ${total}: receipt ${receiptNumber}.`,
      `${name} received ${total}: receipt ${receiptNumber}.`,
    ],
  }),
  paymentFailed: ({ name, total, items }) => ({
    ...nothing,
    subject: `Your payment to ${name} did not go through`,
    intro: `The bank refused the payment, so the amount is due again. To pay, open ${invoicesOf(items, 'en')} again and pay in another way.`,
    open: 'Open the customer center',
    sms: [
      `${name}: the bank refused your payment of ${total}. Please open ${invoicesOf(items, 'en')} again and pay in another way.`,
      `${name}: the bank refused your payment of ${total}. Please pay again in another way.`,
      `${name}: the bank refused your payment of ${total}.`,
    ],
  }),
  refunded: ({ name, refund, receiptNumber }) => ({
    ...nothing,
    subject: `${name} sends ${refund} back to you`,
    intro: 'The money goes back the way it came. It can take ten business days until you see it.',
    sms: [
      `${name} sends ${refund} of receipt ${receiptNumber} back to you. It can take ten business days until you see it.`,
      `${name} sends ${refund} of receipt ${receiptNumber} back to you.`,
      `${name} sends ${refund} back to you.`,
    ],
  }),
  refundFailed: ({ name, refund, receiptNumber }) => ({
    ...nothing,
    subject: `${name} could not return ${refund} to you`,
    intro: `The bank sent the money back. ${name} will be in touch with you about another way.`,
    sms: [
      `${name} could not return ${refund} of receipt ${receiptNumber} to you: the bank sent it back. They will be in touch with you.`,
      `${name} could not return ${refund} to you. They will be in touch.`,
      `${name} could not return ${refund} to you.`,
    ],
  }),
  officePaid: ({ customer, total, items }) => officeWords(`${customer} paid ${invoicesOf(items, 'en')} online (${total})`, 'It is booked. Stripe pays it out to you.'),
  officePaymentFailed: ({ customer, total, items }) =>
    officeWords(`The bank refused the payment of ${customer} for ${invoicesOf(items, 'en')} (${total})`, 'The amount is due again. The payer can open the invoice and pay in another way.'),
  officeDisputed: ({ customer, total, items }) =>
    officeWords(`The payment of ${customer} for ${invoicesOf(items, 'en')} (${total}) is disputed`, 'Somebody asked their bank for the money back. Answer at Stripe before the last day that it names.'),
};

export const esPayments: PaymentDictionary = {
  receipt: ({ name, receiptNumber, total, items, payer, phone }) => ({
    ...nothing,
    subject: `Recibo ${receiptNumber} de ${name}`,
    intro: payer === null ? 'Gracias por su pago.' : 'Gracias por su pago. También encontrará este recibo en el centro de clientes.',
    open: 'Abrir el centro de clientes',
    ignore: `¿No hizo usted este pago? ${phone ? `Llame al ${phone}.` : `Avise enseguida a ${name}.`}`,
    noCall: true,
    sms: [
      `${name} recibió su pago de ${total} por ${invoicesOf(items, 'es')}: recibo ${receiptNumber}.`,
      `${name} recibió su pago de ${total}: recibo ${receiptNumber}.`,
      `${name} recibió ${total}: recibo ${receiptNumber}.`,
    ],
  }),
  paymentFailed: ({ name, total, items }) => ({
    ...nothing,
    subject: `Su pago a ${name} no se pudo completar`,
    intro: `El banco rechazó el pago, así que el importe vuelve a estar pendiente. Para pagar, abra de nuevo ${invoicesOf(items, 'es')} y pague de otra forma.`,
    open: 'Abrir el centro de clientes',
    sms: [
      `${name}: el banco rechazó su pago de ${total}. Abra de nuevo ${invoicesOf(items, 'es')} y pague de otra forma.`,
      `${name}: el banco rechazó su pago de ${total}. Pague de nuevo de otra forma.`,
      `${name}: el banco rechazó su pago de ${total}.`,
    ],
  }),
  refunded: ({ name, refund, receiptNumber }) => ({
    ...nothing,
    subject: `${name} le devuelve ${refund}`,
    intro: 'El dinero vuelve por donde llegó. Puede tardar diez días hábiles en verlo.',
    sms: [
      `${name} le devuelve ${refund} del recibo ${receiptNumber}. Puede tardar diez días hábiles en verlo.`,
      `${name} le devuelve ${refund} del recibo ${receiptNumber}.`,
      `${name} le devuelve ${refund}.`,
    ],
  }),
  refundFailed: ({ name, refund, receiptNumber }) => ({
    ...nothing,
    subject: `${name} no pudo devolverle ${refund}`,
    intro: `El banco rechazó la devolución. ${name} se pondrá en contacto con usted para buscar otra forma.`,
    sms: [
      `${name} no pudo devolverle ${refund} del recibo ${receiptNumber}: el banco rechazó la devolución. Se pondrá en contacto con usted.`,
      `${name} no pudo devolverle ${refund}. Se pondrá en contacto con usted.`,
      `${name} no pudo devolverle ${refund}.`,
    ],
  }),
  officePaid: ({ customer, total, items }) => officeWords(`${customer} pagó en línea ${invoicesOf(items, 'es')} (${total})`, 'Ya está registrado. Stripe se lo abonará.'),
  officePaymentFailed: ({ customer, total, items }) =>
    officeWords(`El banco rechazó el pago de ${customer} por ${invoicesOf(items, 'es')} (${total})`, 'El importe vuelve a estar pendiente. Quien paga puede abrir la factura y pagar de otra forma.'),
  officeDisputed: ({ customer, total, items }) =>
    officeWords(`El pago de ${customer} por ${invoicesOf(items, 'es')} (${total}) está en disputa`, 'Alguien pidió a su banco que le devuelva el dinero. Responda en Stripe antes del último día que allí se indica.'),
};

/** The lines of the block that says what was paid. */
interface BlockWords {
  receipt: string;
  what: { invoice: string; deposit: string };
  paid: (day: string) => string;
  begun: (day: string) => string;
  refund: (amount: string) => string;
  payer: string;
  method: string;
  due: string;
  reason: string;
  tip: string;
  total: string;
  refunded: string;
}
const blockWords: Record<NoticeLanguage, BlockWords> = {
  en: {
    receipt: 'Receipt', what: { invoice: 'Invoice', deposit: 'Deposit invoice' }, paid: (day) => `Paid on ${day}`, begun: (day) => `Payment of ${day}`, refund: (amount) => `Refund of ${amount}`,
    payer: 'Paid by', method: 'Paid with', due: 'Still due', reason: 'Reason', tip: 'Tip', total: 'Total', refunded: 'Refunded so far',
  },
  es: {
    receipt: 'Recibo', what: { invoice: 'Factura', deposit: 'Factura de anticipo' }, paid: (day) => `Pagado el ${day}`, begun: (day) => `Pago del ${day}`, refund: (amount) => `Reembolso de ${amount}`,
    payer: 'Pagado por', method: 'Pagado con', due: 'Queda por pagar', reason: 'Motivo', tip: 'Propina', total: 'Total', refunded: 'Reembolsado hasta ahora',
  },
};

/** “Receipt 5001”, when it was paid, and each invoice with its amount. What was refused has neither number nor day. */
export function paymentBlockOf(kind: PaymentNoticeKind, payment: PaymentWords, language: NoticeLanguage): { what: string; title: string; rows: { label: string; value: string }[] } {
  const words = blockWords[language];
  const refused = kind === 'paymentFailed' || kind === 'officePaymentFailed';
  const row = (label: string, value: string | null) => (value === null ? [] : [{ label, value }]);
  return {
    what: refused || !payment.receiptNumber ? payment.customer : `${words.receipt} ${payment.receiptNumber}`,
    title: kind === 'refunded' || kind === 'refundFailed' ? words.refund(payment.refund) : refused || !payment.paidOn ? words.begun(payment.startedOn) : words.paid(payment.paidOn),
    rows: [
      ...(refused ? [] : row(words.payer, payment.payer)),
      ...row(words.method, payment.method),
      ...row(words.reason, kind === 'refunded' ? payment.reason : null),
      ...payment.items.flatMap(({ kind: sort, number, title, amount, due }) => [
        ...row([`${words.what[sort]} ${number}`, title].filter(Boolean).join(', '), amount),
        ...(kind === 'receipt' || kind === 'refunded' ? row(words.due, due) : []),
      ]),
      ...row(words.tip, payment.tip),
      ...row(words.total, payment.total),
      ...row(words.refunded, payment.refunded),
    ],
  };
}
