/** What is done with the lines of a document while it is written: added, copied, moved, deleted and brought back, with the focus where the hands are. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Form } from '../form/form.ts';
import { duplicate, moved } from './estimate-lines.ts';
import type { LineValues } from './estimate-values.ts';

interface Options<Line extends LineValues> {
  /** An empty line; it bears the same taxes as the one before it. */
  empty: (before: Line | undefined) => Line;
  /** What a copy does not take over. */
  copy: (line: LineValues) => Line;
  /** Says to screen readers where a line has gone. */
  say: (line: Line, at: number, of: number) => string;
  /** What must hold of the lines together, once one of them is gone. */
  settle?: (lines: Line[]) => Line[];
  /** The lines with a deleted one back in its place; without it, it is just put there. */
  restore?: (deleted: { line: Line; index: number }) => Line[];
}

type Values<Line> = { lines: Line[] } & Record<string, unknown>;
type Host = ReactiveControllerHost & { shadowRoot: ShadowRoot | null };

export class LineEditing<Line extends LineValues> implements ReactiveController {
  /** Lines that show all their fields, by id. */
  open: ReadonlySet<string> = new Set();
  /** What was deleted last, and where it stood. */
  deleted: { line: Line; index: number } | undefined;
  /** What screen readers hear of a line that has moved. */
  spoken = '';
  readonly #host: Host;
  readonly #form: Form<Values<Line>>;
  readonly #options: Options<Line>;

  constructor(host: Host, form: Form<Values<Line>>, options: Options<Line>) {
    this.#host = host;
    this.#form = form;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    // Everything begins with a press.
  }

  /** One field was typed into: what is wrong with the others stays said. */
  set = (index: number, change: Partial<LineValues>): void => {
    const form = this.#form;
    const touched = Object.keys(change).map((name) => `lines/${index}/${name}`);
    const others = Object.entries(form.errors).filter(([path]) => path.startsWith('lines/') && !touched.some((each) => path === each || path.startsWith(`${each}/`)));
    this.#put(this.#lines.map((line, at) => (at === index ? { ...line, ...change } : line)));
    Object.assign(form.errors, Object.fromEntries(others));
  };

  toggle = ({ id }: LineValues): void => {
    this.open = new Set(this.open.has(id) ? [...this.open].filter((each) => each !== id) : [...this.open, id]);
    this.#host.requestUpdate();
  };

  add = (after: number): void => {
    const lines = this.#lines;
    const line = this.#options.empty(lines[after]);
    this.deleted = undefined;
    this.#put([...lines.slice(0, after + 1), line, ...lines.slice(after + 1)]);
    void this.#focusOn(`#line-${CSS.escape(line.id)}-description`);
  };

  duplicate = (index: number): void => {
    const lines = duplicate(this.#lines, index).map((line, at) => (at === index + 1 ? this.#options.copy(line) : (line as Line)));
    this.#put(lines);
    void this.#focusOn(`#line-${CSS.escape(lines[index + 1]!.id)}-description`);
  };

  move = async (index: number, step: -1 | 1): Promise<void> => {
    const lines = this.#lines;
    if (!lines[index + step]) return;
    const active = this.#host.shadowRoot!.activeElement;
    this.#put(moved(lines, index, step) as Line[]);
    await this.#host.updateComplete;
    if (active instanceof HTMLElement) active.focus();
    this.spoken = this.#options.say(lines[index]!, index + step + 1, lines.length);
    this.#host.requestUpdate();
  };

  remove = (index: number): void => {
    this.deleted = { line: this.#lines[index]!, index };
    const lines = this.#lines.filter((_, at) => at !== index);
    this.#put(this.#options.settle?.(lines) ?? lines);
    void this.#focusOn('#undo');
  };

  undo = (): void => {
    const deleted = this.deleted!;
    const { line, index } = deleted;
    this.deleted = undefined;
    this.#put(this.#options.restore?.(deleted) ?? this.#lines.toSpliced(index, 0, line));
    void this.#focusOn(`#line-${CSS.escape(line.id)}-description`);
  };

  get #lines(): Line[] {
    return this.#form.values!.lines;
  }

  #put(lines: Line[]): void {
    this.#form.set('lines', lines);
  }

  async #focusOn(selector: string): Promise<void> {
    await this.#host.updateComplete;
    this.#host.shadowRoot!.querySelector<HTMLElement>(selector)?.focus();
  }
}
