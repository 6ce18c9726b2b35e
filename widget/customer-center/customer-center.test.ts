import { expect } from '@open-wc/testing';
import '../elements/customer-center.ts';
import { FakeApi, maria, sheet } from '../data/testing/fake-api.ts';
import { englishIn, until } from '../testing/signed-in.ts';
import { jobView } from '../testing/jobs.ts';
import { arrive, freshEntry, place, type Placed } from './testing/place.ts';

describe('<customer-center>', () => {
  let api: FakeApi;
  let placed: Placed;
  const events: Event[] = [];
  const record = (event: Event) => events.push(event);
  const names = ['cc-fetch', 'cc-sign-in', 'cc-sign-out', 'cc-navigate'];

  beforeEach(() => {
    api = new FakeApi();
    api.on('GET', /\/jobs\/\w+$/, () => [200, jobView()]);
    api.on('GET', /^\/documents\/\w+$/, () => [200, { kind: 'job', job: jobView() }]);
    freshEntry();
    events.length = 0;
    for (const name of names) document.addEventListener(name, record);
  });
  afterEach(() => {
    for (const name of names) document.removeEventListener(name, record);
    placed.element.remove();
    document.querySelectorAll('customer-center').forEach((each) => each.remove());
    api.restore();
    localStorage.clear();
  });

  const signIn = async (attributes: Record<string, string> = {}, destination?: string) => {
    arrive(api.handoff(maria, 'access', destination ? { destination } : {}));
    placed = place(api, attributes);
    await placed.shows(destination ? 'job' : 'history');
  };
  const wentTo = () => events.filter(({ type }) => type === 'cc-navigate').map((event) => (event as Event & { path: string }).path);
  const router = () => (placed.view as unknown as { router: { go(path: string): void } }).router;
  const bar = () => placed.element.shadowRoot!.querySelector('cc-bar')!.shadowRoot!;

  it('replaces the link to the hosted page once it works', async () => {
    placed = place(api);
    await placed.shows('sign-in');
    expect(placed.element.querySelector('a')!.getClientRects()).to.have.length(0);
  });

  it('wears the contractor’s name, logo and colour', async () => {
    api.card.logoUrl = `/v1/accounts/${api.account}/logo/x`;
    api.card.accent = '#7a1fa2';
    placed = place(api);
    await placed.shows('sign-in');
    await placed.says('Acme Plumbing & Heating');
    expect(placed.find<HTMLImageElement>('.logo')!.src).to.equal(api.origin + api.card.logoUrl);
    expect(getComputedStyle(placed.find('button.primary')!).backgroundColor).to.equal('rgb(122, 31, 162)');
  });

  it('takes the handoff out of the address as soon as it is there', async () => {
    const handoff = api.handoff(maria);
    arrive(handoff);
    placed = place(api);
    await (placed.element as unknown as { updateComplete: Promise<void> }).updateComplete;
    expect(location.href).not.to.contain(handoff);
    expect(api.callsTo(/exchange/)).to.have.length(0);
    await placed.shows('history');
  });

  it('comes into view after a link, at its destination, with the focus on the heading', async () => {
    const [before, after] = [document.createElement('div'), document.createElement('div')];
    before.style.height = after.style.height = '3000px';
    document.body.prepend(before);
    setTimeout(() => document.body.append(after));
    try {
      await signIn({}, '/jobs/job_1');
      await until(() => placed.view?.shadowRoot.activeElement?.getAttribute('role') === 'heading', 'the heading has the focus');
      expect(Math.abs(placed.element.getBoundingClientRect().top)).to.be.lessThan(100);
    } finally {
      before.remove();
      after.remove();
      scrollTo(0, 0);
    }
  });

  it('moves the focus to the heading of each next view, and says where it went', async () => {
    await signIn();
    router().go('/jobs/job_1');
    await placed.shows('job');
    await until(() => placed.view?.shadowRoot.activeElement?.getAttribute('role') === 'heading', 'the heading has the focus');
    expect(wentTo()).to.deep.equal(['/jobs/job_1']);
  });

  it('is where it was after it was taken out and put back', async () => {
    await signIn();
    router().go('/jobs/job_1');
    await placed.shows('job');
    const { element } = placed;
    element.remove();
    document.body.append(element);
    await placed.shows('job');
    element.remove();
    placed = place(api);
    await placed.shows('job');
  });

  it('survives the page’s own pushState', async () => {
    await signIn();
    history.pushState({ mine: 1 }, '', location.href);
    router().go('/jobs/job_1');
    await placed.shows('job');
    expect(history.state).to.include({ mine: 1 });
    history.back();
    await placed.shows('history');
  });

  it('shares one session and one set of requests among the elements of a page', async () => {
    arrive(api.handoff(maria));
    placed = place(api);
    const second = place(api);
    await Promise.all([placed.shows('history'), second.shows('history')]);
    expect(api.callsTo('/handoffs/exchange').filter(({ headers }) => headers.has('DPoP')).length).to.be.at.most(2);
    expect(api.callsTo('')).to.have.length(1);
    (second.view as unknown as { router: { go(path: string): void } }).router.go('/jobs/job_1');
    await second.shows('job');
    await placed.shows('history');
  });

  it('works inside a foreign closed shadow root', async () => {
    const host = document.createElement('div');
    const root = host.attachShadow({ mode: 'closed' });
    document.body.append(host);
    arrive(api.handoff(maria));
    placed = place(api, {}, root);
    await placed.shows('history');
    expect(events.map(({ type }) => type)).to.include('cc-sign-in');
    host.remove();
  });

  it('lets the page see every request, without credentials, and cancel it', async () => {
    await signIn();
    const fetches = events.filter(({ type }) => type === 'cc-fetch') as (Event & { method: string; url: string })[];
    expect(fetches.map(({ url }) => new URL(url).pathname)).to.include(`/v1/accounts/${api.account}/customers/all/history`);
    expect(JSON.stringify(fetches)).not.to.contain('access-');
    const cancel = (event: Event) => event.preventDefault();
    placed.element.addEventListener('cc-fetch', cancel);
    const { length } = api.calls;
    router().go('/jobs/job_1');
    await placed.shows('job');
    expect(api.calls).to.have.length(length);
  });

  it('switches between customers, from “All”, parents before their sub-customers', async () => {
    await signIn();
    const select = await until(() => bar().querySelector('select'), 'the switch');
    expect([...select.options].map(({ text }) => text.trim())).to.deep.equal(['All', 'Pine Street Dental', 'Pine Street Annex']);
    expect(select.value).to.equal('all');
    select.value = 'cust_2';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await until(() => api.callsTo('/customers/cust_2/history').length, 'the history of that customer');
  });

  it('signs out, and says so', async () => {
    await signIn();
    await placed.press('Sign out');
    await placed.shows('sign-in');
    await placed.says('You are signed out.');
    expect(events.map(({ type }) => type)).to.include('cc-sign-out');
  });

  it('says that it could not sign out everywhere, and stays', async () => {
    await signIn();
    api.offline = true;
    await placed.press('Sign out on all devices');
    await placed.says('could not reach the server');
    api.offline = false;
    await placed.press('Sign out on all devices');
    await placed.shows('sign-in');
  });

  it('shows nothing of one person to the next one', async () => {
    await signIn();
    await placed.press('Sign out');
    await placed.shows('sign-in');
    api.on('GET', /\/history$/, () => new Promise(() => undefined));
    await placed.askForLink();
    await placed.type('#code', api.code);
    await placed.shows('history');
    expect(api.callsTo('/customers/all/history').length).to.be.greaterThan(1);
  });

  it('says that a session was ended, and goes on where the person was after signing in again', async () => {
    await signIn();
    for (const session of api.sessions) session.ended = true;
    router().go('/jobs/job_1');
    await placed.shows('sign-in');
    await placed.says('You were signed out');
    await placed.askForLink();
    await placed.type('#code', api.code);
    await placed.shows('job');
  });

  it('says that a link was used, and offers a fresh one', async () => {
    arrive('u'.repeat(43));
    placed = place(api);
    await placed.shows('sign-in');
    await placed.says('This link was already used');
  });

  it('shows the one document of a document link, and the center that stands behind it', async () => {
    await signIn();
    placed.element.remove();
    (globalThis as unknown as Record<symbol, { clients: Map<string, unknown> }>)[Symbol.for('customer-center')]!.clients.clear();
    arrive(api.handoff(sheet, 'document', { destination: '/jobs/job_1' }));
    placed = place(api);
    await placed.shows('job');
    await until(() => api.callsTo('/documents/link_1').length, 'the document');
    expect(bar().querySelector('nav')).to.equal(null);
    await placed.press('Close');
    await placed.shows('history');
  });

  it('leads from one document to all jobs by a code, to the same job', async () => {
    arrive(api.handoff(sheet, 'document', { destination: '/jobs/job_1' }));
    placed = place(api);
    await placed.shows('job');
    await placed.press('All my jobs');
    await placed.shows('code');
    await placed.says('We sent a 6-digit code to m***@example.com');
    await placed.type('#code', api.code);
    await until(() => api.callsTo('/customers/all/jobs/job_1').length, 'the job in the center');
  });

  it('speaks the contact’s language before the browser’s, and Spanish completely', async () => {
    arrive(api.handoff({ ...maria, language: 'es' }));
    placed = place(api);
    await placed.shows('history');
    await placed.says('Cerrar sesión');
    expect(englishIn(placed.element)).to.deep.equal([]);
  });

  it('gives views addresses with routing="query"', async () => {
    await signIn({ routing: 'query' });
    router().go('/jobs/job_1');
    await placed.shows('job');
    expect(location.search).to.contain('cc=/jobs/job_1');
  });

  for (const scheme of ['light', 'dark']) {
    it(`passes axe when signed in, with the menu open, ${scheme}`, async () => {
      await signIn({ 'color-scheme': scheme });
      const menu = await until(() => bar().querySelector<HTMLButtonElement>('.menu'), 'the menu');
      menu.click();
      await expect(placed.element).to.be.accessible();
    });
  }
});
