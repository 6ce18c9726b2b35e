import { expect } from '@open-wc/testing';
import '../../elements/customer-center-office.ts';
import { noConnection, Refusal, textOf, until } from '../../testing/signed-in.ts';
import { estimateScreen } from '../testing/estimate-page.ts';
import { draft, draftLine, estimate, estimateId, jobOverview, sent } from '../testing/estimates.ts';
import { account } from '../testing/office-page.ts';

const page = estimateScreen();
const { shown, text, press, asked, previewSays, all, editor, line, field, type, save, errors, focused } = page;

type Change = Record<string, unknown> & { lines: ReturnType<typeof draftLine>[] };
const saved = async (): Promise<Change> => (await until(() => asked('PATCH', estimateId).at(-1), 'it is saved')).body as Change;
const isSaved = () => until(() => !textOf(editor()).includes('Not saved yet'), 'nothing is unsaved');
const tool = (index: number, what: 'up' | 'down' | 'copy' | 'remove') => line(index).querySelector<HTMLButtonElement>(`[data-tool=${what}]`)!.click();
const words = () => all(editor(), '[id$="-description"]').map((each) => (each as HTMLInputElement).value);
const sums = () => textOf(editor().querySelector('.sums')!).trim();
const drawn = () => (editor().host as HTMLElement & { updateComplete: Promise<unknown> }).updateComplete;
const more = async (index: number) => {
  line(index).querySelector<HTMLButtonElement>('.more')!.click();
  await drawn();
};

describe('writing an estimate', () => {
  afterEach(() => page.close());

  it('begins with what is on file, and adds up as one types', async () => {
    await shown();
    expect(words()).to.deep.equal(['Installation', 'Good, 40 gal', 'Better, 50 gal', 'Expansion tank']);
    expect(sums()).to.equal('Subtotal$2,975.50 Sales tax 8.25%$210.83 Total$3,186.33 Deposit$637.27'.replace(/(?<=\d)(?=Sales)/, ' '));
    type(field('quantity', 0), '4');
    await drawn();
    expect(textOf(line(0).querySelector('.line-total')!)).to.contain('$480.00');
    expect(sums()).to.contain('Total$3,246.33');
    expect(text()).to.contain('Not saved yet');
    expect(asked('PATCH', estimateId)).to.have.length(0);
  });

  it('shows the change in the preview once typing pauses, and saves nothing by that', async () => {
    await shown();
    await previewSays('Installation');
    const before = asked('POST', '/preview').length;
    for (const words of ['I', 'In', 'Install', 'Installing']) type(field('description', 0), words);
    await previewSays('Installing');
    expect(asked('POST', '/preview').length).to.equal(before + 1);
    expect(asked('PATCH', estimateId)).to.have.length(0);
  });

  it('keeps the last preview while something cannot be understood, and says so', async () => {
    await shown();
    await previewSays('Installation');
    type(field('unitPrice', 0), 'a lot');
    await page.says('Something is still missing. This is how it was before.');
    await previewSays('Installation');
    type(field('unitPrice', 0), '130');
    await until(() => !text().includes('Something is still missing'), 'it is understood again');
  });

  it('saves only what was changed, as exact amounts', async () => {
    await shown();
    type(field('title'), 'New water heater');
    type(field('expiresOn'), '2030-06-01');
    save();
    expect(await saved()).to.deep.equal({ title: 'New water heater', expiresOn: '2030-06-01' });
    await isSaved();
    type(field('unitPrice', 3), '1,185.5');
    await more(3);
    type(field('discount', 3), 'amount');
    await drawn();
    type(line(3).querySelector<HTMLElement>('[id$="-discount-value"]')!, '85.50');
    save();
    await until(() => asked('PATCH', estimateId).length === 2, 'it is saved again');
    const { lines, ...rest } = await saved();
    expect(rest).to.deep.equal({});
    expect(lines[3]).to.deep.include({ unitPrice: 118_550, discount: { amount: 8550 }, quantity: '1', taxes: ['sales'], optional: true, selected: true, group: null });
  });

  it('reads numbers as people of the language write them, also when the language is switched meanwhile', async () => {
    await shown(estimate(), { account: { country: 'CO' } });
    type(field('quantity', 0), '2.5');
    page.opened.office.shadowRoot.querySelector<HTMLElement>('.languages [lang=es]')!.click();
    await until(() => textOf(editor()).includes('Partidas'), 'it is Spanish');
    type(field('unitPrice', 0), '1,120.25');
    page.press('Guardar borrador', editor());
    expect((await saved()).lines[0]).to.deep.include({ quantity: '2.5', unitPrice: 112_025 });
    await until(() => field('quantity', 0).value === '2,5', 'from then on it is written in Spanish');
    type(field('unitPrice', 0), '1.120,50');
    page.press('Guardar borrador', editor());
    await until(() => asked('PATCH', estimateId).length === 2, 'it is saved again');
    expect((await saved()).lines[0]).to.deep.include({ quantity: '2.5', unitPrice: 112_050 });
  });

  it('says what is wrong beside the field of the line, and keeps the rest that is wrong in sight', async () => {
    await shown();
    type(field('description', 1), ' ');
    type(field('quantity', 2), 'two');
    type(field('unitPrice', 3), '1.234');
    save();
    await until(() => errors().length === 3, 'three fields are wrong');
    expect(errors()).to.deep.equal(['Fill this in.', 'Type a number such as 1.5', 'Type an amount such as 125.00']);
    expect(focused()).to.equal(field('description', 1));
    expect(field('quantity', 2).getAttribute('aria-describedby')).to.equal(field('quantity', 2).id + '-error');
    type(field('description', 1), 'Good');
    await drawn();
    expect(errors()).to.have.length(2);
    expect(asked('PATCH', estimateId)).to.have.length(0);
  });

  it('never hides the field that is wrong behind the bar to save', async () => {
    await shown();
    const bar = editor().querySelector('.save-bar')!;
    for (const index of [1, 2, 3]) {
      type(field('quantity', index), 'two');
      // The field is just where the bar covers it.
      scrollBy(0, field('quantity', index).getBoundingClientRect().bottom - innerHeight);
      save();
      await until(() => focused() === field('quantity', index), 'it has the focus');
      expect(field('quantity', index).getBoundingClientRect().bottom, `line ${index}`).to.be.at.most(bar.getBoundingClientRect().top);
      type(field('quantity', index), '2');
      (document.activeElement as HTMLElement).blur();
    }
  });

  it('puts what the server refuses beside its field', async () => {
    await shown(estimate(), { answers: { 'PATCH /estimates/:e': () => new Refusal(400, 'invalid_request', ['/lines/2/unitPrice', '/deposit/percent', '/lines/3/discount/percent']) } });
    type(field('title'), 'Another');
    save();
    await until(() => errors().length === 3, 'they show');
    expect(field('unitPrice', 2).getAttribute('aria-invalid')).to.equal('true');
    expect(field('discount-value', 3).getAttribute('aria-invalid')).to.equal('true');
    expect(field('deposit-value').getAttribute('aria-invalid')).to.equal('true');
  });

  it('adds, copies, moves and deletes lines, and gives a deleted one back', async () => {
    await shown();
    tool(0, 'down');
    await until(() => words()[1] === 'Installation', 'it moved');
    await until(() => (focused() as HTMLElement | null)?.dataset['tool'] !== undefined || focused() === null, 'the focus is kept');
    tool(1, 'copy');
    await until(() => words().length === 5, 'it is copied');
    expect(focused()).to.equal(field('description', 2));
    tool(2, 'remove');
    await until(() => editor().querySelector('#undo'), 'it can be undone');
    await until(() => focused()?.id === 'undo', 'undoing has the focus');
    expect(words()).to.have.length(4);
    focused()!.click();
    await until(() => words().length === 5, 'it is back');
    expect(words()[2]).to.equal('Installation');
    editor().querySelector<HTMLElement>('#add-line')!.click();
    await until(() => words().length === 6, 'a line is added');
    await until(() => focused() === field('description', 5), 'it has the focus');
    expect(new Set(all(editor(), '.line').map(({ id }) => id)).size).to.equal(6);
  });

  it('has exactly one line preselected of each package group', async () => {
    await shown();
    const chosen = () => page.server && all(editor(), 'input[type=radio]').map((each) => (each as HTMLInputElement).checked);
    await more(1);
    await more(2);
    expect(chosen()).to.deep.equal([false, true]);
    all(editor(), 'input[type=radio]')[0]!.click();
    await drawn();
    expect(chosen()).to.deep.equal([true, false]);
    type(field('part', 1), 'always');
    await drawn();
    expect(chosen()).to.deep.equal([true]);
    await more(3);
    type(field('part', 3), 'group:heater');
    save();
    const { lines } = await saved();
    expect(lines.map(({ group, optional, selected }) => [group, optional, selected])).to.deep.equal([[null, false, false], [null, false, false], ['heater', false, true], ['heater', false, false]]);
  });

  it('makes package groups and takes them away without losing lines', async () => {
    await shown();
    press('Add a package group', editor());
    const name = await until(() => all(editor(), '.group-row input')[1], 'a group is there');
    await until(() => focused() === name, 'its name has the focus');
    save();
    await until(() => errors().includes('Fill this in.'), 'it needs a name');
    type(name, 'Pipes');
    await more(0);
    expect(textOf(field('part', 0))).to.contain('One choice of “Pipes”');
    press('Remove: Water heater', editor());
    await drawn();
    save();
    const { lines, groups } = await saved();
    expect(groups).to.have.length(1);
    expect(lines.every(({ group }) => group === null)).to.equal(true);
  });

  it('takes the account’s taxes, for all lines or for single ones', async () => {
    const county = { key: 'county', name: 'County', percent: '1' };
    await shown(estimate(), { account: { taxes: [...account.taxes, county] } });
    type(field('tax-add'), 'county');
    await drawn();
    press('Remove: Sales tax', editor());
    await drawn();
    await more(0);
    line(0).querySelector<HTMLElement>('.line-taxes input')!.click();
    save();
    const { taxes, lines } = await saved();
    expect(taxes).to.deep.equal([county]);
    expect(lines.map((each) => each.taxes)).to.deep.equal([[], ['county'], ['county'], ['county']]);
  });

  it('takes a deposit, the usual terms, and who it is for', async () => {
    await shown(estimate({ draft: draft({ deposit: null, terms: null }) }), { account: { estimateTerms: 'Pay within two weeks.' } });
    type(field('deposit'), 'amount');
    await drawn();
    type(field('deposit-value'), '0');
    save();
    await until(() => errors().length === 1, 'nothing is no deposit');
    type(field('deposit-value'), '500');
    press('Use your usual terms', editor());
    type(field('contactId'), jobOverview().contacts[1]!.id);
    save();
    expect(await saved()).to.deep.equal({ deposit: { amount: 50_000 }, terms: 'Pay within two weeks.', contactId: jobOverview().contacts[1]!.id });
  });

  it('keeps what was typed over a reload and a lost connection', async () => {
    await shown(estimate(), { answers: { 'PATCH /estimates/:e': () => noConnection } });
    type(field('title'), 'Typed in a tunnel');
    save();
    await page.says('No connection: this is not saved yet.');
    await page.leaveAndReturn();
    expect(field('title').value).to.equal('Typed in a tunnel');
    expect(text()).to.contain('This is what you typed before.');
    delete page.opened.answers['PATCH /estimates/:e'];
    page.opened.answers['PATCH /estimates/:e'] = page.server.answers['PATCH /estimates/:e']!;
    save();
    expect(await saved()).to.deep.equal({ title: 'Typed in a tunnel' });
    await isSaved();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`is accessible with lines unfolded and fields that are wrong, ${colorScheme}`, async () => {
      await shown(estimate(), { colorScheme });
      for (const index of [0, 2, 3]) await more(index);
      type(field('quantity', 1), 'two');
      save();
      await until(() => errors().length === 1, 'a field is wrong');
      await expect(editor().host).to.be.accessible();
    });

    it(`is accessible while two clerks want different things, ${colorScheme}`, async () => {
      await shown(estimate(), { colorScheme });
      type(field('quantity', 1), '2');
      page.server.put({ draft: draft({ lines: [] }) });
      save();
      await until(() => editor().querySelector('.conflict'), 'both are shown');
      await expect(editor().host).to.be.accessible();
    });
  }

  it('lets the second of two clerks choose, lines against lines', async () => {
    await shown();
    type(field('description', 0), 'Mine');
    page.server.put({ draft: draft({ title: 'Their title', lines: [draftLine('theirs', 'Theirs', 5000)] }) });
    page.opened.tell({ what: 'estimate', id: estimateId });
    await drawn();
    expect(field('description', 0).value).to.equal('Mine');
    save();
    const conflict = await until(() => editor().querySelector('.conflict'), 'both are shown');
    expect(textOf(conflict)).to.contain('Theirs (1 × 50.00) $50.00');
    expect(textOf(conflict)).to.contain('Mine (3.5 × 120.00) $420.00 · Good, 40 gal');
    press('Keep mine', editor());
    await drawn();
    expect(field('title').value).to.equal('Their title');
    save();
    await until(() => asked('PATCH', estimateId).length === 2, 'it is saved');
    expect((await saved()).lines[0]!.description).to.equal('Mine');
    await isSaved();
  });

  it('takes over what another clerk saved while nothing was typed here', async () => {
    await shown(sent());
    page.server.put({ draft: draft({ title: 'Their title' }) });
    page.opened.tell({ what: 'estimate', id: estimateId });
    await until(() => field('title').value === 'Their title', 'it shows');
  });
});
