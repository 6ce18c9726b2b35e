/** Estimates and invoices as an office makes them through the API, for journeys. */
import type { Journey } from './journey.ts';

export const heater = {
  title: 'Water heater replacement',
  lines: [
    { id: 'labor', description: 'Labor', quantity: '4', unit: 'h', unitPrice: 9800 },
    { id: 'good', description: 'Good', details: '40 gal, 6-year warranty', unitPrice: 188_900, group: 'heater', taxes: ['sales'] },
    { id: 'better', description: 'Better', details: '50 gal, 9-year warranty, brass drain valve', unitPrice: 238_900, group: 'heater', selected: true, taxes: ['sales'] },
    { id: 'best', description: 'Best', details: 'Heat pump, 12-year warranty', unitPrice: 345_000, group: 'heater', taxes: ['sales'] },
    { id: 'tank', description: 'Expansion tank', unitPrice: 18_500, optional: true, taxes: ['sales'] },
  ],
  groups: [{ key: 'heater', name: 'Water heater' }],
  taxes: [{ key: 'sales', name: 'Sales tax', percent: '8' }],
  deposit: { percent: '25' },
  terms: 'Half a year of warranty on labor.\nOld tank is hauled away.',
};

/** Makes an estimate on a job. @returns its id. */
export const draftEstimate = async (journey: Journey, jobId: string, more: object = {}): Promise<string> =>
  (await journey.office<{ id: string }>('POST', '/estimates', { jobId, ...heater, ...more })).id;

/** Sends a document by e-mail to the job's contact. */
export const mailDocument = (journey: Journey, kind: 'estimates' | 'invoices', id: string, more: object = {}): Promise<unknown> =>
  journey.office('POST', `/${kind}/${id}/send`, { channels: ['email'], ...more });
