// The stub's way to the API. All parts of this folder are served as one script, inside one strict function.

const ownSource = document.currentScript && document.currentScript.src;

/** Beside the sandbox that serves it, else where Stripe.js would ask: tests answer that host from the sandbox. */
const apiBase = ownSource && !/^https:\/\/js\.stripe\.com\//.test(ownSource) ? new URL(ownSource).origin : 'https://api.stripe.com';
const apiVersion = '2026-10-28.endive';

/** What the embedding page has done wrong, as Stripe.js throws it. */
class IntegrationError extends Error {
  constructor(message) {
    super(message);
    this.name = 'IntegrationError';
  }
}

/** @throws IntegrationError for an option that Stripe does not know (any more). */
function checkOptions(where, options, known) {
  if (options === undefined) return;
  if (options === null || typeof options !== 'object') throw new IntegrationError(`${where}: expected an object.`);
  for (const name of Object.keys(options)) if (!known.includes(name)) throw new IntegrationError(`${where}: unknown option ${name}.`);
}

function formOf(values, form, prefix) {
  for (const [name, value] of Object.entries(values)) {
    const key = prefix ? `${prefix}[${name}]` : name;
    if (value === undefined || value === null) continue;
    if (typeof value === 'object') formOf(value, form, key);
    else form.append(key, String(value));
  }
  return form;
}

/** Key and version go beside the parameters, so that the browser need not ask for permission first. */
async function ask(client, method, path, values) {
  const form = formOf({ ...values, key: client.key, _stripe_account: client.account, _stripe_version: apiVersion }, new URLSearchParams());
  try {
    const get = method === 'GET';
    const response = await fetch(`${apiBase}${path}${get ? `?${form}` : ''}`, {
      method,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      ...(get ? {} : { body: form }),
    });
    const body = await response.json();
    return body.error ? { error: body.error } : { object: body };
  } catch {
    return {
      error: { type: 'api_connection_error', message: 'We are experiencing issues connecting to our payments provider. You have not been charged.' },
    };
  }
}

/** The kind of intent that a client secret opens, with its id. */
function intentOf(clientSecret) {
  const match = typeof clientSecret === 'string' && /^((pi|seti)_[A-Za-z0-9]+)_secret_[A-Za-z0-9]+$/.exec(clientSecret);
  if (!match) throw new IntegrationError('Invalid value for clientSecret: it should be the client secret of a PaymentIntent or a SetupIntent.');
  const payment = match[2] === 'pi';
  return {
    id: match[1],
    clientSecret,
    payment,
    name: payment ? 'paymentIntent' : 'setupIntent',
    path: `/v1/${payment ? 'payment' : 'setup'}_intents/${match[1]}`,
  };
}

const retrieve = (client, intent) => ask(client, 'GET', intent.path, { client_secret: intent.clientSecret });
