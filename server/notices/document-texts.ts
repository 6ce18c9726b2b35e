/**
 * What notices about estimates and invoices say. Names and numbers are those on file and in the frozen version; what a visitor
 * typed with a decision, a wish or a link sent on stands in none of them.
 */
import type { DocumentNoticeKind } from './notices.ts';
import type { Named, NoticeLanguage, Sentences } from './texts.ts';

/** A frozen version in the words of its reader's language, in one line each. */
export interface DocumentWords {
  kind: 'estimate' | 'invoice' | 'deposit' | 'credit';
  number: string;
  /** The contractor's own words. */
  title: string;
  /** The customer on file. */
  customer: string;
  total: string;
  /** The day by which to decide or to pay. */
  until: string | null;
}

/** What the sentences speak of. */
export interface DocumentNamed extends Named, DocumentWords {
  /** The contractor's phone, as people write it. */
  phone: string | null;
  /** What the office adds. */
  note?: string | null;
}

export type DocumentDictionary = Record<DocumentNoticeKind, (named: DocumentNamed) => Sentences>;

const whatEn: Record<DocumentWords['kind'], string> = { estimate: 'estimate', invoice: 'invoice', deposit: 'deposit invoice', credit: 'credit' };
const whatEs: Record<DocumentWords['kind'], string> = { estimate: 'presupuesto', invoice: 'factura', deposit: 'factura de anticipo', credit: 'nota de crédito' };
const genderEs = (kind: DocumentWords['kind']): 'el' | 'la' => (kind === 'estimate' ? 'el' : 'la');
const capital = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);

const sentEn = ({ name, lasts, kind, number, total }: DocumentNamed, intro: string): Sentences => ({
  subject: `${capital(whatEn[kind])} ${number} from ${name}`,
  intro,
  open: `Open the ${whatEn[kind]}`,
  lasts: `The link works for ${lasts}.`,
  ignore: 'Not for you? You can ignore this message.',
  sms: [
    `${name}: ${whatEn[kind]} ${number}, ${total}. The link works for ${lasts}:`,
    `${name}: ${whatEn[kind]} ${number}. The link works for ${lasts}:`,
    `${name}: ${whatEn[kind]} ${number}`,
  ],
});

const reminderEn = ({ name, lasts, kind, number, total, note }: DocumentNamed, intro: string): Sentences => ({
  subject: `Reminder: ${whatEn[kind]} ${number} from ${name}`,
  intro,
  open: `Open the ${whatEn[kind]}`,
  lasts: `The link works for ${lasts}.`,
  ignore: 'Not for you? You can ignore this message.',
  // What the office has written is never left out, however long it makes the message.
  sms: note
    ? [`${name}: ${note} ${capital(whatEn[kind])} ${number}, ${total}. The link works for ${lasts}:`, `${name}: ${note} ${capital(whatEn[kind])} ${number}, ${total}:`]
    : [
        `${name}: a reminder of ${whatEn[kind]} ${number}, ${total}. The link works for ${lasts}:`,
        `${name}: a reminder of ${whatEn[kind]} ${number}. The link works for ${lasts}:`,
        `${name}: a reminder of ${whatEn[kind]} ${number}:`,
      ],
});

const doneEn = ({ name, lasts, number, phone }: DocumentNamed, done: string, intro: string): Sentences => {
  const dispute = phone ? `Call ${phone}.` : `Tell ${name} at once.`;
  return {
    subject: done,
    intro,
    open: 'See the estimate',
    lasts: `The link works for ${lasts}.`,
    ignore: `It was not you? ${dispute}`,
    noCall: true,
    sms: [`${done}. Not you? ${dispute}`, `${done}.`, `${name}: estimate ${number}`],
  };
};

const officeWords = (subject: string, intro: string): Sentences => ({ subject, intro, open: '', lasts: '', ignore: '', sms: `${subject}.` });

export const enDocuments: DocumentDictionary = {
  estimate: (named) => sentEn(named, 'You can read and answer it without signing in.'),
  invoice: (named) => sentEn(named, 'You can read it without signing in.'),
  estimateReminder: (named) => reminderEn(named, 'It waits for your answer. You can read and answer it without signing in.'),
  invoiceReminder: (named) => reminderEn(named, 'It is not paid in full yet. You have just paid? Then you need do nothing.'),
  sharedDocument: ({ name, lasts, kind, number, customer }) => ({
    subject: `${customer} sent you ${whatEn[kind]} ${number} of ${name}`,
    intro: 'You can read it without signing in.',
    open: `Open the ${whatEn[kind]}`,
    lasts: `The link works for ${lasts}.`,
    ignore: 'Not for you? You can ignore this message.',
    sms: [
      `${customer} sent you ${whatEn[kind]} ${number} of ${name}. The link works for ${lasts}:`,
      `${customer} sent you ${whatEn[kind]} ${number} of ${name}:`,
      `${customer} sent you ${whatEn[kind]} ${number}:`,
    ],
  }),
  approvalCode: ({ name, lasts, kind, number }) => ({
    subject: `Approve ${whatEn[kind]} ${number} of ${name}`,
    code: `is your code to approve ${whatEn[kind]} ${number} of ${name}`,
    intro: `Type it where you approve the ${whatEn[kind]}. It does nothing else: nobody can sign in with it.`,
    open: '',
    lasts: `The code works for ${lasts}.`,
    ignore: 'You did not ask for this? You can ignore it: without the code, nothing is approved.',
    sms: `is your code to approve ${whatEn[kind]} ${number} of ${name}. It works for ${lasts}.`,
  }),
  estimateApproved: (named) => doneEn(named, `Estimate ${named.number} of ${named.name} was approved`, 'Open it to see who approved it, when, and what was chosen.'),
  estimateDeclined: (named) => doneEn(named, `Estimate ${named.number} of ${named.name} was declined`, 'Open it to see who declined it and when. You can still ask for changes.'),
  changesRequested: (named) =>
    doneEn(named, `Changes to estimate ${named.number} of ${named.name} were asked for`, 'Open it to see what was asked for. The office has it now.'),
  officeApproved: ({ customer, number, total }) =>
    officeWords(`${customer} approved estimate ${number} (${total})`, 'Open the estimate in your office to see who signed and what was chosen.'),
  officeDeclined: ({ customer, number, total }) => officeWords(`${customer} declined estimate ${number} (${total})`, 'Open the estimate in your office to see whether there is a reason.'),
  officeChangesRequested: ({ customer, number }) => officeWords(`${customer} asks for changes to estimate ${number}`, 'Open the estimate in your office to see what is asked for.'),
};

const sentEs = ({ name, lasts, kind, number, total }: DocumentNamed, intro: string): Sentences => ({
  subject: `${capital(whatEs[kind])} ${number} de ${name}`,
  intro,
  open: `Ver ${genderEs(kind)} ${whatEs[kind]}`,
  lasts: `El enlace sirve durante ${lasts}.`,
  ignore: '¿No es para usted? Puede ignorar este mensaje.',
  sms: [
    `${name}: ${whatEs[kind]} ${number}, ${total}. El enlace sirve durante ${lasts}:`,
    `${name}: ${whatEs[kind]} ${number}. El enlace sirve durante ${lasts}:`,
    `${name}: ${whatEs[kind]} ${number}`,
  ],
});

const reminderEs = ({ name, lasts, kind, number, total, note }: DocumentNamed, intro: string): Sentences => ({
  subject: `Recordatorio: ${whatEs[kind]} ${number} de ${name}`,
  intro,
  open: `Ver ${genderEs(kind)} ${whatEs[kind]}`,
  lasts: `El enlace sirve durante ${lasts}.`,
  ignore: '¿No es para usted? Puede ignorar este mensaje.',
  sms: note
    ? [`${name}: ${note} ${capital(whatEs[kind])} ${number}, ${total}. El enlace sirve durante ${lasts}:`, `${name}: ${note} ${capital(whatEs[kind])} ${number}, ${total}:`]
    : [
        `${name}: le recordamos ${genderEs(kind)} ${whatEs[kind]} ${number}, ${total}. El enlace sirve durante ${lasts}:`,
        `${name}: le recordamos ${genderEs(kind)} ${whatEs[kind]} ${number}. El enlace sirve durante ${lasts}:`,
        `${name}: le recordamos ${genderEs(kind)} ${whatEs[kind]} ${number}:`,
      ],
});

const doneEs = ({ name, lasts, number, phone }: DocumentNamed, done: string, intro: string): Sentences => {
  const dispute = phone ? `Llame al ${phone}.` : `Avise enseguida a ${name}.`;
  return {
    subject: done,
    intro,
    open: 'Ver el presupuesto',
    lasts: `El enlace sirve durante ${lasts}.`,
    ignore: `¿No fue usted? ${dispute}`,
    noCall: true,
    sms: [`${done}. ¿No fue usted? ${dispute}`, `${done}.`, `${name}: presupuesto ${number}`],
  };
};

export const esDocuments: DocumentDictionary = {
  estimate: (named) => sentEs(named, 'Puede leerlo y responder sin iniciar sesión.'),
  invoice: (named) => sentEs(named, 'Puede leerla sin iniciar sesión.'),
  estimateReminder: (named) => reminderEs(named, 'Espera su respuesta. Puede leerlo y responder sin iniciar sesión.'),
  invoiceReminder: (named) => reminderEs(named, 'Todavía no está pagada por completo. ¿Acaba de pagar? Entonces no tiene que hacer nada.'),
  sharedDocument: ({ name, lasts, kind, number, customer }) => ({
    subject: `${customer} le envió ${genderEs(kind)} ${whatEs[kind]} ${number} de ${name}`,
    intro: `Puede ${kind === 'estimate' ? 'leerlo' : 'leerla'} sin iniciar sesión.`,
    open: `Ver ${genderEs(kind)} ${whatEs[kind]}`,
    lasts: `El enlace sirve durante ${lasts}.`,
    ignore: '¿No es para usted? Puede ignorar este mensaje.',
    sms: [
      `${customer} le envía ${genderEs(kind)} ${whatEs[kind]} ${number} de ${name}. El enlace sirve durante ${lasts}:`,
      `${customer} le envía ${genderEs(kind)} ${whatEs[kind]} ${number} de ${name}:`,
      `${customer} le envía ${genderEs(kind)} ${whatEs[kind]} ${number}:`,
    ],
  }),
  approvalCode: ({ name, lasts, kind, number }) => ({
    subject: `Apruebe ${genderEs(kind)} ${whatEs[kind]} ${number} de ${name}`,
    code: `es su código para aprobar ${genderEs(kind)} ${whatEs[kind]} ${number} de ${name}`,
    intro: `Escríbalo donde aprueba ${genderEs(kind)} ${whatEs[kind]}. No sirve para nada más: nadie puede iniciar sesión con él.`,
    open: '',
    lasts: `El código sirve durante ${lasts}.`,
    ignore: '¿No lo pidió usted? Puede ignorar este mensaje: sin el código no se aprueba nada.',
    sms: `es su clave para aprobar ${genderEs(kind)} ${whatEs[kind]} ${number} de ${name}. Sirve durante ${lasts}.`,
  }),
  estimateApproved: (named) => doneEs(named, `Se aprobó el presupuesto ${named.number} de ${named.name}`, 'Ábralo para ver quién lo aprobó, cuándo y qué se eligió.'),
  estimateDeclined: (named) => doneEs(named, `Se rechazó el presupuesto ${named.number} de ${named.name}`, 'Ábralo para ver quién lo rechazó y cuándo. Aún puede pedir cambios.'),
  changesRequested: (named) =>
    doneEs(named, `Se pidieron cambios en el presupuesto ${named.number} de ${named.name}`, 'Ábralo para ver qué se pidió. La oficina ya lo tiene.'),
  officeApproved: ({ customer, number, total }) =>
    officeWords(`${customer} aprobó el presupuesto ${number} (${total})`, 'Abra el presupuesto en su oficina para ver quién firmó y qué se eligió.'),
  officeDeclined: ({ customer, number, total }) =>
    officeWords(`${customer} rechazó el presupuesto ${number} (${total})`, 'Abra el presupuesto en su oficina para ver si hay un motivo.'),
  officeChangesRequested: ({ customer, number }) =>
    officeWords(`${customer} pide cambios en el presupuesto ${number}`, 'Abra el presupuesto en su oficina para ver qué se pide.'),
};

/** The lines of the block that says what the message is about. */
interface BlockWords {
  what: Record<DocumentWords['kind'], string>;
  total: string;
  credit: string;
  /** In place of the total, where a message asks for the rest. */
  rest: string;
  /** Before the day by which to decide or to pay. */
  until: { estimate: string; invoice: string };
}
const blockWords: Record<NoticeLanguage, BlockWords> = {
  en: { what: whatEn, total: 'Total', credit: 'Credit', rest: 'Still to pay', until: { estimate: 'Valid until', invoice: 'Due' } },
  es: { what: whatEs, total: 'Total', credit: 'A su favor', rest: 'Por pagar', until: { estimate: 'Válido hasta', invoice: 'Vence' } },
};

/** “Estimate 1042”, its title, and what it comes to and until when, each with its label. @param asksForRest the sum is what is still to be paid. */
export function blockOf(document: DocumentWords, language: NoticeLanguage, asksForRest = false): { what: string; title: string; rows: { label: string; value: string }[] } {
  const words = blockWords[language];
  const until = document.kind === 'estimate' ? words.until.estimate : words.until.invoice;
  return {
    what: `${capital(words.what[document.kind])} ${document.number}`,
    title: document.title,
    rows: [{ label: asksForRest ? words.rest : document.kind === 'credit' ? words.credit : words.total, value: document.total }, ...(document.until ? [{ label: until, value: document.until }] : [])],
  };
}
