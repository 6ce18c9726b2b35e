/** Which days a statement is about: one of the usual periods, or two days of the person's own. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Period } from '../../data/invoices.ts';
import type { Localizer } from '../../locale/localizer.ts';

export const choices = ['thisMonth', 'lastMonth', 'thisYear', 'own'] as const;
export type Choice = (typeof choices)[number];

/** The days of a usual period, counted from a day `YYYY-MM-DD`; what is still to come is left out. */
export function periodOf(choice: Exclude<Choice, 'own'>, today: string): Period {
  const month = today.slice(0, 7);
  if (choice === 'thisYear') return { from: `${today.slice(0, 4)}-01-01`, to: today };
  if (choice === 'thisMonth') return { from: `${month}-01`, to: today };
  const last = new Date(Date.parse(`${month}-01`) - 86_400_000).toISOString().slice(0, 10);
  return { from: `${last.slice(0, 7)}-01`, to: last };
}

interface PeriodForm {
  choice: Choice;
  /** What the two fields start with. */
  period: Period;
  today: string;
  problem: string;
  choose: (choice: Choice) => void;
  /** Two days of the person's own, as the fields have them: perhaps empty, perhaps in the wrong order. */
  show: (period: Period) => void;
}

export function periodForm(localizer: Localizer, { choice, period, today, problem, choose, show }: PeriodForm): TemplateResult {
  const submit = (event: Event) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    show({ from: String(form.get('from')), to: String(form.get('to')) });
  };
  const day = (name: 'from' | 'to') => html`<div>
    <label class="label" part="label" for=${name}>${localizer.t(`statement.${name}`)}</label>
    <input
      id=${name}
      class="field"
      part="field"
      type="date"
      name=${name}
      max=${today}
      .defaultValue=${period[name]}
      aria-invalid=${problem ? 'true' : 'false'}
      aria-describedby=${problem ? 'problem' : nothing}
    />
  </div>`;
  return html`<form class="period screen" part="form" novalidate @submit=${submit}>
    <div>
      <label class="label" part="label" for="period">${localizer.t('statement.period')}</label>
      <div class="select">
        <select id="period" class="field" part="select" @change=${(event: Event) => choose((event.target as HTMLSelectElement).value as Choice)}>
          ${choices.map((each) => html`<option value=${each} .selected=${each === choice}>${localizer.t(`statement.${each}`)}</option>`)}
        </select>
        <svg aria-hidden="true" viewBox="0 0 20 20"><path d="m5 8 5 5 5-5"></path></svg>
      </div>
    </div>
    ${choice === 'own'
      ? html`${day('from')} ${day('to')}
          <button class="button" part="button">${localizer.t('statement.show')}</button>
          ${problem ? html`<p id="problem" class="error" part="error" role="alert">${problem}</p>` : nothing}`
      : nothing}
  </form>`;
}
