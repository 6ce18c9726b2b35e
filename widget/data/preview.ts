/** The center as one contact sees it, for the office: everything can be read, nothing is told and nothing can be done. */
import type { SessionView } from '../../server/contract/access.ts';
import type { Card } from '../../server/contract/account.ts';
import { ApiError, Client, type Sending } from './client.ts';
import type { OfficeClient } from './office.ts';
import type { Session } from './session.ts';

/** Stands in for a contact's own client. Each request is the member of staff's, who looks through the contact's eyes. */
export class PreviewClient extends Client {
  #begun: Promise<void> | undefined;

  constructor(
    private office: OfficeClient,
    private contact: string,
    /** Called when the person tries to do what only the contact can do. */
    private refused: () => void,
    /** Where in the center the view begins; empty for its beginning. */
    private at: string,
  ) {
    super(office.api, `${office.slug} as ${contact}`);
  }

  /** Nobody signs in: the view begins with who the contact is. */
  override start(): Promise<void> {
    return (this.#begun ??= this.#begin());
  }

  override retry(): Promise<void> {
    this.become({ phase: 'starting' });
    return (this.#begun = this.#begin());
  }

  /** Nobody signs in or out here. */
  override session(): Promise<Session> {
    this.refused();
    return Promise.reject(new ApiError('canceled'));
  }

  /** The account's public card is the same for everybody. */
  override card(): Promise<Card> {
    return this.office.card();
  }

  override get keptCard(): Card | undefined {
    return this.office.keptCard;
  }

  async #begin(): Promise<void> {
    try {
      const session = await this.send<SessionView>('GET', '/session');
      this.become({ phase: 'signedIn', session, ...(this.at && { arrival: { destination: this.at } }) });
    } catch (error) {
      this.become({ phase: 'failed', problem: error instanceof ApiError ? error.code : 'internal' });
    }
  }

  override takeHandoff(): void {
    // The address is the office's own.
  }

  override async send<T>(method: string, path: string, options: Sending = {}): Promise<T> {
    if (method === 'GET') return this.office.readAs<T>(this.contact, path, options);
    // A view that opens says so; what the office looks at stays unseen.
    if (path.endsWith('/opened')) return undefined as T;
    this.refused();
    throw new ApiError('canceled');
  }
}
