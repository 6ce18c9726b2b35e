/** A period of a customer's account: what was invoiced, what was paid, and what was owed after each. */
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Statement, statementQuery } from '../contract/invoices.ts';
import type { Scope } from '../database/scope.ts';
import { isOverdue } from '../documents/status.ts';
import { dayOf, daysAfter, today } from '../platform/calendar.ts';
import { invalidField } from '../platform/problems.ts';
import { writtenPhone } from '../platform/text.ts';

type Period = z.output<typeof statementQuery>;
type Entry = Omit<Statement['entries'][number], 'amount' | 'balance'> & { amount: number; at: string };
type Open = Statement['open'][number];

const MOST_YEARS = 10;

/**
 * Of these customers together. Void documents never were; a payment counts whole on the day it was received, whatever it pays.
 * @throws {Problem} `invalid_request` for a period that ends before it begins, or is too long.
 */
export async function statementOf(scope: Scope, customerIds: string[], { from, to }: Period): Promise<Statement> {
  if (from > to) throw invalidField('/to', 'is before the first day');
  if (Number(to.slice(0, 4)) - Number(from.slice(0, 4)) > MOST_YEARS || (to.slice(0, 4) === String(Number(from.slice(0, 4)) + MOST_YEARS) && to.slice(4) > from.slice(4)))
    throw invalidField('/from', `at most ${MOST_YEARS} years at once`);
  const { account } = scope;
  const money = (amount: number) => ({ amount, currency: account.currency });
  const [opening, documents, payments, open, customers] = [
    await balanceBefore(scope, customerIds, from), await documentsIn(scope, customerIds, from, to), await paymentsIn(scope, customerIds, from, to), await openAt(scope, customerIds, to),
    await scope.from('customers').select(['name', 'billing_address']).where('id', 'in', customerIds).orderBy('name').orderBy('id').execute(),
  ];
  let balance = opening;
  const order = (entry: Entry) => `${entry.on} ${entry.kind === 'payment' || entry.kind === 'refund' ? 1 : 0} ${entry.at}`;
  const entries = [...documents, ...payments]
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
    .map(({ at: _, amount, ...entry }) => ({ ...entry, amount: money(amount), balance: money((balance += amount)) }));
  return {
    from, to, issuedOn: today(account.time_zone), currency: account.currency, opening: money(opening), closing: money(balance), entries, open,
    account: { name: account.name, phone: account.phone && writtenPhone(account.phone, account.country), email: account.email },
    customers: customers.map((customer) => ({ name: customer.name, billingAddress: customer.billing_address })),
  };
}

/** PostgreSQL sums 64-bit integers as decimals; the cast brings them back. */
const sumOf = (column: 'total' | 'amount') => sql<number>`cast(coalesce(sum(${sql.ref(column)}), 0) as bigint)`.as('sum');

async function balanceBefore(scope: Scope, customerIds: string[], day: string): Promise<number> {
  const invoiced = await scope.from('invoices').where('customer_id', 'in', customerIds).where('status', '=', 'sent').where('issued_on', '<', day).select(sumOf('total')).executeTakeFirstOrThrow();
  const paid = await scope.from('payments').where('customer_id', 'in', customerIds).where('received_on', '<', day).select(sumOf('amount')).executeTakeFirstOrThrow();
  return invoiced.sum - paid.sum;
}

async function documentsIn(scope: Scope, customerIds: string[], from: string, to: string): Promise<Entry[]> {
  const rows = await scope
    .from('invoices')
    .select(['kind', 'number', 'title', 'total', 'issued_on', 'sent_at'])
    .where('customer_id', 'in', customerIds)
    .where('status', '=', 'sent')
    .where('issued_on', '>=', from)
    .where('issued_on', '<=', to)
    .execute();
  return rows.map((row) => ({
    on: row.issued_on!, kind: row.kind === 'credit' ? 'credit' : 'invoice', number: row.number, title: row.title, method: null, amount: row.total, at: row.sent_at ?? '',
  }));
}

async function paymentsIn(scope: Scope, customerIds: string[], from: string, to: string): Promise<Entry[]> {
  const rows = await scope
    .from('payments')
    .select(['received_on', 'method', 'amount', 'reference', 'created_at', 'id'])
    .where('customer_id', 'in', customerIds)
    .where('received_on', '>=', from)
    .where('received_on', '<=', to)
    .execute();
  return rows.map((row) => ({
    on: row.received_on, kind: row.amount < 0 ? 'refund' : 'payment', number: row.reference, title: null, method: row.method, amount: -row.amount, at: `${row.created_at} ${row.id}`,
  }));
}

/** What was open at the end of a day; at the end of today or later, as it is now. */
async function openAt(scope: Scope, customerIds: string[], to: string): Promise<Open[]> {
  const { account } = scope;
  const now = today(account.time_zone);
  const day = to < now ? to : now;
  let rows = scope
    .from('invoices')
    .select(['id', 'kind', 'number', 'title', 'status', 'issued_on', 'due_on', 'total', 'settled'])
    .where('customer_id', 'in', customerIds)
    .where('status', '=', 'sent')
    .where('issued_on', '<=', to)
    .orderBy(sql`coalesce(due_on, issued_on, '')`)
    .orderBy('id');
  if (day === now) rows = rows.whereRef('settled', '<>', 'total');
  const documents = await rows.execute();
  const settled = day === now ? undefined : await settledBy(scope, customerIds, day);
  const money = (amount: number) => ({ amount, currency: account.currency });
  return documents
    .map((row) => ({ ...row, settled: settled ? (settled.get(row.id) ?? 0) : row.settled }))
    .filter((row) => row.settled !== row.total)
    .map((row) => ({
      id: row.id, kind: row.kind, number: row.number ?? '', title: row.title, issuedOn: row.issued_on ?? '', dueOn: row.kind === 'credit' ? null : row.due_on, overdue: isOverdue(row, day),
      total: money(row.total), due: money(row.total - row.settled),
    }));
}

/** What had settled each document by the end of a day: payments by when they were received, credits by when they were used. */
async function settledBy(scope: Scope, customerIds: string[], day: string): Promise<Map<string, number>> {
  const rows = await scope
    .from('allocations')
    .innerJoin('invoices', (join) => join.onRef('invoices.account_id', '=', 'allocations.account_id').onRef('invoices.id', '=', 'allocations.invoice_id'))
    .leftJoin('payments', (join) => join.onRef('payments.account_id', '=', 'allocations.account_id').onRef('payments.id', '=', 'allocations.payment_id'))
    .where('invoices.customer_id', 'in', customerIds)
    .where('invoices.issued_on', '<=', day)
    // A moment on that day is at most half a day before or after it in any zone; which it is, is told below.
    .where((row) => row.or([row('payments.received_on', '<=', day), row.and([row('allocations.payment_id', 'is', null), row('allocations.created_at', '<', daysAfter(day, 2))])]))
    .select(['allocations.invoice_id', 'allocations.amount', 'allocations.payment_id', 'allocations.created_at'])
    .execute();
  const sums = new Map<string, number>();
  for (const row of rows) {
    if (row.invoice_id === null || (row.payment_id === null && dayOf(row.created_at, scope.account.time_zone) > day)) continue;
    sums.set(row.invoice_id, (sums.get(row.invoice_id) ?? 0) + row.amount);
  }
  return sums;
}
