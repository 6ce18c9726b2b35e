/** Links, the door, handoffs and sessions (sign-in without a password). */
import { z } from 'zod';
import { email, id, instant, language, list, paging, phone, ref } from './wire.ts';

/** base64url of 32 bytes: link tokens, handoffs, verifiers and challenges. */
export const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'a 43-character token');
const code = z.string().regex(/^\d{6}$/, 'six digits');

/** Where in the center a person was, or should arrive; a path of the widget's own router. */
export const destination = z.string().max(200).regex(/^\/[\w/-]*(\?[\w=&%.-]*)?$/, 'a path of the center');

export const signInRequestNew = z.object({
  audience: z.enum(['customer', 'staff']).default('customer'),
  /** An e-mail address, or a mobile number (only where the account's card says `sms`). */
  address: z.union([email, phone]),
  /** S256 challenge (RFC 7636) of a verifier that never leaves the asking browser. */
  challenge: token,
  language: language.optional(),
  /** The page that asked, so that the link comes back to it; ignored unless on the account's list. */
  pageUrl: z.url({ protocol: /^https?$/ }).max(500).optional(),
  destination: destination.optional(),
});
/** Known and unknown addresses answer alike; nothing was looked up yet. */
export const signInRequest = z.object({
  id: id('sir'),
  /** The address with its middle hidden. */
  masked: z.string(),
  channel: z.enum(['email', 'sms']),
  expiresAt: instant,
  /** Seconds until the same address may be asked for again. */
  retryAfter: z.int(),
});
export type SignInRequest = z.infer<typeof signInRequest>;

export const codeEntry = z.object({
  code,
  /** The asking browser's verifier; a browser that waits after a handoff has none and is known by its key. */
  verifier: token.optional(),
  staySignedIn: z.boolean().default(true),
});

/** The click at the door. */
export const doorKnock = z.object({ token });
export const doorAnswer = z.object({
  kind: z.enum(['signIn', 'access', 'document']),
  handoff: token,
  /** Where to go with it: the page that asked, the main page or the hosted page. */
  url: z.string(),
});
/** An expired link sends a fresh one to the same address. */
export const doorRenewed = z.object({ masked: z.string(), channel: z.enum(['email', 'sms']) });
/** “Not me”: tells the office, and closes a sign-in request to every browser but the one that asked. */
export const notMe = z.object({ token });

export const handoffExchange = z.object({
  handoff: token,
  /** Present in the browser that asked for a sign-in link. */
  verifier: token.optional(),
  staySignedIn: z.boolean().default(true),
});

/** A session goes on at the hosted page: where in the center. */
export const handOver = z.strictObject({ destination: destination.optional() });

/** What the person may do with one document. */
export const documentAction = z.enum(['view', 'pdf', 'approve', 'requestChanges', 'pay', 'message']);
export type DocumentAction = z.infer<typeof documentAction>;
/** “All my jobs” from a document: a code to the address the notice went to. */
export const centerRequest = z.object({ challenge: token, language: language.optional(), pageUrl: signInRequestNew.shape.pageUrl, destination: destination.optional() });

/** Which document a link opens: a job sheet, an estimate or an invoice. */
export const documentRef = z.object({ kind: z.enum(['job', 'estimate', 'invoice']), id: ref });

/** A session's tokens. `accessToken` lives in memory; `refreshToken` rotates at each use. A document session is its tab's alone. */
export const tokens = z.object({
  accessToken: z.string(),
  /** Seconds. */
  expiresIn: z.int(),
  refreshToken: z.string(),
  kind: z.enum(['customer', 'document', 'staff']),
  destination: z.string().nullable(),
});
export type Tokens = z.infer<typeof tokens>;
/** A handoff made by a sign-in link in another browser waits for the code of the same message. */
export const exchanged = z.union([
  tokens,
  z.object({ codeNeeded: z.literal(true), requestId: z.string(), masked: z.string(), channel: z.enum(['email', 'sms']) }),
]);
export type Exchanged = z.infer<typeof exchanged>;

export const refresh = z.object({ refreshToken: z.string().max(200) });

/** `GET …/session`: who is here and whose records they may see. */
export const sessionView = z.object({
  kind: z.enum(['customer', 'document']),
  name: z.string(),
  language: z.string().nullable(),
  /** The customers of the switch, parents before their sub-customers; “All” is the widget's own entry. */
  customers: z.array(z.object({ id: z.string(), name: z.string(), parentId: z.string().nullable() })),
  canApprove: z.boolean(),
  canPay: z.boolean(),
  document: z
    .object({ id: z.string(), kind: documentRef.shape.kind, documentId: z.string(), actions: z.array(documentAction), masked: z.string().nullable() })
    .nullable(),
});
export type SessionView = z.infer<typeof sessionView>;

export const staffSessionView = z.object({
  staffId: z.string().nullable(),
  name: z.string(),
  role: z.enum(['owner', 'clerk']).nullable(),
  scopes: z.array(z.enum(['read', 'write', 'links', 'settings'])),
  accountId: z.string(),
  accountSlug: z.string(),
  accountName: z.string(),
});
export type StaffSession = z.infer<typeof staffSessionView>;

/** The office's view of a link; its secret is not among the fields. */
export const link = z.object({
  id: id('link'),
  kind: z.enum(['signIn', 'access', 'document']),
  contactId: z.string().nullable(),
  staffId: z.string().nullable(),
  document: documentRef.nullable(),
  actions: z.array(documentAction),
  /** Where it was sent; null for one that was copied. */
  address: z.string().nullable(),
  /** Who it was sent on to by `contactId`, a customer; null for links of the office. */
  recipient: z.string().nullable(),
  createdAt: instant,
  expiresAt: instant,
  uses: z.int(),
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
});
export type Link = z.infer<typeof link>;
export const links = list(link);
export const linksQuery = paging.extend({ contactId: ref.optional(), customerId: ref.optional(), documentId: ref.optional() });

export const accessLinkNew = z.object({
  contactId: ref,
  /** Absent: the link is only returned, to be copied. */
  send: z.enum(['email', 'sms']).optional(),
  destination: destination.optional(),
});
export const documentLinkNew = z.object({
  contactId: ref,
  document: documentRef,
  actions: z.array(documentAction).min(1).default(['view']),
  send: z.enum(['email', 'sms']).optional(),
});
/** `url` is the secret itself: shown to the office that asked, never stored or logged. */
export const linkMade = link.extend({ url: z.string() });
export type LinkMade = z.infer<typeof linkMade>;

export const session = z.object({
  id: id('sess'),
  kind: z.enum(['customer', 'document', 'staff']),
  linkId: z.string().nullable(),
  contactIds: z.array(z.string()),
  staffId: z.string().nullable(),
  origin: z.string().nullable(),
  userAgent: z.string(),
  createdAt: instant,
  lastSeenAt: instant,
});
export const sessions = list(session);
export const sessionsQuery = paging.extend({ contactId: ref.optional() });

export const notice = z.object({
  id: id('ntc'),
  kind: z.string(),
  channel: z.enum(['email', 'sms']),
  to: z.string(),
  contactId: z.string().nullable(),
  /** The document it is about. */
  document: documentRef.nullable(),
  status: z.enum(['queued', 'sent', 'failed']),
  attempts: z.int(),
  createdAt: instant,
  sentAt: instant.nullable(),
});
export const notices = list(notice);
