/**
 * A signed-in center in a test's page: the real element, session and requests, in front of a made-up server that answers
 * `fetch`. Every center has an account of its own, so that no test inherits another's session.
 */
import type { Card } from '../../server/contract/account.ts';
import type { SessionView, Tokens } from '../../server/contract/access.ts';
import type { BlockedItem } from '../../server/contract/payments.ts';
import type { ProblemCode } from '../../server/contract/wire.ts';
import { center } from '../locale/en-center.ts';
import { code } from '../locale/en-code.ts';
import { deciding } from '../locale/en-deciding.ts';
import { documents } from '../locale/en-documents.ts';
import { drawing } from '../locale/en-drawing.ts';
import { due } from '../locale/en-due.ts';
import { estimate } from '../locale/en-estimate.ts';
import { invoices } from '../locale/en-invoices.ts';
import { jobs } from '../locale/en-jobs.ts';
import { paying } from '../locale/en-paying.ts';
import { receipt } from '../locale/en-receipt.ts';
import { share } from '../locale/en-share.ts';
import { entry } from '../locale/en.ts';
import { es } from '../locale/es.ts';
import { invoiceView, openInvoices, statement } from './invoices.ts';
import { card, history, jobView, session } from './jobs.ts';
import { paymentOptions } from './payments.ts';

/** What the server was asked for; `path` is relative to the account, `body` is what was sent as JSON. */
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
}

/** An answer: a body, `noContent`, or a refusal. */
export type Answer = unknown;
export type Answers = Record<string, (asked: Asked) => Answer | Promise<Answer>>;

/** A refusal by the wire's code. */
export class Refusal {
  readonly status: number;
  readonly code: ProblemCode;
  /** Paths of the fields that the server objects to, such as `/signature`. */
  readonly paths: readonly string[];
  /** Invoices that are in the way of a payment. */
  readonly items: readonly BlockedItem[];

  constructor(status: number, code: ProblemCode, paths: readonly string[] = [], items: readonly BlockedItem[] = []) {
    this.status = status;
    this.code = code;
    this.paths = paths;
    this.items = items;
  }
}

/** Done, and nothing to say about it. */
export const noContent = Symbol('no content');

/** No connection, as `fetch` puts it. */
export const noConnection = Symbol('no connection');

interface Wanted {
  /**
   * By path, in which `:x` is any one part; with a method before it (`POST /customers/:c/estimates/:e/approve`) for that method
   * alone, and before a path without one. A test may change them later.
   */
  answers?: Answers;
  card?: Partial<Card>;
  session?: Partial<SessionView>;
  /** Where the person arrives. */
  destination?: string;
  lang?: string;
  colorScheme?: 'light' | 'dark';
  /** Of the element, in px. */
  width?: number;
}

export interface SignedIn {
  center: HTMLElement;
  /** The view that shows, by its tag, once it has nothing left to draw. */
  view: (tag: `cc-view-${'history' | 'job' | 'estimate' | 'invoice' | 'invoices' | 'statement' | 'pay' | 'payment' | 'cards'}`) => Promise<Inside>;
  asked: Asked[];
  answers: Answers;
  /** Takes everything away again. */
  close: () => void;
}

/** An element that renders, with what a test looks for in it. */
export type Inside = HTMLElement & { shadowRoot: ShadowRoot; updateComplete: Promise<boolean> };

const standard = (): Answers => ({
  '/customers/:c/history': () => history(),
  '/customers/:c/jobs': () => ({ items: [], nextCursor: null }),
  '/customers/:c/jobs/:j': () => jobView(),
  '/documents/:d': () => ({ kind: 'job', job: jobView() }),
  '/customers/:c/invoices': () => ({ items: openInvoices(), nextCursor: null }),
  '/customers/:c/invoices/:i': () => invoiceView(),
  '/customers/:c/statement': () => statement(),
  '/customers/:c/payment-options': () => paymentOptions(),
  '/documents/:d/payment-options': () => paymentOptions({ saveCards: false }),
  '/customers/:c/cards': () => ({ items: [], nextCursor: null }),
  '/customers/:c/statement/downloads': () => ({ url: `${location.origin}/d/ticket`, expiresAt: '2030-01-01T00:00:00Z' }),
  ...Object.fromEntries(
    ['/documents/:d', '/customers/:c/estimates/:e', '/customers/:c/invoices/:i'].flatMap((base): [string, Answers[string]][] => [
      [`${base}/opened`, () => noContent],
      [`${base}/downloads`, () => ({ url: `${location.origin}/d/ticket`, expiresAt: '2030-01-01T00:00:00Z' })],
      [`${base}/shares`, () => ({ items: [], nextCursor: null })],
    ]),
  ),
});

let centers = 0;

export async function signIn(wanted: Wanted = {}): Promise<SignedIn> {
  const slug = `acme-${(centers += 1)}-${Date.now().toString(36)}`;
  const asked: Asked[] = [];
  const answers = { ...standard(), ...wanted.answers };
  const who: SessionView = { ...session, language: wanted.lang ?? 'en', ...wanted.session };
  const tokens: Tokens = { accessToken: 'a', expiresIn: 600, refreshToken: 'r', kind: who.kind, destination: wanted.destination ?? null };
  const doors: Answers = {
    '': () => ({ ...card, ...wanted.card, slug }),
    '/handoffs/exchange': () => tokens,
    '/session/refresh': () => tokens,
    '/session': () => who,
  };

  const realFetch = window.fetch;
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    const prefix = `/v1/accounts/${slug}`;
    if (!url.pathname.startsWith(prefix)) return realFetch(input, init);
    const { method, headers } = new Request(url, init);
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    const request: Asked = { method, path: url.pathname.slice(prefix.length), query: url.searchParams, headers, body };
    const answer = doors[request.path] ?? find(answers, request);
    if (!(request.path in doors)) asked.push(request);
    return respond(await answer?.(request), init?.signal);
  };

  arrive();
  const element = document.createElement('customer-center');
  element.setAttribute('account', slug);
  element.setAttribute('api', location.origin);
  element.setAttribute('color-scheme', wanted.colorScheme ?? 'light');
  if (wanted.lang) element.setAttribute('lang', wanted.lang);
  const frame = document.createElement('div');
  frame.style.width = wanted.width ? `${wanted.width}px` : '';
  frame.append(element);
  document.body.append(frame);

  return {
    center: element,
    asked,
    answers,
    view: async (tag) => {
      // The first test of a file waits for the view's modules too.
      const view = await until(() => element.shadowRoot?.querySelector<Inside>(tag), `<${tag}> shows`, 8000);
      await view.updateComplete;
      return view;
    },
    close: () => {
      frame.remove();
      window.fetch = realFetch;
    },
  };
}

/** As the door leaves it: a handoff in the address. */
function arrive(): void {
  window.history.replaceState(null, '', `${location.pathname}${location.search}#cc=${'h'.repeat(43)}`);
}

/** The answer for a request; one for its method comes before one without. */
export function find(answers: Answers, { method, path }: Asked): Answers[string] | undefined {
  const all = Object.entries(answers);
  const [, answer] = all.find(([key]) => matches(key, `${method} ${path}`)) ?? all.find(([key]) => matches(key, path)) ?? [];
  return answer;
}

const matches = (pattern: string, asked: string) =>
  new RegExp(`^${pattern.replaceAll(/:\w+/g, '[^/]+')}$`).test(asked);

/** What `fetch` resolves with. */
export function respond(answer: Answer, signal: AbortSignal | null | undefined): Response {
  signal?.throwIfAborted();
  if (answer === noConnection) throw new TypeError('Failed to fetch');
  if (answer instanceof Refusal) {
    const { status, code, paths, items } = answer;
    const errors = paths.length > 0 ? { errors: paths.map((path) => ({ path, message: code })) } : {};
    return Response.json({ type: 'about:blank', title: code, status, code, ...errors, ...(items.length > 0 && { items }) }, { status });
  }
  if (answer === noContent) return new Response(null, { status: 204 });
  return answer === undefined
    ? Response.json({ type: 'about:blank', title: 'Not found', status: 404, code: 'not_found' }, { status: 404 })
    : Response.json(answer);
}

/** Waits for something to be there, and says what was missing. */
export async function until<T>(look: () => T | null | undefined | false, what: string, ms = 4000): Promise<T> {
  for (const end = performance.now() + ms; performance.now() < end; await new Promise((next) => setTimeout(next, 10))) {
    const found = look();
    if (found) return found;
  }
  throw new Error(`waited in vain: ${what}`);
}

/** What a person reads of an element and of the shadow roots within; `skip` leaves out what matches a selector. */
export function textOf(node: Node, skip?: string): string {
  if (node instanceof Text) return node.data;
  if (node instanceof Element && (node.localName === 'style' || (skip && node.matches(skip)))) return '';
  const inside =
    node instanceof HTMLSlotElement
      ? node.assignedNodes({ flatten: true })
      : [...((node instanceof Element && node.shadowRoot) || node).childNodes];
  return inside
    .map((each) => textOf(each, skip))
    .join('')
    .replace(/[\s\u00a0\u202f]+/g, ' ');
}

/** The English that a text in another language still contains; the contractor's own words (`lang`) do not count. */
export function englishIn(node: Node): string[] {
  const text = textOf(node, '[lang]');
  const spanish = new Set<unknown>(Object.values(es));
  const sentences = Object.entries({ ...entry, ...code, ...center, ...jobs, ...documents, ...invoices, ...share, ...estimate, ...deciding, ...drawing, ...due, ...paying, ...receipt })
    .filter(([key, english]) => typeof english === 'string' && es[key as keyof typeof es] !== english)
    .map(([, english]) => english as string)
    .flatMap((english) => english.split(/\{\w+\}/).map((part) => part.trim()))
    // Some words are the same in both: “Total”.
    .filter((part) => part.length > 3 && !spanish.has(part));
  return sentences.filter((sentence) => new RegExp(`(?<!\\p{L})${sentence.replace(/[.?+*()|[\]]/g, '\\$&')}(?!\\p{L})`, 'u').test(text));
}
