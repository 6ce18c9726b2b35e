/** `npm run account`: makes accounts, which nobody can do over the network, and lists them. */
import '../platform/runtime.ts';
import { makeStaffLink } from '../access/links.ts';
import { readConfig, readDatabaseUrl } from '../config.ts';
import { accountDefaults, accountSettings, scope as keyScope } from '../contract/account.ts';
import { email as emailAddress, name as line, slug as slugName, webUrl } from '../contract/wire.ts';
import { openDatabase, OperatorError } from '../database/open.ts';
import { checked, readArguments, runCommand } from '../platform/command.ts';
import { deriveWith } from '../platform/secrets.ts';
import { toE164 } from '../platform/text.ts';
import { createAccount } from './accounts.ts';
import { makeKey } from './keys.ts';
import { addPage } from './pages.ts';
import { addStaff } from './staff.ts';

const usage = `Usage:
  npm run account -- create <slug> --owner <e-mail> [--name <name>] [--phone <number>] [--country US]
                     [--time-zone America/New_York] [--currency USD] [--locale en] [--page <url>]
  npm run account -- list`;

const options = {
  owner: { type: 'string' },
  name: { type: 'string' },
  phone: { type: 'string' },
  country: { type: 'string', default: 'US' },
  'time-zone': { type: 'string', default: 'America/New_York' },
  currency: { type: 'string', default: 'USD' },
  locale: { type: 'string', default: 'en' },
  page: { type: 'string' },
} as const;

await runCommand(async () => {
  const { values, positionals } = readArguments(options, usage);
  const [command, slug, ...more] = positionals;
  if (command === 'create' && slug !== undefined && more.length === 0) return create(slug, values);
  if (command === 'list' && slug === undefined) return list();
  throw new OperatorError(usage);
});

type Values = ReturnType<typeof readArguments<typeof options>>['values'];

async function create(given: string, values: Values): Promise<void> {
  const wish = readWish(given, values);
  const config = readConfig(process.env);
  const derive = deriveWith(config.SECRET_KEY);
  const database = await openDatabase(config.DATABASE_URL);
  try {
    if (await database.db.selectFrom('accounts').select('id').where('slug', '=', wish.slug).executeTakeFirst())
      throw new OperatorError(`There is an account ${wish.slug} already: choose another name.`);
    // All or nothing: a link to half an account would help nobody.
    const made = await database.db.transaction().execute(async (trx) => {
      const scope = await createAccount(trx, database.engine, wish.slug, wish.settings);
      if (wish.page !== undefined) await addPage(scope, { url: wish.page });
      const owner = await addStaff(scope, { name: wish.ownerName, email: wish.owner, role: 'owner' });
      const key = await makeKey(scope, { name: 'First key', scopes: [...keyScope.options] });
      return { id: scope.accountId, key: key.secret, link: await makeStaffLink(scope, { derive, config }, owner.id) };
    });
    console.log(`Account ${wish.slug} (${made.id}) is made.

The owner, ${wish.owner}, signs in with this link, which lasts a day:
  ${made.link}

An API key with all scopes, shown only now:
  ${made.key}`);
  } finally {
    await database.close();
  }
}

function readWish(given: string, values: Values) {
  if (values.owner === undefined) throw new OperatorError(`--owner is missing: give the owner’s e-mail address.\n${usage}`);
  const slug = checked(slugName, given, `The name ${given}`);
  const owner = checked(emailAddress, values.owner, '--owner');
  const { shape } = accountSettings;
  const country = checked(shape.country, values.country, '--country');
  const settings = {
    ...accountDefaults,
    taxes: [],
    name: checked(shape.name, values.name ?? slug, '--name'),
    accent: '#0b62c4',
    phone: values.phone === undefined ? null : phoneOf(values.phone, country),
    email: owner,
    country,
    timeZone: checked(shape.timeZone, values['time-zone'], '--time-zone'),
    locale: checked(shape.locale, values.locale, '--locale'),
    currency: checked(shape.currency, values.currency, '--currency'),
  };
  const page = values.page === undefined ? undefined : checked(webUrl, values.page, '--page');
  return { slug, owner, ownerName: checked(line(100), owner.slice(0, owner.lastIndexOf('@')), '--owner'), settings, page };
}

function phoneOf(written: string, country: string): string {
  const number = toE164(written, country);
  if (!number) throw new OperatorError(`--phone: ${written} is no phone number in ${country}; write it such as +14045550142.`);
  return number;
}

async function list(): Promise<void> {
  const database = await openDatabase(readDatabaseUrl(process.env));
  try {
    const accounts = await database.db.selectFrom('accounts').select(['id', 'slug', 'name']).orderBy('slug').execute();
    for (const { id, slug, name } of accounts) console.log(`${slug}\t${name}\t${id}`);
    if (accounts.length === 0) console.log('There is no account yet.');
  } finally {
    await database.close();
  }
}
