/** From facts to the words of one message. Done when it is sent, so that no code and no link is ever stored. */
import { escapeHtml, writtenPhone } from '../platform/text.ts';
import { gsmLength, oneLine, toGsm } from './clean.ts';
import type { NoticeKind } from './notices.ts';
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
}

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

export function renderMail(facts: NoticeFacts): RenderedMail {
  const name = oneLine(facts.account.name);
  const { dictionary, sentences, named } = sentencesOf(facts, name);
  const codeLine = facts.code ? dictionary.code(named) : null;
  const subject = facts.code ? `${facts.code} ${codeLine}` : sentences.subject;
  const phone = facts.office || !facts.account.phone ? null : { shown: writtenPhone(facts.account.phone, facts.account.country), href: `tel:${facts.account.phone}` };
  const text = [
    facts.code ? `${facts.code} ${codeLine}.` : `${sentences.subject}.`,
    sentences.intro,
    facts.url,
    sentences.lasts,
    sentences.ignore,
    phone && dictionary.call(phone.shown),
    name,
  ];
  return { subject, text: `${text.filter(Boolean).join('\n\n')}\n`, html: html({ facts, name, subject, codeLine, sentences, dictionary, phone }) };
}

/** Code first, address last, in 160 plain characters where the name allows; a long name is cut before anything else is. */
export function renderSms(facts: NoticeFacts): string {
  const compose = (name: string) => {
    const { sms } = sentencesOf(facts, name).sentences;
    const words = facts.url ? sms : sms.replace(/\. [^.]*:$/, '.');
    return [facts.code, toGsm(words), facts.url].filter(Boolean).join(' ');
  };
  const name = toGsm(oneLine(facts.account.name, 60));
  const whole = compose(name);
  const over = (gsmLength(whole) ?? 0) - 160;
  if (over <= 0) return whole;
  const kept = Math.max(12, name.length - over - 2);
  return compose(name.length > kept + 2 ? `${name.slice(0, kept).trimEnd()}..` : name);
}

function sentencesOf({ kind, language, office, code, url, life }: NoticeFacts, name: string) {
  const dictionary = dictionaries[language];
  const named = { name, lasts: inWords(life, language) };
  const usual = { ...dictionary.kinds[kind](named), ...(url ? {} : { lasts: dictionary.codeLasts(named) }) };
  if (!office) return { dictionary, named, sentences: usual };
  const own = dictionary.office(named);
  return { dictionary, named, sentences: code ? own : { ...usual, subject: own.subject, open: own.open, intro: '' } };
}

interface Page {
  facts: NoticeFacts;
  name: string;
  subject: string;
  codeLine: string | null;
  sentences: Sentences;
  dictionary: Dictionary;
  phone: { shown: string; href: string } | null;
}

/**
 * One column of paragraphs with inline styles, which every mail program shows; the `<style>` only adds dark colours
 * where they are understood. No image: nothing is fetched, nothing is blocked.
 */
function html({ facts, name, subject, codeLine, sentences, dictionary, phone }: Page): string {
  const accent = /^#[0-9a-f]{6}$/i.test(facts.account.accent) ? facts.account.accent : '#17212b';
  const font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
  const paragraph = (inner: string, style = '', kind = 'ink') =>
    `<p class="${kind}" style="margin:0 0 16px;font-size:16px;line-height:24px;color:${kind === 'ink' ? '#17212b' : '#55616e'};${style}">${inner}</p>`;
  const url = facts.url && escapeHtml(facts.url);
  const parts = [
    `<p class="ink" style="margin:0 0 20px;padding:0 0 12px;border-bottom:3px solid ${accent};font-size:18px;line-height:26px;font-weight:700;color:#17212b">${escapeHtml(name)}</p>`,
    facts.code
      ? paragraph(
          `<span style="font-size:34px;line-height:44px;font-weight:700;letter-spacing:4px">${facts.code}</span><br>${escapeHtml(`${codeLine}.`)}`,
        )
      : paragraph(`<b>${escapeHtml(sentences.subject)}</b>`),
    sentences.intro && paragraph(escapeHtml(sentences.intro)),
    url &&
      paragraph(
        `<a href="${url}" style="display:inline-block;padding:12px 24px;border-radius:10px;background:${accent};color:${inkOn(accent)};font-weight:700;text-decoration:none">${escapeHtml(sentences.open)}</a>`,
      ),
    paragraph(escapeHtml(sentences.lasts)),
    paragraph(escapeHtml(sentences.ignore), 'font-size:14px;line-height:21px;', 'muted'),
    phone && paragraph(escapeHtml(dictionary.call(phone.shown)).replace(escapeHtml(phone.shown), `<a class="ink" href="${escapeHtml(phone.href)}" style="color:#17212b">${escapeHtml(phone.shown)}</a>`), 'font-size:14px;line-height:21px;', 'muted'),
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
<style>:root{color-scheme:light dark}@media (prefers-color-scheme:dark){.canvas{background:#0f151b!important}.sheet{background:#161e26!important;border-color:#2c3844!important}.ink{color:#e8edf2!important}.muted{color:#a3b0bd!important}}</style>
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

/** White or near-black, whichever reads better on the contractor's colour (WCAG contrast). */
function inkOn(colour: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.0605 ? '#ffffff' : '#17212b';
}
