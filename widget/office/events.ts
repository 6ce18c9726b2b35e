/** What screens tell the shell of the office. They bubble up to it and go no further. */
import type { Account } from '../../server/contract/account.ts';

abstract class OfficeEvent extends Event {
  constructor(type: string) {
    super(type, { bubbles: true, composed: true });
  }
}

/** Something was done: a few words, for a moment, also for screen readers. */
export class SayEvent extends OfficeEvent {
  constructor(readonly text: string) {
    super('cc-office-say');
  }
}

/** The account's settings were changed: everybody gets the new ones. */
export class AccountEvent extends OfficeEvent {
  constructor(readonly account: Account) {
    super('cc-office-account');
  }
}
