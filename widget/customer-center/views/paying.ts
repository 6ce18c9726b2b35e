/** What the views about payments share: the form of Stripe with its ways out, words for cards, and where unfinished payments are noted. */
import type { StripeError } from '@stripe/stripe-js';
import { html, nothing, type TemplateResult } from 'lit';
import type { DeclineReason } from '../../../server/contract/payments.ts';
import { hostedPage } from '../../data/payments.ts';
import type { Localizer } from '../../locale/localizer.ts';
import type { StripeForm } from '../../parts/stripe-form.ts';
import type { View } from '../view.ts';

/** Name of the draft that holds the id of a payment between its begin and its outcome, over reloads and banks' own pages. */
export const underWay = 'paying';

const brands: Record<string, string> = { amex: 'American Express', jcb: 'JCB', unionpay: 'UnionPay' };

/** “Visa ending 4242”; only the name of what has no number. */
export function cardName({ brand, last4 }: { brand: string; last4: string | null }, t: Localizer): string {
  const name = brands[brand] ?? brand.charAt(0).toUpperCase() + brand.slice(1);
  return last4 ? t.t('card.ending', { brand: name, last4 }) : name;
}

/** “Klarna”, “Amazon pay”. */
export const typeName = (type: string, t: Localizer): string => cardName({ brand: type.replaceAll('_', ' '), last4: null }, t);

/** What of an error of Stripe counts. Its text is never shown. */
export type Refused = Pick<StripeError, 'type' | 'code' | 'decline_code'>;

/** By what is in the codes of Stripe. */
const reasons: [code: RegExp, reason: DeclineReason][] = [
  [/insufficient_funds/, 'insufficientFunds'],
  [/(incorrect|invalid)_number/, 'wrongNumber'],
  [/(incorrect|invalid)_cvc/, 'wrongCode'],
  [/expired_card|invalid_expiry/, 'expired'],
  [/authentication_(failure|required)/, 'authentication'],
  [/processing_error|api_connection/, 'tryAgain'],
];

/** Why Stripe has refused: first what was heard just now, because `stored`, what the server knows, may be about an earlier try. */
export function reasonOf({ type, code, decline_code: detail }: Refused, stored: DeclineReason | null): DeclineReason | null {
  const known = reasons.find(([each]) => each.test(`${detail} ${code} ${type}`))?.[1];
  return known ?? (type === 'invalid_request_error' ? null : (stored ?? (code ? 'declined' : null)));
}

/** Why a payment was refused. Who is neither a card nor a bank says no more than that, and nothing about cards helps then. */
export function declineWords(decline: DeclineReason, type: string | undefined, t: Localizer): string {
  const isElsewhere = type && !/^(card|link|(apple|google)_pay)$|bank|debit/.test(type) && decline !== 'mismatch' && decline !== 'tryAgain';
  return isElsewhere ? t.t('decline.elsewhere', { name: typeName(type, t) }) : t.t(`decline.${decline}`);
}

/** Whether Stripe did not come, as far as it is needed. `away`: its form is not wanted now. */
export const isLost = (form: StripeForm, away: boolean): boolean => form.state === 'failed' && !(away && form.stripe);

/** Where the form of Stripe stands; when it did not come, why, and every other way. `away`: not wanted now. */
export function stripeSlot(view: View, form: StripeForm, away: boolean): TemplateResult {
  const { localizer: t, card, client, router } = view;
  // On the hosted page there is nowhere else to go.
  const isHosted = new URL(card.hostedUrl).origin === location.origin;
  const leave = () => {
    hostedPage(client, router.path).then(
      (url) => location.assign(url),
      () => location.assign(card.hostedUrl),
    );
  };
  return html`<div class="form ${away ? 'away' : ''}"><slot name="cc-stripe"></slot></div>
    ${isLost(form, away)
      ? html`<div class="state" part="error" role="alert">
          <p>${t.t(isHosted ? 'stripe.failedHere' : 'stripe.failed')}</p>
          ${isHosted ? nothing : html`<button type="button" class="button primary" part="button" @click=${leave}>${t.t('stripe.hosted')}</button>`}
          <button type="button" class="button" part="button" @click=${() => form.retry()}>${t.t('shell.retry')}</button>
          ${card.phone
            ? html`<p class="muted">
                ${t.t('failed.call', { name: card.name })}${' '}<a class="link" href="tel:${card.phone}">${t.phone(card.phone)}</a>
              </p>`
            : nothing}
        </div>`
      : form.state === 'loading' && !(away && form.stripe)
        ? html`<p class="muted" role="status">${t.t('shell.loading')}</p>`
        : nothing}`;
}
