/** The account (a contractor): its public card, and what the office sees and sets. */
import { z } from 'zod';
import { tax, taxRounding } from './documents.ts';
import { country, currency, id, instant, language, list, name, phone, prose, slug, webUrl, email } from './wire.ts';

const accent = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'a colour such as #0b62c4')
  .overwrite((value) => value.toLowerCase());

/** IANA time zone name. */
export const timeZone = z.string().max(60).refine((zone) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}, 'an IANA time zone such as America/New_York');

/** `GET /v1/accounts/{account}`: public, cacheable, answers any origin. */
export const card = z.object({
  id: id('acct'),
  slug,
  name: z.string(),
  logoUrl: z.string().nullable(),
  accent: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  country: z.string(),
  timeZone: z.string(),
  locale: z.string(),
  currency,
  /** What the signed-in center offers besides history. */
  marketing: z.boolean(),
  bookingPublished: z.boolean(),
  /** Whether a sign-in code can go to a mobile number. */
  sms: z.boolean(),
  /** The same center on the server's own origin. */
  hostedUrl: z.string(),
  /** Whether the `Origin` of this request is on the account's list. */
  originAllowed: z.boolean(),
});
export type Card = z.infer<typeof card>;

/** Everything the office may set about its own account. */
export const accountSettings = z.object({
  name: name(100),
  accent,
  phone: phone.nullable(),
  /** Where replies to the account's mail go. */
  email: email.nullable(),
  country,
  timeZone,
  locale: language,
  currency,
  marketing: z.boolean(),
  bookingPublished: z.boolean(),
  /** Taxes that a new estimate or invoice starts with. */
  taxes: z.array(tax).max(10),
  /** Whether prices contain their taxes. */
  taxIncluded: z.boolean(),
  taxRounding,
  /** Terms that a new estimate or invoice starts with. */
  estimateTerms: prose(20_000).nullable(),
  invoiceTerms: prose(20_000).nullable(),
  /** Such as “By check to …”; stands on every invoice. */
  otherWaysToPay: prose(4000).nullable(),
  /** Days from sending an invoice until it is due. */
  invoiceDueDays: z.int().min(0).max(365),
  /** `code`: whoever approves types a code that was sent to the address on file. */
  approvalVerification: z.enum(['none', 'code']),
  /** Whether e-mails about a document carry it as a PDF. */
  attachPdf: z.boolean(),
  /** Whether customers may pay a part of an invoice online. */
  partialPayments: z.boolean(),
  /** Whether the pay view asks for a tip. */
  askTip: z.boolean(),
  /** Whether Stripe mails a receipt of its own, besides ours. */
  stripeReceipts: z.boolean(),
});
/** What an account starts with, besides what its maker says. */
export const accountDefaults = {
  marketing: false, bookingPublished: false, taxes: [], taxIncluded: false, taxRounding: 'document', estimateTerms: null, invoiceTerms: null,
  otherWaysToPay: null, invoiceDueDays: 0, approvalVerification: 'none', attachPdf: false,
  partialPayments: false, askTip: false, stripeReceipts: false,
} as const satisfies Partial<z.input<typeof accountSettings>>;
export const account = accountSettings.extend({
  id: id('acct'),
  slug,
  logoUrl: z.string().nullable(),
  createdAt: instant,
  /** The version of the settings and the logo; `If-Match` takes it as the `ETag` says it. */
  updatedAt: instant,
});
export type Account = z.infer<typeof account>;
export const accountChange = z.strictObject(accountSettings.shape).partial();

/** A page of the contractor's website where the widget stands. */
export const page = z.object({
  id: id('page'),
  url: webUrl,
  main: z.boolean(),
  /** When the widget was asked for on this website last, to the hour; null before. */
  lastSeenAt: instant.nullable(),
});
export type Page = z.infer<typeof page>;
export const pageNew = z.strictObject({ url: webUrl, main: z.boolean().optional() });
export const pageChange = pageNew.partial();
export const pages = list(page);

/** A website that embeds the widget without being on the list, as reported by the widget. */
export const sighting = z.object({ origin: z.string(), firstSeenAt: instant, lastSeenAt: instant, count: z.int() });
export const sightings = list(sighting);
export const sightingReport = z.object({ url: z.url({ protocol: /^https?$/ }).max(500) });
export const sightingAllowed = z.strictObject({ origin: z.url({ protocol: /^https?$/ }).max(300) });

export const staffRole = z.enum(['owner', 'clerk']);
export const staff = z.object({ id: id('staff'), name: z.string(), email: z.string(), role: staffRole, createdAt: instant });
export const staffNew = z.strictObject({ name: name(100), email, role: staffRole });
export const staffChange = staffNew.partial();
export const staffList = list(staff);
export type Staff = z.infer<typeof staff>;

/** What an API key may do: `read`, `write` records, make and send `links`, change `settings`. */
export const scope = z.enum(['read', 'write', 'links', 'settings']);
export type Scope = z.infer<typeof scope>;
export const apiKey = z.object({
  id: id('key'),
  name: z.string(),
  scopes: z.array(scope),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
});
export const apiKeyNew = z.strictObject({ name: name(100), scopes: z.array(scope).min(1).max(4) });
/** The secret is shown once, here. */
export const apiKeyMade = apiKey.extend({ secret: z.string() });
export const apiKeys = list(apiKey);
