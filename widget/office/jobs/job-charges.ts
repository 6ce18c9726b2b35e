import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { JobOverview } from '../../../server/contract/office.ts';
import { ApiError } from '../../data/errors.ts';
import { changeRecord } from '../../data/office-jobs.ts';
import { define } from '../../parts/define.ts';
import { pill } from '../../parts/pill.ts';
import { screenStyles } from '../form/styles.ts';
import './charge-form.ts';
import { JobPart } from './job-part.ts';

type Charge = JobOverview['charges'][number];

/** Between the places of two charges, so that a moved one rarely moves the others' numbers. */
const step = 10;

/** What the work costs: a table of charges that can be changed, moved and added, and what they come to. */
export class OfficeJobCharges extends JobPart {
  static override styles = [
    ...screenStyles,
    css`
      .number {
        font-variant-numeric: tabular-nums;
        text-align: end;
        white-space: nowrap;
      }
      th.number {
        text-align: end;
      }
      td {
        padding-block: calc(var(--cc-space) * 2.5);
      }
      td.last {
        padding-block: calc(var(--cc-space) * 1);
      }
      td:first-child,
      th:first-child {
        padding-inline-start: calc(var(--cc-space) * 5);
      }
      .tools {
        display: flex;
        justify-content: flex-end;
      }
      .tools .button {
        flex: none;
        padding: 0 calc(var(--cc-space) * 2);
        white-space: nowrap;
      }
      .tools svg {
        width: 18px;
        fill: none;
        stroke: currentcolor;
        stroke-width: 2;
      }
      .details {
        display: block;
        white-space: pre-line;
      }
      .sums {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: calc(var(--cc-space) * 1.5) calc(var(--cc-space) * 6);
        justify-items: end;
        padding: calc(var(--cc-space) * 4) calc(var(--cc-space) * 5);
        border-top: 1px solid var(--cc-line);
        font-variant-numeric: tabular-nums;
      }
      .sums .strong {
        font-size: var(--cc-font-large);
      }
      .narrow {
        display: none;
      }
      @container screen (max-width: 680px) {
        .wide {
          display: none;
        }
        .narrow {
          display: block;
        }
      }
      @container screen (max-width: 480px) {
        thead {
          display: none;
        }
        tr {
          display: grid;
          grid-template-columns: 1fr auto;
        }
        td.last {
          grid-column: 1 / -1;
          padding-block: 0;
        }
      }
    `,
  ];

  @state() private open: { charge?: Charge } | undefined;
  @state() private problem = '';
  @state() private moving = false;

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    const { job, charges } = this.overview;
    return html`<section class="cc panel" aria-labelledby="title">
      <div class="panel-head">
        <h2 id="title" class="sub">${t.t('work.charges')}</h2>
        <button type="button" class="button" @click=${() => (this.open = {})}>${t.t('work.addCharge')}</button>
      </div>
      ${this.problem ? html`<p class="banner bad" role="alert">${this.problem}</p>` : nothing}
      ${charges.length > 0 ? html`${this.#table(charges)} ${this.#sums()}` : html`<p class="muted padded">${t.t('work.noCharges')}</p>`}
      ${this.open
        ? html`<cc-office-charge
            .jobId=${job.id}
            .charge=${this.open.charge}
            .position=${Math.max(0, ...charges.map(({ position }) => position)) + step}
            @cc-office-saved=${() => this.changed()}
            @cc-dialog-close=${() => (this.open = undefined)}
          ></cc-office-charge>`
        : nothing}
    </section>`;
  }

  #table(charges: Charge[]): TemplateResult {
    const { localizer: t } = this;
    return html`<table>
      <caption class="visually-hidden">${t.t('work.charges')}</caption>
      <thead>
        <tr>
          <th scope="col">${t.t('paper.item')}</th>
          <th scope="col" class="number wide">${t.t('paper.quantity')}</th>
          <th scope="col" class="number wide">${t.t('paper.price')}</th>
          <th scope="col" class="number">${t.t('paper.amount')}</th>
          <th scope="col"><span class="visually-hidden">${t.t('work.tools')}</span></th>
        </tr>
      </thead>
      <tbody>
        ${charges.map((charge, at) => this.#row(charge, at, charges.length))}
      </tbody>
    </table>`;
  }

  #row(charge: Charge, at: number, count: number): TemplateResult {
    const { localizer: t, formats } = this;
    const { description, details, quantity, unit, unitPrice, discount, taxes, total, invoiced } = charge;
    const money = (amount: number) => formats.money({ amount, currency: this.account.currency });
    const math = [formats.number(quantity), unit].filter(Boolean).join(' ');
    const move = (by: 1 | -1, label: string, path: string, off: boolean) =>
      html`<button type="button" class="button quiet" data-move="${charge.id} ${by}" aria-label="${label}: ${description}" aria-disabled=${off || this.moving ? 'true' : 'false'} @click=${() => !off && void this.#move(at, by)}>
        <svg aria-hidden="true" viewBox="0 0 20 20"><path d=${path}></path></svg>
      </button>`;
    return html`<tr>
      <td>
        <span class="strong">${description}</span> ${invoiced === 0 ? nothing : pill(invoiced === total ? 'ok' : 'warn', invoiced === total ? t.t('work.invoiced') : t.t('work.partInvoiced', { amount: money(invoiced) }))}
        ${details ? html`<span class="details small muted">${details}</span>` : nothing}
        <span class="narrow small muted">${math} × ${money(unitPrice)}</span>
        <span class="details small muted">${[discount ? t.t('paper.discount', { amount: money(discount) }) : '', ...taxes.map(({ name, percent }) => `${name} ${formats.percent(percent)}`)].filter(Boolean).join(' · ')}</span>
      </td>
      <td class="number wide">${math}</td>
      <td class="number wide">${money(unitPrice)}</td>
      <td class="number">${money(total)}</td>
      <td class="last">
        <span class="tools">
          ${move(-1, t.t('work.up'), 'm5 12 5-5 5 5', at === 0)} ${move(1, t.t('work.down'), 'm5 8 5 5 5-5', at === count - 1)}
          <button type="button" class="button quiet" aria-label="${t.t('office.edit')}: ${description}" @click=${() => (this.open = { charge })}>${t.t('office.edit')}</button>
        </span>
      </td>
    </tr>`;
  }

  #sums(): TemplateResult {
    const { localizer: t, formats } = this;
    const { job, charges } = this.overview;
    const money = (amount: number) => formats.money({ amount, currency: job.total.currency });
    const subtotal = charges.reduce((sum, { total }) => sum + total, 0);
    const tax = job.total.amount - subtotal;
    const paid = job.total.amount - job.balance.amount;
    const sum = (name: string, amount: number, strong = false) => html`<dt class=${strong ? 'strong' : 'muted'}>${name}</dt><dd class=${strong ? 'strong' : ''}>${money(amount)}</dd>`;
    return html`<dl class="sums">
      ${tax === 0 ? nothing : html`${sum(t.t('paper.subtotal'), subtotal)} ${sum(t.t('paper.tax'), tax)}`} ${sum(t.t('paper.total'), job.total.amount, true)}
      ${paid === 0 ? nothing : html`${sum(t.t('job.paid'), paid)} ${sum(t.t('job.balance'), job.balance.amount, true)}`}
    </dl>`;
  }

  /** Changes places with its neighbour; the others keep theirs unless some share one. */
  async #move(at: number, by: 1 | -1): Promise<void> {
    if (this.moving) return;
    const order = [...this.overview.charges];
    const [moved] = order.splice(at, 1);
    order.splice(at + by, 0, moved!);
    const places = order.map((_, place) => (place + 1) * step);
    this.moving = true;
    this.problem = '';
    try {
      for (const [place, charge] of order.entries()) if (charge.position !== places[place]) await changeRecord(this.office, 'charges', charge.id, { position: places[place]! });
    } catch (error) {
      this.problem = this.localizer.problem(error instanceof ApiError ? error.code : 'internal');
    }
    this.moving = false;
    this.overview = { ...this.overview, charges: this.problem ? this.overview.charges : order.map((charge, place) => ({ ...charge, position: places[place]! })) };
    this.changed();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[data-move="${moved!.id} ${by}"]`)?.focus();
  }
}

define('cc-office-job-charges', OfficeJobCharges);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-job-charges': OfficeJobCharges;
  }
}
