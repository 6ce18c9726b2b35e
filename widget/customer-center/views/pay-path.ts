import type { Router } from '../router.ts';

/** What stands in the path, and names the draft, when more invoices are paid than fit into a path. */
export const selected = 'selected';
/** Name of the draft that says when something was paid last: lists that were read before say no longer what is due. */
export const lastPaid = 'paid';
/** Name of the draft that says that the pay view comes in another one's place, and takes the focus itself. */
export const again = 'again';
/** A path is at most as long as a link's destination may be. */
const mostInPath = 5;

/** The path of the pay view for some invoices. */
export function payPath(router: Router, ids: readonly string[]): string {
  const all = ids.join('/');
  if (ids.length <= mostInPath) return `/pay/${all}`;
  router.saveDraft(selected, all);
  return `/pay/${selected}`;
}
