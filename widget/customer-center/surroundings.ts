/** Whether the page around an element is dark. A reader's system says what they like; only the page says what it does. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const preference = '(prefers-color-scheme: dark)';

/** The first painted background around the element decides; on a bare page, the scheme that the page supports. */
function isAroundDark(element: Element): boolean {
  for (let around = parentOf(element); around; around = parentOf(around)) {
    const [red = 0, green = 0, blue = 0, alpha = 1] = getComputedStyle(around).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [];
    if (alpha > 0.5) return red * 0.299 + green * 0.587 + blue * 0.114 < 96;
  }
  const supported = getComputedStyle(document.documentElement).colorScheme;
  return supported.includes('dark') && (!supported.includes('light') || matchMedia(preference).matches);
}

/** The element that an element is drawn in, through slots and shadow roots. */
const parentOf = (element: Element): Element | null =>
  element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host ?? null;

/** Keeps `data-around` at `dark` or `light`, also when the page changes its mind: a theme button, the system at sunset. */
export class Surroundings implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #system = matchMedia(preference);
  readonly #page = new MutationObserver(() => this.#look());

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#system.addEventListener('change', this.#look);
    const attributes = { attributes: true, attributeFilter: ['class', 'style', 'data-theme', 'data-color-scheme', 'data-mode'] };
    this.#page.observe(document.documentElement, attributes);
    this.#page.observe(document.body, attributes);
    this.#look();
  }

  hostDisconnected(): void {
    this.#system.removeEventListener('change', this.#look);
    this.#page.disconnect();
  }

  #look = (): void => {
    this.#host.dataset['around'] = isAroundDark(this.#host) ? 'dark' : 'light';
  };
}
