/** Wishes about an estimate and its lines: asked by the customer in any state, answered by the office. */
import type { z } from 'zod';
import type { Selectable } from 'kysely';
import type { Reading } from '../access/reader.ts';
import type { changeRequest, Remark } from '../contract/estimates.ts';
import type { RemarksTable } from '../database/schema-documents.ts';
import { inTurn } from '../database/lock.ts';
import type { Scope } from '../database/scope.ts';
import { readVersion } from '../documents/versions.ts';
import { newId, now } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import { invalidField, notFound, Problem } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import { laterThan } from '../work/later.ts';
import { tell } from './deciding.ts';
import { estimateRow } from './drafts.ts';
import { answered } from './sending.ts';

/** Of one estimate; more than anybody means. */
const MOST_REMARKS = 300;

/**
 * Keeps the wishes and tells the office. The version stays approvable; of one that is expired, withdrawn or decided this asks
 * for a new one.
 */
export const requestChanges = (scope: Scope, services: Services, id: string, reading: (trx: Scope) => Promise<Reading>, wish: z.output<typeof changeRequest>): Promise<void> =>
  inTurn(scope, async (trx) => {
    const row = await estimateRow(trx, id);
    if (row.version === 0) throw notFound();
    const { reader, rights } = await reading(trx);
    if (!rights.requestChanges) throw new Problem('forbidden');
    const version = await readVersion(trx, 'estimate', id, wish.version);
    if (!version) throw invalidField('/version', 'is no version that was sent');
    const { count } = await trx.from('remarks').where('estimate_id', '=', id).select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    if (Number(count) + wish.remarks.length >= MOST_REMARKS) throw new Problem('too_many_requests');
    const requestId = newId('remark');
    const time = now();
    const common = { request_id: requestId, estimate_id: id, version: wish.version, author: reader.name, contact_id: reader.contactId, link_id: reader.linkId, created_at: time, answer: null, answered_at: null };
    const rows = wish.remarks.map(({ lineId, text }, index) => {
      if (!version.content.lines.some((line) => line.id === lineId)) throw invalidField(`/remarks/${index}/lineId`, 'is no line of this version');
      return { id: newId('remark'), ...common, line_id: lineId, body: text.trim() };
    });
    const words = wish.text.trim();
    await trx.insert('remarks', [...(words ? [{ id: requestId, ...common, line_id: null, body: words }] : []), ...rows]).execute();
    if (row.status === 'sent') {
      await trx.update('estimates').set({ status: 'changesRequested', updated_at: laterThan(row.updated_at) }).where('id', '=', id).execute();
      await answered(trx, row.job_id);
    }
    const lineOf = new Map(version.content.lines.map((line) => [line.id, line.description]));
    const body = [words, ...rows.map((remark) => `${lineOf.get(remark.line_id)}: ${remark.body}`)].filter(Boolean).join('\n');
    await tell(trx, services, row, version.content, { kind: 'changesRequested', office: 'officeChangesRequested', event: 'changesRequested', by: reader.name, contactId: reader.contactId, body });
  });

/** The office answers one of them. Answering again replaces the answer. @throws {Problem} `not_found`. */
export async function answerRemark(scope: Scope, estimateId: string, remarkId: string, answer: string): Promise<void> {
  const done = await scope.update('remarks').set({ answer: answer.trim(), answered_at: now() }).where('id', '=', remarkId).where('estimate_id', '=', estimateId).executeTakeFirst();
  if (!done.numUpdatedRows) throw notFound();
  await announce(scope, 'estimate', estimateId);
}

/** Oldest first. */
export async function remarksOf(scope: Scope, estimateId: string): Promise<Remark[]> {
  const rows = await scope.from('remarks').selectAll().where('estimate_id', '=', estimateId).orderBy('created_at').orderBy('id').execute();
  return rows.map(viewRemark);
}

const viewRemark = (row: Selectable<RemarksTable>): Remark => ({
  id: row.id, lineId: row.line_id, version: row.version, text: row.body, by: row.author, createdAt: row.created_at, answer: row.answer, answeredAt: row.answered_at,
});
