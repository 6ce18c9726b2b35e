/** Makes flat records of the parser's tokens. Values inside a record's value are passed over, however deep. */
import type { Token } from 'stream-json/core/parser.js';
import { FieldCollector, type RawRecord } from './raw.ts';

export class RecordList {
  depth = 0;
  /** Records begun so far. */
  count = 0;
  /** Whether there was a list at all. */
  found = false;
  /** Depth inside the list; 0 while there is none. */
  #list = 0;
  #key = '';
  #collector: FieldCollector | undefined;
  #records: RawRecord[] = [];

  take(token: Token): void {
    switch (token.name) {
      case 'startArray':
      case 'startObject':
        this.#open(token.name === 'startArray');
        break;
      case 'endArray':
      case 'endObject':
        this.#close();
        break;
      case 'keyValue':
        if (this.#collector && this.depth === this.#list + 1) this.#key = token.value;
        break;
      case 'stringValue':
      case 'numberValue':
        this.#value(token.value);
        break;
      case 'nullValue':
        this.#value(null);
        break;
      case 'trueValue':
      case 'falseValue':
        this.#value(String(token.value));
        break;
      default:
    }
  }

  /** The records completed since the last time. */
  drain(): RawRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }

  #open(array: boolean): void {
    this.depth += 1;
    if (array && !this.found && this.depth <= 2) {
      this.#list = this.depth;
      this.found = true;
    } else if (this.#list && this.depth === this.#list + 1) {
      this.count += 1;
      this.#collector = array ? undefined : new FieldCollector();
      if (array) this.#broken();
    }
  }

  #close(): void {
    if (this.#list && this.depth === this.#list + 1 && this.#collector) {
      this.#records.push({ position: this.count, fields: this.#collector.fields, cut: this.#collector.cut });
      this.#collector = undefined;
    } else if (this.depth === this.#list) this.#list = 0;
    this.depth -= 1;
  }

  #value(value: string | null): void {
    if (!this.#list) return;
    if (this.depth === this.#list) {
      this.count += 1;
      this.#broken();
    } else if (this.depth === this.#list + 1) this.#collector?.set(this.#key, value);
  }

  #broken(): void {
    this.#records.push({ position: this.count, fields: {}, cut: [], problem: 'it is not a record' });
  }
}
