import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { documentBase, linkBase, readDocument } from '../../data/documents.ts';
import { backButton, linkBar } from '../../parts/paper.ts';
import { Resource } from '../../parts/resource.ts';
import { skeleton } from '../../parts/skeleton.ts';
import { empty, failed, stale } from '../../parts/states.ts';
import { View } from '../view.ts';
import { AllMyJobsEvent } from './all-my-jobs-event.ts';

/** What one kind of paper is called where there is none to see yet, and around it. */
interface Words {
  /** The view's heading while nothing better is known. */
  heading: string;
  back: string;
  /** What a link to it shows. */
  link: string;
  gone: string;
  goneLead: string;
}

/**
 * A job, an estimate, an invoice: one paper at a time, read anew when another one is wanted, with every state that it can be in and the way to
 * everything else.
 */
export abstract class PaperView<T extends object> extends View {
  protected readonly resource = new Resource<T>(this, (signal) => this.read(signal));
  #shown: string | undefined;

  /** Which document link, for its reader; it then counts instead of the paper's own id. */
  @property({ attribute: false }) document: string | undefined;

  protected abstract readonly kind: 'job' | 'estimate' | 'invoice';
  /** Id of the paper, for a signed-in person. */
  protected abstract get wanted(): string;
  protected abstract get words(): Words;
  protected abstract paper(value: T): TemplateResult;

  /** Where it is on the server. */
  protected get base(): string {
    return this.document ? linkBase(this.document) : documentBase(this.customer, `${this.kind}s`, this.wanted);
  }

  protected read(signal: AbortSignal): Promise<T> {
    return readDocument<T>(this.client, this.base, this.kind, signal);
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const wanted = this.document ?? this.wanted;
    if (!wanted || wanted === this.#shown) return;
    this.#shown = wanted;
    void this.resource.load({ forget: true });
  }

  protected override render(): TemplateResult {
    return html`<div class="cc">
      ${this.#top()} ${this.#content()}
      <span class="visually-hidden" role="status">${this.resource.loading ? this.localizer.t('shell.loading') : nothing}</span>
    </div>`;
  }

  /** A link that a customer sent on knows no address that could prove itself, so there is no way from it to the center. */
  #top(): TemplateResult | typeof nothing {
    const { back, link } = this.words;
    if (!this.document) return backButton(back, () => this.router.back(this.kind === 'invoice' ? '/invoices' : '/'));
    return this.session?.document?.masked ? linkBar(this.localizer, link, () => this.dispatchEvent(new AllMyJobsEvent())) : nothing;
  }

  #content(): TemplateResult {
    const { value, error, offline } = this.resource;
    const t = this.localizer;
    if (value) return html`${offline || error ? stale(t, error) : nothing} ${this.paper(value)}`;
    const { heading, gone, goneLead } = this.words;
    const message =
      error?.code === 'not_found'
        ? empty(gone, this.document ? undefined : goneLead)
        : error && failed(t, this.card, error, () => void this.resource.load());
    return html`
      <span id="heading" class="visually-hidden" role="heading" aria-level=${this.level} tabindex="-1">${heading}</span>
      <div class="card" part="card">${message ?? skeleton(t, 4)}</div>
    `;
  }
}
