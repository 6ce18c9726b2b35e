import type { TemplateResult } from 'lit';
import type { JobRow, JobView } from '../../../server/contract/work.ts';
import type { Formats } from '../../locale/formats.ts';
import { pill } from '../../parts/pill.ts';

type Stated = Pick<JobRow | JobView, 'status' | 'balance' | 'due' | 'total' | 'waitsFor'>;

/** The one word that says how a job stands. Money comes before progress, because that is what somebody has to act on. */
export function jobPill(job: Stated, formats: Formats): TemplateResult {
  const { localizer } = formats;
  if (job.status === 'canceled' || job.status === 'lost') return pill('plain', localizer.t(`status.${job.status}`));
  if (job.waitsFor === 'estimate') return pill('warn', localizer.t('status.estimate'));
  const due = job.status === 'complete' || job.waitsFor === 'payment';
  const open = job.due ?? job.balance;
  if (due && open && open.amount > 0) return pill('warn', localizer.t('status.open', { amount: formats.money(open) }));
  if (due && job.total && job.total.amount > 0) return pill('ok', localizer.t('status.paid'));
  return pill(job.status === 'scheduled' ? 'ok' : 'plain', localizer.t(`status.${job.status}`));
}
