/** Texts that try to be more than text: scripts, markup, reversed directions, formulas. Each carries a number to find it by. */

const scripts = [
  '<script>pwned(N)</script>', '"><script>pwned(N)</script>', '</title><script>pwned(N)</script>', '<img src=x onerror=pwned(N)>', '<svg/onload=pwned(N)>',
  '<svg><animate onbegin=pwned(N) attributeName=x dur=1s>', '<body onload=pwned(N)>', '<details open ontoggle=pwned(N)>', '<input autofocus onfocus=pwned(N)>',
  '<a href="javascript:pwned(N)">N</a>', '<iframe srcdoc="<script>parent.pwned(N)</script>">', '<math><mtext></mtext><mglyph><svg><mtext><style><path id="</style><img onerror=pwned(N) src>">',
  "javascript:pwned(N)//", "';pwned(N);//", '${pwned(N)}', '{{constructor.constructor("pwned(N)")()}}', '<!--#exec cmd="N"-->', '<template><script>pwned(N)</script></template>',
];
const markup = [
  '<h1>N</h1>', '<b>N', '</div></body></html>N', '<style>*{display:none}</style>N', '<link rel=stylesheet href=//evil.example/N.css>', '<img src="https://evil.example/N.png">',
  '<base href="https://evil.example/N/">', '<meta http-equiv=refresh content="0;url=https://evil.example/N">', '<form action="https://evil.example/N"><button>N', '&lt;b&gt;N', '&#60;script&#62;N',
  '<object data="https://evil.example/N">', '<video src="https://evil.example/N.mp4" autoplay>', '<table background="https://evil.example/N">', '<slot name="N"></slot>', '<customer-center account=evil>N',
  'https://evil.example/N', '[N](https://evil.example/N)', '/URI (https://evil.example/N)', '(N) Tj ET endstream endobj', 'N %PDF-1.7 /OpenAction', '\\(N\\) <</S /JavaScript /JS (pwned)>>',
];
const directions = [
  '\u202Egnp.N\u202C', 'invoice\u202Efdp.N', '\u2066N\u2069 reversed', '\u2067\u202DN\u202C\u2069', '\u200FN\u200E', 'N\u200B\u200C\u200D\uFEFF', 'Z\u0301\u0302\u0303\u0304N', '\u{E0041}N\u{E007F}',
];
const formulas = [
  '=HYPERLINK("https://evil.example/N","N")', "=cmd|'/C calc'!N", '+N+cmd|A0', '-N+cmd|A0', '@SUM(N)', '\uFF1DN', '\uFF0BN', '\uFF0DN', '\uFF20N', '=1+N;', ' =N', '"=N"', "'=N", '%0A=N', '|N', '=IMPORTXML("https://evil.example/N","//a")',
];

/** `count` different ones, the kinds taking turns. */
export function payloads(count: number): string[] {
  const kinds = [scripts, markup, directions, formulas];
  return Array.from({ length: count }, (_, index) => {
    const kind = kinds[index % kinds.length]!;
    return kind[Math.floor(index / kinds.length) % kind.length]!.replaceAll('N', String(1000 + index));
  });
}
