import { expect } from '@open-wc/testing';
import { accentSets, contrast } from './accent.ts';
import { dark, light } from './tokens.ts';

const readable = 4.5;

describe('accent', () => {
  it('knows the contrast of two colours', () => {
    expect(contrast('#000000', '#ffffff')).to.equal(21);
    expect(contrast('#767676', '#ffffff')).to.be.closeTo(4.54, 0.01);
  });

  it('is readable whatever colour a contractor has', () => {
    const parts = ['00', '33', '66', '80', '99', 'cc', 'ff'];
    for (const r of parts) for (const g of parts) for (const b of parts) {
      const accent = `#${r}${g}${b}`;
      const sets = accentSets(accent);
      for (const [name, set, tokens] of [['light', sets.light, light], ['dark', sets.dark, dark]] as const) {
        const what = `${accent} in ${name}`;
        expect(contrast(set.ink, set.fill), `ink of ${what}`).to.be.at.least(readable);
        expect(contrast(set.fill, tokens.surface), `a button in ${what}`).to.be.at.least(1.3);
        for (const ground of [tokens.surface, tokens.canvas, set.soft]) {
          expect(contrast(set.text, ground), `${what} on ${ground}`).to.be.at.least(readable);
        }
        for (const words of [tokens.ink]) expect(contrast(words, set.soft), `ink on ${what}`).to.be.at.least(readable);
      }
    }
  });

  it('keeps a colour that is readable as it is', () => {
    expect(accentSets('#0b62c4').light).to.include({ fill: '#0b62c4', ink: '#ffffff', text: '#0b62c4' });
    expect(accentSets('#ffcc00').light).to.include({ fill: '#ffcc00', ink: '#17212b' });
  });

  it('takes anything else for no colour at all', () => {
    expect(accentSets('red; }')).to.deep.equal(accentSets('#0b62c4'));
  });
});

describe('tokens', () => {
  for (const [name, set] of Object.entries({ light, dark })) {
    it(`are readable in ${name} mode`, () => {
      for (const ground of [set.surface, set.canvas, set.hover]) {
        for (const words of [set.ink, set.muted]) expect(contrast(words, ground)).to.be.at.least(readable);
        expect(contrast(set['line-strong'], ground)).to.be.at.least(3);
      }
      for (const tone of ['ok', 'warn', 'bad', 'plain'] as const) {
        expect(contrast(set[tone], set[`${tone}-soft`]), tone).to.be.at.least(readable);
      }
      expect(contrast(set.bad, set.surface)).to.be.at.least(readable);
    });
  }
});
