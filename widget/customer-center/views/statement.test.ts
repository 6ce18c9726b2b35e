import { expect } from '@open-wc/testing';
import '../../elements/customer-center.ts';
import { statement } from '../../testing/invoices.ts';
import { usd } from '../../testing/jobs.ts';
import { englishIn, noConnection, Refusal, signIn, textOf, until, type Inside, type SignedIn } from '../../testing/signed-in.ts';

describe('statement', () => {
  let signedIn: SignedIn;
  let view: Inside;

  const open = async (wanted: Parameters<typeof signIn>[0] = {}) => {
    signedIn = await signIn({ destination: '/statement', ...wanted });
    view = await signedIn.view('cc-view-statement');
  };
  const answering = (answer: () => unknown) => ({ answers: { '/customers/:c/statement': answer } });
  const $ = <T extends HTMLElement>(selector: string) => view.shadowRoot.querySelector<T>(selector);
  const $$ = (selector: string) => [...view.shadowRoot.querySelectorAll<HTMLElement>(selector)];
  const shown = () => until(() => $('.paper'), 'the statement shows');
  const button = (label: string) => $$('button').find((each) => textOf(each).trim() === label)!;
  const asked = () => signedIn.asked.filter(({ path }) => path.endsWith('/statement')).map(({ query }) => Object.fromEntries(query));
  const choose = async (choice: string) => {
    const select = $<HTMLSelectElement>('#period')!;
    select.value = choice;
    select.dispatchEvent(new Event('change'));
    await view.updateComplete;
  };
  const days = async (from: string, to: string) => {
    $<HTMLInputElement>('#from')!.value = from;
    $<HTMLInputElement>('#to')!.value = to;
    button('Show').click();
    await view.updateComplete;
  };
  /** Today in the contractor's time zone. */
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(new Date());

  afterEach(() => signedIn.close());

  it('begins with this month, and tells balances, entries and what is open', async () => {
    await open();
    await shown();
    expect(asked()).to.deep.equal([{ from: `${today.slice(0, 7)}-01`, to: today }]);
    const text = textOf(view);
    for (const part of [
      'Pine Street Dental 412 Pine Street', 'Opening balance$381.37 As of November 1, 2025', 'Closing balance$459.77 As of November 25, 2025',
      'Invoice 2207 Sewer camera inspection', 'Payment · Check 1042', '-$200.00', 'Refund · Card', 'Credit 2209',
      'Open at the end of the period', 'Invoice 2161 · Leak in ceiling Due July 19, 2025$381.37',
    ]) expect(text).to.contain(part); // prettier-ignore
    expect($$('tbody tr').map((row) => textOf(row.lastElementChild!).trim())).to.deep.equal(['$699.77', '$499.77', '$509.77', '$459.77']);
    await until(() => view.shadowRoot.activeElement === $('#heading'), 'the heading has the focus');
  });

  it('offers last month, this year and days of one’s own', async () => {
    await open();
    await shown();
    await choose('lastMonth');
    await choose('thisYear');
    await choose('own');
    await days('2025-03-04', '2025-03-31');
    await until(() => asked().length === 4, 'all periods are asked for');
    const last = new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1, 0)).toISOString().slice(0, 10);
    expect(asked().slice(1)).to.deep.equal([
      { from: `${last.slice(0, 7)}-01`, to: last },
      { from: `${today.slice(0, 4)}-01-01`, to: today },
      { from: '2025-03-04', to: '2025-03-31' },
    ]);
    expect(textOf(view)).to.contain('March 4, 2025 – March 31, 2025');
  });

  for (const [name, from, to, focus] of [
    ['the first day after the last', '2025-03-31', '2025-03-04', 'to'],
    ['no first day', '', '2025-03-04', 'from'],
  ] as const) {
    it(`refuses ${name}, beside the fields`, async () => {
      await open();
      await shown();
      await choose('own');
      await days(from, to);
      expect(textOf($('#problem')!)).to.contain('the first must not be after the last');
      expect($('#from')!.getAttribute('aria-describedby')).to.equal('problem');
      expect(view.shadowRoot.activeElement?.id).to.equal(focus);
      expect(asked()).to.have.length(1);
    });
  }

  it('says in words that the balance is in the customer’s favor', async () => {
    await open(answering(() => statement({ closing: usd(-5_000) })));
    await shown();
    expect(textOf(view)).to.contain('Closing balance$50.00 in your favor');
  });

  it('says that nothing happened, and that nothing is open', async () => {
    await open(answering(() => statement({ entries: [], open: [] })));
    await shown();
    expect(textOf(view)).to.contain('Nothing happened in this period').and.contain('Nothing is left to pay.');
  });

  it('keeps what it shows while another period loads', async () => {
    await open();
    await shown();
    signedIn.answers['/customers/:c/statement'] = () => new Promise(() => undefined);
    await choose('thisYear');
    expect($('.paper')).not.to.equal(null);
    await until(() => $('[aria-busy=true]'), 'it says that it loads');
  });

  it('downloads this period as PDF and CSV', async () => {
    await open();
    await shown();
    const { click } = HTMLAnchorElement.prototype;
    let followed = 0;
    HTMLAnchorElement.prototype.click = () => void (followed += 1);
    try {
      button('Download PDF').click();
      await until(() => followed === 1, 'the PDF');
      await view.updateComplete;
      button('Download CSV').click();
      await until(() => followed === 2, 'the CSV');
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    const period = { from: `${today.slice(0, 7)}-01`, to: today };
    const bodies = signedIn.asked.filter(({ path }) => path.endsWith('/downloads')).map(({ body }) => body);
    expect(bodies).to.deep.equal([{ ...period, format: 'pdf' }, { ...period, format: 'csv' }]);
  });

  it('says why a download did not start', async () => {
    await open({ answers: { '/customers/:c/statement/downloads': () => new Refusal(503, 'unavailable') } });
    await shown();
    button('Download CSV').click();
    await until(() => $('[role=alert]'), 'the failure is said');
  });

  it('shows the statement of the customer that is chosen', async () => {
    await open();
    await shown();
    const bar = await until(() => signedIn.center.shadowRoot!.querySelector('cc-bar'), 'the bar shows');
    const choice = await until(() => bar.shadowRoot?.querySelector('select'), 'the switch shows');
    choice.value = 'cust_mill';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    await until(() => signedIn.asked.some(({ path }) => path === '/customers/cust_mill/statement'), 'the other statement is asked for');
  });

  it('says that it could not be loaded, and tries again', async () => {
    await open(answering(() => new Refusal(500, 'internal')));
    await until(() => $('[role=alert]'), 'the failure is said');
    signedIn.answers['/customers/:c/statement'] = () => statement();
    button('Try again').click();
    await shown();
  });

  it('speaks Spanish throughout', async () => {
    await open({ lang: 'es' });
    await shown();
    await choose('own');
    expect(englishIn(view)).to.deep.equal([]);
  });

  it('never grows wider than 320 pixels', async () => {
    const { entries, open: [invoice] } = statement();
    const long = 'Donaudampfschifffahrtsgesellschaft'.repeat(2);
    const huge = entries.map((entry) => ({ ...entry, title: long, amount: usd(1_234_567_890), balance: usd(-1_234_567_890) }));
    await open({ width: 320, lang: 'es', ...answering(() => statement({ entries: huge, open: [{ ...invoice!, title: long, due: usd(1_234_567_890) }] })) });
    await shown();
    await choose('own');
    for (const each of $$('*')) expect(each.getBoundingClientRect().right, each.className).to.be.at.most(view.getBoundingClientRect().right + 0.5);
    for (const each of $$('.button, .field')) expect(each.getBoundingClientRect().height, each.className).to.be.at.least(44);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    describe(`is accessible in ${colorScheme} mode`, () => {
      const cases: Record<string, [wanted: Parameters<typeof signIn>[0], ready: () => unknown]> = {
        full: [{}, () => $('table')],
        'on a phone': [{ width: 320 }, () => $('table')],
        empty: [answering(() => statement({ entries: [], open: [] })), () => $('[part=empty]')],
        loading: [answering(() => new Promise(() => undefined)), () => $('.skeleton')],
        failed: [answering(() => new Refusal(500, 'internal')), () => $('[part=error]')],
        'without a connection': [answering(() => noConnection), () => $('[part=error]')],
      };
      for (const [name, [wanted, ready]] of Object.entries(cases)) {
        it(name, async () => {
          await open({ width: 800, ...wanted, colorScheme });
          await until(ready, `${name} shows`);
          if (name === 'loading') await new Promise((next) => setTimeout(next, 250));
          await expect(signedIn.center).to.be.accessible();
        });
      }

      it('with days of one’s own that are wrong', async () => {
        await open({ colorScheme });
        await shown();
        await choose('own');
        await days('', '');
        await expect(signedIn.center).to.be.accessible();
      });
    });
  }
});
