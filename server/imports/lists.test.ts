import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inList, pieces, slices } from '../platform/lists.ts';
import { lines } from './progress.ts';

test('lists keep every value, in few lengths', () => {
  const lengths = new Set<number>();
  fc.assert(fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 3000 }), (values) => {
    const padded = inList(values);
    lengths.add(padded.length);
    assert.deepEqual(new Set(padded), new Set(values));
    assert.deepEqual([...pieces(values)].flat(), values);
    assert.deepEqual([...slices(values)].flat(), values);
  }));
  assert.ok(lengths.size <= 7);
});

test('without a terminal progress is a line at the end of a step, and now and then before', () => {
  const said: string[] = [];
  let clock = 0;
  const progress = lines((line) => said.push(line), () => clock);
  progress.begin('Reading jobs.xml', 200);
  for (clock of [1000, 9000, 11_000, 12_000]) progress.advance(50);
  progress.begin('Importing', 0);
  progress.end();
  assert.deepEqual(said, ['Reading jobs.xml: 75 %', 'Reading jobs.xml: done', 'Importing: done']);
});
