/** What of the office comes in chunks of its own, when it is first shown. */
const loaders = {
  'cc-view-code': () => import('../customer-center/views/code.ts'),
  'cc-view-confirm': () => import('../customer-center/views/confirm.ts'),
  'cc-office-search': () => import('./search.ts'),
  'cc-office-help': () => import('./help.ts'),
  'cc-office-setup': () => import('./start/setup.ts'),
  'cc-office-welcome': () => import('./start/welcome.ts'),
  'cc-office-inbox': () => import('./inbox/inbox.ts'),
  'cc-office-customers': () => import('./customers/customers.ts'),
  'cc-office-customer': () => import('./customers/customer.ts'),
  'cc-office-preview': () => import('./customers/preview.ts'),
  'cc-office-jobs': () => import('./jobs/jobs.ts'),
  'cc-office-job': () => import('./jobs/job.ts'),
  'cc-office-documents': () => import('./documents/documents.ts'),
  'cc-office-estimate': () => import('./documents/estimate.ts'),
  'cc-office-invoice': () => import('./documents/invoice.ts'),
  'cc-office-settings': () => import('./settings/settings.ts'),
};
export type OfficeTag = keyof typeof loaders;

const loading: Partial<Record<string, Promise<void>>> = {};

/** Brings an element; tries anew after a failure. */
export function load(tag: OfficeTag): Promise<void> {
  return (loading[tag] ??= loaders[tag]().then(
    ({ define }) => define(),
    (error: unknown) => {
      delete loading[tag];
      throw error;
    },
  ));
}

export const isLoaded = (tag: OfficeTag): boolean => Boolean(customElements.get(tag));
