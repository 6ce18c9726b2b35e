import { expect } from '@open-wc/testing';
import '../../elements/customer-center-office.ts';
import type { SessionView } from '../../../server/contract/access.ts';
import { estimateView } from '../../testing/estimates.ts';
import { openInvoices } from '../../testing/invoices.ts';
import { history, jobRow, session, usd } from '../../testing/jobs.ts';
import { noConnection, Refusal, textOf, until, type Answers, type Inside } from '../../testing/signed-in.ts';
import { openOffice, type OpenOffice } from '../testing/office-page.ts';

describe('what a customer sees, for the office', () => {
  let office: OpenOffice;
  let screen: Inside;
  afterEach(() => office.close());

  const waiting = { items: [jobRow({ service: 'Water heater replacement', waitsFor: 'estimate', waitsDocument: { kind: 'estimate', id: 'est_1', amount: usd(277_992) } })], nextCursor: null };
  const open = async (who: Partial<SessionView> = {}, { answers, ...more }: Parameters<typeof openOffice>[0] = {}) => {
    const standard: Answers = {
      '/session': () => ({ ...session, ...who }),
      '/customers/:c/history': () => history({ waiting }),
      '/customers/:c/invoices': () => ({ items: openInvoices(), nextCursor: null }),
      '/customers/:c/estimates/:e': () => estimateView(),
      '/customers/:c/estimates/:e/shares': () => ({ items: [], nextCursor: null }),
    };
    office = await openOffice({ path: '/customers/cust_pine/see/cont_maria', ...more, answers: { ...standard, ...answers } });
    screen = await office.screen('cc-office-preview');
  };
  const center = () => screen.shadowRoot.querySelector<Inside>('cc-preview-center')!;
  const view = (name: string) => until(() => center()?.shadowRoot?.querySelector<Inside>(`cc-view-${name}`), name, 8000);
  const whole = () => textOf(office.office.shadowRoot);
  const says = (text: string) => until(() => whole().includes(text), `“${text}”`, 8000);
  /** What the center asked for; the office's own requests speak for nobody. */
  const seen = () => office.asked.filter(({ headers }) => headers.has('View-As'));
  const press = async (label: string, within: ParentNode) => (await until(() => [...within.querySelectorAll('button')].find((each) => textOf(each).trim() === label), label)).click();

  it('shows the center as this contact sees it, and says whose eyes these are', async () => {
    await open();
    await says('You see what Maria O’Brien sees');
    await says('Nothing you do here reaches them');
    const opened = await view('history');
    await until(() => textOf(opened).includes('Water heater replacement'), 'the history');
    expect(textOf(opened)).to.contain('View estimate');
    expect(seen().map(({ method, path }) => `${method} ${path}`)).to.deep.equal(['GET /session', 'GET /customers/all/history']);
    for (const { headers } of seen()) expect(headers.get('View-As')).to.equal('cont_maria');
  });

  it('opens an estimate without a word to the server, and refuses to approve it', async () => {
    await open();
    const list = await view('history');
    (await until(() => list.shadowRoot.querySelector<HTMLElement>('.ask button'), 'the estimate')).click();
    const estimate = await view('estimate');
    await until(() => estimate.shadowRoot.querySelector('#heading'), 'the estimate shows');
    await press('Download', estimate.shadowRoot);
    await says('Only Maria O’Brien can do that. This is just a look: nothing was sent.');
    expect(office.asked.filter(({ method }) => method !== 'GET')).to.deep.equal([]);
  });

  it('signs nobody out', async () => {
    await open();
    await view('history');
    const bar = await until(() => center().shadowRoot.querySelector<Inside>('cc-bar'), 'the bar');
    await until(() => bar.shadowRoot.querySelector('.panel button'), 'the menu');
    bar.shadowRoot.querySelector<HTMLElement>('.panel button')!.click();
    await says('This is just a look: nothing was sent.');
    await view('history');
    expect(office.asked.filter(({ method }) => method !== 'GET')).to.deep.equal([]);
  });

  it('speaks the contact’s language whatever the office speaks, and a choice in it stays in it', async () => {
    await open({ language: 'es' });
    const list = await view('history');
    await until(() => textOf(list).includes('Esperan su respuesta'), 'Spanish');
    await press('English', center().shadowRoot);
    await until(() => textOf(list).includes('Needs your answer'), 'English');
    await press('Español', center().shadowRoot);
    await until(() => textOf(list).includes('Esperan su respuesta'), 'Spanish again');
    expect(localStorage.getItem('cc-language')).to.equal('en');
  });

  it('tells the page nothing of what happens in it', async () => {
    const heard: string[] = [];
    const hear = ({ type }: Event) => heard.push(type);
    document.addEventListener('cc-sign-in', hear);
    await open();
    await view('history');
    document.removeEventListener('cc-sign-in', hear);
    expect(heard).to.deep.equal([]);
  });

  it('begins at the document that one came from, and knows its words', async () => {
    await open({}, { path: '/customers/cust_pine/see/cont_maria?at=/estimates/est_1' });
    const estimate = await view('estimate');
    await until(() => estimate.shadowRoot.querySelector('#heading'), 'the estimate shows');
    expect(office.asked.filter(({ method }) => method !== 'GET')).to.deep.equal([]);
  });

  it('goes back, to the customer where one came from nowhere', async () => {
    await open();
    await view('history');
    await press('Back', screen.shadowRoot);
    await office.screen('cc-office-customer');
  });

  it('says that a contact does not exist', async () => {
    await open({}, { answers: { '/session': () => new Refusal(404, 'not_found') } });
    await says('This contact does not exist');
    expect(center()).to.equal(null);
  });

  it('tries again after a lost connection', async () => {
    await open({}, { answers: { '/session': () => noConnection } });
    const retry = await until(() => center()?.shadowRoot?.querySelector<HTMLElement>('.trouble button'), 'a way to try again', 6000);
    office.answers['/session'] = () => session;
    retry.click();
    await view('history');
    await says('You see what Maria O’Brien sees');
  });

  it('shows another contact in place of this one', async () => {
    await open();
    await view('history');
    office.close();
    await open({ name: 'Peter Ridge' }, { path: '/customers/cust_pine/see/cont_peter' });
    await says('You see what Peter Ridge sees');
    expect(seen().every(({ headers }) => headers.get('View-As') === 'cont_peter')).to.equal(true);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`can be used by everybody (${colorScheme}), on a phone`, async () => {
      await open({}, { colorScheme, width: 320 });
      const list = await view('history');
      await until(() => textOf(list).includes('Water heater replacement'), 'the history');
      await expect(office.office).to.be.accessible();
      expect(office.office.scrollWidth).to.be.at.most(320);
    });

  it('speaks Spanish around it', async () => {
    await open({ language: 'en' }, { lang: 'es' });
    await says('Usted ve lo que ve Maria O’Brien');
    await says('Atrás');
    const list = await view('history');
    await until(() => textOf(list).includes('Needs your answer'), 'the contact’s English');
  });
});
