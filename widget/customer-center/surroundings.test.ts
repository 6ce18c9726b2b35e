import '../elements/customer-center.ts';
import { expect, fixture, html, nextFrame } from '@open-wc/testing';

/** The scheme that an element on a page with this background and these supported schemes takes. */
async function schemeOn(background: string, supported = 'normal'): Promise<string> {
  document.documentElement.style.colorScheme = supported;
  const around = await fixture<HTMLElement>(html`<div><customer-center></customer-center></div>`);
  around.style.background = background;
  const element = around.querySelector('customer-center')!;
  element.remove();
  around.append(element);
  await nextFrame();
  return getComputedStyle(element).colorScheme;
}

describe('an element that may be light or dark', () => {
  afterEach(() => document.documentElement.removeAttribute('style'));

  it('is light on a white page, whatever the reader’s system prefers', async () => {
    expect(await schemeOn('white')).to.equal('light');
    expect(await schemeOn('transparent')).to.equal('light');
  });
  it('is dark on a dark page, and on one that only knows dark', async () => {
    expect(await schemeOn('#10151b')).to.equal('dark');
    expect(await schemeOn('transparent', 'dark')).to.equal('dark');
  });
  it('follows a page that changes its mind', async () => {
    const element = await fixture(html`<customer-center></customer-center>`);
    expect(getComputedStyle(element).colorScheme).to.equal('light');
    document.documentElement.style.colorScheme = 'dark';
    await nextFrame();
    expect(getComputedStyle(element).colorScheme).to.equal('dark');
  });
  it('stays as it is told', async () => {
    document.documentElement.style.colorScheme = 'dark';
    const element = await fixture(html`<customer-center color-scheme="light"></customer-center>`);
    expect(getComputedStyle(element).colorScheme).to.equal('light');
  });
});
