import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ApiError } from '../../data/errors.ts';
import type { News } from '../../data/live.ts';
import { endSession, readAccess, revokeLink, type AccessLink, type AccessSession, type Contact, type CustomerAccess } from '../../data/office-customers.ts';
import { define } from '../../parts/define.ts';
import '../../parts/dialog.ts';
import type { CcDialog } from '../../parts/dialog.ts';
import { Resource } from '../../parts/resource.ts';
import { screenStyles } from '../form/styles.ts';
import { Screen } from '../screen.ts';
import { instead, outOfDate } from '../states.ts';
import { ChangedEvent } from './changed-event.ts';
import { browserWords, hostOf, when, whenWords } from './words.ts';

/** What somebody is about to end. */
type Ending = { link: AccessLink; session?: undefined } | { session: AccessSession; link?: undefined };

/** Every link of a customer's contacts that works now and every browser that is signed in, each to be ended after a question. */
export class OfficeCustomerAccess extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .none {
        padding: calc(var(--cc-space) * 4) calc(var(--cc-space) * 5);
      }
      .button.danger {
        color: var(--cc-bad);
      }
    `,
  ];

  /** Whose links they are. */
  @property({ attribute: false }) contacts: readonly Contact[] = [];

  @state() private ending: Ending | undefined;
  @state() private busy = false;
  @state() private problem = '';

  readonly #access = new Resource<CustomerAccess>(this, (signal) => readAccess(this.office, this.thing, signal));
  #shown = '';
  /** What was ended here and a slow answer may still name. */
  #ended = new Set<string>();

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.office || !this.thing || this.#shown === this.thing) return;
    this.#shown = this.thing;
    void this.#access.load({ forget: true });
  }

  protected override heard({ what }: News): void {
    if (what === 'link' || what === 'again' || what === 'customer') void this.#access.load();
  }

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    const { value, error } = this.#access;
    if (!this.staff.scopes.includes('links')) return html`<div class="cc"><p class="muted">${t.t('error.forbidden')}</p></div>`;
    if (!value) return html`<div class="cc">${instead(t, error, () => void this.#access.load())}</div>`;
    const links = value.links.filter(({ id }) => !this.#ended.has(id));
    const sessions = value.sessions.filter(({ id, linkId }) => !this.#ended.has(id) && !(linkId && this.#ended.has(linkId)));
    return html`<div class="cc stack">
      ${error ? outOfDate(t, error) : nothing}
      ${this.#panel('links', t.t('access.links'), t.t('access.noLinks'), links.map((link) => this.#link(link)))}
      ${this.#panel('sessions', t.t('access.sessions'), t.t('access.noSessions'), sessions.map((session) => this.#session(session)))}
      ${this.ending ? this.#question(this.ending) : nothing}
    </div>`;
  }

  #panel(id: string, title: string, none: string, rows: TemplateResult[]): TemplateResult {
    return html`<section class="panel">
      <div class="panel-head"><span id="${id}-heading" class="sub" role="heading" aria-level=${this.level} tabindex="-1">${title}</span></div>
      ${rows.length > 0 ? html`<ul class="rows">${rows.map((row) => html`<li class="row">${row}</li>`)}</ul>` : html`<p class="none muted">${none}</p>`}
    </section>`;
  }

  #link(link: AccessLink): TemplateResult {
    const { localizer: t, formats } = this;
    const { document, recipient, address, createdAt, expiresAt, uses, lastUsedAt } = link;
    const sent = recipient ? t.t('access.sentOn', { to: shownAddress(t.phone.bind(t), recipient) }) : address ? t.t('access.sentTo', { to: shownAddress(t.phone.bind(t), address) }) : t.t('access.copied');
    const used = uses === 0 ? t.t('access.unused') : `${t.plural('access.n.uses', uses)}${lastUsedAt ? `, ${t.t('access.lastUsed', { when: whenWords(formats, lastUsedAt) })}` : ''}`;
    return html`<span class="grow">
        <span class="strong">${this.#linkName(link)}</span> ${this.#names([link.contactId])}
        <br /><span class="muted small">${sent} · ${t.t('access.made')} ${when(formats, createdAt)} · ${t.t('access.until')} <time datetime=${expiresAt}>${formats.date(expiresAt, 'medium')}</time></span> <br /><span class="muted small">${used}</span>
      </span>
      ${document
        ? html`<button type="button" role="link" class="button quiet" @click=${() => this.router.go(`/${document.kind}s/${document.id}`)}>${t.t(`access.open.${document.kind}`)}</button>`
        : nothing}
      <button type="button" class="button danger" aria-label="${t.t('access.revoke')}: ${this.#linkName(link)}, ${this.#nameOf(link.contactId)}" @click=${() => this.#ask({ link })}>${t.t('access.revoke')}</button>`;
  }

  #session(session: AccessSession): TemplateResult {
    const { localizer: t, formats } = this;
    const { origin, kind, contactIds, createdAt, lastSeenAt, userAgent } = session;
    const browser = browserWords(t, userAgent);
    return html`<span class="grow">
        <span class="strong">${browser}</span> ${this.#names(contactIds)}
        <br /><span class="muted small">${t.t('access.seen')} ${when(formats, lastSeenAt)} · ${t.t('access.since')} ${when(formats, createdAt)}</span>
        <br /><span class="muted small">${[hostOf(origin), kind === 'document' ? t.t('access.documentOnly') : null].filter(Boolean).join(' · ')}</span>
      </span>
      <button type="button" class="button danger" aria-label="${t.t('access.end')}: ${browser}" @click=${() => this.#ask({ session })}>${t.t('access.end')}</button>`;
  }

  #linkName({ kind, document }: AccessLink): string {
    return document ? this.localizer.t(`access.to.${document.kind}`) : this.localizer.t(kind === 'signIn' ? 'access.signIn' : 'access.login');
  }

  #names(ids: readonly (string | null)[]): TemplateResult {
    return html`<span class="muted">${[...new Set(ids.map((id) => this.#nameOf(id)))].filter(Boolean).join(', ')}</span>`;
  }

  #nameOf(id: string | null): string {
    return this.contacts.find((contact) => contact.id === id)?.name ?? '';
  }

  #question({ link, session }: Ending): TemplateResult {
    const { localizer: t } = this;
    const name = link ? this.#nameOf(link.contactId) : browserWords(t, session!.userAgent);
    return html`<cc-dialog .heading=${t.t(link ? 'access.revokeTitle' : 'access.endTitle')} close-label=${t.t('office.close')} @cc-dialog-close=${() => (this.ending = undefined)}>
      <p>${link ? t.t(link.kind === 'signIn' || !name ? 'access.revokeAnyAsk' : 'access.revokeAsk', { name }) : t.t('access.endAsk', { browser: name })}</p>
      ${this.problem ? html`<p class="banner bad" role="alert">${this.problem}</p>` : nothing}
      <div class="actions">
        <button type="button" class="button" @click=${this.#close}>${t.t('customer.keep')}</button>
        <button type="button" id="end" class="button danger" aria-disabled=${this.busy ? 'true' : 'false'} @click=${this.#end}>${t.t(link ? 'access.revoke' : 'access.end')}</button>
      </div>
    </cc-dialog>`;
  }

  #ask(ending: Ending): void {
    this.problem = '';
    this.ending = ending;
  }

  #close = (): void => this.renderRoot.querySelector<CcDialog>('cc-dialog')?.close();

  /** Gone at once; whoever was signed in by it is out within a second. The list's heading takes the focus of the button that goes. */
  #end = async (): Promise<void> => {
    const { ending } = this;
    if (!ending || this.busy) return;
    const { localizer: t } = this;
    this.busy = true;
    this.problem = '';
    try {
      if (ending.link) await revokeLink(this.office, ending.link.id).catch(gone);
      else await endSession(this.office, ending.session.id).catch(gone);
      this.#ended.add((ending.link ?? ending.session).id);
      this.say(t.t(ending.link ? 'access.revoked' : 'access.endedOne'));
      this.#close();
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>(ending.link ? '#links-heading' : '#sessions-heading')?.focus();
      this.dispatchEvent(new ChangedEvent());
      void this.#access.load();
    } catch (error) {
      this.problem = t.problem(error instanceof ApiError ? error.code : 'internal');
    } finally {
      this.busy = false;
    }
  };
}

/** Somebody else was faster: it has ended, which is what was asked for. */
const gone = (error: unknown): void => {
  if (!(error instanceof ApiError && error.code === 'not_found')) throw error;
};
const shownAddress = (phone: (e164: string) => string, address: string) => (address.startsWith('+') ? phone(address) : address);

define('cc-office-customer-access', OfficeCustomerAccess);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-customer-access': OfficeCustomerAccess;
  }
}
