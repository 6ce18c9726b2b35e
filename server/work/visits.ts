/** Visits: at a moment with an arrival window, or on a day. */
import type { FieldsOf } from '../contract/records.ts';
import { invalidField } from '../platform/problems.ts';
import { visitSortAt } from './derive.ts';
import { referred, stored, type RecordKind } from './kind.ts';
import { refreshOf } from './refresh.ts';

export const visits: RecordKind<'visits'> = {
  name: 'visits',
  prefix: 'visit',
  fieldsOf: (row) => ({
    jobId: row.job_id, startsAt: row.starts_at, endsAt: row.ends_at, arrivalWindowMinutes: row.arrival_window_minutes, date: row.date, technician: row.technician,
  }),
  async columnsOf(scope, fields) {
    await referred(scope, 'jobs', fields.jobId, '/jobId');
    checkTimes(fields);
    const when = { starts_at: stored(fields.startsAt), date: fields.date };
    return {
      job_id: fields.jobId, ...when, ends_at: stored(fields.endsAt), arrival_window_minutes: fields.arrivalWindowMinutes,
      technician: fields.technician, sort_at: visitSortAt(when, scope.account.time_zone),
    };
  },
  settle: refreshOf,
};

function checkTimes({ startsAt, endsAt, date, arrivalWindowMinutes }: Omit<FieldsOf<'visits'>, 'externalId'>): void {
  if (startsAt === null && date === null) throw invalidField('/startsAt', 'give startsAt or date');
  if (startsAt !== null && date !== null) throw invalidField('/date', 'give startsAt or date, not both');
  if (endsAt !== null && startsAt === null) throw invalidField('/endsAt', 'needs startsAt');
  if (arrivalWindowMinutes !== null && startsAt === null) throw invalidField('/arrivalWindowMinutes', 'needs startsAt');
  if (endsAt !== null && startsAt !== null && Date.parse(endsAt) < Date.parse(startsAt)) throw invalidField('/endsAt', 'lies before startsAt');
}
