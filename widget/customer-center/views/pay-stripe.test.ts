import { expect } from '@open-wc/testing';
import '../../elements/customer-center.ts';
import { invoiceView } from '../../testing/invoices.ts';
import { usd } from '../../testing/jobs.ts';
import { attempt, blocked, FakeStripe, open as unfinished, paymentOptions, savedCards, started, withoutStripe } from '../../testing/payments.ts';
import { Refusal, signIn, textOf, until, type Answers, type Inside, type SignedIn } from '../../testing/signed-in.ts';

describe('the form of Stripe', () => {
  let stripe: FakeStripe;
  let signedIn: SignedIn;
  let view: Inside;

  const paid = (payment = attempt()): Answers => ({
    'POST /customers/:c/payments': () => started(),
    'POST /customers/:c/payments/:p/sync': () => payment,
    'GET /customers/:c/payments/:p': () => payment,
  });
  const open = async (answers: Answers = {}, wanted: Parameters<typeof signIn>[0] = {}) => {
    signedIn = await signIn({ destination: '/pay/inv_1', ...wanted, answers: { ...paid(), ...answers } });
    view = await signedIn.view('cc-view-pay');
  };
  const $ = <T extends HTMLElement>(selector: string) => view.shadowRoot.querySelector<T>(selector);
  const button = (label: string) => [...view.shadowRoot.querySelectorAll('button')].find((each) => textOf(each).trim() === label);
  const ready = () => until(() => $('.foot .button')?.getAttribute('aria-disabled') === 'false', 'the form is ready');
  const mounted = () => until(() => stripe.mounted.length === 1 && stripe.mounted[0], 'one form is mounted');
  /** Whether a slot of the view shows the node, however many shadow roots lie between. */
  const isShown = (node: HTMLElement) => $<HTMLSlotElement>('slot[name=cc-stripe]')!.assignedNodes({ flatten: true }).includes(node);

  afterEach(() => signedIn.close());

  // First, because Stripe.js stays on a page once it is there.
  describe('case 29: that does not come', () => {
    const help = () => until(() => $('.form + [role=alert]'), 'help is offered');

    it('leaves a message, a retry, the hosted page and the phone; nothing is asked for before', async () => {
      const without = withoutStripe('blocked');
      signedIn = await signIn({ destination: '/invoices/inv_1', answers: paid() });
      view = await signedIn.view('cc-view-invoice');
      await until(() => button('Pay $228.00'), 'the invoice shows');
      expect(without.scripts).to.deep.equal([]);
      button('Pay $228.00')!.click();
      view = await signedIn.view('cc-view-pay');
      const words = textOf(await help());
      expect(words).to.contain('The payment form could not be loaded').and.contain('(404) 555-0142');
      expect(button('Continue on our secure page')).to.not.equal(undefined);
      expect(new Set(without.scripts.map(({ src }) => src))).to.deep.equal(new Set(['https://js.stripe.com/endive/stripe.js?advancedFraudSignals=false']));
      expect(button('Continue on our secure page')!.classList.contains('primary')).to.equal(true);
      expect($('.foot .button'), 'nothing can be paid').to.equal(null);
      expect($('[name=keep]'), 'nothing can be kept').to.equal(null);
      await expect(signedIn.center).to.be.accessible();
      without.restore();
    });

    it('does not send people from the hosted page to itself', async () => {
      const without = withoutStripe('blocked');
      await open({}, { card: { hostedUrl: `${location.origin}/c/acme` } });
      expect(textOf(await help())).to.contain('Turn the blocker off, or use another device.').and.contain('(404) 555-0142');
      expect(button('Continue on our secure page')).to.equal(undefined);
      without.restore();
    });

    it('asks for the same view on the hosted page, with the session handed over', async () => {
      const without = withoutStripe('blocked');
      // A fragment, so that this page stays.
      await open({ 'POST /handoffs': () => ({ url: `${location.href}#hosted` }) });
      await help();
      button('Continue on our secure page')!.click();
      await until(() => location.hash === '#hosted', 'the person is there');
      expect(signedIn.asked.find(({ path }) => path === '/handoffs')!.body).to.deep.equal({ destination: '/pay/inv_1' });
      without.restore();
    });

    it('is given up after a while, and works when it comes later', async () => {
      const without = withoutStripe('silent');
      const { setTimeout: real } = window;
      window.setTimeout = ((act: () => void, ms: number, ...rest: unknown[]) => real(act, ms === 12_000 ? 100 : ms, ...rest)) as typeof setTimeout;
      await open();
      await until(() => $('.form + [role=status]'), 'it says that it loads');
      await help();
      window.setTimeout = real;
      stripe = new FakeStripe();
      for (const script of without.scripts) script.dispatchEvent(new Event('load'));
      without.restore();
      button('Try again')!.click();
      await ready();
    });

    it('may also be lost later on, where frames are forbidden', async () => {
      stripe = new FakeStripe();
      stripe.isReady = false;
      const { setTimeout: real } = window;
      window.setTimeout = ((act: () => void, ms: number, ...rest: unknown[]) => real(act, ms === 12_000 ? 100 : ms, ...rest)) as typeof setTimeout;
      await open();
      await help();
      window.setTimeout = real;
      stripe.isReady = true;
      button('Try again')!.click();
      await ready();
      expect(stripe.mounted).to.have.length(1);
    });
  });

  describe('case 30: stands in the document’s own tree', () => {
    beforeEach(() => void (stripe = new FakeStripe()));

    it('as a child of the element, shown where the view has its place', async () => {
      await open();
      const node = await mounted();
      expect(node.parentElement).to.equal(signedIn.center);
      expect(node.getRootNode()).to.equal(document);
      expect(isShown(node)).to.equal(true);
      expect(node.getBoundingClientRect().height).to.be.above(0);
    });

    for (const mode of ['open', 'closed'] as const) {
      it(`when the element is in two ${mode} shadow roots of somebody else`, async () => {
        await open();
        const outer = document.createElement('div');
        const inner = document.createElement('div');
        signedIn.center.parentElement!.append(outer);
        outer.attachShadow({ mode }).append(inner);
        inner.attachShadow({ mode }).append(signedIn.center);
        view = await signedIn.view('cc-view-pay');
        const node = await mounted();
        expect(node.parentElement).to.equal(outer);
        expect(isShown(node)).to.equal(true);
        await ready();
        $('.foot .button')!.click();
        await signedIn.view('cc-view-payment');
        expect([outer, inner, signedIn.center].flatMap((each) => [...each.children])).to.deep.equal([]);
      });
    }

    it('and leaves nothing behind when another view shows', async () => {
      await open();
      await mounted();
      $('.back')!.click();
      await signedIn.view('cc-view-invoices');
      expect(stripe.destroyed).to.equal(1);
      expect(signedIn.center.querySelector('[slot]') ?? signedIn.center.shadowRoot!.querySelector('slot')).to.equal(null);
    });

    it('and is built anew when the element is taken out and put back', async () => {
      await open();
      await mounted();
      await ready();
      const frame = signedIn.center.parentElement!;
      signedIn.center.remove();
      expect(stripe.mounted).to.deep.equal([]);
      frame.append(signedIn.center);
      view = await signedIn.view('cc-view-pay');
      const node = await mounted();
      expect(isShown(node)).to.equal(true);
      await ready();
    });

    it('and a payment goes on while the element is taken out and put back', async () => {
      let finish: (() => void) | undefined;
      let isPaid = false;
      const payment = () => (isPaid ? attempt() : unfinished());
      await open({ 'POST /customers/:c/payments/:p/sync': payment, 'GET /customers/:c/payments/:p': payment });
      stripe.confirm = () => new Promise((resolve) => (finish = () => resolve({})));
      const told: string[] = [];
      signedIn.center.addEventListener('cc-payment', ({ id }) => told.push(id));
      await ready();
      $('.foot .button')!.click();
      await until(() => finish, 'the bank asks');
      isPaid = true;
      const frame = signedIn.center.parentElement!;
      signedIn.center.remove();
      frame.append(signedIn.center);
      finish!();
      await signedIn.view('cc-view-payment');
      await until(() => told.length, 'the page is told');
      expect(told).to.deep.equal(['att_1']);
      expect(signedIn.asked.filter(({ path, method }) => method === 'POST' && path.endsWith('/payments'))).to.have.length(1);
    });

    it('and comes back when the page wipes the element’s children', async () => {
      await open();
      const before = await mounted();
      signedIn.center.replaceChildren();
      await until(() => stripe.mounted[0] && stripe.mounted[0] !== before, 'a new one is mounted');
      expect(isShown(stripe.mounted[0]!)).to.equal(true);
      expect(stripe.mounted).to.have.length(1);
      await ready();
    });

    it('and is not fought for with a page that wipes them again and again', async () => {
      await open();
      await mounted();
      const wipe = new MutationObserver(() => signedIn.center.replaceChildren());
      wipe.observe(signedIn.center, { childList: true });
      signedIn.center.replaceChildren();
      await until(() => $('.form + [role=alert]'), 'a retry is offered');
      wipe.disconnect();
      button('Try again')!.click();
      await ready();
    });
  });

  describe('has the center’s look', () => {
    beforeEach(() => void (stripe = new FakeStripe()));
    type Look = { theme: string; variables: Record<string, string> };

    it('in colours, font and corners, as the page has set them', async () => {
      await open();
      await mounted();
      signedIn.center.style.setProperty('--cc-surface', '#123456');
      signedIn.center.style.setProperty('--cc-radius-control', '3px');
      await until(() => (stripe.updates.at(-1)?.['appearance'] as Look | undefined)?.variables['borderRadius'] === '3px', 'it follows');
      const { theme, variables } = stripe.updates.at(-1)!['appearance'] as Look;
      expect(theme).to.equal('stripe');
      expect(variables).to.deep.include({ colorBackground: 'rgb(18, 52, 86)', colorText: 'rgb(23, 33, 43)', colorDanger: 'rgb(166, 27, 18)', fontSizeBase: '16px' });
    });

    it('also when the page becomes dark', async () => {
      await open();
      await mounted();
      expect((stripe.forms[0]!['appearance'] as Look).theme).to.equal('stripe');
      signedIn.center.setAttribute('color-scheme', 'dark');
      await until(() => (stripe.updates.at(-1)?.['appearance'] as Look | undefined)?.theme === 'night', 'it is dark');
      expect((stripe.updates.at(-1)!['appearance'] as Look).variables['colorBackground']).to.equal('rgb(22, 30, 38)');
      expect(stripe.destroyed).to.equal(0);
    });

    it('and the reader’s language', async () => {
      await open({}, { lang: 'es' });
      await mounted();
      expect(stripe.forms[0]!['locale']).to.equal('es');
    });
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    describe(`is accessible with all around it in ${colorScheme} mode`, () => {
      beforeEach(() => void (stripe = new FakeStripe()));
      const full: Answers = {
        '/customers/:c/payment-options': () => paymentOptions({ partial: true, tip: true }),
        '/customers/:c/cards': () => ({ items: savedCards(), nextCursor: null }),
        '/customers/:c/invoices/:i': ({ path }) => invoiceView(path.endsWith('inv_2') ? { id: 'inv_2', payable: usd(0) } : {}),
      };
      const cases: Record<string, [answers: Answers, ready: () => unknown, act?: () => void]> = {
        plain: [{}, () => button('Pay $228.00')?.getAttribute('aria-disabled') === 'false'],
        'everything that can be asked': [full, () => button('Pay $228.00')],
        'an amount that is none': [
          full,
          () => $('[aria-invalid=true]'),
          () => {
            const field = $<HTMLInputElement>('input.field')!;
            field.value = 'x';
            field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
            $('.foot .button')!.click();
          },
        ],
        'left out': [{ 'POST /customers/:c/payments': () => new Refusal(409, 'payment_in_progress', [], [blocked()]) }, () => $('[part=empty]'), () => $('.foot .button')!.click()],
        declined: [paid(unfinished({ decline: 'declined' })), () => $('.error[role=alert]'), () => $('.foot .button')!.click()],
        loading: [{ '/customers/:c/payment-options': () => new Promise(() => undefined) }, () => $('.skeleton')],
        failed: [{ '/customers/:c/payment-options': () => new Refusal(500, 'internal') }, () => $('[part=error]')],
        'nothing to pay': [{ '/customers/:c/invoices/:i': () => invoiceView({ due: usd(0), payable: usd(0) }) }, () => $('[part=empty]')],
      };
      for (const [name, [answers, look, act]] of Object.entries(cases)) {
        it(name, async () => {
          await open(answers, { colorScheme, width: 500 });
          if (act) {
            await ready();
            act();
          }
          await until(look, `${name} shows`);
          if (name === 'loading') await new Promise((next) => setTimeout(next, 250));
          await expect(signedIn.center).to.be.accessible();
        });
      }
    });
  }
});
