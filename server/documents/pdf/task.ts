/** What can be drawn as a PDF. All of it is plain data, because it travels to a worker thread. */
import type { EstimateContent, EstimateStatus } from '../../contract/estimates.ts';
import type { AllocationView, InvoiceContent, InvoiceStatus, Statement } from '../../contract/invoices.ts';
import type { Evidence } from '../evidence.ts';
import type { ReceiptFacts } from '../receipts.ts';

/** The languages of the labels; the contractor's own words stay in theirs. */
export type PdfLanguage = 'en' | 'es';

/** Who the document is from, as its head and foot show it. */
export interface Branding {
  name: string;
  /** Written for people, such as (404) 555-0142. */
  phone: string | null;
  email: string | null;
  /** `#rrggbb` */
  accent: string;
  logo: { type: 'image/png' | 'image/jpeg'; base64: string } | null;
  /** IANA name; moments are told in it. */
  timeZone: string;
}

interface Common {
  language: PdfLanguage;
  branding: Branding;
}

export interface EstimateTask extends Common {
  kind: 'estimate';
  content: EstimateContent;
  version: number;
  /** Ids of the chosen lines; those that are preselected when absent. Lines that are no choice may be among them. */
  chosen?: string[];
  status?: EstimateStatus;
}

/** An invoice, a deposit invoice or a credit. A summary shows no lines. */
export interface InvoiceTask extends Common {
  kind: 'invoice';
  content: InvoiceContent;
  version: number;
  paid: number;
  due: number;
  payments: AllocationView[];
  status?: InvoiceStatus;
}

/** The evidence of a decision and, in the same file, the document as decided. */
export interface CertificateTask extends Common {
  kind: 'certificate';
  evidence: Evidence;
  content: EstimateContent;
}

export interface StatementTask extends Common {
  kind: 'statement';
  statement: Statement;
  country: string;
}

/** What an online payment paid. */
export interface ReceiptTask extends Common {
  kind: 'receipt';
  receipt: ReceiptFacts;
  country: string;
}

export type PdfTask = EstimateTask | InvoiceTask | CertificateTask | StatementTask | ReceiptTask;

export interface DrawnPdf {
  bytes: Buffer;
  /** Characters for which no font has a glyph, each once, at most fifty: they are drawn as boxes. */
  missing: string[];
}
