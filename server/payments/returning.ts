/** Where a bank sends a payer back to. */
import type { FastifyRequest } from 'fastify';
import type { Services } from '../platform/services.ts';
import { invalidField } from '../platform/problems.ts';

/** Names the payment on the way back; Stripe adds its own beside it. */
export const RETURN_PARAMETER = 'cc-payment';
export const CARD_PARAMETER = 'cc-card';

/**
 * The address with a word of ours, if it is on one of the account's websites or on our own.
 * @throws {Problem} `invalid_request` for any other: a bank must not send people elsewhere.
 */
export async function returnTo({ accounts, config }: Pick<Services, 'accounts' | 'config'>, { scope }: Pick<FastifyRequest, 'scope'>, address: string, parameter: string, value: string): Promise<string> {
  const url = new URL(address);
  const known = await accounts.byId(scope.accountId);
  if (url.origin !== config.PUBLIC_URL && !known?.origins.has(url.origin)) throw invalidField('/returnUrl', 'is not on one of the account’s pages');
  url.searchParams.set(parameter, value);
  return url.href;
}
