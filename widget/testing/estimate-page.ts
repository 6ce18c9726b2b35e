/** An estimate in a test's page, with what a person does there: reading, choosing, filling in forms. */
import type { SessionView } from '../../server/contract/access.ts';
import type { EstimateView } from '../../server/contract/estimates.ts';
import { estimateView } from './estimates.ts';
import { signIn, textOf, until, type Asked, type Inside, type SignedIn } from './signed-in.ts';

type Wanted = NonNullable<Parameters<typeof signIn>[0]>;

/** Where the made-up server has the estimate. */
export const base = '/customers/:c/estimates/:e';

/** The session of a document link; `masked` is the address that it went to, null where a customer sent it on. */
export const linkOf = (masked: string | null): Partial<SessionView> => ({
  kind: 'document',
  document: { id: 'link_1', kind: 'estimate', documentId: 'est_1', actions: ['view', 'pdf', 'approve', 'requestChanges'], masked },
});

/** What a person reads and does; one at a time, so close it after each test. */
export function estimatePage() {
  let signedIn: SignedIn;
  let view: Inside;

  const $ = <T extends HTMLElement>(selector: string) => view.shadowRoot.querySelector<T>(selector);
  const $$ = (selector: string) => [...view.shadowRoot.querySelectorAll<HTMLElement>(selector)];

  /** Opens the estimate, or whatever the function answers at the time. */
  const open = async (estimate: EstimateView | (() => unknown) = estimateView(), wanted: Wanted = {}) => {
    const answer = typeof estimate === 'function' ? estimate : () => estimate;
    const answers = { [base]: answer, '/documents/:d': () => ({ kind: 'estimate', estimate: answer() }), ...wanted.answers };
    signedIn = await signIn({ destination: '/estimates/est_1', ...wanted, answers });
    view = await signedIn.view('cc-view-estimate');
  };
  const shown = async (...of: Parameters<typeof open>) => {
    await open(...of);
    await until(() => $('.subject'), 'the estimate shows');
  };
  /** To another view and back, as after a reload: the view is a new one. */
  const leaveAndReturn = async () => {
    const { router } = view as unknown as { router: { go: (path: string) => void } };
    router.go('/');
    await signedIn.view('cc-view-history');
    router.go('/estimates/est_1');
    view = await signedIn.view('cc-view-estimate');
    await until(() => $('.subject'), 'the estimate shows again');
  };

  const press = (text: string, within: ParentNode = view.shadowRoot) =>
    [...within.querySelectorAll('button')].find((each) => textOf(each).trim() === text)!.click();
  /** The radio button or checkbox of a line. */
  const input = (description: string) => $$('.choice').find((each) => textOf(each).includes(description))!.querySelector('input')!;

  const story = () => $<Inside>('cc-estimate-story')?.shadowRoot;
  const told = async () => textOf(await until(() => story()?.querySelector('.cc'), 'the story shows'));
  /** The first heading of the story has the focus: what has just happened, or how it was decided. */
  const toldFirst = (what: string) => until(() => textOf(story()?.activeElement ?? new Text()).includes(what), `“${what}” has the focus`);

  /** Opens a form by its button; gives its insides once it has the focus at its heading. */
  const form = async (button: string) => {
    press(button);
    const host = await until(() => $<Inside>('cc-estimate-approve, cc-estimate-wish'), 'the form opens');
    await until(() => host.shadowRoot?.activeElement?.id === 'heading', 'the heading of the form has the focus');
    return host.shadowRoot;
  };
  const closeForm = async (inside: ShadowRoot, button = 'Close') => {
    press(button, inside);
    await until(() => !$('cc-estimate-approve, cc-estimate-wish'), 'the form is closed');
  };
  const field = (inside: ShadowRoot, name: string) => inside.querySelector<HTMLInputElement>(`#${name}`)!;
  const type = (inside: ShadowRoot, name: string, value: string) => {
    const own = field(inside, name);
    own.value = value;
    own.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  };
  /** Chooses to draw the signature; gives the pad once it is there. */
  const drawing = async (inside: ShadowRoot) => {
    inside.querySelectorAll<HTMLInputElement>('[name=mark]')[1]!.click();
    const pad = await until(() => inside.querySelector<Inside & { hasDrawing: boolean }>('cc-drawing-pad'), 'the pad comes');
    await until(() => pad.shadowRoot?.querySelector('canvas'), 'the pad shows');
    return pad;
  };
  const submit = (inside: ShadowRoot) => inside.querySelector('form')!.requestSubmit();

  return {
    $, $$, open, shown, leaveAndReturn, press, input, story, told, toldFirst, form, closeForm, field, type, drawing, submit,
    isDecided: () => until(() => textOf(story() ?? new Text()).includes('Approved by'), 'the decision shows'),
    approving: () => form('Approve'),
    total: () => textOf($('.foot .amount')!),
    /** What was posted to an address that ends so. */
    sent: (what: string) => signedIn.asked.filter(({ method, path }) => method === 'POST' && path.endsWith(what)),
    answer: (what: string, give: (asked: Asked) => unknown) => (signedIn.answers[`POST ${base}/${what}`] = give),
    close: () => signedIn.close(),
    get signedIn() {
      return signedIn;
    },
    get view() {
      return view;
    },
  };
}
