/** Addresses of a Kickserv customer, whose first line often repeats who lives there. */
import { searchable } from '../../platform/text.ts';
import type { CustomerRecord } from '../records.ts';
import type { Reading } from './reading.ts';

type Names = (string | null)[];

/** Where the work is done; null when the record says nothing of it. */
export function serviceAddressOf(reading: Reading, names: Names): CustomerRecord['address'] {
  const lines = streetLines(reading, 'service', names);
  const place = {
    city: reading.line(100, 'service_city') ?? '',
    region: reading.line(100, 'service_state') ?? '',
    postalCode: reading.line(20, 'service_zip_code', 'service_zip') ?? '',
    country: countryOf(reading),
  };
  const line2 = reading.fitLine(lines.slice(1).join(', '), 200);
  const line1 = reading.fitLine(lines[0] ?? null, 200);
  if (line1) return { line1, line2, ...place };
  const standIn = place.city || [place.region, place.postalCode].filter(Boolean).join(' ');
  if (!standIn) return null;
  reading.mended('its address has no street; the town stands in its place');
  return { ...place, line1: standIn, line2, ...(place.city ? { city: '' } : { region: '', postalCode: '' }) };
}

/** Where bills go, as one text; null when the record says nothing of it. */
export function billingAddressOf(reading: Reading, names: Names): string | null {
  const lines = streetLines(reading, 'billing', names);
  const state = [reading.text('billing_state'), reading.text('billing_zip_code', 'billing_zip')].filter(Boolean).join(' ');
  const town = [reading.text('billing_city'), state].filter(Boolean).join(', ');
  const whole = [...lines, town, reading.text('billing_country') ?? ''].filter(Boolean).join('\n');
  return whole ? whole.slice(0, 500) : null;
}

function streetLines(reading: Reading, which: 'service' | 'billing', names: Names): string[] {
  const lines = (reading.text(`${which}_address`) ?? '')
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter(Boolean);
  const first = lines[0] && searchable(lines[0]);
  if (first && names.some((name) => name && searchable(name) === first)) lines.shift();
  const second = reading.text(`${which}_address_2`);
  return second ? [...lines, second] : lines;
}

/** A code, or an English name such as “Canada”. */
function countryOf(reading: Reading): string {
  const written = reading.text('service_country');
  if (!written) return reading.account.country;
  const code = codes().get(searchable(written).replace(/\./g, ''));
  if (code) return code;
  reading.mended('its country is not known; the account’s own is kept', written.slice(0, 60));
  return reading.account.country;
}

let known: Map<string, string> | undefined;
function codes(): Map<string, string> {
  if (known) return known;
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  known = new Map([['usa', 'US'], ['united states of america', 'US'], ['uk', 'GB'], ['great britain', 'GB'], ['england', 'GB']]);
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = names.of(code);
    if (!name || code === 'UK') continue;
    known.set(code.toLowerCase(), code);
    if (!known.has(searchable(name))) known.set(searchable(name), code);
  }
  return known;
}
