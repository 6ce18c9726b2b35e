/** Times and days as exports write them. */
import { Temporal } from 'temporal-polyfill';

export interface Moment {
  /** UTC with milliseconds, as everything is stored. */
  instant: string;
  /** The calendar day in the account's zone. */
  day: string;
  /** Only a day was meant: there was no time, or it was midnight. */
  dayOnly: boolean;
}

const form = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|UTC|[+-]\d{2}:?\d{2})?)?$/i;

/** Reads ISO 8601 with an offset, without one (then in `timeZone`), or a day alone; null when it is no such time. */
export function momentOf(text: string, timeZone: string): Moment | null {
  const match = form.exec(text.trim());
  if (!match) return null;
  const [, date = '', time, offset] = match;
  const year = Number(date.slice(0, 4));
  if (year < 1900 || year > 2199) return null;
  try {
    if (!time) {
      const day = Temporal.PlainDate.from(date);
      return { instant: stored(day.toZonedDateTime(timeZone).epochMilliseconds), day: day.toString(), dayOnly: true };
    }
    const written = Temporal.PlainDateTime.from(`${date}T${time}`);
    const milliseconds = offset ? withOffset(date, time, offset) : written.toZonedDateTime(timeZone).epochMilliseconds;
    const local = Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(timeZone);
    // Midnight as written counts as well: an export with a fixed offset is an hour off for half of the year.
    if (isMidnight(written)) return { instant: stored(milliseconds), day: date, dayOnly: true };
    return { instant: stored(milliseconds), day: local.toPlainDate().toString(), dayOnly: isMidnight(local) };
  } catch (error) {
    // The thirteenth month or the 30th of February.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** A moment to stand for a day: noon, which is that day in every season. */
export const noonOf = (day: string, timeZone: string): string =>
  stored(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: '12:00' }).epochMilliseconds);

const withOffset = (date: string, time: string, offset: string): number =>
  Temporal.Instant.from(`${date}T${time}${/^(Z|UTC)$/i.test(offset) ? 'Z' : offset}`).epochMilliseconds;

const isMidnight = (time: { hour: number; minute: number; second: number }): boolean =>
  time.hour === 0 && time.minute === 0 && time.second === 0;

const stored = (milliseconds: number): string => new Date(milliseconds).toISOString();
