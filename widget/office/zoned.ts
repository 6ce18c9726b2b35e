/**
 * Moments as the account's clock shows them, and back. Forms speak in the account's time, wherever the browser is; the wire speaks UTC.
 * Summer time is the zone's own affair: an hour that a clock skips means the one after it, an hour that it has twice means the first.
 */
const parts = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = parts.get(zone);
  if (!format) {
    const options = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
    parts.set(zone, (format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', calendar: 'gregory', numberingSystem: 'latn', ...options })));
  }
  return format;
}

/** What the zone's clock shows at that moment, as if it were UTC. */
function wall(ms: number, zone: string): number {
  const shown = Object.fromEntries(formatOf(zone).formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(shown['year']!, shown['month']! - 1, shown['day'], shown['hour'], shown['minute'], shown['second']);
}

/** Day and time of a moment on the zone's clock: `{ date: '2026-03-08', time: '14:30' }`. */
export function zonedOf(instant: string, zone: string): { date: string; time: string } {
  const text = new Date(wall(Date.parse(instant), zone)).toISOString();
  return { date: text.slice(0, 10), time: text.slice(11, 16) };
}

/** The moment at which the zone's clock shows this day and time. */
export function instantOf(date: string, time: string, zone: string): string {
  const wanted = Date.parse(`${date}T${time}:00Z`);
  // A clock is ahead or behind by what it is a day before or after: zones change at most once in two days.
  const offsets = [-1, 1].map((days) => offsetAt(wanted + days * dayMs, zone));
  const found = offsets.map((offset) => wanted - offset).filter((ms) => wall(ms, zone) === wanted);
  // In a gap, the clock as it was before it: 2:30 becomes 3:30.
  return new Date(found.length > 0 ? Math.min(...found) : wanted - offsets[0]!).toISOString();
}

/** Today on the zone's calendar. */
export const todayIn = (zone: string, now = Date.now()): string => zonedOf(new Date(now).toISOString(), zone).date;

const dayMs = 86_400_000;
const offsetAt = (ms: number, zone: string): number => wall(ms, zone) - Math.floor(ms / 1000) * 1000;
