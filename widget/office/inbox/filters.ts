/** What the list shows: open, snoozed or done; all or unread; about what; whose; and words to look for. */
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { InboxCounts } from '../../../server/contract/inbox.ts';
import type { InboxWanted } from '../../data/office-inbox.ts';
import type { Localizer } from '../../locale/localizer.ts';
import { empty } from '../../parts/states.ts';
import { chevron } from '../form/fields.ts';
import '../locale/en-inbox.ts';

/** What the list begins with. */
export const everything: InboxWanted = { state: 'open', unread: false, topic: '', assignee: '', q: '' };

/** Whether something may be missing from the list. */
const isFiltered = ({ unread, topic, assignee, q }: InboxWanted): boolean => unread || topic !== '' || assignee !== '' || q !== '';

interface Filters {
  t: Localizer;
  wanted: InboxWanted;
  counts: InboxCounts | undefined;
  /** Whether whoever is here is one of the staff, and not a key. */
  isStaff: boolean;
  want: (change: Partial<InboxWanted>) => void;
  type: (q: string) => void;
}

/** Beside the heading: what is open, put off, or done. */
export function stateChoice({ t, wanted, counts, want }: Filters): TemplateResult {
  const snoozed = counts?.snoozed ? t.t('inbox.snoozedCount', { n: counts.snoozed }) : t.t('inbox.snoozed');
  const states: [string, string][] = [['open', t.t('inbox.open')], ['snoozed', snoozed], ['done', t.t('inbox.done')]];
  return choice(t.t('inbox.state'), 'state', wanted.state, states, (state) => want({ state: state as InboxWanted['state'] }));
}

export function filters({ t, wanted, counts, isStaff, want, type }: Filters): TemplateResult {
  const mine = counts?.mine ? t.t('inbox.mineCount', { n: counts.mine }) : t.t('inbox.mine');
  const whose: [string, string][] = [['', t.t('inbox.everybodys')], ...(isStaff ? [['me', mine] as [string, string]] : []), ['none', t.t('inbox.nobodys')]];
  return html`<div class="filters">
    <label class="visually-hidden" for="q">${t.t('inbox.search')}</label>
    <input id="q" class="field" type="search" autocomplete="off" spellcheck="false" maxlength="100" placeholder=${t.t('inbox.searchHint')} .value=${live(wanted.q)} @input=${(event: Event) => type((event.target as HTMLInputElement).value)} />
    <div class="choices">
      ${choice(
        t.t('inbox.topic'),
        'topic',
        wanted.topic,
        [['', t.t('inbox.everything')], ['decisions', t.t('inbox.decisions')], ['payments', t.t('inbox.payments')], ['delivery', t.t('inbox.delivery')]],
        (topic) => want({ topic: topic as InboxWanted['topic'] }),
      )}
      ${choice(t.t('inbox.whose'), 'whose', wanted.assignee, whose, (assignee) => want({ assignee }))}
      <button type="button" class="toggle" aria-pressed=${wanted.unread ? 'true' : 'false'} @click=${() => want({ unread: !wanted.unread })}>${t.t('inbox.unread')}</button>
    </div>
  </div>`;
}

/** A small select that says its own name to those who do not see the place. */
const choice = (label: string, id: string, value: string, options: [value: string, words: string][], chosen: (value: string) => void): TemplateResult =>
  html`<span class="select small">
    <select id=${id} class="field ${value === options[0]![0] ? '' : 'set'}" aria-label=${label} @change=${(event: Event) => chosen((event.target as HTMLSelectElement).value)}>
      ${options.map(([each, words]) => html`<option value=${each} .selected=${each === value}>${words}</option>`)}
    </select>${chevron}
  </span>`;

/** In place of a list without a row, with the way to everything where there may be some. */
export function emptyList(t: Localizer, wanted: InboxWanted, showAll: () => void): TemplateResult {
  const all = html`<button type="button" class="button" @click=${showAll}>${t.t('inbox.all')}</button>`;
  if (isFiltered(wanted)) return empty(t.t('inbox.emptyFound'), t.t('inbox.emptyFoundLead'), all);
  if (wanted.state === 'open') return empty(t.t('inbox.emptyOpen'), t.t('inbox.emptyOpenLead'));
  return empty(t.t(wanted.state === 'done' ? 'inbox.emptyDone' : 'inbox.emptySnoozed'), undefined, all);
}
