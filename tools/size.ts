/**
 * `npm run size [-- --json]`: what the widget costs a page, against its budgets; fails past one of them.
 * KB are 1000 bytes; gzip is level 9, brotli 11, summed per file, as a browser transfers it.
 */
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import type { Card } from '../server/contract/account.ts';
import { browserArgs, findBrowser } from './browser.ts';
import { buildIfStale, builtAssets, type Asset } from './build.ts';

interface Size {
  raw: number;
  gzip: number;
  brotli: number;
}

interface Budget {
  what: string;
  limit: number;
  actual: number;
}

const folder = new URL('../dist/cdn/', import.meta.url);
const entry = 'customer-center.js';

await buildIfStale();
const assets = builtAssets();
const sizes = new Map(assets.map(({ file }) => [file, sizeOf(file)]));

/** Everybody needs English, somewhere; another language comes instead of it. */
const isLocale = ({ modules }: Asset) => modules.every((module) => /^widget\/locale\/(?!en\b)[a-z]{2}\b/.test(module));
const isDrawingPad = ({ modules }: Asset) => modules.some((module) => module.includes('drawing'));
const customer = reachable(entry);
const office = reachable('customer-center-office.js');
const counted = customer.filter((asset) => !isLocale(asset) && !isDrawingPad(asset));

/** What it takes until somebody who opened the link of an estimate reads it. */
const estimateLink = needed('widget/elements/customer-center.ts', 'widget/data/session.ts', 'widget/customer-center/bar.ts', 'widget/customer-center/views/estimate.ts');

/** Where Stripe is used; what it shares with the views of invoices and receipts comes with those. */
const payView = customer.filter(({ modules }) => modules.some((module) => module.endsWith('/pay-view.ts') || module.startsWith('@stripe/')));

const first = await firstRender();
const sums = {
  customer: sum(counted),
  'locales and drawing pad': sum(customer.filter((asset) => !counted.includes(asset))),
  office: sum(office),
};
const budgets: Budget[] = [
  { what: 'bytes of the office in what customers load', limit: 0, actual: sum(customer.filter(({ modules }) => modules.some((module) => module.startsWith('widget/office/')))).gzip },
  { what: 'requests for script until the first view', limit: 1, actual: first.scripts.length },
  { what: 'other requests until the first view', limit: 1, actual: first.others.length },
  { what: 'first view, script, gzip', limit: 20_000, actual: sum(first.scripts).gzip },
  { what: 'an estimate from its link, gzip', limit: 41_000, actual: sum(estimateLink).gzip },
  { what: 'the customer’s two elements, gzip', limit: 92_000, actual: sums.customer.gzip },
  { what: 'the pay view with its loader of Stripe.js, gzip', limit: 6_000, actual: sum(payView).gzip },
  ...customer.filter(({ immutable }) => immutable).map(lazy(10_000)),
  ...office.map(lazy(30_000)),
];
const isOver = ({ limit, actual }: Budget) => actual > limit;

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ first, files: Object.fromEntries(sizes), sums, budgets }, null, 2));
} else {
  table([...[...sizes].map(([name, size]) => row(name, size)), ...Object.entries(sums).map(([name, size]) => row(`sum: ${name}`, size))], ['file', 'raw', 'gzip', 'brotli']);
  console.log();
  table(
    budgets.map((budget) => [budget.what, kb(budget.actual), `of ${kb(budget.limit)}`, isOver(budget) ? 'OVER' : '']),
    ['budget'],
  );
}
process.exitCode = budgets.some(isOver) ? 1 : 0;

function sizeOf(file: string): Size {
  const code = readFileSync(new URL(file, folder));
  return { raw: code.length, gzip: gzipSync(code, { level: 9 }).length, brotli: brotliCompressSync(code).length };
}

function sum(files: readonly Asset[] | readonly string[]): Size {
  const total = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
    const size = sizes.get(typeof file === 'string' ? file : file.file)!;
    total.raw += size.raw;
    total.gzip += size.gzip;
    total.brotli += size.brotli;
  }
  return total;
}

/** The files with these modules, and what they need at once. */
function needed(...modules: string[]): Asset[] {
  const found = new Set<Asset>();
  const visit = (asset: Asset | undefined) => {
    if (!asset || found.has(asset)) return;
    found.add(asset);
    for (const file of asset.imports) visit(assets.find((each) => each.file === file));
  };
  for (const module of modules) visit(customer.find((asset) => asset.modules.includes(module)));
  return [...found];
}

/** A file and all that it may load. */
function reachable(start: string): Asset[] {
  const found = new Set<Asset>();
  const visit = (file: string) => {
    const asset = assets.find((each) => each.file === file);
    if (!asset || found.has(asset)) return;
    found.add(asset);
    asset.loads.forEach(visit);
  };
  visit(start);
  return [...found];
}

function lazy(limit: number) {
  return ({ file, gzip }: Asset): Budget => ({ what: `${file}, gzip`, limit, actual: gzip });
}

/** What a contractor's page requests in Chromium until a customer can sign in: the page on one origin, the center on another. */
async function firstRender(): Promise<{ scripts: string[]; others: string[]; milliseconds: number }> {
  const server = createServer((request, response) => answer(request.url ?? '/', response)).listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({ executablePath: findBrowser(), args: [...browserArgs] });
  try {
    const page = await browser.newPage();
    const scripts: string[] = [];
    const others: string[] = [];
    page.on('request', (request) => {
      const { port: to, hostname, pathname } = new URL(request.url());
      if (Number(to) !== port || hostname === 'localhost') return;
      if (request.resourceType() === 'script') scripts.push(pathname.slice(1));
      else others.push(`${request.method()} ${pathname}`);
    });
    const started = performance.now();
    await page.goto(`http://localhost:${port}/`);
    await page.locator('customer-center input').first().waitFor({ timeout: 10_000 });
    return { scripts, others, milliseconds: Math.round(performance.now() - started) };
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

/** The contractor's page at `/`, the account's card, and the built files. */
function answer(url: string, response: ServerResponse): void {
  const { pathname } = new URL(url, 'http://localhost');
  const file = new URL(`.${pathname}`, folder);
  const { port } = response.socket!.address() as AddressInfo;
  const center = `http://127.0.0.1:${port}`;
  response.setHeader('Access-Control-Allow-Origin', '*');
  if (pathname === '/') {
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(`<!doctype html><title>Acme Plumbing</title>
<link rel="icon" href="data:,">
<script type="module" src="${center}/${entry}"></script>
<customer-center account="acme"><a href="${center}/c/acme">Open the customer center</a></customer-center>`);
  } else if (pathname === '/v1/accounts/acme') {
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(card(center)));
  } else if (existsSync(fileURLToPath(file))) {
    response.setHeader('Content-Type', 'text/javascript').end(readFileSync(file));
  } else {
    response.writeHead(404).end();
  }
}

function card(center: string): Card {
  return {
    id: 'acct_01JZZZZZZZZZZZZZZZZZZZZZZZ',
    slug: 'acme',
    name: 'Acme Plumbing',
    logoUrl: null,
    accent: '#0b62c4',
    phone: '+14155550123',
    email: 'office@acme.example',
    country: 'US',
    timeZone: 'America/New_York',
    locale: 'en',
    currency: 'USD',
    marketing: true,
    bookingPublished: true,
    sms: false,
    hostedUrl: `${center}/c/acme`,
    originAllowed: true,
  };
}

function row(name: string, { raw, gzip, brotli }: Size): string[] {
  return [name, kb(raw), kb(gzip), kb(brotli)];
}

function table(rows: string[][], [title = '', ...rest]: string[]): void {
  const wide = Math.max(...rows.map(([name = '']) => name.length));
  console.log([title.padEnd(wide), ...rest.map((text) => text.padStart(10))].join(' '));
  for (const [name = '', ...cells] of rows) console.log([name.padEnd(wide), ...cells.map((text) => text.padStart(10))].join(' '));
}

function kb(bytes: number): string {
  return bytes < 100 ? String(bytes) : `${(bytes / 1000).toFixed(1)} KB`;
}
