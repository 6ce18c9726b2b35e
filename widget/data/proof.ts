/** Proof of possession (RFC 9449): what makes a stolen token worthless without this browser's key. */
import type { Store } from './store.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** 32 bytes or more, as the wire writes them. */
export const base64url = (bytes: ArrayBuffer | Uint8Array): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

export const sha256 = (text: string): Promise<ArrayBuffer> => crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));

/** A secret for one sign-in (RFC 7636), and the challenge by which the server will know it again. */
export async function newVerifier(): Promise<{ verifier: string; challenge: string }> {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
  return { verifier, challenge: base64url(await sha256(verifier)) };
}

/** This browser's key for the account. No script can read its private half, so it cannot leave the browser. */
export async function keyOf(store: Store): Promise<CryptoKeyPair> {
  if (store.key) return store.key;
  // Two tabs that start together must not each make one.
  return navigator.locks.request(`${store.scope} key`, async () => {
    let pair = await store.get<CryptoKeyPair>('key');
    if (!pair) {
      pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
      await store.put('key', pair);
    }
    return (store.key = pair);
  });
}

/** A proof for one request. The server's nonce says when, so a wrong clock does no harm. */
export async function prove(
  { publicKey, privateKey }: CryptoKeyPair,
  claims: { htm: string; htu: string; nonce?: string | undefined; ath?: string | undefined },
): Promise<string> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey);
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } };
  const payload = { jti: crypto.randomUUID(), iat: Math.floor(Date.now() / 1000), ...claims };
  const encode = (part: unknown) => base64url(new TextEncoder().encode(JSON.stringify(part)));
  const input = `${encode(header)}.${encode(payload)}`;
  const signature = await crypto.subtle.sign(algorithm, privateKey, new TextEncoder().encode(input));
  return `${input}.${base64url(signature)}`;
}
