/** A payment has succeeded, or is on its way. Said once, in the browser that pays. It comes with the views about payments. */
export class CcPaymentEvent extends Event {
  constructor(
    /** The payment's id. */
    readonly id: string,
    /** `processing`: the payer's bank has it. */
    readonly state: 'succeeded' | 'processing',
    /** Minor units, with the tip. */
    readonly amount: number,
    /** ISO 4217. */
    readonly currency: string,
  ) {
    super('cc-payment', { bubbles: true, composed: true });
  }
}
