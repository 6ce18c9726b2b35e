/**
 * English for everything that shows before somebody is signed in, and for the shell around the views. It is inlined into
 * the entry, so that no raw key is ever seen and nothing waits for a second request.
 */
export const entry = {
  // Sign-in
  'signIn.title': 'Sign in',
  'signIn.lead': 'See your jobs with {name}. You need no password: we send you a link.',
  'signIn.email': 'E-mail address',
  'signIn.emailOrMobile': 'E-mail address or mobile number',
  'signIn.hint': 'The one that {name} has for you',
  'signIn.send': 'Send me a link',
  'signIn.sending': 'Sending…',
  'signIn.shared': 'Other people use this device',
  'signIn.sharedHint': 'We sign you out when you close the browser.',
  'signIn.invalidEmail': 'Type an e-mail address such as maria@example.com',
  'signIn.invalidEither': 'Type an e-mail address such as maria@example.com, or a mobile number such as (404) 555-0142',
  'signIn.help': 'Trouble signing in? Call {name}:',

  // Shell
  'shell.language': 'Language',
  'shell.signedOut': 'You are signed out.',
  'shell.back': 'Back',
  'shell.loading': 'Loading…',
  'shell.retry': 'Try again',
  'shell.reload': 'Reload the page',
  'shell.newVersion': 'There is a new version of this page.',
  'shell.callName': 'Call {name} at {phone}',
  'shell.open': 'Open the customer center',
  'shell.notHere': 'The customer center cannot be shown on this page.',
  'shell.unknown': 'This customer center does not exist.',
  'shell.offline': 'You are offline. We try again as soon as you are back.',
  'shell.linkUsed': 'This link was already used. Ask for a fresh one here.',

  // Problems, by the code the server answers with
  'error.invalid_request': 'Something in there is not right. Look it over and try again.',
  'error.session_ended': 'You were signed out. Sign in again to go on.',
  'error.code_wrong': 'That code is not right. Look at the latest message and try again.',
  'error.code_expired': 'This code is too old. Ask for a new one.',
  'error.origin_refused': 'The customer center cannot be shown on this page.',
  'error.not_found': 'We could not find that.',
  'error.too_many_requests': 'That was too often. Wait a few minutes and try again.',
  'error.network': 'We could not reach the server. Check your connection and try again.',
  'error.internal': 'Something went wrong on our side. Try again in a moment.',
} as const;
