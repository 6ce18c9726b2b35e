/** What people type into the office's forms, as the wire wants it; undefined for what is no such thing. */
import { readAddress } from '../../data/address.ts';

const clean = (typed: string) => typed.normalize('NFKC').trim();

/** A phone number in E.164, read as people of the country write theirs. */
export const phoneOf = (typed: string, country: string): string | undefined => (typed.includes('@') ? undefined : readAddress(typed, { country, sms: true }));

/** An e-mail address. */
export const emailOf = (typed: string): string | undefined => readAddress(typed, { country: '', sms: false });

/** A web page's address; people leave out `https://`. Only a machine of one's own may do without it. */
export function webAddressOf(typed: string): string | undefined {
  const text = clean(typed);
  if (!text || /\s/.test(text)) return undefined;
  const address = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  if (!address || address.username || address.password) return undefined;
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\]|.*\.localhost)$/.test(address.hostname);
  return isLocal || (address.protocol === 'https:' && address.hostname.includes('.')) ? address.href : undefined;
}

/** A percentage from 0 to 100 with at most three decimals, as text: no float touches it. */
export function percentOf(typed: string): string | undefined {
  const text = clean(typed).replace(/\s*%$/, '').replace(',', '.');
  return /^\d{1,3}(\.\d{1,3})?$/.test(text) && Number(text) <= 100 ? text : undefined;
}
