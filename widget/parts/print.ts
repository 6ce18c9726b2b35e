/**
 * Printing one document out of somebody else's page: on paper, everything beside the element's way up through the page and its
 * shadow roots is left out. It works by attributes and constructed style sheets alone, which every policy allows.
 */
const mark = 'data-cc-print';
/** On the way to the document nothing may cut it off or set it apart: a page's grid, a scrolling box, a dialog. */
const rules = `@media print {
  [${mark}='beside'] { display: none !important; }
  [${mark}='around'] {
    display: block !important; position: static !important; visibility: hidden !important; overflow: visible !important;
    width: auto !important; max-width: none !important; height: auto !important; min-height: 0 !important; max-height: none !important;
    margin: 0 !important; padding: 0 !important; border: 0 !important; background: #fff !important; box-shadow: none !important;
    transform: none !important; contain: none !important;
  }
  [${mark}='document'] { visibility: visible !important; }
}`;

let undo: (() => void) | undefined;

/** Opens the browser's print dialog for this element alone; the page is as before once it has closed. */
export function printOnly(element: HTMLElement): void {
  undo?.();
  undo = prepare(element);
  addEventListener('afterprint', () => undo?.(), { once: true });
  print();
}

/** Marks what is printed and what is not. Gives the way back. */
function prepare(element: HTMLElement): () => void {
  const marked: Element[] = [];
  const roots = new Set<Document | ShadowRoot>();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  const set = (node: Element, how: 'document' | 'around' | 'beside') => {
    node.setAttribute(mark, how);
    marked.push(node);
  };
  set(element, 'document');
  for (let node: Element | undefined = element; node; ) {
    const parent: ParentNode | null = node.parentNode as ParentNode | null;
    const root = node.getRootNode();
    if (root instanceof Document || root instanceof ShadowRoot) roots.add(root);
    for (const each of parent?.children ?? []) if (each !== node) set(each, 'beside');
    // A slot is the way on where another element's shadow root shows this one.
    node = node.assignedSlot ?? (parent instanceof ShadowRoot ? parent.host : parent instanceof Element ? parent : undefined);
    if (node) set(node, 'around');
  }
  for (const root of roots) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return () => {
    undo = undefined;
    for (const node of marked) node.removeAttribute(mark);
    for (const root of roots) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== sheet);
  };
}
