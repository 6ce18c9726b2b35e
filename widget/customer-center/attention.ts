import type { LitElement, ReactiveController } from 'lit';

/** How long a view may take to come from the server and still get the focus. */
const patienceMs = 5000;

/**
 * Moves the reader along when another view shows: it takes the focus, at its heading, as a page would after loading, so that
 * screen readers say where they are and Tab goes on from there. A view may be on its way still, or replace a first
 * heading by the real one.
 */
export class Attention implements ReactiveController {
  #turn: AbortController | undefined;

  constructor(
    private host: LitElement,
    private view: () => LitElement | null,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#turn?.abort();
  }

  /** To what shows now. `fromAfar` also brings the element into the window, as after a link. */
  attract(fromAfar = false): void {
    this.#turn?.abort();
    this.#turn = new AbortController();
    void this.#attract(fromAfar, this.#turn.signal);
  }

  async #attract(fromAfar: boolean, signal: AbortSignal): Promise<void> {
    await this.host.updateComplete;
    const { top } = this.host.getBoundingClientRect();
    if (fromAfar || top < 0 || top > innerHeight) this.host.scrollIntoView({ block: 'start' });

    const before = focused();
    let held: Element | null = null;
    for (const end = performance.now() + patienceMs; performance.now() < end && !signal.aborted; await frame()) {
      if (held?.isConnected) continue;
      // Whoever has moved on by themselves is not called back.
      const now = focused();
      if (now !== before && now !== document.body) return;
      const view = this.view();
      await view?.updateComplete;
      view?.focus({ preventScroll: true });
      held = view?.shadowRoot?.activeElement ?? null;
    }
  }
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** The focused element, also inside open shadow roots. */
function focused(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}
