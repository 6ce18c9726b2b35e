/**
 * Estimates, invoices and credits that come of jobs, written beside them in the same transaction. They were sent by the source:
 * nobody is told of them here, and nothing is kept of a decision but that it was made. What people have done to one since stays.
 */
import { voidInvoice } from '../invoices/voiding.ts';
import { dayOf } from '../platform/calendar.ts';
import { Problem } from '../platform/problems.ts';
import { appliedDocuments, GONE, stateOf, type Applied, type DocumentKind } from './applied-documents.ts';
import type { JobBatch } from './apply-jobs.ts';
import { show } from './differences.ts';
import { subjectsOf, type Subject } from './document-content.ts';
import { plansOf, type EstimatePlan, type InvoicePlan } from './document-plans.ts';
import { documentsHere, DocumentWriting, versionOf, type DocumentRow, type Issued, type Version } from './document-rows.ts';
import { settleNumbers } from './numbers.ts';
import { externalIdOf, hashOf, type Work } from './parts.ts';
import type { JobRecord } from './records.ts';

/** More lines than that no document has. */
const MOST_LINES = 500;

type Plan = EstimatePlan | InvoicePlan;

/** A document that is, should be, or should be no more. */
interface Wish {
  kind: DocumentKind;
  /** The source's id of the job. */
  id: string;
  /** The row of the job. */
  job: string;
  plan: Plan | null;
  /** What the source says now, and what the import knows of the last time. */
  source: string;
  applied: Applied | undefined;
  /** What it comes to by the source; null where that is not known. */
  total: number | null;
  /** What the charges and the tax here have to come to, where the export does not hold the charges. */
  expected?: number | null;
}

/** What one wish has to do with. */
interface Case extends Wish {
  subject: Subject;
  row: DocumentRow | undefined;
  others: DocumentRow[];
}

/**
 * Of jobs in the export. `rows` are the jobs by the source's ids, `recharged` those whose charges are others now.
 * @returns the rows of the jobs whose documents have changed.
 */
export async function applyDocuments(work: Work, batch: JobBatch, rows: Map<string, string>, recharged: Set<string>): Promise<Set<string>> {
  const applied = await appliedDocuments(work, batch.jobs.map(({ id }) => id));
  const isKnown = (key: string) => applied.has(key) && applied.get(key)!.source !== GONE;
  const plans = await plansOf(work, batch, rows, new Set(batch.jobs.flatMap(({ id }) => (isKnown(`invoice ${id}`) ? id : []))));
  const wishes = batch.jobs.flatMap((record) => {
    const { total, worth, ...planned } = plans.get(record.id)!;
    return (['estimate', 'invoice'] as const).flatMap((kind): Wish[] => {
      const [plan, before, job] = [planned[kind], applied.get(`${kind} ${record.id}`), rows.get(record.id)!];
      // Without its charges, invoice and credit cannot be told apart.
      if ((!plan && !before) || (before && kind === 'invoice' && worth === null)) return [];
      const source = plan ? hashOf(factsOf(record, plan)) : GONE;
      if (before?.source !== source || (plan && recharged.has(job)))
        return [{ kind, id: record.id, job, plan, source, applied: before, total, ...(batch.kinds.has('charge') ? {} : { expected: worth }) }];
      if (plan) work.tally.count(plan.kind, 'unchanged', 1);
      return [];
    });
  });
  return write(work, wishes);
}

/** Of jobs that the export says nothing about, but whose charges it has changed: each says what it said, with the charges as they are now. */
export async function rewriteDocuments(work: Work, jobs: string[]): Promise<void> {
  if (!jobs.length) return;
  const here = await documentsHere(work, jobs);
  const own = (['estimate', 'invoice'] as const).flatMap((kind) => {
    const prefix = externalIdOf(work.source, kind, '');
    return here[kind].flatMap((row) => (row.external_id?.startsWith(prefix) ? [{ kind, row, id: row.external_id.slice(prefix.length) }] : []));
  });
  const applied = await appliedDocuments(work, own.map(({ id }) => id));
  const wishes = own.flatMap(({ kind, row, id }): Wish[] => {
    const before = applied.get(`${kind} ${id}`);
    if (!before || before.source === GONE) return [];
    return [{ kind, id, job: row.job_id, plan: planOf(work, row), source: before.source, applied: before, total: null }];
  });
  await write(work, wishes);
}

/** Everything but the charges that would make it another document. */
const factsOf = ({ customerId, service, poNumber, presentation, tax }: JobRecord, plan: Plan): object =>
  plan.kind === 'estimate' ? { customerId, service, poNumber, tax, ...plan } : { customerId, service, poNumber, presentation, tax, ...plan };

/** What an import has made a document of. */
function planOf({ scope }: Work, row: DocumentRow): Plan {
  const { terms, dueOn } = JSON.parse(row.draft) as { terms: string | null; dueOn?: string | null };
  const issuedAt = row.sent_at!;
  if (row.kind) return { kind: row.kind === 'credit' ? 'credit' : 'invoice', issuedOn: row.issued_on ?? null, issuedAt, dueOn: dueOn ?? null, terms };
  return { kind: 'estimate', status: row.status as EstimatePlan['status'], issuedOn: dayOf(issuedAt, scope.account.time_zone), issuedAt, decidedAt: row.decided_at ?? null, terms };
}

async function write(work: Work, wishes: Wish[]): Promise<Set<string>> {
  const changed = new Set<string>();
  if (!wishes.length) return changed;
  const jobs = [...new Set(wishes.map(({ job }) => job))];
  const [subjects, here, writing] = [await subjectsOf(work, jobs), await documentsHere(work, jobs), new DocumentWriting(work)];
  const fresh: Case[] = [];
  for (const wish of wishes) {
    const ofJob = here[wish.kind].filter((row) => row.job_id === wish.job);
    const row = ofJob.find((each) => each.external_id === externalIdOf(work.source, wish.kind, wish.id));
    const given = { ...wish, subject: subjects.get(wish.job)!, row, others: ofJob.filter((each) => each !== row) };
    if (!row && !wish.applied) fresh.push(given);
    else if (await settle(work, writing, given, fresh)) changed.add(wish.job);
  }
  for (const given of await create(work, writing, fresh)) changed.add(given.job);
  await writing.finish();
  return changed;
}

/** One that an earlier import has made. @returns whether anything has changed. */
async function settle(work: Work, writing: DocumentWriting, given: Case, fresh: Case[]): Promise<boolean> {
  const { kind, id, plan, source, row, applied } = given;
  if (!row) {
    if (plan) note(work, given, 'it was deleted here after an earlier import; it stays deleted');
    writing.remember(kind, id, source, applied!.state);
    return false;
  }
  if (applied?.state !== stateOf(row)) {
    // That both say the same of an answer is nothing to report.
    const agrees = plan?.kind === 'estimate' && plan.status !== 'sent' && plan.status === row.status;
    if (!agrees) note(work, given, 'it was changed or decided here after an earlier import; it stays as it is');
    writing.remember(kind, id, source, applied?.state ?? 'unknown');
    return false;
  }
  if (!plan) return takeBack(work, writing, given, row);
  if (row.kind && row.kind !== plan.kind) return replace(work, writing, given, row, fresh);
  return rewrite(work, writing, given, row, plan);
}

/** Numbers of invoices and credits are two sequences, so the one does not become the other. */
async function replace(work: Work, writing: DocumentWriting, given: Case, row: DocumentRow, fresh: Case[]): Promise<boolean> {
  await takeBack(work, writing, given, row);
  await work.scope.update('invoices').set({ external_id: null }).where('id', '=', row.id).execute();
  // It bills nothing any more.
  fresh.push({ ...given, subject: (await subjectsOf(work, [given.job])).get(given.job)!, row: undefined });
  return true;
}

async function rewrite(work: Work, writing: DocumentWriting, given: Case, row: DocumentRow, plan: Plan): Promise<boolean> {
  const { id, kind, source, subject } = given;
  const version = build(work, given, plan, row);
  if (plan.kind === 'estimate' && (row.status === 'approved' || row.status === 'declined') && plan.status !== 'sent') {
    // What somebody has decided does not change by what is done and charged afterwards.
    if (version && version.columns.total !== row.total)
      note(work, given, 'it was decided before its charges changed; it stays as it was', `total ${show(work, row.total)}, now ${show(work, version.columns.total)}`);
    return count(work, plan.kind, await writing.decide(id, source, row, plan));
  }
  if (!version || (kind === 'invoice' && (await isBilledElsewhere(work, row, subject)))) {
    if (version) note(work, given, 'an invoice made here bills some of its charges; it stays as it is');
    // What is only put off is looked at again.
    if (given.expected === undefined) writing.remember(kind, id, source, row);
    return false;
  }
  return count(work, plan.kind, await writing.rewrite(id, source, row, version));
}

function count(work: Work, kind: Plan['kind'], isChanged: boolean): boolean {
  work.tally.count(kind, isChanged ? 'updated' : 'unchanged', 1);
  return isChanged;
}

/** The source has it no more. Its number stays given. */
async function takeBack(work: Work, writing: DocumentWriting, given: Case, row: DocumentRow): Promise<boolean> {
  const { kind, id, source } = given;
  const status = kind === 'invoice' ? 'void' : 'withdrawn';
  writing.remember(kind, id, source, { ...row, status });
  if (row.status === status) return false;
  if (kind === 'invoice') await voidInvoice(work.scope, row.id);
  else await work.scope.update('estimates').set({ status: 'withdrawn', updated_at: work.now }).where('id', '=', row.id).execute();
  note(work, given, kind === 'invoice' ? 'the source has it no more; it is void' : 'the source has it no more; it is withdrawn');
  work.tally.count(row.kind === 'credit' ? 'credit' : kind, 'removed', 1);
  return true;
}

/** Those that are new. @returns those that were made. */
async function create(work: Work, writing: DocumentWriting, fresh: Case[]): Promise<Case[]> {
  const made: Case[] = [];
  const possible = fresh.filter((given) => !isForTheOffice(work, given));
  for (const [kind, ofKind] of Map.groupBy(possible, ({ plan }) => plan!.kind)) {
    const wanting = ofKind.map(({ id, subject }) => ({ id, number: subject.job.number }));
    const numbers = await settleNumbers(work, kind, wanting, new Map());
    for (const given of ofKind) {
      const version = build(work, given, given.plan!, { number: numbers.get(given.id)! });
      if (!version) continue;
      writing.create(given.id, given.source, version);
      work.tally.count(kind, 'created', 1);
      made.push(given);
    }
  }
  return made;
}

/** Whether the office has seen to it in its own way before the first import that makes documents. */
function isForTheOffice(work: Work, given: Case): boolean {
  const { kind, others, subject } = given;
  const isBilled = kind === 'invoice' && subject.charges.some((charge) => charge.invoiced !== 0);
  const isSent = others.some((row) => (kind === 'invoice' ? row.status === 'sent' && row.kind === 'invoice' : row.status !== 'draft' && row.status !== 'withdrawn'));
  if (isBilled || isSent) note(work, given, 'the office has made one here already; none is added');
  return isBilled || isSent;
}

async function isBilledElsewhere({ scope }: Work, row: DocumentRow, { charges }: Subject): Promise<boolean> {
  const own = new Map((await scope.from('invoice_charges').select(['charge_id', 'amount']).where('invoice_id', '=', row.id).execute()).map((each) => [each.charge_id, each.amount]));
  return charges.some((charge) => charge.invoiced !== (own.get(charge.id) ?? 0));
}

/** The version as it would be now; undefined, with the reason reported, where there can be none. */
function build(work: Work, given: Case, plan: Plan, row: Pick<DocumentRow, 'number'> & Partial<DocumentRow>): Version | undefined {
  const { subject, total, expected } = given;
  const refuse = (reason: string, detail?: string) => void note(work, given, reason, detail);
  const lines = subject.charges.length;
  if (lines > MOST_LINES) return refuse('it has more lines than a document may have; none is made', `${lines} of ${MOST_LINES}`);
  const issuedAt = plan.issuedAt ?? row.sent_at ?? work.now;
  const issued: Issued<Plan> = { ...plan, issuedAt, issuedOn: plan.issuedOn ?? row.issued_on ?? dayOf(issuedAt, work.scope.account.time_zone) };
  let version: Version;
  try {
    version = versionOf(work, subject, issued, row.number ?? '');
  } catch (error) {
    if (error instanceof Problem) return refuse('its amounts are larger than those of a document may be; none is made');
    throw error;
  }
  const here = version.columns.total;
  const figures = () => `total ${show(work, here)}, source ${show(work, total)}`;
  if (expected !== undefined && here !== expected) return refuse('its charges are not here; it comes with an export that has them', figures());
  if (plan.kind === 'credit' ? here > 0 : here < 0) return refuse('its charges here make another kind of document; it is left to the office', figures());
  if (total !== null && here !== total) refuse('its total is not the one that the source states', figures());
  return version;
}

function note(work: Work, { id, kind, plan, row }: Case, reason: string, detail?: string): void {
  const what = plan?.kind ?? (row?.kind === 'credit' ? 'credit' : kind);
  work.tally.issues.push({ outcome: 'noted', kind: what, id, reason, ...(detail === undefined ? {} : { detail }), record: { id } });
}
