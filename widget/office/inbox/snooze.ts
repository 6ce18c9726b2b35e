import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { InboxItem } from '../../../server/contract/inbox.ts';
import { changeItem } from '../../data/office-inbox.ts';
import { define } from '../../parts/define.ts';
import { DialogCloseEvent, type CcDialog } from '../../parts/dialog.ts';
import { Form } from '../form/form.ts';
import { formState } from '../form/form-parts.ts';
import { textField } from '../form/fields.ts';
import { screenStyles } from '../form/styles.ts';
import { Screen } from '../screen.ts';
import { instantOf } from '../zoned.ts';
import { ItemEvent } from './events.ts';
import { untilText } from './phrases.ts';
import { firstPick, snoozeTimes } from './snooze-times.ts';

const longestMs = 365 * 86_400_000;

/**
 * Puts an item off: until later today, tomorrow, next Monday, or a moment of one's own, all on the account's clock.
 *
 * @event {ItemEvent} cc-inbox-item - It was put off.
 * @event {DialogCloseEvent} cc-dialog-close - It has closed.
 */
export class OfficeInboxSnooze extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .row {
        justify-content: space-between;
        padding: calc(var(--cc-space) * 2) calc(var(--cc-space) * 4);
      }
      form .button {
        justify-self: start;
      }
    `,
  ];

  /** What is put off. */
  @property({ attribute: false }) item!: InboxItem;

  @query('cc-dialog') private dialog!: CcDialog;

  /** One of those that are offered, in place of what is picked. */
  #until: string | undefined;

  readonly #form = new Form<{ date: string; time: string }>(this, {
    name: () => `inbox snooze ${this.item.id}`,
    check: ({ date, time }) => {
      const { localizer: t } = this;
      if (this.#until) return {};
      if (!date || !time) return { [date ? 'time' : 'date']: t.t('form.required') };
      const ahead = Date.parse(instantOf(date, time, this.account.timeZone)) - Date.now();
      return ahead > 0 && ahead < longestMs ? {} : { date: t.t('inbox.pickLater') };
    },
    save: async ({ values: { date, time } }) => this.#snooze(instantOf(date, time, this.account.timeZone)),
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.#form.values) this.#form.start(firstPick(this.formats));
  }

  protected override render(): TemplateResult {
    const { localizer: t, formats } = this;
    const form = this.#form;
    return html`<cc-dialog class="cc" .heading=${t.t('inbox.snooze')} close-label=${t.t('office.close')} @cc-dialog-close=${() => this.dispatchEvent(new DialogCloseEvent())}>
      <p class="muted">${t.t('inbox.snoozeLead')}</p>
      <div class="panel rows">
        ${snoozeTimes(formats).map(
          ({ key, until }) => html`<button type="button" class="row" aria-disabled=${form.busy ? 'true' : 'false'} @click=${() => this.#choose(until)}>
            <span class="strong">${t.t(`inbox.${key}`)}</span><span class="muted">${untilText(t, formats, until)}</span>
          </button>`,
        )}
      </div>
      <form class="form" novalidate @submit=${this.#submit}>
        <p class="strong">${t.t('inbox.pick')}</p>
        <div class="two">
          ${textField(t, form, 'date', t.t('inbox.pickDay'), { type: 'date', required: true })} ${textField(t, form, 'time', t.t('inbox.pickTime'), { type: 'time', required: true })}
        </div>
        ${formState(t, form)}
        <button class="button" aria-disabled=${form.busy ? 'true' : 'false'}>${t.t('inbox.snooze')}</button>
      </form>
    </cc-dialog>`;
  }

  /** The same way as a picked moment, so that a refusal shows in the same place. */
  #choose(until: string): void {
    this.#until = until;
    void this.#form.save();
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    this.#until = undefined;
    void this.#form.save();
  };

  async #snooze(picked: string): Promise<void> {
    const item = await changeItem(this.office, this.item.id, { snoozedUntil: this.#until ?? picked });
    this.dialog.close();
    this.dispatchEvent(new ItemEvent(item, { snoozedUntil: this.item.snoozedUntil }));
  }
}

define('cc-office-inbox-snooze', OfficeInboxSnooze);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-inbox-snooze': OfficeInboxSnooze;
  }
}
