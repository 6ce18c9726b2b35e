/** What a PDF of 400 lines costs a worker that has drawn before: time and memory, as shares of what they may be. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Comparison } from './compare.ts';
import type { Drawn } from './pdf-process.ts';

const MOST_MS = 1000;
const MOST_BYTES = 150e6;

export async function drawingPdfs(quick: boolean): Promise<Comparison[]> {
  const child = fork(new URL('pdf-process.ts', import.meta.url), [quick ? '5' : '25'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const over = new AbortController();
  const ended = once(child, 'exit', over).then(() => Promise.reject(new Error('the process that draws ended early')));
  const [{ milliseconds, idle, peak }] = (await Promise.race([once(child, 'message', over), ended])) as [Drawn];
  over.abort();
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)]!;
  const above = peak - idle;
  return [
    {
      engine: 'pdf', name: '400 lines, time / 1 s', ratio: median / MOST_MS, goal: '≤ 1', ok: median <= MOST_MS,
      details: { 'a warm worker': { 'ms median': Math.round(median), 'ms slowest': Math.round(sorted.at(-1)!) } },
    },
    {
      engine: 'pdf', name: '400 lines, memory above idle / 150 MB', ratio: above / MOST_BYTES, goal: '≤ 1', ok: above <= MOST_BYTES,
      details: { memory: { 'MB idle': Math.round(idle / 1e6), 'MB at most': Math.round(peak / 1e6) } },
    },
  ];
}
