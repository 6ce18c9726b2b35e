/** What the pay view shows besides the form of Stripe: invoices with their amounts, a tip, and what cannot be paid. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PaymentOptions } from '../../../server/contract/payments.ts';
import type { Money } from '../../../server/contract/wire.ts';
import type { Payable } from '../../data/payments.ts';
import { amountText } from '../../locale/amounts.ts';
import type { Formats } from '../../locale/formats.ts';
import type { Localizer } from '../../locale/localizer.ts';
import { paperTitle, sumList } from '../../parts/paper.ts';
import { empty } from '../../parts/states.ts';
import type { Basket, Hindrance } from './pay-basket.ts';

/** What the parts share. */
export interface PayContext {
  basket: Basket;
  options: PaymentOptions;
  formats: Formats;
  /** Level of the headings on the cards. */
  level: number;
  /** What is wrong, by the name of the field. */
  problems: Record<string, string>;
}

const tips = ['10', '15', '20'];

export const moneyOf = ({ options: { currency } }: Pick<PayContext, 'options'>, amount: number): Money => ({ amount, currency });

const nameOf = ({ kind, number }: Payable, { localizer }: Formats): string => localizer.t(`document.${kind}`, { number });

/** Which invoices are left out, and why; undefined where none is. */
export function leftOut({ basket, formats, level }: PayContext): TemplateResult | undefined {
  const rows = basket.dues.flatMap((due) => {
    const hindrance = basket.hindrance(due);
    return hindrance ? [html`<li><b>${nameOf(due, formats)}</b> ${reason(hindrance, formats)}</li>`] : [];
  });
  if (rows.length === 0) return undefined;
  return html`<section class="card warn" part="notice" role="status">
    ${paperTitle(formats.localizer.t('blocked.title'), { formats, level, lang: '' })}
    <ul>
      ${rows}
    </ul>
  </section>`;
}

/** In the place of the form, where nothing can be paid: why, and the way to each invoice that `go` leads to. */
export function nothingToPay({ basket, formats }: PayContext, go: (id: string) => (() => void) | undefined): TemplateResult {
  const t = formats.localizer;
  const why = basket.dues.map((due) => {
    const { id, number } = due;
    const hindrance = basket.hindrance(due)!;
    const act = go(id);
    const link = act && html`<button type="button" role="link" class="button" part="button" @click=${act}>${t.t('pay.view', { number })}</button>`;
    return empty(hindrance.reason === 'paid' ? t.t('blocked.isPaid', { number }) : `${nameOf(due, formats)}: ${reason(hindrance, formats)}`, '', link);
  });
  return html`<div class="card" part="card" role="alert">${why.length ? why : empty(t.t('pay.nothing'))}</div>`;
}

function reason({ reason: why, since, by }: Hindrance, formats: Formats): string {
  const t = formats.localizer;
  if (why !== 'inProgress') return t.t(why === 'paid' ? 'blocked.paid' : 'blocked.notPayable');
  if (!since) return t.t('blocked.inProgress');
  const date = formats.date(since, 'medium');
  return by ? t.t('blocked.inProgressBy', { name: by, date }) : t.t('blocked.inProgressSince', { date });
}

/** Each invoice with its amount, the tip, the total. */
export function amounts(context: PayContext): TemplateResult {
  const { basket, options, formats } = context;
  const t = formats.localizer;
  const row = (name: unknown, value: unknown, tone = '') => html`<div class="sum ${tone}"><dt>${name}</dt><dd>${value}</dd></div>`;
  const money = (amount: number) => formats.money(moneyOf(context, amount));
  const { tip, total, payable, choices } = basket;
  const rows = payable.map((due) => {
    const { id, number, title, lang, payable: most } = due;
    const name = html`<span>${nameOf(due, formats)}</span>${' '}<span class="small muted" lang=${lang}>${title}</span>`;
    const amount = formats.money(most);
    if (!options.partial) return row(name, amount);
    return row(
      html`${name}${' '}<span id="${id}-of" class="small muted">${t.t('pay.of', { amount })}</span>`,
      field(id, t.t('pay.amount', { number }), choices.typed[id] ?? amountText(most.amount, t.tag, most.currency), context, `${id}-of`),
    );
  });
  return html`<section class="card" part="card">
    ${sumList(
      rows,
      tip ? row(t.t('pay.tip'), money(tip)) : nothing,
      rows.length > 1 || tip ? row(t.t('paper.total'), total === undefined ? '–' : money(total), 'total') : nothing,
    )}
  </section>`;
}

/** None unless somebody wants to. */
export function tipChoice(context: PayContext): TemplateResult {
  const { basket, formats } = context;
  const t = formats.localizer;
  const { tip, typed } = basket.choices;
  return html`<section class="card" part="card">
    <fieldset>
      <legend class="title" part="label">${t.t('pay.tip')} <span class="small muted">${t.t('pay.tipLead')}</span></legend>
      <div class="tips">
        ${radio('tips', '', tip, t.t('pay.noTip'))} ${tips.map((each) => radio('tips', each, tip, formats.percent(each)))}
        ${radio('tips', 'own', tip, t.t('pay.ownTip'))}
      </div>
      ${tip === 'own' ? field('tip', t.t('pay.tipAmount'), typed['tip'] ?? '', context) : nothing}
    </fieldset>
  </section>`;
}

/** Consent to keep the card, which is never given beforehand. */
export const keepChoice = (t: Localizer, name: string, isKept: boolean): TemplateResult =>
  html`<label class="check"
    ><input type="checkbox" name="keep" aria-labelledby="keep" aria-describedby="keep-lead" .checked=${isKept} /><span
      ><span id="keep">${t.t('pay.keep')}</span><br /><span id="keep-lead" class="small muted">${t.t('pay.keepLead', { name })}</span></span
    ></label
  >`;

export const radio = (name: string, value: string, chosen: string, label: unknown): TemplateResult =>
  html`<label class="check"><input type="radio" name=${name} .value=${value} .checked=${value === chosen} /><span>${label}</span></label>`;

function field(name: string, label: string, value: string, { problems }: PayContext, lead = ''): TemplateResult {
  const problem = problems[name];
  return html`<input
      class="field"
      part="field"
      name=${name}
      type="text"
      inputmode="decimal"
      autocomplete="off"
      aria-label=${label}
      .value=${value}
      aria-invalid=${problem ? 'true' : 'false'}
      aria-describedby=${[lead, problem && `${name}-problem`].filter(Boolean).join(' ') || nothing}
    />${problem ? html`<p id="${name}-problem" class="error" part="error">${problem}</p>` : nothing}`;
}

/** What is wrong with the amounts, by the name of the field; with the first one, when all together are less than can be paid. */
export function wrongAmounts(context: PayContext): Record<string, string> {
  const { basket, options, formats } = context;
  const t = formats.localizer;
  if (options.partial && isLittle(context)) return { [basket.payable[0]!.id]: least(context) };
  const example = amountText(1250, t.tag, options.currency);
  const wrong = basket.payable.filter((due) => basket.amountOf(due) === undefined);
  return {
    ...Object.fromEntries(wrong.map(({ id, payable }) => [id, t.t('pay.amountWrong', { example, most: formats.money(payable) })])),
    ...(basket.tip === undefined && { tip: t.t('pay.tipWrong', { example }) }),
  };
}

/** Whether there is an amount, and not enough of it. */
export const isLittle = ({ basket: { total }, options }: PayContext): boolean => total !== undefined && total < options.minimum;

export const least = (context: PayContext): string =>
  context.formats.localizer.t('pay.least', { amount: context.formats.money(moneyOf(context, context.options.minimum)) });
