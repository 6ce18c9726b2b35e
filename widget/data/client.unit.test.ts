import { expect } from '@open-wc/testing';
import { Client } from './client.ts';
import { clientFor } from './registry.ts';
import { FakeApi, problem } from './testing/fake-api.ts';

const thrown = (promise: Promise<unknown>) => promise.then(() => undefined, (error: unknown) => error);

describe('the client', () => {
  let api: FakeApi;
  let client: Client;
  beforeEach(() => {
    api = new FakeApi();
    client = new Client(api.origin, api.account);
  });
  afterEach(() => api.restore());

  it('is one for a page, an account and a release', () => {
    expect(clientFor(api.origin, api.account, '1')).to.equal(clientFor(api.origin, api.account, '1'));
    expect(clientFor(api.origin, api.account, '1')).not.to.equal(clientFor(api.origin, api.account, '2'));
    expect(clientFor(api.origin, api.account, '1')).not.to.equal(clientFor(api.origin, 'other', '1'));
  });

  it('asks for the card once, and knows it without a server afterwards', async () => {
    await Promise.all([client.card(), client.card()]);
    expect(api.calls).to.have.length(1);
    api.offline = true;
    expect(new Client(api.origin, api.account).keptCard?.phone).to.equal('+14045550142');
  });

  it('asks for the card again after a failure', async () => {
    api.offline = true;
    expect(await thrown(client.card())).to.include({ code: 'offline', status: 0 });
    api.offline = false;
    expect((await client.card()).name).to.equal(api.card.name);
  });

  it('puts parameters into the query and leaves out those that are absent', async () => {
    api.on('GET', /^\/x$/, () => [200, {}]);
    await client.get('/x', { query: { q: 'a b', cursor: undefined, limit: 5 } });
    expect(api.calls.at(-1)!.query.toString()).to.equal('q=a+b&limit=5');
  });

  it('says which version a decision is about, and takes things away', async () => {
    api.on('POST', /^\/x$/, () => [200, {}]);
    api.on('DELETE', /^\/x$/, () => [204]);
    await client.post('/x', {}, { ifMatch: '2-abc' });
    expect(api.calls.at(-1)!.headers.get('If-Match')).to.equal('"2-abc"');
    await client.post('/x', {});
    expect(api.calls.at(-1)!.headers.has('If-Match')).to.equal(false);
    expect(await client.delete('/x')).to.equal(undefined);
    expect(api.calls.at(-1)!.method).to.equal('DELETE');
  });

  it('turns problems into errors with code, fields and the time to wait', async () => {
    api.on('POST', /^\/x$/, () => [400, { code: 'invalid_request', errors: [{ path: '/q', message: 'm' }] }]);
    expect(await thrown(client.post('/x', {}))).to.deep.include({ code: 'invalid_request', status: 400, errors: [{ path: '/q', message: 'm' }] });
    api.on('POST', /^\/x$/, () => problem(429, 'too_many_requests', { 'Retry-After': '30' }));
    expect(await thrown(client.post('/x', {}))).to.include({ code: 'too_many_requests', retryAfter: 30 });
    api.on('POST', /^\/x$/, () => [502, '<html>']);
    expect(await thrown(client.post('/x', {}))).to.include({ code: 'internal', status: 502 });
  });

  it('lets nothing leave that a hook refuses', async () => {
    const seen: string[] = [];
    const release = client.intercept(({ url }) => (seen.push(url), false));
    expect(await thrown(client.get('/x', { query: { q: 1 } }))).to.include({ code: 'canceled' });
    expect(seen).to.deep.equal([`${api.origin}/v1/accounts/${api.account}/x?q=1`]);
    expect(api.calls).to.have.length(0);
    release();
    await thrown(client.get('/x'));
    expect(api.calls).to.have.length(1);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const answer = thrown(client.get('/x', { signal: controller.signal }));
    controller.abort();
    expect(await answer).to.include({ name: 'AbortError' });
  });
});
