import { expect } from '@open-wc/testing';
import { instantOf, todayIn, zonedOf } from './zoned.ts';

const newYork = 'America/New_York';

describe('the account’s clock', () => {
  it('shows a moment as the account’s clock does, and finds the moment again', () => {
    for (const [instant, zone, date, time] of [
      ['2026-01-15T14:30:00.000Z', newYork, '2026-01-15', '09:30'],
      ['2026-07-15T14:30:00.000Z', newYork, '2026-07-15', '10:30'],
      ['2026-01-01T03:00:00.000Z', newYork, '2025-12-31', '22:00'],
      ['2026-01-01T00:00:00.000Z', 'Asia/Kolkata', '2026-01-01', '05:30'],
      ['2026-07-01T12:15:00.000Z', 'Asia/Kathmandu', '2026-07-01', '18:00'],
      ['2025-12-31T10:00:00.000Z', 'Pacific/Kiritimati', '2026-01-01', '00:00'],
      ['2026-01-01T10:59:00.000Z', 'Pacific/Niue', '2025-12-31', '23:59'],
      ['2026-05-01T00:00:00.000Z', 'UTC', '2026-05-01', '00:00'],
    ] as const) {
      expect(zonedOf(instant, zone), zone).to.deep.equal({ date, time });
      expect(instantOf(date, time, zone), zone).to.equal(instant);
    }
  });

  it('takes the hour after it for one that the clock skips in spring', () => {
    expect(instantOf('2026-03-08', '01:59', newYork)).to.equal('2026-03-08T06:59:00.000Z');
    expect(instantOf('2026-03-08', '02:30', newYork)).to.equal('2026-03-08T07:30:00.000Z');
    expect(zonedOf(instantOf('2026-03-08', '02:30', newYork), newYork).time).to.equal('03:30');
    expect(instantOf('2026-03-08', '03:00', newYork)).to.equal('2026-03-08T07:00:00.000Z');
    expect(instantOf('2026-10-04', '02:15', 'Australia/Lord_Howe')).to.equal('2026-10-03T15:45:00.000Z');
  });

  it('takes the first of an hour that the clock has twice in autumn', () => {
    expect(instantOf('2026-11-01', '01:30', newYork)).to.equal('2026-11-01T05:30:00.000Z');
    expect(instantOf('2026-11-01', '02:00', newYork)).to.equal('2026-11-01T07:00:00.000Z');
    expect(instantOf('2026-10-25', '02:30', 'Europe/Berlin')).to.equal('2026-10-25T00:30:00.000Z');
  });

  it('comes back to every quarter of an hour of a year, but for the hour in spring', () => {
    for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2027, 0, 1); ms += 900_000 * 7) {
      const { date, time } = zonedOf(new Date(ms).toISOString(), newYork);
      const again = Date.parse(instantOf(date, time, newYork));
      // The second of a doubled hour reads like the first.
      expect([0, 3_600_000]).to.include(ms - again);
    }
  });

  it('knows that it is still yesterday there', () => {
    expect(todayIn(newYork, Date.parse('2026-03-01T04:59:00Z'))).to.equal('2026-02-28');
    expect(todayIn(newYork, Date.parse('2026-03-01T05:00:00Z'))).to.equal('2026-03-01');
  });
});
