/** `npm run key`: API keys from the command line, for whoever runs the server. */
import '../platform/runtime.ts';
import { z } from 'zod';
import { readDatabaseUrl } from '../config.ts';
import { apiKeyNew, scope as keyScope } from '../contract/account.ts';
import { openDatabase, OperatorError, type OpenDatabase } from '../database/open.ts';
import { accountColumns, scopeOf, type Scope } from '../database/scope.ts';
import { checked, readArguments, runCommand } from '../platform/command.ts';
import { listKeys, makeKey, revokeKey } from './keys.ts';

const usage = `Usage:
  npm run key -- create --account <slug> --scopes read,write[,links,settings] [--name <name>]
  npm run key -- list [--account <slug>]
  npm run key -- revoke <id>`;

const options = { account: { type: 'string' }, scopes: { type: 'string' }, name: { type: 'string', default: 'Made on the command line' } } as const;

await runCommand(async () => {
  const { values, positionals } = readArguments(options, usage);
  const [command, id, ...more] = positionals;
  if (command === 'create' && id === undefined) return create(values);
  if (command === 'list' && id === undefined) return withDatabase(async (database) => list(await scopes(database, values.account)));
  if (command === 'revoke' && id !== undefined && more.length === 0) return withDatabase(async (database) => revoke(await scopes(database), id));
  throw new OperatorError(usage);
});

async function create({ account, scopes: given, name }: { account?: string | undefined; scopes?: string | undefined; name: string }): Promise<void> {
  if (account === undefined) throw new OperatorError(`--account is missing: give the account’s name.\n${usage}`);
  if (given === undefined) throw new OperatorError(`--scopes is missing: give some of ${keyScope.options.join(', ')}.\n${usage}`);
  const wish = {
    name: checked(apiKeyNew.shape.name, name, '--name'),
    scopes: checked(z.array(z.enum(keyScope.options, `choose among ${keyScope.options.join(', ')}`)), given.split(','), '--scopes'),
  };
  await withDatabase(async (database) => {
    const [scope] = await scopes(database, account);
    const key = await makeKey(scope!, wish);
    console.log(`API key ${key.id} of ${account} (${key.scopes.join(', ')}), shown only now:\n  ${key.secret}`);
  });
}

async function list(of: Scope[]): Promise<void> {
  let none = true;
  for (const scope of of)
    for (const key of await listKeys(scope)) {
      none = false;
      console.log([key.id, scope.account.slug, key.scopes.join(','), key.name, key.lastUsedAt ?? 'never used'].join('\t'));
    }
  if (none) console.log('There is no API key.');
}

async function revoke(of: Scope[], id: string): Promise<void> {
  for (const scope of of) if (await revokeKey(scope, id)) return console.log(`API key ${id} of ${scope.account.slug} no longer works.`);
  throw new OperatorError(`There is no API key ${id}, or it is revoked already; \`npm run key -- list\` shows them.`);
}

/** Every account, or the named one. */
async function scopes({ db, engine }: OpenDatabase, slug?: string): Promise<Scope[]> {
  const accounts = db.selectFrom('accounts').select(accountColumns).orderBy('slug');
  const rows = await (slug === undefined ? accounts : accounts.where('slug', '=', slug)).execute();
  if (slug !== undefined && rows.length === 0) throw new OperatorError(`There is no account ${slug}; \`npm run account -- list\` shows them.`);
  return rows.map((row) => scopeOf(db, engine, row));
}

async function withDatabase(work: (database: OpenDatabase) => Promise<void>): Promise<void> {
  const database = await openDatabase(readDatabaseUrl(process.env));
  try {
    await work(database);
  } finally {
    await database.close();
  }
}
