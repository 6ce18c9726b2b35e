import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { InboxItemView } from '../../../server/contract/inbox.ts';
import { ApiError } from '../../data/errors.ts';
import { answerItem, sendLoginLink } from '../../data/office-inbox.ts';
import { define } from '../../parts/define.ts';
import { moment } from '../ago.ts';
import { textArea } from '../form/fields.ts';
import { formState, saveButton } from '../form/form-parts.ts';
import { Form } from '../form/form.ts';
import { screenStyles } from '../form/styles.ts';
import { Screen } from '../screen.ts';
import { ItemEvent } from './events.ts';

type Channel = 'email' | 'sms';
interface Answer extends Record<string, unknown> {
  text: string;
  channels: Channel[];
}

/** A text message takes so many characters. */
const mostInSms = 1000;

/**
 * What was answered, and the box to answer in: by e-mail, by text message or both.
 *
 * @event {ItemEvent} cc-inbox-item - An answer was sent.
 */
export class OfficeInboxAnswer extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .answer {
        white-space: pre-line;
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 calc(var(--cc-space) * 5);
      }
      .answers {
        display: grid;
        gap: calc(var(--cc-space) * 4);
      }
    `,
  ];

  /** What is answered. */
  @property({ attribute: false }) item!: InboxItemView;

  @query('textarea') private field!: HTMLTextAreaElement | null;

  @state() private linking = false;
  @state() private problem: string | undefined;

  readonly #form = new Form<Answer>(this, {
    name: () => `inbox ${this.thing}`,
    check: ({ text, channels }) => {
      const { localizer: t } = this;
      const length = [...text.trim()].length;
      if (length === 0) return { text: t.t('form.required') };
      if (channels.includes('sms') && length > mostInSms) return { text: t.t('inbox.smsLong', { n: length.toLocaleString(t.tag) }) };
      return channels.length === 0 ? { channels: t.t('inbox.noChannel') } : {};
    },
    save: async ({ values: { text, channels }, key }) => {
      const item = await answerItem(this.office, this.thing, { text: text.trim(), channels }, key);
      this.say(this.localizer.t('inbox.sent', { name: item.recipient?.name ?? '' }));
      this.dispatchEvent(new ItemEvent(item));
    },
  });

  override focus(options?: FocusOptions): void {
    this.field?.focus(options);
    this.field?.scrollIntoView({ block: 'nearest' });
  }

  /** By e-mail where there is one. */
  get #fresh(): Answer {
    const [first] = this.item.recipient?.channels ?? [];
    return { text: '', channels: first ? [first] : [] };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.item.recipient && !this.#form.values) this.#form.start(this.#fresh);
  }

  protected override render(): TemplateResult {
    const { localizer: t, item, level } = this;
    const { recipient, answers } = item;
    const title = (words: string) => html`<span class="sub" role="heading" aria-level=${level}>${words}</span>`;
    return html`<div class="cc stack">
      ${answers.length > 0 ? html`<section class="panel padded">${title(t.t('inbox.answers'))}${this.#answers()}</section>` : nothing}
      ${recipient
        ? html`<section class="panel padded">${title(t.t('inbox.answer', { name: recipient.name }))}${this.#box(recipient)}</section>`
        : html`<p class="muted small">${t.t('inbox.nobodyToAnswer')}</p>`}
    </div>`;
  }

  #answers(): TemplateResult {
    const { localizer: t, formats, item } = this;
    return html`<ul class="answers">
      ${item.answers.map(
        ({ by, body, channels, createdAt }) => html`<li>
          <p class="small muted"><span class="strong">${by}</span>, ${moment(formats, createdAt)}, ${t.t('inbox.sentBy', { channels: t.t(channels.length > 1 ? 'inbox.both' : `inbox.${channels[0] ?? 'email'}`) })}</p>
          <p class="answer" lang="">${body}</p>
        </li>`,
      )}
    </ul>`;
  }

  #box({ contactId, name, channels }: NonNullable<InboxItemView['recipient']>): TemplateResult {
    const { localizer: t, problem, staff } = this;
    const form = this.#form;
    const wrong = form.errors['channels'];
    return html`<form novalidate @submit=${this.#send} @keydown=${this.#press}>
      ${textArea(t, form, 'text', t.t('inbox.answerText'), { required: true, hiddenLabel: true, rows: 3, hint: t.t('inbox.answerHint') })}
      <fieldset class="ways" aria-describedby=${wrong === undefined ? nothing : 'channels-error'}>
        <legend class="visually-hidden">${t.t('inbox.channels')}</legend>
        ${channels.length > 1
          ? channels.map((channel) => this.#way(channel))
          : html`<p class="small muted">${t.t('inbox.channels')}: ${t.t(`inbox.${channels[0]!}`)}</p>`}
        ${wrong === undefined ? nothing : html`<p id="channels-error" class="error" role="alert">${wrong || t.t('form.notAccepted')}</p>`}
      </fieldset>
      ${formState(t, form)} ${problem ? html`<p class="banner bad" role="alert">${t.problem(problem)}</p>` : nothing}
      <div class="actions">
        ${saveButton(t, form, t.t('office.send'))}
        ${staff.scopes.includes('links')
          ? html`<button type="button" class="button" aria-disabled=${this.linking ? 'true' : 'false'} @click=${() => void this.#link(contactId, name, channels[0]!)}>${t.t('inbox.loginLink')}</button>`
          : nothing}
      </div>
    </form>`;
  }

  #way(channel: Channel): TemplateResult {
    const { localizer: t } = this;
    const { values, errors } = this.#form;
    const chosen = values?.channels ?? [];
    const change = (event: Event) => this.#form.set('channels', (event.target as HTMLInputElement).checked ? [...chosen, channel].sort() : chosen.filter((each) => each !== channel));
    return html`<label class="check">
      <input type="checkbox" .checked=${chosen.includes(channel)} aria-invalid=${errors['channels'] === undefined ? 'false' : 'true'} @change=${change} /><span>${t.t(`office.${channel}.channel`)}</span>
    </label>`;
  }

  #send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(await this.#form.save())) return;
    this.#form.start(this.#fresh);
    // Out of the text, so that the keys act again.
    if (this.shadowRoot?.activeElement === this.field) this.renderRoot.querySelector<HTMLElement>('form .primary')?.focus();
  };

  #press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    (event.currentTarget as HTMLFormElement).requestSubmit();
  };

  async #link(contactId: string, name: string, channel: Channel): Promise<void> {
    if (this.linking) return;
    this.linking = true;
    this.problem = undefined;
    try {
      await sendLoginLink(this.office, contactId, channel);
      this.say(this.localizer.t('inbox.loginLinkSent', { name }));
    } catch (error) {
      this.problem = error instanceof ApiError ? error.code : 'internal';
    } finally {
      this.linking = false;
    }
  }
}

define('cc-office-inbox-answer', OfficeInboxAnswer);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-inbox-answer': OfficeInboxAnswer;
  }
}
