/** Payments that somebody recorded, each for one job. */
import { referred, type RecordKind } from './kind.ts';
import { refreshOf } from './refresh.ts';

export const payments: RecordKind<'payments'> = {
  name: 'payments',
  prefix: 'payment',
  fieldsOf: (row) => ({ jobId: row.job_id, receivedOn: row.received_on, method: row.method, amount: row.amount, reference: row.reference }),
  more: (_row, { account }) => ({ currency: account.currency }),
  async columnsOf(scope, fields) {
    const job = await referred(scope, 'jobs', fields.jobId, '/jobId');
    return {
      job_id: job.id, customer_id: job.customer_id, received_on: fields.receivedOn, method: fields.method, amount: fields.amount, reference: fields.reference,
    };
  },
  settle: refreshOf,
};
