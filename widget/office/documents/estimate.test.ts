import { expect } from '@open-wc/testing';
import '../../elements/customer-center-office.ts';
import { es } from '../../locale/es.ts';
import { noConnection, Refusal, textOf, until } from '../../testing/signed-in.ts';
import { estimates } from '../locale/en-estimates.ts';
import { office } from '../locale/en.ts';
import { estimatesEs } from '../locale/es-estimates.ts';
import { officeEs } from '../locale/es-office.ts';
import { estimateScreen } from '../testing/estimate-page.ts';
import { approved, customerId, estimate, estimateId, facts, jobId, maria, sent } from '../testing/estimates.ts';

const page = estimateScreen();
const { shown, open, says, text, press, dialog, asked, previewSays, part, all } = page;
const path = () => (page.screen as unknown as { router: { path: string } }).router.path;

describe('the screen of an estimate', () => {
  afterEach(() => page.close());

  it('says which it is, for whom, and how far it got', async () => {
    await shown(sent());
    expect(text()).to.contain('Estimate 1042 · version 2 · job 85012 · Pine Street Dental');
    expect(textOf(page.screen.shadowRoot.querySelector('#heading')!)).to.equal('Water heater replacement');
    const pills = all(page.screen.shadowRoot, '.head .pill').map((each) => textOf(each).trim());
    expect(pills[0]).to.equal('Change asked');
    expect(pills.slice(1).join(' ')).to.match(/^Sent Nov 20.* Delivered Opened Nov 20/);
    expect(text()).to.contain('The customer still sees version 2. What you change becomes version 3 when you send it.');
  });

  it('leads to the job, the customer, and what the customer sees', async () => {
    await shown(sent());
    press('job 85012');
    expect(path()).to.equal(`/jobs/${jobId}`);
    page.close();
    await shown(sent());
    press('See what they see');
    expect(path()).to.equal(`/customers/${customerId}/see/${maria}?at=/estimates/${estimateId}`);
  });

  it('shows what the customer will see with the customer’s own view, out of reach of keys and pointers', async () => {
    await shown();
    await previewSays('Better, 50 gal');
    expect(part('preview')!.querySelector('.page')!.hasAttribute('inert')).to.equal(true);
    expect(asked('POST', '/opened')).to.have.length(0);
  });

  it('answers what the customer asked, in place', async () => {
    await shown(sent());
    const remarks = part('remarks')!;
    expect(textOf(remarks)).to.contain('About “Expansion tank” · version 2');
    expect(textOf(remarks)).to.contain('1 not answered');
    press('Answer', remarks);
    const field = await until(() => remarks.querySelector<HTMLTextAreaElement>('#answer'), 'the answer can be written');
    await until(() => remarks.activeElement === field, 'the field has the focus');
    press('Save the answer', remarks);
    await until(() => textOf(remarks).includes('Fill this in.'), 'nothing is no answer');
    page.type(field, 'Yes, it can.');
    press('Save the answer', remarks);
    await until(() => textOf(remarks).includes('All answered'), 'it is answered');
    expect(asked('POST', '/remarks/rmk_1/answer')[0]!.body).to.deep.equal({ answer: 'Yes, it can.' });
    expect(textOf(remarks)).to.contain('Yes, it can.');
  });

  it('keeps an answer that a lost connection held up', async () => {
    await shown(sent(), { answers: { 'POST /estimates/:e/remarks/:r/answer': () => noConnection } });
    const remarks = part('remarks')!;
    press('Answer', remarks);
    page.type(await until(() => remarks.querySelector<HTMLTextAreaElement>('#answer'), 'the answer can be written'), 'On Monday.');
    press('Save the answer', remarks);
    await until(() => textOf(remarks).includes('No connection'), 'it says why');
    await page.leaveAndReturn();
    const field = await until(() => part('remarks')!.querySelector<HTMLTextAreaElement>('#answer'), 'the answer is there again');
    expect(field.value).to.equal('On Monday.');
  });

  it('lists its versions and says how two of them differ', async () => {
    await shown(sent());
    const history = part('history')!;
    await until(() => textOf(history).includes('$2,289.00'), 'the differences show');
    expect(textOf(history)).to.contain('Opened by Maria O’Brien');
    expect(textOf(history)).to.match(/Changed\s*Before:\s*Better/);
    expect(textOf(history)).to.match(/New\s*Expansion tank/);
    page.type(history.querySelector<HTMLSelectElement>('#to')!, '1');
    await until(() => asked('GET', '/changes').at(-1)?.query.get('to') === '1', 'other versions are compared');
  });

  it('shows an approval with its evidence, what was approved, and the way to the invoice', async () => {
    await shown(approved(), { answers: { 'POST /estimates/:e/downloads': () => new Refusal(503, 'unavailable') } });
    expect(page.part('editor')).to.equal(undefined);
    for (const words of ['Maria O’Brien', '$3,199.92', 'Typed name', 'maria@pinedental.example', 'PO 77', 'Installation · Better · Expansion tank', 'November 22, 2026']) expect(text()).to.contain(words);
    await previewSays('Approved');
    press('Download the certificate, version 2');
    await says('The server is busy');
    expect(asked('POST', '/downloads')[0]!.body).to.deep.equal({ what: 'certificate', version: 2 });
    press('New invoice');
    expect(path()).to.equal(`/jobs/${jobId}`);
  });

  it('withdraws it after asking', async () => {
    await shown(sent());
    press('Withdraw it');
    const ask = await dialog('cc-dialog');
    press('Cancel', ask);
    await until(() => !page.screen.shadowRoot.querySelector('cc-dialog'), 'nothing was done');
    expect(asked('POST', '/withdraw')).to.have.length(0);
    press('Withdraw it');
    press('Withdraw it', await dialog('cc-dialog'));
    await says('Withdrawn');
    expect(text()).to.contain('Version 2 cannot be approved any more. Sending again makes version 3, which can.');
  });

  it('deletes a draft that nobody has seen, and says why not otherwise', async () => {
    await shown(estimate(), { answers: { 'DELETE /estimates/:e': () => new Refusal(409, 'conflict') } });
    press('Delete the draft');
    press('Delete the draft', await dialog('cc-dialog'));
    await says('That is not possible as things are now.');
    page.opened.answers['DELETE /estimates/:e'] = () => ({});
    press('Delete the draft');
    press('Delete the draft', await dialog('cc-dialog'));
    await until(() => path() === `/jobs/${jobId}`, 'the job shows');
  });

  it('follows what others do meanwhile', async () => {
    await shown(sent());
    page.server.put({ status: 'approved', decisions: approved().decisions, decision: approved().decision });
    page.opened.tell({ what: 'estimate', id: estimateId });
    await says('It was approved and stays as it is.');
  });

  it('says what is wrong when it cannot be read, and tries again', async () => {
    await open(sent(), { answers: { 'GET /estimates/:e': () => noConnection } });
    await says('Try again');
    await expect(page.screen).to.be.accessible();
    delete page.opened.answers['GET /estimates/:e'];
    page.opened.answers['GET /estimates/:e'] = () => page.server.now();
    press('Try again');
    await says('Change asked');
  });

  it('says so when it is gone', async () => {
    await open(sent(), { answers: { 'GET /estimates/:e': () => new Refusal(404, 'not_found') } });
    await says('This estimate is no longer here');
    press('All estimates');
    expect(path()).to.equal('/documents/estimates');
  });

  it('shows one side at a time on a phone, without scrolling sideways', async () => {
    await shown(sent(), { width: 320 });
    const writing = () => page.screen.shadowRoot.querySelector<HTMLElement>('.writing')!;
    expect(page.screen.scrollWidth).to.be.at.most(320);
    expect(writing().offsetParent).not.to.equal(null);
    press('Preview');
    await page.screen.updateComplete;
    expect(writing().offsetParent).to.equal(null);
    await previewSays('Better, 50 gal');
    expect(page.screen.scrollWidth).to.be.at.most(320);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    for (const [name, of] of Object.entries({ 'a draft': estimate(), 'one that was sent': sent(), 'one that is approved': approved(), 'one that failed to arrive': sent({ versions: [facts(2, { opened: [], notices: [{ ...facts(2).notices[0]!, status: 'failed', handedOverAt: null }] })] }) }))
      it(`is accessible as ${name}, ${colorScheme}`, async () => {
        await shown(of, { colorScheme });
        await previewSays('Water heater');
        await expect(page.screen).to.be.accessible();
      });

  it('speaks Spanish throughout', async () => {
    await shown(sent(), { lang: 'es' });
    await says('Lo que pidió el cliente');
    await until(() => textOf(part('history')!).includes('Antes:'), 'the differences show');
    const english = Object.entries({ ...office, ...estimates }).filter(([key, words]) => typeof words === 'string' && ({ ...officeEs, ...estimatesEs } as Record<string, unknown>)[key] !== words && words.length > 3);
    const spanish = new Set<unknown>([...Object.values(es), ...Object.values(officeEs), ...Object.values(estimatesEs)]);
    const found = english.flatMap(([, words]) => (words as string).split(/\{\w+\}/).map((each) => each.trim())).filter((each) => each.length > 3 && !spanish.has(each) && new RegExp(`(?<!\\p{L})${each.replace(/[.?+*()|[\]]/g, '\\$&')}(?!\\p{L})`, 'u').test(text()));
    expect(found).to.deep.equal([]);
  });
});
