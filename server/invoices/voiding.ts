/** Taking back what was sent. The number stays given; what it billed can be billed again, and what paid it is free again. */
import { endLinks } from '../access/links.ts';
import { inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import { recheckPayments } from '../documents/pending.ts';
import { announce } from '../platform/live.ts';
import { Problem } from '../platform/problems.ts';
import { laterThan } from '../work/later.ts';
import { releasePayments, takeBackTransfers } from '../work/ledger.ts';
import { refreshJobs } from '../work/refresh.ts';
import { writeBilling } from './billing.ts';
import { invoiceRow } from './drafts.ts';
import { markInvoiced } from './sending.ts';

/** @throws {Problem} `conflict` before it was sent, and while another invoice subtracts it as a deposit. */
export const voidInvoice = (scope: Scope, id: string, seen?: string): Promise<void> =>
  inTurn(scope, async (trx) => {
    const row = await invoiceRow(trx, id, seen);
    if (row.status === 'void') return;
    if (row.status === 'draft') throw new Problem('conflict', { detail: 'It was not sent; delete it instead.' });
    if (row.subtracted_by !== null) {
      const other = await trx.from('invoices').select('number').where('id', '=', row.subtracted_by).executeTakeFirst();
      throw new Problem('conflict', { detail: `Invoice ${other?.number ?? ''} subtracts this deposit; make that void first.` });
    }
    await trx.update('invoices').set({ status: 'void', settled: 0, updated_at: laterThan(row.updated_at) }).where('id', '=', id).execute();
    await writeBilling(trx, id, []);
    const touched = [row.job_id, ...(await takeBackTransfers(trx, [id])), ...(await releasePayments(trx, [id]))];
    await recheckPayments(trx, [id]);
    await endLinks(trx, { document_id: id });
    await markInvoiced(trx, row.job_id);
    await refreshJobs(trx, [...new Set(touched)]);
    await announce(trx, 'invoice', id);
  });
