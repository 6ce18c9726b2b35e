/** One account's things for the authorization matrix, each with a text nobody else may ever be told. */
import type { EstimateContent } from '../../contract/estimates.ts';
import type { InvoiceContent } from '../../contract/invoices.ts';
import type { Scope } from '../../database/scope.ts';
import type { StoredDraft } from '../../estimates/content.ts';
import type { StoredDraft as InvoiceDraft } from '../../invoices/content.ts';
import { newId, now, prefixes } from '../../platform/ids.ts';
import { hashOf, newToken } from '../../platform/secrets.ts';
import { emailKey } from '../../platform/text.ts';

export type Thing = 'attempt' | 'invoice' | 'estimate' | 'remark' | 'share' | 'customer' | 'contact' | 'address' | 'job' | 'visit' | 'charge' | 'note' | 'payment' | 'link' | 'session' | 'page' | 'staff' | 'apiKey' | 'inboxItem' | 'signInRequest';

export interface World {
  scope: Scope | undefined;
  /** Things that stay. */
  id: Record<Thing, string>;
  /** A new thing of a kind, for calls that use it up; an id that does not exist, where nothing does. */
  fresh(thing: Thing): Promise<string>;
  externalId: string;
  email: string;
  canaries: string[];
  absent: World;
}

const stamps = () => ({ external_id: null, created_at: now(), updated_at: now() });

export async function makeWorld(scope: Scope): Promise<World> {
  const mark = `canary-${scope.account.slug}`;
  // The same in every account: an address opens what this account has under it, and no more.
  const email = 'same.person@example.com';
  const make: Record<Thing, (id: Record<Thing, string>) => Promise<string>> = {
    customer: () => put('customers', 'customer', { parent_id: null, number: newId('customer'), name: `${mark}-customer`, company: 0, billing_address: null, active: 1, search_text: mark, ...stamps(), external_id: null }),
    contact: (id) => put('contacts', 'contact', { customer_id: id.customer, name: `${mark}-contact`, email, email_key: emailKey(email), mobile: null, language: null, can_approve: 1, can_pay: 1, notify_by_email: 1, notify_by_sms: 0, search_text: mark, ...stamps() }),
    address: (id) => put('addresses', 'address', { customer_id: id.customer, name: null, line1: `${mark}-street`, line2: null, city: 'Decatur', region: 'GA', postal_code: '30030', country: 'US', search_text: mark, ...stamps() }),
    job: (id) => put('jobs', 'job', { customer_id: id.customer, address_id: id.address || null, contact_id: id.contact || null, number: newId('job'), service: `${mark}-job`, scope: null, status: 'new', technician: null, po_number: null, presentation: 'detailed', subtotal: 0, tax: 0, paid: 0, completed_at: null, estimate_sent_on: null, estimate_answered_on: null, invoiced_on: null, occurs_at: now(), open: 1, waits_for: null, search_text: mark, ...stamps() }),
    visit: (id) => put('visits', 'visit', { job_id: id.job, starts_at: null, ends_at: null, arrival_window_minutes: null, date: '2026-01-05', sort_at: now(), technician: `${mark}-technician`, ...stamps() }),
    charge: (id) => put('charges', 'charge', { job_id: id.job, position: 0, description: `${mark}-charge`, details: null, quantity: 1000, unit: null, unit_price: 100, discount: 0, total: 100, ...stamps() }),
    note: (id) => put('notes', 'note', { job_id: id.job, author: null, body: `${mark}-note`, shared: 1, ...stamps() }),
    payment: (id) => put('payments', 'payment', { customer_id: id.customer, job_id: id.job, received_on: '2026-01-06', method: 'cash', amount: 100, reference: `${mark}-payment`, ...stamps() }),
    estimate: async (id) => {
      const made = await put('estimates', 'estimate', {
        job_id: id.job, customer_id: id.customer, contact_id: id.contact, number: newId('estimate'), status: 'sent', draft: JSON.stringify(draftFor(mark)), version: 1, hash: 'matrix', total: 100,
        expires_on: null, sent_at: now(), decided_at: null, search_text: mark, ...stamps(),
      });
      const { origin: _, ...draft } = draftFor(mark);
      const content: EstimateContent = {
        kind: 'estimate', number: '1', from: { name: 'Sender', phone: null, email: null }, to: { customer: `${mark}-customer`, company: false, contact: null, billingAddress: null },
        job: { number: '1', service: `${mark}-job` }, address: [], poNumber: null, currency: 'USD', locale: 'en', country: 'US', issuedOn: '2026-01-05', note: null, ...draft,
        lines: draft.lines.map((line) => ({ ...line, discount: 0, discountPercent: null, total: line.unitPrice })),
      };
      await scope.insert('document_versions', { document_kind: 'estimate', document_id: made, version: 1, content: JSON.stringify(content), hash: 'matrix', created_at: now() }).execute();
      return made;
    },
    invoice: async (id) => {
      const draft = invoiceDraftFor(mark);
      const made = await put('invoices', 'invoice', {
        job_id: id.job, customer_id: id.customer, contact_id: id.contact, estimate_id: null, kind: 'invoice', number: newId('invoice'), status: 'sent', draft: JSON.stringify(draft), version: 1,
        hash: 'matrix', presentation: 'detailed', online_payment: 1, po_number: null, title: draft.title, issued_on: '2026-01-05', due_on: '2026-02-05', total: 100, settled: 0, sent_at: now(),
        search_text: mark, ...stamps(),
      });
      const { sharesTax: _, ...said } = draft;
      const content: InvoiceContent = {
        ...said, kind: 'invoice', number: '1', from: { name: 'Sender', phone: null, email: null }, to: { customer: `${mark}-customer`, company: false, contact: null, billingAddress: null },
        job: { number: '1', service: `${mark}-job` }, address: [], currency: 'USD', locale: 'en', country: 'US', issuedOn: '2026-01-05', taxAmounts: {}, subtotal: 100, tax: 0, total: 100,
        lines: draft.lines.map((line) => ({ ...line, discount: 0, discountPercent: null, total: line.unitPrice })),
      };
      await scope.insert('document_versions', { document_kind: 'invoice', document_id: made, version: 1, content: JSON.stringify(content), hash: 'matrix', created_at: now() }).execute();
      return made;
    },
    attempt: async (id) => {
      const connection = await put('stripe_connections', 'stripeConnection', {
        mode: 'connect', livemode: 0, stripe_account_id: newId('stripeConnection'), status: 'disconnected', charges_enabled: 0, details_submitted: 1, created_at: now(), connected_at: null, disconnected_at: now(),
        checked_at: null, events_until: null,
      });
      const made = await put('payment_attempts', 'attempt', {
        connection_id: connection, payment_intent_id: null, state: 'canceled', stripe_status: null, amount: 100, tip: 0, currency: 'USD', fee: 0, customer_id: id.customer, person: id.contact, payer: `${mark}-payer`,
        contact_id: id.contact, link_id: null, address: null, language: 'en', save_card: 0, saved_card: null, charge_id: null, method_type: null, method_brand: null, method_last4: null, decline_code: null, verify: 0,
        receipt_number: '1', overpaid: 0, refunded: 0, created_at: now(), updated_at: now(), paid_at: null, asked_at: null, check_at: null,
      });
      await scope.insert('attempt_items', { attempt_id: made, invoice_id: id.invoice, customer_id: id.customer, etag: '1.matrix', amount: 100, open: 0 }).execute();
      return made;
    },
    remark: async (id) => put('remarks', 'remark', { request_id: id.estimate, estimate_id: id.estimate, version: 1, line_id: null, body: `${mark}-remark`, author: 'Somebody', contact_id: null, link_id: null, created_at: now(), answer: null, answered_at: null }),
    share: async (id) => put('links', 'link', { kind: 'document', hash: hashOf(newToken()), contact_id: id.contact, staff_id: null, channel: 'email', address: 'friend@example.com', request_id: null, document_kind: 'estimate', document_id: id.estimate, actions: '["view"]', destination: null, page_id: null, renews_id: null, shared_by: id.contact, recipient: `${mark}-friend`, created_at: now(), expires_at: '2999-01-01T00:00:00.000Z', revoked_at: null, uses: 0, last_used_at: null }),
    link: (id) => put('links', 'link', { kind: 'access', hash: hashOf(newToken()), contact_id: id.contact, staff_id: null, channel: null, address: null, request_id: null, document_kind: null, document_id: null, actions: '[]', destination: null, page_id: null, renews_id: null, created_at: now(), expires_at: '2999-01-01T00:00:00.000Z', revoked_at: null, uses: 0, last_used_at: null }),
    session: (id) => put('sessions', 'session', { kind: 'customer', link_id: id.link, contact_id: id.contact, staff_id: null, channel: null, address: null, jkt: 'nobody', origin: null, user_agent: `${mark}-agent`, generation: 1, rotated_at: now(), previous_rotated_at: null, created_at: now(), last_seen_at: now(), expires_at: '2999-01-01T00:00:00.000Z', revoked_at: null }),
    page: () => put('pages', 'page', { url: `https://www.${scope.account.slug}.example/${newId('page')}`, origin: `https://www.${scope.account.slug}.example`, main: 0, created_at: now() }),
    staff: () => put('staff', 'staff', { name: `${mark}-staff`, email: `${newId('staff')}@${scope.account.slug}.example`, email_key: newId('staff'), role: 'clerk', created_at: now() }),
    apiKey: () => put('api_keys', 'apiKey', { name: `${mark}-key`, hash: newToken(), scopes: '["read"]', created_at: now(), last_used_at: null, revoked_at: null }),
    inboxItem: () => put('inbox_items', 'inboxItem', { kind: 'notMe', data: '{}', customer_id: null, created_at: now(), done_at: null }),
    signInRequest: () => put('sign_in_requests', 'signInRequest', { audience: 'customer', purpose: 'signIn', channel: 'email', address: email, challenge: null, waiting_jkts: '[]', tries: 0, language: null, page_id: null, destination: null, created_at: now(), expires_at: '2999-01-01T00:00:00.000Z', spent_at: null }),
  };
  async function put(table: Parameters<Scope['insert']>[0], kind: keyof typeof prefixes, values: object): Promise<string> {
    const id = newId(kind);
    await scope.insert(table, { id, ...values } as never).execute();
    return id;
  }
  const id = {} as Record<Thing, string>;
  for (const thing of Object.keys(make) as Thing[]) id[thing] = await make[thing](id);
  const externalId = `${mark}-external`;
  for (const table of ['customers', 'contacts', 'addresses', 'jobs', 'visits', 'charges', 'notes', 'payments'] as const)
    await scope.update(table).set({ external_id: externalId }).where('id', 'in', Object.values(id)).execute();
  const canaries = ['customer', 'contact', 'street', 'job', 'technician', 'charge', 'note', 'payment', 'staff', 'key', 'agent', 'estimate', 'invoice', 'line', 'remark', 'friend', 'payer'].map((what) => `${mark}-${what}`);
  return { scope, id, email, externalId, canaries, fresh: (thing) => make[thing](id), absent: nothing() };
}

/** The working copy of an estimate with one line. */
const draftFor = (mark: string): StoredDraft => ({
  title: `${mark}-estimate`,
  lines: [{ id: 'line', description: `${mark}-line`, details: null, quantity: '1', unit: null, unitPrice: 100, discount: null, taxes: [], optional: false, group: null, selected: false }],
  groups: [], taxes: [], taxIncluded: false, rounding: 'document', fixedTax: 0, deposit: null, terms: null, termsRequired: false, expiresOn: null, origin: [],
});

/** The working copy of an invoice with one line. */
const invoiceDraftFor = (mark: string): InvoiceDraft => ({
  title: `${mark}-invoice`,
  lines: [{ id: 'line', description: `${mark}-line`, details: null, quantity: '1', unit: null, unitPrice: 100, discount: null, taxes: [], chargeId: null, depositId: null }],
  taxes: [], taxIncluded: false, rounding: 'document', fixedTax: 0, sharesTax: false, presentation: 'detailed', dueOn: '2026-02-05', terms: null, otherWaysToPay: null, poNumber: null,
});

/** A link that was sent on is a link by its id. */
const prefixOf = (thing: Thing) => (thing === 'share' ? 'link' : thing);

/** Well-formed ids of nothing. */
function nothing(): World {
  const id = Object.fromEntries(
    (['attempt', 'invoice', 'estimate', 'remark', 'share', 'customer', 'contact', 'address', 'job', 'visit', 'charge', 'note', 'payment', 'link', 'session', 'page', 'staff', 'apiKey', 'inboxItem', 'signInRequest'] as const).map((thing) => [thing, newId(prefixOf(thing))]),
  ) as Record<Thing, string>;
  const world: Omit<World, 'absent'> = { scope: undefined, id, email: 'nobody@example.com', externalId: 'no-such-thing', canaries: [], fresh: async (thing) => newId(prefixOf(thing)) };
  return Object.assign(world, { absent: world as World });
}
