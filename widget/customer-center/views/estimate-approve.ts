import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Approval, ApprovalCode, EstimateView } from '../../../server/contract/estimates.ts';
import type { Money } from '../../../server/contract/wire.ts';
import { readAddress } from '../../data/address.ts';
import type { ApiError } from '../../data/client.ts';
import { approveEstimate, sendApprovalCode } from '../../data/estimates.ts';
import '../../locale/en-code.ts';
import { formatsOf } from '../../locale/formats.ts';
import type { DrawingPad } from './drawing-pad.ts';
import { totalsFor, type Chosen } from './estimate-choices.ts';
import { EstimatePanel, type Problems } from './estimate-panel.ts';

/** Fields that the server's paths are about. */
const fieldOf: Record<string, string> = {
  signature: 'name',
  signerAddress: 'address',
  acceptTerms: 'terms',
  poNumber: 'po',
  verification: 'code',
};

/**
 * Approving: a name, a mark, and what the contractor asks for besides. A typed and a drawn name are equal in every way.
 *
 * @event {PanelEvent} cc-estimate-panel - The form is done with.
 * @csspart form - The form.
 * @csspart section-title - Its heading, and those within.
 * @csspart label - Label of a field.
 * @csspart field - A field.
 * @csspart button - A button.
 * @csspart error - What is wrong, beside its cause.
 */
export class EstimateApprove extends EstimatePanel {
  @query('cc-drawing-pad') private pad!: DrawingPad | null;

  @state() private padState: 'none' | 'loading' | 'ready' | 'failed' = 'none';
  /** The code that was sent, where the contractor wants one. */
  @state() private code: ApprovalCode | undefined;
  @state() private isSentAgain = false;

  /** What is chosen. */
  @property({ attribute: false }) chosen: Chosen = new Set();

  protected override get draft(): string {
    return `approval ${this.estimate.id}`;
  }

  protected override begin(): Record<string, string> {
    return { name: this.estimate.signer.name, mark: 'typed', po: this.estimate.content.poNumber ?? '' };
  }

  protected override heading(): string {
    return this.localizer.t('approve.title', { amount: this.#money(totalsFor(this.estimate.content, this.chosen).total) });
  }

  #money(amount: Money): string {
    return formatsOf(this.localizer, this.card.timeZone).money(amount);
  }

  protected override action(): string {
    return this.localizer.t(this.#needsCode ? 'approve.sendCode' : 'estimate.approve');
  }

  get #needsCode(): boolean {
    return this.estimate.verification === 'code' && !this.code;
  }

  protected override fields(): TemplateResult {
    const { localizer: t, values, estimate, card } = this;
    const { content, signer, verification } = estimate;
    const { deposit } = totalsFor(content, this.chosen);
    return html`
      <p class="muted">
        ${t.t('approve.lead')} ${deposit?.amount ? t.t('approve.deposit', { amount: this.#money(deposit) }) : nothing}
      </p>
      ${signer.name ? this.tick('other', t.t('approve.other', { name: signer.name })) : nothing}
      ${this.field('name', t.t('approve.name'), { autocomplete: 'name', most: 100 })}
      ${values.other
        ? this.field('address', t.t('approve.address'), {
            hint: t.t('approve.addressHint', { name: card.name }),
            autocomplete: 'email',
            inputmode: 'email',
          })
        : nothing}
      ${this.#signature()}
      ${content.to.company ? this.field('po', t.t('approve.po'), { most: 50 }) : nothing}
      ${content.termsRequired ? this.#terms() : nothing} ${verification === 'code' ? this.#verification() : nothing}
    `;
  }

  #signature(): TemplateResult {
    const { localizer: t, values } = this;
    const drawn = values.mark === 'drawn';
    const wrong = this.problems.mark !== undefined;
    const mark = (value: 'typed' | 'drawn') =>
      html`<label class="check">
        <input
          type="radio"
          name="mark"
          .value=${value}
          .checked=${values.mark === value}
          ?data-wrong=${wrong && values.mark === value}
          aria-describedby=${wrong ? 'mark-problem' : nothing}
        />
        <span>${t.t(`approve.${value}`)}</span>
      </label>`;
    return html`<fieldset>
      <legend class="label" part="label">${t.t('approve.signature')}</legend>
      <div class="marks">${mark('typed')} ${mark('drawn')}</div>
      ${drawn ? this.#pad() : html`<p class="signed" aria-hidden="true">${values.name}</p>`} ${this.problem('mark')}
      <p class="hint">${t.t('approve.sameLead')}</p>
    </fieldset>`;
  }

  #pad(): TemplateResult {
    const { localizer: t } = this;
    if (this.padState === 'ready') return html`<cc-drawing-pad exportparts="button" .localizer=${t}></cc-drawing-pad>`;
    if (this.padState === 'failed') return html`<p class="error" part="error" role="alert">${t.problem('offline')}</p>`;
    return html`<p role="status">${t.t('shell.loading')}</p>`;
  }

  #terms(): TemplateResult {
    const { terms, locale } = this.estimate.content;
    const { localizer: t } = this;
    return html`${terms
        ? html`<div class="terms" role="region" aria-label=${t.t('paper.terms')} tabindex="0">
            <p class="prose small" lang=${locale}>${terms}</p>
          </div>`
        : nothing}
      ${this.tick('terms', t.t('approve.terms'))}`;
  }

  #verification(): TemplateResult {
    const { localizer: t, code } = this;
    if (!code) return html`<p class="muted">${t.t('approve.codeLead', { name: this.card.name })}</p>`;
    return html`<div>
      ${this.field('code', t.t('code.label'), {
        hint: t.t('approve.codeSent', { address: code.masked }),
        autocomplete: 'one-time-code',
        inputmode: 'numeric',
        most: 11,
      })}
      <button type="button" class="button quiet flush" part="button" aria-disabled=${this.busy ? 'true' : 'false'} @click=${this.#again}>
        ${t.t('waiting.again')}
      </button>
      <span role="status" class="small">${this.isSentAgain ? t.t('waiting.sentAgain') : nothing}</span>
    </div>`;
  }

  protected override set(name: string, value: string): void {
    super.set(name, value);
    const own = this.estimate.signer.name;
    if (name === 'other' && value && this.values.name === own) this.set('name', '');
    if (name === 'other' && !value && !this.values.name) this.set('name', own);
    // Whoever asks for the pad again gets another attempt at it.
    if (name === 'mark' && this.padState === 'failed') this.padState = 'none';
  }

  /** The pad comes when somebody wants to draw, also one who did before a reload. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.values.mark !== 'drawn' || this.padState !== 'none') return;
    this.padState = 'loading';
    import('./drawing-pad.ts').then(
      ({ define }) => {
        define();
        this.padState = 'ready';
      },
      () => (this.padState = 'failed'),
    );
  }

  protected override check(): Problems {
    const { localizer: t, values, estimate } = this;
    return {
      ...(!values.name?.trim() && { name: t.t('approve.nameMissing') }),
      ...(values.other && !this.#address && { address: t.t('signIn.invalidEither') }),
      ...(values.mark === 'drawn' && !this.pad?.hasDrawing && { mark: t.t('approve.drawnMissing') }),
      ...(estimate.content.termsRequired && !values.terms && { terms: t.t('approve.termsMissing') }),
      ...(this.code && this.#digits.length !== 6 && { code: t.t('code.invalid') }),
    };
  }

  get #address(): string | undefined {
    return readAddress(this.values.address ?? '', { country: this.card.country, sms: true });
  }

  /** Spaces and dashes come along when a code is pasted. */
  get #digits(): string {
    return (this.values.code ?? '').normalize('NFKC').replace(/\D/g, '');
  }

  protected override async send(): Promise<EstimateView | undefined> {
    if (this.#needsCode) {
      await this.#sendCode();
      return undefined;
    }
    const { client, base, estimate, values, code } = this;
    const name = values.name!.trim();
    const approval: Approval = {
      options: estimate.content.lines.filter(({ id }) => this.chosen.has(id)).map(({ id }) => id),
      signature: values.mark === 'drawn' ? { kind: 'drawn', name, picture: this.pad!.picture() } : { kind: 'typed', name },
      ...(values.other && { signerAddress: this.#address! }),
      acceptTerms: Boolean(values.terms),
      ...(values.po?.trim() && { poNumber: values.po.trim() }),
      ...(code && { verification: { requestId: code.id, code: this.#digits } }),
    };
    const { etag } = estimate;
    return approveEstimate(client, base, approval, { etag, key: this.intent.keyFor([etag, approval]) });
  }

  async #sendCode(): Promise<void> {
    this.code = await sendApprovalCode(this.client, this.base);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#code')?.focus();
  }

  readonly #again = async (): Promise<void> => {
    if (this.busy) return;
    this.busy = true;
    this.isSentAgain = false;
    this.trouble = '';
    try {
      await this.#sendCode();
      this.isSentAgain = true;
    } catch (error) {
      this.trouble = this.localizer.problem((error as ApiError).code);
    }
    this.busy = false;
  };

  protected override blame(code: string, paths: readonly string[]): Problems {
    if (code === 'code_wrong' || code === 'code_expired') return { code: this.localizer.problem(code) };
    const fields = paths.flatMap((path) => fieldOf[path.split('/')[1] ?? ''] ?? []);
    const shown = (field: string) => (field === 'name' && this.values.mark === 'drawn' ? 'mark' : field);
    return Object.fromEntries(fields.map((field) => [shown(field), this.localizer.problem(code)]));
  }
}
