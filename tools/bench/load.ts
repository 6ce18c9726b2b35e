/** The load, a process of its own: connections that each send the next request when the answer is complete. */
import { connect, type Socket } from 'node:net';
import { proofFor, type ProofFor } from './proof.ts';

/** One measured stretch on one server. */
export interface Round extends ProofFor {
  port: number;
  origin: string;
  connections: number;
  /** Whichever ends first. */
  seconds: number;
  requests: number;
}
export interface Measurement {
  requests: number;
  seconds: number;
  /** Milliseconds, sorted. */
  latencies: number[];
}

process.on('message', (round: Round) => {
  run(round).then(
    (measurement) => process.send!(measurement),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit());

async function run(round: Round): Promise<Measurement> {
  // Signed before the clock starts: a proof serves one request, and making it is the browser's work, not the server's.
  const requests = signedRequests(round);
  const sockets = await Promise.all(Array.from({ length: round.connections }, () => open(round.port)));
  const latencies: number[] = [];
  const start = performance.now();
  const end = start + round.seconds * 1000;
  await Promise.all(
    sockets.map(async (socket) => {
      while (performance.now() < end) {
        const request = requests.pop();
        if (!request) break;
        const sent = performance.now();
        await exchange(socket, request);
        latencies.push(performance.now() - sent);
      }
      socket.destroy();
    }),
  );
  return { requests: latencies.length, seconds: (performance.now() - start) / 1000, latencies: latencies.sort((a, b) => a - b) };
}

function signedRequests(round: Round): string[] {
  const { path, origin, token, requests } = round;
  const proof = proofFor(round);
  const head = `GET ${path} HTTP/1.1\r\nhost: center.example.com\r\norigin: ${origin}\r\naccept: application/json\r\nauthorization: DPoP ${token}\r\n`;
  return Array.from({ length: requests }, () => `${head}dpop: ${proof()}\r\n\r\n`);
}

const open = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket)).once('error', reject);
  });

/** Sends one request and waits for the last byte of its answer; anything but 200 is an error of the measurement. */
function exchange(socket: Socket, request: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let head = '';
    let missing = -1;
    const take = (chunk: Buffer) => {
      if (missing >= 0) missing -= chunk.length;
      else {
        head += chunk.toString('latin1');
        const blank = head.indexOf('\r\n\r\n');
        if (blank < 0) return;
        if (!head.startsWith('HTTP/1.1 200')) return finish(new Error(`unexpected answer: ${head.slice(0, 1500)}`));
        missing = Number(/\r\ncontent-length: (\d+)/i.exec(head)![1]) - (head.length - blank - 4);
      }
      if (missing === 0) finish();
    };
    const lost = () => finish(new Error('the server closed the connection'));
    const finish = (error?: Error) => {
      socket.off('data', take).off('close', lost);
      if (error) reject(error);
      else resolve();
    };
    socket.on('data', take).on('close', lost).write(request);
  });
}
