import { posix } from 'node:path';
import type { Plugin, RenderedChunk } from 'rollup';

/**
 * Requests a lazy chunk together with the chunks that it imports. On its own a browser learns of those only when the first
 * one has come, which on a phone is one more round trip before the view can show.
 */
export function loadTogether(): Plugin {
  return {
    name: 'load-together',
    renderChunk(code, chunk, _options, { chunks }) {
      const calls = importCalls(this.parse(code)).sort((a, b) => b.start - a.start);
      for (const { start, end, source } of calls) {
        const target = posix.join(posix.dirname(chunk.fileName), source.value);
        const rest = imported(target, chunks).filter((file) => file !== chunk.fileName && !chunks[file]!.isEntry);
        if (rest.length === 0) continue;
        const all = [target, ...rest].map((file) => `import(${JSON.stringify(address(chunk, file))})`);
        code = `${code.slice(0, start)}Promise.all([${all.join(', ')}]).then((all) => all[0])${code.slice(end)}`;
      }
      return { code, map: null };
    },
  };
}

/** All that a chunk imports, and what that imports. */
function imported(file: string, chunks: Record<string, RenderedChunk>, found = new Set<string>()): string[] {
  for (const next of chunks[file]?.imports ?? []) {
    if (found.has(next)) continue;
    found.add(next);
    imported(next, chunks, found);
  }
  return [...found];
}

function address(from: RenderedChunk, to: string): string {
  const path = posix.relative(posix.dirname(from.fileName), to);
  return path.startsWith('.') ? path : `./${path}`;
}

interface ImportCall {
  start: number;
  end: number;
  source: { value: string };
}

/** Every `import('…')` with a constant address. */
function importCalls(node: unknown): ImportCall[] {
  if (typeof node !== 'object' || node === null) return [];
  const { type, source } = node as { type?: string; source?: { value?: unknown } };
  const own = type === 'ImportExpression' && typeof source?.value === 'string' ? [node as ImportCall] : [];
  return [...own, ...Object.values(node).flatMap(importCalls)];
}
