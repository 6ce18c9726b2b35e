import { expect } from '@open-wc/testing';
import '../elements/customer-center.ts';
import { invoiceView, shareOf } from '../testing/invoices.ts';
import { englishIn, noContent, Refusal, signIn, textOf, until, type Answers, type Asked, type Inside, type SignedIn } from '../testing/signed-in.ts';

const shares = '/customers/:c/invoices/:i/shares';

describe('sending a document on', () => {
  let signedIn: SignedIn;
  let view: Inside;
  let form: Inside;

  const open = async (answers: Answers = {}, wanted: Parameters<typeof signIn>[0] = {}) => {
    signedIn = await signIn({ destination: '/invoices/inv_1', ...wanted, answers });
    view = await signedIn.view('cc-view-invoice');
    (await until(() => view.shadowRoot.querySelector<HTMLElement>('.actions [aria-expanded]'), 'the button')).click();
    form = await until(() => view.shadowRoot.querySelector<Inside>('cc-share'), 'the form');
    await until(() => signedIn.asked.some(({ path }) => path.endsWith('/shares')), 'the links are asked for');
    await form.updateComplete;
  };
  const $ = <T extends HTMLElement>(selector: string) => form.shadowRoot.querySelector<T>(selector);
  const $$ = <T extends HTMLElement>(selector: string) => [...form.shadowRoot.querySelectorAll<T>(selector)];
  const fill = (values: Record<string, string>) => {
    for (const [id, value] of Object.entries(values)) $<HTMLInputElement>(`#${id}`)!.value = value;
  };
  const send = () => $<HTMLFormElement>('form')!.requestSubmit();
  const sent = () => signedIn.asked.filter(({ method, path }) => method === 'POST' && path.endsWith('/shares'));
  const posted = (more: Answers = {}): Answers => ({
    [`POST ${shares}`]: ({ body }: Asked) => shareOf({ id: 'link_new', uses: 0, ...(body as object) }),
    ...more,
  });
  const good = { name: 'Ana Ruiz', address: 'ana@pinedental.example' };
  const listed = (...items: ReturnType<typeof shareOf>[]): Answers => ({ [`GET ${shares}`]: () => ({ items, nextCursor: null }) });
  /** Today in the contractor's time zone, and days from then. */
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(new Date());
  const later = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);

  afterEach(() => signedIn.close());

  it('says plainly that whoever has the link can open the document, and starts at its heading', async () => {
    await open();
    expect(textOf(form)).to.contain('Whoever has the link can open this document, without a password.');
    expect(form.shadowRoot.activeElement?.id).to.equal('heading');
    const button = view.shadowRoot.querySelector('.actions [aria-expanded]')!;
    expect(button.getAttribute('aria-expanded')).to.equal('true');
  });

  it('sends name, address, what they may do and the last day, and lists the link', async () => {
    await open(posted());
    expect($<HTMLInputElement>('#expiresOn')!.value).to.equal(later(14));
    fill({ ...good, expiresOn: later(30) });
    $<HTMLInputElement>('[name=actions]')!.click();
    send();
    await until(() => textOf(form).includes('The link is on its way to ana@pinedental.example.'), 'it is said');
    expect(sent()[0]!.body).to.deep.equal({ ...good, expiresOn: later(30), actions: ['view', 'pdf', 'pay'] });
    expect(textOf($('ul')!)).to.contain('Ana Ruiz').and.contain('see and print it, pay it').and.contain('not opened yet');
    expect($<HTMLInputElement>('#name')!.value).to.equal('');
    expect($<HTMLInputElement>('#expiresOn')!.value).to.equal(later(14));
  });

  it('allows no more than the person may do themselves', async () => {
    const rights = { approve: true, requestChanges: true, pay: false, pdf: false, share: true };
    await open(posted({ '/customers/:c/invoices/:i': () => invoiceView({ rights }) }));
    expect($$('fieldset .check').map((each) => textOf(each).trim())).to.deep.equal(['see and print it', 'approve or decline it', 'ask for changes']);
    fill(good);
    send();
    await until(() => sent().length, 'it is sent');
    expect(sent()[0]!.body).to.deep.include({ actions: ['view'] });
  });

  it('reads a mobile number as people write it', async () => {
    await open(posted());
    fill({ ...good, address: '(404) 555-0177' });
    send();
    await until(() => sent().length, 'it is sent');
    expect(sent()[0]!.body).to.deep.include({ address: '+14045550177' });
  });

  it('says what is wrong beside each field, and goes to the first one', async () => {
    await open();
    fill({ name: ' ', address: 'ana', expiresOn: later(91) });
    send();
    await until(() => $('#name')!.getAttribute('aria-invalid') === 'true', 'the name is wrong');
    expect(form.shadowRoot.activeElement?.id).to.equal('name');
    expect(textOf($('#name-note')!)).to.contain('Type the person’s name');
    expect(textOf($('#address-note')!)).to.contain('Type an e-mail address such as');
    expect(textOf($('#expiresOn-note')!)).to.contain('within the next 90 days');
    expect($('#address')!.getAttribute('aria-describedby')).to.equal('address-note');
    expect(sent()).to.have.length(0);
  });

  it('puts what the server objects to beside its field', async () => {
    await open(posted({ [`POST ${shares}`]: () => new Refusal(400, 'invalid_request', ['/address']) }));
    fill(good);
    send();
    await until(() => form.shadowRoot.activeElement?.id === 'address', 'the address has the focus');
    expect($('#name')!.getAttribute('aria-invalid')).to.equal('false');
  });

  it('sends nothing twice after a lost answer, and something new as something new', async () => {
    await open(posted({ [`POST ${shares}`]: () => new Refusal(503, 'unavailable') }));
    fill(good);
    send();
    await until(() => $('.send [role=alert]'), 'the failure is said');
    send();
    await until(() => sent().length === 2, 'it is sent again');
    const keys = () => sent().map(({ headers }) => headers.get('Idempotency-Key'));
    expect(keys()[1]).to.equal(keys()[0]);
    await form.updateComplete;
    fill({ name: 'Ana' });
    $('#name')!.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await until(() => $('.primary')!.getAttribute('aria-disabled') === 'false', 'it can be sent');
    send();
    await until(() => sent().length === 3, 'something else is sent');
    expect(keys()[2]).not.to.equal(keys()[0]);
  });

  it('ends a link after asking', async () => {
    await open({ ...listed(shareOf(), shareOf({ id: 'link_8', name: 'Roberto', address: '+14045550177', uses: 0 })), [`DELETE ${shares}/:s`]: () => noContent });
    const end = await until(() => $('[data-link=link_9]'), 'the links show');
    expect(textOf($('ul')!)).to.contain('until November 24, 2030').and.contain('opened 2 times').and.contain('(404) 555-0177');
    end.click();
    await until(() => form.shadowRoot.activeElement?.id === 'end', 'it asks');
    expect(textOf($('.sure')!)).to.contain('End Ana Ruiz’s link? It stops working at once.');
    [...$$('.sure button')].at(-1)!.click();
    await until(() => (form.shadowRoot.activeElement as HTMLElement | null)?.dataset.link === 'link_9', 'the focus is back');
    expect(signedIn.asked.some(({ method }) => method === 'DELETE')).to.equal(false);
    $('[data-link=link_9]')!.click();
    await until(() => $('#end'), 'it asks again');
    $('#end')!.click();
    await until(() => textOf(form).includes('Ana Ruiz’s link no longer works.'), 'it is said');
    expect(signedIn.asked.at(-1)).to.deep.include({ method: 'DELETE', path: '/customers/all/invoices/inv_1/shares/link_9' });
    expect($$('li')).to.have.length(1);
    expect(form.shadowRoot.activeElement?.id).to.equal('links');
  });

  it('says why a link could not be ended, and takes one that has ended as done', async () => {
    await open({ ...listed(shareOf()), [`DELETE ${shares}/:s`]: () => new Refusal(503, 'unavailable') });
    (await until(() => $('[data-link]'), 'the link shows')).click();
    (await until(() => $('#end'), 'it asks')).click();
    await until(() => $('.sure [role=alert]'), 'the failure is said');
    signedIn.answers[`DELETE ${shares}/:s`] = () => new Refusal(404, 'not_found');
    $('#end')!.click();
    await until(() => $$('li').length === 0, 'it is gone');
    expect(form.shadowRoot.activeElement?.id).to.equal('heading');
  });

  it('closes, and gives the focus back', async () => {
    await open();
    $$('button').find((each) => textOf(each).trim() === 'Close')!.click();
    await until(() => !view.shadowRoot.querySelector('cc-share'), 'it is closed');
    expect(view.shadowRoot.activeElement?.getAttribute('aria-expanded')).to.equal('false');
  });

  it('lets the page style its parts', async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('customer-center::part(field) { outline: 3px dashed }');
    document.adoptedStyleSheets.push(sheet);
    await open();
    expect(getComputedStyle($('#name')!).outlineStyle).to.equal('dashed');
    document.adoptedStyleSheets.pop();
  });

  it('speaks Spanish throughout', async () => {
    await open(listed(shareOf()), { lang: 'es' });
    await until(() => $('[data-link]'), 'the link shows');
    send();
    await until(() => $('.error'), 'the problems show');
    expect(englishIn(form)).to.deep.equal([]);
  });

  it('leaves room for a finger and never grows wider than 320 pixels', async () => {
    const long = 'Donaudampfschifffahrtsgesellschaft'.repeat(2);
    await open(listed(shareOf({ name: long, address: `${long}@${long}.example` })), { width: 320, lang: 'es' });
    (await until(() => $('[data-link]'), 'the link shows')).click();
    await until(() => $('#end'), 'it asks');
    for (const each of $$('*')) expect(each.getBoundingClientRect().right, each.className).to.be.at.most(view.getBoundingClientRect().right + 0.5);
    for (const each of $$('.button, .field, .check')) expect(each.getBoundingClientRect().height, each.className).to.be.at.least(44);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`is accessible in ${colorScheme} mode, empty, wrong and with links`, async () => {
      await open(listed(shareOf(), shareOf({ id: 'link_8' })), { colorScheme });
      (await until(() => $('[data-link]'), 'the links show')).click();
      await expect(signedIn.center).to.be.accessible();
      send();
      await until(() => $('.error'), 'the problems show');
      await expect(signedIn.center).to.be.accessible();
    });
  }
});
