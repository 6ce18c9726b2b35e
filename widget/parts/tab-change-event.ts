/** Another tab was chosen. It does not leave the view that owns the tabs. */
export class TabChangeEvent extends Event {
  readonly tab: string;

  constructor(tab: string) {
    super('cc-tab-change', { bubbles: true });
    this.tab = tab;
  }
}

declare global {
  interface HTMLElementEventMap {
    'cc-tab-change': TabChangeEvent;
  }
}
