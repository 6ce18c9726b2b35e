import type { Plugin, ProgramNode } from 'rollup';

/**
 * Takes comments and spare white space out of css`…` templates, piece by piece: unlike a CSS compiler it also serves pieces of
 * a sheet and templates with expressions. Works on JavaScript, so it stands after the compiler.
 */
export function minifyCss(): Plugin {
  return {
    name: 'minify-css',
    transform(code) {
      if (!code.includes('css`')) return null;
      const pieces = cssPieces(this.parse(code)).sort((a, b) => b.start - a.start);
      for (const { start, end } of pieces) code = code.slice(0, start) + squeeze(code.slice(start, end)) + code.slice(end);
      return { code, map: null };
    },
  };
}

/** Quoted strings stay as they are; a colon's space goes only where no selector can be meant. */
export function squeeze(css: string): string {
  const text = /("[^"]*"|'[^']*')/.source;
  const gap = /(?:\s|\/\*[^]*?\*\/)/.source;
  const spare = new RegExp(`${text}|${gap}*([{};,])${gap}*|(?<=[\\w-])(:)${gap}+|${gap}+`, 'g');
  return css.replace(spare, (_all, quoted?: string, mark?: string, colon?: string) => quoted ?? mark ?? colon ?? ' ');
}

interface Piece {
  start: number;
  end: number;
}

/** The constant pieces of all templates tagged `css`. */
function cssPieces(node: ProgramNode | unknown): Piece[] {
  if (typeof node !== 'object' || node === null) return [];
  const { type, tag, quasi } = node as { type?: string; tag?: { name?: string }; quasi?: { quasis: Piece[] } };
  const own = type === 'TaggedTemplateExpression' && tag?.name === 'css' ? quasi!.quasis : [];
  return [...own, ...Object.values(node).flatMap(cssPieces)];
}
