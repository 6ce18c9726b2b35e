/**
 * Where this browser keeps what it knows of an account's center, in IndexedDB, because that is the one storage that can hold a key
 * whose bytes no script can read. One database for all accounts; each record's name begins with its scope.
 */
export interface Place {
  readonly api: string;
  readonly account: string;
}

/** Names one account of one server; also part of the names of locks, channels and other storage. */
export const scopeOf = ({ api, account }: Place): string => `${api} ${account}`;

const open = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open('customer-center', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('records');
    request.onsuccess = () => {
      // A newer release, or the browser clearing its data, must not wait for this page.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error('IndexedDB cannot be opened'));
    request.onblocked = () => reject(new Error('IndexedDB is blocked'));
  });

export async function transact<T>(mode: IDBTransactionMode, run: (records: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  // Opened anew each time: an open connection may keep the page out of the back/forward cache.
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction('records', mode, { durability: 'strict' });
      const request = run(transaction.objectStore('records'));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('IndexedDB failed'));
    });
  } finally {
    database.close();
  }
}

/** All names of a scope: everything from "scope|" up to, without, "scope}". */
export const rangeOf = (scope: string) => IDBKeyRange.bound(`${scope}|`, `${scope}}`, false, true);

/** The names of everything kept for an account. Rejects where the browser keeps nothing. */
export async function namesOf(place: Place): Promise<string[]> {
  const scope = scopeOf(place);
  const keys = await transact('readonly', (records) => records.getAllKeys(rangeOf(scope)));
  return keys.map((key) => String(key).slice(scope.length + 1));
}
