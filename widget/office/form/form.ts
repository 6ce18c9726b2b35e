import type { LitElement, ReactiveController } from 'lit';
import { ApiError } from '../../data/errors.ts';
import type { Router } from '../../customer-center/router.ts';

type Values = Record<string, unknown>;

/** What a form needs to know. */
interface FormOptions<V extends Values> {
  /** Under which name unsent text survives a reload; it names the thing that is edited. */
  name: () => string;
  /**
   * Sends what was typed. `changed` are the fields that differ from what was read, `version` is what was read, for `If-Match`. `key` is the
   * same until something else is typed, so that pressing again after a lost answer makes nothing twice.
   */
  save: (wish: { values: V; changed: Partial<V>; version: string | undefined; key: string }) => Promise<void>;
  /** What is wrong before anything is sent, by field, in words for the person. */
  check?: (values: V) => Partial<Record<keyof V & string, string>>;
  /** Reads the thing anew, after somebody else has changed it meanwhile. */
  reread?: () => Promise<{ values: V; version: string }>;
}

/** Both saw one version and changed the same field. */
export interface Conflict<V extends Values> {
  field: keyof V & string;
  mine: unknown;
  theirs: unknown;
}

interface Kept<V extends Values> {
  base: V;
  version: string | undefined;
  values: V;
  key: string;
}

/**
 * What somebody types into a screen, until it is saved: it survives a lost connection, a reload and a discarded tab, says what is wrong beside
 * each field, and when somebody else has changed the same thing meanwhile, shows what and lets the person choose.
 */
export class Form<V extends Values> implements ReactiveController {
  readonly #host: LitElement & { router: Router };
  readonly #options: FormOptions<V>;
  #base: V | undefined;
  #version: string | undefined;
  #key: string = crypto.randomUUID();
  /** What is typed while it is being saved: no answer may write over it. */
  #meanwhile: Partial<V> = {};

  /** What is typed; undefined until `start`. */
  values: V | undefined;
  /** What is wrong, by field: words for the person. Fields of a list by their path: `lines/2/unitPrice`. */
  errors: Record<string, string> = {};
  /** Why it could not be saved as a whole: a problem's code. */
  problem: string | undefined;
  /** What somebody else has changed meanwhile, where the person must choose. */
  conflicts: Conflict<V>[] = [];
  busy = false;
  /** Whether what shows was typed before a reload. */
  restored = false;

  constructor(host: LitElement & { router: Router }, options: FormOptions<V>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('online', this.#online);
    window.addEventListener('beforeunload', this.#keep);
  }

  hostDisconnected(): void {
    window.removeEventListener('online', this.#online);
    window.removeEventListener('beforeunload', this.#keep);
    this.#keep();
  }

  /** Whether anything differs from what was read. */
  get dirty(): boolean {
    return Object.keys(this.changed).length > 0;
  }

  /** What was read, as it was before anything was typed. */
  get base(): V | undefined {
    return this.#base;
  }

  /** The fields that differ from what was read. */
  get changed(): Partial<V> {
    const { values } = this;
    const base = this.#base;
    if (!values || !base) return {};
    return Object.fromEntries(Object.entries(values).filter(([field, value]) => !same(value, base[field]))) as Partial<V>;
  }

  /** Begins with what was read, and goes on with what was typed before a reload. Does nothing while the same thing is being edited. */
  start(values: V, version?: string): void {
    const kept = this.busy ? undefined : this.#restore();
    this.#base = kept?.base ?? values;
    this.#version = kept ? kept.version : version;
    this.values = kept ? { ...values, ...kept.values } : structuredClone(values);
    this.restored = Boolean(kept);
    this.errors = {};
    this.problem = undefined;
    this.conflicts = [];
    this.#key = kept?.key ?? crypto.randomUUID();
    this.#host.requestUpdate();
  }

  /** What was read has changed on the server and nothing was typed here: shows the new. With something typed, saving will tell. */
  refresh(values: V, version: string): void {
    if (!this.dirty) this.start(values, version);
  }

  /** Somebody typed into a field. */
  set<F extends keyof V & string>(field: F, value: V[F]): void {
    if (!this.values) return;
    this.values = { ...this.values, [field]: value };
    if (this.busy) this.#meanwhile = { ...this.#meanwhile, [field]: value };
    for (const name of Object.keys(this.errors)) if (name === field || name.startsWith(`${field}/`)) delete this.errors[name];
    this.#key = crypto.randomUUID();
    this.#keep();
    this.#host.requestUpdate();
  }

  /** Back to what was read. */
  discard(): void {
    this.#forget();
    if (this.#base) this.start(this.#base, this.#version);
  }

  /** The answer to a conflict: `mine` stays as typed, `theirs` replaces it. */
  choose(field: keyof V & string, whose: 'mine' | 'theirs'): void {
    const conflict = this.conflicts.find((each) => each.field === field);
    if (!conflict) return;
    this.conflicts = this.conflicts.filter((each) => each !== conflict);
    if (whose === 'theirs') this.set(field, conflict.theirs as V[typeof field]);
    this.#host.requestUpdate();
  }

  /** Sends it. False when something is in the way, which then shows; the first field that is wrong takes the focus. */
  async save(): Promise<boolean> {
    const { values } = this;
    if (!values || this.busy || this.conflicts.length > 0) return false;
    this.problem = undefined;
    const wrong = Object.entries(this.#options.check?.(values) ?? {}).filter((entry): entry is [string, string] => Boolean(entry[1]));
    this.errors = Object.fromEntries(wrong);
    if (wrong.length > 0) return this.#refuse();
    this.busy = true;
    this.#meanwhile = {};
    const before = this.#base;
    this.#host.requestUpdate();
    try {
      await this.#send(values);
      this.#forget();
      // Unless `save` has begun anew with what the server answered.
      if (this.#base === before) this.#base = values;
      this.values = { ...this.values!, ...this.#meanwhile };
      this.restored = false;
      this.#keep();
      return true;
    } catch (error) {
      await this.#explain(error instanceof ApiError ? error : new ApiError('internal'));
      return this.#refuse();
    } finally {
      this.busy = false;
      this.#host.requestUpdate();
    }
  }

  /** Once more where the thing has a new version, but nothing of it that shows here: a job's version also changes with its charges. */
  async #send(values: V): Promise<void> {
    const send = () => this.#options.save({ values, changed: this.changed, version: this.#version, key: this.#key });
    try {
      await send();
    } catch (error) {
      const fresh = error instanceof ApiError && error.code === 'stale' ? await this.#options.reread?.().catch(() => undefined) : undefined;
      if (!fresh || !same(fresh.values, this.#base)) throw error;
      this.#version = fresh.version;
      await send();
    }
  }

  async #explain(error: ApiError): Promise<void> {
    if (error.code === 'stale' && this.#options.reread) return this.#compare();
    const fields = error.errors.filter(({ path }) => path !== '' && path !== '/');
    this.errors = Object.fromEntries(fields.map(({ path }) => [path.replace(/^\//, ''), '']));
    if (fields.length === 0) this.problem = error.code;
  }

  /** What they changed and I did not is taken over; what both changed is asked about. */
  async #compare(): Promise<void> {
    const base = this.#base!;
    let fresh: { values: V; version: string };
    try {
      fresh = await this.#options.reread!();
    } catch (error) {
      this.problem = error instanceof ApiError ? error.code : 'internal';
      return;
    }
    const mine = this.changed;
    const theirs = Object.keys(fresh.values).filter((field) => !same(fresh.values[field], base[field])) as (keyof V & string)[];
    this.conflicts = theirs.filter((field) => field in mine && !same(mine[field], fresh.values[field])).map((field) => ({ field, mine: mine[field], theirs: fresh.values[field] }));
    this.values = { ...fresh.values, ...mine };
    this.#base = fresh.values;
    this.#version = fresh.version;
    this.problem = this.conflicts.length > 0 ? undefined : 'merged';
    this.#keep();
  }

  #refuse(): false {
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => this.#host.shadowRoot?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    return false;
  }

  readonly #online = (): void => {
    if (this.problem !== 'offline') return;
    this.problem = undefined;
    this.#host.requestUpdate();
  };

  readonly #keep = (): void => {
    if (!this.values || !this.#base || !this.#host.router) return;
    const kept: Kept<V> = { base: this.#base, version: this.#version, values: this.values, key: this.#key };
    this.#host.router.saveDraft(`form ${this.#options.name()}`, this.dirty ? JSON.stringify(kept) : undefined);
  };

  #restore(): Kept<V> | undefined {
    const text = this.#host.router.restoreDraft(`form ${this.#options.name()}`);
    return text ? (JSON.parse(text) as Kept<V>) : undefined;
  }

  #forget(): void {
    this.#host.router.saveDraft(`form ${this.#options.name()}`, undefined);
  }
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
