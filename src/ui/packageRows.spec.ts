import { dist } from '../facts/build';
import type { IFinding, Severity } from '../rules/types';
import { text } from '../text/text';
import { packageRows } from './packageRows';

function finding(
  severity: Severity,
  about: string[],
  symptoms: IFinding[] = []
): IFinding {
  return {
    rule: 'rule',
    code: 'R0',
    message: 'message',
    severity,
    title: text('Title'),
    why: text('Why'),
    about,
    evidence: [],
    fix: null,
    stops: [],
    symptoms
  };
}

const inConflict = (rows: ReturnType<typeof packageRows>) =>
  rows.filter(row => row.conflict).map(row => row.package.name);

describe('packageRows', () => {
  const packages = [
    dist('torch', '2.5.1'),
    dist('numpy', '1.20.3', { path_index: 4 }),
    dist('numpy', '1.22.4', { path_index: 1 }),
    dist('pip', '24.0'),
    dist('absl-py', '1.0.0')
  ];

  it('sorts by name and puts the imported copy first', () => {
    const rows = packageRows(packages, []);
    expect(rows.map(row => row.package.name)).toEqual([
      'absl-py',
      'numpy',
      'numpy',
      'pip',
      'torch'
    ]);
    expect(
      rows
        .filter(row => row.copies)
        .map(row => [row.package.version, row.hidden])
    ).toEqual([
      ['1.22.4', false],
      ['1.20.3', true]
    ]);
  });

  it('leaves the facts in their order', () => {
    const before = packages.map(one => one.version);
    packageRows(packages, []);
    expect(packages.map(one => one.version)).toEqual(before);
  });

  it('calls several copies a conflict, without any finding', () => {
    expect(inConflict(packageRows(packages, []))).toEqual(['numpy', 'numpy']);
  });

  it('takes the packages of errors, warnings and their consequences', () => {
    const findings = [
      finding('error', ['torch'], [finding('warning', ['absl-py'])])
    ];
    expect(inConflict(packageRows(packages, findings))).toEqual([
      'absl-py',
      'numpy',
      'numpy',
      'torch'
    ]);
  });

  it('does not take notes, nor the words that mean a tool', () => {
    const findings = [finding('info', ['torch']), finding('error', ['pip'])];
    expect(inConflict(packageRows(packages, findings))).not.toContain('torch');
    expect(inConflict(packageRows(packages, findings))).not.toContain('pip');
  });
});
