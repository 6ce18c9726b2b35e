import { expect } from '@open-wc/testing';
import '../../elements/customer-center.ts';
import { base, estimatePage, linkOf } from '../../testing/estimate-page.ts';
import { approved, declined, estimateContent, estimateLine, estimateView, remark, revised } from '../../testing/estimates.ts';
import { englishIn, noConnection, Refusal, textOf, until } from '../../testing/signed-in.ts';

const page = estimatePage();
const { $, $$, open, shown, input, story, told, form, closeForm, drawing, field, submit, isDecided, approving, total, sent, answer } = page;

describe('estimate', () => {
  afterEach(() => page.close());

  describe('is read', () => {
    it('has what it is about as its heading, with number, version, state, for whom and where', async () => {
      await shown();
      const heading = $('#heading')!;
      expect(heading.textContent).to.equal('Water heater replacement');
      expect(heading.lang).to.equal('en-US');
      const head = textOf($('.head')!);
      expect(head).to.match(/Estimate 1042 · version 1 ?Valid to \w+ \d+/);
      expect(head).to.contain('For Pine Street Dental · 412 Pine Street, Decatur, GA 30030');
      await until(() => page.view.shadowRoot.activeElement === heading, 'the heading has the focus');
    });

    it('says how it stands in a word', async () => {
      const states: [Partial<Parameters<typeof estimateView>[0]>, string][] = [
        [{ content: { expiresOn: null } }, 'Waits for your answer'],
        [{ status: 'changesRequested' }, 'You asked for a change'],
        [{ status: 'expired' }, 'Expired'],
        [{ status: 'withdrawn' }, 'Withdrawn'],
        [{ status: 'approved' }, 'Approved'],
        [{ status: 'declined' }, 'Declined'],
      ];
      for (const [change, word] of states) {
        await shown(estimateView(change));
        expect(textOf($('.head .pill')!)).to.equal(word);
        page.close();
      }
      await shown();
    });

    it('groups what excludes one another in radio fieldsets, and what may be left out in checkboxes', async () => {
      await shown();
      const [group, addOns] = $$('fieldset') as [HTMLFieldSetElement, HTMLFieldSetElement];
      expect(textOf(group.querySelector('legend')!)).to.contain('Water heater').and.contain('Choose one');
      const radios = [...group.querySelectorAll<HTMLInputElement>('input[type=radio]')];
      expect(radios.map(({ checked }) => checked)).to.deep.equal([false, true, false]);
      expect(new Set(radios.map(({ name }) => name)).size).to.equal(1);
      radios[0]!.click();
      await page.view.updateComplete;
      expect(radios.map(({ checked }) => checked)).to.deep.equal([true, false, false]);
      expect(textOf(addOns.querySelector('legend')!)).to.equal('Add if you like');
      expect(addOns.querySelectorAll('input[type=checkbox]')).to.have.length(2);
    });

    it('lists what counts like a paper, with each tax by its name, the deposit, and how long it is valid', async () => {
      await shown(estimateView({ content: { expiresOn: '2030-12-05', poNumber: 'PO 9' } }));
      const paper = textOf($('.paper')!);
      const lines = ['Installation', '3.5 hr', '$420.00', 'Better', 'Expansion tank'];
      for (const part of [...lines, 'Subtotal$2,994.00', 'Sales tax 8%$205.92', 'Total$3,199.92']) expect(paper).to.contain(part);
      expect(paper).to.contain('Deposit on approval$500.00').and.contain('December 5, 2030').and.contain('PO 9');
      expect(paper).to.not.contain('Best').and.not.contain('Drain pan');
      expect($('table [lang]')!.lang).to.equal('en-US');
    });

    it('says of contained taxes that they are contained', async () => {
      await shown(estimateView({ content: { taxIncluded: true } }));
      expect(textOf($('.paper')!)).to.contain('Total$2,994.00').and.contain('Includes Sales tax 8%$190.67');
    });

    it('shows long details when somebody asks for them', async () => {
      await shown();
      expect(textOf(input('Good').closest('label')!)).to.contain('40 gal, 6-year warranty');
      const details = $<HTMLDetailsElement>('details')!;
      expect(textOf(details.querySelector('summary')!)).to.contain('What’s included');
      expect(details.open).to.equal(false);
      details.querySelector('summary')!.click();
      expect(details.open).to.equal(true);
      expect(textOf(details)).to.contain('Brass drain valve');
      expect(input('Better').checked).to.equal(true);
    });

    it('follows every choice with the total at once, and says it politely when the choosing pauses', async () => {
      await shown();
      const said = $('[role=status].visually-hidden')!;
      await until(() => textOf(said).trim() === '', 'nothing is said any more');
      expect(total()).to.equal('$3,199.92');
      input('Best').click();
      await page.view.updateComplete;
      expect(total()).to.equal('$4,345.80');
      expect(textOf($('.paper')!)).to.contain('Total$4,345.80');
      input('Expansion tank').click();
      input('Drain pan').click();
      await page.view.updateComplete;
      expect(total()).to.equal('$4,210.80');
      expect(textOf(said).trim()).to.equal('');
      await until(() => textOf(said).trim() === 'Total $4,210.80', 'the total is said');
    });

    it('asks a deposit in percent of what is chosen', async () => {
      await shown(estimateView({ content: { deposit: { percent: '12.5' } } }));
      expect(textOf($('.paper')!)).to.contain('Deposit on approval$399.99');
      input('Good').click();
      await page.view.updateComplete;
      expect(textOf($('.paper')!)).to.contain('Deposit on approval$332.49');
    });

    it('shows the contractor’s note, and what changed, each line by a word', async () => {
      await shown(revised());
      const cards = await told();
      expect(cards).to.contain('From Acme Plumbing & Heating').and.contain('With the permit, as you asked.');
      expect(cards).to.contain('What changed since version 1').and.contain('3 changes');
      const [better, permit, pan] = [...story()!.querySelectorAll('.changes li')].map((each) => textOf(each).trim()) as [string, string, string];
      expect(better).to.match(/^Changed Better was \$2,389\.00 ?\$2,489\.00$/);
      expect(permit).to.match(/^New Permit ?\$120\.00$/);
      expect(pan).to.match(/^Removed Drain pan ?\$60\.00$/);
      expect(textOf(input('Better').closest('.choice')!)).to.contain('Changed').and.contain('was $2,389.00');
      expect(textOf($$('tbody tr').find((row) => textOf(row).includes('Permit'))!)).to.contain('New');
    });

    it('says that a line has other words where its price is the same', async () => {
      const { lines } = estimateContent();
      await shown(revised({ changes: { since: 1, lines: [{ lineId: 'good', change: 'changed', before: { ...lines[1]!, details: '38 gal' } }] } }));
      expect(await told()).to.contain('described differently');
    });

    it('tells the server once for each version that it was opened, however often it is drawn', async () => {
      await shown();
      await until(() => sent('/opened').length, 'the opening is told');
      expect(sent('/opened')[0]!.body).to.deep.equal({ version: 1 });
      input('Good').click();
      await page.view.updateComplete;
      expect(sent('/opened')).to.have.length(1);
    });

    it('counts as opened only when somebody can see it', async () => {
      let state = 'hidden';
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      try {
        await shown();
        await new Promise((next) => setTimeout(next, 50));
        expect(sent('/opened')).to.have.length(0);
        state = 'visible';
        document.dispatchEvent(new Event('visibilitychange'));
        await until(() => sent('/opened').length, 'the opening is told');
      } finally {
        delete (document as { visibilityState?: string }).visibilityState;
      }
    });

    it('goes on without a word when the opening cannot be told', async () => {
      await shown(estimateView(), { answers: { [`POST ${base}/opened`]: () => new Refusal(500, 'internal') } });
      await until(() => sent('/opened').length, 'the opening is told');
      await page.view.updateComplete;
      expect($('[role=alert]')).to.equal(null);
    });

    it('shows its total and the way to approve at the foot of a phone, and hides nothing behind it', async () => {
      await shown(estimateView(), { width: 320 });
      const foot = $('.foot')!;
      expect(getComputedStyle(foot).position).to.equal('sticky');
      const last = $$('.actions button').at(-1)!;
      last.scrollIntoView({ block: 'end' });
      expect(foot.getBoundingClientRect().bottom).to.be.at.most(last.getBoundingClientRect().top);
      page.close();
      await shown(estimateView(), { width: 900 });
      expect(getComputedStyle($('.foot')!).position).to.equal('static');
    });

    it('offers only what this person may do', async () => {
      await shown(estimateView({ rights: { approve: false, requestChanges: false, pay: false, pdf: false, share: false } }));
      expect($$('.stack button').map((each) => textOf(each).trim())).to.deep.equal(['Print']);
      page.close();
      await shown();
      const buttons = $$('.stack button').map((each) => textOf(each).trim());
      expect(buttons).to.have.members(['Approve', 'Ask for a change', 'Decline', 'Download', 'Print', 'Send it on']);
    });

    it('goes back', async () => {
      await shown();
      $('.back')!.click();
      await page.signedIn.view('cc-view-history');
    });
  });

  describe('is opened by a link', () => {
    it('says what the link shows and leads to everything else; its reader has no Back', async () => {
      let challenged = false;
      await shown(estimateView(), {
        session: linkOf('m•••@pine.example'),
        answers: {
          '/documents/:d/center': () => {
            challenged = true;
            return { id: 'sir_1', masked: 'm•••', channel: 'email', expiresAt: '2030-01-01T00:00:00Z', retryAfter: 60 };
          },
        },
      });
      expect(textOf($('.sheet')!)).to.contain('This link shows this one estimate.');
      expect($('.back')).to.equal(null);
      await until(() => sent('/documents/link_1/opened').length, 'the opening is told');
      $<HTMLElement>('.sheet button')!.click();
      await until(() => challenged, 'the code is asked for');
    });

    it('leads nowhere else where it was sent on to somebody', async () => {
      await shown(estimateView({ rights: { ...estimateView().rights, share: false } }), { session: linkOf(null) });
      expect($('.sheet')).to.equal(null);
    });

    it('is approved under the link, and shows the deposit without a way to other documents', async () => {
      await shown(estimateView(), { session: linkOf(null), answers: { 'POST /documents/:d/approve': () => approved() } });
      submit(await approving());
      await isDecided();
      expect(sent('/documents/link_1/approve')).to.have.length(1);
      expect(await told()).to.contain('Deposit still due').and.not.contain('View invoice');
    });
  });

  it('says when an estimate is gone, and when it could not be loaded', async () => {
    await open(() => new Refusal(404, 'not_found'));
    expect(textOf(await until(() => $('[part=empty]'), 'the estimate is gone'))).to.contain('This estimate is no longer here');
    page.close();
    let answers: unknown = new Refusal(500, 'internal');
    await open(() => answers);
    const alert = await until(() => $('[role=alert]'), 'the failure is said');
    answers = estimateView();
    alert.querySelector('button')!.click();
    await until(() => $('.subject'), 'the estimate shows');
  });

  it('keeps what was read when the connection is gone', async () => {
    let answers: unknown = estimateView();
    await shown(() => answers);
    answers = noConnection;
    window.dispatchEvent(new Event('offline'));
    answer('approve', () => new Refusal(412, 'stale'));
    submit(await approving());
    expect(textOf(await until(() => $('.stale'), 'it is said'))).to.contain('You are offline.');
    expect(input('Better').checked).to.equal(true);
    expect($('.foot')).to.not.equal(null);
  });

  it('speaks Spanish throughout', async () => {
    const states = [revised({ remarks: [remark()] }), approved(), declined(), estimateView({ status: 'expired' })];
    for (const estimate of states) {
      await shown(estimate, { lang: 'es' });
      expect(englishIn(page.view), estimate.status).to.deep.equal([]);
      page.close();
    }
    await shown(estimateView({ verification: 'code', content: { termsRequired: true } }), { lang: 'es' });
    for (const button of ['Aprobar', 'Pedir un cambio', 'Rechazar']) {
      const inside = await form(button);
      if (button === 'Aprobar') {
        field(inside, 'other').click();
        submit(inside);
        await until(() => inside.querySelector('.error'), 'the errors show');
        await drawing(inside);
      }
      if (button === 'Pedir un cambio') {
        submit(inside);
        await until(() => inside.querySelector('.error'), 'the error shows');
      }
      expect(englishIn(page.view), button).to.deep.equal([]);
      await closeForm(inside, 'Cerrar');
    }
  });

  it('never grows wider than 320 pixels', async () => {
    const long = 'Donaudampfschifffahrtsgesellschaft'.repeat(3);
    const lines = [
      estimateLine('one', long, 12_345_678_900, { group: 'heater', details: long, quantity: '123456.789', unit: 'hr' }),
      estimateLine('two', long, 99_999_999, { optional: true, details: `${long}\n${long}` }),
      estimateLine('three', long, 99_999_999, { details: long, discount: 500 }),
    ];
    const change = { since: 1, lines: [{ lineId: 'one', change: 'changed' as const, before: { ...lines[0]!, total: 5 } }] };
    const content = { title: long, lines, terms: long, note: long, termsRequired: true, groups: [{ key: 'heater', name: long }] };
    await shown(estimateView({ content, changes: change, remarks: [remark({ lineId: 'three', text: long, answer: long })] }), { width: 320 });
    const fits = (root: ParentNode, where: string) => {
      const { right } = page.view.getBoundingClientRect();
      for (const each of root.querySelectorAll('*:not(.visually-hidden)')) {
        if (each.closest('.foot')) expect(each.getBoundingClientRect().right, where).to.be.at.most(right + 16.5);
        else expect(each.getBoundingClientRect().right, `${where} ${each.localName} ${each.className}`).to.be.at.most(right + 0.5);
      }
    };
    fits(page.view.shadowRoot, 'estimate');
    input(long).click();
    const inside = await approving();
    fits(inside, 'approve');
    await closeForm(inside);
    fits(await form('Ask for a change'), 'change');
  });

  it('has targets of 44 pixels', async () => {
    await shown(revised(), { width: 320 });
    const inside = await approving();
    for (const each of [...$$('button, summary, .choice label'), ...inside.querySelectorAll<HTMLElement>('button, .check, .field')]) {
      expect(each.getBoundingClientRect().height, textOf(each)).to.be.at.least(43.5);
    }
  });
});
