/** What was decided about an estimate, with the evidence: who, when, how to reach them, how they signed, what they chose. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DecisionView, Estimate, EstimateContent, EstimateView } from '../../../server/contract/estimates.ts';
import type { Formats } from '../../locale/formats.ts';
import { pill } from '../../parts/pill.ts';
import '../../locale/en-documents.ts';
import '../locale/en-estimates.ts';

interface Options {
  formats: Formats;
  level: number;
  /** Names of the lines by id, as far as they are known. */
  lineName: (id: string) => string | undefined;
  certificate: (version: number) => void;
}

/** Every decision, newest first; nothing while there is none. */
export function decisionList({ decisions }: Estimate, options: Options): TemplateResult | typeof nothing {
  const { localizer: t } = options.formats;
  if (decisions.length === 0) return nothing;
  return html`<section class="panel" aria-labelledby="decisions">
    <div class="panel-head"><span id="decisions" class="sub" role="heading" aria-level=${options.level} tabindex="-1">${t.t('est.decisions')}</span></div>
    <ul class="rows">
      ${decisions.map((decision) => entry(decision, options))}
    </ul>
  </section>`;
}

function entry(decision: DecisionView, { formats, lineName, certificate }: Options): TemplateResult {
  const { localizer: t } = formats;
  const { kind, at, version, by, address, signature, options, totals, poNumber, reason } = decision;
  const isApproved = kind === 'approved';
  const chosen = options.flatMap((id) => lineName(id) ?? []);
  const fact = (label: string, value: unknown) => (value ? html`<div class="fact"><dt class="muted small">${label}</dt><dd>${value}</dd></div>` : nothing);
  return html`<li class="padded">
    <p class="about">
      ${pill(isApproved ? 'ok' : 'plain', t.t(isApproved ? 'est.approved' : 'est.declined'))}
      <span class="strong">${by}</span>
      ${isApproved && totals ? html`<span class="amount strong end-of-row">${formats.money(totals.total)}</span>` : nothing}
    </p>
    <dl class="decision-facts">
      ${fact(t.t('est.when'), `${formats.date(at, 'full')}, ${formats.time(at)}`)} ${fact(t.t('est.whichVersion'), t.t('document.version', { version }))}
      ${fact(t.t('est.address'), address)} ${isApproved ? fact(t.t('est.signature'), signature && t.t(signature === 'typed' ? 'est.typed' : 'est.drawn')) : nothing}
      ${isApproved ? fact(t.t('est.chosen'), chosen.join(' · ')) : nothing} ${isApproved ? fact(t.t('est.depositDue'), totals?.deposit && formats.money(totals.deposit)) : nothing}
      ${fact(t.t('est.poNumber'), poNumber)} ${fact(t.t('est.reason'), reason)}
    </dl>
    <div><button type="button" class="link small" aria-label="${t.t('est.certificate')}, ${t.t('document.version', { version })}" @click=${() => certificate(version)}>${t.t('est.certificate')}</button></div>
  </li>`;
}

/** What was approved, as its customer reads it. */
export function asApproved({ id, status, version, versions, customerId, jobId, total, decision, remarks }: Estimate, content: EstimateContent): EstimateView {
  const none = { amount: 0, currency: total.currency };
  return {
    kind: 'estimate', id, status, etag: '', version, sentAt: versions[0]?.sentAt ?? '', content, customerId, jobId, decision, remarks, changes: null, depositInvoice: null,
    totals: decision?.totals ?? { subtotal: total, taxes: [], tax: none, total, deposit: null }, verification: 'none', signer: { name: '', address: null },
    rights: { approve: false, requestChanges: false, pay: false, pdf: false, share: false },
  };
}
