/**
 * What an import knows of the documents that it made before. Beside the hash of what the source said then it keeps how the
 * document was left, so that one which somebody has changed since, decided or taken back is theirs from then on.
 */
import type { Selectable } from 'kysely';
import type { InvoicesTable } from '../database/schema-documents.ts';
import { inList, slices } from '../platform/lists.ts';
import { externalIdOf, hashOf, remember, type Work } from './parts.ts';

/** Credits are rows of `invoices`. */
export type DocumentKind = 'estimate' | 'invoice';
export const documentTables = { estimate: 'estimates', invoice: 'invoices' } as const;

export interface Applied {
  /** Hash of what the source said. */
  source: string;
  /** How the document was left. */
  state: string;
}
/** In place of the hash: the source has no such document any more. */
export const GONE = 'gone';

/** Of both kinds, by kind and job. */
export async function appliedDocuments(work: Work, jobs: string[]): Promise<Map<string, Applied>> {
  const found = new Map<string, Applied>();
  for (const some of slices(jobs)) {
    const rows = await work.scope.from('import_applied').select(['kind', 'source_id', 'hash'])
      .where('source', '=', work.source).where('kind', 'in', ['estimate', 'invoice']).where('source_id', 'in', inList(some)).execute();
    for (const { kind, source_id: id, hash } of rows) {
      const [source = '', state = ''] = hash.split(' ');
      found.set(`${kind} ${id}`, { source, state });
    }
  }
  return found;
}

export const rememberDocuments = (work: Work, kind: DocumentKind, documents: Map<string, Applied>): Promise<void> =>
  remember(work, kind, [...documents].map(([id, { source, state }]) => ({ id, hash: `${source} ${state}` })));

interface State {
  draft: string;
  version: number;
  status: string;
  contact_id: string | null;
}

/** Everything that people can change of it. What is paid of it is the ledger's, and no change. */
export const stateOf = ({ draft, version, status, contact_id: contact }: State): string => hashOf([draft, version, status, contact]);

/** Of these charges, those that an invoice bills which is not this import's to write anew: the office has made or changed it. */
export async function billedByOthers(work: Work, charges: string[]): Promise<Set<string>> {
  const billed = new Set<string>();
  if (!charges.length) return billed;
  const rows = await work.scope
    .from('invoice_charges')
    .innerJoin('invoices', (join) => join.onRef('invoices.account_id', '=', 'invoice_charges.account_id').onRef('invoices.id', '=', 'invoice_charges.invoice_id'))
    .where('invoice_charges.charge_id', 'in', inList(charges))
    .select(['invoice_charges.charge_id', 'invoices.external_id', 'invoices.draft', 'invoices.version', 'invoices.status', 'invoices.contact_id'])
    .execute();
  if (!rows.length) return billed;
  const prefix = externalIdOf(work.source, 'invoice', '');
  const jobOf = (row: Pick<Selectable<InvoicesTable>, 'external_id'>) => (row.external_id?.startsWith(prefix) ? row.external_id.slice(prefix.length) : null);
  const applied = await appliedDocuments(work, rows.flatMap((row) => jobOf(row) ?? []));
  for (const row of rows) if (applied.get(`invoice ${jobOf(row)}`)?.state !== stateOf(row)) billed.add(row.charge_id);
  return billed;
}
