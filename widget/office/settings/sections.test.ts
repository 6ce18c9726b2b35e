import { expect } from '@open-wc/testing';
import '../../elements/customer-center-office.ts';
import type { Account, Page } from '../../../server/contract/account.ts';
import type { StripeConnection } from '../../../server/contract/payments.ts';
import { noConnection, noContent, Refusal, textOf, until, type Answers, type Inside } from '../../testing/signed-in.ts';
import { account as standardAccount, openOffice, type OpenOffice } from '../testing/office-page.ts';

describe('the settings', () => {
  let opened: OpenOffice;
  let part: Inside;

  const account: Account = { ...standardAccount, updatedAt: '2026-03-01T00:00:00.000Z' };
  const list = <Item>(items: Item[]) => ({ items, nextCursor: null });
  const open = async (section: string, answers: Answers, wanted: Parameters<typeof openOffice>[0] = {}) => {
    opened = await openOffice({ path: `/settings/${section}`, account, ...wanted, answers });
    const screen = await opened.screen('cc-office-settings');
    part = await until(() => screen.shadowRoot.querySelector<Inside>('.part > *'), 'the section shows');
    await part.updateComplete;
  };
  const $ = <T extends HTMLElement>(selector: string) => part.shadowRoot.querySelector<T>(selector);
  const inside = (tag: string) => until(() => $<Inside>(tag), tag);
  const text = () => textOf(part);
  const buttons = () => [part, ...part.shadowRoot.querySelectorAll<Inside>('cc-office-sightings, cc-office-copy-code')].flatMap((each) => [...each.shadowRoot.querySelectorAll('button')]);
  const press = async (label: string) => (await until(() => buttons().find((each) => textOf(each).trim() === label), `“${label}”`)).click();
  const type = async (selector: string, value: string) => {
    const field = await until(() => $<HTMLInputElement>(selector), selector);
    field.value = value;
    field.dispatchEvent(new Event(field.localName === 'select' ? 'change' : 'input', { bubbles: true }));
    await part.updateComplete;
  };
  const said = () => textOf(opened.office.shadowRoot.querySelector('.said')!).trim();
  const reads = (words: string) => until(() => text().includes(words), `“${words}”`);
  const asked = (method: string, path: RegExp) => opened.asked.filter((each) => each.method === method && path.test(each.path));

  afterEach(() => opened.close());

  describe('of the look', () => {
    it('show the colour at once, by day and by night, and say what is used where it cannot be read', async () => {
      await open('branding', { 'PATCH /account': ({ body }) => ({ ...account, ...(body as object), updatedAt: '2026-03-02T00:00:00.000Z' }) });
      expect(text()).to.contain('This color reads well.');
      await type('#accent', 'e6b800');
      await reads('Words on white are written in #');
      const looks = [...part.shadowRoot.querySelectorAll<Inside>('cc-office-look')];
      expect(looks.map((look) => look.getAttribute('color-scheme'))).to.deep.equal(['light', 'dark']);
      await until(() => getComputedStyle(looks[0]!.shadowRoot.querySelector('.button')!).backgroundColor === 'rgb(230, 184, 0)', 'the button has the colour');
      await expect(part).to.be.accessible();
      await press('Save');
      await until(() => said() === 'Saved.', 'it is said');
      expect(asked('PATCH', /account/)[0]!.body).to.deep.equal({ accent: '#e6b800' });
      expect(opened.office.style.getPropertyValue('--cc-brand-light-fill')).to.equal('#e6b800');
    });

    it('refuse what is no color', async () => {
      await open('branding', {});
      await type('#accent', 'blue');
      await press('Save');
      await reads('Type a color such as #0b62c4');
    });

    it('upload a logo, say why one is refused, and remove it', async () => {
      const logoUrl = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
      let refuse: Refusal | undefined = new Refusal(415, 'unsupported_media');
      await open('branding', { 'PUT /account/logo': () => refuse ?? { ...account, logoUrl }, 'DELETE /account/logo': () => noContent });
      const choose = async (file: File) => {
        const input = await until(() => $<HTMLInputElement>('input[type=file]'), 'the field');
        const files = new DataTransfer();
        files.items.add(file);
        input.files = files.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      };
      await choose(new File(['x'], 'logo.svg', { type: 'image/svg+xml' }));
      await reads('This picture cannot be used.');
      await choose(new File([new Uint8Array(300_000)], 'logo.png', { type: 'image/png' }));
      await reads('This picture is too large.');
      expect(asked('PUT', /logo/)).to.have.length(0);
      await choose(new File(['x'], 'logo.png', { type: 'image/png' }));
      await reads('This picture cannot be used.');
      refuse = undefined;
      await choose(new File(['x'], 'logo.png', { type: 'image/png' }));
      await until(() => said() === 'The logo is set.', 'it is said');
      expect($<HTMLImageElement>('img')!.alt).to.equal('Logo of Acme Plumbing & Heating');
      await press('Remove');
      await until(() => said() === 'The logo is removed.', 'it is said');
      await until(() => !$('img'), 'it is gone');
    });
  });

  describe('of the website', () => {
    const page = (id: string, url: string, more: Partial<Page> = {}): Page => ({ id, url, main: false, lastSeenAt: null, ...more });
    let pages: Page[];
    let sightings: { origin: string; firstSeenAt: string; lastSeenAt: string; count: number }[];
    const answers: Answers = {
      'GET /pages': () => list(pages),
      'GET /sightings': () => list(sightings),
      'POST /pages': ({ body }) => {
        const { url } = body as { url: string };
        if (pages.some((each) => each.url === url)) return new Refusal(409, 'already_exists', ['/url']);
        pages = [...pages, page(`page_${pages.length + 1}`, url)];
        return pages.at(-1);
      },
      'PATCH /pages/:p': ({ path, body }) => {
        pages = pages.map((each) => (path.endsWith(each.id) ? { ...each, ...(body as object) } : { ...each, main: false }));
        return pages[0];
      },
      'DELETE /pages/:p': ({ path }) => {
        pages = pages.filter(({ id }) => !path.endsWith(id));
        return noContent;
      },
      'POST /sightings/allow': ({ body }) => {
        const { origin } = body as { origin: string };
        sightings = sightings.filter((each) => each.origin !== origin);
        pages = [...pages, page(`page_${pages.length + 1}`, `${origin}/`)];
        return pages.at(-1);
      },
    };

    beforeEach(() => {
      pages = [page('page_1', 'https://www.acme.example/my-account', { main: true, lastSeenAt: new Date(Date.now() - 185_000).toISOString() }), page('page_2', 'https://shop.acme.example/')];
      sightings = [];
    });

    it('list pages with where the widget was seen last, and say when there is none', async () => {
      await open('website', answers);
      await reads('https://www.acme.example/my-account');
      expect(text()).to.contain('Main page').and.contain('The widget was seen here 3 minutes ago').and.contain('The widget was not seen here yet');
      opened.close();
      pages = [];
      await open('website', answers);
      await reads('No page is listed yet');
    });

    it('add a page, typed without https, and refuse what is none or listed already', async () => {
      await open('website', answers);
      await type('#url', 'http://acme.example');
      await press('Add a page');
      await reads('Type an address that begins with https://');
      await type('#url', 'www.acme.example/my-account');
      await press('Add a page');
      await reads('This page is listed already');
      await type('#url', 'other.example/login');
      await press('Add a page');
      await until(() => said() === 'The page is listed.', 'it is said');
      await reads('https://other.example/login');
      expect($<HTMLInputElement>('#url')!.value).to.equal('');
    });

    it('change a page, make it the main one, and remove one after asking', async () => {
      await open('website', answers);
      await press('Edit https://shop.acme.example/');
      await type('#edit-url', 'https://shop.acme.example/account');
      $<HTMLInputElement>('cc-dialog input[type=checkbox]')!.click();
      await press('Save');
      await until(() => said() === 'Saved.', 'it is said');
      expect(asked('PATCH', /page_2$/)[0]!.body).to.deep.equal({ url: 'https://shop.acme.example/account', main: true });
      await until(() => part.shadowRoot.activeElement?.id === 'pages', 'the list’s heading has the focus');
      await press('Remove https://www.acme.example/my-account');
      await reads('Customers can no longer sign in at https://www.acme.example/my-account');
      await expect(part).to.be.accessible();
      await press('Remove');
      await until(() => said() === 'The page is no longer listed.', 'it is said');
      expect(pages.map(({ id }) => id)).to.deep.equal(['page_2']);
    });

    it('allow a website that was seen in one click, with and without www', async () => {
      sightings = [{ origin: 'https://www.acme.test', firstSeenAt: account.createdAt, lastSeenAt: new Date().toISOString(), count: 2 }];
      await open('website', answers);
      const seen = await inside('cc-office-sightings');
      await until(() => textOf(seen).includes('Seen at https://www.acme.test'), 'the sighting');
      await press('Allow, and acme.test too');
      await until(() => said() === 'https://www.acme.test is listed now.', 'it is said');
      await reads('https://acme.test/');
      expect(pages.map(({ url }) => url).slice(2)).to.deep.equal(['https://www.acme.test/', 'https://acme.test/']);
      await until(() => part.shadowRoot.activeElement?.id === 'pages', 'the focus is not lost');
    });

    it('offer the same website with or without www', async () => {
      await open('website', answers);
      await press('Add acme.example too');
      await until(() => pages.length === 3, 'it is listed');
      await until(() => !text().includes('Add acme.example too'), 'the offer is gone');
    });

    it('say that nothing can be read, and try again', async () => {
      await open('website', { ...answers, 'GET /pages': () => noConnection });
      await reads('We could not reach the server.');
      opened.answers['GET /pages'] = () => list(pages);
      await press('Try again');
      await reads('https://shop.acme.example/');
    });

    it('are for a clerk to look at', async () => {
      sightings = [{ origin: 'https://www.acme.test', firstSeenAt: account.createdAt, lastSeenAt: account.createdAt, count: 2 }];
      await open('website', answers, { role: 'clerk' });
      await reads('https://shop.acme.example/');
      expect(text()).to.contain('Only an owner may change this.');
      expect(buttons()).to.have.length(0);
    });

    it('show the two lines for the account and its server, and see by themselves when they have arrived', async () => {
      await open('install', answers);
      const code = await inside('cc-office-copy-code');
      const { slug } = account;
      const shown = code.shadowRoot.querySelector('code')!.textContent;
      expect(shown).to.equal(
        `<script type="module" src="${location.origin}/customer-center.js"></script>\n<customer-center account="${slug}"><a href="${location.origin}/c/${slug}">Open the customer center</a></customer-center>`,
      );
      await reads('Not seen yet');
      pages = [pages[0]!, { ...pages[1]!, lastSeenAt: new Date().toISOString() }];
      await until(() => !text().includes('Not seen yet'), 'it is seen, without a click', 7000);
      expect(text()).to.contain('just now');
    });

    it('tell the steps for each kind of website', async () => {
      await open('install', answers);
      const tabs = await inside('cc-tabs');
      const names = [...tabs.shadowRoot.querySelectorAll<HTMLElement>('[role=tab]')];
      expect(names.map((each) => textOf(each).trim())).to.deep.equal(['Plain HTML', 'WordPress', 'Wix', 'Squarespace', 'Webflow', 'Google Tag Manager', 'React']);
      for (const name of names) {
        name.click();
        await part.updateComplete;
        expect($('.steps')!.children.length, textOf(name)).to.be.at.least(3);
      }
      await expect(part).to.be.accessible();
      names[5]!.click();
      await part.updateComplete;
      expect(text()).to.contain(`<script src="${location.origin}/customer-center.iife.js"></script>`);
    });
  });

  describe('of payments', () => {
    let stripe: StripeConnection;
    const connection = (more: Partial<StripeConnection>): StripeConnection => ({
      mode: 'connect', status: 'none', stripeAccount: null, livemode: true, chargesEnabled: false, detailsSubmitted: false, oauth: false, domains: [], connectedAt: null, checkedAt: null, ...more,
    });
    const answers: Answers = { 'GET /stripe': () => stripe };

    const states: [name: string, state: Partial<StripeConnection>, words: string][] = [
      ['a server without keys', { mode: 'off' }, 'This server has no Stripe keys yet.'],
      ['no account', {}, 'Connect a Stripe account.'],
      ['an account that is not finished', { status: 'onboarding', stripeAccount: 'acct_1' }, 'Stripe still needs some details.'],
      ['one that Stripe has stopped', { status: 'restricted', stripeAccount: 'acct_1' }, 'Stripe has stopped payments'],
      ['one that was disconnected', { status: 'disconnected' }, 'Nobody can pay online.'],
      ['one that works', { status: 'active', stripeAccount: 'acct_1', domains: [{ domain: 'www.acme.example', registered: false }] }, 'Customers can pay online.'],
      ['the server’s own key', { mode: 'own', status: 'active' }, 'your own Stripe key'],
    ];
    for (const [name, state, words] of states)
      it(`say in words how it stands with ${name}`, async () => {
        stripe = connection(state);
        await open('payments', answers);
        await reads(words);
        await expect(part).to.be.accessible();
      });

    it('lead to Stripe and say when that cannot be', async () => {
      stripe = connection({ oauth: true });
      await open('payments', { ...answers, 'POST /stripe/onboarding': () => new Refusal(503, 'payments_unavailable'), 'POST /stripe/oauth': () => ({ url: '#at-stripe' }) });
      await press('Connect Stripe');
      await reads('Stripe cannot be reached.');
      await press('Use a Stripe account that I have');
      await until(() => location.hash === '#at-stripe', 'the way leads on');
    });

    it('disconnect after asking', async () => {
      stripe = connection({ status: 'active', stripeAccount: 'acct_1' });
      await open('payments', { ...answers, 'DELETE /stripe': () => ((stripe = connection({ status: 'disconnected' })), noContent) });
      await press('Disconnect Stripe');
      await reads('Bank debits that are under way still arrive in your books');
      const [, inDialog] = buttons().filter((each) => textOf(each).trim() === 'Disconnect Stripe');
      inDialog!.click();
      await until(() => said() === 'Stripe is disconnected.', 'it is said');
      await reads('Nobody can pay online. What was paid stays in your books.');
    });

    it('save what customers are offered', async () => {
      stripe = connection({ status: 'active', stripeAccount: 'acct_1' });
      await open('payments', { ...answers, 'PATCH /account': ({ body }) => ({ ...account, ...(body as object) }) });
      await until(() => $('input[name=askTip]'), 'the switches');
      $<HTMLInputElement>('input[name=askTip]')!.click();
      await press('Save');
      await until(() => said() === 'Saved.', 'it is said');
      expect(asked('PATCH', /account/)[0]!.body).to.deep.equal({ askTip: true });
    });

    it('ask a clerk’s screen nothing that only an owner may read', async () => {
      stripe = connection({});
      await open('payments', answers, { role: 'clerk' });
      await reads('Only an owner may change this.');
      expect(asked('GET', /stripe/)).to.have.length(0);
    });
  });

  describe('of the staff', () => {
    const people = () => [
      { id: 'staff_1', name: 'Olga Owner', email: 'olga@acme.example', role: 'owner', createdAt: account.createdAt },
      { id: 'staff_2', name: 'Carl Clerk', email: 'carl@acme.example', role: 'clerk', createdAt: account.createdAt },
    ];

    it('add somebody, and say when the address is taken', async () => {
      let answer: unknown = new Refusal(409, 'already_exists', ['/email']);
      await open('staff', { 'GET /staff': () => list(people()), 'POST /staff': () => answer });
      await press('Add somebody');
      await type('#name', 'Ana Alba');
      await type('#email', 'carl@acme.example');
      $('form')!.querySelector<HTMLElement>('.primary')!.click();
      await reads('Somebody of the staff has this address.');
      await expect(part).to.be.accessible();
      await type('#email', 'ana@acme.example');
      answer = people()[1];
      $('form')!.querySelector<HTMLElement>('.primary')!.click();
      await until(() => said() === 'Added. They can sign in now.', 'it is said');
      expect(asked('POST', /staff/).at(-1)!.body).to.deep.equal({ name: 'Ana Alba', email: 'ana@acme.example', role: 'clerk' });
    });

    it('keep the last owner, in words', async () => {
      await open('staff', { 'GET /staff': () => list(people()), 'PATCH /staff/:s': () => new Refusal(409, 'conflict'), 'DELETE /staff/:s': () => new Refusal(409, 'conflict') });
      await press('Edit Olga Owner');
      await type('#role', 'clerk');
      await press('Save');
      await reads('The last owner stays. Make somebody else an owner first.');
      $<HTMLElement & { close(): void }>('cc-dialog')!.close();
      await until(() => !$('cc-dialog'), 'it is closed');
      await press('Remove Olga Owner');
      await press('Remove');
      await reads('The last owner stays. Make somebody else an owner first.');
    });

    it('are for a clerk to look at', async () => {
      await open('staff', { 'GET /staff': () => list(people()) }, { role: 'clerk' });
      await reads('Carl Clerk');
      expect(text()).to.contain('Only an owner may change this.');
      expect(buttons()).to.have.length(0);
    });
  });

  describe('of API keys', () => {
    it('make a key, show its secret once, and revoke it after asking', async () => {
      let keys: object[] = [];
      const made = { id: 'key_1', name: 'Bookkeeping', scopes: ['read', 'write'], createdAt: account.createdAt, lastUsedAt: null };
      await open('keys', {
        'GET /api-keys': () => list(keys),
        'POST /api-keys': () => ((keys = [made]), { ...made, secret: 'cck_secret' }),
        'DELETE /api-keys/:k': () => ((keys = []), noContent),
      });
      await reads('There is no key');
      await type('#name', 'Bookkeeping');
      $<HTMLInputElement>('input[name=read]')!.click();
      await part.updateComplete;
      await press('Make a key');
      await reads('Choose at least one.');
      for (const name of ['read', 'write']) $<HTMLInputElement>(`input[name=${name}]`)!.click();
      await part.updateComplete;
      await press('Make a key');
      await reads('This is the only time that the key is shown.');
      expect(asked('POST', /api-keys/)[0]!.body).to.deep.equal({ name: 'Bookkeeping', scopes: ['read', 'write'] });
      expect((await inside('cc-office-copy-code')).shadowRoot.querySelector('code')!.textContent).to.equal('cck_secret');
      await until(() => part.shadowRoot.activeElement?.id === 'secret', 'it has the focus');
      expect(JSON.stringify({ ...sessionStorage })).not.to.contain('cck_secret');
      await expect(part).to.be.accessible();
      await press('I have copied it');
      await until(() => !$('#secret'), 'it is gone');
      await press('Revoke Bookkeeping');
      await press('Revoke');
      await until(() => said() === '“Bookkeeping” is revoked.', 'it is said');
      await reads('There is no key');
    });
  });
});
