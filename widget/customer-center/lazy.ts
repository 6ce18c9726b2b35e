const paid = () => import('./views/paid.ts');

/** What comes in chunks of its own, when it is first shown: everything after “Send me a link”. */
const loaders = {
  'cc-bar': () => import('./bar.ts'),
  'cc-view-code': () => import('./views/code.ts'),
  'cc-view-confirm': () => import('./views/confirm.ts'),
  'cc-view-history': () => import('./views/history.ts'),
  'cc-view-job': () => import('./views/job.ts'),
  'cc-view-estimate': () => import('./views/estimate.ts'),
  'cc-view-invoice': () => import('./views/invoice.ts'),
  'cc-view-invoices': () => import('./views/invoices.ts'),
  'cc-view-statement': () => import('./views/statement.ts'),
  'cc-view-pay': () => import('./views/pay-view.ts'),
  'cc-view-payment': paid,
  'cc-view-cards': paid,
};
export type LazyTag = keyof typeof loaders;

const loading: Partial<Record<LazyTag, Promise<void>>> = {};

/** Brings an element; tries anew after a failure. */
export function load(tag: LazyTag): Promise<void> {
  return (loading[tag] ??= loaders[tag]().then(
    ({ define }) => define(),
    (error: unknown) => {
      delete loading[tag];
      throw error;
    },
  ));
}

export const isLoaded = (tag: LazyTag): boolean => Boolean(customElements.get(tag));
