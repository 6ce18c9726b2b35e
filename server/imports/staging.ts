/**
 * Staging: the whole export is read into `import_staged` before anything is applied, since customers, jobs and charges come in
 * separate files in any order, larger than memory. A file that breaks in the middle therefore changes nothing.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { OperatorError } from '../database/open.ts';
import type { Scope } from '../database/scope.ts';
import { hurryHere } from './haste.ts';
import { inList, pieces } from '../platform/lists.ts';
import { checkRecord, recordKinds, type ImportRecord, type Issue, type RecordKind } from './records.ts';

/** Rows in one transaction: enough to be quick, few enough that a running server hardly waits. */
const CLEAR_AT_ONCE = 2000;
/** The row that says which run the staged records belong to. */
const RUN = 'run';

/** One run's staged records. `over` is the same rows seen from within a transaction. */
export class Staging {
  readonly scope: Scope;
  readonly source: string;
  readonly #token: string;

  private constructor(scope: Scope, source: string, token: string) {
    this.scope = scope;
    this.source = source;
    this.#token = token;
  }

  /** Takes the place of any earlier run, dead or alive, and clears what it left. */
  static async begin(scope: Scope, source: string): Promise<Staging> {
    const staging = new Staging(scope, source, randomUUID());
    await scope
      .insert('import_staged', { source, kind: RUN, source_id: RUN, customer_key: null, job_key: null, data: staging.#token })
      .onConflict((conflict) => conflict.columns(['account_id', 'source', 'kind', 'source_id']).doUpdateSet({ data: staging.#token }))
      .execute();
    await staging.#clear();
    return staging;
  }

  over(scope: Scope): Staging {
    return new Staging(scope, this.source, this.#token);
  }

  /** Two runs at once would mix their records: the later one wins and the earlier one stops here. */
  async hold(): Promise<void> {
    const mine = this.scope.from('import_staged').select('data').where('source', '=', this.source).where('kind', '=', RUN);
    const row = await (this.scope.engine === 'postgres' ? mine.forUpdate() : mine).executeTakeFirst();
    if (row?.data !== this.#token) throw new OperatorError('Another import into this account has begun meanwhile; this one has stopped.');
  }

  /** Stages records of one kind; those that cannot be are returned as issues. */
  async add(kind: RecordKind, batch: { record: ImportRecord; original: unknown }[]): Promise<Issue[]> {
    const issues: Issue[] = [];
    const fresh = new Map<string, ImportRecord>();
    await this.scope.transaction(async (scope) => {
      const here = this.over(scope);
      await hurryHere(scope);
      await here.hold();
      const ids = batch.map(({ record }) => record.id);
      const rows = await here.#rows(kind).select('source_id').where('source_id', 'in', inList(ids)).execute();
      const staged = new Set(rows.map((row) => row.source_id));
      for (const { record, original } of batch) {
        const checked = checkRecord(record);
        const refused =
          'problem' in checked ? 'it has a value that cannot be kept' : staged.has(record.id) || fresh.has(record.id) ? 'its id comes more than once; the first record counts' : null;
        if (refused) issues.push({ outcome: 'skipped', kind, id: record.id, reason: refused, ...('problem' in checked ? { detail: checked.problem } : {}), record: original });
        else if ('record' in checked) fresh.set(record.id, checked.record);
      }
      for (const some of pieces([...fresh.values()])) await scope.insert('import_staged', some.map((record) => this.#row(kind, record))).execute();
    });
    return issues;
  }

  /** Puts customers under the heads of their families. */
  async setFamily(id: string, head: string): Promise<void> {
    await this.scope.update('import_staged').set({ customer_key: head })
      .where('source', '=', this.source).where('kind', '=', 'customer').where('source_id', '=', id).execute();
  }

  /** Which of these customers are staged. */
  async stagedCustomers(ids: string[]): Promise<string[]> {
    const rows = await this.#rows('customer').select('source_id').where('source_id', 'in', inList(ids)).execute();
    return rows.map((row) => row.source_id);
  }

  /** The next customer key that has rows of this kind; null when none is left. */
  async nextCustomerKey(kind: 'customer' | 'job'): Promise<string | null> {
    const row = await this.#rows(kind).select('customer_key').orderBy('customer_key').limit(1).executeTakeFirst();
    return row?.customer_key ?? null;
  }

  async nextJobKey(): Promise<string | null> {
    for (const kind of ['charge', 'payment'] as const) {
      const row = await this.#rows(kind).select('job_key').orderBy('job_key').limit(1).executeTakeFirst();
      if (row?.job_key) return row.job_key;
    }
    return null;
  }

  /** Records under one customer, in the order of their ids; hand the last id back for more. */
  async ofCustomer<R extends ImportRecord>(kind: 'customer' | 'job', key: string, after: string, limit: number): Promise<R[]> {
    const rows = await this.#rows(kind).select('data').where('customer_key', '=', key).where('source_id', '>', after)
      .orderBy('source_id').limit(limit).execute();
    return rows.map((row) => JSON.parse(row.data) as R);
  }

  async one<R extends ImportRecord>(kind: RecordKind, id: string): Promise<R | null> {
    const row = await this.#rows(kind).select('data').where('source_id', '=', id).executeTakeFirst();
    return row ? (JSON.parse(row.data) as R) : null;
  }

  /** How many records wait. */
  async size(): Promise<number> {
    let size = 0;
    for (const kind of recordKinds) {
      const { count } = await this.#rows(kind).select((row) => row.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
      size += Number(count);
    }
    return size;
  }

  async ofJobs<R extends ImportRecord>(kind: 'charge' | 'payment', jobs: string[]): Promise<R[]> {
    const rows = await this.#rows(kind).select('data').where('job_key', 'in', inList(jobs)).execute();
    return rows.map((row) => JSON.parse(row.data) as R);
  }

  /** @returns how many there were. */
  async removeOfCustomer(kind: 'customer' | 'job', key: string): Promise<number> {
    const { numDeletedRows } = await this.#deletion(kind).where('customer_key', '=', key).executeTakeFirst();
    return Number(numDeletedRows);
  }

  async removeOfJobs(jobs: string[]): Promise<number> {
    let removed = 0;
    for (const kind of ['charge', 'payment'] as const) {
      const { numDeletedRows } = await this.#deletion(kind).where('job_key', 'in', inList(jobs)).executeTakeFirst();
      removed += Number(numDeletedRows);
    }
    return removed;
  }

  /** Gives the staged records up, and the run with them, unless another has taken over. */
  async end(): Promise<void> {
    try {
      await this.hold();
    } catch (error) {
      if (error instanceof OperatorError) return;
      throw error;
    }
    await this.#clear();
    await this.#deletion(RUN).where('data', '=', this.#token).execute();
  }

  /** PostgreSQL plans by statistics, which are those of an empty table until somebody says otherwise. */
  async analyse(): Promise<void> {
    if (this.scope.engine === 'postgres') await sql`analyze import_staged`.execute(this.scope.db);
  }

  async #clear(): Promise<void> {
    for (const kind of recordKinds) {
      for (;;) {
        const some = this.#rows(kind).select('source_id').limit(CLEAR_AT_ONCE);
        const { numDeletedRows } = await this.#deletion(kind).where('source_id', 'in', some).executeTakeFirst();
        if (!numDeletedRows) break;
      }
    }
  }

  #row(kind: RecordKind, record: ImportRecord) {
    return {
      source: this.source,
      kind,
      source_id: record.id,
      customer_key: 'customerId' in record ? record.customerId : record.kind === 'customer' ? record.id : null,
      job_key: 'jobId' in record ? record.jobId : null,
      data: JSON.stringify(record),
    };
  }

  #rows(kind: RecordKind) {
    return this.scope.from('import_staged').where('source', '=', this.source).where('kind', '=', kind);
  }

  #deletion(kind: string) {
    return this.scope.delete('import_staged').where('source', '=', this.source).where('kind', '=', kind);
  }
}
