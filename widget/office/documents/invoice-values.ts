/** An invoice as somebody types it. Its lines are those of an estimate without choices, and may bill a charge or subtract a deposit. */
import type { Tax } from '../../../server/contract/documents.ts';
import type { Invoice } from '../../../server/contract/invoices.ts';
import type { InvoiceChange } from '../../data/office-invoices.ts';
import { newLine } from './estimate-lines.ts';
import { changeOf as estimateChange, valuesOf as estimateValues, wrongIn as wrongInEstimate, type EstimateValues, type LineValues, type Tongue } from './estimate-values.ts';

export interface InvoiceLine extends LineValues {
  /** The charge that it bills. */
  chargeId: string | null;
  /** The deposit invoice that it subtracts. */
  depositId: string | null;
}

export interface InvoiceValues extends Record<string, unknown> {
  /** Language and country in which the numbers are written; people may switch the language while they write. */
  tag: string;
  title: string;
  /** Empty: the job's own. */
  contactId: string;
  lines: InvoiceLine[];
  taxes: Tax[];
  taxIncluded: boolean;
  presentation: 'summary' | 'detailed';
  /** Empty: the account's days after sending. */
  dueOn: string;
  poNumber: string;
  terms: string;
  otherWaysToPay: string;
  onlinePayment: boolean;
}

const nothingOff = { kind: 'none', value: '' } as const;

/** The same as an estimate's, for what estimates and invoices share: sums, taxes, the fields of a line. */
export const asEstimate = ({ tag, title, contactId, lines, taxes, taxIncluded, terms }: InvoiceValues): EstimateValues => ({
  tag, title, contactId, lines, taxes, taxIncluded, terms, groups: [], deposit: nothingOff, termsRequired: false, expiresOn: '',
});

/** A new line, or one more like another: it bills nothing that another line bills already. */
export const ownLine = (line: LineValues): InvoiceLine => ({ ...line, chargeId: null, depositId: null });
export const emptyLine = (taxes: string[]): InvoiceLine => ownLine(newLine(taxes));

/** The working copy in fields. */
export function valuesOf({ draft }: Invoice, accountOnline: boolean, tongue: Tongue): InvoiceValues {
  const lines = draft.lines.map((line) => ({ ...line, optional: false, group: null, selected: false }));
  const shared = estimateValues({ title: draft.title, contactId: draft.contactId, lines, groups: [], taxes: draft.taxes, taxIncluded: draft.taxIncluded, fixedTax: draft.fixedTax, deposit: null, terms: draft.terms, termsRequired: false, expiresOn: null }, tongue);
  return {
    tag: shared.tag, title: shared.title, contactId: shared.contactId, taxes: shared.taxes, taxIncluded: shared.taxIncluded, terms: shared.terms,
    lines: shared.lines.map((line, at) => ({ ...line, chargeId: draft.lines[at]!.chargeId, depositId: draft.lines[at]!.depositId })),
    presentation: draft.presentation ?? 'detailed', dueOn: draft.dueOn ?? '', poNumber: draft.poNumber ?? '', otherWaysToPay: draft.otherWaysToPay ?? '', onlinePayment: draft.onlinePayment ?? accountOnline,
  };
}

/** What the given fields say, for the server. They must have passed `wrongIn`. */
export function changeOf(values: Partial<InvoiceValues>, tongue: Tongue): InvoiceChange {
  const { title, contactId, lines, taxes, taxIncluded, presentation, dueOn, poNumber, terms, otherWaysToPay, onlinePayment } = values;
  const { lines: written = [] } = lines ? estimateChange({ lines }, tongue) : {};
  return {
    ...(title !== undefined && { title: title.trim() }),
    ...(contactId !== undefined && { contactId: contactId || null }),
    ...(lines && { lines: written.map(({ optional: _optional, group: _group, selected: _selected, ...line }, at) => ({ ...line, chargeId: lines[at]!.chargeId, depositId: lines[at]!.depositId })) }),
    ...(taxes && { taxes }),
    ...(taxIncluded !== undefined && { taxIncluded }),
    ...(presentation && { presentation }),
    ...(dueOn !== undefined && { dueOn: dueOn || null }),
    ...(poNumber !== undefined && { poNumber: poNumber.trim() || null }),
    ...(terms !== undefined && { terms: terms.trim() ? terms : null }),
    ...(otherWaysToPay !== undefined && { otherWaysToPay: otherWaysToPay.trim() ? otherWaysToPay : null }),
    ...(onlinePayment !== undefined && { onlinePayment }),
  };
}

/** What is wrong, by the path of its field, in words. */
export const wrongIn = (values: InvoiceValues, tongue: Tongue): Record<string, string> => wrongInEstimate(asEstimate(values), tongue);
