/** English for the drawing pad; it comes with it. */
import { extendEnglish } from './localizer.ts';

export const drawing = {
  'drawing.here': 'Draw your signature here, with a finger or the mouse',
  'drawing.clear': 'Clear',
} as const;

extendEnglish(drawing);
