/** An estimate as a document, and how its totals follow from what is chosen. */
import type { EstimateContent, EstimateLine } from '../../contract/estimates.ts';
import { depositOf, totalsOf } from '../../contract/totals.ts';
import { linesTable, partsOf } from './lines.ts';
import { callout, facts, langOf, letterhead, section, soft, sums, titleOf, type Sum } from './parts.ts';
import type { Sheet } from './sheet.ts';
import type { EstimateTask } from './task.ts';

export type EstimateDocument = Pick<EstimateTask, 'content' | 'version' | 'chosen' | 'status'>;

export function drawEstimate(sheet: Sheet, { content, version, chosen, status }: EstimateDocument): void {
  const { words, formats } = sheet;
  const lang = langOf(sheet, content.locale);
  const title = `${words.estimate} ${content.number}`;
  sheet.runningHead = version > 1 ? `${title}, ${words.version(formats.number(String(version)))}` : title;
  sheet.firstPage();
  letterhead(sheet);
  const state = status && status in words.status ? words.status[status as keyof typeof words.status] : undefined;
  titleOf(sheet, title, content.title, state, lang);
  facts(sheet, peopleOf(sheet, content), [
    { label: words.date, value: formats.shortDate(content.issuedOn) },
    { label: words.validUntil, value: content.expiresOn && formats.shortDate(content.expiresOn) },
    { label: words.job, value: content.job.number },
    { label: words.poNumber, value: content.poNumber },
    { label: words.versionNumber, value: version > 1 ? formats.number(String(version)) : null },
  ]);
  if (content.note) callout(sheet, words.note, content.note, lang ?? sheet.language);
  const isChosen = choiceOf(content, chosen);
  const hasChoices = content.lines.some((line) => line.optional || line.group !== null);
  if (content.lines.length > 0) linesTable(sheet, partsOf(sheet, content.lines, content.groups, isChosen), { currency: content.currency, lang });
  sums(sheet, totals(sheet, content, isChosen));
  if (hasChoices) {
    sheet.y += 4;
    sheet.prose(words.totalOfChosen, soft, { x: sheet.right - 250 });
  }
  if (content.terms) section(sheet, words.terms, content.terms, { lang: lang ?? sheet.language, ...(content.termsRequired && { before: words.termsRequired }) });
}

/** Who it is for and where the work is done. */
export function peopleOf({ words }: Sheet, { to, address }: Pick<EstimateContent, 'to' | 'address'>): { label: string; lines: (string | null)[] }[] {
  return [
    { label: words.for, lines: [to.customer, to.contact === to.customer ? null : to.contact, ...(to.billingAddress?.split('\n') ?? [])] },
    ...(address.length > 0 ? [{ label: words.workAt, lines: address }] : []),
  ];
}

/** Whether a line counts: always, or because it was chosen. */
export function choiceOf(content: EstimateContent, chosen?: string[]): (line: EstimateLine) => boolean {
  const ids = chosen && new Set(chosen);
  return (line) => (!line.optional && line.group === null) || (ids ? ids.has(line.id) : line.selected);
}

function totals({ words, formats }: Sheet, content: EstimateContent, isChosen: (line: EstimateLine) => boolean): Sum[] {
  const { currency } = content;
  const { subtotal, taxes, total } = totalsOf(content.lines.filter(isChosen), content);
  const deposit = depositOf(total, content.deposit);
  const money = (amount: number) => formats.money(amount, currency);
  const percent = content.deposit && 'percent' in content.deposit ? formats.percent(content.deposit.percent) : null;
  return [
    ...taxSums(taxes, content, money, subtotal, { words, formats }, content.fixedTax),
    { label: words.total, value: money(total), look: 'total' },
    ...(deposit > 0 ? [{ label: percent ? words.depositShare(percent) : words.depositAsked, value: money(deposit), look: 'soft' as const }] : []),
  ];
}

/** Subtotal and taxes; nothing where the total is all there is to say. */
export function taxSums(
  amounts: { key: string; amount: number }[],
  { taxes, taxIncluded }: Pick<EstimateContent, 'taxes' | 'taxIncluded'>,
  money: (amount: number) => string,
  subtotal: number,
  { words, formats }: Pick<Sheet, 'words' | 'formats'>,
  fixedTax = 0,
): Sum[] {
  const named = amounts.flatMap(({ key, amount }) => {
    const tax = taxes.find((each) => each.key === key);
    return tax && amount !== 0 ? [{ ...tax, value: money(amount) }] : [];
  });
  const [rate, look] = taxIncluded ? [words.rateIncluded, { look: 'soft' as const }] : [words.rate, {}];
  const list: Sum[] = named.map(({ name, percent, value }) => ({ label: rate(name, formats.percent(percent)), value, ...look }));
  if (fixedTax !== 0) list.push({ label: words.tax, value: money(fixedTax) });
  return list.length > 0 ? [{ label: words.subtotal, value: money(subtotal) }, ...list] : [];
}
