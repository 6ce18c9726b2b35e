/** What makes one kind of record different from the others; `records.ts` does with it what is alike for all. */
import type { RawBuilder, Selectable } from 'kysely';
import type { FieldsOf, Keeper, RecordName } from '../contract/records.ts';
import type { ScopedTables } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { invalidField } from '../platform/problems.ts';
import type { prefixes } from '../platform/ids.ts';

/** What every row has, whatever its kind. */
interface Stamps {
  account_id: string;
  id: string;
  external_id: string | null;
  created_at: string;
  updated_at: string;
}
/** A kind's table has the kind's name on the wire. */
export type Row<Name extends RecordName> = Selectable<ScopedTables[Name]> & Stamps;
/** The columns that a kind's fields decide. */
type Columns<Name extends RecordName> = Omit<Selectable<ScopedTables[Name]>, keyof Stamps>;

export interface RecordKind<Name extends RecordName = RecordName> {
  readonly name: Name;
  /** What ids of this kind begin with. */
  readonly prefix: keyof typeof prefixes;
  /** A row as its writable fields; `externalId` is alike for all and not among them. */
  fieldsOf(row: Row<Name>): Omit<FieldsOf<Name>, 'externalId'>;
  /** What is read beside the writable fields. */
  more?(row: Row<Name>, scope: Scope): object;
  /** A partial change on top of what there is, where that is more than putting the fields over it. */
  merge?(before: Omit<FieldsOf<Name>, 'externalId'>, change: Partial<FieldsOf<Name>>): Omit<FieldsOf<Name>, 'externalId'>;
  /**
   * Checks what no schema can (references, rules between fields) and says how the fields are stored.
   * @param before the row that is changed, or nothing for a new one: derived columns are then given their first value.
   */
  columnsOf(scope: Scope, fields: Omit<FieldsOf<Name>, 'externalId'>, before?: Row<Name>): Promise<Partial<Columns<Name>>> | Partial<Columns<Name>>;
  /** Brings what depends on a row up to date, after it was made, changed or (`after` absent) deleted. */
  settle?(scope: Scope, after: Row<Name> | undefined, before: Row<Name> | undefined): Promise<void>;
  /** Tables whose rows keep one of this kind from being deleted, and the column by which they refer to it. */
  readonly keptBy?: readonly (readonly [table: keyof typeof keepers, column: string])[];
  /** Tables whose rows are part of one of this kind and go with it. */
  readonly takesAlong?: readonly (readonly [table: keyof ScopedTables, column: string])[];
  /** Why a row cannot be changed to these columns, or (without them) deleted here; nothing where it can. */
  fixed?(row: Row<Name>, columns?: Partial<Columns<Name>>): string | undefined;
  /** Where `q` looks, given a `like` pattern for one of its words. */
  search?(pattern: string): RawBuilder<boolean>;
}

/** Tables whose rows may refer to a record, and what the office calls such a row. */
export const keepers = {
  customers: 'customer', contacts: 'contact', addresses: 'address', jobs: 'job', visits: 'visit', charges: 'charge', notes: 'note', payments: 'payment',
  estimates: 'estimate', invoices: 'invoice', invoice_charges: 'invoice', messages: 'message',
} as const satisfies Partial<Record<keyof ScopedTables, Keeper['kind']>>;

/** The row that a field refers to. A foreign one is as absent as none. @throws {Problem} `invalid_request` with the path. */
export async function referred<Name extends RecordName>(scope: Scope, name: Name, id: string, path: string): Promise<Row<Name>> {
  const row = await scope.from(name as 'notes').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw invalidField(path, 'does not exist');
  return row as unknown as Row<Name>;
}

/** A moment in the stored form, so that text order is time order. */
export const stored = (instant: string | null): string | null => (instant === null ? null : new Date(instant).toISOString());

export const flag = (value: boolean): 0 | 1 => (value ? 1 : 0);
