import { expect } from '@open-wc/testing';
import '../../elements/customer-center.ts';
import type { EstimateView } from '../../../server/contract/estimates.ts';
import { estimatePage } from '../../testing/estimate-page.ts';
import { approved, declined, estimateContent, estimateView, remark, revised } from '../../testing/estimates.ts';
import { usd } from '../../testing/jobs.ts';
import { FakeStripe } from '../../testing/payments.ts';
import { noConnection, Refusal, textOf, until } from '../../testing/signed-in.ts';

const page = estimatePage();
const { $, $$, shown, leaveAndReturn, press, input, story, told, toldFirst, form, field, type, submit, approving, sent, answer } = page;

describe('estimate', () => {
  afterEach(() => page.close());

  describe('is no longer what it was', () => {
    it('shows the new version with what changed, keeps choices on unchanged lines, and explains itself', async () => {
      let estimate = estimateView();
      await shown(() => estimate);
      input('Best').click();
      input('Expansion tank').click();
      await page.view.updateComplete;
      estimate = revised();
      answer('approve', () => new Refusal(412, 'stale'));
      const inside = await approving();
      type(inside, 'po', 'PO 8');
      submit(inside);
      await toldFirst('This estimate has changed meanwhile');
      expect(await told()).to.contain('This is version 2').and.contain('What changed since version 1');
      expect(input('Best').checked).to.equal(true);
      expect(input('Expansion tank').checked).to.equal(false);
      await until(() => sent('/opened').length === 2, 'the new version is opened too');
      const again = await approving();
      expect(field(again, 'po').value).to.equal('PO 8');
      answer('approve', () => approved({ version: 2 }));
      submit(again);
      await until(() => sent('/approve').length === 2, 'the new version is approved');
      expect(sent('/approve')[1]!.headers.get('If-Match')).to.equal('"2.def"');
    });

    it('does not carry a choice over to a line that changed', async () => {
      const { lines } = estimateContent();
      let estimate = estimateView({ content: { lines: lines.map((line) => ({ ...line, selected: line.id === 'good' })) } });
      await shown(() => estimate);
      input('Better').click();
      estimate = revised({ content: { lines: revised().content.lines.map((line) => ({ ...line, selected: line.id === 'good' })) } });
      answer('approve', () => new Refusal(412, 'stale'));
      submit(await approving());
      await toldFirst('This estimate has changed meanwhile');
      expect($$('[type=radio]').map((each) => (each as HTMLInputElement).checked)).to.deep.equal([false, false, false]);
      press('Approve');
      await until(() => $('[role=radiogroup][aria-invalid=true]'), 'a new choice is asked for');
    });

    it('keeps the choices of a reload only where the line is the same', async () => {
      let estimate = estimateView();
      await shown(() => estimate);
      input('Drain pan').click();
      input('Expansion tank').click();
      estimate = revised();
      await leaveAndReturn();
      expect(input('Expansion tank').checked).to.equal(false);
      expect(textOf($('.paper')!)).to.not.contain('Drain pan');
    });

    const refusals: [code: 'document_expired' | 'document_withdrawn' | 'document_decided', after: EstimateView, title: string, way: string][] = [
      ['document_expired', estimateView({ status: 'expired' }), 'This estimate was valid to', 'Ask for a new one'],
      ['document_withdrawn', estimateView({ status: 'withdrawn' }), 'Acme Plumbing & Heating has withdrawn this estimate', 'Ask for a new one'],
      ['document_decided', approved(), 'This estimate was decided meanwhile', 'Ask for a change'],
    ];
    for (const [code, after, title, way] of refusals) {
      it(`explains ${code} and what is possible`, async () => {
        let estimate = estimateView();
        await shown(() => estimate);
        estimate = after;
        answer('approve', () => new Refusal(409, code));
        submit(await approving());
        await toldFirst(title);
        expect($('.foot')).to.equal(null);
        const inside = await form(way);
        expect(textOf(inside)).to.contain('What should be different?');
      });
    }

    it('says so also where it cannot be read again', async () => {
      let answers: unknown = estimateView();
      await shown(() => answers);
      answers = noConnection;
      answer('approve', () => new Refusal(409, 'document_expired'));
      submit(await approving());
      await toldFirst('This estimate was valid to');
      expect($('.foot')).to.equal(null);
      expect(textOf($('.stack')!)).to.contain('Better');
    });

    it('is explained when it opens as expired or withdrawn', async () => {
      await shown(estimateView({ status: 'expired', content: { expiresOn: '2025-10-31' } }));
      expect(await told()).to.contain('This estimate was valid to Friday, October 31, 2025').and.contain('You can ask for a new one.');
      page.close();
      await shown(estimateView({ status: 'withdrawn' }));
      expect(await told()).to.contain('has withdrawn this estimate');
    });
  });

  describe('is wished otherwise', () => {
    it('in words and with remarks on single lines, sent together', async () => {
      await shown();
      const wished = estimateView({
        status: 'changesRequested',
        remarks: [remark({ id: 'r1', lineId: null, text: 'Cheaper, please' }), remark({ id: 'r2', lineId: 'better', text: 'Is it loud?' })],
      });
      answer('change-requests', () => wished);
      const inside = await form('Ask for a change');
      type(inside, 'text', 'Cheaper, please');
      const lines = [...inside.querySelectorAll('.lines li')];
      expect(lines).to.have.length(6);
      lines.find((each) => textOf(each).includes('Better'))!.querySelector('button')!.click();
      await until(() => inside.activeElement?.localName === 'textarea', 'the field has the focus');
      const own = inside.activeElement as HTMLTextAreaElement;
      expect(textOf(own.labels[0]!).trim()).to.equal('Remark: Better');
      own.value = ' Is it loud? ';
      own.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      submit(inside);
      await toldFirst('Your request was sent to Acme Plumbing & Heating');
      const remarks = [{ lineId: 'better', text: 'Is it loud?' }];
      expect(sent('/change-requests')[0]!.body).to.deep.equal({ version: 1, text: 'Cheaper, please', remarks });
      expect(await told()).to.contain('you can still approve this version');
      expect($('.foot')).to.not.equal(null);
      expect(story()!.querySelectorAll('.remarks li')).to.have.length(2);
    });

    it('not without a word', async () => {
      await shown();
      const inside = await form('Ask for a change');
      submit(inside);
      await until(() => inside.activeElement?.id === 'text', 'the field has the focus');
      expect(textOf(inside.querySelector('#text-problem')!)).to.equal('Say what should be different, here or at a line');
      expect(sent('/change-requests')).to.have.length(0);
    });

    it('with nothing lost when it cannot be sent, nor by leaving', async () => {
      await shown();
      answer('change-requests', () => noConnection);
      let inside = await form('Ask for a change');
      type(inside, 'text', 'Cheaper, please');
      submit(inside);
      await until(() => inside.querySelector('[role=alert]'), 'the failure is said');
      await leaveAndReturn();
      inside = await form('Ask for a change');
      expect(field(inside, 'text').value).to.equal('Cheaper, please');
    });

    it('lists what was asked above and at its line, open or answered with the answer', async () => {
      const answered = { answer: 'Yes, at no extra cost.', answeredAt: '2025-11-22T10:00:00Z' };
      await shown(estimateView({ remarks: [remark(), remark({ id: 'r2', lineId: 'labor', text: 'On a Saturday?', ...answered })] }));
      await told();
      const [first, second] = [...story()!.querySelectorAll('.remarks li')].map((each) => textOf(each)) as [string, string];
      expect(first).to.contain('Maria O’Brien').and.contain('Better').and.contain('Is it as loud as the old one?').and.contain('Not answered yet');
      expect(second).to.contain('On a Saturday?').and.contain('Answered').and.contain('Yes, at no extra cost.');
      expect(textOf(input('Better').closest('.choice')!)).to.contain('Is it as loud').and.contain('Not answered yet');
      expect(textOf($$('tbody tr').find((row) => textOf(row).includes('Installation'))!)).to.contain('On a Saturday?').and.contain('Answered');
    });

    it('speaks only of what was approved once it is', async () => {
      await shown(approved());
      const inside = await form('Ask for a change');
      const lines = [...inside.querySelectorAll('.lines li')].map((each) => textOf(each.querySelector('[lang]')!));
      expect(lines).to.deep.equal(['Installation', 'Better', 'Expansion tank']);
    });
  });

  describe('is declined', () => {
    it('after asking once, with a reason', async () => {
      await shown();
      answer('decline', () => declined());
      const inside = await form('Decline');
      expect(textOf(inside.querySelector('#heading')!)).to.equal('Decline this estimate?');
      expect(sent('/decline')).to.have.length(0);
      type(inside, 'text', 'We sell the house instead.');
      submit(inside);
      await toldFirst('Declined by');
      const [asked] = sent('/decline');
      expect(asked!.body).to.deep.equal({ reason: 'We sell the house instead.' });
      expect(asked!.headers.get('If-Match')).to.equal('"1.abc"');
      expect(await told()).to.contain('We sell the house instead.');
    });

    it('not in a version that is no longer the current one', async () => {
      let estimate = estimateView();
      await shown(() => estimate);
      estimate = revised();
      answer('decline', () => new Refusal(412, 'stale'));
      submit(await form('Decline'));
      await toldFirst('This estimate has changed meanwhile');
    });
  });

  describe('is decided', () => {
    it('says who, when, which options, for how much, with PO number', async () => {
      await shown(approved());
      const text = (await told()) + textOf($('.paper')!);
      const who = ['Approved by Maria O’Brien', 'maria@pinedental.example', 'Signed with the typed name'];
      const what = ['Saturday, November 22, 2025', '11:30 AM', 'Better · Expansion tank', 'PO 77', 'Total$3,199.92'];
      for (const part of [...who, ...what]) expect(text).to.contain(part);
      expect($('fieldset')).to.equal(null);
      expect(textOf($('.paper')!)).to.contain('Brass drain valve').and.not.contain('Best');
      expect($$('[data-opens]').map((each) => textOf(each).trim())).to.deep.equal(['Ask for a change']);
    });

    it('gives the certificate to take along', async () => {
      await shown(approved());
      const clicked: string[] = [];
      const realClick = HTMLAnchorElement.prototype.click;
      HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
        clicked.push(this.href);
      };
      try {
        await told();
        press('Download the certificate', story());
        await until(() => clicked.length, 'the file comes');
        expect(sent('/downloads')[0]!.body).to.deep.equal({ what: 'certificate' });
        expect(clicked[0]).to.contain('/d/ticket');
      } finally {
        HTMLAnchorElement.prototype.click = realClick;
      }
    });

    it('has a button that pays the deposit at once, also when it is opened again, and says what is on its way', async () => {
      const deposit = { ...approved().depositInvoice!, onlinePayment: true };
      const rights = { ...approved().rights, pay: true };
      new FakeStripe();
      await shown(approved({ depositInvoice: deposit, rights }));
      await told();
      press('Pay $500.00', story());
      const pay = await page.signedIn.view('cc-view-pay');
      expect((pay as unknown as { payId: string }).payId).to.equal('inv_1');
      page.close();
      const pending = [{ paymentId: 'att_1', amount: usd(50_000), since: '2025-11-20T15:00:00Z', by: null, own: true, verify: false }];
      await shown(approved({ depositInvoice: { ...deposit, payable: usd(0), pending }, rights }));
      expect(await told()).to.contain('Your payment of $500.00 has been on its way since November 20, 2025.').and.not.contain('Pay $');
    });

    it('says that the deposit is still due, and how to pay it', async () => {
      await shown(approved());
      const text = await told();
      expect(text).to.match(/Deposit still due ?\$500\.00/);
      expect(text).to.contain('Deposit invoice 2043, due by').and.match(/How to pay ?Check to Acme, or call us\./);
      press('View invoice', story());
      await page.signedIn.view('cc-view-invoice');
      page.close();
      await shown(approved({ depositInvoice: { ...approved().depositInvoice!, due: usd(0) } }));
      expect(await told()).to.match(/Deposit, paid ?\$500\.00/).and.not.contain('Check to Acme');
    });
  });
});
