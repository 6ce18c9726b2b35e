/** What an estimate has beyond its lines, in one chunk: how it got where it is, and the forms for what comes next. */
import { define as defineTag } from '../../parts/define.ts';
import { EstimateApprove } from './estimate-approve.ts';
import { EstimateStory } from './estimate-story.ts';
import { EstimateWish } from './estimate-wish.ts';

/** Registers them; the view does it once the chunk is here. */
export function define(): void {
  defineTag('cc-estimate-story', EstimateStory);
  defineTag('cc-estimate-approve', EstimateApprove);
  defineTag('cc-estimate-wish', EstimateWish);
}

declare global {
  interface HTMLElementTagNameMap {
    'cc-estimate-story': EstimateStory;
    'cc-estimate-approve': EstimateApprove;
    'cc-estimate-wish': EstimateWish;
  }
}
