/** From a frozen version to the words that a notice about it needs. */
import type { Selectable } from 'kysely';
import type { EstimateContent } from '../contract/estimates.ts';
import { totalsOf } from '../contract/totals.ts';
import type { Money } from '../contract/wire.ts';
import type { NoticesTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import type { Evidence } from '../documents/evidence.ts';
import { estimateStatusOf } from '../documents/status.ts';
import { readVersion } from '../documents/versions.ts';
import { today } from '../platform/calendar.ts';
import type { DocumentWords } from './document-texts.ts';

/** What a notice says of its document, before it is put into words. */
export interface DocumentGist extends Pick<DocumentWords, 'kind' | 'number' | 'title' | 'customer'> {
  total: Money;
  until: string | null;
}

type NoticeRow = Pick<Selectable<NoticesTable>, 'kind' | 'document_kind' | 'document_id' | 'document_version'>;

/** Nothing when the document is not there, or a notice that brings it would bring what was replaced or taken back meanwhile. */
export async function gistOf(scope: Scope, { kind, document_kind: what, document_id: id, document_version: version }: NoticeRow): Promise<DocumentGist | undefined> {
  if (!what || !id || !version) return undefined;
  const [brings, reminds] = [kind === 'estimate' || kind === 'invoice', kind === 'estimateReminder' || kind === 'invoiceReminder'];
  if ((brings || reminds) && !(await isCurrent(scope, what, id, version))) return undefined;
  if (reminds && !(await waits(scope, what, id))) return undefined;
  if (what === 'invoice') {
    const frozen = await readVersion(scope, 'invoice', id, version);
    if (!frozen) return undefined;
    const { kind: sort, number, title, to, currency, dueOn } = frozen.content;
    const { settled } = await scope.from('invoices').select('settled').where('id', '=', id).executeTakeFirstOrThrow();
    // Of what was paid in part, a message asks for the rest.
    const total = frozen.content.total - settled;
    return { kind: sort, number, title, customer: to.customer, total: { amount: sort === 'credit' ? Math.abs(total) : total, currency }, until: dueOn };
  }
  const frozen = await readVersion(scope, 'estimate', id, version);
  if (!frozen) return undefined;
  const { number, title, to, currency, expiresOn } = frozen.content;
  const approved = await approvedTotal(scope, id, version);
  const total = { amount: approved ?? proposedTotal(frozen.content), currency };
  return { kind: 'estimate', number, title, customer: to.customer, total, until: approved === undefined ? expiresOn : null };
}

async function isCurrent(scope: Scope, what: 'estimate' | 'invoice', id: string, version: number): Promise<boolean> {
  const row =
    what === 'estimate'
      ? await scope.from('estimates').select(['version', 'status']).where('id', '=', id).executeTakeFirst()
      : await scope.from('invoices').select(['version', 'status']).where('id', '=', id).executeTakeFirst();
  return row?.version === version && row.status !== 'void' && row.status !== 'withdrawn';
}

/** Whether anybody still needs to be reminded: of deciding, or of paying. */
async function waits(scope: Scope, what: 'estimate' | 'invoice', id: string): Promise<boolean> {
  if (what === 'estimate') {
    const row = await scope.from('estimates').select(['status', 'expires_on']).where('id', '=', id).executeTakeFirst();
    return row !== undefined && estimateStatusOf(row, today(scope.account.time_zone)) === 'sent';
  }
  const row = await scope.from('invoices').select(['total', 'settled']).where('id', '=', id).executeTakeFirst();
  return row !== undefined && row.settled < row.total;
}

async function approvedTotal(scope: Scope, id: string, version: number): Promise<number | undefined> {
  const decision = await scope.from('decisions').select('evidence').where('estimate_id', '=', id).where('version', '=', version).where('kind', '=', 'approved').executeTakeFirst();
  return decision && (JSON.parse(decision.evidence) as Evidence).totals.total;
}

/** Of what is chosen before the customer chooses. */
const proposedTotal = ({ lines, ...rules }: EstimateContent): number => totalsOf(lines.filter((line) => line.selected || !(line.optional || line.group !== null)), rules).total;
