/** What every document offers whatever its state: take it along, print it, send it on. Also tells that it was read. */
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { DocumentRights } from '../../server/contract/documents.ts';
import { ApiError, type Client } from '../data/client.ts';
import { download, markOpened } from '../data/documents.ts';
import type { Localizer } from '../locale/localizer.ts';
import { printOnly } from './print.ts';

/** A document that a view shows: where it is, and what the person may do with it. */
interface Shown {
  client: Client;
  /** Where the document is: `documentBase` or `linkBase`. */
  base: string;
  version: number;
  rights: DocumentRights;
}

/** Download, Print and “Send it on” of one view. */
export class PaperActions implements ReactiveController {
  /** Why a download did not start. */
  error: ApiError | undefined;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #shown: () => Shown;
  #busy = false;
  #isSharing = false;
  #hasPart = false;
  #isShowing = false;
  #told: string | undefined;

  /** `shown` is asked only while a document shows. */
  constructor(host: ReactiveControllerHost & HTMLElement, shown: () => Shown) {
    this.#host = host;
    this.#shown = shown;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#look);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#look);
    this.#isShowing = false;
  }

  /** Call it when the document shows: tells the contractor, once for each version, that the person has it before their eyes. */
  opened(): void {
    this.#isShowing = true;
    this.#look();
  }

  /** In a tab in the background nobody has seen anything yet. */
  readonly #look = (): void => {
    if (!this.#isShowing || document.visibilityState !== 'visible') return;
    const { client, base, version } = this.#shown();
    const told = `${base} ${version}`;
    if (told === this.#told) return;
    this.#told = told;
    // Nobody is told of a failure: the person came to read. The next time it shows, it is told again.
    markOpened(client, base, version).catch(() => (this.#told = undefined));
  };

  /** Starts a download; a second press meanwhile is none. */
  async download(what: 'document' | 'certificate' = 'document'): Promise<void> {
    if (this.#busy) return;
    const { client, base } = this.#shown();
    this.#busy = true;
    this.error = undefined;
    this.#host.requestUpdate();
    try {
      await download(client, base, what);
    } catch (error) {
      this.error = error instanceof ApiError ? error : new ApiError('internal');
    }
    this.#busy = false;
    this.#host.requestUpdate();
  }

  /** The row of buttons, and what a press on one of them has opened. */
  render(t: Localizer, level: number): TemplateResult {
    const { rights, base } = this.#shown();
    return html`<div class="actions screen">
        ${rights.pdf
          ? html`<button
              type="button"
              class="button"
              part="button"
              aria-disabled=${this.#busy ? 'true' : 'false'}
              @click=${() => void this.download()}
            >
              ${t.t(this.#busy ? 'document.downloading' : 'document.download')}
            </button>`
          : nothing}
        <button type="button" class="button" part="button" @click=${() => printOnly(this.#host)}>${t.t('document.print')}</button>
        ${rights.share
          ? html`<button
              type="button"
              class="button"
              part="button"
              aria-expanded=${this.#isSharing ? 'true' : 'false'}
              @click=${() => this.#share(!this.#isSharing)}
            >
              ${t.t('document.share')}
            </button>`
          : nothing}
      </div>
      ${this.error ? html`<p class="error screen" role="alert" part="error">${t.problem(this.error.code)}</p>` : nothing}
      ${this.#isSharing && this.#hasPart
        ? html`<cc-share
            class="screen"
            .base=${base}
            .rights=${rights}
            .level=${level}
            @cc-share-close=${() => this.#closeShare()}
          ></cc-share>`
        : nothing}`;
  }

  /** The focus goes back to the button that opened the form. */
  #closeShare(): void {
    this.#share(false);
    this.#host.shadowRoot?.querySelector<HTMLElement>('.actions [aria-expanded]')?.focus();
  }

  /** Brings the form when it is first wanted. */
  #share(open: boolean): void {
    this.#isSharing = open;
    this.error = undefined;
    this.#host.requestUpdate();
    if (!open || this.#hasPart) return;
    import('./share.ts').then(
      ({ define }) => {
        define();
        this.#hasPart = true;
        this.#host.requestUpdate();
      },
      () => {
        this.#isSharing = false;
        this.error = new ApiError('offline');
        this.#host.requestUpdate();
      },
    );
  }
}
