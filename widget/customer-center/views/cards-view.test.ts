import { expect } from '@open-wc/testing';
import '../../elements/customer-center.ts';
import type { SavedCard } from '../../../server/contract/payments.ts';
import { FakeStripe, paymentOptions, savedCards } from '../../testing/payments.ts';
import { englishIn, noContent, Refusal, signIn, textOf, until, type Answers, type Inside, type SignedIn } from '../../testing/signed-in.ts';

describe('saved cards', () => {
  let stripe: FakeStripe;
  let signedIn: SignedIn;
  let view: Inside;
  let cards: SavedCard[];

  const answers: Answers = {
    'GET /customers/:c/cards': () => ({ items: cards, nextCursor: null }),
    'POST /customers/:c/cards': () => ({ clientSecret: 'seti_1_secret_1', returnUrl: `${location.origin}/?cc-card=1` }),
    'PATCH /customers/:c/cards/:k': ({ path }) => {
      cards = cards.map((card) => ({ ...card, preferred: path.endsWith(card.id) }));
      return cards.find(({ preferred }) => preferred);
    },
    'DELETE /customers/:c/cards/:k': ({ path }) => {
      cards = cards.filter(({ id }) => !path.endsWith(id));
      return noContent;
    },
  };
  const open = async (wanted: Parameters<typeof signIn>[0] = {}) => {
    signedIn = await signIn({ destination: '/cards', ...wanted, answers: { ...answers, ...wanted.answers } });
    view = await signedIn.view('cc-view-cards');
  };
  const $ = <T extends HTMLElement>(selector: string) => view.shadowRoot.querySelector<T>(selector);
  const text = () => textOf(view);
  const button = (label: string) => [...view.shadowRoot.querySelectorAll('button')].find((each) => textOf(each).trim() === label);
  const press = async (label: string) => (await until(() => button(label), `“${label}”`)).click();
  const said = () => textOf($('.cc > [role=status]')!);
  const focus = () => view.shadowRoot.activeElement;
  const shown = () => until(() => $('li, [part=empty]'), 'the list shows');

  beforeEach(() => {
    cards = savedCards();
    stripe = new FakeStripe();
  });
  afterEach(() => signedIn.close());

  it('are listed, and nothing is asked of Stripe for that', async () => {
    await open();
    await shown();
    expect(text()).to.contain('Visa ending 4242 expires 04/28 Default').and.contain('American Express ending 0005 expires 11/27');
    expect(stripe.made).to.deep.equal([]);
  });

  it('say which is the default', async () => {
    await open();
    await press('Make default American Express ending 0005');
    await until(() => /0005 expires 11\/27 Default/.test(text()), 'the other one is first');
    await until(() => said() === 'American Express ending 0005 is the default now.', 'it is said');
    expect(focus()?.id).to.equal('heading');
    expect(signedIn.asked.find(({ method }) => method === 'PATCH')).to.deep.include({ path: '/customers/all/cards/pm_amex', body: { preferred: true } });
  });

  it('are removed, after asking once more', async () => {
    await open();
    await press('Remove Visa ending 4242');
    await until(() => focus()?.id === 'sure', 'the question has the focus');
    expect(textOf(focus()!)).to.equal('Remove Visa ending 4242?');
    await press('Keep it');
    await until(() => focus() === button('Remove Visa ending 4242'), 'the row’s button has the focus again');
    await press('Remove Visa ending 4242');
    await press('Remove');
    await until(() => said() === 'Visa ending 4242 is removed.', 'it is said');
    expect(cards.map(({ id }) => id)).to.deep.equal(['pm_amex']);
    expect(focus()?.id).to.equal('heading');
  });

  it('say the same again when it is done again', async () => {
    await open();
    await shown();
    const heard: string[] = [];
    new MutationObserver(() => heard.push(said())).observe($('.cc > [role=status]')!, { childList: true, subtree: true, characterData: true });
    for (const time of [1, 2]) {
      cards = savedCards();
      await press('Make default American Express ending 0005');
      await until(() => heard.filter(Boolean).length === time, `it is said ${time} times`);
      cards = savedCards();
      if (time === 1) await press('Make default Visa ending 4242').then(() => until(() => /0005 expires 11\/27(?! Default)/.test(text()), 'as before'));
    }
  });

  it('are added through the form of Stripe', async () => {
    await open();
    await press('Add a card');
    await until(() => stripe.mounted.length, 'the form shows');
    await until(() => focus()?.id === 'form', 'the form’s heading has the focus');
    expect(stripe.forms[0]).to.deep.include({ mode: 'setup', currency: 'usd', allowedPaymentMethodTypes: ['card'] });
    expect(stripe.forms[0]).not.to.have.property('amount');
    expect(text()).to.contain('It is charged only when you pay here yourself.');
    stripe.confirm = () => {
      cards = [...cards, { id: 'pm_new', brand: 'mastercard', last4: '4444', expires: '01/30', preferred: false }];
      return Promise.resolve({});
    };
    await press('Save this card');
    await until(() => text().includes('Mastercard ending 4444'), 'it is in the list');
    const { method, options } = stripe.confirmed[0]!;
    expect(method).to.equal('confirmSetup');
    expect(options).to.deep.include({ clientSecret: 'seti_1_secret_1', confirmParams: { return_url: `${location.origin}/?cc-card=1` }, redirect: 'if_required' });
    expect(stripe.mounted).to.deep.equal([]);
    await until(() => said() === 'The card is saved.', 'it is said');
    expect(focus()?.id).to.equal('heading');
  });

  it('are not added by somebody who thinks better of it', async () => {
    await open();
    await press('Add a card');
    await until(() => stripe.mounted.length, 'the form shows');
    await press('Cancel');
    await until(() => focus() === button('Add a card'), 'the button has the focus again');
    expect(stripe.mounted).to.deep.equal([]);
  });

  it('are said to be added where a bank’s own page lies between, and else that none was', async () => {
    for (const [done, words] of [[true, 'The card is saved.'], [false, 'The card was not saved. Try again, or use another one.']] as const) {
      cards = savedCards();
      await open();
      await press('Add a card');
      await until(() => stripe.mounted.length, 'the form shows');
      // The page is left: nothing is ever answered.
      stripe.confirm = () => new Promise(() => undefined);
      await press('Save this card');
      await until(() => stripe.confirmed.length, 'it is confirmed');
      if (done) cards = [...cards, { id: 'pm_new', brand: 'mastercard', last4: '4444', expires: '01/30', preferred: false }];
      $('.back')!.click();
      const list = await signedIn.view('cc-view-invoices');
      (await until(() => [...list.shadowRoot.querySelectorAll('button')].find((each) => textOf(each).trim() === 'Saved cards'), 'the way back')).click();
      view = await signedIn.view('cc-view-cards');
      await until(() => text().includes(words), words);
      signedIn.close();
      stripe = new FakeStripe();
    }
    await open();
  });

  it('are not added when the bank refuses', async () => {
    await open();
    await press('Add a card');
    await until(() => stripe.mounted.length, 'the form shows');
    stripe.confirm = () => Promise.resolve({ error: { type: 'card_error', code: 'card_declined' } });
    await press('Save this card');
    expect(textOf(await until(() => $('[role=alert]'), 'it is said'))).to.equal('The card was not saved. Try again, or use another one.');
    stripe.confirm = () => Promise.resolve({ error: { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' } });
    await press('Save this card');
    await until(() => textOf($('[role=alert]')!) === 'The card was not saved. There is not enough money on this card or account. Use another one.', 'why');
    expect(stripe.mounted).to.have.length(1);
  });

  it('say why something was not done', async () => {
    await open({ answers: { 'DELETE /customers/:c/cards/:k': () => new Refusal(503, 'payments_unavailable') } });
    await press('Remove Visa ending 4242');
    await press('Remove');
    expect(textOf(await until(() => $('[role=alert]'), 'it is said'))).to.contain('The payment company cannot be reached.');
  });

  it('cannot be added where the contractor keeps none', async () => {
    cards = [];
    await open({ answers: { '/customers/:c/payment-options': () => paymentOptions({ saveCards: false }) } });
    await shown();
    expect(text()).to.contain('No saved cards');
    expect(button('Add a card')).to.equal(undefined);
  });

  it('speak Spanish throughout', async () => {
    await open({ lang: 'es' });
    await shown();
    await press('Agregar una tarjeta');
    await until(() => stripe.mounted.length, 'the form shows');
    expect(englishIn(view)).to.deep.equal([]);
  });

  it('never grow wider than 320 pixels', async () => {
    await open({ width: 320, lang: 'es' });
    await shown();
    await press('Eliminar Visa terminada en 4242');
    await view.updateComplete;
    for (const each of view.shadowRoot.querySelectorAll('*')) expect(each.getBoundingClientRect().right, each.className).to.be.at.most(view.getBoundingClientRect().right + 0.5);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    describe(`are accessible in ${colorScheme} mode`, () => {
      const cases: Record<string, [answers: Answers, act: () => Promise<unknown>]> = {
        list: [{}, shown],
        'about to be removed': [{}, () => press('Remove Visa ending 4242')],
        form: [{}, () => press('Add a card').then(() => until(() => stripe.mounted.length, 'the form shows'))],
        none: [{ 'GET /customers/:c/cards': () => ({ items: [], nextCursor: null }) }, shown],
        failed: [{ 'GET /customers/:c/cards': () => new Refusal(500, 'internal') }, () => until(() => $('[part=error]'), 'the failure shows')],
      };
      for (const [name, [change, act]] of Object.entries(cases)) {
        it(name, async () => {
          await open({ answers: change, colorScheme, width: 360 });
          await act();
          await view.updateComplete;
          await expect(signedIn.center).to.be.accessible();
        });
      }
    });
  }
});
