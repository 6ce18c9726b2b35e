/** From the office's working copy to the frozen version, and what it comes to. */
import type { Selectable } from 'kysely';
import type { Tax, TaxRounding } from '../contract/documents.ts';
import type { InvoiceContent, InvoiceDraft, InvoiceKind } from '../contract/invoices.ts';
import { totalsOf, type Totals } from '../contract/totals.ts';
import type { InvoicesTable } from '../database/schema-documents.ts';
import type { JobsTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { frozenLineOf, keyedLines, type FrozenLine, type Keyed } from '../documents/lines.ts';
import { partiesOf } from '../documents/parties.ts';
import { contentHash, readVersion } from '../documents/versions.ts';
import { daysAfter } from '../platform/calendar.ts';
import { invalidField } from '../platform/problems.ts';

export type InvoiceRow = Selectable<InvoicesTable>;
export type JobRow = Selectable<JobsTable>;

/** A line as the office writes it. */
export type WrittenLine = InvoiceDraft['lines'][number];
export type DraftLine = Keyed<WrittenLine>;

/** What of a document's taxes on top goes with the charges it bills. */
export interface ChargesTax {
  /** Altogether, with the fixed tax. */
  tax: number;
  /** Of each tax, by its name and rate: the sum it is taken of, and what it comes to. */
  taxes: Record<string, { base: number; amount: number }>;
}

/** The working copy as it is stored: settings resolved, every line with its id. Contact and online payment are columns. */
export interface StoredDraft {
  title: string;
  lines: DraftLine[];
  taxes: Tax[];
  taxIncluded: boolean;
  rounding: TaxRounding;
  fixedTax: number;
  /** `fixedTax` is the job's, in the measure in which the lines bill its charges. */
  sharesTax: boolean;
  /** By the key of a tax: how much it comes to beyond its rate, which settles what earlier documents have rounded. */
  roundings?: Record<string, number>;
  /** Of the version sent last, if that bills charges; unlike the lines it does not change with the working copy. */
  chargesTax?: ChargesTax;
  presentation: 'summary' | 'detailed';
  dueOn: string | null;
  terms: string | null;
  otherWaysToPay: string | null;
  poNumber: string | null;
}

export const draftOf = (row: Pick<InvoiceRow, 'draft'>): StoredDraft => JSON.parse(row.draft) as StoredDraft;

/** Gives every line its id. @throws {Problem} `invalid_request` with the path of what does not fit together. */
export function checkDraft(draft: Omit<StoredDraft, 'lines'> & { lines: WrittenLine[] }): StoredDraft {
  const checked = { ...draft, lines: keyedLines(draft.lines, draft.taxes) };
  draftTotals(checked);
  return checked;
}

/** @throws {Problem} `invalid_request` for a total that is too large. */
export function draftTotals({ lines, taxes, taxIncluded, rounding, fixedTax, roundings = {} }: StoredDraft): { lines: FrozenLine[]; totals: Totals } {
  const frozen = lines.map(frozenLineOf);
  try {
    const { subtotal, tax, total, ...exact } = totalsOf(frozen, { taxes, taxIncluded, rounding, fixedTax });
    const more = Object.values(roundings).reduce((sum, each) => sum + each, 0);
    return { lines: frozen, totals: { subtotal, taxes: exact.taxes.map(({ key, amount }) => ({ key, amount: amount + (roundings[key] ?? 0) })), tax: tax + more, total: total + more } };
  } catch {
    throw invalidField('/lines', 'make a total that is too large');
  }
}

type Parties = Awaited<ReturnType<typeof partiesOf>>;
interface Naming {
  kind: InvoiceKind;
  number: string;
  note: string | null;
}

/** The whole version, as the customer will see it. */
export function contentOf({ account }: Scope, draft: StoredDraft, parties: Parties, { kind, number, note }: Naming): InvoiceContent {
  const { lines, totals } = draftTotals(draft);
  const { subtotal, tax, total } = totals;
  return {
    kind, number, title: draft.title, ...parties, poNumber: draft.poNumber, lines, taxes: draft.taxes, taxIncluded: draft.taxIncluded, rounding: draft.rounding,
    fixedTax: draft.fixedTax, presentation: draft.presentation, terms: draft.terms, otherWaysToPay: draft.otherWaysToPay, subtotal, tax, total,
    taxAmounts: Object.fromEntries(totals.taxes.map(({ key, amount }) => [key, amount])),
    dueOn: kind === 'credit' ? null : (draft.dueOn ?? daysAfter(parties.issuedOn, account.invoice_due_days)), note,
  };
}

/** Who it is for: its own contact, else the job's, else the customer's first. One that a job has left behind does not count. */
export async function contactIdOf(scope: Scope, row: Pick<InvoiceRow, 'contact_id' | 'customer_id'>, job: Pick<JobRow, 'contact_id'>): Promise<string | null> {
  const customer = await scope.from('customers').select(['id', 'parent_id']).where('id', '=', row.customer_id).executeTakeFirstOrThrow();
  const named = [row.contact_id, job.contact_id].filter((id) => id !== null);
  const family = [customer.id, customer.parent_id].filter((id) => id !== null);
  const own = named.length ? await scope.from('contacts').select('id').where('id', 'in', named).where('customer_id', 'in', family).execute() : [];
  const found = named.find((id) => own.some((contact) => contact.id === id));
  if (found !== undefined) return found;
  return (await scope.from('contacts').select('id').where('customer_id', '=', customer.id).orderBy('id').executeTakeFirst())?.id ?? null;
}

/** What the working copy would say if it were sent now. */
export async function workingContent(scope: Scope, row: InvoiceRow, job: JobRow, more: Partial<Naming> & { draft?: StoredDraft } = {}): Promise<InvoiceContent> {
  const { draft = draftOf(row), kind = row.kind, number = row.number ?? '', note = null } = more;
  return contentOf(scope, draft, await partiesOf(scope, job, await contactIdOf(scope, row, job)), { kind, number, note });
}

/**
 * Whether the working copy says something else than the version sent last. The day it is sent and a note do not count, nor does
 * how to reach the contractor: a reminder must not become another invoice with another day because of a new phone number.
 */
export async function isChanged(scope: Scope, row: InvoiceRow, working: InvoiceContent): Promise<boolean> {
  const sent = row.version > 0 ? await readVersion(scope, 'invoice', row.id, row.version) : undefined;
  if (!sent) return true;
  const { dueOn } = draftOf(row);
  const bare = ({ issuedOn: _day, note: _note, dueOn: _due, from: _from, ...content }: InvoiceContent) => contentHash(content);
  return bare(sent.content) !== bare(working) || (dueOn !== null && dueOn !== sent.content.dueOn);
}
