/** What comes after a payment, and the cards that are kept, together in one chunk. */
import { define as defineCards } from './cards-view.ts';
import { define as definePayment } from './payment-view.ts';

export function define(): void {
  definePayment();
  defineCards();
}
