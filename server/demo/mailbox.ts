/** Where every message of the demo lands: kept in memory, shown on a page. */
import type { Attachment, EmailTransport } from '../notices/email.ts';
import type { Transports } from '../notices/send.ts';
import { serveFolder, type Made, type WebServer } from './web.ts';

export interface MailboxMessage {
  id: string;
  channel: 'email' | 'sms';
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string | null;
  attachments: Attachment[];
  receivedAt: string;
}

/** Transports that deliver into `messages`, newest last. E-mail may go elsewhere as well. */
export function mailboxTransports(messages: MailboxMessage[], email?: EmailTransport): Transports {
  const receivedAt = () => new Date().toISOString();
  return {
    email: {
      send: async (mail) => {
        await email?.send(mail);
        // A second attempt at the same mail is the same mail.
        if (messages.some((message) => message.id === mail.messageId)) return;
        messages.push({
          id: mail.messageId, channel: 'email', from: `${mail.from.name} <${mail.from.address}>`, to: mail.to, subject: mail.subject,
          text: mail.text, html: mail.html, attachments: mail.attachments, receivedAt: receivedAt(),
        });
      },
      close: () => email?.close(),
    },
    sms: {
      send: async ({ to, text, idempotencyKey }) => {
        messages.push({ id: idempotencyKey, channel: 'sms', from: '', to, subject: '', text, html: null, attachments: [], receivedAt: receivedAt() });
      },
    },
  };
}

/** The page shows foreign HTML, so nothing on it runs but its own script; frames inherit this policy. */
const headers = {
  'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** At `/mailbox`; `/messages` is for the page and for tests, `/attachments/…` for the files that came with a mail. */
export const serveMailbox = (messages: MailboxMessage[], port: number): Promise<WebServer> =>
  serveFolder(new URL('./mailbox/', import.meta.url), port, () => ({}), (path) => (path === '/messages' ? listed(messages) : attached(messages, path)), headers);

/** The files by where they are found. */
const listed = (messages: MailboxMessage[]): Made => ({
  type: 'application/json',
  body: JSON.stringify(
    messages.map((message) => ({ ...message, attachments: message.attachments.map(({ name }, index) => ({ name, url: `/attachments/${encodeURIComponent(message.id)}/${index}` })) })),
  ),
});

function attached(messages: MailboxMessage[], path: string): Made | undefined {
  const [, id, index] = /^\/attachments\/([^/]+)\/(\d+)$/.exec(path) ?? [];
  const file = messages.find((message) => encodeURIComponent(message.id) === id)?.attachments[Number(index)];
  return file && { type: file.type, body: file.bytes, download: file.name };
}
