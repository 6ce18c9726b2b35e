/** A made-up inbox for tests: what customers decided, wrote and paid, what did not arrive, and a kind that nobody knows yet. */
import type { Estimate, EstimateContent } from '../../../../server/contract/estimates.ts';
import type { InboxChange, InboxItem, InboxItemView } from '../../../../server/contract/inbox.ts';
import { estimateContent, remark } from '../../../testing/estimates.ts';
import { usd } from '../../../testing/jobs.ts';
import { Refusal, type Answers } from '../../../testing/signed-in.ts';

export const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

export function item(id: string, change: Partial<InboxItem> = {}): InboxItem {
  const at = change.at ?? minutesAgo(2);
  return {
    id, kind: 'estimateApproved', tone: 'ok', text: 'Maria O’Brien approved estimate 1042 ($2,779.92).', words: null, customerId: 'cust_1', customerName: 'Maria O’Brien',
    job: { id: 'job_1', number: '85012', service: 'Water heater replacement' }, document: { kind: 'estimate', id: 'est_1', number: '1042' }, amount: null,
    createdAt: at, at, readAt: null, assignee: null, snoozedUntil: null, doneAt: null, ...change,
  };
}

/** The newest first. */
export const someItems = (): InboxItem[] => [
  item('item_5', {
    kind: 'changesRequested', tone: 'warn', text: 'Maria O’Brien asks for changes to estimate 1042 ($2,779.92).', amount: usd(277_992),
    words: 'Could the expansion tank go on the other wall?\nExpansion tank: Is there a smaller one?',
  }),
  item('item_4', {
    text: 'Ridge & Sons approved estimate 1038 ($4,120.00).', customerId: 'cust_2', customerName: 'Ridge & Sons', at: minutesAgo(18), amount: usd(412_000),
    job: { id: 'job_2', number: '85020', service: 'Furnace service' }, document: { kind: 'estimate', id: 'est_2', number: '1038' }, assignee: { id: 'staff_2', name: 'Carl Clerk' },
  }),
  item('item_3', {
    kind: 'paymentReceived', text: 'Lakeside HOA paid 2207, 2208 ($1,902.50) online.', customerId: 'cust_3', customerName: 'Lakeside HOA', at: minutesAgo(62), amount: usd(190_250),
    job: null, document: null, readAt: minutesAgo(50),
  }),
  item('item_2', {
    kind: 'noticeFailed', tone: 'bad', text: 'Invoice 2199 for A. Haddad could not be delivered to ahaddad@example.com.', customerId: 'cust_4', customerName: 'A. Haddad', at: minutesAgo(190),
    job: { id: 'job_4', number: '85044', service: 'Drain cleaning' }, document: { kind: 'invoice', id: 'inv_4', number: '2199' }, readAt: minutesAgo(50),
  }),
  item('item_1', {
    kind: 'bookingRequested' as InboxItem['kind'], tone: 'warn', text: 'Somebody asks for drain cleaning on Tuesday between 10 and 12.', customerId: null, customerName: null, at: minutesAgo(300),
    job: null, document: null, readAt: minutesAgo(50),
  }),
];

export const officeEstimate = (change: Partial<Estimate> = {}): Estimate =>
  ({
    id: 'est_1', externalId: null, jobId: 'job_1', customerId: 'cust_1', number: '1042', status: 'changesRequested', version: 2, changed: false, total: usd(277_992),
    versions: [{
      version: 2, sentAt: minutesAgo(4000), note: null, hash: 'h',
      notices: [{ id: 'ntc_1', kind: 'estimateSent', channel: 'email', to: 'maria@example.com', status: 'sent', handedOverAt: minutesAgo(3999) }],
      opened: [{ name: 'Maria O’Brien', contactId: 'cont_1', linkId: null, at: minutesAgo(30) }],
    }],
    remarks: [
      remark({ id: 'r_1', lineId: null, version: 2, text: 'Could the expansion tank go on the other wall?', createdAt: minutesAgo(2) }),
      remark({ id: 'r_2', lineId: 'tank', version: 2, text: 'Is there a smaller one?', createdAt: minutesAgo(2) }),
    ],
    decision: null, decisions: [], createdAt: minutesAgo(5000), updatedAt: minutesAgo(2), ...change,
  }) as Estimate;

export interface FakeInbox {
  items: InboxItem[];
  answers: Answers;
  views: Record<string, Partial<InboxItemView>>;
  estimate: Estimate;
  content: EstimateContent;
}

/** A server's inbox that remembers what was done to it. */
export function fakeInbox(items = someItems()): FakeInbox {
  const inbox: FakeInbox = { items, answers: {}, views: {}, estimate: officeEstimate(), content: estimateContent() };
  const stateOf = ({ doneAt, snoozedUntil }: InboxItem) => (doneAt ? 'done' : snoozedUntil ? 'snoozed' : 'open');
  const find = (path: string) => inbox.items.find(({ id }) => id === path.split('/')[2]);
  const view = (found: InboxItem): InboxItemView => ({
    ...found, answers: [],
    recipient: found.customerId ? { contactId: 'cont_1', name: found.customerName ?? '', channels: ['email', 'sms'] } : null,
    ...inbox.views[found.id],
  });
  inbox.answers = {
    '/staff': () => ({
      items: [
        { id: 'staff_1', name: 'Olga Owner', email: 'olga@acme.example', role: 'owner', createdAt: minutesAgo(9000) },
        { id: 'staff_2', name: 'Carl Clerk', email: 'carl@acme.example', role: 'clerk', createdAt: minutesAgo(9000) },
      ],
      nextCursor: null,
    }),
    '/inbox/counts': () => {
      const open = inbox.items.filter((each) => stateOf(each) === 'open');
      return {
        open: open.length, unread: open.filter(({ readAt }) => !readAt).length, mine: open.filter(({ assignee }) => assignee?.id === 'staff_1').length,
        snoozed: inbox.items.filter((each) => stateOf(each) === 'snoozed').length,
      };
    },
    '/inbox': ({ query }) => {
      const wanted = inbox.items.filter(
        (each) =>
          stateOf(each) === (query.get('state') ?? 'open') &&
          (!query.get('unread') || !each.readAt) &&
          (query.get('assignee') !== 'none' || !each.assignee) &&
          (query.get('assignee') !== 'me' || each.assignee?.id === 'staff_1') &&
          JSON.stringify(each).toLowerCase().includes((query.get('q') ?? '').toLowerCase()),
      );
      const from = Number(query.get('cursor') ?? 0);
      const to = from + Number(query.get('limit') ?? 25);
      return { items: wanted.slice(from, to), nextCursor: to < wanted.length ? String(to) : null };
    },
    'GET /inbox/:i': ({ path }) => {
      const found = find(path);
      return found && view(found);
    },
    'PATCH /inbox/:i': ({ path, body }) => {
      const found = find(path);
      if (!found) return new Refusal(404, 'not_found');
      const { read, done, snoozedUntil, assigneeId } = body as InboxChange;
      if (read) found.readAt ??= minutesAgo(0);
      if (done !== undefined) found.doneAt = done ? minutesAgo(0) : null;
      if (snoozedUntil !== undefined) found.snoozedUntil = snoozedUntil;
      if (assigneeId !== undefined) found.assignee = assigneeId ? { id: assigneeId, name: assigneeId === 'staff_1' ? 'Olga Owner' : 'Carl Clerk' } : null;
      return { ...found };
    },
    'POST /inbox/:i/answer': ({ path, body }) => {
      const found = find(path)!;
      const { text, channels } = body as { text: string; channels: ('email' | 'sms')[] };
      const before = view(found).answers;
      inbox.views[found.id] = { ...inbox.views[found.id], answers: [...before, { id: `msg_${before.length}`, by: 'Olga Owner', body: text, channels, createdAt: minutesAgo(0) }] };
      return view(found);
    },
    'GET /estimates/:e': ({ path }) => (path.endsWith('est_1') ? inbox.estimate : { ...inbox.estimate, id: 'est_2', remarks: [], decision: null }),
    '/estimates/:e/versions/:v': () => inbox.content,
    'POST /estimates/:e/remarks/:r/answer': ({ path, body }) => {
      const { answer } = body as { answer: string };
      inbox.estimate = { ...inbox.estimate, remarks: inbox.estimate.remarks.map((each) => (path.includes(`/${each.id}/`) ? { ...each, answer, answeredAt: minutesAgo(0) } : each)) };
      return inbox.estimate;
    },
    'POST /access-links': () => ({ id: 'link_1', url: 'https://center.example/go/acme#x' }),
  };
  return inbox;
}
