/** Los documentos de Jardines Verdes: prices contain their tax, whoever approves types a code, and a wall shows no single lines. */
import type { Letters } from './accounts.ts';
import { shownDocuments, type DemoDocuments } from './documents.ts';
import type { DemoRecords } from './records.ts';

interface VerdePeople {
  ramirez: string;
  /** Elena Ramírez. */
  contactId: string;
  casa: string;
  cabin: string;
  tran: string;
  linh: string;
  place: string;
}

const taxed = { taxes: ['venta'] };

export function tellDocuments(records: DemoRecords, documents: DemoDocuments, { ramirez, contactId, casa, cabin, tran, linh, place }: VerdePeople): Letters {
  const elena = { address: casa, contact: contactId };

  // Espera una respuesta
  const dripJob = records.job(ramirez, {
    ...elena, service: 'Riego por goteo', status: 'new', technician: 'Óscar V.', createdDay: -8,
    scope: 'Sustituir los aspersores del jardín delantero por riego por goteo con programador.',
    charges: [['Programador de 6 zonas', 1, 189], ['Tubería y goteros', 120, 1.85, 'Tres zonas', 'ft'], ['Instalación', 7, 62, undefined, 'h']],
    notes: [{ author: 'Óscar V.', body: 'Con el goteo gastará más o menos la mitad de agua que ahora. La ciudad devuelve parte del costo; le ayudamos con el formulario.', day: -3 }],
  });
  const drip = documents.estimate(-4, {
    jobId: dripJob, fromCharges: true, externalId: shownDocuments.estimate, expiresOn: documents.date(12), deposit: { percent: '20' },
    taxes: [{ key: 'venta', name: 'Impuesto sobre la venta', percent: '9.5' }], groups: [{ key: 'programador', name: 'Programador' }],
    lines: [
      { id: 'tuberia', description: 'Tubería y goteros', details: 'Tres zonas', quantity: '120', unit: 'ft', unitPrice: 185, ...taxed },
      { id: 'instalacion', description: 'Instalación', quantity: '7', unit: 'h', unitPrice: 6200, ...taxed },
      { id: 'basico', group: 'programador', selected: true, description: 'Programador de 6 zonas', unitPrice: 18_900, ...taxed },
      { id: 'wifi', group: 'programador', description: 'Programador con sensor de lluvia', details: 'Se maneja con el teléfono', unitPrice: 27_500, ...taxed },
      { id: 'acolchado', optional: true, description: 'Acolchado de corteza', quantity: '3', unit: 'yd³', unitPrice: 6800, ...taxed },
    ],
  });
  documents.send(-3, drip);

  // Preguntas, y una versión nueva
  const lightJob = records.job(ramirez, {
    ...elena, service: 'Iluminación del jardín', status: 'new', technician: 'Óscar V.', createdDay: -14, scope: 'Luces bajas a lo largo del camino.',
  });
  const light = documents.estimate(-11, {
    jobId: lightJob, expiresOn: documents.date(15),
    lines: [
      { id: 'luces', description: 'Luz baja, bronce', quantity: '10', unitPrice: 7400, ...taxed },
      { id: 'cable', description: 'Cable y transformador', unitPrice: 31_000, ...taxed },
    ],
  });
  documents.send(-10, light);
  documents.ask(-9, light, { remarks: [{ lineId: 'luces', text: '¿Bastarían ocho?' }] });
  documents.answer(-8, light, 'luces', 'Sí, con ocho el camino se ve bien.');
  documents.revise(-8, light, {
    lines: [
      { id: 'luces', description: 'Luz baja, bronce', quantity: '8', unitPrice: 7400, ...taxed },
      { id: 'cable', description: 'Cable y transformador', unitPrice: 31_000, ...taxed },
    ],
  });
  documents.send(-8, light, { note: 'Con ocho luces en vez de diez.' });
  documents.ask(-2, light, { text: '¿Podrían terminar antes del 20? Vienen visitas.' });

  // Aprobado con un código, anticipo pagado
  const bedsJob = records.job(ramirez, {
    ...elena, service: 'Huerto en cajones', status: 'scheduled', technician: 'Marisol P.', createdDay: -26, scope: 'Cuatro cajones de cedro con tierra y riego.',
    visits: [{ day: 8, at: '8:00', window: 120, hours: 7, technician: 'Marisol P.' }],
  });
  const beds = documents.estimate(-23, {
    jobId: bedsJob, expiresOn: documents.date(-3), deposit: { percent: '30' },
    lines: [
      { description: 'Cajón de cedro, 4 × 8 ft', quantity: '4', unitPrice: 24_000, ...taxed },
      { description: 'Tierra con composta', quantity: '5', unit: 'yd³', unitPrice: 5900, ...taxed },
      { description: 'Mano de obra', quantity: '12', unit: 'h', unitPrice: 6200, ...taxed },
    ],
  });
  documents.send(-22, beds);
  documents.approve(-20, beds, { signature: { kind: 'typed', name: 'Elena Ramírez' } });
  documents.pay(-18, () => ({ jobId: bedsJob, method: 'check', amount: 59_970, reference: '1179' }));

  const lawnJob = records.job(tran, {
    service: 'New lawn', status: 'lost', address: place, contact: linh, createdDay: -64, charges: [['Sod, delivered and laid', 900, 1.95, undefined, 'sq ft']],
  });
  const lawn = documents.estimate(-61, { jobId: lawnJob, fromCharges: true });
  documents.send(-60, lawn);
  documents.decline(-51, lawn, 'Too dry for a lawn this year. Thank you!');

  const pergolaJob = records.job(ramirez, { ...elena, service: 'Pérgola', status: 'new', createdDay: -55, scope: 'Pérgola de madera sobre la terraza.' });
  const pergola = documents.estimate(-52, {
    jobId: pergolaJob, expiresOn: documents.date(-20), lines: [{ description: 'Pérgola de cedro, 10 × 12 ft', unitPrice: 385_000, ...taxed }],
  });
  documents.send(-51, pergola);
  documents.open(-49, pergola);

  const pondJob = records.job(ramirez, { service: 'Estanque pequeño', status: 'new', address: cabin, contact: contactId, createdDay: -33 });
  const pond = documents.estimate(-31, { jobId: pondJob, lines: [{ description: 'Estanque con bomba', unitPrice: 210_000, ...taxed }] });
  documents.send(-30, pond);
  documents.withdraw(-27, pond);

  const fenceJob = records.job(ramirez, { ...elena, service: 'Cerca de madera', status: 'new', createdDay: -2 });
  documents.estimate(-1, { jobId: fenceJob, lines: [{ description: 'Cerca de secuoya, 6 ft', quantity: '46', unit: 'ft', unitPrice: 4200, ...taxed }] });

  tellInvoices(records, documents, { ramirez, contactId, casa, cabin, tran, linh, place });
  documents.lookAfter(-3);
  return [[drip, 'email']];
}

function tellInvoices(records: DemoRecords, documents: DemoDocuments, { ramirez, contactId, casa, cabin }: VerdePeople): void {
  const elena = { address: casa, contact: contactId };

  // Pagada en parte; solo el total, sin cada renglón
  const wallJob = records.job(ramirez, {
    service: 'Muro de piedra', status: 'complete', technician: 'Óscar V.', address: cabin, contact: contactId, presentation: 'summary',
    scope: 'Muro de contención de piedra natural, 8 metros.', visits: [{ day: -18, at: '8:30', window: 60, hours: 8 }, { day: -17, at: '8:30', window: 60, hours: 8 }],
    charges: [['Piedra natural', 4, 310], ['Mano de obra', 16, 62, undefined, 'h']], payments: [[-12, 'check', 1000, '1187']],
  });
  documents.open(-11, documents.bill(-12, wallJob, { externalId: shownDocuments.invoice }));

  // Vencida
  const palmJob = records.job(ramirez, {
    ...elena, service: 'Limpieza de palmeras', status: 'complete', technician: 'Óscar V.', visits: [{ day: -25, at: '9:00', window: 120, hours: 3 }],
    charges: [['Limpieza de palmera', 3, 95]],
  });
  documents.open(-23, documents.bill(-24, palmJob));

  // Anulada y enviada de nuevo; un crédito que queda
  const sodJob = records.job(ramirez, {
    ...elena, service: 'Reparación de césped', status: 'complete', technician: 'Marisol P.', visits: [{ day: -43, at: '8:00', window: 120, hours: 2 }],
    charges: [['Césped en rollo', 60, 2.1, undefined, 'sq ft'], ['Mano de obra', 2, 62, undefined, 'h']], payments: [[-36, 'cash', 'rest']],
  });
  documents.void(-41, documents.bill(-42, sodJob, { title: 'Césped' }));
  documents.bill(-41, sodJob);
  documents.bill(-10, sodJob, {
    kind: 'credit', title: 'Dos rollos que no prendieron', lines: [{ description: 'Césped en rollo', quantity: '10', unit: 'sq ft', unitPrice: -210, ...taxed }],
  });

  // Escrita, sin enviar
  const roseJob = records.job(ramirez, {
    ...elena, service: 'Tratamiento del rosal', status: 'complete', technician: 'Marisol P.', visits: [{ day: -1, at: '10:00', window: 60, hours: 1 }],
    charges: [['Tratamiento', 1, 65]],
  });
  documents.invoice(0, () => ({ jobId: roseJob, fromCharges: 'rest' }));
}
