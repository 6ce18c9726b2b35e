/** The report as it stands on the terminal. */
import type { Outcome } from './records.ts';
import { fates, partKinds, type Report } from './report.ts';

const plural = (kind: string, count: number): string =>
  count === 1 ? kind : kind === 'address' ? 'addresses' : `${kind}s`;

const titles: Record<Outcome, string> = {
  skipped: 'Skipped, not imported:',
  mended: 'Mended, imported otherwise than it was:',
  noted: 'Noted, imported as it was:',
};

export function reportText(report: Report, rejects: string | null): string {
  const columns = [...fates, 'skipped', 'mended'] as const;
  const rows = partKinds.map((kind) => ({
    name: plural(kind, 2),
    cells: columns.map((column) =>
      column === 'skipped' || column === 'mended' ? report.issues(column, kind) : report.of(kind, column),
    ),
  }));
  const table = [
    ['', ...columns],
    ...rows.filter((row) => row.cells.some(Boolean)).map((row) => [row.name, ...row.cells.map((cell) => cell.toLocaleString('en'))]),
  ].map((cells) => cells.map((cell, index) => (index ? cell.padStart(11) : cell.padEnd(12))).join('').trimEnd());
  return [...table, ...(['skipped', 'mended', 'noted'] as const).flatMap((outcome) => causesOf(report, outcome)), ...(rejects ? ['', `Each of them, with its record: ${rejects}`] : [])].join('\n');
}

function causesOf(report: Report, outcome: Outcome): string[] {
  const causes = [...report.causes.values()].filter((cause) => cause.outcome === outcome).sort((a, b) => b.count - a.count);
  if (!causes.length) return [];
  const lines = causes.map(({ count, kind, reason, examples }) => {
    const more = count > examples.length ? ', …' : '';
    return `  ${count.toLocaleString('en')} ${plural(kind, count)}: ${reason} (${examples.join(', ')}${more})`;
  });
  return ['', titles[outcome], ...lines];
}
