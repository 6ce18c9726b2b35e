import { expect } from '@open-wc/testing';
import '../../elements/customer-center-office.ts';
import { noConnection, Refusal, textOf, until } from '../../testing/signed-in.ts';
import { inbox as english } from '../locale/en-inbox.ts';
import { inboxEs } from '../locale/es-inbox.ts';
import { InboxPage } from './testing/inbox-page.ts';
import { fakeInbox, item, minutesAgo } from './testing/items.ts';

const many = (count: number) => fakeInbox(Array.from({ length: count }, (_, n) => item(`item_${1000 - n}`, { customerName: `Customer ${n}`, at: minutesAgo(n + 1) })));

describe('the inbox', () => {
  const page = new InboxPage();
  afterEach(() => page.close());

  const lists = () => page.sent('GET', '/inbox');

  describe('lists what needs somebody', () => {
    it('with who, when, what, how much, what they wrote and who looks after it', async () => {
      await page.open();
      const changes = textOf(await page.row('Asks to change'));
      expect(changes).to.contain('Unread').and.contain('Maria O’Brien').and.contain('2 min').and.contain('Asks to change estimate 1042').and.contain('$2,779.92');
      expect(changes).to.contain('“Could the expansion tank go on the other wall? Expansion tank: Is there a smaller one?”');
      expect(textOf(await page.row('Ridge & Sons'))).to.contain('Approved estimate 1038').and.contain('$4,120.00').and.contain('With Carl Clerk').and.contain('CC');
      expect(textOf(await page.row('Lakeside HOA'))).to.contain('Paid online').and.not.contain('Unread');
      expect(textOf(await page.row('A. Haddad'))).to.contain('Invoice 2199 could not be delivered').and.contain('Not delivered').and.contain('3 h');
    });

    it('also of a kind that it does not know, by what the server says', async () => {
      await page.open();
      expect(textOf(await page.row('Somebody asks for drain cleaning'))).to.contain('To look at').and.contain('5 h');
      (await page.row('Somebody asks for drain cleaning')).click();
      await page.shows('To look at');
      await page.says('Somebody asks for drain cleaning on Tuesday between 10 and 12.');
    });

    it('by state, topic, whose and unread, and remembers that after a look elsewhere', async () => {
      const inbox = fakeInbox();
      inbox.items[0]!.doneAt = minutesAgo(1);
      inbox.items[1]!.snoozedUntil = new Date(Date.now() + 86_400_000).toISOString();
      await page.open({ inbox });
      await until(() => page.names.length === 3, 'three open ones');
      await page.choose('#state', 'snoozed');
      await until(() => page.names.join() === 'Ridge & Sons', 'the snoozed one');
      await page.says('Snoozed until');
      await page.choose('#state', 'done');
      await until(() => page.names.join() === 'Maria O’Brien', 'the one that is done');
      await page.choose('#state', 'open');
      await page.choose('#topic', 'payments');
      await page.choose('#whose', 'me');
      await page.press('Unread');
      await page.says('Nothing fits');
      const last = lists().at(-1)!.query;
      expect(Object.fromEntries(last)).to.deep.equal({ state: 'open', unread: 'true', topic: 'payments', assignee: 'me' });
      await page.press('Customers');
      await page.page.screen('cc-office-customers');
      page.key('1');
      await page.says('Nothing fits');
      expect((await page.one<HTMLSelectElement>('#topic')).value).to.equal('payments');
      await page.press('Show everything');
      await until(() => page.names.length === 3, 'everything');
      expect((await page.one<HTMLSelectElement>('#topic')).value).to.equal('');
      expect(page.focused?.id, 'the focus is not lost').to.equal('q');
    });

    it('by the words that somebody types', async () => {
      await page.open();
      await page.row('Ridge & Sons');
      await page.type(await page.one<HTMLInputElement>('#q'), 'haddad');
      await until(() => page.names.join() === 'A. Haddad', 'the one found');
      expect(lists().at(-1)!.query.get('q')).to.equal('haddad');
    });

    it('page by page, as far as somebody wants', async () => {
      await page.open({ inbox: many(60) });
      await until(() => page.names.length === 25, 'the first page');
      await page.press('Show more');
      await until(() => page.names.length === 50, 'the second page');
      await until(() => page.focused?.id === 'row-item_975', 'the first of the new ones has the focus');
      await page.press('Show more');
      await until(() => page.names.length === 60, 'everything');
      expect(page.all('button').some((each) => textOf(each).trim() === 'Show more')).to.equal(false);
    });

    it('says when nothing waits, when it cannot be read, and tries again', async () => {
      await page.open({ inbox: fakeInbox([]) });
      await page.says('Nothing waits');
      page.close();
      let answer: unknown = new Refusal(503, 'unavailable');
      const inbox = fakeInbox();
      const list = inbox.answers['/inbox']!;
      await page.open({ inbox, answers: { '/inbox': (asked) => answer ?? list(asked) } });
      await page.says('This could not be loaded');
      answer = undefined;
      await page.press('Try again');
      await page.row('Ridge & Sons');
      answer = noConnection;
      page.page.tell({ what: 'inbox', id: 'item_9' });
      await page.says('You are offline. This is how it was when you last saw it.');
      expect(page.names).to.have.length(5);
      answer = undefined;
      dispatchEvent(new Event('online'));
      await page.silentAbout('You are offline.');
    });
  });

  describe('hears what others do', () => {
    it('and shows what comes in on top, keeping all pages, the chosen item and the focus', async () => {
      await page.open({ inbox: many(60) });
      await until(() => page.names.length === 25, 'the first page');
      await page.press('Show more');
      await until(() => page.names.length === 50, 'two pages');
      const row = await page.row('Customer 30');
      row.click();
      await until(() => row.getAttribute('aria-current') === 'true', 'it is chosen');
      await page.headed('Water heater replacement');
      const heading = page.heading;
      page.inbox.items.unshift(item('item_2000', { customerName: 'Newest', at: minutesAgo(0) }));
      page.page.tell({ what: 'inbox', id: 'item_2000' });
      await until(() => page.names[0] === 'Newest', 'the new one');
      expect(page.names).to.have.length(50);
      expect(await page.row('Customer 30'), 'the same row').to.equal(row);
      expect(row.getAttribute('aria-current')).to.equal('true');
      expect(page.focused).to.equal(heading);
    });

    it('and says that the chosen item was done by somebody else, where it was', async () => {
      await page.open({ path: '/inbox/item_4' });
      await page.shows('Furnace service');
      await page.row('A. Haddad');
      await page.says('Answer Ridge & Sons');
      page.inbox.items.find(({ id }) => id === 'item_4')!.doneAt = minutesAgo(0);
      page.page.tell({ what: 'inbox', id: 'item_4' });
      await page.says('Somebody else is done with this.');
      await until(() => lists().length > 1, 'the list was read anew');
      expect(page.names.slice(0, 3)).to.deep.equal(['Maria O’Brien', 'Ridge & Sons', 'Lakeside HOA']);
      await page.shows('Furnace service');
      page.key('j');
      await until(() => page.names.length === 4, 'it is gone once another one is chosen');
      await page.headed('Lakeside HOA');
    });
  });

  describe('by keyboard alone', () => {
    it('walks with j and k, is done with e, answers with r, and the focus follows', async () => {
      await page.open();
      await page.row('Ridge & Sons');
      page.key('j');
      await page.headed('Water heater replacement');
      page.key('j');
      await page.headed('Furnace service');
      page.key('k');
      await page.shows('Water heater replacement');
      await page.says('Answer Maria O’Brien');
      page.key('r');
      await until(() => page.focused?.localName === 'textarea', 'the box has the focus');
      page.key('j');
      await page.shows('Water heater replacement');
      (page.focused as HTMLElement).blur();
      page.key('e');
      await page.headed('Furnace service');
      expect(page.sent('PATCH', '/inbox/item_5').some(({ body }) => (body as { done?: boolean }).done)).to.equal(true);
      expect(page.names).not.to.contain('Maria O’Brien');
    });

    it('takes what is typed after r for the answer, also while its box is still on its way', async () => {
      const inbox = fakeInbox();
      const read = inbox.answers['GET /inbox/:i']!;
      const arriving = Promise.withResolvers<void>();
      let asked = false;
      await page.open({ inbox, answers: {
        'GET /inbox/:i': async (request) => {
          asked ||= request.path.endsWith('item_5');
          if (request.path.endsWith('item_5')) await arriving.promise;
          return read(request);
        },
      } });
      await page.row('Ridge & Sons');
      page.key('j');
      await until(() => asked, 'the item is asked for');
      page.key('r');
      page.key('e');
      arriving.resolve();
      await until(() => page.focused?.localName === 'textarea', 'the box has the focus');
      expect(page.sent('PATCH', '/inbox/item_5').some(({ body }) => (body as { done?: boolean }).done)).to.equal(false);
    });

    it('goes on to the next page with j', async () => {
      await page.open({ inbox: many(26) });
      await until(() => page.names.length === 25, 'the first page');
      const last = await page.row('Customer 24');
      last.click();
      await until(() => last.getAttribute('aria-current') === 'true', 'the last one is chosen');
      page.key('j');
      await until(() => page.names.length === 26, 'the next page');
      await until(() => textOf(page.all('.item[aria-current]')[0] ?? new Text()).includes('Customer 25'), 'the next one');
    });
  });

  it('shows one thing at a time on a phone, with a way back to the same row, and without scrolling sideways', async () => {
    await page.open({ width: 320 });
    const row = await page.row('Ridge & Sons');
    expect(row.getBoundingClientRect().height).to.be.at.least(44);
    row.click();
    await page.shows('Furnace service');
    await until(() => !row.checkVisibility(), 'the list is away');
    const office = page.page.office;
    await page.says('Answer Ridge & Sons');
    expect(office.scrollWidth).to.be.at.most(320);
    for (const each of page.all('cc-office-inbox-item button, cc-office-inbox-item select')) if (each.checkVisibility()) expect(each.getBoundingClientRect().right).to.be.at.most(office.getBoundingClientRect().right);
    await page.press('‹ Back to the inbox');
    await until(() => page.focused?.id === 'row-item_4', 'the row has the focus');
    expect(row.checkVisibility()).to.equal(true);
  });

  it('returns to the list on a phone when something is done, which says so and takes it back', async () => {
    await page.open({ width: 390 });
    (await page.row('Ridge & Sons')).click();
    await page.shows('Furnace service');
    await page.press('Done');
    await page.says('Done: Ridge & Sons – Approved estimate 1038');
    await until(() => page.focused?.id === 'row-item_3', 'the next row has the focus');
    await page.press('Undo');
    await page.shows('Furnace service');
    expect(page.inbox.items.find(({ id }) => id === 'item_4')!.doneAt).to.equal(null);
  });

  it('speaks Spanish without a word of English', async () => {
    await page.open({ lang: 'es', path: '/inbox/item_5' });
    await page.says('Pide cambios en el presupuesto 1042');
    await page.says('Lo que pide el cliente');
    await page.says('Responder a Maria O’Brien');
    const text = textOf(page.page.office.shadowRoot, '[lang]:not(.cc)');
    const spanish = new Set<unknown>(Object.values(inboxEs));
    const left = Object.values<unknown>(english).filter((words): words is string => typeof words === 'string' && words.length > 3 && !words.includes('{') && !spanish.has(words) && new RegExp(`(?<!\\p{L})${words.replace(/[.?()*+]/g, '\\$&')}(?!\\p{L})`, 'u').test(text));
    expect(left).to.deep.equal([]);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`is accessible in ${colorScheme} mode`, async () => {
      await page.open({ colorScheme });
      await page.row('Ridge & Sons');
      await page.says('Choose something from the list');
      await expect(page.page.office).to.be.accessible();
    });

    it(`is accessible in ${colorScheme} mode with an item`, async () => {
      await page.open({ colorScheme, path: '/inbox/item_4' });
      await page.row('Ridge & Sons');
      await page.says('Answer Ridge & Sons');
      await expect(page.page.office).to.be.accessible();
    });

    it(`is accessible in ${colorScheme} mode when it is empty`, async () => {
      await page.open({ colorScheme, inbox: fakeInbox([]) });
      await page.says('Nothing waits');
      await expect(page.page.office).to.be.accessible();
    });

    it(`is accessible in ${colorScheme} mode when it cannot be read, on a phone`, async () => {
      await page.open({ colorScheme, answers: { '/inbox': () => new Refusal(500, 'internal') }, width: 360 });
      await page.says('This could not be loaded');
      await expect(page.page.office).to.be.accessible();
    });
  }
});
