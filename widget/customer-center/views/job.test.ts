import { expect } from '@open-wc/testing';
import '../../elements/customer-center.ts';
import type { SessionView } from '../../../server/contract/access.ts';
import type { JobView } from '../../../server/contract/work.ts';
import { inDays, jobView, session, usd, visit } from '../../testing/jobs.ts';
import { englishIn, noConnection, Refusal, signIn, textOf, until, type Inside, type SignedIn } from '../../testing/signed-in.ts';

const bare: Partial<JobView> = {
  status: 'new',
  scope: null,
  address: null,
  contact: null,
  technician: null,
  visits: [],
  charges: [],
  payments: [],
  notes: [],
  ...Object.fromEntries(['subtotal', 'tax', 'total', 'paid', 'balance'].map((key) => [key, usd(0)])),
  waitsFor: null,
  completedAt: null,
};
const sheetOf: SessionView['document'] = { id: 'link_1', kind: 'job', documentId: 'job_1', actions: ['view'], masked: 'm•••@pinedental.example' };

describe('job', () => {
  let signedIn: SignedIn;
  let view: Inside;

  const open = async (job: Partial<JobView> = {}, wanted: Parameters<typeof signIn>[0] = {}) => {
    const answers = { '/customers/:c/jobs/:j': () => jobView(job), ...wanted.answers };
    signedIn = await signIn({ destination: '/jobs/job_1', ...wanted, answers });
    view = await signedIn.view('cc-view-job');
  };
  const $ = <T extends HTMLElement>(selector: string) => view.shadowRoot.querySelector<T>(selector);
  const tabs = () => until(() => $('cc-tabs'), 'the job shows');
  const panel = async () => textOf(await tabs());
  const tab = (name: string) => [...$('cc-tabs')!.shadowRoot!.querySelectorAll<HTMLElement>('[role=tab]')].find((each) => textOf(each).includes(name))!;
  const at = (name: string) => ({ destination: `/jobs/job_1?tab=${name}` });

  afterEach(() => signedIn.close());

  it('has the service as its heading, with number and state', async () => {
    await open();
    await tabs();
    const heading = $('[role=heading]')!;
    expect(heading.textContent).to.equal('Leak in ceiling');
    expect(heading.lang).to.equal('en-US');
    expect(textOf($('.head')!)).to.contain('Job 85012').and.contain('$381.37 open');
    await until(() => view.shadowRoot.activeElement === heading, 'the heading has the focus');
  });

  it('tells all visits, with the full date and the arrival window in the account’s zone', async () => {
    await open({
      visits: [
        visit({ id: 'vis_1', startsAt: '2025-06-19T13:00:00Z', arrivalWindowMinutes: 120, technician: 'Daniel K.' }),
        visit({ id: 'vis_2', date: inDays(3) }),
        visit({ id: 'vis_3', startsAt: '2030-07-01T03:30:00Z' }),
      ],
    });
    const text = await panel();
    expect(text).to.contain('Thursday, June 19, 2025').and.contain('Arrival between 9 and 11 AM').and.contain('with Daniel K.');
    expect(text).to.contain('No time set yet').and.contain('Next visit');
    expect(text).to.contain('Sunday, June 30, 2030').and.contain('Arrival at 11:30 PM');
  });

  it('names the zone where the reader’s clock shows another time', async () => {
    await open({}, { card: { timeZone: 'Asia/Kathmandu' } });
    expect(await panel()).to.contain('Times are in Nepal Time');
  });

  it('links the address to a map in another tab, telling it nothing about this page', async () => {
    await open();
    await tabs();
    const link = $<HTMLAnchorElement>('a[target=_blank]')!;
    expect(link.href).to.equal(
      'https://www.google.com/maps/search/?api=1&query=412%20Pine%20Street%2C%20Decatur%2C%20GA%2C%2030030%2C%20US',
    );
    expect(link.rel).to.equal('noopener noreferrer');
    expect(textOf(link)).to.contain('opens in a new tab');
  });

  it('keeps the line breaks of the scope of work', async () => {
    await open({ scope: 'One\nTwo' });
    await tabs();
    const scope = $('.prose')!;
    expect(scope.textContent).to.equal('One\nTwo');
    expect(getComputedStyle(scope).whiteSpace).to.equal('pre-line');
  });

  it('lists charges, payments and balance to the cent', async () => {
    await open({}, at('charges'));
    const text = await panel();
    for (const part of ['Labor', '3.5 hr', '$420.00', 'Discount $10.00', 'Subtotal$1,064.00', 'Tax$80.10', 'Total$1,144.10', 'Check 1042', 'June 30, 2025', 'Balance$381.37']) {
      expect(text).to.contain(part);
    }
    expect($('tbody [lang]')!.lang).to.equal('en-US');
  });

  it('shows only sums where the contractor hides the lines', async () => {
    await open({ presentation: 'summary', charges: [] }, at('charges'));
    await tabs();
    expect($('table')).to.equal(null);
    expect(await panel()).to.contain('Total$1,144.10');
  });

  it('calls what was paid too much a credit', async () => {
    await open({ balance: usd(-500) }, at('charges'));
    expect(await panel()).to.contain('Credit$5.00');
  });

  it('shows notes with their dates in the account’s zone', async () => {
    await open({}, at('notes'));
    const text = await panel();
    expect(text).to.contain('Tina · Thursday, June 19, 2025').and.contain('second coat').and.not.contain('June 20');
  });

  it('says what will stand in empty tabs', async () => {
    await open(bare);
    expect(await panel()).to.contain('No date set yet');
    tab('Charges').click();
    await until(() => $('[part=empty]'), 'the empty tab shows');
    expect(await panel()).to.contain('No charges yet');
    tab('Notes').click();
    await until(async () => (await panel()).includes('No notes yet'), 'the other empty tab shows');
  });

  it('changes tabs by arrow keys, Home and End, with one stop in the tab order', async () => {
    await open();
    const all = await tabs();
    const press = async (key: string) => {
      all.shadowRoot!.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
      await (all as unknown as Inside).updateComplete;
      const now = all.shadowRoot!.activeElement as HTMLElement;
      expect(now.getAttribute('aria-selected')).to.equal('true');
      expect(all.shadowRoot!.querySelectorAll('[role=tab][tabindex="0"]')).to.have.length(1);
      return textOf(now).trim().split(' ')[0];
    };
    tab('Details').focus();
    expect(await press('ArrowRight')).to.equal('Charges');
    expect(await press('End')).to.equal('Notes');
    expect(await press('ArrowRight')).to.equal('Details');
    expect(await press('ArrowLeft')).to.equal('Notes');
    expect(await press('Home')).to.equal('Details');
    expect($('cc-tabs')!.shadowRoot!.querySelector('[role=tabpanel]')!.getAttribute('aria-labelledby')).to.equal('tab-details');
  });

  it('keeps the tab in the address of the view, without a step for Back', async () => {
    await open();
    await tabs();
    const steps = history.length;
    let path = '';
    signedIn.center.addEventListener('cc-navigate', (event) => (path = event.path));
    tab('Charges').click();
    await until(() => path, 'the path changed');
    expect(path).to.equal('/jobs/job_1?tab=charges');
    expect(history.length).to.equal(steps);
    await until(() => $('table'), 'the charges show');
  });

  it('has its estimates and invoices at the top, each with state, amount and the way to it', async () => {
    const sentAt = '2025-06-19T13:00:00Z';
    await open({
      documents: [
        { id: 'inv_1', kind: 'invoice', number: '2207', status: 'partlyPaid', total: usd(114_410), due: usd(38_137), sentAt },
        { id: 'inv_2', kind: 'invoice', number: '2190', status: 'paid', total: usd(50_000), due: usd(0), sentAt },
        { id: 'inv_3', kind: 'invoice', number: '2191', status: 'void', total: usd(50_000), due: usd(0), sentAt },
        { id: 'inv_4', kind: 'invoice', number: '2192', status: 'sent', total: usd(-5_000), due: usd(-5_000), sentAt },
        ...(['sent', 'approved', 'changesRequested', 'declined', 'expired', 'withdrawn'] as const).map(
          (status, at) => ({ id: `est_${at}`, kind: 'estimate' as const, number: `104${at}`, status, total: usd(238_900), due: null, sentAt }),
        ),
      ],
    });
    await tabs();
    const rows = [...view.shadowRoot.querySelectorAll<HTMLElement>('.document')];
    const texts = rows.map((row) => textOf(row));
    for (const [at, words] of [
      'Invoice 2207 $381.37 open $1,144.10 View invoice', 'Invoice 2190 Paid', 'Invoice 2191 Void', 'Credit 2192 -$50.00 View invoice',
      'Estimate 1040 Waits for you $2,389.00 View estimate', 'Estimate 1041 Approved', 'Estimate 1042 Change requested', 'Estimate 1043 Declined',
      'Estimate 1044 Expired', 'Estimate 1045 Withdrawn',
    ].entries()) expect(texts[at]).to.contain(words); // prettier-ignore
    const button = rows[0]!.querySelector('button')!;
    expect(button.getBoundingClientRect().height).to.be.at.least(44);
    expect(textOf(button)).to.contain('2207');
    button.click();
    await signedIn.view('cc-view-invoice');
    expect(signedIn.asked.some(({ path }) => path === '/customers/all/invoices/inv_1')).to.equal(true);
  });

  it('offers the reader of a link neither other documents nor a center that could not be reached', async () => {
    const documents = [{ id: 'inv_1', kind: 'invoice' as const, number: '2207', status: 'sent', total: usd(1), due: usd(1), sentAt: '2025-06-19T13:00:00Z' }];
    await open({}, {
      session: { ...session, kind: 'document', document: { ...sheetOf!, masked: null } },
      answers: { '/documents/:d': () => ({ kind: 'job', job: jobView({ documents }) }) },
    });
    await tabs();
    expect($('.document, .sheet, .back')).to.equal(null);
  });

  it('goes back to the history', async () => {
    await open();
    await tabs();
    $('.back')!.click();
    await signedIn.view('cc-view-history');
  });

  it('is a job sheet for the reader of a document link, with the way to everything else', async () => {
    const job = jobView({ contact: { name: 'Maria O’Brien', email: 'm•••@pinedental.example', mobile: '•••• 0188' } });
    let challenged = false;
    await open({}, {
      session: { ...session, kind: 'document', document: sheetOf },
      answers: {
        '/documents/:d': () => ({ kind: 'job', job }),
        '/documents/:d/center': () => {
          challenged = true;
          return { id: 'sir_1', masked: 'm•••', channel: 'email', expiresAt: '2030-01-01T00:00:00Z', retryAfter: 60 };
        },
      },
    });
    const text = await panel();
    expect(text).to.contain('m•••@pinedental.example').and.contain('•••• 0188');
    expect($('a[href^="mailto:"], a[href^="tel:"]')).to.equal(null);
    expect($('.back')).to.equal(null);
    $<HTMLElement>('.sheet button')!.click();
    await until(() => challenged, 'the code is asked for');
  });

  it('says when a job is gone, and when it could not be loaded', async () => {
    await open({}, { answers: { '/customers/:c/jobs/:j': () => new Refusal(404, 'not_found') } });
    await until(() => $('[part=empty]'), 'the job is gone');
    signedIn.close();
    await open({}, { answers: { '/customers/:c/jobs/:j': () => new Refusal(500, 'internal') } });
    const alert = await until(() => $('[role=alert]'), 'the failure is said');
    signedIn.answers['/customers/:c/jobs/:j'] = () => jobView();
    alert.querySelector('button')!.click();
    await tabs();
  });

  it('speaks Spanish throughout', async () => {
    await open({}, { lang: 'es' });
    await tabs();
    for (const name of ['Detalles', 'Cargos', 'Notas']) {
      tab(name).click();
      await (view as Inside).updateComplete;
      expect(englishIn(view), name).to.deep.equal([]);
    }
  });

  it('never grows wider than 320 pixels', async () => {
    const long = 'Donaudampfschifffahrtsgesellschaft'.repeat(3);
    const charge = jobView().charges[0]!;
    await open(
      { service: long, scope: long, charges: [{ ...charge, description: long, total: usd(1_234_567_890), quantity: '123456.789' }] },
      { width: 320 },
    );
    await tabs();
    for (const name of ['Details', 'Charges', 'Notes']) {
      tab(name).click();
      await (view as Inside).updateComplete;
      for (const each of view.shadowRoot.querySelectorAll('*')) {
        expect(each.getBoundingClientRect().right, `${name} ${each.className}`).to.be.at.most(view.getBoundingClientRect().right + 0.5);
      }
    }
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    describe(`is accessible in ${colorScheme} mode`, () => {
      const states: Record<string, [job: Partial<JobView>, wanted: Parameters<typeof signIn>[0], ready: () => unknown]> = {
        details: [{}, {}, () => $('.details')],
        charges: [{}, at('charges'), () => $('table')],
        documents: [
          { documents: [{ id: 'est_1', kind: 'estimate', number: '1042', status: 'sent', total: usd(238_900), due: null, sentAt: '2025-06-19T13:00:00Z' }] },
          {},
          () => $('.document'),
        ],
        'charges on a phone': [{}, { ...at('charges'), width: 320 }, () => $('table')],
        'a summary of charges': [{ charges: [], presentation: 'summary' }, at('charges'), () => $('.sums')],
        notes: [{}, at('notes'), () => $('.notes')],
        'no date': [bare, {}, () => $('.details')],
        'no charges': [bare, at('charges'), () => $('[part=empty]')],
        'no notes': [bare, at('notes'), () => $('[part=empty]')],
        'job sheet': [{}, { session: { kind: 'document', document: sheetOf } }, () => $('.details')],
        loading: [{}, { answers: { '/customers/:c/jobs/:j': () => new Promise(() => undefined) } }, () => $('.skeleton')],
        gone: [{}, { answers: { '/customers/:c/jobs/:j': () => new Refusal(404, 'not_found') } }, () => $('[part=empty]')],
        failed: [{}, { answers: { '/customers/:c/jobs/:j': () => noConnection } }, () => $('[part=error]')],
      };
      for (const [name, [job, wanted, ready]] of Object.entries(states)) {
        it(name, async () => {
          await open(job, { width: 800, ...wanted, colorScheme });
          await until(ready, `${name} shows`);
          if (name === 'loading') await new Promise((next) => setTimeout(next, 250));
          await expect(signedIn.center).to.be.accessible();
        });
      }
    });
  }
});
