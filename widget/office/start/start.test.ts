import { expect } from '@open-wc/testing';
import '../../elements/customer-center-office.ts';
import type { Account, Page } from '../../../server/contract/account.ts';
import { start } from '../locale/en-start.ts';
import { noConnection, Refusal, respond, textOf, until, type Answers, type Inside } from '../../testing/signed-in.ts';
import { account as standardAccount, openOffice, type OpenOffice } from '../testing/office-page.ts';

type Typed = (selector: string, value: string) => Promise<void>;
const typer = (part: () => Inside): Typed => async (selector, value) => {
  const field = await until(() => part().shadowRoot.querySelector<HTMLInputElement>(selector), selector);
  field.value = value;
  for (const name of field.localName === 'select' ? ['change'] : ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));
  await part().updateComplete;
};
const buttonOf = (part: Inside, label: string) => [...part.shadowRoot.querySelectorAll('button')].find((each) => textOf(each).trim() === label);

describe('the first account', () => {
  const token = 't'.repeat(43);
  let office: HTMLElement & { shadowRoot: ShadowRoot };
  let setup: Inside;
  let asked: unknown[];
  let answer: () => unknown;
  const realFetch = window.fetch;

  const place = async (hash: string, colorScheme = 'light') => {
    history.replaceState(null, '', location.pathname + location.search + hash);
    office = document.createElement('customer-center-office') as typeof office;
    for (const [name, value] of Object.entries({ api: location.origin, routing: 'none', 'color-scheme': colorScheme, setup: '' })) office.setAttribute(name, value);
    document.body.append(office);
    setup = await until(() => office.shadowRoot?.querySelector<Inside>('cc-office-setup'), 'the form shows', 8000);
    await setup.updateComplete;
  };
  const type = typer(() => setup);
  const text = () => textOf(setup);
  const make = () => buttonOf(setup, 'Make the account')!.click();
  const fill = async () => {
    await type('#ownerName', 'Olga Owner');
    await type('#email', 'olga@acme.example');
    await type('#name', 'Acme Plumbing');
    await type('#country', 'US');
    await type('#phone', '(404) 555-0142');
    await type('#timeZone', 'America/Chicago');
  };

  beforeEach(() => {
    asked = [];
    answer = () => ({ account: { id: 'acct_1', slug: 'acme', name: 'Acme Plumbing' }, url: `${location.origin}${location.pathname}${location.search}#cc=handoff` });
    localStorage.setItem('cc-language', 'en');
    window.fetch = async (input, init) => {
      if (!String(input instanceof Request ? input.url : input).endsWith('/v1/setup')) return realFetch(input, init);
      asked.push(JSON.parse(init!.body as string));
      return respond(await answer(), undefined);
    };
  });
  afterEach(() => {
    office.remove();
    window.fetch = realFetch;
    sessionStorage.clear();
    localStorage.removeItem('cc-language');
  });

  for (const colorScheme of ['light', 'dark'])
    it(`is asked for what cannot be guessed, ${colorScheme}`, async () => {
      await place(`#setup=${token}`, colorScheme);
      expect(location.hash).to.equal('');
      const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
      expect(setup.shadowRoot.querySelector<HTMLSelectElement>('#timeZone')!.value).to.equal(timeZone === 'UTC' ? 'America/New_York' : timeZone);
      await expect(setup).to.be.accessible();
      make();
      await until(() => setup.shadowRoot.querySelectorAll('.error').length === 3, 'three errors');
      expect(asked).to.have.length(0);
      await expect(setup).to.be.accessible();
    });

  it('takes time zone and currency from the country, until the person says otherwise', async () => {
    await place(`#setup=${token}`);
    await type('#country', 'MX');
    expect(setup.shadowRoot.querySelector<HTMLSelectElement>('#currency')!.value).to.equal('MXN');
    await type('#country', 'JP');
    expect(setup.shadowRoot.querySelector<HTMLSelectElement>('#timeZone')!.value).to.equal('Asia/Tokyo');
  });

  it('is asked for once, keeps what was typed over a lost connection and a reload, and says when the link was used', async () => {
    await place(`#setup=${token}`);
    await fill();
    answer = () => noConnection;
    make();
    await until(() => text().includes('No connection: this is not saved yet.'), 'it is said');
    office.remove();
    await place('');
    expect(setup.shadowRoot.querySelector<HTMLInputElement>('#name')!.value).to.equal('Acme Plumbing');
    answer = () => new Refusal(404, 'not_found');
    make();
    await until(() => text().includes('This link was used already'), 'it is said');
    expect(asked.at(-1)).to.deep.include({
      token, ownerName: 'Olga Owner', email: 'olga@acme.example', name: 'Acme Plumbing', phone: '+14045550142', country: 'US', timeZone: 'America/Chicago', locale: 'en', currency: 'USD',
    });
    await expect(setup).to.be.accessible();
  });

  it('shows what the server refuses beside its field', async () => {
    await place(`#setup=${token}`);
    await fill();
    answer = () => new Refusal(400, 'invalid_request', ['/email']);
    make();
    await until(() => setup.shadowRoot.querySelector('#email-error'), 'the error');
    expect(setup.shadowRoot.activeElement?.id).to.equal('email');
  });
});

describe('the first minutes', () => {
  let opened: OpenOffice;
  let screen: Inside;
  let pages: Page[];
  const account: Account = { ...standardAccount, updatedAt: '2026-03-01T00:00:00.000Z' };
  const list = <Item>(items: Item[]) => ({ items, nextCursor: null });
  const answers: Answers = {
    'PATCH /account': ({ body }) => ({ ...account, ...(body as object), updatedAt: '2026-03-02T00:00:00.000Z' }),
    'POST /customers': ({ body }) => ({ id: 'cust_1', ...(body as object) }),
    'POST /contacts': ({ body }) => ({ id: 'cont_1', ...(body as object) }),
    'GET /pages': () => list(pages),
    'GET /sightings': () => list([]),
    'POST /pages': ({ body }) => {
      pages = [{ id: 'page_1', main: true, lastSeenAt: null, url: (body as { url: string }).url }];
      return pages[0];
    },
    '/stripe': () => ({ mode: 'off', status: 'none', stripeAccount: null, livemode: false, chargesEnabled: false, detailsSubmitted: false, oauth: false, domains: [], connectedAt: null, checkedAt: null }),
  };
  const open = async (wanted: Parameters<typeof openOffice>[0] = {}) => {
    pages = [];
    opened = await openOffice({ path: '/welcome', account, ...wanted, answers: { ...answers, ...wanted.answers } });
    screen = await opened.screen('cc-office-welcome');
  };
  const part = async (tag: string) => {
    const found = await until(() => screen.shadowRoot.querySelector<Inside>(tag), tag);
    await found.updateComplete;
    return found;
  };
  const goOn = () => buttonOf(screen, 'Go on')!.click();

  afterEach(() => opened.close());

  it('lead in four steps from the colour to the inbox, and keep what was chosen', async () => {
    await open();
    expect(textOf(screen)).to.contain('Welcome, Olga').and.contain('Step 1 of 4');
    const look = await part('cc-office-settings-branding');
    await typer(() => look)('#accent', '#1f7a3f');
    goOn();
    const customer = await part('cc-office-welcome-customer');
    expect(opened.asked.find(({ method }) => method === 'PATCH')!.body).to.deep.equal({ accent: '#1f7a3f' });
    await until(() => textOf(screen.shadowRoot.activeElement ?? new Text()).includes('Your first customer'), 'the step has the focus');
    await typer(() => customer)('#name', 'Maria O’Brien');
    await typer(() => customer)('#email', 'maria@example.com');
    goOn();
    await part('cc-office-settings-payments');
    expect(opened.asked.filter(({ method }) => method === 'POST').map(({ path, body }) => ({ path, body }))).to.deep.equal([
      { path: '/customers', body: { name: 'Maria O’Brien' } }, { path: '/contacts', body: { customerId: 'cust_1', name: 'Maria O’Brien', email: 'maria@example.com' } },
    ]);
    goOn();
    const website = await part('cc-office-welcome-website');
    await typer(() => website)('#url', 'www.acme.example/account');
    buttonOf(website, 'List this page')!.click();
    await until(() => textOf(website).includes('https://www.acme.example/account'), 'the page is listed');
    expect(textOf(website)).to.contain('Not seen yet').and.contain('customer-center.js');
    buttonOf(screen, 'Open the inbox')!.click();
    await opened.screen('cc-office-inbox');
  });

  it('can be left out, each of them', async () => {
    await open();
    for (const tag of ['cc-office-welcome-customer', 'cc-office-settings-payments', 'cc-office-welcome-website']) {
      goOn();
      await part(tag);
    }
    expect(opened.asked.filter(({ method }) => method !== 'GET')).to.have.length(0);
  });

  it('stay where something is wrong, and go on past it by the steps above', async () => {
    await open();
    goOn();
    const customer = await part('cc-office-welcome-customer');
    await typer(() => customer)('#email', 'maria');
    goOn();
    await until(() => textOf(customer).includes('Fill this in.'), 'the name is missing');
    [...screen.shadowRoot.querySelectorAll<HTMLElement>('.progress button')].at(3)!.click();
    await part('cc-office-welcome-website');
  });

  it('make a customer once when the answer was lost', async () => {
    let lost = true;
    await open({ answers: { 'POST /contacts': () => (lost ? noConnection : { id: 'cont_1' }) } });
    goOn();
    const customer = await part('cc-office-welcome-customer');
    await typer(() => customer)('#name', 'Maria');
    await typer(() => customer)('#email', 'maria@example.com');
    buttonOf(customer, 'Add the customer')!.click();
    await until(() => textOf(customer).includes('No connection'), 'it is said');
    lost = false;
    buttonOf(customer, 'Add the customer')!.click();
    await until(() => textOf(customer).includes('Maria is added.'), 'it is said');
    const keys = opened.asked.filter(({ method, path }) => method === 'POST' && path === '/customers').map(({ headers }) => headers.get('idempotency-key'));
    expect(keys).to.have.length(2);
    expect(new Set(keys).size).to.equal(1);
    await expect(customer).to.be.accessible();
    expect(buttonOf(customer, 'Open Maria')).not.to.equal(undefined);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`are accessible in each step, ${colorScheme}, also on a phone`, async () => {
      await open({ colorScheme, width: 320 });
      for (const tag of ['cc-office-settings-branding', 'cc-office-welcome-customer', 'cc-office-settings-payments', 'cc-office-welcome-website']) {
        await part(tag);
        await expect(screen).to.be.accessible();
        expect(opened.office.scrollWidth, tag).to.be.at.most(320);
        if (tag !== 'cc-office-welcome-website') goOn();
      }
    });

  it('speak Spanish', async () => {
    await open({ lang: 'es' });
    const words = () => textOf(screen);
    expect(words()).to.contain('Le damos la bienvenida, Olga').and.contain('Paso 1 de 4');
    for (const english of [start['welcome.lead'], start['welcome.look'], start['welcome.next']]) expect(words()).not.to.contain(english);
  });
});
