/** Estimates, invoices, certificates, statements and receipts as PDF files, drawn in worker threads so that no request waits for one. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Pool } from './pool.ts';
import type { DrawnPdf, PdfTask } from './task.ts';
import type { Rendered } from './worker.ts';

export type { Branding, DrawnPdf, PdfTask } from './task.ts';
/** Thrown while too many PDFs wait to be drawn. */
export { PoolFull as TooManyPdfs } from './pool.ts';

const pool = new Pool<PdfTask, Rendered>({
  start: () =>
    new Worker(new URL('worker.ts', import.meta.url), {
      // Without the environment, where the secrets are.
      env: {},
      execArgv: [],
      // Little room for what lives shortly keeps the process small: a document leaves much of it behind.
      resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 16 },
    }),
  most: availableParallelism() > 2 ? 2 : 1,
  mostWaiting: 50,
  timeoutMs: 20_000,
});

/**
 * @throws {TooManyPdfs} when fifty wait already.
 * @throws {Error} when the drawing fails or takes longer than twenty seconds.
 */
export async function drawPdf(task: PdfTask): Promise<DrawnPdf> {
  const { bytes, missing } = await pool.run(task);
  return { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), missing };
}

/** Ends the workers, such as when the server closes; the next drawing starts one anew. */
export const endPdfWorkers = (): Promise<void> => pool.end();
