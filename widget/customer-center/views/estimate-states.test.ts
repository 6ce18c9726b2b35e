import { expect } from '@open-wc/testing';
import '../../elements/customer-center.ts';
import type { EstimateView } from '../../../server/contract/estimates.ts';
import { estimatePage, linkOf } from '../../testing/estimate-page.ts';
import { approved, declined, estimateContent, estimateView, remark, revised } from '../../testing/estimates.ts';
import { noConnection, Refusal, until } from '../../testing/signed-in.ts';

const page = estimatePage();
const { $, open, shown, story, form, field, submit, approving, answer, closeForm, drawing } = page;

describe('estimate, in every state,', () => {
  afterEach(() => page.close());

  for (const colorScheme of ['light', 'dark'] as const) {
    describe(`is accessible in ${colorScheme} mode`, () => {
      const never = () => new Promise(() => undefined);
      const states: Record<string, [estimate: EstimateView | (() => unknown), wanted: Parameters<typeof open>[1], ready: () => unknown]> = {
        'to choose from': [estimateView(), {}, () => $('fieldset')],
        'on a phone': [revised({ remarks: [remark(), remark({ id: 'r2', answer: 'No.' })] }), { width: 320 }, () => story()?.querySelector('.changes')],
        'a missing choice': [
          estimateView({ content: { lines: estimateContent().lines.map((line) => ({ ...line, selected: false })) } }),
          {},
          () => ($('.foot button')?.click(), $('[aria-invalid=true]')),
        ],
        expired: [estimateView({ status: 'expired' }), {}, () => story()?.querySelector('.notice')],
        withdrawn: [estimateView({ status: 'withdrawn' }), {}, () => story()?.querySelector('.notice')],
        approved: [approved(), {}, () => story()?.querySelector('.title')],
        declined: [declined(), {}, () => story()?.querySelector('.title')],
        'by a link': [estimateView(), { session: linkOf('m•••@pine.example') }, () => $('.sheet')],
        loading: [never, {}, () => $('.skeleton')],
        gone: [() => new Refusal(404, 'not_found'), {}, () => $('[part=empty]')],
        failed: [() => noConnection, {}, () => $('[part=error]')],
      };
      for (const [name, [estimate, wanted, ready]] of Object.entries(states)) {
        it(name, async () => {
          await open(estimate, { width: 800, ...wanted, colorScheme });
          await until(ready, `${name} shows`);
          if (name === 'loading') await new Promise((next) => setTimeout(next, 250));
          await expect(page.signedIn.center).to.be.accessible();
        });
      }

      it('approving, with every error', async () => {
        await shown(estimateView({ verification: 'code', content: { termsRequired: true } }), { colorScheme, width: 360 });
        answer('approval-code', () => ({ id: 'sir_1', masked: 'm•••', channel: 'email', expiresAt: '2030-01-01T00:00:00Z' }));
        const inside = await approving();
        field(inside, 'terms').click();
        submit(inside);
        await until(() => field(inside, 'code'), 'the code is asked for');
        field(inside, 'terms').click();
        field(inside, 'other').click();
        await drawing(inside);
        submit(inside);
        await until(() => inside.querySelectorAll('.error').length === 5, 'every error shows');
        await expect(page.signedIn.center).to.be.accessible();
      });

      it('asking for a change, and declining', async () => {
        await shown(estimateView(), { colorScheme, width: 360 });
        const inside = await form('Ask for a change');
        inside.querySelector<HTMLElement>('.closed button')!.click();
        submit(inside);
        await until(() => inside.querySelector('.error'), 'the error shows');
        await expect(page.signedIn.center).to.be.accessible();
        await closeForm(inside);
        await form('Decline');
        await expect(page.signedIn.center).to.be.accessible();
      });
    });
  }
});
