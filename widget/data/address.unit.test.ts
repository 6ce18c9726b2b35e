import { expect } from '@open-wc/testing';
import { readAddress } from './address.ts';

const us = { country: 'US', sms: true };

describe('an address that a person typed', () => {
  for (const [typed, card, expected] of [
    [' maria@example.com ', us, 'maria@example.com'],
    ['ｍａｒｉａ＠example.com', us, 'maria@example.com'],
    ['maria@example', us, undefined],
    ['maria @example.com', us, undefined],
    ['(404) 555-0142', us, '+14045550142'],
    ['404.555.0142', us, '+14045550142'],
    ['1 404 555 0142', us, '+14045550142'],
    ['+1 404-555-0142', us, '+14045550142'],
    ['555-0142', us, undefined],
    ['0170 1234567', { country: 'DE', sms: true }, '+491701234567'],
    ['0049 170 1234567', { country: 'DE', sms: true }, '+491701234567'],
    ['331 234 5678', { country: 'IT', sms: true }, '+393312345678'],
    ['612 345 678', { country: 'XX', sms: true }, undefined],
    ['+34 612 345 678', { country: 'XX', sms: true }, '+34612345678'],
    ['(404) 555-0142', { country: 'US', sms: false }, undefined],
    ['', us, undefined],
  ] as const) {
    it(`${JSON.stringify(typed)} is ${expected ?? 'none'} in ${card.country}`, () => {
      expect(readAddress(typed, card)).to.equal(expected);
    });
  }
});
