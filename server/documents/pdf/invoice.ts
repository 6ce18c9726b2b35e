/** An invoice, a deposit invoice or a credit as a document. */
import { peopleOf, taxSums } from './estimate.ts';
import { linesTable } from './lines.ts';
import { facts, langOf, letterhead, section, sums, titleOf, type Sum } from './parts.ts';
import type { Sheet } from './sheet.ts';
import type { InvoiceTask } from './task.ts';

export function drawInvoice(sheet: Sheet, { content, version, paid, due, payments, status }: InvoiceTask): void {
  const { words, formats } = sheet;
  const { currency } = content;
  const money = (amount: number) => formats.money(amount, currency);
  const lang = langOf(sheet, content.locale);
  const title = `${words[content.kind]} ${content.number}`;
  sheet.runningHead = version > 1 ? `${title}, ${words.version(formats.number(String(version)))}` : title;
  sheet.firstPage();
  letterhead(sheet);
  const settled = status ? status === 'paid' : content.kind !== 'credit' && due <= 0 && paid > 0;
  const state = status === 'void' || status === 'draft' ? words.status[status] : settled ? words.status.paid : undefined;
  titleOf(sheet, title, content.title, state, lang);
  facts(sheet, peopleOf(sheet, content), [
    { label: words.date, value: formats.shortDate(content.issuedOn) },
    { label: words.dueOn, value: content.dueOn && formats.shortDate(content.dueOn) },
    { label: words.job, value: content.job.number },
    { label: words.poNumber, value: content.poNumber },
    { label: words.versionNumber, value: version > 1 ? formats.number(String(version)) : null },
  ]);
  if (content.presentation === 'detailed' && content.lines.length > 0)
    linesTable(sheet, [{ title: null, choice: null, lines: content.lines.map((line) => ({ line, chosen: true })) }], { currency, lang });

  const amounts = content.taxes.map(({ key }) => ({ key, amount: content.taxAmounts[key] ?? 0 }));
  const list: Sum[] = [
    ...taxSums(amounts, content, money, content.subtotal, sheet, content.fixedTax),
    { label: words.total, value: money(content.total), look: 'total' },
    ...payments.map(({ receivedOn, method, amount, reference }): Sum => ({
      label: [words.method[method], formats.shortDate(receivedOn), reference].filter(Boolean).join(', '),
      value: formats.money(-amount.amount, amount.currency),
      look: 'soft',
    })),
    ...(paid !== 0 && payments.length !== 1 ? [{ label: words.paid, value: money(-paid) }] : []),
    // A credit's total is negative; what is left of it is not. Of what is void nothing is.
    ...(status === 'void' ? [] : [content.kind === 'credit' ? { label: words.creditLeft, value: money(-due), look: 'due' as const } : { label: words.due, value: money(due), look: 'due' as const }]),
  ];
  sums(sheet, list);
  if (content.otherWaysToPay && status !== 'void' && !settled) section(sheet, words.otherWaysToPay, content.otherWaysToPay, { lang: lang ?? sheet.language });
  if (content.terms) section(sheet, words.terms, content.terms, { lang: lang ?? sheet.language });
}
