import type { TemplateResult } from 'lit';
import type { EstimateView } from '../../../server/contract/estimates.ts';
import type { Formats } from '../../locale/formats.ts';
import type { Localizer } from '../../locale/localizer.ts';
import { pill } from '../../parts/pill.ts';

/** Whether it can still be decided. A wish for a change leaves it so. */
export const isOpen = ({ status }: EstimateView): boolean => status === 'sent' || status === 'changesRequested';

/** What asking for something else is called: a new estimate where this one has lapsed. */
export const askLabel = (estimate: EstimateView, localizer: Localizer): string =>
  localizer.t(isOpen(estimate) || estimate.status === 'approved' ? 'estimate.ask' : 'estimate.askNew');

/** How an estimate stands, or how long it can be approved. */
export function estimatePill({ status, content: { expiresOn } }: EstimateView, { localizer }: Formats): TemplateResult {
  if (status !== 'sent' && status !== 'draft') {
    return pill(status === 'approved' ? 'ok' : status === 'changesRequested' ? 'warn' : 'plain', localizer.t(`estimate.${status}`));
  }
  if (!expiresOn) return pill('warn', localizer.t('estimate.waits'));
  // The year would only make it long: nobody waits for one. The paper has the full date.
  const format = () => new Intl.DateTimeFormat(localizer.tag, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  return pill('warn', localizer.t('estimate.valid', { date: localizer.formatter('short day', format).format(new Date(expiresOn)) }));
}
