/** An account with a customer who receives estimates, for tests: the office's calls, and browsers that open links. */
import type { FastifyInstance } from 'fastify';
import type { Estimate, EstimateView } from '../contract/estimates.ts';
import type { AccountRow } from '../database/scope.ts';
import { makeAccount, makeApiKey, officeOf, openTestApp } from '../testing.ts';
import { TestBrowser } from '../testing-browser.ts';

/** Estimates of three packages and two extras: Good, Better or Best; the tank, and the pan that is chosen already. */
export const packages = {
  lines: [
    { id: 'labor', description: 'Labor', quantity: '2.5', unit: 'h', unitPrice: 9800, taxes: [] },
    { id: 'good', description: 'Good', details: '40 gal', unitPrice: 188_900, group: 'heater', taxes: ['sales'] },
    { id: 'better', description: 'Better', details: '50 gal', unitPrice: 238_900, group: 'heater', selected: true, taxes: ['sales'] },
    { id: 'best', description: 'Best', details: 'Heat pump', unitPrice: 345_000, group: 'heater', taxes: ['sales'] },
    { id: 'tank', description: 'Expansion tank', unitPrice: 18_500, optional: true, taxes: ['sales'] },
    { id: 'pan', description: 'Drain pan', unitPrice: 6500, optional: true, selected: true, discount: { percent: '10' }, taxes: ['sales'] },
  ],
  groups: [{ key: 'heater', name: 'Water heater' }],
  taxes: [{ key: 'sales', name: 'Sales tax', percent: '8' }],
  deposit: { percent: '20' },
};

export async function openEstimates(account: Partial<AccountRow> = {}, settings: Record<string, string> = {}) {
  const harness = await openTestApp(settings);
  const scope = await makeAccount(harness.database, 'acme', account);
  const office = officeOf(harness.app, await makeApiKey(scope, ['read', 'write', 'links', 'settings']));
  const make = async (path: string, body: object): Promise<string> => ((await office('POST', path, body)).body as { id: string }).id;
  const customer = await make('customers', { name: 'Pine Street Dental', company: true });
  const contact = await make('contacts', { customerId: customer, name: 'Maria O’Brien', email: 'maria@pinedental.example' });
  const address = await make('addresses', { customerId: customer, line1: '412 Pine Street', city: 'Decatur', region: 'GA', postalCode: '30030' });

  const world = {
    ...harness, scope, office, customer, contact, address,
    job: (more: object = {}) => make('jobs', { customerId: customer, addressId: address, contactId: contact, service: 'Water heater replacement', ...more }),
    async draft(more: object = {}, job?: string): Promise<Estimate> {
      const answer = await office('POST', 'estimates', { jobId: job ?? (await world.job()), ...packages, ...more });
      if (answer.status !== 201) throw new Error(`an estimate could not be made: ${answer.text}`);
      return answer.body as Estimate;
    },
    /** Sends without a message and gives the link to copy. */
    async send(id: string, more: object = {}): Promise<{ estimate: Estimate; url: string }> {
      const answer = await office('POST', `estimates/${id}/send`, more);
      if (answer.status !== 200) throw new Error(`the estimate could not be sent: ${answer.text}`);
      const { estimate, links } = answer.body as { estimate: Estimate; links: { url: string }[] };
      return { estimate, url: links[0]!.url };
    },
    /** A person with a browser of their own who opens a link. */
    async reader(url: string): Promise<Reader> {
      const reader = new Reader(harness.app);
      const opened = await reader.browser.open(url);
      if (opened.statusCode !== 200) throw new Error(`the link did not open: ${opened.body}`);
      const session = (await reader.browser.get('/session')).json() as { document: { id: string } };
      reader.base = `/documents/${session.document.id}`;
      return reader;
    },
    /** An estimate that was sent, and its reader. */
    async sent(more: object = {}): Promise<{ id: string; reader: Reader; url: string; job: string }> {
      const draft = await world.draft(more);
      const { url } = await world.send(draft.id);
      return { id: draft.id, url, reader: await world.reader(url), job: draft.jobId };
    },
  };
  return world;
}

let keys = 0;

/** A browser with the session of a document link. */
export class Reader {
  readonly browser: TestBrowser;
  base = '';

  constructor(app: FastifyInstance, account?: string) {
    this.browser = new TestBrowser(app, account);
  }

  async see(): Promise<EstimateView> {
    return ((await this.browser.get(this.base)).json() as { estimate: EstimateView }).estimate;
  }

  async post(action: string, body: object = {}, headers: Record<string, string> = {}) {
    const answer = await this.browser.send('POST', this.browser.path + this.base + action, body, { headers: { 'idempotency-key': `test-key-${++keys}`, ...headers } });
    // What an answer holds is for the test to say.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    const json: any = answer.body ? answer.json() : undefined;
    return { status: answer.statusCode, body: json, code: (json as { code?: string } | undefined)?.code, paths: ((json as { errors?: { path: string }[] } | undefined)?.errors ?? []).map((error) => error.path) };
  }

  /** Approves what they see, or the version given. */
  async approve(more: object = {}, etag?: string) {
    return this.post('/approve', { options: ['better', 'pan'], signature: { kind: 'typed', name: 'Maria O’Brien' }, ...more }, { 'if-match': `"${etag ?? (await this.see()).etag}"` });
  }
}
