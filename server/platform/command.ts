/** What the command-line tools share: one clear sentence for whatever the operator can set right. */
import { resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { z } from 'zod';
import { OperatorError } from '../database/open.ts';

/** Runs a command. An `OperatorError` is one sentence and exit code 1; anything else is our own fault and shows where. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

/** The arguments of this process. @throws {OperatorError} for an unknown option or one without its value. */
export function readArguments<const Options extends NonNullable<ParseArgsConfig['options']>>(options: Options, usage: string) {
  try {
    return parseArgs({ args: process.argv.slice(2), options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new OperatorError(`${(error as Error).message.split(/\.\s/)[0]}.\n${usage}`);
  }
}

/** `npm run` moves to the project's folder; a path is meant from where `npm run <script>` was typed. */
export const here = (script: string, path: string): string =>
  resolve((process.env['npm_lifecycle_event'] === script && process.env['INIT_CWD']) || '.', path);

/** A value in the contract's form. @throws {OperatorError} that names the option. */
export function checked<Schema extends z.ZodType>(schema: Schema, value: unknown, option: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new OperatorError(`${option}: ${parsed.error.issues[0]?.message ?? 'is not valid'}.`);
  return parsed.data;
}
