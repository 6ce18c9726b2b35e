import { expect } from '@open-wc/testing';
import { routeOf } from './routes.ts';

describe('routes', () => {
  const views: [path: string, route: Partial<ReturnType<typeof routeOf>>][] = [
    ['/', { name: 'history', id: undefined }],
    ['/jobs/job_1', { name: 'job', id: 'job_1', tab: undefined }],
    ['/jobs/job_1?tab=notes', { name: 'job', id: 'job_1', tab: 'notes' }],
    ['/estimates/est_1', { name: 'estimate', id: 'est_1' }],
    ['/invoices/inv_1', { name: 'invoice', id: 'inv_1' }],
    ['/invoices', { name: 'invoices', id: undefined }],
    ['/statement', { name: 'statement', id: undefined }],
    ['/pay/inv_1', { name: 'pay', id: 'inv_1' }],
    ['/pay/inv_1/inv_2', { name: 'pay', id: 'inv_1/inv_2' }],
    ['/payments/att_1', { name: 'payment', id: 'att_1' }],
    ['/cards', { name: 'cards', id: undefined }],
    ['/pay', { name: 'history' }],
    ['/jobs', { name: 'history' }],
    ['/jobs/job_1/notes', { name: 'history' }],
    ['/constructor/x', { name: 'history' }],
    ['/invoices/../x', { name: 'history' }],
  ];
  for (const [path, route] of views) it(`leads ${path} to ${route.name}`, () => void expect(routeOf(path)).to.deep.include(route));
});
