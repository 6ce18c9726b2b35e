/** How far a document got: what was sent, what reached the customer, who had it before their eyes. The same for estimates and invoices. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DocumentFacts } from '../../../server/contract/documents.ts';
import type { Formats } from '../../locale/formats.ts';
import { moment } from '../ago.ts';
import '../locale/en-documents.ts';

type Notice = DocumentFacts['notices'][number];

/** A fact as a pill; the word says what happened, the tone only helps. */
const fact = (tone: 'ok' | 'plain' | 'bad', words: string): TemplateResult => html`<span class="pill ${tone}">${words}</span>`;

/** The facts of the version that was sent last, as pills: Sent, Delivered, Opened. Nothing for what was never sent. */
export function factPills(versions: readonly DocumentFacts[], formats: Formats): TemplateResult | typeof nothing {
  const [last] = versions;
  if (!last) return nothing;
  const { localizer: t } = formats;
  const delivered = last.notices.find(({ status }) => status === 'sent');
  const opened = last.opened.at(0);
  return html`<p class="actions facts">
    ${fact('plain', t.t('docs.sentAt', { moment: moment(formats, last.sentAt) }))}
    ${last.notices.some(({ status }) => status === 'failed') ? fact('bad', t.t('docs.notDelivered')) : nothing}
    ${delivered ? fact('plain', t.t('docs.delivered')) : nothing}
    ${opened ? fact('ok', t.t('docs.openedAt', { moment: moment(formats, opened.at) })) : nothing}
  </p>`;
}

/** Every version with its facts, newest first; `more` adds what only this kind of document has. */
export function versionList(versions: readonly DocumentFacts[], formats: Formats, more: (version: DocumentFacts) => unknown = () => nothing): TemplateResult {
  const { localizer: t } = formats;
  return html`<ul class="rows">
    ${versions.map(
      (version) => html`<li class="padded stack">
        <p><span class="strong">${t.t('docs.version', { version: version.version })}</span> <span class="muted small">${t.t('docs.sentAt', { moment: moment(formats, version.sentAt) })}</span></p>
        ${version.note ? html`<p class="small prose">${version.note}</p>` : nothing}
        ${version.notices.length + version.opened.length > 0
          ? html`<ul class="small facts-list">
              ${version.notices.map((notice) => html`<li class=${notice.status === 'failed' ? 'bad-text' : ''}>${noticeWords(notice, formats)}</li>`)}
              ${version.opened.map(({ name, at }) => html`<li>${t.t('docs.openedBy', { name, moment: moment(formats, at) })}</li>`)}
            </ul>`
          : html`<p class="small muted">${t.t('docs.onlyLink')}</p>`}
        ${more(version)}
      </li>`,
    )}
  </ul>`;
}

/** One message that carried it: by which way, to whom, and whether it got there. */
function noticeWords({ kind, channel, to, status, handedOverAt }: Notice, formats: Formats): string {
  const { localizer: t } = formats;
  const isReminder = kind === 'estimateReminder' || kind === 'invoiceReminder';
  const what = t.t(isReminder ? 'docs.reminder' : channel === 'sms' ? 'office.sms.channel' : 'office.email.channel');
  const way = { what, to: channel === 'sms' && to.startsWith('+') ? t.phone(to) : to };
  if (status === 'failed') return t.t('docs.noticeFailed', way);
  if (status === 'queued' || handedOverAt === null) return t.t('docs.noticeQueued', way);
  return t.t('docs.noticeSent', { ...way, moment: moment(formats, handedOverAt) });
}
