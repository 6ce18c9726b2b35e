import { registry } from './registry.ts';

/**
 * A name for this tab that survives its reload and is nobody else's. sessionStorage survives a reload, but is copied into
 * a duplicated tab; a lock that the tab holds as long as it lives tells the two apart. The tab that comes second gets a
 * name of its own, and with it none of the first one's document session.
 */
export function tabName(): Promise<string> {
  return (registry().tab ??= name());
}

async function name(): Promise<string> {
  const known = sessionStorage.getItem('cc-tab');
  if (known && (await hold(known))) return known;
  const fresh = crypto.randomUUID();
  sessionStorage.setItem('cc-tab', fresh);
  await hold(fresh);
  return fresh;
}

/** Whether the lock is ours. Waits a moment, because a reloaded page may start before its predecessor has let go. */
function hold(tab: string): Promise<boolean> {
  return new Promise((resolve) => {
    const forever = () => (resolve(true), new Promise<never>(() => undefined));
    navigator.locks.request(`cc-tab ${tab}`, { signal: AbortSignal.timeout(500) }, forever).catch(() => resolve(false));
  });
}
