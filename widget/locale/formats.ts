/**
 * Dates, times and money in one person's language. Times are told in the account's time zone, because that is where the
 * technician's clock is, wherever the reader's browser happens to be.
 */
import type { Money } from '../../server/contract/wire.ts';
import type { Localizer } from './localizer.ts';

/** `day` and `short` leave out the current year, `full` never does, and `medium` leaves out the weekday. */
type DateStyle = 'day' | 'full' | 'medium' | 'short';

const dateStyles: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  day: { weekday: 'long', month: 'long', day: 'numeric' },
  full: { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' },
  medium: { month: 'long', day: 'numeric', year: 'numeric' },
  short: { month: 'short', day: 'numeric' },
};

/** What a date tile shows. */
interface TileParts {
  month: string;
  day: string;
  weekday: string;
  /** Only when it is not this year's. */
  year: string | null;
}

const dayMs = 86_400_000;
const isDay = (value: string) => value.length === 10;
/** Noon, so that a day stays that day in whatever zone it is written. */
const at = (value: string) => new Date(isDay(value) ? `${value}T12:00:00Z` : value);
const iso = (ms: number) => new Date(ms).toISOString();
const join = (parts: readonly Intl.DateTimeFormatPart[]) =>
  parts
    .map((part) => part.value)
    .join('')
    .trim();

export class Formats {
  readonly localizer: Localizer;
  readonly zone: string;
  readonly now: () => number;

  /** `zone` is the account's. `now` may be fixed by tests. */
  constructor(localizer: Localizer, zone: string, now: () => number = Date.now) {
    this.localizer = localizer;
    this.zone = zone;
    this.now = now;
  }

  /** A decimal number given as text, such as a quantity. */
  number(value: string): string {
    return this.localizer
      .formatter('number', () => new Intl.NumberFormat(this.localizer.tag, { maximumFractionDigits: 3 }))
      .format(value as `${number}`);
  }

  /** A percentage given as text: “8.25%”. */
  percent(value: string): string {
    const options = { style: 'unit', unit: 'percent', maximumFractionDigits: 3 } as const;
    return this.localizer.formatter('percent', () => new Intl.NumberFormat(this.localizer.tag, options)).format(value as `${number}`);
  }

  /** Exact to the last minor unit: the decimal is written as text, so that no float ever holds it. */
  money({ amount, currency }: Money): string {
    const format = this.localizer.formatter(
      `money ${currency}`,
      () => new Intl.NumberFormat(this.localizer.tag, { style: 'currency', currency }),
    );
    const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
    const digits = String(Math.abs(amount)).padStart(decimals + 1, '0');
    const whole = digits.slice(0, digits.length - decimals);
    const decimal = decimals ? `${whole}.${digits.slice(-decimals)}` : whole;
    return format.format(`${amount < 0 ? '-' : ''}${decimal}` as `${number}`);
  }

  /** A calendar day, or the day of a moment, in words. */
  date(value: string, style: DateStyle = 'day'): string {
    const year = style === 'short' && !this.#thisYear(value) ? { year: 'numeric' as const } : {};
    const options = dateStyles[style === 'day' && !this.#thisYear(value) ? 'full' : style];
    return this.#in(value, { ...options, ...year }).format(at(value));
  }

  /** The same day in the fewest words. */
  tile(value: string): TileParts {
    const part = (options: Intl.DateTimeFormatOptions) => this.#in(value, options).format(at(value)).replace('.', '');
    return {
      month: part({ month: 'short' }),
      day: part({ day: 'numeric' }),
      weekday: part({ weekday: 'short' }),
      year: this.#thisYear(value) ? null : this.day(value).slice(0, 4),
    };
  }

  /** “today”, “tomorrow”, “in 4 days”, “3 days ago”; null where a date says more than a count of days. */
  relative(value: string): string | null {
    const days = Math.round((Date.parse(this.day(value)) - Date.parse(this.day(iso(this.now())))) / dayMs);
    if (Math.abs(days) > 14) return null;
    const format = () => new Intl.RelativeTimeFormat(this.localizer.tag, { numeric: 'auto' });
    return this.localizer.formatter('relative', format).format(days, 'day');
  }

  /** `YYYY-MM-DD` of a moment in the account's zone; a day is its own. */
  day(value: string): string {
    if (isDay(value)) return value;
    const options = { timeZone: this.zone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    const format = this.localizer.formatter(`day ${this.zone}`, () => new Intl.DateTimeFormat('en-US', options));
    const parts = format.formatToParts(at(value));
    const get = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
    return `${get('year')}-${get('month')}-${get('day')}`;
  }

  /** The time of day of a moment: “9 AM”, “9:30 AM”, “09:30”. */
  time(value: string): string {
    return join(this.#clock(value));
  }

  /** When the technician arrives: “Arrival between 9 and 11 AM”. */
  arrival(startsAt: string, windowMinutes: number | null): string {
    if (!windowMinutes) return this.localizer.t('visit.at', { start: this.time(startsAt) });
    return this.localizer.t('visit.between', this.timeRange(startsAt, iso(Date.parse(startsAt) + windowMinutes * 60_000)));
  }

  /** Both ends of a span; the start goes without “AM” where the end says it for both. */
  timeRange(startsAt: string, endsAt: string): { start: string; end: string } {
    const start = this.#clock(startsAt);
    const end = this.#clock(endsAt);
    const half = (parts: Intl.DateTimeFormatPart[]) => parts.find((part) => part.type === 'dayPeriod')?.value;
    const bare = start.filter((part) => part.type !== 'dayPeriod');
    return { start: join(half(start) === half(end) ? bare : start), end: join(end) };
  }

  /** The zone's name (“Eastern Time”) where its clock differs from the reader's at that moment, else null. */
  foreignZone(value: string): string | null {
    const clock = (timeZone?: string) =>
      at(value).toLocaleString('en-US', { dateStyle: 'short', timeStyle: 'short', ...(timeZone ? { timeZone } : {}) });
    if (clock() === clock(this.zone)) return null;
    const parts = this.#in(value, { timeZoneName: 'longGeneric' }).formatToParts(at(value));
    return parts.find((part) => part.type === 'timeZoneName')?.value ?? this.zone;
  }

  #thisYear(value: string): boolean {
    return this.day(value).slice(0, 4) === this.day(iso(this.now())).slice(0, 4);
  }

  /** Clocks of twelve hours leave out “:00”; those of twenty-four never do. */
  #clock(value: string): Intl.DateTimeFormatPart[] {
    const parts = this.#in(value, { hour: 'numeric', minute: '2-digit' }).formatToParts(at(value));
    const minute = parts.findIndex((part) => part.type === 'minute');
    if (parts[minute]?.value === '00' && parts.some((part) => part.type === 'dayPeriod')) parts.splice(minute - 1, 2);
    return parts;
  }

  #in(value: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const timeZone = isDay(value) ? 'UTC' : this.zone;
    return this.localizer.formatter(
      timeZone + JSON.stringify(options),
      () => new Intl.DateTimeFormat(this.localizer.tag, { ...options, timeZone }),
    );
  }
}

const made = new WeakMap<Localizer, Formats>();

/** The formats of one language for the account's zone, made once: every view and row asks for the same ones. */
export function formatsOf(localizer: Localizer, zone: string): Formats {
  let formats = made.get(localizer);
  if (formats?.zone !== zone) made.set(localizer, (formats = new Formats(localizer, zone)));
  return formats;
}
