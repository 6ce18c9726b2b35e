/** A real SMTP receiver that keeps what arrives. */
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface Letter {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The link to the door. */
  link: string;
  /** The six digits, where the mail carries some. */
  code: string | undefined;
  mail: ParsedMail;
}
export interface Mailbox {
  /** For `SMTP_URL`. */
  url: string;
  letters: Letter[];
  /** The next letter to this address that was not handed out yet. */
  next(to: string): Promise<Letter>;
  close(): Promise<void>;
}

export async function openMailbox(): Promise<Mailbox> {
  const letters: Letter[] = [];
  const taken = new Set<Letter>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData: (stream, session, done) => {
      simpleParser(stream).then((mail) => {
        const text = mail.text ?? '';
        letters.push({
          to: session.envelope.rcptTo.map((to) => to.address).join(','),
          subject: mail.subject ?? '', text, html: mail.html || '', mail,
          link: /https?:\/\/\S+\/go\/[\w-]+#[\w-]{43}/.exec(text)?.[0] ?? '',
          code: /\b\d{6}\b/.exec(mail.subject ?? '')?.[0],
        });
        done();
      }, done);
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as { port: number };
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    next: async (to) => {
      for (let waited = 0; waited < 10_000; waited += 25) {
        const letter = letters.find((item) => item.to === to && !taken.has(item));
        if (letter) {
          taken.add(letter);
          return letter;
        }
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`no letter to ${to} came; there are: ${letters.map((letter) => `${letter.to} “${letter.subject}”`).join(', ')}`);
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
