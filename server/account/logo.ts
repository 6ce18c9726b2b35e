/** The account's logo: kept in the database, served under an address that changes with it. */
import { createHash } from 'node:crypto';
import { inTurn } from '../database/lock.ts';
import type { AccountsTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { announce } from '../platform/live.ts';
import { invalidField } from '../platform/problems.ts';
import { laterThan } from '../work/later.ts';
import { readImage } from './image.ts';

export const MOST_LOGO_BYTES = 256 * 1024;
const MOST_PIXELS = 2000;

/** @throws {Problem} `invalid_request` unless the bytes are a PNG or JPEG of a sane size. */
export async function setLogo(scope: Scope, given: Buffer): Promise<void> {
  const image = readImage(given);
  if (!image) throw invalidField('/', 'must be a complete PNG or JPEG image');
  if (image.width > MOST_PIXELS || image.height > MOST_PIXELS) throw invalidField('/', `must be at most ${MOST_PIXELS} × ${MOST_PIXELS} pixels`);
  const hash = createHash('sha256').update(image.bytes).digest('base64url').slice(0, 16);
  await write(scope, { logo_hash: hash, logo_type: image.type, logo_base64: image.bytes.toString('base64') });
}

export const removeLogo = (scope: Scope): Promise<void> => write(scope, { logo_hash: null, logo_type: null, logo_base64: null });

/** The settings have another version from now on: the logo's address is one of them. */
const write = (scope: Scope, logo: Pick<AccountsTable, 'logo_hash' | 'logo_type' | 'logo_base64'>): Promise<void> =>
  inTurn(scope, async (trx) => {
    const { updated_at: before } = await trx.db.selectFrom('accounts').select('updated_at').where('id', '=', trx.accountId).executeTakeFirstOrThrow();
    await trx.db.updateTable('accounts').set({ ...logo, updated_at: laterThan(before) }).where('id', '=', trx.accountId).execute();
    await announce(trx, 'account');
  });

export async function readLogo(scope: Scope): Promise<{ hash: string; type: string; bytes: Buffer } | undefined> {
  const row = await scope.db.selectFrom('accounts').select(['logo_hash', 'logo_type', 'logo_base64']).where('id', '=', scope.accountId).executeTakeFirst();
  if (!row?.logo_base64 || !row.logo_hash || !row.logo_type) return undefined;
  return { hash: row.logo_hash, type: row.logo_type, bytes: Buffer.from(row.logo_base64, 'base64') };
}
