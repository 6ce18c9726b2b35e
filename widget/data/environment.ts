/** Why a page cannot show a center at all. */
export type Obstacle =
  /** The element stands in a frame of another site, where storage is partitioned and clicks can be stolen. */
  | 'frame'
  /** The page came without https, so there is no key that could be kept safe. */
  | 'insecure'
  /** The browser lacks WebCrypto, IndexedDB, Web Locks or BroadcastChannel. */
  | 'browser';

export function obstacle(): Obstacle | undefined {
  if (isForeignFrame()) return 'frame';
  if (!isSecureContext) return 'insecure';
  const { crypto, indexedDB, BroadcastChannel, navigator } = globalThis;
  return crypto?.subtle && indexedDB && BroadcastChannel && navigator.locks ? undefined : 'browser';
}

function isForeignFrame(): boolean {
  try {
    return window.top?.location.origin !== location.origin;
  } catch {
    return true;
  }
}
