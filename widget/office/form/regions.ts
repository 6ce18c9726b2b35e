/** Countries, their currencies and time zones, with the names that the browser has for them, and what can be guessed of the person's own. */
import type { Localizer } from '../../locale/localizer.ts';

export type Choice = readonly [value: string, label: string];

/** ISO 3166-1 alpha-2. */
const countries = (
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU ' +
  'CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE ' +
  'IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR ' +
  'MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI ' +
  'SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'
).split(' ');

/** What people there are paid in; where nothing is said, dollars are a guess that the person changes. */
const currencies: Record<string, string> = {
  EUR: 'AD AT AX BE BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM VA XK YT',
  AED: 'AE', ARS: 'AR', AUD: 'AU CC CX KI NF NR TV', BRL: 'BR', BSD: 'BS', BZD: 'BZ', CAD: 'CA', CHF: 'CH LI', CLP: 'CL', CNY: 'CN', COP: 'CO', CRC: 'CR',
  CZK: 'CZ', DKK: 'DK FO GL', DOP: 'DO', GBP: 'GB GG IM JE', GTQ: 'GT', HKD: 'HK', HNL: 'HN', HUF: 'HU', IDR: 'ID', ILS: 'IL PS', INR: 'IN', ISK: 'IS', JMD: 'JM',
  JPY: 'JP', KRW: 'KR', KWD: 'KW', MXN: 'MX', MYR: 'MY', NGN: 'NG', NIO: 'NI', NOK: 'NO SJ', NZD: 'CK NU NZ PN TK', PEN: 'PE', PHP: 'PH', PLN: 'PL', PYG: 'PY',
  QAR: 'QA', RON: 'RO', SAR: 'SA', SEK: 'SE', SGD: 'SG', THB: 'TH', TRY: 'TR', TTD: 'TT', TWD: 'TW', UAH: 'UA', UYU: 'UY', ZAR: 'ZA',
}; // prettier-ignore

/** The currency of a country. */
export const currencyOf = (country: string): string => Object.entries(currencies).find(([, where]) => where.includes(country))?.[0] ?? 'USD';

type Locale = Intl.Locale & { timeZones?: string[]; getTimeZones?: () => string[] };

/** The time zones of a country; none where the browser does not know. */
function zonesOf(country: string): string[] {
  const locale = new Intl.Locale(`und-${country}`) as Locale;
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

/** The zone of this browser's clock. */
export const zoneHere = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Where this browser's clock is, else where its language is spoken. */
export function countryHere(): string {
  const spoken = navigator.languages.map((tag) => new Intl.Locale(tag).region).filter((region) => region !== undefined);
  const zone = zoneHere();
  return [...spoken, ...countries].find((country) => zonesOf(country).includes(zone)) ?? spoken[0] ?? 'US';
}

/** Where most people of a country with several zones live. */
const mainZones: Record<string, string> = {
  AR: 'America/Argentina/Buenos_Aires', AU: 'Australia/Sydney', BR: 'America/Sao_Paulo', CA: 'America/Toronto', CL: 'America/Santiago', CN: 'Asia/Shanghai',
  DE: 'Europe/Berlin', EC: 'America/Guayaquil', ES: 'Europe/Madrid', ID: 'Asia/Jakarta', MX: 'America/Mexico_City', NZ: 'Pacific/Auckland', PT: 'Europe/Lisbon',
  RU: 'Europe/Moscow', US: 'America/New_York',
}; // prettier-ignore

/** The zone to begin with: this browser's where it is one of the country's. */
export function zoneFor(country: string, now = zoneHere()): string {
  const zones = zonesOf(country);
  return zones.includes(now) ? now : (mainZones[country] ?? zones[0] ?? now);
}

const byName = (t: Localizer, choices: Choice[]): Choice[] => [...choices].sort(([, a], [, b]) => a.localeCompare(b, t.tag));
const names = (t: Localizer, type: 'region' | 'currency' | 'language') => t.formatter(`names ${type}`, () => new Intl.DisplayNames(t.tag, { type }));

/** All countries by name. */
export const countryChoices = (t: Localizer): Choice[] => t.formatter('country choices', () => byName(t, countries.map((code): Choice => [code, names(t, 'region').of(code) ?? code])));

/** All currencies, each with its code, because several are called “dollar”. */
export const currencyChoices = (t: Localizer): Choice[] =>
  t.formatter('currency choices', () => Intl.supportedValuesOf('currency').map((code): Choice => [code, `${code} – ${names(t, 'currency').of(code)}`]));

/** What a language is called. */
export const languageName = (t: Localizer, tag: string): string => names(t, 'language').of(tag) ?? tag;

/** What a country is called. */
export const countryName = (t: Localizer, code: string): string => names(t, 'region').of(code) ?? code;

/** The country's zones first, by what people call them: “Eastern Time – New York”; then all others. */
export function zoneChoices(t: Localizer, country: string, chosen: string): Choice[] {
  return t.formatter(`zone choices ${country} ${chosen}`, () => {
    const near = zonesOf(country);
    const far = Intl.supportedValuesOf('timeZone').filter((zone) => !near.includes(zone));
    const missing = [...near, ...far].includes(chosen) ? [] : [chosen];
    return [...near.map((zone): Choice => [zone, `${longName(t, zone)} – ${placeOf(zone)}`]), ...[...missing, ...far].map((zone): Choice => [zone, zone.replaceAll('_', ' ')])];
  });
}

/** A zone as people call it. */
export const zoneName = (t: Localizer, zone: string): string => `${longName(t, zone)} – ${placeOf(zone)}`;

const placeOf = (zone: string) => zone.split('/').at(-1)!.replaceAll('_', ' ');

function longName(t: Localizer, timeZone: string): string {
  const parts = new Intl.DateTimeFormat(t.tag, { timeZone, timeZoneName: 'longGeneric' }).formatToParts(0);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}
