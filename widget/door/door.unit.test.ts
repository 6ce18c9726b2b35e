import { expect, fixtureCleanup } from '@open-wc/testing';
import { Door } from './page.ts';

const token = 't'.repeat(43);
let account = '';
let count = 0;
let answers: Record<string, [status: number, body: unknown]> = {};
let asked: { path: string; body: unknown }[] = [];
let left: string[] = [];
let page: HTMLElement;
const network = window.fetch;

/** The page as the server sends it, with the contractor's words filled in. */
async function arrive(hash = token, words: Record<string, string> = {}): Promise<Door> {
  const template = await (await network('/widget/door/door.html')).text();
  const values: Record<string, string> = {
    account, name: 'Acme Plumbing', initial: 'A', phone: '(404) 555-0142', phoneHref: 'tel:+14045550142', accent: '#0b62c4', logoUrl: '', locale: 'en', ...words,
  }; // prettier-ignore
  const filled = template.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => values[name] ?? '');
  page?.remove();
  page = document.createElement('div');
  const body = new DOMParser().parseFromString(filled, 'text/html').body;
  page.append(...body.childNodes);
  document.body.append(page);
  history.replaceState(null, '', `${location.pathname}${location.search}${hash && `#${hash}`}`);
  return new Door(page, (url) => left.push(url));
}
const press = (name: RegExp) => {
  const button = [...page.querySelectorAll('button')].find((each) => name.test(each.textContent));
  expect(button, String(name)).to.not.equal(undefined);
  button!.click();
};
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('the door', () => {
  beforeEach(() => {
    account = `door-${(count += 1)}-${Date.now()}`;
    asked = [];
    left = [];
    answers = {
      '': [200, { kind: 'access', handoff: 'h'.repeat(43), url: 'https://acme.example/account' }],
      '/renew': [202, { masked: 'm***@example.com', channel: 'email' }],
      '/not-me': [204, undefined],
    };
    window.fetch = async (input, init) => {
      const path = String(input).replace(`/v1/accounts/${account}/door`, '');
      asked.push({ path, body: JSON.parse(String(init?.body)) });
      const [status, body] = answers[path]!;
      if (status === 0) throw new TypeError('Failed to fetch');
      return new Response(body === undefined ? null : JSON.stringify(body), { status });
    };
    localStorage.removeItem('cc-language');
  });
  afterEach(() => {
    window.fetch = network;
    page.remove();
    sessionStorage.clear();
    localStorage.clear();
    document.documentElement.lang = 'en';
    fixtureCleanup();
  });

  it('asks the server nothing before a person clicks, and shows nobody but the contractor', async () => {
    await arrive();
    await settle();
    expect(asked).to.deep.equal([]);
    expect(page.querySelector('h1')!.textContent).to.equal('Acme Plumbing');
    expect(page.querySelector('.phone')!.getAttribute('href')).to.equal('tel:+14045550142');
  });

  it('takes the token out of the address at once', async () => {
    await arrive();
    expect(location.hash).to.equal('');
    expect(document.documentElement.outerHTML).not.to.contain(token);
  });

  it('trades the token for a handoff at the click, and leaves for the page', async () => {
    await arrive();
    press(/Open it/);
    await settle();
    expect(asked).to.deep.equal([{ path: '', body: { token } }]);
    expect(left).to.deep.equal([`https://acme.example/account#cc=${'h'.repeat(43)}`]);
  });

  it('keeps the token for this tab, so that Back and reload still work', async () => {
    await arrive();
    await arrive('');
    press(/Open it/);
    await settle();
    expect(left).to.have.length(1);
  });

  it('goes on by itself where a person has clicked for this account before, but not on the way back', async () => {
    await arrive();
    press(/Open it/);
    await settle();
    await arrive();
    await settle();
    expect(left).to.have.length(2);
    await arrive('');
    await settle();
    expect(left).to.have.length(2);
  });

  it('sends a fresh link for an expired one in one tap, and says where to', async () => {
    answers[''] = [410, { code: 'link_expired' }];
    await arrive();
    press(/Open it/);
    await settle();
    press(/fresh link/);
    await settle();
    expect(page.textContent).to.contain('m***@example.com');
    expect(asked.at(-1)).to.deep.equal({ path: '/renew', body: { token } });
  });

  it('explains a link that does not work, with phone and the hosted page', async () => {
    answers[''] = [404, { code: 'not_found' }];
    await arrive();
    press(/Open it/);
    await settle();
    expect(page.textContent).to.contain('no longer works');
    expect(page.querySelector('.view a')!.getAttribute('href')).to.equal(`/c/${account}`);
  });

  it('explains the code where an app has cut off the token', async () => {
    await arrive('');
    expect(page.textContent).to.contain('6-digit code');
    expect(page.querySelector('.view a')!.getAttribute('href')).to.equal(`/c/${account}`);
  });

  for (const [what, answer, words] of [
    ['too many tries', [429, { code: 'too_many_requests' }], /too often/],
    ['no connection', [0, undefined], /could not reach/],
    ['a broken server', [500, {}], /on our side/],
  ] as const) {
    it(`offers to try again after ${what}`, async () => {
      const good = answers['']!;
      answers[''] = answer as unknown as [number, unknown];
      await arrive();
      press(/Open it/);
      await settle();
      expect(page.textContent).to.match(words);
      answers[''] = good;
      press(/Try again/);
      await settle();
      expect(left).to.have.length(1);
    });
  }

  it('tells the contractor that a link was not for this person, after asking', async () => {
    await arrive();
    press(/Not you/);
    expect(asked).to.deep.equal([]);
    press(/Yes, tell/);
    await settle();
    expect(asked.at(-1)).to.deep.equal({ path: '/not-me', body: { token } });
    expect(page.textContent).to.contain('Thank you');
  });

  it('speaks the chosen language, and keeps the choice', async () => {
    await arrive();
    press(/Español/);
    expect(page.textContent).to.contain('le envió este enlace');
    expect(document.documentElement.lang).to.equal('es');
    await arrive();
    expect(page.textContent).to.contain('le envió este enlace');
  });

  it('shows a logo where there is one, and no phone where there is none', async () => {
    await arrive(token, { logoUrl: 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=', phone: '', phoneHref: '' });
    expect(page.querySelector<HTMLImageElement>('.logo')!.hidden).to.equal(false);
    expect(page.querySelector('.initial')).to.equal(null);
    expect(page.querySelector('.phone')!.textContent).to.equal('');
  });

  it('passes axe in every state', async () => {
    for (const code of ['', 'link_expired', 'not_found', 'too_many_requests']) {
      localStorage.clear();
      answers[''] = code ? [400, { code }] : [200, { url: 'https://a.example/', handoff: 'h' }];
      await arrive();
      await expect(page).to.be.accessible();
      press(/Open it/);
      await settle();
      await expect(page).to.be.accessible();
    }
    await arrive('');
    await expect(page).to.be.accessible();
  });
});
