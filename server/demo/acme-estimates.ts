/** Acme's estimates: one in each state, for a customer who decides quickly and one who asks a lot. */
import type { Letters } from './accounts.ts';
import { shownDocuments, type DemoDocuments } from './documents.ts';
import type { DemoRecords } from './records.ts';
import { drawnSignature } from './signature.ts';

/** Ids that the stories refer to. */
export interface AcmePeople {
  /** The company, its two practices, and the household of the same person. */
  dental: string;
  midtown: string;
  decatur: string;
  home: string;
  /** The same person for the company and at home. */
  maria: string;
  mariaAtHome: string;
  frontDesk: string;
  drLin: string;
  pine: string;
  church: string;
  mill: string;
  lake: string;
}

const taxed = { taxes: ['sales'] };
const sales = { key: 'sales', name: 'Sales tax', percent: '8' };
const typed = (name: string) => ({ kind: 'typed', name }) as const;

export function tellEstimates(records: DemoRecords, documents: DemoDocuments, people: AcmePeople): Letters {
  const { midtown, decatur, home, maria, mariaAtHome, drLin, pine, church, mill, lake } = people;

  // Waits for an answer: packages, extras, a deposit, terms that must be accepted; sent on to a colleague.
  const heaterJob = records.job(midtown, {
    service: 'Water heater replacement', status: 'new', technician: 'Daniel K.', address: pine, contact: maria, createdDay: -6, poNumber: 'PSM-131',
    scope: 'The 50 gallon heater in the utility room is 14 years old and rusts at the seam.\n\nReplace with a 50 gallon high-efficiency model, new expansion tank and drain pan. Haul away the old one.',
    charges: [
      ['Water heater, 50 gal high-efficiency', 1, 1489, '10 year tank warranty'], ['Expansion tank and pan', 1, 165],
      ['Installation', 6, 98, 'Two technicians, half a day', 'h'], ['Haul away', 1, 45],
    ],
    notes: [
      { author: 'Daniel K.', body: 'I measured the closet: the new tank fits with 3 inches to spare. We would shut the water off for about two hours.', day: -3 },
      { author: 'Office', body: 'Ask for the landlord’s OK before scheduling.', day: -3, shared: false },
    ],
  });
  const heater = documents.estimate(-3, {
    jobId: heaterJob, fromCharges: true, externalId: shownDocuments.estimate, expiresOn: documents.date(10), termsRequired: true, deposit: { percent: '25' }, taxes: [sales],
    groups: [{ key: 'heater', name: 'Water heater' }],
    lines: [
      { id: 'install', description: 'Installation', details: 'Two technicians, half a day', quantity: '6', unit: 'h', unitPrice: 9800, ...taxed },
      { id: 'haul', description: 'Haul away', unitPrice: 4500, ...taxed },
      { id: 'good', group: 'heater', description: 'Good: 50 gal standard', details: '6 year tank warranty', unitPrice: 112_900, ...taxed },
      { id: 'better', group: 'heater', selected: true, description: 'Better: 50 gal high-efficiency', details: '10 year tank warranty', unitPrice: 148_900, ...taxed },
      { id: 'best', group: 'heater', description: 'Best: 50 gal heat pump', details: 'A third of the power; the utility gives a rebate of $600', unitPrice: 239_000, ...taxed },
      { id: 'pan', optional: true, selected: true, description: 'Expansion tank and pan', unitPrice: 16_500, ...taxed },
      { id: 'sensor', optional: true, description: 'Leak sensor with shut-off valve', details: 'Closes the water and tells your phone', unitPrice: 32_000, discount: { percent: '10' }, ...taxed },
    ],
  });
  documents.send(-2, heater, { contactId: maria });
  documents.share(-1, heater, { name: 'Priya Shah', address: 'priya.shah@pinestreet.example', actions: ['view', 'pdf', 'requestChanges'], expiresOn: documents.date(7) });

  // Revised after remarks: one of them answered, one still open.
  const sinkJob = records.job(decatur, {
    service: 'New sink in operatory 3', status: 'new', address: church, contact: drLin, technician: 'Will T.', createdDay: -12,
    scope: 'Plumb for the new cabinet. Date to be agreed with the carpenter.',
  });
  const sinkLines = [
    { id: 'rough', description: 'Rough-in', details: 'Supply and drain behind the cabinet', quantity: '5', unit: 'h', unitPrice: 9800 },
    { id: 'faucet', description: 'Faucet, wrist blade', unitPrice: 28_900, ...taxed },
    { id: 'trap', description: 'Amalgam separator trap', unitPrice: 41_500, ...taxed },
    { id: 'permit', description: 'Permit', unitPrice: 12_000 },
  ];
  const sink = documents.estimate(-9, { jobId: sinkJob, contactId: maria, expiresOn: documents.date(16), lines: sinkLines });
  documents.send(-8, sink);
  documents.ask(-7, sink, {
    text: 'Could you come on a Friday? We see no patients then.',
    remarks: [{ lineId: 'faucet', text: 'We would rather have a touchless one.' }, { lineId: 'permit', text: 'Does the carpenter’s permit not cover this?' }],
  });
  documents.answer(-6, sink, 'faucet', 'Gladly: it is in the new version, with the mixing valve that it needs.');
  documents.revise(-5, sink, {
    lines: [
      sinkLines[0]!, { ...sinkLines[1]!, description: 'Faucet, touchless', unitPrice: 36_400 },
      { id: 'valve', description: 'Thermostatic mixing valve', unitPrice: 14_800, ...taxed }, sinkLines[3]!,
    ],
  });
  documents.send(-5, sink, { note: 'Touchless faucet as you asked. The separator you have is large enough for a third chair, so we took the new one out.' });

  // A wish that nobody has answered yet.
  const bathJob = records.job(home, {
    service: 'Bathroom remodel, plumbing', status: 'new', address: mill, contact: mariaAtHome, technician: 'Will T.', createdDay: -10,
    scope: 'Move the vanity to the window wall, new shower valve.',
  });
  const bath = documents.estimate(-7, {
    jobId: bathJob, expiresOn: documents.date(21), deposit: { amount: 50_000 },
    lines: [
      { id: 'move', description: 'Move vanity supply and drain', quantity: '9.5', unit: 'h', unitPrice: 9800 },
      { id: 'valve', description: 'Shower valve, thermostatic', unitPrice: 38_900, ...taxed },
      { id: 'niche', optional: true, description: 'Second shower head', unitPrice: 46_500, ...taxed },
    ],
  });
  documents.send(-6, bath);
  documents.ask(-3, bath, { text: 'Please leave the shower valve out: we found one ourselves.', remarks: [{ lineId: 'move', text: 'Can this be done in one day?' }] });

  // Approved a moment ago: the deposit is due.
  const softenerJob = records.job(home, {
    service: 'Water softener', status: 'new', address: mill, contact: mariaAtHome, technician: 'Rosa M.', createdDay: -7,
    scope: 'Install a softener beside the main shut-off.',
  });
  const softener = documents.estimate(-5, {
    jobId: softenerJob, expiresOn: documents.date(9), deposit: { percent: '30' },
    lines: [
      { id: 'unit', description: 'Softener, 48,000 grain', unitPrice: 98_500, ...taxed },
      { id: 'labor', description: 'Installation', quantity: '4', unit: 'h', unitPrice: 9800 },
      { id: 'salt', optional: true, description: 'First year of salt', unitPrice: 14_400, ...taxed },
    ],
  });
  documents.send(-4, softener);
  documents.approve(0, softener, { options: ['salt'], signature: typed('Maria O’Brien') });

  // Approved, and the deposit is paid: the work is on the calendar.
  const backflowJob = records.job(midtown, {
    service: 'Backflow preventer', status: 'scheduled', address: pine, contact: maria, technician: 'Daniel K.', createdDay: -28,
    scope: 'Replace the preventer that failed the yearly test.',
    visits: [{ day: 6, at: '7:00', window: 60, hours: 5, technician: 'Daniel K.' }],
  });
  const backflow = documents.estimate(-25, {
    jobId: backflowJob, expiresOn: documents.date(-5), deposit: { amount: 30_000 },
    lines: [
      { description: 'Backflow preventer, 1 1/4 in', unitPrice: 61_200, ...taxed }, { description: 'Installation', quantity: '5', unit: 'h', unitPrice: 9800 },
      { description: 'Test and certificate', unitPrice: 9500 },
    ],
  });
  documents.send(-24, backflow);
  documents.approve(-21, backflow, { signature: typed('Maria O’Brien'), poNumber: 'PSM-124' });
  documents.pay(-19, () => ({ jobId: backflowJob, method: 'check', amount: 30_000, reference: '3318' }));

  // Signed with a finger by somebody else than the contact.
  const sumpJob = records.job(home, {
    service: 'Sump pump', status: 'scheduled', address: mill, contact: mariaAtHome, technician: 'Will T.', createdDay: -15,
    scope: 'Replace the pump in the crawl space, with a battery backup.',
    visits: [{ day: 12, at: '10:00', window: 120, hours: 3, technician: 'Will T.' }],
  });
  const sump = documents.estimate(-12, {
    jobId: sumpJob, expiresOn: documents.date(4), groups: [{ key: 'pump', name: 'Pump' }],
    lines: [
      { id: 'third', group: 'pump', selected: true, description: 'Pump, 1/3 hp', unitPrice: 41_900, ...taxed },
      { id: 'half', group: 'pump', description: 'Pump, 1/2 hp', unitPrice: 53_900, ...taxed },
      { id: 'battery', optional: true, description: 'Battery backup', unitPrice: 68_000, ...taxed },
      { id: 'labor', description: 'Installation', quantity: '3', unit: 'h', unitPrice: 9800 },
    ],
  });
  documents.send(-11, sump);
  documents.approve(-9, sump, {
    options: ['half', 'battery'], signature: { kind: 'drawn', name: 'Sean O’Brien', picture: drawnSignature() }, signerAddress: 'sean@obrien.example',
  });

  const purifierJob = records.job(decatur, {
    service: 'UV water purifier', status: 'lost', address: church, contact: drLin, createdDay: -38, scope: 'Purifier for the chair lines.',
  });
  const purifier = documents.estimate(-34, {
    jobId: purifierJob, contactId: maria,
    lines: [
      { description: 'UV purifier, 12 gpm', unitPrice: 127_500, ...taxed }, { description: 'Installation', quantity: '3', unit: 'h', unitPrice: 9800 },
    ],
  });
  documents.send(-33, purifier);
  documents.decline(-30, purifier, 'Our supplier installs one with the new chairs.');

  const drainJob = records.job(midtown, {
    service: 'Compressor room drain', status: 'new', address: pine, contact: maria, createdDay: -50, scope: 'Floor drain below the compressor.',
  });
  const drain = documents.estimate(-45, {
    jobId: drainJob, expiresOn: documents.date(-14),
    lines: [
      { description: 'Core drilling', unitPrice: 38_000 }, { description: 'Floor drain with trap primer', unitPrice: 42_500, ...taxed },
    ],
  });
  documents.send(-44, drain);
  documents.open(-43, drain);

  const grillJob = records.job(home, {
    service: 'Gas line to the grill', status: 'new', address: mill, contact: mariaAtHome, createdDay: -20, scope: 'From the meter to the terrace, about 30 ft.',
  });
  const grill = documents.estimate(-17, {
    jobId: grillJob,
    lines: [
      { description: 'Gas line, 3/4 in', quantity: '30', unit: 'ft', unitPrice: 2650, ...taxed }, { description: 'Labor', quantity: '4', unit: 'h', unitPrice: 9800 },
    ],
  });
  documents.send(-16, grill);
  documents.withdraw(-12, grill);

  const showerJob = records.job(home, {
    service: 'Outdoor shower', status: 'new', address: lake, contact: mariaAtHome, createdDay: -2, scope: 'At the boathouse, cold water only.',
  });
  documents.estimate(-1, {
    jobId: showerJob, expiresOn: documents.date(30),
    lines: [
      { description: 'Outdoor shower, brass', unitPrice: 32_500, ...taxed },
      { description: 'Supply line with drain valve', quantity: '22', unit: 'ft', unitPrice: 1450, ...taxed },
    ],
  });

  documents.lookAfter(-4);
  return [[heater, 'email']];
}
