import { html, LitElement, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import SignaturePad from 'signature_pad';
import '../../locale/en-drawing.ts';
import type { Localizer } from '../../locale/localizer.ts';
import { define as defineTag } from '../../parts/define.ts';
import { styles } from './drawing-pad.styles.ts';

/** Ink on paper, by day and by night: the picture goes on a certificate. */
const ink = '#17212b';
/** Width of the picture; enough for print, and far below what a signature may weigh. */
const widest = 600;
/** Characters of base64 for 100 KB, with some air. */
const most = 130_000;

/**
 * A field to draw a signature in, with a finger, a pen or the mouse. Nobody needs it: a typed name does the same.
 *
 * @csspart button - The button that clears it.
 */
export class DrawingPad extends LitElement {
  static override styles = styles;

  #pad: SignaturePad | undefined;
  #width = 0;
  readonly #sizes = new ResizeObserver(() => this.#fit());

  @query('canvas') private canvas!: HTMLCanvasElement;

  /** Speaks the reader's language. */
  @property({ attribute: false }) localizer!: Localizer;

  /** Whether something is drawn. */
  get hasDrawing(): boolean {
    return this.#pad?.isEmpty() === false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#pad?.on();
    this.#sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pad?.off();
    this.#sizes.disconnect();
  }

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    return html`<div class="cc">
      <canvas role="img" aria-label=${t.t('drawing.here')}></canvas>
      <span class="below">
        <span class="small" aria-hidden="true">${t.t('drawing.here')}</span>
        <button type="button" class="button quiet" part="button" @click=${() => this.#pad?.clear()}>${t.t('drawing.clear')}</button>
      </span>
    </div>`;
  }

  protected override firstUpdated(): void {
    this.#pad = new SignaturePad(this.canvas, { penColor: ink, minWidth: 0.8, maxWidth: 2.6 });
    this.#fit();
  }

  /** As many dots as the screen has. Setting the size empties a canvas, so what was drawn is drawn again. */
  #fit(): void {
    const pad = this.#pad;
    const { clientWidth, clientHeight } = this.canvas;
    if (!pad || !clientWidth || clientWidth === this.#width) return;
    this.#width = clientWidth;
    const strokes = pad.toData();
    const ratio = Math.max(devicePixelRatio, 1);
    this.canvas.width = clientWidth * ratio;
    this.canvas.height = clientHeight * ratio;
    this.canvas.getContext('2d')!.scale(ratio, ratio);
    pad.clear();
    pad.fromData(strokes);
  }

  /** What is drawn, as a PNG in base64. */
  picture(): string {
    for (let width = Math.min(widest, this.canvas.width); ; width = Math.round(width * 0.8)) {
      const small = document.createElement('canvas');
      small.width = width;
      small.height = Math.round((width * this.canvas.height) / this.canvas.width);
      small.getContext('2d')!.drawImage(this.canvas, 0, 0, small.width, small.height);
      const [, base64 = ''] = small.toDataURL('image/png').split(',');
      if (base64.length <= most) return base64;
    }
  }
}

/** Registers it; the form does it once the chunk is here. */
export function define(): void {
  defineTag('cc-drawing-pad', DrawingPad);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-drawing-pad': DrawingPad;
  }
}
