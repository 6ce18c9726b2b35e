/** The pages that Stripe, a bank or Klarna would show: onboarding, consent, authentication, small deposits, a receipt. */
import { enableAccount, newCode } from './accounts.ts';
import { authenticateIntent, verifyDeposits } from './intents.ts';
import { authenticateSetup } from './setups.ts';
import { now, type AccountStore, type World } from './store.ts';

export type Page = { html: string } | { redirect: string } | { css: string };

/** What is at this address, if anything. */
export function pageAt(world: World, url: URL, wantsHtml: boolean): Page | undefined {
  const [first = '', second = '', third] = url.pathname.split('/').slice(1);
  if (first === 'sandbox.css') return { css };
  if (first === '') return frontPage();
  if (first === 'redirect') return redirectPage(world, second, third);
  if (first === 'microdeposits') return depositsPage(world, second, third, url.searchParams.get('code'));
  if (first === 'onboarding') return onboardingPage(world, second, third);
  if (first === 'receipts') return receiptPage(world, second);
  if (first === 'oauth' && second === 'authorize') return consentPage(world, url, third, wantsHtml);
  return undefined;
}

/** What somebody finds who opens its address: what it is, and what to pay with. */
function frontPage(): Page {
  const cards = [
    ['4242 4242 4242 4242', 'succeeds'], ['5555 5555 5555 4444', 'succeeds, with Mastercard'], ['3782 822463 10005', 'succeeds, with American Express'], ['4000 0000 0000 0002', 'is declined'], ['4000 0000 0000 9995', 'has not enough on it'], ['4000 0000 0000 0069', 'has expired'],
    ['4000 0000 0000 0127', 'was typed with a wrong code'], ['4000 0000 0000 0119', 'fails because its bank does not answer'],
    ['4000 0027 6000 3155', 'asks for 3-D Secure in place, until it is kept'], ['4000 0027 6000 3184', 'asks for it each time'], ['4000 0000 0000 3063', 'asks for it on the bank’s page'],
    ['4000 0000 0000 0259', 'is disputed afterwards'], ['4000 0000 0000 1976', 'is asked about by its bank, which takes no money'], ['4000 0000 0000 5126', 'gives a refund back after a second'],
  ];
  const rows = cards.map(([number, what]) => `<li><strong>${number}</strong> ${what}</li>`).join('');
  return page(
    'Sandbox in place of Stripe', 'No card is charged here, and nothing is kept. Cards to pay with, with any future date and any three digits:', [],
    `<ul>${rows}</ul><p>Bank accounts, with the routing number 110000000: <strong>000123456789</strong> pays after a while, <strong>000111111116</strong> is refused after a while, as are <strong>000111111113</strong> (closed) and <strong>000222222227</strong> (too little on it), <strong>000999999991</strong> must be verified first.</p>
<p>Klarna opens a page of its own that asks whether to accept or to refuse.</p>`,
  );
}

interface Visit {
  store: AccountStore;
  intent: string;
  returnUrl: string | null;
}

function visitOf(world: World, token: string): Visit | undefined {
  for (const store of world.accounts.values()) {
    const visit = store.visits.get(token);
    if (visit) return { store, ...visit };
  }
  return undefined;
}

/** 3-D Secure on the bank's page, or Klarna's. */
function redirectPage(world: World, token: string, outcome: string | undefined): Page | undefined {
  const visit = visitOf(world, token);
  if (!visit) return undefined;
  const { store, intent, returnUrl } = visit;
  const isSetup = intent.startsWith('seti');
  if (!outcome) {
    const payment = store.intents.get(intent);
    const method = store.methods.get((payment ?? store.setups.get(intent))?.payment_method as string);
    const byKlarna = method?.object.type === 'klarna';
    const amount = payment ? ` ${payment.currency.toUpperCase()} ${payment.amount} (minor units)` : '';
    return page(byKlarna ? 'Klarna test page' : '3-D Secure test page', `${byKlarna ? 'Pay' : 'Confirm'}${amount} at ${store.account.settings?.dashboard.display_name ?? 'the contractor'}?`, [
      [`/redirect/${token}/ok`, byKlarna ? 'Accept' : 'Complete', 'accept'], [`/redirect/${token}/failed`, byKlarna ? 'Refuse' : 'Fail', 'refuse'],
    ]);
  }
  const result = outcome === 'ok' ? 'ok' : 'failed';
  const done = isSetup ? authenticateSetup(world, store, intent, result) : authenticateIntent(world, store, intent, result);
  const back = new URL(returnUrl!);
  const name = isSetup ? 'setup_intent' : 'payment_intent';
  back.searchParams.set(name, intent);
  back.searchParams.set(`${name}_client_secret`, done.client_secret!);
  back.searchParams.set('redirect_status', done.status === 'succeeded' ? 'succeeded' : done.status === 'processing' ? 'pending' : 'failed');
  return { redirect: back.href };
}

function depositsPage(world: World, token: string, deed: string | undefined, code: string | null): Page | undefined {
  const visit = visitOf(world, token);
  if (!visit) return undefined;
  const { store, intent } = visit;
  const waiting = (store.intents.get(intent) ?? store.setups.get(intent))?.next_action?.type === 'verify_with_microdeposits';
  if (!waiting) return page('Bank account', 'This bank account needs no verification any more. You can close this page.', []);
  if (deed === 'verify' && code?.trim().toUpperCase() === 'SM11AA') {
    if (intent.startsWith('seti')) authenticateSetup(world, store, intent, 'ok');
    else verifyDeposits(world, store, intent);
    return page('Bank account verified', 'The payment is on its way. You can close this page.', []);
  }
  const wrong = deed === 'verify' ? '<p role="alert">That is not the code of the deposit.</p>' : '';
  return page(
    'Verify your bank account', 'A deposit of $0.01 was sent to the account. What is its six-digit code? (In this sandbox it is SM11AA.)', [],
    `${wrong}<form action="/microdeposits/${token}/verify"><label>Code <input name="code" data-testid="code" autocomplete="off" required></label> <button data-testid="verify">Verify</button></form>`,
  );
}

/** A link is good for one visit; afterwards it leads to where a new one is made. */
function onboardingPage(world: World, token: string, deed: string | undefined): Page | undefined {
  const link = world.links.get(token);
  if (!link) return undefined;
  if (deed === 'finish') enableAccount(world, link.account);
  if (deed) return { redirect: link.returnUrl };
  if (link.opened || link.expiresAt < now()) return { redirect: link.refreshUrl };
  link.opened = true;
  return page('Set up payments', 'Stripe would ask here for your business, your bank account and an identity document.', [
    [`/onboarding/${token}/finish`, 'Everything is filled in', 'finish'], [`/onboarding/${token}/leave`, 'Save for later', 'leave'],
  ]);
}

/** Consent of somebody who has an account already. Without a browser the answer is yes. */
function consentPage(world: World, url: URL, deed: string | undefined, wantsHtml: boolean): Page | undefined {
  const target = url.searchParams.get('redirect_uri');
  if (url.searchParams.get('response_type') !== 'code' || !url.searchParams.get('client_id') || !target || !URL.canParse(target)) return undefined;
  const back = new URL(target);
  const state = url.searchParams.get('state');
  if (state) back.searchParams.set('state', state);
  if (deed === 'deny') {
    back.searchParams.set('error', 'access_denied');
    back.searchParams.set('error_description', 'The user denied your request');
    return { redirect: back.href };
  }
  if (deed === 'allow' || !wantsHtml) {
    back.searchParams.set('scope', 'read_write');
    back.searchParams.set('code', newCode(world));
    return { redirect: back.href };
  }
  return page('Connect your Stripe account', 'The platform will be able to take payments for you.', [
    [`/oauth/authorize/allow${url.search}`, 'Connect', 'allow'], [`/oauth/authorize/deny${url.search}`, 'Cancel', 'deny'],
  ]);
}

function receiptPage(world: World, id: string): Page | undefined {
  const charge = [...world.accounts.values()].map((store) => store.charges.get(id)).find(Boolean);
  return charge && page('Receipt', `${charge.description ?? 'Payment'}: ${charge.currency.toUpperCase()} ${charge.amount} (minor units), ${charge.status}.`, []);
}

const escape = (text: string) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

function page(title: string, text: string, buttons: [href: string, label: string, id: string][], more = ''): Page {
  return {
    html: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><link rel="stylesheet" href="/sandbox.css"></head>
<body><main><p class="note">Test page of the sandbox: nothing here is real.</p><h1>${escape(title)}</h1><p>${escape(text)}</p>${more}
<p>${buttons.map(([href, label, id]) => `<a href="${escape(href)}" data-testid="${id}">${escape(label)}</a>`).join(' ')}</p></main></body></html>`,
  };
}

const css = `body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #1f2937; background: #f3f4f6; }
main { max-width: 420px; margin: 48px auto; padding: 24px; border-radius: 12px; background: #fff; box-shadow: 0 1px 4px #0002; }
h1 { margin: 0 0 8px; font-size: 22px; }
.note { margin: 0 0 16px; padding: 4px 10px; border-radius: 6px; font-size: 14px; background: #fef3c7; color: #78350f; }
[role=alert] { color: #b91c1c; }
a, button { display: inline-block; min-height: 44px; box-sizing: border-box; padding: 9px 18px; border: 1px solid #4f46e5; border-radius: 8px; font: inherit; text-decoration: none; color: #fff; background: #4f46e5; cursor: pointer; }
a + a { color: #4338ca; background: #fff; }
input { min-height: 44px; box-sizing: border-box; width: 8em; padding: 0 10px; border: 1px solid #9ca3af; border-radius: 8px; font: inherit; }
`;
