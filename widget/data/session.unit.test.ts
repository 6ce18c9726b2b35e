import { expect } from '@open-wc/testing';
import { Client } from './client.ts';
import { transact } from './database.ts';
import { bob, FakeApi, maria, problem, sheet } from './testing/fake-api.ts';

/** As a tab would: a client of its own, on the same storage. */
const visit = async (api: FakeApi, handoff?: string): Promise<Client> => {
  const client = new Client(api.origin, api.account);
  if (handoff) history.replaceState(history.state, '', `${location.pathname}${location.search}#cc=${handoff}`);
  await client.start();
  return client;
};
const signedIn = async (api: FakeApi) => visit(api, api.handoff(maria));
const namesIn = async (api: FakeApi) =>
  (await transact('readonly', (records) => records.getAllKeys())).map(String).filter((name) => name.includes(` ${api.account}|`));
const until = async (holds: () => boolean) => {
  for (let i = 0; i < 200 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(holds(), String(holds)).to.equal(true);
};

describe('a session', () => {
  let api: FakeApi;
  beforeEach(() => void (api = new FakeApi()));
  afterEach(() => api.restore());

  it('begins with a link, and the handoff leaves the address before anything is asked for', async () => {
    const handoff = api.handoff(maria);
    const state = { page: 'own' };
    history.replaceState(state, '', `${location.pathname}${location.search}#top&cc=${handoff}`);
    const client = new Client(api.origin, api.account);
    const started = client.start();
    expect(location.href).not.to.contain(handoff);
    expect(location.hash).to.equal('#top');
    expect(history.state).to.deep.equal(state);
    expect(api.calls).to.have.length(0);
    await started;
    expect(client.state).to.include({ phase: 'signedIn', session: client.state.session });
    expect(client.state.session?.name).to.equal(maria.name);
    history.replaceState(null, '', location.pathname + location.search);
  });

  it('is bound to a key whose private half no script can read', async () => {
    await signedIn(api);
    const name = (await namesIn(api)).find((each) => each.endsWith('|key'))!;
    const pair = await transact<CryptoKeyPair>('readonly', (records) => records.get(name));
    expect(pair.privateKey.extractable).to.equal(false);
    for (const format of ['jwk', 'pkcs8'] as const) {
      const refused = await crypto.subtle.exportKey(format as 'pkcs8', pair.privateKey).then(() => false, () => true);
      expect(refused, format).to.equal(true);
    }
  });

  it('keeps no access token in storage', async () => {
    await signedIn(api);
    const kept = await Promise.all((await namesIn(api)).map((name) => transact('readonly', (records) => records.get(name))));
    expect(JSON.stringify(kept)).not.to.contain('access-');
  });

  it('proves itself anew when the server has a new nonce', async () => {
    const client = await signedIn(api);
    api.nonce = 'nonce-2';
    api.calls.length = 0;
    await client.get('/session');
    expect(api.callsTo('/session')).to.have.length(2);
    await client.get('/session');
    expect(api.callsTo('/session')).to.have.length(3);
  });

  it('gives up when no nonce helps', async () => {
    const client = await signedIn(api);
    api.on('GET', /^\/session$/, () => problem(401, 'proof_required', { 'DPoP-Nonce': 'never' }));
    const error = await client.get('/session').catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'proof_required' });
  });

  it('survives a reload', async () => {
    await signedIn(api);
    const again = await visit(api);
    expect(again.state.session?.name).to.equal(maria.name);
  });

  it('is renewed once when many tabs need it at the same time', async () => {
    await signedIn(api);
    const tabs = await Promise.all([1, 2, 3, 4, 5].map(() => visit(api)));
    expect(api.refreshes).to.equal(1);
    for (const tab of tabs) expect(tab.state.phase).to.equal('signedIn');
    await Promise.all(tabs.flatMap((tab) => [tab.get('/session'), tab.get('/session')]));
    expect(api.refreshes).to.equal(1);
  });

  it('goes on in every tab after one of them has renewed it', async () => {
    const first = await signedIn(api);
    const second = await visit(api);
    await Promise.all([first.get('/session'), second.get('/session')]);
    await first.get('/session');
    expect(first.state.phase).to.equal('signedIn');
    expect(second.state.phase).to.equal('signedIn');
  });

  it('ends everywhere when the server has revoked it, and says so', async () => {
    const client = await signedIn(api);
    const other = await visit(api);
    for (const session of api.sessions) session.ended = true;
    const error = await client.get('/session').catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'session_ended' });
    await until(() => client.state.phase === 'signedOut');
    expect(client.state.problem).to.equal('session_ended');
    expect(await namesIn(api)).not.to.include(`${api.origin} ${api.account}|session`);
    await other.get('/session').catch(() => undefined);
    await until(() => other.state.phase === 'signedOut');
  });

  it('leaves nothing in storage after signing out, also without a connection', async () => {
    const client = await signedIn(api);
    await client.card();
    for (const element of ['', ' 2']) sessionStorage.setItem(`cc ${api.origin} ${api.account}${element} draft a`, 'unsent');
    api.offline = true;
    await (await client.session()).signOut();
    expect(client.state.phase).to.equal('signedOut');
    expect(await namesIn(api)).to.deep.equal([]);
    for (const storage of [localStorage, sessionStorage]) {
      expect(Object.keys(storage).filter((name) => name.includes(api.account))).to.deep.equal([]);
    }
    api.offline = false;
    expect((await visit(api)).state.phase).to.equal('signedOut');
  });

  it('leaves the unsent text of another account whose name begins the same', async () => {
    const client = await signedIn(api);
    const name = `cc ${api.origin} ${api.account}-2 draft a`;
    sessionStorage.setItem(name, 'unsent');
    await (await client.session()).signOut();
    expect(sessionStorage.getItem(name)).to.equal('unsent');
    sessionStorage.removeItem(name);
  });

  it('ends on the server too when signing out', async () => {
    const client = await signedIn(api);
    await (await client.session()).signOut();
    await until(() => api.sessions.every(({ ended }) => ended));
  });

  it('follows a sign-out in another tab', async () => {
    const client = await signedIn(api);
    const other = await visit(api);
    await (await client.session()).signOut();
    await until(() => other.state.phase === 'signedOut');
  });

  it('ends on every device, or says that it could not', async () => {
    const client = await signedIn(api);
    const session = await client.session();
    api.offline = true;
    expect(await session.signOutEverywhere().catch((error: unknown) => error)).to.include({ code: 'offline' });
    expect(client.state.phase).to.equal('signedIn');
    api.offline = false;
    await session.signOutEverywhere();
    expect(api.sessions.every(({ ended }) => ended)).to.equal(true);
    expect(await namesIn(api)).to.deep.equal([]);
  });

  it('is not lost when the connection is gone while it is read', async () => {
    await signedIn(api);
    api.offline = true;
    const client = await visit(api);
    expect(client.state).to.include({ phase: 'failed', problem: 'offline' });
    api.offline = false;
    await client.retry();
    expect(client.state.phase).to.equal('signedIn');
  });

  it('keeps a handoff that could not be exchanged for lack of a connection', async () => {
    const handoff = api.handoff(maria);
    api.offline = true;
    const client = await visit(api, handoff);
    expect(client.state.phase).to.equal('failed');
    api.offline = false;
    await client.retry();
    expect(client.state.phase).to.equal('signedIn');
  });

  it('of another person is replaced only after asking', async () => {
    await signedIn(api);
    const client = await visit(api, api.handoff(bob));
    expect(client.state.phase).to.equal('confirm');
    expect(client.state.candidate?.name).to.equal(bob.name);
    expect(client.state.session?.name).to.equal(maria.name);
    await (await client.session()).decide(false);
    expect(client.state.session?.name).to.equal(maria.name);
    expect((await visit(api)).state.session?.name).to.equal(maria.name);

    const again = await visit(api, api.handoff(bob));
    await (await again.session()).decide(true);
    expect(again.state.session?.name).to.equal(bob.name);
    expect((await visit(api)).state.session?.name).to.equal(bob.name);
    await until(() => api.sessions.filter(({ ended }) => !ended).length === 1);
  });

  it('of the same person is replaced without a question', async () => {
    await signedIn(api);
    const client = await visit(api, api.handoff(maria));
    expect(client.state.phase).to.equal('signedIn');
  });

  it('says that a link was used, and leaves who is here alone', async () => {
    expect((await visit(api, 'u'.repeat(43))).state).to.include({ phase: 'signedOut', problem: 'link_used' });
    await signedIn(api);
    expect((await visit(api, 'u'.repeat(43))).state.phase).to.equal('signedIn');
  });

  it('takes a link that was used while it was being exchanged for a used one', async () => {
    api.on('POST', /exchange$/, () => problem(410, 'code_expired'));
    const client = await visit(api, api.handoff(maria, 'signIn', { challenge: 'other' }));
    expect(client.state).to.include({ phase: 'signedOut', problem: 'link_used' });
    expect(client.handoff).to.equal(undefined);
  });
});

describe('a document session', () => {
  let api: FakeApi;
  beforeEach(() => void (api = new FakeApi()));
  afterEach(() => api.restore());

  it('stands in front of the center session and gives it back', async () => {
    await signedIn(api);
    const client = await visit(api, api.handoff(sheet, 'document'));
    expect(client.state.session?.kind).to.equal('document');
    expect(client.state.behind).to.equal(true);
    await (await client.session()).signOut();
    expect(client.state.session).to.include({ kind: 'customer', name: maria.name });
    expect(api.sessions.filter(({ ended }) => !ended)[0]?.kind).to.equal('customer');
  });

  it('survives a reload of its tab', async () => {
    await visit(api, api.handoff(sheet, 'document'));
    expect((await visit(api)).state.session?.kind).to.equal('document');
  });

  it('is no other tab’s', async () => {
    await visit(api, api.handoff(sheet, 'document'));
    // What a duplicated tab has: a copy of sessionStorage, but not the lock.
    const page = globalThis as unknown as Record<symbol, { tab?: unknown }>;
    const mine = page[Symbol.for('customer-center')]!.tab;
    delete page[Symbol.for('customer-center')]!.tab;
    expect((await visit(api)).state.phase).to.equal('signedOut');
    page[Symbol.for('customer-center')]!.tab = mine;
  });

  it('leads to the whole center by a code', async () => {
    const client = await visit(api, api.handoff(sheet, 'document'));
    const session = await client.session();
    await session.openCenter('en', '/jobs/job_1');
    expect(client.state.phase).to.equal('code');
    await session.stopWaiting();
    expect(client.state.session?.kind).to.equal('document');
    await session.openCenter('en', '/jobs/job_1');
    await session.enterCode(api.code, true);
    expect(client.state.session).to.include({ kind: 'customer', name: maria.name });
    expect(client.state.arrival?.destination).to.equal('/jobs/job_1');
  });
});

describe('signing in', () => {
  let api: FakeApi;
  beforeEach(() => void (api = new FakeApi()));
  afterEach(() => api.restore());
  const ask = { address: 'maria@example.com', language: 'en', lasting: true };

  it('works by the code, in the tab that asked', async () => {
    const client = await visit(api);
    const session = await client.session();
    await session.signIn({ ...ask, destination: '/jobs/job_1' });
    expect(client.state).to.include({ phase: 'code' });
    const wrong = await session.enterCode('999999', true).catch((error: unknown) => error);
    expect(wrong).to.include({ code: 'code_wrong' });
    await session.enterCode(api.code, true);
    expect(client.state.session?.name).to.equal(maria.name);
    expect(client.state.arrival?.destination).to.equal('/jobs/job_1');
  });

  it('works by the link in the browser that asked, and the tab that waits follows', async () => {
    const waiting = await visit(api);
    await (await waiting.session()).signIn(ask);
    const opened = await visit(api, api.link());
    expect(opened.state.phase).to.equal('signedIn');
    await until(() => waiting.state.phase === 'signedIn');
  });

  it('works by an earlier link after the message was sent again', async () => {
    const waiting = await visit(api);
    const session = await waiting.session();
    await session.signIn(ask);
    const early = api.link();
    await session.sendAgain('en');
    expect((await visit(api, early)).state.phase).to.equal('signedIn');
  });

  it('asks for the code where the link was opened by another browser', async () => {
    const client = await visit(api, api.handoff(maria, 'signIn', { challenge: 'other' }));
    expect(client.state.phase).to.equal('code');
    expect(client.state.pending?.verifier).to.equal(undefined);
    await (await client.session()).enterCode(api.code, true);
    expect(client.state.phase).to.equal('signedIn');
  });

  it('goes on waiting after a reload', async () => {
    await (await (await visit(api)).session()).signIn(ask);
    expect((await visit(api)).state).to.include({ phase: 'code' });
  });

  it('on a shared computer touches no storage, before or after', async () => {
    const client = await visit(api);
    const session = await client.session();
    await session.signIn({ ...ask, lasting: false });
    expect(await namesIn(api)).to.deep.equal([]);
    await session.enterCode(api.code, false);
    expect(client.state.phase).to.equal('signedIn');
    expect(await namesIn(api)).to.deep.equal([]);
    expect(api.callsTo(/code$/)[0]?.body.staySignedIn).to.equal(false);
    await client.get('/session');
    expect((await visit(api)).state.phase).to.equal('signedOut');
  });

  it('on a shared computer works by the link too, as long as the asking tab is open', async () => {
    const waiting = await visit(api);
    await (await waiting.session()).signIn({ ...ask, lasting: false });
    const opened = await visit(api, api.link());
    expect(opened.state.phase).to.equal('signedIn');
    expect(await namesIn(api)).to.deep.equal([]);
  });
});
