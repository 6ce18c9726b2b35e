import { expect } from '@open-wc/testing';
import '../../elements/customer-center.ts';
import { invoices, options, payPage } from '../../testing/pay-page.ts';
import { savedCards } from '../../testing/payments.ts';
import { englishIn, textOf, until } from '../../testing/signed-in.ts';

const page = payPage();
const { $, $$, open, text, ready, pay, asked } = page;

/** By the keyboard, by ear, in either language, on the smallest screen. */
describe('pay, for everybody', () => {
  beforeEach(() => void page.newStripe());
  afterEach(() => page.close());

  it('can be used by the keyboard alone', async () => {
    await open({ ...options({ partial: true, tip: true }), '/customers/:c/cards': () => ({ items: savedCards(), nextCursor: null }) });
    await ready();
    for (const each of $$('button, input, a')) expect(each.tabIndex, each.outerHTML).to.equal(0);
    expect($$('[role=button], [tabindex="1"]')).to.deep.equal([]);
    const amount = $('input.field')!;
    amount.focus();
    amount.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
    amount.closest('form')!.requestSubmit();
    expect(asked('/payments'), 'Enter in a field pays nothing').to.deep.equal([]);
  });

  it('says that it pays, to those who cannot see the button', async () => {
    await open();
    let finish: (() => void) | undefined;
    page.stripe.confirm = () => new Promise((resolve) => (finish = () => resolve({})));
    await pay();
    await until(() => finish, 'the bank asks');
    expect(textOf($('.visually-hidden[role=status]')!)).to.equal('Paying…');
    finish!();
    await page.signedIn.view('cc-view-payment');
  });

  it('lets nothing stick over what has the focus, in its fields and in the form of Stripe', async () => {
    await open(options({ partial: true }));
    await ready();
    const foot = () => getComputedStyle($('.foot')!).position;
    expect(foot()).to.equal('sticky');
    $('input.field')!.focus();
    await page.view.updateComplete;
    expect(foot()).to.equal('static');
    $('.foot .button')!.focus();
    await page.view.updateComplete;
    expect(foot()).to.equal('sticky');
    page.stripe.mounted[0]!.querySelector('input')!.focus();
    await page.view.updateComplete;
    expect(foot()).to.equal('static');
    $('.foot .button')!.focus();
    page.stripe.tell('focus');
    await page.view.updateComplete;
    expect(foot(), 'of frames only Stripe knows').to.equal('static');
    page.stripe.tell('blur');
    await page.view.updateComplete;
    expect(foot()).to.equal('sticky');
  });

  it('speaks Spanish throughout', async () => {
    await open({ ...invoices(), ...options({ partial: true, tip: true }) }, { lang: 'es', destination: '/pay/inv_1/inv_2' });
    await ready();
    expect(text()).to.contain('Pagar a Acme');
    expect(englishIn(page.view)).to.deep.equal([]);
  });

  it('never grows wider than 320 pixels', async () => {
    await open({ ...invoices(), ...options({ partial: true, tip: true }), '/customers/:c/cards': () => ({ items: savedCards(), nextCursor: null }) }, {
      width: 320, lang: 'es', destination: '/pay/inv_1/inv_2',
    });
    await ready();
    for (const each of $$('*')) expect(each.getBoundingClientRect().right, each.className).to.be.at.most(page.view.getBoundingClientRect().right + 0.5);
    for (const each of $$('.button')) expect(each.getBoundingClientRect().height).to.be.at.least(44);
  });
});
