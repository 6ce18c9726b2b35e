/** Something of the customer was changed here; the screen reads it anew. */
export class ChangedEvent extends Event {
  constructor() {
    super('cc-office-customer-changed', { bubbles: true, composed: true });
  }
}
