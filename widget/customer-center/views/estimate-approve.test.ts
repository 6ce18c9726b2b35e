import { expect } from '@open-wc/testing';
import '../../elements/customer-center.ts';
import type { Approval } from '../../../server/contract/estimates.ts';
import { estimatePage } from '../../testing/estimate-page.ts';
import { approved, estimateContent, estimateView } from '../../testing/estimates.ts';
import { noConnection, Refusal, textOf, until } from '../../testing/signed-in.ts';

const page = estimatePage();
const { $, shown, leaveAndReturn, press, input, toldFirst, field, type, submit, isDecided, approving, sent, answer, drawing } = page;

describe('estimate', () => {
  afterEach(() => page.close());

  describe('is approved', () => {
    const accept = () => answer('approve', () => approved());
    const approval = () => sent('/approve')[0]!.body as Approval;

    it('by a typed name, for what is chosen and exactly the version that was read', async () => {
      await shown();
      accept();
      input('Good').click();
      const inside = await approving();
      expect(textOf(inside.querySelector('#heading')!)).to.equal('Approve for $2,659.92');
      expect(textOf(inside)).to.contain('A deposit of $500.00 is due then.');
      expect(field(inside, 'name').value).to.equal('Maria O’Brien');
      submit(inside);
      await isDecided();
      const [asked] = sent('/approve');
      expect(asked!.headers.get('If-Match')).to.equal('"1.abc"');
      expect(asked!.headers.get('Idempotency-Key')).to.match(/^[\w-]{8,}$/);
      expect(asked!.body).to.deep.equal({ options: ['good', 'tank'], signature: { kind: 'typed', name: 'Maria O’Brien' }, acceptTerms: false });
      await toldFirst('Approved by');
      expect($('.foot')).to.equal(null);
    });

    it('by a drawn name just as well; the pad comes only then', async () => {
      await shown();
      accept();
      const inside = await approving();
      const pad = await drawing(inside);
      const canvas = pad.shadowRoot.querySelector('canvas')!;
      submit(inside);
      const problem = await until(() => inside.querySelector('#mark-problem'), 'an empty pad is refused');
      expect(textOf(problem)).to.equal('Draw your signature, or sign with your typed name');
      expect(inside.activeElement!.getAttribute('aria-describedby')).to.equal('mark-problem');

      const draw = () => {
        const { left, top } = canvas.getBoundingClientRect();
        const how = { bubbles: true, composed: true, cancelable: true, isPrimary: true, pointerId: 1, buttons: 1 };
        const point = (kind: string, x: number, y: number, on: EventTarget) =>
          on.dispatchEvent(new PointerEvent(kind, { ...how, clientX: left + x, clientY: top + y }));
        point('pointerdown', 20, 60, canvas);
        for (let x = 30; x < 200; x += 10) point('pointermove', x, 60 + 30 * Math.sin(x / 20), window);
        point('pointerup', 200, 60, window);
      };
      draw();
      await until(() => pad.hasDrawing, 'something is drawn');
      press('Clear', pad.shadowRoot);
      expect(pad.hasDrawing).to.equal(false);
      draw();
      await until(() => pad.hasDrawing, 'something is drawn again');
      submit(inside);
      await isDecided();
      const { signature } = approval();
      expect(signature.kind).to.equal('drawn');
      const { name, picture } = signature as { name: string; picture: string };
      expect(name).to.equal('Maria O’Brien');
      expect(atob(picture).slice(1, 4)).to.equal('PNG');
      expect(atob(picture).length).to.be.at.most(100_000);
    });

    it('by somebody else, who says how to be reached', async () => {
      await shown();
      accept();
      const inside = await approving();
      field(inside, 'other').click();
      await until(() => field(inside, 'address'), 'the address is asked for');
      expect(field(inside, 'name').value).to.equal('');
      type(inside, 'name', 'Jo Park');
      type(inside, 'address', 'jo@');
      submit(inside);
      await until(() => field(inside, 'address').getAttribute('aria-invalid') === 'true', 'half an address is refused');
      expect(textOf(inside.querySelector('#address-problem')!)).to.match(/^Type an e-mail address such as/);
      type(inside, 'address', '(404) 555-0177');
      submit(inside);
      await isDecided();
      expect(approval().signerAddress).to.equal('+14045550177');
      expect(approval().signature.name).to.equal('Jo Park');
    });

    it('with the terms accepted where they must be, and always readable', async () => {
      await shown();
      expect(textOf($('.terms')!)).to.contain('The old heater is hauled away.');
      expect(field(await approving(), 'terms')).to.equal(null);
      page.close();

      await shown(estimateView({ content: { termsRequired: true } }));
      accept();
      const inside = await approving();
      expect(textOf(inside.querySelector('.terms')!)).to.contain('The old heater is hauled away.');
      submit(inside);
      await until(() => inside.activeElement?.id === 'terms', 'the tick is asked for');
      expect(sent('/approve')).to.have.length(0);
      field(inside, 'terms').click();
      submit(inside);
      await isDecided();
      expect(approval().acceptTerms).to.equal(true);
    });

    it('with a PO number, which companies are asked for', async () => {
      await shown();
      accept();
      const inside = await approving();
      type(inside, 'po', ' PO 77 ');
      submit(inside);
      await isDecided();
      expect(approval().poNumber).to.equal('PO 77');
      page.close();
      await shown(estimateView({ content: { to: { ...estimateContent().to, company: false } } }));
      expect(field(await approving(), 'po')).to.equal(null);
    });

    it('with a code where the contractor wants one', async () => {
      await shown(estimateView({ verification: 'code' }));
      accept();
      let codes = 0;
      const code = { masked: 'm•••@pine.example', channel: 'email', expiresAt: '2030-01-01T00:00:00Z' };
      answer('approval-code', () => ({ ...code, id: `sir_${(codes += 1)}` }));
      const inside = await approving();
      expect(textOf(inside.querySelector('.primary')!).trim()).to.equal('Send me the code');
      submit(inside);
      await until(() => inside.activeElement?.id === 'code', 'the code is asked for');
      expect(textOf(inside)).to.contain('We sent a 6-digit code to m•••@pine.example.');
      expect(sent('/approve')).to.have.length(0);

      type(inside, 'code', '12');
      submit(inside);
      await until(() => inside.querySelector('#code-problem'), 'two digits are refused');
      expect(textOf(inside.querySelector('#code-problem')!)).to.equal('The code has six digits');

      answer('approve', () => new Refusal(401, 'code_wrong'));
      type(inside, 'code', '123 456');
      submit(inside);
      await until(() => textOf(inside.querySelector('#code-problem') ?? new Text()).includes('That code is not right'), 'a wrong code is said');
      expect(inside.activeElement!.id).to.equal('code');

      answer('approve', () => new Refusal(410, 'code_expired'));
      submit(inside);
      await until(() => textOf(inside.querySelector('#code-problem') ?? new Text()).includes('too old'), 'an old code is said');
      press('Send it again', inside);
      await until(() => textOf(inside).includes('We sent it again.'), 'another code is on its way');
      accept();
      type(inside, 'code', '654321');
      submit(inside);
      await isDecided();
      expect((sent('/approve').at(-1)!.body as Approval).verification).to.deep.equal({ requestId: 'sir_2', code: '654321' });
    });

    it('only once, however often somebody taps, and with the same key when they try again', async () => {
      await shown();
      answer('approve', () => noConnection);
      const inside = await approving();
      type(inside, 'po', 'PO 1');
      submit(inside);
      submit(inside);
      const alert = await until(() => inside.querySelector('[role=alert]'), 'the failure is said');
      expect(textOf(alert)).to.contain('We could not reach the server');
      expect(sent('/approve')).to.have.length(1);
      expect(field(inside, 'po').value).to.equal('PO 1');
      accept();
      submit(inside);
      await isDecided();
      const [first, second] = sent('/approve').map(({ headers }) => headers.get('Idempotency-Key'));
      expect(first).to.equal(second);
    });

    it('with another key for another wish', async () => {
      await shown();
      answer('approve', () => new Refusal(500, 'internal'));
      const inside = await approving();
      submit(inside);
      await until(() => inside.querySelector('[role=alert]'), 'the failure is said');
      type(inside, 'po', 'PO 2');
      submit(inside);
      await until(() => sent('/approve').length === 2, 'it is sent again');
      const [first, second] = sent('/approve').map(({ headers }) => headers.get('Idempotency-Key'));
      expect(first).to.not.equal(second);
    });

    it('not before every group has a choice: the error stands there, and the first of its lines has the focus', async () => {
      const { lines } = estimateContent();
      await shown(estimateView({ content: { lines: lines.map((line) => ({ ...line, selected: false })) } }));
      press('Approve');
      const group = await until(() => $('[role=radiogroup][aria-invalid=true]'), 'the group is pointed out');
      expect(textOf($(`#${group.getAttribute('aria-describedby')}`)!)).to.equal('Choose one of these first.');
      await until(() => page.view.shadowRoot.activeElement === input('Good'), 'the first line has the focus');
      input('Good').click();
      await page.view.updateComplete;
      expect($('[aria-invalid=true]')).to.equal(null);
      await approving();
    });

    it('not with errors: each stands beside its field, and the first one takes the focus', async () => {
      await shown(estimateView({ content: { termsRequired: true } }));
      const inside = await approving();
      type(inside, 'name', '  ');
      submit(inside);
      await until(() => inside.activeElement?.id === 'name', 'the name has the focus');
      for (const [name, text] of [['name', 'Type your name'], ['terms', 'Tick this to approve']] as const) {
        expect(field(inside, name).getAttribute('aria-invalid')).to.equal('true');
        expect(textOf(inside.querySelector(`#${field(inside, name).getAttribute('aria-describedby')}`)!)).to.equal(text);
      }
      expect(sent('/approve')).to.have.length(0);
    });

    it('not where the server objects to a field: that field says so', async () => {
      await shown();
      answer('approve', () => new Refusal(400, 'invalid_request', ['/poNumber']));
      const inside = await approving();
      submit(inside);
      await until(() => inside.activeElement?.id === 'po', 'the field has the focus');
      expect(textOf(inside.querySelector('#po-problem')!)).to.equal('Something in there is not right. Look it over and try again.');
    });

    it('not where the options are refused: it is read again', async () => {
      await shown();
      answer('approve', () => new Refusal(400, 'invalid_request', ['/options']));
      submit(await approving());
      await until(() => $('[role=alert]'), 'it is said');
      expect(page.signedIn.asked.filter(({ method, path }) => method === 'GET' && path.endsWith('/est_1'))).to.have.length(2);
    });

    it('with nothing lost by leaving, by closing the form, or by a reload', async () => {
      await shown(estimateView({ content: { termsRequired: true } }));
      input('Best').click();
      let inside = await approving();
      type(inside, 'po', 'PO 5');
      field(inside, 'other').click();
      await until(() => field(inside, 'address'), 'the address is asked for');
      type(inside, 'address', 'jo@park.example');
      press('Close', inside);
      await until(() => page.view.shadowRoot.activeElement === $('[data-opens=approve]'), 'the button has the focus again');
      await leaveAndReturn();
      expect(input('Best').checked).to.equal(true);
      inside = await approving();
      expect(field(inside, 'po').value).to.equal('PO 5');
      expect(field(inside, 'other').checked).to.equal(true);
      expect(field(inside, 'address').value).to.equal('jo@park.example');
      inside.querySelector('form')!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      await until(() => !$('cc-estimate-approve'), 'Escape closes the form');
    });

    it('never keeps the code, and forgets the rest once it is approved', async () => {
      await shown(estimateView({ verification: 'code' }));
      answer('approval-code', () => ({ id: 'sir_1', masked: 'm•••', channel: 'email', expiresAt: '2030-01-01T00:00:00Z' }));
      const inside = await approving();
      submit(inside);
      await until(() => inside.activeElement?.id === 'code', 'the code is asked for');
      type(inside, 'code', '123456');
      const account = page.signedIn.center.getAttribute('account')!;
      const names = () => Object.keys(sessionStorage).filter((name) => name.includes(account) && name.includes('approval'));
      const kept = () => names().map((name) => sessionStorage.getItem(name));
      expect(kept()).to.have.length(1);
      expect(kept()[0]).to.not.contain('123456');
      accept();
      submit(inside);
      await isDecided();
      expect(kept()).to.deep.equal([]);
    });
  });
});
