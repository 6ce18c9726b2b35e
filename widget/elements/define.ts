/** An element that knows which release it comes from. */
type Released = CustomElementConstructor & { readonly version?: string };

/**
 * Registers an outer element unless its tag is taken, by a second snippet or a second release on the same page. The first
 * one works on; two different ones may not fit each other's chunks, which the site's owner should know.
 */
export function define(tag: `customer-center${string}`, element: Released): void {
  const present: Released | undefined = customElements.get(tag);
  if (!present) customElements.define(tag, element);
  else if (present !== element && present.version !== element.version && !warned.has(tag)) {
    warned.add(tag);
    console.warn(
      `<${tag}>: this page loads the script in two versions, ${present.version} and ${element.version}. ` +
        `The first one is used; remove the other.`,
    );
  }
}

const warned = new Set<string>();
