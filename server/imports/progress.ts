/** Says how far an import is: a bar on a terminal, a line now and then elsewhere. */
import { SingleBar, Presets } from 'cli-progress';

export interface Progress {
  /** Begins a step of `total` units. */
  begin(step: string, total: number): void;
  advance(by: number): void;
  end(): void;
}

/** A log wants a word at the end of a step, and now and then during a long one. */
const QUIET_MS = 10_000;

export function progressOn(output: NodeJS.WriteStream): Progress {
  return output.isTTY ? bar(output) : lines((line) => void output.write(`${line}\n`));
}

function bar(output: NodeJS.WriteStream): Progress {
  let current: SingleBar | undefined;
  const end = () => {
    current?.stop();
    current = undefined;
  };
  return {
    begin(step, total) {
      end();
      current = new SingleBar({ stream: output, format: `${step.padEnd(28)} {bar} {percentage}%  {eta_formatted}`, hideCursor: true, etaBuffer: 200 }, Presets.shades_classic);
      current.start(total, 0);
    },
    advance: (by) => current?.increment(by),
    end,
  };
}

export function lines(write: (line: string) => void, clock: () => number = () => performance.now()): Progress {
  let [name, total, done, said] = ['', 0, 0, 0];
  const end = () => {
    if (name) write(`${name}: done`);
    name = '';
  };
  return {
    begin(step, units) {
      end();
      [name, total, done, said] = [step, units, 0, clock()];
    },
    advance(by) {
      done += by;
      if (clock() - said < QUIET_MS) return;
      write(`${name}: ${total ? Math.floor((100 * done) / total) : 0} %`);
      said = clock();
    },
    end,
  };
}

/** For callers that do not want to hear of it. */
export const silent: Progress = { begin: () => undefined, advance: () => undefined, end: () => undefined };
