/** The worker's part of a notice: checks that it is still wanted, renders it, sends it, remembers how that went. */
import type { Selectable } from 'kysely';
import type { Config } from '../config.ts';
import type { NoticesTable } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { now } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import { MOST_ATTEMPTS, PermanentFailure, type OutboxHandler, type OutboxJob } from '../platform/outbox.ts';
import { codeOf, linkToken, linkUrl } from '../platform/secrets.ts';
import type { Services } from '../platform/services.ts';
import { attachmentsOf } from './attachments.ts';
import { isPlainAddress, oneLine, senderName } from './clean.ts';
import { gistOf } from './document.ts';
import { noEmail, smtpTransport, type EmailTransport } from './email.ts';
import { failNotice } from './failing.ts';
import { isAboutDocument, isAboutPayment, isOfficeNotice, type NoticeKind } from './notices.ts';
import { paymentGistOf } from './payment.ts';
import { renderMail, renderSms, type NoticeFacts } from './render.ts';
import { NotSent, noSms, twilioTransport, type SmsTransport } from './sms.ts';
import { noticeLanguage } from './texts.ts';

type NoticeRow = Selectable<NoticesTable>;

export interface Transports {
  email: EmailTransport;
  sms: SmsTransport;
}

/** @throws {OperatorError} for a setting that cannot work. */
export async function transportsOf(config: Config): Promise<Transports> {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from } = config;
  return {
    email: config.SMTP_URL ? smtpTransport(config.SMTP_URL) : noEmail,
    sms: accountSid && authToken && from ? await twilioTransport({ accountSid, authToken, from }) : noSms,
  };
}

/** What `error` says between the start of a text message and its known end. */
const SENDING = 'sending';
const NO_LONGER_NEEDED = 'no longer needed';
const UNCERTAIN = 'uncertain';

/** Where it is told that a mail went without its file. */
export interface NoticeLog {
  error(details: object, message: string): void;
}

/** Outbox handlers of this capability. */
export function noticeJobs(services: Services, transports: Transports, log: NoticeLog): Record<string, OutboxHandler> {
  return {
    notice: async (job, payload) => {
      const scope = await services.accounts.scopeById(job.account_id);
      if (!scope) throw new PermanentFailure('the account is gone');
      await sendNotice({ services, transports, log }, scope, String(payload['noticeId']), job);
    },
  };
}

interface Sender {
  services: Services;
  transports: Transports;
  log: NoticeLog;
}

async function sendNotice(sender: Sender, scope: Scope, id: string, job: OutboxJob): Promise<void> {
  const { services, transports } = sender;
  const notice = await scope.from('notices').selectAll().where('id', '=', id).executeTakeFirst();
  if (notice?.status !== 'queued') return;
  const fail = (reason: string) => failNotice(scope, notice, reason, reason === NO_LONGER_NEEDED);

  // A worker died between the message and its answer. Perhaps it left; a second one must not.
  if (notice.channel === 'sms' && notice.error === SENDING) return fail(UNCERTAIN);
  const facts = await factsOf(services, scope, notice);
  if (!facts) return fail(NO_LONGER_NEEDED);
  const text = notice.channel === 'sms' ? renderSms(facts) : '';

  const begun = await scope
    .update('notices')
    .set({ attempts: notice.attempts + 1, ...(notice.channel === 'sms' ? { error: SENDING } : {}) })
    .where('id', '=', id)
    .where('status', '=', 'queued')
    .where('attempts', '=', notice.attempts)
    .executeTakeFirst();
  // Another worker is at it: its lease was thought to be over.
  if (!begun.numUpdatedRows) return;

  try {
    if (notice.channel === 'email') await sendMail(sender, scope, notice, facts);
    else await transports.sms.send({ to: notice.to_address, text, idempotencyKey: notice.id });
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, 300);
    const unknown = notice.channel === 'sms' && !(error instanceof NotSent || error instanceof PermanentFailure);
    if (unknown) await fail(UNCERTAIN);
    else if (error instanceof PermanentFailure || job.attempts >= MOST_ATTEMPTS) await fail(reason);
    else await scope.update('notices').set({ error: reason }).where('id', '=', id).execute();
    throw unknown ? new PermanentFailure(reason) : error;
  }
  await scope.update('notices').set({ status: 'sent', sent_at: now(), error: null }).where('id', '=', id).execute();
  await announce(scope, 'notice', id);
}

async function sendMail({ services: { config }, transports, log }: Sender, scope: Scope, notice: NoticeRow, facts: NoticeFacts): Promise<void> {
  if (!isPlainAddress(notice.to_address)) throw new PermanentFailure('not an e-mail address');
  if (!config.MAIL_FROM) throw new PermanentFailure('e-mail is not set up: set SMTP_URL and MAIL_FROM');
  const name = senderName(scope.account.name);
  const { email } = scope.account;
  await transports.email.send({
    messageId: `<${notice.id.toLowerCase()}@${config.MAIL_FROM.split('@').at(-1)!}>`,
    date: new Date(notice.created_at),
    from: { name, address: config.MAIL_FROM },
    to: notice.to_address,
    replyTo: email && isPlainAddress(email) ? { name, address: email } : null,
    language: facts.language,
    ...renderMail(facts),
    attachments: await attachmentsOf(scope, notice, facts.language, log),
  });
}

/** What the message is made of, or nothing when what it carries has ended meanwhile. */
async function factsOf({ config, derive }: Services, scope: Scope, notice: NoticeRow): Promise<NoticeFacts | undefined> {
  const time = now();
  let [code, url, life]: [string | null, string | null, number] = [null, null, 0];
  if (notice.request_id) {
    const request = await scope.from('sign_in_requests').select(['created_at', 'expires_at', 'spent_at']).where('id', '=', notice.request_id).executeTakeFirst();
    if (!request || request.spent_at || request.expires_at <= time) return undefined;
    code = codeOf(derive, notice.request_id);
    life = secondsBetween(request);
  }
  if (notice.link_id) {
    const link = await scope.from('links').select(['kind', 'staff_id', 'uses', 'created_at', 'expires_at', 'revoked_at']).where('id', '=', notice.link_id).executeTakeFirst();
    const usedUp = link?.staff_id && link.kind === 'access' && link.uses > 0;
    if (!link || link.revoked_at || usedUp || link.expires_at <= time) return undefined;
    url = linkUrl(config.PUBLIC_URL, scope.account.slug, linkToken(derive, notice.link_id));
    life = code ? Math.min(life, secondsBetween(link)) : secondsBetween(link);
  }
  const message = notice.message_id ? await scope.from('messages').select('body').where('id', '=', notice.message_id).executeTakeFirst() : undefined;
  if (!message && notice.kind === 'officeMessage') return undefined;
  const toOffice = isOfficeNotice(notice.kind);
  const ofPayment = isAboutPayment(notice.kind);
  if (!code && !url && !toOffice && !ofPayment) return undefined;
  const document = await gistOf(scope, notice);
  if (!document && isAboutDocument(notice.kind)) return undefined;
  const payment = await paymentGistOf(scope, notice);
  if (!payment && ofPayment) return undefined;
  const { name, phone, accent, country, slug } = scope.account;
  // It opens nothing by itself: whoever follows it signs in.
  const leadsBack = notice.kind === 'paymentFailed' || (notice.kind === 'receipt' && payment?.payment.payerOnFile);
  if (leadsBack && notice.channel === 'email') url = `${config.PUBLIC_URL}/c/${slug}`;
  return {
    kind: notice.kind as NoticeKind, language: noticeLanguage(notice.language), office: toOffice || notice.staff_id !== null,
    account: { name: oneLine(name), phone, accent, country }, code, url, life, message: message?.body ?? null, document: document ?? null, payment: payment ?? null, note: notice.note,
  };
}

const secondsBetween = (span: { created_at: string; expires_at: string }): number => (Date.parse(span.expires_at) - Date.parse(span.created_at)) / 1000;
