/** Proofs of possession as a browser makes them. */
import { createHash, createPrivateKey, randomBytes, sign, type JsonWebKey } from 'node:crypto';

export interface ProofFor {
  path: string;
  /** The public address that proofs are for. */
  publicUrl: string;
  token: string;
  key: JsonWebKey;
  nonce: string;
}

/** Makes a maker: every call is a new proof of the same read. */
export function proofFor({ path, publicUrl, token, key, nonce }: ProofFor): () => string {
  const privateKey = createPrivateKey({ key, format: 'jwk' });
  const { kty, crv, x, y } = key;
  const header = encode({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } });
  const claims = { htm: 'GET', htu: publicUrl + path, iat: Math.floor(Date.now() / 1000), nonce, ath: createHash('sha256').update(token).digest('base64url') };
  return () => {
    const text = `${header}.${encode({ jti: randomBytes(16).toString('base64url'), ...claims })}`;
    return `${text}.${sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  };
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
