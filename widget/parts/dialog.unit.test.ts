import { expect, fixture, html } from '@open-wc/testing';
import './dialog.ts';
import type { CcDialog } from './dialog.ts';

describe('a dialog', () => {
  const inside = (host: CcDialog) => host.shadowRoot!.querySelector('dialog')!;
  const point = (type: string, target: Element) => target.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true }));
  const question = () => fixture<CcDialog>(html`<cc-dialog heading="Really?" close-label="Close"><p>It is about this.</p><button class="danger">Delete</button><button class="keep">Keep it</button></cc-dialog>`);

  it('has the focus at its first field', async () => {
    const host = await fixture<CcDialog>(html`<cc-dialog heading="A form"><form><label>Name <input /></label><button>Save</button></form></cc-dialog>`);
    expect(document.activeElement).to.equal(host.querySelector('input'));
    host.close();
  });

  it('has it at what does no harm, and where there is nothing to do at the button that closes', async () => {
    const host = await question();
    expect(document.activeElement).to.equal(host.querySelector('.keep'));
    host.close();
    const words = await fixture<CcDialog>(html`<cc-dialog heading="Words" close-label="Close"><p>Only words.</p></cc-dialog>`);
    expect(words.shadowRoot!.activeElement?.getAttribute('aria-label')).to.equal('Close');
    words.close();
  });

  it('closes by a press beside it, but not where a press that began within ends', async () => {
    const host = await question();
    point('pointerdown', host.querySelector('p')!);
    point('pointerup', inside(host));
    expect(inside(host).open, 'text was selected').to.equal(true);
    point('pointerdown', inside(host));
    point('pointerup', inside(host));
    expect(inside(host).open).to.equal(false);
  });
});
