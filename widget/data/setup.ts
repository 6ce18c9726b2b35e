/** The first account of a server: made before there is anybody who could be signed in. */
import type { z } from 'zod';
import type { setupDone, setupNew } from '../../server/contract/office.ts';
import { ApiError } from './errors.ts';

export type SetupNew = z.input<typeof setupNew>;
export type SetupDone = z.infer<typeof setupDone>;

/** Makes the account and its owner. Rejects with `not_found` once the link was used. */
export async function setUp(api: string, wish: SetupNew): Promise<SetupDone> {
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(wish), credentials: 'omit', referrerPolicy: 'strict-origin' } as const;
  const response = await fetch(`${api}/v1/setup`, init).catch((error: unknown) => {
    throw error instanceof TypeError ? new ApiError('offline') : error;
  });
  if (!response.ok) throw await ApiError.from(response);
  return response.json().catch(() => Promise.reject(new ApiError('offline'))) as Promise<SetupDone>;
}

const prefix = 'cc-setup ';

/** Keeps what was typed for this tab, as `Router` does once there is an account; undefined forgets it. */
export function keepDraft(name: string, value: string | undefined): void {
  try {
    if (value === undefined) sessionStorage.removeItem(prefix + name);
    else sessionStorage.setItem(prefix + name, value);
  } catch {
    // Then it lasts as long as the page.
  }
}

export function keptDraft(name: string): string | undefined {
  try {
    return sessionStorage.getItem(prefix + name) ?? undefined;
  } catch {
    return undefined;
  }
}
