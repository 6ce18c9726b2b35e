/** The page: which paper, which margins, and the colours of everything that is not the account's accent. */

/**
 * Countries whose paper is Letter: Unicode CLDR, supplemental data, `measurementData`, `paperSize type="US-Letter"`
 * (https://www.unicode.org/reports/tr35/tr35-info.html#Measurement_System_Data), and the islands that take their paper from the United States.
 */
const letterCountries = new Set('BZ CA CL CO CR GT MX NI PA PH PR SV US VE AS GU MP UM VI'.split(' '));

/** In points, 72 to the inch. */
export const paperOf = (country: string): [width: number, height: number] => (letterCountries.has(country) ? [612, 792] : [595.28, 841.89]);

export const margin = { side: 54, first: 44, top: 76, bottom: 62 };

export const colors = { ink: '#17212b', soft: '#566270', line: '#d9dfe5', white: '#ffffff' } as const;

/** The accent, made darker until words in it can be read on white and on its own pale ground (4.5 : 1 there). */
export function readable(accent: string): string {
  let parts = channelsOf(accent);
  while (1.05 / (luminance(parts) + 0.05) < 5.2) parts = parts.map((part) => Math.floor(part * 0.92));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** The accent, nearly white, as a ground to write on. */
export const washOf = (accent: string): string =>
  `#${channelsOf(accent).map((part) => Math.round(255 - (255 - part) * 0.08).toString(16).padStart(2, '0')).join('')}`;

function channelsOf(accent: string): number[] {
  if (!/^#[0-9a-f]{6}$/i.test(accent)) return [0x17, 0x21, 0x2b];
  return [1, 3, 5].map((at) => Number.parseInt(accent.slice(at, at + 2), 16));
}

/** WCAG 2.2, relative luminance. */
function luminance(parts: number[]): number {
  const [red, green, blue] = parts.map((part) => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
