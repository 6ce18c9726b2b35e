/** Search and state above a list of the office. What was chosen survives a reload and Back. */
import { css, html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Router } from '../customer-center/router.ts';
import { segments, segmentStyles } from './segments.ts';

/** Typing pauses this long before it is asked for. */
const pauseMs = 150;

interface Words<State extends string> {
  /** What is searched. */
  search: string;
  /** What may be typed. */
  hint: string;
  /** What the states are of. */
  states: string;
  choices: readonly (readonly [State, string])[];
}

export class Filters<State extends string> implements ReactiveController {
  q = '';
  state: State;
  readonly #host: LitElement & { router: Router };
  readonly #name: string;
  readonly #first: State;
  readonly #changed: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #begun = false;

  /** `changed` reads the list anew. */
  constructor(host: LitElement & { router: Router }, name: string, first: State, changed: () => void) {
    this.#host = host;
    this.#name = name;
    this.#first = this.state = first;
    this.#changed = changed;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  /** Goes on with what was chosen before, once. True the first time. */
  begin(): boolean {
    if (this.#begun || !this.#host.router) return false;
    this.#begun = true;
    const kept = this.#host.router.restoreDraft(this.#name);
    if (kept) Object.assign(this, JSON.parse(kept) as { q: string; state: State });
    return true;
  }

  /** Whether the list is not all there is. */
  get narrow(): boolean {
    return this.q !== '' || this.state !== this.#first;
  }

  /** Everything again. */
  clear(): void {
    this.#set('', this.#first);
  }

  bar({ search, hint, states, choices }: Words<State>): TemplateResult {
    return html`<form class="filters" role="search" @submit=${this.#submit}>
      <input
        id="search" class="field" type="search" name="q" maxlength="100" autocomplete="off" spellcheck="false" enterkeyhint="search" aria-label=${search} placeholder=${hint}
        .value=${live(this.q)} @input=${this.#type}
      />
      ${segments(states, choices, this.state, (state) => this.#set(this.q, state))}
    </form>`;
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    clearTimeout(this.#timer);
    this.#changed();
  };

  #type = (event: Event): void => {
    this.q = (event.target as HTMLInputElement).value;
    this.#keep();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#changed, pauseMs);
  };

  #set(q: string, state: State): void {
    clearTimeout(this.#timer);
    Object.assign(this, { q, state });
    this.#keep();
    this.#host.requestUpdate();
    this.#changed();
  }

  #keep(): void {
    this.#host.router.saveDraft(this.#name, this.narrow ? JSON.stringify({ q: this.q, state: this.state }) : undefined);
  }
}

export const filterStyles = [
  segmentStyles,
  css`
    .filters {
      display: flex;
      flex-wrap: wrap;
      gap: calc(var(--cc-space) * 3);
    }
    .filters .field {
      flex: 1 1 260px;
      width: auto;
      min-width: 0;
    }
  `,
];
