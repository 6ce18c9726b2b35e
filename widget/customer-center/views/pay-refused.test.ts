import { expect } from '@open-wc/testing';
import '../../elements/customer-center.ts';
import type { InvoiceView } from '../../../server/contract/invoices.ts';
import type { PaymentAttempt } from '../../../server/contract/payments.ts';
import { invoiceView } from '../../testing/invoices.ts';
import { usd } from '../../testing/jobs.ts';
import { invoices, paid, payPage } from '../../testing/pay-page.ts';
import { attempt, blocked, open as unfinished, savedCards, started } from '../../testing/payments.ts';
import { noConnection, Refusal, textOf, until, type Answers } from '../../testing/signed-in.ts';

const page = payPage();
const { $, open, text, button, ready, pay, said, asked } = page;

describe('pay', () => {
  beforeEach(() => void page.newStripe());
  afterEach(() => page.close());

  describe('what has changed meanwhile', () => {
    const refused = (status: number, code: 'stale' | 'due_changed' | 'payment_in_progress' | 'not_payable', ...items: Parameters<typeof blocked>[0][]): Answers => ({
      'POST /customers/:c/payments': () => (asked('/payments').length > 1 ? started() : new Refusal(status, code, [], items.map(blocked))),
    });

    for (const [status, code, reason] of [
      [409, 'due_changed', 'dueChanged'],
      [412, 'stale', 'stale'],
    ] as const) {
      it(`is shown and asked again, never charged by itself (${code})`, async () => {
        await open(refused(status, code, { reason, due: usd(10_000) }));
        await pay();
        expect(await said()).to.contain('What is due has changed. Nothing was paid.');
        expect(page.stripe.confirmed).to.deep.equal([]);
        await until(() => button('Pay $100.00'), 'the button has the new sum');
        await until(() => page.stripe.updates.at(-1)?.['amount'] === 10_000, 'the form knows the amount');
        await pay();
        await page.signedIn.view('cc-view-payment');
        expect(asked('/payments')[1]!.body).to.deep.include({ items: [{ invoiceId: 'inv_1', etag: '2-new', amount: 10_000 }] });
      });
    }

    it('names the invoice that somebody else is paying, and offers the others', async () => {
      await open({ ...invoices(), ...refused(409, 'payment_in_progress', { by: 'Tom O’Brien' }) }, { destination: '/pay/inv_1/inv_2' });
      await pay();
      await until(() => $('[part=notice]'), 'it is named');
      expect(textOf($('[part=notice]')!)).to.contain('Not part of this payment').and.contain('Invoice 2207 A payment by Tom O’Brien is in progress since November 25, 2025.');
      (await until(() => button('Pay the others: $50.00'), 'the others can be paid')).click();
      await page.signedIn.view('cc-view-payment');
      expect((asked('/payments')[1]!.body as { items: { invoiceId: string }[] }).items.map(({ invoiceId }) => invoiceId)).to.deep.equal(['inv_2']);
    });

    it('names from the start what cannot be paid now, and why', async () => {
      const hindered: [change: Partial<InvoiceView>, words: string][] = [
        [{ due: usd(0), payable: usd(0) }, 'Invoice 2207 is already paid.'],
        [{ onlinePayment: false }, 'Invoice 2207: It cannot be paid online now.'],
        [{ rights: { ...invoiceView().rights, pay: false } }, 'Invoice 2207: It cannot be paid online now.'],
        [
          { payable: usd(0), pending: [{ paymentId: 'att_9', amount: usd(22_800), since: '2025-11-25T15:00:00Z', by: null, own: false, verify: false }] },
          'Invoice 2207: A payment is in progress since November 25, 2025.',
        ],
      ];
      for (const [change, words] of hindered) {
        await open(invoices(() => invoiceView(change)));
        await until(() => $('[part=empty]'), 'there is nothing to pay');
        expect(text()).to.contain(words).and.not.contain('Not part of this payment');
        button('View invoice 2207')!.click();
        await page.signedIn.view('cc-view-invoice');
        page.close();
      }
      await open({});
      expect(page.stripe.made).to.have.length(0);
    });

    it('leaves out what is gone', async () => {
      await open(invoices(() => new Refusal(404, 'not_found')), { destination: '/pay/inv_1/inv_2' });
      await until(() => button('Pay $50.00'), 'the other one can be paid');
    });

    it('is looked up when Stripe refuses an amount', async () => {
      let due = 22_800;
      await open({ ...paid(unfinished()), ...invoices(() => invoiceView({ due: usd(due), payable: usd(due) })) });
      page.stripe.confirm = () => ((due = 20_000), Promise.resolve({ error: { type: 'invalid_request_error' } }));
      await pay();
      await until(() => button('Pay $200.00'), 'what is due now');
      expect(await said()).to.contain('The amount has changed meanwhile. Nothing was charged.');
    });
  });

  describe('a payment that does not work', () => {
    const reasons = {
      declined: ['The bank declined this payment', 'El banco rechazó este pago'],
      insufficientFunds: ['There is not enough money', 'No hay suficiente dinero'],
      expired: ['This card has expired', 'Esta tarjeta venció'],
      wrongCode: ['The security code is not right', 'El código de seguridad no es correcto'],
      wrongNumber: ['The card number is not right', 'El número de la tarjeta no es correcto'],
      authentication: ['The bank could not confirm that it was you', 'El banco no pudo confirmar que era usted'],
      limit: ['This is more than the card allows', 'Es más de lo que permite la tarjeta'],
      unsupported: ['This card cannot be used here', 'Esta tarjeta no se puede usar aquí'],
      bank: ['The bank account could not be charged', 'No se pudo cobrar de la cuenta bancaria'],
      mismatch: ['The amount has changed meanwhile', 'Mientras tanto, el importe cambió'],
      tryAgain: ['The bank did not answer', 'El banco no respondió'],
    } as const satisfies Record<NonNullable<PaymentAttempt['decline']>, [string, string]>;

    for (const [decline, sentences] of Object.entries(reasons)) {
      it(`says why in the reader’s language, and can be tried again (${decline})`, async () => {
        for (const [at, lang] of (['en', 'es'] as const).entries()) {
          await open(paid(unfinished({ decline: decline as keyof typeof reasons })), { lang });
          page.stripe.confirm = () => Promise.resolve({ error: { type: 'card_error', code: 'card_declined' } });
          await pay();
          expect(await said()).to.contain(sentences[at]!);
          await ready();
          expect(page.stripe.destroyed, 'the form stays as it is').to.equal(at);
          page.close();
        }
        await open();
      });
    }

    it('was not finished, when the bank’s question was closed; the next press asks it again', async () => {
      await open(paid(unfinished()));
      page.stripe.confirm = () => Promise.resolve({ error: { type: 'card_error' } });
      await pay();
      expect(await said()).to.equal('The payment was not finished. Nothing was charged.');
      page.stripe.intent = 'requires_action';
      page.stripe.confirm = () => Promise.resolve({ paymentIntent: { status: 'succeeded' } });
      Object.assign(page.signedIn.answers, paid());
      await pay();
      await page.signedIn.view('cc-view-payment');
      expect(page.stripe.confirmed.map(({ method }) => method)).to.deep.equal(['confirmPayment', 'handleNextAction']);
      expect(page.stripe.confirmed[1]!.options).to.deep.equal({ clientSecret: 'pi_1_secret_1' });
    });

    const typed = { value: { type: 'card' }, empty: false, complete: true };
    for (const [what, act] of [
      ['typed', () => page.stripe.tell('change', typed)],
      ['chosen', () => page.choose('card', 'pm_amex')],
    ] as const) {
      it(`is never finished with the old card once another one was ${what}`, async () => {
        await open({ ...paid(unfinished()), '/customers/:c/cards': () => ({ items: what === 'chosen' ? savedCards() : [], nextCursor: null }) });
        page.stripe.confirm = () => Promise.resolve({});
        await pay();
        expect(await said()).to.equal('The payment was not finished. Nothing was charged.');
        page.stripe.intent = 'requires_action';
        await act();
        Object.assign(page.signedIn.answers, paid());
        await pay();
        await page.signedIn.view('cc-view-payment');
        expect(page.stripe.confirmed.map(({ method }) => method)).to.deep.equal(['confirmPayment', 'confirmPayment']);
        const { confirmParams, elements } = page.stripe.confirmed[1]!.options as { confirmParams: { payment_method?: string }; elements?: unknown };
        expect([confirmParams.payment_method, Boolean(elements)]).to.deep.equal(what === 'chosen' ? ['pm_amex', false] : [undefined, true]);
      });
    }

    it('that another visit began is paid with what this one shows', async () => {
      await open();
      page.stripe.intent = 'requires_action';
      await pay();
      await page.signedIn.view('cc-view-payment');
      expect(page.stripe.confirmed.map(({ method }) => method)).to.deep.equal(['confirmPayment']);
    });

    for (const [error, words] of [
      [{ type: 'card_error', code: 'incorrect_number' }, 'The card number is not right.'],
      [{ type: 'card_error', code: 'expired_card' }, 'This card has expired'],
      [{ type: 'card_error', code: 'incorrect_cvc' }, 'The security code is not right.'],
      [{ type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' }, 'There is not enough money'],
      [{ type: 'invalid_request_error', code: 'payment_intent_authentication_failure' }, 'The bank could not confirm that it was you.'],
      [{ type: 'api_connection_error' }, 'The bank did not answer.'],
      [{ type: 'invalid_request_error' }, 'The payment was not finished.'],
    ] as const) {
      it(`says what was heard now, and nothing of an earlier try (${Object.values(error).join(', ')})`, async () => {
        await open(paid(unfinished({ decline: 'limit' })));
        page.stripe.confirm = () => Promise.resolve({ error });
        await pay();
        expect(await said()).to.contain(words);
      });
    }

    it('that was declined without a known word is declined', async () => {
      await open(paid(unfinished()));
      page.stripe.confirm = () => Promise.resolve({ error: { type: 'card_error', code: 'card_declined', decline_code: 'pick_up_card' } });
      await pay();
      expect(await said()).to.contain('The bank declined this payment.');
    });

    it('says who refused where that was neither a card nor a bank', async () => {
      await open(paid(unfinished({ decline: 'declined' })));
      await ready();
      page.stripe.tell('change', { value: { type: 'klarna' }, empty: true, complete: true });
      page.stripe.confirm = () => Promise.resolve({ error: { type: 'card_error', code: 'payment_method_provider_decline' } });
      await pay();
      expect(await said()).to.equal('Klarna did not accept this payment. Pay another way.');
    });

    it('says that the payment company cannot be reached', async () => {
      await open({ 'POST /customers/:c/payments': () => new Refusal(503, 'payments_unavailable') });
      await pay();
      expect(await said()).to.contain('The payment company cannot be reached. Nothing was charged.');
    });

    it('believes the server and not the browser', async () => {
      await open();
      page.stripe.confirm = () => Promise.reject(new Error('payment_intent_unexpected_state'));
      await pay();
      await page.signedIn.view('cc-view-payment');
    });

    it('leads to the payment’s own view when the server cannot be asked how it went', async () => {
      await open({ 'POST /customers/:c/payments/:p/sync': () => noConnection });
      await pay();
      await page.signedIn.view('cc-view-payment');
    });

    it('has nothing to confirm when it is made already', async () => {
      await open({ 'POST /customers/:c/payments': () => started({ clientSecret: null, payment: attempt() }) });
      await pay();
      await page.signedIn.view('cc-view-payment');
      expect(page.stripe.confirmed).to.deep.equal([]);
    });
  });
});
