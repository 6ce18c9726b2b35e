/** Paying online. `base` is `payBase`: of a signed-in person's customer, or of a document link. */
import type { Download } from '../../server/contract/documents.ts';
import type { EstimateView } from '../../server/contract/estimates.ts';
import type { InvoiceKind, InvoiceView, PendingPayment } from '../../server/contract/invoices.ts';
import type { CardSetup, PaymentAttempt, PaymentNew, PaymentOptions, PaymentStarted, SavedCard } from '../../server/contract/payments.ts';
import type { Money } from '../../server/contract/wire.ts';
import { ApiError, type Client } from './client.ts';
import { documentBase, linkBase, save } from './documents.ts';

/** `customer` is an id of the session's customers, or `all`; the reader of a link has the link's id instead. */
export const payBase = (customer: string, document?: string): string => (document ? linkBase(document) : `/customers/${encodeURIComponent(customer)}`);

/** An invoice as far as paying goes. */
export interface Payable {
  id: string;
  etag: string;
  kind: InvoiceKind;
  number: string;
  title: string;
  /** Language of the title. */
  lang: string;
  /** What is due, and how much of it can be paid now. */
  due: Money;
  payable: Money;
  pending: readonly PendingPayment[];
  /** Whether this person can pay it online. */
  online: boolean;
}

const ofInvoice = ({ id, etag, content, due, payable, pending, onlinePayment, rights }: InvoiceView): Payable => ({
  id, etag, kind: content.kind, number: content.number, title: content.title, lang: content.locale, due, payable, pending, online: onlinePayment && rights.pay,
}); // prettier-ignore

const ofDeposit = ({ depositInvoice: deposit, content, rights }: EstimateView): Payable[] =>
  deposit ? [{ ...deposit, kind: 'deposit', title: content.title, lang: content.locale, online: deposit.onlinePayment && rights.pay }] : [];

/** Invoices to be paid together. What is gone meanwhile is left out. Rejects with `not_found` when all are. */
export async function readPayables(client: Client, customer: string, document: string | undefined, ids: readonly string[], signal: AbortSignal): Promise<Payable[]> {
  if (document) {
    const { invoice, estimate } = await client.get<{ invoice?: InvoiceView; estimate?: EstimateView }>(linkBase(document), { signal });
    return invoice ? [ofInvoice(invoice)] : estimate ? ofDeposit(estimate) : [];
  }
  const read = (id: string) => client.get<InvoiceView>(documentBase(customer, 'invoices', id), { signal }).then(ofInvoice, isGone);
  const found = (await Promise.all(ids.map(read))).filter((each) => each !== undefined);
  if (found.length === 0) throw new ApiError('not_found', 404);
  return found;
}

function isGone(error: unknown): undefined {
  if (!(error instanceof ApiError) || error.code !== 'not_found') throw error;
}

export function readOptions(client: Client, base: string, signal?: AbortSignal): Promise<PaymentOptions> {
  return client.get(`${base}/payment-options`, { signal });
}

/** Begins a payment, or goes on with one: the same payer asking for the same thing gets the same payment. */
export function startPayment(client: Client, base: string, wanted: PaymentNew): Promise<PaymentStarted> {
  return client.post(`${base}/payments`, wanted);
}

export function readPayment(client: Client, base: string, id: string, signal?: AbortSignal): Promise<PaymentAttempt> {
  return client.get(`${base}/payments/${encodeURIComponent(id)}`, { signal });
}

/** The server asks Stripe how the payment stands: what the browser heard of it proves nothing. */
export function syncPayment(client: Client, base: string, id: string, signal?: AbortSignal): Promise<PaymentAttempt> {
  return client.post(`${base}/payments/${encodeURIComponent(id)}/sync`, {}, { signal });
}

/** Starts the download of a receipt. */
export async function downloadReceipt(client: Client, base: string, id: string): Promise<void> {
  save(await client.post<Download>(`${base}/payments/${encodeURIComponent(id)}/downloads`, {}));
}

export async function readCards(client: Client, base: string, signal?: AbortSignal): Promise<SavedCard[]> {
  return (await client.get<{ items: SavedCard[] }>(`${base}/cards`, { signal })).items;
}

export function addCard(client: Client, base: string): Promise<CardSetup> {
  return client.post(`${base}/cards`, { returnUrl: pageUrl() });
}

export function preferCard(client: Client, base: string, id: string): Promise<SavedCard> {
  return client.patch(`${base}/cards/${encodeURIComponent(id)}`, { preferred: true });
}

export function removeCard(client: Client, base: string, id: string): Promise<void> {
  return client.delete(`${base}/cards/${encodeURIComponent(id)}`);
}

/** The same view on the server's own page, with this session handed over once. */
export async function hostedPage(client: Client, destination: string): Promise<string> {
  return (await client.post<{ url: string }>('/handoffs', { destination })).url;
}

/** Where a bank sends the payer back to: this page, as long as an address may be. */
export const pageUrl = (): string => (location.href.length > 450 ? location.origin + location.pathname : location.href);
