import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { JobView } from '../../../server/contract/work.ts';
import '../../locale/en-center.ts';
import '../../locale/en-documents.ts';
import '../../locale/en-jobs.ts';
import { formatsOf } from '../../locale/formats.ts';
import { define as defineTag } from '../../parts/define.ts';
import { paperHead } from '../../parts/paper.ts';
import type { TabChangeEvent } from '../../parts/tab-change-event.ts';
import '../../parts/tabs.ts';
import { jobCharges } from './job-charges.ts';
import type { JobContext } from './job-context.ts';
import { jobDetails } from './job-details.ts';
import { jobDocuments } from './job-documents.ts';
import { jobNotes } from './job-notes.ts';
import { jobPill } from './job-state.ts';
import { styles } from './job.styles.ts';
import { PaperView } from './paper-view.ts';

const panels = { details: jobDetails, charges: jobCharges, notes: jobNotes };
type Panel = keyof typeof panels;

/**
 * One job, with the tabs Details, Charges and Notes; also the job sheet that a document link opens.
 *
 * @event {AllMyJobsEvent} cc-all-my-jobs - The reader of a job sheet asks for the whole center.
 * @csspart title - What was done, as the contractor calls it.
 * @csspart pill - A state as a word.
 * @csspart list - The job's estimates and invoices.
 * @csspart row - One of them.
 * @csspart row-name - Its kind and number.
 * @csspart row-amount - Its total.
 * @csspart tabs - The row of tabs.
 * @csspart tab - One tab.
 * @csspart tab-panel - What the selected tab shows.
 * @csspart card - A card within a panel.
 * @csspart section-title - A heading within a panel.
 * @csspart note - One note.
 * @csspart charges - The table of charges.
 * @csspart sums - Subtotal, tax, total, payments and balance.
 * @csspart link - A link that leaves the center.
 * @csspart date-tile - The day of a visit.
 * @csspart button - A button.
 * @csspart empty - What stands in the place of an empty panel.
 * @csspart error - Why the job could not be loaded.
 * @csspart notice - A remark above what was loaded earlier.
 * @csspart skeleton - Bars that stand for the job while it loads.
 */
export class ViewJob extends PaperView<JobView> {
  static override styles = styles;

  protected override readonly kind = 'job';

  /** Which job, for a signed-in person. */
  @property({ attribute: false }) jobId = '';
  /** The tab that shows: `details`, `charges` or `notes`; anything else is the first. */
  @property() tab: string | undefined;

  protected override get wanted(): string {
    return this.jobId;
  }

  protected override get words() {
    const t = this.localizer;
    return { heading: t.t('job.tabs'), back: t.t('job.back'), link: t.t('job.allLead'), gone: t.t('job.gone'), goneLead: t.t('job.goneLead') };
  }

  protected override paper(job: JobView): TemplateResult {
    const t = this.localizer;
    const formats = formatsOf(t, this.card.timeZone);
    const context: JobContext = { formats, card: this.card, lang: this.card.locale, level: this.level + 1 };
    const tab: Panel = this.tab && Object.hasOwn(panels, this.tab) ? (this.tab as Panel) : 'details';
    return html`
      ${paperHead({
        number: t.t('job.number', { number: job.number }),
        pill: jobPill(job, formats),
        subject: job.service,
        place: [job.customer.name, job.address?.line1].filter(Boolean).join(' · '),
        level: this.level,
        lang: context.lang,
      })}
      ${this.document ? nothing : jobDocuments(job.documents, formats, (path) => this.router.go(path))}
      <cc-tabs
        exportparts="tabs, tab, tab-panel"
        label=${t.t('job.tabs')}
        .selected=${tab}
        .tabs=${[
          { id: 'details', label: t.t('job.details') },
          { id: 'charges', label: t.t('job.charges') },
          { id: 'notes', label: t.t('job.notes'), count: job.notes.length },
        ]}
        @cc-tab-change=${this.#onTab}
        >${panels[tab](job, context)}</cc-tabs
      >
    `;
  }

  /** The tab is part of the address, but not a step of its own for Back. */
  readonly #onTab = ({ tab }: TabChangeEvent): void => {
    this.tab = tab;
    const [pathname] = this.router.path.split('?');
    this.router.go(`${pathname}?tab=${tab}`, { replace: true });
  };
}

/** Registers the view; the shell does it once the chunk is here. */
export function define(): void {
  defineTag('cc-view-job', ViewJob);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-view-job': ViewJob;
  }
}
