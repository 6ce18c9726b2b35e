/** The two contractors of the demo, unalike on purpose: trade, colours, language, coast, what they offer. */
import type { AccountRow, Scope } from '../database/scope.ts';
import { newId, now } from '../platform/ids.ts';
import type { Services } from '../platform/services.ts';
import { emailKey } from '../platform/text.ts';
import { writeAcme } from './acme.ts';
import { writeVerde } from './verde.ts';

interface Contractor {
  account: Omit<AccountRow, 'id' | 'logo_hash' | 'logo_type' | 'failed_handoffs' | 'created_at'>;
  owner: { name: string; email: string };
  write(scope: Scope): Promise<unknown>;
}

const acme: Contractor = {
  account: {
    slug: 'acme', name: 'Acme Plumbing & Heating', accent: '#0b62c4', phone: '+14045550142', email: 'office@acmeplumbing.example', country: 'US',
    time_zone: 'America/New_York', locale: 'en', currency: 'USD', marketing: 1, booking_published: 1,
  },
  owner: { name: 'Pat Acme', email: 'pat@acmeplumbing.example' },
  write: writeAcme,
};
const verde: Contractor = {
  account: {
    slug: 'verde', name: 'Jardines Verdes', accent: '#2f6b3a', phone: '+13235550100', email: 'hola@jardinesverdes.example', country: 'US',
    time_zone: 'America/Los_Angeles', locale: 'es', currency: 'USD', marketing: 0, booking_published: 0,
  },
  owner: { name: 'Óscar Verde', email: 'oscar@jardinesverdes.example' },
  write: writeVerde,
};

/** Makes both with their records, or finds them where data was kept; either way their pages are where the sites are now. */
export async function openAccounts(services: Services, urls: { acmeAccount: string; verdeAccount: string }): Promise<{ acme: Scope; verde: Scope }> {
  return { acme: await open(services, acme, urls.acmeAccount), verde: await open(services, verde, urls.verdeAccount) };
}

async function open({ db, accounts }: Services, { account, owner, write }: Contractor, page: string): Promise<Scope> {
  let known = await accounts.bySlug(account.slug);
  if (!known) {
    const row: AccountRow = { ...account, id: newId('account'), logo_hash: null, logo_type: null, failed_handoffs: 0, created_at: now() };
    await db.insertInto('accounts').values(row).execute();
    const scope = accounts.scope(row);
    await scope.insert('staff', { id: newId('staff'), ...owner, email_key: emailKey(owner.email), role: 'owner', created_at: now() }).execute();
    await write(scope);
    accounts.forget(row.id);
    known = (await accounts.bySlug(account.slug))!;
  }
  const scope = accounts.scope(known.account);
  await scope.delete('pages').execute();
  await scope.insert('pages', { id: newId('page'), url: page, origin: new URL(page).origin, main: 1, created_at: now() }).execute();
  accounts.forget(scope.accountId);
  return scope;
}
