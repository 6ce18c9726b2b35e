/** Keys that act by themselves, wherever no text is typed. */
const shortcuts = ['j', 'k', 'e', 'r', '/', '?', '1', '2', '3', '4', '5'] as const;
export type Shortcut = (typeof shortcuts)[number];

/** The shortcut that was pressed; undefined with a modifier, while typing, and within a dialog. */
export function keyOf(event: KeyboardEvent): Shortcut | undefined {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return undefined;
  const typing = event.composedPath().some((target) => target instanceof HTMLElement && (target.matches('input, textarea, select, dialog') || target.isContentEditable));
  return typing ? undefined : shortcuts.find((each) => each === event.key);
}
