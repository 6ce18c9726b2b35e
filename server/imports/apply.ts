/**
 * Applies what is staged, one customer with everything under them in each transaction, and removes it from the staging in the
 * same one. A crash therefore leaves whole customers, and another run goes on from there.
 */
import { inTurn } from '../database/lock.ts';
import { now } from '../platform/ids.ts';
import { refreshJobs } from '../work/refresh.ts';
import { applyCustomers } from './apply-customers.ts';
import { applyJobs, applyLines } from './apply-jobs.ts';
import { rewriteDocuments } from './documents.ts';
import { hurryHere } from './haste.ts';
import { rowIds, Tally, type Work } from './parts.ts';
import type { ChargeRecord, CustomerRecord, ImportRecord, JobRecord, PaymentRecord, RecordKind, Removal } from './records.ts';
import type { ImportRun } from './run.ts';
import type { Staging } from './staging.ts';

const CUSTOMERS_AT_ONCE = 100;
const JOBS_AT_ONCE = 50;
/** Somebody in the office may save a record at the same moment. */
const ATTEMPTS = 4;
const passing = new Set(['40001', '40P01', '23505', 'SQLITE_BUSY', 'SQLITE_CONSTRAINT_UNIQUE']);

type Kinds = ReadonlySet<RecordKind>;
/** A step within one transaction, on the staged records as that transaction sees them. */
type Step = (work: Work, staged: Staging) => Promise<void>;

export async function applyStaged(run: ImportRun, staging: Staging, kinds: Kinds): Promise<void> {
  run.progress.begin('Importing', await staging.size());
  const claimed = run.dryRun ? new Set<string>() : null;
  const step = (work: Step) => inTransaction(run, staging, claimed, work);
  for (let key = await staging.nextCustomerKey('customer'); key; key = await staging.nextCustomerKey('customer'))
    await step(family(key, kinds));
  // What is left belongs to customers and jobs that are not in this export: they may be here from an earlier one.
  for (let key = await staging.nextCustomerKey('job'); key; key = await staging.nextCustomerKey('job'))
    await step(jobsOfKnownCustomer(key, kinds));
  for (let key = await staging.nextJobKey(); key; key = await staging.nextJobKey()) await step(linesOfKnownJob(key));
}

async function inTransaction(run: ImportRun, staging: Staging, claimed: Set<string> | null, step: Step): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const tally = new Tally();
    try {
      // In turn, because the office and customers may change the very documents.
      await inTurn(run.target, async (scope) => {
        const staged = run.dryRun ? staging : staging.over(scope);
        await hurryHere(scope);
        await staged.hold();
        await step({ scope, source: staging.source, now: now(), tally, claimed }, staged);
        if (run.dryRun) throw new RolledBack();
      });
    } catch (error) {
      const again = attempt < ATTEMPTS && passing.has((error as { code?: string }).code ?? '');
      if (again) continue;
      if (!(error instanceof RolledBack)) throw error;
    }
    tally.pour(run.report);
    run.progress.advance(tally.done);
    return;
  }
}

/** A dry run does everything and keeps nothing. */
class RolledBack extends Error {}

const family = (head: string, kinds: Kinds): Step => async (work, staged) => {
  for await (const customers of pages<CustomerRecord>(staged, 'customer', head, CUSTOMERS_AT_ONCE, head)) {
    for (const id of await applyCustomers(work, customers, head)) await jobsOf(id, kinds)(work, staged);
  }
  work.tally.done += await staged.removeOfCustomer('customer', head);
};

const jobsOf = (customer: string, kinds: Kinds): Step => async (work, staged) => {
  for await (const jobs of pages<JobRecord>(staged, 'job', customer, JOBS_AT_ONCE)) {
    const ids = jobs.map(({ id }) => id);
    const charges = await staged.ofJobs<ChargeRecord | Removal>('charge', ids);
    const payments = await staged.ofJobs<PaymentRecord | Removal>('payment', ids);
    await applyJobs(work, { jobs, charges, payments, kinds });
    work.tally.done += await staged.removeOfJobs(ids);
  }
  work.tally.done += await staged.removeOfCustomer('job', customer);
};

const jobsOfKnownCustomer = (customer: string, kinds: Kinds): Step => async (work, staged) => {
  if ((await rowIds(work, 'customer', [customer])).size) return await jobsOf(customer, kinds)(work, staged);
  for await (const jobs of pages<JobRecord>(staged, 'job', customer, JOBS_AT_ONCE))
    for (const job of jobs) skip(work, job, 'its customer is neither in the export nor here', `customer ${customer}`);
  work.tally.done += await staged.removeOfCustomer('job', customer);
};

const linesOfKnownJob = (job: string): Step => async (work, staged) => {
  const rows = await rowIds(work, 'job', [job]);
  const charges = await staged.ofJobs<ChargeRecord | Removal>('charge', [job]);
  const payments = await staged.ofJobs<PaymentRecord | Removal>('payment', [job]);
  if (rows.size) {
    const { touched, recharged } = await applyLines(work, { charges, payments }, rows);
    await rewriteDocuments(work, [...recharged]);
    if (touched.size) await refreshJobs(work.scope, [...rows.values()]);
  } else {
    // A removal has been reported where it was read.
    for (const line of [...charges, ...payments]) if (!('removed' in line)) skip(work, line, 'its job is neither in the export nor here', `job ${job}`);
  }
  work.tally.done += await staged.removeOfJobs([job]);
};

function skip(work: Work, record: ImportRecord, reason: string, detail: string): void {
  work.tally.issues.push({ outcome: 'skipped', kind: record.kind, id: record.id, reason, detail, record });
}

/** Staged records under one customer, some at a time; `first` comes before all others. */
async function* pages<R extends CustomerRecord | JobRecord>(staged: Staging, kind: R['kind'], key: string, size: number, first?: string): AsyncGenerator<R[]> {
  const head = first ? await staged.one<R>(kind, first) : null;
  if (head) yield [head];
  for (let after = ''; ; ) {
    const page = await staged.ofCustomer<R>(kind, key, after, size);
    const others = page.filter((record) => record.id !== first);
    if (others.length) yield others;
    if (page.length < size) return;
    after = page.at(-1)!.id;
  }
}

