// How the test form looks: a constructed style sheet and CSSOM only, so that it works under a strict policy of the page.

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
.stripe-stub { display: grid; gap: 12px; color: var(--stripe-text); font-family: var(--stripe-font); font-size: var(--stripe-size); line-height: 1.4; text-align: start; }
.stripe-stub * { box-sizing: border-box; font: inherit; color: inherit; letter-spacing: normal; text-transform: none; }
.stripe-stub p { margin: 0; }
.stripe-stub .stripe-note { padding: 4px 10px; border-radius: var(--stripe-radius); font-size: 0.875em; color: #713f12; background: #fef9c3; }
.stripe-stub fieldset { display: flex; flex-wrap: wrap; gap: 8px; min-width: 0; margin: 0; padding: 0; border: 0; }
.stripe-stub legend { float: inline-start; inline-size: 100%; margin: 0 0 4px; padding: 0; font-weight: 600; }
.stripe-stub fieldset label { display: flex; flex: 1 1 110px; align-items: center; gap: 8px; min-height: 44px; padding: 0 12px; border: 1px solid var(--stripe-line); border-radius: var(--stripe-radius); background: var(--stripe-background); cursor: pointer; }
.stripe-stub fieldset label:has(:checked) { border-color: var(--stripe-primary); box-shadow: 0 0 0 1px var(--stripe-primary); }
.stripe-stub input[type=radio] { flex: none; inline-size: 18px; block-size: 18px; margin: 0; accent-color: var(--stripe-primary); }
.stripe-stub .stripe-fields { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
.stripe-stub .stripe-field { display: grid; gap: 4px; min-width: 0; align-content: start; }
.stripe-stub .stripe-wide { grid-column: 1 / -1; }
.stripe-stub .stripe-fields input { inline-size: 100%; min-width: 0; min-height: 44px; margin: 0; padding: 0 12px; border: 1px solid var(--stripe-line); border-radius: var(--stripe-radius); color: var(--stripe-text); background: var(--stripe-background); }
.stripe-stub .stripe-fields input::placeholder { color: var(--stripe-placeholder); opacity: 1; }
.stripe-stub input:focus-visible { outline: 2px solid var(--stripe-primary); outline-offset: 1px; }
.stripe-stub input[aria-invalid=true] { border-color: var(--stripe-danger); }
.stripe-stub .stripe-error { font-size: 0.875em; color: var(--stripe-danger); }
.stripe-stub .stripe-help { font-size: 0.875em; color: var(--stripe-secondary); }
.stripe-stub [hidden] { display: none; }
dialog.stripe-challenge { inline-size: min(400px, calc(100vw - 32px)); padding: 20px; border: 0; border-radius: 12px; color: #1f2937; background: #fff; font: 16px/1.5 system-ui, sans-serif; }
dialog.stripe-challenge::backdrop { background: #0009; }
dialog.stripe-challenge h2 { margin: 0 40px 8px 0; font: 600 18px/1.4 system-ui, sans-serif; color: inherit; }
dialog.stripe-challenge p { margin: 0 0 16px; font: inherit; color: inherit; }
dialog.stripe-challenge div { display: flex; flex-wrap: wrap; gap: 8px; }
dialog.stripe-challenge button { min-height: 44px; padding: 0 16px; border: 1px solid #4338ca; border-radius: 8px; font: inherit; color: #4338ca; background: #fff; cursor: pointer; }
dialog.stripe-challenge button.stripe-main { color: #fff; background: #4338ca; }
dialog.stripe-challenge button.stripe-close { position: absolute; inset: 12px 12px auto auto; min-inline-size: 44px; padding: 0; border: 0; font-size: 22px; color: inherit; background: none; }
dialog.stripe-challenge.stripe-night { color: #f3f4f6; background: #30313d; }
dialog.stripe-night button:not(.stripe-main, .stripe-close) { border-color: #a5b4fc; color: #c7d2fe; background: none; }
`);

function useLook() {
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

const themes = {
  stripe: { text: '#30313d', background: '#ffffff', secondary: '#5d6068', placeholder: '#6b6e76', line: '#8a8d96', danger: '#b3093c' },
  night: { text: '#ffffff', background: '#30313d', secondary: '#c3c5cc', placeholder: '#a9abb3', line: '#7d8089', danger: '#ff8fa3' },
};

/** Stripe shows fields in frames of its own, which see neither the page's properties nor its units. */
function checkAppearance(appearance) {
  checkOptions('elements(): appearance', appearance, ['theme', 'variables', 'rules', 'labels', 'inputs', 'disableAnimations']);
  for (const [name, value] of Object.entries((appearance && appearance.variables) || {})) {
    if (/var\(|inherit/.test(value))
      throw new IntegrationError(
        `elements(): the appearance variable ${name} cannot be ${value}: it would not mean anything inside Stripe's frames.`,
      );
    if (/color-mix\(|light-dark\(|okl|color\(/.test(value))
      console.warn(`[Stripe.js] The appearance variable ${name} is ${value}; Stripe reads only hex, rgb() and hsl().`);
  }
}

/** Whether a form on this page was dark when it was dressed last; undefined where none was. */
let isNight;

/** For what stands outside of a form: as dark as the form, else as the page. */
const isDark = () => isNight ?? (matchMedia('(prefers-color-scheme: dark)').matches && /dark/.test(getComputedStyle(document.documentElement).colorScheme));

function wear(root, appearance = {}) {
  const variables = appearance.variables || {};
  isNight = appearance.theme === 'night';
  const theme = isNight ? themes.night : themes.stripe;
  const look = {
    text: variables.colorText || theme.text,
    background: variables.colorBackground || theme.background,
    primary: variables.colorPrimary || '#0570de',
    danger: variables.colorDanger || theme.danger,
    secondary: variables.colorTextSecondary || variables.colorText || theme.secondary,
    placeholder: variables.colorTextPlaceholder || theme.placeholder,
    line: variables.colorBorder || theme.line,
    font: variables.fontFamily || 'system-ui, sans-serif',
    size: variables.fontSizeBase || '16px',
    radius: variables.borderRadius || '6px',
  };
  for (const [name, value] of Object.entries(look)) root.style.setProperty(`--stripe-${name}`, value);
}
