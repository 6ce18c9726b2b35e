import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ApiError } from '../../data/errors.ts';
import { addPage, allowSighting, type Sighting } from '../../data/office-settings.ts';
import { define } from '../../parts/define.ts';
import { Section } from './section.ts';
import { since } from './since.ts';
import { twinOf } from './watch.ts';

/** A website was listed. It does not leave the section. */
export class AllowedEvent extends Event {
  constructor() {
    super('cc-office-allowed');
  }
}

/**
 * Websites that show the widget without being listed, each with the click that lists it.
 *
 * @event {AllowedEvent} cc-office-allowed - A website was listed.
 */
export class OfficeSightings extends Section {
  /** What was seen. */
  @property({ attribute: false }) sightings: readonly Sighting[] = [];
  /** Websites that are listed: the twin of a new one may be among them. */
  @property({ attribute: false }) listed: readonly string[] = [];

  @state() private busy = '';
  @state() private problem = '';

  protected override render(): TemplateResult | typeof nothing {
    const { localizer: t, problem, sightings } = this;
    if (sightings.length === 0) return nothing;
    return html`<div class="cc panel">
      <div class="panel-head"><div>${this.sub(t.t('settings.sightings'))}<p class="muted small">${t.t('settings.sightingsLead')}</p></div></div>
      <ul class="rows">
        ${sightings.map((sighting) => this.#row(sighting))}
      </ul>
      ${problem ? html`<p class="banner bad" role="alert">${problem}</p>` : nothing}
    </div>`;
  }

  #row({ origin, lastSeenAt }: Sighting): TemplateResult {
    const t = this.localizer;
    const found = twinOf(origin);
    const twin = found && !this.listed.includes(found) ? found : undefined;
    const disabled = this.busy ? 'true' : 'false';
    return html`<li class="row">
      <div class="grow"><span class="strong">${t.t('settings.seenAt', { website: origin })}</span><small>${since(this.formats, lastSeenAt)}</small></div>
      ${this.mayChange
        ? html`<div class="actions">
            <button type="button" class="button" aria-disabled=${disabled} @click=${() => this.#allow(origin)}>${t.t('settings.allow')}<span class="visually-hidden"> ${origin}</span></button>
            ${twin
              ? html`<button type="button" class="button" aria-disabled=${disabled} @click=${() => this.#allow(origin, twin)}>
                  ${t.t('settings.allowBoth', { twin: new URL(twin).host })}
                </button>`
              : nothing}
          </div>`
        : nothing}
    </li>`;
  }

  async #allow(origin: string, twin?: string): Promise<void> {
    if (this.busy) return;
    this.busy = origin;
    this.problem = '';
    try {
      await allowSighting(this.office, origin);
      // Somebody may have listed it meanwhile; then it is as it should be.
      if (twin) await addPage(this.office, { url: `${twin}/` }).catch((error: unknown) => (error instanceof ApiError && error.code === 'already_exists' ? undefined : Promise.reject(error)));
      this.say(this.localizer.t('settings.allowed', { website: origin }));
    } catch (error) {
      this.problem = this.localizer.problem(error instanceof ApiError ? error.code : 'internal');
      // One of two may be listed, and then its row is gone with this sentence.
      this.say(this.problem);
    } finally {
      this.busy = '';
      this.dispatchEvent(new AllowedEvent());
    }
  }
}

define('cc-office-sightings', OfficeSightings);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-sightings': OfficeSightings;
  }
}
