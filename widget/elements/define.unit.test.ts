import { expect } from '@open-wc/testing';
import { version } from '../version.ts';
import { define } from './define.ts';

const made = (release: string) =>
  class extends HTMLElement {
    static readonly version = release;
  };

describe('defining an element', () => {
  const warn = console.warn;
  let warnings: string[] = [];
  beforeEach(() => {
    warnings = [];
    console.warn = (text: string) => warnings.push(text);
  });
  afterEach(() => void (console.warn = warn));

  it('lets the first one stand, without a word for the same release', () => {
    const first = made('1');
    define('customer-center-a', first);
    define('customer-center-a', made('1'));
    expect(customElements.get('customer-center-a')).to.equal(first);
    expect(warnings).to.deep.equal([]);
  });

  it('warns once when releases differ', () => {
    define('customer-center-b', made('1'));
    define('customer-center-b', made('2'));
    define('customer-center-b', made('3'));
    expect(warnings).to.have.length(1);
  });

  it('knows the release that package.json names', async () => {
    const { version: released } = (await (await fetch('/package.json')).json()) as { version: string };
    expect(version).to.equal(released);
  });
});
