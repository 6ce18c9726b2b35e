/**
 * The office's records. Each has four shapes: what may be written (`…Fields`), a partial change of it, what is read, and the
 * query of its list. `externalId` is another back office's key; a PUT by it creates or replaces, so a sync can be repeated
 * safely. What is written is strict: a misspelt field is an error, not a field that silently keeps its old value.
 */
import { z } from 'zod';
import { appliedTax } from './documents.ts';
import { country, currency, day, email, externalId, id, instant, language, list, minorUnits as amount, money, name, paging, phone, prose, quantity, text, ref } from './wire.ts';
import { jobStatus, paymentMethod } from './work.ts';

const stamps = { externalId: z.string().nullable(), createdAt: instant, updatedAt: instant };
const writable = { externalId: externalId.nullable().optional() };

export const customerFields = z.strictObject({
  ...writable,
  /** Given by the server when absent. */
  number: name(30).optional(),
  name: name(),
  /** A company rather than a household. */
  company: z.boolean().default(false),
  /** Makes this a sub-customer; the parent itself must not be one. */
  parentId: ref.nullable().default(null),
  billingAddress: prose(500).nullable().default(null),
  active: z.boolean().default(true),
});
export const customer = z.object({ ...customerFields.shape, id: id('cust'), number: z.string(), ...stamps });

export const contactFields = z.strictObject({
  ...writable,
  customerId: ref,
  name: name(),
  email: email.nullable().default(null),
  mobile: phone.nullable().default(null),
  language: language.nullable().default(null),
  canApprove: z.boolean().default(true),
  canPay: z.boolean().default(true),
  /** Which ways notices may take. */
  notifyByEmail: z.boolean().default(true),
  notifyBySms: z.boolean().default(false),
});
export const contact = z.object({ ...contactFields.shape, id: id('cont'), ...stamps });

export const addressFields = z.strictObject({
  ...writable,
  customerId: ref,
  /** What the place is called, such as “Lake house”. */
  name: text(100).nullable().default(null),
  line1: name(200),
  line2: text(200).nullable().default(null),
  city: text(100).default(''),
  region: text(100).default(''),
  postalCode: text(20).default(''),
  country: country.default('US'),
});
export const address = z.object({ ...addressFields.shape, id: id('addr'), ...stamps });

export const jobFields = z.strictObject({
  ...writable,
  customerId: ref,
  /** An address and a contact of the customer, or of the customer's parent. */
  addressId: ref.nullable().default(null),
  contactId: ref.nullable().default(null),
  /** Given by the server when absent. */
  number: name(30).optional(),
  service: name(),
  scope: prose().nullable().default(null),
  status: jobStatus.default('new'),
  technician: text(100).nullable().default(null),
  poNumber: text(50).nullable().default(null),
  presentation: z.enum(['summary', 'detailed']).default('detailed'),
  /** Whether its invoices may be paid online. */
  onlinePayment: z.boolean().default(true),
  /** Fixed tax on top of the charges, in minor units of the account's currency; taxes of single charges come on top of it. */
  tax: amount.default(0),
  /** Whether the prices of the charges contain their taxes. */
  taxIncluded: z.boolean().default(false),
  completedAt: instant.nullable().default(null),
  /** When an estimate was put before the customer, and whether it still waits for an answer. */
  estimateSentOn: day.nullable().default(null),
  estimateAnsweredOn: day.nullable().default(null),
  /** When the job was invoiced. */
  invoicedOn: day.nullable().default(null),
});
export const job = z.object({ ...jobFields.shape, id: id('job'), number: z.string(), total: money, balance: money, ...stamps });

/** Either a moment (`startsAt`), or only a day (`date`). */
export const visitFields = z.strictObject({
  ...writable,
  jobId: ref,
  startsAt: instant.nullable().default(null),
  endsAt: instant.nullable().default(null),
  arrivalWindowMinutes: z.int().min(15).max(480).nullable().default(null),
  date: day.nullable().default(null),
  technician: text(100).nullable().default(null),
});
export const visit = z.object({ ...visitFields.shape, id: id('vis'), ...stamps });

export const chargeFields = z.strictObject({
  ...writable,
  jobId: ref,
  /** Order on the job. */
  position: z.int().min(0).max(100_000).default(0),
  description: name(500),
  details: prose(2000).nullable().default(null),
  quantity: quantity.default('1'),
  unit: text(20).nullable().default(null),
  /** Minor units of the account's currency; negative is a discount line. */
  unitPrice: amount,
  discount: amount.min(0).default(0),
  /** Taxes on this line, on top of it or contained in it as the job says. */
  taxes: z.array(appliedTax).max(5).default([]),
  /** Given by a source that rounds in its own way; computed when absent. */
  total: amount.optional(),
});
export const charge = z.object({ ...chargeFields.shape, id: id('chg'), total: z.int(), invoiced: z.int(), ...stamps });

export const noteFields = z.strictObject({
  ...writable,
  jobId: ref,
  author: text(100).nullable().default(null),
  body: prose().refine((value) => value.trim().length > 0, 'must not be empty'),
  /** Only shared notes are ever shown to the customer. */
  shared: z.boolean().default(false),
});
export const note = z.object({ ...noteFields.shape, id: id('note'), ...stamps });

/**
 * A payment that somebody recorded. For a job (`jobId`), it pays that job's invoices, oldest first, and then the job itself.
 * Without a job it belongs to `customerId` and pays the invoices named in `allocations`; the rest stays as a credit.
 */
export const paymentFields = z.strictObject({
  ...writable,
  jobId: ref.nullable().default(null),
  customerId: ref.optional(),
  allocations: z.array(z.strictObject({ invoiceId: ref, amount: amount.min(1) })).max(100).default([]),
  receivedOn: day,
  method: paymentMethod,
  /** Minor units of the account's currency; negative: given back. */
  amount: amount.refine((value) => value !== 0, 'must not be zero'),
  reference: text(100).nullable().default(null),
});
export const payment = z.object({ ...paymentFields.shape, customerId: z.string(), id: id('pay'), currency, ...stamps });

type Bare<T> = T extends z.ZodDefault<infer Inner> ? Inner : T;

/** Any of these fields, none of them with a default: what a change does not name stays as it is. */
export function changeOf<Shape extends z.ZodRawShape>(fields: z.ZodObject<Shape, z.core.$strict>) {
  const bare = Object.fromEntries(
    Object.entries(fields.shape).map(([field, schema]) => [field, schema instanceof z.ZodDefault ? schema.unwrap() : schema]),
  ) as { [Field in keyof Shape]: Bare<Shape[Field]> };
  return z.strictObject(bare).partial();
}

/** Everything but the key, which stands in the address. */
export const replacementOf = <Shape extends z.ZodRawShape & typeof writable>(fields: z.ZodObject<Shape, z.core.$strict>) => {
  const { externalId: _, ...shape } = fields.shape;
  return z.strictObject(shape);
};

/** A list's query. A filter that the list does not have is an error, because ignoring it would answer too much. */
const listQuery = <Shape extends z.ZodRawShape>(filters: Shape) =>
  z.strictObject({ ...paging.shape, externalId: externalId.optional(), ...filters });
const search = { q: text(100).optional() };
const [ofCustomer, ofJob] = [{ customerId: ref.optional() }, { jobId: ref.optional() }];

/** Every kind of record by its name in the address `/v1/office/<name>`. */
export const records = {
  customers: { fields: customerFields, record: customer, list: list(customer), query: listQuery({ ...search, parentId: ref.optional() }) },
  contacts: { fields: contactFields, record: contact, list: list(contact), query: listQuery({ ...search, ...ofCustomer }) },
  addresses: { fields: addressFields, record: address, list: list(address), query: listQuery({ ...search, ...ofCustomer }) },
  jobs: { fields: jobFields, record: job, list: list(job), query: listQuery({ ...search, ...ofCustomer }) },
  visits: { fields: visitFields, record: visit, list: list(visit), query: listQuery(ofJob) },
  charges: { fields: chargeFields, record: charge, list: list(charge), query: listQuery(ofJob) },
  notes: { fields: noteFields, record: note, list: list(note), query: listQuery(ofJob) },
  payments: { fields: paymentFields, record: payment, list: list(payment), query: listQuery({ ...ofCustomer, ...ofJob }) },
} as const;
export type RecordName = keyof typeof records;
/** What may be written of a kind of record, defaults filled in. */
export type FieldsOf<Name extends RecordName> = z.output<(typeof records)[Name]['fields']>;

/**
 * Why something cannot be deleted, in the `items` of a `conflict`: what refers to it, and how many. `version`: it was sent so often,
 * and what somebody has read is withdrawn or made void instead. `onlinePayment`: it was paid online, and is refunded instead.
 */
export const keeper = z.object({
  kind: z.enum(['customer', 'contact', 'address', 'job', 'visit', 'charge', 'note', 'payment', 'estimate', 'invoice', 'message', 'version', 'onlinePayment']),
  count: z.int(),
});
export type Keeper = z.infer<typeof keeper>;
