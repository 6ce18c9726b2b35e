/** How a job sheet, an estimate, an invoice and a statement look: a head, lines, sums, and the same black on white when printed. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Money } from '../../server/contract/wire.ts';
import type { PaymentView } from '../../server/contract/work.ts';
import type { Formats } from '../locale/formats.ts';
import type { Localizer } from '../locale/localizer.ts';

/** What all parts of a paper share. */
export interface PaperContext {
  formats: Formats;
  /** Language of the contractor's own words. */
  lang: string;
  /** Level of the headings on the paper. */
  level: number;
}

/** A line of a document, or a charge of a job. */
export interface PaperLine {
  description: string;
  details: string | null;
  quantity: string;
  unit: string | null;
  unitPrice: Money;
  discount: Money;
  total: Money;
}

/** A line as a frozen version has it, without its currency. */
type FrozenLine = Omit<PaperLine, 'unitPrice' | 'discount' | 'total'> & { unitPrice: number; discount: number; total: number };

/** A frozen line with its amounts as money. */
export const paperLine = (line: FrozenLine, currency: string): PaperLine => ({
  ...line,
  unitPrice: { amount: line.unitPrice, currency },
  discount: { amount: line.discount, currency },
  total: { amount: line.total, currency },
});

/** A small heading on the paper. */
export const paperTitle = (text: string, { level }: PaperContext): TemplateResult =>
  html`<span class="title" part="section-title" role="heading" aria-level=${level}>${text}</span>`;

/** Back to where the person came from: a link in all but its mechanism. */
export const backButton = (label: string, back: () => void): TemplateResult =>
  html`<button type="button" role="link" class="button quiet back" part="button" @click=${back}>
    <svg aria-hidden="true" viewBox="0 0 20 20"><path d="m12 4-6 6 6 6"></path></svg>${label}
  </button>`;

/** Above a document that a link opened: what the link shows, and the way to everything else. */
export const linkBar = (localizer: Localizer, lead: string, openAll: () => void): TemplateResult =>
  html`<div class="sheet" part="notice">
    <span>${lead}</span>
    <button type="button" class="button" part="button" @click=${openAll}>${localizer.t('job.all')}</button>
  </div>`;

interface Head {
  /** “Estimate 1042 · version 2”. */
  number: string;
  pill: TemplateResult;
  /** What it is about, in the contractor's words. */
  subject: string;
  /** For whom and where. */
  place: string;
  level: number;
  lang: string;
}

/** Number and state small, the subject large, then for whom and where. The subject is the view's heading, `#heading`. */
export const paperHead = ({ number, pill, subject, place, level, lang }: Head): TemplateResult =>
  html`<div class="head">
    <span class="number-line">${number}</span>
    ${pill}
    <span id="heading" class="subject" part="title" role="heading" aria-level=${level} tabindex="-1" lang=${lang}>${subject}</span>
    ${place ? html`<span class="place muted">${place}</span>` : nothing}
  </div>`;

/** One table for every width: where it is narrow, quantity and price move under the item. `rows` are made by `lineRow`. */
export function lineTable(rows: readonly TemplateResult[], { formats: { localizer } }: PaperContext, caption: string): TemplateResult {
  return html`<table class="charges" part="charges">
    <caption class="visually-hidden">
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">${localizer.t('paper.item')}</th>
        <th scope="col" class="number wide">${localizer.t('paper.quantity')}</th>
        <th scope="col" class="number wide">${localizer.t('paper.price')}</th>
        <th scope="col" class="number">${localizer.t('paper.amount')}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

/** `quantity × price`, left out where it says no more than the total. */
export function lineMath(line: PaperLine, { formats, lang }: PaperContext): TemplateResult | typeof nothing {
  if (line.quantity === '1' && line.unitPrice.amount === line.total.amount) return nothing;
  return html`${formats.number(line.quantity)}${unitOf(line, lang)} × ${formats.money(line.unitPrice)}`;
}

/** What was taken off a line, where something was. */
export const lineDiscount = ({ discount }: PaperLine, { formats }: PaperContext): TemplateResult | typeof nothing =>
  discount.amount > 0 ? html`<span class="small muted">${formats.localizer.t('paper.discount', { amount: formats.money(discount) })}</span>` : nothing;

/** A row of `lineTable`. `more` stands under the item: what changed, what was remarked. */
export function lineRow(line: PaperLine, context: PaperContext, more: TemplateResult | typeof nothing = nothing): TemplateResult {
  const { formats, lang } = context;
  const math = lineMath(line, context);
  return html`<tr>
    <th scope="row">
      <span class="item" lang=${lang}>${line.description}</span>
      ${lineDetails(line, context)}
      ${math === nothing ? nothing : html`<span class="narrow small muted">${math}</span>`}
      ${lineDiscount(line, context)}
      ${more}
    </th>
    <td class="number wide">${formats.number(line.quantity)}${unitOf(line, lang)}</td>
    <td class="number wide">${formats.money(line.unitPrice)}</td>
    <td class="number">${formats.money(line.total)}</td>
  </tr>`;
}

/** What the contractor says about a line. */
export const lineDetails = ({ details }: Pick<PaperLine, 'details'>, { lang }: PaperContext): TemplateResult | typeof nothing =>
  details?.trim() ? html`<span class="prose small muted" lang=${lang}>${details.trim()}</span>` : nothing;

const unitOf = ({ unit }: PaperLine, lang: string) => (unit ? ['\u00a0', html`<span lang=${lang}>${unit}</span>`] : nothing);

/** Sums below the lines; `rows` are made by `sumRow`. */
export const sumList = (...rows: unknown[]): TemplateResult => html`<dl class="sums" part="sums">${rows}</dl>`;

/** A sum with what it is called. `note` is small below the name. */
export const sumRow = (
  label: string,
  value: Money,
  { formats }: PaperContext,
  { tone = '', note }: { tone?: 'muted' | 'total' | 'due' | ''; note?: string | undefined } = {},
): TemplateResult =>
  html`<div class="sum ${tone}"><dt>${label}${note ? html`${' '}<span class="small muted">${note}</span>` : nothing}</dt><dd>${formats.money(value)}</dd></div>`;

interface Received {
  receivedOn: string;
  method: PaymentView['method'] | 'credit';
  amount: Money;
  reference: string | null;
}

/** Money that came in, or a credit that was used: how, when, how much. */
export const paymentRow = ({ receivedOn, method, amount, reference }: Received, context: PaperContext): TemplateResult =>
  sumRow([context.formats.localizer.t(`payment.${method}`), reference].filter(Boolean).join(' '), amount, context, {
    note: context.formats.date(receivedOn, 'medium'),
  });

interface Sums {
  subtotal: Money;
  /** Each with what it comes to. */
  taxes: readonly { name: string; percent: string; amount: Money }[];
  /** All tax, with what is not in `taxes`: a fixed amount. */
  tax: Money;
  total: Money;
  /** Whether the lines contain their taxes. */
  taxIncluded: boolean;
}

/** Subtotal, each tax by its name, and the total. Contained taxes stand below the total, because they add nothing to it. */
export function sumRows({ subtotal, taxes, tax, total, taxIncluded }: Sums, context: PaperContext): TemplateResult {
  const { formats } = context;
  const { localizer } = formats;
  const row = (label: string, value: Money) => sumRow(label, value, context, { tone: 'muted' });
  const named = taxes
    .filter(({ amount }) => amount.amount !== 0)
    .map(({ name, percent, amount }) => {
      const label = `${name} ${formats.percent(percent)}`;
      return row(taxIncluded ? localizer.t('paper.contains', { tax: label }) : label, amount);
    });
  const rest = tax.amount - taxes.reduce((sum, { amount }) => sum + amount.amount, 0);
  const fixed = rest === 0 ? nothing : row(localizer.t('paper.tax'), { ...tax, amount: rest });
  const taxed = subtotal.amount !== total.amount || (!taxIncluded && named.length > 0);
  return html`
    ${taxed ? row(localizer.t('paper.subtotal'), subtotal) : nothing} ${taxIncluded ? nothing : named} ${fixed}
    ${sumRow(localizer.t('paper.total'), total, context, { tone: 'total' })} ${taxIncluded ? named : nothing}
  `;
}

/** Who a paper is from: on the screen the center says it, on paper nothing else does. */
export const paperSender = ({ name, phone, email }: DocumentSender, localizer: Localizer): TemplateResult =>
  html`<p class="sender" aria-hidden="true">
    <span class="strong">${name}</span>${[phone && localizer.phone(phone), email].filter(Boolean).map((each) => html`<span>${each}</span>`)}
  </p>`;

interface DocumentSender {
  name: string;
  phone: string | null;
  email: string | null;
}

/** Facts in a row, each with its name above it; those without a value are left out. */
export const paperFacts = (facts: readonly (readonly [name: string, value: unknown])[]): TemplateResult =>
  html`<dl class="facts across">
    ${facts.filter(([, value]) => value).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;

/** The contractor's terms, as they wrote them. */
export function paperTerms(terms: string | null, context: PaperContext): TemplateResult | typeof nothing {
  if (!terms?.trim()) return nothing;
  return html`<section class="card terms" part="card">
    ${paperTitle(context.formats.localizer.t('paper.terms'), context)}
    <p class="prose small" lang=${context.lang}>${terms.trim()}</p>
  </section>`;
}
