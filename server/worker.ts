/** Background work: everything the outbox carries, and housekeeping. */
import { accessJobs, housekeep } from './access/jobs.ts';
import { expireEstimates } from './estimates/jobs.ts';
import { inboxJobs } from './inbox/jobs.ts';
import { noticeJobs, type Transports } from './notices/send.ts';
import { paymentJobs, paymentKinds, reconcile } from './payments/jobs.ts';
import { outboxWorker, type Worker } from './platform/outbox.ts';
import type { Services } from './platform/services.ts';

const HOUSEKEEPING_MS = 60_000;

export interface Log {
  info(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** One line a capability that has work to do after the answer. */
export function makeWorker(services: Services, transports: Transports, log: Log): Worker {
  const own = outboxWorker(services.database, { ...accessJobs(services), ...noticeJobs(services, transports, log), ...inboxJobs(services) }, log, undefined, { kinds: paymentKinds, others: true });
  // Stripe being slow holds up no mail.
  const stripes = outboxWorker(services.database, paymentJobs(services, log), log, undefined, { kinds: paymentKinds, others: false });

  let timer: NodeJS.Timeout | undefined;
  let keeping: Promise<void> = Promise.resolve();
  let reconciling: Promise<void> | undefined;
  const keepHouse = () => {
    const failed = (error: unknown) => log.error({ err: { message: error instanceof Error ? error.message : String(error) } }, 'housekeeping failed; it is tried again');
    keeping = Promise.all([housekeep(services), expireEstimates(services)]).then(() => undefined).catch(failed);
    // One look at Stripe at a time, however long it takes.
    reconciling ??= reconcile(services, log).catch(failed).finally(() => (reconciling = undefined));
  };
  return {
    drain: async () => (await own.drain()) + (await stripes.drain()) + (await own.drain()),
    start: () => {
      own.start();
      stripes.start();
      keepHouse();
      timer = setInterval(keepHouse, HOUSEKEEPING_MS);
    },
    stop: async () => {
      clearInterval(timer);
      await Promise.all([own.stop(), stripes.stop(), keeping, reconciling]);
      transports.email.close();
    },
  };
}
