/** The office without an account: which one is meant, or that there is none yet. */
import { html, type TemplateResult } from 'lit';
import type { Localizer } from '../../locale/localizer.ts';

/** The account that was opened here last; its name is public. */
const lastName = 'cc-office-account';

export function otherStart(t: Localizer, none: boolean, open: (account: string) => void): TemplateResult {
  if (none)
    return html`<div class="form">
      <h1 class="title">${t.t('office.noAccount')}</h1>
      <p class="lead">${t.t('office.noAccountLead')}</p>
    </div>`;
  return html`<form
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      const account = String(new FormData(event.target as HTMLFormElement).get('account')).trim().toLowerCase();
      if (!account) return;
      remember(account);
      open(account);
    }}
  >
    <h1 class="title">${t.t('office.which')}</h1>
    <p class="lead">${t.t('office.whichLead')}</p>
    <div>
      <label class="label" for="account">${t.t('office.accountName')}</label>
      <input id="account" class="field" name="account" autocapitalize="none" autocomplete="organization" spellcheck="false" required .value=${remembered()} aria-describedby="account-hint" />
      <p id="account-hint" class="hint">${t.t('office.accountHint')}</p>
    </div>
    <button class="button primary wide">${t.t('office.open')}</button>
  </form>`;
}

function remember(account: string): void {
  try {
    localStorage.setItem(lastName, account);
  } catch {
    // Then it is typed again.
  }
}

function remembered(): string {
  try {
    return localStorage.getItem(lastName) ?? '';
  } catch {
    return '';
  }
}
