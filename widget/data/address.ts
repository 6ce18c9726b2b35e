/** Calling codes of the countries whose people write their numbers without one. */
const callingCodes: Record<string, string> = {
  US: '1', CA: '1', PR: '1', MX: '52', GB: '44', IE: '353', AU: '61', NZ: '64', DE: '49', AT: '43', CH: '41', ES: '34', FR: '33',
  IT: '39', NL: '31', BE: '32', PT: '351',
}; // prettier-ignore

/**
 * What a person typed, as the wire wants it: an e-mail address, or a mobile number in E.164 where one may be used. Undefined
 * when it is neither. People paste full-width characters and copy spaces along; neither is their mistake.
 */
export function readAddress(typed: string, { country, sms }: { country: string; sms: boolean }): string | undefined {
  const text = typed.normalize('NFKC').trim();
  if (/^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(text)) return text;
  return sms && /^\+?[\d\s().\-/]+$/.test(text) ? readPhone(text, country) : undefined;
}

function readPhone(text: string, country: string): string | undefined {
  const digits = text.replace(/\D/g, '');
  const code = callingCodes[country];
  let number: string;
  if (text.startsWith('+')) number = digits;
  else if (digits.startsWith('00')) number = digits.slice(2);
  else if (code === '1') number = digits.length === 11 && digits.startsWith('1') ? digits : `1${digits}`;
  else if (code) number = code + (country === 'IT' ? digits : digits.replace(/^0/, ''));
  else return undefined;
  if (number.startsWith('1') && number.length !== 11) return undefined;
  return /^[1-9]\d{6,14}$/.test(number) ? `+${number}` : undefined;
}
