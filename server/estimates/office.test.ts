/** What the office's editor needs: a preview of what is not saved yet, and reminders. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { estimateView, type Estimate, type EstimateView } from '../contract/estimates.ts';
import { daysAfter, today } from '../platform/calendar.ts';
import { makeAccount, makeApiKey, officeOf } from '../testing.ts';
import { openEstimates } from './testing.ts';

let world: Awaited<ReturnType<typeof openEstimates>>;
before(async () => void (world = await openEstimates()));
after(() => world.close());

const change = { title: 'New title', lines: [{ id: 'labor', description: 'Labor', unitPrice: 10_000, taxes: [] }], groups: [], deposit: null, terms: 'Ours.' };
/** Everything that a preview must leave alone. */
const facts = async () => JSON.stringify(await Promise.all((['estimates', 'document_versions', 'document_opens', 'notices', 'links', 'messages'] as const).map((table) => world.scope.from(table).selectAll().execute())));

test('a preview shows what is not saved yet exactly as the saved one would read, and records nothing', async () => {
  const draft = await world.draft();
  const before = await facts();
  const preview = await world.office('POST', `estimates/${draft.id}/preview`, change);
  assert.equal(preview.status, 200, preview.text);
  assert.equal(await facts(), before);
  const shown = estimateView.parse(preview.body);
  assert.deepEqual([shown.content.title, shown.totals.total.amount, shown.status], ['New title', 10_000, 'sent']);
  await world.office('PATCH', `estimates/${draft.id}`, change);
  const saved = (await world.office('GET', `estimates/${draft.id}/preview`)).body as EstimateView;
  const { sentAt: _now, ...view } = shown;
  assert.deepEqual({ ...saved, sentAt: undefined }, { ...view, sentAt: undefined });
  assert.deepEqual({ ...((await world.office('POST', `estimates/${draft.id}/preview`, {})).body as EstimateView), sentAt: undefined }, { ...view, sentAt: undefined });
});

test('what could not be saved is not previewed either, with the same words', async () => {
  const { id } = await world.draft();
  const wrong: object[] = [
    { lines: [{ description: '', unitPrice: 1 }] }, { lines: [{ description: 'x', unitPrice: 1, group: 'none' }] }, { lines: [{ description: 'x', unitPrice: 1, taxes: ['none'] }] },
    { contactId: 'cont_none' }, { expiresOn: 'tomorrow' }, { lines: [{ description: 'x', unitPrice: 999_999_999_999, quantity: '999999999' }] }, { titel: 'x' },
  ];
  for (const body of wrong) {
    const [preview, patch] = [await world.office('POST', `estimates/${id}/preview`, body), await world.office('PATCH', `estimates/${id}`, body)];
    assert.equal(preview.status, 400, JSON.stringify(body));
    assert.equal(preview.text, patch.text);
  }
  const { id: approved, reader } = await world.sent();
  await reader.approve();
  assert.equal((await world.office('POST', `estimates/${approved}/preview`, { title: 'x' })).body.code, 'document_decided');
});

test('a reminder is a message with a fresh link, the office’s words and no other version', async () => {
  const { id, url } = await world.sent();
  const answer = await world.office('POST', `estimates/${id}/remind`, { channels: ['email'], note: 'Prices go up in May.' });
  assert.equal(answer.status, 200, answer.text);
  const estimate = answer.body as Estimate;
  assert.equal(estimate.version, 1);
  assert.deepEqual(estimate.versions[0]!.notices.map(({ kind, channel, to, status }) => [kind, channel, to, status]), [['estimateReminder', 'email', 'maria@pinedental.example', 'queued']]);
  const notice = await world.scope.from('notices').selectAll().where('document_id', '=', id).executeTakeFirstOrThrow();
  assert.deepEqual([notice.kind, notice.note, notice.contact_id], ['estimateReminder', 'Prices go up in May.', world.contact]);
  // The link that was sent first goes on working.
  assert.equal((await (await world.reader(url)).see()).version, 1);
});

test('a reminder gives back no right that the sending withheld', async () => {
  const draft = await world.draft();
  await world.send(draft.id, { actions: ['view'] });
  await world.office('POST', `estimates/${draft.id}/remind`, { channels: ['email'] });
  const links = await world.scope.from('links').select('actions').where('document_id', '=', draft.id).execute();
  assert.deepEqual(links.map((link) => link.actions), ['["view"]', '["view"]']);
});

test('what waits for nobody is not reminded of', async () => {
  const remind = async (id: string) => (await world.office('POST', `estimates/${id}/remind`, { channels: ['email'] })).body.code as string;
  assert.equal(await remind((await world.draft()).id), 'conflict');
  const approved = await world.sent();
  await approved.reader.approve();
  assert.equal(await remind(approved.id), 'conflict');
  const questioned = await world.sent();
  await questioned.reader.post('/change-requests', { version: 1, text: 'Cheaper, please' });
  assert.equal(await remind(questioned.id), 'conflict');
  const withdrawn = await world.sent();
  await world.office('POST', `estimates/${withdrawn.id}/withdraw`);
  assert.equal(await remind(withdrawn.id), 'conflict');
  const late = await world.sent({ expiresOn: today('America/New_York') });
  await world.scope.update('estimates').set({ expires_on: daysAfter(today('America/New_York'), -1) }).where('id', '=', late.id).execute();
  assert.equal(await remind(late.id), 'conflict');
  assert.equal(await remind('est_none'), 'not_found');
});

test('a repeated call reminds once, a wrong one says why, and nobody is reminded without end', async () => {
  const { id } = await world.sent();
  const key = { 'idempotency-key': 'remind-once-1' };
  const [first, again] = [await world.office('POST', `estimates/${id}/remind`, { channels: ['email'] }, key), await world.office('POST', `estimates/${id}/remind`, { channels: ['email'] }, key)];
  assert.equal(again.text, first.text);
  assert.equal((await world.scope.from('notices').select('id').where('document_id', '=', id).execute()).length, 1);
  const wrong: [object, string][] = [
    [{ channels: [] }, '/channels'], [{ channels: ['fax'] }, '/channels/0'], [{ channels: ['sms'] }, '/channels/0'], [{ channels: ['email', 'email'] }, '/channels/1'],
    [{ channels: ['email'], contactId: 'cont_none' }, '/contactId'], [{ channels: ['email'], note: 'x'.repeat(501) }, '/note'], [{ channels: ['email'], note: 'two\nlines' }, '/note'],
  ];
  for (const [body, path] of wrong) {
    const answer = await world.office('POST', `estimates/${id}/remind`, body);
    assert.deepEqual([answer.status, answer.body.errors?.[0].path], [400, path], answer.text);
  }
  const other = officeOf(world.app, await makeApiKey(await makeAccount(world.database, 'other'), ['read', 'write']));
  assert.equal((await other('POST', `estimates/${id}/remind`, { channels: ['email'] })).text, (await other('POST', 'estimates/est_none/remind', { channels: ['email'] })).text);
  const statuses: number[] = [];
  for (let times = 0; times < 3; times++) statuses.push((await world.office('POST', `estimates/${id}/remind`, { channels: ['email'] })).status);
  assert.equal(statuses.at(-1), 429);
});
