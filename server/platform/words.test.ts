import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canSlip, isSlip, nameKey, readingsOf, typosOf, wordsOf } from './words.ts';

test('a person is found by the words of the name, without case, accents and apostrophes', () => {
  assert.deepEqual(wordsOf({ texts: ['Zoë O’Brien', null, '12-B'] }), ['zoe', 'obrien', '12', 'b', '12b']);
  assert.deepEqual(wordsOf({ texts: ['Muñoz-Peña'] }), ['munoz', 'pena', 'munozpena']);
  assert.deepEqual(wordsOf({ emails: ['Maria.Lopez@Example.com'] }), ['maria.lopez@example.com', 'example.com', 'maria', 'lopez']);
  assert.deepEqual(wordsOf({ phones: ['+14045550142'] }), ['14045550142', '4045550142', '5550142']);
  assert.deepEqual(wordsOf({ texts: ['', '---', ' '], emails: ['nothing'], phones: [''] }), []);
});

test('a phone number is one word however it is written; the same digits may also be a house and a postal code', () => {
  for (const q of ['(404) 555-0142', '404.555.0142', '404 555 0142']) assert.deepEqual(readingsOf(q)[0], ['4045550142'], q);
  assert.deepEqual(readingsOf('+1 404 555 0142')[0], ['14045550142']);
  assert.deepEqual(readingsOf('020 7946 0958')[0], ['2079460958']);
  assert.deepEqual(readingsOf('maria 404-555-0142')[0], ['4045550142', 'maria']);
  assert.deepEqual(readingsOf('118 30309'), [['11830309'], ['118', '30309']]);
  assert.deepEqual(readingsOf('118 Peachtree'), [['118', 'peachtree']]);
});

test('an address of a mailbox stays in one piece, also when only its beginning or its domain is typed', () => {
  assert.deepEqual(readingsOf('maria@exam'), [['maria@exam']]);
  assert.deepEqual(readingsOf('Maria@Example.com,'), [['maria@example.com']]);
  assert.deepEqual(readingsOf('example.com'), [['example.com']]);
  assert.deepEqual(readingsOf('J.R. Smith'), [['j', 'r', 'smith']]);
});

test('what says nothing is no search, and a long one has an end', () => {
  for (const q of ['', ' ', '%', '_', '\\', '—', '@']) assert.deepEqual(readingsOf(q), [], q);
  assert.equal(readingsOf('a b c d e f g h i j')[0]!.length, 6);
  assert.equal(nameKey('Ébène '.repeat(50)).length, 80);
});

test('one slip is a letter missing, doubled, wrong or swapped, and nothing else', () => {
  for (const typed of ['jonson', 'johnsson', 'johmson', 'jhonson', 'ohnson', 'johnso', 'johnsonx', 'johnson']) assert.ok(isSlip(typed, 'johnson'), typed);
  for (const typed of ['jonsn', 'jhonsno', 'jameson', 'nohnsoj', 'jo', '']) assert.ok(!isSlip(typed, 'johnson'), typed);
  assert.deepEqual(['abc', 'abcd', 'ab1d', 'señor'].map(canSlip), [false, true, false, true]);
});

test('two words within one slip always share what is left of them', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ñ', '𝒳'), minLength: 1, maxLength: 7 });
  fc.assert(
    fc.property(word, word, (one, other) => {
      if (!isSlip(one, other)) return;
      const kept = new Set(typosOf(other));
      assert.ok(typosOf(one).some((typo) => kept.has(typo)), `${one} ${other}`);
    }),
    { numRuns: 5000 },
  );
});
