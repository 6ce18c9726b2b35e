import { css } from 'lit';
import { property } from 'lit/decorators.js';
import type { JobOverview } from '../../../server/contract/office.ts';
import '../locale/en-jobs.ts';
import { Screen } from '../screen.ts';

/** Something of the job was changed here; its screen reads it anew. */
export class JobChangedEvent extends Event {
  constructor() {
    super('cc-office-job-changed', { bubbles: true });
  }
}

/** Rows of a part stay in two columns, however narrow it is. */
export const partStyles = css`
  .row {
    flex-wrap: nowrap;
  }
  .row .grow {
    min-width: 0;
  }
  .row > :not(.grow) {
    flex: none;
    max-width: 50%;
    text-align: end;
  }
`;

/**
 * A part of a job's screen.
 *
 * @event {JobChangedEvent} cc-office-job-changed - Something of the job was changed.
 */
export class JobPart extends Screen {
  /** The job with everything that belongs to it. */
  @property({ attribute: false }) overview!: JobOverview;

  protected changed(): void {
    this.dispatchEvent(new JobChangedEvent());
  }
}
