/** Edit × approve × revise × withdraw × expire, all at once: never an approval of something that was not shown, one decision each. */
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Evidence } from '../documents/evidence.ts';
import { contentHash } from '../documents/versions.ts';
import { daysAfter, today } from '../platform/calendar.ts';
import { soak } from '../testing.ts';
import { expireEstimates } from './jobs.ts';
import { openEstimates, packages } from './testing.ts';

let world: Awaited<ReturnType<typeof openEstimates>>;
before(async () => {
  world = await openEstimates();
});
after(() => world.close());

const ROUNDS = soak(1000);
/** Estimates raced at a time; each has its own actors. */
const AT_ONCE = 5;

test(`${ROUNDS} races: an approval is of the version that was shown, and there is one decision`, async () => {
  const outcomes: Record<string, number> = {};
  for (let round = 0; round < ROUNDS; round += AT_ONCE) {
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, ROUNDS - round) }, async () => {
        const { id, reader, job } = await world.sent({ deposit: { amount: 1000 } });
        const shown = await reader.see();
        const price = 1 + randomInt(99);
        const acts: (() => Promise<unknown>)[] = [
          () => reader.approve({}, shown.etag),
          () => reader.approve({ options: ['best'] }, shown.etag),
          // Somebody who reloads and approves whatever is there then.
          () => reader.approve(),
          () => world.office('PATCH', `estimates/${id}`, { lines: packages.lines.map((line) => ({ ...line, unitPrice: line.unitPrice + price })) }),
          () => world.office('POST', `estimates/${id}/send`, { note: `Revision ${price}` }),
        ];
        if (randomInt(2)) acts.push(() => world.office('POST', `estimates/${id}/withdraw`));
        if (randomInt(2)) acts.push(() => reader.post('/decline', {}, { 'if-match': `"${shown.etag}"` }));
        if (randomInt(2))
          acts.push(async () => {
            await world.scope.update('estimates').set({ expires_on: daysAfter(today('America/New_York'), -1) }).where('id', '=', id).execute();
            await expireEstimates(world.services);
          });
        const shuffled = acts.map((act) => ({ act, at: randomInt(1000) })).sort((a, b) => a.at - b.at);
        // The office needs no proof and would always be first: everybody starts at a moment of their own.
        const answers = await Promise.all(shuffled.map(({ act }) => setTimeout(randomInt(40)).then(act)));
        for (const answer of answers as ({ status?: number; code?: string } | undefined)[])
          assert.ok(!answer?.status || answer.status < 500, JSON.stringify(answer));

        const decisions = await world.scope.from('decisions').selectAll().where('estimate_id', '=', id).execute();
        const approvals = decisions.filter((decision) => decision.kind === 'approved');
        assert.ok(approvals.length <= 1, `${approvals.length} approvals`);
        for (const version of new Set(decisions.map((decision) => decision.version))) assert.equal(decisions.filter((decision) => decision.version === version).length, 1);
        const row = await world.scope.from('estimates').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
        outcomes[row.status] = (outcomes[row.status] ?? 0) + 1;
        assert.equal(row.status === 'approved', approvals.length === 1);

        for (const decision of decisions) {
          const evidence = JSON.parse(decision.evidence) as Evidence;
          const frozen = await world.scope.from('document_versions').selectAll().where('document_id', '=', id).where('version', '=', decision.version).executeTakeFirstOrThrow();
          assert.equal(evidence.versionHash, frozen.hash);
          assert.equal(contentHash(JSON.parse(frozen.content)), frozen.hash);
        }
        const [approved] = approvals;
        const deposits = await world.scope.from('invoices').select('total').where('estimate_id', '=', id).execute();
        assert.equal(deposits.length, approved ? 1 : 0);
        const sheet = await world.scope.from('jobs').select(['subtotal', 'tax']).where('id', '=', job).executeTakeFirstOrThrow();
        assert.equal(sheet.subtotal + sheet.tax, approved ? (JSON.parse(approved.evidence) as Evidence).totals.total : 0);
      }),
    );
  }
  // A race that always ends alike is none.
  assert.ok(Object.keys(outcomes).length >= 2, JSON.stringify(outcomes));
  const numbers = (await world.scope.from('estimates').select('number').execute()).map((row) => Number(row.number)).sort((a, b) => a - b);
  assert.deepEqual(numbers, numbers.map((_, index) => numbers[0]! + index), 'estimate numbers have no gap');
});
