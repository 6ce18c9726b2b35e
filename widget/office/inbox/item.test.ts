import { expect } from '@open-wc/testing';
import '../../elements/customer-center-office.ts';
import { noConnection, Refusal, textOf, until } from '../../testing/signed-in.ts';
import { InboxPage } from './testing/inbox-page.ts';
import { fakeInbox, minutesAgo } from './testing/items.ts';

describe('an item of the inbox', () => {
  const page = new InboxPage();
  afterEach(() => page.close());

  const stored = (id: string) => page.inbox.items.find((each) => each.id === id)!;
  const changes = (id: string) => page.sent('PATCH', `/inbox/${id}`).map(({ body }) => body);
  const open = async (id: string, title: string, wanted: Parameters<InboxPage['open']>[0] = {}) => {
    await page.open({ path: `/inbox/${id}`, ...wanted });
    await page.shows(title);
    await page.row('Ridge & Sons');
  };

  it('says what has happened in full, and is read from then on', async () => {
    await open('item_2', 'Drain cleaning');
    await page.says('Invoice 2199 for A. Haddad could not be delivered to ahaddad@example.com.');
    expect(changes('item_2'), 'it was read before').to.deep.equal([]);
    (await page.row('Ridge & Sons')).click();
    await page.shows('Furnace service');
    await until(() => stored('item_4').readAt, 'it is read');
    await until(() => !page.all('.item').find((each) => textOf(each).includes('Ridge & Sons'))!.classList.contains('unread'), 'so the row says');
    expect(changes('item_4')).to.deep.equal([{ read: true }]);
  });

  for (const [words, tag] of [['Maria O’Brien', 'customer'], ['Job 85012', 'job'], ['Estimate 1042', 'estimate'], ['Revise', 'estimate'], ['See what they see', 'preview']] as const)
    it(`is one click from “${words}”`, async () => {
      await open('item_5', 'Water heater replacement');
      await page.press(words);
      await page.page.screen(`cc-office-${tag}`);
    });

  it('is one click from an invoice', async () => {
    await open('item_2', 'Drain cleaning');
    await page.press('Invoice 2199');
    await page.page.screen('cc-office-invoice');
  });

  it('tells how far the estimate has come', async () => {
    await open('item_5', 'Water heater replacement');
    await page.says('Version 2');
    await page.says('Opened');
    expect(page.text).to.not.contain('Signed by');
  });

  it('is done, on to the next one, and taken back', async () => {
    await open('item_4', 'Furnace service');
    await page.press('Done');
    await page.headed('Lakeside HOA');
    await page.says('Done: Ridge & Sons – Approved estimate 1038');
    expect(page.names).to.not.contain('Ridge & Sons');
    await page.press('Undo');
    await page.headed('Furnace service');
    expect(stored('item_4').doneAt).to.equal(null);
    await page.silentAbout('Done: Ridge & Sons – Approved');
    await until(() => page.names.length === 5, 'the whole list is here');
  });

  it('is found among those that are done, and opened again', async () => {
    const inbox = fakeInbox();
    inbox.items[1]!.doneAt = minutesAgo(5);
    await page.open({ inbox, path: '/inbox/item_4' });
    await until(() => /Done [A-Z][a-z]+ \d+, .{1,20}[AP]M/.test(page.text), 'when it was done');
    expect(page.all('button').some((each) => textOf(each).trim() === 'Done')).to.equal(false);
    (await page.button('Reopen')).focus();
    await page.press('Reopen');
    await page.says('Open again: Ridge & Sons');
    await until(() => textOf(page.focused!).trim() === 'Done', 'the focus is at the button for done');
    expect(stored('item_4').doneAt).to.equal(null);
  });

  it('is put off until a moment of the account’s clock, comes back by hand, and asks for one to come', async () => {
    await open('item_4', 'Furnace service');
    await page.press('Snooze');
    await until(() => page.all('.row').some((each) => textOf(each).includes('Tomorrow')), 'the choices');
    const tomorrow = page.all('.row').find((each) => textOf(each).includes('Tomorrow'))!;
    expect(textOf(tomorrow)).to.contain('at 8 AM');
    tomorrow.click();
    await page.headed('Lakeside HOA');
    await page.says('Snoozed until');
    const until8 = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', hour: 'numeric', minute: '2-digit' }).format(Date.parse(stored('item_4').snoozedUntil!));
    expect(until8).to.equal('8:00 AM');
    await page.press('Undo');
    await page.headed('Furnace service');
    expect(stored('item_4').snoozedUntil).to.equal(null);

    await page.press('Snooze');
    const date = await page.one<HTMLInputElement>('input[type=date]');
    await page.type(date, '2020-01-01');
    date.closest('form')!.requestSubmit();
    await page.says('Choose a moment that is still to come, within a year.');
    expect(date.getAttribute('aria-invalid')).to.equal('true');
    const day = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    await page.type(date, day);
    await page.type(await page.one<HTMLInputElement>('input[type=time]'), '14:30');
    date.closest('form')!.requestSubmit();
    await page.headed('Lakeside HOA');
    expect(stored('item_4').snoozedUntil).to.match(/T(18|19):30:00\.000Z$/);
  });

  it('is given to somebody of the staff, oneself first', async () => {
    await open('item_5', 'Water heater replacement');
    const select = await page.one<HTMLSelectElement>('#assignee');
    await until(() => select.options.length === 3, 'the staff');
    expect([...select.options].map(({ text }) => text)).to.deep.equal(['Nobody', 'Me (Olga Owner)', 'Carl Clerk']);
    await page.choose('#assignee', 'staff_1');
    await page.says('Assigned to Olga Owner.');
    expect(textOf(await page.row('Maria O’Brien'))).to.contain('With Olga Owner');
    await page.choose('#assignee', '');
    await page.says('Assigned to nobody.');
    expect(changes('item_5').slice(-2)).to.deep.equal([{ assigneeId: 'staff_1' }, { assigneeId: null }]);
  });

  it('stays where it was, and says why, when nothing could be done', async () => {
    await open('item_4', 'Furnace service');
    await page.says('Answer Ridge & Sons');
    page.page.answers['PATCH /inbox/:i'] = () => noConnection;
    await page.press('Done');
    await page.says('We could not reach the server. Check your connection and try again.');
    await page.shows('Furnace service');
    await page.choose('#assignee', 'staff_1');
    await until(() => page.all<HTMLSelectElement>('#assignee')[0]!.value === 'staff_2', 'it is still with whom it was');
    page.page.answers['PATCH /inbox/:i'] = () => new Refusal(400, 'invalid_request', ['/snoozedUntil']);
    await page.press('Snooze');
    (await until(() => page.all('.row').find((each) => textOf(each).includes('Next') || textOf(each).includes('Tomorrow')), 'a choice')).click();
    await page.says('Something in there is not right. Look it over and try again.');
    expect(stored('item_4').snoozedUntil).to.equal(null);
  });

  it('sends a login link to whom it is about', async () => {
    await open('item_5', 'Water heater replacement');
    await page.press('Send login link');
    await page.says('A login link is on its way to Maria O’Brien.');
    expect(page.sent('POST', '/access-links').map(({ body }) => body)).to.deep.equal([{ contactId: 'cont_1', send: 'email' }]);
    page.page.answers['POST /access-links'] = () => new Refusal(429, 'too_many_requests');
    await page.press('Send login link');
    await page.says('That was too often. Wait a few minutes and try again.');
  });

  it('that is gone says so, with a way back', async () => {
    await page.open({ path: '/inbox/item_77' });
    await page.says('This is no longer in the inbox');
    await expect(page.page.office).to.be.accessible();
    await page.press('Back to the inbox');
    await page.says('Choose something from the list');
  });

  it('leads the owner to the settings that it may be about, and a clerk to none', async () => {
    await open('item_1', 'To look at', { role: 'clerk' });
    await page.says('There is nobody to answer');
    expect(page.all('.about button')).to.have.length(0);
    page.close();
    await open('item_1', 'To look at');
    expect(page.all('.about button').map((each) => textOf(each))).to.deep.equal(['Settings']);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`is accessible in ${colorScheme} mode when it is done`, async () => {
      const inbox = fakeInbox();
      inbox.items[1]!.doneAt = minutesAgo(5);
      await page.open({ inbox, colorScheme, path: '/inbox/item_4' });
      await page.button('Reopen');
      await expect(page.page.office).to.be.accessible();
    });

    it(`is accessible in ${colorScheme} mode while it is put off again`, async () => {
      const inbox = fakeInbox();
      inbox.items[2]!.snoozedUntil = new Date(Date.now() + 86_400_000).toISOString();
      await page.open({ inbox, colorScheme, path: '/inbox/item_3' });
      await page.button('Bring back now');
      await page.press('Snooze');
      await page.says('Pick a day and a time');
      await expect(page.page.office).to.be.accessible();
    });
  }
});
