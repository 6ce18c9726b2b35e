/** What the elements tell the page. All bubble and cross shadow roots; none carries a credential. */
import type { CcPaymentEvent } from './payment-event.ts';

abstract class CcEvent extends Event {
  constructor(type: string, init?: EventInit) {
    super(type, { bubbles: true, composed: true, ...init });
  }
}

/** A request is about to leave. Cancelled, it fails as if the network had refused it. */
export class CcFetchEvent extends CcEvent {
  constructor(
    readonly method: string,
    readonly url: string,
  ) {
    super('cc-fetch', { cancelable: true });
  }
}

/** Somebody is signed in: at the start, after a code, or by a link. */
export class CcSignInEvent extends CcEvent {
  constructor(
    /** `customer` for the whole center, `document` for a link to one document. */
    readonly kind: 'customer' | 'document',
  ) {
    super('cc-sign-in');
  }
}

/** Nobody is signed in any more. */
export class CcSignOutEvent extends CcEvent {
  constructor() {
    super('cc-sign-out');
  }
}

/** Another view shows. */
export class CcNavigateEvent extends CcEvent {
  constructor(
    /** The view's path within the center, such as `/jobs/job_01J…`. */
    readonly path: string,
  ) {
    super('cc-navigate');
  }
}

declare global {
  interface HTMLElementEventMap {
    'cc-fetch': CcFetchEvent;
    'cc-sign-in': CcSignInEvent;
    'cc-sign-out': CcSignOutEvent;
    'cc-navigate': CcNavigateEvent;
    'cc-payment': CcPaymentEvent;
  }
}
