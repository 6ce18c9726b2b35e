/** Websites are registered for wallets once each: when an account can charge, and when a page is added. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { publicDomain } from './domains.ts';
import { during, type World } from './testing/connecting.ts';

const registered = (world: World, account?: string) =>
  world.asked('POST /v1/payment_method_domains').filter((request) => !account || request.account === account).map(({ body }) => body['domain_name']);

test('only names that the world can reach are registered', () => {
  const cases: [string, string | undefined][] = [
    ['https://www.acme.example', 'www.acme.example'], ['https://acme.example:8443', 'acme.example'], ['http://acme.example', undefined], ['https://localhost:4100', undefined],
    ['http://localhost:8080', undefined], ['https://shop.localhost', undefined], ['https://192.168.1.4', undefined], ['https://[2001:db8::1]', undefined], ['https://printer.local', undefined], ['https://intranet', undefined],
  ];
  for (const [origin, domain] of cases) assert.equal(publicDomain(origin), domain, origin);
});

test('the websites of an account’s pages and our own are registered under the connected account, once', () =>
  during({}, async (world) => {
    const { onboard, see, office } = await world.contractor('wallets');
    await office('POST', 'pages', { url: 'https://www.wallets.example/other' });
    assert.equal(await world.work(), 0);
    const account = await onboard();
    assert.deepEqual((await see()).domains, [{ domain: 'center.example', registered: false }, { domain: 'www.wallets.example', registered: false }]);
    await world.work();
    assert.deepEqual(registered(world, account), ['center.example', 'www.wallets.example']);
    assert.equal(registered(world).length, 2);
    assert.deepEqual((await see()).domains, [{ domain: 'center.example', registered: true }, { domain: 'www.wallets.example', registered: true }]);

    const page = (await office('POST', 'pages', { url: 'https://shop.wallets.example/' })).body as { id: string };
    await office('PATCH', `pages/${page.id}`, { url: 'https://store.wallets.example/' });
    await office('POST', 'pages', { url: 'http://localhost:3000/' });
    await world.work();
    assert.deepEqual(registered(world, account).slice(2), ['store.wallets.example']);
    await world.app.inject({ method: 'POST', url: '/v1/accounts/wallets/sightings', headers: { origin: 'https://seen.example' }, payload: { url: 'https://seen.example/page' } });
    assert.equal((await office('POST', 'sightings/allow', { origin: 'https://seen.example' })).status, 200);
    await world.work();
    assert.deepEqual(registered(world, account).slice(3), ['seen.example']);
    assert.deepEqual(world.failures, []);
  }));

test('a website that Stripe refuses holds up no other, and Stripe being away is tried again', () =>
  during({}, async (world) => {
    const { onboard, see, office, scope } = await world.contractor('refuses');
    await onboard();
    await scope.update('pages').set({ origin: 'https://under_score.refuses.example' }).execute();
    await office('POST', 'pages', { url: 'https://zz.refuses.example/' });
    world.sandbox.control.fault({ on: 'POST /v1/payment_method_domains', kind: '500', times: 3 });
    await world.work();
    await world.services.db.updateTable('outbox').set({ run_at: '2020-01-01T00:00:00.000Z' }).where('done_at', 'is', null).execute();
    await world.work();
    assert.deepEqual((await see()).domains.map(({ domain, registered }) => `${domain} ${registered}`), ['center.example true', 'under_score.refuses.example false', 'zz.refuses.example true']);
  }));
