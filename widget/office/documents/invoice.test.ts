import { expect } from '@open-wc/testing';
import '../../elements/customer-center-office.ts';
import type { Invoice } from '../../../server/contract/invoices.ts';
import { usd } from '../../testing/jobs.ts';
import { noConnection, Refusal, textOf, until, type Answers, type Inside } from '../../testing/signed-in.ts';
import { officeEnglishIn } from '../testing/english.ts';
import { invoice, invoiceId, invoiceServer, onlinePayment, sentInvoice } from '../testing/invoices.ts';
import { maria } from '../testing/jobs.ts';
import { openOffice, type OpenOffice } from '../testing/office-page.ts';

describe('an invoice of the office', () => {
  let page: OpenOffice;
  let screen: Inside;
  let server: ReturnType<typeof invoiceServer>;
  afterEach(() => page.close());

  const open = async (first: Invoice = invoice(), { answers = {}, online = [onlinePayment()], ...wanted }: Parameters<typeof openOffice>[0] & { answers?: Answers; online?: Parameters<typeof invoiceServer>[1] } = {}) => {
    server = invoiceServer(first, online);
    page = await openOffice({ path: `/invoices/${invoiceId}`, ...wanted, answers: { ...server.answers, ...answers } });
    screen = await page.screen('cc-office-invoice');
    await says(first.draft.title);
  };
  const says = (text: string) => until(() => textOf(screen).includes(text), `“${text}”`);
  const root = (tag: string) => until(() => screen.shadowRoot.querySelector(tag)?.shadowRoot, tag);
  const editor = () => root('cc-office-invoice-editor');
  const preview = async () => until(() => screen.shadowRoot.querySelector('cc-office-invoice-preview')?.shadowRoot?.querySelector('cc-view-invoice'), 'the preview');
  const button = (words: string, within: ParentNode = screen.shadowRoot) =>
    until(() => [...within.querySelectorAll<HTMLElement>('button')].find((each) => [textOf(each).trim(), each.ariaLabel].includes(words)), words);
  const type = (within: ParentNode, selector: string, value: string) => {
    const field = within.querySelector<HTMLInputElement>(selector)!;
    field.value = value;
    field.dispatchEvent(new Event(field.localName === 'select' ? 'change' : 'input'));
  };
  const asked = (method: string, path: string) => page.asked.filter((each) => each.method === method && each.path === path);
  const line = (within: ParentNode, at: number) => within.querySelectorAll<HTMLElement>('.line')[at]!;

  it('is written with the customer’s own view beside it, which follows what is typed', async () => {
    await open();
    const form = await editor();
    await until(async () => textOf(await preview()).includes('Ceiling repair and paint'), 'the preview');
    expect(textOf(screen)).to.contain('Draft').and.contain('the customer does not see it');
    type(form, '#title', 'Leak, second floor');
    await until(async () => textOf(await preview()).includes('Leak, second floor'), 'it follows', 6000);
    expect((await preview()).closest('[inert]')).to.not.equal(null);
    type(form, '#presentation', 'summary');
    await until(() => textOf(form).includes('only what it comes to'), 'it says what the customer sees');
    await until(async () => !textOf(await preview()).includes('Ceiling repair and paint'), 'no lines', 6000);
    expect(asked('PATCH', `/invoices/${invoiceId}`)).to.have.length(0);
  });

  it('saves only what was changed, and lines with the charges and deposits that they stand for', async () => {
    await open();
    const form = await editor();
    type(line(form, 1), '[id$=unitPrice]', '500');
    (await button('Save draft', form)).click();
    await until(() => asked('PATCH', `/invoices/${invoiceId}`).length === 1, 'it is saved');
    const { body } = asked('PATCH', `/invoices/${invoiceId}`)[0]!;
    expect(Object.keys(body as object)).to.deep.equal(['lines']);
    const { lines } = body as { lines: Record<string, unknown>[] };
    expect(lines.map(({ chargeId, depositId, unitPrice }) => [chargeId, depositId, unitPrice])).to.deep.equal([['chg_1', null, 12_000], ['chg_3', null, 50_000], [null, 'inv_deposit', -20_000]]);
    expect(lines[1]).to.deep.include({ discount: { percent: '10' }, details: 'Two coats' }).and.not.have.any.keys('optional', 'group', 'selected');
  });

  it('adds, copies, moves and deletes lines by the keys; a copy bills nothing twice', async () => {
    await open();
    const form = await editor();
    const field = line(form, 0).querySelector<HTMLInputElement>('input')!;
    field.focus();
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }));
    await until(() => form.querySelectorAll('.line').length === 4 && (form as ShadowRoot).activeElement === line(form, 1).querySelector('input'), 'a line below, with the focus');
    type(line(form, 1), '[id$=description]', 'Ladder');
    type(line(form, 1), '[id$=unitPrice]', '40');
    (await button('Duplicate: Labor', form)).click();
    await until(() => form.querySelectorAll('.line').length === 5, 'a copy');
    (await button('Delete: Deposit invoice 2199', form)).click();
    await until(() => textOf(form).includes('“Deposit invoice 2199” was deleted.'), 'it is gone');
    (await button('Undo', form)).click();
    await until(() => form.querySelectorAll('.line').length === 5, 'it is back');
    (await button('Move up: Deposit invoice 2199', form)).click();
    (await button('Save draft', form)).click();
    await until(() => asked('PATCH', `/invoices/${invoiceId}`).length === 1, 'it is saved');
    const { lines } = asked('PATCH', `/invoices/${invoiceId}`)[0]!.body as { lines: Record<string, unknown>[] };
    expect(lines.map(({ description, chargeId }) => [description, chargeId])).to.deep.equal([['Labor', 'chg_1'], ['Labor', null], ['Ladder', null], ['Deposit invoice 2199', null], ['Ceiling repair and paint', 'chg_3']]);
  });

  it('says beside the field what is wrong, also what only the server knows', async () => {
    await open(invoice(), { answers: { [`PATCH /invoices/:i`]: () => new Refusal(400, 'invalid_request', ['/lines/1/unitPrice']) } });
    const form = await editor();
    type(form, '#title', ' ');
    type(line(form, 0), '[id$=quantity]', 'many');
    (await button('Save draft', form)).click();
    await until(() => form.querySelectorAll('[role=alert]').length === 2, 'two errors');
    expect((form as ShadowRoot).activeElement?.id).to.equal('title');
    type(form, '#title', 'Leak');
    type(line(form, 0), '[id$=quantity]', '4');
    (await button('Save draft', form)).click();
    await until(() => line(form, 1).querySelector('[aria-invalid=true]'), 'beside the price');
  });

  it('shows both sides where two clerks changed the same', async () => {
    await open();
    const form = await editor();
    type(form, '#title', 'Mine');
    server.put({ draft: { ...server.now().draft, title: 'Theirs', poNumber: '77' } });
    (await button('Save draft', form)).click();
    await until(() => textOf(form).includes('Somebody else changed the same meanwhile.'), 'the conflict');
    expect(form.querySelector<HTMLInputElement>('#poNumber')!.value).to.equal('77');
    (await button('Take theirs', form)).click();
    await until(() => form.querySelector<HTMLInputElement>('#title')!.value === 'Theirs', 'theirs it is');
  });

  it('keeps what was typed without a connection, and saves it afterwards', async () => {
    await open();
    const form = await editor();
    page.answers['PATCH /invoices/:i'] = () => noConnection;
    type(form, '#terms', 'Cash on the table.');
    (await button('Save draft', form)).click();
    await until(() => textOf(form).includes('No connection: this is not saved yet.'), 'it says so');
    page.answers['PATCH /invoices/:i'] = server.answers['PATCH /invoices/:i']!;
    (await button('Save draft', form)).click();
    await until(() => server.now().draft.terms === 'Cash on the table.', 'it is saved');
  });

  it('is sent by e-mail with a note, after what was typed is saved, and shows the link once', async () => {
    await open();
    type(await editor(), '#title', 'Leak, repaired');
    (await button('Send')).click();
    const send = await root('cc-office-send');
    expect(server.now().draft.title).to.equal('Leak, repaired');
    type(send, '#note', 'Thank you!');
    (await button('Send', send)).click();
    await until(() => textOf(send).includes('On its way to Maria O’Brien.'), 'it is sent');
    expect(asked('POST', `/invoices/${invoiceId}/send`)[0]!.body).to.deep.equal({ contactId: maria, channels: ['email'], note: 'Thank you!' });
    expect(send.querySelector<HTMLInputElement>('#link-0')!.value).to.equal('https://center.example/go/acme#secret0');
    (await button('Close', send)).click();
    await says('Invoice 2207');
    for (const fact of ['Sent', 'Delivered', 'Opened Jan 20, 6:41 PM']) expect(textOf(screen)).to.contain(fact);
  });

  it('becomes a link to copy for a contact without e-mail; selected where the clipboard is refused', async () => {
    await open();
    (await button('Send')).click();
    const send = await root('cc-office-send');
    type(send, '#contactId', 'cont_01JZZZZZZZZZZZZZZZZZZZZZZP');
    await until(() => textOf(send).includes('This contact has no e-mail address.'), 'it says so');
    (await button('Make a link', send)).click();
    await until(() => textOf(send).includes('The link for Peter Ridge is ready.'), 'the link');
    const writeText = navigator.clipboard.writeText.bind(navigator.clipboard);
    navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
    try {
      (await button('Copy', send)).click();
      await until(() => textOf(send).includes('This browser did not let us copy.'), 'the browser refused');
    } finally {
      navigator.clipboard.writeText = writeText;
    }
    const field = send.querySelector<HTMLInputElement>('#link-0')!;
    expect(field.selectionEnd! - field.selectionStart!).to.equal(field.value.length);
  });

  it('cannot be sent without lines, and says so before anybody is asked', async () => {
    await open(invoice({ draft: { ...invoice().draft, lines: [] } }));
    (await button('Send')).click();
    await until(async () => textOf(await editor()).includes('Add at least one line.'), 'what is missing');
    expect(screen.shadowRoot.querySelector('cc-office-send')).to.equal(null);
  });

  it('tells in words why a sending was refused, and sends once when pressed again', async () => {
    let refuse = true;
    await open(invoice(), { answers: {} });
    const sending = server.answers['POST /invoices/:i/send']!;
    page.answers['POST /invoices/:i/send'] = (request) => (refuse ? noConnection : sending(request));
    (await button('Send')).click();
    const send = await root('cc-office-send');
    (await button('Send', send)).click();
    await until(() => textOf(send).includes('No connection'), 'no connection');
    refuse = false;
    (await button('Send', send)).click();
    await until(() => textOf(send).includes('On its way'), 'it is sent');
    expect(new Set(asked('POST', `/invoices/${invoiceId}/send`).map(({ headers }) => headers.get('Idempotency-Key'))).size).to.equal(1);
  });

  it('tells what was paid and is due, and records a payment of what is left', async () => {
    await open(sentInvoice());
    const money = await root('cc-office-invoice-money');
    for (const part of ['Total', '$687.64', 'Paid', '$300.00', 'Due', '$387.64', 'Check 1042', 'visa •••• 4242', 'Receipt R-301']) expect(textOf(money)).to.contain(part);
    (await button('Record a payment')).click();
    const pay = await root('cc-office-record-payment');
    expect(pay.querySelector<HTMLInputElement>('#amount')!.value).to.equal('387.64');
    type(pay, '#amount', '500');
    await until(() => textOf(pay).includes('the rest stays as a credit'), 'more than is due');
    (await button('Save', pay)).click();
    await until(() => asked('POST', '/payments').length === 1, 'it is recorded');
    expect(asked('POST', '/payments')[0]!.body).to.deep.include({ amount: 50_000, allocations: [{ invoiceId, amount: 38_764 }], method: 'check' });
    await until(() => !screen.shadowRoot.querySelector('cc-office-record-payment'), 'the dialog is gone');
  });

  it('refunds an online payment, in part, but no more than is left of it', async () => {
    await open(sentInvoice(), { online: [onlinePayment({ refunds: [{ id: 'ref_0', amount: usd(5000), state: 'succeeded', reason: 'Goodwill', createdAt: '2026-01-24T15:00:00.000Z' }] }), onlinePayment({ id: 'att_2', state: 'failed' })] });
    const money = await root('cc-office-invoice-money');
    expect(textOf(money)).to.contain('$50.00 refunded · Goodwill').and.contain('Failed');
    (await button('Refund', money)).click();
    const refund = await until(() => money.querySelector('cc-office-refund')?.shadowRoot, 'the dialog');
    expect(refund.querySelector<HTMLInputElement>('#amount')!.value).to.equal('150.00');
    type(refund, '#amount', '150.01');
    (await button('Refund', refund)).click();
    await until(() => textOf(refund).includes('At most $150.00'), 'more than is left');
    type(refund, '#amount', '20');
    type(refund, '#reason', 'Tile broken');
    (await button('Refund', refund)).click();
    await until(() => textOf(money).includes('$20.00 on its way back · Tile broken'), 'it is on its way');
    expect(asked('POST', '/online-payments/att_1/refunds')[0]!.body).to.deep.equal({ amount: 2000, reason: 'Tile broken' });
  });

  /** A credit of $50, and two invoices that it may settle: the customer's own, and one of the head office. */
  const openCredit = async (wanted: NonNullable<Parameters<typeof openOffice>[0]> = {}) => {
    const row = (id: string, number: string, due: number) => ({ kind: 'invoice', id, number, title: 'Slab leak', status: 'sent', customer: { id: 'cust_1', name: 'Pine Street Dental' }, job: { id: 'job_1', number: '1' }, total: usd(due), due: usd(due) });
    const credit = sentInvoice({ kind: 'credit', number: '301', status: 'sent', total: usd(-5000), paid: usd(0), due: usd(-5000), payments: [] });
    const answers: Answers = {
      '/customers/:c/overview': ({ path }) => ({ customer: { id: path.split('/')[2] }, parent: path.includes('cust_head') ? null : { id: 'cust_head', name: 'Head' }, children: [] }),
      '/document-rows': ({ query }) => ({ items: query.get('customerId') === 'cust_head' ? [row('inv_head', '310', 2000)] : [row('inv_own', '309', 9000)], nextCursor: null }),
      'POST /invoices/:i/apply': ({ body }) => server.put({ due: usd((body as { amount: number }).amount - 5000), paid: usd(-(body as { amount: number }).amount), payments: [{ receivedOn: '2026-01-25', method: 'credit', amount: usd(-2000), reference: null, paymentId: null }] }),
    };
    await open(credit, { ...wanted, online: [], answers });
    const money = await root('cc-office-invoice-money');
    (money.querySelector<HTMLElement>('.panel-head .button')!).click();
    const use = await until(() => money.querySelector('cc-office-use-credit')?.shadowRoot, 'the dialog');
    await until(() => use.querySelector('#invoiceId'), 'the open invoices');
    return { money, use };
  };

  it('uses a credit for an open invoice of the family, no more than it holds and the invoice needs', async () => {
    const { money, use } = await openCredit();
    expect(textOf(money)).to.contain('Nothing of it was used yet.');
    expect([...use.querySelectorAll('option')].map((each) => textOf(each).trim())).to.deep.equal(['309 · Slab leak · Pine Street Dental · $90.00', '310 · Slab leak · Pine Street Dental · $20.00']);
    expect(use.querySelector<HTMLInputElement>('#amount')!.value).to.equal('50.00');
    const select = use.querySelector<HTMLSelectElement>('#invoiceId')!;
    select.value = 'inv_head';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await until(() => use.querySelector<HTMLInputElement>('#amount')!.value === '20.00', 'the amount follows');
    type(use, '#amount', '20.01');
    (await button('Use it', use)).click();
    await until(() => textOf(use).includes('At most $20.00'), 'more than is due');
    type(use, '#amount', '20');
    (await button('Use it', use)).click();
    await until(() => textOf(money).includes('$30.00'), 'what is left of it');
    expect(textOf(money)).to.contain('Credit used').and.not.contain('Refund');
    expect(textOf(screen.shadowRoot.querySelector('.facts-row')!)).to.contain('Available').and.not.contain('aid');
    expect(asked('POST', `/invoices/${invoiceId}/apply`)[0]!.body).to.deep.equal({ invoiceId: 'inv_head', amount: 2000 });
  });

  it('reminds by hand, by at least one way', async () => {
    await open(sentInvoice());
    (await button('Remind')).click();
    const remind = await root('cc-office-send');
    expect(textOf(remind)).to.contain('$387.64 is due.');
    remind.querySelector<HTMLElement>('[name=email]')!.click();
    (await button('Send', remind)).click();
    await until(() => textOf(remind).includes('Choose at least one way.'), 'no way');
    remind.querySelector<HTMLElement>('[name=email]')!.click();
    (await button('Send', remind)).click();
    await until(() => textOf(remind).includes('On its way to Maria O’Brien.'), 'it is on its way');
    expect(asked('POST', `/invoices/${invoiceId}/remind`)[0]!.body).to.deep.equal({ contactId: maria, channels: ['email'], note: null });
  });

  it('is made void after asking; a draft is deleted instead', async () => {
    await open(sentInvoice());
    (await button('Make void')).click();
    await says('This cannot be undone.');
    const dialog = screen.shadowRoot.querySelector('cc-dialog')!;
    (await button('Make void', dialog)).click();
    await says('There is nothing to pay.');
    expect(screen.shadowRoot.querySelector('cc-office-invoice-editor')).to.equal(null);
    expect(asked('POST', `/invoices/${invoiceId}/void`)).to.have.length(1);
    page.close();
    await open();
    (await button('Delete draft')).click();
    await says('Delete this draft?');
    (await button('Delete draft', screen.shadowRoot.querySelector('cc-dialog')!)).click();
    await page.screen('cc-office-job');
    expect(asked('DELETE', `/invoices/${invoiceId}`)).to.have.length(1);
  });

  it('says so when it cannot be made void', async () => {
    await open(sentInvoice(), { answers: { 'POST /invoices/:i/void': () => new Refusal(409, 'conflict') } });
    (await button('Make void')).click();
    (await button('Make void', await until(() => screen.shadowRoot.querySelector('cc-dialog'), 'the question'))).click();
    await says('That is not possible as things are now.');
  });

  it('shows a payment as soon as it comes in', async () => {
    await open(sentInvoice());
    server.put({ status: 'paid', paid: usd(68_764), due: usd(0) });
    page.tell({ what: 'payment', id: 'att_9' });
    await until(() => textOf(screen.shadowRoot.querySelector('.facts-row')!).includes('Paid'), 'it is paid');
  });

  it('says that it is gone', async () => {
    server = invoiceServer(invoice());
    page = await openOffice({ path: `/invoices/${invoiceId}`, answers: { 'GET /invoices/:i': () => new Refusal(404, 'not_found') } });
    screen = await page.screen('cc-office-invoice');
    await says('This invoice is no longer here');
  });

  it('has one side at a time on a phone', async () => {
    await open(invoice(), { width: 360 });
    await editor();
    await preview();
    const looking = screen.shadowRoot.querySelector('.looking')!;
    expect(looking.checkVisibility()).to.equal(false);
    (await button('Preview')).click();
    await until(() => looking.checkVisibility(), 'the preview');
    expect(screen.scrollWidth).to.be.at.most(screen.clientWidth);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [name, first] of [['a draft', invoice()], ['a sent one', sentInvoice()], ['a void one', sentInvoice({ status: 'void' })]] as const)
      for (const width of [320, 1200])
        it(`is accessible in ${colorScheme} at ${width} px: ${name}`, async () => {
          await open(first, { colorScheme, width });
          await preview();
          await expect(page.office).to.be.accessible();
        });

    it(`is accessible in ${colorScheme}: sending, and the link`, async () => {
      await open(invoice(), { colorScheme });
      (await button('Send')).click();
      const send = await root('cc-office-send');
      await expect(page.office).to.be.accessible();
      (await button('Send', send)).click();
      await until(() => textOf(send).includes('On its way'), 'it is sent');
      // The button behind it is no longer the primary one; its colour takes a moment.
      await until(() => screen.shadowRoot.getAnimations().length === 0, 'all is still');
      await expect(page.office).to.be.accessible();
    });

    it(`is accessible in ${colorScheme}: using a credit, also in Spanish`, async () => {
      const { use } = await openCredit({ colorScheme, lang: 'es', width: 320 });
      await expect(page.office).to.be.accessible();
      expect(textOf(use)).to.contain('Quedan $50.00.').and.contain('Para qué factura');
    });

    it(`is accessible in ${colorScheme}: paying and refunding`, async () => {
      await open(sentInvoice(), { colorScheme });
      (await button('Record a payment')).click();
      const pay = await root('cc-office-record-payment');
      await expect(page.office).to.be.accessible();
      (await button('Cancel', pay)).click();
      const money = await root('cc-office-invoice-money');
      (await button('Refund', money)).click();
      await until(() => money.querySelector('cc-office-refund')?.shadowRoot?.querySelector('form'), 'the dialog');
      await expect(page.office).to.be.accessible();
    });
  }

  it('speaks Spanish', async () => {
    const theirs = ['Leak in ceiling', 'Labor', 'Ceiling repair and paint', 'Deposit invoice 2199', 'Please pay within 14 days.', 'Sales tax', 'Two coats', 'Thank you!', 'Sewer camera inspection'];
    await open(sentInvoice(), { lang: 'es' });
    await preview();
    expect(officeEnglishIn(screen, theirs)).to.deep.equal([]);
    (await button('Recordar')).click();
    expect(officeEnglishIn(await root('cc-office-send'), theirs)).to.deep.equal([]);
  });
});
