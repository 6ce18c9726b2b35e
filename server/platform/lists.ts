/**
 * Long lists in statements, in few different lengths: each length is a statement of its own that the database prepares and
 * keeps, and a large import would come by hundreds of them.
 */

/** The same values, the last one repeated, so that `in (…)` has 1, 4, 16, 64 … values. */
export function inList<T>(values: readonly T[]): T[] {
  let length = 1;
  while (length < values.length) length *= 4;
  return [...values, ...new Array<T>(length - values.length).fill(values.at(-1)!)];
}

const LENGTHS = [128, 32, 8, 2, 1];

/** The same values in pieces of a few fixed lengths, for statements that insert many rows. */
export function* pieces<T>(values: readonly T[]): Generator<T[]> {
  for (let from = 0; from < values.length; ) {
    const length = LENGTHS.find((each) => each <= values.length - from)!;
    yield values.slice(from, from + length);
    from += length;
  }
}

/** A list for one statement; longer ones take several. Databases take some ten thousand values at a time. */
const MOST = 1024;
export function* slices<T>(values: readonly T[]): Generator<T[]> {
  for (let from = 0; from < values.length; from += MOST) yield values.slice(from, from + MOST);
}
