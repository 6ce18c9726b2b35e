/** What stands around the lines in the estimate editor: what it comes to, package groups, taxes, and fields in words. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Tax } from '../../../server/contract/documents.ts';
import type { JobOverview } from '../../../server/contract/office.ts';
import type { Formats } from '../../locale/formats.ts';
import { chevron, field } from '../form/fields.ts';
import { described } from './estimate-line-editor.ts';
import { sumsOf, totalOf, type EstimateValues, type GroupValues, type LineValues, type Off, type Rules, type Tongue } from './estimate-values.ts';

/** What it comes to with what is preselected, as it is typed. */
export function sums(values: EstimateValues, tongue: Tongue, rules: Rules, formats: Formats): TemplateResult {
  const { localizer: t } = formats;
  const totals = sumsOf(values, tongue, rules);
  if (!totals) return html`<p class="error" role="alert">${t.t('est.tooLarge')}</p>`;
  const money = (amount: number) => formats.money({ amount, currency: tongue.currency });
  const row = (label: string, amount: number, tone = '') => html`<div class="sum ${tone}"><dt>${label}</dt><dd class="amount">${money(amount)}</dd></div>`;
  const hasChoices = values.lines.some(({ optional, group }) => optional || group);
  return html`<dl class="sums">
      ${row(t.t('est.subtotal'), totals.subtotal)}
      ${values.taxes.map(({ key, name, percent }, at) => {
        const label = `${name} ${formats.percent(percent)}`;
        return key && row(values.taxIncluded ? t.t('est.contains', { tax: label }) : label, totals.taxes[at]?.amount ?? 0);
      })}
      ${rules.fixedTax ? row(t.t('est.fixedTax'), rules.fixedTax) : nothing} ${row(t.t('est.total'), totals.total, 'total')} ${totals.deposit > 0 ? row(t.t('est.depositDue'), totals.deposit) : nothing}
    </dl>
    ${hasChoices ? html`<p class="small muted end">${t.t('est.totalHint')}</p>` : nothing}`;
}

interface GroupActs {
  set: (key: string, name: string) => void;
  remove: (key: string) => void;
}

/** The package groups by name, and how many lines each has. */
export function groupsEditor({ groups, lines }: EstimateValues, errors: Record<string, string>, formats: Formats, acts: GroupActs): TemplateResult | typeof nothing {
  const { localizer: t } = formats;
  if (groups.length === 0) return nothing;
  return html`<ul class="stack">
    ${groups.map(({ key, name }, at) => {
      const id = `group-${key}`;
      const error = errors[`groups/${at}/name`];
      const count = lines.filter(({ group }) => group === key).length;
      return html`<li class="group-row">
        ${field(
          t, id, t.t('est.groupName'), error,
          html`<input
            id=${id}
            class="field"
            type="text"
            autocomplete="off"
            maxlength="100"
            .value=${live(name)}
            aria-invalid=${error === undefined ? 'false' : 'true'}
            aria-describedby=${described(id, error)}
            @input=${(event: Event) => acts.set(key, (event.target as HTMLInputElement).value)}
          />`,
          { required: true, hint: count > 0 ? t.plural('est.groupLines', count) : t.t('est.groupEmpty') },
        )}
        <button type="button" class="button quiet" aria-label="${t.t('office.remove')}: ${name || t.t('est.groupNumber', { n: at + 1 })}" @click=${() => acts.remove(key)}>${t.t('office.remove')}</button>
      </li>`;
    })}
  </ul>`;
}

/** The taxes of this estimate, and those of the account that could be added. */
export function taxesEditor({ taxes }: EstimateValues, known: readonly Tax[], formats: Formats, set: (taxes: Tax[]) => void): TemplateResult {
  const { localizer: t } = formats;
  const label = ({ name, percent }: Tax) => `${name} ${formats.percent(percent)}`;
  const missing = known.filter(({ key }) => !taxes.some((tax) => tax.key === key));
  const add = (event: Event) => {
    const select = event.target as HTMLSelectElement;
    const chosen = missing.find(({ key }) => key === select.value);
    select.value = '';
    if (chosen) set([...taxes, chosen]);
  };
  return html`<div class="stack">
    ${taxes.length === 0
      ? html`<p id="tax-end" class="muted" tabindex="-1">${t.t('est.noTaxes')}</p>`
      : html`<ul class="tax-list">
          ${taxes.map(
            (tax) => html`<li>
              <span>${label(tax)}</span>
              <button type="button" class="button quiet" aria-label="${t.t('office.remove')}: ${tax.name}" @click=${() => set(taxes.filter((each) => each !== tax))}>${t.t('office.remove')}</button>
            </li>`,
          )}
        </ul>`}
    ${missing.length === 0
      ? nothing
      : field(
          t, 'tax-add', t.t('est.addTax'), undefined,
          html`<span class="select"
            ><select id="tax-add" class="field" @change=${add}>
              <option value="" selected>${t.t('est.chooseTax')}</option>
              ${missing.map((tax) => html`<option value=${tax.key}>${label(tax)}</option>`)}</select
            >${chevron}</span
          >`,
          { required: true },
        )}
  </div>`;
}

/** Fields and their values in words, for whoever must choose between two versions. */
export const show = {
  labels: {
    title: 'est.subject', contactId: 'est.contact', lines: 'est.lines', groups: 'est.groups', taxes: 'est.taxes', taxIncluded: 'est.taxIncluded', deposit: 'est.deposit', terms: 'est.terms',
    termsRequired: 'est.termsRequired', expiresOn: 'est.expiresOn',
  },
  value(name: string, value: unknown, tongue: Tongue, formats: Formats, contacts: JobOverview['contacts']): string {
    const { t } = tongue;
    const money = (amount: number | undefined) => (amount === undefined ? '–' : formats.money({ amount, currency: tongue.currency }));
    const off = ({ kind, value: typed }: Off, none: string) => (kind === 'none' ? none : kind === 'percent' ? `${typed} %` : typed);
    switch (name) {
      case 'lines':
        return (value as LineValues[]).map((line) => `${line.description} (${line.quantity} × ${line.unitPrice}) ${money(totalOf(line, tongue))}`).join(' · ') || t.t('est.noneOfIt');
      case 'groups':
        return (value as GroupValues[]).map((group) => group.name).join(' · ') || t.t('est.noneOfIt');
      case 'taxes':
        return (value as Tax[]).map((tax) => `${tax.name} ${formats.percent(tax.percent)}`).join(' · ') || t.t('est.noneOfIt');
      case 'deposit':
        return off(value as Off, t.t('est.noDeposit'));
      case 'contactId':
        return contacts.find(({ id }) => id === value)?.name ?? t.t('est.noneOfIt');
      case 'expiresOn':
        return value ? formats.date(value as string, 'medium') : t.t('est.noneOfIt');
      case 'taxIncluded':
      case 'termsRequired':
        return t.t(value ? 'est.yes' : 'est.no');
      default:
        return String(value) || t.t('est.noneOfIt');
    }
  },
} as const;
