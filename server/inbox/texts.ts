/**
 * What inbox items say, in the account's language. Fixed sentences around what is on file: names and reasons that somebody
 * typed into the widget never stand in them.
 */
import type { InboxKind } from '../contract/inbox.ts';
import { oneLine } from '../notices/clean.ts';
import { noticeLanguage, type NoticeLanguage } from '../notices/texts.ts';
import type { InboxFacts } from '../platform/attention.ts';
import { writtenIn, writtenMoney } from '../platform/written.ts';

interface Named {
  kind: 'job' | 'estimate' | 'invoice';
  /** Nothing where it is about no document. */
  number: string;
  customer: string;
  /** “ ($2,779.92)”, or nothing. */
  total: string;
  missing: number;
  /** Where a message went, as it is on file: a name, an address, or both. */
  to: string | null;
}
type Dictionary = Record<InboxKind, string | ((named: Named) => string)>;

const en: Dictionary = {
  handoffsFailing:
    'People open their links but do not arrive on your main page. They are led to the hosted page for now. Check that the widget is still on that page.',
  notMe: 'Somebody who received a link from you says that it is not for them. Look whether the address is right.',
  estimateApproved: ({ customer, number, total }) => `${customer} approved estimate ${number}${total}.`,
  paymentReceived: ({ customer, number, total }) => `${customer} paid ${number}${total} online.`,
  paymentFailed: ({ customer, number, total }) => `A bank refused the payment of ${customer} for ${number}${total}. The amount is due again.`,
  paymentOverpaid: ({ customer, number, total }) => `${customer} paid more than was due for ${number}${total}. You can refund what is too much.`,
  paymentDisputed: ({ customer, number, total }) => `The payment of ${customer} for ${number}${total} is disputed with their bank. Answer at Stripe before its last day.`,
  refundFailed: ({ customer, number, total }) => `A refund to ${customer} for ${number}${total} failed: the bank sent it back. Look at Stripe how to return the money.`,
  stripeDisconnected: 'Your Stripe account is no longer connected. Customers cannot pay online until you connect it again.',
  estimateDeclined: ({ customer, number, total }) => `${customer} declined estimate ${number}${total}.`,
  changesRequested: ({ customer, number, total }) => `${customer} asks for changes to estimate ${number}${total}.`,
  noticeFailed: ({ kind, customer, number, to }) =>
    `${number ? `${{ job: 'Job', estimate: 'Estimate', invoice: 'Invoice' }[kind]} ${number}` : 'A message'}${customer && ` for ${customer}`} could not be delivered${
      to ? ` to ${to}` : ', to somebody who is not on file'
    }.`,
  glyphsMissing: ({ kind, customer, number, missing }) =>
    `The PDF of ${kind} ${number} for ${customer} shows boxes in place of ${missing === 1 ? 'a character that no font of this server has' : `${missing} characters that no font of this server has`}. Whoever runs the server can install a font package.`,
};

const es: Dictionary = {
  handoffsFailing:
    'Hay personas que abren su enlace pero no llegan a su página principal. Por ahora se les lleva a la página alojada. Compruebe que el widget siga en esa página.',
  notMe: 'Alguien que recibió un enlace de usted dice que no es para esa persona. Compruebe si la dirección es correcta.',
  estimateApproved: ({ customer, number, total }) => `${customer} aprobó el presupuesto ${number}${total}.`,
  paymentReceived: ({ customer, number, total }) => `${customer} pagó ${number}${total} en línea.`,
  paymentFailed: ({ customer, number, total }) => `Un banco rechazó el pago de ${customer} por ${number}${total}. El importe vuelve a estar pendiente.`,
  paymentOverpaid: ({ customer, number, total }) => `${customer} pagó más de lo debido por ${number}${total}. Puede devolver lo que sobra.`,
  paymentDisputed: ({ customer, number, total }) => `El pago de ${customer} por ${number}${total} está en disputa con su banco. Responda en Stripe antes del último día.`,
  refundFailed: ({ customer, number, total }) => `No se pudo devolver el dinero a ${customer} por ${number}${total}: el banco lo rechazó. Consulte en Stripe cómo devolverlo.`,
  stripeDisconnected: 'Su cuenta de Stripe ya no está conectada. Los clientes no pueden pagar en línea hasta que la conecte de nuevo.',
  estimateDeclined: ({ customer, number, total }) => `${customer} rechazó el presupuesto ${number}${total}.`,
  changesRequested: ({ customer, number, total }) => `${customer} pide cambios en el presupuesto ${number}${total}.`,
  noticeFailed: ({ kind, customer, number, to }) =>
    `No se pudo entregar ${number ? `${{ job: 'el trabajo', estimate: 'el presupuesto', invoice: 'la factura' }[kind]} ${number}` : 'un mensaje'}${customer && ` para ${customer}`} a ${
      to ?? 'alguien que no está registrado'
    }.`,
  glyphsMissing: ({ kind, customer, number, missing }) =>
    `El PDF ${kind === 'estimate' ? 'del presupuesto' : 'de la factura'} ${number} para ${customer} muestra cuadros en lugar de ${missing === 1 ? 'un carácter que ninguna fuente de este servidor tiene' : `${missing} caracteres que ninguna fuente de este servidor tiene`}. Quien administra el servidor puede instalar un paquete de fuentes.`,
};

const dictionaries: Record<NoticeLanguage, Dictionary> = { en, es };

/** @param facts those of an item about somebody or something; others need none. */
export function inboxText(kind: InboxKind, facts: Partial<InboxFacts>, account: { locale: string; country: string }): string {
  const language = noticeLanguage(account.locale);
  const words = dictionaries[language][kind];
  if (typeof words === 'string') return words;
  const total = facts.total ? ` (${writtenMoney(facts.total, writtenIn(language, account.country))})` : '';
  const [person, address] = [oneLine(facts.person ?? ''), oneLine(facts.to ?? '')];
  return words({
    kind: facts.document?.kind ?? 'estimate', number: oneLine(facts.number ?? '', 40), customer: oneLine(facts.customer ?? ''), total, missing: facts.missing ?? 0,
    to: person && address ? `${person} (${address})` : person || address || null,
  });
}
