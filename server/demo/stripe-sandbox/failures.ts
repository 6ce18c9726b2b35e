/** How the sandbox says no: the status and the `error` that Stripe answers with. */
import type { Stripe } from 'stripe';

export interface ErrorBody {
  type: 'invalid_request_error' | 'card_error' | 'idempotency_error' | 'api_error';
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
  charge?: string;
  payment_method?: Stripe.PaymentMethod;
  payment_intent?: Stripe.PaymentIntent;
  setup_intent?: Stripe.SetupIntent;
}

export class Failure extends Error {
  readonly status: number;
  readonly error: ErrorBody;

  constructor(status: number, error: ErrorBody) {
    super(error.message);
    this.status = status;
    this.error = error;
  }
}

/** What OAuth answers instead: `error` is a word, not an object. */
export class OAuthFailure extends Error {
  readonly status: number;
  readonly error: string;

  constructor(status: number, error: string, description: string) {
    super(description);
    this.status = status;
    this.error = error;
  }
}

export const invalid = (message: string, more: Omit<ErrorBody, 'type' | 'message'> = {}): Failure => new Failure(400, { type: 'invalid_request_error', message, ...more });

export const noSuch = (kind: string, id: string, param = 'id'): Failure =>
  new Failure(404, { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${kind}: '${id}'`, param });
