/** The invoice for a deposit, made and numbered when an estimate is approved. */
import type { EstimateContent } from '../contract/estimates.ts';
import type { Scope } from '../database/scope.ts';
import { freeze } from '../documents/versions.ts';
import { today } from '../platform/calendar.ts';
import { now } from '../platform/ids.ts';
import { nextFree } from '../work/numbers.ts';
import { checkDraft, contentOf, type JobRow } from './content.ts';
import { columnsOf, insertDraft } from './drafts.ts';
import { depositOfEstimate } from './words.ts';

export interface DepositWish {
  estimate: { id: string; number: string; title: string };
  job: JobRow;
  contactId: string | null;
  amount: number;
  /** The account's terms for invoices when absent. */
  terms?: string | null;
  /** The estimate as it was approved: the deposit is from and to the same. */
  content: EstimateContent;
}

/**
 * Sends nothing: it is due on the day of approval and found under the estimate's own link. Call it in the transaction of the
 * approval, in turn; the caller refreshes the job afterwards. @returns its id.
 */
export async function makeDeposit(trx: Scope, { estimate, job, contactId, amount, terms, content: approved }: DepositWish): Promise<string> {
  const { account } = trx;
  const issuedOn = today(account.time_zone);
  const draft = checkDraft({
    title: estimate.title, taxes: [], taxIncluded: false, rounding: account.tax_rounding, fixedTax: 0, sharesTax: false, presentation: 'detailed', dueOn: issuedOn,
    terms: terms === undefined ? account.invoice_terms : terms, otherWaysToPay: account.other_ways_to_pay, poNumber: job.po_number ?? approved.poNumber,
    lines: [{
      description: depositOfEstimate(account.locale, estimate.number), details: null, quantity: '1', unit: null, unitPrice: amount, discount: null, taxes: [], chargeId: null, depositId: null,
    }],
  });
  const id = await insertDraft(trx, job, draft, { kind: 'deposit', externalId: null, contactId, estimateId: estimate.id, onlinePayment: job.online_payment === 1 });
  const { from, to, address, currency, locale, country } = approved;
  const parties = { from, to, job: approved.job, address, currency, locale, country, issuedOn };
  const content = contentOf(trx, draft, parties, { kind: 'deposit', number: await nextFree(trx, 'invoices'), note: null });
  const hash = await freeze(trx, 'invoice', id, 1, content);
  await trx
    .update('invoices')
    .set({ ...columnsOf(content), number: content.number, status: 'sent', version: 1, hash, issued_on: issuedOn, due_on: content.dueOn, sent_at: now() })
    .where('id', '=', id)
    .execute();
  return id;
}
