/** “Jardines Verdes”, Los Ángeles: a landscaper whose people mostly write and read Spanish. */
import type { Letters, Story } from './accounts.ts';
import { tellDocuments } from './verde-documents.ts';

/** @returns what the mailbox begins with. */
export function tellVerde({ records, documents }: Story): Letters {
  const ramirez = records.customer('Familia Ramírez');
  const contactId = records.contact(ramirez, { name: 'Elena Ramírez', email: 'elena@ramirez.example', mobile: '+13235550142', language: 'es' });
  const casa = records.address(ramirez, '2318 Alameda Avenue', 'Burbank', 'CA', '91506', { name: 'Casa' });
  const cabin = records.address(ramirez, '54 Pine Ridge Road', 'Big Bear Lake', 'CA', '92315', { name: 'Cabaña' });

  records.job(ramirez, {
    service: 'Poda de otoño', status: 'scheduled', technician: 'Marisol P.', address: casa, contact: contactId, scope: 'Podar los dos olivos y el seto de la entrada.',
    visits: [{ day: 2, at: '8:00', window: 120, hours: 4, technician: 'Marisol P.' }], charges: [['Poda de olivo', 2, 140], ['Poda de seto', 1, 95]],
  });
  records.job(ramirez, { service: 'Mantenimiento quincenal', status: 'scheduled', technician: 'Óscar V.', address: casa, contact: contactId, visits: [{ day: 11 }], charges: [['Mantenimiento', 1, 85]] });
  for (let index = 0; index < 26; index++) {
    const day = -14 - index * 14;
    records.job(ramirez, {
      service: 'Mantenimiento quincenal', status: index === 7 ? 'canceled' : 'complete', technician: index % 2 ? 'Óscar V.' : 'Marisol P.', address: casa, contact: contactId,
      scope: 'Cortar el césped, desherbar, recoger hojas.', visits: [{ day, at: '9:00', window: 120, hours: 1.5 }], charges: [['Mantenimiento', 1, index < 13 ? 85 : 80]],
      ...(index === 7 ? {} : { invoicedDay: day, payments: [[day + 2, index % 3 ? 'cardOnline' : 'cash', 'rest']] }),
      ...(index % 8 === 3 ? { notes: [{ author: 'Marisol P.', body: 'El rosal de la esquina tiene pulgón; lo tratamos con jabón potásico.', day }] } : {}),
    });
  }

  const hills = records.customer('Vista Hills HOA', { company: true, billingAddress: 'Vista Hills HOA\n1 Vista Hills Drive\nGlendale, CA 91206' });
  const manager = records.contact(hills, { name: 'Grace Kim', email: 'manager@vistahills.example', mobile: '+18185550110', language: 'en' });
  for (const [name, line] of [['Vista Hills – North gate', '1 Vista Hills Drive'], ['Vista Hills – Clubhouse', '40 Vista Hills Drive']] as const) {
    const part = records.customer(name, { company: true, parent: hills });
    const address = records.address(part, line, 'Glendale', 'CA', '91206');
    records.job(part, { service: 'Weekly grounds care', status: 'scheduled', technician: 'Marisol P.', address, contact: manager, visits: [{ day: 4, at: '7:00', window: 60, hours: 5 }], charges: [['Grounds care', 1, 420]] });
    for (let week = 1; week <= 10; week++)
      records.job(part, { service: 'Weekly grounds care', status: 'complete', technician: 'Marisol P.', address, contact: manager, visits: [{ day: 4 - week * 7, at: '7:00', window: 60, hours: 5 }], charges: [['Grounds care', 1, 420]], invoicedDay: 4 - week * 7, payments: week > 2 ? [[12 - week * 7, 'bank', 'rest']] : [] });
  }

  const tran = records.customer('Linh Tran');
  const linh = records.contact(tran, { name: 'Linh Tran', email: 'linh@tran.example', language: 'en' });
  const place = records.address(tran, '777 Magnolia Boulevard', 'Burbank', 'CA', '91502');
  records.job(tran, { service: 'Tree removal', status: 'complete', technician: 'Óscar V.', address: place, contact: linh, visits: [{ day: -40, at: '8:00', window: 120, hours: 6 }], charges: [['Tree removal', 1, 860], ['Stump grinding', 1, 180]], invoicedDay: -39, payments: [[-30, 'card', 'rest']] });

  return tellDocuments(records, documents, { ramirez, contactId, casa, cabin, tran, linh, place });
}
