import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { consume } from '@lit/context';
import type { Card } from '../../../server/contract/account.ts';
import type { LinkMade } from '../../../server/contract/access.ts';
import { cardContext } from '../../contexts.ts';
import { ApiError } from '../../data/errors.ts';
import { makeAccessLink, type Contact } from '../../data/office-customers.ts';
import { define } from '../../parts/define.ts';
import { copy } from '../copy.ts';
import { languageName } from '../form/regions.ts';
import { screenStyles } from '../form/styles.ts';
import { Screen } from '../screen.ts';
import './contact-form.ts';
import { ChangedEvent } from './changed-event.ts';
import { styles } from './customer-contacts.styles.ts';
import { seenWords, tinted } from './words.ts';

/** What became of a login link that was asked for. */
interface Outcome {
  contactId: string;
  /** There to be copied, because the browser did not let us. */
  link?: LinkMade;
  copied?: boolean;
  problem?: string;
}

/** The people at a customer: how to reach them, what they may do, how they get in, and a login link in one press. */
export class OfficeCustomerContacts extends Screen {
  static override styles = [...screenStyles, styles];

  @consume({ context: cardContext, subscribe: true }) @state() private card: Card | undefined;

  /** Whom it shows. */
  @property({ attribute: false }) contacts: readonly Contact[] = [];

  /** The contact whose form is open; `new` for another one. */
  @state() private editing = '';
  /** What is under way: a contact and a way. */
  @state() private busy = '';
  @state() private outcome: Outcome | undefined;

  #restored = false;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed as never);
    if (!this.router) return;
    // A reload keeps the form that was open.
    if (!this.#restored) this.editing = this.router.restoreDraft(this.#draft) ?? '';
    this.#restored = true;
    if (this.editing === '' || this.editing === 'new' || this.contacts.some(({ id }) => id === this.editing)) return;
    // It was deleted, here or by somebody else, and its form goes with it.
    this.#edit('');
    void this.updateComplete.then(() => this.focus());
  }

  get #draft(): string {
    return `contact of ${this.thing}`;
  }

  protected override render(): TemplateResult {
    const { localizer: t, contacts, editing } = this;
    const edited = contacts.find(({ id }) => id === editing);
    return html`<section class="cc panel">
      <div class="panel-head">
        <span id="heading" class="sub" role="heading" aria-level=${this.level} tabindex="-1">${t.t('customer.contacts')}</span>
        <button type="button" class="button quiet" @click=${() => this.#edit('new')}>${t.t('contact.add')}</button>
      </div>
      ${contacts.length === 0 ? html`<p class="padded muted">${t.t('customer.noContacts')}</p>` : nothing}
      <ul class="rows">
        ${contacts.map((contact) => html`<li class="contact">${this.#contact(contact)}</li>`)}
      </ul>
      ${editing === 'new' || edited
        ? html`<cc-office-contact-form .thing=${this.thing} .contact=${edited} @cc-dialog-close=${this.#closed}></cc-office-contact-form>`
        : nothing}
    </section>`;
  }

  #contact(contact: Contact): TemplateResult {
    const { localizer: t, formats } = this;
    const { id, name, email, mobile, canApprove, canPay, language, links, sessions, lastSeenAt } = contact;
    const notices = [contact.notifyByEmail && email ? t.t('office.email.channel') : '', contact.notifyBySms && mobile ? t.t('office.sms.channel') : ''].filter(Boolean);
    const access = [seenWords(formats, lastSeenAt), links > 0 ? t.plural('contact.n.links', links) : '', sessions > 0 ? t.plural('customer.n.signedIn', sessions) : ''];
    return html`<div class="who">
        <div>
          <p class="strong" role="heading" aria-level=${this.level + 1}>${name}</p>
          <p class="reach">
            ${email ? html`<a class="link" href="mailto:${email}">${email}</a>` : nothing} ${mobile ? html`<a class="link call" href="tel:${mobile}">${t.phone(mobile)}</a>` : nothing}
            ${email || mobile ? nothing : html`<span class="muted">${t.t('contact.noWay')}</span>`}
          </p>
        </div>
        <button type="button" class="button quiet" aria-label=${t.t('contact.edit', { name })} @click=${() => this.#edit(id)}>${t.t('office.edit')}</button>
      </div>
      <p class="pills">
        ${tinted(canApprove ? 'ok' : 'plain', t.t(canApprove ? 'contact.mayApprove' : 'contact.mayNotApprove'))}
        ${tinted(canPay ? 'ok' : 'plain', t.t(canPay ? 'contact.mayPay' : 'contact.mayNotPay'))} ${language ? tinted('plain', languageName(t, language)) : nothing}
      </p>
      <p class="muted small">${notices.length > 0 ? t.t('contact.noticesBy', { ways: new Intl.ListFormat(t.tag).format(notices) }) : t.t('contact.noNotices')}</p>
      <p class="muted small">${access.filter(Boolean).join(' · ')}</p>
      ${this.#ways(contact)} ${this.outcome?.contactId === id ? this.#said(this.outcome, contact) : nothing}`;
  }

  /** A login link, by each way that works for this contact. */
  #ways({ id, name, email, mobile }: Contact): TemplateResult {
    const { localizer: t } = this;
    const way = (how: 'copy' | 'email' | 'sms') =>
      html`<button type="button" class="button" aria-label="${t.t(`contact.${how}Link`)}, ${name}" aria-disabled=${this.busy ? 'true' : 'false'} @click=${() => this.#make(id, how)}>
        ${this.busy === `${id} ${how}` ? t.t('office.sending') : t.t(`contact.${how}Link`)}
      </button>`;
    const mayLink = this.staff.scopes.includes('links');
    return html`<div class="actions">
      ${mayLink ? html`${way('copy')} ${email ? way('email') : nothing} ${mobile && this.card?.sms ? way('sms') : nothing}` : nothing}
      <button type="button" role="link" class="button quiet" aria-label="${t.t('contact.see')}, ${name}" @click=${() => this.router.go(`/customers/${this.thing}/see/${id}`)}>${t.t('contact.see')}</button>
    </div>`;
  }

  #said({ link, copied, problem }: Outcome, { name }: Contact): TemplateResult | typeof nothing {
    const { localizer: t, formats } = this;
    if (problem !== undefined) return html`<p class="banner bad" role="alert">${problem}</p>`;
    if (!link) return nothing;
    const until = t.t('contact.linkUntil', { name, date: formats.date(link.expiresAt, 'medium') });
    if (copied) return html`<p class="banner ok" role="status">${t.t('contact.linkCopied')} ${until}</p>`;
    return html`<div class="banner plain stack" role="status">
      <label for="link">${t.t('contact.linkNotCopied')} ${until}</label>
      <div class="copy">
        <input id="link" class="field" readonly .value=${link.url} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
        <button type="button" class="button" @click=${() => this.#copyAgain(link)}>${t.t('office.copy')}</button>
      </div>
    </div>`;
  }

  async #make(contactId: string, how: 'copy' | 'email' | 'sms'): Promise<void> {
    if (this.busy) return;
    const { localizer: t } = this;
    this.busy = `${contactId} ${how}`;
    this.outcome = undefined;
    try {
      const link = await makeAccessLink(this.office, contactId, how === 'copy' ? undefined : how);
      if (how !== 'copy') this.say(t.t('contact.linkSent', { to: how === 'sms' && link.address ? t.phone(link.address) : (link.address ?? '') }));
      else this.outcome = { contactId, link, copied: await copy(link.url) };
      this.dispatchEvent(new ChangedEvent());
    } catch (error) {
      this.outcome = { contactId, problem: t.problem(error instanceof ApiError ? error.code : 'internal') };
    } finally {
      this.busy = '';
    }
    if (!this.outcome?.link || this.outcome.copied) return;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('#link')?.focus();
  }

  /** A press of its own may do what the first could not. */
  async #copyAgain(link: LinkMade): Promise<void> {
    if (await copy(link.url)) this.say(this.localizer.t('office.copied'));
    else this.renderRoot.querySelector<HTMLInputElement>('#link')?.focus();
  }

  #edit(which: string): void {
    this.editing = which;
    this.router.saveDraft(this.#draft, which || undefined);
  }

  /** Where the button that opened it is gone with the contact, the heading takes the focus. */
  #closed = (event: Event): void => {
    this.#edit('');
    if ((event.target as HTMLElementTagNameMap['cc-office-contact-form']).isGone) this.focus();
  };
}

define('cc-office-customer-contacts', OfficeCustomerContacts);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-customer-contacts': OfficeCustomerContacts;
  }
}
