/** Imported before anything else: another Node would fail later, and less clearly. */

/** The release line that the dependency `node` installs and every test runs on. */
export const NODE_MAJOR = 24;

/** Why this Node will not do, or undefined. */
export const refusalOf = (version: string): string | undefined =>
  Number.parseInt(version, 10) === NODE_MAJOR
    ? undefined
    : `Customer Center runs on Node ${NODE_MAJOR}, not ${version}: start it with \`npm start\`, which brings its own.`;

const refusal = refusalOf(process.versions.node);
if (refusal) {
  process.stderr.write(`${refusal}\n`);
  process.exit(1);
}
