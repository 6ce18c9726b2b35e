/** A process that does nothing but draw PDFs, and tells how long it takes and what it costs in memory. */
import { setTimeout as pause } from 'node:timers/promises';
import { drawPdf, endPdfWorkers } from '../../server/documents/pdf/draw.ts';
import { estimateTask, lines } from '../../server/documents/pdf/testing/tasks.ts';

export interface Drawn {
  milliseconds: number[];
  /** Bytes, with the worker started and its fonts read. */
  idle: number;
  /** The most that the process ever held. */
  peak: number;
}

const rounds = Number(process.argv[2]);
const [small, large] = [estimateTask(), estimateTask({ lines: lines(400) })];
for (let round = 0; round < 10; round += 1) await drawPdf(small);
await pause(500);
const idle = process.memoryUsage().rss;
const milliseconds: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  const from = performance.now();
  await drawPdf(large);
  milliseconds.push(performance.now() - from);
}
process.send!({ milliseconds, idle, peak: process.resourceUsage().maxRSS * 1024 } satisfies Drawn);
await endPdfWorkers();
process.disconnect();
