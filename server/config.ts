/** The environment, parsed once. A wrong setting is one sentence that names it and says how to set it. */
import { z } from 'zod';
import { OperatorError } from './database/open.ts';

/** What examples and forms put where a key belongs, and keys typed by rolling over the keyboard. */
const guessable = (key: string): boolean =>
  new Set(key).size < 10 || /change.?me|replace.?me|your.?(own.?)?(secret|key)|placeholder|example|insert.?here|^(?<unit>.{1,16})\k<unit>+$|^(0123456789|abcdefghij|qwertyuiop)/i.test(key);

const flag = z.enum(['on', 'off']).transform((value) => value === 'on');
const settings = z.object({
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'PUBLIC_URL must be the address people reach this server at, such as https://center.example.com' })
    .transform((value) => new URL(value))
    .refine((url) => url.pathname === '/' && !url.search && !url.hash, 'PUBLIC_URL must be an origin without a path, such as https://center.example.com')
    .refine(
      (url) => url.protocol === 'https:' || /^(localhost|127\.0\.0\.1|\[::1\]|.*\.localhost)$/.test(url.hostname),
      'PUBLIC_URL must begin with https:// (browsers refuse keys elsewhere); http is accepted for localhost only',
    )
    .transform((url) => url.origin),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number('PORT must be a number, such as 8080').int().min(0).max(65535).default(8080),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)/, 'DATABASE_URL must be sqlite:<file> or postgres://user:password@host/database')
    .default('sqlite:.data/customer-center.sqlite'),
  SECRET_KEY: z
    .string('SECRET_KEY is missing: set it to at least 32 random characters, for instance the output of `openssl rand -base64 48`')
    .min(32, { error: 'SECRET_KEY is too short: set it to at least 32 random characters, for instance the output of `openssl rand -base64 48`', abort: true })
    .refine((value) => !guessable(value), 'SECRET_KEY is a known or guessable value: set it to the output of `openssl rand -base64 48`'),
  SMTP_URL: z.string().regex(/^smtps?:\/\//, 'SMTP_URL must look like smtps://user:password@mail.example.com:465').optional(),
  MAIL_FROM: z.email('MAIL_FROM must be the e-mail address that mail is sent from, such as notices@example.com').optional(),
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC/, 'TWILIO_ACCOUNT_SID must begin with AC').optional(),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  TWILIO_FROM: z.string().regex(/^(\+\d+|MG.+)$/, 'TWILIO_FROM must be a number in E.164 or a messaging service id').optional(),
  /** Comma-separated addresses or networks of the proxies in front; nothing is trusted without it. */
  TRUST_PROXY: z
    .string()
    .regex(/^[0-9a-fA-F:.,/ ]+$/, 'TRUST_PROXY must be a list of proxy addresses such as 10.0.0.0/8,127.0.0.1')
    .refine((value) => value.split(',').every((item) => /[.:]/.test(item)), 'TRUST_PROXY must be a list of addresses, never a hop count')
    .transform((value) => value.split(',').map((item) => item.trim()))
    .optional(),
  STRIPE_SECRET_KEY: z.string().regex(/^[sr]k_(test|live)_\w+$/, 'STRIPE_SECRET_KEY must be a secret or restricted key of Stripe, beginning with sk_ or rk_').optional(),
  STRIPE_PUBLISHABLE_KEY: z.string().regex(/^pk_(test|live)_\w+$/, 'STRIPE_PUBLISHABLE_KEY must be a publishable key of Stripe, beginning with pk_').optional(),
  /** Of the endpoint for events of one's own account. */
  STRIPE_WEBHOOK_SECRET: z.string().regex(/^whsec_\w+$/, 'STRIPE_WEBHOOK_SECRET must begin with whsec_').optional(),
  /** Of the endpoint for events of connected accounts. */
  STRIPE_CONNECT_WEBHOOK_SECRET: z.string().regex(/^whsec_\w+$/, 'STRIPE_CONNECT_WEBHOOK_SECRET must begin with whsec_').optional(),
  /** The slug of the one account that the key belongs to. Absent: accounts are connected to the key's platform. */
  STRIPE_OWN_ACCOUNT: z.string().optional(),
  /** For connecting Stripe accounts that exist already (OAuth). */
  STRIPE_CLIENT_ID: z.string().regex(/^ca_\w+$/, 'STRIPE_CLIENT_ID must begin with ca_').optional(),
  /** What the operator keeps of each payment, in percent; only of connected accounts. */
  STRIPE_FEE_PERCENT: z.string().regex(/^\d{1,2}(\.\d{1,2})?$/, 'STRIPE_FEE_PERCENT must be a percentage with at most two decimals').optional(),
  /** A sandbox in place of Stripe; for test keys only. */
  STRIPE_API_BASE: z.url({ protocol: /^https?$/, error: 'STRIPE_API_BASE must be the address of a sandbox, such as http://127.0.0.1:4104' }).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent').default('info'),
  WORKER: flag.default(true),
});

export type Config = z.output<typeof settings>;

/** @throws {OperatorError} one sentence for each wrong setting. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = settings.safeParse(given);
  if (!parsed.success) throw new OperatorError(sentences(parsed.error));
  const config = parsed.data;
  if (config.SMTP_URL && !config.MAIL_FROM)
    throw new OperatorError('MAIL_FROM is missing: with SMTP_URL set, it must be the address that mail is sent from.');
  const twilio = [config.TWILIO_ACCOUNT_SID, config.TWILIO_AUTH_TOKEN, config.TWILIO_FROM];
  if (twilio.some(Boolean) && !twilio.every(Boolean))
    throw new OperatorError('TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM must be set together, or none of them.');
  checkStripe(config);
  return config;
}

function checkStripe(config: Config): void {
  const { STRIPE_SECRET_KEY: secret, STRIPE_PUBLISHABLE_KEY: publishable, STRIPE_OWN_ACCOUNT: own } = config;
  const others = [config.STRIPE_WEBHOOK_SECRET, config.STRIPE_CONNECT_WEBHOOK_SECRET, own, config.STRIPE_CLIENT_ID, config.STRIPE_FEE_PERCENT, config.STRIPE_API_BASE];
  if (!secret && !publishable && !others.some(Boolean)) return;
  if (!secret || !publishable) throw new OperatorError('STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY must be set together.');
  if (secret.split('_')[1] !== publishable.split('_')[1]) throw new OperatorError('STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY must be of the same mode: both test or both live.');
  if (config.STRIPE_API_BASE && secret.includes('_live_')) throw new OperatorError('STRIPE_API_BASE is for sandboxes: it cannot be used with live keys.');
  if (own && !config.STRIPE_WEBHOOK_SECRET) throw new OperatorError('STRIPE_WEBHOOK_SECRET is missing: with STRIPE_OWN_ACCOUNT set, it must be the signing secret of the webhook endpoint at /v1/webhooks/stripe.');
  if (!own && !config.STRIPE_CONNECT_WEBHOOK_SECRET) throw new OperatorError('STRIPE_CONNECT_WEBHOOK_SECRET is missing: it must be the signing secret of the webhook endpoint at /v1/webhooks/stripe/connect, which listens to connected accounts.');
  if (own && config.STRIPE_FEE_PERCENT) throw new OperatorError('STRIPE_FEE_PERCENT is for connected accounts: it cannot be used with STRIPE_OWN_ACCOUNT.');
}

/** Only where the database is: what command-line tools need of the environment. */
export const readDatabaseUrl = (environment: Record<string, string | undefined>): string => {
  const parsed = settings.shape.DATABASE_URL.safeParse(environment['DATABASE_URL'] || undefined);
  if (!parsed.success) throw new OperatorError(sentences(parsed.error));
  return parsed.data;
};

const sentences = (error: z.ZodError): string =>
  error.issues
    .map((issue) => {
      const setting = String(issue.path[0] ?? 'DATABASE_URL');
      return issue.message.includes(setting) ? `${issue.message}.` : `${setting}: ${issue.message}.`;
    })
    .join('\n');
