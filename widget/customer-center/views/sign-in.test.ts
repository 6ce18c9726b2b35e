import { expect } from '@open-wc/testing';
import '../../elements/customer-center.ts';
import { FakeApi, problem } from '../../data/testing/fake-api.ts';
import { englishIn, until } from '../../testing/signed-in.ts';
import { freshEntry, place, type Placed } from '../testing/place.ts';

describe('sign-in', () => {
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
  const field = () => placed.find<HTMLInputElement>('#address')!;

  it('shows after one request, that of the card', async () => {
    placed = place(api);
    await placed.shows('sign-in');
    expect(api.calls.map(({ path }) => path)).to.deep.equal(['']);
    await placed.says('Acme Plumbing & Heating');
  });

  it('asks for an e-mail address, in a field that browsers and password managers fill', async () => {
    placed = place(api);
    await placed.shows('sign-in');
    const { type, name, autocomplete, inputMode, enterKeyHint, form } = field();
    expect({ type, name, autocomplete, inputMode, enterKeyHint }).to.deep.equal({
      type: 'email', name: 'email', autocomplete: 'email', inputMode: 'email', enterKeyHint: 'send',
    }); // prettier-ignore
    expect(form!.querySelector('button')!.type).to.equal('submit');
    expect(field().labels![0]!.textContent).to.equal('E-mail address');
  });

  it('takes a mobile number too, where the server can send text messages', async () => {
    api.card.sms = true;
    placed = place(api);
    await placed.askForLink('(404) 555-0142');
    expect(api.callsTo('/sign-in-requests')[0]!.body.address).to.equal('+14045550142');
  });

  it('says what is wrong beside the field, and asks the server nothing', async () => {
    placed = place(api);
    await placed.shows('sign-in');
    await placed.type('#address', '(404) 555-0142');
    await placed.press('Send me a link');
    await placed.says('such as maria@example.com');
    expect(field().getAttribute('aria-invalid')).to.equal('true');
    expect(placed.view!.shadowRoot.activeElement).to.equal(field());
    expect(api.callsTo('/sign-in-requests')).to.have.length(0);
  });

  it('sends the page’s address and language along, and never the verifier', async () => {
    placed = place(api);
    await placed.askForLink();
    const { body } = api.callsTo('/sign-in-requests')[0]!;
    expect(body.pageUrl).to.equal(location.origin + location.pathname + location.search);
    expect(body.language).to.equal('en');
    expect(String(body.challenge)).to.match(/^[\w-]{43}$/);
    expect(body).not.to.have.property('verifier');
  });

  it('sends a form once, however often the button is pressed', async () => {
    placed = place(api);
    await placed.shows('sign-in');
    await placed.type('#address', 'maria@example.com');
    field().form!.requestSubmit();
    field().form!.requestSubmit();
    await placed.shows('code');
    expect(api.callsTo('/sign-in-requests')).to.have.length(1);
  });

  it('says so when it cannot send, and keeps what was typed', async () => {
    placed = place(api);
    await placed.shows('sign-in');
    api.on('POST', /sign-in-requests$/, () => problem(429, 'too_many_requests'));
    await placed.type('#address', 'maria@example.com');
    await placed.press('Send me a link');
    await placed.says('That was too often');
    api.offline = true;
    await placed.press('Send me a link');
    await placed.says('could not reach the server');
    expect(field().value).to.equal('maria@example.com');
  });

  it('keeps unsent text when the element comes back', async () => {
    placed = place(api);
    await placed.shows('sign-in');
    await placed.type('#address', 'maria@ex');
    placed.element.remove();
    placed = place(api);
    await placed.shows('sign-in');
    expect(field().value).to.equal('maria@ex');
  });

  it('leaves nothing in storage for people on a shared computer', async () => {
    placed = place(api);
    await placed.shows('sign-in');
    placed.find<HTMLInputElement>('#shared')!.click();
    await placed.askForLink();
    await placed.type('#code', api.code);
    await placed.shows('history');
    placed.element.remove();
    expect(api.callsTo(/code$/).at(-1)!.body.staySignedIn).to.equal(false);
  });

  it('speaks Spanish completely, by the switch, and remembers it', async () => {
    placed = place(api);
    await placed.shows('sign-in');
    await placed.press('Español');
    await placed.says('Iniciar sesión');
    expect(englishIn(placed.element)).to.deep.equal([]);
    placed.element.remove();
    placed = place(api);
    await placed.says('Iniciar sesión');
  });

  it('speaks the language of the element to people who have chosen none', async () => {
    placed = place(api, { lang: 'es' });
    await placed.says('Iniciar sesión');
    placed.element.setAttribute('lang', 'en');
    await placed.says('Sign in');
  });

  it('never takes the focus of a page that has just been opened', async () => {
    placed = place(api);
    await placed.shows('sign-in');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(document.activeElement).to.equal(document.body);
  });

  for (const scheme of ['light', 'dark']) {
    it(`passes axe, ${scheme}`, async () => {
      placed = place(api, { 'color-scheme': scheme });
      await placed.shows('sign-in');
      await expect(placed.element).to.be.accessible();
      await placed.press('Send me a link');
      await until(() => field().getAttribute('aria-invalid') === 'true', 'an error');
      await expect(placed.element).to.be.accessible();
    });
  }
});
