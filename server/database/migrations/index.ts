/** Forward only, in order; a released migration is never edited. */
import type { Kysely } from 'kysely';
import type { Engine } from '../open.ts';
import { up as firstJourney } from './0001-first-journey.ts';
import { up as documents } from './0002-documents.ts';
import { up as payments } from './0003-payments.ts';
import { up as office } from './0004-office.ts';

export const migrations: Record<string, (db: Kysely<unknown>, engine: Engine) => Promise<void>> = {
  '0001-first-journey': firstJourney,
  '0002-documents': documents,
  '0003-payments': payments,
  '0004-office': office,
};
