import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { ApiError } from '../../data/errors.ts';
import { changeRecord, makeRecord, readRecord, removeRecord } from '../../data/office-customers.ts';
import { DialogCloseEvent, type CcDialog } from '../../parts/dialog.ts';
import { formState, saveButton } from '../form/form-parts.ts';
import { Form } from '../form/form.ts';
import { screenStyles } from '../form/styles.ts';
import { Screen } from '../screen.ts';
import { ChangedEvent } from './changed-event.ts';
import { refusal } from './words.ts';

type Values = Record<string, unknown>;

/**
 * A record of a customer in a dialog: made, changed, or deleted after a question. What is typed stays over a reload and a lost
 * connection, and two who change the same thing see both sides.
 */
export abstract class RecordForm<Record_ extends { id: string; updatedAt: string }, V extends Values> extends Screen {
  static override styles = [
    ...screenStyles,
    css`
      .actions .last {
        margin-inline-start: auto;
      }
      legend {
        padding: 0;
      }
      .button.danger {
        color: var(--cc-bad);
      }
    `,
  ];

  @query('cc-dialog') private dialog!: CcDialog;

  @state() private asking = false;
  @state() private removing = false;
  @state() private refused = '';

  /** Which kind of record. */
  protected abstract readonly kind: 'customers' | 'contacts' | 'addresses';
  /** The record as the screen read it; undefined for a new one. */
  protected abstract readonly record: Record_ | undefined;
  protected abstract valuesOf(record: Record_): V;
  protected abstract empty(): V;
  protected abstract check(values: V): Partial<Record<keyof V & string, string>>;
  /** All fields as the wire has them, by the names of the values. */
  protected abstract wire(values: V): { [Field in keyof V]: unknown };
  protected abstract heading(): string;
  protected abstract fieldset(): TemplateResult;
  protected abstract label(field: keyof V & string): string;
  /** The question before it is deleted. */
  protected abstract question(): string;

  protected readonly form = new Form<V>(this, {
    name: () => `${this.kind} ${this.record?.id ?? `new ${this.thing}`}`,
    check: (values) => this.check(values),
    save: async ({ values, changed, version, key }) => {
      const all = this.wire(values);
      if (!this.record) await makeRecord<'contacts'>(this.office, this.kind as 'contacts', { ...named(all), customerId: this.thing }, key);
      else await changeRecord(this.office, this.kind, this.record.id, named(Object.fromEntries(Object.entries(all).filter(([field]) => field in changed))), version);
    },
    reread: async () => {
      const fresh = (await readRecord(this.office, this.kind, this.record!.id)) as unknown as Record_;
      return { values: this.valuesOf(fresh), version: fresh.updatedAt };
    },
  });

  /** Whether it was deleted here. */
  isGone = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.form.values || !this.router || !this.account) return;
    if (this.record) this.form.start(this.valuesOf(this.record), this.record.updatedAt);
    else this.form.start(this.empty());
  }

  protected override render(): TemplateResult {
    const { localizer: t } = this;
    return html`<cc-dialog .heading=${this.asking ? t.t('office.delete') : this.heading()} close-label=${t.t('office.close')} @cc-dialog-close=${() => this.dispatchEvent(new DialogCloseEvent())}>
      ${this.asking ? this.#question() : this.#fields()}
    </cc-dialog>`;
  }

  #fields(): TemplateResult {
    const { localizer: t, form } = this;
    const words = { label: (field: keyof V & string) => this.label(field), show: (_: keyof V & string, value: unknown) => this.show(value) };
    return html`<form class="cc" novalidate @submit=${this.#save}>
      ${this.fieldset()} ${formState(t, form, words)}
      <div class="actions">
        ${saveButton(t, form)} <button type="button" class="button" @click=${this.#cancel}>${t.t('office.cancel')}</button>
        ${this.record ? html`<button type="button" class="button quiet danger last" @click=${this.#ask}>${t.t('office.delete')}</button>` : nothing}
      </div>
    </form>`;
  }

  #question(): TemplateResult {
    const { localizer: t } = this;
    return html`<div class="cc form">
      <p>${this.question()}</p>
      ${this.refused ? html`<p class="banner bad" role="alert">${this.refused}</p>` : nothing}
      <div class="actions">
        <button type="button" class="button" id="keep" @click=${() => (this.asking = false)}>${t.t('customer.keep')}</button>
        <button type="button" class="button danger" aria-disabled=${this.removing ? 'true' : 'false'} @click=${this.#remove}>${t.t('office.delete')}</button>
      </div>
    </div>`;
  }

  /** A field's value as people read it. */
  protected show(value: unknown): string {
    if (typeof value === 'boolean') return this.localizer.t(value ? 'customer.yes' : 'customer.no');
    return String(value ?? '') || '–';
  }

  #save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(await this.form.save())) return;
    this.say(this.localizer.t('office.saved'));
    this.dispatchEvent(new ChangedEvent());
    this.dialog.close();
  };

  #cancel = (): void => {
    this.form.discard();
    this.dialog.close();
  };

  #ask = (): void => {
    this.asking = true;
    this.refused = '';
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('#keep')?.focus());
  };

  #remove = async (): Promise<void> => {
    if (this.removing) return;
    this.removing = true;
    this.refused = '';
    try {
      await removeRecord(this.office, this.kind, this.record!.id);
      this.form.discard();
      this.isGone = true;
      this.say(this.localizer.t('office.deleted'));
      this.dialog.close();
      this.removed();
    } catch (error) {
      this.refused = refusal(this.localizer, error instanceof ApiError ? error : new ApiError('internal'));
    } finally {
      this.removing = false;
    }
  };

  /** It is deleted. */
  protected removed(): void {
    this.dispatchEvent(new ChangedEvent());
  }
}

/** A parent is named by its id. */
const named = ({ parent, ...fields }: Record<string, unknown>): Record<string, unknown> => (parent === undefined ? fields : { ...fields, parentId: parent });
