/** What paid, in the words of its reader: “Visa ending 4242”. */

/** The kind as Stripe names it, and how people know it. */
export interface PaidWith {
  type: string;
  brand: string | null;
  last4: string | null;
}

const brands: Record<string, string> = {
  amex: 'American Express', cartes_bancaires: 'Cartes Bancaires', diners: 'Diners Club', discover: 'Discover', eftpos_au: 'eftpos', jcb: 'JCB', mastercard: 'Mastercard', unionpay: 'UnionPay',
  visa: 'Visa',
};
/** Those whose name is more than their kind with a capital. */
const names: Record<string, string> = {
  afterpay_clearpay: 'Afterpay', alipay: 'Alipay', amazon_pay: 'Amazon Pay', cashapp: 'Cash App Pay', eps: 'EPS', ideal: 'iDEAL', oxxo: 'OXXO', p24: 'Przelewy24', paypal: 'PayPal',
  revolut_pay: 'Revolut Pay', wechat_pay: 'WeChat Pay',
};
const banks = new Set(['us_bank_account', 'sepa_debit', 'bacs_debit', 'acss_debit', 'au_becs_debit', 'nz_bank_account']);

const words = {
  en: { card: 'Card', brand: (name: string) => name, bank: 'Bank account', ending: (what: string, last4: string) => `${what} ending ${last4}` },
  // “Tarjeta Visa”: so that “terminada” has something to agree with.
  es: {
    card: 'Tarjeta', brand: (name: string) => `Tarjeta ${name}`, bank: 'Cuenta bancaria',
    ending: (what: string, last4: string) => `${what} terminada en ${last4}`,
  },
};

/** A card by its brand, a bank account as such, as in the center; anything else by its name. */
export function writtenMethod({ type, brand, last4 }: PaidWith, language: 'en' | 'es'): string {
  const { card, brand: ofBrand, bank, ending } = words[language];
  if (type !== 'card' && !banks.has(type)) return names[type] ?? plainName(type);
  const known = brand && brand !== 'unknown' ? brand : null;
  const what = type === 'card' ? (known ? ofBrand(brands[known] ?? plainName(known)) : card) : bank;
  return last4 ? ending(what, last4) : what;
}

const plainName = (code: string): string => {
  const spaced = code.replaceAll('_', ' ');
  return spaced.slice(0, 1).toUpperCase() + spaced.slice(1);
};
