/** The tables of estimates and invoices: working copies, what was sent, what people did with it, and where money went. */
import type { Generated } from 'kysely';
import type { Fixed, Flag, Scoped, Stamped } from './schema.ts';

/** The lasting part of both documents; `draft` is the working copy as JSON, what was sent is in `document_versions`. */
interface DocumentTable extends Stamped {
  job_id: string;
  customer_id: string;
  contact_id: string | null;
  /** Given when it is sent first. */
  number: string | null;
  draft: string;
  /** Of the version sent last; 0 before. */
  version: number;
  hash: string | null;
  total: number;
  sent_at: string | null;
  search_text: string;
}
export interface EstimatesTable extends DocumentTable {
  status: 'draft' | 'sent' | 'approved' | 'changesRequested' | 'declined' | 'expired' | 'withdrawn';
  expires_on: string | null;
  decided_at: string | null;
}
export interface InvoicesTable extends DocumentTable {
  estimate_id: string | null;
  kind: 'invoice' | 'deposit' | 'credit';
  /** How far it is paid follows from `settled`. */
  status: 'draft' | 'sent' | 'void';
  presentation: 'summary' | 'detailed';
  online_payment: Flag;
  po_number: string | null;
  /** Of the version sent last, as its lists show it. */
  title: Generated<string>;
  /** The invoice that subtracts this deposit. */
  subtracted_by: string | null;
  issued_on: string | null;
  due_on: string | null;
  /** Sum of its allocations; negative for a credit that was used. */
  settled: number;
}
/** A frozen version of a document, as it was sent. Never changed. */
export interface DocumentVersionsTable {
  account_id: Fixed<string>;
  document_kind: 'estimate' | 'invoice';
  document_id: Fixed<string>;
  version: Fixed<number>;
  content: Fixed<string>;
  hash: Fixed<string>;
  created_at: Fixed<string>;
}
/** A person had this version before their eyes, after a click of their own. */
export interface DocumentOpensTable {
  account_id: Fixed<string>;
  document_kind: 'estimate' | 'invoice';
  document_id: string;
  version: number;
  /** The contact, or the link of somebody it was sent on to. */
  person: string;
  name: string;
  contact_id: string | null;
  link_id: string | null;
  opened_at: string;
}
/** What somebody decided about one version, with its evidence. Never changed. */
export interface DecisionsTable extends Scoped {
  estimate_id: Fixed<string>;
  version: Fixed<number>;
  kind: Fixed<'approved' | 'declined'>;
  evidence: Fixed<string>;
  hash: Fixed<string>;
  created_at: Fixed<string>;
}
/** A wish about an estimate (`line_id` null) or one of its lines; those sent together share `request_id`. */
export interface RemarksTable extends Scoped {
  request_id: string;
  estimate_id: string;
  version: number;
  line_id: string | null;
  body: string;
  author: string;
  contact_id: string | null;
  link_id: string | null;
  created_at: string;
  answer: string | null;
  answered_at: string | null;
}
/** How much of a charge an invoice bills. */
export interface InvoiceChargesTable {
  account_id: Fixed<string>;
  invoice_id: string;
  charge_id: string;
  amount: number;
}
/**
 * The ledger: where money went. Of a payment, or (two rows that add up to nothing) of a credit that settles an invoice.
 * `invoice_id` null: the job itself, before or beyond its invoices.
 */
export interface AllocationsTable extends Scoped {
  payment_id: string | null;
  transfer_id: string | null;
  job_id: string;
  invoice_id: string | null;
  amount: number;
  created_at: string;
}
export interface DownloadTicketsTable {
  account_id: Fixed<string>;
  hash: string;
  spec: string;
  expires_at: string;
  spent_at: string | null;
}
export interface MessagesTable extends Scoped {
  customer_id: string;
  job_id: string | null;
  author: 'customer' | 'office';
  name: string;
  contact_id: string | null;
  body: string;
  event: 'approved' | 'declined' | 'changesRequested' | null;
  document_kind: 'estimate' | 'invoice' | null;
  document_id: string | null;
  /** Of an answer of the office: who wrote it, JSON of the ways it went, and to what it is the answer. */
  staff_id: string | null;
  channels: string | null;
  inbox_item_id: string | null;
  created_at: string;
}

/** All of them, by name. */
export interface DocumentTables {
  estimates: EstimatesTable;
  invoices: InvoicesTable;
  document_versions: DocumentVersionsTable;
  document_opens: DocumentOpensTable;
  decisions: DecisionsTable;
  remarks: RemarksTable;
  invoice_charges: InvoiceChargesTable;
  allocations: AllocationsTable;
  download_tickets: DownloadTicketsTable;
  messages: MessagesTable;
}
