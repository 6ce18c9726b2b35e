/** What the parts of the inbox tell its screen. */
import type { InboxChange, InboxItem } from '../../../server/contract/inbox.ts';

/** An item was read anew or changed. */
export class ItemEvent extends Event {
  constructor(
    readonly item: InboxItem,
    /** It is out of the way now; this brings it back. */
    readonly undo?: InboxChange,
  ) {
    super('cc-inbox-item', { bubbles: true });
  }
}

/** The person wants to see the list again. */
export class ListEvent extends Event {
  constructor() {
    super('cc-inbox-list', { bubbles: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'cc-inbox-item': ItemEvent;
    'cc-inbox-list': ListEvent;
  }
}
