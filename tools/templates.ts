/**
 * `npm run templates`: checks every binding of the widget's templates against the element it is made on: unknown tags,
 * attributes, properties and events, and values of a wrong type. Any finding fails.
 */
import { relative } from 'node:path';
import { chdir, cwd } from 'node:process';
import { fileURLToPath } from 'node:url';
import { DefaultLitAnalyzerContext, LitAnalyzer, makeConfig } from '@jackolope/lit-analyzer';
import ts from 'typescript';

/** What the analyzer's own table of HTML does not know, though browsers do. */
const outdated = [
  // autocomplete
  /^Type '"one-time-code"' is not assignable/,
  // popover without a value
  /^Type 'true' is not assignable to '"auto" \| "hint" \| "manual"'/,
];

chdir(fileURLToPath(new URL('..', import.meta.url)));

const { config } = ts.readConfigFile('widget/tsconfig.json', ts.sys.readFile);
const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, 'widget');
const program = ts.createProgram(fileNames, options);
const context = new DefaultLitAnalyzerContext({ getProgram: () => program });
// Styles are often pieces of others, which the analyzer takes for broken sheets.
context.updateConfig(makeConfig({ strict: true, rules: { 'no-invalid-css': 'off' } }));
const analyzer = new LitAnalyzer(context);

for (const fileName of fileNames) {
  const file = program.getSourceFile(fileName)!;
  for (const { message, source, location } of analyzer.getDiagnosticsInFile(file)) {
    if (outdated.some((pattern) => pattern.test(message))) continue;
    const { line, character } = file.getLineAndCharacterOfPosition(location.start);
    console.error(`${relative(cwd(), fileName)}:${line + 1}:${character + 1}: ${message} (${source})`);
    process.exitCode = 1;
  }
}
