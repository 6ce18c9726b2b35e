/** A browser for server tests: a key, proofs with the server's nonce, the tokens of one session. */
import { createHash, generateKeyPairSync, randomBytes, randomInt, randomUUID, sign, type KeyObject } from 'node:crypto';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Exchanged, SignInRequest, Tokens } from './contract/access.ts';

export interface Asked {
  request: SignInRequest;
  verifier: string;
}

export class TestBrowser {
  readonly app: FastifyInstance;
  readonly account: string;
  readonly origin: string | undefined;
  readonly publicUrl: string;
  /** A network of its own, so that limits for networks do not couple what tests do not. */
  readonly remoteAddress = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
  readonly #key: KeyObject;
  readonly #jwk: object;
  /** RFC 7638 thumbprint of the browser's key. */
  readonly jkt: string;
  #nonce: string | undefined;
  tokens: Tokens | undefined;

  constructor(app: FastifyInstance, account = 'acme', origin: string | undefined = `https://www.${account}.example`, publicUrl = 'http://localhost:8080') {
    this.publicUrl = publicUrl;
    this.app = app;
    this.account = account;
    this.origin = origin;
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { kty, crv, x, y } = pair.publicKey.export({ format: 'jwk' });
    this.#jwk = { kty, crv, x, y };
    this.jkt = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
    this.#key = pair.privateKey;
  }

  get path(): string {
    return `/v1/accounts/${this.account}`;
  }

  /** A proof for one request; claims can be bent to test refusals. */
  proof(method: string, path: string, accessToken?: string, bent: Record<string, unknown> = {}): string {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const header = encode({ typ: 'dpop+jwt', alg: 'ES256', jwk: this.#jwk });
    const payload = encode({
      jti: randomUUID(), htm: method, htu: this.publicUrl + path.split('?')[0]!, iat: Math.floor(Date.now() / 1000), nonce: this.#nonce,
      ...(accessToken ? { ath: createHash('sha256').update(accessToken).digest('base64url') } : {}), ...bent,
    });
    const signature = sign('sha256', Buffer.from(`${header}.${payload}`), { key: this.#key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
    return `${header}.${payload}.${signature}`;
  }

  /** Sends with a proof; repeats once with the server's nonce, as a browser would. */
  async send(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, more: { token?: string | null; headers?: Record<string, string> } = {}): Promise<LightMyRequestResponse> {
    const token = more.token === null ? undefined : (more.token ?? this.tokens?.accessToken);
    const once = () => {
      const request: InjectOptions = {
        method, url: path, remoteAddress: this.remoteAddress,
        headers: { ...(this.origin ? { origin: this.origin } : {}), dpop: this.proof(method, path, token), ...(token ? { authorization: `DPoP ${token}` } : {}), ...more.headers },
      };
      if (body !== undefined) request.payload = body as object;
      return this.app.inject(request);
    };
    let answer = await once();
    const nonce = answer.headers['dpop-nonce'];
    const stale = answer.statusCode === 401 && (answer.json() as { code: string }).code === 'proof_required';
    if (typeof nonce === 'string') this.#nonce = nonce;
    if (stale) answer = await once();
    return answer;
  }
  get(path: string): Promise<LightMyRequestResponse> {
    return this.send('GET', this.path + path);
  }

  async askSignIn(address: string, more: object = {}): Promise<Asked> {
    const verifier = randomBytes(32).toString('base64url');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const answer = await this.send('POST', `${this.path}/sign-in-requests`, { address, challenge, ...more }, { token: null });
    if (answer.statusCode !== 202) throw new Error(`sign-in request answered ${answer.statusCode}: ${answer.body}`);
    return { request: answer.json(), verifier };
  }
  /** Keeps the tokens of a successful answer. */
  #keep(answer: LightMyRequestResponse): LightMyRequestResponse {
    const body = answer.statusCode === 200 ? (answer.json() as Exchanged) : undefined;
    if (body && 'accessToken' in body) this.tokens = body;
    return answer;
  }
  async enterCode(requestId: string, code: string, verifier?: string): Promise<LightMyRequestResponse> {
    return this.#keep(await this.send('POST', `${this.path}/sign-in-requests/${requestId}/code`, { code, ...(verifier ? { verifier } : {}) }, { token: null }));
  }
  /** The click at the door, on our own origin. */
  knock(token: string): Promise<LightMyRequestResponse> {
    return this.app.inject({ method: 'POST', url: `${this.path}/door`, headers: { origin: this.publicUrl }, payload: { token } });
  }
  async exchange(handoff: string, verifier?: string): Promise<LightMyRequestResponse> {
    return this.#keep(await this.send('POST', `${this.path}/handoffs/exchange`, { handoff, ...(verifier ? { verifier } : {}) }, { token: null }));
  }
  async refresh(refreshToken = this.tokens?.refreshToken): Promise<LightMyRequestResponse> {
    return this.#keep(await this.send('POST', `${this.path}/session/refresh`, { refreshToken }, { token: null }));
  }
  /** Door and exchange in one: the way of an access or document link. */
  async open(linkUrl: string): Promise<LightMyRequestResponse> {
    const knocked = await this.knock(linkUrl.split('#')[1]!);
    if (knocked.statusCode !== 200) return knocked;
    return this.exchange((knocked.json() as { handoff: string }).handoff);
  }
}
