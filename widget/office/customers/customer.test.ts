import { expect } from '@open-wc/testing';
import '../../elements/customer-center-office.ts';
import { noConnection, Refusal, textOf, until } from '../../testing/signed-in.ts';
import { customers as english } from '../locale/en-customers.ts';
import { CustomerPage } from '../testing/customer-page.ts';
import { contact, linkMade, overview } from '../testing/customers.ts';

describe('one customer of the office', () => {
  const page = new CustomerPage();
  const realClipboard = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
  const clipboard = (writeText: (text: string) => Promise<void>) => Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });

  afterEach(() => {
    page.office.close();
    if (realClipboard) Object.defineProperty(navigator, 'clipboard', realClipboard);
    else Reflect.deleteProperty(navigator, 'clipboard');
  });

  it('shows who they are, how they stand and everything that belongs to them', async () => {
    await page.open();
    await page.says('Pine Street Dental');
    for (const part of ['Customer 1042 · Company', '$318.40', '1 open invoice', '$50.00', 'Last in 2 days ago', 'Signed in on 1 device']) await page.says(part);
    for (const part of ['maria@pinedental.example', '(404) 555-0188', 'May approve', 'May not pay', 'Spanish', 'Notices: Text message', 'Never been in', '2 login links work']) await page.says(part);
    for (const part of ['412 Pine Street, Suite 2, Decatur, GA 30030', 'Lake house', 'Attn: Accounts', 'Pine Street Dental, Annex']) await page.says(part);
    for (const part of ['Water heater replacement', 'Waits for payment', 'Overdue', 'Approved', 'Draft', 'Check', 'Paid back', '-$50.00']) await page.says(part);
  });

  for (const [label, path] of [
    [/^New job/, 'cc-office-jobs'],
    [/Sewer camera inspection\s*84990/, 'cc-office-job'],
    [/Gutter repair/, 'cc-office-estimate'],
    [/Sewer camera inspection\s*2199/, 'cc-office-invoice'],
    [/See what they see, Maria/, 'cc-office-preview'],
  ] as const)
    it(`leads from ${label} to <${path}>`, async () => {
      await page.open();
      await page.press(label);
      await page.office.screen(path);
    });

  it('leads to a sub-customer and back to the parent', async () => {
    await page.open({}, overview({ parent: { id: 'cust_parent', name: 'Ridge & Sons' } }));
    await page.press(/Annex/);
    await until(() => page.asked('GET', '/customers/cust_annex/overview').length === 1, 'the sub-customer is read');
    await page.press('Part of Ridge & Sons');
    await until(() => page.asked('GET', '/customers/cust_parent/overview').length === 1, 'the parent is read');
  });

  it('shows a few of many, and all on demand', async () => {
    const [job] = overview().jobs.items;
    await page.open({}, overview({ jobs: { items: Array.from({ length: 8 }, (_, at) => ({ ...job!, id: `job_${at}`, service: `Visit ${at + 1}` })), nextCursor: null } }));
    await page.says('Visit 5');
    expect(page.text).to.not.contain('Visit 6');
    await page.press('Show all 8');
    await page.says('Visit 8');
    await until(() => {
      const inside = page.all('cc-office-customer-overview')[0]?.shadowRoot?.activeElement;
      return inside && textOf(inside).includes('Visit 6');
    }, 'the first new one has the focus');
  });

  it('says that a customer does not exist', async () => {
    await page.open({ answers: { '/customers/:c/overview': () => new Refusal(404, 'not_found') } });
    await page.says('This customer does not exist');
  });

  it('says that it cannot be read, and tries again', async () => {
    await page.open({ answers: { '/customers/:c/overview': () => noConnection } });
    await page.says('We could not reach the server');
    page.office.answers['/customers/:c/overview'] = () => page.shown;
    await page.press('Try again');
    await page.says('Customer 1042');
  });

  it('reads itself again when somebody else changes it, and keeps what it has without a connection', async () => {
    await page.open();
    await page.says('Customer 1042');
    page.shown = overview({ customer: { ...page.shown.customer, name: 'Pine Street Dental LLC' } });
    page.office.tell({ what: 'customer', id: 'cust_pine' });
    await page.says('Pine Street Dental LLC');
    page.office.answers['/customers/:c/overview'] = () => noConnection;
    page.office.tell({ what: 'customer', id: 'cust_pine' });
    await page.says('You are offline. This is how it was when you last saw it.');
    expect(page.text).to.contain('Pine Street Dental LLC');
  });

  describe('login links', () => {
    it('copies one, and says whose it is and how long it works', async () => {
      let copied = '';
      clipboard(async (text) => void (copied = text));
      await page.open();
      await page.press('Copy login link, Maria O’Brien');
      await page.says(/The login link is copied. Whoever has it signs in as Maria O’Brien, until/);
      expect(copied).to.equal(linkMade().url);
      expect(page.asked('POST', '/access-links').map(({ body }) => body)).to.deep.equal([{ contactId: 'cont_maria' }]);
    });

    it('shows it selected where the browser refuses to copy', async () => {
      let refuse = true;
      let copied = '';
      clipboard(async (text) => (refuse ? Promise.reject(new DOMException('no', 'NotAllowedError')) : void (copied = text)));
      await page.open();
      await page.press('Copy login link, Maria O’Brien');
      const field = await page.one<HTMLInputElement>('#link');
      expect(field.value).to.equal(linkMade().url);
      await until(() => field.matches(':focus') && field.selectionEnd === field.value.length && field.selectionStart === 0, 'it is selected');
      await page.says('This browser did not let us copy.');
      await expect(page.office.office).to.be.accessible();
      refuse = false;
      await page.press('Copy');
      await page.says('Copied.');
      expect(copied).to.equal(linkMade().url);
    });

    it('e-mails and texts one, each where there is a way', async () => {
      await page.open({ answers: { 'POST /access-links': ({ body }) => linkMade({ address: (body as { send: string }).send === 'sms' ? '+14045550188' : 'maria@pinedental.example' }) } });
      await page.one('.contact');
      expect(page.all('.contact')[1]!.textContent).to.not.contain('E-mail login link');
      await page.press('E-mail login link, Maria O’Brien');
      await page.says('Login link sent to maria@pinedental.example.');
      await page.press('Text login link, Maria O’Brien');
      await page.says('Login link sent to (404) 555-0188.');
      expect(page.asked('POST', '/access-links').map(({ body }) => body)).to.deep.equal([{ contactId: 'cont_maria', send: 'email' }, { contactId: 'cont_maria', send: 'sms' }]);
    });

    it('says why none was made', async () => {
      await page.open({ answers: { 'POST /access-links': () => new Refusal(429, 'too_many_requests') } });
      await page.press('E-mail login link, Maria O’Brien');
      await page.says('That was too often.');
    });
  });

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1200, 320])
      it(`can be used by everybody: ${colorScheme}, ${width} px`, async () => {
        await page.open({ colorScheme, width });
        await page.says('Lake house');
        await expect(page.office.office).to.be.accessible();
        expect(page.office.office.scrollWidth).to.be.at.most(width);
      });

  it('speaks Spanish, without a word of English', async () => {
    await page.open({ lang: 'es' }, overview({ contacts: [contact({ language: null }), contact({ id: 'c2', name: 'Ana', email: null, mobile: null, canApprove: false, canPay: false, notifyByEmail: false, lastSeenAt: null, links: 0 })] }));
    await page.says('Contactos');
    await page.says('Nunca ha entrado');
    const text = textOf(page.screen.shadowRoot);
    for (const [key, words] of Object.entries(english)) if (/^(customer|contact|address)\./.test(key) && typeof words === 'string' && !words.includes('{') && words.length > 5) expect(text, key).to.not.match(new RegExp(`(?<!\\p{L})${words.replace(/[.?()]/g, '\\$&')}(?!\\p{L})`, 'u'));
  });

  it('has no primary button but one', async () => {
    await page.open();
    await page.says('Lake house');
    expect(page.all('.button.primary').map((each) => textOf(each).trim())).to.deep.equal(['New job']);
  });
});
