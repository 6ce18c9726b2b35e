import { consume } from '@lit/context';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Card } from '../../../server/contract/account.ts';
import type { JobOverview } from '../../../server/contract/office.ts';
import { cardContext } from '../../contexts.ts';
import { define } from '../../parts/define.ts';
import { DialogCloseEvent } from '../../parts/dialog.ts';
import { copy } from '../copy.ts';
import { checkField, field, selectField, textArea } from '../form/fields.ts';
import { formState, saveButton } from '../form/form-parts.ts';
import { Form } from '../form/form.ts';
import { screenStyles } from '../form/styles.ts';
import '../locale/en-documents.ts';
import { Screen } from '../screen.ts';

type Channel = 'email' | 'sms';
type Contact = JobOverview['contacts'][number];

/** To whom it goes, how, and with which words. No channel: only a link is made. */
export interface SendWish {
  contactId: string;
  channels: Channel[];
  note: string | null;
}

/** A link that a sending made; `url` is null for staff without the right to links. */
export interface SentLink {
  linkId: string;
  channel: Channel | null;
  url: string | null;
}

interface Typed extends Record<string, unknown> {
  contactId: string;
  email: boolean;
  sms: boolean;
  note: string;
}

/**
 * Sends a document, or reminds of one: to which contact, by e-mail, text message or a link to copy, with a note. What was made shows
 * afterwards, with links to copy. The owner does the sending, in `send`.
 *
 * @event {DialogCloseEvent} cc-dialog-close - It has closed.
 */
export class OfficeSend extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .link-row {
        display: flex;
        gap: calc(var(--cc-space) * 2);
        align-items: end;
      }
      .link-row > :first-child {
        flex: 1;
        min-width: 0;
      }
    `,
  ];

  @consume({ context: cardContext, subscribe: true }) @property({ attribute: false }) card: Card | undefined;

  /** What it is about; the dialog's heading. */
  @property() heading = '';
  /** Names the document, so that what was typed survives a reload. */
  @property() document = '';
  /** Whom it may go to. */
  @property({ attribute: false }) contacts: readonly Contact[] = [];
  /** Who gets it unless somebody else is chosen. */
  @property({ attribute: false }) contactId: string | null = null;
  /** A reminder needs a way to go; a sending may also be a link to copy. */
  @property({ type: Boolean }) reminder = false;
  /** What else there is to say before it goes. */
  @property() lead = '';
  /** Does it. `key` is the same for the same wish, so that pressing again after a lost answer sends nothing twice. */
  @property({ attribute: false }) send: (wish: SendWish, key: string) => Promise<readonly SentLink[]> = () => Promise.resolve([]);

  @state() private sent: readonly SentLink[] | undefined;
  @state() private refused = '';

  readonly #form = new Form<Typed>(this, {
    name: () => `${this.reminder ? 'remind' : 'send'} ${this.document}`,
    check: ({ contactId, ...typed }) => ({
      contactId: contactId ? '' : this.localizer.t('docs.noContact'),
      email: this.reminder && contactId && this.#channels({ contactId, ...typed }).length === 0 ? this.localizer.t('docs.oneWay') : '',
    }),
    save: async ({ values, key }) => {
      const sent = await this.send({ contactId: values.contactId, channels: this.#channels(values), note: values.note.trim() || null }, key);
      this.sent = sent;
      // The button that was pressed is gone.
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.done .button')?.focus());
    },
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.#form.values || !this.router) return;
    const first = this.contacts.find(({ id }) => id === this.contactId) ?? this.contacts[0];
    this.#form.start({ contactId: first?.id ?? '', email: Boolean(first?.email), sms: false, note: '' });
  }

  get #contact(): Contact | undefined {
    return this.contacts.find(({ id }) => id === this.#form.values?.contactId);
  }

  #mayText(contact: Contact | undefined): boolean {
    return Boolean(contact?.mobile && this.card?.sms);
  }

  /** The ways that were chosen and that this contact has. */
  #channels({ contactId, email, sms }: Omit<Typed, 'note'>): Channel[] {
    const contact = this.contacts.find(({ id }) => id === contactId);
    return [...(email && contact?.email ? (['email'] as const) : []), ...(sms && this.#mayText(contact) ? (['sms'] as const) : [])];
  }

  protected override render(): TemplateResult | typeof nothing {
    const { localizer: t } = this;
    if (!this.#form.values) return nothing;
    return html`<cc-dialog .heading=${this.heading} close-label=${t.t('office.close')} @cc-dialog-close=${() => this.dispatchEvent(new DialogCloseEvent())}>
      ${this.sent ? this.#done(this.sent) : this.contacts.length === 0 ? html`<p class="banner warn">${t.t('docs.noContacts')}</p>` : this.#ask(this.#form.values)}
    </cc-dialog>`;
  }

  #ask(values: Typed): TemplateResult {
    const { localizer: t } = this;
    const form = this.#form;
    const contact = this.#contact;
    const isLink = this.#channels(values).length === 0;
    const channelError = form.errors['email'] || (Object.keys(form.errors).some((path) => path.startsWith('channels')) ? t.t('docs.wayRefused') : '');
    const other = Object.keys(form.errors).find((path) => !/^(contactId|email|note|channels)/.test(path));
    return html`<form novalidate @submit=${this.#submit}>
      ${this.lead ? html`<p class="muted">${this.lead}</p>` : nothing}
      ${selectField(t, form, 'contactId', t.t('docs.to'), this.contacts.map(({ id, name }) => [id, name] as const))}
      <fieldset aria-describedby=${channelError ? 'channels-error' : nothing}>
        <legend class="label">${t.t('docs.how')}</legend>
        ${contact?.email ? checkField(form, 'email', t.t('office.email.channel'), contact.email) : html`<p class="small muted">${t.t('docs.noEmail')}</p>`}
        ${this.#mayText(contact) ? checkField(form, 'sms', t.t('office.sms.channel'), t.phone(contact!.mobile!)) : nothing}
        ${channelError ? html`<p id="channels-error" class="error" role="alert">${channelError}</p>` : nothing}
        ${isLink && !this.reminder ? html`<p class="hint">${t.t('docs.linkOnly')}</p>` : nothing}
      </fieldset>
      ${textArea(t, form, 'note', t.t('docs.note'), { rows: 3, hint: t.t('docs.noteHint') })}
      ${other ? html`<p class="banner bad" role="alert">${t.t(other.startsWith('lines') ? 'docs.linesRefused' : 'form.notAccepted')}</p>` : nothing} ${formState(t, form)}
      <div class="actions">
        ${saveButton(t, form, t.t(isLink && !this.reminder ? 'docs.makeLink' : 'office.send'))}
        <button type="button" class="button quiet" @click=${this.#cancel}>${t.t('office.cancel')}</button>
      </div>
    </form>`;
  }

  /** What was made: where it went, and every link, selectable where the clipboard is refused. */
  #done(links: readonly SentLink[]): TemplateResult {
    const { localizer: t } = this;
    const ways = links.flatMap(({ channel }) => (channel ? [t.t(`office.${channel}.channel`)] : []));
    const name = this.#contact?.name ?? '';
    return html`<div class="stack done">
      <p class="banner ok" role="status">${ways.length > 0 || this.reminder ? t.t('docs.sentTo', { name }) : t.t('docs.linkMade', { name })}</p>
      ${links.map(({ channel, url }, at) =>
        url === null
          ? html`<p class="small muted">${t.t('docs.noLinkRight')}</p>`
          : html`<div class="link-row">
              ${field(t, `link-${at}`, channel ? t.t('docs.linkBy', { way: t.t(`office.${channel}.channel`) }) : t.t('docs.link'), undefined, html`<input id="link-${at}" class="field" readonly .value=${url} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />`, { required: true })}
              <button type="button" class="button" @click=${() => this.#copy(url, at)}>${t.t('office.copy')}</button>
            </div>`,
      )}
      ${links.some(({ url }) => url !== null) ? html`<p class="small muted">${t.t('docs.linkSecret')}</p>` : nothing}
      ${this.refused ? html`<p class="banner warn" role="alert">${this.refused}</p>` : nothing}
      <div class="actions"><button type="button" class="button" @click=${() => this.#close()}>${t.t('office.close')}</button></div>
    </div>`;
  }

  #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#form.save();
  };

  #cancel = (): void => {
    this.#form.discard();
    this.#close();
  };

  #close(): void {
    this.renderRoot.querySelector('cc-dialog')?.close();
  }

  async #copy(url: string, at: number): Promise<void> {
    if (await copy(url)) {
      this.refused = '';
      this.say(this.localizer.t('office.copied'));
      return;
    }
    this.refused = this.localizer.t('office.notCopied');
    this.renderRoot.querySelector<HTMLInputElement>(`#link-${at}`)?.select();
  }
}

define('cc-office-send', OfficeSend);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-send': OfficeSend;
  }
}
