/** Plain links to files. A link can carry no proof of possession, so each works once, for a minute, and says nothing of what it opens. */
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Download } from '../contract/documents.ts';
import type { statementDownload } from '../contract/invoices.ts';
import type { AccountRow, Scope } from '../database/scope.ts';
import { personOf, type Actor } from '../platform/actor.ts';
import { after, now } from '../platform/ids.ts';
import { takeOrRefuse } from '../platform/limits.ts';
import { hashOf, newToken } from '../platform/secrets.ts';

const TICKET_LIFE = 60;

/** Which file a ticket opens. Rights were checked when it was made. */
export type Wanted =
  | { kind: 'estimate' | 'invoice'; id: string; version: number; what: 'document' | 'certificate'; language: string; masked?: boolean }
  /** Of an online payment, by the attempt's id. */
  | { kind: 'receipt'; id: string; language: string }
  | ({ kind: 'statement'; customerIds: string[]; language: string } & z.output<typeof statementDownload>);

/** Drawing costs more than reading. By person, because a link opens as many sessions as somebody likes. */
export const limitFiles = (scope: Scope, actor: Actor): Promise<void> => takeOrRefuse(scope.db, [{ key: `file:${personOf(actor)}`, burst: 30, perHour: 120 }]);

/** The reader's language, as their browser says; it decides about labels only, what was sent stays word for word. */
export const languageOf = ({ headers }: Pick<FastifyRequest, 'headers'>, { locale }: Pick<AccountRow, 'locale'>): string => headers['accept-language']?.split(',')[0]?.trim() || locale;

export async function makeTicket(scope: Scope, publicUrl: string, wanted: Wanted): Promise<Download> {
  const token = newToken();
  const expiresAt = after(TICKET_LIFE);
  await scope.insert('download_tickets', { hash: hashOf(token), spec: JSON.stringify(wanted), expires_at: expiresAt, spent_at: null }).execute();
  return { url: `${publicUrl}/d/${scope.accountId}.${token}`, expiresAt };
}

/** The account and the secret in a ticket; undefined for anything else. */
export function readTicket(ticket: string): { accountId: string; token: string } | undefined {
  const [, accountId, token] = /^(acct_[0-9A-Z]{26})\.([\w-]{43})$/.exec(ticket) ?? [];
  return accountId && token ? { accountId, token } : undefined;
}

/** Makes it good again, when what it stands for could not be made. */
export const giveBackTicket = async (scope: Scope, token: string): Promise<void> => void (await scope.update('download_tickets').set({ spent_at: null }).where('hash', '=', hashOf(token)).execute());

/** Spends it. Nothing when it is unknown, used or too old, which are alike. */
export async function spendTicket(scope: Scope, token: string): Promise<Wanted | undefined> {
  const time = now();
  const row = await scope.update('download_tickets').set({ spent_at: time }).where('hash', '=', hashOf(token)).where('spent_at', 'is', null).where('expires_at', '>', time).returning('spec').executeTakeFirst();
  return row && (JSON.parse(row.spec) as Wanted);
}
