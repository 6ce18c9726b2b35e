/** Commits one transaction after the other, and says so after each: what a power cut must not take back. */
import { openDatabase } from '../open.ts';
import { begin } from './child.ts';

const { url, commits } = await begin<{ url: string; commits: number }>();
const { db, close } = await openDatabase(url);
console.log('ready');
for (let i = 1; i <= commits; i++) {
  await db.transaction().execute(async (trx) => {
    for (const half of ['left', 'right']) await trx.insertInto('rate_buckets').values({ key: `${half}-${i}`, tokens: i, updated_at: i }).execute();
  });
  console.log(`committed ${i}`);
}
await close();
process.exit();
