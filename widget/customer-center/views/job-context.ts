import type { Card } from '../../../server/contract/account.ts';
import type { PaperContext } from '../../parts/paper.ts';

/** What the three panels of a job share. */
export interface JobContext extends PaperContext {
  card: Card;
}
