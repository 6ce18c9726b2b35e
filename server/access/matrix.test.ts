/**
 * The authorization matrix: every declared route × every kind of caller. A route without a row fails, so nobody can add
 * one without saying what each caller gets. Foreign ids must answer exactly like ids that do not exist.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { makeAccount, openTestApp } from '../testing.ts';
import type { Scope } from '../database/scope.ts';
import type { DeclaredRoute } from './authenticate.ts';
import { callers, type Caller } from './testing/matrix-callers.ts';
import { rows, type Row } from './testing/matrix-rows.ts';
import { makeWorld, type World } from './testing/matrix-world.ts';

type Harness = Awaited<ReturnType<typeof openTestApp>>;
let harness: Harness;
let acme: Scope;
let world: World;
let foreign: World;

before(async () => {
  harness = await openTestApp();
  acme = await makeAccount(harness.database, 'acme');
  world = await makeWorld(acme);
  // The same person, with the same e-mail address, is a customer of another contractor too.
  foreign = await makeWorld(await makeAccount(harness.database, 'verde'));
});
after(() => harness.close());

const nameOf = (route: DeclaredRoute) => `${route.method} ${route.url}`;

async function call(route: DeclaredRoute, row: Row, caller: Caller, of: World): Promise<LightMyRequestResponse> {
  const request = await row.request(of, caller);
  const path = request.path ?? route.url.replace(':account', 'acme');
  const options: InjectOptions = { method: route.method as 'GET', url: path, headers: { ...(await caller.headers(route.method, path)), ...request.headers } };
  if (request.body !== undefined) options.payload = request.body as object;
  return harness.app.inject(options);
}

/** What a caller of this kind gets: in, or which refusal. */
type Verdict = 'in' | 401 | 403 | 404;
function verdict(route: DeclaredRoute, caller: Caller): Verdict {
  const { access } = route;
  if (access === 'operator') return 'in';
  // Whoever looks reads what a customer does, and nothing else is there.
  if (caller.looks) return route.method === 'GET' && (access === 'anyone' || (caller.looks === 'own' && !route.unseen && (access === 'customer' || access === 'session'))) ? 'in' : 404;
  if (access === 'anyone') return 'in';
  if (access.startsWith('office:')) {
    const need = access.slice('office:'.length);
    if (!caller.office) return 401;
    return caller.office.includes(need) ? 'in' : 403;
  }
  if (access === 'own') return caller.origin === 'own' || caller.origin === 'none' ? 'in' : 403;
  if (caller.origin === 'unlisted') return 403;
  if (access === 'visitor') return 'in';
  if (!caller.session) return 401;
  if (access === 'session') return caller.session === 'customer' || caller.session === 'document' ? 'in' : 404;
  const [kind, action] = access.split(':');
  if (kind === 'document' && caller.session === 'document') return (caller.actions ?? ['view']).includes(action!) ? 'in' : 404;
  return caller.session === kind ? 'in' : 404;
}

test('every route has a row in the matrix, and every row a route', () => {
  const declared = harness.app.declaredRoutes.map(nameOf);
  assert.deepEqual(declared.filter((name) => !rows[name]), [], 'routes without a row');
  assert.deepEqual(Object.keys(rows).filter((name) => !declared.includes(name)), [], 'rows without a route');
});

test('every caller gets from every route what its declaration says, and nothing of anybody else', async (t) => {
  let cells = 0;
  for (const route of harness.app.declaredRoutes) {
    const row = rows[nameOf(route)];
    if (!row) continue;
    await t.test(nameOf(route), async () => {
      for (const make of callers) {
        // Fresh for each cell: some routes end the very session that calls them.
        const caller = await make(harness, world, foreign);
        const answer = await call(route, row, caller, world);
        const expected = verdict(route, caller);
        cells++;
        if (expected === 'in') {
          // A stranger of the same account passes the gate and must then find nothing: its rows name somebody else's things.
          if (caller.stranger && row.personal) assert.ok(answer.statusCode === 404, `${caller.name}: ${answer.statusCode} ${answer.body}`);
          else assert.ok(answer.statusCode < 400 || row.status === answer.statusCode, `${caller.name}: ${answer.statusCode} ${answer.body}`);
        } else assert.equal(answer.statusCode, expected, `${caller.name}: ${answer.body}`);
        if (caller.stranger || expected !== 'in') for (const canary of world.canaries) assert.ok(!answer.body.includes(canary), `${caller.name} was told ${canary}`);
        for (const canary of caller.foreign ? [] : foreign.canaries) assert.ok(!answer.body.includes(canary), `${caller.name} was told ${canary} of another account`);
      }
    });
  }
  assert.ok(cells >= callers.length * harness.app.declaredRoutes.length, `${cells} cells`);
});

test('a foreign id answers byte for byte like one that does not exist', async (t) => {
  for (const route of harness.app.declaredRoutes) {
    const row = rows[nameOf(route)];
    if (!row || !/:(?!account)/.test(route.url) || route.access === 'operator') continue;
    await t.test(nameOf(route), async () => {
      for (const make of callers) {
        const answers: LightMyRequestResponse[] = [];
        // All callers come from one network; its limits are not what is compared.
        await harness.services.db.deleteFrom('rate_buckets').execute();
        for (const ids of [foreign, world.absent]) {
          const { documentId: _own, ...caller } = await make(harness, world, foreign);
          if (verdict(route, caller) !== 'in' || caller.foreign) break;
          answers.push(await call(route, row, caller, ids));
        }
        const [taken, absent] = answers;
        if (!taken || !absent) continue;
        assert.equal(taken.statusCode, absent.statusCode, route.url);
        // Where the name is free in this account, whoever else uses it, a record is made.
        if (row.creates && taken.statusCode < 300) continue;
        assert.equal(taken.body, absent.body);
        if (!row.creates) assert.equal(taken.statusCode, 404, taken.body);
      }
    });
  }
});
