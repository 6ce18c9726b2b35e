/** Estimates as the office writes, sends and follows them. */
import type { z } from 'zod';
import type { Download, downloadNew, sendNew } from '../../server/contract/documents.ts';
import type { Estimate, estimateChange, EstimateContent, estimateSent, EstimateView, LineChange, versionsCompared } from '../../server/contract/estimates.ts';
import type { JobOverview, reminderNew } from '../../server/contract/office.ts';
import { save } from './documents.ts';
import type { OfficeClient } from './office.ts';

export type EstimateChange = z.input<typeof estimateChange>;
type Sending = z.input<typeof sendNew>;
type Reminder = z.input<typeof reminderNew>;

const at = (id: string) => `/v1/office/estimates/${encodeURIComponent(id)}`;

/** An estimate with the job it is for: whom it may go to, and what the job is called. */
export async function readEstimate(office: OfficeClient, id: string, signal?: AbortSignal): Promise<{ estimate: Estimate; job: JobOverview }> {
  const estimate = await office.read<Estimate>(at(id), { signal });
  return { estimate, job: await office.read<JobOverview>(`/v1/office/jobs/${encodeURIComponent(estimate.jobId)}/overview`, { signal }) };
}

/** Changes the working copy that was read as `version`. */
export const changeEstimate = (office: OfficeClient, id: string, change: EstimateChange, version: string | undefined): Promise<Estimate> => office.change(at(id), change, version);

/** What the customer would see with a change that is not saved. */
export const previewEstimate = (office: OfficeClient, id: string, change: EstimateChange, signal?: AbortSignal): Promise<EstimateView> => office.make(`${at(id)}/preview`, change, { signal });

/** A version as it was sent. */
export const readVersion = (office: OfficeClient, id: string, version: number, signal?: AbortSignal): Promise<EstimateContent> => office.read(`${at(id)}/versions/${version}`, { signal });

/** How the lines of two versions differ, and the later version itself. */
export async function compareVersions(office: OfficeClient, id: string, from: number, to: number, signal?: AbortSignal): Promise<{ lines: LineChange[]; after: EstimateContent }> {
  const [compared, after] = await Promise.all([
    office.read<z.infer<typeof versionsCompared>>(`${at(id)}/changes`, { query: { from, to }, signal }),
    readVersion(office, id, to, signal),
  ]);
  return { lines: compared.lines, after };
}

/** Freezes the working copy as a version and sends it. */
export const sendEstimate = (office: OfficeClient, id: string, wish: Sending, version: string, idempotencyKey: string): Promise<z.infer<typeof estimateSent>> =>
  office.make(`${at(id)}/send`, wish, { ifMatch: version, idempotencyKey });

/** Reminds of what was sent and still waits. */
export const remindOfEstimate = (office: OfficeClient, id: string, wish: Reminder, idempotencyKey: string): Promise<Estimate> => office.make(`${at(id)}/remind`, wish, { idempotencyKey });

/** Takes it back: nobody can approve it any more. */
export const withdrawEstimate = (office: OfficeClient, id: string): Promise<Estimate> => office.make(`${at(id)}/withdraw`, undefined);

/** Deletes what was never sent. */
export const deleteEstimate = (office: OfficeClient, id: string): Promise<void> => office.remove(at(id));

/** Answers what a customer has asked. */
export const answerRemark = (office: OfficeClient, id: string, remark: string, answer: string, idempotencyKey: string): Promise<Estimate> =>
  office.make(`${at(id)}/remarks/${encodeURIComponent(remark)}/answer`, { answer }, { idempotencyKey });

/** Starts the download of a version, or of the evidence of a decision about it. */
export async function downloadEstimate(office: OfficeClient, id: string, wish: z.input<typeof downloadNew>): Promise<void> {
  save(await office.make<Download>(`${at(id)}/downloads`, wish));
}
