/** What a statement says: the balance before, what was added and paid, the balance after, and what is still open. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Statement } from '../../../server/contract/invoices.ts';
import type { Money } from '../../../server/contract/wire.ts';
import { paperFacts, paperTitle, sumRow, type PaperContext } from '../../parts/paper.ts';
import { empty } from '../../parts/states.ts';
import { invoiceName } from './invoice-state.ts';

type Entry = Statement['entries'][number];

export function statementPaper(statement: Statement, context: PaperContext): TemplateResult {
  const { formats } = context;
  const { localizer } = formats;
  const { entries, open, from, to, opening, closing } = statement;
  return html`<section class="card paper" part="card">
      ${paperFacts([
        ...statement.customers.map(({ name, billingAddress }) => [localizer.t('job.customer'), html`<span class="prose">${[name, billingAddress].filter(Boolean).join('\n')}</span>`] as const),
        [localizer.t('statement.opening'), html`<span class="strong">${balance(opening, context)}</span> ${asOf(from, context)}`],
        [localizer.t('statement.closing'), html`<span class="strong">${balance(closing, context)}</span> ${asOf(to, context)}`],
      ])}
      ${entries.length > 0 ? table(entries, context) : empty(localizer.t('statement.none'))}
    </section>
    <section class="card" part="card">
      ${paperTitle(localizer.t('statement.openInvoices'), context)}
      ${open.length > 0
        ? html`<dl class="open" part="sums">
            ${open.map((invoice) =>
              sumRow(`${invoiceName(invoice, formats)} · ${invoice.title}`, invoice.due, context, {
                note: invoice.dueOn ? localizer.t('invoice.due', { date: formats.date(invoice.dueOn, 'medium') }) : undefined,
              }),
            )}
          </dl>`
        : html`<p class="muted">${localizer.t('statement.noneOpen')}</p>`}
    </section>`;
}

const asOf = (day: string, { formats }: PaperContext) =>
  html`<span class="small muted">${formats.localizer.t('statement.asOf', { date: formats.date(day, 'medium') })}</span>`;

/** Below zero the contractor owes the customer; a minus alone would say that to few people. */
const balance = (value: Money, { formats }: PaperContext) =>
  value.amount < 0
    ? formats.localizer.t('statement.credit', { amount: formats.money({ ...value, amount: -value.amount }) })
    : formats.money(value);

/** One table for every width: where it is narrow, the day moves under the entry and the balance under the amount. */
function table(entries: readonly Entry[], context: PaperContext): TemplateResult {
  const { formats } = context;
  const { localizer } = formats;
  return html`<table class="charges" part="charges">
    <caption class="visually-hidden">
      ${localizer.t('statement.entries')}
    </caption>
    <thead>
      <tr>
        <th scope="col" class="wide">${localizer.t('statement.date')}</th>
        <th scope="col">${localizer.t('statement.what')}</th>
        <th scope="col" class="number">${localizer.t('paper.amount')}</th>
        <th scope="col" class="number wide">${localizer.t('statement.balance')}</th>
      </tr>
    </thead>
    <tbody>
      ${entries.map((entry) => {
        const date = html`<time datetime=${entry.on}>${formats.date(entry.on, 'medium')}</time>`;
        const after = balance(entry.balance, context);
        return html`<tr>
          <td class="wide date">${date}</td>
          <th scope="row">
            <span class="item">${nameOf(entry, context)}</span>
            ${entry.title ? html`<span class="small muted" lang=${context.lang}>${entry.title}</span>` : nothing}
            <span class="narrow small muted">${date}</span>
          </th>
          <td class="number">
            ${formats.money(entry.amount)}
            <span class="narrow small muted">${localizer.t('statement.balance')} ${after}</span>
          </td>
          <td class="number wide">${after}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

function nameOf({ kind, number, method }: Entry, { formats }: PaperContext): string {
  const { localizer } = formats;
  if ((kind === 'invoice' || kind === 'credit') && number) return invoiceName({ kind, number }, formats);
  const by = method && method !== 'other' && localizer.t(`payment.${method}`);
  const how = [by, number].filter(Boolean).join(' ');
  return [localizer.t(kind === 'refund' ? 'statement.refund' : 'statement.payment'), how].filter(Boolean).join(' · ');
}
