import { expect } from '@open-wc/testing';
import './en-center.ts';
import './en-jobs.ts';
import { Formats } from './formats.ts';
import { loadLanguage, Localizer, type Language } from './localizer.ts';

const now = () => Date.parse('2026-11-20T12:00:00Z');
const inZone = (zone: string, lang: Language = 'en', country = 'US') => new Formats(new Localizer(lang, country), zone, now);
const newYork = inZone('America/New_York');
/** Engines differ in the spaces they put around “a. m.”. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('formats', () => {
  before(() => loadLanguage('es'));

  it('tells the day of a moment in the account’s zone', () => {
    expect(newYork.date('2026-11-25T03:00:00Z')).to.equal('Tuesday, November 24');
    expect(inZone('Asia/Tokyo').date('2026-11-24T16:00:00Z')).to.equal('Wednesday, November 25');
    expect(newYork.day('2026-01-01T04:59:59Z')).to.equal('2025-12-31');
  });

  it('leaves a calendar day the day it is, in every zone', () => {
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu', 'UTC']) {
      expect(inZone(zone).date('2026-11-24')).to.equal('Tuesday, November 24');
      expect(inZone(zone).tile('2026-11-24')).to.deep.equal({ month: 'Nov', day: '24', weekday: 'Tue', year: null });
    }
  });

  it('says the year where it is another one', () => {
    expect(newYork.date('2027-01-04')).to.equal('Monday, January 4, 2027');
    expect(newYork.date('2026-11-24', 'full')).to.equal('Tuesday, November 24, 2026');
    expect(newYork.date('2026-10-14', 'medium')).to.equal('October 14, 2026');
    expect(newYork.tile('2027-01-04').year).to.equal('2027');
  });

  it('is short where there is little room', () => {
    expect(newYork.date('2026-12-05', 'short')).to.equal('Dec 5');
    expect(newYork.date('2027-01-04', 'short')).to.equal('Jan 4, 2027');
    expect(inZone('America/New_York', 'es').date('2026-12-05', 'short')).to.equal('5 dic');
  });

  it('writes percentages as the language does, to the last digit', () => {
    expect(newYork.percent('8.25')).to.equal('8.25%');
    expect(newYork.percent('8')).to.equal('8%');
    expect(plain(inZone('Europe/Madrid', 'es', 'ES').percent('8.125'))).to.equal('8,125 %');
  });

  it('counts days by the calendar of the account’s zone, not by hours', () => {
    expect(newYork.relative('2026-11-20T23:59:00Z')).to.equal('today');
    expect(newYork.relative('2026-11-21T05:01:00Z')).to.equal('tomorrow');
    expect(newYork.relative('2026-11-24')).to.equal('in 4 days');
    expect(newYork.relative('2026-11-19')).to.equal('yesterday');
    expect(newYork.relative('2026-12-24')).to.equal(null);
  });

  it('tells arrival windows', () => {
    expect(newYork.arrival('2026-11-24T14:00:00Z', 120)).to.equal('Arrival between 9 and 11 AM');
    expect(newYork.arrival('2026-11-24T16:00:00Z', 120)).to.equal('Arrival between 11 AM and 1 PM');
    expect(newYork.arrival('2026-11-24T14:30:00Z', 45)).to.equal('Arrival between 9:30 and 10:15 AM');
    expect(newYork.arrival('2026-11-24T14:00:00Z', null)).to.equal('Arrival at 9 AM');
    expect(plain(inZone('America/New_York', 'es').arrival('2026-11-24T14:00:00Z', 120))).to.match(/^Llegada de 9 a 11 a\. ?m\.$/);
    expect(inZone('Europe/Madrid', 'es', 'ES').arrival('2026-11-24T08:00:00Z', 120)).to.equal('Llegada de 9:00 a 11:00');
  });

  it('follows the clock on the days it changes', () => {
    // New York, March 8: 2 AM is 3 AM. The hour between 1 and 3 lasts one.
    expect(newYork.arrival('2026-03-08T06:00:00Z', 60)).to.equal('Arrival between 1 and 3 AM');
    // November 1: 1 AM comes twice.
    expect(newYork.time('2026-11-01T05:30:00Z')).to.equal('1:30 AM');
    expect(newYork.time('2026-11-01T06:30:00Z')).to.equal('1:30 AM');
    expect(newYork.arrival('2026-11-01T13:00:00Z', 120)).to.equal('Arrival between 8 and 10 AM');
    const early = new Formats(newYork.localizer, 'America/New_York', () => Date.parse('2026-10-31T12:00:00Z'));
    expect(early.relative('2026-11-01T04:30:00Z')).to.equal('tomorrow');
    expect(early.relative('2026-11-02T04:30:00Z')).to.equal('tomorrow');
  });

  it('names a zone only where its clock is not the reader’s', () => {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    expect(inZone(here).foreignZone('2026-11-24T14:00:00Z')).to.equal(null);
    expect(inZone('Asia/Kathmandu').foreignZone('2026-11-24T14:00:00Z')).to.equal('Nepal Time');
  });

  it('writes money exactly, in currencies of no, two and three decimals', () => {
    const money = (amount: number, currency: string) => plain(newYork.money({ amount, currency }));
    expect(money(238_900, 'USD')).to.equal('$2,389.00');
    expect(money(5, 'USD')).to.equal('$0.05');
    expect(money(-5, 'USD')).to.equal('-$0.05');
    expect(money(0, 'USD')).to.equal('$0.00');
    expect(money(1234, 'JPY')).to.equal('¥1,234');
    expect(money(-7, 'JPY')).to.equal('-¥7');
    expect(money(1005, 'KWD')).to.equal('KWD 1.005');
    expect(money(Number.MAX_SAFE_INTEGER, 'USD')).to.equal('$90,071,992,547,409.91');
  });

  it('loses nothing between money and its writing', () => {
    for (let i = 0; i < 2000; i += 1) {
      const amount = Math.floor(Math.random() * 2 ** Math.ceil(Math.random() * 53)) * (i % 2 ? 1 : -1);
      const digits = newYork.money({ amount, currency: 'USD' }).replace(/[^\d]/g, '');
      expect(Number(digits), `${amount}`).to.equal(Math.abs(amount));
    }
  });
});
