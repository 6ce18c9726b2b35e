import { expect } from '@open-wc/testing';
import '../../elements/customer-center-office.ts';
import { noConnection, noContent, Refusal, textOf, until, type Answers, type Asked, type Inside } from '../../testing/signed-in.ts';
import { customers as english } from '../locale/en-customers.ts';
import { access, activity, everything, overview } from '../testing/customers.ts';
import { openOffice, type OpenOffice } from '../testing/office-page.ts';

/** English that a Spanish screen still shows, of these keys. */
const englishIn = (text: string, keys: RegExp) =>
  Object.entries(english).flatMap(([key, words]) => (keys.test(key) && typeof words === 'string' && words.length > 5 && !words.includes('{') && text.includes(words) ? [words] : []));

describe('links, sign-ins and activity of a customer', () => {
  let office: OpenOffice;
  let screen: Inside;
  let wanted: ReturnType<typeof access>;
  afterEach(() => office.close());

  const open = async (section: 'access' | 'activity', { answers, ...more }: Parameters<typeof openOffice>[0] = {}) => {
    wanted = access();
    const standard: Answers = { '/customers/:c/overview': () => overview(), '/customers/:c/access': () => wanted, '/customers/:c/activity': () => ({ items: everything(), nextCursor: null }) };
    office = await openOffice({ path: `/customers/cust_pine/${section}`, ...more, answers: { ...standard, ...answers } });
    screen = await office.screen('cc-office-customer');
    await until(() => part(), 'the tab');
  };
  const part = () => screen.shadowRoot.querySelector<Inside>('cc-office-customer-access, cc-office-customer-activity');
  const whole = () => textOf(office.office.shadowRoot);
  const says = (text: string | RegExp) => until(() => (typeof text === 'string' ? whole().includes(text) : text.test(whole())), `“${text}”`);
  const rows = (within = '') => [...part()!.shadowRoot.querySelectorAll<HTMLElement>(`${within} .row`)];
  const button = (label: string) => until(() => [...part()!.shadowRoot.querySelectorAll('button')].find((each) => (each.getAttribute('aria-label') ?? textOf(each).trim()) === label), label);
  const asked = (method: string, path: string): Asked[] => office.asked.filter((each) => each.method === method && each.path.startsWith(path));
  const read = () => until(() => rows().length > 0, 'rows show');

  it('tells every link: what it opens, whose it is, where it went, how long it works and how often it was used', async () => {
    await open('access');
    await read();
    const [login, shared, copied] = rows().map((row) => textOf(row));
    for (const words of ['Login link', 'Maria O’Brien', 'Sent to maria@pinedental.example', 'Made 5 days ago', 'Works until', 'Used 3 times, last 2 days ago']) expect(login).to.contain(words);
    for (const words of ['Link to an estimate', 'Sent on to owner@building.example', 'Not used yet', 'Open the estimate']) expect(shared).to.contain(words);
    for (const words of ['Peter Ridge', 'Copied, not sent', 'Used once']) expect(copied).to.contain(words);
  });

  it('tells every sign-in: on what, on which website, since when', async () => {
    await open('access');
    await read();
    const [phone, computer] = rows().slice(3).map((row) => textOf(row));
    for (const words of ['Safari on iPhone', 'Maria O’Brien', 'www.acme.example', 'Last seen 2 days ago', 'Signed in 5 days ago']) expect(phone).to.contain(words);
    for (const words of ['Chrome on Windows', 'Sees one document only']) expect(computer).to.contain(words);
  });

  it('asks before it revokes; then the link and its sign-ins are gone at once', async () => {
    await open('access', { answers: { 'DELETE /links/:l': () => noContent } });
    (await button('Revoke: Login link, Maria O’Brien')).click();
    await says('It stops working at once, and Maria O’Brien is signed out wherever it was used.');
    await expect(office.office).to.be.accessible();
    (await button('Keep it')).click();
    await until(() => !part()!.shadowRoot.querySelector('cc-dialog'), 'the question is gone');
    expect(asked('DELETE', '/')).to.have.length(0);
    (await button('Revoke: Login link, Maria O’Brien')).click();
    (await button('Revoke')).click();
    await says('The link is revoked.');
    expect(asked('DELETE', '/').map(({ path }) => path)).to.deep.equal(['/links/link_1']);
    await until(() => rows().length === 3, 'two links and one sign-in are left');
    expect(whole()).to.not.contain('Safari on iPhone');
    await until(() => part()!.shadowRoot.activeElement?.id === 'links-heading', 'the focus is not lost');
  });

  it('signs a browser out after a question', async () => {
    await open('access', { answers: { 'DELETE /sessions/:s': () => noContent } });
    (await button('Sign out: Chrome on Windows')).click();
    await says('Chrome on Windows is signed out at once.');
    (await button('Sign out')).click();
    await says('Signed out.');
    expect(asked('DELETE', '/').map(({ path }) => path)).to.deep.equal(['/sessions/sess_2']);
    await until(() => rows().length === 4, 'one is left');
  });

  it('says why a link was not revoked, and takes one that is gone already as done', async () => {
    await open('access', { answers: { 'DELETE /links/:l': () => noConnection } });
    (await button('Revoke: Login link, Maria O’Brien')).click();
    (await button('Revoke')).click();
    await says('We could not reach the server.');
    expect(rows('section:first-child')).to.have.length(3);
    office.answers['DELETE /links/:l'] = () => new Refusal(404, 'not_found');
    (await button('Revoke')).click();
    await says('The link is revoked.');
  });

  it('shows a link that somebody else has just made', async () => {
    await open('access');
    await read();
    wanted = access({ links: [...access().links, { ...access().links[0]!, id: 'link_9', address: 'new@pinedental.example' }] });
    office.tell({ what: 'link', id: 'link_9' });
    await says('Sent to new@pinedental.example');
  });

  it('says where nobody has a way in, and tries again after a failure', async () => {
    await open('access', { answers: { '/customers/:c/access': () => new Refusal(503, 'unavailable') } });
    await says('The server is busy');
    office.answers['/customers/:c/access'] = () => ({ links: [], sessions: [] });
    (await button('Try again')).click();
    await says('No link works now.');
    await says('Nobody is signed in.');
  });

  it('goes from tab to tab by arrow keys', async () => {
    await open('access');
    await read();
    const tabs = screen.shadowRoot.querySelector('cc-tabs')!.shadowRoot!;
    tabs.querySelector<HTMLElement>('#tab-access')!.focus();
    tabs.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    await until(() => part()?.localName === 'cc-office-customer-activity', 'activity shows');
    tabs.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true }));
    await until(() => screen.shadowRoot.querySelector('cc-office-customer-overview'), 'the overview shows');
  });

  it('tells in words what has happened, and leads to what it is about', async () => {
    await open('activity');
    await read();
    const text = rows().map((row) => textOf(row)).join('\n');
    for (const [key, words] of Object.entries(english)) if (key.startsWith('activity.is.')) expect(text, key).to.contain(words);
    for (const words of ['“Could the expansion tank go on the other wall?”', 'Estimate 1042', 'Invoice 2199', 'Job 85012', '$318.40', '(404) 555-0188', 'yesterday']) expect(text).to.contain(words);
    (await button('Invoice 2199')).click();
    await office.screen('cc-office-invoice');
  });

  it('shows earlier activity on demand, and new activity by itself', async () => {
    let news = 0;
    const some = (detail: string) => [activity({ kind: 'message', detail })];
    await open('activity', { answers: { '/customers/:c/activity': ({ query }) => (query.get('cursor') ? { items: some('Long ago'), nextCursor: null } : { items: some(`News ${news}`), nextCursor: 'two' }) } });
    await says('“News 0”');
    news = 1;
    office.tell({ what: 'estimate', id: 'est_1' });
    await says('“News 1”');
    (await button('Show more')).click();
    await says('“Long ago”');
    await until(() => part()!.shadowRoot.activeElement === rows()[1], 'the first new one has the focus');
  });

  it('says that nothing has happened yet, and tries again after a failure', async () => {
    await open('activity', { answers: { '/customers/:c/activity': () => noConnection } });
    await says('We could not reach the server');
    office.answers['/customers/:c/activity'] = () => ({ items: [], nextCursor: null });
    (await button('Try again')).click();
    await says('Nothing has happened yet');
  });

  for (const section of ['access', 'activity'] as const)
    for (const colorScheme of ['light', 'dark'] as const)
      it(`can be used by everybody: ${section}, ${colorScheme}, on a phone`, async () => {
        await open(section, { colorScheme, width: 320 });
        await read();
        await expect(office.office).to.be.accessible();
        expect(office.office.scrollWidth).to.be.at.most(320);
      });

  for (const section of ['access', 'activity'] as const)
    it(`speaks Spanish, without a word of English: ${section}`, async () => {
      await open(section, { lang: 'es' });
      await read();
      expect(englishIn(textOf(part()!), section === 'access' ? /^access\./ : /^activity\./)).to.deep.equal([]);
    });
});
