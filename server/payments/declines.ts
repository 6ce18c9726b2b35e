/** Why a payment did not work, in words of ours: the payer can act on them, and nothing of Stripe's text goes further. */
import type { Stripe } from 'stripe';
import type { DeclineReason } from '../contract/payments.ts';

const reasons: Record<string, DeclineReason> = {
  insufficient_funds: 'insufficientFunds', expired_card: 'expired', incorrect_cvc: 'wrongCode', invalid_cvc: 'wrongCode', incorrect_number: 'wrongNumber', invalid_number: 'wrongNumber',
  invalid_expiry_month: 'expired', invalid_expiry_year: 'expired', authentication_required: 'authentication', payment_intent_authentication_failure: 'authentication',
  card_not_supported: 'unsupported', currency_not_supported: 'unsupported', withdrawal_count_limit_exceeded: 'limit', card_velocity_exceeded: 'limit', amount_too_large: 'limit',
  processing_error: 'tryAgain', try_again_later: 'tryAgain', issuer_not_available: 'tryAgain', reenter_transaction: 'tryAgain',
  account_closed: 'bank', bank_account_declined: 'bank', debit_not_authorized: 'bank', no_account: 'bank', bank_account_unusable: 'bank', payment_method_microdeposit_failed: 'bank',
  payment_method_microdeposit_verification_attempts_exceeded: 'bank', payment_method_microdeposit_verification_timeout: 'bank',
};

/** What is kept of an error: the finer code where there is one. */
export const codeOf = (error: Stripe.PaymentIntent.LastPaymentError | null): string | null => error && (error.decline_code ?? error.code ?? error.type);

/** Nothing for no decline; the plain “declined” for any code without a word of its own, and never why a card counts as lost or stolen. */
export const reasonOf = (code: string | null): DeclineReason | null => (code === null ? null : (reasons[code] ?? 'declined'));
