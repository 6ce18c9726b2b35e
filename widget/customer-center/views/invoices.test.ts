import { expect } from '@open-wc/testing';
import '../../elements/customer-center.ts';
import type { InvoicePage } from '../../data/invoices.ts';
import { allInvoices, invoiceRow, manyInvoices, openInvoices } from '../../testing/invoices.ts';
import { session, usd } from '../../testing/jobs.ts';
import { FakeStripe } from '../../testing/payments.ts';
import { englishIn, noConnection, Refusal, signIn, textOf, until, type Asked, type Inside, type SignedIn } from '../../testing/signed-in.ts';

const none: InvoicePage = { items: [], nextCursor: null };

describe('open invoices', () => {
  let signedIn: SignedIn;
  let view: Inside;

  const open = async (wanted: Parameters<typeof signIn>[0] = {}) => {
    signedIn = await signIn({ destination: '/invoices', ...wanted });
    view = await signedIn.view('cc-view-invoices');
  };
  const answering = (answer: (asked: Asked) => unknown) => ({ answers: { '/customers/:c/invoices': answer } });
  const $ = <T extends HTMLElement>(selector: string) => view.shadowRoot.querySelector<T>(selector);
  const $$ = <T extends HTMLElement>(selector: string) => [...view.shadowRoot.querySelectorAll<T>(selector)];
  const shown = () => until(() => $('.row'), 'rows show');
  const rows = () => $$('.go').map((row) => textOf(row).trim());
  const boxes = () => $$<HTMLInputElement>('.row input');
  const all = () => $<HTMLInputElement>('.heads input')!;
  const tick = async (box: HTMLInputElement) => {
    box.click();
    await view.updateComplete;
  };
  const sum = () => textOf($('[part=sums] [role=status]')!).trim();
  const said = () => $('#status')?.textContent;
  const button = (label: string) => $$('button').find((each) => textOf(each).trim() === label);
  const lists = () => signedIn.asked.filter(({ path }) => path.endsWith('/invoices'));
  const search = (q: string) => {
    const field = $<HTMLInputElement>('#search')!;
    field.value = q;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };

  beforeEach(() => void new FakeStripe());
  afterEach(() => signedIn.close());

  it('is one press away from the work history, also on a phone', async () => {
    signedIn = await signIn({ width: 320 });
    await signedIn.view('cc-view-history');
    const bar = await until(() => signedIn.center.shadowRoot!.querySelector('cc-bar')?.shadowRoot, 'the bar shows');
    const link = await until(() => [...bar.querySelectorAll<HTMLElement>('nav button')].find((each) => textOf(each).includes('Open invoices')), 'the way');
    expect(link.getBoundingClientRect().height).to.be.at.least(44);
    link.click();
    view = await signedIn.view('cc-view-invoices');
    await shown();
    await until(() => link.getAttribute('aria-current') === 'page', 'the bar says where the person is');
    await until(() => view.shadowRoot.activeElement === $('#heading'), 'the heading has the focus');
  });

  it('tells number, title, customer, address, PO number, state and what is due', async () => {
    await open();
    await shown();
    const [first, second, third] = $$('.row').map((row) => textOf(row));
    expect(first).to.contain('Invoice 2161 Leak in ceiling').and.contain('Pine Street Dental · 412 Pine Street · PO 4711');
    expect(first).to.contain('Overdue').and.contain('Jul 19, 2025').and.contain('Amount due $381.37').and.contain('of $1,144.10');
    expect(second).to.contain('Due Dec 5, 2030').and.contain('$318.40').and.not.contain('of $');
    expect(third).to.contain('Deposit invoice 2208').and.contain('Maria O’Brien');
    expect($('.go [lang]')!.lang).to.equal('en-US');
  });

  it('names the customer only where several stand together', async () => {
    await open({ session: { customers: session.customers.slice(0, 1) } });
    await shown();
    expect(textOf($('.row')!)).not.to.contain('Pine Street Dental');
  });

  it('adds up what is selected, and says it politely', async () => {
    await open();
    await shown();
    await tick(boxes()[0]!);
    expect(sum()).to.equal('1 selected: $381.37');
    expect(all().indeterminate).to.equal(true);
    await tick(boxes()[1]!);
    expect(sum()).to.equal('2 selected: $699.77');
    expect(boxes()[0]!.getAttribute('aria-label')).to.equal('Select invoice 2161');
    await tick(boxes()[0]!);
    await tick(boxes()[1]!);
    expect(sum()).to.equal('None selected');
  });

  it('selects all and none at once', async () => {
    await open();
    await shown();
    await tick(all());
    expect(boxes().every(({ checked }) => checked)).to.equal(true);
    expect(sum()).to.equal('3 selected: $1,199.77');
    await tick(all());
    expect(boxes().some(({ checked }) => checked)).to.equal(false);
  });

  it('lets nobody select what asks for no money', async () => {
    await open(answering(({ query }) => ({ items: query.get('state') === 'all' ? allInvoices() : openInvoices(), nextCursor: null })));
    await shown();
    button('All')!.click();
    await until(() => rows().length === 6, 'all invoices show');
    expect(boxes()).to.have.length(3);
    await tick(all());
    expect(sum()).to.equal('3 selected: $1,199.77');
    const pills = $$('.pill').map((each) => textOf(each));
    expect(pills).to.deep.equal(['Overdue', 'Due Dec 5, 2030', 'Open', 'Paid', 'Void', 'Available']);
    expect(button('All')!.getAttribute('aria-pressed')).to.equal('true');
    expect(textOf($('#heading')!)).to.equal('Invoices');
  });

  it('pays those that are selected together', async () => {
    await open();
    await shown();
    await tick(all());
    button('Pay $1,199.77')!.click();
    const pay = await signedIn.view('cc-view-pay');
    const ids = openInvoices().length;
    expect((pay as unknown as { payId: string }).payId.split('/')).to.have.length(ids);
  });

  it('names what cannot be paid online, and pays the rest: what is due, less what is on its way', async () => {
    const [first, second, third] = openInvoices();
    const items = [{ ...first!, payable: usd(10_000) }, { ...second!, onlinePayment: false }, { ...third!, payable: usd(0), overdue: true }];
    await open(answering(() => ({ items, nextCursor: null })));
    await shown();
    expect(textOf($$('.row')[0]!)).to.contain('$281.37 on its way');
    await tick(all());
    const [onWay, notOnline] = ['2208: a payment is on its way.', '2207 cannot be paid online.'];
    expect(sum()).to.equal(`3 selected: $1,199.77 ${onWay} ${notOnline}`);
    expect(textOf($$('.row')[2]!)).to.contain('Payment on its way').and.not.contain('Overdue');
    await tick(boxes()[0]!);
    expect(sum(), 'also when nothing can be paid').to.equal(`2 selected: $818.40 ${onWay} ${notOnline}`);
    await tick(boxes()[1]!);
    expect(sum()).to.equal(`1 selected: $500.00 ${onWay}`);
    await tick(boxes()[0]!);
    await tick(boxes()[1]!);
    button('Pay $100.00')!.click();
    const pay = await signedIn.view('cc-view-pay');
    expect((pay as unknown as { payId: string }).payId).to.equal(first!.id);
  });

  it('shows the sum once where all of it can be paid', async () => {
    await open();
    await shown();
    await tick(all());
    expect(sum()).to.equal('3 selected: $1,199.77');
    expect($('[part=sums] p > .visually-hidden')!.textContent).to.equal(': $1,199.77');
    signedIn.close();
    await open({ session: { canPay: false } });
    await shown();
    await tick(all());
    expect($('[part=sums] p > .visually-hidden')).to.equal(null);
  });

  it('never hides a row that has the focus behind the sum', async () => {
    await open({ width: 320, ...answering(() => ({ items: manyInvoices(30), nextCursor: null })) });
    await shown();
    await tick(boxes()[0]!);
    for (const row of $$<HTMLElement>('.go').slice(1, 30)) {
      row.focus();
      const bar = $('[part=sums]')!.getBoundingClientRect();
      const { top, bottom } = row.getBoundingClientRect();
      expect(bottom <= bar.top || top >= bar.bottom, textOf(row)).to.equal(true);
    }
  });

  it('keeps a larger selection than fits into a path', async () => {
    const many = manyInvoices(7);
    await open(answering(() => ({ items: many, nextCursor: null })));
    await shown();
    await tick(all());
    button('Pay $2,228.80')!.click();
    const pay = await signedIn.view('cc-view-pay');
    expect((pay as unknown as { payId: string }).payId).to.equal('selected');
    await until(() => signedIn.asked.filter(({ path }) => many.some(({ id }) => path.endsWith(`/invoices/${id}`))).length === 7, 'all are read');
  });

  it('offers no payment to people who may not pay, or where nothing is payable online', async () => {
    await open({ session: { canPay: false } });
    await shown();
    await tick(all());
    expect(button('Pay $1,199.77') ?? button('Saved cards')).to.equal(undefined);
    signedIn.close();
    await open(answering(() => ({ items: openInvoices().map((each) => ({ ...each, onlinePayment: false })), nextCursor: null })));
    await shown();
    await tick(all());
    expect(sum()).to.equal('3 selected: $1,199.77');
    expect($$('button').filter((each) => /Pay|Saved/.test(textOf(each)))).to.deep.equal([]);
  });

  it('leads to the saved cards', async () => {
    await open();
    await shown();
    button('Saved cards')!.click();
    await signedIn.view('cc-view-cards');
  });

  it('does not count what the filter hides', async () => {
    const [first] = openInvoices();
    await open(answering(({ query }) => ({ items: query.get('q') ? [first] : [first, ...openInvoices().slice(1)], nextCursor: null })));
    await shown();
    await tick(all());
    search('leak');
    await until(() => rows().length === 1, 'the search shows');
    await view.updateComplete;
    expect(sum()).to.equal('1 selected: $381.37');
    search('');
    await until(() => rows().length === 3, 'everything shows again');
    expect(sum()).to.equal('1 selected: $381.37');
  });

  it('searches a moment after the last letter, once, and says what it found', async () => {
    await open(answering(({ query }) => ({ items: query.get('q') ? manyInvoices(2, 'Drain') : openInvoices(), nextCursor: null })));
    await shown();
    for (const q of ['d', 'dr', 'drain']) search(q);
    await until(() => said() === '2 invoices found', 'the count is said');
    expect(lists().slice(1).map(({ query }) => [...query])).to.deep.equal([[['state', 'open'], ['q', 'drain']]]);
  });

  it('filters by address and offers everything again where nothing is', async () => {
    await open(answering(({ query }) => (query.get('addressId') ? none : { items: openInvoices(), nextCursor: null })));
    await shown();
    const select = await until(() => $<HTMLSelectElement>('select'), 'the addresses are here');
    select.value = 'addr_2';
    select.dispatchEvent(new Event('change'));
    expect(textOf(await until(() => $('[part=empty]'), 'nothing is there'))).to.contain('No invoices at this address');
    button('Clear the filters')!.click();
    await until(() => rows().length === 3, 'everything shows again');
    expect(view.shadowRoot.activeElement?.id).to.equal('search');
  });

  it('adds more by the cursor, keeps what is selected and moves the focus to the first new row', async () => {
    const pages: Record<string, InvoicePage> = { '': { items: manyInvoices(3), nextCursor: 'two' }, two: { items: manyInvoices(2, 'Later'), nextCursor: null } };
    await open(answering(({ query }) => pages[query.get('cursor') ?? '']));
    await shown();
    await tick(all());
    button('Show more')!.click();
    await until(() => rows().length === 5, 'the second page shows');
    expect(said()).to.equal('2 invoices added');
    expect(sum()).to.equal('3 selected: $955.20');
    expect(all().indeterminate).to.equal(true);
    expect(textOf(view.shadowRoot.activeElement!)).to.contain('Later 1');
    expect(button('Show more')).to.equal(undefined);
  });

  it('keeps the list when more fails, and tries again', async () => {
    const first = { items: manyInvoices(2), nextCursor: 'two' };
    let broken = true;
    await open(answering(({ query }) => (!query.get('cursor') ? first : broken ? new Refusal(503, 'unavailable') : none)));
    await shown();
    button('Show more')!.click();
    await until(() => $('.more [role=alert]'), 'the failure is said');
    expect(rows()).to.have.length(2);
    broken = false;
    button('Show more')!.click();
    await until(() => !$('.more'), 'the list is complete');
  });

  it('opens an invoice, and comes back to the same row, filter and selection', async () => {
    const list = manyInvoices(4, 'Drain');
    await open(answering(() => ({ items: list, nextCursor: null })));
    await shown();
    search('drain');
    await until(() => said(), 'the search shows');
    await tick(boxes()[1]!);
    $$('.go')[2]!.click();
    const invoice = await signedIn.view('cc-view-invoice');
    const before = lists().length;
    invoice.shadowRoot.querySelector<HTMLElement>('.back')!.click();
    view = await signedIn.view('cc-view-invoices');
    const row = await until(() => view.shadowRoot.activeElement, 'a row has the focus');
    expect(textOf(row)).to.contain('Drain 3');
    expect($<HTMLInputElement>('#search')!.value).to.equal('drain');
    expect(sum()).to.equal('1 selected: $318.40');
    expect(lists()).to.have.length(before);
  });

  it('shows the invoices of the customer that is chosen, and stays where it is', async () => {
    await open();
    await shown();
    const bar = await until(() => signedIn.center.shadowRoot!.querySelector('cc-bar'), 'the bar shows');
    const choice = await until(() => bar.shadowRoot?.querySelector('select'), 'the switch shows');
    choice.value = 'cust_mill';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    await until(() => lists().some(({ path }) => path === '/customers/cust_mill/invoices'), 'the other list is asked for');
    expect(signedIn.center.shadowRoot!.querySelector('cc-view-invoices')).to.equal(view);
  });

  it('leads to the statement', async () => {
    await open();
    await shown();
    button('Statement')!.click();
    await signedIn.view('cc-view-statement');
  });

  it('says that there is nothing to pay, and nothing at all', async () => {
    await open(answering(() => none));
    expect(textOf(await until(() => $('[part=empty]'), 'nothing is there'))).to.contain('Nothing to pay');
    button('All')!.click();
    await until(() => textOf($('[part=empty]') ?? document.createElement('i')).includes('No invoices yet'), 'nothing at all is there');
  });

  it('shows the contractor’s phone where it fails, and recovers by itself', async () => {
    await open(answering(() => noConnection));
    expect(textOf(await until(() => $('[role=alert]'), 'the failure is said'))).to.contain('(404) 555-0142');
    signedIn.answers['/customers/:c/invoices'] = () => ({ items: openInvoices(), nextCursor: null });
    window.dispatchEvent(new Event('online'));
    await shown();
  });

  it('does without the choice of an address where that cannot be loaded', async () => {
    await open({ answers: { '/customers/:c/history': () => new Refusal(500, 'internal') } });
    await shown();
    expect($('select')).to.equal(null);
    expect($('[role=alert]')).to.equal(null);
  });

  it('has columns from 720 pixels, and cards on a phone', async () => {
    await open({ width: 720 });
    await shown();
    const [name, amount] = [$('.row .name')!.getBoundingClientRect(), $('.row .amount')!.getBoundingClientRect()];
    const heads = $$('.heads > *').filter((each) => each.getBoundingClientRect().width > 1);
    expect(heads).to.have.length(5);
    expect(Math.abs(heads[1]!.getBoundingClientRect().left - name.left)).to.be.lessThan(2);
    expect(name.left).to.be.greaterThan($('.row .pick input')!.getBoundingClientRect().right);
    expect(Math.abs(heads[4]!.getBoundingClientRect().right - amount.right)).to.be.lessThan(2);
    signedIn.close();
    await open({ width: 360 });
    await shown();
    expect($$('.heads > *').filter((each) => each.getBoundingClientRect().width > 1)).to.have.length(1);
  });

  it('leaves room for a finger and never grows wider than 320 pixels', async () => {
    const long = invoiceRow({ title: 'Donaudampfschifffahrtsgesellschaft'.repeat(3), poNumber: 'X'.repeat(50), total: usd(123_456_789_00), due: usd(123_456_788_00), overdue: true });
    await open({ width: 320, lang: 'es', ...answering(() => ({ items: [long, ...openInvoices()], nextCursor: 'x' })) });
    await shown();
    await tick(all());
    for (const each of $$('*')) expect(each.getBoundingClientRect().right, each.className).to.be.at.most(view.getBoundingClientRect().right + 0.5);
    for (const each of $$('.button, .field, .pick, .switch')) expect(each.getBoundingClientRect().height, each.className).to.be.at.least(44);
    expect($('.row .pick')!.getBoundingClientRect().width).to.be.at.least(44);
  });

  it('speaks Spanish throughout', async () => {
    await open({ lang: 'es' });
    await shown();
    await tick(boxes()[0]!);
    expect(sum()).to.equal('1 seleccionada: $381.37');
    expect(englishIn(view)).to.deep.equal([]);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    describe(`is accessible in ${colorScheme} mode`, () => {
      const cases: Record<string, [wanted: Parameters<typeof signIn>[0], ready: () => unknown]> = {
        open: [{}, () => $('.row')],
        'on a phone': [{ width: 320 }, () => $('.row')],
        all: [answering(() => ({ items: allInvoices(), nextCursor: 'x' })), () => $('.row')],
        empty: [answering(() => none), () => $('[part=empty]')],
        loading: [answering(() => new Promise(() => undefined)), () => $('.skeleton')],
        failed: [answering(() => new Refusal(500, 'internal')), () => $('[part=error]')],
        'without a connection': [answering(() => noConnection), () => $('[part=error]')],
      };
      for (const [name, [wanted, ready]] of Object.entries(cases)) {
        it(name, async () => {
          await open({ width: 800, ...wanted, colorScheme });
          await until(ready, `${name} shows`);
          if (name === 'loading') await new Promise((next) => setTimeout(next, 250));
          if (name === 'open') await tick(boxes()[0]!);
          await expect(signedIn.center).to.be.accessible();
        });
      }
    });
  }
});
