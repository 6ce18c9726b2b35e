import { expect } from '@open-wc/testing';
import '../../elements/customer-center.ts';
import type { JobPage } from '../../data/work.ts';
import { card, history, jobRow, manyJobs, session, usd, visit } from '../../testing/jobs.ts';
import { englishIn, noConnection, Refusal, signIn, textOf, until, type Inside, type SignedIn } from '../../testing/signed-in.ts';

const none: JobPage = { items: [], nextCursor: null };
const nothingAtAll = { waiting: none, upcoming: none, past: none, addresses: [] };

describe('work history', () => {
  let signedIn: SignedIn;
  let view: Inside;

  const open = async (wanted: Parameters<typeof signIn>[0] = {}) => {
    signedIn = await signIn(wanted);
    view = await signedIn.view('cc-view-history');
  };
  const $ = <T extends HTMLElement>(selector: string) => view.shadowRoot.querySelector<T>(selector);
  const $$ = (selector: string) => [...view.shadowRoot.querySelectorAll<HTMLElement>(selector)];
  const shown = () => until(() => $('.row'), 'rows show');
  const rows = () => $$('.past .go').map((row) => textOf(row).trim());
  const said = () => $('#status')?.textContent;
  const button = (label: string) => $$('button').find((each) => textOf(each).trim() === label);
  const search = (q: string) => {
    const field = $<HTMLInputElement>('#search')!;
    field.value = q;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  const paged = (pages: Record<string, JobPage>) => ({
    '/customers/:c/history': () => history({ past: pages['']! }),
    '/customers/:c/jobs': ({ query }: { query: URLSearchParams }) => pages[query.get('cursor') ?? ''],
  });

  afterEach(() => signedIn.close());

  it('brings the first screen in one request', async () => {
    await open();
    await shown();
    expect(signedIn.asked.map(({ path }) => path)).to.deep.equal(['/customers/all/history']);
    expect($$('.section-title').map((each) => textOf(each))).to.deep.equal(['Needs your answer', 'Upcoming', 'Past']);
  });

  it('says first what waits, with the way to answer', async () => {
    await open();
    await shown();
    const [estimate, payment] = $$('.ask');
    expect(textOf(estimate!)).to.contain('Estimate · Water heater replacement').and.contain('$2,389.00');
    expect(textOf(payment!)).to.contain('$318.40');
    payment!.querySelector('button')!.click();
    const job = await signedIn.view('cc-view-job');
    const tabs = await until(() => job.shadowRoot.querySelector('cc-tabs'), 'tabs show');
    expect(tabs.selected).to.equal('charges');
  });

  it('leads to the estimate or invoice itself where there is one', async () => {
    const waiting = {
      items: [
        jobRow({ service: 'Water heater replacement', waitsFor: 'estimate', waitsDocument: { kind: 'estimate', id: 'est_1', amount: usd(277_992) } }),
        jobRow({ service: 'Sewer camera inspection', waitsFor: 'payment', waitsDocument: { kind: 'invoice', id: 'inv_1', amount: usd(31_840) } }),
      ],
      nextCursor: null,
    };
    await open({ answers: { '/customers/:c/history': () => history({ waiting }) } });
    await shown();
    const [estimate, invoice] = $$('.ask button');
    expect(textOf(estimate!).trim()).to.equal('View estimate Water heater replacement');
    expect(textOf(invoice!).trim()).to.equal('View invoice Sewer camera inspection');
    invoice!.click();
    const opened = await signedIn.view('cc-view-invoice');
    await until(() => signedIn.asked.some(({ path }) => path === '/customers/all/invoices/inv_1'), 'the invoice is asked for');
    (await until(() => opened.shadowRoot.querySelector<HTMLElement>('.back'), 'the way back')).click();
    view = await signedIn.view('cc-view-history');
    await until(() => view.shadowRoot.activeElement && textOf(view.shadowRoot.activeElement).includes('View invoice'), 'the same row has the focus');
  });

  it('tells arrival times in the account’s time zone, wherever the browser is', async () => {
    for (const [timeZone, arrival] of [
      ['America/New_York', 'Arrival between 9 and 11 AM'],
      ['Asia/Tokyo', 'Arrival between 11 PM and 1 AM'],
    ]) {
      const coming = jobRow({ status: 'scheduled', visit: visit({ startsAt: '2030-01-15T14:00:00Z', arrivalWindowMinutes: 120 }) });
      const answers = { '/customers/:c/history': () => history({ upcoming: { items: [coming], nextCursor: null } }) };
      await open({ card: { timeZone: timeZone! }, answers });
      await shown();
      expect(textOf($('.coming')!)).to.contain(arrival).and.contain('Tuesday, January 15, 2030');
      if (timeZone !== 'Asia/Tokyo') signedIn.close();
    }
  });

  it('says in words how each job of the past stands', async () => {
    await open();
    await shown();
    const pills = $$('.past .pill').map((each) => textOf(each));
    expect(pills).to.deep.equal(['Paid', 'Paid', '$381.37 open', 'Declined', 'Canceled']);
  });

  it('names the customer only where several stand together', async () => {
    await open();
    await shown();
    expect(textOf($('.past')!)).to.contain('Pine Street Dental');
    signedIn.close();
    await open({ session: { customers: session.customers.slice(0, 1) } });
    await shown();
    expect(textOf($('.past')!)).not.to.contain('Pine Street Dental');
  });

  it('marks the contractor’s own words with the account’s language', async () => {
    await open({ card: { locale: 'en-US' }, lang: 'es' });
    await shown();
    expect($('.past .go span')!.lang).to.equal('en-US');
    expect($('.ask [lang]')!.lang).to.equal('en-US');
  });

  it('adds earlier jobs page by page, moves the focus to the first of them and says how many', async () => {
    const first = { items: manyJobs(3, 'New'), nextCursor: 'two' };
    await open({
      answers: paged({ '': first, two: { items: manyJobs(2, 'Old'), nextCursor: 'three' }, three: { items: manyJobs(1, 'Oldest'), nextCursor: null } }),
    });
    await shown();
    button('Show earlier jobs')!.click();
    await until(() => rows().length === 5, 'the second page shows');
    expect(said()).to.equal('2 jobs added');
    expect(textOf(view.shadowRoot.activeElement!)).to.contain('Old 1');
    button('Show earlier jobs')!.click();
    await until(() => rows().length === 6, 'the third page shows');
    expect(button('Show earlier jobs')).to.equal(undefined);
    expect(rows()).to.deep.equal(['New 1', 'New 2', 'New 3', 'Old 1', 'Old 2', 'Oldest 1']);
  });

  for (const [list, label] of [
    ['waiting', 'Show more'],
    ['upcoming', 'Show more upcoming jobs'],
  ] as const) {
    it(`says nothing of “earlier” where more ${list} jobs are added`, async () => {
      const { items } = history()[list];
      let send = () => {};
      await open({
        answers: {
          '/customers/:c/history': () => history({ [list]: { items, nextCursor: 'two' } }),
          '/customers/:c/jobs': () => new Promise((answer) => (send = () => answer({ items: items.map((job) => ({ ...job, id: `${job.id}_more` })), nextCursor: null }))),
        },
      });
      await shown();
      const more = button(label)!;
      more.click();
      await until(() => textOf(more).trim() === 'Loading…', 'it says that it loads');
      send();
      await until(() => /^\d jobs? added$/.test(said() ?? ''), 'the number is said');
    });
  }

  it('keeps the list when an earlier page fails, and tries again', async () => {
    await open({ answers: paged({ '': { items: manyJobs(2), nextCursor: 'two' }, two: none }) });
    await shown();
    const { answers } = signedIn;
    const good = answers['/customers/:c/jobs']!;
    answers['/customers/:c/jobs'] = () => new Refusal(503, 'unavailable');
    button('Show earlier jobs')!.click();
    const alert = await until(() => $('.more [role=alert]'), 'the failure is said');
    expect(textOf(alert)).to.contain('went wrong on our side');
    expect(rows()).to.have.length(2);
    answers['/customers/:c/jobs'] = good;
    button('Show earlier jobs')!.click();
    await until(() => !$('.more'), 'the list is complete');
  });

  it('searches a moment after the last letter, once, and says what it found', async () => {
    await open({ answers: { '/customers/:c/jobs': () => ({ items: manyJobs(2, 'Drain'), nextCursor: null }) } });
    await shown();
    for (const q of ['d', 'dr', 'drain']) search(q);
    await until(() => said() === '2 jobs found', 'the count is said');
    expect(signedIn.asked.slice(1).map(({ query }) => [...query])).to.deep.equal([[['when', 'past'], ['q', 'drain']]]);
    expect(rows()).to.deep.equal(['Drain 1', 'Drain 2']);
    search('');
    await until(() => rows().length === 5, 'everything shows again');
    expect(signedIn.asked).to.have.length(2);
  });

  it('keeps an older answer from covering a newer one', async () => {
    const waiting: Record<string, () => void> = {};
    const slow = ({ query }: { query: URLSearchParams }) =>
      new Promise((answer) => {
        waiting[query.get('q')!] = () => answer({ items: manyJobs(1, query.get('q')!), nextCursor: null });
      });
    await open({ answers: { '/customers/:c/jobs': slow } });
    await shown();
    search('first');
    await until(() => waiting['first'], 'the first search leaves');
    search('second');
    await until(() => waiting['second'], 'the second search leaves');
    waiting['second']!();
    await until(() => rows()[0] === 'second 1', 'the second answer shows');
    waiting['first']!();
    await new Promise((next) => setTimeout(next, 50));
    expect(rows()).to.deep.equal(['second 1']);
  });

  it('filters by address and offers everything again where nothing is', async () => {
    await open();
    await shown();
    const select = $<HTMLSelectElement>('select')!;
    select.value = 'addr_2';
    select.dispatchEvent(new Event('change'));
    await until(() => $('[part=empty]'), 'nothing is there');
    expect(signedIn.asked[1]!.query.get('addressId')).to.equal('addr_2');
    button('Show all past jobs')!.click();
    await until(() => rows().length === 5, 'everything shows again');
    expect($<HTMLSelectElement>('select')!.value).to.equal('');
    expect(view.shadowRoot.activeElement?.id).to.equal('search');
  });

  it('comes back from a job to the same pages, search and row', async () => {
    const found: JobPage = { items: manyJobs(3, 'Drain'), nextCursor: 'two' };
    const pages: Record<string, JobPage> = { '': found, two: { items: manyJobs(2, 'Old drain'), nextCursor: null } };
    await open({ answers: { '/customers/:c/jobs': ({ query }) => pages[query.get('cursor') ?? ''] } });
    await shown();
    search('drain');
    await until(() => rows().length === 3, 'the search shows');
    button('Show earlier jobs')!.click();
    await until(() => rows().length === 5, 'the second page shows');
    $$('.past .go')[3]!.click();
    const job = await signedIn.view('cc-view-job');
    const before = signedIn.asked.length;
    job.shadowRoot.querySelector<HTMLElement>('.back')!.click();
    view = await signedIn.view('cc-view-history');
    const row = await until(() => view.shadowRoot.activeElement, 'a row has the focus');
    expect(textOf(row).trim()).to.equal('Old drain 1');
    expect($<HTMLInputElement>('#search')!.value).to.equal('drain');
    expect(rows()).to.have.length(5);
    expect(signedIn.asked.slice(before).filter(({ path }) => !path.includes('/jobs/'))).to.deep.equal([]);
  });

  it('starts over for another customer', async () => {
    await open();
    await shown();
    const bar = await until(() => signedIn.center.shadowRoot!.querySelector('cc-bar'), 'the bar shows');
    const choice = await until(() => bar.shadowRoot?.querySelector('select'), 'the switch shows');
    choice.value = 'cust_mill';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    await until(() => signedIn.asked.some(({ path }) => path === '/customers/cust_mill/history'), 'the other history is asked for');
  });

  it('shows the contractor’s phone where it fails, and recovers', async () => {
    await open({ answers: { '/customers/:c/history': () => new Refusal(500, 'internal') } });
    const alert = await until(() => $('[role=alert]'), 'the failure is said');
    expect(textOf(alert)).to.contain('(404) 555-0142');
    signedIn.answers['/customers/:c/history'] = () => history();
    button('Try again')!.click();
    await shown();
  });

  it('loads by itself once the connection is back', async () => {
    await open({ answers: { '/customers/:c/history': () => noConnection } });
    await until(() => $('[role=alert]'), 'the failure is said');
    signedIn.answers['/customers/:c/history'] = () => history();
    window.dispatchEvent(new Event('online'));
    await shown();
  });

  it('lets the page style its parts', async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('customer-center::part(row) { outline: 3px dashed }');
    document.adoptedStyleSheets.push(sheet);
    await open();
    await shown();
    expect(getComputedStyle($('.row')!).outlineStyle).to.equal('dashed');
    document.adoptedStyleSheets.pop();
  });

  it('speaks Spanish throughout', async () => {
    await open({ lang: 'es' });
    await shown();
    expect(textOf(view)).to.contain('Esperan su respuesta').and.contain('Llegada de 9 a 11 a.');
    expect(englishIn(view)).to.deep.equal([]);
  });

  it('never grows wider than 320 pixels', async () => {
    const long = jobRow({ service: 'Donaudampfschifffahrtsgesellschaftskapitänsmütze'.repeat(2), total: usd(123_456_789), balance: usd(123_456_789) });
    await open({ width: 320, lang: 'es', answers: { '/customers/:c/history': () => history({ past: { items: [long], nextCursor: 'x' } }) } });
    await shown();
    expect(view.scrollWidth).to.be.at.most(320);
    for (const each of $$('*')) expect(each.getBoundingClientRect().right, each.className).to.be.at.most(view.getBoundingClientRect().right + 0.5);
  });

  it('leaves room for a finger', async () => {
    await open({ width: 320 });
    await shown();
    for (const each of $$('.button, .field, .row')) expect(each.getBoundingClientRect().height, each.className).to.be.at.least(44);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    describe(`is accessible in ${colorScheme} mode`, () => {
      const states: Record<string, [answers: Parameters<typeof signIn>[0], ready: () => unknown]> = {
        loading: [{ answers: { '/customers/:c/history': () => new Promise(() => undefined) } }, () => $('.skeleton')],
        full: [{}, () => $('.row')],
        'with a pale accent': [{ card: { ...card, accent: '#ffe14d' } }, () => $('.row')],
        empty: [{ answers: { '/customers/:c/history': () => nothingAtAll } }, () => $('[part=empty]')],
        failed: [{ answers: { '/customers/:c/history': () => new Refusal(500, 'internal') } }, () => $('[part=error]')],
        'without a connection': [{ answers: { '/customers/:c/history': () => noConnection } }, () => $('[part=error]')],
      };
      for (const [name, [wanted, ready]] of Object.entries(states)) {
        it(name, async () => {
          await open({ ...wanted, colorScheme, width: 800 });
          await until(ready, `${name} shows`);
          if (name === 'loading') await new Promise((next) => setTimeout(next, 250));
          await expect(signedIn.center).to.be.accessible();
        });
      }

      it('nothing found', async () => {
        await open({ colorScheme, width: 360 });
        await shown();
        search('zzz');
        await until(() => $('[part=empty]'), 'nothing is found');
        await expect(signedIn.center).to.be.accessible();
      });

      it('cut off from the server after loading', async () => {
        await open({ colorScheme });
        await shown();
        Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
        window.dispatchEvent(new Event('offline'));
        await until(() => $('.stale'), 'the remark shows');
        await expect(signedIn.center).to.be.accessible();
        delete (navigator as { onLine?: boolean }).onLine;
      });
    });
  }
});
