/** Demo records, told shortly: days from today, hours of the account's clock, dollars. Derived columns as everywhere else. */
import { Temporal } from 'temporal-polyfill';
import type { Insertable } from 'kysely';
import type { AppliedTax, Tax } from '../contract/documents.ts';
import { lineTotal, totalsOf } from '../contract/totals.ts';
import type { JobsTable, ScopedTables } from '../database/schema.ts';
import type { Scope } from '../database/scope.ts';
import { after, newId, now } from '../platform/ids.ts';
import { emailKey, searchable } from '../platform/text.ts';
import { nameKey } from '../platform/words.ts';
import { indexCustomers } from '../work/customer-words.ts';
import { derivedOf, jobSearchText, visitSortAt } from '../work/derive.ts';
import { raiseCounter, type Numbered } from '../work/numbers.ts';
import { taxedLines } from '../work/refresh.ts';
import type { DemoDocuments } from './documents.ts';

export interface DemoContact {
  name: string;
  email?: string;
  mobile?: string;
  language?: 'en' | 'es';
  canPay?: boolean;
  canApprove?: boolean;
}
export interface DemoVisit {
  /** Days from today; negative is past. */
  day: number;
  /** `9:00` of the account's clock; without it the visit has a day only. */
  at?: string;
  /** Minutes of the arrival window. */
  window?: number;
  hours?: number;
  technician?: string;
}
export interface DemoJob {
  service: string;
  scope?: string;
  status: JobsTable['status'];
  technician?: string;
  address?: string;
  contact?: string;
  poNumber?: string;
  visits?: DemoVisit[];
  /** `[description, quantity, dollars each, details?, unit?, …]`; each bears the account's taxes unless it says otherwise. */
  charges?: [description: string, quantity: number, each: number, details?: string | undefined, unit?: string | undefined, more?: { discount?: number; taxes?: AppliedTax[] } | undefined][];
  /** `[days from today, method, dollars or “rest”, reference?]` */
  payments?: [day: number, method: Insertable<ScopedTables['payments']>['method'], dollars: number | 'rest', reference?: string | undefined][];
  /** Shared with the customer unless said otherwise. */
  notes?: { author: string; body: string; day: number; shared?: false }[];
  presentation?: 'summary';
  createdDay?: number;
  /** Everything on it was invoiced on this day. */
  invoicedDay?: number;
}

type Rows = { [T in keyof ScopedTables]?: Omit<Insertable<ScopedTables[T]>, 'account_id'>[] };
interface Stamps {
  external_id: null;
  created_at: string;
  updated_at: string;
}
const cents = (dollars: number): number => Math.round(dollars * 100);

/** Collects the records of one account; `write` stores them. What was invoiced and paid is told to the diary. */
export class DemoRecords {
  #rows: Rows = {};
  #numbers = { customers: 1000, jobs: 4000, estimates: 2600, invoices: 7100, credits: 120 };
  #today: Temporal.PlainDate;
  #scope: Scope;
  #taxes: AppliedTax[];
  #documents: DemoDocuments;

  constructor(scope: Scope, documents: DemoDocuments) {
    this.#scope = scope;
    this.#documents = documents;
    this.#today = Temporal.Now.plainDateISO(scope.account.time_zone);
    this.#taxes = (JSON.parse(scope.account.taxes) as Tax[]).map(({ name, percent }) => ({ name, percent }));
  }

  customer(name: string, more: { company?: boolean; parent?: string; billingAddress?: string } = {}): string {
    const id = newId('customer');
    const number = String(++this.#numbers.customers);
    this.#add('customers', {
      id, ...this.#stamps(-1100), parent_id: more.parent ?? null, number, name, name_key: nameKey(name), company: more.company ? 1 : 0,
      billing_address: more.billingAddress ?? null, active: 1, search_text: searchable(number, name),
    });
    return id;
  }

  contact(customerId: string, { name, email, mobile, language, canApprove = true, canPay = true }: DemoContact): string {
    const id = newId('contact');
    this.#add('contacts', {
      id, ...this.#stamps(-1100), customer_id: customerId, name, email: email ?? null, email_key: email ? emailKey(email) : null,
      mobile: mobile ?? null, language: language ?? null, can_approve: canApprove ? 1 : 0, can_pay: canPay ? 1 : 0,
      notify_by_email: email ? 1 : 0, notify_by_sms: mobile ? 1 : 0, search_text: searchable(name, email, mobile),
    });
    return id;
  }

  address(customerId: string, line1: string, city: string, region: string, postalCode: string, more: { name?: string; line2?: string } = {}): string {
    const id = newId('address');
    this.#add('addresses', {
      id, ...this.#stamps(-1100), customer_id: customerId, name: more.name ?? null, line1, line2: more.line2 ?? null, city, region,
      postal_code: postalCode, country: this.#scope.account.country, search_text: searchable(more.name, line1, more.line2, city, postalCode),
    });
    return id;
  }

  job(customerId: string, job: DemoJob): string {
    const id = newId('job');
    const visits = (job.visits ?? []).map((visit) => this.#visit(id, visit));
    const lastSortAt = visits.map((visit) => visit.sort_at).sort().at(-1) ?? null;
    const firstDay = Math.min(0, ...(job.visits ?? []).map((visit) => visit.day));
    const stamps = this.#stamps(job.createdDay ?? firstDay - 6);
    const charges = this.#charges(id, stamps, job.charges ?? []);
    const { subtotal, tax, total } = this.#totals(charges);
    for (const { author, body, day, shared } of job.notes ?? [])
      this.#add('notes', { id: newId('note'), ...this.#stamps(day), job_id: id, author, body, shared: shared === false ? 0 : 1 });

    const done = job.status === 'complete';
    const row = {
      number: String(++this.#numbers.jobs), service: job.service, scope: job.scope ?? null, status: job.status, technician: job.technician ?? null,
      po_number: job.poNumber ?? null, presentation: job.presentation ?? 'detailed', subtotal, tax, tax_included: this.#scope.account.tax_included, paid: 0,
      completed_at: done ? (lastSortAt ?? stamps.created_at) : null, created_at: stamps.created_at, estimate_sent_on: null, estimate_answered_on: null, invoiced_on: null,
    } as const;
    this.#add('jobs', {
      id, ...stamps, ...row, customer_id: customerId, address_id: job.address ?? null, contact_id: job.contact ?? null,
      ...derivedOf(row, lastSortAt), search_text: jobSearchText(row),
    });
    if (job.invoicedDay !== undefined) this.#documents.bill(job.invoicedDay, id);
    let paid = 0;
    for (const [day, method, dollars, reference] of job.payments ?? []) {
      const amount = dollars === 'rest' ? total - paid : cents(dollars);
      paid += amount;
      this.#documents.pay(day, () => ({ jobId: id, method, amount, reference: reference ?? null }));
    }
    for (const visit of visits) this.#add('visits', visit);
    return id;
  }

  /** The charges of a job, in their order. */
  chargesOf(jobId: string): { id: string; total: number }[] {
    return (this.#rows.charges ?? []).filter((charge) => charge.job_id === jobId);
  }

  async write(trx: Scope): Promise<void> {
    for (const table of ['customers', 'contacts', 'addresses', 'jobs', 'visits', 'charges', 'notes'] as const) {
      const rows = this.#rows[table] ?? [];
      for (let start = 0; start < rows.length; start += 200) await trx.insert(table, rows.slice(start, start + 200) as never).execute();
    }
    await indexCustomers(trx, (this.#rows.customers ?? []).map((row) => row.id));
    for (const [table, last] of Object.entries(this.#numbers)) await raiseCounter(trx, table as Numbered, last);
  }

  #charges(jobId: string, stamps: Stamps, lines: NonNullable<DemoJob['charges']>) {
    return lines.map(([description, amount, each, details, unit, more = {}], position) => {
      const [quantity, unitPrice, discount] = [String(amount), cents(each), cents(more.discount ?? 0)];
      const charge = {
        id: newId('charge'), ...stamps, job_id: jobId, position, description, details: details ?? null, quantity: Math.round(amount * 1000), unit: unit ?? null, unit_price: unitPrice,
        discount, total: lineTotal({ quantity, unitPrice, discount: { amount: discount } }).total, taxes: JSON.stringify(more.taxes ?? this.#taxes),
      };
      this.#add('charges', charge);
      return charge;
    });
  }

  #totals(charges: { total: number; taxes: string }[]): { subtotal: number; tax: number; total: number } {
    const { account } = this.#scope;
    const { lines, taxes } = taxedLines(charges);
    const totals = totalsOf(lines, { taxes, taxIncluded: account.tax_included === 1, rounding: account.tax_rounding });
    return { subtotal: totals.subtotal, tax: totals.total - totals.subtotal, total: totals.total };
  }

  #visit(jobId: string, { day, at, window, hours = 2, technician }: DemoVisit) {
    const date = this.#today.add({ days: day });
    const zone = this.#scope.account.time_zone;
    const start = at ? date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(at.padStart(5, '0')) }) : null;
    const iso = (time: Temporal.ZonedDateTime) => new Date(time.epochMilliseconds).toISOString();
    const when = { starts_at: start && iso(start), ends_at: start && iso(start.add({ minutes: Math.round(hours * 60) })), date: start ? null : date.toString() };
    return {
      id: newId('visit'), ...this.#stamps(Math.min(0, day) - 3), job_id: jobId, ...when, arrival_window_minutes: start ? (window ?? null) : null,
      sort_at: visitSortAt(when, zone), technician: technician ?? null,
    };
  }

  #add<T extends keyof ScopedTables>(table: T, row: Omit<Insertable<ScopedTables[T]>, 'account_id'>): void {
    ((this.#rows[table] ??= []) as unknown[]).push(row);
  }
  #stamps(day: number): Stamps {
    const time = day >= 0 ? now() : after(day * 86_400);
    return { external_id: null, created_at: time, updated_at: time };
  }
}
