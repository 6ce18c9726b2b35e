/** How long ago something was, as lists say it: “now”, “18 min”, “3 h”, then the day. */
import type { Formats } from '../locale/formats.ts';

const minuteMs = 60_000;

export function ago(formats: Formats, at: string): string {
  const { localizer: t } = formats;
  const minutes = Math.floor((formats.now() - Date.parse(at)) / minuteMs);
  if (minutes < 1) return t.t('ago.now');
  if (minutes < 60) return t.t('ago.minutes', { n: minutes });
  if (minutes < 24 * 60) return t.t('ago.hours', { n: Math.floor(minutes / 60) });
  return formats.date(at, 'short');
}

/** The full moment: “Nov 20, 3:05 PM”. */
export const moment = (formats: Formats, at: string): string => `${formats.date(at, 'short')}, ${formats.time(at)}`;
