/** English for what comes after “Send me a link”: waiting, the code, and a link of somebody else. */
import { extendEnglish } from './localizer.ts';

export const code = {
  // Waiting for the message
  'waiting.titleEmail': 'Look in your e-mail',
  'waiting.titleSms': 'Look at your text messages',
  'waiting.lead': 'If {name} knows {address}, a message with a link and a code is on its way.',
  'waiting.orCode': 'Tap the link, or type the code from the message here:',
  'waiting.nothing': 'Nothing there after a minute?',
  'waiting.spam': 'Look in your spam or junk folder',
  'waiting.otherEmail': 'Use another e-mail address',
  'waiting.otherEither': 'Use another e-mail address or mobile number',
  'waiting.again': 'Send it again',
  'waiting.againIn': 'You can send it again in {time}',
  'waiting.sentAgain': 'We sent it again.',

  // Code
  'code.title': 'One more step',
  'code.lead': 'You opened the link in another browser. Type the 6-digit code from the same message.',
  'code.leadDocument': 'We sent a 6-digit code to {address}. Type it here to see all your jobs.',
  'code.label': '6-digit code',
  'code.submit': 'Continue',
  'code.invalid': 'The code has six digits',

  // A link of somebody else
  'confirm.title': 'Whose center do you want to see?',
  'confirm.lead': 'This link belongs to {name}. You are signed in as {current}.',
  'confirm.replace': 'Go on as {name}',
  'confirm.keep': 'Stay signed in as {current}',
} as const;

extendEnglish(code);
