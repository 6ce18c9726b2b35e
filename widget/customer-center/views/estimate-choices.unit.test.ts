import { expect } from '@open-wc/testing';
import { estimateContent, estimateLine, revised } from '../../testing/estimates.ts';
import { choose, chosenAtFirst, countedLines, keep, openGroups, totalsFor } from './estimate-choices.ts';

const content = estimateContent();
const line = (id: string) => content.lines.find((each) => each.id === id)!;
const ids = (chosen: ReadonlySet<string>) => [...chosen].toSorted();

describe('choices of an estimate', () => {
  it('begin with what the contractor suggests', () => {
    expect(ids(chosenAtFirst(content))).to.deep.equal(['better', 'tank']);
    expect(countedLines(content, chosenAtFirst(content)).map(({ id }) => id)).to.deep.equal(['labor', 'better', 'tank']);
  });

  it('hold one line of a group, and any of the others', () => {
    let chosen = choose(content.lines, chosenAtFirst(content), line('best'), true);
    expect(ids(chosen)).to.deep.equal(['best', 'tank']);
    chosen = choose(content.lines, chosen, line('pan'), true);
    chosen = choose(content.lines, chosen, line('tank'), false);
    expect(ids(chosen)).to.deep.equal(['best', 'pan']);
  });

  it('know the groups of which nothing is chosen', () => {
    expect(openGroups(content, new Set(['tank']))).to.deep.equal(['heater']);
    expect(openGroups(content, new Set(['good']))).to.deep.equal([]);
    expect(openGroups(estimateContent({ lines: [estimateLine('one', 'One', 100)] }), new Set())).to.deep.equal([]);
  });

  it('come to what the server would freeze', () => {
    const totals = totalsFor(content, chosenAtFirst(content));
    expect([totals.subtotal, totals.tax, totals.total, totals.deposit].map((each) => each?.amount)).to.deep.equal([299_400, 20_592, 319_992, 50_000]);
    expect(totals.taxes).to.deep.equal([{ key: 'sales', name: 'Sales tax', percent: '8', amount: { amount: 20_592, currency: 'USD' } }]);
    expect(totalsFor(estimateContent({ deposit: null }), new Set()).deposit).to.equal(null);
  });

  it('outlive a new version where their lines say the same', () => {
    const next = revised().content;
    const kept = (...chosen: string[]) => ids(chosenAtFirst(next, keep(content, new Set(chosen))));
    expect(kept('best')).to.deep.equal(['best']);
    expect(kept('good', 'tank', 'pan')).to.deep.equal(['good', 'tank']);
    // Better has another price now: the contractor's suggestion, and not the old choice, is what stands.
    expect(kept('better', 'tank')).to.deep.equal(['better', 'tank']);
    const unasked = { ...next, lines: next.lines.map((each) => ({ ...each, selected: false })) };
    expect(ids(chosenAtFirst(unasked, keep(content, new Set(['better', 'tank']))))).to.deep.equal(['tank']);
  });

  it('survive being written down', () => {
    const kept = JSON.parse(JSON.stringify(keep(content, new Set(['good'])))) as ReturnType<typeof keep>;
    expect(ids(chosenAtFirst(content, kept))).to.deep.equal(['good']);
  });
});
