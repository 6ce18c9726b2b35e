/** What the tabs and elements of one origin tell each other about one account. Lives in memory only, like what it carries. */
export type Message =
  /** Another tab has renewed the session: everybody may use this access token, with the key they all share. */
  | { type: 'access'; token: string; until: number }
  /** Storage says something new: somebody signed in, or gave up waiting. */
  | { type: 'changed' }
  /** Somebody signed out. */
  | { type: 'ended' }
  /** A link was opened here: who asked for it, and keeps the verifier in memory? */
  | { type: 'whoAsked' }
  | { type: 'asked'; verifier: string };

export class Channel {
  #channel: BroadcastChannel;

  constructor(scope: string, hear: (message: Message) => void) {
    this.#channel = new BroadcastChannel(scope);
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Message>) => hear(data));
  }

  post(message: Message): void {
    this.#channel.postMessage(message);
  }

  /** The next message of a type, or undefined when none comes in time. */
  next<T extends Message['type']>(type: T, ms: number): Promise<Extract<Message, { type: T }> | undefined> {
    return new Promise((resolve) => {
      const done = (message?: Extract<Message, { type: T }>) => {
        this.#channel.removeEventListener('message', hear);
        clearTimeout(timer);
        resolve(message);
      };
      const hear = ({ data }: MessageEvent<Message>) => {
        if (data.type === type) done(data as Extract<Message, { type: T }>);
      };
      const timer = setTimeout(done, ms);
      this.#channel.addEventListener('message', hear);
    });
  }
}
