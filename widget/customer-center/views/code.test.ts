import { expect } from '@open-wc/testing';
import '../../elements/customer-center.ts';
import { bob, FakeApi, maria, problem } from '../../data/testing/fake-api.ts';
import { englishIn, until } from '../../testing/signed-in.ts';
import { arrive, freshEntry, place, type Placed } from '../testing/place.ts';

describe('waiting for the message', () => {
  let api: FakeApi;
  let placed: Placed;
  beforeEach(() => {
    api = new FakeApi();
    freshEntry();
  });
  afterEach(() => {
    placed.element.remove();
    api.restore();
    localStorage.clear();
  });
  const field = () => placed.find<HTMLInputElement>('#code')!;
  const wait = async () => {
    placed = place(api);
    await placed.askForLink();
  };

  it('moves the focus to its heading', async () => {
    await wait();
    await until(() => placed.view!.shadowRoot.activeElement?.id === 'heading', 'the heading has the focus');
  });

  it('always offers another way on', async () => {
    await wait();
    await placed.says('spam or junk folder');
    await placed.says(/You can send it again in 0:\d\d/);
    expect(placed.button('Use another e-mail address')).to.not.equal(undefined);
    expect(placed.view!.shadowRoot.querySelector('a')!.getAttribute('href')).to.equal('tel:+14045550142');
  });

  it('takes the code as soon as it has six digits, however it was pasted', async () => {
    await wait();
    expect(field().autocomplete).to.equal('one-time-code');
    await placed.type('#code', ' 123 456');
    await placed.shows('history');
    expect(api.callsTo(/code$/).at(-1)!.body).to.include({ code: '123456', staySignedIn: true });
  });

  it('says that a code is wrong, beside the field, and takes the next one', async () => {
    await wait();
    await placed.type('#code', '999999');
    await placed.says('That code is not right');
    await placed.type('#code', api.code);
    await placed.shows('history');
  });

  it('says that a code is too old', async () => {
    await wait();
    await placed.type('#code', '000000');
    await placed.says('This code is too old');
  });

  it('asks for six digits before it asks the server', async () => {
    await wait();
    await placed.type('#code', '123');
    await placed.press('Continue');
    await placed.says('The code has six digits');
    expect(api.callsTo(/code$/)).to.have.length(0);
  });

  it('sends the message again when its time has come', async () => {
    api.on('POST', /sign-in-requests$/, () => [202, { id: 'sir_1', masked: 'm***@example.com', channel: 'email', expiresAt: '', retryAfter: 0 }]);
    await wait();
    await placed.press('Send it again');
    await placed.says('We sent it again');
    const [first, second] = api.callsTo('/sign-in-requests');
    expect(second!.body.challenge).to.equal(first!.body.challenge);
    expect(second!.body.address).to.equal('maria@example.com');
  });

  it('goes back for another address', async () => {
    await wait();
    await placed.press('Use another e-mail address');
    await placed.shows('sign-in');
  });

  it('is still there after the page was reloaded', async () => {
    await wait();
    placed.element.remove();
    placed = place(api);
    await placed.shows('code');
  });

  it('asks for the code where a link was opened by another browser, and whether others use this one', async () => {
    arrive(api.handoff(maria, 'signIn', { challenge: 'another browser’s' }));
    placed = place(api);
    await placed.shows('code');
    await placed.says('You opened the link in another browser');
    placed.find<HTMLInputElement>('#shared')!.click();
    await placed.type('#code', api.code);
    await placed.shows('history');
    expect(api.callsTo(/code$/).at(-1)!.body).to.include({ staySignedIn: false });
  });

  it('speaks Spanish completely', async () => {
    await wait();
    await placed.press('Español');
    await placed.says('Revise su correo');
    expect(englishIn(placed.element)).to.deep.equal([]);
  });

  it('says so when there is no connection', async () => {
    await wait();
    api.offline = true;
    await placed.type('#code', api.code);
    await placed.says('could not reach the server');
    api.offline = false;
    await placed.press('Continue');
    await placed.shows('history');
  });

  it('says so after too many tries', async () => {
    await wait();
    api.on('POST', /code$/, () => problem(429, 'too_many_requests'));
    await placed.type('#code', api.code);
    await placed.says('That was too often');
  });

  for (const scheme of ['light', 'dark']) {
    it(`passes axe, ${scheme}`, async () => {
      placed = place(api, { 'color-scheme': scheme });
      await placed.askForLink();
      await expect(placed.element).to.be.accessible();
      await placed.type('#code', '999999');
      await placed.says('That code is not right');
      await expect(placed.element).to.be.accessible();
      placed.element.remove();
      arrive(api.handoff(maria, 'signIn', { challenge: 'another browser’s' }));
      placed = place(new FakeApi(), { account: api.account, 'color-scheme': scheme });
      await placed.shows('code');
      await expect(placed.element).to.be.accessible();
    });
  }
});

describe('a link of somebody else', () => {
  let api: FakeApi;
  let placed: Placed;
  beforeEach(async () => {
    api = new FakeApi();
    freshEntry();
    arrive(api.handoff(maria));
    placed = place(api);
    await placed.shows('history');
  });
  afterEach(() => {
    placed.element.remove();
    api.restore();
    localStorage.clear();
  });

  for (const scheme of ['light', 'dark']) {
    it(`says whose center it opens, and lets the person stay, ${scheme}`, async () => {
      // A new page of the same browser.
      placed.element.remove();
      (globalThis as unknown as Record<symbol, { clients: Map<string, unknown> }>)[Symbol.for('customer-center')]!.clients.clear();
      arrive(api.handoff(bob));
      placed = place(api, { 'color-scheme': scheme });
      await placed.shows('confirm');
      await placed.says('This link belongs to Bob Stone. You are signed in as Maria O’Brien.');
      await expect(placed.element).to.be.accessible();
      await placed.press('Stay signed in as Maria O’Brien');
      await placed.shows('history');
    });
  }
});
