/** What is kept of a decision, for ever and unchanged: who decided what about which version, how, when and from where. */

/** The signer's own mark. In every way equal: a name that was typed, or a picture that was drawn. */
export type Mark =
  | { kind: 'typed'; name: string }
  /** `picture` is a PNG as base64; `pictureHash` is its SHA-256. */
  | { kind: 'drawn'; name: string; picture: string; pictureHash: string };

export interface Evidence {
  estimateId: string;
  number: string;
  title: string;
  version: number;
  /** SHA-256 of the version's content, the one that the decision is bound to. */
  versionHash: string;
  decision: 'approved' | 'declined';
  /** ISO 8601, UTC. */
  at: string;
  signer: {
    name: string;
    /** E-mail address or mobile number. */
    address: string | null;
    contactId: string | null;
    /** The one who signed said to be somebody else than the contact on file. */
    forSomebodyElse: boolean;
  };
  mark: Mark | null;
  /** The optional lines and those of groups that were chosen. */
  options: { id: string; description: string; total: number }[];
  totals: {
    subtotal: number;
    taxes: { key: string; name: string; percent: string; amount: number }[];
    tax: number;
    total: number;
    deposit: number;
  };
  currency: string;
  terms: string | null;
  termsAccepted: boolean;
  poNumber: string | null;
  /** Why it was declined. */
  reason: string | null;
  ip: string | null;
  userAgent: string | null;
  sessionId: string | null;
  linkId: string | null;
  /** Where the code went that the signer typed. */
  verified: { channel: 'email' | 'sms'; address: string } | null;
}
