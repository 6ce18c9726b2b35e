/** A folder of Kickserv exports: v1 XML or v2 JSON, whichever there is of each kind. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../database/open.ts';
import type { ExportFile, ImportRecord, Issue, ReadBatch, RecordKind, SourceAccount, SourceExport } from '../records.ts';
import { customerOf } from './customers.ts';
import { jobOf } from './jobs.ts';
import { readJson } from './json.ts';
import { chargeOf, Deleted, paymentOf } from './lines.ts';
import { Reading, Unusable } from './reading.ts';
import type { RawBatch, RawRecord } from './raw.ts';
import { readXml } from './xml.ts';

interface Kind {
  kind: RecordKind;
  /** File names without ending; `-` and `_` are alike. */
  files: string[];
  elements: string[];
  convert(reading: Reading): ImportRecord;
}

const kinds: Kind[] = [
  { kind: 'customer', files: ['customers'], elements: ['customer'], convert: customerOf },
  { kind: 'job', files: ['jobs'], elements: ['job'], convert: jobOf },
  { kind: 'charge', files: ['job_charges', 'charges'], elements: ['job_charge', 'charge'], convert: chargeOf },
  { kind: 'payment', files: ['payments'], elements: ['payment'], convert: paymentOf },
];

/** @throws {OperatorError} when there is no such folder, or nothing in it to import. */
export async function openKickserv(folder: string, account: SourceAccount): Promise<SourceExport> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch {
    throw new OperatorError(`There is no folder ${folder}; give the one that holds customers.xml, jobs.xml, job_charges.json and payments.json.`);
  }
  const files: ExportFile[] = [];
  for (const kind of kinds) {
    const found = names.filter((name) => kind.files.includes(name.replace(/\.(xml|json)$/i, '').replace(/-/g, '_').toLowerCase()) && /\.(xml|json)$/i.test(name));
    if (found.length > 1) throw new OperatorError(`${folder} holds both ${found.join(' and ')}; leave only one of them there.`);
    const [name] = found;
    if (!name) continue;
    const path = join(folder, name);
    const { size } = await stat(path);
    files.push({ kind: kind.kind, name, bytes: size, read: () => converted(kind, path, name, account) });
  }
  if (!files.length)
    throw new OperatorError(`${folder} holds none of customers, jobs, job_charges or payments as .xml or .json; export them from Kickserv first.`);
  return { source: 'kickserv', label: 'Kickserv', files };
}

async function* converted(kind: Kind, path: string, name: string, account: SourceAccount): AsyncGenerator<ReadBatch> {
  const raw: AsyncGenerator<RawBatch> = /\.xml$/i.test(name) ? readXml(path, name, kind.elements) : readJson(path, name);
  for await (const { bytes, records } of raw) {
    const batch: ReadBatch = { bytes, records: [], issues: [] };
    for (const record of records) take(kind, record, name, account, batch);
    yield batch;
  }
}

function take(kind: Kind, raw: RawRecord, name: string, account: SourceAccount, batch: ReadBatch): void {
  const reading = new Reading(kind.kind, raw, account);
  try {
    if (raw.problem) throw new Unusable(raw.problem);
    const record = kind.convert(reading);
    batch.records.push({ record, original: raw.fields });
    batch.issues.push(...reading.issues);
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    if (error instanceof Deleted) batch.records.push({ record: error.removal, original: raw.fields });
    batch.issues.push(skipped(kind.kind, raw, error, name));
  }
}

const skipped = (kind: RecordKind, raw: RawRecord, { message, detail }: Unusable, name: string): Issue => ({
  outcome: 'skipped',
  kind,
  id: raw.fields['id']?.trim() || null,
  reason: message,
  ...(detail === undefined ? {} : { detail }),
  place: `record ${raw.position} of ${name}`,
  record: raw.fields,
});
