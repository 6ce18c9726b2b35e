import { html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { EstimateLine, EstimateView } from '../../../server/contract/estimates.ts';
import { declineEstimate, requestChanges } from '../../data/estimates.ts';
import { askLabel } from './estimate-state.ts';
import { EstimatePanel, type Problems } from './estimate-panel.ts';

/** Names of the fields for single lines; a prefix keeps them apart from `text`. */
const remarkOn = (id: string) => `line-${id}`;

/**
 * Asking for a change, in words and with remarks on single lines; or declining, with a reason.
 *
 * @event {PanelEvent} cc-estimate-panel - The form is done with.
 * @csspart form - The form.
 * @csspart section-title - Its heading.
 * @csspart label - Label of a field.
 * @csspart field - A field.
 * @csspart button - A button.
 * @csspart error - What is wrong, beside its cause.
 */
export class EstimateWish extends EstimatePanel {
  /** Lines whose field is open though nothing stands in it. */
  @state() private opened: readonly string[] = [];

  /** `change` or `decline`. */
  @property() kind: 'change' | 'decline' = 'change';

  protected override get draft(): string {
    return `${this.kind} ${this.estimate.id}`;
  }

  protected override begin(): Record<string, string> {
    return {};
  }

  protected override heading(): string {
    return this.kind === 'change' ? askLabel(this.estimate, this.localizer) : this.localizer.t('decline.title');
  }

  protected override action(): string {
    return this.localizer.t(this.kind === 'change' ? 'change.send' : 'decline.send');
  }

  protected override fields(): TemplateResult {
    const { localizer: t } = this;
    if (this.kind === 'decline') return this.field('text', t.t('decline.reason'), { rows: 3, most: 4000 });
    return html`
      <p class="muted">${t.t('change.lead')}</p>
      ${this.field('text', t.t('change.text'), { rows: 4, most: 4000 })}
      <fieldset>
        <legend class="label" part="label">${t.t('change.lines')}</legend>
        <ul class="lines">
          ${this.#lines.map((line) => this.#line(line))}
        </ul>
      </fieldset>
    `;
  }

  /** What was not approved is no longer there to speak of. */
  get #lines(): EstimateLine[] {
    const { content, decision } = this.estimate;
    const { lines } = content;
    return decision?.kind === 'approved' ? lines.filter(({ id, optional, group }) => (!optional && !group) || decision.options.includes(id)) : lines;
  }

  #line({ id, description }: EstimateLine): TemplateResult {
    const { localizer: t } = this;
    const name = remarkOn(id);
    const words = html`<span lang=${this.estimate.content.locale}>${description}</span>`;
    if (this.values[name] !== undefined || this.opened.includes(id)) {
      return html`<li>${this.field(name, html`${t.t('change.remark')}: ${words}`, { rows: 2, most: 2000 })}</li>`;
    }
    return html`<li class="closed">
      ${words}
      <button type="button" class="button quiet" part="button" aria-label="${t.t('change.remark')}: ${description}" @click=${() => void this.#open(id)}>
        ${t.t('change.remark')}
      </button>
    </li>`;
  }

  async #open(id: string): Promise<void> {
    this.opened = [...this.opened, id];
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[name="${remarkOn(id)}"]`)?.focus();
  }

  protected override check(): Problems {
    const says = Object.values(this.values).some((text) => text.trim());
    return this.kind === 'decline' || says ? {} : { text: this.localizer.t('change.missing') };
  }

  protected override send(): Promise<EstimateView> {
    const { client, base, estimate, values } = this;
    const { etag, version } = estimate;
    const text = values.text?.trim() ?? '';
    if (this.kind === 'decline') return declineEstimate(client, base, text, { etag, key: this.intent.keyFor([etag, text]) });
    const remarks = this.#lines.flatMap(({ id }) => {
      const remark = values[remarkOn(id)]?.trim();
      return remark ? [{ lineId: id, text: remark }] : [];
    });
    const wish = { version, text, remarks };
    return requestChanges(client, base, wish, this.intent.keyFor(wish));
  }

  protected override blame(code: string): Problems {
    return code === 'invalid_request' ? { text: this.localizer.problem(code) } : {};
  }
}
