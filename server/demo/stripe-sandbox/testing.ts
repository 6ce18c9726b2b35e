/** For tests in a browser: what it asks Stripe's hosts is answered by the sandbox, so that the real addresses and policies are at work. */
import type { BrowserContext, Route } from 'playwright-core';
import type { Sandbox } from './server.ts';

export const stripeHosts = ['https://js.stripe.com/**', 'https://api.stripe.com/**'] as const;

/** @returns the addresses that were asked, in their order. */
export async function answerStripe(context: BrowserContext, sandbox: Pick<Sandbox, 'url'>): Promise<string[]> {
  const asked: string[] = [];
  for (const host of stripeHosts)
    await context.route(host, async (route) => {
      asked.push(route.request().url());
      await forward(route, sandbox.url);
    });
  return asked;
}

async function forward(route: Route, base: string): Promise<void> {
  const request = route.request();
  const { pathname, search } = new URL(request.url());
  const body = request.postData();
  const response = await fetch(`${base}${pathname}${search}`, {
    method: request.method(), redirect: 'manual', ...(body === null ? {} : { body, headers: { 'content-type': request.headers()['content-type'] ?? 'application/x-www-form-urlencoded' } }),
  });
  // The page may have gone while we asked.
  await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body: Buffer.from(await response.arrayBuffer()) }).catch(() => undefined);
}
