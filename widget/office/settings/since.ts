/** How long ago something was, as a sentence says it: “just now”, “3 minutes ago”, then the day. */
import type { Formats } from '../../locale/formats.ts';

const minuteMs = 60_000;

export function since(formats: Formats, at: string): string {
  const { localizer: t } = formats;
  const minutes = Math.floor((formats.now() - Date.parse(at)) / minuteMs);
  const format = t.formatter('since', () => new Intl.RelativeTimeFormat(t.tag, { numeric: 'auto' }));
  if (minutes < 1) return t.t('settings.justNow');
  if (minutes < 60) return format.format(-minutes, 'minute');
  if (minutes < 24 * 60) return format.format(-Math.floor(minutes / 60), 'hour');
  return t.t('settings.onDay', { date: formats.date(at, 'short') });
}
