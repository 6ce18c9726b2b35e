/**
 * What notices say, by kind and language. Fixed sentences around the contractor's own name and words: nothing a visitor wrote
 * ever stands in a message, so the server cannot be made to carry a stranger's text to somebody's inbox.
 */
import { enDocuments, esDocuments, type DocumentNamed } from './document-texts.ts';
import type { AccessNoticeKind, DocumentNoticeKind, PaymentNoticeKind } from './notices.ts';
import { enPayments, esPayments, type PaymentNamed } from './payment-texts.ts';

/** The languages notices are written in; everything else reads English. */
export const noticeLanguages = ['en', 'es'] as const;
export type NoticeLanguage = (typeof noticeLanguages)[number];

export const noticeLanguage = (tag: string): NoticeLanguage => (/^es\b/i.test(tag) ? 'es' : 'en');

/** What the sentences speak of. */
export interface Named {
  /** The contractor. */
  name: string;
  /** How long link and code work, in words. */
  lasts: string;
  /** What the office wrote, and whether it is about a document. */
  message?: string;
  aboutDocument?: boolean;
}

export interface Sentences {
  /** Subject of a message without a code, and the heading of its page. */
  subject: string;
  intro: string;
  /** The words on the button. */
  open: string;
  lasts: string;
  ignore: string;
  /**
   * The whole text message but its address, in one or more lengths: the longest that fits is sent. With a code, it comes after
   * the code: "123456 " + this.
   */
  sms: string | string[];
  /** What a code is, where it is not one to sign in with. */
  code?: string;
  /** How to reach the contractor is said already. */
  noCall?: true;
}

export interface Dictionary {
  kinds: Record<AccessNoticeKind, (named: Named) => Sentences>;
  documents: Record<DocumentNoticeKind, (named: DocumentNamed) => Sentences>;
  payments: Record<PaymentNoticeKind, (named: PaymentNamed) => Sentences>;
  /** Takes the place of `signIn` and `accessLink` for the contractor's own people. */
  office: (named: Named) => Sentences;
  code: (named: Named) => string;
  /** In place of `lasts` when there is a code and no link. */
  codeLasts: (named: Named) => string;
  /** In place of the button's words, for mail programs that show no buttons. */
  copy: string;
  call: (phone: string) => string;
}

const signInEn = ({ name, lasts }: Named): Sentences => ({
  subject: `Sign in to ${name}`,
  intro: 'Type this code where you asked for it, or open the link.',
  open: 'Sign in',
  lasts: `The code and the link work for ${lasts}.`,
  ignore: 'You did not ask for this? You can ignore it: without it, nobody gets in.',
  sms: `is your code for ${name}. It works for ${lasts}. Or open:`,
});

const en: Dictionary = {
  kinds: {
    signIn: signInEn,
    center: (named) => ({
      ...signInEn(named),
      subject: `See all your jobs with ${named.name}`,
      intro: 'Type this code where you asked for it to see all your jobs.',
      open: 'See all my jobs',
    }),
    accessLink: ({ name, lasts }) => ({
      subject: `Your customer center at ${name}`,
      intro: 'Your jobs, appointments and charges in one place, without a password.',
      open: 'Open the customer center',
      lasts: `The link works for ${lasts}. Keep it to yourself: whoever has it can see your records.`,
      ignore: 'Not for you? You can ignore this message.',
      sms: `${name}: your jobs and appointments. The link works for ${lasts}:`,
    }),
    documentLink: ({ name, lasts }) => ({
      subject: `${name} sent you a job`,
      intro: 'You can read it without signing in.',
      open: 'Open the job',
      lasts: `The link works for ${lasts}.`,
      ignore: 'Not for you? You can ignore this message.',
      sms: `${name} sent you a job. The link works for ${lasts}:`,
    }),
    freshLink: ({ name, lasts }) => ({
      subject: `Your new link to ${name}`,
      intro: 'The earlier link had expired. This one takes you to the same place.',
      open: 'Open the link',
      lasts: `The link works for ${lasts}.`,
      ignore: 'You did not ask for this? You can ignore it.',
      sms: `Your new link to ${name}. It works for ${lasts}:`,
    }),
    officeMessage: ({ name, lasts, message = '', aboutDocument }) => ({
      subject: `${name} wrote to you`,
      intro: message,
      open: aboutDocument ? 'See what it is about' : 'Open the customer center',
      lasts: `The link works for ${lasts}.`,
      ignore: 'Not for you? You can ignore this message.',
      sms: `${name}: ${message}`,
    }),
  },
  documents: enDocuments,
  payments: enPayments,
  office: (named) => ({ ...signInEn(named), subject: `Sign in to the office of ${named.name}`, open: 'Open the office', code: `is your code for the office of ${named.name}` }),
  code: ({ name }) => `is your code for ${name}`,
  codeLasts: ({ lasts }) => `The code works for ${lasts}.`,
  copy: 'Or copy this address into your browser:',
  call: (phone) => `Questions? Call ${phone}.`,
};

const signInEs = ({ name, lasts }: Named): Sentences => ({
  subject: `Inicie sesión en ${name}`,
  intro: 'Escriba este código donde lo pidió o abra el enlace.',
  open: 'Iniciar sesión',
  lasts: `El código y el enlace sirven durante ${lasts}.`,
  ignore: '¿No lo pidió usted? Puede ignorar este mensaje: sin él nadie puede entrar.',
  sms: `es su clave para ${name}. Sirve durante ${lasts}. O abra:`,
});

const es: Dictionary = {
  kinds: {
    signIn: signInEs,
    center: (named) => ({
      ...signInEs(named),
      subject: `Vea todos sus trabajos con ${named.name}`,
      intro: 'Escriba este código donde lo pidió para ver todos sus trabajos.',
      open: 'Ver todos mis trabajos',
    }),
    accessLink: ({ name, lasts }) => ({
      subject: `Su centro de clientes en ${name}`,
      intro: 'Sus trabajos, citas y cargos en un solo lugar, sin contraseña.',
      open: 'Abrir el centro de clientes',
      lasts: `El enlace sirve durante ${lasts}. No lo comparta: quien lo tenga puede ver sus datos.`,
      ignore: '¿No es para usted? Puede ignorar este mensaje.',
      sms: `${name}: sus trabajos y citas. El enlace sirve durante ${lasts}:`,
    }),
    documentLink: ({ name, lasts }) => ({
      subject: `${name} le envió un trabajo`,
      intro: 'Puede verlo sin iniciar sesión.',
      open: 'Ver el trabajo',
      lasts: `El enlace sirve durante ${lasts}.`,
      ignore: '¿No es para usted? Puede ignorar este mensaje.',
      sms: `${name} le envía un trabajo. El enlace sirve durante ${lasts}:`,
    }),
    freshLink: ({ name, lasts }) => ({
      subject: `Su nuevo enlace para ${name}`,
      intro: 'El enlace anterior ya venció. Este lo lleva al mismo lugar.',
      open: 'Abrir el enlace',
      lasts: `El enlace sirve durante ${lasts}.`,
      ignore: '¿No lo pidió usted? Puede ignorar este mensaje.',
      sms: `Su nuevo enlace para ${name}. Sirve durante ${lasts}:`,
    }),
    officeMessage: ({ name, lasts, message = '', aboutDocument }) => ({
      subject: `${name} le ha escrito`,
      intro: message,
      open: aboutDocument ? 'Ver de qué se trata' : 'Abrir el centro de clientes',
      lasts: `El enlace sirve durante ${lasts}.`,
      ignore: '¿No es para usted? Puede ignorar este mensaje.',
      sms: `${name}: ${message}`,
    }),
  },
  documents: esDocuments,
  payments: esPayments,
  office: (named) => ({
    ...signInEs(named), subject: `Inicie sesión en la oficina de ${named.name}`, open: 'Abrir la oficina', code: `es su código para la oficina de ${named.name}`,
  }),
  code: ({ name }) => `es su código para ${name}`,
  codeLasts: ({ lasts }) => `El código sirve durante ${lasts}.`,
  copy: 'O copie esta dirección en su navegador:',
  call: (phone) => `¿Preguntas? Llame al ${phone}.`,
};

export const dictionaries: Record<NoticeLanguage, Dictionary> = { en, es };

/** “15 minutes”, “7 días”: the largest unit that says it exactly enough. */
export function inWords(seconds: number, language: NoticeLanguage): string {
  const units = [['day', 86_400], ['hour', 3600], ['minute', 60]] as const;
  const [unit, size] = units.find(([, size]) => seconds >= 2 * size) ?? units[2];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.max(1, Math.round(seconds / size)));
}
