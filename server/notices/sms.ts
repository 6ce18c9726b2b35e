/** Text messages. No provider can undo or deduplicate one, so an attempt with an unknown end is never repeated. */
import { OperatorError } from '../database/open.ts';
import { PermanentFailure } from '../platform/outbox.ts';

export interface SmsMessage {
  /** E.164. */
  to: string;
  text: string;
  /** The same for every attempt; for providers that can tell repetitions by it. */
  idempotencyKey: string;
}

export interface SmsTransport {
  /**
   * Resolves once the provider has taken the message.
   * @throws {PermanentFailure} when it never will; {@link NotSent} when it certainly did not and may later.
   * Any other error means that nobody knows, and the message is not sent again.
   */
  send(message: SmsMessage): Promise<void>;
}

/** The message certainly did not leave; another attempt cannot double it. */
export class NotSent extends Error {}

export interface TwilioSettings {
  accountSid: string;
  authToken: string;
  /** A number in E.164, or the id of a messaging service (`MG…`). */
  from: string;
}

/** What is used of the SDK's client. */
interface TwilioClient {
  messages: { create(message: { to: string; body: string; from?: string; messagingServiceSid?: string }): Promise<unknown> };
}

/**
 * Loads the SDK only here, because most servers send no text messages.
 * @throws {OperatorError} when it is not installed.
 */
export async function twilioTransport(settings: TwilioSettings, load: () => Promise<unknown> = () => import('twilio')): Promise<SmsTransport> {
  let twilio: (sid: string, token: string, options: object) => TwilioClient;
  try {
    twilio = ((await load()) as { default: typeof twilio }).default;
  } catch {
    throw new OperatorError('TWILIO_ACCOUNT_SID is set, but the package “twilio” is not installed: run `npm install twilio`, or unset it.');
  }
  return transportOf(twilio(settings.accountSid, settings.authToken, { timeout: 15_000, autoRetry: false }), settings.from);
}

export function transportOf(client: TwilioClient, from: string): SmsTransport {
  const sender = from.startsWith('MG') ? { messagingServiceSid: from } : { from };
  return {
    async send({ to, text }) {
      try {
        await client.messages.create({ to, body: text, ...sender });
      } catch (error) {
        throw explained(error);
      }
    },
  };
}

/** Nothing was written to the provider when the connection itself failed. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'CERT_HAS_EXPIRED']);

function explained(error: unknown): Error {
  const { status, code } = error as { status?: number; code?: number | string };
  if (typeof status === 'number') {
    // Settings that are wrong today and a full quota mend themselves or are mended; the message is good.
    if (status === 401 || status === 403 || status === 429) return new NotSent(`the SMS provider refused for now (${status})`);
    if (status >= 400 && status < 500) return new PermanentFailure(`the SMS provider refused it (${status}, ${code ?? 'no code'})`);
  }
  if (typeof code === 'string' && neverConnected.has(code)) return new NotSent(`the SMS provider could not be reached (${code})`);
  return new Error(`the SMS provider gave no certain answer (${status ?? code ?? 'none'})`);
}

/** Stands in where no provider is set. */
export const noSms: SmsTransport = {
  send: async () => {
    throw new PermanentFailure('text messages are not set up: set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM');
  },
};
