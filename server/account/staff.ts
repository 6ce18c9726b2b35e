/** The people of the office. There is always an owner. */
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { staff, staffChange, staffNew } from '../contract/account.ts';
import { inTurn } from '../database/lock.ts';
import type { StaffTable } from '../database/schema.ts';
import { endLinks } from '../access/links.ts';
import type { Scope } from '../database/scope.ts';
import { newId, now } from '../platform/ids.ts';
import { announce } from '../platform/live.ts';
import { notFound, Problem } from '../platform/problems.ts';
import { emailKey } from '../platform/text.ts';

type Row = Selectable<StaffTable>;
type Staff = z.input<typeof staff>;

export async function listStaff(scope: Scope): Promise<Staff[]> {
  return (await scope.from('staff').selectAll().orderBy('id').execute()).map(viewStaff);
}

export const addStaff = (scope: Scope, { name, email, role }: z.output<typeof staffNew>): Promise<Staff> =>
  inTurn(scope, async (trx) => {
    await checkFree(trx, email);
    const row = { id: newId('staff'), name, email, email_key: emailKey(email), role, created_at: now() };
    await trx.insert('staff', row).execute();
    await announce(trx, 'account');
    return viewStaff(row);
  });

export const changeStaff = (scope: Scope, id: string, change: z.output<typeof staffChange>): Promise<Staff> =>
  inTurn(scope, async (trx) => {
    const before = await find(trx, id);
    const { name = before.name, email = before.email, role = before.role } = change;
    if (before.role === 'owner' && role !== 'owner') await checkOtherOwner(trx, id);
    const key = emailKey(email);
    if (key !== before.email_key) {
      await checkFree(trx, email);
      // Whoever reads the old mailbox is not let in any longer.
      await endLinks(trx, { staff_id: id });
    }
    await trx.update('staff').set({ name, email, email_key: key, role }).where('id', '=', id).execute();
    await announce(trx, 'account');
    return viewStaff({ ...before, name, email, role });
  });

export const removeStaff = (scope: Scope, id: string): Promise<void> =>
  inTurn(scope, async (trx) => {
    const before = await find(trx, id);
    if (before.role === 'owner') await checkOtherOwner(trx, id);
    await endLinks(trx, { staff_id: id });
    // What they looked after is nobody's again.
    await trx.update('inbox_items').set({ assignee_id: null }).where('state', 'in', ['open', 'snoozed', 'done']).where('assignee_id', '=', id).execute();
    await trx.delete('staff').where('id', '=', id).execute();
    await announce(trx, 'inbox');
    await announce(trx, 'account');
    await announce(trx, 'ended');
  });

async function checkOtherOwner(trx: Scope, id: string): Promise<void> {
  const other = await trx.from('staff').select('id').where('role', '=', 'owner').where('id', '!=', id).limit(1).executeTakeFirst();
  if (!other) throw new Problem('conflict', { detail: 'The last owner stays: make somebody else an owner first.' });
}

async function checkFree(trx: Scope, email: string): Promise<void> {
  if (await trx.from('staff').select('id').where('email_key', '=', emailKey(email)).executeTakeFirst())
    throw new Problem('already_exists', { errors: [{ path: '/email', message: 'somebody of the staff has this address' }] });
}

async function find(trx: Scope, id: string): Promise<Row> {
  const row = await trx.from('staff').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

const viewStaff = (row: Pick<Row, 'id' | 'name' | 'email' | 'role' | 'created_at'>): Staff => ({
  id: row.id, name: row.name, email: row.email, role: row.role, createdAt: row.created_at,
});
