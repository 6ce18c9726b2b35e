/** The code that some accounts ask for before an approval: sent to the address on file, good for one estimate and one session. */
import type { z } from 'zod';
import { tryCode, addressBuckets } from '../access/sign-in.ts';
import type { Reading } from '../access/reader.ts';
import { linkLife } from '../access/links.ts';
import type { ApprovalCode, approval } from '../contract/estimates.ts';
import type { Scope } from '../database/scope.ts';
import type { Evidence } from '../documents/evidence.ts';
import { queueNotice } from '../notices/notices.ts';
import { after, newId, now } from '../platform/ids.ts';
import { takeOrRefuse } from '../platform/limits.ts';
import { invalidField, notFound, Problem } from '../platform/problems.ts';
import type { Services } from '../platform/services.ts';
import { emailKey, maskAddress } from '../platform/text.ts';
import type { EstimateRow } from './drafts.ts';

/** @throws {Problem} `not_found` where no code is asked for, `forbidden` for somebody who may not approve. */
export async function sendApprovalCode(scope: Scope, services: Services, row: EstimateRow, { reader, rights, channelAddress: way }: Reading, language: string | null): Promise<ApprovalCode> {
  if (scope.account.approval_verification !== 'code' || row.version === 0) throw notFound();
  if (!rights.approve) throw new Problem('forbidden');
  if (!way) throw invalidField('/', 'there is no address on file that a code could go to');
  await takeOrRefuse(scope.db, addressBuckets(services.derive, way.channel === 'email' ? emailKey(way.address) : way.address));
  const id = newId('signInRequest');
  const expiresAt = after(linkLife.signIn);
  await scope.transaction(async (trx) => {
    await trx
      .insert('sign_in_requests', {
        id, audience: 'customer', purpose: 'approval', channel: way.channel, address: way.address, challenge: reader.sessionId, waiting_jkts: 'null', tries: 0, language, page_id: null,
        destination: `/estimates/${row.id}`, created_at: now(), expires_at: expiresAt, spent_at: null,
      })
      .execute();
    await queueNotice(trx, {
      kind: 'approvalCode', channel: way.channel, to: way.address, contactId: reader.contactId, requestId: id, language: language ?? trx.account.locale,
      document: { kind: 'estimate', id: row.id, version: row.version },
    });
  });
  return { id, masked: maskAddress(way.address), channel: way.channel, expiresAt };
}

type Given = z.output<typeof approval>['verification'];

/**
 * Compares the code before anything else happens, because a wrong one counts whatever comes of the approval. One that was used
 * already is let through: it may be the repetition of a call whose answer was lost, and approving says no otherwise.
 */
export async function checkApprovalCode(scope: Scope, services: Services, estimateId: string, sessionId: string, given: Given): Promise<void> {
  if (scope.account.approval_verification !== 'code') return;
  if (!given) throw invalidField('/verification', 'type the code of the message');
  const request = await codeRequest(scope, estimateId, sessionId, given.requestId);
  if (!request) throw new Problem('code_expired');
  if (!request.spent_at) await tryCode(scope, services.derive, given.requestId, given.code);
}

/** Uses the code up, in the transaction of the approval. @returns where it went; nothing where none is asked for. */
export async function spendApprovalCode(trx: Scope, estimateId: string, sessionId: string, given: Given): Promise<Evidence['verified']> {
  if (trx.account.approval_verification !== 'code') return null;
  const request = given && (await codeRequest(trx, estimateId, sessionId, given.requestId));
  if (!request) throw new Problem('code_expired');
  const spent = await trx.update('sign_in_requests').set({ spent_at: now() }).where('id', '=', request.id).where('spent_at', 'is', null).where('tries', '>', 0).executeTakeFirst();
  if (!spent.numUpdatedRows) throw new Problem('code_expired');
  return { channel: request.channel, address: request.address };
}

const codeRequest = (scope: Scope, estimateId: string, sessionId: string, id: string) =>
  scope
    .from('sign_in_requests')
    .selectAll()
    .where('id', '=', id)
    .where('purpose', '=', 'approval')
    .where('destination', '=', `/estimates/${estimateId}`)
    .where('challenge', '=', sessionId)
    .executeTakeFirst();
