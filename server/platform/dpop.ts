/** Proof of possession (RFC 9449): a token works only with the key it was given to. */
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { Problem } from './problems.ts';
import { sameSecret, type Derive } from './secrets.ts';

/** A server nonce lives this long, twice at most; it replaces the client's clock, which may be wrong. */
const NONCE_MS = 5 * 60_000;
const KNOWN_KEYS = 5000;

export interface Proof {
  /** RFC 7638 thumbprint of the key. */
  jkt: string;
  /** Unique among the proofs of this key; mutations store it. */
  jti: string;
}

export interface ProofChecker {
  /** The nonce for the next proof; sent as `DPoP-Nonce`. */
  nonce(): string;
  /**
   * @param url public address of the request without its query, from the configuration, never from `Host`.
   * @throws {Problem} `proof_required` with a fresh nonce when anything is wrong.
   */
  check(proof: unknown, method: string, url: string, accessToken?: string): Promise<Proof>;
  /** Whether a read's proof is new to this process. Mutations ask the database instead. */
  firstSight(proof: Proof): boolean;
}

export function proofChecker(derive: Derive): ProofChecker {
  const keys = new Map<string, KnownKey>();
  let seen = { bucket: 0, current: new Set<string>(), previous: new Set<string>() };

  let nonces = { bucket: -1, current: '', previous: '' };

  const nonceOf = (bucket: number) => derive('dpop-nonce', String(bucket)).slice(0, 22);
  const bucketNow = () => Math.floor(Date.now() / NONCE_MS);
  const noncesNow = () => {
    const bucket = bucketNow();
    if (nonces.bucket !== bucket) nonces = { bucket, current: nonceOf(bucket), previous: nonceOf(bucket - 1) };
    return nonces;
  };
  const refuse = () => new Problem('proof_required', { headers: { 'dpop-nonce': noncesNow().current, 'www-authenticate': 'DPoP algs="ES256"' } });

  /** A browser sends the same header with every proof, so it is read once. */
  async function keyOf(header: string): Promise<KnownKey> {
    let known = keys.get(header);
    if (!known) {
      known = await readHeader(header);
      if (keys.size >= KNOWN_KEYS) keys.delete(keys.keys().next().value!);
      keys.set(header, known);
    }
    return known;
  }

  return {
    nonce: () => noncesNow().current,
    async check(proof, method, url, accessToken) {
      if (typeof proof !== 'string') throw refuse();
      try {
        const [, header, payload, signature] = /^([\w-]{1,1000})\.([\w-]{1,1500})\.([\w-]{86})$/.exec(proof)!;
        const { key, jkt } = await keyOf(header!);
        // Node's own verification takes two thirds of WebCrypto's time, and this runs at every request.
        const signed = verify('sha256', Buffer.from(`${header}.${payload}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature!, 'base64url'));
        if (!signed) throw refuse();
        const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as Record<string, unknown>;
        const { jti, htm, htu, ath, nonce } = claims;
        const { current, previous } = noncesNow();
        const good =
          typeof jti === 'string' && jti.length >= 16 && jti.length <= 64 && htm === method && htu === url &&
          typeof nonce === 'string' && (sameSecret(nonce, current) || sameSecret(nonce, previous)) &&
          (accessToken === undefined ? ath === undefined : ath === createHash('sha256').update(accessToken).digest('base64url'));
        if (!good) throw refuse();
        return { jkt, jti: `${jkt.slice(0, 12)}.${jti}` };
      } catch {
        throw refuse();
      }
    },
    firstSight({ jti }) {
      const bucket = bucketNow();
      if (seen.bucket !== bucket) seen = { bucket, current: new Set(), previous: bucket - seen.bucket === 1 ? seen.current : new Set() };
      if (seen.current.has(jti) || seen.previous.has(jti)) return false;
      seen.current.add(jti);
      return true;
    },
  };
}

interface KnownKey {
  key: KeyObject;
  jkt: string;
}

/** The public key in a proof's header. Throws when it is anything but a plain ES256 DPoP header. */
async function readHeader(encoded: string): Promise<KnownKey> {
  const { typ, alg, crit, jwk } = JSON.parse(Buffer.from(encoded, 'base64url').toString()) as { typ?: unknown; alg?: unknown; crit?: unknown; jwk?: JWK };
  const plain = typ === 'dpop+jwt' && alg === 'ES256' && crit === undefined && jwk?.kty === 'EC' && jwk.crv === 'P-256' && !('d' in jwk);
  if (!plain || typeof jwk.x !== 'string' || typeof jwk.y !== 'string') throw new TypeError('not the header of a proof');
  const bare = { kty: 'EC', crv: 'P-256', x: jwk.x, y: jwk.y };
  return { key: createPublicKey({ key: bare, format: 'jwk' }), jkt: await calculateJwkThumbprint(bare) };
}

/** How long a mutation's `jti` must be remembered: until no nonce it could carry is valid. */
export const PROOF_LIFE_SECONDS = (2 * NONCE_MS) / 1000;
