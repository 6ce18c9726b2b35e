/**
 * A contractor's colour, made readable. The account's card carries any colour at all (a pale yellow, a neon green); from it
 * come the fills, the words on them and the words in that colour, in light and in dark, each with a contrast of at least
 * 4.5. Fills keep the contractor's own colour wherever that is possible.
 */

type Rgb = readonly [number, number, number];

/** The grounds that words in the accent stand on (the tokens of the same names). */
const light = { surface: '#ffffff', canvas: '#f5f7f9', ink: '#17212b', onDark: '#ffffff' };
const dark = { surface: '#161e26', canvas: '#0f151b', ink: '#0f151b', onDark: '#ffffff' };
const readable = 4.5;

const parse = (hex: string): Rgb => {
  const n = Number.parseInt(hex.slice(1), 16);
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255];
};
const write = (rgb: Rgb) => `#${rgb.map((part) => Math.min(255, Math.max(0, Math.round(part))).toString(16).padStart(2, '0')).join('')}`;
const mix = (a: Rgb, b: Rgb, share: number): Rgb =>
  [0, 1, 2].map((i) => a[i as 0] + (b[i as 0] - a[i as 0]) * share) as unknown as Rgb;

/** Relative luminance, WCAG 2. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast ratio of two colours, WCAG 2. */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(parse(a)), luminance(parse(b))].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** The same hue and saturation at another lightness, as in HSL. */
function atLightness(rgb: Rgb, lightness: number): Rgb {
  const [high, low] = [Math.max(...rgb) / 255, Math.min(...rgb) / 255];
  const now = (high + low) / 2;
  const room = (l: number) => 1 - Math.abs(2 * l - 1);
  const scale = room(now) ? room(lightness) / room(now) : 1;
  return rgb.map((part) => 255 * (lightness + (part / 255 - now) * scale)) as unknown as Rgb;
}

/** Makes a colour darker (-1) or lighter (1) by the least that makes it good enough. */
function shift(hex: string, direction: 1 | -1, enough: (colour: string) => boolean): string {
  const rgb = parse(hex);
  let colour = hex;
  for (let l = (Math.max(...rgb) + Math.min(...rgb)) / 510; l >= 0 && l <= 1 && !enough(colour); l += direction / 100) {
    colour = write(atLightness(rgb, l));
  }
  return colour;
}

const on = (fill: string, paper: string, ink: string) => (contrast(fill, paper) >= contrast(fill, ink) ? paper : ink);
const reads = (grounds: string[], ratio = readable) => (colour: string) =>
  grounds.every((ground) => contrast(colour, ground) >= ratio);

/** The four colours that one set of tokens needs. */
interface AccentSet {
  /** Buttons and other fills. */
  fill: string;
  /** Words on a fill. */
  ink: string;
  /** Words, links and lines in the accent. */
  text: string;
  /** A tint under the chosen thing. */
  soft: string;
}

/** Light and dark sets of one colour. */
export function accentSets(accent: string): { light: AccentSet; dark: AccentSet } {
  const hex = /^#[0-9a-f]{6}$/i.test(accent) ? accent : '#0b62c4';
  const softLight = write(mix(parse(light.surface), parse(hex), 0.09));
  const lit = shift(hex, 1, reads([dark.surface], 7.5));
  const softDark = write(mix(parse(dark.surface), parse(lit), 0.16));
  // A middle tone reads with neither white nor ink on it, and a button paler than this is not seen on the paper.
  const fill = shift(
    hex,
    -1,
    (colour) => contrast(colour, on(colour, light.onDark, light.ink)) >= readable && contrast(colour, light.surface) >= 1.4,
  );
  return {
    light: {
      fill,
      ink: on(fill, light.onDark, light.ink),
      text: shift(hex, -1, reads([light.surface, light.canvas, softLight])),
      soft: softLight,
    },
    dark: {
      fill: lit,
      ink: on(lit, dark.onDark, dark.ink),
      text: shift(lit, 1, reads([dark.surface, dark.canvas, softDark])),
      soft: softDark,
    },
  };
}

/**
 * The properties that the shell sets on its host, one after another by `style.setProperty`, which a strict CSP allows. They
 * are not the public tokens: `--cc-accent` takes its value from them, so that a page's own `--cc-accent` still wins.
 */
export function accentProperties(accent: string): [name: string, value: string][] {
  return Object.entries(accentSets(accent)).flatMap(([mode, set]) =>
    Object.entries(set).map(([role, value]): [string, string] => [`--cc-brand-${mode}-${role}`, value]),
  );
}
