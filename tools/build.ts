import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { chdir } from 'node:process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { OutputChunk } from 'rollup';

/** One file of dist/cdn, as the server serves it and as pages may pin it with `integrity`. */
export interface Asset {
  /** Path within dist/cdn. */
  file: string;
  /** The value for `integrity`. */
  sha384: string;
  gzip: number;
  /** Whether a lazy chunk: its name changes with its content, so it may be cached for ever. */
  immutable: boolean;
  /** The modules it was made from, as paths in this repository or in node_modules. */
  modules: string[];
  /** The files it needs at once. */
  imports: string[];
  /** The files it loads, at once or later. */
  loads: string[];
}

const root = fileURLToPath(new URL('..', import.meta.url));
const list = 'dist/cdn/manifest.json';

/** How long a page that was opened before a release still finds the chunks it was built with. */
const keepChunksDays = 30;

/** Builds the widget when a source, the configuration or a dependency is newer than what was built last. */
export async function buildIfStale(): Promise<void> {
  chdir(root);
  if (isStale()) await build();
}

/** Builds every output of rollup.config.mjs, then lists what dist/cdn now consists of. */
export async function build(): Promise<void> {
  chdir(root);
  const started = Date.now();
  const { rollup } = await import('rollup');
  // @ts-expect-error -- the configuration is plain JavaScript, so that `rollup -c` reads it too
  const { default: configurations } = await import('../rollup.config.mjs');
  const assets: Asset[] = [];
  rmSync('dist/npm', { recursive: true, force: true });
  for (const { output, ...input } of configurations) {
    process.stderr.write(`building ${output.file ?? output.dir}\n`);
    const bundle = await rollup({
      ...input,
      logLevel: 'warn',
      onwarn(warning: { message: string }) {
        throw new Error(warning.message);
      },
    });
    const written = await bundle.write({ sourcemap: false, ...output });
    await bundle.close();
    if (output.dir === 'dist/npm') continue;
    for (const file of written.output) {
      if (file.type === 'chunk') assets.push(describe(file));
    }
  }
  mkdirSync('dist/cdn', { recursive: true });
  forgetOldChunks(assets);
  writeFileSync('dist/cdn/licenses.txt', licenses(assets));
  writeFileSync(list, `${JSON.stringify(assets, null, 2)}\n`);
  process.stderr.write(`built in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

/** What the last build put into dist/cdn. */
export function builtAssets(): Asset[] {
  return JSON.parse(readFileSync(new URL(`../${list}`, import.meta.url), 'utf8')) as Asset[];
}

function describe({ fileName, code, moduleIds, imports, dynamicImports }: OutputChunk): Asset {
  return {
    file: fileName,
    sha384: `sha384-${createHash('sha384').update(code).digest('base64')}`,
    gzip: gzipSync(code, { level: 9 }).length,
    immutable: fileName.startsWith('chunks/'),
    modules: moduleIds.map((id) => relative(root, id).split(sep).join('/').replace(/^.*node_modules\//, '')),
    imports,
    loads: [...imports, ...dynamicImports],
  };
}

/** The licence of every package of which something is in a file, as most of them ask for. */
function licenses(assets: Asset[]): string {
  const modules = assets.flatMap((asset) => asset.modules).filter((module) => !module.startsWith('widget/'));
  const packages = new Set(modules.map((module) => /^(@[^/]+\/)?[^/]+/.exec(module)![0]));
  return [...packages]
    .flatMap((name) => globSync(`node_modules/${name}/LICENSE*`).map((file) => `${name}\n\n${readFileSync(file, 'utf8')}`))
    .join('\n\n');
}

function isStale(): boolean {
  if (!existsSync(list)) return true;
  const built = statSync(list).mtimeMs;
  // Folders count too: their time changes when a file in them is removed.
  const sources = globSync('widget/**', { exclude: (path) => path.endsWith('.test.ts') });
  const rest = globSync(['rollup.config.mjs', 'tools/build.ts', 'tools/rollup/*', 'package-lock.json']);
  return [...sources, ...rest].some((path) => statSync(path).mtimeMs > built);
}

function forgetOldChunks(assets: Asset[]): void {
  const current = new Set(assets.map((asset) => asset.file));
  const limit = Date.now() - keepChunksDays * 24 * 60 * 60 * 1000;
  for (const file of globSync('chunks/*', { cwd: 'dist/cdn' })) {
    const path = `dist/cdn/${file}`;
    if (!current.has(file) && statSync(path).mtimeMs < limit) rmSync(path);
  }
}

if (import.meta.main) {
  await build().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
