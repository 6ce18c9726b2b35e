/** What the pages on the way to Stripe and back say, in the reader's language. */
import type { NoticeLanguage } from '../notices/texts.ts';
import type { Ended } from './oauth.ts';

/** Kinds of things that Stripe asks a contractor for. */
export type Missing = 'bank' | 'person' | 'business' | 'agreement' | 'other';
/** A page: a heading and a sentence. */
type Said = [title: string, sentence: string];

interface Words {
  ready: Said;
  checking: Said;
  missing: Said;
  /** Stripe cannot be reached. */
  away: Said;
  /** Stripe has no form for this account. */
  noForm: Said;
  gone: Said;
  ended: Record<Exclude<Ended, 'connected'>, Said>;
  wanted: Record<Missing, string>;
  goOn: string;
  /** Back to where it was begun. */
  office: string;
  tryAgain: string;
}

const en: Words = {
  ready: ['Stripe is connected', 'Customers can pay online now.'],
  checking: ['Stripe is checking your details', 'You need do nothing now. Customers can pay online as soon as Stripe is done.'],
  missing: ['Stripe still needs something', 'Customers can pay online as soon as Stripe has all of this:'],
  away: ['Stripe cannot be reached', 'Nothing is lost. Please try again in a few minutes.'],
  noForm: ['Stripe has no form for this account', 'Please sign in at Stripe and look there for what is missing.'],
  gone: ['Stripe is not connected', 'Please start again in the office.'],
  ended: {
    denied: ['Stripe was not connected', 'You did not allow the connection. Nothing was changed.'],
    used: ['Stripe was not connected', 'This page was used already or is too old. Please start again in the office.'],
    taken: ['Stripe was not connected', 'This Stripe account is connected to another account here. Nothing was changed.'],
    otherConnected: ['Stripe was not connected', 'Another Stripe account is connected already. Please disconnect it in the office first.'],
  },
  wanted: { bank: 'your bank account', person: 'the person behind the business', business: 'your business', agreement: 'your consent to Stripe’s terms', other: 'other details' },
  goOn: 'Go on at Stripe',
  office: 'Back to the office',
  tryAgain: 'Try again',
};

const es: Words = {
  ready: ['Stripe está conectado', 'Los clientes ya pueden pagar en línea.'],
  checking: ['Stripe está revisando sus datos', 'Ahora no tiene que hacer nada. Los clientes podrán pagar en línea en cuanto Stripe termine.'],
  missing: ['A Stripe todavía le falta algo', 'Los clientes podrán pagar en línea en cuanto Stripe tenga todo esto:'],
  away: ['No se puede contactar con Stripe', 'No se ha perdido nada. Inténtelo de nuevo en unos minutos.'],
  noForm: ['Stripe no tiene un formulario para esta cuenta', 'Inicie sesión en Stripe y consulte allí lo que falta.'],
  gone: ['Stripe no está conectado', 'Empiece de nuevo en la oficina.'],
  ended: {
    denied: ['Stripe no se conectó', 'Usted no permitió la conexión. No se cambió nada.'],
    used: ['Stripe no se conectó', 'Esta página ya se usó o es demasiado antigua. Empiece de nuevo en la oficina.'],
    taken: ['Stripe no se conectó', 'Esta cuenta de Stripe ya está conectada a otra cuenta de aquí. No se cambió nada.'],
    otherConnected: ['Stripe no se conectó', 'Ya hay otra cuenta de Stripe conectada. Desconéctela primero en la oficina.'],
  },
  wanted: { bank: 'su cuenta bancaria', person: 'la persona responsable del negocio', business: 'su negocio', agreement: 'su aceptación de las condiciones de Stripe', other: 'otros datos' },
  goOn: 'Continuar en Stripe',
  office: 'Volver a la oficina',
  tryAgain: 'Intentar de nuevo',
};

export const connectionWords: Record<NoticeLanguage, Words> = { en, es };

/** What a requirement of Stripe's is about: `person_1Ab.dob.day` is about a person. */
export function missingOf(requirement: string): Missing {
  const [subject = ''] = requirement.split('.');
  if (subject === 'external_account') return 'bank';
  if (/^(person_|individual$|representative$|owners$|directors$|executives$)/.test(subject)) return 'person';
  if (/^(company|business_profile|business_type|documents|settings)$/.test(subject)) return 'business';
  return subject === 'tos_acceptance' ? 'agreement' : 'other';
}
