import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { LineChange, Remark } from '../../../server/contract/estimates.ts';
import { paperFacts, paperTitle } from '../../parts/paper.ts';
import { pill } from '../../parts/pill.ts';
import { View } from '../view.ts';
import '../../locale/en-due.ts';
import { payButton, pendingNotes } from './due.ts';
import { moneyOf, type EstimateContext, type News } from './estimate-context.ts';
import { styles } from './estimate-story.styles.ts';

/**
 * Above the lines of an estimate: what has just happened, how it was decided, the contractor's note, what changed, what was asked.
 *
 * @csspart notice - What has just happened.
 * @csspart card - A card.
 * @csspart note - What the contractor says about this version.
 * @csspart section-title - The heading of a card.
 * @csspart pill - A state as a word.
 * @csspart button - A button.
 */
export class EstimateStory extends View {
  static override styles = styles;

  /** The estimate, and how to show it. */
  @property({ attribute: false }) context!: EstimateContext;
  /** What has just happened. */
  @property({ attribute: false }) news: News | undefined;
  /** Whether it can still be approved. */
  @property({ attribute: false }) canApprove = false;
  /** Downloads the evidence; undefined where this person may not. */
  @property({ attribute: false }) certificate: (() => void) | undefined;
  /** Which document link, for its reader. */
  @property({ attribute: false }) document: string | undefined;
  /** Shows the deposit's invoice; undefined for the reader of a link to this document alone. */
  @property({ attribute: false }) invoice: ((id: string) => void) | undefined;

  /** To the first heading: what has just happened stands above everything else. */
  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector<HTMLElement>('[tabindex]')?.focus(options);
  }

  protected override render(): TemplateResult {
    return html`<div class="cc stack">
      ${this.#news()} ${this.#decision()} ${this.#deposit()} ${this.#note()} ${this.#changes()} ${this.#remarks()}
    </div>`;
  }

  #title(text: string): TemplateResult {
    return html`<span class="title" part="section-title" role="heading" aria-level=${this.context.level} tabindex="-1">${text}</span>`;
  }

  #news(): TemplateResult | typeof nothing {
    const { news, localizer: t, context } = this;
    if (!news) return nothing;
    const { version, content } = context.estimate;
    const { from, expiresOn } = content;
    const name = { name: from.name };
    const texts: Record<News, () => [title: string, lead: string]> = {
      stale: () => [t.t('story.stale'), t.t('story.staleLead', { version })],
      sent: () => [t.t('story.sent', name), this.canApprove ? t.t('story.sentLead') : ''],
      decided: () => [t.t('story.decided'), t.t('story.renew')],
      expired: () => [expiresOn ? t.t('story.expiredOn', { date: context.formats.date(expiresOn) }) : t.t('estimate.expired'), t.t('story.renew')],
      withdrawn: () => [t.t('story.withdrawn', name), t.t('story.renew')],
    };
    const [title, lead] = texts[news]();
    return html`<section class="card notice" part="notice">${this.#title(title)}<p>${lead}</p></section>`;
  }

  #decision(): TemplateResult | typeof nothing {
    const { localizer: t, context, certificate } = this;
    const { formats, lang, estimate } = context;
    const { decision, content } = estimate;
    if (!decision) return nothing;
    const { kind, by, at, address, signature, options, poNumber, reason } = decision;
    const chosen = kind === 'approved' ? content.lines.flatMap(({ id, description, optional, group }) => ((optional || group) && options.includes(id) ? [description] : [])) : [];
    return html`<section class="card" part="card">
      ${this.#title(t.t(`story.${kind}By`, { name: by }))}
      <p>${formats.date(at, 'full')}, ${formats.time(at)}</p>
      ${[address, signature && t.t(`story.${signature}`)].filter(Boolean).map((each) => html`<p class="muted">${each}</p>`)}
      ${paperFacts([
        [t.t('story.chosen'), chosen.length > 0 && html`<span lang=${lang}>${chosen.join(' · ')}</span>`],
        [t.t('estimate.po'), poNumber],
        [t.t('story.reason'), reason?.trim() && html`<span class="prose">${reason.trim()}</span>`],
      ])}
      ${certificate
        ? html`<button type="button" class="button screen" part="button" @click=${certificate}>${t.t('story.certificate')}</button>`
        : nothing}
    </section>`;
  }

  #deposit(): TemplateResult | typeof nothing {
    const { localizer: t, context } = this;
    const { formats, estimate, lang } = context;
    const { depositInvoice } = estimate;
    if (!depositInvoice) return nothing;
    const { id, due, total, number, dueOn, otherWaysToPay, onlinePayment } = depositInvoice;
    const owed = due.amount > 0;
    const payable = { ...depositInvoice, rights: estimate.rights };
    return html`<section class="card deposit" part="card">
      <span class="sum">${paperTitle(t.t(owed ? 'story.due' : 'story.paid'), context)}<b class="amount">${formats.money(owed ? due : total)}</b></span>
      <p class="muted">${t.t('document.deposit', { number })}${owed && dueOn ? `, ${t.t('story.dueOn', { date: formats.date(dueOn) })}` : nothing}</p>
      ${pendingNotes(this, this.document, payable, formats)} ${payButton(this, payable, formats)}
      ${owed && otherWaysToPay
        ? html`${paperTitle(t.t(onlinePayment ? 'invoice.otherWays' : 'invoice.howToPay'), { ...context, level: context.level + 1 })}
            <p class="prose" lang=${lang}>${otherWaysToPay}</p>`
        : nothing}
      ${this.invoice
        ? html`<button type="button" class="button quiet flush screen" part="button" @click=${() => this.invoice!(id)}>
            ${t.t('document.viewInvoice')}
          </button>`
        : nothing}
    </section>`;
  }

  /** What the contractor says about this version. */
  #note(): TemplateResult | typeof nothing {
    const { note, from } = this.context.estimate.content;
    if (!note?.trim()) return nothing;
    return html`<section class="card" part="note">
      ${paperTitle(this.localizer.t('story.note', { name: from.name }), this.context)}
      <p class="prose" lang=${this.context.lang}>${note.trim()}</p>
    </section>`;
  }

  /** How this version differs from the one that the person read before. */
  #changes(): TemplateResult | typeof nothing {
    const { changes } = this.context.estimate;
    if (!changes || changes.lines.length === 0) return nothing;
    const { localizer: t } = this;
    return html`<section class="card" part="card">
      ${paperTitle(t.t('story.changed', { version: changes.since }), this.context)}
      <p class="small muted">${t.plural('story.changes', changes.lines.length)}</p>
      <ul class="changes">
        ${changes.lines.map((change) => this.#change(change))}
      </ul>
    </section>`;
  }

  #change({ lineId, change, before }: LineChange): TemplateResult | typeof nothing {
    const { localizer: t, context } = this;
    const { formats, lang, estimate } = context;
    const line = estimate.content.lines.find(({ id }) => id === lineId) ?? before;
    if (!line) return nothing;
    const amount = (total: number) => formats.money(moneyOf(context, total));
    const was = before && before.total !== line.total ? t.t('estimate.was', { amount: amount(before.total) }) : t.t('story.wording');
    return html`<li>
      <span>
        ${pill(change === 'removed' ? 'plain' : 'warn', t.t(`estimate.${change}`))} <span lang=${lang}>${line.description}</span>
        ${change === 'changed' ? html`<span class="small muted">${was}</span>` : nothing}
      </span>
      ${change === 'removed' ? html`<s class="amount muted">${amount(line.total)}</s>` : html`<span class="amount">${amount(line.total)}</span>`}
    </li>`;
  }

  /** What was asked about the estimate, with the answers. */
  #remarks(): TemplateResult | typeof nothing {
    const { remarks } = this.context.estimate;
    if (remarks.length === 0) return nothing;
    return html`<section class="card" part="card">
      ${paperTitle(this.localizer.t('story.remarks'), this.context)}
      <ul class="remarks">
        ${remarks.map((remark) => this.#remark(remark))}
      </ul>
    </section>`;
  }

  #remark({ lineId, text, by, createdAt, answer }: Remark): TemplateResult {
    const { localizer: t, context } = this;
    const { formats, lang, estimate } = context;
    const line = estimate.content.lines.find(({ id }) => id === lineId);
    return html`<li>
      <span class="small muted">
        ${by} · ${formats.date(createdAt, 'medium')}${line ? html`${' · '}<span lang=${lang}>${line.description}</span>` : nothing}
      </span>
      <p><q class="prose">${text}</q></p>
      ${answer === null
        ? pill('warn', t.t('estimate.open'))
        : html`${pill('ok', t.t('estimate.answered'))}
            <p class="prose" lang=${lang}>${answer}</p>`}
    </li>`;
  }
}
