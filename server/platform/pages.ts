/** The few pages of our own origin. No script of theirs is inline, none is foreign, and no other site may frame them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { AccountRow } from '../database/scope.ts';
import { Problem } from './problems.ts';
import { referencePage, referenceStyle, type Described } from './reference.ts';
import type { Services } from './services.ts';
import { escapeHtml, writtenPhone } from './text.ts';

const doorTemplate = new URL('../../widget/door/door.html', import.meta.url);

const style = `
:root { color-scheme: light dark; --canvas: #f5f7f9; --ink: #17212b; }
@media (prefers-color-scheme: dark) { :root { --canvas: #0f151b; --ink: #e8edf2; } }
body { margin: 0; background: var(--canvas); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
main { box-sizing: border-box; max-width: 1044px; min-height: 100vh; margin: 0 auto; padding: 0 16px 16px; }
a { color: inherit; }
customer-center-office:defined { display: block; height: 100vh; height: 100dvh; }
@media (max-width: 480px) { main { padding: 0; } main.words { padding: 0 16px; } }
`;
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const styleHash = hashOf(style);

/** Nothing but what is named here; `inline` is only ever the hash of our own style above. */
const policy = (directives: Record<string, string>): string =>
  Object.entries({ 'default-src': "'none'", 'base-uri': "'none'", 'form-action': "'none'", 'frame-ancestors': "'none'", ...directives })
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

/** `'self'` for pages that carry a script of ours. */
const self = { 'script-src': "'self'", 'connect-src': "'self'", 'img-src': "'self'" };
const policies = {
  door: policy({ ...self, 'style-src': "'self'" }),
  hosted: policy({ ...self, 'style-src': `'self' ${styleHash}`, 'require-trusted-types-for': "'script'", 'trusted-types': 'lit-html' }),
  // A logo is shown before it is saved.
  office: policy({ ...self, 'img-src': "'self' blob:", 'style-src': `'self' ${styleHash}`, 'require-trusted-types-for': "'script'", 'trusted-types': 'lit-html' }),
  words: policy({ 'style-src': styleHash }),
  reference: policy({ 'style-src': hashOf(referenceStyle) }),
};

/**
 * The hosted page of an account that takes payments: Stripe.js comes from Stripe alone, asks its own servers and opens frames
 * of its own (docs.stripe.com/security/guide). It sets addresses of scripts itself, so Trusted Types cannot be required.
 * @param sandbox stands in for Stripe, script and servers.
 */
const payingPolicy = (sandbox: string | null): string => {
  const stripe = 'https://js.stripe.com https://*.js.stripe.com';
  const more = sandbox ? ` ${sandbox}` : '';
  return policy({
    'script-src': `'self' ${stripe}${more}`, 'connect-src': `'self' https://api.stripe.com${more}`, 'img-src': "'self'", 'style-src': `'self' ${styleHash}`,
    'frame-src': `${stripe} https://hooks.stripe.com`,
  });
};

function send(reply: FastifyReply, contentSecurity: string, html: string, { cache = 'no-store', opener = 'same-origin' } = {}) {
  return reply
    .headers({
      'content-security-policy': contentSecurity, 'cache-control': cache, 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex',
      'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'cross-origin-opener-policy': opener,
    })
    .type('text/html; charset=utf-8')
    .send(html);
}

/** A page of nothing but words. @param html trusted: literals, and what `escapeHtml` has been over. */
export const sendWords = (reply: FastifyReply, title: string, html: string, language = 'en') => send(reply, policies.words, wordsPage(title, html, language));

/** What a page answers when there is nothing at its address, whatever the reason. */
export const sendNothing = (reply: FastifyReply) => sendWords(reply.code(404), 'Not found', '<p>There is nothing at this address.</p>');

export function pages(app: FastifyInstance, { accounts, stripe }: Services): void {
  /** The sandbox in place of Stripe, if there is one: its stub of Stripe.js is loaded before the widget. */
  const sandbox = stripe?.apiBase ?? null;
  const door = readFileSync(doorTemplate, 'utf8');
  let openapi: string | undefined;
  let reference: string | undefined;

  // A page answers with a page, also when there is no such account.
  const ofAccount = {
    config: { access: 'anyone' as const },
    schema: { hide: true },
    errorHandler: (error: Error, _request: unknown, reply: FastifyReply) => {
      if (error instanceof Problem && error.code === 'not_found') return void sendNothing(reply);
      throw error;
    },
  };
  app.get('/go/:account', ofAccount, async (request, reply) => send(reply, policies.door, filled(door, doorWords(request.scope.account))));
  app.get('/c/:account', ofAccount, async (request, reply) => {
    const { account } = request.scope;
    // Windows that a bank opens must find their way back.
    if (account.takes_payments) return send(reply, payingPolicy(sandbox), hostedPage(account, sandbox), { cache: 'no-cache', opener: 'same-origin-allow-popups' });
    return send(reply, policies.hosted, hostedPage(account, null), { cache: 'no-cache' });
  });

  const plain = { config: { access: 'operator' as const }, schema: { hide: true } };
  app.get('/office', plain, async (request, reply) => {
    const { account: wanted } = request.query as { account?: unknown };
    const named = typeof wanted === 'string' ? (await accounts.bySlug(wanted))?.account : undefined;
    const few = named ? [named] : await accounts.few();
    return send(reply, policies.office, officePage(few.length === 1 ? few[0] : undefined, few.length === 0), { cache: 'no-cache' });
  });
  app.get('/docs/openapi.json', plain, async (_request, reply) => {
    openapi ??= JSON.stringify(app.swagger());
    return reply.headers({ 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=300', 'x-content-type-options': 'nosniff' }).type('application/json').send(openapi);
  });
  app.get('/docs', plain, async (_request, reply) => {
    reference ??= referencePage(app.swagger() as Described);
    return send(reply, policies.reference, reference, { cache: 'public, max-age=300' });
  });
  // Browsers ask for it on their own; an error in every console helps nobody.
  app.get('/favicon.ico', plain, async (_request, reply) => reply.code(204).header('cache-control', 'public, max-age=86400').send());
}

/** What the door may say before a person clicks: about the contractor alone. */
const doorWords = (account: AccountRow): Record<string, string> => ({
  account: account.slug,
  name: account.name,
  initial: [...account.name][0]?.toLocaleUpperCase(account.locale) ?? '',
  phone: account.phone ? writtenPhone(account.phone, account.country) : '',
  phoneHref: account.phone ? `tel:${account.phone}` : '',
  accent: account.accent,
  logoUrl: logoUrl(account),
  locale: account.locale,
});

const logoUrl = ({ slug, logo_hash: hash }: AccountRow): string => (hash ? `/v1/accounts/${slug}/logo?v=${hash}` : '');

/** Every `{{name}}` of a template; the words are data, so they are escaped without exception. */
const filled = (template: string, words: Record<string, string>): string => template.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => escapeHtml(words[name] ?? ''));

const hostedPage = ({ slug, name, phone, country, locale }: AccountRow, sandbox: string | null): string => `<!doctype html>
<html lang="${escapeHtml(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(name)}</title>
<style>${style}</style>
${sandbox ? `<script src="${escapeHtml(sandbox)}/stripe-stub.js"></script>\n` : ''}<script type="module" src="/customer-center.js"></script>
</head>
<body>
<main>
<customer-center account="${escapeHtml(slug)}" routing="query" heading-level="1"></customer-center>
<noscript><h1>${escapeHtml(name)}</h1><p>JavaScript is needed here.${phone ? ` <a href="tel:${escapeHtml(phone)}">${escapeHtml(writtenPhone(phone, country))}</a>` : ''}</p></noscript>
</main>
</body>
</html>
`;

/** Without an account, the element asks for its name; `setup`: there is none on this server yet. */
const officePage = (account: AccountRow | undefined, setup: boolean): string => `<!doctype html>
<html lang="${escapeHtml(account?.locale ?? 'en')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Office</title>
<style>${style}</style>
<script type="module" src="/customer-center-office.js"></script>
</head>
<body>
<customer-center-office${account ? ` account="${escapeHtml(account.slug)}"` : ''} routing="query" heading-level="1"${setup ? ' setup' : ''}></customer-center-office>
<noscript><main class="words"><h1>Office</h1><p>JavaScript is needed here.</p></main></noscript>
</body>
</html>
`;

const wordsPage = (title: string, html: string, language: string): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main class="words">
<h1>${title}</h1>
${html}
</main>
</body>
</html>
`;
