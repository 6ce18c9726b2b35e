import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inboxItems } from '../contract/inbox.ts';
import { addJob } from '../documents/testing/rows.ts';
import { addInboxItem } from '../platform/attention.ts';
import { newId } from '../platform/ids.ts';
import { makeAccount, makeApiKey, officeOf, openTestApp } from '../testing.ts';

let harness: Awaited<ReturnType<typeof openTestApp>>;
before(async () => void (harness = await openTestApp()));
after(() => harness.close());

for (const [locale, sentences] of Object.entries({
  en: [
    'Pine Street Dental approved estimate 1042 ($2,779.92).', 'Pine Street Dental declined estimate 1042.', 'Pine Street Dental asks for changes to estimate 1042.',
    'The PDF of invoice 1003 for Pine Street Dental shows boxes in place of 3 characters that no font of this server has. Whoever runs the server can install a font package.',
    'Invoice 1003 for Pine Street Dental could not be delivered to Maria Lopez (maria@pine.example).', 'A message could not be delivered, to somebody who is not on file.',
  ],
  'es-MX': [
    'Pine Street Dental aprobó el presupuesto 1042 ($2,779.92).', 'Pine Street Dental rechazó el presupuesto 1042.', 'Pine Street Dental pide cambios en el presupuesto 1042.',
    'El PDF de la factura 1003 para Pine Street Dental muestra cuadros en lugar de 3 caracteres que ninguna fuente de este servidor tiene. Quien administra el servidor puede instalar un paquete de fuentes.',
    'No se pudo entregar la factura 1003 para Pine Street Dental a Maria Lopez (maria@pine.example).', 'No se pudo entregar un mensaje a alguien que no está registrado.',
  ],
}))
  test(`what became of a document is said in the account’s language, without a word that somebody typed (${locale})`, async () => {
    const scope = await makeAccount(harness.database, `inbox-${locale.slice(0, 2)}`, { locale });
    const { customerId } = await addJob(scope);
    const estimate = { document: { kind: 'estimate', id: newId('estimate') }, number: '1042', customer: 'Pine Street Dental', version: 1, by: '<b>Visitor</b>', words: 'Typed by a visitor' } as const;
    const invoice = { document: { kind: 'invoice', id: newId('invoice') }, number: '1003', customer: 'Pine Street Dental', version: 1, missing: 3 } as const;
    await scope.transaction(async (trx) => {
      await addInboxItem(trx, { kind: 'estimateApproved', customerId, data: { ...estimate, total: { amount: 277_992, currency: 'USD' } } });
      await addInboxItem(trx, { kind: 'estimateDeclined', customerId, data: estimate });
      await addInboxItem(trx, { kind: 'changesRequested', customerId, data: { ...estimate, customer: 'Pine\u202e Street\nDental' } });
      await addInboxItem(trx, { kind: 'glyphsMissing', customerId: null, data: invoice });
      await addInboxItem(trx, { kind: 'noticeFailed', customerId, data: { ...invoice, person: 'Maria\nLopez', to: 'maria@pine.example' } });
      await addInboxItem(trx, { kind: 'noticeFailed', customerId: null, data: {} });
    });
    const { body } = await officeOf(harness.app, await makeApiKey(scope, ['read']))('GET', 'inbox');
    const shown = inboxItems.parse(body).items.reverse();
    assert.deepEqual(shown.map(({ text }) => text), sentences);
    const [about, billed] = [{ ...estimate.document, number: '1042' }, { ...invoice.document, number: '1003' }];
    assert.deepEqual(shown.map(({ document }) => document), [about, about, about, billed, billed, null]);
    assert.deepEqual(shown.map((item) => item.customerId), [customerId, customerId, customerId, null, customerId, null]);
  });
