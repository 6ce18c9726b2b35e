import type { EstimateLine, EstimateView } from '../../../server/contract/estimates.ts';
import type { Money } from '../../../server/contract/wire.ts';
import type { PaperContext } from '../../parts/paper.ts';
import type { Chosen } from './estimate-choices.ts';

/** What the parts of an estimate share. */
export interface EstimateContext extends PaperContext {
  estimate: EstimateView;
  chosen: Chosen;
  /** Groups whose missing choice is to be pointed out. */
  missing: readonly string[];
  choose: (line: EstimateLine, on: boolean) => void;
}

/** What has just happened, or why nothing can be decided any more. */
export type News = 'stale' | 'sent' | 'decided' | 'expired' | 'withdrawn';

/** An amount of the estimate as money. */
export const moneyOf = ({ estimate }: EstimateContext, amount: number): Money => ({ amount, currency: estimate.content.currency });
