/** What the door says. It speaks to whoever holds a link, so it tells nothing about them. */
const en = {
  ready: '{name} sent you this link.',
  open: 'Open it',
  opening: 'Opening…',
  notYou: 'Not you? Tell {name}',
  notYouAsk: 'Tell {name} that this link is not meant for you? Nobody will be able to sign in with it by mistake.',
  notYouYes: 'Yes, tell {name}',
  notYouDone: 'Thank you. {name} knows now. You can close this page.',
  back: 'Back',
  expired: 'This link is too old. We can send a fresh one to the same address.',
  fresh: 'Send a fresh link',
  sending: 'Sending…',
  sentEmail: 'A fresh link is on its way to {masked}. Look in your e-mail, also in the spam folder.',
  sentSms: 'A fresh link is on its way to {masked}. Look at your text messages.',
  unknown: 'This link no longer works. You can ask for a new one in the customer center.',
  center: 'Go to the customer center',
  stripped:
    'Your app has cut off part of the link. Type the 6-digit code from the same message where you asked for it, or ask for a new link in the customer center.',
  tooMany: 'That was too often. Wait a few minutes and try again.',
  offline: 'We could not reach the server. Check your connection and try again.',
  failed: 'Something went wrong on our side. Try again in a moment.',
  retry: 'Try again',
  call: 'Call {name}: {phone}',
  language: 'Language',
};
type Words = typeof en;

const es: Words = {
  ready: '{name} le envió este enlace.',
  open: 'Abrir',
  opening: 'Abriendo…',
  notYou: '¿No es usted? Avise a {name}',
  notYouAsk: '¿Avisar a {name} que este enlace no es para usted? Así nadie podrá entrar con él por error.',
  notYouYes: 'Sí, avisar a {name}',
  notYouDone: 'Gracias. {name} ya lo sabe. Puede cerrar esta página.',
  back: 'Volver',
  expired: 'Este enlace es demasiado antiguo. Podemos enviar uno nuevo a la misma dirección.',
  fresh: 'Enviar un enlace nuevo',
  sending: 'Enviando…',
  sentEmail: 'Un enlace nuevo va en camino a {masked}. Revise su correo, también la carpeta de no deseados.',
  sentSms: 'Un enlace nuevo va en camino a {masked}. Revise sus mensajes de texto.',
  unknown: 'Este enlace ya no funciona. Puede pedir uno nuevo en el centro de clientes.',
  center: 'Ir al centro de clientes',
  stripped:
    'Su aplicación cortó una parte del enlace. Escriba el código de 6 dígitos del mismo mensaje donde lo pidió, o pida un enlace nuevo en el centro de clientes.',
  tooMany: 'Fueron demasiados intentos. Espere unos minutos e inténtelo de nuevo.',
  offline: 'No pudimos conectar con el servidor. Revise su conexión e inténtelo de nuevo.',
  failed: 'Algo falló de nuestro lado. Inténtelo de nuevo en un momento.',
  retry: 'Intentar de nuevo',
  call: 'Llamar a {name}: {phone}',
  language: 'Idioma',
};

export const dictionaries = { en, es };
export const languageNames = { en: 'English', es: 'Español' };
export type DoorLanguage = keyof typeof dictionaries;
export type Word = keyof Words;

const isLanguage = (tag: string | null | undefined): tag is DoorLanguage => tag === 'en' || tag === 'es';

/** The first language that both the reader and the door speak. */
export function readersLanguage(tags: readonly (string | null | undefined)[]): DoorLanguage {
  return tags.map((tag) => tag?.toLowerCase().split('-')[0]).find(isLanguage) ?? 'en';
}
