import { expect } from '@open-wc/testing';
import '../../elements/customer-center-office.ts';
import type { Account } from '../../../server/contract/account.ts';
import { settings } from '../locale/en-settings.ts';
import { settingsEs } from '../locale/es-settings.ts';
import { noConnection, Refusal, textOf, until, type Inside } from '../../testing/signed-in.ts';
import { account as standardAccount, openOffice, type OpenOffice } from '../testing/office-page.ts';

describe('the settings', () => {
  let opened: OpenOffice;
  let part: Inside;
  let account: Account;

  const open = async (section: string, wanted: Parameters<typeof openOffice>[0] = {}) => {
    opened = await openOffice({
      path: `/settings/${section}`, ...wanted, account,
      answers: {
        'PATCH /account': ({ body }) => (account = { ...account, ...(body as Partial<Account>), updatedAt: '2026-03-02T00:00:00.000Z' }),
        'GET /account': () => account,
        '/pages': () => ({ items: [], nextCursor: null }),
        '/sightings': () => ({ items: [], nextCursor: null }),
        '/numbering': () => ({ estimate: 1043, invoice: 7204, job: 85013, customer: 312 }),
        ...wanted.answers,
      },
    });
    const screen = await opened.screen('cc-office-settings');
    part = await until(() => screen.shadowRoot.querySelector<Inside>('.part > *'), 'the section shows');
    await part.updateComplete;
  };
  const $ = <T extends HTMLElement>(selector: string) => part.shadowRoot.querySelector<T>(selector);
  const text = () => textOf(part);
  const button = (label: string) => [...part.shadowRoot.querySelectorAll('button')].find((each) => textOf(each).trim() === label);
  const press = async (label: string) => (await until(() => button(label), `“${label}”`)).click();
  const type = async (selector: string, value: string) => {
    const field = await until(() => $<HTMLInputElement>(selector), selector);
    field.value = value;
    field.dispatchEvent(new Event(field.localName === 'select' ? 'change' : 'input', { bubbles: true }));
    await part.updateComplete;
  };
  const check = async (name: string) => {
    $<HTMLInputElement>(`input[name=${name}]`)!.click();
    await part.updateComplete;
  };
  const said = () => textOf(opened.office.shadowRoot.querySelector('.said')!).trim();
  const patched = () => opened.asked.filter(({ method, path }) => method === 'PATCH' && path === '/account');

  beforeEach(() => {
    account = { ...standardAccount, updatedAt: '2026-03-01T00:00:00.000Z' };
  });
  afterEach(() => opened.close());

  it('lead from a list to each section and back, on a phone too', async () => {
    await open('company', { width: 360 });
    const screen = await opened.screen('cc-office-settings');
    const shows = (selector: string) => screen.shadowRoot.querySelector<HTMLElement>(selector)!.checkVisibility();
    expect(shows('nav')).to.equal(false);
    screen.shadowRoot.querySelector<HTMLElement>('.back')!.click();
    await until(() => shows('nav'), 'the list shows');
    expect(shows('.part')).to.equal(false);
    [...screen.shadowRoot.querySelectorAll('button')].find((each) => textOf(each).includes('Staff'))!.click();
    await until(() => screen.shadowRoot.querySelector('cc-office-settings-staff')?.checkVisibility(), 'the section shows');
    await until(() => screen.shadowRoot.activeElement?.localName === 'cc-office-settings-staff', 'the section has the focus');
    expect(opened.office.scrollWidth).to.be.at.most(360);
  });

  describe('of the company', () => {
    it('send what was changed and nothing else, with the version that was seen', async () => {
      await open('company');
      expect($<HTMLInputElement>('#phone')!.value).to.equal('(404) 555-0142');
      await type('#phone', '404 555 0199');
      await type('#email', '');
      await check('marketing');
      await press('Save');
      await until(() => said() === 'Saved.', 'it is said');
      expect(patched()).to.have.length(1);
      expect(patched()[0]!.body).to.deep.equal({ phone: '+14045550199', email: null, marketing: true });
      expect(patched()[0]!.headers.get('if-match')).to.equal('"2026-03-01T00:00:00.000Z"');
    });

    it('say beside the field what is wrong', async () => {
      await open('company');
      await type('#name', ' ');
      await type('#phone', '12');
      await type('#email', 'office');
      await press('Save');
      await until(() => part.shadowRoot.querySelectorAll('.error').length === 3, 'three errors');
      expect(text()).to.contain('Fill this in.').and.contain('Type a phone number such as (404) 555-0142').and.contain('Type an e-mail address');
      expect(part.shadowRoot.activeElement?.id).to.equal('name');
      expect(patched()).to.have.length(0);
      await expect(part).to.be.accessible();
    });

    it('say why the currency stays', async () => {
      await open('company', { answers: { 'PATCH /account': () => new Refusal(409, 'conflict') } });
      await type('#currency', 'EUR');
      await press('Save');
      await until(() => text().includes('The currency stays: there are charges, documents or payments in it already.'), 'the reason');
      expect($('#currency')!.getAttribute('aria-invalid')).to.equal('true');
    });

    it('keep what was typed without a connection, and over leaving the section', async () => {
      await open('company', { answers: { 'PATCH /account': () => noConnection } });
      await type('#name', 'Acme Heating');
      await press('Save');
      await until(() => text().includes('No connection: this is not saved yet.'), 'it is said');
      const screen = await opened.screen('cc-office-settings');
      const nav = (label: string) => [...screen.shadowRoot.querySelectorAll<HTMLElement>('nav button')].find((each) => textOf(each).includes(label))!.click();
      nav('Staff');
      await until(() => screen.shadowRoot.querySelector('cc-office-settings-staff'), 'another section');
      nav('Company');
      part = await until(() => screen.shadowRoot.querySelector<Inside>('cc-office-settings-company'), 'the section is back');
      await until(() => $<HTMLInputElement>('#name')?.value === 'Acme Heating', 'what was typed is there');
      expect(text()).to.contain('This is what you typed before.');
      opened.answers['PATCH /account'] = ({ body }) => ({ ...account, ...(body as object) });
      await press('Save');
      await until(() => said() === 'Saved.', 'it is said');
    });

    it('show what somebody else has changed, and let the person choose', async () => {
      await open('company', { answers: { 'PATCH /account': ({ headers, body }) => (headers.get('if-match') === `"${account.updatedAt}"` ? { ...account, ...(body as object) } : new Refusal(412, 'stale')) } });
      await type('#name', 'Acme Heating');
      await type('#email', 'new@acme.example');
      // What the server has from now on.
      Object.assign(account, { name: 'Acme & Daughters', phone: '+14045550100', updatedAt: '2026-03-05T00:00:00.000Z' });
      await press('Save');
      await until(() => text().includes('Somebody else changed the same meanwhile.'), 'the conflict shows');
      expect(text()).to.contain('Acme & Daughters').and.contain('Acme Heating');
      expect($<HTMLInputElement>('#phone')!.value).to.equal('(404) 555-0100');
      await expect(part).to.be.accessible();
      await press('Take theirs');
      await until(() => !button('Take theirs'), 'it is answered');
      await press('Save');
      await until(() => said() === 'Saved.', 'it is said');
      expect(patched().at(-1)!.body).to.deep.equal({ email: 'new@acme.example' });
    });

    it('are facts for a clerk, who sees why', async () => {
      await open('company', { role: 'clerk' });
      expect(text()).to.contain('Only an owner may change this.').and.contain('Acme Plumbing & Heating').and.contain('United States');
      expect(part.shadowRoot.querySelectorAll('input, select, button')).to.have.length(0);
      await expect(part).to.be.accessible();
    });
  });

  describe('of estimates and invoices', () => {
    it('add a tax, change the days, and save both', async () => {
      await open('documents');
      await press('Add a tax');
      await until(() => part.shadowRoot.activeElement?.id === 'taxes/1/name', 'the new tax has the focus');
      await type('[id="taxes/1/name"]', 'County tax');
      await press('Save');
      await until(() => text().includes('Type a percentage from 0 to 100'), 'the percentage is missing');
      await type('[id="taxes/1/percent"]', '1,5 %');
      await type('#invoiceDueDays', '30');
      await check('attachPdf');
      await press('Save');
      await until(() => said() === 'Saved.', 'it is said');
      const { taxes, ...others } = patched()[0]!.body as Partial<Account>;
      expect(others).to.deep.equal({ invoiceDueDays: 30, attachPdf: true });
      expect(taxes!.map(({ name, percent }) => `${name} ${percent}`)).to.deep.equal(['Sales tax 8.25', 'County tax 1.5']);
      expect(taxes![0]!.key).to.equal('sales');
    });

    it('set numbers, never below what was given out', async () => {
      const wanted: unknown[] = [];
      await open('documents', {
        answers: {
          'PATCH /numbering': ({ body }) => {
            wanted.push(body);
            const { invoice } = body as { invoice: number };
            return invoice < 7204 ? new Refusal(400, 'invalid_request', ['/invoice']) : { estimate: 1043, invoice, job: 85013, customer: 312 };
          },
        },
      });
      part = await until(() => $<Inside>('cc-office-settings-numbering'), 'the numbers');
      await until(() => $<HTMLInputElement>('#invoice')?.value === '7204', 'the next number');
      await type('#invoice', '7000');
      await press('Save the numbers');
      await until(() => text().includes('This number was given out already. Type a higher one.'), 'why not');
      await type('#invoice', '8001');
      await press('Save the numbers');
      await until(() => said() === 'Saved.', 'it is said');
      expect(wanted).to.deep.equal([{ invoice: 7000 }, { invoice: 8001 }]);
    });
  });

  describe('in Spanish', () => {
    const english = Object.entries(settings).filter(([key, words]) => words.length > 3 && settingsEs[key as keyof typeof settings] !== words).map(([, words]) => words.split(/\{\w+\}/)[0]!.trim());
    const spanish = Object.values(settingsEs).join(' ');
    const isIn = (words: string, sentence: string) => new RegExp(`(?<!\\p{L})${sentence.replace(/[.?+*()|[\]]/g, '\\$&')}(?!\\p{L})`, 'u').test(words);
    for (const section of ['company', 'branding', 'website', 'install', 'documents', 'staff'])
      it(`have no word of English: ${section}`, async () => {
        await open(section, { lang: 'es' });
        await until(() => !$('.skeleton'), 'it is there');
        const words = textOf(await opened.screen('cc-office-settings'));
        expect(english.filter((each) => each.length > 3 && !spanish.includes(each) && isIn(words, each))).to.deep.equal([]);
      });
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const section of ['company', 'branding', 'website', 'install', 'documents', 'staff', 'keys', 'payments']) {
      it(`are accessible: ${section}, ${colorScheme}`, async () => {
        await open(section, {
          colorScheme,
          answers: {
            '/pages': () => ({ items: [{ id: 'page_1', url: 'https://www.acme.example/my-account', main: true, lastSeenAt: new Date(Date.now() - 180_000).toISOString() }], nextCursor: null }),
            '/sightings': () => ({ items: [{ origin: 'https://shop.acme.example', firstSeenAt: account.createdAt, lastSeenAt: account.createdAt, count: 3 }], nextCursor: null }),
            '/api-keys': () => ({ items: [{ id: 'key_1', name: 'Bookkeeping', scopes: ['read'], createdAt: account.createdAt, lastUsedAt: null }], nextCursor: null }),
            '/stripe': () => ({
              mode: 'connect', status: 'active', stripeAccount: 'acct_1', livemode: false, chargesEnabled: true, detailsSubmitted: true, oauth: true,
              domains: [{ domain: 'www.acme.example', registered: true }], connectedAt: account.createdAt, checkedAt: account.createdAt,
            }),
          },
        });
        await until(() => !$('.skeleton'), 'it is there');
        await expect(await opened.screen('cc-office-settings')).to.be.accessible();
        expect(part.shadowRoot.querySelectorAll('.button.primary').length).to.be.at.most(1);
      });
    }
  }
});
