import { expect } from '@open-wc/testing';
import '../../elements/customer-center.ts';
import { approved } from '../../testing/estimates.ts';
import { invoiceView } from '../../testing/invoices.ts';
import { session } from '../../testing/jobs.ts';
import { invoices, options, paid, payPage } from '../../testing/pay-page.ts';
import { attempt, paymentOptions, savedCards, started } from '../../testing/payments.ts';
import { Refusal, textOf, until, type Answers, type Inside } from '../../testing/signed-in.ts';

const page = payPage();
const { $, open, text, button, ready, pay, type, choose, asked } = page;

describe('pay', () => {
  beforeEach(() => void page.newStripe());
  afterEach(() => page.close());

  it('asks nothing of Stripe before it is open', async () => {
    await page.enter({ destination: '/invoices/inv_1', answers: paid() }, 'cc-view-invoice');
    (await until(() => button('Pay $228.00'), 'the invoice can be paid')).click();
    expect(page.stripe.made).to.deep.equal([]);
    expect(performance.getEntriesByType('resource').filter(({ name }) => new URL(name).hostname.endsWith('stripe.com'))).to.deep.equal([]);
    await page.shows('cc-view-pay');
    await ready();
    expect(page.stripe.made).to.deep.equal([['pk_test_1', { stripeAccount: 'acct_1' }]]);
  });

  it('pays what is due: the form is checked, the server asked, Stripe confirms, the server looks, the page is told', async () => {
    await open();
    const told: unknown[] = [];
    page.signedIn.center.addEventListener('cc-payment', ({ id, state, amount, currency }) => told.push({ id, state, amount, currency }));
    const steps: string[] = [];
    page.stripe.submit = () => (steps.push('submit'), Promise.resolve({}));
    page.stripe.confirm = () => (steps.push(`confirm after ${page.signedIn.asked.at(-1)!.path.split('/').pop()}`), Promise.resolve({}));
    await ready();
    expect(page.stripe.forms[0]).to.deep.include({ mode: 'payment', amount: 22_800, currency: 'usd', locale: 'en', setupFutureUsage: null });
    expect($('.foot')!.textContent).to.contain('Pay $228.00');
    await pay();
    const receipt = await page.signedIn.view('cc-view-payment');
    await until(() => textOf(receipt).includes('Thank you. $228.00 is paid.'), 'the receipt shows');
    expect(steps).to.deep.equal(['submit', 'confirm after payments']);
    const [{ body, headers }] = asked('/payments') as [(typeof page.signedIn.asked)[number]];
    expect(body).to.deep.equal({ items: [{ invoiceId: 'inv_1', etag: '1-abc', amount: 22_800 }], tip: 0, saveCard: false, returnUrl: location.href });
    expect(headers.get('Idempotency-Key')).to.be.a('string');
    expect(page.stripe.confirmed[0]!.options).to.deep.include({
      clientSecret: 'pi_1_secret_1', confirmParams: { return_url: started().returnUrl }, redirect: 'if_required',
    }); // prettier-ignore
    expect(asked('/sync')).to.have.length(1);
    await until(() => told.length, 'the page is told');
    expect(told).to.deep.equal([{ id: 'att_1', state: 'succeeded', amount: 22_800, currency: 'USD' }]);
    await until(() => receipt.shadowRoot.activeElement?.id === 'heading', 'the outcome has the focus');
  });

  it('makes lists of invoices read anew what is due', async () => {
    await page.enter({ destination: '/invoices', answers: paid() }, 'cc-view-invoices');
    const reads = () => page.signedIn.asked.filter(({ path }) => path.endsWith('/invoices')).length;
    (await until(() => $('.go'), 'rows show')).click();
    await page.shows('cc-view-invoice');
    (await until(() => button('Pay $228.00'), 'it can be paid')).click();
    await page.shows('cc-view-pay');
    await pay();
    await page.signedIn.view('cc-view-payment');
    const before = reads();
    const bar = page.signedIn.center.shadowRoot!.querySelector('cc-bar')!.shadowRoot!;
    await until(() => sessionStorage.getItem(`cc ${location.origin} ${page.signedIn.center.getAttribute('account')} draft paid`), 'the payment is told');
    [...bar.querySelectorAll('button')].find((each) => textOf(each).includes('Open invoices'))!.click();
    await page.signedIn.view('cc-view-invoices');
    await until(() => reads() > before, 'the list is read anew');
  });

  it('begins one payment for a double click', async () => {
    await open();
    await ready();
    $('.foot .button')!.click();
    $('.foot .button')!.click();
    await page.signedIn.view('cc-view-payment');
    expect(asked('/payments')).to.have.length(1);
  });

  it('begins nothing while the form lacks something', async () => {
    await open();
    page.stripe.submit = () => Promise.resolve({ error: { type: 'validation_error' } });
    await pay();
    await until(() => button('Pay $228.00'), 'it can be tried again');
    expect(asked('/payments')).to.deep.equal([]);
  });

  describe('amounts', () => {
    it('come to the sum of several invoices', async () => {
      await open(invoices(), { destination: '/pay/inv_1/inv_2' });
      await ready();
      expect(text()).to.contain('Invoice 2207').and.contain('Report').and.contain('Total$278.00');
      await pay();
      await page.signedIn.view('cc-view-payment');
      expect((asked('/payments')[0]!.body as { items: unknown[] }).items).to.have.length(2);
    });

    it('can be a part where the contractor takes one', async () => {
      await open(options({ partial: true }));
      await ready();
      expect($<HTMLInputElement>('input.field')!.value).to.equal('228.00');
      await type('inv_1', '100.5');
      expect(text()).to.contain('Pay $100.50');
      await until(() => page.stripe.updates.at(-1)?.['amount'] === 10_050, 'the form knows the amount');
      await pay();
      await page.signedIn.view('cc-view-payment');
      expect(asked('/payments')[0]!.body).to.deep.include({ items: [{ invoiceId: 'inv_1', etag: '1-abc', amount: 10_050 }] });
    });

    for (const wrong of ['0', '-1', '228.01', '1,5', 'a lot', '']) {
      it(`are not “${wrong}”`, async () => {
        await open(options({ partial: true }));
        await ready();
        await type('inv_1', wrong);
        await pay();
        await until(() => $('[aria-invalid=true]') === page.view.shadowRoot.activeElement, 'the field has the focus');
        expect(textOf($('#inv_1-problem')!)).to.equal('Type an amount such as 12.50, at most $228.00.');
        expect(asked('/payments')).to.deep.equal([]);
      });
    }

    it('are at least what a card takes', async () => {
      await open(options({ partial: true }));
      await ready();
      await type('inv_1', '0.49');
      await pay();
      await until(() => $('[aria-invalid=true]') === page.view.shadowRoot.activeElement, 'the field has the focus');
      expect(textOf($('#inv_1-problem')!)).to.equal('The least that can be paid online is $0.50.');
      expect($('[aria-invalid=true]')!.getAttribute('aria-describedby')).to.equal('inv_1-of inv_1-problem');
      expect(textOf($('#inv_1-of')!)).to.equal('of $228.00 due');
      expect(asked('/payments')).to.deep.equal([]);
    });

    it('are as Stripe counts where people write a currency without decimals', async () => {
      const money = { amount: 228, currency: 'ISK' };
      await open({ ...options({ currency: 'ISK', minimum: 1 }), ...invoices(() => invoiceView({ due: money, payable: money })) });
      await ready();
      expect(page.stripe.forms[0]).to.deep.include({ amount: 22_800, currency: 'isk' });
      await pay();
      await page.signedIn.view('cc-view-payment');
      expect((asked('/payments')[0]!.body as { items: { amount: number }[] }).items[0]!.amount).to.equal(228);
    });

    it('are still there after a reload', async () => {
      await open(options({ partial: true, tip: true }));
      await ready();
      await type('inv_1', '50');
      await choose('tips', 'own');
      await type('tip', '3');
      const frame = page.signedIn.center.parentElement!;
      page.signedIn.center.remove();
      frame.append(page.signedIn.center);
      await page.shows('cc-view-pay');
      await until(() => button('Pay $53.00'), 'what was typed is there');
    });
  });

  describe('a tip', () => {
    it('is not asked for unless the contractor wants it, and is none unless somebody chooses', async () => {
      await open();
      await ready();
      expect($('[name=tips]')).to.equal(null);
      page.close();
      await open(options({ tip: true }));
      await ready();
      expect($<HTMLInputElement>('[name=tips]:checked')!.value).to.equal('');
      expect(text()).to.contain('Only if you want to').and.contain('Pay $228.00');
    });

    it('comes on top, as a share or an amount', async () => {
      await open(options({ tip: true }));
      await ready();
      await choose('tips', '15');
      expect(text()).to.contain('Tip$34.20').and.contain('Total$262.20').and.contain('Pay $262.20');
      await choose('tips', 'own');
      await type('tip', '7');
      await pay();
      await page.signedIn.view('cc-view-payment');
      expect(asked('/payments')[0]!.body).to.deep.include({ tip: 700, items: [{ invoiceId: 'inv_1', etag: '1-abc', amount: 22_800 }] });
    });

    it('must be an amount', async () => {
      await open(options({ tip: true }));
      await ready();
      await choose('tips', 'own');
      await pay();
      await until(() => $('#tip-problem'), 'it says so');
      expect(asked('/payments')).to.deep.equal([]);
    });
  });

  describe('cards', () => {
    it('that are kept pay without the form, the preferred one first', async () => {
      await open({ '/customers/:c/cards': () => ({ items: savedCards(), nextCursor: null }) });
      await ready();
      expect(text()).to.contain('Visa ending 4242 expires 04/28').and.contain('American Express ending 0005').and.contain('Another way to pay');
      expect(page.stripe.mounted).to.deep.equal([]);
      await choose('card', 'pm_amex');
      await pay();
      await page.signedIn.view('cc-view-payment');
      expect(asked('/payments')[0]!.body).to.deep.include({ savedCard: 'pm_amex' });
      const { options: confirmed } = page.stripe.confirmed[0]!;
      expect(confirmed['confirmParams']).to.deep.equal({ return_url: started().returnUrl, payment_method: 'pm_amex' });
      expect(confirmed).not.to.have.property('elements');
    });

    it('give way to the form when another way is chosen, which then stays', async () => {
      await open({ '/customers/:c/cards': () => ({ items: savedCards(), nextCursor: null }) });
      await ready();
      await choose('card', '');
      await until(() => page.stripe.mounted.length === 1, 'the form shows');
      await choose('card', 'pm_visa');
      await choose('card', '');
      expect(page.stripe.forms).to.have.length(1);
      expect(page.stripe.destroyed).to.equal(0);
    });

    it('are kept only with consent', async () => {
      await open();
      await ready();
      expect(text()).to.contain('Save this card for next time').and.contain('You can remove it at any time.');
      expect($<HTMLInputElement>('[name=keep]')!.checked).to.equal(false);
      await choose('keep', '');
      await until(() => page.stripe.updates.at(-1)?.['setupFutureUsage'] === 'on_session', 'the form knows that it is kept');
      await pay();
      await page.signedIn.view('cc-view-payment');
      expect(asked('/payments')[0]!.body).to.deep.include({ saveCard: true });
    });

    it('alone are kept: the offer is for no other way to pay', async () => {
      await open();
      await ready();
      await choose('keep', '');
      page.stripe.tell('change', { value: { type: 'klarna' }, empty: true, complete: true });
      await until(() => !$('[name=keep]'), 'the offer is gone');
      await until(() => page.stripe.updates.at(-1)?.['setupFutureUsage'] === null, 'the form knows that nothing is kept');
      await pay();
      await page.signedIn.view('cc-view-payment');
      expect(asked('/payments')[0]!.body).to.deep.include({ saveCard: false });
    });

    it('are not kept where the person may not', async () => {
      await open(options({ saveCards: false }));
      await ready();
      expect($('[name=keep]')).to.equal(null);
      expect(page.signedIn.asked.some(({ path }) => path.endsWith('/cards'))).to.equal(false);
    });
  });

  it('says that the contractor takes no payments online', async () => {
    await open(options({ available: false, publishableKey: null }));
    await until(() => $('[part=empty]'), 'it says so');
    expect(text()).to.contain('takes no payments online at the moment');
    expect(page.stripe.made).to.deep.equal([]);
  });

  it('says why it could not be loaded, and tries again', async () => {
    await open({ '/customers/:c/payment-options': () => new Refusal(500, 'internal') });
    await until(() => $('[part=error]'), 'the failure is said');
    Object.assign(page.signedIn.answers, options({}));
    button('Try again')!.click();
    await ready();
  });

  describe('by a document link', () => {
    const link = { id: 'link_1', kind: 'invoice' as const, documentId: 'inv_1', actions: [], masked: null };
    const answers: Answers = {
      'POST /documents/:d/payments': () => started(),
      'POST /documents/:d/payments/:p/sync': () => attempt(),
      'GET /documents/:d/payments/:p': () => attempt(),
      'POST /documents/:d/opened': () => ({}),
    };

    it('pays the invoice, and leads to its receipt and back', async () => {
      await page.enter({
        session: { ...session, kind: 'document', document: link },
        answers: { ...answers, 'GET /documents/:d': () => ({ kind: 'invoice', invoice: invoiceView() }) },
      }, 'cc-view-invoice');
      (await until(() => button('Pay $228.00'), 'it can be paid')).click();
      await page.shows('cc-view-pay');
      await ready();
      expect($('[name=keep]')).to.equal(null);
      await pay();
      await page.shows('cc-view-payment');
      (await until(() => button('Invoice 2207'), 'the receipt names it')).click();
      await page.signedIn.view('cc-view-invoice');
    });

    it('pays the deposit of an approved estimate', async () => {
      const estimate = approved();
      Object.assign(estimate.depositInvoice!, { onlinePayment: true });
      Object.assign(estimate.rights, { pay: true });
      await page.enter({
        session: { ...session, kind: 'document', document: { ...link, kind: 'estimate', documentId: estimate.id } },
        answers: { ...answers, 'GET /documents/:d': () => ({ kind: 'estimate', estimate }), '/documents/:d/payment-options': () => paymentOptions({ tip: true }) },
      }, 'cc-view-estimate');
      const paper = page.view;
      const story = await until(() => paper.shadowRoot.querySelector<Inside>('cc-estimate-story'), 'its story');
      await story.updateComplete;
      [...story.shadowRoot.querySelectorAll('button')].find((each) => textOf(each).includes('Pay $500.00'))!.click();
      await page.shows('cc-view-pay');
      await ready();
      expect(text()).to.contain('Deposit invoice 2043').and.contain('Pay $500.00');
      expect($('[name=tips]'), 'nobody has done anything yet').to.equal(null);
      await pay();
      await page.signedIn.view('cc-view-payment');
      expect(asked('/documents/link_1/payments')[0]!.body).to.deep.include({ items: [{ invoiceId: 'inv_1', etag: '1-dep', amount: 50_000 }] });
    });
  });
});
