/** The pay view in a test's page, with what a person does there, in front of a made-up server and a made-up Stripe. */
import type { InvoiceView } from '../../server/contract/invoices.ts';
import type { PaymentAttempt } from '../../server/contract/payments.ts';
import { invoiceView } from './invoices.ts';
import { usd } from './jobs.ts';
import { attempt, FakeStripe, paymentOptions, started } from './payments.ts';
import { signIn, textOf, until, type Answers, type Inside, type SignedIn } from './signed-in.ts';

type Wanted = NonNullable<Parameters<typeof signIn>[0]>;

/** A server where the payment begins, and stands as given when it is looked at. */
export const paid = (payment: PaymentAttempt = attempt()): Answers => ({
  'POST /customers/:c/payments': () => started(),
  'POST /customers/:c/payments/:p/sync': () => payment,
  'GET /customers/:c/payments/:p': () => payment,
});

const small = (): InvoiceView =>
  invoiceView({ id: 'inv_2', etag: '1-def', due: usd(5_000), payable: usd(5_000), content: { number: '2208', title: 'Report' } });
/** Two invoices by their ids; the second is over $50.00. */
export const invoices = (first: () => unknown = invoiceView): Answers => ({
  '/customers/:c/invoices/:i': ({ path }) => (path.endsWith('inv_2') ? small() : first()),
});

export const options = (change: Parameters<typeof paymentOptions>[0]): Answers => ({ '/customers/:c/payment-options': () => paymentOptions(change) });

/** One at a time: make its Stripe before each test, and close it after. */
export function payPage() {
  let stripe: FakeStripe;
  let signedIn: SignedIn;
  let view: Inside;

  const $ = <T extends HTMLElement>(selector: string) => view.shadowRoot.querySelector<T>(selector);
  const $$ = <T extends HTMLElement>(selector: string) => [...view.shadowRoot.querySelectorAll<T>(selector)];

  /** Another view than the one before; from then on everything is about it. */
  const shows = async (name: Parameters<SignedIn['view']>[0]) => (view = await signedIn.view(name));
  const enter = async (wanted: Wanted, name: Parameters<SignedIn['view']>[0]) => {
    signedIn = await signIn(wanted);
    await shows(name);
  };
  const open = (answers: Answers = {}, wanted: Wanted = {}) =>
    enter({ destination: '/pay/inv_1', ...wanted, answers: { ...paid(), ...answers } }, 'cc-view-pay');

  const button = (label: string) => $$<HTMLButtonElement>('button').find((each) => textOf(each).trim() === label);
  const ready = () => until(() => $('.foot .button')?.getAttribute('aria-disabled') === 'false', 'the form is ready');
  const pay = async () => {
    await ready();
    $('.foot .button')!.click();
  };
  const type = (name: string, value: string) => {
    const field = $<HTMLInputElement>(`input[name="${name}"]:not([type=radio])`)!;
    field.value = value;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    return view.updateComplete;
  };
  const choose = async (name: string, value: string) => {
    $$<HTMLInputElement>(`input[name=${name}]`).find((each) => each.value === value || each.type === 'checkbox')!.click();
    await view.updateComplete;
  };
  const said = () => until(() => $('.error[role=alert]'), 'it says what is wrong').then((alert) => textOf(alert));
  const asked = (end: string) => signedIn.asked.filter(({ method, path }) => method === 'POST' && path.endsWith(end));

  return {
    $, $$, shows, enter, open, button, ready, pay, type, choose, said, asked,
    text: () => textOf(view),
    newStripe: () => (stripe = new FakeStripe()),
    close: () => signedIn.close(),
    get stripe() {
      return stripe;
    },
    get signedIn() {
      return signedIn;
    },
    get view() {
      return view;
    },
  }; // prettier-ignore
}
