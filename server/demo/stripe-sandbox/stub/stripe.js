// window.Stripe: confirming payments and set-ups, and what comes after.

/** Gone for good: a redirect is never answered. */
const never = () => new Promise(() => {});

function checkReturn(where, url, redirect) {
  if (url === undefined && redirect === 'if_required') return;
  if (!url || !URL.canParse(url) || !/^https?:/.test(url))
    throw new IntegrationError(`${where}: confirmParams.return_url should be an absolute address, or redirect be if_required.`);
}

/** What differs between the elements and the intent. Stripe charges nothing then, and tells nobody else. */
function mismatch(group, intent) {
  const { mode, amount, currency, setupFutureUsage } = group.options;
  const refuse = (message) => ({ type: 'invalid_request_error', message });
  if ((mode === 'payment') !== (intent.object === 'payment_intent'))
    return refuse(`The mode (${mode}) specified in Elements does not match the ${intent.object}.`);
  if (mode === 'setup') {
    const { allowedPaymentMethodTypes: shown } = group.options;
    const { allowed_payment_method_types: allowed } = intent;
    if (String([...(shown || [])].sort()) !== String([...(allowed || [])].sort()))
      return refuse('The allowed payment method types specified in Elements do not match those of the SetupIntent.');
    return undefined;
  }
  if (amount !== intent.amount)
    return refuse(`The amount (${amount}) specified in Elements does not match the amount (${intent.amount}) on the PaymentIntent.`);
  if (currency !== intent.currency)
    return refuse(`The currency (${currency}) specified in Elements does not match the currency (${intent.currency}) on the PaymentIntent.`);
  if ((setupFutureUsage || null) !== (intent.setup_future_usage || null))
    return refuse('The setup_future_usage specified in Elements does not match the one on the PaymentIntent.');
  return undefined;
}

class Client {
  constructor(key, account, locale) {
    Object.assign(this, { key, account, locale });
  }

  _registerWrapper() {}

  elements(options = {}) {
    return new Group(this, options);
  }

  async retrievePaymentIntent(clientSecret) {
    const { object, error } = await retrieve(this, intentOf(clientSecret));
    return error ? { error } : { paymentIntent: object };
  }

  async retrieveSetupIntent(clientSecret) {
    const { object, error } = await retrieve(this, intentOf(clientSecret));
    return error ? { error } : { setupIntent: object };
  }

  confirmPayment(options) {
    return this.confirm('confirmPayment()', options, true);
  }

  confirmSetup(options) {
    return this.confirm('confirmSetup()', options, false);
  }

  async confirm(where, options, payment) {
    checkOptions(where, options, ['elements', 'clientSecret', 'confirmParams', 'redirect']);
    const { elements: group, confirmParams = {}, redirect = 'always' } = options;
    if (group && !(group instanceof Group)) throw new IntegrationError(`${where}: elements should be what stripe.elements() has made.`);
    checkOptions(`${where}: confirmParams`, confirmParams, [
      'return_url',
      'payment_method',
      'payment_method_data',
      'receipt_email',
      'setup_future_usage',
      'shipping',
      'mandate_data',
      'expand',
    ]);
    checkReturn(where, confirmParams.return_url, redirect);
    const intent = intentOf(options.clientSecret || (group && group.options.clientSecret));
    if (intent.payment !== payment) throw new IntegrationError(`${where}: the client secret is of another kind of intent.`);
    if (!group && !confirmParams.payment_method) throw new IntegrationError(`${where}: elements or confirmParams.payment_method is missing.`);
    const method = group ? await this.methodOf(where, group, intent) : { id: confirmParams.payment_method };
    if (method.error) return { error: method.error };
    if (method.type === 'klarna' && !confirmParams.return_url)
      return { error: { type: 'invalid_request_error', code: 'parameter_missing', message: 'This payment method needs confirmParams.return_url.' } };
    const { object, error } = await ask(this, 'POST', `${intent.path}/confirm`, {
      client_secret: intent.clientSecret,
      payment_method: method.id,
      use_stripe_sdk: true,
      return_url: confirmParams.return_url,
      receipt_email: confirmParams.receipt_email,
    });
    return error ? { error } : this.goOn(intent, object, redirect, confirmParams.return_url);
  }

  /** What was typed, as a payment method; only after it was submitted, and only for the amount that was shown. */
  async methodOf(where, group, intent) {
    const { fields } = group.mounted();
    if (!group.options.clientSecret) {
      if (!group.submitted) throw new IntegrationError(`elements.submit() must be called before stripe.${where}.`);
      const { object, error } = await retrieve(this, intent);
      if (error) return { error };
      const differs = mismatch(group, object);
      if (differs) return { error: differs };
    }
    const invalid = fields.validate();
    if (invalid) return { error: invalid };
    const { object, error } = await ask(this, 'POST', '/v1/payment_methods', fields.data());
    return error ? { error } : object;
  }

  /** Through what the bank wants, to the end. */
  async goOn(intent, object, redirect, returnUrl) {
    const action = object.status === 'requires_action' && object.next_action;
    if (action && action.type === 'redirect_to_url') {
      window.location.assign(action.redirect_to_url.url);
      return never();
    }
    if (action && action.type === 'use_stripe_sdk') return this.challenge(intent, object, redirect, returnUrl);
    return this.end(intent, object, redirect, returnUrl);
  }

  async challenge(intent, waiting, redirect, returnUrl) {
    const outcome = await showChallenge();
    if (outcome === 'left') return { [intent.name]: waiting };
    const { object, error } = await ask(this, 'POST', `${intent.path}/challenge`, { client_secret: intent.clientSecret, outcome });
    if (error) return { error };
    const failed = object.last_payment_error || object.last_setup_error;
    if (object.status === 'requires_payment_method' && failed)
      return { error: { ...failed, [intent.payment ? 'payment_intent' : 'setup_intent']: object } };
    return this.end(intent, object, redirect, returnUrl);
  }

  end(intent, object, redirect, returnUrl) {
    if (redirect !== 'always' || !returnUrl || object.status === 'requires_action') return { [intent.name]: object };
    const back = new URL(returnUrl);
    const name = intent.payment ? 'payment_intent' : 'setup_intent';
    back.searchParams.set(name, object.id);
    back.searchParams.set(`${name}_client_secret`, intent.clientSecret);
    back.searchParams.set('redirect_status', object.status === 'succeeded' ? 'succeeded' : object.status === 'processing' ? 'pending' : 'failed');
    window.location.assign(back.href);
    return never();
  }

  /** Goes on with a payment that was left in the middle of 3-D Secure. */
  async handleNextAction(options) {
    checkOptions('handleNextAction()', options, ['clientSecret']);
    const intent = intentOf(options.clientSecret);
    const { object, error } = await retrieve(this, intent);
    if (error) return { error };
    if (object.status !== 'requires_action')
      return {
        error: {
          type: 'invalid_request_error',
          code: `${intent.payment ? 'payment' : 'setup'}_intent_unexpected_state`,
          message: 'The intent supplied does not require any client actions.',
          [intent.payment ? 'payment_intent' : 'setup_intent']: object,
        },
      };
    return this.goOn(intent, object, 'if_required');
  }
}

function Stripe(key, options = {}) {
  if (typeof key !== 'string' || !key) throw new IntegrationError('Missing value for Stripe(): it should be a publishable key.');
  if (/_live_/.test(key)) throw new IntegrationError('The sandbox takes no live key.');
  if (!/^pk_test_/.test(key)) throw new IntegrationError('Stripe() should be called with a publishable key, never with a secret one.');
  checkOptions('Stripe()', options, ['stripeAccount', 'apiVersion', 'locale', 'betas', 'developerTools']);
  return new Client(key, options.stripeAccount, options.locale);
}

Stripe.version = 'endive';

// As with Stripe.js, the first script on the page stays.
if (!window.Stripe) window.Stripe = Stripe;
