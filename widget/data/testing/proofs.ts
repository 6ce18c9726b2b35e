/** The server's side of RFC 9449, as strict as the real one. */
const decode = (text: string) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
const read = (text: string) => JSON.parse(new TextDecoder().decode(decode(text))) as Record<string, unknown>;

export const digest = async (text: string): Promise<string> => {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
};

interface Expected {
  method: string;
  /** Without the query. */
  url: string;
  nonce: string;
  accessToken?: string | undefined;
}

/** The thumbprint of the key that signed a proof, or undefined when anything about it is wrong. */
export async function verify(proof: string | null, { method, url, nonce, accessToken }: Expected, seen: Set<string>): Promise<string | undefined> {
  const [head = '', body = '', signature = ''] = (proof ?? '').split('.');
  if (!signature) return undefined;
  const { typ, alg, jwk } = read(head) as { typ: string; alg: string; jwk: JsonWebKey };
  if (typ !== 'dpop+jwt' || alg !== 'ES256' || jwk.crv !== 'P-256' || 'd' in jwk) return undefined;
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']);
  const signed = new TextEncoder().encode(`${head}.${body}`);
  if (!(await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, decode(signature), signed))) return undefined;
  const claims = read(body);
  const ath = accessToken === undefined ? undefined : await digest(accessToken);
  if (claims.htm !== method || claims.htu !== url || claims.nonce !== nonce || claims.ath !== ath) return undefined;
  const jti = String(claims.jti);
  if (jti.length < 16 || seen.has(jti)) return undefined;
  seen.add(jti);
  return digest(`${jwk.x}.${jwk.y}`);
}
