/** What is paid: invoices, how much of each, and a tip. Whole numbers of minor units throughout; of what is no amount nothing is guessed. */
import type { BlockedItem, PaymentNew, PaymentOptions } from '../../../server/contract/payments.ts';
import type { Payable } from '../../data/payments.ts';
import { parseAmount } from '../../locale/amounts.ts';

/** Why an invoice is not paid with the others. */
export type Hindrance = Pick<BlockedItem, 'since' | 'by'> & { reason: BlockedItem['reason'] | 'paid' };

/** What a person has typed or chosen; it outlives a reload. */
export interface Choices {
  /** By an invoice's id, or `tip`. */
  typed: Record<string, string>;
  /** Percent, `own`, or none. */
  tip: string;
}

export class Basket {
  choices: Choices;
  readonly dues: readonly Payable[];
  readonly #options: PaymentOptions;
  /** For the decimal sign. */
  readonly #tag: string;
  /** Invoices that turned out to be not payable now, by id. */
  #blocked: Record<string, Hindrance> = {};

  constructor(options: PaymentOptions, dues: readonly Payable[], tag: string, choices: Choices = { typed: {}, tip: '' }) {
    this.#options = options;
    this.dues = dues;
    this.#tag = tag;
    this.choices = choices;
  }

  /** What can be paid now. */
  get payable(): Payable[] {
    return this.dues.filter((due) => !this.hindrance(due));
  }

  hindrance({ id, due, payable, pending, online }: Payable): Hindrance | undefined {
    const plain = { since: null, by: null };
    if (this.#blocked[id]) return this.#blocked[id];
    if (due.amount <= 0) return { ...plain, reason: 'paid' };
    if (!online) return { ...plain, reason: 'notPayable' };
    return payable.amount > 0 ? undefined : { ...plain, ...pending[0], reason: 'inProgress' };
  }

  /** What is paid of an invoice: all of it, or what was typed. */
  amountOf({ id, payable }: Payable): number | undefined {
    const typed = this.#options.partial ? this.choices.typed[id] : undefined;
    if (typed === undefined) return payable.amount;
    const amount = this.#parse(typed);
    return amount && amount <= payable.amount ? amount : undefined;
  }

  /** Of a deposit nobody has done any work yet. */
  get asksTip(): boolean {
    return this.#options.tip && this.payable.some(({ kind }) => kind !== 'deposit');
  }

  get tip(): number | undefined {
    const { tip, typed } = this.choices;
    if (!this.asksTip || !tip) return 0;
    if (tip === 'own') return this.#parse(typed['tip'] ?? '');
    // Half a unit is rounded up, in whole numbers.
    return Math.floor(((this.#sum ?? 0) * Number(tip) + 50) / 100);
  }

  get total(): number | undefined {
    return add(this.#sum, this.tip);
  }

  /** For the server, once there is a total. */
  get wanted(): Pick<PaymentNew, 'items' | 'tip'> {
    return { items: this.payable.map((due) => ({ invoiceId: due.id, etag: due.etag, amount: this.amountOf(due)! })), tip: this.tip! };
  }

  /** The server's objections. True when something can still be paid that now comes to another amount, or says something else. */
  learn(items: readonly BlockedItem[]): boolean {
    let isChanged = false;
    for (const { invoiceId, reason, due, etag, since, by } of items) {
      const known = this.dues.find(({ id }) => id === invoiceId);
      if ((reason === 'stale' || reason === 'dueChanged') && due.amount > 0 && known) {
        Object.assign(known, { etag, due, payable: due } satisfies Partial<Payable>);
        if (this.amountOf(known) === undefined) delete this.choices.typed[invoiceId];
        isChanged = true;
      } else this.#blocked[invoiceId] = { since, by, reason: due.amount > 0 ? reason : 'paid' };
    }
    return isChanged;
  }

  get #sum(): number | undefined {
    return this.payable.reduce<number | undefined>((sum, due) => add(sum, this.amountOf(due)), 0);
  }

  #parse(typed: string): number | undefined {
    return parseAmount(typed, this.#tag, this.#options.currency);
  }
}

const add = (a: number | undefined, b: number | undefined): number | undefined => (a === undefined || b === undefined ? undefined : a + b);
