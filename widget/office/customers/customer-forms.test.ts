import { expect } from '@open-wc/testing';
import '../../elements/customer-center-office.ts';
import { noConnection, noContent, Refusal, until } from '../../testing/signed-in.ts';
import { CustomerPage } from '../testing/customer-page.ts';
import { contact, overview } from '../testing/customers.ts';

describe('what the office changes of a customer', () => {
  const page = new CustomerPage();
  afterEach(() => page.office.close());

  describe('contacts and addresses', () => {
    it('adds a contact with rights and notices, and reads everything again', async () => {
      await page.open({ answers: { 'POST /contacts': () => contact({ id: 'cont_new' }) } });
      (await page.button('Add contact')).focus();
      await page.press('Add contact');
      await until(() => page.all('cc-office-contact-form').length === 1 && page.all('#name')[0]?.matches(':focus'), 'the first field has the focus');
      await page.type('name', 'Ana');
      await page.type('mobile', '404 555 0101');
      page.all('[name=canPay]')[0]!.click();
      await page.press('Save');
      await page.noDialog();
      expect(page.asked('POST', '/contacts')[0]!.body).to.deep.equal({
        name: 'Ana', email: null, mobile: '+14045550101', language: null, canApprove: true, canPay: false, notifyByEmail: true, notifyBySms: false, customerId: 'cust_pine',
      });
      await until(() => page.asked('GET', '/customers/cust_pine/overview').length > 1, 'read again');
      expect((await page.button('Add contact')).matches(':focus')).to.equal(true);
    });

    it('changes only what was changed, and of the version that was seen', async () => {
      await page.open({ answers: { 'PATCH /contacts/:c': () => contact() } });
      await page.press('Edit Maria O’Brien');
      expect((await page.one<HTMLInputElement>('#mobile')).value).to.equal('(404) 555-0188');
      await page.type('email', 'maria@new.example');
      await page.press('Save');
      await page.noDialog();
      const [change] = page.asked('PATCH', '/contacts/cont_maria');
      expect(change!.body).to.deep.equal({ email: 'maria@new.example' });
      expect(change!.headers.get('If-Match')).to.equal(`"${contact().updatedAt}"`);
    });

    it('says what is wrong in words, beside the field', async () => {
      await page.open();
      await page.press('Edit Maria O’Brien');
      await page.type('name', ' ');
      await page.type('email', 'maria');
      await page.press('Save');
      await page.says('Fill this in.');
      await page.says('Type an e-mail address such as');
      await expect(page.office.office).to.be.accessible();
      expect(page.asked('PATCH', '/')).to.have.length(0);
    });

    it('keeps what was typed without a connection, and when the dialog is closed', async () => {
      let offline = true;
      await page.open({ answers: { 'PATCH /contacts/:c': () => (offline ? noConnection : contact()) } });
      await page.press('Edit Maria O’Brien');
      await page.type('name', 'Maria Q. O’Brien');
      await page.press('Save');
      await page.says('No connection: this is not saved yet.');
      await page.press('Close');
      await page.noDialog();
      await page.press('Edit Maria O’Brien');
      expect((await page.one<HTMLInputElement>('#name')).value).to.equal('Maria Q. O’Brien');
      offline = false;
      await page.press('Save');
      await page.noDialog();
      expect(page.asked('PATCH', '/contacts/cont_maria').at(-1)!.body).to.deep.equal({ name: 'Maria Q. O’Brien' });
    });

    it('shows both sides when two have changed the same thing, and saves what is chosen', async () => {
      const fresh = contact({ name: 'M. O’Brien', updatedAt: '2026-02-02T15:00:00.000Z' });
      await page.open({
        answers: {
          'PATCH /contacts/:c': ({ headers }) => (headers.get('If-Match') === `"${fresh.updatedAt}"` ? fresh : new Refusal(412, 'stale')),
          '/contacts/:c': () => fresh,
        },
      });
      await page.press('Edit Maria O’Brien');
      await page.type('name', 'Maria Q. O’Brien');
      await page.press('Save');
      await page.says('Somebody else changed the same meanwhile.');
      await page.says('M. O’Brien');
      await expect(page.office.office).to.be.accessible();
      await page.press('Keep mine');
      await page.press('Save');
      await page.noDialog();
      expect(page.asked('PATCH', '/contacts/cont_maria').at(-1)!.body).to.deep.equal({ name: 'Maria Q. O’Brien' });
    });

    it('deletes a contact after a question, and says what keeps one', async () => {
      let refusal: Refusal | undefined = new Refusal(409, 'conflict', [], [{ kind: 'job', count: 3 }, { kind: 'message', count: 1 }] as never);
      await page.open({ answers: { 'DELETE /contacts/:c': () => refusal ?? noContent } });
      await page.press('Edit Maria O’Brien');
      await page.press('Delete');
      await page.says('Delete Maria O’Brien? Their links end at once.');
      await expect(page.office.office).to.be.accessible();
      await until(() => page.all('#keep')[0]?.matches(':focus'), 'the harmless answer has the focus');
      await page.press('Delete');
      await page.says('This cannot be deleted, because it still has 3 jobs and 1 message.');
      refusal = undefined;
      page.shown = overview({ contacts: overview().contacts.slice(1) });
      await page.press('Delete');
      await page.noDialog();
      await until(() => !page.text.includes('maria@pinedental.example'), 'she is gone');
      await until(() => page.all('cc-office-customer-contacts')[0]?.shadowRoot?.activeElement?.id === 'heading', 'the heading has the focus');
    });

    it('adds and changes an address', async () => {
      const [address] = overview().addresses;
      await page.open({ answers: { 'POST /addresses': () => address, 'PATCH /addresses/:a': () => address } });
      await page.press('Add address');
      await page.type('line1', '7 Main St');
      await page.press('Save');
      await page.noDialog();
      expect(page.asked('POST', '/addresses')[0]!.body).to.deep.equal({ name: null, line1: '7 Main St', line2: null, city: '', region: '', postalCode: '', country: 'US', customerId: 'cust_pine' });
      await page.press(/^Edit, 98 Old Mill/);
      await page.type('name', '');
      await page.press('Save');
      await page.noDialog();
      expect(page.asked('PATCH', '/addresses/addr_2')[0]!.body).to.deep.equal({ name: null });
    });
  });

  describe('who they are', () => {
    it('is changed in a form, with a parent found by its name', async () => {
      const row = (id: string, name: string, parent: object | null = null) => ({ id, number: '7', name, company: true, active: true, parent, contact: null, address: null, due: { amount: 0, currency: 'USD' }, openJobs: 0, lastSeenAt: null });
      await page.open({
        answers: {
          'PATCH /customers/:c': () => page.shown.customer,
          '/customer-rows': () => ({ items: [row('cust_pine', 'Pine itself'), row('cust_sub', 'Pine sub', { id: 'x', name: 'x' }), row('cust_group', 'Pine Group')], nextCursor: null }),
        },
      });
      await page.press('Edit');
      await page.type('parent', 'pine');
      await page.press(/^Pine Group/);
      await until(() => page.all('[aria-describedby="parent-label"]')[0]?.matches(':focus'), 'the way to remove it has the focus');
      expect(page.text).to.not.contain('Pine sub');
      await page.type('number', '2000');
      await page.press('Save');
      await page.noDialog();
      expect(page.asked('PATCH', '/customers/cust_pine')[0]!.body).to.deep.equal({ number: '2000', parentId: 'cust_group' });
    });

    it('says beside the field that a number is taken', async () => {
      await page.open({ answers: { 'PATCH /customers/:c': () => new Refusal(400, 'invalid_request', ['/number']) } });
      await page.press('Edit');
      await page.type('number', '1');
      await page.press('Save');
      await until(() => page.all('#number')[0]?.getAttribute('aria-invalid') === 'true', 'the field is marked');
      await page.says('This was not accepted.');
    });

    it('is deleted after a question; the list shows then', async () => {
      await page.open({ answers: { 'DELETE /customers/:c': () => noContent, '/customer-rows': () => ({ items: [], nextCursor: null }) } });
      await page.press('Edit');
      await page.press('Delete');
      await page.says('Delete Pine Street Dental? This cannot be undone.');
      await page.press('Delete');
      await page.office.screen('cc-office-customers');
      await page.says('Deleted.');
    });
  });

  for (const colorScheme of ['light', 'dark'] as const)
    for (const [what, label] of [['contact', 'Edit Maria O’Brien'], ['customer', 'Edit'], ['address', /^Edit, 98/]] as const)
      it(`can be used by everybody: the form of a ${what}, ${colorScheme}`, async () => {
        await page.open({ colorScheme, width: 320 });
        const opener = await page.button(label);
        opener.focus();
        opener.click();
        await page.one('cc-dialog');
        await expect(page.office.office).to.be.accessible();
        await page.press('Cancel');
        await page.noDialog();
        expect(opener.matches(':focus')).to.equal(true);
      });
});
