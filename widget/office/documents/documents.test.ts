import { expect } from '@open-wc/testing';
import '../../elements/customer-center-office.ts';
import { usd } from '../../testing/jobs.ts';
import { noConnection, Refusal, textOf, until, type Answers, type Inside } from '../../testing/signed-in.ts';
import { officeEnglishIn } from '../testing/english.ts';
import { invoice, invoiceServer } from '../testing/invoices.ts';
import { documentRow } from '../testing/jobs.ts';
import { openOffice, type OpenOffice } from '../testing/office-page.ts';

const invoices = [
  documentRow(),
  documentRow({ id: 'inv_2', number: '2208', status: 'overdue', title: 'Water heater replacement', dueOn: '2026-01-02', openedAt: '2026-01-07T15:00:00.000Z', due: usd(20_000) }),
  documentRow({ id: 'inv_3', number: null, status: 'draft', sentAt: null, due: usd(0), dueOn: null }),
];
const estimates = [documentRow({ kind: 'estimate', id: 'est_1', number: '1042', title: 'New boiler', status: 'changesRequested', due: null, dueOn: '2030-03-01' })];

describe('the documents of the office', () => {
  let page: OpenOffice;
  let screen: Inside;
  afterEach(() => page.close());

  const open = async (path = '/documents/invoices', answers: Answers = {}, wanted: Parameters<typeof openOffice>[0] = {}) => {
    page = await openOffice({ path, ...wanted, answers: { '/document-rows': ({ query }) => ({ items: query.get('kind') === 'invoice' ? invoices : estimates, nextCursor: null }), ...answers } });
    screen = await page.screen('cc-office-documents');
  };
  const says = (text: string) => until(() => textOf(screen).includes(text), `“${text}”`);
  const $ = <T extends HTMLElement>(selector: string) => screen.shadowRoot.querySelector<T>(selector);
  const button = (words: string) => until(() => [...screen.shadowRoot.querySelectorAll<HTMLElement>('button')].find((each) => textOf(each).trim() === words), words);
  const queries = () => page.asked.filter(({ path }) => path === '/document-rows').map(({ query }) => Object.fromEntries(query));

  it('lists invoices with state, how far each got, total and what is due, and leads to each', async () => {
    await open('/documents/invoices', invoiceServer(invoice()).answers);
    await says('Water heater replacement');
    for (const part of ['2207 · Pine Street Dental', 'Sent Jan 6 · Not opened yet', 'Due Dec 5, 2030', 'Overdue', 'Opened Jan 7', '$200.00 due', 'Draft', 'No number yet']) expect(textOf(screen)).to.contain(part);
    (await until(() => $('.document'), 'a row')).click();
    await page.screen('cc-office-invoice');
  });

  it('changes between estimates and invoices by tabs, with the keys too', async () => {
    await open('/documents');
    await says('New boiler');
    expect(textOf(screen)).to.contain('Change asked').and.contain('Valid to Mar 1, 2030');
    const tabs = screen.shadowRoot.querySelector('cc-tabs')!.shadowRoot!;
    const tab = tabs.querySelector<HTMLElement>('[role=tab]')!;
    tab.focus();
    tab.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, composed: true }));
    await says('Water heater replacement');
    expect(tabs.activeElement?.id).to.equal('tab-invoices');
  });

  it('searches and narrows by state', async () => {
    await open();
    await says('Leak in ceiling');
    (await button('Waiting')).click();
    await until(() => queries().some(({ state }) => state === 'waiting'), 'only those that wait');
    const field = $<HTMLInputElement>('#search')!;
    field.value = '2208';
    field.dispatchEvent(new Event('input'));
    await until(() => queries().some(({ q, state, kind }) => q === '2208' && state === 'waiting' && kind === 'invoice'), 'it is searched');
  });

  it('says where documents begin when there are none, and when nothing matches', async () => {
    await open('/documents/invoices', { '/document-rows': () => ({ items: [], nextCursor: null }) });
    await says('No invoices yet');
    (await button('Drafts')).click();
    await says('No document matches');
    (await button('Show all')).click();
    (await button('Open the jobs')).click();
    await page.screen('cc-office-jobs');
  });

  it('is read anew when others change something, tried again after a failure, and stays without a connection', async () => {
    await open('/documents/invoices', { '/document-rows': () => new Refusal(500, 'internal') });
    page.answers['/document-rows'] = () => ({ items: invoices, nextCursor: null });
    (await button('Try again')).click();
    await says('Leak in ceiling');
    page.answers['/document-rows'] = () => ({ items: [documentRow({ title: 'Just sent' })], nextCursor: null });
    page.tell({ what: 'invoice', id: 'inv_9' });
    await says('Just sent');
    page.answers['/document-rows'] = () => noConnection;
    page.tell({ what: 'invoice', id: 'inv_9' });
    await until(() => $('.banner.warn'), 'it says that this is not new');
    expect(textOf(screen)).to.contain('Just sent');
  });

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [320, 1200])
      it(`is accessible in ${colorScheme} at ${width} px, and no wider`, async () => {
        await open('/documents/invoices', {}, { colorScheme, width });
        await says('Leak in ceiling');
        await expect(page.office).to.be.accessible();
        expect(screen.scrollWidth).to.be.at.most(screen.clientWidth);
      });

  it('speaks Spanish', async () => {
    await open('/documents/invoices', {}, { lang: 'es' });
    await says('Atrasado');
    expect(officeEnglishIn(screen, ['Leak in ceiling', 'Water heater replacement'])).to.deep.equal([]);
  });
});
