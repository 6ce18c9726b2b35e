/** What both servers of a comparison tell the process that started them. */
import type { Server } from 'node:http';

/** Arguments of a server, as JSON in its command line. */
export interface ServerArguments {
  databaseUrl: string;
  publicUrl: string;
  secretKey: string;
  /** Public key of the one browser there is; only the ceiling needs to be told. */
  jkt: string;
  accountId: string;
}
export const readArguments = (): ServerArguments => JSON.parse(process.argv[2]!) as ServerArguments;

export interface Usage {
  /** Bytes. */
  rss: number;
  /** Milliseconds of processor time since the start. */
  cpu: number;
}

/** Reports the port and answers what the process uses; ends when its parent does. */
export function serve(server: Server, close: () => Promise<void>): void {
  const address = server.address();
  process.send!({ port: typeof address === 'object' ? address?.port : 0 });
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send!({ rss: process.memoryUsage().rss, cpu: (user + system) / 1000 } satisfies Usage);
  });
  process.on('disconnect', () => void close().finally(() => process.exit()));
}
