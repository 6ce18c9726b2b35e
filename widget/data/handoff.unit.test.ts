import { expect } from '@open-wc/testing';
import { takeHandoff, takeReturn, withHandoff } from './handoff.ts';

const token = 'A1_-'.padEnd(43, 'z');

describe('a handoff in the address', () => {
  const home = location.pathname + location.search;
  const at = (rest: string) => history.replaceState({ page: 1 }, '', location.pathname + rest);
  afterEach(() => history.replaceState(null, '', home));

  for (const [before, after] of [
    [`#cc=${token}`, ''],
    [`?a=1&b=%20x#cc=${token}`, '?a=1&b=%20x'],
    [`#top&cc=${token}`, '#top'],
    [`?cc=${token}`, ''],
    [`?a=1&cc=${token}&b=+2#/route?x=1`, '?a=1&b=+2#/route?x=1'],
  ] as const) {
    it(`leaves ${before.replace(token, '…')} as ${after || 'the bare page'}, and the page’s state alone`, () => {
      at(before);
      expect(takeHandoff()).to.equal(token);
      expect(location.search + location.hash).to.equal(after);
      expect(history.state).to.deep.equal({ page: 1 });
      expect(takeHandoff()).to.equal(undefined);
    });
  }

  it('is not a path of the center', () => {
    at('?cc=/jobs/job_1');
    expect(takeHandoff()).to.equal(undefined);
    expect(location.search).to.equal('?cc=/jobs/job_1');
  });

  it('is put into the fragment, or into the query where the page’s own router has the fragment', () => {
    expect(withHandoff('https://a.example/#/account', 'h')).to.equal('https://a.example/?cc=h#/account');
    expect(withHandoff('https://a.example/p?q=1#/x', 'h')).to.equal('https://a.example/p?q=1&cc=h#/x');
    expect(withHandoff('https://a.example/p?q=1', 'h')).to.equal('https://a.example/p?q=1#cc=h');
  });
});

describe('the address that a bank sends a payer back to', () => {
  const home = location.pathname + location.search;
  const at = (rest: string) => history.replaceState({ page: 1 }, '', location.pathname + rest);
  const stripe = 'payment_intent=pi_1&payment_intent_client_secret=pi_1_secret_x&redirect_status=succeeded';
  afterEach(() => history.replaceState(null, '', home));

  for (const [before, after, view] of [
    [`?cc-payment=att_1&${stripe}`, '', '/payments/att_1'],
    [`?a=%20x&cc-payment=att_1&b=+2&${stripe}#/route?x=1`, '?a=%20x&b=+2#/route?x=1', '/payments/att_1'],
    ['?cc-card=1&setup_intent=seti_1&setup_intent_client_secret=seti_1_secret_x&redirect_status=succeeded#top', '#top', '/cards'],
  ] as const) {
    it(`leads to ${view}, and keeps nothing of ${before.slice(0, 30)}…`, () => {
      at(before);
      expect(takeReturn()).to.equal(view);
      expect(location.search + location.hash).to.equal(after);
      expect(history.state).to.deep.equal({ page: 1 });
      expect(takeReturn()).to.equal(undefined);
    });
  }

  it('is left alone where the page’s own Stripe has written it', () => {
    at(`?${stripe}`);
    expect(takeReturn()).to.equal(undefined);
    expect(location.search).to.equal(`?${stripe}`);
  });
});
