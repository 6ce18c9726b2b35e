/** What an import did: counts, reasons, and a file with every record that was not taken as it was. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { OperatorError } from '../database/open.ts';
import type { Issue, Outcome } from './records.ts';

/** What rows came of the records: a customer record makes a customer, a contact and an address. `document` is what is kept word for word. */
export const partKinds = ['customer', 'contact', 'address', 'job', 'visit', 'charge', 'adjustment', 'payment', 'document', 'estimate', 'invoice', 'credit'] as const;
export type PartKind = (typeof partKinds)[number];
export const fates = ['created', 'updated', 'unchanged', 'removed'] as const;
export type Fate = (typeof fates)[number];

/** Issues are counted by cause; only these many ids of each are kept in memory. */
const EXAMPLES = 3;
const BUFFER = 64 * 1024;

interface Cause {
  outcome: Outcome;
  kind: string;
  reason: string;
  count: number;
  examples: string[];
}

export class Report {
  readonly counts = new Map<string, number>();
  readonly causes = new Map<string, Cause>();
  readonly #path: string | null;
  #file: number | undefined;
  #lines = '';

  /** @param rejects where to write the records with issues; null for nowhere. The file is made with the first one. */
  constructor(rejects: string | null) {
    this.#path = rejects;
  }

  count(kind: PartKind, fate: Fate, by = 1): void {
    if (by) this.counts.set(`${kind} ${fate}`, this.of(kind, fate) + by);
  }

  of(kind: PartKind, fate: Fate): number {
    return this.counts.get(`${kind} ${fate}`) ?? 0;
  }

  issue(issue: Issue): void {
    const key = `${issue.outcome} ${issue.kind} ${issue.reason}`;
    const cause = this.causes.get(key) ?? { outcome: issue.outcome, kind: issue.kind, reason: issue.reason, count: 0, examples: [] };
    cause.count += 1;
    if (cause.examples.length < EXAMPLES) cause.examples.push([issue.id ?? issue.place ?? 'without id', issue.detail].filter(Boolean).join(': ').slice(0, 90));
    this.causes.set(key, cause);
    if (!this.#path) return;
    const { outcome, kind, id, reason, detail, place, record } = issue;
    this.#lines += `${JSON.stringify({ outcome, kind, id, reason, detail, place, record })}\n`;
    if (this.#lines.length > BUFFER) this.#flush();
  }

  /** Writes what is left; the path of the file, if there is one. */
  close(): string | null {
    this.#flush();
    if (this.#file === undefined) return null;
    closeSync(this.#file);
    this.#file = undefined;
    return this.#path;
  }

  issues(outcome: Outcome, kind?: string): number {
    let sum = 0;
    for (const cause of this.causes.values()) if (cause.outcome === outcome && (!kind || cause.kind === kind)) sum += cause.count;
    return sum;
  }

  #flush(): void {
    if (!this.#path || !this.#lines) return;
    try {
      // Customers' data: for the operator's eyes only.
      this.#file ??= openSync(this.#path, 'w', 0o600);
    } catch (error) {
      this.#lines = '';
      throw new OperatorError(`The file of rejects ${this.#path} cannot be written (${(error as Error).message}); name another with --rejects <file>.`);
    }
    writeSync(this.#file, this.#lines);
    this.#lines = '';
  }
}
