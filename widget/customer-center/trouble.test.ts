import { expect } from '@open-wc/testing';
import '../elements/customer-center.ts';
import { FakeApi, maria, problem } from '../data/testing/fake-api.ts';
import { until } from '../testing/signed-in.ts';
import { arrive, freshEntry, place, Placed } from './testing/place.ts';

describe('where the center cannot work', () => {
  let api: FakeApi;
  let placed: Placed;
  let warnings: string[] = [];
  const warn = console.warn;
  const undo: (() => void)[] = [];

  /** Changes what the browser says about itself, until the test is over. */
  const pretend = (object: object, name: string, value: unknown) => {
    const own = Object.getOwnPropertyDescriptor(object, name);
    Object.defineProperty(object, name, { configurable: true, get: () => value });
    undo.push(() => (own ? Object.defineProperty(object, name, own) : delete (object as Record<string, unknown>)[name]));
  };
  const links = () => [...placed.element.shadowRoot!.querySelectorAll<HTMLAnchorElement>('.trouble a')].map((link) => link.getAttribute('href'));
  const told = (words: RegExp) => until(() => warnings.some((warning) => words.test(warning)), `the console says ${words}`);

  beforeEach(() => {
    api = new FakeApi();
    freshEntry();
    warnings = [];
    console.warn = (text: string) => warnings.push(text);
  });
  afterEach(() => {
    placed.element.remove();
    undo.splice(0).forEach((each) => each());
    console.warn = warn;
    api.restore();
    localStorage.clear();
  });

  it('without account: keeps the page’s own link, and tells the owner what is missing', async () => {
    placed = place(api, { account: null });
    await placed.says('cannot be shown on this page');
    expect(placed.element.querySelector('a')!.getClientRects()).not.to.have.length(0);
    await told(/account="acme"/);
    expect(api.calls).to.have.length(0);
    placed.element.setAttribute('account', api.account);
    await placed.shows('sign-in');
  });

  it('for an unknown account: says so, and tells the owner where it looked', async () => {
    placed = place(api, { account: 'nobody' });
    await placed.says('does not exist');
    await told(/center\.test has no account "nobody"/);
  });

  it('on a page that is not listed: phone, hosted page, and the office learns of it', async () => {
    api.card.originAllowed = false;
    placed = place(api);
    await placed.says('cannot be shown on this page');
    expect(links()).to.deep.equal([api.card.hostedUrl, 'tel:+14045550142']);
    await until(() => api.callsTo('/sightings').length, 'the sighting');
    expect(api.callsTo('/sightings')[0]!.body.url).to.equal(location.origin + location.pathname);
    await told(/is not among the pages/);
  });

  it('on a page that is not listed: hands a link that was just opened over to the hosted page', async () => {
    api.card.originAllowed = false;
    api.on('POST', /exchange$/, () => problem(403, 'origin_refused'));
    const handoff = api.handoff(maria);
    arrive(handoff);
    placed = place(api);
    await placed.says('cannot be shown on this page');
    expect(location.href).not.to.contain(handoff);
    await until(() => links()[0] === `${api.card.hostedUrl}#cc=${handoff}`, 'the handoff goes along');
  });

  it('without https: phone and hosted page', async () => {
    pretend(window, 'isSecureContext', false);
    placed = place(api);
    await until(() => links().length === 2, 'phone and hosted page');
    await told(/need https/);
  });

  for (const [what, object, name] of [
    ['WebCrypto', crypto, 'subtle'],
    ['IndexedDB', window, 'indexedDB'],
    ['Web Locks', navigator, 'locks'],
  ] as const) {
    it(`without ${what}: phone and hosted page`, async () => {
      pretend(object, name, undefined);
      placed = place(api);
      await until(() => links().length === 2, 'phone and hosted page');
    });
  }

  it('where IndexedDB cannot be opened: phone and hosted page', async () => {
    pretend(window, 'indexedDB', { open: () => { throw new DOMException('denied', 'SecurityError'); } }); // prettier-ignore
    placed = place(api);
    await until(() => links().length === 2, 'phone and hosted page');
    await told(/private modes/);
  });

  it('without a server: says so, with phone and hosted page where they are known, and tries again', async () => {
    placed = place(api);
    await placed.shows('sign-in');
    placed.element.remove();
    (globalThis as unknown as Record<symbol, { clients: Map<string, unknown> }>)[Symbol.for('customer-center')]!.clients.clear();
    api.offline = true;
    placed = place(api);
    await placed.says('could not reach the server');
    expect(links()).to.deep.equal([api.card.hostedUrl, 'tel:+14045550142']);
    await told(/connect-src https:\/\/center\.test/);
    api.offline = false;
    await placed.press('Try again');
    await placed.shows('sign-in');
  });

  it('without a connection: says so, and comes back by itself', async () => {
    pretend(navigator, 'onLine', false);
    api.offline = true;
    placed = place(api);
    await placed.says('You are offline');
    api.offline = false;
    dispatchEvent(new Event('online'));
    await placed.shows('sign-in');
  });

  it('keeps the session of somebody who comes back without a connection', async () => {
    arrive(api.handoff(maria));
    placed = place(api);
    await placed.shows('history');
    placed.element.remove();
    (globalThis as unknown as Record<symbol, { clients: Map<string, unknown> }>)[Symbol.for('customer-center')]!.clients.clear();
    api.offline = true;
    placed = place(api);
    await placed.says('could not reach the server');
    api.offline = false;
    await placed.press('Try again');
    await placed.shows('history');
  });

  it('offers a reload where a part of the script is gone', async () => {
    const frame = document.createElement('iframe');
    frame.src = new URL('./testing/frame.html', import.meta.url).href;
    undo.push(() => frame.remove());
    const loaded = new Promise((resolve) => (frame.onload = resolve));
    document.body.append(frame);
    await loaded;
    const page = frame.contentDocument!;
    frame.contentWindow!.fetch = window.fetch;
    api.on('GET', /^\/session$/, () => {
      // No script can be loaded from here on, as if a release had taken the rest of them away.
      const policy = page.createElement('meta');
      policy.httpEquiv = 'Content-Security-Policy';
      policy.content = "script-src 'none'";
      page.head.append(policy);
      return [200, maria];
    });
    frame.contentWindow!.location.hash = `#cc=${api.handoff(maria)}`;
    page.body.innerHTML = `<customer-center account="${api.account}" api="${api.origin}"></customer-center>`;
    placed = new Placed(page.querySelector('customer-center')!);
    const trouble = await until(() => placed.find('.trouble'), 'the trouble is said');
    expect(trouble.textContent).to.contain('There is a new version of this page');
    expect(trouble.querySelector('button')!.textContent).to.contain('Reload the page');
    expect(links()).to.deep.equal(['tel:+14045550142']);
  });

  it('tells the owner once, however many elements are in trouble', async () => {
    api.card.originAllowed = false;
    placed = place(api);
    const second = place(api);
    await second.says('cannot be shown on this page');
    await told(/is not among the pages/);
    expect(warnings).to.have.length(1);
    second.element.remove();
  });

  for (const scheme of ['light', 'dark']) {
    it(`passes axe, ${scheme}`, async () => {
      api.card.originAllowed = false;
      placed = place(api, { 'color-scheme': scheme });
      await placed.says('cannot be shown on this page');
      await expect(placed.element).to.be.accessible();
      placed.element.remove();
      api.offline = true;
      placed = place(api, { 'color-scheme': scheme, account: `${api.account}-2` });
      await placed.says('could not reach the server');
      await expect(placed.element).to.be.accessible();
    });
  }
});

describe('in a frame of another site', () => {
  it('links to the hosted page instead', async () => {
    const frame = document.createElement('iframe');
    const url = new URL('./testing/frame.html', import.meta.url);
    url.hostname = url.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
    const said = new Promise<string>((resolve) => {
      addEventListener('message', function hear({ data }: MessageEvent<string>) {
        if (!/cannot be shown/.test(data)) return;
        removeEventListener('message', hear);
        resolve(data);
      });
    });
    frame.src = url.href;
    document.body.append(frame);
    expect(await said).to.contain('Open the customer center');
    frame.remove();
  });
});
