/** What surrounds every screen: whose office it is, where to go, what waits, search, and who is here. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Card } from '../../server/contract/account.ts';
import type { StaffSession } from '../data/office.ts';
import '../locale/en-center.ts';
import type { Localizer } from '../locale/localizer.ts';
import { icon } from './icons.ts';
import { places, type Place } from './routes.ts';

interface Frame {
  t: Localizer;
  place: Place | null;
  card: Card | undefined;
  api: string;
  unread: number;
  staff: StaffSession;
  go: (path: string) => void;
  search: () => void;
  help: () => void;
  leave: (everywhere: boolean) => void;
  languages: TemplateResult;
}

/** The contractor's logo, or the first letter of the name on their colour. */
const logo = ({ logoUrl, name }: Card, api: string): TemplateResult =>
  logoUrl ? html`<img class="logo" src=${new URL(logoUrl, api).href} alt="" />` : html`<span class="initial" aria-hidden="true">${[...name][0]}</span>`;

export function navigation(frame: Frame): TemplateResult {
  const { t, card, api, search } = frame;
  const bar = html`<nav class="nav" part="nav" aria-label=${t.t('office.nav')}>${places.map((name) => entry(frame, name))}</nav>`;
  return html`<header class="rail" part="rail">
    <div class="brand">${card ? logo(card, api) : nothing}<span class="name" lang=${card?.locale ?? nothing}>${card?.name}</span></div>
    ${bar}
    <button type="button" class="tool" @click=${search} aria-label=${t.t('office.searchLong')} aria-keyshortcuts="/">
      ${icon('search')}<span class="wide-only">${t.t('office.search')}</span><kbd aria-hidden="true">/</kbd>
    </button>
    ${account(frame)}
  </header>`;
}

function entry({ t, place, unread, go }: Frame, name: Place): TemplateResult {
  const waits = name === 'inbox' && unread > 0;
  return html`<button type="button" role="link" aria-current=${place === name ? 'page' : nothing} @click=${() => go(`/${name}`)}>
    <span class="mark"
      >${icon(name)}${waits ? html`<span class="count" aria-hidden="true">${unread > 99 ? '99+' : unread}</span>` : nothing}</span
    >
    <span class="word">${t.t(`office.${name}`)}</span>${waits ? html`<span class="visually-hidden">, ${t.plural('office.unread', unread)}</span>` : nothing}
  </button>`;
}

function account({ t, staff, help, leave, languages }: Frame): TemplateResult {
  const role = staff.role ? t.t(`office.${staff.role}`) : '';
  return html`<button type="button" class="tool menu" popovertarget="panel" aria-label="${t.t('office.menu')}, ${staff.name}">${icon('menu')}<span class="wide-only">${staff.name}</span></button>
    <div id="panel" class="panel" popover @toggle=${place}>
      <p>${t.t('office.signedInAs', { name: staff.name })}${role ? ` (${role})` : ''}</p>
      <button type="button" class="button quiet wide" @click=${(event: Event) => (closePanel(event), help())}>${t.t('office.help')}</button>
      <button type="button" class="button quiet wide" @click=${() => leave(false)}>${t.t('shell.signOut')}</button>
      <button type="button" class="button quiet wide" @click=${() => leave(true)}>${t.t('shell.signOutAll')}</button>
      ${languages}
    </div>`;
}

/** The focus goes to the menu's button, so that a dialog which opens from here can give it back. */
function closePanel(event: Event): void {
  const panel = (event.currentTarget as HTMLElement).closest<HTMLElement>('[popover]')!;
  panel.hidePopover();
  (panel.previousElementSibling as HTMLElement).focus();
}

/** Beside its button: the panel is in the top layer and has no place of its own. */
function place(event: Event): void {
  const panel = event.target as HTMLElement;
  if ((event as ToggleEvent).newState !== 'open') return;
  const menu = panel.previousElementSibling!.getBoundingClientRect();
  const below = menu.top < innerHeight / 2;
  panel.style.setProperty('top', `${scrollY + (below ? menu.bottom + 4 : menu.top - panel.offsetHeight - 4)}px`);
  panel.style.setProperty('left', `${Math.max(8, Math.min(menu.left, document.documentElement.clientWidth - panel.offsetWidth - 8))}px`);
}
