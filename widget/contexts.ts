import { createContext } from '@lit/context';
import type { Card } from '../server/contract/account.ts';
import type { SessionView } from '../server/contract/access.ts';
import type { Router } from './customer-center/router.ts';
import type { Client } from './data/client.ts';
import type { Localizer } from './locale/localizer.ts';

/** The way to the API: `client.get('/customers/all/history')`. */
export const clientContext = createContext<Client>(Symbol('client'));

/** The contractor: name, phone, time zone, locale, currency. */
export const cardContext = createContext<Card>(Symbol('card'));

/** Who is signed in; undefined while nobody is. */
export const sessionContext = createContext<SessionView | undefined>(Symbol('session'));

/** Whose records the person looks at: an id of the session's customers, or `all`. */
export const customerContext = createContext<string>(Symbol('customer'));

/** Language and formats: `t('shell.retry')`. A new object when the language changes. */
export const localeContext = createContext<Localizer>(Symbol('locale'));

/** Where in the center the person is, and unsent text. */
export const routerContext = createContext<Router>(Symbol('router'));
