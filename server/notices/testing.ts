/** What the tests of notices share: a real SMTP server that can refuse, and somebody to write to. */
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { makeLink } from '../access/links.ts';
import type { Scope } from '../database/scope.ts';
import { after, newId, now } from '../platform/ids.ts';
import { outboxWorker, type Worker } from '../platform/outbox.ts';
import type { Services } from '../platform/services.ts';
import type { TestDatabase } from '../testing.ts';
import { queueNotice, type NewNotice } from './notices.ts';
import { noticeJobs, type NoticeLog, type Transports } from './send.ts';

export interface ReceivedMail extends ParsedMail {
  /** The envelope's recipients, as the receiver was told them. */
  recipients: string[];
  raw: string;
}

export interface Receiver {
  url: string;
  mails: ReceivedMail[];
  /** Answers the next mails with these codes before it accepts any. */
  refuseWith(...codes: number[]): void;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const mails: ReceivedMail[] = [];
  const refusals: number[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const code = refusals.shift();
        if (code) return callback(Object.assign(new Error('not now'), { responseCode: code }));
        const raw = Buffer.concat(chunks);
        const recipients = session.envelope.rcptTo.map((recipient) => recipient.address);
        simpleParser(raw).then((mail) => {
          mails.push({ ...mail, recipients, raw: raw.toString('utf8') });
          callback();
        }, callback);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as { port: number };
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuseWith: (...codes) => void refusals.push(...codes),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A contact to write to; the name says which. */
export async function addContact(scope: Scope, email: string | null, mobile: string | null = null): Promise<string> {
  const stamps = { external_id: null, created_at: now(), updated_at: now() };
  const customerId = newId('customer');
  await scope.insert('customers', { id: customerId, parent_id: null, number: customerId, name: 'Someone', company: 0, billing_address: null, active: 1, search_text: '', ...stamps }).execute();
  const id = newId('contact');
  await scope
    .insert('contacts', { id, customer_id: customerId, name: 'Someone', email, email_key: email, mobile, language: null, can_approve: 1, can_pay: 1, notify_by_email: 1, notify_by_sms: 0, search_text: '', ...stamps })
    .execute();
  return id;
}

/** A sign-in request with its link, and the notice that carries both. */
export async function queueSignIn(scope: Scope, { derive }: Services, to: string, language = 'en'): Promise<{ noticeId: string; requestId: string; linkId: string; token: string }> {
  const channel = to.includes('@') ? 'email' : 'sms';
  const requestId = newId('signInRequest');
  const contactId = channel === 'email' ? await addContact(scope, to) : await addContact(scope, null, to);
  await scope
    .insert('sign_in_requests', {
      id: requestId, audience: 'customer', purpose: 'signIn', channel, address: to, challenge: null, waiting_jkts: '[]', tries: 0, language, page_id: null,
      destination: null, created_at: now(), expires_at: after(900), spent_at: null,
    })
    .execute();
  const { row, token } = await makeLink(scope, derive, { kind: 'signIn', contact_id: contactId, channel, address: to, request_id: requestId });
  const noticeId = await queue(scope, { kind: 'signIn', channel, to, contactId, linkId: row.id, requestId, language });
  return { noticeId, requestId, linkId: row.id, token };
}

export const queue = (scope: Scope, notice: NewNotice): Promise<string> => scope.transaction((trx) => queueNotice(trx, notice));

export const noticeRow = (scope: Scope, id: string) => scope.from('notices').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

export const noticeWorker = (database: TestDatabase, services: Services, transports: Transports, log: NoticeLog = { error: () => undefined }): Worker =>
  outboxWorker(database, noticeJobs(services, transports, log), log);

/** Makes everything due that waits for its next attempt, instead of waiting for it. */
export const hurry = async ({ db }: TestDatabase): Promise<void> =>
  void (await db.updateTable('outbox').set({ run_at: now(), leased_until: null }).where('done_at', 'is', null).execute());
