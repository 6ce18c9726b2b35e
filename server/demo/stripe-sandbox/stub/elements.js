// elements(): a group of elements with one amount, and the elements themselves. Its rules are Stripe's; each broken one throws.

const groupOptions = [
  'mode',
  'amount',
  'currency',
  'clientSecret',
  'appearance',
  'locale',
  'setupFutureUsage',
  'captureMethod',
  'fonts',
  'loader',
  'onBehalfOf',
  'paymentMethodCreation',
  'paymentMethodOptions',
  'allowedPaymentMethodTypes',
  'excludedPaymentMethodTypes',
  'customerSessionClientSecret',
  'externalPaymentMethodTypes',
];
const elementOptions = {
  payment: ['layout', 'defaultValues', 'business', 'paymentMethodOrder', 'fields', 'readOnly', 'terms', 'wallets', 'applePay', 'savedPaymentMethods'],
  expressCheckout: [
    'buttonHeight',
    'buttonTheme',
    'buttonType',
    'layout',
    'paymentMethodOrder',
    'paymentMethods',
    'business',
    'emailRequired',
    'phoneNumberRequired',
  ],
};

function checkGroup(options) {
  checkOptions('elements()', options, groupOptions);
  checkAppearance(options.appearance);
  if (options.clientSecret !== undefined) {
    if (options.mode !== undefined) throw new IntegrationError('elements(): clientSecret and mode exclude each other.');
    intentOf(options.clientSecret);
    return;
  }
  if (!['payment', 'setup', 'subscription'].includes(options.mode))
    throw new IntegrationError('elements(): mode should be payment, setup or subscription, or a clientSecret be given.');
  if (options.mode === 'setup') return;
  if (!Number.isInteger(options.amount) || options.amount <= 0)
    throw new IntegrationError('elements(): amount should be a positive integer in minor units.');
  if (!/^[a-z]{3}$/.test(options.currency || '')) throw new IntegrationError('elements(): currency should be a three-letter code in lower case.');
}

class Group {
  constructor(client, options) {
    checkGroup(options);
    this.client = client;
    this.options = { ...options };
    this.elements = new Map();
    this.submitted = false;
  }

  create(type, options = {}) {
    if (!elementOptions[type]) throw new IntegrationError(`elements.create(): ${type} is not a type of element here.`);
    if (this.elements.has(type)) throw new IntegrationError(`elements.create(): there can be only one element of the type ${type}.`);
    checkOptions(`elements.create('${type}')`, options, elementOptions[type]);
    const element = new FormElement(this, type, options);
    this.elements.set(type, element);
    return element;
  }

  getElement(type) {
    return this.elements.get(type) || null;
  }

  /** Whatever changes, the details have to be submitted again. */
  update(options) {
    const { clientSecret: _secret, mode: _mode, ...rest } = { ...this.options, ...options };
    checkGroup(
      this.options.clientSecret
        ? { ...rest, clientSecret: this.options.clientSecret }
        : { ...rest, mode: (options && options.mode) || this.options.mode },
    );
    this.options = { ...this.options, ...options };
    this.submitted = false;
    for (const element of this.elements.values()) element.restyle();
  }

  async fetchUpdates() {
    if (!this.options.clientSecret) throw new IntegrationError('elements.fetchUpdates(): there is no clientSecret to fetch with.');
    const { error } = await retrieve(this.client, intentOf(this.options.clientSecret));
    return error ? { error } : {};
  }

  /** The payment element, which must be on the page and ready. */
  mounted() {
    const element = this.elements.get('payment');
    if (!element || !element.fields || !element.fields.root.isConnected)
      throw new IntegrationError(
        'We could not retrieve data from the specified Element. Please make sure the Element you are attempting to use is still mounted.',
      );
    return element;
  }

  async submit() {
    const { fields } = this.mounted();
    const error = fields.validate();
    this.submitted = !error;
    return error ? { error } : { selectedPaymentMethod: fields.type() };
  }
}

class FormElement {
  constructor(group, type, options) {
    Object.assign(this, { group, type, options, listeners: new Map(), node: null, fields: null, destroyed: false });
  }

  on(name, listener) {
    this.listeners.set(name, [...(this.listeners.get(name) || []), listener]);
    return this;
  }

  once(name, listener) {
    const only = (event) => {
      this.off(name, only);
      listener(event);
    };
    return this.on(name, only);
  }

  off(name, listener) {
    this.listeners.set(name, listener ? (this.listeners.get(name) || []).filter((one) => one !== listener) : []);
    return this;
  }

  tell(name, more) {
    for (const listener of this.listeners.get(name) || []) listener({ elementType: this.type, ...more });
  }

  mount(target) {
    if (this.destroyed) throw new IntegrationError('This Element has already been destroyed. Please create a new one.');
    const node = typeof target === 'string' ? document.querySelector(target) : target;
    if (!(node instanceof Element) || !node.isConnected)
      throw new IntegrationError('The selector or node you specified applies to no DOM elements that are currently on the page.');
    if (node.getRootNode() instanceof ShadowRoot)
      throw new IntegrationError('Elements cannot be mounted in a ShadowRoot. Please mount in the Light DOM.');
    if (this.node) throw new IntegrationError('This Element has already been mounted. Use `unmount()` first.');
    this.node = node;
    void this.show(node);
  }

  async show(node) {
    const { client, options } = this.group;
    const currency = options.currency || (options.mode === 'payment' || options.clientSecret ? 'usd' : undefined);
    const { object, error } = await ask(client, 'GET', '/v1/elements/sessions', { currency });
    if (this.node !== node) return;
    if (error) return this.tell('loaderror', { error });
    if (this.type === 'expressCheckout') return this.tell('ready', { availablePaymentMethods: undefined });
    useLook();
    const allowed = options.allowedPaymentMethodTypes;
    const excluded = options.excludedPaymentMethodTypes || [];
    const types = object.payment_method_types.filter((type) => (!allowed || allowed.includes(type)) && !excluded.includes(type));
    this.fields = makeFields({
      types,
      locale: options.locale || client.locale,
      changed: (state) => {
        this.group.submitted = false;
        this.tell('change', { ...state, collapsed: false });
      },
    });
    this.restyle();
    this.fields.readOnly(Boolean(this.options.readOnly));
    node.replaceChildren(this.fields.root);
    this.tell('ready');
    this.tell('change', { ...this.fields.state(), collapsed: false });
  }

  restyle() {
    if (!this.fields) return;
    wear(this.fields.root, this.group.options.appearance);
    this.fields.speak(this.group.options.locale || this.group.client.locale);
  }

  update(options) {
    checkOptions(`element.update()`, options, elementOptions[this.type]);
    this.options = { ...this.options, ...options };
    if (this.fields) this.fields.readOnly(Boolean(this.options.readOnly));
  }

  focus() {
    if (this.fields) this.fields.focus();
  }

  blur() {
    if (this.fields && this.fields.root.contains(document.activeElement)) document.activeElement.blur();
  }

  collapse() {}

  unmount() {
    if (this.fields) this.fields.root.remove();
    this.fields = null;
    this.node = null;
  }

  destroy() {
    if (this.destroyed) throw new IntegrationError('This Element has already been destroyed. Please create a new one.');
    this.unmount();
    this.destroyed = true;
    this.group.elements.delete(this.type);
  }
}
