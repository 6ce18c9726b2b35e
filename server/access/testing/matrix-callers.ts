/** Every kind of caller of the authorization matrix, each made anew for each cell. */
import { startSession, tokensOf } from '../sessions.ts';
import { endLinks, makeLink } from '../links.ts';
import { makeKey, revokeKey } from '../../account/keys.ts';
import { everyAction } from '../document-links.ts';
import type { DocumentAction } from '../../contract/access.ts';
import type { Scope as KeyScope } from '../../contract/account.ts';
import type { Scope } from '../../database/scope.ts';
import { newId, now } from '../../platform/ids.ts';
import { emailKey } from '../../platform/text.ts';
import type { openTestApp } from '../../testing.ts';
import { TestBrowser } from '../../testing-browser.ts';
import type { World } from './matrix-world.ts';

type Harness = Awaited<ReturnType<typeof openTestApp>>;
export interface Caller {
  name: string;
  origin: 'listed' | 'unlisted' | 'own' | 'none';
  /** What kind of live session of this account it has. */
  session?: 'customer' | 'document' | 'staff';
  /** Rights in this account's office. */
  office?: string[];
  /** The document its link opens. */
  documentId?: string;
  /** What its link allows; without any, `view` alone. */
  actions?: string[];
  /** At home in the other account. */
  foreign?: boolean;
  /** Staff who see the center as a contact does: one of this account's, or one that is not there for them. */
  looks?: 'own' | 'foreign';
  /** Signed in, but the matrix's things are somebody else's. */
  stranger?: boolean;
  headers(method: string, path: string): Promise<Record<string, string>>;
}
type Make = (harness: Harness, world: World, foreign: World) => Promise<Caller>;

const acmeSite = 'https://www.acme.example';
const origins = { listed: acmeSite, unlisted: 'https://evil.example', own: 'http://localhost:8080' } as const;

const visitor =
  (name: string, origin: Caller['origin']): Make =>
  async () => ({ name, origin, headers: async () => (origin === 'none' ? {} : { origin: origins[origin] }) });

type LinkWish = Omit<Parameters<typeof makeLink>[2], 'kind'> & { kind: 'access' | 'document' | 'signIn' };

/** A browser with a session made the way the server makes one, from a link of this kind. */
async function signedIn(harness: Harness, scope: Scope, link: LinkWish): Promise<{ browser: TestBrowser; linkId: string; sessionId: string }> {
  const browser = new TestBrowser(harness.app, 'acme');
  const { row } = await makeLink(scope, harness.services.derive, link);
  const session = (await startSession(scope, row, { jkt: browser.jkt, origin: acmeSite, userAgent: 'test' }))!;
  browser.tokens = tokensOf(harness.services.derive, session, null);
  return { browser, linkId: row.id, sessionId: session.id };
}
const proving = (harness: Harness, browser: TestBrowser) => async (method: string, path: string) => ({
  origin: acmeSite,
  authorization: `DPoP ${browser.tokens!.accessToken}`,
  dpop: browser.proof(method, path, browser.tokens!.accessToken, { nonce: harness.services.proofs.nonce() }),
});
const documentOf = (world: World, actions: DocumentAction[] = everyAction): LinkWish => ({
  kind: 'document', contact_id: world.id.contact, document_kind: 'estimate', document_id: world.id.estimate, actions,
});

function session(name: string, link: (world: World) => LinkWish, more: Partial<Caller>, then?: (harness: Harness, made: { linkId: string; sessionId: string }, scope: Scope) => Promise<unknown>): Make {
  return async (harness, world) => {
    const made = await signedIn(harness, world.scope!, link(world));
    await then?.(harness, made, world.scope!);
    return { name, origin: 'listed', ...more, ...(more.session === 'document' ? { documentId: made.linkId } : {}), headers: proving(harness, made.browser) };
  };
}

const stranger = async (scope: Scope): Promise<string> => {
  const stamps = { external_id: null, created_at: now(), updated_at: now() };
  const customerId = newId('customer');
  await scope.insert('customers', { id: customerId, parent_id: null, number: customerId, name: 'Stranger', company: 0, billing_address: null, active: 1, search_text: '', ...stamps }).execute();
  const email = `${newId('contact')}@example.com`;
  const contactId = newId('contact');
  await scope.insert('contacts', { id: contactId, customer_id: customerId, name: 'Stranger', email, email_key: emailKey(email), mobile: null, language: null, can_approve: 1, can_pay: 1, notify_by_email: 1, notify_by_sms: 0, search_text: '', ...stamps }).execute();
  return contactId;
};

async function staffMember(scope: Scope, role: 'owner' | 'clerk'): Promise<string> {
  const id = newId('staff');
  await scope.insert('staff', { id, name: 'Staff', email: `${id}@example.com`, email_key: `${id}@example.com`.toLowerCase(), role, created_at: now() }).execute();
  return id;
}
const staff =
  (name: string, role: 'owner' | 'clerk', of: 'world' | 'foreign', office: string[]): Make =>
  async (harness, world, foreign) => {
    const scope = (of === 'world' ? world : foreign).scope!;
    const { browser } = await signedIn(harness, scope, { kind: 'access', staff_id: await staffMember(scope, role) });
    const headers = proving(harness, browser);
    if (of === 'world') return { name, origin: 'listed', session: 'staff', office, headers };
    // Welcome in its own office, from no website in particular; it must find nothing of this account there.
    return { name, origin: 'none', stranger: true, foreign: true, office, headers: async (method, path) => { const { origin: _origin, ...rest } = await headers(method, path); return rest; } };
  };

/** A member of the staff who looks at the center as this contact sees it. */
const looking =
  (name: string, of: 'world' | 'foreign', role: 'owner' | 'clerk'): Make =>
  async (harness, world, foreign) => {
    const { browser } = await signedIn(harness, world.scope!, { kind: 'access', staff_id: await staffMember(world.scope!, role) });
    const headers = proving(harness, browser);
    const contactId = (of === 'world' ? world : foreign).id.contact;
    return { name, origin: 'listed', looks: of === 'world' ? 'own' : 'foreign', headers: async (method, path) => ({ ...(await headers(method, path)), 'view-as': contactId }) };
  };

const key =
  (name: string, scopes: KeyScope[], of: 'world' | 'foreign', { revoked = false } = {}): Make =>
  async (_harness, world, foreign) => {
    const scope = (of === 'world' ? world : foreign).scope!;
    const { id, secret } = await makeKey(scope, { name, scopes });
    if (revoked) await revokeKey(scope, id);
    return { name, origin: 'none', ...(revoked ? {} : { office: scopes }), ...(of === 'foreign' ? { stranger: true, foreign: true } : {}), headers: async () => ({ authorization: `Bearer ${secret}` }) };
  };

const expired = (scope: Scope, sessionId: string) => scope.update('sessions').set({ expires_at: '2020-01-01T00:00:00.000Z' }).where('id', '=', sessionId).execute();
const everything: KeyScope[] = ['read', 'write', 'links', 'settings'];

export const callers: Make[] = [
  visitor('a visitor on the account’s page', 'listed'),
  visitor('a visitor on another website', 'unlisted'),
  visitor('a visitor on our own origin', 'own'),
  visitor('a program without an origin', 'none'),
  session('the customer, signed in', (world) => ({ kind: 'signIn', channel: 'email', address: emailKey(world.email) }), { session: 'customer' }),
  session('the customer, by access link', (world) => ({ kind: 'access', contact_id: world.id.contact }), { session: 'customer' }),
  async (harness, world) => {
    const { browser } = await signedIn(harness, world.scope!, { kind: 'access', contact_id: await stranger(world.scope!) });
    return { name: 'another customer of the account', origin: 'listed', session: 'customer', stranger: true, headers: proving(harness, browser) };
  },
  async (harness, _world, foreign) => {
    const { browser } = await signedIn(harness, foreign.scope!, { kind: 'signIn', channel: 'email', address: emailKey(foreign.email) });
    return { name: 'the same person at another account', origin: 'listed', stranger: true, headers: proving(harness, browser) };
  },
  session('the holder of the document link', (world) => documentOf(world), { session: 'document', actions: everyAction }),
  session('the holder of a document link to look at', (world) => documentOf(world, ['view']), { session: 'document', actions: ['view'] }),
  async (harness, world) => {
    const contactId = await stranger(world.scope!);
    const { customer_id: customerId } = await world.scope!.from('contacts').select('customer_id').where('id', '=', contactId).executeTakeFirstOrThrow();
    const own = await world.fresh('estimate');
    await world.scope!.update('estimates').set({ customer_id: customerId, contact_id: contactId }).where('id', '=', own).execute();
    const { browser } = await signedIn(harness, world.scope!, { ...documentOf(world), document_id: own, contact_id: contactId });
    return { name: 'the holder of another document’s link', origin: 'listed', session: 'document', stranger: true, headers: proving(harness, browser) };
  },
  session('the holder of an expired document link', (world) => documentOf(world), {}, (_h, { linkId }, scope) => scope.update('links').set({ expires_at: '2020-01-01T00:00:00.000Z' }).where('id', '=', linkId).execute()),
  session('the holder of a revoked document link', (world) => documentOf(world), {}, (_h, { linkId }, scope) => endLinks(scope, { id: linkId })),
  session('an expired session', (world) => ({ kind: 'access', contact_id: world.id.contact }), {}, (_h, { sessionId }, scope) => expired(scope, sessionId)),
  session('a revoked session', (world) => ({ kind: 'access', contact_id: world.id.contact }), {}, (_h, { linkId }, scope) => endLinks(scope, { id: linkId })),
  async (harness, world) => {
    const { browser } = await signedIn(harness, world.scope!, { kind: 'access', contact_id: world.id.contact });
    const thief = new TestBrowser(harness.app, 'acme');
    thief.tokens = browser.tokens;
    return { name: 'a stolen access token', origin: 'listed', headers: proving(harness, thief) };
  },
  async (harness, world) => {
    const { browser } = await signedIn(harness, world.scope!, { kind: 'access', contact_id: world.id.contact });
    return { name: 'a stolen access token as a bearer', origin: 'listed', headers: async () => ({ origin: acmeSite, authorization: `Bearer ${browser.tokens!.accessToken}` }) };
  },
  staff('the owner', 'owner', 'world', [...everything, 'owner']),
  staff('a clerk', 'clerk', 'world', ['read', 'write', 'links']),
  looking('the owner, as a contact', 'world', 'owner'),
  looking('a clerk, as a contact', 'world', 'clerk'),
  looking('a clerk, as a contact of another account', 'foreign', 'clerk'),
  staff('the owner of another account', 'owner', 'foreign', [...everything, 'owner']),
  key('a key that reads', ['read'], 'world'),
  key('a key that writes', ['write'], 'world'),
  key('a key for links', ['links'], 'world'),
  key('a key for settings', ['settings'], 'world'),
  key('a key of another account', everything, 'foreign'),
  key('a revoked key', everything, 'world', { revoked: true }),
];
