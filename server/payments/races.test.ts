import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { PaymentStarted } from '../contract/payments.ts';
import { buildApp, servicesOf } from '../app.ts';
import { soak, testEngine } from '../testing.ts';
import { openPayments, type Payer, type PayWorld } from './testing.ts';

const ROUNDS = soak(200);
const PEOPLE = 20;
let world: PayWorld;
let people: Payer[] = [];
let close: () => Promise<void> = async () => undefined;

before(async () => {
  world = await openPayments({ account: { partial_payments: 1 } });
  // With PostgreSQL, two processes serve the same account.
  const second = testEngine === 'postgres' ? await world.database.reopen() : undefined;
  const services = second && servicesOf({ config: world.config, database: second });
  const app = second && services ? await buildApp({ config: world.config, database: second }, services) : world.app;
  if (second) close = async () => {
    await app.close();
    await second.close();
  };
  const contacts = await Promise.all(Array.from({ length: PEOPLE }, (_, index) => world.make('contacts', { customerId: world.customer, name: `Person ${index}`, email: `person${index}@pinedental.example` })));
  people = await Promise.all(contacts.map((contact, index) => world.payer(contact, index % 2 ? app : world.app)));
});
after(async () => {
  await close();
  await world.close();
});

test(`case 4: ${PEOPLE} people pay one invoice at once, ${ROUNDS} times: each time one charge, and no answer is an error of ours`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    await world.unlimited();
    const invoice = await world.invoice(1000 + round);
    const { etag } = await people[0]!.see(invoice.id);
    const before = world.sandbox.control.totals(world.stripeAccount).captured['usd'] ?? 0;
    const answers = await Promise.all(
      people.map(async (person) => {
        const answer = await person.ask([{ id: invoice.id, amount: 1000 + round, etag }]);
        if (answer.status === 201) {
          const started = answer.body as PaymentStarted;
          try {
            if (started.clientSecret) person.confirm(started);
          } catch {
            // Somebody was faster at the bank; looking says how it stands.
          }
          await person.sync(started.payment.id);
        }
        return answer;
      }),
    );
    for (const { status, code, body } of answers) assert.ok(status === 201 || (status === 409 && ['payment_in_progress', 'due_changed'].includes(code!)), `${status} ${JSON.stringify(body)}`);
    assert.equal((world.sandbox.control.totals(world.stripeAccount).captured['usd'] ?? 0) - before, 1000 + round, 'one charge');
    assert.equal(await world.status(invoice.id), 'paid');
  }
  await world.agree();
});

test(`parts of one invoice by ${PEOPLE} people at once never come to more than it`, async () => {
  for (let round = 0; round < Math.ceil(ROUNDS / 8); round++) {
    await world.unlimited();
    const invoice = await world.invoice(10_000);
    await Promise.all(
      people.map(async (person, index) => {
        for (let tries = 0; tries < 3; tries++) {
          const answer = await person.ask([{ id: invoice.id, amount: 1000 + index * 100 }]);
          if (answer.status !== 201) continue;
          try {
            person.confirm(answer.body as PaymentStarted, index % 3 ? 'pm_card_visa' : '4000000000000002');
          } catch {
            // Taken over meanwhile.
          }
          await person.sync((answer.body as PaymentStarted).payment.id);
        }
      }),
    );
    for (const online of await world.online()) assert.equal(online.overpaid.amount, 0);
    assert.ok((await world.due(invoice.id)) >= 0);
  }
  await world.agree();
});

test('overlapping selections of several invoices end without a dead end: each invoice is paid once', async () => {
  for (let round = 0; round < Math.ceil(ROUNDS / 10); round++) {
    await world.unlimited();
    const invoices = await Promise.all([1, 2, 3].map((amount) => world.invoice(amount * 1000)));
    const pairs = [[0, 1], [1, 2], [2, 0], [0, 1, 2]];
    const one = async (person: Payer, wanted: number[]) => {
      const answer = await person.ask(wanted.map((index) => invoices[index]!.id));
      if (answer.status !== 201) return;
      try {
        person.confirm(answer.body as PaymentStarted);
      } catch {
        // Taken over meanwhile.
      }
      await person.sync((answer.body as PaymentStarted).payment.id);
    };
    await Promise.all(pairs.map((wanted, index) => one(people[index]!, wanted)));
    for (const invoice of invoices) assert.ok([0, invoice.total.amount].includes(await world.due(invoice.id)));
    for (const online of await world.online()) assert.equal(online.overpaid.amount, 0);
  }
  await world.agree();
});
