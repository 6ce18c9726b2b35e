import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Activity, CustomerOverview, CustomerRow, JobOverview, OfficeDocumentRow, OfficeJobRow } from '../contract/office.ts';
import { newId } from '../platform/ids.ts';
import { openEstimates } from '../estimates/testing.ts';
import { linkUrl } from '../platform/secrets.ts';
import { TestBrowser } from '../testing-browser.ts';
import { makeLink } from '../access/links.ts';

let world: Awaited<ReturnType<typeof openEstimates>>;
let child: string;
let estimate: string;
let estimateJob: string;
let draft: string;
let invoice: string;
let invoiceJob: string;

const get = async (path: string) => {
  const answer = await world.office('GET', path);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
};
const post = async (path: string, body: object) => {
  const answer = await world.office('POST', path, body);
  assert.ok(answer.status < 300, answer.text);
  return answer.body;
};
/** Every page of a list. */
async function all<Item>(path: string, limit = 2): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: Item[]; nextCursor: string | null } = await get(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    assert.ok(page.items.length <= limit);
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

before(async () => {
  world = await openEstimates();
  child = (await post('customers', { name: 'Pine Street Annex', parentId: world.customer })).id;
  const sent = await world.sent({ title: 'New heater' });
  [estimate, estimateJob] = [sent.id, sent.job];
  await sent.reader.post('/opened', { version: 1 });
  await sent.reader.post('/change-requests', { version: 1, text: 'Could it be white?' });
  draft = (await world.draft({ title: 'Only a draft' })).id;
  invoiceJob = await world.job({ service: 'Repair' });
  await post('charges', { jobId: invoiceJob, description: 'Work', unitPrice: 10_000 });
  invoice = (await post('invoices', { jobId: invoiceJob, title: 'Repair', fromCharges: 'rest' })).id;
  await post(`invoices/${invoice}/send`, {});
  await post('payments', { jobId: invoiceJob, receivedOn: '2026-01-05', method: 'check', amount: 4000, reference: '1017' });
  await post('payments', { customerId: world.customer, receivedOn: '2026-01-06', method: 'cash', amount: 700 });
  const { token } = await makeLink(world.scope, world.services.derive, { kind: 'access', contact_id: world.contact });
  assert.equal((await new TestBrowser(world.app, 'acme').open(linkUrl(world.config.PUBLIC_URL, 'acme', token))).statusCode, 200);
});
after(() => world.close());

test('a row of the list says who, where, what is due, what is open and who was seen', async () => {
  const [row] = (await get('customer-rows?q=pine%20dental')).items as CustomerRow[];
  assert.deepEqual({ ...row, lastSeenAt: null }, {
    id: world.customer, number: '1', name: 'Pine Street Dental', company: true, active: true, parent: null,
    contact: { id: world.contact, name: 'Maria O’Brien', email: 'maria@pinedental.example', mobile: null }, address: '412 Pine Street, Decatur, GA 30030',
    due: { amount: 6000, currency: 'USD' }, openJobs: 3, lastSeenAt: null,
  });
  assert.ok(row!.lastSeenAt);
  const [annex] = (await get('customer-rows?q=annex')).items as CustomerRow[];
  assert.deepEqual([annex!.parent, annex!.contact, annex!.address, annex!.due.amount, annex!.openJobs, annex!.lastSeenAt], [{ id: world.customer, name: 'Pine Street Dental' }, null, null, 0, 0, null]);
});

test('somebody to whom a document was sent on is not its contact, who was not seen', async () => {
  const other = (await post('contacts', { customerId: child, name: 'Lee', email: 'lee@pinedental.example' })).id;
  const { token } = await makeLink(world.scope, world.services.derive, { kind: 'document', contact_id: other, document_kind: 'estimate', document_id: estimate, actions: ['view'], shared_by: other, recipient: 'Friend' });
  await new TestBrowser(world.app, 'acme').open(linkUrl(world.config.PUBLIC_URL, 'acme', token));
  assert.equal(((await get('customer-rows?q=annex')).items as CustomerRow[])[0]!.lastSeenAt, null);
});

test('the overview of a customer has everybody and everything, and its money', async () => {
  const overview = (await get(`customers/${world.customer}/overview`)) as CustomerOverview;
  assert.deepEqual([overview.customer.id, overview.parent, overview.children], [world.customer, null, [{ id: child, name: 'Pine Street Annex' }]]);
  assert.deepEqual(overview.contacts.map(({ id, links, sessions, canApprove }) => ({ id, links, sessions, canApprove })), [{ id: world.contact, links: 1, sessions: 1, canApprove: true }]);
  assert.deepEqual(overview.addresses.map((address) => address.id), [world.address]);
  assert.deepEqual([overview.due.amount, overview.credit.amount, overview.openInvoices], [6000, 700, 1]);
  assert.deepEqual([overview.jobs.items.length, overview.estimates.length, overview.invoices.length, overview.payments.length], [3, 2, 1, 2]);
  assert.ok(overview.lastSeenAt && overview.lastSeenAt === overview.contacts[0]!.lastSeenAt);
  assert.deepEqual(((await get(`customers/${child}/overview`)) as CustomerOverview).parent, { id: world.customer, name: 'Pine Street Dental' });
});

test('live links and sessions of a customer are seen together, and what was revoked is gone', async () => {
  const { links, sessions } = await get(`customers/${world.customer}/access`);
  assert.ok(links.length >= 2 && links.every((link: { contactId: string }) => link.contactId === world.contact));
  assert.ok(sessions.length >= 2 && sessions.every((session: { contactIds: string[] }) => session.contactIds.includes(world.contact)));
  assert.equal((await world.office('DELETE', `links/${links.find((link: { kind: string }) => link.kind === 'access').id}`)).status, 204);
  const then = await get(`customers/${world.customer}/access`);
  assert.deepEqual([then.links.length, then.sessions.length], [links.length - 1, sessions.length - 1]);
  assert.deepEqual(await get(`customers/${child}/access`).then((access) => access.sessions.length), 1);
});

test('what has happened with a customer is told newest first, each thing once, page by page', async () => {
  const events = await all<Activity>(`customers/${world.customer}/activity`, 3);
  assert.equal(new Set(events.map((event) => event.id)).size, events.length);
  assert.deepEqual(events.map((event) => event.at), events.map((event) => event.at).toSorted().toReversed());
  const kinds = events.map((event) => event.kind);
  for (const kind of ['jobMade', 'sent', 'opened', 'changesRequested', 'paid', 'linkMade', 'signedIn'] as const) assert.ok(kinds.includes(kind), `${kind} in ${kinds.join(' ')}`);
  const of = (kind: Activity['kind']) => events.find((event) => event.kind === kind)!;
  assert.deepEqual([of('changesRequested').by, of('changesRequested').detail, of('changesRequested').document], ['Maria O’Brien', 'Could it be white?', { kind: 'estimate', id: estimate, number: '1' }]);
  assert.equal(of('opened').by, 'Maria O’Brien');
  assert.deepEqual(events.filter((event) => event.kind === 'paid').map((event) => event.amount?.amount), [700, 4000]);
  assert.deepEqual((await all<Activity>(`customers/${child}/activity`)).map((event) => [event.kind, event.detail]), [['linkMade', 'Friend']], 'nothing of the customer above');
  assert.equal((await world.office('GET', `customers/${newId('customer')}/activity`)).status, 404);
});

test('jobs are listed newest first, by state, of one customer, and found by number and by customer', async () => {
  const jobs = await all<OfficeJobRow>('job-rows');
  assert.equal(jobs.length, 3);
  assert.deepEqual(jobs.map((job) => job.createdAt), jobs.map((job) => job.createdAt).toSorted().toReversed());
  const repair = jobs.find((job) => job.id === invoiceJob)!;
  assert.deepEqual([repair.customer, repair.address, repair.total.amount, repair.balance.amount, repair.waitsFor], [{ id: world.customer, name: 'Pine Street Dental' }, '412 Pine Street, Decatur', 10_000, 6000, 'payment']);
  const done = (await post('jobs', { customerId: child, service: 'Gone', status: 'lost', number: 'K-100' })).id;
  const long = (await post('jobs', { customerId: child, service: 'Later', status: 'complete', number: 'K-1001' })).id;
  const ids = async (query: string) => (await all<OfficeJobRow>(`job-rows?${query}`, 1)).map((job) => job.id);
  assert.deepEqual(await ids('state=canceled'), [done]);
  assert.deepEqual(await ids('state=complete'), [long]);
  assert.equal((await ids('state=open')).length, 3);
  assert.deepEqual(await ids(`customerId=${child}`), [long, done]);
  for (const q of ['K-100', 'k-100', '%23K-100']) assert.deepEqual(await ids(`q=${q}`), [done, long], q);
  assert.deepEqual(await ids('q=anex'), [long, done], 'with a slip, by its customer');
  assert.deepEqual(await ids('q=annex&state=complete'), [long]);
  assert.equal((await ids('q=pine%20dental')).length, 3);
  assert.deepEqual(await ids('q=nothing-there'), []);
  for (const bad of ['state=some', 'cursor=x', 'q=%00', 'customerId=%20', 'what=1']) assert.equal((await world.office('GET', `job-rows?${bad}`)).status, 400, bad);
});

test('the overview of a job has what may be chosen on it and all that is on it', async () => {
  const overview = (await get(`jobs/${invoiceJob}/overview`)) as JobOverview;
  assert.deepEqual([overview.job.id, overview.customer, overview.contacts.length, overview.addresses.length], [invoiceJob, { id: world.customer, name: 'Pine Street Dental', parent: null }, 1, 1]);
  assert.deepEqual([overview.charges.length, overview.visits.length, overview.notes.length, overview.payments.length, overview.estimates.length, overview.invoices.length], [1, 0, 0, 1, 0, 1]);
  const below = (await post('jobs', { customerId: child, service: 'Below' })).id;
  const { customer, contacts, addresses } = (await get(`jobs/${below}/overview`)) as JobOverview;
  assert.deepEqual([customer.parent?.id, contacts.length, addresses.length], [world.customer, 2, 1], 'a sub-customer’s job takes those of the customer above, too');
});

test('documents are listed with how they stand, and found by number, customer and job', async () => {
  const rows = async (query: string) => all<OfficeDocumentRow>(`document-rows?${query}`, 1);
  const [newest, oldest] = await rows('kind=estimate');
  assert.deepEqual([newest!.id, newest!.status, newest!.number, newest!.title, newest!.due], [draft, 'draft', null, 'Only a draft', null]);
  assert.deepEqual([oldest!.id, oldest!.status, oldest!.number, oldest!.title, oldest!.job.id, oldest!.customer.id], [estimate, 'changesRequested', '1', 'New heater', estimateJob, world.customer]);
  assert.ok(oldest!.openedAt && oldest!.sentAt && !newest!.openedAt);
  assert.deepEqual((await rows('kind=estimate&state=draft')).map((row) => row.id), [draft]);
  assert.deepEqual((await rows('kind=estimate&state=waiting')).map((row) => row.id), [estimate]);
  assert.deepEqual(await rows('kind=estimate&state=settled'), []);
  const [sent] = await rows('kind=invoice&state=waiting');
  assert.deepEqual([sent!.id, sent!.status, sent!.total.amount, sent!.due?.amount], [invoice, 'sent', 10_000, 6000]);
  await world.scope.update('invoices').set({ due_on: '2026-01-01' }).where('id', '=', invoice).execute();
  assert.deepEqual((await rows('kind=invoice&state=waiting')).map((row) => [row.status, row.dueOn]), [['overdue', '2026-01-01']]);
  await world.scope.update('estimates').set({ expires_on: '2026-01-01' }).where('id', '=', estimate).execute();
  assert.deepEqual((await rows('kind=estimate&state=settled')).map((row) => [row.id, row.status]), [[estimate, 'expired']]);
  assert.deepEqual(await rows('kind=estimate&state=waiting'), []);
  await world.scope.update('estimates').set({ expires_on: null }).where('id', '=', estimate).execute();
  assert.deepEqual((await rows('kind=invoice&q=1')).map((row) => row.id), [invoice]);
  assert.deepEqual((await rows(`kind=invoice&jobId=${estimateJob}`)).map((row) => row.id), []);
  assert.deepEqual((await rows('kind=estimate&q=pine')).map((row) => row.id), [draft, estimate]);
  assert.deepEqual(await rows(`kind=estimate&customerId=${child}`), []);
  await post('payments', { jobId: invoiceJob, receivedOn: '2026-01-07', method: 'check', amount: 6000 });
  assert.deepEqual((await rows('kind=invoice&state=settled')).map((row) => [row.status, row.due?.amount]), [['paid', 0]]);
  assert.deepEqual(await rows('kind=invoice&state=waiting'), []);
  for (const bad of ['', 'kind=job', 'kind=invoice&state=open', 'kind=invoice&cursor=x']) assert.equal((await world.office('GET', `document-rows?${bad}`)).status, 400, bad);
});

test('one field finds customers, jobs and documents, what has the number itself first', async () => {
  const { customers, jobs, documents } = await get('search?q=pine');
  assert.deepEqual(customers.map((row: CustomerRow) => row.name), ['Pine Street Annex', 'Pine Street Dental']);
  assert.ok(jobs.length === 5 && documents.length === 3);
  const numbered = await get('search?q=%231');
  assert.deepEqual([numbered.jobs[0].number, numbered.documents.map((row: OfficeDocumentRow) => row.number).slice(0, 2)], ['1', ['1', '1']]);
  assert.deepEqual(await get('search?q=zzzz'), { customers: [], jobs: [], documents: [] });
  for (const bad of ['', 'q=', 'q=%20', `q=${'x'.repeat(101)}`, 'q=a&limit=1']) assert.equal((await world.office('GET', `search?${bad}`)).status, 400, bad);
});
