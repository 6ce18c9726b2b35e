import { rangeOf, scopeOf, transact, type Place } from './database.ts';

/** One account's records. What is put while `lasting` is false stays in this page's memory. */
export class Store {
  readonly scope: string;
  /** The key, once found: every request needs it. */
  key: CryptoKeyPair | undefined;
  #lasting = true;
  #memory = new Map<string, unknown>();

  constructor(place: Place) {
    this.scope = scopeOf(place);
  }

  get lasting(): boolean {
    return this.#lasting;
  }
  /** Changing one's mind starts anew: a session that lasts must not hang on a key that does not. */
  set lasting(lasting: boolean) {
    if (lasting && !this.#lasting) this.forget();
    this.#lasting = lasting;
  }

  async get<T>(name: string): Promise<T | undefined> {
    if (this.#memory.has(name)) return this.#memory.get(name) as T;
    return transact<T | undefined>('readonly', (records) => records.get(`${this.scope}|${name}`));
  }

  async put(name: string, value: unknown): Promise<void> {
    this.#memory.delete(name);
    if (this.lasting) await transact('readwrite', (records) => records.put(value, `${this.scope}|${name}`));
    else this.#memory.set(name, value);
  }

  async delete(name: string): Promise<void> {
    this.#memory.delete(name);
    await transact('readwrite', (records) => records.delete(`${this.scope}|${name}`));
  }

  /** Forgets what is in memory. */
  forget(): void {
    this.#memory.clear();
    this.key = undefined;
  }

  /** Forgets everything of this account, here and in the browser. */
  async clear(): Promise<void> {
    this.forget();
    await transact('readwrite', (records) => records.delete(rangeOf(this.scope)));
  }
}
