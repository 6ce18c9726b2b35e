/** Estimates, invoices and credits; the ledger that pays them. */
import { sql, type Kysely } from 'kysely';
import type { Engine } from '../open.ts';
import { addColumns, createIndexes, createTables, scoped, stamped, within } from './create.ts';

const tables: Record<string, string> = {
  estimates: `${stamped}, job_id text not null, customer_id text not null, contact_id text, number text, status text not null,
    draft text not null, version integer not null, hash text, total integer not null, expires_on text, sent_at text,
    decided_at text, search_text text not null, ${within('jobs', 'job_id')}, ${within('customers', 'customer_id')},
    ${within('contacts', 'contact_id')}`,
  invoices: `${stamped}, job_id text not null, customer_id text not null, contact_id text, estimate_id text, kind text not null,
    number text, status text not null, draft text not null, version integer not null, hash text, presentation text not null,
    online_payment integer not null, po_number text, title text not null default '', subtracted_by text, issued_on text, due_on text, total integer not null,
    settled integer not null, sent_at text, search_text text not null, ${within('jobs', 'job_id')},
    ${within('customers', 'customer_id')}, ${within('contacts', 'contact_id')}, ${within('estimates', 'estimate_id')}`,
  document_versions: `account_id text not null references accounts(id), document_kind text not null, document_id text not null,
    version integer not null, content text not null, hash text not null, created_at text not null,
    primary key (account_id, document_kind, document_id, version)`,
  document_opens: `account_id text not null references accounts(id), document_kind text not null, document_id text not null,
    version integer not null, person text not null, name text not null, contact_id text, link_id text, opened_at text not null,
    primary key (account_id, document_kind, document_id, version, person)`,
  decisions: `${scoped}, estimate_id text not null, version integer not null, kind text not null, evidence text not null,
    hash text not null, created_at text not null, unique (account_id, estimate_id, version), ${within('estimates', 'estimate_id')}`,
  remarks: `${scoped}, request_id text not null, estimate_id text not null, version integer not null, line_id text, body text not null,
    author text not null, contact_id text, link_id text, created_at text not null, answer text, answered_at text,
    ${within('estimates', 'estimate_id')}`,
  invoice_charges: `account_id text not null references accounts(id), invoice_id text not null, charge_id text not null,
    amount integer not null, primary key (account_id, invoice_id, charge_id), ${within('invoices', 'invoice_id')},
    ${within('charges', 'charge_id')}`,
  allocations: `${scoped}, payment_id text, transfer_id text, job_id text not null, invoice_id text, amount integer not null,
    created_at text not null, ${within('payments', 'payment_id')}, ${within('jobs', 'job_id')}, ${within('invoices', 'invoice_id')}`,
  download_tickets: `account_id text not null references accounts(id), hash text not null, spec text not null,
    expires_at text not null, spent_at text, primary key (account_id, hash)`,
  messages: `${scoped}, customer_id text not null, job_id text, author text not null, name text not null, contact_id text,
    body text not null, event text, document_kind text, document_id text, created_at text not null, ${within('customers', 'customer_id')},
    ${within('jobs', 'job_id')}`,
};

const columns: Record<string, string[]> = {
  accounts: [
    `taxes text not null default '[]'`, 'tax_included integer not null default 0', `tax_rounding text not null default 'document'`,
    'estimate_terms text', 'invoice_terms text', 'other_ways_to_pay text', 'invoice_due_days integer not null default 0',
    `approval_verification text not null default 'none'`, 'attach_pdf integer not null default 0',
  ],
  jobs: [
    'fixed_tax integer not null default 0', 'tax_included integer not null default 0', 'tax_rounding text',
    'online_payment integer not null default 1',
  ],
  charges: [`taxes text not null default '[]'`, 'invoiced integer not null default 0'],
  links: ['shared_by text', 'shared_from text', 'recipient text'],
  notices: ['document_kind text', 'document_id text', 'document_version integer'],
};

const indexes = [
  'unique index estimates_external on estimates (account_id, external_id)',
  'unique index estimates_number on estimates (account_id, number)',
  'index estimates_job on estimates (account_id, job_id)',
  'index estimates_customer on estimates (account_id, customer_id)',
  `index estimates_expiry on estimates (expires_on) where status in ('sent', 'changesRequested') and expires_on is not null`,
  `unique index decisions_approved on decisions (account_id, estimate_id) where kind = 'approved'`,
  'unique index invoices_external on invoices (account_id, external_id)',
  `unique index invoices_number on invoices (account_id, number) where kind <> 'credit'`,
  `unique index invoices_credit_number on invoices (account_id, number) where kind = 'credit'`,
  'index invoices_job on invoices (account_id, job_id)',
  'index invoices_customer on invoices (account_id, customer_id, sent_at)',
  `index invoices_open on invoices (account_id, customer_id, due_on) where status = 'sent' and settled <> total`,
  'index remarks_estimate on remarks (account_id, estimate_id)',
  'index invoice_charges_charge on invoice_charges (account_id, charge_id)',
  'index allocations_payment on allocations (account_id, payment_id)',
  'index allocations_job on allocations (account_id, job_id)',
  'index allocations_invoice on allocations (account_id, invoice_id)',
  'index download_tickets_expiry on download_tickets (expires_at)',
  'index messages_customer on messages (account_id, customer_id)',
  'index links_document on links (account_id, document_id)',
  'index links_shared_from on links (account_id, shared_from) where shared_from is not null',
  'index notices_document on notices (account_id, document_id)',
];

/** Every payment that was recorded for a job so far pays that job and no document. */
const firstAllocations = `insert into allocations (account_id, id, payment_id, transfer_id, job_id, invoice_id, amount, created_at)
  select account_id, 'alo_' || substr(id, 5), id, null, job_id, null, amount, created_at from payments`;

export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await addColumns(db, engine, columns);
  await sql.raw('update jobs set fixed_tax = tax').execute(db);
  await optionalJob(db, engine);
  await createTables(db, engine, tables);
  await createIndexes(db, indexes);
  await sql.raw(firstAllocations).execute(db);
}

/** A payment need not be for one job any more. SQLite cannot take a rule off a column: the table is made anew. */
async function optionalJob(db: Kysely<unknown>, engine: Engine): Promise<void> {
  if (engine === 'postgres') {
    await sql.raw('alter table payments alter column job_id drop not null').execute(db);
    return addColumns(db, engine, { payments: [`wishes text not null default '[]'`] });
  }
  await createTables(db, engine, {
    payments_anew: `${stamped}, customer_id text not null, job_id text, received_on text not null, method text not null,
      amount integer not null, reference text, wishes text not null default '[]', ${within('customers', 'customer_id')}, ${within('jobs', 'job_id')}`,
  });
  const listed = 'account_id, id, external_id, created_at, updated_at, customer_id, job_id, received_on, method, amount, reference';
  await sql.raw(`insert into payments_anew (${listed}) select ${listed} from payments`).execute(db);
  await sql.raw('drop table payments').execute(db);
  await sql.raw('alter table payments_anew rename to payments').execute(db);
  await createIndexes(db, [
    'unique index payments_external on payments (account_id, external_id)',
    'index payments_job on payments (account_id, job_id)',
    'index payments_customer on payments (account_id, customer_id)',
  ]);
}
