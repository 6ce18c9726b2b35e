/** Notes on a job; the shared ones are shown to the customer. */
import { flag, referred, type RecordKind } from './kind.ts';

export const notes: RecordKind<'notes'> = {
  name: 'notes',
  prefix: 'note',
  fieldsOf: (row) => ({ jobId: row.job_id, author: row.author, body: row.body, shared: row.shared === 1 }),
  async columnsOf(scope, fields) {
    await referred(scope, 'jobs', fields.jobId, '/jobId');
    return { job_id: fields.jobId, author: fields.author, body: fields.body, shared: flag(fields.shared) };
  },
};
