/** What tests of invoices share: records made the way the office makes them, and what must hold of an account's money. */
import assert from 'node:assert/strict';
import type { z } from 'zod';
import { sendNew } from '../contract/documents.ts';
import type { EstimateContent } from '../contract/estimates.ts';
import { invoiceChange, invoiceNew, type Invoice } from '../contract/invoices.ts';
import { records, type RecordName } from '../contract/records.ts';
import { inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import { partiesOf } from '../documents/parties.ts';
import { daysAfter, today } from '../platform/calendar.ts';
import { newId, now } from '../platform/ids.ts';
import { deriveWith } from '../platform/secrets.ts';
import { testConfig } from '../testing.ts';
import { createRecord, type RecordView } from '../work/records.ts';
import { refreshJobs } from '../work/refresh.ts';
import { draftOf } from './content.ts';
import { makeDeposit } from './deposit.ts';
import { changeInvoice, createInvoice } from './drafts.ts';
import { readInvoice } from './invoices.ts';
import { sendInvoice } from './sending.ts';
import { statementOf } from './statement.ts';

const services = { derive: deriveWith('test-key'), config: testConfig() };

/** A record with what a form would send. */
export const make = <Name extends RecordName>(scope: Scope, name: Name, fields: object): Promise<RecordView<Name>> =>
  createRecord(scope, name, records[name].fields.parse(fields) as never);

export interface Place {
  customerId: string;
  contactId: string;
  jobId: string;
  /** Charges in the order given. */
  chargeIds: string[];
}
interface Wanted {
  customerId?: string;
  parentId?: string;
  job?: object;
  /** A price, or more about the charge. */
  charges?: (number | object)[];
}

/** A customer with a contact and a job with these charges. */
export async function makeJob(scope: Scope, { customerId, parentId, job = {}, charges = [] }: Wanted = {}): Promise<Place> {
  const owner = customerId ?? (await make(scope, 'customers', { name: 'Ferrer household', ...(parentId ? { parentId } : {}) })).id;
  const contact = await make(scope, 'contacts', { customerId: owner, name: 'María Ferrer', email: 'maria@example.com' });
  const made = await make(scope, 'jobs', { customerId: owner, contactId: contact.id, service: 'Water heater', ...job });
  const chargeIds: string[] = [];
  for (const [position, charge] of charges.entries()) {
    const fields = typeof charge === 'number' ? { unitPrice: charge } : charge;
    chargeIds.push((await make(scope, 'charges', { jobId: made.id, position, description: `Charge ${position + 1}`, ...fields })).id);
  }
  return { customerId: owner, contactId: contact.id, jobId: made.id, chargeIds };
}

export const draft = (scope: Scope, wish: z.input<typeof invoiceNew>): Promise<string> => createInvoice(scope, invoiceNew.parse(wish));
export const change = (scope: Scope, id: string, wish: z.input<typeof invoiceChange>): Promise<void> => changeInvoice(scope, id, invoiceChange.parse(wish));
export const send = (scope: Scope, id: string, wish: z.input<typeof sendNew> = {}) => sendInvoice(scope, services, id, sendNew.parse(wish));

/** Makes it and sends it. */
export async function sent(scope: Scope, wish: z.input<typeof invoiceNew>): Promise<Invoice> {
  const id = await draft(scope, wish);
  await send(scope, id);
  return readInvoice(scope, id);
}

/** A line of one piece at this price. */
export const piece = (unitPrice: number, more: object = {}) => ({ description: 'Work', unitPrice, taxes: [], ...more });

/** The invoice for a deposit as the approval of estimate 1042 makes it. @returns its id. */
export const deposit = (scope: Scope, jobId: string, amount: number): Promise<string> =>
  inTurn(scope, async (trx) => {
    const job = await trx.from('jobs').selectAll().where('id', '=', jobId).executeTakeFirstOrThrow();
    const content: EstimateContent = {
      kind: 'estimate', number: '1042', title: 'Water heater', ...(await partiesOf(trx, job, job.contact_id)), poNumber: null, taxes: [], taxIncluded: false, rounding: 'document', terms: null,
      lines: [], groups: [], deposit: null, fixedTax: 0, termsRequired: false, expiresOn: null, note: null,
    };
    const estimateId = newId('estimate');
    await trx
      .insert('estimates', {
        id: estimateId, external_id: null, created_at: now(), updated_at: now(), job_id: job.id, customer_id: job.customer_id, contact_id: null, number: estimateId, status: 'approved', draft: '{}',
        version: 1, hash: null, total: 0, expires_on: null, sent_at: now(), decided_at: now(), search_text: '',
      })
      .execute();
    const id = await makeDeposit(trx, { estimate: { id: estimateId, number: '1042', title: 'Water heater' }, job, contactId: job.contact_id, amount, content });
    await refreshJobs(trx, [job.id]);
    return id;
  });

type Amounts<Key> = Map<Key, number>;
const add = <Key>(sums: Amounts<Key>, key: Key, amount: number) => sums.set(key, (sums.get(key) ?? 0) + amount);

/** Fails when anything that is kept of an account's money is not what the ledger says. */
export async function checkMoney(scope: Scope): Promise<void> {
  const [invoices, allocations, payments, jobs, charges, billed, customers] = [
    await scope.from('invoices').selectAll().execute(), await scope.from('allocations').selectAll().execute(), await scope.from('payments').selectAll().execute(),
    await scope.from('jobs').selectAll().execute(), await scope.from('charges').selectAll().execute(), await scope.from('invoice_charges').selectAll().execute(),
    await scope.from('customers').select(['id', 'parent_id']).execute(),
  ];
  const [settled, ofJob, ofPayment, beyond, ofTransfer]: Amounts<string>[] = [new Map(), new Map(), new Map(), new Map(), new Map()] as never;
  for (const { payment_id: payment, transfer_id: transfer, job_id: job, invoice_id: invoice, amount } of allocations) {
    assert.notEqual(payment === null, transfer === null, 'an allocation is of a payment or of a transfer');
    add(ofJob!, job, amount);
    if (invoice !== null) add(settled!, invoice, amount);
    if (payment !== null) add(ofPayment!, payment, amount);
    if (payment !== null && invoice !== null) add(beyond!, payment, amount);
    if (transfer !== null) add(ofTransfer!, transfer, amount);
  }
  for (const [transfer, sum] of ofTransfer!) {
    assert.equal(sum, 0, `transfer ${transfer} makes money`);
    assert.equal(allocations.filter((row) => row.transfer_id === transfer).length, 2);
  }
  for (const row of invoices) {
    assert.equal(row.settled, settled!.get(row.id) ?? 0, `${row.kind} ${row.number}: what is settled is the sum of its allocations`);
    if (row.status !== 'sent') assert.equal(row.settled, 0);
    else if (row.kind === 'credit') assert.ok(row.settled <= 0 && row.settled >= row.total, `credit ${row.number}: ${row.settled} of ${row.total}`);
    else assert.ok(row.settled >= 0 && row.settled <= row.total, `${row.kind} ${row.number}: ${row.settled} of ${row.total}`);
  }
  for (const row of invoices) {
    if (row.kind !== 'credit' || row.status !== 'sent') continue;
    const own = billed.filter((each) => each.invoice_id === row.id);
    add(ofJob!, row.job_id, own.reduce((sum, each) => sum + each.amount, own.length ? (draftOf(row).chargesTax?.tax ?? 0) : 0) - row.total);
  }
  for (const job of jobs) assert.equal(job.paid, ofJob!.get(job.id) ?? 0, 'what is paid on a job is the sum of its allocations, and what was credited without a charge');
  const familyOf = (id: string) => customers.find((row) => row.id === id)!.parent_id ?? id;
  const ownerOf = (invoiceId: string | null) => familyOf(invoices.find((row) => row.id === invoiceId)!.customer_id);
  for (const payment of payments.filter((row) => row.job_id === null))
    for (const row of allocations.filter((each) => each.payment_id === payment.id)) assert.equal(ownerOf(row.invoice_id), familyOf(payment.customer_id), 'a payment pays no stranger’s invoice');
  for (const both of Map.groupBy(allocations.filter((row) => row.transfer_id !== null), (row) => row.transfer_id).values())
    assert.equal(ownerOf(both[0]!.invoice_id), ownerOf(both[1]!.invoice_id), 'a credit settles no stranger’s invoice');
  for (const payment of payments) {
    if (payment.job_id === null) {
      const wishes = JSON.parse(payment.wishes) as { invoiceId: string; amount: number }[];
      const own = allocations.filter((row) => row.payment_id === payment.id).map((row) => ({ invoiceId: row.invoice_id!, amount: row.amount }));
      const order = (list: { invoiceId: string; amount: number }[]) => list.toSorted((a, b) => (a.invoiceId < b.invoiceId ? -1 : 1));
      assert.deepEqual(order(own), order(wishes), 'a payment for an account pays what the office said');
    } else assert.equal(ofPayment!.get(payment.id) ?? 0, payment.amount, 'a payment for a job is allocated whole');
  }
  const live = new Set(invoices.filter((row) => row.status === 'sent').map((row) => row.id));
  for (const charge of charges) {
    const own = billed.filter((row) => row.charge_id === charge.id);
    assert.ok(own.every((row) => live.has(row.invoice_id)), 'only what was sent and is not void bills a charge');
    assert.equal(charge.invoiced, own.reduce((sum, row) => sum + row.amount, 0));
    assert.ok(Math.abs(charge.invoiced) <= Math.abs(charge.total) && charge.invoiced * charge.total >= 0, `a charge is invoiced beyond what it comes to: ${charge.invoiced} of ${charge.total}`);
  }
  for (const row of invoices) if (row.subtracted_by !== null) assert.ok(row.kind === 'deposit' && live.has(row.id) && live.has(row.subtracted_by), 'a deposit is subtracted by an invoice that stands');
  for (const credit of [false, true]) {
    const numbers = invoices.filter((row) => (row.kind === 'credit') === credit && row.number !== null).map((row) => Number(row.number)).sort((a, b) => a - b);
    assert.deepEqual(numbers, numbers.map((_, index) => index + 1), 'numbers have no gaps');
  }
  const day = today(scope.account.time_zone);
  if (customers.length === 0) return;
  const statement = await statementOf(scope, customers.map((row) => row.id), { from: daysAfter(day, -3000), to: daysAfter(day, 1) });
  const open = invoices.filter((row) => live.has(row.id)).reduce((sum, row) => sum + row.total - row.settled, 0);
  const unallocated = payments.reduce((sum, payment) => sum + payment.amount - (beyond!.get(payment.id) ?? 0), 0);
  assert.equal(statement.closing.amount, open - unallocated, 'a statement closes with what is open less what was paid beyond it');
  assert.equal(statement.entries.at(-1)?.balance.amount ?? statement.opening.amount, statement.closing.amount);
  assert.equal(statement.open.reduce((sum, row) => sum + row.due.amount, 0), open);
}
