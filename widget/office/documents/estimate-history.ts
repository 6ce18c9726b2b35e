import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Estimate, EstimateContent, LineChange } from '../../../server/contract/estimates.ts';
import { compareVersions, downloadEstimate } from '../../data/office-estimates.ts';
import { ApiError } from '../../data/errors.ts';
import { define } from '../../parts/define.ts';
import { pill } from '../../parts/pill.ts';
import { Resource } from '../../parts/resource.ts';
import { chevron, field } from '../form/fields.ts';
import { screenStyles } from '../form/styles.ts';
import '../../locale/en-documents.ts';
import '../locale/en-estimates.ts';
import { Screen } from '../screen.ts';
import { instead } from '../states.ts';
import { versionList } from './document-facts.ts';

type Line = EstimateContent['lines'][number];
type Before = NonNullable<LineChange['before']>;

/** Every version of an estimate that was sent: how far it got, and how two of them differ. */
export class OfficeEstimateHistory extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      li.padded {
        padding: calc(var(--cc-space) * 3.5) calc(var(--cc-space) * 5);
        gap: calc(var(--cc-space) * 2);
      }
      .prose {
        white-space: pre-line;
      }
      .facts-list {
        color: var(--cc-muted);
      }
      .facts-list .bad-text {
        color: var(--cc-bad);
      }
      .compare {
        border-top: 1px solid var(--cc-line);
      }
      .difference {
        display: grid;
        gap: calc(var(--cc-space) * 1);
        padding-block: calc(var(--cc-space) * 3);
      }
      .sides {
        display: flex;
        justify-content: space-between;
        gap: calc(var(--cc-space) * 4);
      }
      del {
        color: var(--cc-muted);
      }
    `,
  ];

  /** Whose versions they are. */
  @property({ attribute: false }) estimate!: Estimate;

  @state() private from = 0;
  @state() private to = 0;
  @state() private trouble = '';

  readonly #compared = new Resource<{ lines: LineChange[]; after: EstimateContent }>(this, (signal) => compareVersions(this.office, this.estimate.id, this.from, this.to, signal));

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has('estimate')) return;
    const before = changed.get('estimate') as Estimate | undefined;
    const { version, id } = this.estimate;
    if (before?.id === id && before.version === version) return;
    this.from = Math.max(1, version - 1);
    this.to = version;
    if (version > 1 && this.office) void this.#compared.load({ forget: true });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { localizer: t, estimate, formats, level } = this;
    if (estimate.versions.length === 0) return nothing;
    return html`<div class="cc">
      <section class="panel">
        <div class="panel-head"><span class="sub" role="heading" aria-level=${level}>${t.t('est.versions')}</span></div>
        ${versionList(
          estimate.versions,
          formats,
          ({ version }) => html`<div><button type="button" class="link small" @click=${() => void this.#download(version)} aria-label=${t.t('est.downloadVersion', { version })}>${t.t('document.download')}</button></div>`,
        )}
        ${this.trouble ? html`<p class="banner bad" role="alert">${t.problem(this.trouble)}</p>` : nothing} ${estimate.version > 1 ? this.#compare() : nothing}
      </section>
    </div>`;
  }

  #compare(): TemplateResult {
    const { localizer: t } = this;
    const { value, error } = this.#compared;
    const versions = this.estimate.versions.map(({ version }) => version).sort((a, b) => a - b);
    const pick = (id: 'from' | 'to', label: string) =>
      field(
        t, id, label, undefined,
        html`<span class="select"
          ><select id=${id} class="field" @change=${(event: Event) => this.#choose(id, Number((event.target as HTMLSelectElement).value))}>
            ${versions.map((version) => html`<option value=${version} ?selected=${version === this[id]}>${t.t('document.version', { version })}</option>`)}</select
          >${chevron}</span
        >`,
        { required: true },
      );
    return html`<div class="compare padded">
      <span class="strong" role="heading" aria-level=${this.level + 1}>${t.t('est.differences')}</span>
      <div class="two">${pick('from', t.t('est.from'))} ${pick('to', t.t('est.to'))}</div>
      <div role="status">
        ${!value
          ? instead(t, error, () => void this.#compared.load())
          : value.lines.length === 0
            ? html`<p class="muted">${t.t('est.noDifferences')}</p>`
            : html`<ul class="rows">${value.lines.map((change) => this.#difference(change, value.after))}</ul>`}
      </div>
    </div>`;
  }

  #difference({ lineId, change, before }: LineChange, { lines, currency }: EstimateContent): TemplateResult {
    const { localizer: t, formats } = this;
    const after = lines.find(({ id }) => id === lineId);
    const side = (line: Line | Before) =>
      html`<span>${line.description} <span class="muted small">${formats.number(line.quantity)}${line.unit ? ` ${line.unit}` : ''} × ${formats.money({ amount: line.unitPrice, currency })}</span></span
        ><span class="amount">${formats.money({ amount: line.total, currency })}</span>`;
    const details = before && after && before.details !== after.details ? after.details : null;
    return html`<li class="difference">
      <p>${pill(change === 'removed' ? 'plain' : 'warn', t.t(`est.${change}`))}</p>
      ${before && change !== 'added' ? html`<del class="sides"><span class="visually-hidden">${t.t('est.before')}</span>${side(before)}</del>` : nothing}
      ${after && change !== 'removed' ? html`<p class="sides">${side(after)}</p>` : nothing} ${details ? html`<p class="small muted prose">${details}</p>` : nothing}
    </li>`;
  }

  #choose(side: 'from' | 'to', version: number): void {
    this[side] = version;
    void this.#compared.load({ forget: true });
  }

  async #download(version: number): Promise<void> {
    this.trouble = '';
    try {
      await downloadEstimate(this.office, this.estimate.id, { what: 'document', version });
    } catch (error) {
      this.trouble = error instanceof ApiError ? error.code : 'internal';
    }
  }
}

define('cc-office-estimate-history', OfficeEstimateHistory);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-estimate-history': OfficeEstimateHistory;
  }
}
