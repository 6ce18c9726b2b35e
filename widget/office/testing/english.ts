/** The office's English that a Spanish screen still shows; what people wrote themselves does not count. */
import { es } from '../../locale/es.ts';
import { textOf } from '../../testing/signed-in.ts';
import { documents } from '../locale/en-documents.ts';
import { estimates } from '../locale/en-estimates.ts';
import { jobs } from '../locale/en-jobs.ts';
import { office } from '../locale/en.ts';
import '../locale/es.ts';

type Sentence = string | { other: string };
const spanish = es as unknown as Record<string, Sentence>;
const partsOf = (sentence: Sentence) => Object.values(typeof sentence === 'string' ? { sentence } : sentence).flatMap((text) => text.split(/\{\w+\}/).map((part) => part.trim()));

/** `theirs` are words of the records, which stay in their own language. */
export function officeEnglishIn(node: Node, theirs: readonly string[] = []): string[] {
  const text = theirs.reduce((all, word) => all.replaceAll(word, ''), textOf(node, '[lang]:not([lang=es])'));
  const known = new Set(Object.values(spanish).flatMap(partsOf));
  const english = Object.entries<Sentence>({ ...office, ...jobs, ...documents, ...estimates }).flatMap(([, sentence]) => partsOf(sentence));
  const left = english.filter((part) => part.length > 3 && !known.has(part)).filter((part) => new RegExp(`(?<!\\p{L})${part.replace(/[.?+*()|[\]]/g, '\\$&')}(?!\\p{L})`, 'u').test(text));
  return [...new Set(left)];
}
