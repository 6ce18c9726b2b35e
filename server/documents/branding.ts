/** The contractor's face on a file: name, ways to reach them, colour and logo. */
import type { Scope } from '../database/scope.ts';
import { writtenPhone } from '../platform/text.ts';
import type { Branding } from './pdf/task.ts';

/** As it is now; a frozen document keeps the name and the ways that it was sent with. */
export async function brandingOf(scope: Scope): Promise<Branding> {
  const row = await scope.db
    .selectFrom('accounts')
    .select(['name', 'phone', 'email', 'country', 'accent', 'time_zone', 'logo_type', 'logo_base64'])
    .where('id', '=', scope.accountId)
    .executeTakeFirstOrThrow();
  const type = row.logo_type === 'image/png' || row.logo_type === 'image/jpeg' ? row.logo_type : null;
  return {
    name: row.name, phone: row.phone && writtenPhone(row.phone, row.country), email: row.email, accent: row.accent, timeZone: row.time_zone,
    logo: type && row.logo_base64 ? { type, base64: row.logo_base64 } : null,
  };
}
