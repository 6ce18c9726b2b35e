import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, globSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Whether this process is root, for whom Chromium has no sandbox (containers, CI). */
const isRoot = process.getuid?.() === 0;

/** Switches for every browser we start: quiet, and nothing sent anywhere on its own account. */
export const browserArgs: readonly string[] = [
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-gpu',
];

/**
 * The path of a Chrome or Chromium: `CHROME_PATH`, else an installed one, else one that Playwright has downloaded, else,
 * on Debian as root, freshly installed. The answer is kept in `CHROME_PATH` for the processes this one starts.
 */
export function findBrowser(): string {
  const path = fromEnvironment() ?? installed() ?? downloaded() ?? freshlyInstalled();
  if (!path) {
    throw new Error('No Chrome or Chromium was found: install one, or set CHROME_PATH to its program file.');
  }
  process.env.CHROME_PATH = path;
  return path;
}

function fromEnvironment(): string | undefined {
  const path = process.env.CHROME_PATH;
  if (path && !isProgram(path)) throw new Error(`CHROME_PATH is ${path}, where there is no program: correct or unset it.`);
  return path || undefined;
}

function installed(): string | undefined {
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const macos = ['Google Chrome', 'Chromium'].flatMap((name) =>
    ['/Applications', join(homedir(), 'Applications')].map((folder) => `${folder}/${name}.app/Contents/MacOS/${name}`),
  );
  const windows = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].flatMap((folder) =>
    folder ? [join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'), join(folder, 'Chromium', 'Application', 'chrome.exe')] : [],
  );
  return [...onPath, ...macos, ...windows].find(isProgram);
}

/** Playwright's own downloads, newest first; the full browser rather than the headless shell. */
function downloaded(): string | undefined {
  const folders = [
    process.env.PLAYWRIGHT_BROWSERS_PATH,
    join(homedir(), '.cache', 'ms-playwright'),
    join(homedir(), 'Library', 'Caches', 'ms-playwright'),
    process.env.LOCALAPPDATA && join(process.env.LOCALAPPDATA, 'ms-playwright'),
  ];
  const patterns = [
    'chromium-*/chrome-*/{chrome,chrome.exe}',
    'chromium-*/chrome-*/*.app/Contents/MacOS/*',
    'chromium_headless_shell-*/*/{headless_shell,chrome-headless-shell,chrome-headless-shell.exe}',
  ];
  return patterns
    .flatMap((pattern) => folders.flatMap((folder) => (folder ? newestFirst(globSync(join(folder, pattern))) : [])))
    .find(isProgram);
}

function newestFirst(paths: string[]): string[] {
  return paths.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
}

function freshlyInstalled(): string | undefined {
  if (!isRoot || !existsSync('/etc/debian_version')) return undefined;
  process.stderr.write('no browser found: installing chromium with apt-get\n');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env: environment });
  } catch {
    // A stale or partly unreachable index may still know chromium.
  }
  spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: 'ignore', env: environment });
  return installed();
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
