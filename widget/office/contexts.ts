/** What the office's screens share, each narrow. Language, router and the account's card are those of `widget/contexts.ts`. */
import { createContext } from '@lit/context';
import type { Account } from '../../server/contract/account.ts';
import type { Live } from '../data/live.ts';
import type { OfficeClient, StaffSession } from '../data/office.ts';

/** The way to the office's API. */
export const officeContext = createContext<OfficeClient>(Symbol('office'));

/** Who of the staff is signed in. */
export const staffContext = createContext<StaffSession>(Symbol('staff'));

/** The account and its settings, as they were read last. */
export const accountContext = createContext<Account>(Symbol('account'));

/** News of what others change. */
export const liveContext = createContext<Live>(Symbol('live'));
