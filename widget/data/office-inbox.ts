/** The inbox of the office, and what its screen asks around it. */
import type { Staff } from '../../server/contract/account.ts';
import type { Estimate, EstimateContent } from '../../server/contract/estimates.ts';
import type { InboxAnswer, InboxChange, InboxCounts, InboxItem, InboxItemView, InboxTopic } from '../../server/contract/inbox.ts';
import type { Page } from './office-lists.ts';
import type { OfficeClient } from './office.ts';

/** What the list shows. `assignee`: `me`, `none`, or a member of the staff. */
export interface InboxWanted {
  state: 'open' | 'snoozed' | 'done';
  unread: boolean;
  topic: InboxTopic | '';
  assignee: string;
  q: string;
}

const url = '/v1/office/inbox';
/** As many as the server gives at most, and when nothing is said. */
const most = 100;
const page = 25;

/** A page of the inbox, newest first; without a cursor at least as many as `atLeast`, which show already. */
export async function listInbox(office: OfficeClient, wanted: InboxWanted, cursor: string | undefined, atLeast: number, signal: AbortSignal): Promise<Page<InboxItem>> {
  const { state, unread, topic, assignee, q } = wanted;
  const query = { state, unread: unread ? 'true' : undefined, topic: topic || undefined, assignee: assignee || undefined, q: q.trim() || undefined };
  const read = (from: string | undefined, limit: number | undefined) => office.read<Page<InboxItem>>(url, { query: { ...query, cursor: from, limit }, signal });
  if (cursor !== undefined) return read(cursor, undefined);
  const items: InboxItem[] = [];
  let next: string | null | undefined;
  do {
    const left = atLeast - items.length;
    const more = await read(next ?? undefined, left > page ? Math.min(most, left) : undefined);
    items.push(...more.items);
    next = more.nextCursor;
  } while (next !== null && items.length < atLeast);
  return { items, nextCursor: next };
}

/** How much needs somebody. */
export const countInbox = (office: OfficeClient, signal: AbortSignal): Promise<InboxCounts> => office.read(`${url}/counts`, { signal });

/** One item, with what was answered and whom an answer reaches. */
export const readItem = (office: OfficeClient, id: string, signal: AbortSignal): Promise<InboxItemView> => office.read(`${url}/${id}`, { signal });

/** Marks as read, gives to somebody, puts off, is done with it. */
export const changeItem = (office: OfficeClient, id: string, change: InboxChange): Promise<InboxItem> => office.change(`${url}/${id}`, change);

/** Sends an answer to whoever it is about, with a link back to it. `key`: the same answer is sent once. */
export const answerItem = (office: OfficeClient, id: string, answer: InboxAnswer, key: string): Promise<InboxItemView> =>
  office.make(`${url}/${id}/answer`, answer, { idempotencyKey: key });

/** The people of the office. */
export const listStaff = async (office: OfficeClient, signal: AbortSignal): Promise<Staff[]> => (await office.read<Page<Staff>>('/v1/office/staff', { signal })).items;

/** Sends a contact a link into the whole center. */
export const sendLoginLink = (office: OfficeClient, contactId: string, send: 'email' | 'sms'): Promise<unknown> => office.make('/v1/office/access-links', { contactId, send });

/** An estimate that an item is about, with the version that its newest remark was made on, word for word. */
export interface RemarkedEstimate {
  estimate: Estimate;
  content: EstimateContent | undefined;
}

export async function readRemarked(office: OfficeClient, id: string, signal: AbortSignal): Promise<RemarkedEstimate> {
  const estimate = await office.read<Estimate>(`/v1/office/estimates/${id}`, { signal });
  const version = estimate.remarks.at(-1)?.version ?? estimate.version;
  return { estimate, content: version > 0 ? await office.read<EstimateContent>(`/v1/office/estimates/${id}/versions/${version}`, { signal }) : undefined };
}
