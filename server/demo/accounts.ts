/** The two contractors of the demo, unalike on purpose: trade, colours, language, coast, what they offer. */
import { defaultColumns } from '../account/accounts.ts';
import { addStaff } from '../account/staff.ts';
import { scopeOf, type AccountRow, type Scope } from '../database/scope.ts';
import { expireEstimates } from '../estimates/jobs.ts';
import { newId, now } from '../platform/ids.ts';
import type { Services } from '../platform/services.ts';
import { emailKey } from '../platform/text.ts';
import { tellAcme } from './acme.ts';
import { Diary } from './diary.ts';
import { DemoDocuments, type DemoDocument } from './documents.ts';
import { DemoRecords } from './records.ts';
import { tellVerde } from './verde.ts';

/** What a contractor's story is told with. */
export interface Story {
  records: DemoRecords;
  documents: DemoDocuments;
}
/** What the mailbox begins with. */
export type Letters = [document: DemoDocument, channel: 'email' | 'sms'][];

interface Contractor {
  account: Omit<AccountRow, 'id' | 'logo_hash' | 'logo_type' | 'failed_handoffs' | 'created_at' | 'updated_at'>;
  owner: { name: string; email: string };
  clerk: { name: string; email: string };
  tell(story: Story): Letters;
}

const acme: Contractor = {
  account: {
    slug: 'acme', name: 'Acme Plumbing & Heating', accent: '#0b62c4', phone: '+14045550142', email: 'office@acmeplumbing.example', country: 'US',
    time_zone: 'America/New_York', locale: 'en', currency: 'USD', ...defaultColumns, marketing: 1, booking_published: 1,
    taxes: JSON.stringify([{ key: 'sales', name: 'Sales tax', percent: '8' }]), invoice_due_days: 14, attach_pdf: 1, partial_payments: 1, ask_tip: 1,
    estimate_terms: 'Our work is guaranteed for one year, parts for as long as their maker says. Work that is not described here is not part of the price; we ask before we do any.\n\nWhat we find behind walls may change the price. We stop and call you first.',
    invoice_terms: 'Payable within 14 days. Please name the invoice’s number.',
    other_ways_to_pay: 'By check to Acme Plumbing & Heating, 88 Foundry Street, Atlanta, GA 30313. By card on the phone: (404) 555-0142.',
  },
  owner: { name: 'Pat Acme', email: 'pat@acmeplumbing.example' },
  clerk: { name: 'Robin Hale', email: 'robin@acmeplumbing.example' },
  tell: tellAcme,
};
const verde: Contractor = {
  account: {
    slug: 'verde', name: 'Jardines Verdes', accent: '#2f6b3a', phone: '+13235550100', email: 'hola@jardinesverdes.example', country: 'US',
    time_zone: 'America/Los_Angeles', locale: 'es', currency: 'USD', ...defaultColumns,
    taxes: JSON.stringify([{ key: 'venta', name: 'Impuesto sobre la venta', percent: '9.5' }]), tax_included: 1, invoice_due_days: 15, approval_verification: 'code',
    estimate_terms: 'Las plantas tienen garantía de seis meses si se riegan como indicamos. Lo que no está descrito aquí no está incluido en el precio.\n\nSi llueve, el trabajo se hace el primer día seco.',
    invoice_terms: 'A pagar en 15 días.',
    other_ways_to_pay: 'Con cheque a nombre de Jardines Verdes, 410 Verdugo Road, Glendale, CA 91205, o en efectivo al jardinero.',
  },
  owner: { name: 'Óscar Verde', email: 'oscar@jardinesverdes.example' },
  clerk: { name: 'Lucía Mora', email: 'lucia@jardinesverdes.example' },
  tell: tellVerde,
};

/** Makes both with their records and documents, or finds them where data was kept; either way their pages are where the sites are now. */
export async function openAccounts(services: Services, urls: { acmeAccount: string; verdeAccount: string }): Promise<{ acme: Scope; verde: Scope }> {
  const scopes = { acme: await open(services, acme, urls.acmeAccount), verde: await open(services, verde, urls.verdeAccount) };
  await expireEstimates(services);
  return scopes;
}

async function open(services: Services, contractor: Contractor, page: string): Promise<Scope> {
  const { accounts } = services;
  const scope = accounts.scope((await accounts.bySlug(contractor.account.slug))?.account ?? (await make(services, contractor)));
  // Data that was kept by an earlier release has no clerk yet.
  const staff = new Set((await scope.from('staff').select('email_key').execute()).map((row) => row.email_key));
  if (!staff.has(emailKey(contractor.clerk.email))) await addStaff(scope, { ...contractor.clerk, role: 'clerk' });
  await scope.delete('pages').execute();
  await scope.insert('pages', { id: newId('page'), url: page, origin: new URL(page).origin, main: 1, created_at: now() }).execute();
  accounts.forget(scope.accountId);
  return scope;
}

/** All of it in one transaction: a demo that is ended meanwhile leaves nothing behind. */
async function make(services: Services, { account, owner, tell }: Contractor): Promise<AccountRow> {
  const { db, engine, accounts } = services;
  const row: AccountRow = { ...account, id: newId('account'), logo_hash: null, logo_type: null, failed_handoffs: 0, created_at: now(), updated_at: now() };
  await db.transaction().execute(async (transaction) => {
    await transaction.insertInto('accounts').values(row).execute();
    const trx = scopeOf(transaction, engine, row);
    await trx.insert('staff', { id: newId('staff'), ...owner, email_key: emailKey(owner.email), role: 'owner', created_at: now() }).execute();
    const documents = new DemoDocuments(services, new Diary(row.time_zone));
    const records = new DemoRecords(trx, documents);
    const letters = tell({ records, documents });
    await records.write(trx);
    await documents.live(trx, letters);
  });
  accounts.forget(row.id);
  return row;
}
