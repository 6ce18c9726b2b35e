/** Rows of imported documents: how they stand now, and how they are written. */
import { sql, type Selectable } from 'kysely';
import type { EstimateContent } from '../contract/estimates.ts';
import type { InvoiceContent } from '../contract/invoices.ts';
import type { DocumentVersionsTable, EstimatesTable, InvoicesTable } from '../database/schema-documents.ts';
import { frozenRow } from '../documents/versions.ts';
import { columnsOf as estimateColumns } from '../estimates/drafts.ts';
import { columnsOf as invoiceColumns } from '../invoices/drafts.ts';
import { newId } from '../platform/ids.ts';
import { documentTables, rememberDocuments, stateOf, type Applied, type DocumentKind } from './applied-documents.ts';
import { estimateSaying, invoiceSaying, type Subject } from './document-content.ts';
import type { EstimatePlan, InvoicePlan } from './document-plans.ts';
import { inList, pieces } from '../platform/lists.ts';
import { externalIdOf, type Work } from './parts.ts';

type EstimateRow = Selectable<EstimatesTable>;
type InvoiceRow = Selectable<InvoicesTable>;
/** Of either table; what only one of them has is absent in the other. */
export type DocumentRow = Pick<EstimateRow, 'id' | 'external_id' | 'job_id' | 'contact_id' | 'number' | 'draft' | 'version' | 'hash' | 'total' | 'sent_at'> & {
  status: EstimateRow['status'] | InvoiceRow['status'];
} & Partial<Pick<EstimateRow, 'decided_at'>> &
  Partial<Pick<InvoiceRow, 'kind' | 'issued_on'>>;

const columns = ['id', 'external_id', 'job_id', 'contact_id', 'number', 'draft', 'version', 'hash', 'total', 'sent_at', 'status'] as const;

/** All documents of these jobs, whoever made them. */
export async function documentsHere({ scope }: Work, jobs: string[]): Promise<Record<DocumentKind, DocumentRow[]>> {
  return {
    estimate: await scope.from('estimates').select([...columns, 'decided_at']).where('job_id', 'in', inList(jobs)).execute(),
    invoice: await scope.from('invoices').select([...columns, 'kind', 'issued_on']).where('job_id', 'in', inList(jobs)).execute(),
  };
}

/** When it was issued is known by now. */
export type Issued<Plan> = Plan & { issuedOn: string; issuedAt: string };
type AnyPlan = Issued<EstimatePlan> | Issued<InvoicePlan>;

/** A version ready to be written. */
export interface Version {
  kind: DocumentKind;
  plan: AnyPlan;
  subject: Subject;
  content: EstimateContent | InvoiceContent;
  /** What the row keeps of it, but for its state. */
  columns: { draft: string; total: number };
}

/** @throws {Problem} for sums larger than an amount may be. */
export function versionOf(work: Work, subject: Subject, plan: AnyPlan, number: string): Version {
  if (plan.kind === 'estimate') {
    const { draft, content } = estimateSaying(work, subject, plan, number);
    return { kind: 'estimate', plan, subject, content, columns: { draft: JSON.stringify(draft), ...estimateColumns(content) } };
  }
  const { draft, content } = invoiceSaying(work, subject, plan, number);
  const own = { kind: plan.kind, issued_on: content.issuedOn, due_on: content.dueOn };
  return { kind: 'invoice', plan, subject, content, columns: { draft: JSON.stringify(draft), ...invoiceColumns(content), ...own } };
}

/** Everything that has to be written of documents, so that it is written with few statements. */
export class DocumentWriting {
  readonly #work: Work;
  readonly #rows: Record<DocumentKind, object[]> = { estimate: [], invoice: [] };
  readonly #versions: Omit<Selectable<DocumentVersionsTable>, 'account_id'>[] = [];
  readonly #billed: { invoice_id: string; charge_id: string; amount: number }[] = [];
  readonly #recount = new Set<string>();
  readonly #applied: Record<DocumentKind, Map<string, Applied>> = { estimate: new Map(), invoice: new Map() };

  constructor(work: Work) {
    this.#work = work;
  }

  /** @param id of the job at the source, which is the document's as well. */
  create(id: string, source: string, version: Version): void {
    const { now, source: system } = this.#work;
    const rowId = newId(version.kind);
    const { issuedAt } = version.plan;
    const frozen = frozenRow(version.kind, rowId, 1, version.content, issuedAt);
    const row = {
      ...columnsOf(version), id: rowId, external_id: externalIdOf(system, version.kind, id), created_at: issuedAt, updated_at: now, number: version.content.number, version: 1, hash: frozen.hash,
      ...(version.kind === 'estimate' ? {} : { estimate_id: null, online_payment: version.subject.job.online_payment, subtracted_by: null, settled: 0 }),
    };
    this.#rows[version.kind].push(row);
    this.#versions.push(frozen);
    if (version.kind === 'invoice') this.#bill(rowId, version);
    this.remember(version.kind, id, source, row);
  }

  /** Writes a row anew, with a further version where it says something else than before. @returns whether anything was written. */
  async rewrite(id: string, source: string, row: DocumentRow, version: Version): Promise<boolean> {
    const { scope, now } = this.#work;
    const frozen = frozenRow(version.kind, row.id, row.version + 1, version.content, now);
    const says = frozen.hash === row.hash ? { version: row.version, hash: row.hash } : { version: frozen.version, hash: frozen.hash };
    const fresh = { ...columnsOf(version), ...says };
    const decidedAt = version.plan.kind === 'estimate' ? version.plan.decidedAt : undefined;
    const isSame = says.version === row.version && stateOf(fresh) === stateOf(row) && (decidedAt === undefined || decidedAt === row.decided_at);
    this.remember(version.kind, id, source, isSame ? row : fresh);
    if (isSame) return false;
    await scope.update(documentTables[version.kind]).set({ ...fresh, updated_at: now } as never).where('id', '=', row.id).execute();
    if (says.version !== row.version) this.#versions.push(frozen);
    if (version.kind === 'invoice') {
      const past = await scope.delete('invoice_charges').where('invoice_id', '=', row.id).returning('charge_id').execute();
      for (const { charge_id: charge } of past) this.#recount.add(charge);
      this.#bill(row.id, version);
    }
    return true;
  }

  /** How it was decided, of an estimate that says what it said. @returns whether that is anything new. */
  async decide(id: string, source: string, row: DocumentRow, { status, decidedAt }: EstimatePlan): Promise<boolean> {
    const isSame = row.status === status && row.decided_at === decidedAt;
    if (!isSame) await this.#work.scope.update('estimates').set({ status, decided_at: decidedAt, updated_at: this.#work.now }).where('id', '=', row.id).execute();
    this.remember('estimate', id, source, { ...row, status });
    return !isSame;
  }

  /** Notes how a document was left. */
  remember(kind: DocumentKind, id: string, source: string, row: Parameters<typeof stateOf>[0] | string): void {
    this.#applied[kind].set(id, { source, state: typeof row === 'string' ? row : stateOf(row) });
  }

  async finish(): Promise<void> {
    const { scope } = this.#work;
    // The columns are those of either table; which one that is, the compiler cannot follow.
    for (const kind of ['estimate', 'invoice'] as const) for (const some of pieces(this.#rows[kind])) await scope.insert(documentTables[kind], some as never).execute();
    for (const some of pieces(this.#versions)) await scope.insert('document_versions', some).execute();
    for (const some of pieces(this.#billed)) await scope.insert('invoice_charges', some).execute();
    const charges = [...this.#recount];
    if (charges.length)
      await scope
        .update('charges')
        .set({
          invoiced: sql<number>`coalesce((select cast(sum(amount) as bigint) from invoice_charges as billed where billed.account_id = charges.account_id and billed.charge_id = charges.id), 0)`,
        })
        .where('id', 'in', inList(charges))
        .execute();
    for (const kind of ['estimate', 'invoice'] as const) await rememberDocuments(this.#work, kind, this.#applied[kind]);
  }

  #bill(invoice: string, { subject: { charges } }: Version): void {
    for (const { id, total } of charges) {
      this.#billed.push({ invoice_id: invoice, charge_id: id, amount: total });
      this.#recount.add(id);
    }
  }
}

function columnsOf({ plan, subject: { job }, columns }: Version) {
  const state = plan.kind === 'estimate' ? { status: plan.status, expires_on: null, decided_at: plan.decidedAt } : { status: 'sent' as const };
  return { ...columns, ...state, job_id: job.id, customer_id: job.customer_id, contact_id: job.contact_id, sent_at: plan.issuedAt };
}
