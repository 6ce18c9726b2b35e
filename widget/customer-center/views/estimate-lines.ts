/** The lines of an estimate: what is chosen from, and the paper with what counts and what it comes to. */
import { html, nothing, type TemplateResult } from 'lit';
import type { EstimateLine, TotalsView } from '../../../server/contract/estimates.ts';
import { lineDetails, lineDiscount, lineMath, lineRow, lineTable, paperFacts, paperLine, sumList, sumRow, sumRows } from '../../parts/paper.ts';
import { pill } from '../../parts/pill.ts';
import { countedLines, isChoice } from './estimate-choices.ts';
import { moneyOf, type EstimateContext } from './estimate-context.ts';
import { isOpen } from './estimate-state.ts';

/** The groups, of each of which one line is chosen, and the lines that may be left out. */
export function choices(context: EstimateContext): TemplateResult {
  const { missing, lang, estimate, formats } = context;
  const { lines, groups } = estimate.content;
  const { localizer: t } = formats;
  const list = (own: EstimateLine[], group?: string) => own.map((line) => choice(line, group, context));
  const addOns = lines.filter(({ optional, group }) => optional && !group);
  return html`${groups.map(({ key, name }) => {
    const isMissing = missing.includes(key);
    return html`<fieldset
      role="radiogroup"
      class="group"
      aria-required="true"
      aria-invalid=${isMissing ? 'true' : 'false'}
      aria-describedby=${isMissing ? `missing-${key}` : nothing}
    >
      <legend part="section-title">
        <span class="strong" lang=${lang}>${name}</span> <span class="small muted">${t.t('estimate.one')}</span>
      </legend>
      ${isMissing ? html`<p id="missing-${key}" class="bad small" part="error">${t.t('estimate.oneMissing')}</p>` : nothing}
      ${list(
        lines.filter(({ group }) => group === key),
        `group-${key}`,
      )}
    </fieldset>`;
  })}
  ${addOns.length > 0
    ? html`<fieldset class="group">
        <legend class="strong" part="section-title">${t.t('estimate.addOns')}</legend>
        ${list(addOns)}
      </fieldset>`
    : nothing}`;
}

/** A line to choose; `group` names the radio buttons that it stands among. */
function choice(line: EstimateLine, group: string | undefined, context: EstimateContext): TemplateResult {
  const { chosen, formats, lang, estimate, choose } = context;
  const on = chosen.has(line.id);
  const paper = paperLine(line, estimate.content.currency);
  const math = lineMath(paper, context);
  const details = lineDetails(line, context);
  const isLong = /\n|.{100}/.test(line.details?.trim() ?? '');
  return html`<div class="card choice ${on ? 'on' : ''}" part="card">
    <label>
      <input
        type=${group ? 'radio' : 'checkbox'}
        name=${group ?? line.id}
        .checked=${on}
        ?disabled=${!isOpen(estimate)}
        @change=${(event: Event) => choose(line, (event.target as HTMLInputElement).checked)}
      />
      <span class="words">
        <span class="strong" lang=${lang}>${line.description}</span>
        ${isLong ? nothing : details} ${math === nothing ? nothing : html`<span class="small muted">${math}</span>`} ${lineDiscount(paper, context)} ${lineNews(line, context)}
      </span>
      <span class="amount">${formats.money(paper.total)}</span>
    </label>
    ${isLong
      ? html`<details>
          <summary>${formats.localizer.t('estimate.included')}</summary>
          ${details}
        </details>`
      : nothing}
  </div>`;
}

/** Everything that counts, like a paper. What was chosen above has its details there. */
export function paper(context: EstimateContext, totals: TotalsView, decided: boolean): TemplateResult {
  const { formats, estimate, chosen } = context;
  const { content } = estimate;
  const { localizer: t } = formats;
  const { deposit } = totals;
  const date = (day: string | null) => day && html`<time datetime=${day}>${formats.date(day, 'medium')}</time>`;
  const rows = countedLines(content, chosen).map((line) => {
    const above = isChoice(line) && !decided;
    return lineRow(paperLine(above ? { ...line, details: null } : line, content.currency), context, above ? nothing : lineNews(line, context));
  });
  return html`<section class="card paper" part="card">
    ${paperFacts([
      [t.t('estimate.issuedOn'), date(content.issuedOn)],
      [t.t('estimate.validTo'), date(content.expiresOn)],
      [t.t('estimate.po'), content.poNumber],
    ])}
    ${lineTable(rows, context, t.t('estimate.lines'))}
    ${sumList(
      sumRows({ ...totals, taxIncluded: content.taxIncluded }, context),
      deposit && estimate.status !== 'declined' ? sumRow(t.t('estimate.deposit'), deposit, context, { tone: 'muted' }) : nothing,
    )}
  </section>`;
}

/** How a line differs from the version before, and what was asked about it; a word says it, a colour only helps. */
function lineNews(line: EstimateLine, context: EstimateContext): TemplateResult {
  const { estimate, formats } = context;
  const { changes, remarks } = estimate;
  const { localizer: t } = formats;
  const change = changes?.lines.find(({ lineId }) => lineId === line.id);
  const before = change?.before;
  return html`${change
    ? html`<span class="small">
        ${pill('warn', t.t(`estimate.${change.change}`))}
        ${before && before.total !== line.total ? t.t('estimate.was', { amount: formats.money(moneyOf(context, before.total)) }) : nothing}
      </span>`
    : nothing}
  ${remarks
    .filter(({ lineId }) => lineId === line.id)
    .map(
      ({ text, answer }) =>
        html`<span class="small"><q>${text}</q> ${answer === null ? pill('warn', t.t('estimate.open')) : pill('ok', t.t('estimate.answered'))}</span>`,
    )}`;
}
