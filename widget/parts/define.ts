/**
 * Registers a tag unless it is taken. A second copy of the script on one page must not throw, and the first one to come
 * brings all of its elements with it.
 */
export function define(tag: `cc-${string}`, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
