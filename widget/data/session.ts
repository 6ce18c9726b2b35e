import type { Exchanged, SessionView, SignInRequest, Tokens } from '../../server/contract/access.ts';
import { doorName, draftPrefix } from '../names.ts';
import { endSession, enterCode, exchangeHandoff, readSession, requestCenter, requestSignIn } from './access.ts';
import { readAddress } from './address.ts';
import { keepCard } from './card.ts';
import { Channel, type Message } from './channel.ts';
import { ApiError, type Client } from './client.ts';
import { namesOf, scopeOf } from './database.ts';
import { Grant, keyHolder, type Kept } from './grant.ts';
import { newVerifier } from './proof.ts';
import type { Pending, SessionState } from './state.ts';
import { Store } from './store.ts';
import { tabName } from './tab.ts';

interface Asked {
  address: string;
  language: string;
  /** Whether to stay signed in. */
  lasting: boolean;
  destination?: string | undefined;
}

/**
 * How long a code is waited for, in this browser's own clock, which may be wrong: that is why the server's `expiresAt` is not
 * compared with it. The server decides; this only has to match its 15 minutes closely enough to stop asking for a dead code.
 */
const waitMs = 15 * 60_000;
/** No session outlives this much silence; what a closed tab has left behind is swept away then. */
const idleMs = 7 * 24 * 3600_000;

/** One account's session in this browser: how it begins, lasts and ends. The elements see it as `client.state`. */
export class Session {
  #store: Store;
  #channel: Channel;
  #tab: string | undefined;
  /** The signed-in person's own center, shared by all tabs. */
  #center: Grant | undefined;
  #centerView: SessionView | undefined;
  /** One document, in this tab alone; it stands in front of the center. */
  #document: Grant | undefined;
  #documentView: SessionView | undefined;
  #candidate: { grant: Grant; view: SessionView } | undefined;
  #pending: Pending | undefined;
  /** The access token that another tab told last. */
  #heard: Parameters<Grant['hear']>[0] | undefined;
  #arrival: SessionState['arrival'];
  #problem: string | undefined;

  constructor(private client: Client) {
    this.#store = new Store(client);
    this.#channel = new Channel(scopeOf(client), (message) => void this.#hear(message));
  }

  /** Also tries again what failed: the client keeps a handoff until there was an answer. */
  async start(): Promise<void> {
    await this.#guard(async () => {
      await this.#restore();
      if (this.client.handoff) await this.#exchange(this.client.handoff);
      await this.#settle();
    });
  }

  /**
   * Sends a message with a link and a code to an address, as it was typed. Asking again for the same one keeps its verifier,
   * so that every link works. Rejects with `invalid_request` for what is no address.
   */
  async signIn({ address: typed, language, lasting, destination }: Asked): Promise<void> {
    const address = readAddress(typed, await this.client.card());
    if (!address) throw new ApiError('invalid_request');
    const secret = await secretOf(this.#pending?.address === address ? this.#pending : undefined);
    const request = await requestSignIn(this.client, { address, language, destination, challenge: secret.challenge });
    await this.#wait(request, { ...secret, address, lasting, ...(destination && { destination }) });
  }

  /** From one document to the whole center: the code goes to the address that the document's notice went to. */
  async openCenter(language: string, destination?: string): Promise<void> {
    const document = this.#documentView?.document?.id;
    if (!this.#document || !document) return;
    const secret = await secretOf(this.#pending?.document === document ? this.#pending : undefined);
    const request = await requestCenter(this.client, this.#document, document, { language, destination, challenge: secret.challenge });
    await this.#wait(request, { ...secret, document, lasting: true, ...(destination && { destination }) });
  }

  /** The same message again. */
  async sendAgain(language: string): Promise<void> {
    const { address, lasting = true, destination, document } = this.#pending ?? {};
    if (document) await this.openCenter(language, destination);
    else if (address) await this.signIn({ address, language, lasting, destination });
  }

  async enterCode(code: string, lasting: boolean): Promise<void> {
    const pending = this.#pending;
    if (!pending) return;
    this.#store.lasting = lasting;
    const tokens = await navigator.locks.request(`${this.#store.scope} exchange`, () =>
      enterCode(this.client, keyHolder(this.#store), pending.id, { code, verifier: pending.verifier, staySignedIn: lasting }),
    );
    await this.#receive(tokens, pending.destination);
    await this.#settle();
  }

  /** Back from waiting: to another address, or to what was here before. */
  async stopWaiting(): Promise<void> {
    await this.#forgetPending();
    await this.#settle();
  }

  /** The answer to `confirm`. */
  async decide(replace: boolean): Promise<void> {
    const candidate = this.#candidate;
    if (!candidate) return;
    this.#candidate = undefined;
    if (replace) {
      this.#forgetDrafts();
      await this.#adopt(candidate.grant, candidate.view);
    } else {
      this.#arrival = undefined;
      endSession(this.client, candidate.grant).catch(() => undefined);
    }
    await this.#settle();
  }

  /** Ends what is in front: the document's session, else the center's. Empties storage first, so it works offline too. */
  async signOut(): Promise<void> {
    if (this.#document) return this.#closeDocument();
    const parting = await this.#center?.parting().catch(() => undefined);
    await this.#forgetEverything();
    if (parting) endSession(this.client, parting).catch(() => undefined);
  }

  /** Ends every session of this person. Unlike `signOut` it needs the server, so it rejects when that cannot be reached. */
  async signOutEverywhere(): Promise<void> {
    if (this.#center) await endSession(this.client, this.#center, true);
    await this.#forgetEverything();
  }

  async #closeDocument(): Promise<void> {
    const grant = this.#document!;
    this.#document = this.#documentView = undefined;
    await this.#store.delete(`tab:${this.#tab}`);
    await this.#settle();
    endSession(this.client, grant).catch(() => undefined);
  }

  /** What storage says about who is here. */
  async #restore(): Promise<void> {
    const names = await namesOf(this.client);
    const kept = await this.#store.get<Kept>('session');
    if (kept) this.#center ??= this.#grant('session', kept);
    const pending = await this.#store.get<Pending>('pending');
    this.#pending = pending && pending.until > Date.now() ? pending : undefined;

    const tabs = names.filter((name) => name.startsWith('tab:'));
    if (tabs.length === 0) return;
    this.#tab = await tabName();
    for (const name of tabs) {
      const document = await this.#store.get<Kept>(name);
      if (!document || document.at + idleMs < Date.now()) await this.#store.delete(name);
      else if (name === `tab:${this.#tab}`) this.#document ??= this.#grant(name, document);
    }
  }

  async #exchange(handoff: string): Promise<void> {
    const pending = this.#pending ?? (await this.#askOthers());
    const lasting = pending?.lasting ?? true;
    this.#store.lasting = lasting;
    let answer: Exchanged;
    try {
      answer = await navigator.locks.request(`${this.#store.scope} exchange`, () =>
        exchangeHandoff(this.client, keyHolder(this.#store), { handoff, verifier: pending?.verifier, staySignedIn: lasting }),
      );
    } catch (error) {
      // Used, perhaps a moment ago, or too old: whoever was here still is, and learns why the link did nothing.
      if (!(error instanceof ApiError) || (error.status !== 400 && error.code !== 'code_expired')) throw error;
      this.client.handoff = undefined;
      this.#arrival = { destination: null };
      this.#problem = 'link_used';
      return;
    }
    this.client.handoff = undefined;
    this.#arrival = { destination: null };
    if ('codeNeeded' in answer) {
      const { requestId: id, masked, channel } = answer;
      await this.#keepPending({ id, masked, channel, lasting, until: Date.now() + waitMs, againAt: 0 });
    } else await this.#receive(answer);
  }

  /** A tab that keeps its sign-in in memory (“other people use this device”) may be the one whose link was opened here. */
  async #askOthers(): Promise<Pick<Pending, 'verifier' | 'lasting'> | undefined> {
    const answer = this.#channel.next('asked', 120);
    this.#channel.post({ type: 'whoAsked' });
    const { verifier } = (await answer) ?? {};
    return verifier ? { verifier, lasting: false } : undefined;
  }

  async #receive(tokens: Tokens, destination?: string): Promise<void> {
    const grant = Grant.of(tokens, this.client, this.#store, this.#channel, this.#ended);
    const view = await readSession(this.client, grant);
    this.#arrival = { destination: tokens.destination ?? destination ?? null };
    if (tokens.kind === 'document') {
      this.#tab = await tabName();
      this.#document = grant;
      this.#documentView = view;
      return grant.adopt(`tab:${this.#tab}`);
    }
    await this.#forgetPending();
    const current = this.#center && (await this.#viewOf(this.#center));
    if (current && !samePerson(current, view)) this.#candidate = { grant, view };
    else await this.#adopt(grant, view);
  }

  async #adopt(grant: Grant, view: SessionView): Promise<void> {
    const replaced = await this.#center?.parting().catch(() => undefined);
    // The document has served its purpose once the person is in the center that holds it.
    if (this.#document) await this.#store.delete(`tab:${this.#tab}`);
    this.#document = this.#documentView = undefined;
    this.#center = grant;
    this.#centerView = view;
    await grant.adopt('session');
    if (replaced) endSession(this.client, replaced).catch(() => undefined);
    this.#channel.post({ type: 'changed' });
  }

  /** Makes known what holds now. */
  async #settle(): Promise<void> {
    if (this.#document) this.#documentView ??= await this.#viewOf(this.#document);
    if (this.#center && !this.#document) this.#centerView ??= await this.#viewOf(this.#center);
    const session = this.#documentView ?? this.#centerView;
    const grant = this.#document ?? this.#center;
    const pending = this.#pending;
    const phase = this.#candidate ? 'confirm' : pending && awaited(pending, session) ? 'code' : session ? 'signedIn' : 'signedOut';
    const state: SessionState = {
      phase,
      behind: Boolean(this.#document && this.#center),
      ...(session && { session }),
      ...(pending && { pending }),
      ...(this.#candidate && { candidate: this.#candidate.view }),
      ...(this.#arrival && { arrival: this.#arrival }),
      ...(this.#problem && { problem: this.#problem }),
    };
    this.#problem = undefined;
    this.client.become(state, grant);
  }

  /** Who a grant is, or undefined when it turns out to have ended. */
  async #viewOf(grant: Grant): Promise<SessionView | undefined> {
    try {
      return await readSession(this.client, grant);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return undefined;
      throw error;
    }
  }

  #grant(name: string, kept: Kept): Grant {
    return new Grant(this.client, this.#store, this.#channel, name, kept, this.#ended);
  }

  /** The server has ended a session: by revocation, sign-out elsewhere, or time. */
  #ended = async (grant: Grant): Promise<void> => {
    if (grant !== this.#document && grant !== this.#center) return;
    this.#problem = 'session_ended';
    if (grant === this.#document) {
      this.#document = this.#documentView = undefined;
      await this.#store.delete(`tab:${this.#tab}`);
    } else {
      this.#center = this.#centerView = undefined;
      await this.#store.delete('session');
    }
    if (this.client.state.phase !== 'starting') await this.#guard(() => this.#settle());
  };

  async #wait({ id, masked, channel, retryAfter }: SignInRequest, secret: Partial<Pending> & { lasting: boolean }): Promise<void> {
    const now = Date.now();
    await this.#keepPending({ id, masked, channel, until: now + waitMs, againAt: now + retryAfter * 1000, ...secret });
    await this.#settle();
  }

  async #keepPending(pending: Pending): Promise<void> {
    this.#pending = pending;
    this.#store.lasting = pending.lasting;
    await this.#store.put('pending', pending);
  }

  async #forgetPending(): Promise<void> {
    this.#pending = undefined;
    await this.#store.delete('pending');
  }

  async #forgetEverything(): Promise<void> {
    this.#dropGrants();
    this.#candidate = this.#pending = this.#arrival = undefined;
    this.#forgetDrafts();
    // On our own origin the door kept the link for this tab; whoever uses it next must not walk in.
    sessionStorage.removeItem(doorName(this.client.account));
    keepCard(this.client, undefined);
    await this.#store.clear();
    this.#store.lasting = true;
    this.#channel.post({ type: 'ended' });
    this.client.become({ phase: 'signedOut' });
  }

  /** Unsent text, and where in the center the person was. */
  #forgetDrafts(): void {
    const prefix = draftPrefix(this.#store.scope);
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(prefix)) sessionStorage.removeItem(name);
  }

  #dropGrants(): void {
    this.#center = this.#centerView = this.#document = this.#documentView = undefined;
  }

  async #hear(message: Message): Promise<void> {
    const { lasting } = this.#store;
    if (message.type === 'whoAsked' && !lasting && this.#pending?.verifier) {
      this.#channel.post({ type: 'asked', verifier: this.#pending.verifier });
    }
    // A session in memory has a key of its own: what the other tabs do is no business of it.
    if (!lasting) return;
    if (message.type === 'access') {
      this.#heard = message;
      this.#center?.hear(message);
    }
    if ((message.type !== 'changed' && message.type !== 'ended') || this.client.state.phase === 'starting') return;
    if (message.type === 'ended') {
      this.#dropGrants();
      this.#store.forget();
      this.#heard = undefined;
    } else this.#center = this.#centerView = undefined;
    await this.#guard(async () => {
      await this.#restore();
      if (this.#heard) this.#center?.hear(this.#heard);
      await this.#settle();
    });
  }

  async #guard(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      const problem = error instanceof ApiError ? error.code : 'storage';
      this.client.become({ phase: 'failed', problem });
    }
  }
}

/** The verifier of a sign-in that goes on, or a new one. */
async function secretOf(before: Pending | undefined): Promise<{ verifier: string; challenge: string }> {
  const { verifier, challenge } = before ?? {};
  return verifier && challenge ? { verifier, challenge } : newVerifier();
}

/** Asked for here with nobody signed in; or because a link was opened, or all jobs were asked for, by somebody who is. */
const awaited = (pending: Pending, session: SessionView | undefined) => !session || !pending.verifier || pending.document !== undefined;

const samePerson = (a: SessionView, b: SessionView) =>
  a.name === b.name && idsOf(a) === idsOf(b);
const idsOf = ({ customers }: SessionView) => customers.map(({ id }) => id).sort().join();
