/** How a job and its parts are told: status, visits, why something cannot be deleted. */
import { html, nothing, type TemplateResult } from 'lit';
import type { JobOverview, OfficeJobRow } from '../../../server/contract/office.ts';
import type { Keeper } from '../../../server/contract/records.ts';
import type { JobStatus, VisitView } from '../../../server/contract/work.ts';
import type { ApiError } from '../../data/errors.ts';
import type { Formats } from '../../locale/formats.ts';
import type { Localizer } from '../../locale/localizer.ts';
import '../../locale/en-jobs.ts';
import { pill } from '../../parts/pill.ts';
import '../locale/en-jobs.ts';

/** In the order in which a job goes through them. */
export const jobStatuses = ['new', 'scheduled', 'complete', 'canceled', 'lost'] as const satisfies readonly JobStatus[];

/** How a job stands, as pills: its status, and that it waits for an answer. */
export function statusPills({ status, waitsFor }: Pick<OfficeJobRow, 'status' | 'waitsFor'>, t: Localizer): TemplateResult {
  const tone = status === 'complete' || status === 'scheduled' ? 'ok' : 'plain';
  return html`${pill(tone, t.t(`work.s.${status}`))}${waitsFor === 'estimate' ? html`${' '}${pill('warn', t.t('work.waitsForAnswer'))}` : nothing}`;
}

type Visit = Pick<VisitView, 'startsAt' | 'endsAt' | 'arrivalWindowMinutes' | 'date'>;

/** When a visit is: the day, and the time where there is one. */
export function visitWords({ startsAt, endsAt, arrivalWindowMinutes, date }: Visit, formats: Formats): { day: string; time: string } {
  const { localizer: t } = formats;
  if (!startsAt) return { day: date ? formats.date(date) : t.t('visit.none'), time: date ? t.t('work.anyTime') : '' };
  const day = formats.date(startsAt);
  if (arrivalWindowMinutes) return { day, time: formats.arrival(startsAt, arrivalWindowMinutes) };
  if (!endsAt) return { day, time: formats.time(startsAt) };
  if (formats.day(startsAt) !== formats.day(endsAt)) return { day, time: `${formats.time(startsAt)} – ${formats.date(endsAt, 'short')}, ${formats.time(endsAt)}` };
  const { start, end } = formats.timeRange(startsAt, endsAt);
  return { day, time: `${start} – ${end}` };
}

/** The same in the fewest words, for a list. */
export function visitShort(visit: Visit, formats: Formats): string {
  const { startsAt, endsAt, arrivalWindowMinutes, date } = visit;
  if (!startsAt) return date ? formats.date(date, 'short') : '';
  const until = arrivalWindowMinutes ? new Date(Date.parse(startsAt) + arrivalWindowMinutes * 60_000).toISOString() : endsAt;
  const { start, end } = until && formats.day(until) === formats.day(startsAt) ? formats.timeRange(startsAt, until) : { start: formats.time(startsAt), end: '' };
  return `${formats.date(startsAt, 'short')}, ${end ? `${start} – ${end}` : start}`;
}

/** An address in one line. */
export const addressLine = ({ name, line1, line2, city, region, postalCode }: JobOverview['addresses'][number]): string =>
  [name, line1, line2, city, [region, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ');

/** Why something could not be deleted: what still refers to it, and how many. */
export function keptWords(error: ApiError, t: Localizer): string {
  const items = error.items as readonly Keeper[];
  if (error.code !== 'conflict' || items.length === 0) return t.problem(error.code);
  const list = new Intl.ListFormat(t.tag).format(items.map(({ kind, count }) => t.plural(`work.kept.${kind}`, count)));
  return t.t('work.kept', { list });
}
