/** The few drawings of the navigation, one stroke each. */
import { svg, type SVGTemplateResult } from 'lit';
import type { Place } from './routes.ts';

const paths: Record<Place | 'search' | 'menu', string> = {
  inbox: 'M3 11h4l2 3h2l2-3h4M3 11l2.5-6.5h9L17 11v5H3z',
  customers: 'M8 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.5 16.5c.5-3 2.700-4.500 5.500-4.500s5 1.500 5.500 4.500M13 4a2.800 2.800 0 0 1 0 5.400M15 12.300c1.500.7 2.300 2.200 2.500 4.200',
  jobs: 'M3 7h14v9H3zM7 7V4.500h6V7M3 11h14',
  documents: 'M5 2.500h7l3.500 3.500v11.500H5zM12 2.500V6h3.500M7.500 10h5.500M7.500 13h5.500',
  settings: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4',
  search: 'M9 15a6 6 0 1 0 0-12 6 6 0 0 0 0 12ZM13.500 13.500 17 17',
  menu: 'M4 6h12M4 10h12M4 14h12',
};

/** Decoration: the word stands beside it. */
export const icon = (name: keyof typeof paths): SVGTemplateResult => svg`<svg class="icon" aria-hidden="true" viewBox="0 0 20 20"><path d=${paths[name]}></path></svg>`;
