/** The certificate: how an estimate was decided, then the estimate as it was decided. */
import type { Evidence } from '../evidence.ts';
import { choiceOf, drawEstimate, taxSums } from './estimate.ts';
import { colors } from './paper.ts';
import { body, label, letterhead, soft, sums, titleOf, type Fact } from './parts.ts';
import { drawable } from './pictures.ts';
import { drawRow, layRow, row, type Block } from './rows.ts';
import type { Sheet } from './sheet.ts';
import type { CertificateTask } from './task.ts';
import type { Style } from './text.ts';

/** Room of a heading, and the size of what is written under it. */
const HEADING = 24;
const small = (style: Style): Style => ({ ...style, size: 9 });

export function drawCertificate(sheet: Sheet, { evidence, content }: CertificateTask): void {
  const { words, formats } = sheet;
  sheet.runningHead = `${words.certificate[evidence.decision]}, ${words.estimate} ${evidence.number}`;
  sheet.firstPage();
  letterhead(sheet);
  titleOf(sheet, words.certificate[evidence.decision], `${words.estimate} ${evidence.number}: ${evidence.title}`);
  sheet.prose(words.certificateAbout[evidence.decision], soft);

  pairs(sheet, words.decision, [
    { label: words.decidedAt, value: `${formats.moment(evidence.at, sheet.branding.timeZone)} (${evidence.at})` },
    { label: words.signer, value: evidence.signer.name },
    { label: words.signerAddress, value: evidence.signer.address },
    { label: words.verified, value: evidence.verified && words.verifiedBy[evidence.verified.channel](evidence.verified.address) },
    { label: '', value: evidence.signer.forSomebodyElse ? words.somebodyElse : null },
    { label: words.poNumber, value: evidence.poNumber },
    { label: words.reason, value: evidence.reason },
  ]);
  if (evidence.mark) signature(sheet, evidence.mark);
  pairs(sheet, words.document, [
    { label: words.document, value: `${words.estimate} ${evidence.number}, ${words.version(formats.number(String(evidence.version)))}` },
    { label: words.versionHash, value: evidence.versionHash },
    { label: words.terms, value: evidence.terms === null ? null : evidence.termsAccepted ? words.termsAccepted : words.termsNotAsked },
  ]);
  pairs(sheet, words.origin, [
    { label: words.ip, value: evidence.ip },
    { label: words.userAgent, value: evidence.userAgent },
    { label: words.link, value: evidence.linkId },
    { label: words.session, value: evidence.sessionId },
    { label: words.contact, value: evidence.signer.contactId },
  ]);
  if (evidence.decision === 'approved') chosen(sheet, evidence);
  // They are in the document that follows, unless somebody tampered with one of the two.
  if (evidence.terms !== null && evidence.terms !== content.terms) {
    sheet.heading(words.terms);
    sheet.prose(evidence.terms, soft);
  }
  const isChosen = choiceOf(content, evidence.options.map(({ id }) => id));
  const ids = content.lines.filter(isChosen).map(({ id }) => id);
  drawEstimate(sheet, { content, version: evidence.version, status: evidence.decision, ...(evidence.decision === 'approved' && { chosen: ids }) });
}

/** A heading with names and values under it, on one page where they can be. */
function pairs(sheet: Sheet, title: string, list: Fact[]): void {
  const said = list.filter(({ value }) => value !== null && value !== '');
  if (said.length === 0) return;
  const name = 150;
  const rows = said.map(({ label: text, value }) =>
    layRow(
      sheet,
      [
        { x: sheet.left, width: name - 12, type: 'TH', scope: 'Row', blocks: text ? [{ text, style: small(label) }] : [] },
        { x: sheet.left + name, width: sheet.width - name, type: 'TD', blocks: [{ text: value!, style: small(body) }] },
      ],
      1,
    ),
  );
  const height = rows.reduce((sum, row) => sum + row.height, HEADING);
  sheet.heading(title, { space: 9, keep: height < sheet.capacity ? height : 80 });
  sheet.within('Table', () => {
    for (const laid of rows) sheet.within('TR', () => drawRow(sheet, laid));
  });
}

const PICTURE: [number, number] = [230, 64];

/** The mark as it was made: the picture, or the name as typed. */
function signature(sheet: Sheet, mark: NonNullable<Evidence['mark']>): void {
  const { words, document } = sheet;
  sheet.heading(words.signature, { space: 9, keep: HEADING + PICTURE[1] + 40 });
  const width = 280;
  const picture = mark.kind === 'drawn' ? drawable(mark.picture) : undefined;
  if (picture) {
    const bbox: [number, number, number, number] = [sheet.left, sheet.y, sheet.left + width, sheet.y + PICTURE[1]];
    const tag = sheet.tag('Figure', { alt: words.signatureOf(mark.name), bbox });
    sheet.content(tag, 'Figure', () => document.image(picture, sheet.left + 8, sheet.y, { fit: PICTURE, valign: 'bottom' }));
    tag.end();
    sheet.y += PICTURE[1] + 4;
  } else if (mark.kind === 'typed') {
    const style: Style = { size: 20, color: colors.ink };
    sheet.y += 2;
    row(sheet, [{ x: sheet.left + 8, width: sheet.width - 8, blocks: [{ text: mark.name, style }] }]);
    sheet.y += 2;
  } else sheet.prose(words.pictureUnreadable, soft);
  sheet.rule(sheet.left, sheet.left + width, colors.ink);
  sheet.y += 4;
  const caption: Block[] = mark.kind === 'typed'
    ? [{ text: words.typed, style: label }]
    : [{ text: `${words.drawn} ${mark.name}`, style: label }, { text: `${words.pictureHash}: ${mark.pictureHash}`, style: label }];
  row(sheet, [{ x: sheet.left, width: sheet.width, blocks: caption }]);
}

function chosen(sheet: Sheet, { options, totals, currency }: Evidence): void {
  const { words, formats } = sheet;
  const money = (amount: number) => formats.money(amount, currency);
  sheet.heading(words.options, { space: 9, keep: Math.min(sheet.capacity, 122 + 16 * options.length) });
  if (options.length === 0) sheet.prose(words.none, small(body));
  else
    sheet.within('Table', () => {
      for (const { description, total } of options)
        sheet.within('TR', () =>
          row(
            sheet,
            [
              { x: sheet.left, width: sheet.width - 130, type: 'TH', scope: 'Row', blocks: [{ text: description, style: small(body) }] },
              { x: sheet.right - 120, width: 120, align: 'right', type: 'TD', blocks: [{ text: money(total), style: small(body) }] },
            ],
            { padding: 1 },
          ),
        );
    });
  // On top where they add to the subtotal; contained where they do not.
  const taxIncluded = totals.total - totals.subtotal !== totals.tax;
  const fixed = totals.tax - totals.taxes.reduce((sum, { amount }) => sum + amount, 0);
  sums(sheet, [
    ...taxSums(totals.taxes, { taxes: totals.taxes, taxIncluded }, money, totals.subtotal, sheet, fixed),
    { label: words.total, value: money(totals.total), look: 'total' },
    ...(totals.deposit > 0 ? [{ label: words.depositAsked, value: money(totals.deposit), look: 'soft' as const }] : []),
  ]);
}
