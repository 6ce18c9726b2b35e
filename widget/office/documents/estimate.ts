import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import type { Estimate, EstimateContent, EstimateView } from '../../../server/contract/estimates.ts';
import type { JobOverview } from '../../../server/contract/office.ts';
import type { News } from '../../data/live.ts';
import { deleteEstimate, downloadEstimate, previewEstimate, readEstimate, readVersion, remindOfEstimate, sendEstimate, withdrawEstimate } from '../../data/office-estimates.ts';
import { define as defineTag } from '../../parts/define.ts';
import { empty } from '../../parts/states.ts';
import { pill } from '../../parts/pill.ts';
import { Resource } from '../../parts/resource.ts';
import { screenStyles } from '../form/styles.ts';
import '../../locale/en-documents.ts';
import '../locale/en-estimates.ts';
import { instead, outOfDate } from '../states.ts';
import { factPills } from './document-facts.ts';
import { DocumentScreen } from './document-screen.ts';
import { asApproved, decisionList } from './estimate-decisions.ts';
import type { OfficeEstimateEditor } from './estimate-editor.ts';
import './estimate-editor.ts';
import './estimate-history.ts';
import { LivePreview } from './estimate-live.ts';
import './estimate-preview.ts';
import type { AnsweredEvent } from './estimate-remarks.ts';
import './estimate-remarks.ts';
import { estimateStyles } from './estimate.styles.ts';
import type { SendWish, SentLink } from './send-dialog.ts';
import './send-dialog.ts';

interface Read {
  estimate: Estimate;
  job: JobOverview;
  /** What was approved, word for word. */
  approved: EstimateContent | undefined;
}

/** Whether its customer can still answer what was sent. */
const isWaiting = ({ status }: Estimate) => status === 'sent' || status === 'changesRequested';

/** One estimate: written with the customer's view of it beside, sent, followed and revised. */
export class OfficeEstimate extends DocumentScreen<'send' | 'remind' | 'withdraw' | 'delete'> {
  static override styles = [...screenStyles, estimateStyles];

  @query('cc-office-estimate-editor') private editor!: OfficeEstimateEditor | null;

  readonly #read = new Resource<Read>(this, async (signal) => {
    const read = await readEstimate(this.office, this.thing, signal);
    const approved = read.estimate.status === 'approved' && read.estimate.version > 0 ? await readVersion(this.office, this.thing, read.estimate.version, signal) : undefined;
    return { ...read, approved };
  });
  readonly #preview = new LivePreview(this, (change, signal) => previewEstimate(this.office, this.thing, change, signal));
  #shown = '';
  #approved: { of: Estimate; view: EstimateView } | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.office || !this.thing || this.thing === this.#shown) return;
    this.#shown = this.thing;
    this.begin();
    this.#preview.reset();
    void this.#read.load({ forget: true });
  }

  protected override heard({ what, id }: News): void {
    const { value } = this.#read;
    if (what === 'again' || (what === 'estimate' && id === this.thing) || (what === 'job' && id === value?.estimate.jobId) || (what === 'notice' && value?.estimate.version)) void this.#read.load();
  }

  /** The estimate as it stands after something was done here. */
  #learn(estimate: Estimate): void {
    const { value } = this.#read;
    if (!value || estimate === value.estimate) return;
    this.#read.value = { ...value, estimate };
    this.requestUpdate();
  }

  readonly #follow = (): void => {
    const { editor } = this;
    if (!editor) return;
    this.#learn(editor.estimate);
    this.#preview.follow(editor.change);
  };

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    const { value, error } = this.#read;
    if (!value)
      return html`<div class="cc screen">
        <span id="heading" class="title" role="heading" aria-level=${this.level} tabindex="-1">${t.t('est.heading')}</span>
        ${error?.code === 'not_found'
          ? empty(t.t('est.gone'), t.t('est.goneLead'), html`<button type="button" class="button" @click=${() => this.router.go('/documents/estimates')}>${t.t('est.all')}</button>`)
          : instead(t, error, () => void this.#read.load())}
      </div>`;
    const { estimate, job, approved } = value;
    return html`<div class="cc screen estimate" data-side=${this.side}>
      ${error ? outOfDate(t, error) : nothing} ${this.#head(estimate, job)}
      ${this.trouble ? html`<p class="banner bad" role="alert">${t.problem(this.trouble)}</p>` : nothing}
      ${this.sides(t.t('est.heading'), { edit: t.t('est.side.edit'), preview: t.t('est.side.preview') })}
      <div class="halves">
        <div class="stack writing">
          ${decisionList(estimate, { formats: this.formats, level: this.level + 1, lineName: (id) => this.#lineName(value, id), certificate: (version) => void this.attempt(() => downloadEstimate(this.office, estimate.id, { what: 'certificate', version })) })}
          ${estimate.remarks.length > 0
            ? html`<cc-office-estimate-remarks .estimate=${estimate} .level=${this.level + 1} @cc-estimate-answered=${(event: AnsweredEvent) => this.#learn(event.estimate)}></cc-office-estimate-remarks>`
            : nothing}
          ${approved || estimate.status === 'approved'
            ? html`<p class="banner plain">${t.t('est.final')}</p>`
            : html`${estimate.version > 0 ? html`<p class="small muted">${this.#revising(estimate)}</p>` : nothing}
                <cc-office-estimate-editor .estimate=${estimate} .job=${job} .level=${this.level} @cc-estimate-draft=${this.#follow}></cc-office-estimate-editor>`}
          ${estimate.versions.length > 0 ? html`<cc-office-estimate-history .estimate=${estimate} .level=${this.level + 1}></cc-office-estimate-history>` : nothing}
          ${this.#rest(estimate)}
        </div>
        ${this.#look(value)}
      </div>
      ${this.#dialogs(estimate, job)}
    </div>`;
  }

  #head(estimate: Estimate, { job, customer }: JobOverview): TemplateResult {
    const { localizer: t, formats } = this;
    const { number, version, status, draft } = estimate;
    const contactId = draft.contactId ?? job.contactId ?? this.#read.value!.job.contacts[0]?.id;
    const go = (path: string, words: string) => html`<button type="button" role="link" class="link" @click=${() => this.router.go(path)}>${words}</button>`;
    const tone = { approved: 'ok', changesRequested: 'warn' } as const;
    return html`<header class="head">
      <div class="grow">
        <p class="over">
          ${number ? t.t('document.estimate', { number }) : t.t('est.heading')}${version > 0 ? ` · ${t.t('document.version', { version })}` : ''} ·
          ${go(`/jobs/${job.id}`, t.t('est.job', { number: job.number }))} · ${go(`/customers/${customer.id}`, customer.name)}
        </p>
        <span id="heading" class="title" role="heading" aria-level=${this.level} tabindex="-1">${draft.title}</span>
      </div>
      <div class="actions">
        ${version > 0 && contactId ? html`<button type="button" class="button" @click=${() => this.router.go(`/customers/${customer.id}/see/${contactId}?at=/estimates/${this.thing}`)}>${t.t('est.see')}</button>` : nothing}
        ${isWaiting(estimate) ? html`<button type="button" class="button" @click=${() => (this.dialog = 'remind')}>${t.t('est.remind')}</button>` : nothing}
        ${status === 'approved'
          ? html`<button type="button" class="button primary" @click=${() => this.router.go(`/jobs/${job.id}`)}>${t.t('est.invoice')}</button>`
          : html`<button type="button" class="button primary" aria-disabled=${this.busy ? 'true' : 'false'} @click=${this.#send}>${t.t('est.send')}</button>`}
      </div>
      <div class="facts-row">${status === 'sent' ? nothing : pill(tone[status as keyof typeof tone] ?? 'plain', t.t(`est.status.${status}`))} ${factPills(estimate.versions, formats)}</div>
    </header>`;
  }

  /** What happens to the version that was sent while this one is written. */
  #revising(estimate: Estimate): string {
    const { localizer: t } = this;
    const numbers = { version: estimate.version, next: estimate.version + 1 };
    return isWaiting(estimate) ? t.t('est.revising', numbers) : t.t('est.renewing', numbers);
  }

  #lineName({ estimate, approved }: Read, id: string): string | undefined {
    return [...(approved?.lines ?? []), ...estimate.draft.lines].find((line) => line.id === id)?.description;
  }

  #look(value: Read): TemplateResult {
    const { localizer: t } = this;
    const { behind, value: live } = this.#preview;
    const approved = this.#asApproved(value);
    const shown = approved ?? live;
    const words = approved || !behind ? '' : behind === 'incomplete' ? t.t('est.previewWaits') : behind === 'offline' ? t.t('est.previewOffline') : t.problem(behind);
    return html`<section class="looking" aria-label=${t.t('est.preview')} tabindex="0">
      <p class="over">${t.t(approved ? 'est.previewApproved' : 'est.preview')}</p>
      <div role="status">${words ? html`<p class="banner warn small">${words}</p>` : nothing}</div>
      ${shown ? html`<cc-office-estimate-preview .estimate=${shown}></cc-office-estimate-preview>` : behind ? nothing : instead(t, undefined, () => undefined)}
    </section>`;
  }

  /** The same as long as the estimate is, so that its view is not drawn anew for nothing. */
  #asApproved({ estimate, approved }: Read): EstimateView | undefined {
    if (!approved) return undefined;
    if (this.#approved?.of !== estimate) this.#approved = { of: estimate, view: asApproved(estimate, approved) };
    return this.#approved.view;
  }

  /** What is done rarely, and cannot be undone. */
  #rest(estimate: Estimate): TemplateResult | typeof nothing {
    const { localizer: t } = this;
    const { version, status } = estimate;
    if (version > 0 && (status === 'approved' || status === 'withdrawn')) return nothing;
    const what = version === 0 ? 'delete' : 'withdraw';
    return html`<div class="actions"><button type="button" class="button quiet danger" @click=${() => (this.dialog = what)}>${t.t(`est.${what}`)}</button></div>`;
  }

  #dialogs(estimate: Estimate, { job, contacts }: JobOverview): TemplateResult | typeof nothing {
    const { localizer: t, dialog } = this;
    if (!dialog) return nothing;
    if (dialog === 'send' || dialog === 'remind') {
      const isReminder = dialog === 'remind';
      const numbers = { version: estimate.version, next: estimate.version + 1 };
      const lead = isReminder ? '' : estimate.version === 0 ? t.t('est.sendFirst') : estimate.changed || !isWaiting(estimate) ? t.t('est.sendNext', numbers) : t.t('est.sendAgain', numbers);
      return html`<cc-office-send
        .heading=${t.t(isReminder ? 'est.remindTitle' : 'est.sendTitle')}
        .document=${estimate.id}
        .contacts=${contacts}
        .contactId=${estimate.draft.contactId ?? job.contactId}
        .lead=${lead}
        .reminder=${isReminder}
        .send=${isReminder ? this.#remindNow : this.#sendNow}
        @cc-dialog-close=${this.closeDialog}
      ></cc-office-send>`;
    }
    const words = { heading: t.t(`est.${dialog}Title`), lead: t.t(`est.${dialog}Lead`), deed: t.t(`est.${dialog}`) };
    return this.question(words, dialog === 'delete' ? this.#delete : this.#withdraw);
  }

  /** Saves what is typed, then asks how it shall travel. */
  readonly #send = async (): Promise<void> => {
    if (!(await this.saved(this.editor))) return;
    this.#learn(this.editor!.estimate);
    this.dialog = 'send';
  };

  readonly #sendNow = async ({ contactId, channels, note }: SendWish, key: string): Promise<readonly SentLink[]> => {
    const { estimate, links } = await sendEstimate(this.office, this.thing, { contactId, channels, note }, this.#read.value!.estimate.updatedAt, key);
    this.#learn(estimate);
    this.#preview.follow(this.editor?.change, { anew: true });
    return links;
  };

  readonly #remindNow = async ({ contactId, channels, note }: SendWish, key: string): Promise<readonly SentLink[]> => {
    this.#learn(await remindOfEstimate(this.office, this.thing, { contactId, channels, note }, key));
    return [];
  };

  readonly #withdraw = (): Promise<void> =>
    this.attempt(async () => {
      this.#learn(await withdrawEstimate(this.office, this.thing));
      this.say(this.localizer.t('est.withdrawn'));
    });

  readonly #delete = (): Promise<void> =>
    this.attempt(async () => {
      await deleteEstimate(this.office, this.thing);
      this.say(this.localizer.t('office.deleted'));
      this.router.go(`/jobs/${this.#read.value!.estimate.jobId}`, { replace: true });
    });

  protected override reread(): void {
    void this.#read.load();
  }
}

/** Registers it; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-office-estimate', OfficeEstimate);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-estimate': OfficeEstimate;
  }
}
