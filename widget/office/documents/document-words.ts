/** How an estimate or invoice stands, as the office's lists and screens say it. */
import type { TemplateResult } from 'lit';
import { html } from 'lit';
import type { Money } from '../../../server/contract/wire.ts';
import type { InvoiceStatus } from '../../../server/contract/invoices.ts';
import type { OfficeDocumentRow } from '../../../server/contract/office.ts';
import type { Localizer } from '../../locale/localizer.ts';
import '../../locale/en-documents.ts';
import '../locale/en-documents.ts';

type Status = OfficeDocumentRow['status'] | InvoiceStatus;

const tones: Record<Status, 'ok' | 'warn' | 'bad' | 'plain'> = {
  draft: 'plain', sent: 'plain', approved: 'ok', changesRequested: 'warn', declined: 'bad', expired: 'warn', withdrawn: 'plain', partlyPaid: 'warn', paid: 'ok', overdue: 'bad', void: 'plain',
};

/** What is below zero is a credit, which nobody pays: it is there to be used, until it is used up. */
const ofCredit = { sent: 'inv.available', partlyPaid: 'inv.available', paid: 'inv.usedUp' } as const;

/** The state as a word on a tint. */
export function statusPill({ status, total }: { status: Status; total?: Money }, t: Localizer): TemplateResult {
  const credit = total && total.amount < 0 ? ofCredit[status as keyof typeof ofCredit] : undefined;
  if (credit) return html`<span class="pill ${credit === 'inv.available' ? 'ok' : 'plain'}">${t.t(credit)}</span>`;
  return html`<span class="pill ${tones[status]}">${t.t(`docs.s.${status}`)}</span>`;
}
