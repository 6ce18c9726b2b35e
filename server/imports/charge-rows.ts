/** Writes charges with a view to the invoices that bill them. */
import { billedByOthers } from './applied-documents.ts';
import { inList } from '../platform/lists.ts';
import { appliedIds, changedParts, held, removeParts, rowIds, writeParts, type Part, type Work } from './parts.ts';

export interface ChargesWritten {
  /** Ids of the parts that were written. */
  changed: Set<string>;
  removed: Set<string>;
  /** Rows of the jobs whose charges are others now. */
  jobs: Set<string>;
}

/**
 * Writes what has changed of these charges, and removes those that are `gone`. One that an invoice of the office bills stays as it
 * is and is reported; one that an imported invoice bills is let go, for that invoice to be written anew.
 */
export async function writeCharges(work: Work, kind: 'charge' | 'adjustment', parts: Part[], gone: string[]): Promise<ChargesWritten> {
  const changed = await changedParts(work, kind, parts);
  const existing = await rowIds(work, kind, changed.map(({ id }) => id));
  const known = await appliedIds(work, kind, gone);
  const leaving = await rowIds(work, kind, known);
  const before = await held(work, kind, existing, ['id', 'job_id']);
  const last = await held(work, kind, leaving, ['id', 'job_id']);
  const billed = await billedByOthers(work, [...existing.values(), ...leaving.values()]);
  const isFree = (id: string): boolean => {
    const row = existing.get(id) ?? leaving.get(id);
    if (row === undefined || !billed.has(row)) return true;
    work.tally.issues.push({ outcome: 'noted', kind: kind === 'charge' ? 'charge' : 'job', id, reason: keptReason[kind], record: { id } });
    return false;
  };
  const [written, removable] = [changed.filter(({ id }) => isFree(id)), known.filter(isFree)];
  const moved = written.flatMap(({ id, columns }) => (before.has(id) && before.get(id)!.job_id !== columns['job_id'] ? existing.get(id)! : []));
  await release(work, [...moved, ...removable.flatMap((id) => leaving.get(id) ?? [])]);
  await writeParts(work, kind, written, existing);
  const removed = await removeParts(work, kind, removable);
  const jobs = new Set(written.flatMap(({ id, columns }) => [columns['job_id'] as string, before.get(id)?.job_id ?? []].flat()));
  for (const id of removed) if (last.has(id)) jobs.add(last.get(id)!.job_id);
  return { changed: new Set(written.map(({ id }) => id)), removed, jobs };
}

const keptReason = {
  charge: 'an invoice that was made or changed here bills it; it stays as it is',
  adjustment: 'an invoice that was made or changed here bills its line “Adjustment”; that stays as it is',
} as const;

/** No invoice bills these any more. */
async function release({ scope }: Work, charges: string[]): Promise<void> {
  if (!charges.length) return;
  await scope.delete('invoice_charges').where('charge_id', 'in', inList(charges)).execute();
  await scope.update('charges').set({ invoiced: 0 }).where('id', 'in', inList(charges)).execute();
}
