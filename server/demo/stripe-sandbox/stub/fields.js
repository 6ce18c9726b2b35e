// The fields of the test form: plain, labelled, with test ids. What is typed goes to the sandbox only.

const words = {
  en: {
    note: 'Test form: no real card is charged',
    method: 'Payment method',
    card: 'Card',
    bank: 'Bank account',
    klarna: 'Klarna',
    number: 'Card number',
    expiry: 'Expiry',
    cvc: 'CVC',
    routing: 'Routing number',
    account: 'Account number',
    sample: 'To try: 4242 4242 4242 4242, any later month, any CVC.',
    bankSample: 'To try: routing 110000000, account 000123456789.',
    klarnaSample: 'Klarna opens on its own page.',
    incomplete_number: 'Your card number is incomplete.',
    incomplete_expiry: 'Your card’s expiration date is incomplete.',
    invalid_expiry_year_past: 'Your card’s expiration year is in the past.',
    incomplete_cvc: 'Your card’s security code is incomplete.',
    incomplete_routing: 'Your routing number is incomplete.',
    incomplete_account: 'Your account number is incomplete.',
  },
  es: {
    note: 'Formulario de prueba: no se cobra ninguna tarjeta real',
    method: 'Forma de pago',
    card: 'Tarjeta',
    bank: 'Cuenta bancaria',
    klarna: 'Klarna',
    number: 'Número de tarjeta',
    expiry: 'Vencimiento',
    cvc: 'CVC',
    routing: 'Número de ruta',
    account: 'Número de cuenta',
    sample: 'Para probar: 4242 4242 4242 4242, cualquier mes futuro, cualquier CVC.',
    bankSample: 'Para probar: ruta 110000000, cuenta 000123456789.',
    klarnaSample: 'Klarna se abre en su propia página.',
    incomplete_number: 'El número de la tarjeta está incompleto.',
    incomplete_expiry: 'La fecha de vencimiento está incompleta.',
    invalid_expiry_year_past: 'La tarjeta está vencida.',
    incomplete_cvc: 'El código de seguridad está incompleto.',
    incomplete_routing: 'El número de ruta está incompleto.',
    incomplete_account: 'El número de cuenta está incompleto.',
  },
};

const methodNames = { card: 'card', us_bank_account: 'bank', klarna: 'klarna' };
let lastForm = 0;

function create(name, properties, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in node && typeof value !== 'string') node[key] = value;
    else node.setAttribute(key === 'className' ? 'class' : key, value);
  }
  node.append(...children);
  return node;
}

const wordsFor = (locale = 'auto') =>
  words[String(locale).startsWith('es') || (!/^en/.test(locale) && document.documentElement.lang.startsWith('es')) ? 'es' : 'en'];

/** @param changed is called whenever something was typed or chosen. */
function makeFields({ types, locale, changed }) {
  let text = wordsFor(locale);
  /** What is read, to be said again in another language. */
  const spoken = [];
  const say = (key) => {
    const node = document.createTextNode(text[key]);
    spoken.push([node, key]);
    return node;
  };
  const form = `stripe-stub-${++lastForm}`;
  const inputs = {};
  const sections = {};
  let type = types[0];

  const field = (name, label, testId, placeholder, wide) => {
    const error = create('p', { className: 'stripe-error', id: `${form}-${name}-error`, hidden: true });
    // Never filled in by the browser: it knows only real cards.
    const input = create('input', {
      id: `${form}-${name}`,
      'data-testid': testId,
      inputmode: 'numeric',
      autocomplete: 'off',
      placeholder,
      'aria-describedby': error.id,
    });
    inputs[name] = { input, error };
    return create('div', { className: wide ? 'stripe-field stripe-wide' : 'stripe-field' }, create('label', { for: input.id }, say(label)), input, error);
  };
  const help = (line) => create('p', { className: 'stripe-help stripe-wide' }, say(line));
  const section = (name, ...children) => (sections[name] = create('div', { className: 'stripe-fields' }, ...children));
  section(
    'card',
    field('number', 'number', 'stripe-card-number', '1234 1234 1234 1234', true),
    field('expiry', 'expiry', 'stripe-expiry', 'MM / YY'),
    field('cvc', 'cvc', 'stripe-cvc', 'CVC'),
    help('sample'),
  );
  section(
    'us_bank_account',
    field('routing', 'routing', 'stripe-routing', '110000000'),
    field('account', 'account', 'stripe-account-number', '000123456789'),
    help('bankSample'),
  );
  section('klarna', help('klarnaSample'));

  const radios = types.map((one) =>
    create('input', { type: 'radio', name: form, value: one, 'data-testid': `stripe-method-${methodNames[one]}`, checked: one === type }),
  );
  const choice = create(
    'fieldset',
    { hidden: types.length < 2 },
    create('legend', {}, say('method')),
    ...types.map((one, index) => create('label', {}, radios[index], say(methodNames[one]))),
  );
  const root = create(
    'div',
    { className: 'stripe-stub', 'data-testid': 'stripe-element' },
    create('p', { className: 'stripe-note' }, say('note')),
    choice,
    ...types.map((one) => sections[one]),
  );

  const value = (name) => inputs[name].input.value.replace(/[\s-]/g, '');
  const expiry = () => /^(\d{1,2})\/?(\d{2}|\d{4})$/.exec(value('expiry'));
  /** What is still missing, as [field, code]. */
  const missing = () => {
    if (type === 'klarna') return [];
    if (type === 'us_bank_account')
      return [
        ...(/^\d{9}$/.test(value('routing')) ? [] : [['routing', 'incomplete_routing']]),
        ...(/^\d{4,17}$/.test(value('account')) ? [] : [['account', 'incomplete_account']]),
      ];
    const [, month, year] = expiry() || [];
    const ends = month && new Date(Number(year) < 100 ? 2000 + Number(year) : Number(year), Number(month));
    return [
      ...(/^\d{12,19}$/.test(value('number')) ? [] : [['number', 'incomplete_number']]),
      ...(!month || Number(month) < 1 || Number(month) > 12
        ? [['expiry', 'incomplete_expiry']]
        : ends <= new Date()
          ? [['expiry', 'invalid_expiry_year_past']]
          : []),
      ...(/^\d{3,4}$/.test(value('cvc')) ? [] : [['cvc', 'incomplete_cvc']]),
    ];
  };
  let told = [];
  const tell = (problems) => {
    told = problems;
    for (const [name, { input, error }] of Object.entries(inputs)) {
      const code = (problems.find(([one]) => one === name) || [])[1];
      error.hidden = !code;
      error.textContent = code ? text[code] : '';
      input.setAttribute('aria-invalid', code ? 'true' : 'false');
    }
  };
  const show = () => {
    for (const one of types) sections[one].hidden = one !== type;
  };
  const state = () => ({ complete: missing().length === 0, empty: Object.values(inputs).every(({ input }) => !input.value), value: { type } });

  // Nothing of a frame's events reaches the page around it, and Enter in it submits no form there.
  for (const event of ['input', 'change', 'keydown', 'keyup', 'keypress']) root.addEventListener(event, (one) => one.stopPropagation());
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault();
  });
  root.addEventListener('input', () => {
    type = (radios.find((radio) => radio.checked) || { value: type }).value;
    show();
    tell([]);
    changed(state());
  });
  show();

  return {
    root,
    state,
    type: () => type,
    /** Shows what is missing and gives it back as Stripe's error; nothing when all is there. */
    validate() {
      const problems = missing();
      tell(problems);
      if (!problems.length) return undefined;
      const [name, code] = problems[0];
      inputs[name].input.focus();
      return { type: 'validation_error', code, message: text[code] };
    },
    /** The parameters of the payment method. */
    data() {
      if (type === 'klarna') return { type };
      if (type === 'us_bank_account')
        return { type, us_bank_account: { routing_number: value('routing'), account_number: value('account'), account_holder_type: 'individual' } };
      const [, month, year] = expiry();
      return { type, card: { number: value('number'), exp_month: month, exp_year: year, cvc: value('cvc') } };
    },
    /** In another language; what was typed stays. */
    speak(wanted) {
      text = wordsFor(wanted);
      for (const [node, key] of spoken) node.data = text[key];
      tell(told);
    },
    readOnly(still) {
      for (const { input } of Object.values(inputs)) input.disabled = still;
      for (const radio of radios) radio.disabled = still;
    },
    focus: () => root.querySelector('input:not([type=radio])').focus(),
  };
}
