/** Sub-customers: sources nest them as deep as they like, our model has one level. */
import type { Scope } from '../database/scope.ts';
import { inList } from '../platform/lists.ts';
import { externalIdOf } from './parts.ts';
import type { Issue } from './records.ts';
import type { Staging } from './staging.ts';

const AT_ONCE = 500;

/**
 * Stages each sub-customer under the head of its family, so that a family is applied in one transaction.
 * @param parents the parent of each customer that has one.
 */
export async function settleFamilies(staging: Staging, target: Scope, parents: Map<string, string>): Promise<Issue[]> {
  const wanted = [...new Set(parents.values())];
  const known = new Set<string>();
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const some = wanted.slice(from, from + AT_ONCE);
    for (const id of await staging.stagedCustomers(some)) known.add(id);
    const byExternalId = new Map(some.map((id) => [externalIdOf(staging.source, 'customer', id), id]));
    const rows = await target.from('customers').select('external_id').where('external_id', 'in', inList([...byExternalId.keys()])).execute();
    for (const row of rows) known.add(byExternalId.get(row.external_id ?? '')!);
  }
  const issues: Issue[] = [];
  const mended = (id: string, reason: string, parent: string) => issues.push({ outcome: 'mended', kind: 'customer', id, reason, detail: `parent ${parent}`, record: { id, parentId: parent } });
  const children = [...parents.entries()];
  for (let from = 0; from < children.length; from += AT_ONCE) {
    await staging.scope.transaction(async (scope) => {
      const here = staging.over(scope);
      await here.hold();
      for (const [id, parent] of children.slice(from, from + AT_ONCE)) {
        const { head, depth } = headOf(id, parents, known);
        if (head === id) mended(id, known.has(parent) ? 'its parents go round in a circle; imported as a customer of its own' : 'its parent is neither in the export nor here; imported as a customer of its own', parent);
        else if (depth > 1) mended(id, 'it is a sub-customer of a sub-customer; put directly under the first', parent);
        if (head !== id) await here.setFamily(id, head);
      }
    });
  }
  return issues;
}

/** The customer itself when it has no usable parent. */
export function headOf(id: string, parents: Map<string, string>, known: Set<string>): { head: string; depth: number } {
  const seen = new Set([id]);
  let head = id;
  for (;;) {
    const parent = parents.get(head);
    if (!parent || !known.has(parent)) return { head, depth: seen.size - 1 };
    if (seen.has(parent)) return { head: id, depth: 0 };
    seen.add(parent);
    head = parent;
  }
}
