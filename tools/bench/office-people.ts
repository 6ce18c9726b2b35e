/** People who do not exist, as many as wished and always the same: some names are common, most are rare. */

const first = 'James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Sarah Carlos Karen Daniel Nancy Matthew Lisa Anthony Betty María José Luis Ana Zoë Fionnuala Renée Ngozi Priya Wei Yuki Omar Aisha Ingrid'.split(' ');
const common = 'Smith Johnson Williams Brown Jones García Miller Davis Rodríguez Martínez Hernández López González Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Pérez Thompson White Harris Sánchez Clark Ramírez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts'.split(' ');
const [onsets, middles, ends] = ['B Br Ch D F G H K L M N P R S St T V W Wh Z'.split(' '), 'a e i o u al an ar el en er il in ol on or ul um un'.split(' '), 'bach berg by den dorf field ford ham hurst kin land ley man mond ner son stead ton wick worth'.split(' ')];
const streets = 'Peachtree Pine Oak Maple Cedar Elm Walnut Chestnut Magnolia Juniper Piedmont Highland Ponce Memorial Moreland Euclid Boulevard Ashby Auburn Marietta Northside Howell Collier Lindbergh Roswell Habersham Lenox Wieuca Briarcliff Clairmont'.split(' ');
const kinds = ['Street', 'Avenue', 'Road', 'Drive', 'Lane', 'Court'];
const cities = ['Atlanta', 'Atlanta', 'Atlanta', 'Decatur', 'Marietta', 'Roswell', 'Smyrna', 'Dunwoody', 'Tucker', 'Chamblee', 'College Park', 'East Point'];
const domains = ['mail.example', 'mail.example', 'post.example', 'home.example', 'inbox.example'];

/** A number that looks like chance and is the same each time. */
function chance(n: number, salt: number): number {
  let x = (n + 1) * 0x9e3779b1 + salt * 0x85ebca6b;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return ((x ^ (x >>> 15)) >>> 0) / 0x1_0000_0000;
}
const pick = <T>(list: readonly T[], n: number, salt: number): T => list[Math.floor(chance(n, salt) * list.length)]!;

export const firstNameOf = (n: number): string => pick(first, n, 1);
/** Four in ten have one of the common names. */
export const lastNameOf = (n: number): string => (chance(n, 2) < 0.4 ? pick(common, n, 3) : pick(onsets, n, 4) + pick(middles, n, 5) + pick(ends, n, 6));
export const nameOf = (n: number): string => `${firstNameOf(n)} ${lastNameOf(n)}`;
const plain = (text: string): string => text.normalize('NFKD').replace(/\P{ASCII}/gu, '').toLowerCase();
export const emailOf = (n: number): string => `${plain(firstNameOf(n))}.${plain(lastNameOf(n))}${n}@${pick(domains, n, 7)}`;
export const phoneOf = (n: number): string => `+1${pick(['404', '470', '678', '770'], n, 8)}${2_000_000 + n}`;
export const streetOf = (n: number): string => `${1 + Math.floor(chance(n, 9) * 2400)} ${pick(streets, n, 10)} ${pick(kinds, n, 11)}`;
export function cityOf(n: number): { city: string; postalCode: string } {
  const at = Math.floor(chance(n, 12) * cities.length);
  return { city: cities[at]!, postalCode: String(30_301 + at * 7 + Math.floor(chance(n, 13) * 6)) };
}
