import { expect } from '@open-wc/testing';
import '../elements/customer-center-office.ts';
import { noConnection, Refusal, textOf, until } from '../testing/signed-in.ts';
import { office as english } from './locale/en.ts';
import { openOffice, type OpenOffice } from './testing/office-page.ts';

describe('the office', () => {
  let page: OpenOffice;
  afterEach(() => page.close());

  const root = () => page.office.shadowRoot;
  const says = (text: string | RegExp) => until(() => (typeof text === 'string' ? textOf(root()).includes(text) : text.test(textOf(root()))), `“${text}”`, 6000);
  const press = (key: string) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true }));
  const entry = (name: string) => until(() => [...root().querySelectorAll<HTMLElement>('.nav button')].find((each) => each.textContent!.includes(name)), name);

  it('opens at the inbox, names the contractor, and says how many are unread', async () => {
    page = await openOffice({ answers: { '/inbox/counts': () => ({ open: 9, unread: 7, mine: 0, snoozed: 0 }) } });
    await page.screen('cc-office-inbox');
    await says('Acme Plumbing & Heating');
    await says('7 unread');
    expect((await entry('Inbox')).getAttribute('aria-current')).to.equal('page');
  });

  it('counts anew when news come in', async () => {
    let unread = 0;
    page = await openOffice({ answers: { '/inbox/counts': () => ({ open: unread, unread, mine: 0, snoozed: 0 }) } });
    await page.screen('cc-office-inbox');
    unread = 3;
    await until(() => page.asked.some(({ path }) => path === '/inbox/counts'), 'counted once');
    page.tell({ what: 'inbox', id: 'item_1' });
    await says('3 unread');
  });

  it('leads to every place by a press, and by its number', async () => {
    page = await openOffice();
    await page.screen('cc-office-inbox');
    (await entry('Customers')).click();
    await page.screen('cc-office-customers');
    press('3');
    await page.screen('cc-office-jobs');
    press('1');
    await page.screen('cc-office-inbox');
  });

  it('has words for everything in its menu, whichever screen shows first', async () => {
    page = await openOffice({ path: '/customers/cust_pine/see/cont_maria' });
    await page.screen('cc-office-preview');
    expect(textOf(root().querySelector('#panel')!)).to.contain('Sign out on all devices').and.not.contain('shell.');
  });

  it('opens what a link pointed to', async () => {
    page = await openOffice({ path: '/jobs' });
    await page.screen('cc-office-jobs');
  });

  it('gives the focus back to the menu after the list of keys', async () => {
    page = await openOffice();
    await page.screen('cc-office-inbox');
    const menu = root().querySelector<HTMLElement>('.menu')!;
    menu.focus();
    menu.click();
    const panel = root().querySelector<HTMLElement>('#panel')!;
    await until(() => panel.matches(':popover-open'), 'the menu is open');
    panel.querySelector<HTMLElement>('button')!.focus();
    panel.querySelector<HTMLElement>('button')!.click();
    const help = await page.screen('cc-office-help');
    const dialog = await until(() => help.shadowRoot.querySelector('cc-dialog')?.shadowRoot?.querySelector('dialog[open]') as HTMLDialogElement | null, 'the dialog');
    dialog.close();
    await until(() => root().activeElement === menu, 'the focus is at the menu');
  });

  it('lists its keys after ?, and gives the focus back after Escape', async () => {
    page = await openOffice();
    await page.screen('cc-office-inbox');
    press('?');
    const help = await page.screen('cc-office-help');
    const dialog = await until(() => help.shadowRoot.querySelector('cc-dialog')?.shadowRoot?.querySelector('dialog'), 'the dialog');
    await until(() => dialog.open, 'it is open');
    dialog.close();
    await until(() => !root().querySelector('cc-office-help'), 'it is gone');
  });

  it('finds customers, jobs and documents in one field, and opens them by Enter', async () => {
    page = await openOffice({
      answers: {
        '/search': ({ query }) => ({
          customers: [{ id: 'cust_1', number: '1', name: `Found ${query.get('q')}`, company: false, active: true, parent: null, contact: null, address: null, due: { amount: 0, currency: 'USD' }, openJobs: 0, lastSeenAt: null }],
          jobs: [], documents: [],
        }),
      },
    });
    await page.screen('cc-office-inbox');
    press('/');
    const search = await page.screen('cc-office-search');
    const field = await until(() => search.shadowRoot.querySelector<HTMLInputElement>('#q'), 'the field');
    field.value = 'obrien';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await until(() => textOf(search.shadowRoot).includes('Found obrien'), 'the customer');
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await page.screen('cc-office-customer');
    expect(root().querySelector('cc-office-search')).to.equal(null);
  });

  it('opens what fits all that is typed by Enter, not what still shows of earlier words, and loses no letter to news', async () => {
    let unread = 0;
    page = await openOffice({
      answers: {
        '/inbox/counts': () => ({ open: 9, unread, mine: 0, snoozed: 0 }),
        '/search': ({ query }) => ({
          customers: [{ id: `cust_${query.get('q')}`, number: '1', name: `Found ${query.get('q')}`, company: false, active: true, parent: null, contact: null, address: null, due: { amount: 0, currency: 'USD' }, openJobs: 0, lastSeenAt: null }],
          jobs: [], documents: [],
        }),
      },
    });
    await page.screen('cc-office-inbox');
    press('/');
    const search = await page.screen('cc-office-search');
    const field = await until(() => search.shadowRoot.querySelector<HTMLInputElement>('#q'), 'the field');
    const type = (words: string) => ((field.value = words), field.dispatchEvent(new Event('input', { bubbles: true })));
    type('obrien');
    await until(() => textOf(search.shadowRoot).includes('Found obrien'), 'the customer');
    unread = 3;
    page.tell({ what: 'inbox', id: 'item_1' });
    await says('3 unread');
    expect(root().querySelector('cc-office-search'), 'the same dialog').to.equal(search);
    type('haddad');
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await page.screen('cc-office-customer');
    expect(page.asked.some(({ path }) => path === '/customers/cust_haddad/overview'), 'the right one').to.equal(true);
  });

  it('does not take keys from somebody who types', async () => {
    page = await openOffice();
    await page.screen('cc-office-inbox');
    const field = document.createElement('input');
    document.body.append(field);
    field.dispatchEvent(new KeyboardEvent('keydown', { key: '2', bubbles: true, composed: true }));
    field.remove();
    await page.screen('cc-office-inbox');
  });

  it('says why when the session has ended, and asks for the address', async () => {
    page = await openOffice({ path: '/jobs' });
    await page.screen('cc-office-jobs');
    const ended = () => new Refusal(401, 'session_ended');
    page.answers['/customer-rows'] = ended;
    page.answers['/inbox/counts'] = ended;
    page.refuseRefresh();
    page.tell({ what: 'inbox', id: 'item_1' });
    await says('You were signed out');
    await until(() => root().querySelector('cc-office-sign-in'), 'the form');
  });

  it('offers to try again when the account cannot be read', async () => {
    page = await openOffice({ accountAnswer: () => noConnection });
    await until(() => root().querySelector<HTMLElement>('.trouble button'), 'a way to try again');
  });

  it('speaks Spanish, without a word of English in its frame', async () => {
    page = await openOffice({ lang: 'es' });
    await page.screen('cc-office-inbox');
    await says('Bandeja');
    const frame = [...root().querySelectorAll('.rail')].map((each) => textOf(each, '[lang]')).join(' ');
    for (const key of ['office.inbox', 'office.customers', 'office.jobs', 'office.settings', 'office.search'] as const) expect(frame).to.not.include(english[key]);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1200, 360])
      it(`can be used by everybody (${colorScheme}, ${width} px)`, async () => {
        page = await openOffice({ colorScheme, width, answers: { '/inbox/counts': () => ({ open: 9, unread: 7, mine: 0, snoozed: 0 }) } });
        await page.screen('cc-office-inbox');
        await says('7 unread');
        await expect(page.office).to.be.accessible();
        expect(page.office.scrollWidth).to.be.at.most(width);
      });
});
