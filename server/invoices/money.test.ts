import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { Scope } from '../database/scope.ts';
import { today } from '../platform/calendar.ts';
import { Problem } from '../platform/problems.ts';
import { makeAccount, openTestDatabase, soak, testEngine, type TestDatabase } from '../testing.ts';
import { changeRecord, deleteRecord, findRecord } from '../work/records.ts';
import { applyCredit } from './credits.ts';
import { deleteInvoice } from './drafts.ts';
import { readInvoice } from './invoices.ts';
import { change, checkMoney, deposit, draft, make, makeJob, piece, send, sent } from './testing.ts';
import { voidInvoice } from './voiding.ts';

let database: TestDatabase;
let acme: Scope;
before(async () => {
  database = await openTestDatabase();
  acme = await makeAccount(database);
});
after(() => database.close());

const refused = (work: Promise<unknown>, code: string) => assert.rejects(work, { code });
const standing = async (scope: Scope, id: string) => {
  const { status, paid, due } = await readInvoice(scope, id);
  return [status, paid.amount, due.amount];
};
const pay = (scope: Scope, jobId: string, amount: number, receivedOn = '2026-01-05') => make(scope, 'payments', { jobId, receivedOn, method: 'check', amount, reference: '1042' });

test('payments for a job pay its invoices, the oldest first; what is beyond stays with the job and pays the next', async () => {
  const { jobId } = await makeJob(acme, { charges: [10_000] });
  const first = await sent(acme, { jobId, lines: [piece(10_000)] });
  const second = await sent(acme, { jobId, lines: [piece(5000)] });
  await pay(acme, jobId, 4000);
  assert.deepEqual(await standing(acme, first.id), ['partlyPaid', 4000, 6000]);
  const more = await pay(acme, jobId, 13_000);
  assert.deepEqual(await standing(acme, first.id), ['paid', 10_000, 0]);
  assert.deepEqual(await standing(acme, second.id), ['paid', 5000, 0]);
  const third = await sent(acme, { jobId, lines: [piece(3000)] });
  assert.deepEqual(await standing(acme, third.id), ['partlyPaid', 2000, 1000], 'paid in advance');
  await checkMoney(acme);
  await deleteRecord(acme, 'payments', more.id);
  assert.deepEqual(await standing(acme, first.id), ['partlyPaid', 4000, 6000]);
  assert.deepEqual((await readInvoice(acme, first.id)).payments, [{ receivedOn: '2026-01-05', method: 'check', amount: { amount: 4000, currency: 'USD' }, reference: '1042', paymentId: null }]);
  await checkMoney(acme);
});

test('an invoice over nothing is paid at once; one below nothing is refused, and so is a credit above', async () => {
  const { jobId } = await makeJob(acme);
  assert.equal((await sent(acme, { jobId, lines: [piece(5000), piece(-5000)] })).status, 'paid');
  await refused(sent(acme, { jobId, lines: [piece(-1)] }), 'invalid_request');
  await refused(sent(acme, { jobId, kind: 'credit', lines: [piece(1)] }), 'invalid_request');
  await refused(sent(acme, { jobId }), 'invalid_request');
  await refused(draft(acme, { jobId, lines: [piece(999_999_999_999, { quantity: '2' })] }), 'invalid_request');
});

test('sent again, an invoice keeps number and place, and never comes to less than what was paid of it', async () => {
  const { jobId, chargeIds: [charge] } = await makeJob(acme, { charges: [10_000] });
  const { id, number, draft: copy } = await sent(acme, { jobId, fromCharges: 'rest' });
  await send(acme, id);
  assert.equal((await readInvoice(acme, id)).version, 1, 'unchanged: only a fresh link');
  await pay(acme, jobId, 6000);
  await change(acme, id, { lines: [{ ...copy.lines[0]!, unitPrice: 5000 }] });
  assert.deepEqual([(await readInvoice(acme, id)).changed, await standing(acme, id)], [true, ['partlyPaid', 6000, 4000]], 'what was sent stands');
  await refused(send(acme, id), 'conflict');
  await change(acme, id, { lines: [{ ...copy.lines[0]!, unitPrice: 6000 }] });
  await send(acme, id, { note: 'As agreed on the phone' });
  const after = await readInvoice(acme, id);
  assert.deepEqual([after.version, after.number, after.status, after.changed], [2, number, 'paid', false]);
  assert.deepEqual(after.versions.map((version) => [version.version, version.note]), [[2, 'As agreed on the phone'], [1, null]]);
  assert.equal((await findRecord(acme, 'charges', charge!) as { invoiced?: number }).invoiced, 6000);
  await checkMoney(acme);
});

test('a void invoice gives back its charges and its money, keeps its number, and stays void', async () => {
  const { jobId, customerId } = await makeJob(acme, { charges: [10_000] });
  const first = await sent(acme, { jobId, fromCharges: 'rest' });
  const account = await make(acme, 'payments', { customerId, receivedOn: '2026-01-05', method: 'card', amount: 3000, allocations: [{ invoiceId: first.id, amount: 2500 }] });
  await pay(acme, jobId, 1000);
  const credit = await sent(acme, { jobId: (await makeJob(acme, { customerId })).jobId, kind: 'credit', lines: [piece(-2000)] });
  await applyCredit(acme, credit.id, { invoiceId: first.id, amount: 1500 });
  assert.deepEqual(await standing(acme, first.id), ['partlyPaid', 5000, 5000]);
  await checkMoney(acme);
  assert.notEqual((await findRecord(acme, 'jobs', jobId)).invoicedOn, null);
  await voidInvoice(acme, first.id);
  await voidInvoice(acme, first.id);
  assert.deepEqual(await standing(acme, first.id), ['void', 0, 0]);
  assert.deepEqual((await findRecord(acme, 'payments', account.id)).allocations, []);
  assert.deepEqual(await standing(acme, credit.id), ['sent', 0, -2000], 'the credit holds everything again');
  assert.equal((await acme.from('jobs').select(['invoiced_on', 'waits_for', 'paid']).where('id', '=', jobId).executeTakeFirstOrThrow()).paid, 1000);
  assert.deepEqual(await acme.from('jobs').select(['invoiced_on', 'waits_for']).where('id', '=', jobId).executeTakeFirstOrThrow(), { invoiced_on: null, waits_for: null });
  await checkMoney(acme);
  for (const work of [() => send(acme, first.id), () => change(acme, first.id, { title: 'Again' }), () => deleteInvoice(acme, first.id)]) await refused(work(), 'conflict');
  await refused(voidInvoice(acme, await draft(acme, { jobId, fromCharges: 'rest' })), 'conflict');
  const second = await sent(acme, { jobId, fromCharges: 'rest' });
  assert.equal(Number(second.number), Number(first.number) + 1);
  assert.deepEqual(await standing(acme, second.id), ['partlyPaid', 1000, 9000], 'the job’s own payment pays the next');
  await checkMoney(acme);
});

test('a credit settles invoices of the family, up to what is due and what it holds', async () => {
  const { customerId, jobId } = await makeJob(acme, { charges: [10_000] });
  const below = await makeJob(acme, { parentId: customerId });
  const stranger = await makeJob(acme);
  const invoice = await sent(acme, { jobId: below.jobId, lines: [piece(5000)] });
  const credit = await sent(acme, { jobId, kind: 'credit', lines: [piece(-3000)] });
  const use = (invoiceId: string, amount: number, id = credit.id) => applyCredit(acme, id, { invoiceId, amount });
  await refused(use((await sent(acme, { jobId: stranger.jobId, lines: [piece(5000)] })).id, 1), 'invalid_request');
  await refused(use(credit.id, 1), 'invalid_request');
  await refused(use('inv_none', 1), 'invalid_request');
  await refused(use(await draft(acme, { jobId, lines: [piece(5000)] }), 1), 'invalid_request');
  await refused(use(invoice.id, 3001), 'invalid_request');
  await refused(use(invoice.id, 1, invoice.id), 'conflict');
  await refused(use(invoice.id, 1, await draft(acme, { jobId, kind: 'credit', lines: [piece(-1)] })), 'conflict');
  await use(invoice.id, 1000);
  await use(invoice.id, 2000);
  assert.deepEqual(await standing(acme, invoice.id), ['partlyPaid', 3000, 2000]);
  assert.deepEqual(await standing(acme, credit.id), ['paid', -3000, 0]);
  assert.deepEqual((await readInvoice(acme, invoice.id)).payments.map(({ method, amount, reference }) => [method, amount.amount, reference]), [['credit', 1000, credit.number], ['credit', 2000, credit.number]]);
  await refused(use(invoice.id, 1), 'invalid_request');
  await pay(acme, below.jobId, 2000);
  assert.deepEqual(await standing(acme, invoice.id), ['paid', 5000, 0]);
  await checkMoney(acme);
});

test('a credit lowers what a job owes by what gives back no charge, with its taxes; what gives a charge back can be invoiced again', async () => {
  const { jobId, chargeIds: [charge] } = await makeJob(acme, { charges: [10_000] });
  const invoice = await sent(acme, { jobId, fromCharges: 'rest' });
  const credit = await sent(acme, { jobId, kind: 'credit', lines: [piece(-1000, { chargeId: charge! }), piece(-9000)] });
  await applyCredit(acme, credit.id, { invoiceId: invoice.id, amount: 10_000 });
  const balance = async (id: string) => (await findRecord(acme, 'jobs', id) as { balance?: { amount: number } }).balance?.amount;
  assert.equal(await balance(jobId), 1000);
  // The working copy says nothing of what was sent.
  await change(acme, credit.id, { lines: [piece(-10_000)] });
  const again = await sent(acme, { jobId, fromCharges: 'rest' });
  assert.deepEqual([again.total.amount, await balance(jobId)], [1000, 1000]);
  await pay(acme, jobId, 1000);
  assert.equal(await balance(jobId), 0);

  const taxes = [{ key: 'sales', name: 'Sales', percent: '8' }];
  const taxed = await makeJob(acme, { charges: [{ unitPrice: 10_000, taxes: [{ name: 'Sales', percent: '8' }] }] });
  await sent(acme, { jobId: taxed.jobId, fromCharges: 'rest' });
  await sent(acme, { jobId: taxed.jobId, kind: 'credit', taxes, lines: [piece(-1000, { chargeId: taxed.chargeIds[0]!, taxes: ['sales'] }), piece(-2000)] });
  assert.equal(await balance(taxed.jobId), 8800);
  await checkMoney(acme);
});

test('a job that moves to a stranger leaves the former customer their money, and its invoices are open again', async () => {
  const { customerId, jobId } = await makeJob(acme, { charges: [10_000] });
  const other = await makeJob(acme, { customerId });
  const [moved, stays] = [await sent(acme, { jobId, fromCharges: 'rest' }), await sent(acme, { jobId: other.jobId, lines: [piece(3000)] })];
  const allocations = [{ invoiceId: moved.id, amount: 7000 }, { invoiceId: stays.id, amount: 3000 }];
  const payment = await make(acme, 'payments', { customerId, receivedOn: '2026-01-05', method: 'card', amount: 10_000, allocations });
  const credit = await sent(acme, { jobId: other.jobId, kind: 'credit', lines: [piece(-2000)] });
  await applyCredit(acme, credit.id, { invoiceId: moved.id, amount: 2000 });
  await pay(acme, jobId, 1000);
  const sub = await makeJob(acme, { parentId: customerId });
  await changeRecord(acme, 'jobs', jobId, { customerId: sub.customerId, contactId: null });
  assert.deepEqual(await standing(acme, moved.id), ['paid', 10_000, 0], 'within the family what is paid stays paid');
  const stranger = await makeJob(acme);
  await changeRecord(acme, 'jobs', jobId, { customerId: stranger.customerId, contactId: null });
  assert.deepEqual(await standing(acme, moved.id), ['partlyPaid', 1000, 9000], 'only the job’s own payment went along');
  assert.deepEqual([await standing(acme, stays.id), await standing(acme, credit.id)], [['paid', 3000, 0], ['sent', 0, -2000]]);
  assert.deepEqual((await findRecord(acme, 'payments', payment.id)).allocations, [allocations[1]]);
  assert.deepEqual(await acme.from('jobs').select(['paid', 'waits_for']).where('id', '=', jobId).executeTakeFirstOrThrow(), { paid: 1000, waits_for: 'payment' });
  await checkMoney(acme);
});

test('money given back settles a credit of the job first', async () => {
  const { jobId } = await makeJob(acme);
  const invoice = await sent(acme, { jobId, lines: [piece(5000)] });
  await pay(acme, jobId, 5000);
  const credit = await sent(acme, { jobId, kind: 'credit', lines: [piece(-2000)] });
  await pay(acme, jobId, -1500, '2026-01-06');
  assert.deepEqual([await standing(acme, credit.id), await standing(acme, invoice.id)], [['partlyPaid', -1500, -500], ['paid', 5000, 0]]);
  await pay(acme, jobId, -1000, '2026-01-07');
  assert.deepEqual([await standing(acme, credit.id), await standing(acme, invoice.id)], [['paid', -2000, 0], ['partlyPaid', 4500, 500]]);
  await checkMoney(acme);
});

test('numbers have no gap and no twin, whoever sends at the same time and whatever fails', async () => {
  const scope = await makeAccount(database, 'busy');
  const { jobId, chargeIds: [charge] } = await makeJob(scope, { charges: [1000] });
  const ids = await Promise.all(Array.from({ length: 12 }, (_, index) => draft(scope, { jobId, kind: index % 3 === 0 ? 'credit' : 'invoice', lines: [piece(index % 3 === 0 ? -100 : 100)] })));
  // Each of these takes a number and then fails on what another has billed.
  const rivals = await Promise.all(Array.from({ length: 6 }, () => draft(scope, { jobId, fromCharges: [{ chargeId: charge! }] })));
  const ended = await Promise.allSettled([...ids, ...rivals].map((id) => send(scope, id)));
  assert.equal(ended.filter((each) => each.status === 'rejected').length, 5);
  await assert.rejects(scope.transaction(async (trx) => { await send(trx, await draft(trx, { jobId, lines: [piece(100)] })); throw new Error('the power went'); }), /power/);
  const next = await sent(scope, { jobId, lines: [piece(100)] });
  assert.equal(next.number, '10');
  await checkMoney(scope);
});

test('numbering goes on above what was imported', async () => {
  const scope = await makeAccount(database, 'moved');
  const { jobId } = await makeJob(scope);
  const imported = await sent(scope, { jobId, lines: [piece(100)] });
  await scope.update('invoices').set({ number: '2' }).where('id', '=', imported.id).execute();
  assert.equal((await sent(scope, { jobId, lines: [piece(100)] })).number, '3');
});

/** One thing that somebody in the office does; numbers pick among what there is. */
type Step = { does: string; pick: number; other: number; amount: number };

test('whatever an office does in whatever order, what is settled is the sum of the allocations', async () => {
  const does = ['rest', 'part', 'lines', 'lines', 'credit', 'credit', 'deposit', 'send', 'void', 'apply', 'apply', 'pay', 'giveBack', 'payAccount', 'changePayment', 'deletePayment', 'changeLines', 'moveJob', 'deleteDraft'];
  const step = fc.record({ does: fc.constantFrom(...does), pick: fc.nat(50), other: fc.nat(50), amount: fc.integer({ min: 1, max: 9000 }) });
  let walks = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }), async (steps) => {
      const scope = await makeAccount(database, `walk-${++walks}`);
      const parent = await makeJob(scope, { job: { tax: 333 }, charges: [9000, -1000, { unitPrice: 3333, quantity: '1.5' }] });
      const places = [parent, await makeJob(scope, { parentId: parent.customerId, charges: [5000] }), await makeJob(scope, { customerId: parent.customerId, charges: [700, 0] }), await makeJob(scope, { charges: [4000] })];
      for (const each of steps) {
        // Only what the product refuses may go wrong.
        await perform(scope, places, each).catch((error) => assert.ok(error instanceof Problem && ['invalid_request', 'conflict', 'not_found'].includes(error.code), `${each.does}: ${error instanceof Error ? error.stack : ''}`));
        await checkMoney(scope);
      }
    }),
    { numRuns: soak(testEngine === 'sqlite' ? 60 : 30) },
  );
});

async function perform(scope: Scope, places: Awaited<ReturnType<typeof makeJob>>[], { does, pick, other, amount }: Step): Promise<unknown> {
  const place = places[pick % places.length]!;
  const { jobId, chargeIds } = place;
  const invoices = await scope.from('invoices').selectAll().orderBy('id').execute();
  const payments = await scope.from('payments').selectAll().orderBy('id').execute();
  const among = <Row>(rows: Row[], which = pick): Row => {
    if (rows.length === 0) throw new Problem('not_found');
    return rows[which % rows.length]!;
  };
  const day = `2026-01-${String((other % 28) + 1).padStart(2, '0')}`;
  /** Half of what is written is sent at once. */
  const write = async (wish: Parameters<typeof draft>[1]) => (other % 2 ? draft(scope, wish) : sent(scope, wish));
  const open = invoices.filter((row) => row.status === 'sent' && row.settled < row.total);
  switch (does) {
    case 'rest': return write({ jobId, fromCharges: 'rest' });
    case 'part': return write({ jobId, fromCharges: [{ chargeId: among(chargeIds, other), amount: Math.trunc(amount / 3) }] });
    case 'lines': return write({ jobId, lines: [piece(amount), piece(-Math.trunc(amount / 4), other % 3 ? {} : { chargeId: among(chargeIds, other) })] });
    case 'credit': return write({ jobId, kind: 'credit', lines: [piece(-amount, other % 3 === 0 ? { chargeId: among(chargeIds, other) } : {})] });
    case 'deposit': return deposit(scope, jobId, amount);
    case 'send': return send(scope, among(invoices.filter((row) => row.status !== 'void')).id);
    case 'void': return voidInvoice(scope, among(invoices.filter((row) => row.status === 'sent')).id);
    case 'apply': {
      const credit = among(invoices.filter((row) => row.kind === 'credit' && row.status === 'sent' && row.settled > row.total));
      const invoice = among(open, other);
      return applyCredit(scope, credit.id, { invoiceId: invoice.id, amount: Math.min(amount, invoice.total - invoice.settled, credit.settled - credit.total) });
    }
    case 'pay': return pay(scope, jobId, amount, day);
    case 'giveBack': return pay(scope, jobId, -amount, day);
    case 'payAccount': {
      const wishes = open.filter((_, index) => index % 3 === other % 3).map((row) => ({ invoiceId: row.id, amount: Math.min(row.total - row.settled, Math.trunc(amount / 2) + 1) }));
      return make(scope, 'payments', { customerId: place.customerId, receivedOn: day, method: 'bank', amount, allocations: other % 4 ? wishes.slice(0, 2) : [] });
    }
    case 'changePayment': return changeRecord(scope, 'payments', among(payments).id, { amount: other % 5 ? amount : -amount });
    case 'deletePayment': return deleteRecord(scope, 'payments', among(payments).id);
    case 'changeLines': return change(scope, among(invoices).id, { lines: [piece(among(invoices).kind === 'credit' ? -amount : amount)] });
    case 'moveJob': return changeRecord(scope, 'jobs', jobId, { customerId: among(places, other).customerId, contactId: null });
    default: return deleteInvoice(scope, among(invoices).id);
  }
}

test('today, as the account’s own clock has it, decides what is overdue', async () => {
  for (const [slug, zone] of [['east', 'Pacific/Kiritimati'], ['west', 'Pacific/Pago_Pago']] as const) {
    const scope = await makeAccount(database, slug, { time_zone: zone });
    const { jobId } = await makeJob(scope);
    const day = today(zone);
    const due = async (dueOn: string) => (await sent(scope, { jobId, lines: [piece(100)], dueOn })).overdue;
    const before = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
    assert.deepEqual([await due(day), await due(before)], [false, true], zone);
    assert.equal((await sent(scope, { jobId, lines: [piece(100)] })).issuedOn, day);
  }
});
