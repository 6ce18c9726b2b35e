/** `npm run demo`: builds what is stale and starts everything on an embedded database with demo data. */
import { buildIfStale } from './build.ts';

await buildIfStale();
process.argv.push('--demo');
await import('../server/main.ts');
