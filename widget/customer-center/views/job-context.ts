import type { Card } from '../../../server/contract/account.ts';
import { html, type TemplateResult } from 'lit';
import type { Formats } from '../../locale/formats.ts';

/** What the three panels of a job share. */
export interface JobContext {
  formats: Formats;
  card: Card;
  /** Level of the headings in a panel. */
  level: number;
}

/** A small heading within a panel. */
export const title = (text: string, { level }: JobContext): TemplateResult =>
  html`<span class="title" part="section-title" role="heading" aria-level=${level}>${text}</span>`;
