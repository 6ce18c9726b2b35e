import { expect } from '@open-wc/testing';
import '../../elements/customer-center.ts';
import type { SessionView } from '../../../server/contract/access.ts';
import type { InvoiceView } from '../../../server/contract/invoices.ts';
import { invoiceView } from '../../testing/invoices.ts';
import { inDays, session, usd } from '../../testing/jobs.ts';
import { attempt, FakeStripe } from '../../testing/payments.ts';
import { englishIn, noConnection, Refusal, signIn, textOf, until, type Inside, type SignedIn } from '../../testing/signed-in.ts';

const link: SessionView['document'] = { id: 'link_1', kind: 'invoice', documentId: 'inv_1', actions: ['view', 'pdf'], masked: 'm•••@pinedental.example' };
const mayNothing = { approve: false, requestChanges: false, pay: false, pdf: false, share: false };

describe('invoice', () => {
  let signedIn: SignedIn;
  let view: Inside;

  const open = async (invoice: Parameters<typeof invoiceView>[0] = {}, wanted: Parameters<typeof signIn>[0] = {}) => {
    const answers = { '/customers/:c/invoices/:i': () => invoiceView(invoice), ...wanted.answers };
    signedIn = await signIn({ destination: '/invoices/inv_1', ...wanted, answers });
    view = await signedIn.view('cc-view-invoice');
  };
  const $ = <T extends HTMLElement>(selector: string) => view.shadowRoot.querySelector<T>(selector);
  const $$ = (selector: string) => [...view.shadowRoot.querySelectorAll<HTMLElement>(selector)];
  const shown = () => until(() => $('.paper'), 'the invoice shows');
  const text = () => textOf(view);
  const button = (label: string) => $$('button').find((each) => textOf(each).trim() === label);
  const asked = (end: string) => signedIn.asked.filter(({ path }) => path.endsWith(end));

  beforeEach(() => void new FakeStripe());
  afterEach(() => signedIn.close());

  it('has the work as its heading, with number, state, for whom and where', async () => {
    await open();
    await shown();
    const heading = $('[role=heading]')!;
    expect(heading.textContent).to.equal('Sewer camera inspection');
    expect(heading.lang).to.equal('en-US');
    expect(textOf($('.head')!)).to.contain('Invoice 2207').and.contain('Partly paid').and.contain('For Pine Street Dental · 412 Pine Street · Decatur');
    await until(() => view.shadowRoot.activeElement === heading, 'the heading has the focus');
  });

  it('tells dates, PO number, lines, taxes, payments, credits and what is due to the cent', async () => {
    await open();
    await shown();
    for (const part of [
      'IssuedNovember 3, 2025', 'PO number4711', 'Bill toMaria O’Brien 412 Pine Street', '2.5 hr × $120.00', 'Discount $5.00', 'Subtotal$350.00',
      'Sales tax 8%$28.00', 'Total$378.00', 'Check 1042 November 5, 2025$100.00', 'Credit used 2190', 'Paid so far$150.00', 'Amount due$228.00',
    ]) expect(text()).to.contain(part); // prettier-ignore
    expect($('tbody [lang]')!.lang).to.equal('en-US');
  });

  const states: [words: string, invoice: Parameters<typeof invoiceView>[0]][] = [
    ['Due Dec 5, 2030', { status: 'sent', content: { dueOn: '2030-12-05' } }],
    ['Open', { status: 'sent', content: { dueOn: null } }],
    ['Overdue', { status: 'partlyPaid', overdue: true }],
    ['Partly paid', {}],
    ['Paid', { status: 'paid', due: usd(0) }],
    ['Void', { status: 'void' }],
  ];
  for (const [words, invoice] of states) {
    it(`says “${words}” in words`, async () => {
      await open(invoice);
      await shown();
      expect(textOf($('.pill')!)).to.equal(words);
    });
  }

  const pending = (change: Partial<InvoiceView['pending'][number]>) => ({
    paymentId: 'att_1', amount: usd(10_000), since: '2025-11-20T15:00:00Z', by: null, own: false, verify: false, ...change,
  }); // prettier-ignore

  it('is paid from its top and, on a phone, from its foot, which stays in reach', async () => {
    for (const width of [360, 900]) {
      await open({ payable: usd(20_000) }, { width });
      await shown();
      const buttons = $$('button').filter((each) => textOf(each).trim() === 'Pay $200.00');
      expect(buttons.filter((each) => each.checkVisibility())).to.have.length(width === 360 ? 2 : 1);
      if (width === 360) expect(getComputedStyle($('.foot')!).position).to.equal('sticky');
      buttons[0]!.click();
      await signedIn.view('cc-view-pay');
      signedIn.close();
    }
    await open();
  });

  it('offers no payment where there is nothing to pay, it is not taken online, or this person may not', async () => {
    for (const change of [{ payable: usd(0) }, { onlinePayment: false }, { rights: mayNothing }]) {
      await open(change);
      await shown();
      expect($$('button').filter((each) => textOf(each).includes('Pay '))).to.deep.equal([]);
      signedIn.close();
    }
    await open();
  });

  it('tells honestly what is on its way: since when, by whom, how long it takes', async () => {
    await open({ pending: [pending({ own: true }), pending({ by: 'Tom O’Brien' }), pending({})] });
    await shown();
    const notes = $$('.sheet').map((each) => textOf(each).trim());
    expect(notes[0]).to.contain('Your payment of $100.00 has been on its way since November 20, 2025. The bank takes up to 4 business days.');
    expect(notes[1]).to.contain('A payment of $100.00 by Tom O’Brien has been on its way').and.not.contain('View payment');
    expect(notes[2]).to.contain('A payment of $100.00 has been on its way');
    button('View payment')!.click();
    await signedIn.view('cc-view-payment');
  });

  it('leads to where a bank account is confirmed', async () => {
    const verifyUrl = `${location.href.split('#')[0]}#verify`;
    await open({ pending: [pending({ own: true, verify: true })] }, { answers: { 'GET /customers/:c/payments/:p': () => attempt({ state: 'open', verifyUrl }) } });
    await shown();
    expect(textOf($('.sheet')!)).to.contain('Your payment of $100.00 waits: your bank account must be confirmed.');
    button('Confirm the account')!.click();
    await until(() => location.hash === '#verify', 'the person is there');
  });

  it('says that a payment is disputed, what was given back, and leads to the receipt of what was paid online', async () => {
    await open({
      disputed: true,
      payments: [
        { receivedOn: '2025-11-05', method: 'cardOnline', amount: usd(10_000), reference: null, paymentId: 'att_1' },
        { receivedOn: '2025-11-06', method: 'cardOnline', amount: usd(-2_500), reference: null, paymentId: 'att_1' },
        { receivedOn: '2025-11-07', method: 'check', amount: usd(-500), reference: '7', paymentId: null },
      ],
    });
    await shown();
    expect(text()).to.contain('The cardholder’s bank was asked to return a payment for this invoice. Acme Plumbing & Heating is looking into it.');
    expect(text()).to.contain('Card, online, receipt November 5, 2025$100.00').and.contain('Refunded, receipt November 6, 2025-$25.00').and.contain('Refunded November 7, 2025-$5.00');
    button('Card, online, receipt')!.click();
    await signedIn.view('cc-view-payment');
  });

  it('leaves out lines where the contractor hides them', async () => {
    await open({ content: { lines: [], presentation: 'summary' } });
    await shown();
    expect($('table')).to.equal(null);
    expect(text()).to.contain('Total$378.00');
  });

  it('says which taxes the prices contain, and adds a fixed amount of tax', async () => {
    await open({ content: { taxIncluded: true }, subtotal: usd(37_800), total: usd(37_900), tax: usd(2_900) });
    await shown();
    expect(text()).to.contain('Includes Sales tax 8%$28.00').and.contain('Tax$1.00').and.contain('Subtotal$378.00');
  });

  it('tells how to pay, and says nothing of online where that is off', async () => {
    await open();
    await shown();
    expect(text()).to.match(/Other ways to pay ?By check to Acme/);
    signedIn.close();
    await open({ onlinePayment: false });
    await shown();
    expect(text()).to.match(/How to pay ?By check to Acme/).and.not.match(/card|online/i);
    signedIn.close();
    await open({ status: 'paid', due: usd(0) });
    await shown();
    expect(text()).not.to.contain('By check to Acme');
  });

  it('calls a credit what it is, and says how much of it is left', async () => {
    const used = { receivedOn: '2026-01-25', method: 'credit', amount: usd(-2_000), reference: '2201', paymentId: null } as const;
    await open({ status: 'sent', total: usd(-5_000), due: usd(-3_000), paid: usd(-2_000), payments: [used], content: { kind: 'credit', number: '2209' } });
    await shown();
    expect(text()).to.contain('Credit 2209').and.contain('Credit left$30.00').and.contain('Credit used').and.not.contain('Amount due').and.not.contain('Refunded');
  });

  it('says of a void one that there is nothing to pay', async () => {
    await open({ status: 'void' });
    await shown();
    expect(text()).to.contain('There is nothing to pay').and.not.contain('Amount due');
  });

  it('names the version once there is more than one', async () => {
    await open({ version: 3 });
    await shown();
    expect(text()).to.contain('Invoice 2207 · version 3');
  });

  it('tells once that this version was opened', async () => {
    await open({ version: 2 });
    await shown();
    await until(() => asked('/opened').length, 'it is told');
    expect(asked('/opened')[0]).to.deep.include({ method: 'POST', body: { version: 2 } });
    (view as unknown as { requestUpdate(): void }).requestUpdate();
    await view.updateComplete;
    expect(asked('/opened')).to.have.length(1);
  });

  it('downloads by a link of its own, without leaving the page or opening a window', async () => {
    await open();
    await shown();
    const followed: string[] = [];
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function () {
      followed.push(`${this.href} ${this.target} ${this.isConnected}`);
    };
    try {
      button('Download')!.click();
      await until(() => followed.length, 'the link is followed');
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    expect(asked('/downloads')[0]!.body).to.deep.equal({ what: 'document' });
    expect(followed).to.deep.equal([`${location.origin}/d/ticket  false`]);
  });

  it('says why a download did not start', async () => {
    await open({}, { answers: { '/customers/:c/invoices/:i/downloads': () => new Refusal(503, 'unavailable') } });
    await shown();
    button('Download')!.click();
    expect(textOf(await until(() => $('[role=alert]'), 'the failure is said'))).to.contain('went wrong on our side');
  });

  it('offers only what the person may do', async () => {
    await open({ rights: mayNothing });
    await shown();
    expect($$('.actions button').map((each) => textOf(each).trim())).to.deep.equal(['Print']);
  });

  it('prints itself alone, and leaves the page as it was', async () => {
    const beside = document.createElement('p');
    document.body.append(beside);
    await open();
    await shown();
    const { print } = window;
    const during: (string | null)[] = [];
    window.print = () => {
      const rules = [...document.adoptedStyleSheets, ...signedIn.center.shadowRoot!.adoptedStyleSheets].flatMap((sheet) => [...sheet.cssRules]);
      during.push(
        beside.getAttribute('data-cc-print'),
        signedIn.center.getAttribute('data-cc-print'),
        view.getAttribute('data-cc-print'),
        String(rules.filter(({ cssText }) => cssText.includes('data-cc-print')).length),
      );
    };
    try {
      button('Print')!.click();
    } finally {
      window.print = print;
      beside.remove();
    }
    expect(during).to.deep.equal(['beside', 'around', 'document', '2']);
    window.dispatchEvent(new Event('afterprint'));
    expect(document.querySelector('[data-cc-print]') ?? signedIn.center.shadowRoot!.querySelector('[data-cc-print]')).to.equal(null);
    expect(document.adoptedStyleSheets.some(({ cssRules }) => [...cssRules].some(({ cssText }) => cssText.includes('data-cc-print')))).to.equal(false);
  });

  it('opens by a document link, with the way to everything else', async () => {
    let challenged = false;
    await open({}, {
      destination: '/jobs/elsewhere',
      session: { ...session, kind: 'document', document: link },
      answers: {
        '/documents/:d': () => ({ kind: 'invoice', invoice: invoiceView() }),
        '/documents/:d/center': () => {
          challenged = true;
          return { id: 'sir_1', masked: 'm•••', channel: 'email', expiresAt: '2030-01-01T00:00:00Z', retryAfter: 60 };
        },
      },
    });
    await shown();
    await until(() => asked('/documents/link_1/opened').length, 'it is told as the link’s reader');
    expect($('.back')).to.equal(null);
    expect(textOf($('.sheet')!)).to.contain('This link shows this one invoice.');
    $<HTMLElement>('.sheet button')!.click();
    await until(() => challenged, 'the code is asked for');
  });

  it('offers no way to the center where a customer has sent the link on', async () => {
    await open({ rights: mayNothing }, {
      session: { ...session, kind: 'document', document: { ...link, masked: null } },
      answers: { '/documents/:d': () => ({ kind: 'invoice', invoice: invoiceView({ rights: mayNothing }) }) },
    });
    await shown();
    expect($('.sheet, .back')).to.equal(null);
  });

  it('goes back to the list of invoices', async () => {
    await open();
    await shown();
    $('.back')!.click();
    await signedIn.view('cc-view-invoices');
  });

  it('says when it is gone, and when it could not be loaded', async () => {
    await open({}, { answers: { '/customers/:c/invoices/:i': () => new Refusal(404, 'not_found') } });
    await until(() => $('[part=empty]'), 'the invoice is gone');
    signedIn.close();
    await open({}, { answers: { '/customers/:c/invoices/:i': () => new Refusal(500, 'internal') } });
    await until(() => $('[role=alert]'), 'the failure is said');
    signedIn.answers['/customers/:c/invoices/:i'] = () => invoiceView();
    button('Try again')!.click();
    await shown();
  });

  it('speaks Spanish throughout', async () => {
    await open({}, { lang: 'es' });
    await shown();
    expect(text()).to.contain('Importe por pagar');
    expect(englishIn(view)).to.deep.equal([]);
  });

  it('never grows wider than 320 pixels', async () => {
    const long = 'Donaudampfschifffahrtsgesellschaft'.repeat(3);
    const [line] = invoiceView().content.lines;
    await open(
      { total: usd(1_234_567_890), content: { title: long, poNumber: long, terms: long, lines: [{ ...line!, description: long, quantity: '123456.789', total: 1_234_567_890 }] } },
      { width: 320, lang: 'es' },
    );
    await shown();
    for (const each of $$('*')) expect(each.getBoundingClientRect().right, each.className).to.be.at.most(view.getBoundingClientRect().right + 0.5);
    for (const each of $$('.button')) expect(each.getBoundingClientRect().height).to.be.at.least(44);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    describe(`is accessible in ${colorScheme} mode`, () => {
      const answered = (answer: unknown) => ({ answers: { '/customers/:c/invoices/:i': () => answer } });
      const of = (invoice: Parameters<typeof invoiceView>[0]): Parameters<typeof signIn>[0] => answered(invoiceView(invoice));
      const cases: Record<string, [wanted: Parameters<typeof signIn>[0], ready: () => unknown]> = {
        detailed: [{}, () => $('table')],
        'on a phone': [{ width: 320 }, () => $('table')],
        summary: [of({ content: { lines: [] } }), () => $('.sums')],
        overdue: [of({ overdue: true, content: { dueOn: inDays(-3) } }), () => $('.sums')],
        paid: [of({ status: 'paid', due: usd(0) }), () => $('.sums')],
        'on its way': [of({ disputed: true, pending: [pending({ own: true }), pending({ verify: true })] }), () => $('.sheet')],
        void: [of({ status: 'void' }), () => $('.sums')],
        credit: [of({ status: 'sent', due: usd(-100), content: { kind: 'credit' } }), () => $('.sums')],
        'by a link': [
          { session: { kind: 'document', document: link }, answers: { '/documents/:d': () => ({ kind: 'invoice', invoice: invoiceView() }) } },
          () => $('.sheet'),
        ],
        loading: [answered(new Promise<InvoiceView>(() => undefined)), () => $('.skeleton')],
        gone: [answered(new Refusal(404, 'not_found')), () => $('[part=empty]')],
        failed: [answered(new Refusal(500, 'internal')), () => $('[part=error]')],
        'without a connection': [answered(noConnection), () => $('[part=error]')],
      };
      for (const [name, [wanted, ready]] of Object.entries(cases)) {
        it(name, async () => {
          await open({}, { width: 800, ...wanted, colorScheme });
          await until(ready, `${name} shows`);
          if (name === 'loading') await new Promise((next) => setTimeout(next, 250));
          await expect(signedIn.center).to.be.accessible();
        });
      }

      it('cut off from the server after loading', async () => {
        await open({}, { colorScheme });
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
