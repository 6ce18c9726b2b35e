import { expect } from '@open-wc/testing';
import '../../elements/customer-center-office.ts';
import { noConnection, Refusal, textOf, until } from '../../testing/signed-in.ts';
import { InboxPage } from './testing/inbox-page.ts';
import { fakeInbox } from './testing/items.ts';

describe('answering from the inbox', () => {
  const page = new InboxPage();
  afterEach(() => page.close());

  const open = async (wanted: Parameters<InboxPage['open']>[0] = {}) => {
    await page.open({ path: '/inbox/item_5', ...wanted });
    await page.says('Answer Maria O’Brien');
  };
  const box = () => page.one<HTMLTextAreaElement>('textarea#text');
  const sent = () => page.sent('POST', '/inbox/item_5/answer');
  const way = (words: string) => page.all('label.check').find((each) => textOf(each).includes(words))!.querySelector('input')!;

  it('sends it by the ways that were chosen, and keeps what was answered in sight', async () => {
    await open();
    await page.type(await box(), 'Yes, it can go on the other wall.');
    way('Text message').click();
    await page.press('Send');
    await page.says('Sent to Maria O’Brien.');
    await page.says('by e-mail and text message');
    expect(sent().map(({ body }) => body)).to.deep.equal([{ text: 'Yes, it can go on the other wall.', channels: ['email', 'sms'] }]);
    expect((await box()).value).to.equal('');
    expect(page.text).to.contain('Olga Owner').and.contain('Yes, it can go on the other wall.');
  });

  it('needs no mouse: Ctrl and Enter send, Escape leaves the text as it is, and the keys act again', async () => {
    await open();
    (await box()).focus();
    await page.type(await box(), 'We come');
    page.key('Escape');
    await page.headed('Water heater replacement');
    expect((await box()).value).to.equal('We come');
    page.key('r');
    await until(() => page.focused?.id === 'text', 'the box has the focus');
    await page.type(await box(), 'We come on Tuesday.');
    page.key('Enter', { ctrlKey: true });
    await page.says('Sent to Maria O’Brien.');
    await until(() => page.focused?.textContent?.trim() === 'Send', 'out of the text');
    page.key('e');
    await until(() => page.sent('PATCH', '/inbox/item_5').some(({ body }) => (body as { done?: boolean }).done), 'it is done');
  });

  it('says what is missing beside it, and sends nothing', async () => {
    await open();
    await page.press('Send');
    await page.says('Fill this in.');
    await until(() => page.focused?.id === 'text', 'the box has the focus');
    await page.type(await box(), 'Yes.');
    way('E-mail').click();
    await page.press('Send');
    await page.says('Choose at least one way to send it.');
    way('Text message').click();
    await page.type(await box(), 'x'.repeat(1001));
    await page.press('Send');
    await page.says('A text message takes at most 1,000 characters. This has 1,001.');
    expect(sent()).to.have.length(0);
  });

  it('keeps the words while there is no connection, and sends them once under one key', async () => {
    await open();
    const answer = page.page.answers['POST /inbox/:i/answer']!;
    page.page.answers['POST /inbox/:i/answer'] = () => noConnection;
    await page.type(await box(), 'We come on Tuesday.');
    await page.press('Send');
    await page.says('No connection');
    expect((await box()).value).to.equal('We come on Tuesday.');
    page.page.answers['POST /inbox/:i/answer'] = answer;
    await page.press('Send');
    await page.says('Sent to Maria O’Brien.');
    const keys = sent().map(({ headers }) => headers.get('Idempotency-Key'));
    expect(keys).to.have.length(2);
    expect(keys[0]).to.equal(keys[1]);
  });

  it('keeps a draft while somebody looks at other items and other screens', async () => {
    await open();
    await page.type(await box(), 'Half an ans');
    (await page.row('Ridge & Sons')).click();
    await page.says('Answer Ridge & Sons');
    expect((await box()).value).to.equal('');
    await page.press('Customers');
    await page.page.screen('cc-office-customers');
    page.key('1');
    (await page.row('Maria O’Brien')).click();
    await page.says('This is what you typed before.');
    expect((await box()).value).to.equal('Half an ans');
  });

  it('says why the server refused it', async () => {
    await open({ answers: { 'POST /inbox/:i/answer': () => new Refusal(429, 'too_many_requests') } });
    await page.type(await box(), 'Yes.');
    await page.press('Send');
    await page.says('That was too often.');
    expect((await box()).value).to.equal('Yes.');
  });

  it('shows what a colleague answered meanwhile, and leaves alone what is being typed', async () => {
    await open();
    await page.type(await box(), 'My own words');
    page.inbox.views['item_5'] = { answers: [{ id: 'msg_1', by: 'Carl Clerk', body: 'It can, we are on it.', channels: ['sms'], createdAt: new Date().toISOString() }] };
    page.page.tell({ what: 'inbox', id: 'item_5' });
    await page.says('It can, we are on it.');
    expect(page.text).to.contain('Carl Clerk').and.contain('by text message');
    expect((await box()).value).to.equal('My own words');
  });

  it('names the one way there is, and says when there is nobody to answer', async () => {
    const inbox = fakeInbox();
    inbox.views['item_5'] = { recipient: { contactId: 'cont_1', name: 'Maria O’Brien', channels: ['sms'] } };
    inbox.views['item_4'] = { recipient: null };
    await open({ inbox });
    await page.says('Send it by: text message');
    (await page.row('Ridge & Sons')).click();
    await page.says('There is nobody to answer');
    expect(page.all('textarea#text')).to.have.length(0);
    expect(page.all('button').some((each) => textOf(each).includes('See what'))).to.equal(false);
  });

  describe('remarks', () => {
    it('stand with their lines, and are answered in place', async () => {
      await open();
      await page.says('What they asked for');
      const lines = page.all('.remarks .line').map((each) => textOf(each));
      expect(lines[0]).to.contain('About the whole estimate').and.contain('1 remark').and.contain('Could the expansion tank go on the other wall?');
      expect(lines[1]).to.contain('Expansion tank').and.contain('$185.00').and.contain('Is there a smaller one?');
      expect(lines, 'only lines with remarks, of many').to.have.length(2);
      page.all('button').filter((each) => textOf(each).trim() === 'Answer this remark')[1]!.click();
      await until(() => page.focused?.id === 'answer', 'the field has the focus');
      page.focused!.closest('form')!.requestSubmit();
      await page.says('Fill this in.');
      await page.type(page.focused as HTMLTextAreaElement, 'Yes, of 2 gallons.');
      await page.press('Save answer');
      await page.says('The answer shows in the estimate.');
      expect(page.sent('POST', '/estimates/est_1/remarks/r_2/answer').map(({ body }) => body)).to.deep.equal([{ answer: 'Yes, of 2 gallons.' }]);
      await page.says('Answered');
      expect(page.focused, 'the focus is not lost').to.not.equal(document.body);
      expect(sent(), 'nothing was sent').to.have.length(0);
    });

    it('keep an answer that could not be saved, also over a look elsewhere', async () => {
      await open({ answers: { 'POST /estimates/:e/remarks/:r/answer': () => noConnection } });
      await page.press('Answer this remark');
      await page.type(await page.one<HTMLTextAreaElement>('textarea#answer'), 'Sure.');
      await page.press('Save answer');
      await page.says('No connection');
      (await page.row('Ridge & Sons')).click();
      await page.says('Answer Ridge & Sons');
      (await page.row('Maria O’Brien')).click();
      expect((await page.one<HTMLTextAreaElement>('textarea#answer')).value).to.equal('Sure.');
      await page.press('Cancel');
      await until(() => page.all('textarea#answer').length === 0, 'discarded');
    });

    it('can be read again when they could not be', async () => {
      let answer: unknown = new Refusal(500, 'internal');
      const inbox = fakeInbox();
      const read = inbox.answers['GET /estimates/:e']!;
      await open({ inbox, answers: { 'GET /estimates/:e': (asked) => answer ?? read(asked) } });
      await page.says('This could not be loaded');
      expect(page.text, 'the words are here in any case').to.contain('Could the expansion tank go on the other wall?');
      answer = undefined;
      await page.press('Try again');
      await page.says('What they asked for');
    });
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`is accessible in ${colorScheme} mode, with errors, answers and remarks`, async () => {
      const inbox = fakeInbox();
      inbox.views['item_5'] = { answers: [{ id: 'msg_1', by: 'Carl Clerk', body: 'It can.', channels: ['sms'], createdAt: new Date().toISOString() }] };
      await open({ inbox, colorScheme });
      await page.press('Answer this remark');
      await page.press('Save answer');
      await page.press('Send');
      await until(() => page.all('.error').length === 2, 'both errors');
      await expect(page.page.office).to.be.accessible();
    });
});
