import type { SessionView, SignInRequest } from '../../server/contract/access.ts';

/** A message was sent, and its link or code is awaited. */
export interface Pending {
  id: string;
  /** The address with its middle hidden, and how it is reached. */
  masked: string;
  channel: SignInRequest['channel'];
  /** When waiting is over and when sending again is possible, in this browser's own clock, which may be wrong. */
  until: number;
  againAt: number;
  /** Whether to stay signed in; otherwise nothing of all this touches storage. */
  lasting: boolean;
  /** What the person typed; absent where only the server knows it. */
  address?: string;
  /** Absent after a link was opened in a browser that did not ask: there the code decides. */
  verifier?: string;
  challenge?: string;
  destination?: string;
  /** The document session in which “All my jobs” was chosen. */
  document?: string;
}

export interface SessionState {
  /** `confirm`: a link would replace another person's session. `failed`: nobody can say who is here. */
  phase: 'starting' | 'signedOut' | 'code' | 'confirm' | 'signedIn' | 'failed';
  /** Who is here. With `confirm`, who was here until now. */
  session?: SessionView;
  /** Whose center the link opens. */
  candidate?: SessionView;
  pending?: Pending;
  /** Why things are as they are, if that is not what the person did: a problem code, or `link_used`. */
  problem?: string;
  /** Whether a center session stands behind this tab's document session. */
  behind?: boolean;
  /** A link has led here: the element comes into view, and goes where the link pointed. A new object for each link. */
  arrival?: { destination: string | null };
}
