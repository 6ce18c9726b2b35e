import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

/** A rule that looks at the constant text of templates with one of these tags. */
function templateRule(tags: string[], pattern: RegExp, message: string): Rule.RuleModule {
  return {
    meta: { type: 'problem', schema: [] },
    create(context) {
      return {
        TaggedTemplateExpression({ tag, quasi }: ESTree.TaggedTemplateExpression) {
          if (tag.type !== 'Identifier' || !tags.includes(tag.name)) return;
          // Joined, so that an expression within an attribute or a length hides nothing.
          const text = quasi.quasis.map((each) => each.value.raw).join('${}');
          if (pattern.test(text)) context.report({ node: quasi, message });
        },
      };
    },
  };
}

/** `rem` reads the root font size of a page that is not ours. */
export const noRem = templateRule(
  ['css', 'html', 'svg'],
  /[\d.}]rem\b/i,
  'rem follows the host page’s root size: use em or px',
);

/** A style attribute violates `style-src 'self'`, which a contractor's page may well send. */
export const noStyleAttribute = templateRule(
  ['html', 'svg'],
  /\s[.?]?style\s*=/i,
  'a style attribute breaks under a strict CSP: use a class, or element.style.setProperty()',
);
