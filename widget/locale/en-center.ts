/** English that every signed-in view shows. It comes in their chunks and not in the entry. */
import { extendEnglish } from './localizer.ts';

export const center = {
  // The bar above the views
  'shell.nav': 'Customer center',
  'shell.history': 'Work history',
  'shell.invoices': 'Open invoices',
  'shell.menu': 'Menu',
  'shell.customer': 'Showing',
  'shell.all': 'All',
  'shell.signOut': 'Sign out',
  'shell.signOutAll': 'Sign out on all devices',
  'shell.signedInAs': 'Signed in as {name}',
  'shell.close': 'Close',

  // Shared by the views
  'status.void': 'Void',
  'failed.title': 'This could not be loaded',
  'failed.call': 'Or call {name}:',
  'offline.title': 'You are offline',
  'offline.lead': 'We load this as soon as you are back.',
  'offline.stale': 'You are offline. This is how it was when you last saw it.',

  // A job
  'job.customer': 'Customer',
  'job.paid': 'Paid so far',
  'job.all': 'All my jobs',
} as const;

extendEnglish(center);
