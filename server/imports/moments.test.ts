import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { momentOf } from './moments.ts';

const zone = 'America/New_York';

test('an offset becomes UTC with milliseconds, and the day is that of the account', () => {
  assert.deepEqual(momentOf('2026-11-10T23:30:00-08:00', zone), { instant: '2026-11-11T07:30:00.000Z', day: '2026-11-11', dayOnly: false });
  assert.deepEqual(momentOf('2026-06-10 08:00:00 UTC', zone), { instant: '2026-06-10T08:00:00.000Z', day: '2026-06-10', dayOnly: false });
});

test('a time without an offset is the account’s own', () => {
  assert.equal(momentOf('2026-07-01T12:00', zone)?.instant, '2026-07-01T16:00:00.000Z');
  assert.equal(momentOf('2026-12-01T12:00:00.25', zone)?.instant, '2026-12-01T17:00:00.250Z');
});

test('a day, or midnight as written or in the account’s zone, is a day', () => {
  for (const text of ['2026-07-01', '2026-07-01T00:00:00-05:00', '2026-07-01T00:00:00', '2026-07-01T04:00:00Z'])
    assert.deepEqual([momentOf(text, zone)?.day, momentOf(text, zone)?.dayOnly], ['2026-07-01', true], text);
});

test('what is no date is none', () => {
  for (const text of ['', 'soon', '2026-02-30', '2026-13-01T00:00:00Z', '2026-01-01T25:00:00Z', '01/02/2026', '0001-01-01', '2026-1-1', '20260101'])
    assert.equal(momentOf(text, zone), null, text);
});

test('every stored moment is read as itself', () => {
  fc.assert(fc.property(fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
    assert.equal(momentOf(date.toISOString(), zone)?.instant, date.toISOString());
  }));
});
