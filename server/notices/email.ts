/** E-mail through the operator's SMTP server. */
import { createTransport } from 'nodemailer';
import { OperatorError } from '../database/open.ts';
import { PermanentFailure } from '../platform/outbox.ts';

export interface Mail {
  /** The same for every attempt, so that a receiver who got it twice shows it once. */
  messageId: string;
  /** When its cause happened; likewise the same for every attempt. */
  date: Date;
  from: { name: string; address: string };
  /** One plain address. */
  to: string;
  replyTo: { name: string; address: string } | null;
  language: string;
  subject: string;
  text: string;
  html: string;
  attachments: Attachment[];
}

/** A file that goes with a mail. */
export interface Attachment {
  name: string;
  type: string;
  bytes: Buffer;
}

export interface EmailTransport {
  /**
   * Resolves once the mail is accepted.
   * @throws {PermanentFailure} when it never will be; any other error means “try again later”.
   */
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** @param url `smtp://` (STARTTLS where offered) or `smtps://`, with user and password where needed. */
export function smtpTransport(url: string): EmailTransport {
  if (!URL.canParse(url)) throw new OperatorError('SMTP_URL must look like smtps://user:password@mail.example.com:465');
  const transport = createTransport({
    url,
    // Well under a lease of the outbox, so that no second worker takes up a mail that is still being sent.
    connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 5000,
    disableFileAccess: true, disableUrlAccess: true,
  });
  return {
    async send(mail) {
      try {
        await transport.sendMail({
          messageId: mail.messageId, date: mail.date, from: mail.from,
          to: { name: '', address: mail.to },
          ...(mail.replyTo ? { replyTo: mail.replyTo } : {}),
          // Given apart from the headers: whatever those hold, there is one recipient.
          envelope: { from: mail.from.address, to: [mail.to] },
          subject: mail.subject, text: mail.text, html: mail.html,
          attachments: mail.attachments.map(({ name, type, bytes }) => ({ filename: name, contentType: type, content: bytes })),
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'Content-Language': mail.language },
          disableFileAccess: true, disableUrlAccess: true,
        });
      } catch (error) {
        throw explained(error);
      }
    },
    close: () => transport.close(),
  };
}

/** The server's own words name the recipient, so only the code of the reply is kept. */
function explained(error: unknown): Error {
  const { code, responseCode, command } = error as { code?: string; responseCode?: number; command?: string };
  const about = (command ?? '').split(' ')[0]!.slice(0, 10);
  // Refused sign-in or a refusing greeting is the operator's to mend, and the mail is good: it waits.
  if (responseCode && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode !== 530)
    return new PermanentFailure(`the mail server refused it (${responseCode} ${about})`.trim());
  return new Error(responseCode ? `the mail server answered ${responseCode} ${about}`.trim() : `the mail server could not be reached (${code ?? 'no answer'})`);
}

/** Stands in where no SMTP server is set. */
export const noEmail: EmailTransport = {
  send: async () => {
    throw new PermanentFailure('e-mail is not set up: set SMTP_URL and MAIL_FROM');
  },
  close: () => undefined,
};
