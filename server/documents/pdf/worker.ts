/** The worker thread that draws PDFs: one task, one answer. */
import { parentPort } from 'node:worker_threads';
import type { Answer } from './pool.ts';
import { renderPdf } from './render.ts';
import type { PdfTask } from './task.ts';

export interface Rendered {
  bytes: Uint8Array;
  missing: string[];
}

parentPort!.on('message', (task: PdfTask) => {
  renderPdf(task).then(
    (result) => parentPort!.postMessage({ result } satisfies Answer<Rendered>, [result.bytes.buffer as ArrayBuffer]),
    (error: unknown) => parentPort!.postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies Answer<Rendered>),
  );
});
