import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { lineTotal } from '../contract/totals.ts';
import type { Scope } from '../database/scope.ts';
import { readVersion } from '../documents/versions.ts';
import { today } from '../platform/calendar.ts';
import { makeAccount, openTestDatabase, soak, type TestDatabase } from '../testing.ts';
import { changeRecord, deleteRecord, findRecord } from '../work/records.ts';
import { refreshJobs } from '../work/refresh.ts';
import { pricesOf } from './charge-lines.ts';
import { deleteInvoice } from './drafts.ts';
import { readInvoice } from './invoices.ts';
import { change, checkMoney, deposit, draft, make, makeJob, piece, send, sent } from './testing.ts';
import { voidInvoice } from './voiding.ts';

let database: TestDatabase;
let acme: Scope;
before(async () => {
  database = await openTestDatabase();
  acme = await makeAccount(database, 'acme', { taxes: JSON.stringify([{ key: 'state', name: 'State', percent: '4' }]), invoice_terms: 'Thank you.', other_ways_to_pay: 'By check.', invoice_due_days: 14 });
});
after(() => database.close());

const contentOf = async (id: string) => (await readVersion(acme, 'invoice', id, (await readInvoice(acme, id)).version))!.content;
const refused = async (work: Promise<unknown>, code: string, at?: string) =>
  assert.rejects(work, (error: { code: string; errors?: { path: string }[] }) => {
    assert.equal(error.code, code, String(error));
    if (at) assert.equal(error.errors?.[0]?.path, at);
    return true;
  });

test('a draft starts with what the job and the account say', async () => {
  const { jobId, contactId } = await makeJob(acme, { job: { poNumber: 'PO-7', presentation: 'summary', onlinePayment: false } });
  const invoice = await readInvoice(acme, await draft(acme, { jobId, lines: [piece(10_000, { taxes: ['state'] })] }));
  const { draft: copy } = invoice;
  assert.deepEqual([invoice.status, invoice.number, invoice.version, invoice.total.amount, invoice.due.amount], ['draft', null, 0, 10_400, 0]);
  assert.deepEqual([copy.title, copy.poNumber, copy.presentation, copy.onlinePayment, copy.terms, copy.otherWaysToPay], ['Water heater', 'PO-7', 'summary', false, 'Thank you.', 'By check.']);
  const content = await contentOf((await sent(acme, { jobId, lines: [piece(10_000)] })).id);
  assert.equal(content.dueOn! > content.issuedOn, true);
  assert.equal(content.to.contact, 'María Ferrer');
  const credit = await readInvoice(acme, await draft(acme, { jobId, kind: 'credit', lines: [piece(-100)], contactId }));
  assert.deepEqual([credit.draft.terms, credit.draft.otherWaysToPay, credit.draft.contactId], [null, null, contactId]);
});

test('what an invoice takes of a charge is a part of its quantity where that comes out even, and always that amount', () => {
  const charge = { quantity: 10_000, unit: 'h', unit_price: 9500, discount: 5000, total: 90_000 };
  assert.deepEqual(pricesOf(charge, 90_000), { quantity: '10', unit: 'h', unitPrice: 9500, discount: { amount: 5000 } });
  assert.deepEqual(pricesOf(charge, 45_000), { quantity: '5', unit: 'h', unitPrice: 9500, discount: { amount: 2500 } });
  assert.deepEqual(pricesOf(charge, 33_333), { quantity: '1', unit: null, unitPrice: 33_333, discount: null });
  const most = 1_000_000_000;
  fc.assert(
    fc.property(fc.integer({ min: -most, max: most }), fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 1000 }), (quantity, price, discount, share) => {
      const gross = lineTotal({ quantity: String(Math.trunc(quantity / 1000)), unitPrice: price });
      const whole = { quantity: Math.trunc(quantity / 1000) * 1000, unit: 'h', unit_price: price, discount, total: gross.total - discount };
      if (Math.abs(whole.total) > most * 100) return;
      const amount = Math.trunc((whole.total * share) / 1000) + 0;
      assert.equal(lineTotal(pricesOf(whole, amount)).total, amount);
    }),
  );
});

test('progress invoices together bill each charge and the fixed tax of the job to the cent', async () => {
  const rates = [[], [{ name: 'State', percent: '4' }], [{ name: 'State', percent: '4' }, { name: 'City', percent: '3.875' }]];
  const cases = fc.record({
    tax: fc.integer({ min: 0, max: 5000 }),
    included: fc.boolean(),
    charges: fc.array(fc.record({ unitPrice: fc.integer({ min: -5000, max: 100_000 }), quantity: fc.integer({ min: 1, max: 12_000 }), rate: fc.integer({ min: 0, max: 2 }) }), { minLength: 1, maxLength: 5 }),
    shares: fc.array(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 5, maxLength: 5 }), { maxLength: 3 }),
    asDrafts: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ tax, included, charges, shares, asDrafts }) => {
      const { jobId, chargeIds } = await makeJob(acme, {
        job: { tax, taxIncluded: included }, charges: charges.map(({ unitPrice, quantity, rate }) => ({ unitPrice, quantity: String(quantity / 1000), taxes: rates[rate] })),
      });
      const ids: string[] = [];
      for (const share of shares) {
        const parts = [];
        for (const [index, chargeId] of chargeIds.entries()) {
          const charge = await acme.from('charges').select(['total', 'invoiced']).where('id', '=', chargeId).executeTakeFirstOrThrow();
          const amount = Math.trunc(((charge.total - (asDrafts ? Math.trunc(charge.total / 2) : charge.invoiced)) * share[index]!) / 300);
          if (amount !== 0) parts.push({ chargeId, amount });
        }
        if (parts.length === 0 || parts.reduce((sum, part) => sum + part.amount, 0) < 0) continue;
        ids.push(await draft(acme, { jobId, fromCharges: parts }));
        if (!asDrafts) await sendOrGiveUp(ids);
      }
      // Drafts that were made before any of them was sent agree on the tax all the same.
      if (asDrafts) for (let at = 0; at < ids.length; at++) await send(acme, ids[at]!).catch(notNegative);
      const rest = await draft(acme, { jobId, fromCharges: 'rest' }).catch((error: { code: string }) => assert.equal(error.code, 'conflict'));
      if (rest) await send(acme, rest).catch(notNegative);
      const job = await acme.from('jobs').selectAll().where('id', '=', jobId).executeTakeFirstOrThrow();
      const documents = await acme.from('invoices').select('id').where('job_id', '=', jobId).where('status', '=', 'sent').execute();
      const contents = await Promise.all(documents.map(({ id }) => contentOf(id)));
      const sum = (of: (content: (typeof contents)[number]) => number) => contents.reduce((all, content) => all + of(content), 0);
      const left = await acme.from('charges').select(['total', 'invoiced']).where('job_id', '=', jobId).execute();
      if (left.some((charge) => charge.total !== charge.invoiced)) return;
      assert.equal(sum((content) => content.subtotal), job.subtotal);
      assert.equal(sum((content) => content.fixedTax), job.fixed_tax);
      assert.equal(contents.every((content) => content.fixedTax >= 0), true);
      // One that would come to less than nothing stops there.
      if (!contents.some((content) => content.total === 0)) assert.equal(sum((content) => content.total), job.subtotal + job.tax);
    }),
    { numRuns: soak(120) },
  );
  await checkMoney(acme);

  async function sendOrGiveUp(ids: string[]) {
    await send(acme, ids.at(-1)!).catch((error) => {
      ids.pop();
      notNegative(error);
    });
  }
  /** A job with enough discounts comes to less than nothing: that is a credit. */
  function notNegative(error: { code: string; errors?: { path: string }[] }) {
    assert.deepEqual([error.code, error.errors?.[0]?.path], ['invalid_request', '/lines'], String(error));
  }
});

/** What each document comes to, and the job. */
async function inAll(scope: Scope, jobId: string) {
  const rows = await scope.from('invoices').select(['id', 'version']).where('job_id', '=', jobId).where('status', '=', 'sent').orderBy('sent_at').orderBy('id').execute();
  const contents = await Promise.all(rows.map(async ({ id, version }) => (await readVersion(scope, 'invoice', id, version))!.content));
  const job = await scope.from('jobs').selectAll().where('id', '=', jobId).executeTakeFirstOrThrow();
  for (const content of contents) {
    const taxes = Object.values(content.taxAmounts).reduce((sum, amount) => sum + amount, 0);
    assert.deepEqual([content.tax, content.total], [taxes + content.fixedTax, content.subtotal + (content.taxIncluded ? content.fixedTax : content.tax)], 'a document adds up');
    assert.deepEqual(Object.keys(content.taxAmounts).toSorted(), content.taxes.map((tax) => tax.key).toSorted());
  }
  return { contents, totals: contents.map((content) => content.total), billed: contents.reduce((sum, content) => sum + content.total, 0), whole: job.subtotal + job.tax, balance: job.subtotal + job.tax - job.paid };
}

test('whatever the rates and the parts, the documents of a job that is invoiced whole come to the job’s total, and paying them settles it', async () => {
  const rate = fc.constantFrom('8', '8.375', '4', '3.875', '0.125', '19', '12.5').map((percent) => ({ name: `Tax of ${percent}`, percent }));
  const charge = fc.record({ unitPrice: fc.integer({ min: -2000, max: 30_000 }), quantity: fc.integer({ min: 1, max: 9000 }).map((each) => String(each / 1000)), taxes: fc.uniqueArray(rate, { maxLength: 3, selector: (each) => each.name }) });
  const cases = fc.record({
    tax: fc.integer({ min: 0, max: 900 }), rounding: fc.constantFrom('line' as const, 'document' as const),
    charges: fc.array(charge, { minLength: 1, maxLength: 5 }), parts: fc.array(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 5 }),
    extra: fc.boolean(),
  });
  let settled = 0;
  await fc.assert(
    fc.asyncProperty(cases, async ({ tax, rounding, charges, parts, extra }) => {
      const { jobId, chargeIds } = await makeJob(acme, { job: { tax }, charges });
      await acme.update('jobs').set({ tax_rounding: rounding }).where('id', '=', jobId).execute();
      await refreshJobs(acme, [jobId]);
      for (const shares of parts) {
        const rows = await acme.from('charges').select(['id', 'total', 'invoiced']).where('job_id', '=', jobId).execute();
        const fromCharges = chargeIds.flatMap((chargeId, index) => {
          const { total, invoiced } = rows.find((row) => row.id === chargeId)!;
          const amount = Math.trunc(((total - invoiced) * shares[index]!) / 100);
          return amount === 0 ? [] : [{ chargeId, amount }];
        });
        if (fromCharges.length && fromCharges.reduce((sum, { amount }) => sum + amount, 0) >= 0) await sent(acme, { jobId, fromCharges }).catch(() => undefined);
      }
      const rest = await draft(acme, { jobId, fromCharges: 'rest' }).catch(() => undefined);
      let beside = 0;
      if (rest && extra) {
        const copy = (await readInvoice(acme, rest)).draft;
        await change(acme, rest, { lines: [...copy.lines, piece(7777)] });
        beside = 7777;
      }
      if (rest && (await readInvoice(acme, rest)).total.amount < 0) return;
      if (rest) await send(acme, rest);
      const { billed, whole, totals } = await inAll(acme, jobId);
      // Parts of a few cents can be rounded up beyond the whole; no invoice gives that back.
      if (totals.at(-1) === 0 && billed > whole + beside) return;
      assert.equal(billed, whole + beside);
      settled++;
      await make(acme, 'payments', { jobId, receivedOn: '2026-01-05', method: 'check', amount: billed || 1, reference: null });
      const open = await acme.from('invoices').select('id').where('job_id', '=', jobId).where('status', '=', 'sent').whereRef('settled', '<>', 'total').execute();
      assert.deepEqual([open, (await inAll(acme, jobId)).balance], [[], billed ? 0 - beside : -1]);
    }),
    { numRuns: soak(100) },
  );
  assert.ok(settled > 0, 'none came so far');
  await checkMoney(acme);
});

test('the last invoice takes the cents that the others have rounded', async () => {
  const taxed = (unitPrice: number, percent: string) => ({ unitPrice, taxes: [{ name: 'Sales', percent }] });
  const four = await makeJob(acme, { charges: [taxed(11_200, '8.375')] });
  for (let part = 0; part < 4; part++) await sent(acme, { jobId: four.jobId, fromCharges: [{ chargeId: four.chargeIds[0]!, amount: 2800 }] });
  assert.deepEqual((await inAll(acme, four.jobId)).totals, [3035, 3035, 3035, 3033]);
  const two = await makeJob(acme, { charges: [taxed(112, '8')] });
  await sent(acme, { jobId: two.jobId, fromCharges: [{ chargeId: two.chargeIds[0]!, amount: 56 }] });
  const last = await sent(acme, { jobId: two.jobId, fromCharges: 'rest' });
  assert.deepEqual((await inAll(acme, two.jobId)).totals, [60, 61]);
  // Sent again it is the same; changed, it is settled anew; and what is made of it after a void one is settled likewise.
  await send(acme, last.id);
  assert.deepEqual([(await readInvoice(acme, last.id)).version, (await readInvoice(acme, last.id)).changed], [1, false]);
  await change(acme, last.id, { title: 'Final invoice', lines: last.draft.lines });
  await send(acme, last.id);
  assert.deepEqual((await inAll(acme, two.jobId)).totals, [60, 61]);
  await change(acme, last.id, { lines: [{ ...last.draft.lines[0]!, quantity: '1', unitPrice: 50 }] });
  await send(acme, last.id);
  assert.deepEqual((await inAll(acme, two.jobId)).totals, [60, 54], 'no longer the last: its own rate');
  await sent(acme, { jobId: two.jobId, fromCharges: 'rest' });
  assert.equal((await inAll(acme, two.jobId)).billed, 121);
  await voidInvoice(acme, last.id);
  await sent(acme, { jobId: two.jobId, fromCharges: 'rest' });
  assert.equal((await inAll(acme, two.jobId)).billed, 121);
});

test('a tax that the last invoice does not bear is on it for its cents; one that the office has decided otherwise is left alone', async () => {
  const { jobId, chargeIds: [pump] } = await makeJob(acme, { charges: [{ unitPrice: 112, taxes: [{ name: 'Sales', percent: '8' }] }, 1000] });
  for (let part = 0; part < 2; part++) await sent(acme, { jobId, fromCharges: [{ chargeId: pump!, amount: 56 }] });
  const last = await sent(acme, { jobId, fromCharges: 'rest' });
  const content = await contentOf(last.id);
  assert.deepEqual([content.taxes, content.taxAmounts, content.total], [[{ key: 'tax-1', name: 'Sales', percent: '8' }], { 'tax-1': 1 }, 1001]);
  await change(acme, last.id, { lines: [{ ...last.draft.lines[0]!, unitPrice: 900 }] });
  await send(acme, last.id);
  assert.deepEqual([(await contentOf(last.id)).taxes, (await contentOf(last.id)).total], [[], 900]);

  const exempt = await makeJob(acme, { charges: [{ unitPrice: 112, taxes: [{ name: 'Sales', percent: '8' }] }] });
  const first = await draft(acme, { jobId: exempt.jobId, fromCharges: [{ chargeId: exempt.chargeIds[0]!, amount: 56 }] });
  await change(acme, first, { lines: (await readInvoice(acme, first)).draft.lines.map((line) => ({ ...line, taxes: [] })) });
  await send(acme, first);
  await sent(acme, { jobId: exempt.jobId, fromCharges: 'rest' });
  assert.deepEqual((await inAll(acme, exempt.jobId)).totals, [56, 60]);
});

test('no charge is ever invoiced beyond what it comes to', async () => {
  const { jobId, chargeIds: [pump, discount, gift] } = await makeJob(acme, { charges: [10_000, -1000, 0] });
  const of = (chargeId: string, amount?: number) => ({ jobId, fromCharges: [{ chargeId, ...(amount === undefined ? {} : { amount }) }] });
  await refused(draft(acme, of(pump!, 10_001)), 'invalid_request', '/fromCharges/0/amount');
  await refused(draft(acme, of(pump!, -1)), 'invalid_request', '/fromCharges/0/amount');
  await refused(draft(acme, of(discount!, 500)), 'invalid_request', '/fromCharges/0/amount');
  await refused(draft(acme, { jobId, fromCharges: [{ chargeId: pump! }, { chargeId: pump! }] }), 'invalid_request', '/fromCharges/1/chargeId');
  const other = await makeJob(acme, { charges: [100] });
  await refused(draft(acme, of(other.chargeIds[0]!)), 'invalid_request', '/fromCharges/0/chargeId');
  await refused(draft(acme, { jobId, lines: [piece(1, { chargeId: other.chargeIds[0]! })] }), 'invalid_request', '/lines/0/chargeId');
  await refused(draft(acme, { jobId, lines: [piece(6000, { chargeId: pump! }), piece(6000, { chargeId: pump! })] }), 'invalid_request', '/lines/0/chargeId');
  // Two drafts may want the same; the one that is sent second is refused.
  const [first, second] = [await draft(acme, of(pump!, 6000)), await draft(acme, of(pump!, 6000))];
  await send(acme, first);
  await refused(send(acme, second), 'conflict');
  await refused(draft(acme, of(pump!, 4001)), 'invalid_request', '/fromCharges/0/amount');
  await refused(changeRecord(acme, 'charges', pump!, { unitPrice: 5999 }), 'conflict');
  await change(acme, second, { lines: [piece(4000, { chargeId: pump! })] });
  await send(acme, second);
  const rest = await sent(acme, { jobId, kind: 'credit', fromCharges: 'rest' });
  assert.deepEqual(rest.draft.lines.map((line) => [line.chargeId, line.unitPrice]), [[discount, -1000], [gift, 0]], 'what costs nothing is shown once');
  await refused(draft(acme, { jobId, fromCharges: 'rest' }), 'conflict');
  await refused(deleteRecord(acme, 'charges', gift!), 'conflict');
  await voidInvoice(acme, first);
  assert.equal((await findRecord(acme, 'charges', pump!) as { invoiced?: number }).invoiced, 4000);
  assert.deepEqual((await readInvoice(acme, await draft(acme, { jobId, fromCharges: 'rest' }))).total.amount, 6000);
  await checkMoney(acme);
});

test('a line that gives a part of a charge back with a credit lets it be invoiced again; what others stand on stays', async () => {
  const { jobId, chargeIds: [pump] } = await makeJob(acme, { charges: [10_000] });
  const whole = await sent(acme, { jobId, fromCharges: 'rest' });
  const credit = await sent(acme, { jobId, kind: 'credit', lines: [piece(-4000, { chargeId: pump! })] });
  await refused(draft(acme, { jobId, kind: 'credit', lines: [piece(-6001, { chargeId: pump! })] }), 'invalid_request', '/lines/0/chargeId');
  await refused(voidInvoice(acme, whole.id), 'conflict');
  await change(acme, whole.id, { lines: [piece(10_000)] });
  await refused(send(acme, whole.id), 'conflict');
  const again = await sent(acme, { jobId, fromCharges: 'rest' });
  assert.equal(again.total.amount, 4000);
  await refused(voidInvoice(acme, credit.id), 'conflict');
  for (const { id } of [again, credit, whole]) await voidInvoice(acme, id);
  await checkMoney(acme);
});

test('deposits are subtracted once, as a whole, and stay while an invoice subtracts them', async () => {
  const { jobId } = await makeJob(acme, { charges: [100_000] });
  const [asked, later] = [await deposit(acme, jobId, 30_000), await deposit(acme, jobId, 5000)];
  const made = await readInvoice(acme, asked);
  assert.deepEqual([made.kind, made.status, made.total.amount, made.dueOn], ['deposit', 'sent', 30_000, today(acme.account.time_zone)]);
  assert.deepEqual(made.draft.lines.map((line) => line.description), ['Deposit, estimate 1042']);
  assert.equal(made.changed, false);
  const half = await sent(acme, { jobId, fromCharges: [{ chargeId: (await acme.from('charges').select('id').where('job_id', '=', jobId).executeTakeFirstOrThrow()).id, amount: 50_000 }] });
  assert.equal(half.total.amount, 50_000, 'a part subtracts none');
  const last = await draft(acme, { jobId, fromCharges: 'rest' });
  const second = await draft(acme, { jobId, fromCharges: 'rest' });
  await send(acme, last);
  const { lines, total } = await contentOf(last);
  assert.deepEqual(lines.map((line) => [line.description, line.total]), [
    ['Charge 1', 50_000], [`Deposit, invoice ${made.number}`, -30_000], [`Deposit, invoice ${(await readInvoice(acme, later)).number}`, -5000],
  ]);
  assert.equal(total, 15_000);
  await refused(send(acme, second), 'conflict');
  await refused(voidInvoice(acme, asked), 'conflict');
  await change(acme, asked, { lines: [piece(20_000)] });
  await refused(send(acme, asked), 'conflict');
  const [keep, takeOff] = (await readInvoice(acme, last)).draft.lines;
  await refused(change(acme, last, { lines: [keep!, { ...takeOff!, unitPrice: -20_000 }] }), 'invalid_request', '/lines/1/depositId');
  await refused(change(acme, last, { lines: [keep!, takeOff!, { ...takeOff!, id: 'again' }] }), 'invalid_request', '/lines/2/depositId');
  // Taken out of the working copy it is still subtracted by what was sent.
  await change(acme, last, { lines: [keep!] });
  await refused(voidInvoice(acme, asked), 'conflict');
  await voidInvoice(acme, last);
  await voidInvoice(acme, asked);
  const again = await sent(acme, { jobId, fromCharges: 'rest' });
  assert.equal(again.total.amount, 45_000, 'a void deposit is not subtracted');
  await checkMoney(acme);
});

test('the account’s language names a deposit', async () => {
  const verde = await makeAccount(database, 'verde', { locale: 'es' });
  const { jobId } = await makeJob(verde, { charges: [100_000] });
  const asked = await readInvoice(verde, await deposit(verde, jobId, 30_000));
  const rest = await readInvoice(verde, await draft(verde, { jobId, fromCharges: 'rest' }));
  assert.deepEqual([...asked.draft.lines, rest.draft.lines.at(-1)!].map((line) => line.description), ['Anticipo, presupuesto 1042', 'Anticipo, factura 1']);
});

test('what comes from the charges is not said twice, and a draft that was never sent can be deleted', async () => {
  const { jobId } = await makeJob(acme, { charges: [100] });
  for (const [field, value] of Object.entries({ lines: [piece(1)], taxes: [], taxIncluded: true, fixedTax: 5 }))
    await refused(draft(acme, { jobId, fromCharges: 'rest', [field]: value }), 'invalid_request', `/${field}`);
  const id = await draft(acme, { jobId, fromCharges: 'rest', externalId: 'erp:1' });
  await refused(draft(acme, { jobId, externalId: 'erp:1' }), 'already_exists', '/externalId');
  await deleteInvoice(acme, id);
  await refused(readInvoice(acme, id), 'not_found');
  await refused(deleteInvoice(acme, (await sent(acme, { jobId, fromCharges: 'rest' })).id), 'conflict');
});

test('a change of what is billed moves the share of the fixed tax along, until the office says otherwise', async () => {
  const { jobId, chargeIds: [pump] } = await makeJob(acme, { job: { tax: 1000 }, charges: [10_000] });
  const id = await draft(acme, { jobId, fromCharges: [{ chargeId: pump!, amount: 5000 }] });
  const tax = async () => (await readInvoice(acme, id)).draft.fixedTax;
  assert.equal(await tax(), 500);
  await change(acme, id, { lines: [piece(2500, { chargeId: pump! })] });
  assert.equal(await tax(), 250);
  await change(acme, id, { fixedTax: 7 });
  await change(acme, id, { lines: [piece(5000, { chargeId: pump! })] });
  assert.equal(await tax(), 7);
  await send(acme, id);
  assert.equal((await readInvoice(acme, await draft(acme, { jobId, fromCharges: 'rest' }))).draft.fixedTax, 993);
});
