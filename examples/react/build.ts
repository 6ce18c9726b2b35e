/** `node examples/react/build.ts`: bundles the app into `dist/main.js`, beside which any web server can serve this folder. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The folder to serve; `index.html` in it loads the bundle. */
export const folder = fileURLToPath(new URL('.', import.meta.url));

export async function buildReactExample(): Promise<void> {
  await build({
    absWorkingDir: folder,
    entryPoints: ['main.tsx'],
    outfile: 'dist/main.js',
    bundle: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
}

if (import.meta.main) await buildReactExample();
