/** One line of an estimate in the editor: what it says, what it costs, and what it is to the customer. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Formats } from '../../locale/formats.ts';
import { chevron, field } from '../form/fields.ts';
import { partOf } from './estimate-lines.ts';
import { totalOf, type EstimateValues, type LineValues, type Off, type Tongue } from './estimate-values.ts';

/** What the fields of all lines share. */
export interface LineContext {
  formats: Formats;
  tongue: Tongue;
  values: EstimateValues;
  errors: Record<string, string>;
  /** Lines that show all their fields, by id. */
  open: ReadonlySet<string>;
  set: (index: number, change: Partial<LineValues>) => void;
  part: (index: number, part: string) => void;
  preselect: (index: number, on: boolean) => void;
  toggle: (line: LineValues) => void;
  add: (after: number) => void;
  duplicate: (index: number) => void;
  move: (index: number, step: -1 | 1) => void;
  remove: (index: number) => void;
  /** What a line is, where the customer has nothing to choose: on an invoice. */
  fact?: (index: number) => TemplateResult | typeof nothing;
}

type Words = 'description' | 'details' | 'quantity' | 'unit' | 'unitPrice';

/** The first error of a field, whose own path may go deeper on the server. */
export const errorAt = (errors: Record<string, string>, path: string): string | undefined => {
  const found = Object.keys(errors).find((each) => each === path || each.startsWith(`${path}/`));
  return found === undefined ? undefined : errors[found];
};

export const described = (id: string, error: string | undefined) => (error === undefined ? nothing : `${id}-error`);

/** One text field of a line. */
function words(context: LineContext, index: number, name: Words, label: string, { inputmode, rows, required = true, max }: { inputmode?: 'decimal'; rows?: number; required?: boolean; max?: number } = {}): TemplateResult {
  const { values, errors, set, formats } = context;
  const line = values.lines[index]!;
  const id = `line-${line.id}-${name}`;
  const error = errorAt(errors, `lines/${index}/${name}`);
  const type = (event: Event) => set(index, { [name]: (event.target as HTMLInputElement).value });
  const invalid = error === undefined ? 'false' : 'true';
  const control = rows
    ? html`<textarea id=${id} class="field" rows=${rows} maxlength=${max ?? nothing} .value=${live(line[name])} aria-invalid=${invalid} aria-describedby=${described(id, error)} @input=${type}></textarea>`
    : html`<input
        id=${id}
        class="field ${inputmode ? 'amount' : ''}"
        type="text"
        autocomplete="off"
        inputmode=${inputmode ?? nothing}
        maxlength=${max ?? nothing}
        .value=${live(line[name])}
        aria-invalid=${invalid}
        aria-describedby=${described(id, error)}
        @input=${type}
      />`;
  return field(formats.localizer, id, label, error, control, { required });
}

/** Nothing, an amount or a percentage: a select, and beside it what is typed. */
export function offField(id: string, label: string, none: string, off: Off, error: string | undefined, { localizer: t }: Formats, set: (off: Off) => void): TemplateResult {
  const kinds = [['none', none], ['amount', t.t('est.asAmount')], ['percent', t.t('est.asPercent')]] as const;
  const control = html`<span class="pair">
    <span class="select"
      ><select id=${id} class="field" aria-describedby=${described(id, error)} @change=${(event: Event) => set({ ...off, kind: (event.target as HTMLSelectElement).value as Off['kind'] })}>
        ${kinds.map(([kind, word]) => html`<option value=${kind} ?selected=${kind === off.kind}>${word}</option>`)}</select
      >${chevron}</span
    >
    ${off.kind === 'none'
      ? nothing
      : html`<input
          id="${id}-value"
          class="field amount"
          type="text"
          autocomplete="off"
          inputmode="decimal"
          aria-label="${label}: ${t.t(off.kind === 'amount' ? 'est.asAmount' : 'est.asPercent')}"
          .value=${live(off.value)}
          aria-invalid=${error === undefined ? 'false' : 'true'}
          aria-describedby=${described(id, error)}
          @input=${(event: Event) => set({ ...off, value: (event.target as HTMLInputElement).value })}
        />`}
  </span>`;
  return field(t, id, label, error, control, { required: true });
}

export function lineEditor(line: LineValues, index: number, context: LineContext): TemplateResult {
  const { formats, tongue, values, errors, open } = context;
  const { localizer: t } = formats;
  const total = totalOf(line, tongue);
  const own = `lines/${index}`;
  const isWrong = (...names: string[]) => names.some((name) => errorAt(errors, `${own}/${name}`) !== undefined);
  const isOpen = open.has(line.id) || isWrong('details', 'discount', 'group', 'optional');
  const other = Object.keys(errors).find((path) => path === own || new RegExp(`^${own}/(?!description|details|quantity|unit|unitPrice|discount|group|optional)`).test(path));
  return html`<li class="line" id="line-${line.id}" data-index=${index} @keydown=${(event: KeyboardEvent) => press(event, index, context)}>
    <fieldset>
      <legend class="visually-hidden">${t.t('est.lineNumber', { n: index + 1 })} ${line.description}</legend>
      <div class="line-words">${words(context, index, 'description', t.t('est.description'), { max: 500 })}</div>
      <div class="line-numbers">
        ${words(context, index, 'quantity', t.t('est.quantity'), { inputmode: 'decimal' })} ${words(context, index, 'unit', t.t('est.unit'), { max: 20 })}
        ${words(context, index, 'unitPrice', t.t('est.unitPrice'), { inputmode: 'decimal' })}
        <p class="line-total"><span class="label">${t.t('est.amount')}</span><span class="amount strong">${total === undefined ? '–' : formats.money({ amount: total, currency: tongue.currency })}</span></p>
      </div>
      ${other === undefined ? nothing : html`<p class="error" role="alert">${errors[other] || t.t('form.notAccepted')}</p>`}
      <div class="line-foot">
        <button type="button" class="link small more" aria-expanded=${isOpen ? 'true' : 'false'} aria-label="${t.t('est.more')}: ${nameOf(line, index, context)}" @click=${() => context.toggle(line)}>${t.t('est.more')}</button>
        <span class="grow small muted">${isOpen ? nothing : summary(line, context)}</span>
        ${tools(line, index, values.lines.length, context)}
      </div>
      ${isOpen
        ? html`<div class="line-more">
            <div>${context.fact ? context.fact(index) : role(line, index, context)}</div>
            ${offField(`line-${line.id}-discount`, t.t('est.discount'), t.t('est.noDiscount'), line.discount, errorAt(errors, `${own}/discount`), formats, (discount) => context.set(index, { discount }))}
            ${taxes(line, index, context)} <div class="all">${words(context, index, 'details', t.t('est.details'), { rows: 3, required: false, max: 2000 })}</div>
          </div>`
        : nothing}
    </fieldset>
  </li>`;
}

const nameOf = (line: LineValues, index: number, { formats }: LineContext) => line.description.trim() || formats.localizer.t('est.lineNumber', { n: index + 1 });

/** What the folded fields say, in a few words. */
function summary({ details, optional, group, selected, discount, taxes }: LineValues, { formats, values }: LineContext): string {
  const { localizer: t } = formats;
  const own = values.groups.find(({ key }) => key === group);
  return [
    own && t.t('est.oneOf', { name: own.name }), optional && t.t('est.optionalShort'), (own || optional) && selected && t.t('est.preselected').toLowerCase(),
    discount.kind !== 'none' && discount.value && t.t('est.discountOf', { value: discount.kind === 'percent' ? `${discount.value} %` : discount.value }),
    ...values.taxes.filter(({ key }) => taxes.includes(key)).map(({ name }) => name), details.trim() && t.t('est.hasDetails'),
  ].filter(Boolean).join(' · ');
}

/** Whether it is always part of the estimate, an extra, or one of a group; and whether it is chosen beforehand. */
function role(line: LineValues, index: number, context: LineContext): TemplateResult {
  const { formats, values, errors, part, preselect } = context;
  const { localizer: t } = formats;
  const id = `line-${line.id}-part`;
  const current = partOf(line);
  const error = errorAt(errors, `lines/${index}/group`) ?? errorAt(errors, `lines/${index}/optional`);
  const choices: [string, string][] = [
    ['always', t.t('est.always')], ['optional', t.t('est.optional')],
    ...values.groups.map(({ key, name }, at): [string, string] => [`group:${key}`, t.t('est.oneOf', { name: name.trim() || t.t('est.groupNumber', { n: at + 1 }) })]),
  ];
  const control = html`<span class="select"
    ><select id=${id} class="field" aria-invalid=${error === undefined ? 'false' : 'true'} aria-describedby=${described(id, error)} @change=${(event: Event) => part(index, (event.target as HTMLSelectElement).value)}>
      ${choices.map(([value, word]) => html`<option value=${value} ?selected=${value === current}>${word}</option>`)}</select
    >${chevron}</span
  >`;
  return html`${field(t, id, t.t('est.part'), error, control, { required: true })}
  ${current === 'always'
    ? nothing
    : html`<label class="check"
        ><input
          type=${line.group ? 'radio' : 'checkbox'}
          name=${line.group ? `selected-${line.group}` : `selected-${line.id}`}
          .checked=${live(line.selected)}
          @change=${(event: Event) => preselect(index, (event.target as HTMLInputElement).checked)}
        /><span>${t.t('est.preselected')}</span></label
      >`}`;
}

function taxes(line: LineValues, index: number, { values, set, formats }: LineContext): TemplateResult | typeof nothing {
  if (values.taxes.length === 0) return nothing;
  const put = (key: string, on: boolean) => set(index, { taxes: values.taxes.map((tax) => tax.key).filter((each) => (each === key ? on : line.taxes.includes(each))) });
  return html`<div class="line-taxes" role="group" aria-label=${formats.localizer.t('est.taxes')}>
    ${values.taxes.map(
      ({ key, name, percent }) => html`<label class="check"
        ><input type="checkbox" .checked=${live(line.taxes.includes(key))} @change=${(event: Event) => put(key, (event.target as HTMLInputElement).checked)} /><span>${name} ${formats.percent(percent)}</span></label
      >`,
    )}
  </div>`;
}

const drawings = {
  up: 'M10 16V4M5 9l5-5 5 5', down: 'M10 4v12M5 11l5 5 5-5', copy: 'M7 7h9v9H7zM4 13V4h9', remove: 'M4 6h12M8 6V4h4v2M6 6l.700 10h6.600L14 6M8.500 9v4M11.500 9v4',
};
const drawing = (name: keyof typeof drawings) => svg`<svg class="tool-icon" aria-hidden="true" viewBox="0 0 20 20"><path d=${drawings[name]}></path></svg>`;

function tools(line: LineValues, index: number, count: number, context: LineContext): TemplateResult {
  const { localizer: t } = context.formats;
  const name = nameOf(line, index, context);
  const tool = (what: keyof typeof drawings, label: string, act: () => void, disabled = false) =>
    html`<button type="button" class="button quiet tool" data-tool=${what} aria-label="${label}: ${name}" title=${label} aria-disabled=${disabled ? 'true' : 'false'} @click=${() => !disabled && act()}>${drawing(what)}</button>`;
  return html`<span class="line-tools">
    ${tool('up', t.t('est.up'), () => context.move(index, -1), index === 0)} ${tool('down', t.t('est.down'), () => context.move(index, 1), index === count - 1)}
    ${tool('copy', t.t('est.duplicate'), () => context.duplicate(index))} ${tool('remove', t.t('est.deleteLine'), () => context.remove(index))}
  </span>`;
}

/** Enter in a field adds a line below, Alt with an arrow moves the line: the hands stay on the keys. */
function press(event: KeyboardEvent, index: number, context: LineContext): void {
  if (event.isComposing) return;
  const step = event.altKey && !event.ctrlKey && !event.metaKey && ({ ArrowUp: -1, ArrowDown: 1 } as const)[event.key as 'ArrowUp' | 'ArrowDown'];
  if (step) {
    event.preventDefault();
    context.move(index, step);
  } else if (event.key === 'Enter' && (event.target as HTMLElement).matches('input[type=text]')) {
    event.preventDefault();
    context.add(index);
  }
}
