/** What a customer wishes otherwise in an estimate: the lines it is about, each remark below its line. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Remark } from '../../../server/contract/estimates.ts';
import type { RemarkedEstimate } from '../../data/office-inbox.ts';
import type { Formats } from '../../locale/formats.ts';
import './remark.ts';

/** An estimate with so few lines shows all of them; of a longer one only those with remarks. */
const fewLines = 4;

interface Around {
  formats: Formats;
  level: number;
  /** Language of the contractor's own words. */
  lang: string;
  /** A remark was answered. */
  answered: () => void;
}

export function remarks({ estimate, content }: RemarkedEstimate, around: Around): TemplateResult | typeof nothing {
  const { formats, level, lang } = around;
  const { localizer: t } = formats;
  const newest = estimate.remarks.at(-1)?.version;
  const own = estimate.remarks.filter(({ version, answer }) => version === newest || answer === null);
  if (own.length === 0) return nothing;
  const lines = content?.lines ?? [];
  const known = new Set(lines.map(({ id }) => id));
  const of = (id: string) => own.filter(({ lineId }) => lineId === id);
  const whole = own.filter(({ lineId }) => lineId === null || !known.has(lineId));
  const shown = lines.length <= fewLines ? lines : lines.filter(({ id }) => of(id).length > 0);
  const row = (name: TemplateResult, end: TemplateResult | typeof nothing, about: Remark[]) => html`<li class="line">
    <span>${name} ${about.length > 0 ? html`<span class="pill warn">${t.plural('inbox.remarks', about.length)}</span>` : nothing}</span>${end}
    ${about.map((remark) => html`<cc-office-inbox-remark .thing=${estimate.id} .remark=${remark} .answered=${around.answered}></cc-office-inbox-remark>`)}
  </li>`;
  return html`<section class="panel remarks">
    <div class="panel-head"><span class="sub" role="heading" aria-level=${level}>${t.t('inbox.lines')}</span></div>
    <ul>
      ${whole.length > 0 ? row(html`<span class="strong">${t.t('inbox.whole')}</span>`, nothing, whole) : nothing}
      ${shown.map(({ id, description, total }) =>
        row(html`<span class="strong" lang=${lang}>${description}</span>`, html`<span class="amount">${formats.money({ amount: total, currency: content!.currency })}</span>`, of(id)),
      )}
    </ul>
  </section>`;
}
