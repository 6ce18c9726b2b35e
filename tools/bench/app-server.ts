/** The real app as `npm start` builds it, on a free port. */
import { buildApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { openDatabase } from '../../server/database/open.ts';
import { readArguments, serve } from './served.ts';

const { databaseUrl, publicUrl, secretKey } = readArguments();
const database = await openDatabase(databaseUrl, { exclusive: true });
const app = await buildApp({ config: readConfig({ PUBLIC_URL: publicUrl, SECRET_KEY: secretKey, DATABASE_URL: databaseUrl, WORKER: 'off' }), database });
await app.listen({ host: '127.0.0.1', port: 0 });
serve(app.server, async () => {
  await app.close();
  await database.close();
});
