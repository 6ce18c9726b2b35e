/** Opens a database, which brings it up to date, and holds it. */
import { openDatabase } from '../open.ts';
import { begin } from './child.ts';

const { url, exclusive } = await begin<{ url: string; exclusive: boolean }>();
await openDatabase(url, { exclusive });
console.log('open');
