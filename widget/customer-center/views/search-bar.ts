import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { History } from '../../../server/contract/work.ts';
import type { Localizer } from '../../locale/localizer.ts';

interface SearchBar {
  /** What is searched. */
  label: string;
  q: string;
  addressId: string;
  addresses: History['addresses'];
  lang: string;
  type: (q: string) => void;
  submit: () => void;
  choose: (addressId: string) => void;
}

/** Search and the choice of an address above a list; without a choice there is no select. */
export function searchBar(
  localizer: Localizer,
  { label, q, addressId, addresses, lang, type, submit, choose }: SearchBar,
): TemplateResult {
  const onSubmit = (event: Event) => {
    event.preventDefault();
    submit();
  };
  return html`<form class="tools" role="search" @submit=${onSubmit}>
    <div class="search">
      <svg aria-hidden="true" viewBox="0 0 20 20"><circle cx="9" cy="9" r="5.5"></circle><path d="m13 13 4 4"></path></svg>
      <input
        id="search"
        class="field"
        part="search"
        type="search"
        name="q"
        maxlength="100"
        autocomplete="off"
        enterkeyhint="search"
        aria-label=${label}
        placeholder=${label}
        .value=${live(q)}
        @input=${(event: InputEvent) => type((event.target as HTMLInputElement).value)}
      />
    </div>
    ${addresses.length > 1
      ? html`<div class="select">
          <select
            class="field"
            part="select"
            aria-label=${localizer.t('history.address')}
            @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
          >
            <option value="" .selected=${addressId === ''}>${localizer.t('history.allAddresses')}</option>
            ${addresses.map(
              ({ id, name, line1, city }) =>
                html`<option value=${id} .selected=${id === addressId} lang=${lang}>
                  ${[name, line1, city].filter(Boolean).join(', ')}
                </option>`,
            )}
          </select>
          <svg aria-hidden="true" viewBox="0 0 20 20"><path d="m5 8 5 5 5-5"></path></svg>
        </div>`
      : nothing}
  </form>`;
}
