/** Frozen versions: what was sent, word for word, and the hash that an approval is bound to. */
import { createHash } from 'node:crypto';
import type { DocumentKind } from '../contract/documents.ts';
import type { EstimateContent } from '../contract/estimates.ts';
import type { InvoiceContent } from '../contract/invoices.ts';
import type { Scope } from '../database/scope.ts';
import { now } from '../platform/ids.ts';

export interface ContentOf {
  estimate: EstimateContent;
  invoice: InvoiceContent;
}
export interface Version<Kind extends DocumentKind> {
  version: number;
  content: ContentOf[Kind];
  hash: string;
  createdAt: string;
}

/** JSON with sorted keys, so that the same content always has the same bytes. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );

/** SHA-256 over the canonical JSON, base64url. */
export const contentHash = (content: unknown): string => hashOfText(canonical(content));

const hashOfText = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** What `If-Match` must carry: which version, and what it says. */
export const etagOf = (version: number, hash: string | null): string => `${version}-${hash ?? ''}`;

/** The row of a version that is kept for ever. */
export function frozenRow<Kind extends DocumentKind>(kind: Kind, id: string, version: number, content: ContentOf[Kind], createdAt: string) {
  const text = canonical(content);
  return { document_kind: kind, document_id: id, version, content: text, hash: hashOfText(text), created_at: createdAt };
}

/** Keeps a version for ever. @returns its hash. */
export async function freeze<Kind extends DocumentKind>(scope: Scope, kind: Kind, id: string, version: number, content: ContentOf[Kind]): Promise<string> {
  const row = frozenRow(kind, id, version, content, now());
  await scope.insert('document_versions', row).execute();
  return row.hash;
}

export async function readVersion<Kind extends DocumentKind>(scope: Scope, kind: Kind, id: string, version: number): Promise<Version<Kind> | undefined> {
  const row = await scope
    .from('document_versions')
    .select(['version', 'content', 'hash', 'created_at'])
    .where('document_kind', '=', kind)
    .where('document_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return row && { version: row.version, content: JSON.parse(row.content) as ContentOf[Kind], hash: row.hash, createdAt: row.created_at };
}
