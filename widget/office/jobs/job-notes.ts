import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { JobOverview } from '../../../server/contract/office.ts';
import { ApiError } from '../../data/errors.ts';
import { changeRecord } from '../../data/office-jobs.ts';
import { define } from '../../parts/define.ts';
import { screenStyles } from '../form/styles.ts';
import { moment } from '../ago.ts';
import { JobPart } from './job-part.ts';
import './note-form.ts';

type Note = JobOverview['notes'][number];

/** Notes, each with who sees it: the customer too, or only the office. */
export class OfficeJobNotes extends JobPart {
  static override styles = [
    ...screenStyles,
    css`
      .note {
        display: grid;
        gap: calc(var(--cc-space) * 2);
        padding: calc(var(--cc-space) * 4) calc(var(--cc-space) * 5);
        border-inline-start: 4px solid var(--cc-line-strong);
      }
      .note.shared {
        border-inline-start-color: var(--cc-accent);
        background: var(--cc-accent-soft);
      }
      .prose {
        white-space: pre-line;
      }
      .pill.seen {
        background: var(--cc-accent);
        color: var(--cc-accent-ink);
      }
      .switch {
        display: inline-flex;
        align-items: center;
        gap: calc(var(--cc-space) * 2);
        min-height: var(--cc-target);
      }
      .switch i {
        position: relative;
        width: 40px;
        height: 24px;
        border: 1px solid var(--cc-line-strong);
        border-radius: 999px;
        background: var(--cc-surface);
      }
      .switch i::after {
        content: '';
        position: absolute;
        inset-block-start: 3px;
        inset-inline-start: 3px;
        width: 16px;
        height: 16px;
        border-radius: 999px;
        background: var(--cc-line-strong);
        transition: translate var(--cc-motion);
      }
      .switch[aria-checked='true'] i {
        border-color: transparent;
        background: var(--cc-accent);
      }
      .switch[aria-checked='true'] i::after {
        translate: 17px 0;
        background: var(--cc-accent-ink);
      }
      .switch:dir(rtl)[aria-checked='true'] i::after {
        translate: -17px 0;
      }
      .foot {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: calc(var(--cc-space) * 1) calc(var(--cc-space) * 4);
      }
    `,
  ];

  @state() private open: { note?: Note } | undefined;
  @state() private problem = '';
  /** The note that is being shared or taken back. */
  @state() private busy = '';

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    const { job, notes } = this.overview;
    return html`<section class="cc panel" aria-labelledby="title">
      <div class="panel-head">
        <h2 id="title" class="sub">${t.t('work.notes')}</h2>
        <button type="button" class="button" @click=${() => (this.open = {})}>${t.t('work.addNote')}</button>
      </div>
      ${this.problem ? html`<p class="banner bad" role="alert">${this.problem}</p>` : nothing}
      ${notes.length > 0 ? html`<ul class="rows">${notes.map((note) => this.#note(note))}</ul>` : html`<p class="muted padded">${t.t('work.noNotes')}</p>`}
      ${this.open
        ? html`<cc-office-note .jobId=${job.id} .note=${this.open.note} @cc-office-saved=${() => this.changed()} @cc-dialog-close=${() => (this.open = undefined)}></cc-office-note>`
        : nothing}
    </section>`;
  }

  #note(note: Note): TemplateResult {
    const { localizer: t, formats } = this;
    const { shared, body, author, createdAt } = note;
    return html`<li class="note ${shared ? 'shared' : ''}">
      <p class="foot">
        <span class="small muted">${[author, moment(formats, createdAt)].filter(Boolean).join(' · ')}</span>
        <span class="pill ${shared ? 'seen' : 'plain'}">${t.t(shared ? 'work.shared' : 'work.private')}</span>
      </p>
      <p class="prose">${body}</p>
      <div class="foot">
        <button type="button" class="switch" role="switch" aria-checked=${shared ? 'true' : 'false'} aria-disabled=${this.busy === note.id ? 'true' : 'false'} @click=${() => void this.#share(note)}>
          <i aria-hidden="true"></i><span class="small">${t.t('work.share')}</span>
        </button>
        <button type="button" class="button quiet" @click=${() => (this.open = { note })}>${t.t('office.edit')}</button>
      </div>
    </li>`;
  }

  /** Asks nothing, but says what it means. */
  async #share(note: Note): Promise<void> {
    if (this.busy) return;
    this.busy = note.id;
    this.problem = '';
    try {
      await changeRecord(this.office, 'notes', note.id, { shared: !note.shared }, note.updatedAt);
      this.say(this.localizer.t(note.shared ? 'work.nowPrivate' : 'work.nowShared'));
    } catch (error) {
      this.problem = this.localizer.problem(error instanceof ApiError ? error.code : 'internal');
    }
    this.busy = '';
    this.changed();
  }
}

define('cc-office-job-notes', OfficeJobNotes);

declare global {
  interface HTMLElementTagNameMap {
    'cc-office-job-notes': OfficeJobNotes;
  }
}
