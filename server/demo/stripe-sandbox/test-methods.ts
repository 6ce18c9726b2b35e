/** The test cards and test bank accounts, and what becomes of a payment by each. */
import { Failure, invalid } from './failures.ts';

export interface Decline {
  code: string;
  decline_code?: string;
  message: string;
}

/** `always` and `unlessSetUp` ask in the page, `redirect` on a page of the sandbox. */
export type Authentication = 'always' | 'unlessSetUp' | 'redirect';

export interface TestMethod {
  type: 'card' | 'us_bank_account' | 'klarna';
  last4: string;
  brand?: 'visa' | 'mastercard' | 'amex';
  decline?: Decline;
  authentication?: Authentication;
  dispute?: 'fraudulent' | 'inquiry';
  /** A refund of it succeeds, and fails a little later. */
  refundFails?: boolean;
  /** How a bank debit ends when nobody says otherwise. */
  failure?: Decline;
  microdeposits?: boolean;
}

const declined = (decline_code: string, message: string, code = 'card_declined'): { decline: Decline } => ({ decline: { code, decline_code, message } });

/** By number. Those that end in 3155, 3184 and 3220 ask for 3-D Secure in the page, 3063 by a redirect. */
const cards: Record<string, Omit<TestMethod, 'type' | 'last4'>> = {
  '4242424242424242': {},
  '5555555555554444': { brand: 'mastercard' },
  '378282246310005': { brand: 'amex' },
  '4000000000000002': declined('generic_decline', 'Your card was declined.'),
  '4000000000009995': declined('insufficient_funds', 'Your card has insufficient funds.'),
  '4000000000000069': declined('expired_card', 'Your card has expired.', 'expired_card'),
  '4000000000000127': declined('incorrect_cvc', "Your card's security code is incorrect.", 'incorrect_cvc'),
  '4000000000000119': declined('processing_error', 'An error occurred while processing your card. Try again in a little bit.', 'processing_error'),
  '4000002760003155': { authentication: 'unlessSetUp' },
  '4000002500003155': { authentication: 'unlessSetUp' },
  '4000002760003184': { authentication: 'always' },
  '4000000000003220': { authentication: 'always' },
  '4000000000003063': { authentication: 'redirect' },
  '4000000000000259': { dispute: 'fraudulent' },
  '4000000000001976': { dispute: 'inquiry' },
  '4000000000005126': { refundFails: true },
};

const closed: Decline = { code: 'account_closed', message: "The customer's bank account has been closed." };
/** By account number. The last is ours: it wants its small deposits named before it pays. */
const banks: Record<string, Omit<TestMethod, 'type' | 'last4'>> = {
  '000123456789': {},
  '000111111116': { failure: { code: 'no_account', message: "The customer's bank account could not be located." } },
  '000111111113': { failure: closed },
  '000222222227': { failure: { code: 'insufficient_funds', message: "The customer's account has insufficient funds to cover this payment." } },
  '000999999991': { microdeposits: true },
};

/** Stripe's ready-made payment methods, by their id. */
const readyMade: Record<string, string> = {
  pm_card_visa: '4242424242424242',
  pm_card_mastercard: '5555555555554444',
  pm_card_amex: '378282246310005',
  pm_card_chargeDeclined: '4000000000000002',
  pm_card_visa_chargeDeclined: '4000000000000002',
  pm_card_chargeDeclinedInsufficientFunds: '4000000000009995',
  pm_card_visa_chargeDeclinedInsufficientFunds: '4000000000009995',
  pm_card_chargeDeclinedExpiredCard: '4000000000000069',
  pm_card_chargeDeclinedIncorrectCvc: '4000000000000127',
  pm_card_chargeDeclinedProcessingError: '4000000000000119',
  pm_card_authenticationRequiredOnSetup: '4000002500003155',
  pm_card_authenticationRequired: '4000002760003184',
  pm_card_threeDSecure2Required: '4000000000003220',
  pm_card_threeDSecureRequired: '4000000000003063',
  pm_card_createDispute: '4000000000000259',
  pm_card_createDisputeInquiry: '4000000000001976',
  pm_card_refundFail: '4000000000005126',
  pm_usBankAccount: '000123456789',
  pm_usBankAccount_success: '000123456789',
  pm_usBankAccount_noAccount: '000111111116',
  pm_usBankAccount_accountClosed: '000111111113',
  pm_usBankAccount_insufficientFunds: '000222222227',
  pm_usBankAccount_microdeposits: '000999999991',
};

export const klarna: TestMethod = { type: 'klarna', last4: '' };

/** What is behind a ready-made id or one of the numbers. */
export function testMethod(idOrNumber: string): TestMethod | undefined {
  if (idOrNumber === 'pm_klarna') return klarna;
  const number = readyMade[idOrNumber] ?? idOrNumber.replace(/[\s-]/g, '');
  const last4 = number.slice(-4);
  if (Object.hasOwn(cards, number)) return { type: 'card', brand: 'visa', last4, ...cards[number] };
  if (Object.hasOwn(banks, number)) return { type: 'us_bank_account', last4, ...banks[number] };
  return undefined;
}

/** @throws Failure 402 for a number that is wrong, or that may be somebody's real card. */
export function testCard(number: string): TestMethod {
  const digits = number.replace(/[\s-]/g, '');
  const test = testMethod(digits);
  if (test?.type === 'card') return test;
  if (!/^\d{12,19}$/.test(digits) || !passesLuhn(digits))
    throw new Failure(402, { type: 'card_error', code: 'incorrect_number', message: 'Your card number is incorrect.', param: 'number' });
  throw new Failure(402, {
    type: 'card_error', code: 'card_declined', decline_code: 'test_mode_live_card',
    message: 'Your card was declined. Your request was in test mode, but used a non test card.', param: 'number',
  });
}

/** @throws Failure 400 for a number that is none of the test accounts. */
export function testBank(routing: string, account: string): TestMethod {
  if (routing !== '110000000') throw invalid('Invalid routing number: in test mode it is 110000000.', { code: 'routing_number_invalid', param: 'us_bank_account[routing_number]' });
  const test = testMethod(account);
  if (test?.type !== 'us_bank_account')
    throw invalid('You must use a test bank account number in test mode.', { code: 'account_number_invalid', param: 'us_bank_account[account_number]' });
  return test;
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
