import { expect } from '@open-wc/testing';
import '../../elements/customer-center.ts';
import type { PaymentAttempt } from '../../../server/contract/payments.ts';
import { session, usd } from '../../testing/jobs.ts';
import { attempt, FakeStripe, open as unfinished } from '../../testing/payments.ts';
import { englishIn, noConnection, Refusal, signIn, textOf, until, type Answers, type Inside, type SignedIn } from '../../testing/signed-in.ts';

const url = `${location.origin}/d/ticket`;

describe('a payment', () => {
  let signedIn: SignedIn;
  let view: Inside;

  const answers = (read: unknown, synced: unknown = read): Answers => ({
    'GET /customers/:c/payments/:p': () => read,
    'POST /customers/:c/payments/:p/sync': () => synced,
    'POST /customers/:c/payments/:p/downloads': () => ({ url, expiresAt: '2030-01-01T00:00:00Z' }),
  });
  const open = async (payment: unknown, wanted: Parameters<typeof signIn>[0] = {}) => {
    signedIn = await signIn({ destination: '/payments/att_1', ...wanted, answers: { ...answers(payment), ...wanted.answers } });
    view = await signedIn.view('cc-view-payment');
  };
  const $ = <T extends HTMLElement>(selector: string) => view.shadowRoot.querySelector<T>(selector);
  const text = () => textOf(view);
  const button = (label: string) => [...view.shadowRoot.querySelectorAll('button')].find((each) => textOf(each).trim() === label);
  const shown = () => until(() => $('.paper'), 'the payment shows');
  const title = () => textOf($('#heading')!);
  const asked = (end: string) => signedIn.asked.filter(({ path }) => path.endsWith(end));

  beforeEach(() => void new FakeStripe());
  afterEach(() => signedIn.close());

  it('that was made is a receipt: number, day, how, each invoice, tip, total, what went back', async () => {
    await open(
      attempt({
        amount: usd(25_000),
        tip: usd(2_200),
        refunds: [
          { amount: usd(1_000), on: '2025-11-26', state: 'succeeded' },
          { amount: usd(500), on: '2025-11-27', state: 'pending' },
        ],
      }),
    );
    await shown();
    expect(title()).to.equal('Thank you. $250.00 is paid.');
    for (const part of [
      'ReceiptR-1001', 'DateNovember 25, 2025', 'Paid withVisa ending 4242', 'Invoice 2207 Sewer camera inspection$228.00', 'Tip$22.00', 'Total$250.00',
      'Refunded November 26, 2025-$10.00', 'Refunded November 27, 2025, on its way back-$5.00',
    ]) expect(text()).to.contain(part); // prettier-ignore
    expect(asked('/sync'), 'what is settled needs no look').to.deep.equal([]);
    button('Invoice 2207')!.click();
    await signedIn.view('cc-view-invoice');
  });

  it('names what paid', async () => {
    const methods: [method: PaymentAttempt['method'], words: string][] = [
      [{ type: 'us_bank_account', brand: null, last4: '6789' }, 'Bank account ending 6789'],
      [{ type: 'klarna', brand: null, last4: null }, 'Klarna'],
      [{ type: 'card', brand: 'amex', last4: '0005' }, 'American Express ending 0005'],
    ];
    for (const [method, words] of methods) {
      await open(attempt({ method }));
      await shown();
      expect(text()).to.contain(`Paid with${words}`);
      signedIn.close();
    }
    await open(attempt());
  });

  it('of somebody else thanks nobody', async () => {
    await open(attempt({ own: false }));
    await shown();
    expect(title()).to.equal('$228.00 is paid');
  });

  it('is downloaded as a file, and printed alone', async () => {
    await open(attempt());
    await shown();
    const followed: string[] = [];
    const { click } = HTMLAnchorElement.prototype;
    const { print } = window;
    HTMLAnchorElement.prototype.click = function () {
      followed.push(this.href);
    };
    let printed = 0;
    window.print = () => void (printed += 1);
    try {
      button('Download')!.click();
      await until(() => followed.length, 'the link is followed');
      button('Print')!.click();
    } finally {
      HTMLAnchorElement.prototype.click = click;
      window.print = print;
      window.dispatchEvent(new Event('afterprint'));
    }
    expect(followed).to.deep.equal([url]);
    expect(asked('/downloads')[0]!.body).to.deep.equal({});
    expect(printed).to.equal(1);
  });

  it('says why a download did not start', async () => {
    await open(attempt(), { answers: { 'POST /customers/:c/payments/:p/downloads': () => new Refusal(503, 'unavailable') } });
    await shown();
    button('Download')!.click();
    expect(textOf(await until(() => $('[role=alert]'), 'it is said'))).to.contain('went wrong on our side');
  });

  it('on its way says how long that takes, and can be looked at again', async () => {
    await open(attempt({ state: 'processing', paidAt: null, receiptNumber: null }));
    await shown();
    expect(title()).to.equal('The payment of $228.00 is on its way');
    expect(text()).to.contain('up to 4 business days');
    expect(button('Download')).to.equal(undefined);
    Object.assign(signedIn.answers, answers(attempt()));
    const look = button('Check again')!;
    look.focus();
    look.click();
    await until(() => title().startsWith('Thank you'), 'it has arrived');
    await until(() => view.shadowRoot.activeElement?.id === 'heading', 'what has changed has the focus');
    expect(textOf($('[role=status]')!).trim(), 'it is not said twice').to.equal('');
    expect(look.isConnected, 'no button means something else under a finger').to.equal(false);
  });

  it('on its way still says so when somebody has looked', async () => {
    await open(attempt({ state: 'processing', paidAt: null, receiptNumber: null }));
    await shown();
    expect(textOf($('[role=status]')!).trim()).to.equal('');
    button('Check again')!.focus();
    button('Check again')!.click();
    await until(() => textOf($('[role=status]')!).includes('is on its way'), 'it is said');
    expect(textOf(view.shadowRoot.activeElement as HTMLElement).trim()).to.equal('Check again');
  });

  it('that waits for a bank account to be confirmed leads to where that is done', async () => {
    await open(unfinished({ verifyUrl: 'https://payments.stripe.com/microdeposit/x' }));
    await shown();
    expect(title()).to.equal('Confirm your bank account');
    const link = $<HTMLAnchorElement>('.actions a')!;
    expect(link.href).to.equal('https://payments.stripe.com/microdeposit/x');
    expect(link.rel).to.contain('noopener').and.contain('noreferrer');
  });

  for (const [what, payment, words] of [
    ['was refused', unfinished({ decline: 'insufficientFunds' }), ['This payment did not go through', 'There is not enough money on this card or account. Use another one. Nothing was charged.']],
    ['Klarna refused', unfinished({ decline: 'declined', method: { type: 'klarna', brand: null, last4: null } }),
      ['This payment did not go through', 'Klarna did not accept this payment. Pay another way. Nothing was charged.']],
    ['failed later', attempt({ state: 'failed', decline: 'bank', method: { type: 'us_bank_account', brand: null, last4: '6789' }, paidAt: null, receiptNumber: null }),
      ['This payment did not go through', 'The bank account could not be charged. Check it, or pay another way. The amount is due again.']],
    ['was not finished', unfinished(), ['This payment was not finished', 'Nothing was charged.']],
    ['was ended', unfinished({ state: 'canceled' }), ['This payment was not finished', 'Nothing was charged.']],
  ] as const) {
    it(`that ${what} says so, and leads to paying again`, async () => {
      await open(payment);
      await shown();
      expect(title()).to.equal(words[0]);
      expect(text()).to.contain(words[1]).and.not.contain('Paid with');
      if (payment.method) expect(text()).to.contain('Payment method');
      button('Pay again')!.click();
      view = await signedIn.view('cc-view-pay');
      await until(() => view.shadowRoot.activeElement?.id === 'heading', 'its heading has the focus');
    });
  }

  it('that is disputed says so', async () => {
    await open(attempt({ disputed: true }));
    await shown();
    expect(text()).to.contain('The cardholder’s bank was asked to return this payment. Acme Plumbing & Heating is looking into it.');
  });

  describe('of which Stripe cannot be asked', () => {
    const { setTimeout: real } = window;
    const unknown = { answers: { 'POST /customers/:c/payments/:p/sync': () => new Refusal(503, 'payments_unavailable') } };
    let waited: number[] = [];
    beforeEach(() => {
      waited = [];
      window.setTimeout = ((act: () => void, ms: number, ...rest: unknown[]) => {
        const isWait = [3_000, 6_000, 12_000].includes(ms);
        if (isWait) waited.push(ms);
        return real(act, isWait ? 20 : ms, ...rest);
      }) as typeof setTimeout;
    });
    afterEach(() => void (window.setTimeout = real));

    it('is never offered to be paid again: it asks by itself a few times, and then whenever somebody wants', async () => {
      await open(unfinished({ decline: 'declined' }), unknown);
      await shown();
      expect(title()).to.equal('We do not know yet whether this payment went through.');
      expect(text()).to.contain('Do not pay again.').and.not.contain('Nothing was charged');
      expect(button('Pay again')).to.equal(undefined);
      await until(() => asked('/sync').length === 4, 'it has asked again');
      expect(waited).to.deep.equal([3_000, 6_000, 12_000]);
      Object.assign(signedIn.answers, answers(unfinished(), attempt()));
      button('Check again')!.click();
      await until(() => title() === 'Thank you. $228.00 is paid.', 'it is known');
    });

    it('is known by itself once Stripe can be asked, and the page is told then', async () => {
      await open(unfinished(), unknown);
      const told: string[] = [];
      signedIn.center.addEventListener('cc-payment', ({ state }) => told.push(state));
      sessionStorage.setItem(`cc ${location.origin} ${signedIn.center.getAttribute('account')} draft paying`, 'att_1');
      await shown();
      expect(told).to.deep.equal([]);
      Object.assign(signedIn.answers, answers(unfinished(), attempt()));
      await until(() => title() === 'Thank you. $228.00 is paid.', 'it is known');
      expect(told).to.deep.equal(['succeeded']);
    });
  });

  it('that went back says so, on paper too, where its number is the heading', async () => {
    await open(attempt({ refunded: usd(22_800) }));
    await shown();
    expect(title()).to.equal('Refunded');
    expect(text()).to.contain('$228.00 was refunded.').and.contain('Receipt R-1001');
    expect($('#heading')!.classList.contains('screen')).to.equal(true);
    signedIn.close();
    await open(attempt({ refunded: usd(500) }));
    await shown();
    expect(title()).to.equal('Thank you. $228.00 is paid.');
    expect(text()).to.contain('$5.00 was refunded.');
  });

  it('says that it could not be loaded, and tries again', async () => {
    await open(noConnection, { answers: { 'GET /customers/:c/payments/:p': () => noConnection } });
    await until(() => $('[part=error]'), 'the failure is said');
    Object.assign(signedIn.answers, answers(attempt()));
    button('Try again')!.click();
    await shown();
  });

  describe('after a bank has sent its payer back', () => {
    const address = location.pathname + location.search;
    const back = (query: string) => {
      const add = `${location.search ? '&' : '?'}${query}`;
      history.replaceState(null, '', `${location.pathname}${location.search}${add}${location.hash}`);
    };
    const secrets = 'payment_intent=pi_1&payment_intent_client_secret=pi_1_secret_x&redirect_status=succeeded';
    /** As the same tab shows the page again: signed in before, and with the payment noted. */
    const returns = async (query: string, read: unknown, synced: unknown) => {
      signedIn = await signIn({ answers: answers(read, synced) });
      await signedIn.view('cc-view-history');
      sessionStorage.setItem(`cc ${location.origin} ${signedIn.center.getAttribute('account')} draft paying`, 'att_1');
      const frame = signedIn.center.parentElement!;
      signedIn.center.remove();
      back(query);
      frame.append(signedIn.center);
    };
    afterEach(() => history.replaceState(null, '', address));

    it('opens by itself; the server says how it went, and nothing of it stays in the address', async () => {
      const told: string[] = [];
      const hear = ({ state }: HTMLElementEventMap['cc-payment']) => told.push(state);
      document.body.addEventListener('cc-payment', hear);
      await returns(`cc-payment=att_1&${secrets}`, unfinished(), attempt());
      expect(location.pathname + location.search).to.equal(address);
      view = await signedIn.view('cc-view-payment');
      await shown();
      expect(title()).to.equal('Thank you. $228.00 is paid.');
      expect(asked('/sync')).to.have.length(1);
      await until(() => view.shadowRoot.activeElement?.id === 'heading', 'the outcome has the focus');
      await until(() => told.length, 'the page is told');
      document.body.removeEventListener('cc-payment', hear);
      expect(told).to.deep.equal(['succeeded']);
    });

    it('does not believe the address that it succeeded', async () => {
      await returns(`cc-payment=att_1&${secrets}`, unfinished(), unfinished({ decline: 'authentication' }));
      view = await signedIn.view('cc-view-payment');
      await shown();
      expect(title()).to.equal('This payment did not go through');
    });

    it('leads to the cards when one was added', async () => {
      await returns('cc-card=1&setup_intent=seti_1&setup_intent_client_secret=seti_1_secret_x&redirect_status=succeeded', unfinished(), unfinished());
      expect(location.pathname + location.search).to.equal(address);
      await signedIn.view('cc-view-cards');
    });
  });

  it('by a document link names other invoices without leading to them', async () => {
    const items = [...attempt().items, { invoiceId: 'inv_2', number: '2208', title: 'Report', amount: usd(100) }];
    const document = { id: 'link_1', kind: 'invoice' as const, documentId: 'inv_1', actions: [], masked: null };
    signedIn = await signIn({
      session: { ...session, kind: 'document', document },
      destination: '/payments/att_1',
      answers: { 'GET /documents/:d/payments/:p': () => attempt({ items }) },
    });
    view = await signedIn.view('cc-view-payment');
    await shown();
    expect(button('Invoice 2207')).to.not.equal(undefined);
    expect(button('Invoice 2208')).to.equal(undefined);
    expect(text()).to.contain('Invoice 2208');
  });

  it('speaks Spanish throughout', async () => {
    for (const payment of [attempt({ tip: usd(100), disputed: true, refunds: [{ amount: usd(5), on: '2025-11-26', state: 'pending' }] }), unfinished()]) {
      await open(payment, { lang: 'es' });
      await shown();
      expect(englishIn(view)).to.deep.equal([]);
      signedIn.close();
    }
    await open(attempt());
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    describe(`is accessible in ${colorScheme} mode`, () => {
      const cases: Record<string, unknown> = {
        paid: attempt({ disputed: true, tip: usd(100), refunds: [{ amount: usd(5), on: '2025-11-26', state: 'pending' }] }),
        'on its way': attempt({ state: 'processing', paidAt: null, receiptNumber: null }),
        'to be confirmed': unfinished({ verifyUrl: 'https://payments.stripe.com/microdeposit/x' }),
        refused: unfinished({ decline: 'declined' }),
        failed: new Refusal(500, 'internal'),
      };
      for (const [name, payment] of Object.entries(cases)) {
        it(name, async () => {
          await open(payment, { colorScheme, width: 360 });
          await until(() => $('.paper, [part=error]'), `${name} shows`);
          await expect(signedIn.center).to.be.accessible();
        });
      }
    });
  }
});
