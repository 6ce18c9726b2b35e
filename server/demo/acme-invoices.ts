/** Acme's invoices and credits: one of each kind and state, for several customers of one person. */
import type { AcmePeople } from './acme-estimates.ts';
import type { Letters } from './accounts.ts';
import { shownDocuments, type DemoDocuments } from './documents.ts';
import type { DemoRecords } from './records.ts';

const [state, county] = [{ name: 'State tax', percent: '4' }, { name: 'County tax', percent: '3.9' }];

export function tellInvoices(records: DemoRecords, documents: DemoDocuments, people: AcmePeople): Letters {
  const { dental, midtown, decatur, home, maria, mariaAtHome, frontDesk, drLin, pine, church, mill, lake } = people;

  // Due, with a PO number.
  records.job(decatur, {
    service: 'Sewer camera inspection', status: 'complete', technician: 'Rosa M.', address: church, contact: drLin, invoicedDay: -8, poNumber: 'PSD-2207',
    scope: 'Inspect the sewer lateral from the cleanout to the street.', visits: [{ day: -9, at: '10:00', window: 60, hours: 1.5, technician: 'Rosa M.' }],
    charges: [['Camera inspection', 1, 245], ['Locating', 1, 49.81]],
    notes: [{ author: 'Rosa M.', body: 'Roots at 38 ft, about a quarter of the pipe. Not urgent; look again in a year.', day: -9 }],
  });

  // Paid in part, and late.
  const leakJob = records.job(home, {
    service: 'Leak in ceiling', status: 'complete', technician: 'Will T.', address: mill, contact: mariaAtHome,
    scope: 'Water stain in the dining room ceiling. Find the leak, repair, close the wall.',
    visits: [{ day: -24, at: '8:00', window: 120, hours: 4, technician: 'Will T.' }, { day: -22, at: '13:00', window: 60, hours: 2, technician: 'Will T.' }],
    charges: [
      ['Leak detection', 1, 165], ['Copper repair, 1/2 in', 6, 42.75, 'Behind the shower wall', 'ft'], ['Labor', 5.5, 98, undefined, 'h'], ['Drywall patch', 1, 120],
    ],
    payments: [[-21, 'card', 700]],
  });
  documents.open(-19, documents.bill(-20, leakJob));

  // Late, and nothing paid.
  const emergencyJob = records.job(midtown, {
    service: 'Emergency call, weekend', status: 'complete', technician: 'Daniel K.', address: pine, contact: frontDesk, poNumber: 'PSM-119',
    scope: 'Burst supply line in the sterilization room.',
    visits: [{ day: -34, at: '7:30', window: 60, hours: 2.5, technician: 'Daniel K.' }],
    charges: [['Emergency call', 1, 195], ['Labor, weekend rate', 2.5, 147, undefined, 'h'], ['Braided supply line', 2, 16.4]],
  });
  documents.open(-30, documents.bill(-33, emergencyJob, { contactId: maria }));

  // Paid in part, not late.
  const slabJob = records.job(midtown, {
    service: 'Slab leak', status: 'complete', technician: 'Rosa M.', address: pine, contact: frontDesk, poNumber: 'PSM-127',
    scope: 'Hot water line below reception. Reroute overhead.',
    visits: [{ day: -8, at: '7:00', window: 60, hours: 7, technician: 'Rosa M.' }],
    charges: [['Leak detection', 1, 165], ['PEX, 3/4 in', 48, 6.9, undefined, 'ft'], ['Labor', 7, 98, undefined, 'h']],
    payments: [[-3, 'check', 500, '3340']],
  });
  documents.bill(-7, slabJob);

  // A discount, lines with two taxes, lines with one, lines with none.
  const kitchenJob = records.job(midtown, {
    service: 'Break room kitchen', status: 'complete', technician: 'Will T.', address: pine, contact: frontDesk, poNumber: 'PSM-118',
    scope: 'Sink, faucet and dishwasher in the new break room.',
    visits: [{ day: -14, at: '8:00', window: 120, hours: 6, technician: 'Will T.' }],
    charges: [
      ['Sink, stainless', 1, 389, undefined, undefined, { discount: 38.9, taxes: [state, county] }], ['Faucet, pull-down', 1, 246.5, undefined, undefined, { taxes: [state, county] }],
      ['Water filter service', 1, 84, 'First cartridge included', undefined, { taxes: [state] }], ['Labor', 6.25, 98, undefined, 'h', { taxes: [] }],
    ],
  });
  documents.bill(-12, kitchenJob, { contactId: maria });

  // Not to be paid online.
  const boilerJob = records.job(decatur, {
    service: 'Boiler inspection', status: 'complete', technician: 'Daniel K.', address: church, contact: drLin, poNumber: 'PSD-2210',
    scope: 'Yearly inspection with the insurer’s form.',
    visits: [{ day: -6, at: '13:00', window: 60, hours: 2, technician: 'Daniel K.' }],
    charges: [['Boiler inspection', 1, 320, undefined, undefined, { taxes: [] }], ['Insurer’s form', 1, 45, undefined, undefined, { taxes: [] }]],
  });
  documents.bill(-5, boilerJob, {
    onlinePayment: false, presentation: 'summary',
    otherWaysToPay: 'Please pay by bank transfer, as agreed with your bookkeeper:\nAcme Plumbing & Heating, First Atlanta Bank, account ending 4471. Name the invoice’s number.',
  });

  // An estimate whose deposit was paid, a part invoiced on the way, and the final invoice that takes the deposit off.
  const repipeJob = records.job(home, {
    service: 'Repipe, second floor', status: 'complete', technician: 'Will T.', address: lake, contact: mariaAtHome, createdDay: -82,
    scope: 'Replace galvanized supply lines by PEX, bath by bath.',
    visits: [{ day: -52, at: '8:00', window: 60, hours: 8, technician: 'Will T.' }, { day: -46, at: '8:00', window: 60, hours: 8, technician: 'Will T.' }, { day: -7, at: '8:00', window: 60, hours: 6, technician: 'Will T.' }],
    charges: [
      ['PEX and fittings, hall bath', 1, 740], ['PEX and fittings, main bath', 1, 1180], ['Labor', 32, 98, undefined, 'h', { taxes: [] }],
      ['Patch and paint', 1, 650, undefined, undefined, { taxes: [] }],
    ],
  });
  const repipe = documents.estimate(-77, { jobId: repipeJob, fromCharges: true, deposit: { percent: '25' } });
  documents.send(-75, repipe);
  documents.approve(-72, repipe, { signature: { kind: 'typed', name: 'Maria O’Brien' } });
  documents.pay(-70, () => ({ jobId: repipeJob, method: 'bank', amount: 146_490, reference: 'TR-88120' }));
  const [hall, , labor] = records.chargesOf(repipeJob);
  const progress = documents.invoice(-45, () => ({ jobId: repipeJob, title: 'Repipe, second floor: hall bath', fromCharges: [{ chargeId: hall!.id }, { chargeId: labor!.id, amount: 156_800 }] }));
  documents.send(-45, progress, { note: 'The hall bath is done; the main bath follows when the tile is there.' });
  documents.pay(-38, () => ({ jobId: repipeJob, method: 'cardOnline', amount: 236_720 }));
  const final = documents.bill(-6, repipeJob, { externalId: shownDocuments.invoice });
  documents.open(-5, final);

  // Sent with a wrong PO number, taken back, sent again.
  const iceJob = records.job(midtown, {
    service: 'Ice maker line', status: 'complete', technician: 'Rosa M.', address: pine, contact: frontDesk, poNumber: 'PSM-109', scope: 'New line with shut-off.',
    visits: [{ day: -53, at: '15:00', window: 60, hours: 1, technician: 'Rosa M.' }], charges: [['Ice maker line kit', 1, 58], ['Labor', 1.25, 98, undefined, 'h']],
  });
  documents.void(-50, documents.bill(-51, iceJob, { poNumber: 'PSM-190' }));
  documents.bill(-50, iceJob);
  documents.pay(-44, () => ({ jobId: iceJob, method: 'check', amount: 19_494, reference: '3262' }));

  // Two invoices of two practices, one check of the company.
  const filters = [[midtown, pine, frontDesk], [decatur, church, drLin]].map(([customer, address, contact]) => {
    const job = records.job(customer!, {
      service: 'Filter change', status: 'complete', technician: 'Daniel K.', address: address!, contact: contact!,
      visits: [{ day: -29, at: '12:00', window: 60, hours: 0.5 }], charges: [['Filter set', 2, 37.5], ['Labor', 0.5, 98, undefined, 'h']],
    });
    return documents.bill(-28, job);
  });
  documents.pay(-16, () => ({ customerId: dental, method: 'check', amount: 26_784, reference: '3301', allocations: filters.map(({ id }) => ({ invoiceId: id, amount: 13_392 })) }));

  // A credit that paid for another invoice, one that waits, and one that was given back.
  const unitJob = records.job(decatur, {
    service: 'Rooftop unit service', status: 'complete', technician: 'Daniel K.', address: church, contact: drLin,
    visits: [{ day: -27, at: '9:00', window: 120, hours: 3 }], charges: [['Rooftop unit service', 1, 289]],
  });
  const unit = documents.bill(-26, unitJob);
  const goodwill = documents.bill(-22, unitJob, { kind: 'credit', title: 'Second visit', lines: [{ description: 'Credit for the second visit', unitPrice: -9000 }] });
  documents.apply(-18, goodwill, unit, 9000);
  documents.pay(-15, () => ({ jobId: unitJob, method: 'card', amount: 22_212 }));

  const faucetJob = records.job(home, {
    service: 'Kitchen faucet', status: 'complete', technician: 'Rosa M.', address: mill, contact: mariaAtHome, visits: [{ day: -32, at: '14:00', window: 60, hours: 1 }],
    charges: [['Faucet, brushed nickel', 1, 264], ['Labor', 1, 98, undefined, 'h']], payments: [[-26, 'cardOnline', 'rest']],
  });
  documents.bill(-31, faucetJob);
  documents.bill(-14, faucetJob, {
    kind: 'credit', title: 'Sprayer that was not needed', lines: [{ description: 'Sprayer returned', unitPrice: -8600, taxes: ['sales'] }],
  });

  const hoseJob = records.job(home, {
    service: 'Hose bib', status: 'complete', technician: 'Will T.', address: lake, contact: mariaAtHome, visits: [{ day: -64, at: '9:00', window: 120, hours: 1 }],
    charges: [['Frost-free hose bib', 2, 62], ['Labor', 1.5, 98, undefined, 'h']], payments: [[-60, 'card', 'rest']],
  });
  documents.bill(-63, hoseJob);
  documents.bill(-58, hoseJob, {
    kind: 'credit', title: 'One hose bib instead of two', lines: [{ description: 'Hose bib not installed', unitPrice: -6200, taxes: ['sales'] }],
  });
  documents.pay(-57, () => ({ jobId: hoseJob, method: 'card', amount: -6696 }));

  // Written, not sent.
  const mopJob = records.job(midtown, {
    service: 'Mop sink faucet', status: 'complete', technician: 'Rosa M.', address: pine, contact: frontDesk, visits: [{ day: -1, at: '9:00', window: 60, hours: 1 }],
    charges: [['Faucet, wall mount', 1, 148], ['Labor', 1, 98, undefined, 'h']],
  });
  documents.invoice(0, () => ({ jobId: mopJob, fromCharges: 'rest' }));

  return [[final, 'sms']];
}
