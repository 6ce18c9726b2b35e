/** Strict reading of form bodies and queries: what Stripe does not know is refused, and values get their type. */
import { Failure, invalid } from './failures.ts';

export type Raw = string | { [name: string]: Raw };
export type RawObject = { [name: string]: Raw };

/** `emptyable` strings and maps may be '', which unsets them; an array lists the allowed words; `open` is not looked into. */
export type Kind = 'string' | 'emptyable' | 'integer' | 'boolean' | 'map' | 'list' | 'open' | readonly string[];
export interface Shape {
  [name: string]: Kind | Shape;
}

/** A shape of which every name is one that the SDK's type of these parameters knows. */
export type ShapeOf<P> = { [K in keyof P]?: Kind | Shape };

/** `a[b][]=c` as nested objects; lists keep their index as a name until a shape makes them lists. */
export function parseForm(text: string): RawObject {
  const root: RawObject = bare();
  for (const [key, value] of new URLSearchParams(text)) {
    const path = [...key.matchAll(/^[^[]+|\[([^\]]*)\]/g)].map((match) => match[1] ?? match[0]);
    let at = root;
    path.forEach((name, index) => {
      const own = name === '' || name === '[]' ? String(Object.keys(at).length) : name;
      if (index === path.length - 1) at[own] = value;
      else {
        const next = at[own];
        at = typeof next === 'object' ? next : (at[own] = bare());
      }
    });
  }
  return root;
}

const bare = (): RawObject => Object.create(null) as RawObject;

/** @throws Failure 400 as Stripe words it, naming the parameter. */
export function readParameters(raw: RawObject, shape: Shape, required: readonly string[] = [], path = ''): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(raw)) {
    const param = path ? `${path}[${name}]` : name;
    if (param === 'payment_method_types')
      throw invalid('The payment_method_types parameter is no longer supported. Use automatic_payment_methods or allowed_payment_method_types.', {
        code: 'payment_method_types_no_longer_supported', param,
      });
    const kind = Object.hasOwn(shape, name) ? shape[name]! : undefined;
    if (!kind) throw invalid(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
    read[name] = readValue(value, kind, param);
  }
  for (const name of required)
    if (read[name] === undefined) throw invalid(`Missing required param: ${name}.`, { code: 'parameter_missing', param: name });
  return read;
}

function readValue(value: Raw, kind: Kind | Shape, param: string): unknown {
  if (kind === 'open') return value;
  if (kind === 'map') return value === '' ? null : readMap(value, param);
  if (kind === 'list') {
    if (value === '') return [];
    if (typeof value === 'string') throw invalid('Invalid array', { param });
    return Object.values(value);
  }
  if (typeof kind === 'object' && !Array.isArray(kind)) {
    if (typeof value === 'string') throw invalid('Invalid object', { param });
    return readParameters(value, kind as Shape, [], param);
  }
  if (typeof value !== 'string') throw invalid(`Invalid string: ${JSON.stringify(value)}`, { param });
  return readWord(value, kind as Exclude<Kind, 'open' | 'map' | 'list'>, param);
}

function readWord(value: string, kind: 'string' | 'emptyable' | 'integer' | 'boolean' | readonly string[], param: string): unknown {
  if (kind === 'emptyable') return value === '' ? null : value;
  if (kind === 'integer') {
    if (!/^-?\d+$/.test(value)) throw invalid(`Invalid integer: ${value}`, { code: 'parameter_invalid_integer', param });
    return Number(value);
  }
  if (kind === 'boolean') {
    if (value !== 'true' && value !== 'false') throw invalid(`Invalid boolean: ${value}`, { param });
    return value === 'true';
  }
  if (value === '' && !(typeof kind === 'object' && kind.includes('')))
    throw invalid(`You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset.`, {
      code: 'parameter_invalid_empty', param,
    });
  if (kind !== 'string' && !kind.includes(value)) throw invalid(`Invalid ${param}: must be one of ${kind.join(', ')}`, { param });
  return value;
}

/** Metadata: its limits are Stripe's. */
function readMap(value: Raw, param: string): Record<string, string> {
  if (typeof value === 'string') throw invalid('Invalid object', { param });
  const entries = Object.entries(value);
  if (entries.length > 50) throw invalid('Metadata may have at most 50 keys.', { param });
  for (const [name, text] of entries) {
    if (typeof text !== 'string') throw invalid('Metadata values must be strings.', { param: `${param}[${name}]` });
    if (name.length > 40) throw invalid('Metadata keys can have up to 40 characters.', { param: `${param}[${name}]` });
    if (text.length > 500) throw invalid('Metadata values can have up to 500 characters.', { param: `${param}[${name}]` });
  }
  return Object.fromEntries(entries) as Record<string, string>;
}

/** What Stripe makes of metadata that is set again: names are merged, '' takes one away, nothing takes all. */
export function mergeMetadata(current: Record<string, string> | null, change: unknown): Record<string, string> {
  if (change === undefined) return { ...current };
  if (change === null) return {};
  const merged = { ...current, ...(change as Record<string, string>) };
  return Object.fromEntries(Object.entries(merged).filter(([, text]) => text !== ''));
}

/** Least and most of a currency in minor units, and what an amount must be a multiple of. */
const currencies: Record<string, { least: number; step?: number }> = {
  usd: { least: 50 }, eur: { least: 50 }, gbp: { least: 30 }, cad: { least: 50 }, aud: { least: 50 }, nzd: { least: 50 }, chf: { least: 50 }, mxn: { least: 1000 },
  sek: { least: 300 }, nok: { least: 300 }, dkk: { least: 250 }, jpy: { least: 50 }, pln: { least: 200 }, czk: { least: 1500 }, huf: { least: 17500 },
  bhd: { least: 200, step: 10 }, jod: { least: 200, step: 10 }, kwd: { least: 200, step: 10 }, omr: { least: 200, step: 10 }, tnd: { least: 1500, step: 10 },
  isk: { least: 10000, step: 100 }, ugx: { least: 200000, step: 100 },
};
const most = 99_999_999;

export function checkAmount(amount: number, currency: string): void {
  if (!/^[a-z]{3}$/.test(currency)) throw invalid(`Invalid currency: ${currency}.`, { param: 'currency' });
  if (amount < 1) throw invalid('This value must be greater than or equal to 1.', { code: 'parameter_invalid_integer', param: 'amount' });
  const { least, step = 1 } = currencies[currency] ?? { least: 50 };
  if (amount < least) throw invalid(`Amount must be at least ${least} in ${currency}, in minor units.`, { code: 'amount_too_small', param: 'amount' });
  if (amount > most) throw invalid(`Amount must be no more than ${most} in ${currency}, in minor units.`, { code: 'amount_too_large', param: 'amount' });
  if (amount % step) throw invalid(`Amount must be divisible by ${step} in ${currency}.`, { code: 'invalid_charge_amount', param: 'amount' });
}

/** @throws Failure 400 unless it is an absolute web address. */
export function checkUrl(url: string, param: string): void {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new Failure(400, { type: 'invalid_request_error', code: 'url_invalid', message: 'Not a valid URL', param });
}
