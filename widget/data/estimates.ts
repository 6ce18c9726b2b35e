/** Deciding an estimate, and asking for another. `base` is where it is (documents.ts). */
import type { Approval, ApprovalCode, ChangeRequest, EstimateView } from '../../server/contract/estimates.ts';
import type { Client } from './client.ts';

/** Which version a decision is about, and the key that makes a repeated tap or a lost answer one decision. */
interface Decision {
  etag: string;
  key: string;
}

/** Refused as `stale` when the version is no longer the current one. */
export function approveEstimate(client: Client, base: string, approval: Approval, { etag, key }: Decision): Promise<EstimateView> {
  return client.post(`${base}/approve`, approval, { ifMatch: etag, idempotencyKey: key });
}

/** Sends the code that approving needs, where the contractor wants one, to the address on file. */
export function sendApprovalCode(client: Client, base: string): Promise<ApprovalCode> {
  return client.post(`${base}/approval-code`, {});
}

/** Refused as `stale` when the version is no longer the current one. */
export function declineEstimate(client: Client, base: string, reason: string, { etag, key }: Decision): Promise<EstimateView> {
  return client.post(`${base}/decline`, { reason }, { ifMatch: etag, idempotencyKey: key });
}

/** A wish about the estimate and its lines; in every state, also once it has expired or is decided. */
export function requestChanges(client: Client, base: string, wish: ChangeRequest, key: string): Promise<EstimateView> {
  return client.post(`${base}/change-requests`, wish, { idempotencyKey: key });
}

/** Gives every attempt at the same thing the same key, and another thing another one. */
export class Intent {
  #what = '';
  #key = '';

  keyFor(what: unknown): string {
    const text = JSON.stringify(what);
    if (text !== this.#what) [this.#what, this.#key] = [text, crypto.randomUUID()];
    return this.#key;
  }
}
