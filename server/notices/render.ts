/** From facts to the words of one message. Done when it is sent, so that no code and no link is ever stored. */
import type { Money } from '../contract/wire.ts';
import { escapeHtml, writtenPhone } from '../platform/text.ts';
import { writtenDay, writtenIn, writtenMoney } from '../platform/written.ts';
import { cleanLines, gsmLength, oneLine, toGsm } from './clean.ts';
import type { DocumentGist } from './document.ts';
import { blockOf, type DocumentWords } from './document-texts.ts';
import { isAboutDocument, isAboutPayment, type NoticeKind } from './notices.ts';
import { paymentInLines, type PaymentGist } from './payment.ts';
import { paymentBlockOf, type PaymentWords } from './payment-texts.ts';
import { dictionaries, inWords, type Dictionary, type NoticeLanguage, type Sentences } from './texts.ts';

export interface NoticeFacts {
  kind: NoticeKind;
  language: NoticeLanguage;
  /** For the contractor's own people. */
  office: boolean;
  account: { name: string; phone: string | null; accent: string; country: string };
  code: string | null;
  url: string | null;
  /** Seconds that code and link work, counted from when they were made. */
  life: number;
  /** What the office wrote, of an `officeMessage`. */
  message?: string | null;
  /** The version it is about; kinds about a document have one. */
  document: DocumentGist | null;
  /** The online payment it is about; kinds about one have it. */
  payment: PaymentGist | null;
  /** What the office adds to a reminder. */
  note?: string | null;
}

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

export function renderMail(facts: NoticeFacts): RenderedMail {
  const name = oneLine(facts.account.name);
  const words = facts.document && inLines(facts.document, facts);
  const payment = facts.payment && paymentInLines(facts.payment, facts.language, facts.account.country, (money) => writtenFor(facts, money));
  const { dictionary, sentences, named } = sentencesOf(facts, name, words, payment);
  const codeLine = facts.code ? (sentences.code ?? dictionary.code(named)) : null;
  const subject = facts.code ? `${facts.code} ${codeLine}` : sentences.subject;
  const phone = facts.office || !facts.account.phone ? null : { shown: writtenPhone(facts.account.phone, facts.account.country), href: `tel:${facts.account.phone}` };
  // What is approved may come to something else than what was suggested: beside a code stands no sum.
  const block = payment && isAboutPayment(facts.kind) ? paymentBlockOf(facts.kind, payment, facts.language) : words && { ...blockOf(words, facts.language, facts.kind === 'invoiceReminder'), ...(facts.code ? { rows: [] } : {}) };
  const text = [
    facts.code ? `${facts.code} ${codeLine}.` : `${sentences.subject}.`,
    block && [`${block.what}: ${block.title}`, ...block.rows.map(({ label, value }) => `${label}: ${value}`)].join('\n'),
    facts.note && oneLine(facts.note, MOST_NOTE),
    sentences.intro,
    facts.url,
    sentences.lasts,
    sentences.ignore,
    phone && !sentences.noCall && dictionary.call(phone.shown),
    name,
  ];
  return { subject, text: `${text.filter(Boolean).join('\n\n')}\n`, html: html({ facts, name, subject, codeLine, sentences, dictionary, phone, block }) };
}

/** As long as a note may be. */
const MOST_NOTE = 500;
/** At least so much stays of a name that is cut. */
const LEAST_NAME = 14;

/** Code first, address last, in 160 plain characters where the names allow; long names are cut before anything else is. */
export function renderSms(facts: NoticeFacts): string {
  const name = toGsm(oneLine(facts.account.name, 60));
  const document = facts.document && plainly(inLines(facts.document, facts), facts.document, facts);
  const payment = facts.payment && paymentInLines(facts.payment, facts.language, facts.account.country, (money) => plainMoney(facts, money));
  const cut = (words: string, most: number) => (words.length > most ? `${words.slice(0, most - 2).trimEnd()}..` : words);
  /** Every length of the message, each with names of at most `most` characters. */
  const compose = (most: number) => {
    const { sms } = sentencesOf(facts, cut(name, most), document && { ...document, customer: cut(document.customer, most) }, payment).sentences;
    return (typeof sms === 'string' ? [sms.replace(/\s*\n\s*/g, ' ')] : sms).map((words) => [facts.code, toGsm(facts.url ? words : words.replace(/\. [^.]*:$/, '.')), facts.url].filter(Boolean).join(' '));
  };
  // What somebody wrote is sent whole, in as many pieces as it takes.
  if (facts.message) return compose(name.length)[0]!;
  const fits = (text: string | undefined) => text !== undefined && (gsmLength(text) ?? 0) <= 160;
  const longest = Math.max(name.length, document?.customer.length ?? 0, LEAST_NAME);
  const shortest = compose(LEAST_NAME);
  const index = shortest.findIndex(fits);
  if (index < 0) return shortest.at(-1)!;
  // As much of the names as there is room for.
  for (let most = longest; most > LEAST_NAME; most--) {
    const text = compose(most)[index];
    if (fits(text)) return text!;
  }
  return shortest[index]!;
}

function sentencesOf({ kind, language, office, code, url, life, account, note, message }: NoticeFacts, name: string, document: DocumentWords | null, payment: PaymentWords | null) {
  const dictionary = dictionaries[language];
  const named = { name, lasts: inWords(life, language), ...(message ? { message: cleanLines(message), aboutDocument: document !== null } : {}) };
  const phone = account.phone && writtenPhone(account.phone, account.country);
  if (isAboutPayment(kind)) {
    if (!payment) throw new Error(`a notice ${kind} is about a payment`);
    return { dictionary, named, sentences: dictionary.payments[kind]({ ...named, ...payment, phone }) };
  }
  if (isAboutDocument(kind)) {
    if (!document) throw new Error(`a notice ${kind} is about a document`);
    return { dictionary, named, sentences: dictionary.documents[kind]({ ...named, ...document, phone, note: note ? oneLine(note, MOST_NOTE) : null }) };
  }
  const usual = { ...dictionary.kinds[kind](named), ...(url ? {} : { lasts: dictionary.codeLasts(named) }) };
  if (!office) return { dictionary, named, sentences: usual };
  const own = dictionary.office(named);
  return { dictionary, named, sentences: code ? own : { ...usual, subject: own.subject, open: own.open, intro: '' } };
}

/** The document's facts as its reader reads them, one line each. */
function inLines({ kind, number, title, customer, total, until }: DocumentGist, facts: NoticeFacts): DocumentWords {
  return {
    kind, number: oneLine(number, 20), title: oneLine(title), customer: oneLine(customer),
    total: writtenFor(facts, total), until: until && writtenDay(until, writtenIn(facts.language, facts.account.country)),
  };
}

/** For text messages, which know few characters. */
const plainly = (words: DocumentWords, document: DocumentGist, facts: NoticeFacts): DocumentWords => ({
  ...words, customer: toGsm(oneLine(words.customer, 60)), total: plainMoney(facts, document.total),
});

const writtenFor = ({ language, account }: NoticeFacts, money: Money, sign: 'symbol' | 'code' = 'symbol'): string => oneLine(writtenMoney(money, writtenIn(language, account.country), sign));

/** Text messages know not every currency's sign. */
function plainMoney(facts: NoticeFacts, money: Money): string {
  const signed = toGsm(writtenFor(facts, money));
  return gsmLength(signed) === undefined ? writtenFor(facts, money, 'code') : signed;
}

interface Page {
  facts: NoticeFacts;
  name: string;
  subject: string;
  codeLine: string | null;
  sentences: Sentences;
  dictionary: Dictionary;
  phone: { shown: string; href: string } | null;
  block: ReturnType<typeof blockOf> | null;
}

/**
 * One column of paragraphs with inline styles, which every mail program shows; the `<style>` only adds dark colours
 * where they are understood. No image: nothing is fetched, nothing is blocked.
 */
function html({ facts, name, subject, codeLine, sentences, dictionary, phone, block }: Page): string {
  const accent = /^#[0-9a-f]{6}$/i.test(facts.account.accent) ? facts.account.accent : '#17212b';
  const font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
  const paragraph = (inner: string, style = '', kind = 'ink') =>
    `<p class="${kind}" style="margin:0 0 16px;font-size:16px;line-height:24px;color:${kind === 'ink' ? '#17212b' : '#55616e'};${style}">${inner}</p>`;
  const url = facts.url && escapeHtml(facts.url);
  const number = phone && escapeHtml(phone.shown);
  /** Escaped, with the phone number as something to tap. */
  const dialable = (words: string) =>
    phone && number ? escapeHtml(words).replaceAll(number, `<a class="ink" href="${escapeHtml(phone.href)}" style="color:#17212b">${number}</a>`) : escapeHtml(words);
  const parts = [
    `<p class="ink" style="margin:0 0 20px;padding:0 0 12px;border-bottom:3px solid ${accent};font-size:18px;line-height:26px;font-weight:700;color:#17212b">${escapeHtml(name)}</p>`,
    facts.code
      ? paragraph(
          `<span style="font-size:34px;line-height:44px;font-weight:700;letter-spacing:4px">${facts.code}</span><br>${escapeHtml(`${codeLine}.`)}`,
        )
      : paragraph(`<b>${escapeHtml(sentences.subject)}</b>`),
    block && blockHtml(block),
    facts.note && paragraph(escapeHtml(oneLine(facts.note, MOST_NOTE))),
    sentences.intro && paragraph(escapeHtml(sentences.intro).replaceAll('\n', '<br>')),
    url &&
      paragraph(
        `<a href="${url}" style="display:inline-block;padding:12px 24px;border-radius:10px;background:${accent};color:${inkOn(accent)};font-weight:700;text-decoration:none">${escapeHtml(sentences.open)}</a>`,
      ),
    sentences.lasts && paragraph(escapeHtml(sentences.lasts)),
    sentences.ignore && paragraph(dialable(sentences.ignore), 'font-size:14px;line-height:21px;', 'muted'),
    phone && !sentences.noCall && paragraph(dialable(dictionary.call(phone.shown)), 'font-size:14px;line-height:21px;', 'muted'),
    url && paragraph(`${escapeHtml(dictionary.copy)}<br><span style="word-break:break-all">${url}</span>`, 'font-size:13px;line-height:20px;', 'muted'),
  ];
  return `<!doctype html>
<html lang="${facts.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>:root{color-scheme:light dark}@media (prefers-color-scheme:dark){.canvas{background:#0f151b!important}.sheet{background:#161e26!important;border-color:#2c3844!important}.block{background:#0f151b!important;border-color:#2c3844!important}.ink{color:#e8edf2!important}.muted{color:#a3b0bd!important}}</style>
</head>
<body class="canvas" style="margin:0;padding:0;background:#f5f7f9;${font}">
<div class="canvas" style="padding:24px 12px;background:#f5f7f9;${font}">
<div class="sheet" style="max-width:520px;margin:0 auto;padding:28px 24px 12px;border:1px solid #dfe5eb;border-radius:12px;background:#ffffff">
${parts.filter(Boolean).join('\n')}
</div>
</div>
</body>
</html>
`;
}

/** What the message is about: number, title, and what it comes to. */
function blockHtml({ what, title, rows }: NonNullable<Page['block']>): string {
  const line = (inner: string, kind: string, style: string) => `<p class="${kind}" style="margin:0;${style};color:${kind === 'ink' ? '#17212b' : '#55616e'}">${inner}</p>`;
  const lines = [
    line(escapeHtml(what), 'muted', 'font-size:14px;line-height:21px'),
    line(escapeHtml(title), 'ink', 'font-size:16px;line-height:24px;font-weight:700'),
    ...rows.map(({ label, value }) => line(`${escapeHtml(label)}: <b class="ink" style="color:#17212b">${escapeHtml(value)}</b>`, 'muted', 'font-size:14px;line-height:21px')),
  ];
  return `<div class="block" style="margin:0 0 16px;padding:12px 16px;border:1px solid #dfe5eb;border-radius:10px;background:#f5f7f9">\n${lines.join('\n')}\n</div>`;
}

/** White or near-black, whichever reads better on the contractor's colour (WCAG contrast). */
function inkOn(colour: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.0605 ? '#ffffff' : '#17212b';
}
