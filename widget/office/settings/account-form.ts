import type { LitElement, ReactiveController } from 'lit';
import type { Router } from '../../customer-center/router.ts';
import { ApiError } from '../../data/errors.ts';
import { changeAccount, readAccount, type Account, type AccountChange } from '../../data/office-settings.ts';
import type { OfficeClient } from '../../data/office.ts';
import { AccountEvent } from '../events.ts';
import { Form } from '../form/form.ts';

type Values = Record<string, unknown>;
type Host = LitElement & { router: Router; office: OfficeClient; account: Account };

interface Options<V extends Values> {
  name: string;
  /** The fields as people read and type them. */
  read: (account: Account) => V;
  /** What was changed, as the wire wants it. */
  write: (changed: Partial<V>, values: V) => AccountChange;
  check?: (values: V) => Partial<Record<keyof V & string, string>>;
  /** What is wrong with a field that the server refuses, where there is more to say than that it was not accepted. */
  refused?: (field: string) => string | undefined;
  /** The field that a `conflict` is about. */
  conflict?: keyof V & string;
}

/** A form about some of the account's settings: follows them while nothing is typed, sends what was changed, and tells everybody. */
export class AccountForm<V extends Values> implements ReactiveController {
  readonly form: Form<V>;
  readonly #host: Host;
  readonly #options: Options<V>;
  #known: Account | undefined;
  #answer: Account | undefined;

  constructor(host: Host, options: Options<V>) {
    this.#host = host;
    this.#options = options;
    this.form = new Form<V>(host, {
      name: () => `settings ${options.name}`,
      ...(options.check && { check: options.check }),
      save: async ({ changed, values, version }) => {
        try {
          this.#answer = await changeAccount(host.office, options.write(changed, values), this.#seen(version));
        } catch (error) {
          throw this.#atField(error);
        }
      },
      reread: async () => {
        const account = await readAccount(host.office);
        return { values: options.read(account), version: account.updatedAt };
      },
    });
    host.addController(this);
  }

  hostUpdate(): void {
    const { account } = this.#host;
    if (!account || account === this.#known) return;
    const values = this.#options.read(account);
    if (this.#known) this.form.refresh(values, account.updatedAt);
    else this.form.start(values, account.updatedAt);
    this.#known = account;
  }

  /** Saves. False when something is in the way, which then shows. */
  async save(): Promise<boolean> {
    if (!this.form.dirty && !this.form.busy) return true;
    if (await this.form.save()) {
      this.#host.dispatchEvent(new AccountEvent(this.#answer!));
      return true;
    }
    const { errors } = this.form;
    for (const field of Object.keys(errors)) errors[field] ||= this.#options.refused?.(field) ?? '';
    this.#host.requestUpdate();
    return false;
  }

  /** Other settings may have changed since; these fields are still what the person saw, and only they are sent. */
  #seen(version: string | undefined): string | undefined {
    const { account } = this.#host;
    return JSON.stringify(this.#options.read(account)) === JSON.stringify(this.form.base) ? account.updatedAt : version;
  }

  #atField(error: unknown): unknown {
    const { conflict } = this.#options;
    if (!(error instanceof ApiError) || error.code !== 'conflict' || !conflict) return error;
    return new ApiError('invalid_request', error.status, [{ path: `/${conflict}`, message: '' }]);
  }
}
