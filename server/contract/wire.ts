/** Shapes that every capability of the wire shares. This folder imports zod and nothing else. */
import { z } from 'zod';

/** `<prefix>_<ULID>`: sortable by creation, safe in a URL, never guessable as a secret. */
export const id = <P extends string>(prefix: P) =>
  z.string().regex(new RegExp(`^${prefix}_[0-9A-HJKMNP-TV-Z]{26}$`), `expected an id like ${prefix}_…`);

/** An account's public name in URLs. */
export const slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'lower-case letters, digits and hyphens, at most 40');

/** ISO 4217 code. */
export const currency = z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code such as USD');

/** An exact amount: `amount` counts minor units (cents for USD, yen for JPY). */
export const money = z.object({ amount: z.int(), currency });
export type Money = z.infer<typeof money>;

/** Minor units of the account's currency as they are written, bounded so that sums of many stay exact. */
export const minorUnits = z.int().min(-999_999_999_999).max(999_999_999_999);

/** A moment, UTC, ISO 8601 with `Z`. */
export const instant = z.iso.datetime();

/** A calendar day in the account's time zone, `YYYY-MM-DD`. */
export const day = z.iso.date();

/** A decimal quantity with at most three decimals, as text so that no float touches it. */
export const quantity = z.string().regex(/^-?\d{1,9}(\.\d{1,3})?$/, 'a number with at most three decimals');

/** A percentage from 0 to 100 with at most three decimals, as text so that no float touches it. */
export const percent = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,3})?$/, 'a percentage with at most three decimals')
  .refine((value) => Number(value) <= 100, 'at most 100');

/** The id of something that the request refers to; whether it exists is found out later. */
export const ref = z.string().max(40).regex(/^[\x21-\x7e]*$/, 'an id');

/** A short BCP 47 language tag; the widget ships `en` and `es`. */
export const language = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag such as en or es-MX')
  .refine((tag) => {
    try {
      return Boolean(new Intl.Locale(tag));
    } catch {
      return false;
    }
  }, 'a language tag such as en or es-MX');

/** A phone number in E.164. */
export const phone = z.string().regex(/^\+[1-9]\d{6,14}$/, 'a phone number such as +14045550142');

/** ISO 3166-1 alpha-2. */
export const country = z.string().regex(/^[A-Z]{2}$/, 'a country code such as US');

/** A web page's address: https, or http on a loopback host while developing. */
export const webUrl = z
  .url({ protocol: /^https?$/, abort: true })
  .max(500)
  .refine((value) => {
    const url = new URL(value);
    return url.protocol === 'https:' || /^(localhost|127\.0\.0\.1|\[::1\]|.*\.localhost)$/.test(url.hostname);
  }, 'https is required')
  .refine((value) => {
    const url = new URL(value);
    return !url.username && !url.password;
  }, 'no user name or password in the address');

const line = (max: number) =>
  z
    .string()
    .max(max)
    .overwrite((value) => value.trim())
    // Control characters have no place in a name; they only serve header injection and spoofing.
    .refine((value) => !/[\u0000-\u001f\u007f]/.test(value), 'one line of text, no control characters');

/** One line of text that may be empty. */
export const text = (max = 200) => line(max);
/** One line of text that says something. */
export const name = (max = 200) => line(max).refine((value) => value.length > 0, 'must not be empty');
/** Several lines. */
export const prose = (max = 10_000) =>
  z
    .string()
    .max(max)
    .refine((value) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value), 'no control characters');

/** An e-mail address of the plain kind (RFC 5321 mailbox without quoting), lower-cased domain. */
export const email = z
  .string()
  .max(254)
  .overwrite((value) => {
    const plain = value.normalize('NFKC').trim();
    const at = plain.lastIndexOf('@');
    return plain.slice(0, at + 1) + plain.slice(at + 1).toLowerCase();
  })
  .regex(z.regexes.email, 'an e-mail address such as maria@example.com');

/** Another back office's own key for a record. */
export const externalId = z.string().min(1).max(100).regex(/^[\x21-\x7e]+$/, 'printable characters without spaces');

/** A list by keyset: hand `nextCursor` back as `cursor`; null at the end. */
export const list = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** Query of every list. */
export const paging = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
});

/** RFC 9457 problem details with a stable `code` for programs. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** What the code is about, where a program can go on with it: see `blockedItem` of payments. */
  items: z.array(z.unknown()).optional(),
});
export type Problem = z.infer<typeof problem>;

/**
 * Every `code` a problem may carry, with its HTTP status and title. The widget translates the code.
 * What a caller may not see answers `not_found` exactly like what does not exist.
 */
export const problemCodes = {
  invalid_request: [400, 'The request is not valid'],
  unauthenticated: [401, 'Sign in first'],
  session_ended: [401, 'This session has ended'],
  proof_required: [401, 'A proof of possession is required'],
  code_wrong: [401, 'That code is not right'],
  origin_refused: [403, 'This website is not on the account’s list'],
  forbidden: [403, 'Not allowed'],
  not_found: [404, 'Not found'],
  conflict: [409, 'The record was changed meanwhile'],
  document_expired: [409, 'This document is no longer valid'],
  document_withdrawn: [409, 'This document was withdrawn'],
  document_decided: [409, 'This document was decided already'],
  due_changed: [409, 'What is due has changed meanwhile'],
  payment_in_progress: [409, 'A payment is in progress'],
  not_payable: [409, 'This cannot be paid online now'],
  already_exists: [409, 'That already exists'],
  in_flight: [409, 'The same request is still being worked on'],
  link_expired: [410, 'This link has expired'],
  code_expired: [410, 'This code has expired'],
  stale: [412, 'This is no longer the current version'],
  too_large: [413, 'The request is too large'],
  unsupported_media: [415, 'This content type is not supported'],
  key_reused: [422, 'The idempotency key was used for another request'],
  precondition_required: [428, 'If-Match is required'],
  too_many_requests: [429, 'Too many requests'],
  internal: [500, 'Something went wrong on our side'],
  payments_unavailable: [503, 'Stripe cannot be reached; nothing was charged'],
  unavailable: [503, 'Busy; try again shortly'],
} as const satisfies Record<string, readonly [number, string]>;
export type ProblemCode = keyof typeof problemCodes;
