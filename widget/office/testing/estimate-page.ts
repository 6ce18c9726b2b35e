/** The screen of one estimate in a test's page, with what a person reads and does there. */
import type { Estimate } from '../../../server/contract/estimates.ts';
import { textOf, until, type Asked, type Inside } from '../../testing/signed-in.ts';
import { estimate, estimateId, estimateServer } from './estimates.ts';
import { openOffice, type OpenOffice } from './office-page.ts';

type Wanted = NonNullable<Parameters<typeof openOffice>[0]>;

/** One at a time, so close it after each test. */
export function estimateScreen() {
  let opened: OpenOffice;
  let server: ReturnType<typeof estimateServer>;
  let screen: Inside;

  const part = (name: 'editor' | 'remarks' | 'history' | 'preview') => screen.shadowRoot.querySelector<Inside>(`cc-office-estimate-${name}`)?.shadowRoot;
  const editor = () => part('editor')!;
  const all = (root: ParentNode, selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
  const line = (index: number) => all(editor(), '.line')[index]!;

  const open = async (of: Estimate = estimate(), wanted: Wanted = {}) => {
    server = estimateServer(of);
    opened = await openOffice({ path: `/estimates/${estimateId}`, width: 1400, ...wanted, answers: { ...server.answers, ...wanted.answers } });
    screen = await opened.screen('cc-office-estimate');
  };
  const shown = async (...of: Parameters<typeof open>) => {
    await open(...of);
    await until(() => part('editor')?.querySelector('form') ?? part('history')?.querySelector('section'), 'the estimate shows', 8000);
  };
  /** The customer's view as it is drawn in the preview. */
  const preview = () => part('preview')?.querySelector<Inside>('cc-view-estimate')?.shadowRoot;
  const previewSays = (words: string) => until(() => textOf(preview() ?? new Text()).includes(words), `the preview says “${words}”`, 6000);

  const type = (control: HTMLElement, value: string) => {
    (control as HTMLInputElement).value = value;
    control.dispatchEvent(new Event(control.localName === 'select' ? 'change' : 'input', { bubbles: true, composed: true }));
  };
  /** A field of a line by its name, or of the whole by its id. */
  const field = (name: string, index?: number) => (index === undefined ? editor() : line(index)).querySelector<HTMLInputElement>(index === undefined ? `#${name}` : `[id$="-${name}"]`)!;
  const press = (words: string, root: ParentNode = screen.shadowRoot) => {
    const found = [...root.querySelectorAll('button')].find((each) => textOf(each).trim() === words || each.getAttribute('aria-label') === words);
    if (!found) throw new Error(`no button “${words}”`);
    found.click();
  };
  const save = () => press('Save draft', editor());
  const dialog = async (tag: 'cc-office-send' | 'cc-dialog') => {
    const found = await until(() => screen.shadowRoot.querySelector<Inside>(tag), `<${tag}> opens`);
    await found.updateComplete;
    return tag === 'cc-dialog' ? found : found.shadowRoot;
  };
  const errors = (root: ParentNode = editor()) => all(root, '.error').map((each) => textOf(each).trim());
  const asked = (method: string, end: string): Asked[] => opened.asked.filter((each) => each.method === method && each.path.endsWith(end));
  /** To another screen and back, as after a reload: the screen is a new one. */
  const leaveAndReturn = async () => {
    const { router } = screen as unknown as { router: { go: (path: string) => void } };
    router.go('/settings/taxes');
    await until(() => !opened.office.shadowRoot.querySelector('cc-office-estimate'), 'another screen shows');
    router.go(`/estimates/${estimateId}`);
    screen = await opened.screen('cc-office-estimate');
    await until(() => part('editor')?.querySelector('form'), 'the estimate shows again');
  };
  /** Everything a person reads on the screen, without the preview. */
  const text = () => textOf(screen.shadowRoot, 'cc-office-estimate-preview');
  const focused = () => editor().activeElement as HTMLElement | null;

  return {
    part, editor, line, all, open, shown, preview, previewSays, type, field, press, save, dialog, errors, asked, leaveAndReturn, text, focused,
    says: (words: string) => until(() => text().includes(words), `the screen says “${words}”`),
    close: () => opened.close(),
    get server() {
      return server;
    },
    get opened() {
      return opened;
    },
    get screen() {
      return screen;
    },
  };
}
