import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { drawPdf, endPdfWorkers, TooManyPdfs } from './draw.ts';
import { checkSound, pagesOf, textOf } from './testing/reading.ts';
import { estimateTask, lines } from './testing/tasks.ts';

after(() => endPdfWorkers());

test('a PDF is drawn beside the main thread, which goes on meanwhile', async (t) => {
  let turns = 0;
  const ticking = setInterval(() => (turns += 1), 1);
  const { bytes, missing } = await drawPdf(estimateTask({ lines: lines(400), terms: 'ok 漢' }));
  clearInterval(ticking);
  assert.ok(turns > 5, `${turns} turns`);
  assert.deepEqual(missing, ['漢']);
  assert.equal(pagesOf(bytes), 21);
  checkSound(t, bytes);
  const text = textOf(t, bytes);
  if (text) assert.match(text, /Part 400: copper/);
});

test('what cannot be drawn is an error of that task alone', async () => {
  const broken = estimateTask({ currency: 'no currency' });
  const [failed, drawn] = await Promise.allSettled([drawPdf(broken), drawPdf(estimateTask())]);
  assert.match(String((failed as PromiseRejectedResult).reason), /currency/);
  assert.equal(drawn.status, 'fulfilled');
});

test('fifty may wait; more are refused at once', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => drawPdf(estimateTask())));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  assert.ok(refused.length >= 8 && refused.length <= 9, `${refused.length} refused`);
  for (const { reason } of refused) assert.ok(reason instanceof TooManyPdfs);
});

test('after the workers were ended, drawing starts them anew', async () => {
  const [ended] = await Promise.allSettled([drawPdf(estimateTask({ lines: lines(400) })), endPdfWorkers()]);
  assert.equal(ended.status, 'rejected');
  assert.equal(pagesOf((await drawPdf(estimateTask())).bytes), 1);
});

test('a process that has drawn something ends by itself', async () => {
  const script = `
    import { drawPdf } from ${JSON.stringify(new URL('draw.ts', import.meta.url).href)};
    import { estimateTask } from ${JSON.stringify(new URL('testing/tasks.ts', import.meta.url).href)};
    const { bytes } = await drawPdf(estimateTask());
    console.log(bytes.subarray(0, 8).toString());`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { timeout: 30_000 });
  assert.equal(stdout, '%PDF-1.7\n');
});
