/** Random tokens, their hashes at rest, and values derived from the server's key. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, base64url: 43 characters. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token. Plain SHA-256 is enough at 256 bits (ASVS 6.5.2). */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** HMAC-SHA-256 with the server's key; `purpose` keeps uses apart. */
export type Derive = (purpose: string, ...parts: string[]) => string;
export const deriveWith =
  (secretKey: string): Derive =>
  (purpose, ...parts) =>
    createHmac('sha256', secretKey).update([purpose, ...parts].join('\0')).digest('base64url');

/** Compares without telling by time where the difference is. */
export function sameSecret(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** A link's secret: derived from its id, so that a retried mail carries the same link while only the hash is stored. */
export const linkToken = (derive: Derive, linkId: string): string => derive('link', linkId);

/** The six digits of a sign-in request; derived likewise and stored nowhere. */
export function codeOf(derive: Derive, requestId: string): string {
  const bytes = Buffer.from(derive('code', requestId), 'base64url');
  return String(bytes.readUInt32BE(0) % 1_000_000).padStart(6, '0');
}

/**
 * What an office token begins with: an API key (`cck`) or a staff session (`ccs`), and the account to look in, because an
 * office call has no account in its path.
 */
export const officePrefix = (kind: 'cck' | 'ccs', accountId: string): string => `${kind}_${accountId}_`;

/** The account that an office token names. */
export const accountOfToken = (token: string): string | undefined => /^cc[ks]_(acct_[0-9A-Z]{26})_/.exec(token)?.[1];

/** Where a link leads: the door, with the secret in the fragment, which no server or Referer sees. */
export const linkUrl = (publicUrl: string, slug: string, token: string): string => `${publicUrl}/go/${slug}#${token}`;
