/** A row of the inbox: who, when, what, what they wrote, how much, and who looks after it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { InboxItem } from '../../../server/contract/inbox.ts';
import type { Formats } from '../../locale/formats.ts';
import { ago, moment } from '../ago.ts';
import { initials, phrase, pills, standing, subjectOf } from './phrases.ts';

interface Row {
  formats: Formats;
  /** Language of the server's sentences. */
  lang: string;
  chosen: boolean;
  open: (id: string) => void;
}

export function row(item: InboxItem, { formats, lang, chosen, open }: Row): TemplateResult {
  const { localizer: t } = formats;
  const { id, at, words, assignee } = item;
  const unread = item.readAt === null && item.doneAt === null;
  const said = phrase(t, item);
  const stands = standing(t, formats, item);
  return html`<button type="button" role="link" id="row-${id}" class="item ${unread ? 'unread' : ''}" aria-current=${chosen ? 'true' : nothing} @click=${() => open(id)}>
    <span class="line">
      ${unread ? html`<span class="dot" aria-hidden="true"></span><span class="visually-hidden">${t.t('inbox.unread')}, </span>` : nothing}
      <span class="name">${subjectOf(t, item)}</span>
      ${assignee
        ? html`<span class="visually-hidden">, ${t.t('inbox.assignedTo', { name: assignee.name })}</span><span class="face" aria-hidden="true" title=${assignee.name}>${initials(assignee.name)}</span>`
        : nothing}
      <span class="when"><span class="visually-hidden">, </span>${ago(formats, at)}<span class="visually-hidden">, ${moment(formats, at)}</span></span>
    </span>
    <span class="what"><span lang=${said.ours ? nothing : lang}>${said.words}</span> ${pills(t, formats, item, 'one')}</span>
    ${words || stands
      ? html`<span class="quote">${stands}${stands && words ? ' · ' : nothing}${words ? html`<span lang="">“${words.replace(/\s+/g, ' ').trim()}”</span>` : nothing}</span>`
      : nothing}
  </button>`;
}
