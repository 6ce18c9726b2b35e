import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../elements/customer-center-office.ts';
import { noConnection, Refusal, textOf, until } from '../../testing/signed-in.ts';
import { estimateScreen } from '../testing/estimate-page.ts';
import { draft, estimate, estimateId, maria, sent } from '../testing/estimates.ts';

const page = estimateScreen();
const { shown, says, text, press, dialog, asked, all, editor, field, type, errors } = page;

/** What has the focus, however deep. */
const focused = (): HTMLElement => {
  let found = document.activeElement!;
  while (found.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
  return found as HTMLElement;
};
const named = (element: HTMLElement) => element.getAttribute('aria-label') ?? textOf(element).trim();

describe('sending an estimate', () => {
  afterEach(() => page.close());

  it('saves what is typed first, then asks how it shall go, and gives the link to copy', async () => {
    await shown();
    type(field('title'), 'New water heater');
    press('Send…');
    const ask = await dialog('cc-office-send');
    expect(asked('PATCH', estimateId)).to.have.length(1);
    expect(textOf(ask)).to.contain('This becomes version 1.');
    expect(textOf(ask)).to.contain('maria@pinedental.example');
    type(ask.querySelector('textarea')!, 'As we said on the phone.');
    ask.querySelector('form')!.requestSubmit();
    await until(() => ask.querySelector<HTMLInputElement>('input[readonly]')?.value === 'https://center.example/go/acme#secret', 'the link shows');
    const [request] = asked('POST', '/send');
    expect(request!.body).to.deep.equal({ contactId: maria, channels: ['email'], note: 'As we said on the phone.' });
    expect(request!.headers.get('If-Match')).to.equal('"2026-11-20T15:00:00.001Z"');
    expect(request!.headers.get('Idempotency-Key')).to.match(/^[\w-]{8,}$/);
    press('Close', ask);
    await says('Estimate 1042 · version 1');
    expect(text()).to.contain('The customer still sees version 1. What you change becomes version 2 when you send it.');
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`is accessible while it is asked how, ${colorScheme}`, async () => {
      await shown(sent({ changed: true }), { colorScheme });
      press('Send…');
      const ask = await dialog('cc-office-send');
      await expect((ask as ShadowRoot).host).to.be.accessible();
    });

  it('refuses what cannot be sent, beside its cause', async () => {
    await shown(estimate({ draft: draft({ lines: [], expiresOn: '2020-01-01' }) }));
    press('Send…');
    await until(() => errors().includes('Add at least one line.'), 'lines are missing');
    expect(errors()).to.include('This day is past. Choose a later one.');
    expect(errors()).to.include('Put lines into this group, or remove it.');
    expect(page.screen.shadowRoot.querySelector('cc-office-send')).to.equal(null);
  });

  it('goes out again by hand as a reminder', async () => {
    await shown(sent());
    press('Remind');
    const ask = await dialog('cc-office-send');
    ask.querySelector('form')!.requestSubmit();
    await until(() => asked('POST', '/remind')[0], 'it is asked for');
    expect(asked('POST', '/remind')[0]!.body).to.deep.equal({ contactId: maria, channels: ['email'], note: null });
  });

  it('says so when it goes out as it was, and when it becomes another version', async () => {
    await shown(sent());
    press('Send…');
    expect(textOf(await dialog('cc-office-send'))).to.contain('Nothing was changed since version 2');
    expect(asked('PATCH', estimateId)).to.have.length(0);
    page.close();
    await shown(sent({ changed: true }));
    press('Send…');
    expect(textOf(await dialog('cc-office-send'))).to.contain('This becomes version 3, in place of version 2.');
  });

  it('is not sent when somebody else has changed it, or nobody is reached', async () => {
    await shown(sent());
    press('Send…');
    const ask = await dialog('cc-office-send');
    page.opened.answers['POST /estimates/:e/send'] = () => noConnection;
    ask.querySelector('form')!.requestSubmit();
    await until(() => textOf(ask).includes('No connection'), 'it says why');
    page.opened.answers['POST /estimates/:e/send'] = () => new Refusal(412, 'stale');
    ask.querySelector('form')!.requestSubmit();
    await until(() => textOf(ask).includes('Somebody else changed this meanwhile.'), 'it says so');
    const [first, second] = asked('POST', '/send');
    expect(second!.headers.get('Idempotency-Key')).to.equal(first!.headers.get('Idempotency-Key'));
  });

  it('works from an empty draft to a sent estimate by the keyboard alone', async () => {
    await shown(estimate({ draft: draft({ lines: [], groups: [], deposit: null }) }));
    page.screen.focus();
    const presses = async (key: string, until_: () => boolean, what: string, most = 60) => {
      for (let n = 0; n < most && !until_(); n += 1) await sendKeys({ press: key });
      if (!until_()) throw new Error(`${what} cannot be reached by ${key}; at ${focused().outerHTML.slice(0, 200)}`);
    };
    const tabTo = (what: string) => presses('Tab', () => focused().id === what || named(focused()) === what, what);
    const typed = async (words: string) => sendKeys({ type: words });

    await tabTo('add-line');
    await sendKeys({ press: 'Enter' });
    await until(() => focused().id.endsWith('-description'), 'the description has the focus');
    await typed('Installation');
    await presses('Tab', () => focused().id.endsWith('-unitPrice'), 'the price');
    await typed('120');
    await sendKeys({ press: 'Enter' });
    await until(() => focused().id.endsWith('-description') && (focused() as HTMLInputElement).value === '', 'the next line has the focus');
    await typed('Permit');
    await presses('Tab', () => focused().id.endsWith('-unitPrice'), 'the price');
    await typed('45.50');
    await sendKeys({ press: 'Alt+ArrowUp' });
    await until(() => textOf(editor()).includes('Permit is now line 1 of 2'), 'it moved, and says so');
    expect((focused() as HTMLInputElement).value).to.equal('45.50');
    await tabTo('Options: Permit');
    await sendKeys({ press: 'Enter' });
    await presses('Tab', () => focused().localName === 'select', 'what it is to the customer');
    await sendKeys({ press: 'ArrowDown' });
    await until(() => textOf(editor()).includes('Chosen beforehand'), 'it is an extra');

    await presses('Shift+Tab', () => named(focused()) === 'Send…', 'Send');
    await sendKeys({ press: 'Enter' });
    const ask = await dialog('cc-office-send');
    await until(() => page.screen.shadowRoot.activeElement?.localName === 'cc-office-send', 'the dialog has the focus');
    await tabTo('Send');
    await sendKeys({ press: 'Enter' });
    await until(() => textOf(ask).includes('Copy'), 'it is sent');
    await sendKeys({ press: 'Escape' });
    await says('Estimate 1042 · version 1');
    const { lines } = asked('PATCH', estimateId)[0]!.body as { lines: { description: string; unitPrice: number; optional: boolean }[] };
    expect(lines.map(({ description, unitPrice, optional }) => [description, unitPrice, optional])).to.deep.equal([['Permit', 4550, true], ['Installation', 12_000, false]]);
    expect(all(page.screen.shadowRoot, 'cc-office-send')).to.have.length(0);
  });
});
