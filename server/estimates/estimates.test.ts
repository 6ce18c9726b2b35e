import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Evidence } from '../documents/evidence.ts';
import { daysAfter, today } from '../platform/calendar.ts';
import { expireEstimates } from './jobs.ts';
import { openEstimates, packages } from './testing.ts';

let world: Awaited<ReturnType<typeof openEstimates>>;
before(async () => {
  world = await openEstimates();
});
after(() => world.close());

const money = (amount: number) => ({ amount, currency: 'USD' });
const day = (days: number) => daysAfter(today('America/New_York'), days);
/** A PNG of one pixel. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('sending freezes what was written: a later change of the working copy is not seen until it is sent again', async () => {
  const { id, reader } = await world.sent();
  const first = await reader.see();
  assert.equal(first.version, 1);
  assert.equal(first.content.title, 'Water heater replacement');
  assert.deepEqual(first.content.address, ['412 Pine Street', 'Decatur, GA 30030']);
  assert.deepEqual(first.content.to, { customer: 'Pine Street Dental', company: true, contact: 'Maria O’Brien', billingAddress: null });
  // 245.00 labor, 2,389.00 and 58.50 taxed at 8 %.
  assert.deepEqual([first.totals.subtotal, first.totals.tax, first.totals.total, first.totals.deposit], [269_250, 19_580, 288_830, 57_766].map(money));

  await world.office('PATCH', `estimates/${id}`, { title: 'Another title', lines: packages.lines.slice(0, 3) });
  assert.deepEqual((await reader.see()).content, first.content);
  const changed = await world.office('GET', `estimates/${id}`);
  assert.equal(changed.body.changed, true);
  assert.equal(changed.body.status, 'sent');

  await world.send(id, { note: 'As we said on the phone' });
  const second = await reader.see();
  assert.deepEqual([second.version, second.content.title, second.content.note], [2, 'Another title', 'As we said on the phone']);
  assert.notEqual(second.etag, first.etag);
  assert.deepEqual((await world.office('GET', `estimates/${id}/versions/1`)).body, first.content);
});

test('sending again what was not changed keeps the version and makes a fresh link', async () => {
  const { id, url } = await world.sent();
  const again = await world.send(id);
  assert.equal(again.estimate.version, 1);
  assert.notEqual(again.url, url);
});

test('numbers are given at first sending, one after the other, and stay over revisions', async () => {
  const drafts = [await world.draft(), await world.draft(), await world.draft()];
  assert.deepEqual(drafts.map((draft) => draft.number), [null, null, null]);
  const numbers: number[] = [];
  for (const draft of drafts.toReversed()) numbers.push(Number((await world.send(draft.id)).estimate.number));
  assert.deepEqual(numbers, [numbers[0]!, numbers[0]! + 1, numbers[0]! + 2]);
  assert.equal((await world.send(drafts[0]!.id, { note: 'again' })).estimate.number, String(numbers[2]));
});

test('what cannot be sent is refused, and takes no number', async () => {
  const refused = async (more: object, path: string) => {
    const draft = await world.draft(more);
    const answer = await world.office('POST', `estimates/${draft.id}/send`, {});
    assert.deepEqual([answer.status, answer.body.errors?.[0]?.path], [400, path], answer.text);
  };
  const next = Number((await world.send((await world.draft()).id)).estimate.number) + 1;
  await refused({ lines: [], groups: [] }, '/lines');
  await refused({ expiresOn: day(-1) }, '/expiresOn');
  await refused({ lines: [{ description: 'Given back', unitPrice: -100, taxes: [] }], groups: [] }, '/lines');
  assert.equal((await world.send((await world.draft()).id)).estimate.number, String(next));
});

test('a working copy that does not fit together is refused at the place where it does not', async () => {
  const job = await world.job();
  const line = { description: 'A', unitPrice: 100 };
  for (const [body, path] of [
    [{ lines: [{ ...line, id: 'a' }, { ...line, id: 'a' }] }, '/lines/1/id'],
    [{ lines: [{ ...line, taxes: ['none'] }] }, '/lines/0/taxes/0'],
    [{ lines: [{ ...line, group: 'none' }] }, '/lines/0/group'],
    [{ lines: [{ ...line, group: 'g', optional: true }], groups: [{ key: 'g', name: 'G' }] }, '/lines/0/optional'],
    [{ lines: [{ ...line, group: 'g', selected: true }, { ...line, group: 'g', selected: true }], groups: [{ key: 'g', name: 'G' }] }, '/lines/1/selected'],
    [{ lines: [{ ...line, quantity: '999999999', unitPrice: 999_999_999 }] }, '/lines/0/quantity'],
    [{ lines: Array.from({ length: 3 }, () => ({ ...line, unitPrice: 900_000_000_000 })) }, '/lines'],
    [{ taxes: [{ key: 't', name: 'T', percent: '5' }, { key: 't', name: 'U', percent: '6' }] }, '/taxes/1/key'],
    [{ contactId: 'cont_01J00000000000000000000000' }, '/contactId'],
  ] as const) {
    const answer = await world.office('POST', 'estimates', { jobId: job, ...body });
    assert.deepEqual([answer.status, answer.body.errors?.[0]?.path], [400, path], answer.text);
  }
});

test('an approval makes the chosen lines the job’s charges, the deposit an invoice, and is told to everybody whom it concerns', async () => {
  const { id, reader, job } = await world.sent({ terms: 'Half now, half later.' });
  await world.services.db.deleteFrom('notices').execute();
  const answer = await reader.approve({ options: ['best', 'tank'], poNumber: 'PSD-77' });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  const seen = answer.body;
  // 245.00 + (3,450.00 + 185.00) · 1.08
  assert.deepEqual(seen.totals.total, money(417_080));
  assert.deepEqual([seen.status, seen.decision.by, seen.decision.kind, seen.decision.poNumber], ['approved', 'Maria O’Brien', 'approved', 'PSD-77']);
  assert.deepEqual(seen.decision.options, ['labor', 'best', 'tank']);

  const sheet = (await world.office('GET', `jobs/${job}`)).body;
  assert.deepEqual([sheet.total, sheet.poNumber, sheet.estimateAnsweredOn], [money(417_080), 'PSD-77', day(0)]);
  const charges = (await world.office('GET', `charges?jobId=${job}`)).body.items as { description: string; taxes: object[]; total: number }[];
  assert.deepEqual(charges.map(({ description, total }) => [description, total]).sort(), [['Best', 345_000], ['Expansion tank', 18_500], ['Labor', 24_500]]);
  assert.deepEqual(charges.find((charge) => charge.description === 'Best')!.taxes, [{ name: 'Sales tax', percent: '8' }]);

  const invoices = (await world.office('GET', `invoices?jobId=${job}`)).body.items as { kind: string; total: object; status: string; number: string }[];
  assert.deepEqual(invoices.map(({ kind, total, status }) => [kind, total, status]), [['deposit', money(83_416), 'sent']]);
  assert.deepEqual([seen.depositInvoice.due, seen.depositInvoice.number], [money(83_416), invoices[0]!.number]);

  const item = (await world.office('GET', 'inbox')).body.items[0];
  assert.deepEqual([item.kind, item.document, item.customerId], ['estimateApproved', { kind: 'estimate', id, number: seen.content.number }, world.customer]);
  assert.match(item.text, /Pine Street Dental approved estimate \d+ \(\$4,170\.80\)/);
  const message = (await world.office('GET', 'messages')).body.items[0];
  assert.deepEqual([message.event, message.document.id, message.name], ['approved', id, 'Maria O’Brien']);
  const told = await world.scope.from('notices').select(['kind', 'to_address']).orderBy('kind').execute();
  assert.deepEqual(told.map((notice) => [notice.kind, notice.to_address]), [['estimateApproved', 'maria@pinedental.example'], ['officeApproved', 'office@acme.example']]);
});

test('the evidence holds everything, and nothing changes it', async () => {
  const { id, reader } = await world.sent({ terms: 'Our terms', termsRequired: true });
  const { etag } = await reader.see();
  await reader.approve({ signature: { kind: 'drawn', name: 'Maria', picture: png }, acceptTerms: true, signerAddress: 'boss@pinedental.example' });
  const decision = await world.scope.from('decisions').selectAll().where('estimate_id', '=', id).executeTakeFirstOrThrow();
  const evidence = JSON.parse(decision.evidence) as Evidence;
  assert.equal(etag, `1-${evidence.versionHash}`);
  assert.deepEqual(evidence.signer, { name: 'Maria', address: 'boss@pinedental.example', contactId: null, forSomebodyElse: true });
  assert.equal(evidence.mark?.kind === 'drawn' && evidence.mark.picture, png);
  assert.deepEqual([evidence.terms, evidence.termsAccepted, evidence.totals.total, evidence.options.map((line) => line.id)], ['Our terms', true, 288_830, ['better', 'pan']]);
  assert.match(evidence.at, /^\d{4}-\d\d-\d\dT/);
  assert.match(evidence.ip ?? '', /^10\./);
  assert.match(evidence.sessionId ?? '', /^sess_/);
  assert.match(evidence.linkId ?? '', /^link_/);

  await world.office('PATCH', `estimates/${id}`, { title: 'Something else' }).then((answer) => assert.deepEqual([answer.status, answer.body.code], [409, 'document_decided']));
  for (const action of ['send', 'withdraw']) assert.equal((await world.office('POST', `estimates/${id}/${action}`, {})).body.code, 'document_decided');
  assert.equal((await world.office('DELETE', `estimates/${id}`)).status, 409);
  assert.deepEqual(await world.scope.from('decisions').selectAll().where('estimate_id', '=', id).executeTakeFirstOrThrow(), decision);
});

test('approving another version than the current one is stale, and approving nothing in particular is refused', async () => {
  const { id, reader } = await world.sent();
  const { etag } = await reader.see();
  await world.office('PATCH', `estimates/${id}`, { title: 'Dearer', lines: packages.lines.map((line) => ({ ...line, unitPrice: line.unitPrice + 1 })) });
  await world.send(id);
  assert.deepEqual(await reader.approve({}, etag).then(({ status, code }) => [status, code]), [412, 'stale']);
  assert.deepEqual(await reader.post('/approve', { signature: { kind: 'typed', name: 'M' } }).then(({ status, code }) => [status, code]), [428, 'precondition_required']);
  assert.deepEqual(await reader.approve({}, `2-${etag.slice(2)}`).then(({ status, code }) => [status, code]), [412, 'stale']);
  assert.equal((await reader.approve()).status, 200);
});

test('expired, withdrawn and decided ones cannot be approved, and say so; a new one can be asked for', async () => {
  const expired = await world.sent({ expiresOn: day(0) });
  await world.scope.update('estimates').set({ expires_on: day(-1) }).where('id', '=', expired.id).execute();
  assert.equal((await expired.reader.see()).status, 'expired');
  assert.deepEqual(await expired.reader.approve().then(({ status, code }) => [status, code]), [409, 'document_expired']);
  const withdrawn = await world.sent();
  await world.office('POST', `estimates/${withdrawn.id}/withdraw`);
  assert.deepEqual(await withdrawn.reader.approve().then(({ status, code }) => [status, code]), [409, 'document_withdrawn']);
  const decided = await world.sent();
  await decided.reader.approve();
  assert.deepEqual(await decided.reader.approve().then(({ status, code }) => [status, code]), [409, 'document_decided']);
  assert.deepEqual(await decided.reader.post('/decline', {}, { 'if-match': `"${(await decided.reader.see()).etag}"` }).then(({ code }) => code), 'document_decided');
  for (const { reader } of [expired, withdrawn, decided]) {
    const { version, status } = await reader.see();
    const answer = await reader.post('/change-requests', { version, text: 'Please make a new one' });
    assert.deepEqual([answer.status, answer.body.status, answer.body.remarks.length], [200, status, 1]);
  }
});

test('an estimate lives through its last day where the account is, and the clock marks it afterwards', async () => {
  const { id, reader, job } = await world.sent({ expiresOn: day(0) });
  assert.equal((await reader.see()).status, 'sent');
  await expireEstimates(world.services);
  assert.equal((await world.office('GET', `estimates/${id}`)).body.status, 'sent');
  const waits = () => world.scope.from('jobs').select('waits_for').where('id', '=', job).executeTakeFirstOrThrow().then((row) => row.waits_for);
  assert.equal(await waits(), 'estimate');
  await world.scope.update('estimates').set({ expires_on: day(-1) }).where('id', '=', id).execute();
  await expireEstimates(world.services);
  assert.equal((await world.scope.from('estimates').select('status').where('id', '=', id).executeTakeFirstOrThrow()).status, 'expired');
  assert.equal(await waits(), null);
  await world.office('PATCH', `estimates/${id}`, { expiresOn: day(7) });
  await world.send(id);
  assert.equal((await reader.see()).status, 'sent');
  assert.equal(await waits(), 'estimate');
});

test('choices that do not exist, two of one group or none of it are refused', async () => {
  const { reader } = await world.sent();
  for (const [options, path] of [
    [['better', 'nothing'], '/options/1'],
    [['better', 'labor'], '/options/1'],
    [['better', 'tank', 'tank'], '/options/2'],
    [['good', 'better'], '/options'],
    [['tank'], '/options'],
  ] as const) {
    const answer = await reader.approve({ options });
    assert.deepEqual([answer.status, answer.paths], [400, [path]]);
  }
  assert.equal((await reader.see()).status, 'sent');
});

test('a signature that is no picture, or too large a one, is refused; terms that must be accepted are', async () => {
  const { reader } = await world.sent({ terms: 'Our terms', termsRequired: true });
  const drawn = (picture: string) => reader.approve({ signature: { kind: 'drawn', name: 'M', picture }, acceptTerms: true });
  assert.deepEqual((await drawn(Buffer.from('<svg onload=alert(1)>').toString('base64'))).paths, ['/signature/picture']);
  assert.deepEqual((await drawn('/9j/4AAQSkZJRg==')).paths, ['/signature/picture']);
  assert.deepEqual((await drawn('A'.repeat(139_000))).paths, ['/signature/picture']);
  assert.equal((await drawn('A'.repeat(140_001))).status, 400);
  assert.equal((await drawn('A'.repeat(400_000))).status, 400);
  assert.deepEqual((await reader.approve({ signature: { kind: 'typed', name: '  ' }, acceptTerms: true })).status, 400);
  assert.deepEqual((await reader.approve({ acceptTerms: false })).paths, ['/acceptTerms']);
  assert.equal((await drawn(png)).status, 200);
});

test('a repeated call gets the answer of the first, and approves once', async () => {
  const { id, reader } = await world.sent();
  const { etag } = await reader.see();
  const body = { options: ['good'], signature: { kind: 'typed', name: 'Maria' } };
  const call = (key: string, more: object = {}) => reader.post('/approve', { ...body, ...more }, { 'if-match': `"${etag}"`, 'idempotency-key': key });
  const [first, again] = [await call('the-same-key'), await call('the-same-key')];
  assert.deepEqual([first.status, again.body], [200, first.body]);
  assert.equal((await call('the-same-key', { options: ['best'] })).status, 422);
  assert.equal((await call('another-key')).code, 'document_decided');
  assert.equal((await world.scope.from('decisions').select('id').where('estimate_id', '=', id).execute()).length, 1);
});

test('a contact who may not approve sees the estimate and cannot decide it', async () => {
  const other = (await world.office('POST', 'contacts', { customerId: world.customer, name: 'Front desk', email: 'desk@pinedental.example', canApprove: false })).body.id;
  const draft = await world.draft({ contactId: other });
  const { url } = await world.send(draft.id);
  const reader = await world.reader(url);
  assert.deepEqual((await reader.see()).rights, { approve: false, requestChanges: true, pay: true, pdf: true, share: true });
  assert.equal((await reader.approve()).status, 404);
});

test('wishes stand at their lines until the office answers; the version stays approvable meanwhile', async () => {
  const { id, reader } = await world.sent();
  const asked = await reader.post('/change-requests', { version: 1, text: 'Can you come in March?', remarks: [{ lineId: 'tank', text: 'Do I need it?' }] });
  assert.deepEqual([asked.status, asked.body.status], [200, 'changesRequested']);
  assert.deepEqual(asked.body.remarks.map((remark: { lineId: string | null; answer: null }) => [remark.lineId, remark.answer]), [[null, null], ['tank', null]]);
  assert.deepEqual((await world.office('GET', 'messages')).body.items[0].body, 'Can you come in March?\nExpansion tank: Do I need it?');
  const remark = (await world.office('GET', `estimates/${id}`)).body.remarks[1];
  await world.office('POST', `estimates/${id}/remarks/${remark.id}/answer`, { answer: 'The code requires it.' });
  assert.equal((await reader.see()).remarks[1]!.answer, 'The code requires it.');
  assert.deepEqual((await reader.post('/change-requests', { version: 1, remarks: [{ lineId: 'none', text: 'x' }] })).paths, ['/remarks/0/lineId']);
  assert.equal((await reader.post('/change-requests', { version: 1, text: ' ' })).status, 400);
  assert.deepEqual((await reader.post('/change-requests', { version: 9, text: 'x' })).paths, ['/version']);
  assert.equal((await reader.approve()).status, 200);
});

test('a declined estimate can be sent anew, and then approved', async () => {
  const { id, reader, job } = await world.sent();
  const declined = await reader.post('/decline', { reason: 'Too dear' }, { 'if-match': `"${(await reader.see()).etag}"` });
  assert.deepEqual([declined.body.status, declined.body.decision.reason], ['declined', 'Too dear']);
  assert.equal((await reader.approve()).code, 'document_decided');
  assert.equal((await world.scope.from('jobs').select('waits_for').where('id', '=', job).executeTakeFirstOrThrow()).waits_for, null);
  await world.office('PATCH', `estimates/${id}`, { lines: packages.lines.map((line) => ({ ...line, unitPrice: Math.round(line.unitPrice * 0.9) })) });
  await world.send(id, { note: 'Ten percent off' });
  assert.equal((await reader.see()).decision, null);
  assert.equal((await reader.approve()).status, 200);
});

test('what changed is told against the version that this person saw last', async () => {
  const { id, reader } = await world.sent();
  assert.equal((await reader.post('/opened', { version: 1 })).status, 204);
  await world.office('PATCH', `estimates/${id}`, { title: 'Two' });
  await world.send(id);
  assert.equal((await reader.see()).changes, null);
  const [labor, ...rest] = packages.lines;
  await world.office('PATCH', `estimates/${id}`, { lines: [{ ...labor!, unitPrice: 9900 }, ...rest.filter((line) => line.id !== 'pan'), { id: 'permit', description: 'Permit', unitPrice: 12_000 }] });
  await world.send(id);
  const { changes } = await reader.see();
  assert.equal(changes?.since, 1);
  assert.deepEqual(changes?.lines.map(({ lineId, change, before }) => [lineId, change, before?.unitPrice ?? null]), [['labor', 'changed', 9800], ['permit', 'added', null], ['pan', 'removed', 6500]]);
  // Somebody who opens it for the first time has nothing to compare it with.
  const newcomer = (await world.office('POST', 'contacts', { customerId: world.customer, name: 'Dr. Lin', email: 'lin@pinedental.example' })).body.id;
  const { url } = await world.send(id, { contactId: newcomer });
  assert.equal((await (await world.reader(url)).see()).changes, null);
  assert.deepEqual((await world.office('GET', `estimates/${id}/changes?from=2&to=3`)).body.lines.length, 3);
});

test('sent, handed over, opened and decided are facts of their own; a person counts once, and the office’s preview never', async () => {
  const draft = await world.draft();
  const preview = (await world.office('GET', `estimates/${draft.id}/preview`)).body;
  assert.deepEqual([preview.content.lines.length, preview.totals.total, preview.rights.approve], [6, money(288_830), false]);
  const sent = (await world.office('POST', `estimates/${draft.id}/send`, { channels: ['email'] })).body;
  const facts = async () => (await world.office('GET', `estimates/${draft.id}`)).body.versions[0];
  assert.deepEqual((await facts()).notices.map((notice: { channel: string; to: string; status: string; handedOverAt: null }) => [notice.channel, notice.to, notice.status, notice.handedOverAt]), [['email', 'maria@pinedental.example', 'queued', null]]);
  const reader = await world.reader(sent.links[0].url);
  await reader.see();
  await world.office('GET', `estimates/${draft.id}/preview`);
  assert.deepEqual((await facts()).opened, []);
  for (let time = 0; time < 3; time += 1) await reader.post('/opened', { version: 1 });
  assert.deepEqual((await facts()).opened.map((each: { name: string; contactId: string }) => [each.name, each.contactId]), [['Maria O’Brien', world.contact]]);
  assert.deepEqual((await reader.post('/opened', { version: 2 })).paths, ['/version']);
});

test('an estimate made of the job’s charges puts the chosen lines in their place', async () => {
  const job = await world.job();
  for (const [position, description, unitPrice] of [[0, 'Pump', 50_000], [1, 'Labor', 20_000]] as const) await world.office('POST', 'charges', { jobId: job, position, description, unitPrice });
  const draft = await world.draft({ lines: undefined, groups: [], taxes: undefined, deposit: null, fromCharges: true }, job);
  assert.deepEqual(draft.draft.lines.map((line) => line.description), ['Pump', 'Labor']);
  const [pump] = draft.draft.lines;
  await world.office('PATCH', `estimates/${draft.id}`, { lines: [{ ...pump, optional: true }, { description: 'Labor, two persons', unitPrice: 30_000 }] });
  const reader = await world.reader((await world.send(draft.id)).url);
  await reader.approve({ options: [] });
  const charges = (await world.office('GET', `charges?jobId=${job}`)).body.items as { description: string }[];
  assert.deepEqual(charges.map((charge) => charge.description), ['Labor, two persons']);
  assert.deepEqual((await world.office('GET', `jobs/${job}`)).body.total, money(30_000));
});

test('what the office writes and has not sent is seen by nobody, not even as a sum; what was approved is the sum from then on', async () => {
  const { id, reader, job } = await world.sent();
  await world.office('PATCH', `estimates/${id}`, { lines: [{ description: 'Secret', unitPrice: 99_999_900 }], groups: [] });
  const row = async () => (await world.scope.from('estimates').select('total').where('id', '=', id).executeTakeFirstOrThrow()).total;
  assert.equal(await row(), 288_830);
  await reader.approve({ options: ['good'] });
  // 245.00 + 1,889.00 · 1.08
  assert.equal(await row(), 228_512);
  assert.deepEqual((await world.office('GET', `jobs/${job}`)).body.total, money(228_512));
});

test('nothing, or less than nothing, cannot be approved', async () => {
  const lines = [{ id: 'extra', description: 'Extra', unitPrice: 100_000, optional: true, selected: true }];
  const empty = await world.sent({ lines, groups: [], deposit: null });
  assert.deepEqual((await empty.reader.approve({ options: [] })).paths, ['/options']);
  const negative = await world.sent({ lines: [...lines, { id: 'off', description: 'Discount', unitPrice: -30_000 }], groups: [], deposit: null });
  assert.deepEqual((await negative.reader.approve({ options: [] })).paths, ['/options']);
  assert.equal((await negative.reader.approve({ options: ['extra'] })).status, 200);
});

test('after an approval the job costs what was approved, also where an invoice bills a part of it already', async () => {
  const job = await world.job();
  const charge = (await world.office('POST', 'charges', { jobId: job, description: 'Pump', unitPrice: 10_000 })).body.id as string;
  const invoice = (await world.office('POST', 'invoices', { jobId: job, fromCharges: [{ chargeId: charge, amount: 2000 }] })).body.id as string;
  await world.office('POST', `invoices/${invoice}/send`, {});
  for (const [price, revised] of [[15_000, 'dearer'], [1000, 'cheaper than what was invoiced']] as const) {
    const draft = await world.draft({ lines: undefined, groups: [], taxes: undefined, deposit: null, fromCharges: true, title: revised }, job);
    await world.office('PATCH', `estimates/${draft.id}`, { lines: [{ ...draft.draft.lines[0], quantity: '1', unitPrice: price }] });
    await (await world.reader((await world.send(draft.id)).url)).approve({ options: [] });
    assert.deepEqual((await world.office('GET', `jobs/${job}`)).body.total, money(price), revised);
  }
});

test('an approved extra comes on top of what the job costs already, whichever way its taxes are told', async () => {
  const job = await world.job({ tax: 800 });
  await world.office('POST', 'charges', { jobId: job, description: 'First', unitPrice: 10_000, taxes: [{ name: 'City', percent: '10' }] });
  assert.deepEqual((await world.office('GET', `jobs/${job}`)).body.total, money(11_800));
  const draft = await world.draft({ lines: [{ description: 'Extra', unitPrice: 5000, taxes: ['vat'] }], groups: [], taxes: [{ key: 'vat', name: 'VAT', percent: '5' }], taxIncluded: true, fixedTax: 300, deposit: null }, job);
  await (await world.reader((await world.send(draft.id)).url)).approve({ options: [] });
  assert.deepEqual((await world.office('GET', `jobs/${job}`)).body.total, money(17_100));
});

test('every decision stays readable for the office, with what the customer wrote', async () => {
  const { id, reader } = await world.sent();
  await reader.post('/decline', { reason: 'Too dear for us' }, { 'if-match': `"${(await reader.see()).etag}"` });
  assert.deepEqual((await world.office('GET', 'inbox')).body.items[0].words, 'Too dear for us');
  await world.send(id, { note: 'Ten percent off' });
  await reader.approve();
  const { decisions } = (await world.office('GET', `estimates/${id}`)).body as { decisions: { kind: string; version: number; reason: string | null }[] };
  assert.deepEqual(decisions.map(({ kind, version, reason }) => [kind, version, reason]), [['approved', 2, null], ['declined', 1, 'Too dear for us']]);
  const { body } = await world.office('POST', `estimates/${id}/downloads`, { what: 'certificate', version: 1 });
  assert.equal((await world.app.inject({ method: 'GET', url: new URL(body.url).pathname })).statusCode, 200);
});

test('a contact who moved to another customer sees and decides nothing of the old one', async () => {
  const tom = (await world.office('POST', 'contacts', { customerId: world.customer, name: 'Tom', email: 'tom@pinedental.example' })).body.id as string;
  const { url } = await world.send((await world.draft({ contactId: tom })).id);
  const reader = await world.reader(url);
  const { etag } = await reader.see();
  const elsewhere = (await world.office('POST', 'customers', { name: 'Elsewhere' })).body.id as string;
  await world.scope.update('contacts').set({ customer_id: elsewhere }).where('id', '=', tom).execute();
  assert.equal((await reader.browser.get(reader.base)).statusCode, 401);
  assert.equal((await reader.approve({}, etag)).status, 401);
});

test('a message that confirms a wish gives back no right that the office withheld', async () => {
  const draft = await world.draft();
  const { url } = await world.send(draft.id, { actions: ['view', 'requestChanges'] });
  await (await world.reader(url)).post('/change-requests', { version: 1, text: 'Please' });
  const link = await world.scope.from('links').select('actions').where('document_id', '=', draft.id).orderBy('id', 'desc').executeTakeFirstOrThrow();
  assert.deepEqual(JSON.parse(link.actions), ['view', 'requestChanges']);
});

test('a key that may write, but not make links, sends without being told the secret', async () => {
  const { officeOf, makeApiKey } = await import('../testing.ts');
  const writer = officeOf(world.app, await makeApiKey(world.scope, ['read', 'write']));
  const answer = await writer('POST', `estimates/${(await world.draft()).id}/send`, {});
  assert.deepEqual([answer.status, answer.body.links[0].url], [200, null]);
});

test('wishes have an end: by person, by document, and by length', async () => {
  const { reader, url } = await world.sent();
  const ask = (from: typeof reader) => from.post('/change-requests', { version: 1, text: 'Again' });
  for (let time = 0; time < 10; time += 1) assert.equal((await ask(reader)).status, 200);
  assert.equal((await ask(reader)).status, 429);
  assert.equal((await ask(await world.reader(url))).status, 429, 'another session of the same person is the same person');
  const long = { version: 1, remarks: Array.from({ length: 11 }, () => ({ lineId: 'labor', text: 'x'.repeat(2000) })) };
  assert.equal((await reader.post('/change-requests', long)).status, 400);
  const kept = await world.scope.from('idempotency').select('body').where('body', 'like', '%Again%').execute();
  assert.equal(kept.length, 0, 'what is kept for a repetition is not the whole estimate');
});

test('a job that waits for an estimate leads to it', async () => {
  const { id, job } = await world.sent();
  const link = (await world.office('POST', 'access-links', { contactId: world.contact })).body.url as string;
  const person = (await import('../testing-browser.ts')).TestBrowser;
  const browser = new person(world.app);
  await browser.open(link);
  const history = (await browser.get('/customers/all/history')).json() as { waiting: { items: { id: string; waitsDocument: object }[] } };
  assert.deepEqual(history.waiting.items.find((row) => row.id === job)?.waitsDocument, { kind: 'estimate', id, amount: money(288_830) });
  const view = (await browser.get(`/customers/all/jobs/${job}`)).json() as { documents: { id: string; kind: string; status: string; due: null }[] };
  assert.deepEqual(view.documents.map(({ id: each, kind, status, due }) => [each, kind, status, due]), [[id, 'estimate', 'sent', null]]);
  assert.equal((await browser.get(`/customers/all/estimates/${id}`)).statusCode, 200);
  assert.equal((await browser.get(`/customers/all/estimates/${(await world.draft()).id}`)).statusCode, 404);
});
