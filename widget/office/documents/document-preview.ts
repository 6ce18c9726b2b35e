/** The customer's own view of a document, to look at: the very element that the customer sees, out of reach of keys and pointers. */
import { ContextProvider } from '@lit/context';
import { css, LitElement } from 'lit';
import { state } from 'lit/decorators.js';
import { clientContext, routerContext } from '../../contexts.ts';
import type { Router } from '../../customer-center/router.ts';
import { ApiError, Client, type Sending } from '../../data/client.ts';
import { reset } from '../../theme/reset.ts';

/** Answers with what is to be looked at, whatever is asked; nothing leaves the browser. */
class GivenClient extends Client {
  given: object | undefined;

  override async start(): Promise<void> {
    // Nobody signs in to look at it.
  }

  override async send<T>(method: string, _path: string, _options?: Sending): Promise<T> {
    if (method !== 'GET') return undefined as T;
    if (!this.given) throw new ApiError('not_found', 404);
    return this.given as T;
  }
}

/** Leads nowhere and keeps nothing: what somebody chose in an earlier preview must not count in the next. */
const still: Router = { path: '/', go: () => undefined, back: () => undefined, saveDraft: () => undefined, restoreDraft: () => undefined };

/** What both kinds of documents have in common here. */
export abstract class DocumentPreview extends LitElement {
  static override styles = [
    reset,
    css`
      .page {
        padding: calc(var(--cc-space) * 5);
        border: 1px solid var(--cc-line);
        border-radius: var(--cc-radius);
        background: var(--cc-canvas);
      }
    `,
  ];

  /** Whether the customer's view is loaded. */
  @state() protected isHere = false;

  readonly #client = new GivenClient('', 'preview');
  #shown = 0;

  constructor() {
    super();
    new ContextProvider(this, { context: clientContext }).setValue(this.#client);
    new ContextProvider(this, { context: routerContext }).setValue(still);
  }

  /** Brings the view that customers load. */
  protected abstract bring(): Promise<{ define: () => void }>;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.bring().then(
      ({ define }) => {
        define();
        this.isHere = true;
      },
      () => undefined,
    );
  }

  /** What the view reads from now on, as its link would answer. */
  protected give(answer: object | undefined): void {
    this.#client.given = answer;
    this.#shown += 1;
  }

  /** Another name each time, so that the view reads anew and begins from what the office suggests. */
  protected get name(): string {
    return `preview ${this.#shown}`;
  }
}
