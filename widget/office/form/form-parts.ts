/** What stands around the fields of a form: what is in the way of saving, and what somebody else has changed meanwhile. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Localizer } from '../../locale/localizer.ts';
import '../locale/en.ts';
import type { Conflict, Form } from './form.ts';

type Values = Record<string, unknown>;

interface Words<V extends Values> {
  /** What a field is called. */
  label: (field: keyof V & string) => string;
  /** A field's value as people read it. */
  show: (field: keyof V & string, value: unknown) => string;
}

/** Above the buttons: no connection, a refusal that is no single field's, and both sides of a conflict. Empty while all is well. */
export function formState<V extends Values>(t: Localizer, form: Form<V>, words?: Words<V>): TemplateResult | typeof nothing {
  if (form.conflicts.length > 0) {
    return html`<div class="conflict" role="alert">
      <p class="strong">${t.t('form.conflict')}</p>
      <ul>
        ${form.conflicts.map((conflict) => side(t, form, conflict, words))}
      </ul>
    </div>`;
  }
  if (form.problem === 'merged') return html`<p class="banner warn" role="alert">${t.t('form.merged')}</p>`;
  if (form.problem === 'offline') return html`<p class="banner warn" role="alert">${t.t('form.offline')}</p>`;
  if (form.problem) return html`<p class="banner bad" role="alert">${t.problem(form.problem)}</p>`;
  if (form.restored && form.dirty)
    return html`<p class="banner plain" role="status">
      ${t.t('form.restored')} <button type="button" class="link" @click=${() => form.discard()}>${t.t('form.discard')}</button>
    </p>`;
  return nothing;
}

function side<V extends Values>(t: Localizer, form: Form<V>, { field, mine, theirs }: Conflict<V>, words?: Words<V>): TemplateResult {
  const show = (value: unknown) => words?.show(field, value) ?? String(value ?? '');
  return html`<li>
    <span class="strong">${words?.label(field) ?? field}</span>
    <span class="choice"><span>${show(theirs)}</span>
      <button type="button" class="button" @click=${() => form.choose(field, 'theirs')}>${t.t('form.theirs')}</button></span>
    <span class="choice"><span>${show(mine)}</span>
      <button type="button" class="button" @click=${() => form.choose(field, 'mine')}>${t.t('form.mine')}</button></span>
  </li>`;
}

/** Saves; says so while it does. */
export const saveButton = <V extends Values>(t: Localizer, form: Form<V>, label?: string): TemplateResult =>
  html`<button class="button primary" aria-disabled=${form.busy || form.conflicts.length > 0 ? 'true' : 'false'}>${form.busy ? t.t('form.saving') : (label ?? t.t('form.save'))}</button>`;
