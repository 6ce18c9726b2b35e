/** Reads a v1 XML export: `<customers type="array"><customer><id type="integer">1</id>…`. */
import { SaxesParser } from 'saxes';
import { BrokenFile, DEEPEST, FieldCollector, LONGEST_SILENCE, LONGEST_VALUE, textOf, type RawBatch, type RawRecord } from './raw.ts';

/** Depth of the list, of a record in it, of a record's field. */
const [LIST, RECORD, FIELD] = [1, 2, 3];

/**
 * @param elements what a record's element may be called, with underscores.
 * @throws {BrokenFile}
 */
export async function* readXml(path: string, name: string, elements: readonly string[]): AsyncGenerator<RawBatch> {
  const parser = new SaxesParser({ position: true });
  const broken = (problem: string) => new BrokenFile(name, `at line ${parser.line}, column ${parser.column}`, problem);
  let records: RawRecord[] = [];
  let collector = new FieldCollector();
  let [depth, count, silence] = [0, 0, 0];
  let value: string | null = null;
  let nested = false;

  parser.on('error', (error) => {
    throw broken(error.message.replace(/^[\d:]*\s*/, '').replace(/\.$/, ''));
  });
  // Where entities could be declared, and nothing an export has. Without it only the five of XML itself are known.
  parser.on('doctype', () => {
    throw broken('it has a DOCTYPE, which no export has');
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding && !/^(utf-?8|us-ascii)$/i.test(encoding)) throw broken(`its encoding is ${encoding}; it must be UTF-8`);
  });
  parser.on('opentag', ({ name: element, attributes }) => {
    silence = 0;
    depth += 1;
    if (depth > DEEPEST) throw broken('its elements are nested too deeply');
    if (depth === RECORD) {
      if (!elements.includes(element.replace(/-/g, '_').toLowerCase()))
        throw broken(`<${element.slice(0, 40)}> stands where <${elements[0]?.replace(/_/g, '-') ?? ''}> is expected`);
      collector = new FieldCollector();
      count += 1;
    } else if (depth === FIELD) {
      value = attributes['nil'] === 'true' ? null : '';
      nested = attributes['type'] === 'array';
    } else if (depth > FIELD) nested = true;
  });
  const collect = (text: string) => {
    silence = 0;
    if (depth === FIELD && value !== null && value.length <= LONGEST_VALUE) value += text;
  };
  parser.on('text', collect);
  parser.on('cdata', collect);
  parser.on('closetag', ({ name: element }) => {
    silence = 0;
    if (depth === FIELD && !nested) collector.set(element, value);
    if (depth === RECORD) records.push({ position: count, fields: collector.fields, cut: collector.cut });
    depth -= 1;
  });

  for await (const { text, bytes } of textOf(path, name)) {
    silence += text.length;
    if (silence > LONGEST_SILENCE) throw broken('a single value is larger than 16 MB');
    parser.write(text);
    yield { bytes, records };
    records = [];
  }
  if (depth >= LIST) throw broken('it ends in the middle');
  parser.close();
}
