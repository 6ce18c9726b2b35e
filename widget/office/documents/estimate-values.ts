/** An estimate as somebody types it: what is read becomes text in fields, and the text becomes what is saved. */
import type { Tax, TaxRounding } from '../../../server/contract/documents.ts';
import type { Estimate } from '../../../server/contract/estimates.ts';
import { decimalOf, depositOf, lineTotal, totalsOf, type Totals } from '../../../server/contract/totals.ts';
import type { EstimateChange } from '../../data/office-estimates.ts';
import { parseAmount } from '../../locale/amounts.ts';
import { Localizer, type Language } from '../../locale/localizer.ts';
import { amountOf, typedAmount } from '../form/fields.ts';

/** Nothing, an amount of money or a percentage, with what was typed. */
export interface Off {
  kind: 'none' | 'amount' | 'percent';
  value: string;
}
/** A line as it is typed. `group` is the key of its packages, empty for none. */
export interface LineValues {
  id: string;
  description: string;
  details: string;
  quantity: string;
  unit: string;
  unitPrice: string;
  discount: Off;
  taxes: string[];
  optional: boolean;
  group: string;
  selected: boolean;
}
export interface GroupValues {
  key: string;
  name: string;
}
export interface EstimateValues extends Record<string, unknown> {
  /** Language and country in which the numbers are written; people may switch the language while they write. */
  tag: string;
  title: string;
  /** Empty: the job's own. */
  contactId: string;
  lines: LineValues[];
  groups: GroupValues[];
  taxes: Tax[];
  taxIncluded: boolean;
  deposit: Off;
  terms: string;
  termsRequired: boolean;
  expiresOn: string;
}

/** Whose money and language the text is in. */
export interface Tongue {
  /** For words. */
  t: Localizer;
  /** For numbers, see `tag`. */
  numbers: Localizer;
  currency: string;
}

const kept = new Map<string, Localizer>();

/** Words of the person's language; numbers as `tag` writes them, where they were typed in another. */
export function tongueOf(t: Localizer, currency: string, tag = t.tag): Tongue {
  if (tag === t.tag) return { t, numbers: t, currency };
  const [language, region] = tag.split('-');
  const numbers = kept.get(tag) ?? new Localizer(language as Language, region);
  kept.set(tag, numbers);
  return { t, numbers, currency };
}

type Draft = Estimate['draft'];
type Written = NonNullable<EstimateChange['lines']>[number];

/** A currency of three decimals: with it a quantity or percentage is read by the same rules as an amount. */
const thousandths = 'KWD';
const most = { quantity: 999_999_999_999, percent: 100_000 };

function decimalIn(typed: string, { numbers }: Tongue, limit: number): string | undefined {
  const value = parseAmount(typed, numbers.tag, thousandths);
  return value === undefined || value > limit ? undefined : decimalOf(value);
}
/** A quantity on the wire, of what was typed; negative for what is taken back. Undefined for what is none. */
export function quantityOf(typed: string, tongue: Tongue): string | undefined {
  const text = typed.normalize('NFKC').trim();
  const isNegative = /^[-−–]/.test(text);
  const value = decimalIn(isNegative ? text.slice(1) : text, tongue, most.quantity);
  return value !== undefined && isNegative ? `-${value}` : value;
}
const percentIn = (typed: string, tongue: Tongue) => decimalIn(typed.replace('%', ''), tongue, most.percent);
/** A decimal of the wire as people of the language type it. */
export const typedDecimal = (value: string, { numbers }: Tongue) =>
  numbers.formatter('typed decimal', () => new Intl.NumberFormat(numbers.tag, { maximumFractionDigits: 3, useGrouping: false })).format(value as `${number}`);

const typedOff = (off: { amount: number } | { percent: string } | null, tongue: Tongue): Off =>
  !off ? { kind: 'none', value: '' } : 'amount' in off ? { kind: 'amount', value: typedAmount(off.amount, tongue.numbers, tongue.currency) } : { kind: 'percent', value: typedDecimal(off.percent, tongue) };

/** Undefined for what is no amount or percentage. */
function offOf({ kind, value }: Off, tongue: Tongue): { amount: number } | { percent: string } | null | undefined {
  if (kind === 'none') return null;
  if (kind === 'percent') {
    const percent = percentIn(value, tongue);
    return percent === undefined ? undefined : { percent };
  }
  const amount = amountOf(value, tongue.numbers, tongue.currency);
  return amount === undefined || amount < 0 ? undefined : { amount };
}

/** The working copy in fields. */
export function valuesOf(draft: Draft, tongue: Tongue): EstimateValues {
  return {
    tag: tongue.numbers.tag, title: draft.title, contactId: draft.contactId ?? '', groups: draft.groups, taxes: draft.taxes ?? [], taxIncluded: draft.taxIncluded ?? false, deposit: typedOff(draft.deposit, tongue),
    terms: draft.terms ?? '', termsRequired: draft.termsRequired, expiresOn: draft.expiresOn ?? '',
    lines: draft.lines.map(({ id, description, details, quantity, unit, unitPrice, discount, taxes, optional, group, selected }) => ({
      id, description, details: details ?? '', quantity: typedDecimal(quantity, tongue), unit: unit ?? '', unitPrice: typedAmount(unitPrice, tongue.numbers, tongue.currency),
      discount: typedOff(discount, tongue), taxes, optional, group: group ?? '', selected,
    })),
  };
}

/** A line as it goes to the server; a field that was not understood is undefined. */
const writtenLine = ({ id, description, details, quantity, unit, unitPrice, discount, taxes, optional, group, selected }: LineValues, tongue: Tongue) => ({
  id, description: description.trim(), details: details.trim() ? details : null, quantity: quantityOf(quantity, tongue), unit: unit.trim() || null,
  unitPrice: amountOf(unitPrice, tongue.numbers, tongue.currency), discount: offOf(discount, tongue), taxes, optional, group: group || null, selected: (optional || group !== '') && selected,
});

/** What the given fields say, for the server. They must have passed `wrongIn`. */
export function changeOf(values: Partial<EstimateValues>, tongue: Tongue): EstimateChange {
  const { title, contactId, lines, groups, taxes, taxIncluded, deposit, terms, termsRequired, expiresOn } = values;
  return {
    ...(title !== undefined && { title: title.trim() }),
    ...(contactId !== undefined && { contactId: contactId || null }),
    ...(lines && { lines: lines.map((line) => writtenLine(line, tongue) as Written) }),
    ...(groups && { groups: groups.map(({ key, name }) => ({ key, name: name.trim() })) }),
    ...(taxes && { taxes }),
    ...(taxIncluded !== undefined && { taxIncluded }),
    ...(deposit && { deposit: offOf(deposit, tongue) ?? null }),
    ...(terms !== undefined && { terms: terms.trim() ? terms : null }),
    ...(termsRequired !== undefined && { termsRequired }),
    ...(expiresOn !== undefined && { expiresOn: expiresOn || null }),
  };
}

/** What is wrong, by the path of its field, in words. */
export function wrongIn({ title, lines, groups, deposit }: EstimateValues, tongue: Tongue): Record<string, string> {
  const { t } = tongue;
  const wrong: Record<string, string> = {};
  if (!title.trim()) wrong['title'] = t.t('form.required');
  for (const [index, line] of lines.entries()) {
    const { description, quantity, unitPrice, discount } = writtenLine(line, tongue);
    const at = `lines/${index}`;
    if (!description) wrong[`${at}/description`] = t.t('form.required');
    if (quantity === undefined) wrong[`${at}/quantity`] = t.t('form.number');
    if (unitPrice === undefined) wrong[`${at}/unitPrice`] = t.t('form.amount');
    if (discount === undefined) wrong[`${at}/discount`] = t.t(line.discount.kind === 'percent' ? 'form.percent' : 'form.amount');
    else if (!wrong[`${at}/quantity`] && totalOf(line, tongue) === undefined && unitPrice !== undefined) wrong[`${at}/unitPrice`] = t.t('est.tooLarge');
  }
  for (const [index, { name }] of groups.entries()) if (!name.trim()) wrong[`groups/${index}/name`] = t.t('form.required');
  const asked = offOf(deposit, tongue);
  if (asked === undefined || (asked && 'amount' in asked && asked.amount === 0)) wrong['deposit'] = t.t(deposit.kind === 'percent' ? 'form.percent' : 'form.amount');
  return wrong;
}

/** What is in the way of sending, beyond `wrongIn`. `today` is the account's day. */
export function wrongToSend(values: EstimateValues, tongue: Tongue, today: string, rules: Rules): Record<string, string> {
  const { t } = tongue;
  const wrong: Record<string, string> = {};
  if (values.lines.length === 0) wrong['lines'] = t.t('est.noLines');
  else if ((sumsOf(values, tongue, rules)?.total ?? 0) < 0) wrong['lines'] = t.t('est.negative');
  for (const [index, { key }] of values.groups.entries()) if (!values.lines.some(({ group }) => group === key)) wrong[`groups/${index}/name`] = t.t('est.groupNeedsLines');
  if (values.expiresOn && values.expiresOn < today) wrong['expiresOn'] = t.t('est.past');
  return wrong;
}

/** What a line comes to; undefined while that is not known. */
export function totalOf(line: LineValues, tongue: Tongue): number | undefined {
  const { quantity, unitPrice, discount } = writtenLine(line, tongue);
  if (quantity === undefined || unitPrice === undefined || discount === undefined) return undefined;
  try {
    return lineTotal({ quantity, unitPrice, discount }).total;
  } catch {
    return undefined;
  }
}

/** What of the working copy is not typed here but counts. */
export interface Rules {
  rounding: TaxRounding;
  fixedTax: number;
}

/** What it comes to with the lines that are always part of it and those that are preselected; undefined when it is more than can be. */
export function sumsOf({ lines, taxes, taxIncluded, deposit }: EstimateValues, tongue: Tongue, rules: Rules): (Totals & { deposit: number }) | undefined {
  const counted = lines.filter(({ optional, group, selected }) => (optional || group ? selected : true)).map((line) => ({ total: totalOf(line, tongue) ?? 0, taxes: line.taxes }));
  try {
    const totals = totalsOf(counted, { taxes, taxIncluded, ...rules });
    return { ...totals, deposit: depositOf(totals.total, offOf(deposit, tongue) ?? null) };
  } catch {
    return undefined;
  }
}

/** Nothing was typed into it yet. */
export const isBlank = ({ description, unitPrice, details }: LineValues): boolean => !description.trim() && !unitPrice.trim() && !details.trim();
