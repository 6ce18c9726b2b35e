/** A customer's account over a period, and what is still open at its end. */
import type { Statement } from '../../contract/invoices.ts';
import { colors } from './paper.ts';
import { body, facts, letterhead, soft, strong, sums, titleOf } from './parts.ts';
import { columnsOf, row, table, widthFor, type Block, type Cell } from './rows.ts';
import type { Sheet } from './sheet.ts';
import type { Style } from './text.ts';

type Entry = Statement['entries'][number];

export function drawStatement(sheet: Sheet, statement: Statement): void {
  const { words, formats } = sheet;
  const period = `${formats.date(statement.from)} – ${formats.date(statement.to)}`;
  sheet.runningHead = `${words.statement}, ${formats.shortDate(statement.from)} – ${formats.shortDate(statement.to)}`;
  sheet.firstPage();
  letterhead(sheet);
  titleOf(sheet, words.statement, period);
  const { opening, closing, customers } = statement;
  const money = (amount: { amount: number; currency: string }) => formats.money(amount.amount, amount.currency);
  facts(
    sheet,
    customers.slice(0, 2).map(({ name, billingAddress }, index) => ({ label: index === 0 ? words.for : '\u00a0', lines: [name, ...(billingAddress?.split('\n') ?? [])] })),
    [
      { label: words.date, value: formats.shortDate(statement.issuedOn) },
      { label: words.opening, value: money(opening) },
      { label: words.closing, value: money(closing) },
    ],
  );
  if (customers.length > 2) {
    sheet.y -= 12;
    sheet.prose(customers.slice(2).map(({ name }) => name).join(', '), soft);
    sheet.y += 12;
  }
  entries(sheet, statement, money);
  sums(sheet, [{ label: words.closing, value: money(closing), look: 'due' }]);
  if (statement.open.length > 0) open(sheet, statement.open, money);
}

function entries(sheet: Sheet, { entries: list, opening, from }: Statement, money: (amount: Entry['amount']) => string): void {
  const { words, formats } = sheet;
  sheet.heading(words.activity, { space: 4, keep: 140 });
  const width = (amounts: Entry['amount'][], title: string) => widthFor(sheet, [...amounts.map(money), title], strong, 70, 120);
  const date = widthFor(sheet, [...list.map(({ on }) => formats.shortDate(on)), formats.shortDate(from)], body, 60, 100);
  const columns = columnsOf(sheet, [
    { title: words.date, width: date },
    { title: words.description, width: 0 },
    { title: words.amount, width: width(list.map(({ amount }) => amount), words.amount), align: 'right' },
    { title: words.balance, width: width([opening, ...list.map(({ balance }) => balance)], words.balance), align: 'right' },
  ]);
  const cells = (values: Block[][]): Cell[] => columns.map(({ x, width: columnWidth, align = 'left' }, index) => ({ x, width: columnWidth, align, type: 'TD', blocks: values[index]! }));
  const line = (values: Block[][]) => sheet.within('TR', () => row(sheet, cells(values), { padding: 6, rule: colors.line }));
  const one = (text: string, style: Style = body): Block[] => [{ text, style }];
  table(sheet, columns, () => {
    line([one(formats.shortDate(from), soft), one(words.opening, soft), [], one(money(opening), soft)]);
    for (const { on, kind, number, title, method, amount, balance } of list) {
      const about = [title, method && words.method[method]].filter(Boolean).join(', ');
      line([
        one(formats.shortDate(on)),
        [...one([words.kind[kind], number].filter(Boolean).join(' ')), ...(about ? [{ text: about, style: soft, gap: 1 }] : [])],
        one(money(amount)),
        one(money(balance)),
      ]);
    }
    if (list.length === 0) line([[], one(words.nothing, soft), [], []]);
  });
}

function open(sheet: Sheet, list: Statement['open'], money: (amount: Entry['amount']) => string): void {
  const { words, formats } = sheet;
  sheet.heading(words.open, { space: 26, keep: 120 });
  const width = (amounts: Entry['amount'][], title: string) => widthFor(sheet, [...amounts.map(money), title], strong, 64, 110);
  const date = (days: (string | null)[]) => widthFor(sheet, [...days.map((day) => (day ? formats.shortDate(day) : '')), words.overdue], body, 60, 90);
  const columns = columnsOf(sheet, [
    { title: words.document, width: 0 },
    { title: words.issued, width: date(list.map(({ issuedOn }) => issuedOn)) },
    { title: words.dueOn, width: date(list.map(({ dueOn }) => dueOn)) },
    { title: words.total, width: width(list.map(({ total }) => total), words.total), align: 'right' },
    { title: words.openAmount, width: width(list.map(({ due }) => due), words.openAmount), align: 'right' },
  ]);
  table(sheet, columns, () => {
    for (const { kind, number, title, issuedOn, dueOn, overdue, total, due } of list) {
      const when: Block[] = dueOn ? [{ text: formats.shortDate(dueOn), style: body }] : [];
      if (overdue) when.push({ text: words.overdue, style: { ...soft, size: 8.5, bold: true, color: '#a3330f' }, gap: 1 });
      const values: Block[][] = [
        [{ text: `${words[kind]} ${number}`, style: body }, { text: title, style: soft, gap: 1 }],
        [{ text: formats.shortDate(issuedOn), style: body }],
        when,
        [{ text: money(total), style: body }],
        [{ text: money(due), style: strong }],
      ];
      sheet.within('TR', () => row(sheet, columns.map(({ x, width: columnWidth, align = 'left' }, index): Cell => ({ x, width: columnWidth, align, type: 'TD', blocks: values[index]! })), { padding: 6, rule: colors.line }));
    }
  });
}
