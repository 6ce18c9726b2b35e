/** Starts a program of a test as a process of its own, to be killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface Child {
  process: ChildProcess;
  /** What it has said so far, line by line; whole lines only. */
  lines: string[];
  errors(): string;
  /** Resolves when all its modules are loaded and it waits for `go`. */
  loaded: Promise<unknown>;
  /** Lets it begin; until then it only loads its modules. */
  go(): void;
  /** Resolves when it has said this many lines, or a second after the first. */
  said(count: number): Promise<void>;
  /** `kill -9`, unless it has ended by itself; resolves when it is gone and everything it said has arrived. */
  kill(): Promise<void>;
  ended: Promise<unknown>;
}

const LOADED = 'loaded';
/** Half of a start is compiling; a process that is killed leaves the next one what it compiled. */
const compiled = join(tmpdir(), 'customer-center-compiled');

/** @param program a file beside this one. */
export function startChild(program: string, settings: object, command: string[] = []): Child {
  const [file = process.execPath, ...args] = [...command, process.execPath, fileURLToPath(new URL(program, import.meta.url)), JSON.stringify(settings)];
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, NODE_COMPILE_CACHE: compiled } });
  const lines: string[] = [];
  let errors = '';
  let load = () => {};
  const loaded = new Promise<void>((resolve) => (load = resolve));
  child.stdin.on('error', () => undefined);
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  createInterface(child.stdout).on('line', (line) => (line === LOADED ? load() : lines.push(line)));
  const ended = once(child, 'close');
  return {
    process: child,
    lines,
    errors: () => errors,
    loaded,
    go: () => void child.stdin.write('go\n'),
    said: async (count) => {
      const until = async (many: number, patience: number) => {
        const end = Date.now() + patience;
        while (lines.length < many && Date.now() < end && child.exitCode === null) await sleep(5);
      };
      await until(1, 30_000);
      // On a busy machine a write takes long; a life that ends before it has written proves nothing.
      await until(count, 3000);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    ended,
  };
}

/** In the child: its settings, when it may begin. */
export async function begin<Settings>(): Promise<Settings> {
  flushCompileCache();
  console.log(LOADED);
  await once(process.stdin, 'data');
  // A parent that dies takes its children along.
  process.stdin.on('end', () => process.exit());
  return JSON.parse(process.argv[2]!) as Settings;
}
