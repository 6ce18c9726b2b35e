/**
 * A signed-in office in a test's page: the real element, session and requests, in front of a made-up server that answers `fetch`. Every
 * office has an account of its own, so that no test inherits another's session.
 */
import type { StaffSession, Tokens } from '../../../server/contract/access.ts';
import type { Account } from '../../../server/contract/account.ts';
import { card } from '../../testing/jobs.ts';
import { find, Refusal, respond, until, type Answers, type Asked, type Inside } from '../../testing/signed-in.ts';

interface Wanted {
  /** By path below `/v1/office`, as in `signed-in.ts`: `PATCH /estimates/:e`, `/customer-rows`. A test may change them later. */
  answers?: Answers;
  account?: Partial<Account>;
  role?: 'owner' | 'clerk';
  /** Instead of the account's settings. */
  accountAnswer?: Answers[string];
  /** Where the person arrives. */
  path?: string;
  lang?: 'en' | 'es';
  colorScheme?: 'light' | 'dark';
  /** Of the element, in px. */
  width?: number;
}

export interface OpenOffice {
  office: HTMLElement & { shadowRoot: ShadowRoot };
  /** A screen by its tag, once it has nothing left to draw. */
  screen: (tag: `cc-office-${string}`) => Promise<Inside>;
  asked: Asked[];
  answers: Answers;
  /** Sends a piece of live news. */
  tell: (event: { what: string; id: string | null }) => void;
  /** The server takes no refresh token any more. */
  refuseRefresh: () => void;
  close: () => void;
}

export const account: Account = {
  id: 'acct_01JZZZZZZZZZZZZZZZZZZZZZZZ', slug: 'acme', name: 'Acme Plumbing & Heating', logoUrl: null, accent: '#0b62c4', phone: '+14045550142', email: 'office@acme.example',
  country: 'US', timeZone: 'America/New_York', locale: 'en', currency: 'USD', marketing: false, bookingPublished: false,
  taxes: [{ key: 'sales', name: 'Sales tax', percent: '8.25' }], taxIncluded: false, taxRounding: 'document', estimateTerms: null, invoiceTerms: null, otherWaysToPay: null,
  invoiceDueDays: 14, approvalVerification: 'none', attachPdf: false, partialPayments: false, askTip: false, stripeReceipts: false, createdAt: '2026-01-05T15:00:00.000Z',
} as Account;

const standard = (): Answers => ({
  '/inbox/counts': () => ({ open: 0, unread: 0, mine: 0, snoozed: 0 }),
  '/inbox': () => ({ items: [], nextCursor: null }),
  '/staff': () => ({ items: [{ id: 'staff_1', name: 'Olga Owner', email: 'olga@acme.example', role: 'owner', createdAt: account.createdAt }], nextCursor: null }),
});

let offices = 0;

export async function openOffice(wanted: Wanted = {}): Promise<OpenOffice> {
  const slug = `acme-${(offices += 1)}-${Date.now().toString(36)}`;
  const asked: Asked[] = [];
  const answers = { ...standard(), ...wanted.answers };
  const role = wanted.role ?? 'owner';
  const staff: StaffSession = {
    staffId: 'staff_1', name: 'Olga Owner', role, scopes: role === 'owner' ? ['read', 'write', 'links', 'settings'] : ['read', 'write', 'links'],
    accountId: account.id, accountSlug: slug, accountName: account.name,
  };
  const tokens: Tokens = { accessToken: 'a', expiresIn: 600, refreshToken: 'r', kind: 'staff', destination: wanted.path ?? '/inbox' };
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  const doors: Answers = {
    [`/v1/accounts/${slug}`]: () => ({ ...card, slug, languages: undefined }),
    [`/v1/accounts/${slug}/handoffs/exchange`]: () => tokens,
    [`/v1/accounts/${slug}/session/refresh`]: () => tokens,
    '/v1/office/session': () => staff,
    '/v1/office/account': wanted.accountAnswer ?? (() => ({ ...account, slug, ...wanted.account })),
  };

  const realFetch = window.fetch;
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    const isOffice = url.pathname.startsWith('/v1/office/');
    if (!isOffice && !url.pathname.startsWith(`/v1/accounts/${slug}`)) return realFetch(input, init);
    if (url.pathname === '/v1/office/events') {
      const body = new ReadableStream<Uint8Array>({ start: (controller) => ((stream = controller), send(stream, { what: 'alive', id: null })) });
      return new Response(body, { headers: { 'content-type': 'application/x-ndjson' } });
    }
    const { method, headers } = new Request(url, init);
    const sent: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : init?.body;
    const door = method === 'PATCH' ? undefined : doors[url.pathname];
    const path = isOffice ? url.pathname.slice('/v1/office'.length) : url.pathname.slice(`/v1/accounts/${slug}`.length);
    const request: Asked = { method, path, query: url.searchParams, headers, body: sent };
    if (!door) asked.push(request);
    return respond(await (door ?? find(answers, request))?.(request), init?.signal);
  };

  window.history.replaceState(null, '', `${location.pathname}${location.search}#cc=${'h'.repeat(43)}`);
  localStorage.setItem('cc-language', wanted.lang ?? 'en');
  const element = document.createElement('customer-center-office') as OpenOffice['office'];
  element.setAttribute('account', slug);
  element.setAttribute('api', location.origin);
  element.setAttribute('routing', 'none');
  element.setAttribute('color-scheme', wanted.colorScheme ?? 'light');
  const frame = document.createElement('div');
  frame.style.width = `${wanted.width ?? 1200}px`;
  frame.append(element);
  document.body.append(frame);

  return {
    office: element,
    asked,
    answers,
    refuseRefresh: () => (doors[`/v1/accounts/${slug}/session/refresh`] = () => new Refusal(401, 'session_ended')),
    tell: (event) => stream && send(stream, event),
    screen: async (tag) => {
      const screen = await until(() => element.shadowRoot?.querySelector<Inside>(tag), `<${tag}> shows`, 8000);
      await screen.updateComplete;
      return screen;
    },
    close: () => {
      frame.remove();
      window.fetch = realFetch;
      localStorage.removeItem('cc-language');
    },
  };
}

const send = (stream: ReadableStreamDefaultController<Uint8Array>, event: object) => stream.enqueue(new TextEncoder().encode(`${JSON.stringify(event)}\n`));
