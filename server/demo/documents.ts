/** What people did with the demo's documents: each is an event of the diary, done by the functions that the routes call. */
import type { z } from 'zod';
import { changeItem, listInbox } from '../inbox/inbox.ts';
import { readingOf, type Reading } from '../access/reader.ts';
import { inboxQuery } from '../contract/inbox.ts';
import type { DocumentAction } from '../contract/access.ts';
import { sendNew, shareNew } from '../contract/documents.ts';
import { approval, changeRequest, declining, estimateChange, estimateNew } from '../contract/estimates.ts';
import { invoiceNew } from '../contract/invoices.ts';
import { paymentFields } from '../contract/records.ts';
import type { Scope } from '../database/scope.ts';
import { recordOpen } from '../documents/facts.ts';
import { etagOf } from '../documents/versions.ts';
import { approveEstimate, declineEstimate } from '../estimates/deciding.ts';
import { changeEstimate, createEstimate, estimateRow } from '../estimates/drafts.ts';
import { answerRemark, remarksOf, requestChanges } from '../estimates/remarks.ts';
import { sendEstimate, withdrawEstimate } from '../estimates/sending.ts';
import { checkApprovalCode, sendApprovalCode } from '../estimates/verification.ts';
import { applyCredit } from '../invoices/credits.ts';
import { createInvoice, invoiceRow } from '../invoices/drafts.ts';
import { sendInvoice } from '../invoices/sending.ts';
import { voidInvoice } from '../invoices/voiding.ts';
import { newId, now } from '../platform/ids.ts';
import { codeOf } from '../platform/secrets.ts';
import type { Services } from '../platform/services.ts';
import { share } from '../sharing/shares.ts';
import { createRecord } from '../work/records.ts';
import type { Diary } from './diary.ts';

/** A document of the story. */
export interface DemoDocument {
  kind: 'estimate' | 'invoice';
  /** Known once its day has come; so is the link by which it was sent last. */
  id: string;
  linkId: string;
}
/** What an event needs that is known only when its day has come. */
type Later<T> = () => T;
type Sending = z.input<typeof sendNew>;

/** Keys of the documents that are shown first. */
export const shownDocuments = { estimate: 'demo-estimate', invoice: 'demo-invoice' } as const;

/** Everybody of the demo has the same device. */
const caller = { ip: '203.0.113.42', userAgent: 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36' };

/** Days are counted from today. */
export class DemoDocuments {
  readonly #services: Services;
  readonly #diary: Diary;

  constructor(services: Services, diary: Diary) {
    this.#services = services;
    this.#diary = diary;
  }

  date(day: number): string {
    return this.#diary.date(day);
  }

  /** The office writes an estimate; where it begins with the job's charges, it may then write other lines in their place. */
  estimate(day: number, { lines, groups, taxes, ...wish }: z.input<typeof estimateNew>): DemoDocument {
    const document: DemoDocument = { kind: 'estimate', id: '', linkId: '' };
    this.#diary.on(day, async (scope) => {
      document.id = await createEstimate(scope, estimateNew.parse(wish.fromCharges ? wish : { ...wish, lines, groups, taxes }));
      if (wish.fromCharges && lines) await changeEstimate(scope, document.id, estimateChange.parse({ lines, groups, taxes }));
    });
    return document;
  }

  revise(day: number, document: DemoDocument, change: z.input<typeof estimateChange>): void {
    this.#diary.on(day, (scope) => changeEstimate(scope, document.id, estimateChange.parse(change)));
  }

  invoice(day: number, wish: Later<z.input<typeof invoiceNew>>): DemoDocument {
    const document: DemoDocument = { kind: 'invoice', id: '', linkId: '' };
    this.#diary.on(day, async (scope) => (document.id = await createInvoice(scope, invoiceNew.parse(wish()))));
    return document;
  }

  /** An invoice of all that is left of a job, sent on the same day. */
  bill(day: number, jobId: string, more: Partial<z.input<typeof invoiceNew>> = {}): DemoDocument {
    const document = this.invoice(day, () => ({ jobId, fromCharges: more.lines ? undefined : 'rest', ...more }));
    this.send(day, document);
    return document;
  }

  /** Hands it over by a link; nothing is mailed unless a channel is named. */
  send(day: number, document: DemoDocument, wish: Sending = {}): void {
    this.#diary.on(day, (scope) => this.#send(scope, document, wish));
  }

  /** The person has it before their eyes. */
  open(day: number, document: DemoDocument): void {
    this.#diary.on(day, (scope) => this.#read(scope, document));
  }

  /** Approves what was sent last. */
  approve(day: number, document: DemoDocument, given: z.input<typeof approval>): void {
    this.#diary.on(day, async (scope) => {
      const { reading, seen } = await this.#read(scope, document);
      const verification = await this.#code(scope, document, reading);
      await approveEstimate(scope, this.#services, { id: document.id, seen, reading: async () => reading, caller }, approval.parse({ ...given, verification }));
    });
  }

  decline(day: number, document: DemoDocument, reason: string): void {
    this.#diary.on(day, async (scope) => {
      const { reading, seen } = await this.#read(scope, document);
      await declineEstimate(scope, this.#services, { id: document.id, seen, reading: async () => reading, caller }, declining.parse({ reason }));
    });
  }

  /** Asks for a change of the version that was sent last. */
  ask(day: number, document: DemoDocument, wish: Omit<z.input<typeof changeRequest>, 'version'>): void {
    this.#diary.on(day, async (scope) => {
      const { reading, version } = await this.#read(scope, document);
      await requestChanges(scope, this.#services, document.id, async () => reading, changeRequest.parse({ ...wish, version }));
    });
  }

  /** The office answers the remark on a line. */
  answer(day: number, document: DemoDocument, lineId: string, answer: string): void {
    this.#diary.on(day, async (scope) => {
      const remark = (await remarksOf(scope, document.id)).find((each) => each.lineId === lineId);
      await answerRemark(scope, document.id, remark!.id, answer);
    });
  }

  withdraw(day: number, document: DemoDocument): void {
    this.#diary.on(day, (scope) => withdrawEstimate(scope, document.id));
  }

  /** The person sends it on. @returns the document as it is by the colleague's link. */
  share(day: number, document: DemoDocument, wish: z.input<typeof shareNew>): DemoDocument {
    const shared = { ...document };
    this.#diary.on(day, async (scope) => {
      const { reading, version } = await this.#read(scope, document);
      shared.id = document.id;
      shared.linkId = (await share(scope, this.#services, { kind: document.kind, id: document.id, version }, reading, shareNew.parse(wish))).id;
    });
    return shared;
  }

  void(day: number, document: DemoDocument): void {
    this.#diary.on(day, (scope) => voidInvoice(scope, document.id));
  }

  /** Settles an invoice with a credit. */
  apply(day: number, credit: DemoDocument, invoice: DemoDocument, amount: number): void {
    this.#diary.on(day, (scope) => applyCredit(scope, credit.id, { invoiceId: invoice.id, amount }));
  }

  /** The office records money that came in, or that it gave back. */
  pay(day: number, payment: Later<Omit<z.input<typeof paymentFields>, 'receivedOn'>>): void {
    this.#diary.on(day, (scope) => createRecord(scope, 'payments', paymentFields.parse({ ...payment(), receivedOn: this.date(day) })));
  }

  /** The office has looked at what was put before it up to now. */
  lookAfter(day: number): void {
    this.#diary.on(day, async (scope) => {
      for (const { id } of (await listInbox(scope, { kind: 'nobody' }, inboxQuery.parse({ limit: 100 }))).items) await changeItem(scope, id, { read: true, done: true });
    });
  }

  /**
   * Lives through the story without a message: what it queued is not sent. Then, as of now, sends these once more, each in one way:
   * with them the mailbox begins.
   */
  async live(trx: Scope, letters: [document: DemoDocument, channel: 'email' | 'sms'][]): Promise<void> {
    await this.#diary.live(trx);
    await trx.delete('notices').execute();
    await trx.db.deleteFrom('outbox').where('account_id', '=', trx.accountId).execute();
    for (const [document, channel] of letters) await this.#send(trx, document, { channels: [channel] });
  }

  async #send(scope: Scope, document: DemoDocument, given: Sending): Promise<void> {
    const wish = sendNew.parse(given);
    const links = document.kind === 'estimate' ? await sendEstimate(scope, this.#services, document.id, wish) : await sendInvoice(scope, this.#services, document.id, wish);
    document.linkId = links[0]!.linkId;
  }

  /** Whoever holds the link comes by it and looks. */
  async #read(scope: Scope, { kind, id, linkId }: DemoDocument): Promise<{ reading: Reading; version: number; seen: string }> {
    const { version, hash, customer_id: customer } = kind === 'estimate' ? await estimateRow(scope, id) : await invoiceRow(scope, id);
    const link = await scope
      .update('links')
      .set((row) => ({ uses: row('uses', '+', 1), last_used_at: now() }))
      .where('id', '=', linkId)
      .returning(['contact_id', 'actions'])
      .executeTakeFirstOrThrow();
    const actor = {
      kind: 'document', sessionId: newId('session'), linkId, contactId: link.contact_id, documentKind: kind, documentId: id, actions: JSON.parse(link.actions) as DocumentAction[],
    } as const;
    const reading = await readingOf(scope, actor, customer, this.#services.smsConfigured);
    await recordOpen(scope, kind, { id, version }, version, reading.reader);
    return { reading, version, seen: etagOf(version, hash) };
  }

  /** Types the code of the message, where the account asks for one. */
  async #code(scope: Scope, document: DemoDocument, reading: Reading): Promise<z.input<typeof approval>['verification']> {
    if (scope.account.approval_verification !== 'code') return undefined;
    const { id: requestId } = await sendApprovalCode(scope, this.#services, await estimateRow(scope, document.id), reading, null);
    const verification = { requestId, code: codeOf(this.#services.derive, requestId) };
    await checkApprovalCode(scope, this.#services, document.id, reading.reader.sessionId, verification);
    return verification;
  }
}
