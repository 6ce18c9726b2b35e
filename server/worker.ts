/** Background work: everything the outbox carries, and housekeeping. */
import { accessJobs, housekeep } from './access/jobs.ts';
import { expireEstimates } from './estimates/jobs.ts';
import { noticeJobs, type Transports } from './notices/send.ts';
import { outboxWorker, type Worker } from './platform/outbox.ts';
import type { Services } from './platform/services.ts';

const HOUSEKEEPING_MS = 60_000;

export interface Log {
  info(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** One line a capability that has work to do after the answer. */
export function makeWorker(services: Services, transports: Transports, log: Log): Worker {
  const worker = outboxWorker(services.database, { ...accessJobs(services), ...noticeJobs(services, transports, log) }, log);

  let timer: NodeJS.Timeout | undefined;
  let keeping: Promise<void> = Promise.resolve();
  const keepHouse = () => {
    keeping = Promise.all([housekeep(services), expireEstimates(services)]).then(() => undefined).catch((error: unknown) => log.error({ err: { message: error instanceof Error ? error.message : String(error) } }, 'housekeeping failed; it is tried again'));
  };
  return {
    drain: worker.drain,
    start: () => {
      worker.start();
      keepHouse();
      timer = setInterval(keepHouse, HOUSEKEEPING_MS);
    },
    stop: async () => {
      clearInterval(timer);
      await Promise.all([worker.stop(), keeping]);
      transports.email.close();
    },
  };
}
