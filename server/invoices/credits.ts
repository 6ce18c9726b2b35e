/** Credits: what the customer is owed settles invoices. */
import type { z } from 'zod';
import type { creditUse } from '../contract/invoices.ts';
import { inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import { recheckPayments } from '../documents/pending.ts';
import { newId, now } from '../platform/ids.ts';
import { invalidField, Problem } from '../platform/problems.ts';
import { refreshJobs } from '../work/refresh.ts';
import { invoiceRow } from './drafts.ts';

/**
 * Settles an invoice of the same family of customers with what a credit still holds: two rows of the ledger that add up to
 * nothing.
 */
export const applyCredit = (scope: Scope, creditId: string, { invoiceId, amount }: z.output<typeof creditUse>, seen?: string): Promise<void> =>
  inTurn(scope, async (trx) => {
    const credit = await invoiceRow(trx, creditId, seen);
    if (credit.kind !== 'credit') throw new Problem('conflict', { detail: 'Only a credit can settle an invoice.' });
    if (credit.status !== 'sent') throw new Problem('conflict', { detail: credit.status === 'void' ? 'It is void.' : 'It was not sent yet.' });
    const invoice = await trx.from('invoices').selectAll().where('id', '=', invoiceId).where('status', '=', 'sent').where('kind', '<>', 'credit').executeTakeFirst();
    if (!invoice || (await familyOf(trx, invoice.customer_id)) !== (await familyOf(trx, credit.customer_id))) throw invalidField('/invoiceId', 'no invoice of this customer that was sent');
    if (amount > invoice.total - invoice.settled) throw invalidField('/amount', 'is more than is due');
    if (amount > credit.settled - credit.total) throw invalidField('/amount', 'is more than the credit holds');
    const common = { payment_id: null, transfer_id: newId('transfer'), created_at: now() };
    await trx
      .insert('allocations', [
        { ...common, id: newId('allocation'), job_id: invoice.job_id, invoice_id: invoice.id, amount },
        { ...common, id: newId('allocation'), job_id: credit.job_id, invoice_id: credit.id, amount: -amount },
      ])
      .execute();
    const jobIds = [...new Set([invoice.job_id, credit.job_id])];
    await refreshJobs(trx, jobIds);
    // Payments for a job are spread anew, so more of its invoices may owe another amount now.
    const rows = await trx.from('invoices').select('id').where('job_id', 'in', jobIds).where('status', '=', 'sent').execute();
    await recheckPayments(trx, rows.map((row) => row.id));
  });

/** A customer and its sub-customers are one family. */
async function familyOf(scope: Scope, customerId: string): Promise<string> {
  const customer = await scope.from('customers').select(['id', 'parent_id']).where('id', '=', customerId).executeTakeFirstOrThrow();
  return customer.parent_id ?? customer.id;
}
