/** Proof of possession (RFC 9449): a token works only with the key it was given to. */
import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, compactVerify, importJWK, type CryptoKey, type JWK } from 'jose';
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
  const keys = new Map<string, { key: CryptoKey | Uint8Array; jkt: string }>();
  let seen = { bucket: 0, current: new Set<string>(), previous: new Set<string>() };

  const nonceOf = (bucket: number) => derive('dpop-nonce', String(bucket)).slice(0, 22);
  const bucketNow = () => Math.floor(Date.now() / NONCE_MS);
  const refuse = () => new Problem('proof_required', { headers: { 'dpop-nonce': nonceOf(bucketNow()), 'www-authenticate': 'DPoP algs="ES256"' } });

  async function keyOf(jwk: JWK) {
    const name = `${jwk.x}.${jwk.y}`;
    let known = keys.get(name);
    if (!known) {
      const bare = { kty: 'EC', crv: 'P-256', x: jwk.x!, y: jwk.y! };
      known = { key: await importJWK(bare, 'ES256'), jkt: await calculateJwkThumbprint(bare) };
      if (keys.size >= KNOWN_KEYS) keys.delete(keys.keys().next().value!);
      keys.set(name, known);
    }
    return known;
  }

  return {
    nonce: () => nonceOf(bucketNow()),
    async check(proof, method, url, accessToken) {
      if (typeof proof !== 'string' || proof.length > 2000) throw refuse();
      try {
        let jkt = '';
        const { payload } = await compactVerify(
          proof,
          async (header) => {
            const jwk = header?.jwk;
            if (header?.typ !== 'dpop+jwt' || jwk?.kty !== 'EC' || jwk.crv !== 'P-256' || !jwk.x || !jwk.y || 'd' in jwk) throw refuse();
            const known = await keyOf(jwk);
            jkt = known.jkt;
            return known.key;
          },
          { algorithms: ['ES256'] },
        );
        const claims = JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>;
        const { jti, htm, htu, ath, nonce } = claims;
        const bucket = bucketNow();
        const good =
          typeof jti === 'string' && jti.length >= 16 && jti.length <= 64 && htm === method && htu === url &&
          typeof nonce === 'string' && (sameSecret(nonce, nonceOf(bucket)) || sameSecret(nonce, nonceOf(bucket - 1))) &&
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

/** How long a mutation's `jti` must be remembered: until no nonce it could carry is valid. */
export const PROOF_LIFE_SECONDS = (2 * NONCE_MS) / 1000;
