import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Staff } from '../../../server/contract/account.ts';
import type { InboxItem, InboxItemView } from '../../../server/contract/inbox.ts';
import type { News } from '../../data/live.ts';
import { changeItem, readItem, readRemarked, type RemarkedEstimate } from '../../data/office-inbox.ts';
import { define } from '../../parts/define.ts';
import { Resource } from '../../parts/resource.ts';
import { moment } from '../ago.ts';
import { screenStyles } from '../form/styles.ts';
import { Screen } from '../screen.ts';
import { instead, outOfDate } from '../states.ts';
import './answer.ts';
import type { OfficeInboxAnswer } from './answer.ts';
import { ItemEvent, ListEvent } from './events.ts';
import { styles } from './item.styles.ts';
import { pills, subjectOf, wordOf } from './phrases.ts';
import { remarks } from './remarks.ts';
import './toolbar.ts';
import type { OfficeInboxToolbar } from './toolbar.ts';

/**
 * One item of the inbox: what has happened, what it is about, what the customer wrote, and everything to do with it.
 *
 * @event {ItemEvent} cc-inbox-item - It was read anew or changed.
 * @event {ListEvent} cc-inbox-list - The person wants to see the list again.
 */
export class OfficeInboxItem extends Screen {
  static override styles = [...screenStyles, styles];

  /** What the list knows of it: shows at once. */
  @property({ attribute: false }) known: InboxItem | undefined;
  /** The staff, to give it to. */
  @property({ attribute: false }) people: readonly Staff[] = [];

  @query('cc-office-inbox-toolbar') private toolbar!: OfficeInboxToolbar | null;
  @query('cc-office-inbox-answer') private box!: OfficeInboxAnswer | null;

  /** The box for the answer is on its way, and what is typed meanwhile is meant for it. */
  answering = false;

  /** Somebody else was done with it while it showed. */
  @state() private doneMeanwhile = false;

  readonly #item = new Resource<InboxItemView>(this, (signal) => readItem(this.office, this.thing, signal));
  readonly #estimate = new Resource<RemarkedEstimate>(this, (signal) => readRemarked(this.office, this.#shown!.document!.id, signal));
  #markedAt = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.hasUpdated) void this.#read();
  }

  protected override heard({ what, id }: News): void {
    if (what === 'again' || (what === 'inbox' && id === this.thing)) void this.#read();
    else if (what === 'estimate' && id === this.#shown?.document?.id) void this.#estimate.load();
  }

  /** It is done, as its button says. */
  finish(): Promise<void> | undefined {
    return this.#shown?.doneAt ? undefined : this.toolbar?.finish();
  }

  /** The person wants to answer: on to the box, as soon as it is there. */
  answer(): void {
    if (this.box) this.box.focus();
    else this.answering = !this.#item.error;
  }

  protected override updated(): void {
    if (!this.answering || !this.box) return;
    this.answering = false;
    void this.box.updateComplete.then(() => this.box?.focus());
  }

  get #shown(): InboxItemView | InboxItem | undefined {
    return this.#item.value ?? this.known;
  }

  #retry = async (): Promise<void> => {
    await this.#read();
    this.focus();
  };

  async #read(): Promise<void> {
    const before = this.#shown;
    const wasBusy = this.toolbar?.busy;
    await this.#item.load();
    const item = this.#item.value;
    if (!this.isConnected || !item || this.#item.error) return;
    if (item.doneAt === null) this.doneMeanwhile = false;
    else if (before && before.doneAt === null && !wasBusy && !this.toolbar?.busy) this.doneMeanwhile = true;
    this.dispatchEvent(new ItemEvent(item));
    if (item.document?.kind === 'estimate') void this.#estimate.load();
    if (item.readAt === null && item.doneAt === null && this.#markedAt !== item.at) await this.#markRead(item);
  }

  /** Whoever has it before their eyes has read it. When that cannot be said now, the next one who opens it says so. */
  async #markRead(item: InboxItem): Promise<void> {
    this.#markedAt = item.at;
    const changed = await changeItem(this.office, item.id, { read: true }).catch(() => undefined);
    if (changed && this.isConnected) this.#learn(new ItemEvent(changed));
  }

  /** What was done within, on its way to the screen. */
  #learn = (event: ItemEvent): void => {
    if (this.#item.value) this.#item.value = { ...this.#item.value, ...event.item };
    if (event.item.doneAt === null) this.doneMeanwhile = false;
    this.requestUpdate();
    this.dispatchEvent(new ItemEvent(event.item, event.undo));
  };

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    const { value, error } = this.#item;
    const item = this.#shown;
    if (error?.code === 'not_found') return html`<div class="cc screen">${this.#gone()}</div>`;
    if (!item) return html`<div class="cc screen">${instead(t, error, this.#retry)}</div>`;
    return html`<div class="cc screen" @cc-inbox-item=${this.#within} @keydown=${this.#leaveText}>
      ${error ? outOfDate(t, error) : nothing} ${this.#head(item)}
      <cc-office-inbox-toolbar .item=${item} .people=${this.people} .doneMeanwhile=${this.doneMeanwhile}></cc-office-inbox-toolbar>
      ${this.#story(item)} ${this.#remarks(item)}
      ${value ? html`<cc-office-inbox-answer .thing=${this.thing} .item=${value} .level=${this.level + 1}></cc-office-inbox-answer>` : nothing}
      ${!value && error ? instead(t, error, this.#retry) : nothing}
    </div>`;
  }

  /** From the parts within; our own goes on to the screen. */
  #within = (event: ItemEvent): void => {
    event.stopPropagation();
    this.#learn(event);
  };

  /** Escape leads out of what is typed, which stays, so that the keys act again. */
  #leaveText = ({ key, isComposing, target }: KeyboardEvent): void => {
    if (key === 'Escape' && !isComposing && (target as HTMLElement).shadowRoot?.activeElement instanceof HTMLTextAreaElement) this.focus();
  };

  #head(item: InboxItem): TemplateResult {
    const { localizer: t, formats, level, router } = this;
    const { job, document, customerId, customerName } = item;
    const recipient = this.#item.value?.recipient;
    const link = (path: string, words: string) => html`<button type="button" role="link" class="link" @click=${() => router.go(path)}>${words}</button>`;
    const about = [
      customerId && customerName ? link(`/customers/${customerId}`, customerName) : undefined,
      document && document.kind !== 'job'
        ? link(`/${document.kind}s/${document.id}`, document.number ? t.t(`inbox.${document.kind}`, { number: document.number }) : t.t(`inbox.${document.kind}Bare`))
        : undefined,
      job ? link(`/jobs/${job.id}`, t.t('inbox.job', { number: job.number })) : undefined,
      !customerId && this.staff.scopes.includes('settings') ? link('/settings', t.t('office.settings')) : undefined,
    ].filter((each) => each !== undefined);
    const canRevise = document?.kind === 'estimate' && item.kind !== 'estimateApproved';
    const at = document ? `?at=/${document.kind}s/${document.id}` : '';
    const title = job?.service ?? subjectOf(t, item);
    return html`<div>
      <div class="head">
        <span id="heading" class="title grow" role="heading" aria-level=${level} tabindex="-1">${title}</span>
        <div class="actions">
        ${recipient && customerId ? html`<button type="button" role="link" class="button" @click=${() => router.go(`/customers/${customerId}/see/${recipient.contactId}${at}`)}>${t.t('inbox.see')}</button>` : nothing}
          ${canRevise ? html`<button type="button" role="link" class="button" @click=${() => router.go(`/estimates/${document.id}`)}>${t.t('inbox.revise')}</button>` : nothing}
        </div>
      </div>
      ${about.length > 0 ? html`<nav class="about" aria-label=${t.t('inbox.about')}>${about}</nav>` : nothing}
      <p class="pills">${pills(t, formats, item, title === wordOf(t, item) ? 'amount' : 'both')} ${this.#facts()}</p>
    </div>`;
  }

  /** How far the estimate that it is about has come. */
  #facts(): TemplateResult | typeof nothing {
    const { localizer: t, formats } = this;
    const estimate = this.#estimate.value?.estimate;
    const [last] = estimate?.versions ?? [];
    if (!estimate || !last) return nothing;
    const fact = (words: string, tone = 'outline') => html`<span class="pill ${tone}">${words}</span> `;
    const opened = last.opened.map(({ at }) => at).sort()[0];
    const failed = last.notices.length > 0 && last.notices.every(({ status }) => status === 'failed');
    return html`${fact(t.t('inbox.version', { n: last.version }))} ${fact(t.t('inbox.sentAt', { at: moment(formats, last.sentAt) }))}
    ${failed ? fact(t.t('inbox.notDelivered'), 'bad') : nothing} ${opened ? fact(t.t('inbox.openedAt', { at: moment(formats, opened) })) : nothing}
    ${estimate.decision?.kind === 'approved' ? fact(t.t('inbox.signedBy', { name: estimate.decision.by })) : nothing}`;
  }

  /** Words that became remarks stand with their lines. */
  #story({ text, words, createdAt, kind, document }: InboxItem): TemplateResult {
    const { formats } = this;
    const { value, error } = this.#estimate;
    const elsewhere = kind === 'changesRequested' && document?.kind === 'estimate' && !error && (!value || value.estimate.remarks.length > 0);
    return html`<section class="panel padded">
      <p><span lang=${this.account.locale}>${text}</span> <span class="muted small moment">${moment(formats, createdAt)}</span></p>
      ${words && !elsewhere ? html`<blockquote>${words}</blockquote>` : nothing}
    </section>`;
  }

  #remarks(item: InboxItem): TemplateResult | typeof nothing {
    const { localizer: t, formats, level } = this;
    if (item.kind !== 'changesRequested' || item.document?.kind !== 'estimate') return nothing;
    const { value, error } = this.#estimate;
    if (!value) return error ? html`<div class="panel">${instead(t, error, () => void this.#estimate.load())}</div>` : nothing;
    return remarks(value, { formats, level: level + 1, lang: value.content?.locale ?? this.account.locale, answered: () => void this.#estimate.load() });
  }

  #gone(): TemplateResult {
    const { localizer: t } = this;
    return html`<div class="state">
      <span id="heading" class="state-title" role="heading" aria-level=${this.level} tabindex="-1">${t.t('inbox.gone')}</span>
      <p class="muted">${t.t('inbox.goneLead')}</p>
      <button type="button" class="button" @click=${() => this.dispatchEvent(new ListEvent())}>${t.t('inbox.toList')}</button>
    </div>`;
  }
}

define('cc-office-inbox-item', OfficeInboxItem);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-inbox-item': OfficeInboxItem;
  }
}
