/** The reader of one document asks for the whole center. The shell answers it; it does not leave the element. */
export class AllMyJobsEvent extends Event {
  constructor() {
    super('cc-all-my-jobs', { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'cc-all-my-jobs': AllMyJobsEvent;
  }
}
