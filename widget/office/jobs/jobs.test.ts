import { expect } from '@open-wc/testing';
import '../../elements/customer-center-office.ts';
import { noConnection, Refusal, textOf, until, type Answers, type Inside } from '../../testing/signed-in.ts';
import { officeEnglishIn } from '../testing/english.ts';
import { customerId, jobId, jobOverview, jobServer, officeJobRow } from '../testing/jobs.ts';
import { openOffice, type OpenOffice } from '../testing/office-page.ts';

const found = [officeJobRow(), officeJobRow({ id: 'job_2', number: '85013', service: 'Water heater replacement', status: 'new', waitsFor: 'estimate', visit: null, balance: { amount: 0, currency: 'USD' } })];
const pine = { id: customerId, name: 'Pine Street Dental', number: '12', address: '412 Pine Street' };

describe('the jobs of the office', () => {
  let page: OpenOffice;
  let screen: Inside;
  afterEach(() => page.close());

  const open = async (path = '/jobs', answers: Answers = {}, wanted: Parameters<typeof openOffice>[0] = {}) => {
    page = await openOffice({ path, ...wanted, answers: { '/job-rows': () => ({ items: found, nextCursor: null }), ...answers } });
    screen = await page.screen('cc-office-jobs');
  };
  const says = (text: string) => until(() => textOf(screen).includes(text), `“${text}”`);
  const $ = <T extends HTMLElement>(selector: string) => screen.shadowRoot.querySelector<T>(selector);
  const button = (words: string, within: ParentNode = screen.shadowRoot) => until(() => [...within.querySelectorAll<HTMLElement>('button')].find((each) => textOf(each).trim() === words), words);
  const asked = (path: string, method = 'GET') => page.asked.filter((each) => each.path === path && each.method === method);
  const form = () => until(() => $('cc-office-new-job')?.shadowRoot, 'the form');
  const type = (root: ParentNode, id: string, value: string) => {
    const field = root.querySelector<HTMLInputElement>(`#${id}`)!;
    field.value = value;
    field.dispatchEvent(new Event(field.localName === 'select' ? 'change' : 'input'));
  };

  it('lists number, work, customer, place, visit, state and money, and leads to each', async () => {
    await open();
    await says('Leak in ceiling');
    for (const part of ['85012 · Pine Street Dental', '412 Pine Street, Decatur', 'Scheduled', '$1,144.10', '$381.37 open', 'Waits for an answer']) expect(textOf(screen)).to.contain(part);
    expect(textOf(screen)).to.match(/1:30 – 3 PM|2:30 – 4 PM/);
    page.answers['/jobs/:j/overview'] = () => jobOverview();
    (await until(() => $('.job'), 'a row')).click();
    const job = await page.screen('cc-office-job');
    await until(() => textOf(job).includes('Job 85012') && job.shadowRoot.activeElement?.id === 'heading', 'its heading has the focus');
  });

  it('searches as one types, narrows by state, and keeps both over a way there and back', async () => {
    await open();
    await says('Leak in ceiling');
    type(screen.shadowRoot, 'search', 'leak');
    await until(() => asked('/job-rows').some(({ query }) => query.get('q') === 'leak'), 'it is searched');
    (await button('Open')).click();
    await until(() => asked('/job-rows').some(({ query }) => query.get('q') === 'leak' && query.get('state') === 'open'), 'the state counts too');
    page.answers['/jobs/:j/overview'] = () => jobOverview();
    (await until(() => $('.job'), 'a row')).click();
    await page.screen('cc-office-job');
    page.office.shadowRoot.querySelectorAll<HTMLElement>('.nav button')[2]!.click();
    screen = await page.screen('cc-office-jobs');
    expect($<HTMLInputElement>('#search')!.value).to.equal('leak');
    expect(textOf($('[aria-pressed=true]')!)).to.contain('Open');
  });

  it('says what to do where there is nothing', async () => {
    await open('/jobs', { '/job-rows': () => ({ items: [], nextCursor: null }) });
    await says('No jobs yet');
    type(screen.shadowRoot, 'search', 'xyz');
    await says('No job matches');
    (await button('Show all')).click();
    await says('No jobs yet');
    expect($<HTMLInputElement>('#search')!.value).to.equal('');
  });

  it('shows more where there is more, and what others have changed', async () => {
    let service = 'Leak in ceiling';
    await open('/jobs', { '/job-rows': ({ query }) => ({ items: [officeJobRow({ service: query.get('cursor') ? 'Older work' : service })], nextCursor: query.get('cursor') ? null : 'next' }) });
    (await button('Show more')).click();
    await says('Older work');
    service = 'Renamed work';
    page.tell({ what: 'job', id: jobId });
    await says('Renamed work');
  });

  it('can be tried again after a failure, and keeps what it has without a connection', async () => {
    await open('/jobs', { '/job-rows': () => new Refusal(500, 'internal') });
    await says('Something went wrong on our side.');
    page.answers['/job-rows'] = () => ({ items: found, nextCursor: null });
    (await button('Try again')).click();
    await says('Leak in ceiling');
    page.answers['/job-rows'] = () => noConnection;
    page.tell({ what: 'job', id: jobId });
    await until(() => $('.banner.warn'), 'it says that this is not new');
    expect(textOf(screen)).to.contain('Leak in ceiling');
  });

  it('makes a job: customer found by name, a likely address and contact, and opens it', async () => {
    const server = jobServer();
    const overview = jobOverview();
    await open('/jobs/new', {
      ...server.answers, '/customer-rows': () => ({ items: [pine], nextCursor: null }), '/customers/:c/overview': () => ({ ...overview, customer: pine, parent: null }), 'POST /jobs': () => overview.job,
    });
    const root = await form();
    (await button('Create', root)).click();
    await until(() => textOf(root).includes('Fill this in.'), 'what is missing');
    const picker = root.querySelector('cc-office-customer-picker')!.shadowRoot!;
    expect(textOf(picker)).to.contain('Choose a customer.');
    type(picker, 'customer', 'pine');
    await until(() => asked('/customer-rows').some(({ query }) => query.get('q') === 'pine'), 'somebody is looked for');
    picker.querySelector<HTMLInputElement>('#customer')!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
    await until(() => root.querySelector('#addressId'), 'the addresses');
    type(root, 'service', 'Leak in ceiling');
    (await button('Create', root)).click();
    await page.screen('cc-office-job');
    expect(asked('/jobs', 'POST')[0]!.body).to.deep.equal({ customerId, service: 'Leak in ceiling', scope: null, contactId: overview.contacts[0]!.id, addressId: 'addr_1' });
  });

  it('knows the customer it was asked for, and makes a new address with the job, once', async () => {
    let fails = true;
    await open(`/jobs/new?customer=${customerId}`, {
      ...jobServer().answers, '/customers/:c/overview': () => ({ ...jobOverview(), addresses: [], customer: pine, parent: null }), 'POST /addresses': () => ({ id: 'addr_new' }),
      'POST /jobs': () => (fails ? noConnection : jobOverview().job),
    });
    const root = await form();
    await until(() => root.querySelector('#addressId'), 'the places');
    type(root, 'service', 'Gutter repair');
    type(root, 'addressId', 'new');
    await until(() => root.querySelector('#line1'), 'fields of an address');
    (await button('Create', root)).click();
    await until(() => textOf(root).includes('Fill this in.'), 'the street is missing');
    type(root, 'line1', '9 Elm St');
    (await button('Create', root)).click();
    await until(() => textOf(root).includes('No connection: this is not saved yet.'), 'it is not saved');
    fails = false;
    (await button('Create', root)).click();
    await page.screen('cc-office-job');
    expect(asked('/addresses', 'POST')).to.have.length(1);
    expect(asked('/jobs', 'POST').at(-1)!.body).to.include({ addressId: 'addr_new', service: 'Gutter repair' });
    expect(new Set(asked('/jobs', 'POST').map(({ headers }) => headers.get('Idempotency-Key'))).size).to.equal(1);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`is accessible in ${colorScheme}: list, nothing found, a new job, on a phone too`, async () => {
      for (const width of [320, 1200]) {
        await open('/jobs', {}, { colorScheme, width });
        await says('Leak in ceiling');
        await expect(page.office).to.be.accessible();
        expect(screen.scrollWidth).to.be.at.most(screen.clientWidth);
        page.close();
        await open('/jobs/new', { '/customer-rows': () => ({ items: [pine], nextCursor: null }) }, { colorScheme, width });
        await says('Pine Street Dental');
        await expect(page.office).to.be.accessible();
        page.close();
      }
      await open('/jobs', { '/job-rows': () => ({ items: [], nextCursor: null }) }, { colorScheme });
      await says('No jobs yet');
      await expect(page.office).to.be.accessible();
    });

  it('speaks Spanish', async () => {
    await open('/jobs', {}, { lang: 'es' });
    await says('Programado');
    expect(officeEnglishIn(screen, ['Leak in ceiling', 'Water heater replacement'])).to.deep.equal([]);
    (await button('Nuevo trabajo')).click();
    await says('Qué hay que hacer');
    expect(officeEnglishIn(screen)).to.deep.equal([]);
  });
});
