/** “Acme Plumbing & Heating”, Atlanta: a company with offices below it, a household, and one address that opens both. */
import { tellEstimates } from './acme-estimates.ts';
import { tellInvoices } from './acme-invoices.ts';
import type { Letters, Story } from './accounts.ts';
import type { DemoJob } from './records.ts';

/** What three years of a busy household and a dental practice look like; each is one past job, cycled with other prices. */
const routine: { service: string; scope: string; lines: NonNullable<DemoJob['charges']>; technician: string }[] = [
  { service: 'Furnace tune-up', scope: 'Clean burners, check heat exchanger, replace filter, test safety controls.', lines: [['Furnace tune-up', 1, 129], ['Filter 16 × 25 × 1', 1, 24.5]], technician: 'Daniel K.' },
  { service: 'Drain cleaning', scope: 'Kitchen drain runs slowly. Snake to the main and flush.', lines: [['Drain cleaning', 1, 185], ['Camera inspection', 1, 95]], technician: 'Rosa M.' },
  { service: 'Water heater flush', scope: 'Flush sediment, check anode rod and relief valve.', lines: [['Water heater flush', 1, 119]], technician: 'Daniel K.' },
  { service: 'Faucet replacement', scope: 'Replace bathroom faucet with the one supplied by the customer.', lines: [['Labor', 1.5, 98, undefined, 'h'], ['Supply lines', 2, 11.25]], technician: 'Will T.' },
  { service: 'Toilet repair', scope: 'Running toilet: replace fill valve and flapper.', lines: [['Labor', 1, 98, undefined, 'h'], ['Fill valve and flapper kit', 1, 34]], technician: 'Rosa M.' },
  { service: 'AC maintenance', scope: 'Clean condenser coil, check refrigerant pressure, clear condensate line.', lines: [['AC maintenance', 1, 149], ['Condensate tablets', 1, 12]], technician: 'Daniel K.' },
  { service: 'Leak in ceiling', scope: 'Water stain below the upstairs bath. Find and repair the leak.', lines: [['Leak detection', 1, 165], ['Copper repair, 1/2 in', 3, 42.75, 'Section behind the shower wall', 'ft'], ['Labor', 2.25, 98, undefined, 'h']], technician: 'Will T.' },
  { service: 'Garbage disposal', scope: 'Replace the disposal under the kitchen sink.', lines: [['Disposal, 3/4 hp', 1, 218], ['Installation', 1, 120]], technician: 'Rosa M.' },
  { service: 'Gas line check', scope: 'Pressure test of the gas line, with certificate.', lines: [['Pressure test', 1, 140], ['Certificate', 1, 25]], technician: 'Daniel K.' },
  { service: 'Slow drain in sink', scope: 'Operatory 2 sink drains slowly.', lines: [['Drain cleaning', 1, 185], ['Trap replacement', 1, 48.6]], technician: 'Will T.' },
];
const methods = ['card', 'check', 'cardOnline', 'bank', 'cash'] as const;

/** `count` past jobs, evenly over three years up to a month ago, all but a few paid. */
function pastJobs(count: number, addresses: string[], contact: string): DemoJob[] {
  return Array.from({ length: count }, (_, index): DemoJob => {
    const kind = routine[index % routine.length]!;
    const day = -30 - Math.round((index * (3 * 365 - 30)) / count);
    // Prices went up every few months, as they do.
    const factor = 1.04 - Math.floor(index / 8) * 0.03;
    const gone = index % 17 === 9 ? 'canceled' : index % 23 === 14 ? 'lost' : 'complete';
    return {
      service: kind.service, scope: kind.scope, status: gone, technician: kind.technician, address: addresses[index % addresses.length]!, contact,
      visits: gone === 'lost' ? [] : [{ day, at: ['8:00', '9:30', '13:00', '15:00'][index % 4]!, window: 120, hours: 1.5, technician: kind.technician }],
      charges: kind.lines.map(([description, quantity, each, details, unit]) => [description, quantity, Math.round(each * factor * 100) / 100, details, unit]),
      createdDay: day - 5, ...(index % 9 === 4 ? { presentation: 'summary' as const } : {}),
      ...(gone === 'complete' ? { invoicedDay: day + 1, payments: [[day + 3 + (index % 12), methods[index % methods.length]!, 'rest', index % 5 === 1 ? String(2200 + index) : undefined]] } : {}),
      ...(index % 6 === 2 ? { notes: [{ author: kind.technician, body: 'All good. I left the old part in the garage, in case you want to look at it.', day }] } : {}),
    };
  });
}

/** @returns what the mailbox begins with. */
export function tellAcme({ records, documents }: Story): Letters {
  const maria = { name: 'Maria O’Brien', email: 'maria@pinestreet.example', mobile: '+14045550187' };

  const dental = records.customer('Pine Street Dental', { company: true, billingAddress: 'Pine Street Dental\n412 Pine Street, Suite 100\nAtlanta, GA 30308' });
  const midtown = records.customer('Pine Street Dental – Midtown', { company: true, parent: dental });
  const decatur = records.customer('Pine Street Dental – Decatur', { company: true, parent: dental });
  const contactId = records.contact(dental, maria);
  const frontDesk = records.contact(midtown, { name: 'Keisha Brown', email: 'frontdesk@pinestreet.example', canApprove: false, canPay: false });
  const drLin = records.contact(decatur, { name: 'Dr. Amy Lin', email: 'amy.lin@pinestreet.example', mobile: '+14045550119' });
  const pine = records.address(midtown, '412 Pine Street', 'Atlanta', 'GA', '30308', { line2: 'Suite 100', name: 'Midtown practice' });
  const church = records.address(decatur, '225 Church Street', 'Decatur', 'GA', '30030', { name: 'Decatur practice' });

  const home = records.customer('Maria and Sean O’Brien');
  const mariaAtHome = records.contact(home, maria);
  records.contact(home, { name: 'Sean O’Brien', email: 'sean@obrien.example', mobile: '+14045550166' });
  const mill = records.address(home, '98 Old Mill Lane', 'Atlanta', 'GA', '30307', { line2: 'Apt. 3B', name: 'Home' });
  const lake = records.address(home, '17 Lakeshore Drive', 'Gainesville', 'GA', '30501', { name: 'Lake house' });

  const people = { dental, midtown, decatur, home, maria: contactId, mariaAtHome, frontDesk, drLin, pine, church, mill, lake };
  const letters = [...tellEstimates(records, documents, people), ...tellInvoices(records, documents, people)];

  // Coming
  records.job(midtown, {
    service: 'Furnace tune-up', status: 'scheduled', technician: 'Daniel K.', address: pine, contact: frontDesk,
    scope: 'Yearly maintenance of both rooftop units.', visits: [{ day: 1, at: '9:00', window: 120, hours: 2, technician: 'Daniel K.' }],
    charges: [['Furnace tune-up', 2, 129]], notes: [{ author: 'Office', body: 'Please make sure somebody can open the roof hatch.', day: -1 }],
  });
  records.job(home, {
    service: 'Annual maintenance, visit 2 of 4', status: 'scheduled', technician: 'Rosa M.', address: mill, contact: mariaAtHome,
    scope: 'Part of the maintenance plan.', visits: [{ day: 9, at: '13:00', window: 120, hours: 1.5, technician: 'Rosa M.' }],
  });
  records.job(home, { service: 'Winterize lake house', status: 'scheduled', address: lake, contact: mariaAtHome, scope: 'Drain lines, blow out, antifreeze in traps.', visits: [{ day: 16 }], charges: [['Winterizing', 1, 280]] });

  // Three years of the past
  for (const job of pastJobs(68, [pine], frontDesk)) records.job(midtown, job);
  for (const job of pastJobs(9, [church], drLin)) records.job(decatur, job);
  for (const job of pastJobs(14, [mill, mill, lake], mariaAtHome)) records.job(home, job);

  const ortiz = records.customer('Luis Ortiz');
  const luis = records.contact(ortiz, { name: 'Luis Ortiz', email: 'luis.ortiz@mail.example', mobile: '+14045550133', language: 'es' });
  const grant = records.address(ortiz, '640 Grant Street SE', 'Atlanta', 'GA', '30312');
  records.job(ortiz, { service: 'No hot water', status: 'scheduled', technician: 'Will T.', address: grant, contact: luis, scope: 'Pilot goes out every night.', visits: [{ day: 0, at: '16:00', window: 60, hours: 1, technician: 'Will T.' }] });
  for (const job of pastJobs(4, [grant], luis)) records.job(ortiz, job);

  // Somebody who has been a customer for a day: nothing here yet.
  records.contact(records.customer('Nora Quinn'), { name: 'Nora Quinn', email: 'nora@quinn.example' });

  return letters;
}
