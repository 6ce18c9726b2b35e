/** Days where an account is. A day begins and ends by the account's own clock, whatever the season. */
import { Temporal } from 'temporal-polyfill';

/** Today's date. */
export const today = (timeZone: string): string => Temporal.Now.plainDateISO(timeZone).toString();

/** The date of a moment. */
export const dayOf = (instant: string, timeZone: string): string => Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** So many days after a date. */
export const daysAfter = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();

/** The moment after the last one of a day, in the stored form. */
export const endOfDay = (day: string, timeZone: string): string => storedInstant(Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(timeZone));

/** The form of every stored time. */
export const storedInstant = (time: Temporal.ZonedDateTime): string => new Date(time.epochMilliseconds).toISOString();
