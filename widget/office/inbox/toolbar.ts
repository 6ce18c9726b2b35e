import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Staff } from '../../../server/contract/account.ts';
import type { InboxChange, InboxItem } from '../../../server/contract/inbox.ts';
import { ApiError } from '../../data/errors.ts';
import { changeItem } from '../../data/office-inbox.ts';
import { define } from '../../parts/define.ts';
import { chevron } from '../form/fields.ts';
import { screenStyles } from '../form/styles.ts';
import { Screen } from '../screen.ts';
import { ItemEvent } from './events.ts';
import { standing, subjectOf } from './phrases.ts';
import './snooze.ts';

/**
 * What becomes of an item: done, put off, given to somebody; and back.
 *
 * @event {ItemEvent} cc-inbox-item - It was changed.
 */
export class OfficeInboxToolbar extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: calc(var(--cc-space) * 2);
      }
      .banner {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: calc(var(--cc-space) * 2);
        margin-bottom: calc(var(--cc-space) * 3);
      }
      .assign {
        display: flex;
        flex: 1 1 220px;
        align-items: center;
        gap: calc(var(--cc-space) * 2);
        max-width: 320px;
      }
      .assign .label {
        flex: none;
        margin: 0;
        color: var(--cc-muted);
        font-weight: 400;
      }
      .assign .select {
        flex: 1;
        min-width: 0;
      }
      .assign .field {
        min-height: var(--cc-target);
        padding-block: 0;
        border-color: var(--cc-line);
        text-overflow: ellipsis;
      }
    `,
  ];

  /** What it is about. */
  @property({ attribute: false }) item!: InboxItem;
  /** The staff, to give it to. */
  @property({ attribute: false }) people: readonly Staff[] = [];
  /** Somebody else was done with it while it showed. */
  @property({ type: Boolean }) doneMeanwhile = false;

  /** A change is on its way. */
  @property({ attribute: false }) busy = false;
  @state() private problem: string | undefined;
  @state() private snoozing = false;

  /** Whether the focus was in here before this turn. */
  #held = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#held = this.shadowRoot?.activeElement != null;
  }

  /** A button that went away, here or by what somebody else did, leaves the focus to what stands in its place. */
  protected override updated(): void {
    if (this.#held && !this.shadowRoot?.activeElement) this.renderRoot.querySelector('button')?.focus();
  }

  protected override render(): TemplateResult {
    const { localizer: t, item, problem, formats } = this;
    const stands = standing(t, formats, item);
    const busy = this.busy ? 'true' : 'false';
    return html`<div class="cc">
      ${stands
        ? html`<div class="banner plain" role="status">
            <span>${this.doneMeanwhile ? `${t.t('inbox.doneMeanwhile')} ` : ''}${stands}</span>
            <button type="button" class="button" aria-disabled=${busy} @click=${() => void this.#reopen()}>${t.t(item.doneAt ? 'inbox.reopen' : 'inbox.wake')}</button>
          </div>`
        : nothing}
      ${problem ? html`<p class="banner bad" role="alert">${t.problem(problem)}</p>` : nothing}
      <div class="bar">
        ${item.doneAt
          ? nothing
          : html`<button type="button" class="button" aria-disabled=${busy} aria-keyshortcuts="e" @click=${() => void this.finish()}>${t.t('inbox.markDone')}</button>
              <button type="button" class="button" aria-haspopup="dialog" aria-disabled=${busy} @click=${() => (this.snoozing = true)}>${t.t('inbox.snooze')}</button>`}
        ${this.#assign()}
      </div>
      ${this.snoozing ? html`<cc-office-inbox-snooze
            .item=${item}
            @cc-dialog-close=${() => (this.snoozing = false)}
            @cc-inbox-item=${({ item: changed, undo }: ItemEvent) => this.dispatchEvent(new ItemEvent(changed, undo))}
          ></cc-office-inbox-snooze>` : nothing}
    </div>`;
  }

  #assign(): TemplateResult {
    const { localizer: t, item, staff, people } = this;
    const chosen = item.assignee?.id ?? '';
    const me = staff.staffId;
    const others = people.filter(({ id }) => id !== me).map(({ id, name }) => [id, name] as const);
    const gone = item.assignee && item.assignee.id !== me && !others.some(([id]) => id === chosen) ? [[chosen, item.assignee.name] as const] : [];
    const choices = [['', t.t('inbox.nobody')] as const, ...(me ? [[me, `${t.t('inbox.me')} (${staff.name})`] as const] : []), ...gone, ...others];
    return html`<div class="assign">
      <label class="label" for="assignee">${t.t('inbox.assign')}</label>
      <span class="select">
        <select id="assignee" class="field" .value=${live(chosen)} @change=${(event: Event) => void this.#give((event.target as HTMLSelectElement).value)}>
          ${choices.map(([id, name]) => html`<option value=${id} .selected=${live(id === chosen)}>${name}</option>`)}
        </select>${chevron}
      </span>
    </div>`;
  }

  /** It is done; the list brings the next one. */
  async finish(): Promise<void> {
    await this.#change({ done: true }, { done: false });
  }

  async #reopen(): Promise<void> {
    const what = subjectOf(this.localizer, this.item);
    const done = await this.#change(this.item.doneAt ? { done: false } : { snoozedUntil: null });
    if (done) this.say(this.localizer.t('inbox.saidOpen', { what }));
  }

  async #give(id: string): Promise<void> {
    const { localizer: t } = this;
    const done = await this.#change({ assigneeId: id || null });
    // Back to who has it, where it could not be given away.
    if (!done) return this.requestUpdate();
    const name = id === this.staff.staffId ? this.staff.name : this.people.find((each) => each.id === id)?.name;
    this.say(name ? t.t('inbox.saidAssigned', { name }) : t.t('inbox.saidNobody'));
  }

  async #change(change: InboxChange, undo?: InboxChange): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = undefined;
    try {
      const item = await changeItem(this.office, this.item.id, change);
      this.dispatchEvent(new ItemEvent(item, undo));
      return true;
    } catch (error) {
      this.problem = error instanceof ApiError ? error.code : 'internal';
      return false;
    } finally {
      this.busy = false;
    }
  }
}

define('cc-office-inbox-toolbar', OfficeInboxToolbar);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-inbox-toolbar': OfficeInboxToolbar;
  }
}
