import { expect } from '@open-wc/testing';
import '../../elements/customer-center-office.ts';
import type { CustomerRow } from '../../../server/contract/office.ts';
import { usd } from '../../testing/jobs.ts';
import { noConnection, Refusal, textOf, until, type Asked, type Inside } from '../../testing/signed-in.ts';
import { customers as english } from '../locale/en-customers.ts';
import { customerRow, overview } from '../testing/customers.ts';
import { openOffice, type OpenOffice } from '../testing/office-page.ts';

const page = (items: CustomerRow[], nextCursor: string | null = null) => ({ items, nextCursor });
const many = (count: number, name = 'Customer') => Array.from({ length: count }, (_, at) => customerRow({ id: `cust_${name}${at}`, name: `${name} ${at + 1}` }));

describe('the office’s customers', () => {
  let office: OpenOffice;
  let screen: Inside;
  afterEach(() => office.close());

  const open = async (wanted: Parameters<typeof openOffice>[0] = {}) => {
    office = await openOffice({ path: '/customers', ...wanted, answers: { '/customer-rows': () => page([customerRow(), customerRow({ id: 'cust_2', name: 'A. Haddad', company: false })]), ...wanted.answers } });
    screen = await office.screen('cc-office-customers');
  };
  /** The part of the screen that shows. */
  const root = () => screen.shadowRoot.querySelector('cc-office-new-customer, cc-office-customer-import')?.shadowRoot ?? screen.shadowRoot;
  const $ = <T extends HTMLElement>(selector: string) => root().querySelector<T>(selector);
  const $$ = (selector: string) => [...root().querySelectorAll<HTMLElement>(selector)];
  const rows = () => $$('.row');
  const says = (text: string | RegExp) => until(() => (typeof text === 'string' ? textOf(office.office.shadowRoot).includes(text) : text.test(textOf(office.office.shadowRoot))), `“${text}”`);
  const button = (label: string) => until(() => $$('button').find((each) => textOf(each).trim() === label), label);
  const type = (id: string, value: string) => {
    const field = $<HTMLInputElement>(`#${id}`)!;
    field.value = value;
    field.dispatchEvent(new Event(field.localName === 'select' ? 'change' : 'input', { bubbles: true }));
  };
  const asked = (method: string, path: string): Asked[] => office.asked.filter((each) => each.method === method && each.path.startsWith(path));
  const shown = () => until(() => rows().length > 0, 'rows show');

  it('shows who they are, whom to reach, what is due and when they were in last, and opens one', async () => {
    await open({ answers: { '/customers/:c/overview': () => overview() } });
    await shown();
    const text = textOf(rows()[0]!);
    for (const part of ['Pine Street Dental', '1042', 'Company', 'Maria O’Brien', 'maria@pinedental.example', '412 Pine Street', '$318.40 due', 'Last in 2 days ago']) expect(text).to.contain(part);
    rows()[0]!.click();
    await office.screen('cc-office-customer');
    await until(() => asked('GET', '/customers/cust_pine/overview').length === 1, 'the customer is read');
  });

  it('says who has never been in, who is inactive, and whose sub-customer somebody is', async () => {
    await open({ answers: { '/customer-rows': () => page([customerRow({ lastSeenAt: null, active: false, parent: { id: 'cust_p', name: 'Ridge & Sons' }, due: usd(0) })]) } });
    await shown();
    expect(textOf(rows()[0]!)).to.contain('Never been in').and.contain('Inactive').and.contain('Part of Ridge & Sons').and.not.contain('due');
  });

  it('searches as somebody types, once for a word, and keeps it when they come back', async () => {
    await open({ answers: { '/customer-rows': ({ query }) => page(query.get('q') ? many(1, query.get('q')!) : many(3)), '/customers/:c/overview': () => overview() } });
    await shown();
    for (const q of ['o', 'ob', 'obrien']) type('q', q);
    await until(() => textOf(rows()[0]!).includes('obrien 1'), 'the match');
    expect(asked('GET', '/customer-rows').map(({ query }) => query.get('q'))).to.deep.equal([null, 'obrien']);
    await says('1 customer found');
    rows()[0]!.click();
    const customer = await office.screen('cc-office-customer');
    (await until(() => customer.shadowRoot.querySelector<HTMLElement>('.crumb'), 'the way back')).click();
    screen = await office.screen('cc-office-customers');
    await until(() => rows().length === 1, 'the match shows again');
    expect($<HTMLInputElement>('#q')!.value).to.equal('obrien');
  });

  it('walks through what was found by arrow keys, and opens the first by Enter', async () => {
    await open({ answers: { '/customers/:c/overview': () => overview() } });
    await shown();
    const field = $<HTMLInputElement>('#q')!;
    field.focus();
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
    expect(root().activeElement).to.equal(rows()[0]);
    rows()[0]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
    expect(root().activeElement).to.equal(rows()[1]);
    rows()[1]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }));
    rows()[0]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }));
    expect(root().activeElement).to.equal(field);
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await office.screen('cc-office-customer');
  });

  it('opens by Enter what fits all that was typed, without a pause, and not what showed before', async () => {
    await open({ answers: { '/customers/:c/overview': () => overview() } });
    await shown();
    type('q', 'obrien');
    $<HTMLInputElement>('#q')!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await office.screen('cc-office-customer');
    expect(asked('GET', '/customer-rows').map(({ query }) => query.get('q'))).to.deep.equal([null, 'obrien']);
  });

  it('adds more on demand and moves the focus to the first of them', async () => {
    await open({ answers: { '/customer-rows': ({ query }) => (query.get('cursor') ? page(many(2, 'Old')) : page(many(2, 'New'), 'two')) } });
    await shown();
    (await button('Show more')).click();
    await until(() => rows().length === 4, 'four rows');
    await until(() => root().activeElement === rows()[2], 'the third has the focus');
  });

  it('reads itself again when somebody else changes a customer', async () => {
    let name = 'Before';
    await open({ answers: { '/customer-rows': () => page([customerRow({ name })]) } });
    await shown();
    name = 'After';
    office.tell({ what: 'customer', id: 'cust_pine' });
    await says('After');
  });

  it('leads on where there is nobody yet: to the first customer and to an import', async () => {
    await open({ answers: { '/customer-rows': () => page([]) } });
    await says('No customers yet');
    (await button('Import customers')).click();
    await says('npm run import -- kickserv ./exports --account');
    (await button('← Back')).click();
    (await button('Make the first customer')).click();
    await until(() => $('#name'), 'the form');
    await until(() => root().activeElement?.id === 'heading', 'its heading has the focus');
  });

  it('offers everybody again where no customer matches', async () => {
    await open({ answers: { '/customer-rows': ({ query }) => page(query.get('q') ? [] : many(2)) } });
    await shown();
    type('q', 'zzz');
    await says('No customer matches');
    (await button('Show all customers')).click();
    await shown();
    expect($<HTMLInputElement>('#q')!.value).to.equal('');
    expect(root().activeElement?.id).to.equal('q');
  });

  it('says that it cannot be read, and tries again', async () => {
    await open({ answers: { '/customer-rows': () => new Refusal(503, 'unavailable') } });
    await says('The server is busy');
    office.answers['/customer-rows'] = () => page(many(1));
    (await button('Try again')).click();
    await shown();
  });

  it('keeps the list when the connection is lost, and says that it is old', async () => {
    await open();
    await shown();
    office.answers['/customer-rows'] = () => noConnection;
    office.tell({ what: 'customer', id: 'cust_pine' });
    await says('You are offline. This is how it was when you last saw it.');
    expect(rows()).to.have.length(2);
  });

  describe('a new one', () => {
    const made = (kind: string) => ({ id: `${kind}_new`, updatedAt: '2026-02-01T15:00:00.000Z' });
    const making = { 'POST /customers': () => made('cust'), 'POST /contacts': () => made('cont'), 'POST /addresses': () => made('addr'), '/customers/:c/overview': () => overview() };
    const begin = async (answers: NonNullable<Parameters<typeof openOffice>[0]>['answers'] = {}) => {
      await open({ path: '/customers/new', answers: { ...making, ...answers } });
      await until(() => $('#name'), 'the form');
    };
    const fill = () => {
      type('name', ' Pine Street Dental ');
      type('contactName', 'Maria O’Brien');
      type('email', 'maria@pinedental.example');
      type('mobile', '(404) 555-0188');
      type('line1', '412 Pine Street');
      type('city', 'Decatur');
    };
    const save = async () => (await button('Make customer')).click();

    it('is made with contact and address, phones as people write them', async () => {
      await begin();
      fill();
      await save();
      await office.screen('cc-office-customer');
      expect(asked('POST', '/').map(({ path, body }) => [path, body])).to.deep.equal([
        ['/customers', { name: 'Pine Street Dental', company: false }],
        ['/contacts', { name: 'Maria O’Brien', email: 'maria@pinedental.example', mobile: '+14045550188', language: null, customerId: 'cust_new' }],
        ['/addresses', { line1: '412 Pine Street', line2: null, city: 'Decatur', region: '', postalCode: '', country: 'US', customerId: 'cust_new' }],
      ]);
      await says('The customer is made.');
    });

    it('needs no contact and no address', async () => {
      await begin();
      type('name', 'Ridge & Sons');
      await save();
      await office.screen('cc-office-customer');
      expect(asked('POST', '/').map(({ path }) => path)).to.deep.equal(['/customers']);
    });

    it('says beside the field what is wrong, before anything is sent', async () => {
      await begin();
      type('email', 'maria');
      type('mobile', '12');
      type('city', 'Decatur');
      await save();
      await says('Fill this in.');
      for (const id of ['name', 'email', 'mobile', 'line1']) expect($(`#${id}`)!.getAttribute('aria-invalid'), id).to.equal('true');
      expect($('#mobile-error')!.textContent).to.contain('(404) 555-0142');
      await until(() => root().activeElement?.id === 'name', 'the first wrong field has the focus');
      expect(asked('POST', '/')).to.have.length(0);
    });

    it('is made once, also when the answer is lost and something else is typed before the next try', async () => {
      let lost = true;
      await begin({ 'POST /customers': () => (lost ? noConnection : made('cust')), 'PATCH /customers/:c': () => made('cust') });
      fill();
      await save();
      await says('No connection: this is not saved yet.');
      lost = false;
      type('name', 'Pine Street Dental LLC');
      await save();
      await office.screen('cc-office-customer');
      const sent = asked('POST', '/customers');
      expect(sent.map(({ body }) => (body as { name: string }).name)).to.deep.equal(['Pine Street Dental', 'Pine Street Dental']);
      expect(new Set(sent.map(({ headers }) => headers.get('Idempotency-Key')))).to.have.property('size', 1);
      expect(asked('PATCH', '/customers/cust_new').map(({ body }) => body)).to.deep.equal([{ name: 'Pine Street Dental LLC', company: false }]);
    });

    it('puts the server’s objection beside the contact’s field, and makes no second customer', async () => {
      let refuse = true;
      await begin({ 'POST /contacts': () => (refuse ? new Refusal(400, 'invalid_request', ['/name']) : made('cont')) });
      fill();
      await save();
      await until(() => $('#contactName')!.getAttribute('aria-invalid') === 'true', 'the field is marked');
      refuse = false;
      type('contactName', 'Maria');
      await save();
      await office.screen('cc-office-customer');
      expect(asked('POST', '/customers')).to.have.length(1);
      expect(asked('POST', '/contacts')).to.have.length(2);
    });

    it('keeps what was typed while somebody looks elsewhere', async () => {
      await begin();
      fill();
      office.office.shadowRoot.querySelectorAll<HTMLElement>('.nav button')[2]!.click();
      await office.screen('cc-office-jobs');
      office.office.shadowRoot.querySelectorAll<HTMLElement>('.nav button')[1]!.click();
      screen = await office.screen('cc-office-customers');
      (await button('New customer')).click();
      await until(() => $<HTMLInputElement>('#name')?.value === ' Pine Street Dental ', 'the name is there');
      await says('This is what you typed before.');
      (await button('Cancel')).click();
      (await button('New customer')).click();
      await until(() => $<HTMLInputElement>('#name')?.value === '', 'the form is empty');
    });
  });

  for (const colorScheme of ['light', 'dark'] as const)
    for (const [what, path, width, ready, answers] of [
      ['the list', '/customers', 1200, 'Last in 2 days ago', {}],
      ['the list on a phone', '/customers', 320, 'Last in 2 days ago', {}],
      ['nobody', '/customers', 1200, 'No customers yet', { '/customer-rows': () => page([]) }],
      ['a failure', '/customers', 1200, 'Try again', { '/customer-rows': () => new Refusal(503, 'unavailable') }],
      ['the form', '/customers/new', 1200, 'Street and number', {}],
      ['the form on a phone', '/customers/new', 320, 'Street and number', {}],
      ['the import', '/customers/import', 320, 'dry-run', {}],
    ] as const)
      it(`can be used by everybody: ${what}, ${colorScheme}`, async () => {
        await open({ path, width, colorScheme, answers });
        await says(ready);
        await expect(office.office).to.be.accessible();
        expect(office.office.scrollWidth).to.be.at.most(width);
      });

  for (const path of ['/customers', '/customers/new', '/customers/import'])
    it(`speaks Spanish at ${path}, without a word of English`, async () => {
      await open({ path, lang: 'es' });
      await says(/Clientes/);
      await until(() => $('#heading'), 'the heading');
      const text = textOf(root());
      for (const words of ['New customer', 'Search customers', 'Last in', 'Company', ...Object.entries(english).filter(([key]) => /^customers\.import/.test(key)).map(([, each]) => String(each)), 'Street and number', 'E-mail address'])
        expect(text).to.not.contain(words);
    });
});
