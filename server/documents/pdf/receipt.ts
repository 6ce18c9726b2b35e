/** The receipt of an online payment: what it paid and with what, and what went back. */
import { writtenMethod } from '../paid-with.ts';
import { colors } from './paper.ts';
import { body, facts, letterhead, soft, sums, titleOf, type Sum } from './parts.ts';
import { columnsOf, row, table, widthFor, type Block, type Cell } from './rows.ts';
import type { Sheet } from './sheet.ts';
import type { ReceiptTask } from './task.ts';

export function drawReceipt(sheet: Sheet, { receipt }: ReceiptTask): void {
  const { words, formats, language } = sheet;
  const { currency, customer, items, refunds } = receipt;
  const money = (amount: number) => formats.money(amount, currency);
  const title = `${words.receipt} ${receipt.receiptNumber}`;
  sheet.runningHead = title;
  sheet.firstPage();
  letterhead(sheet);
  const refunded = refunds.reduce((sum, { amount }) => sum + amount, 0);
  titleOf(sheet, title, null, refunded >= receipt.amount ? words.refunded : words.status.paid);
  facts(
    sheet,
    [
      { label: words.for, lines: [customer.name, ...(customer.billingAddress?.split('\n') ?? [])] },
      { label: words.paidBy, lines: [receipt.payer, receipt.method && writtenMethod(receipt.method, language)] },
    ],
    [{ label: words.date, value: formats.shortDate(receipt.paidOn) }],
  );
  itemsTable(sheet, items, money);
  const list: Sum[] = [
    ...(receipt.tip > 0 ? [{ label: words.tip, value: money(receipt.tip) }] : []),
    { label: words.totalPaid, value: money(receipt.amount), look: 'total' },
    ...refunds.map(({ on, amount, state }): Sum => ({
      label: [words.refunded, formats.shortDate(on), state === 'pending' && words.onItsWay].filter(Boolean).join(', '), value: money(-amount), look: 'soft',
    })),
    ...(refunded > 0 ? [{ label: words.paidAfterRefunds, value: money(receipt.amount - refunded), look: 'due' as const }] : []),
  ];
  sums(sheet, list);
}

/** Each invoice with what was paid of it, and what is still due where it was a part. */
function itemsTable(sheet: Sheet, items: ReceiptTask['receipt']['items'], money: (amount: number) => string): void {
  const { words } = sheet;
  const inPart = items.some(({ due }) => due > 0);
  const columns = columnsOf(sheet, [
    { title: words.description, width: 0 },
    ...(inPart ? [{ title: words.stillDue, width: widthFor(sheet, [...items.map(({ due }) => money(due)), words.stillDue], body, 70, 120), align: 'right' as const }] : []),
    { title: words.paid, width: widthFor(sheet, [...items.map(({ amount }) => money(amount)), words.paid], body, 70, 120), align: 'right' },
  ]);
  table(sheet, columns, () => {
    for (const { kind, number, title, amount, due } of items) {
      const values: Block[][] = [
        [{ text: `${words[kind]} ${number}`, style: body }, ...(title ? [{ text: title, style: soft, gap: 1 }] : [])],
        ...(inPart ? [due > 0 ? [{ text: money(due), style: soft }] : []] : []),
        [{ text: money(amount), style: body }],
      ];
      const cells = columns.map(({ x, width, align = 'left' }, index): Cell => ({ x, width, align, type: 'TD', blocks: values[index]! }));
      sheet.within('TR', () => row(sheet, cells, { padding: 6, rule: colors.line }));
    }
  });
}
