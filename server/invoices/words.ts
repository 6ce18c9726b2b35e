/** What lines say that nobody has written: in the account's language, because they become the contractor's own words. */
import { noticeLanguage } from '../notices/texts.ts';

const words = {
  en: { ofEstimate: (number: string) => `Deposit, estimate ${number}`, ofInvoice: (number: string) => `Deposit, invoice ${number}` },
  es: { ofEstimate: (number: string) => `Anticipo, presupuesto ${number}`, ofInvoice: (number: string) => `Anticipo, factura ${number}` },
};

/** The line of a deposit invoice. */
export const depositOfEstimate = (locale: string, number: string): string => words[noticeLanguage(locale)].ofEstimate(number);

/** The line that subtracts a deposit invoice. */
export const depositOfInvoice = (locale: string, number: string): string => words[noticeLanguage(locale)].ofInvoice(number);
