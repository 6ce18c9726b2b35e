import { expect } from '@open-wc/testing';
import '../../elements/customer-center-office.ts';
import { noConnection, Refusal, textOf, until, type Answers, type Inside } from '../../testing/signed-in.ts';
import { officeEnglishIn } from '../testing/english.ts';
import { jobId, jobOverview, jobServer, maria } from '../testing/jobs.ts';
import { openOffice, type OpenOffice } from '../testing/office-page.ts';

type Part = 'charges' | 'documents' | 'notes' | 'visits' | 'payments';

describe('a job of the office', () => {
  let page: OpenOffice;
  let screen: Inside;
  let server: ReturnType<typeof jobServer>;
  afterEach(() => page.close());

  const open = async (overview = jobOverview(), answers: Answers = {}, wanted: Parameters<typeof openOffice>[0] = {}) => {
    server = jobServer(overview);
    page = await openOffice({ path: `/jobs/${jobId}`, ...wanted, answers: { ...server.answers, ...answers } });
    screen = await page.screen('cc-office-job');
    await says(overview.job.service);
  };
  const says = (text: string) => until(() => textOf(screen).includes(text), `“${text}”`);
  const part = (name: Part) => until(() => screen.shadowRoot.querySelector(`cc-office-job-${name}`)?.shadowRoot, name);
  const button = (words: string, within: ParentNode = screen.shadowRoot) =>
    until(() => [...within.querySelectorAll<HTMLElement>('button')].find((each) => [textOf(each).trim(), each.ariaLabel].includes(words)), words);
  /** A dialog within a part, once it is open. */
  const dialog = async (within: ParentNode) => {
    const element = await until(() => [...within.querySelectorAll<Inside>('*')].find((each) => each.shadowRoot?.querySelector('cc-dialog')), 'a dialog');
    await element.updateComplete;
    return element.shadowRoot;
  };
  const gone = (within: ParentNode) => until(() => ![...within.querySelectorAll('*')].some((each) => each.shadowRoot?.querySelector('cc-dialog')), 'the dialog is gone');
  const type = (root: ParentNode, id: string, value: string) => {
    const field = root.querySelector<HTMLInputElement>(`#${id}`)!;
    field.value = value;
    field.dispatchEvent(new Event(field.localName === 'select' ? 'change' : 'input'));
  };
  const asked = (method: string, path: string | RegExp) => page.asked.filter((each) => each.method === method && (typeof path === 'string' ? each.path === path : path.test(each.path)));
  const saidNow = () => textOf(page.office.shadowRoot.querySelector('.said')!);

  it('tells what, for whom, where, when, what it costs and what was said', async () => {
    await open();
    const text = textOf(screen).replace(/\s+/g, ' ');
    for (const words of [
      'Job 85012', 'Pine Street Dental', '412 Pine Street, Suite 2, Decatur, GA 30030', 'Maria O’Brien', '(404) 555-0188', 'Open the ceiling', 'The customer sees every charge with its price.',
      'Thursday, June 19, 2025', '9 – 11:30 AM', 'Labor', '$420.00', 'Subtotal', '$1,064.00', 'Tax', '$80.10', 'Total', '$1,144.10', 'Balance', '$381.37', 'Estimate 1042', 'Approved', 'Invoice 2207', 'Check 1042',
      'Shared with the customer', 'Only the office',
    ]) expect(text).to.contain(words);
  });

  it('is edited, and saves only what was changed, for the version that was seen', async () => {
    await open();
    (await button('Edit')).click();
    const root = await dialog(screen.shadowRoot);
    type(root, 'service', 'Leak in the hallway');
    type(root, 'presentation', 'summary');
    await until(() => textOf(root).includes('only what it comes to'), 'it says what the customer sees');
    (await button('Save', root)).click();
    await gone(screen.shadowRoot);
    await says('Leak in the hallway');
    const [sent] = asked('PATCH', `/jobs/${jobId}`);
    expect(sent!.body).to.deep.equal({ service: 'Leak in the hallway', presentation: 'summary' });
    expect(sent!.headers.get('If-Match')).to.equal('"2026-01-05T15:00:00.000Z"');
  });

  it('shows both sides where two clerks changed the same, and takes over the rest', async () => {
    await open();
    (await button('Edit')).click();
    const root = await dialog(screen.shadowRoot);
    type(root, 'service', 'Mine');
    server.put({ job: { ...server.now().job, service: 'Theirs', poNumber: '77', updatedAt: '2026-02-02T00:00:00.000Z' } });
    (await button('Save', root)).click();
    await until(() => textOf(root).includes('Somebody else changed the same meanwhile.'), 'the conflict');
    expect(textOf(root.querySelector('.conflict')!)).to.contain('Theirs').and.contain('Mine');
    expect(root.querySelector<HTMLInputElement>('#poNumber')!.value).to.equal('77');
    (await button('Keep mine', root)).click();
    await until(() => !root.querySelector('.conflict'), 'it is settled');
    (await button('Save', root)).click();
    await gone(screen.shadowRoot);
    expect(server.now().job).to.include({ service: 'Mine', poNumber: '77' });
  });

  it('saves at once where only its charges gave it another version', async () => {
    await open();
    (await button('Edit')).click();
    const root = await dialog(screen.shadowRoot);
    type(root, 'technician', 'Ana P.');
    server.put({ job: { ...server.now().job, updatedAt: '2026-02-02T00:00:00.000Z' } });
    (await button('Save', root)).click();
    await gone(screen.shadowRoot);
    expect(server.now().job.technician).to.equal('Ana P.');
  });

  it('keeps what was typed without a connection and over closing by Escape', async () => {
    await open(jobOverview(), {});
    (await button('Edit')).click();
    let root = await dialog(screen.shadowRoot);
    page.answers['PATCH /jobs/:j'] = () => noConnection;
    type(root, 'scope', 'A lot of words');
    (await button('Save', root)).click();
    await until(() => textOf(root).includes('No connection: this is not saved yet.'), 'it says so');
    root.querySelector('cc-dialog')!.close();
    await gone(screen.shadowRoot);
    (await button('Edit')).click();
    root = await dialog(screen.shadowRoot);
    expect(root.querySelector<HTMLTextAreaElement>('#scope')!.value).to.equal('A lot of words');
    expect(textOf(root)).to.contain('This is what you typed before.');
    (await button('Cancel', root)).click();
  });

  it('changes its status in place, and marks when it was completed', async () => {
    await open();
    const select = screen.shadowRoot.querySelector('select')!;
    select.value = 'complete';
    select.dispatchEvent(new Event('change'));
    await until(() => asked('PATCH', `/jobs/${jobId}`).length === 1, 'it is saved');
    expect(asked('PATCH', `/jobs/${jobId}`)[0]!.body).to.have.property('status', 'complete');
    expect(server.now().job.completedAt).to.match(/Z$/);
    page.answers['PATCH /jobs/:j'] = () => new Refusal(412, 'stale');
    select.value = 'canceled';
    select.dispatchEvent(new Event('change'));
    await says('Somebody else changed this meanwhile.');
  });

  it('says in words why it cannot be deleted, after asking', async () => {
    const conflict = () => Response.json({ code: 'conflict', status: 409, items: [{ kind: 'invoice', count: 2 }, { kind: 'estimate', count: 1 }] }, { status: 409 });
    await open();
    const realFetch = window.fetch;
    window.fetch = (input, init) => (init?.method === 'DELETE' ? Promise.resolve(conflict()) : realFetch(input, init));
    try {
      (await button('Edit')).click();
      const root = await dialog(screen.shadowRoot);
      (await button('Delete job', root)).click();
      await until(() => textOf(root).includes('Delete job 85012, with its visits, charges and notes?'), 'it asks');
      (await button('Delete job', root)).click();
      await until(() => textOf(root).includes('It cannot be deleted, because it still has 2 invoices and 1 estimate.'), 'the reason');
    } finally {
      window.fetch = realFetch;
    }
  });

  it('plans a visit in the account’s time: a day and a time with a window, or only a day', async () => {
    await open();
    const visits = await part('visits');
    (await button('Add a visit', visits)).click();
    let root = await dialog(visits);
    expect(root.querySelector<HTMLInputElement>('#technician')!.value).to.equal('Daniel K.');
    for (const [id, value] of [['date', '2026-07-01'], ['start', '09:30'], ['end', '09:00'], ['window', '120']] as const) type(root, id, value);
    (await button('Save', root)).click();
    await until(() => textOf(root).includes('The end must be after the beginning.'), 'what is wrong');
    type(root, 'end', '11:00');
    (await button('Save', root)).click();
    await gone(visits);
    expect(asked('POST', '/visits')[0]!.body).to.deep.equal({
      jobId, technician: 'Daniel K.', date: null, startsAt: '2026-07-01T13:30:00.000Z', endsAt: '2026-07-01T15:00:00.000Z', arrivalWindowMinutes: 120,
    });
    await says('Arrival between 9:30 and 11:30 AM');
    (await button('Add a visit', visits)).click();
    root = await dialog(visits);
    (await button('Only a day', root)).click();
    await until(() => !root.querySelector('#start'), 'no time');
    type(root, 'date', '2026-08-02');
    (await button('Save', root)).click();
    await gone(visits);
    expect(asked('POST', '/visits')[1]!.body).to.deep.include({ date: '2026-08-02', startsAt: null, endsAt: null });
  });

  it('plans a visit over midnight: an end that is earlier asks for its day', async () => {
    await open();
    const visits = await part('visits');
    (await button('Add a visit', visits)).click();
    const root = await dialog(visits);
    expect(root.querySelector('#endDate')).to.equal(null);
    for (const [id, value] of [['date', '2026-07-01'], ['start', '22:00'], ['end', '01:00']] as const) type(root, id, value);
    await until(() => root.querySelector('#endDate'), 'the day of the end');
    type(root, 'endDate', '2026-07-02');
    (await button('Save', root)).click();
    await gone(visits);
    expect(asked('POST', '/visits')[0]!.body).to.deep.include({ startsAt: '2026-07-02T02:00:00.000Z', endsAt: '2026-07-02T05:00:00.000Z' });
  });

  it('changes and deletes a visit', async () => {
    await open();
    const visits = await part('visits');
    visits.querySelector<HTMLElement>('.row')!.click();
    const root = await dialog(visits);
    expect(root.querySelector<HTMLInputElement>('#start')!.value).to.equal('09:00');
    expect(root.querySelector<HTMLInputElement>('#end')!.value).to.equal('11:30');
    (await button('Delete', root)).click();
    await until(() => textOf(root).includes('Delete this visit?'), 'it asks');
    (await button('Delete', root)).click();
    await gone(visits);
    expect(server.now().visits.map(({ id }) => id)).to.not.include('vis_1');
  });

  it('adds a charge with the account’s taxes, and says beside each field what is wrong', async () => {
    await open();
    const charges = await part('charges');
    (await button('Add a charge', charges)).click();
    const root = await dialog(charges);
    for (const [id, value] of [['quantity', 'two'], ['unitPrice', '1,5x'], ['discount', '-1']] as const) type(root, id, value);
    (await button('Save', root)).click();
    await until(() => root.querySelectorAll('.error').length === 4, 'four errors');
    for (const [id, value] of [['description', 'Ladder'], ['quantity', '2.5'], ['unitPrice', '40'], ['discount', '10.50']] as const) type(root, id, value);
    await until(() => textOf(root).includes('Comes to $89.50 before taxes'), 'what it comes to');
    (await button('Save', root)).click();
    await gone(charges);
    expect(asked('POST', '/charges')[0]!.body).to.deep.equal({
      jobId, position: 40, description: 'Ladder', details: null, quantity: '2.5', unit: null, unitPrice: 4000, discount: 1050, taxes: [{ name: 'Sales tax', percent: '8.25' }],
    });
    await until(() => textOf(charges).includes('Ladder'), 'it is there');
  });

  it('reads the quantity of a charge as the language writes numbers', async () => {
    await open();
    const charges = await part('charges');
    (await button('Add a charge', charges)).click();
    const root = await dialog(charges);
    type(root, 'unitPrice', '2');
    type(root, 'quantity', '1,500');
    await until(() => textOf(root).includes('Comes to $3,000.00 before taxes'), 'fifteen hundred');
    type(root, 'quantity', '1,5');
    (await button('Save', root)).click();
    await until(() => root.querySelector('#quantity-error'), 'no guess is made');
  });

  it('moves a charge, and keeps the focus where it was', async () => {
    await open();
    const charges = await part('charges');
    (await button('Move down: Labor', charges)).click();
    await until(() => [...charges.querySelectorAll('tbody tr')].findIndex((row) => textOf(row).includes('Labor')) === 1, 'it has moved');
    await until(() => asked('PATCH', /^\/charges\//).length === 2, 'both are saved');
    expect(server.now().charges.toSorted((a, b) => a.position - b.position).map(({ id }) => id)).to.deep.equal(['chg_2', 'chg_1', 'chg_3']);
    await until(() => (charges as ShadowRoot).activeElement?.ariaLabel === 'Move down: Labor', 'the focus stays');
  });

  it('writes notes for the office unless somebody shares them, and says what that means', async () => {
    await open();
    const notes = await part('notes');
    (await button('Add a note', notes)).click();
    let root = await dialog(notes);
    expect(textOf(root)).to.contain('The customer never sees this note.');
    type(root, 'body', 'Call before coming.');
    (await button('Save', root)).click();
    await gone(notes);
    expect(asked('POST', '/notes')[0]!.body).to.deep.equal({ jobId, author: 'Olga Owner', body: 'Call before coming.', shared: false });
    const toggle = [...notes.querySelectorAll<HTMLElement>('[role=switch]')].find((each) => textOf(each.closest('li')!).includes('Paid late'))!;
    expect(toggle.getAttribute('aria-checked')).to.equal('false');
    toggle.click();
    await until(() => saidNow().includes('The customer sees this note now.'), 'it says so');
    expect(server.now().notes.find(({ id }) => id === 'note_2')!.shared).to.equal(true);
    await until(() => toggle.getAttribute('aria-checked') === 'true', 'it shows');
    (await button('Add a note', notes)).click();
    root = await dialog(notes);
    (await button('Shared with the customer', root)).click();
    await until(() => textOf(root).includes('The customer reads this note on the job.'), 'what sharing means');
  });

  it('begins an estimate with its charges, and an invoice of what is left or of a part', async () => {
    await open(jobOverview(), { 'POST /estimates': () => ({ id: 'est_01JZZZZZZZZZZZZZZZZZZZZZZZ' }), 'POST /invoices': () => new Refusal(409, 'conflict') });
    const documents = await part('documents');
    (await button('New invoice', documents)).click();
    const root = await dialog(documents);
    expect(textOf(root)).to.contain('All that is left: $564.00 before taxes');
    (await button('Create', root)).click();
    await until(() => textOf(root).includes('That is not possible as things are now.'), 'a refusal in words');
    expect(asked('POST', '/invoices')[0]!.body).to.deep.equal({ jobId, fromCharges: 'rest' });
    root.querySelectorAll<HTMLInputElement>('[type=radio]')[1]!.click();
    await until(() => root.querySelector('#amount-chg_2'), 'the charges');
    type(root, 'amount-chg_2', '100');
    (await button('Create', root)).click();
    await until(() => textOf(root).includes('At most 84.00'), 'more than is left');
    type(root, 'amount-chg_2', '50.00');
    (await button('Create', root)).click();
    await until(() => asked('POST', '/invoices').length === 2, 'it is asked for');
    expect(asked('POST', '/invoices')[1]!.body).to.deep.equal({ jobId, fromCharges: [{ chargeId: 'chg_2', amount: 5000 }, { chargeId: 'chg_3' }] });
    (await button('Cancel', root)).click();
    await gone(documents);
    (await button('New estimate', documents)).click();
    (await button('With the charges', await dialog(documents))).click();
    await page.screen('cc-office-estimate');
    expect(asked('POST', '/estimates')[0]!.body).to.deep.equal({ jobId, fromCharges: true });
  });

  it('records a payment for the job, with what is open and the account’s day at hand', async () => {
    await open();
    const payments = await part('payments');
    (await button('Record a payment', payments)).click();
    const root = await dialog(payments);
    expect(root.querySelector<HTMLInputElement>('#amount')!.value).to.equal('381.37');
    expect(root.querySelector<HTMLInputElement>('#receivedOn')!.value).to.equal(new Date().toLocaleDateString('en-CA', { timeZone: 'America/New_York' }));
    type(root, 'amount', '100');
    type(root, 'reference', '77');
    (await button('Save', root)).click();
    await gone(payments);
    expect(asked('POST', '/payments')[0]!.body).to.include({ jobId, amount: 10_000, method: 'check', reference: '77' });
    (await button('Record a payment', payments)).click();
    const back = await dialog(payments);
    (await button('Given back', back)).click();
    type(back, 'amount', '20');
    (await button('Save', back)).click();
    await gone(payments);
    expect(asked('POST', '/payments')[1]!.body).to.include({ jobId, amount: -2000 });
  });

  it('shows what others have changed meanwhile', async () => {
    await open();
    server.put({ job: { ...server.now().job, service: 'Renamed by somebody' } });
    page.tell({ what: 'job', id: jobId });
    await says('Renamed by somebody');
  });

  it('says that it is gone, and can be tried again after a failure', async () => {
    server = jobServer();
    page = await openOffice({ path: `/jobs/${jobId}`, answers: { ...server.answers, '/jobs/:j/overview': () => new Refusal(404, 'not_found') } });
    screen = await page.screen('cc-office-job');
    await says('We could not find that.');
    page.answers['/jobs/:j/overview'] = () => server.now();
    (await button('Try again')).click();
    await says('Leak in ceiling');
  });

  const dialogs: [Part, string][] = [['visits', 'Add a visit'], ['charges', 'Add a charge'], ['notes', 'Add a note'], ['documents', 'New estimate'], ['documents', 'New invoice'], ['payments', 'Record a payment']];
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [320, 1200])
      it(`is accessible in ${colorScheme} at ${width} px, and no wider`, async () => {
        await open(jobOverview(), {}, { colorScheme, width });
        await expect(page.office).to.be.accessible();
        expect(screen.scrollWidth).to.be.at.most(screen.clientWidth);
      });

    it(`is accessible in ${colorScheme} with nothing on it yet`, async () => {
      await open(jobOverview({ charges: [], notes: [], visits: [], payments: [], estimates: [], invoices: [], job: { contactId: null, addressId: null } }), {}, { colorScheme });
      await says('Nothing is charged yet.');
      await expect(page.office).to.be.accessible();
    });

    for (const [name, words] of dialogs)
      it(`is accessible in ${colorScheme} at “${words}”`, async () => {
        await open(jobOverview(), {}, { colorScheme });
        const root = await part(name);
        (await button(words, root)).click();
        await dialog(root);
        await expect(page.office).to.be.accessible();
      });
  }

  it('speaks Spanish', async () => {
    await open(jobOverview({ contacts: jobOverview().contacts.filter(({ id }) => id === maria) }), {}, { lang: 'es' });
    const theirs = ['Leak in ceiling', 'Paid late the last time.', 'Labor', 'Ceiling repair and paint', 'Open the ceiling'];
    expect(officeEnglishIn(screen, theirs)).to.deep.equal([]);
    for (const [name, words] of [['visits', 'Añadir una visita'], ['charges', 'Añadir un cargo'], ['notes', 'Añadir una nota'], ['documents', 'Nueva factura'], ['payments', 'Registrar un pago']] as const) {
      const root = await part(name);
      (await button(words, root)).click();
      const inside = await dialog(root);
      expect(officeEnglishIn(inside, theirs)).to.deep.equal([]);
      inside.querySelector('cc-dialog')!.close();
      await gone(root);
    }
  });
});
