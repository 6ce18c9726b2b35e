import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { headOf } from './families.ts';

test('every customer ends under a head that has no usable parent, whatever the parents say', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  fc.assert(fc.property(fc.dictionary(id, id), fc.uniqueArray(id), (given, known) => {
    const parents = new Map(Object.entries(given).filter(([child, parent]) => child !== parent));
    for (const child of parents.keys()) {
      const { head, depth } = headOf(child, parents, new Set(known));
      if (head === child) assert.equal(depth, 0);
      else assert.equal(headOf(head, parents, new Set(known)).head, head);
    }
  }));
});
