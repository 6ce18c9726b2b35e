import { expect } from '@open-wc/testing';
import { PageRouter, type Move, type Routing } from './router.ts';

describe('the router', () => {
  const home = location.pathname + location.search;
  let scope = '';
  let count = 0;
  let moves: Move[] = [];
  let routers: PageRouter[] = [];
  const open = (routing: Routing = 'history') => {
    const router = new PageRouter(scope, routing, (how) => moves.push(how));
    router.connect();
    routers.push(router);
    return router;
  };
  /** As a page that was shown again would. */
  const reopen = (routing?: Routing) => {
    for (const router of routers) router.disconnect();
    return open(routing);
  };
  const popped = () => new Promise((resolve) => addEventListener('popstate', () => setTimeout(resolve), { once: true }));
  const back = async () => {
    const done = popped();
    history.back();
    await done;
  };

  beforeEach(() => {
    scope = `scope-${(count += 1)}`;
    moves = [];
    routers = [];
    history.pushState(null, '', home);
  });
  afterEach(() => {
    for (const router of routers) router.disconnect();
    history.pushState(null, '', home);
  });

  it('leaves the address alone, and Back moves within the center', async () => {
    const router = open();
    router.go('/jobs/a');
    router.go('/jobs/b');
    expect(location.pathname + location.search + location.hash).to.equal(home);
    await back();
    expect(router.path).to.equal('/jobs/a');
    await back();
    expect(router.path).to.equal('/');
    expect(moves).to.deep.equal(['go', 'go', 'pop', 'pop']);
  });

  it('keeps what the page has in its entries', async () => {
    history.replaceState({ idx: 3, key: 'x' }, '');
    const router = open();
    router.go('/jobs/a');
    expect(history.state).to.include({ idx: 3, key: 'x' });
    await back();
    expect(history.state).to.include({ idx: 3, key: 'x' });
  });

  it('leaves the history alone where the page keeps something else there', () => {
    history.replaceState('text', '');
    const router = open();
    const { length } = history;
    router.go('/jobs/a');
    expect(history.state).to.equal('text');
    expect(history.length).to.equal(length);
    router.back();
    expect(router.path).to.equal('/');
  });

  it('stays where it is when the page jumps within itself', async () => {
    const router = open();
    router.go('/jobs/a');
    const jumped = popped();
    location.hash = '#contact';
    await jumped;
    expect(router.path).to.equal('/jobs/a');
    await back();
    expect(router.path).to.equal('/jobs/a');
  });

  it('is where it was after the element came back', () => {
    open().go('/jobs/a?tab=notes');
    expect(reopen().path).to.equal('/jobs/a?tab=notes');
  });

  it('begins anew on another visit of the page', () => {
    open().go('/jobs/a');
    history.pushState(null, '', home);
    expect(reopen().path).to.equal('/');
  });

  it('replaces a view without a step of its own for Back', async () => {
    const router = open();
    router.go('/jobs/a');
    router.go('/jobs/a?tab=notes', { replace: true });
    await back();
    expect(router.path).to.equal('/');
  });

  it('goes back to the view before, or to a fallback where there was none', async () => {
    const router = open();
    router.go('/jobs/a');
    const done = popped();
    router.back();
    await done;
    expect(router.path).to.equal('/');
    router.go('/jobs/b', { replace: true });
    router.back('/');
    expect(router.path).to.equal('/');
  });

  it('keeps two elements of one page apart', async () => {
    const one = open();
    const two = open();
    one.go('/jobs/a');
    two.go('/jobs/b');
    await back();
    expect([one.path, two.path]).to.deep.equal(['/jobs/a', '/']);
  });

  it('goes nowhere else than into the center', () => {
    const router = open();
    for (const path of ['//evil.example', 'https://evil.example', 'javascript:alert(1)', '']) router.go(path);
    expect(router.path).to.equal('/');
  });

  it('gives views an address with routing="query", and leaves the rest of it to the letter', async () => {
    history.replaceState(null, '', `${location.pathname}?a=%20b&c#top`);
    const router = open('query');
    router.go('/jobs/a?tab=notes');
    expect(location.search).to.equal('?a=%20b&c&cc=/jobs/a%3Ftab%3Dnotes');
    expect(location.hash).to.equal('#top');
    expect(open('query').path).to.equal('/jobs/a?tab=notes');
    await back();
    expect(router.path).to.equal('/');
    expect(location.search).to.equal('?a=%20b&c');
  });

  it('touches nothing with routing="none"', () => {
    const { length, state } = history;
    const router = open('none');
    router.go('/jobs/a');
    router.go('/jobs/b');
    expect([history.length, history.state]).to.deep.equal([length, state]);
    router.back();
    expect(router.path).to.equal('/jobs/a');
    router.back();
    router.back('/jobs/c');
    expect(router.path).to.equal('/jobs/c');
  });

  it('keeps unsent text, and forgets it when told', () => {
    const router = open();
    router.saveDraft('note', 'half a sen');
    const again = reopen();
    expect(again.restoreDraft('note')).to.equal('half a sen');
    again.saveDraft('note', undefined);
    expect(again.restoreDraft('note')).to.equal(undefined);
  });
});
