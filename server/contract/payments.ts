/** Paying online: attempts of customers, receipts, saved cards; and the office's side of it, with the connection to Stripe. */
import { z } from 'zod';
import { day, id, instant, list, minorUnits, money, paging, ref, text, webUrl } from './wire.ts';

/**
 * How far an attempt to pay got. `open`: the payer has not finished. `processing`: their bank has it, which takes up to four
 * business days. `failed`: their bank refused it afterwards.
 */
export const paymentState = z.enum(['open', 'processing', 'succeeded', 'failed', 'canceled']);
export type PaymentState = z.infer<typeof paymentState>;
/** Why a payment did not work, as far as the payer can act on it; the widget has a sentence for each. */
export const declineReason = z.enum(['declined', 'insufficientFunds', 'expired', 'wrongCode', 'wrongNumber', 'authentication', 'limit', 'unsupported', 'bank', 'mismatch', 'tryAgain']);
export type DeclineReason = z.infer<typeof declineReason>;

/** What paid: the kind as Stripe names it (`card`, `us_bank_account`, `klarna` …), and how people know it. */
export const paidWith = z.object({ type: z.string(), brand: z.string().nullable(), last4: z.string().nullable() });

/** `GET …/payment-options`: what the pay view needs before it loads anything from Stripe. */
export const paymentOptions = z.object({
  /** False while the account cannot take money online; then the keys are null. */
  available: z.boolean(),
  publishableKey: z.string().nullable(),
  /** The connected account that is paid; null where the key is the contractor's own. */
  stripeAccount: z.string().nullable(),
  currency: z.string(),
  /** The least that a card takes, in minor units. */
  minimum: z.int(),
  /** Whether a part of what is due may be paid. */
  partial: z.boolean(),
  /** Whether to ask for a tip. */
  tip: z.boolean(),
  /** Whether this person may keep cards for the next time. */
  saveCards: z.boolean(),
});
export type PaymentOptions = z.infer<typeof paymentOptions>;

/** An amount towards an invoice, as the payer saw it. */
export const paymentItem = z.strictObject({
  invoiceId: ref,
  /** Of the invoice that the payer saw. Another version: 412. */
  etag: text(100),
  /** Minor units, from 1 to what is due. */
  amount: minorUnits.min(1),
});
export const paymentNew = z.strictObject({
  items: z.array(paymentItem).min(1).max(40),
  /** Minor units on top, for the people who did the work; settles nothing. */
  tip: minorUnits.min(0).max(10_000_000).default(0),
  /** Keeps the card for the next time; the payer has agreed. */
  saveCard: z.boolean().default(false),
  /** One of the payer's saved cards, instead of what the form asks. */
  savedCard: text(100).optional(),
  /** Where a bank sends the payer back to: one of the account's pages, or our own. */
  returnUrl: webUrl,
});
export type PaymentNew = z.input<typeof paymentNew>;

/** An attempt to pay, as its reader sees it. */
export const paymentAttempt = z.object({
  id: id('att'),
  state: paymentState,
  /** All of it, with the tip. */
  amount: money,
  tip: money,
  items: z.array(z.object({ invoiceId: z.string(), number: z.string(), title: z.string(), amount: money })),
  method: paidWith.nullable(),
  decline: declineReason.nullable(),
  /** Where a payer proves a bank account by two small amounts. */
  verifyUrl: z.string().nullable(),
  startedAt: instant,
  paidAt: instant.nullable(),
  /** The receipt's; null before there is one. */
  receiptNumber: z.string().nullable(),
  /** What went back so far, and single refunds. */
  refunded: money,
  refunds: z.array(z.object({ amount: money, on: day, state: z.enum(['pending', 'succeeded']) })),
  disputed: z.boolean(),
  /** Whether this reader is who pays. */
  own: z.boolean(),
});
export type PaymentAttempt = z.infer<typeof paymentAttempt>;

/** What the payer's browser needs to go on with Stripe. */
export const paymentStarted = z.object({
  payment: paymentAttempt,
  /** Of Stripe's PaymentIntent; null when there is nothing left to confirm. */
  clientSecret: z.string().nullable(),
  /** The `returnUrl`, with the payment's id. */
  returnUrl: z.string(),
});
export type PaymentStarted = z.infer<typeof paymentStarted>;

/** Why an invoice of a selection cannot be paid as asked. */
export const blockedItem = z.object({
  invoiceId: z.string(),
  reason: z.enum(['stale', 'dueChanged', 'inProgress', 'notPayable']),
  /** What is due now, less what is on its way. */
  due: money,
  etag: z.string(),
  /** Of a payment in progress: since when, and by whom as far as this person may know. */
  since: instant.nullable(),
  by: z.string().nullable(),
});
export type BlockedItem = z.infer<typeof blockedItem>;

/** A card that a customer keeps with the contractor's Stripe account. */
export const savedCard = z.object({ id: z.string(), brand: z.string(), last4: z.string(), expires: z.string(), preferred: z.boolean() });
export type SavedCard = z.infer<typeof savedCard>;
export const savedCards = list(savedCard);
export const savedCardChange = z.strictObject({ preferred: z.literal(true) });
/** A card is added through Stripe's form: the secret of a SetupIntent. */
export const cardSetup = z.object({ clientSecret: z.string(), returnUrl: z.string() });
export const cardSetupNew = z.strictObject({ returnUrl: webUrl });
export type CardSetup = z.infer<typeof cardSetup>;

/** The same view on our own origin, with this session handed over once. */
export const hostedHandoff = z.object({ url: z.string() });

/** An online payment as the office sees it. */
export const onlinePayment = z.object({
  id: id('att'),
  state: paymentState,
  customerId: z.string(),
  payer: z.string(),
  amount: money,
  tip: money,
  items: z.array(z.object({ invoiceId: z.string(), number: z.string(), amount: money })),
  method: paidWith.nullable(),
  decline: declineReason.nullable(),
  receiptNumber: z.string().nullable(),
  refunded: money,
  refunds: z.array(z.object({ id: z.string(), amount: money, state: z.enum(['pending', 'succeeded', 'failed']), reason: z.string().nullable(), createdAt: instant })),
  disputes: z.array(z.object({ id: z.string(), amount: money, state: z.string(), reason: z.string().nullable(), createdAt: instant })),
  /** What settled no invoice because it was paid otherwise meanwhile. */
  overpaid: money,
  /** Stripe's own id, for looking it up there. */
  paymentIntent: z.string().nullable(),
  createdAt: instant,
  paidAt: instant.nullable(),
  updatedAt: instant,
});
export type OnlinePayment = z.infer<typeof onlinePayment>;
export const onlinePayments = list(onlinePayment);
export const onlinePaymentsQuery = z.strictObject({ ...paging.shape, customerId: ref.optional(), invoiceId: ref.optional(), state: paymentState.optional() });
export const refundNew = z.strictObject({
  /** Minor units; all that is left when absent. */
  amount: minorUnits.min(1).optional(),
  reason: text(200).optional(),
});

/** How the account stands with Stripe. */
export const stripeConnection = z.object({
  /** `off`: this server has no Stripe keys. `own`: the operator's key belongs to this account. */
  mode: z.enum(['off', 'connect', 'own']),
  status: z.enum(['none', 'onboarding', 'active', 'restricted', 'disconnected']),
  stripeAccount: z.string().nullable(),
  livemode: z.boolean(),
  chargesEnabled: z.boolean(),
  detailsSubmitted: z.boolean(),
  /** Whether an existing Stripe account can be connected (OAuth is set up). */
  oauth: z.boolean(),
  /** Websites of the account's pages, and whether wallets may appear there. */
  domains: z.array(z.object({ domain: z.string(), registered: z.boolean() })),
  connectedAt: instant.nullable(),
  checkedAt: instant.nullable(),
});
export type StripeConnection = z.infer<typeof stripeConnection>;
/** Where the owner goes on at Stripe; works once and only for minutes. */
export const stripeForward = z.object({ url: z.string() });

