/** Until when something may be put off, on the clock of the account. */
import type { Formats } from '../../locale/formats.ts';
import { instantOf, todayIn } from '../zoned.ts';

const dayMs = 86_400_000;
const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`);
const later = (day: string, days: number): string => new Date(noon(day) + days * dayMs).toISOString().slice(0, 10);

/** What is offered without picking: later today while it still is before five, tomorrow and next Monday at eight. */
export function snoozeTimes({ zone, now }: Formats): { key: 'today' | 'tomorrow' | 'monday'; until: string }[] {
  const today = todayIn(zone, now());
  const tomorrow = later(today, 1);
  const monday = later(today, (8 - new Date(noon(today)).getUTCDay()) % 7 || 7);
  const all = [
    { key: 'today' as const, until: instantOf(today, '17:00', zone) },
    { key: 'tomorrow' as const, until: instantOf(tomorrow, '08:00', zone) },
    { key: 'monday' as const, until: instantOf(monday, '08:00', zone) },
  ];
  return all.filter(({ key, until }) => Date.parse(until) > now() && (key !== 'monday' || monday !== tomorrow));
}

/** What the fields for another moment begin with: tomorrow at eight. */
export const firstPick = ({ zone, now }: Formats): { date: string; time: string } => ({ date: later(todayIn(zone, now()), 1), time: '08:00' });
