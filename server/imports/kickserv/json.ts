/** Reads a v2 JSON export: `[{ "id": 1, … }]`, or the same list inside an object. */
import { none } from 'stream-chain/core';
import { jsonParser, type Token } from 'stream-json/core/parser.js';
import { jsonVerifier, type VerifierError } from 'stream-json/core/utils/verifier.js';
import { BrokenFile, DEEPEST, LONGEST_SILENCE, textOf, type RawBatch } from './raw.ts';
import { RecordList } from './json-list.ts';

/** @throws {BrokenFile} */
export async function* readJson(path: string, name: string): AsyncGenerator<RawBatch> {
  // Numbers stay text: 16.20 must not become a float on its way to cents.
  const parse = jsonParser({ packValues: true, streamValues: false });
  const list = new RecordList();
  let silence = 0;
  const feed = async (input: string | typeof none): Promise<void> => {
    let tokens: Token[];
    try {
      const parsed = parse(input as string) as { values: Token[] } | typeof none;
      tokens = parsed === none ? [] : (parsed as { values: Token[] }).values;
    } catch {
      throw await whereBroken(path, name);
    }
    if (tokens.length) silence = 0;
    for (const token of tokens) {
      list.take(token);
      if (list.depth > DEEPEST) throw new BrokenFile(name, `after record ${list.count}`, 'its values are nested too deeply');
    }
  };
  for await (const { text, bytes } of textOf(path, name)) {
    silence += text.length;
    if (silence > LONGEST_SILENCE) throw new BrokenFile(name, `after record ${list.count}`, 'a single value is larger than 16 MB');
    if (text) await feed(text);
    yield { bytes, records: list.drain() };
  }
  await feed(none);
  if (!list.found) throw new BrokenFile(name, 'at its beginning', 'it holds no list of records');
  yield { bytes: 0, records: list.drain() };
}

/** The parser is fast and says little; a second reading by the verifier finds the line. */
async function whereBroken(path: string, name: string): Promise<BrokenFile> {
  const verify = jsonVerifier();
  try {
    for await (const { text } of textOf(path, name)) if (text) verify(text);
    verify(none as never);
  } catch (error) {
    if (error instanceof BrokenFile) return error;
    const { line, pos, message } = error as VerifierError;
    return new BrokenFile(name, `at line ${line}, column ${pos}`, message.replace(/^ERROR at [^:]*:\s*/i, ''));
  }
  return new BrokenFile(name, 'somewhere', 'it is not JSON');
}

