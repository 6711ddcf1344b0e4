import * as fc from 'fast-check';
import { dist, facts } from '../facts/build';
import { View } from '../facts/view';
import { recognise } from '../recognise';
import { runRules } from '../rules/engine';
import { ENVIRONMENT_RULES } from '../rules/environment/index.generated';
import type { FixPlace, IFinding } from '../rules/types';
import { text } from '../text/text';
import { planFixes } from './plan';
import { step } from './step';
import { outcome } from './wants';

const VIEW = new View(facts({ packages: [] }));

let count = 0;

/** A finding with these commands as its fix. */
function finding(
  commands: readonly string[],
  more: Partial<IFinding> & { where?: FixPlace } = {}
): IFinding {
  const { where = 'cell', ...rest } = more;
  return {
    rule: `rule-${++count}`,
    code: `R${100 + count}`,
    message: 'm',
    severity: 'warning',
    title: text('t'),
    why: text('w'),
    about: [],
    evidence: [],
    fix: { commands, where, restart: true, safety: 'review' },
    stops: [],
    symptoms: [],
    ...rest
  };
}

function plan(...fixes: (readonly string[])[]) {
  return planFixes(
    VIEW,
    fixes.map(one => finding(one))
  );
}

describe('joins', () => {
  it('removes before it installs, conda before pip, forced ones last', () => {
    const made = plan(
      ['%pip install --force-reinstall --no-deps six==1.16.0'],
      ['%pip install "scipy<1.14,>=1.11"'],
      [
        '%pip uninstall -y numpy',
        '%conda install --force-reinstall numpy=1.26'
      ],
      ['import shutil; shutil.rmtree("/x/y-1.dist-info")'],
      ['%conda remove cpuonly', '%conda install -c conda-forge pytorch']
    );
    expect(made.commands).toStrictEqual([
      'import shutil; shutil.rmtree("/x/y-1.dist-info")',
      '%pip uninstall -y numpy',
      '%conda remove cpuonly',
      '%conda install --force-reinstall numpy=1.26',
      '%conda install -c conda-forge pytorch',
      '%pip install "scipy<1.14,>=1.11"',
      '%pip install --force-reinstall --no-deps six==1.16.0'
    ]);
    expect(made.findings).toHaveLength(5);
    expect(made.leftOut).toHaveLength(0);
  });

  it('makes one command of those that differ in their packages only', () => {
    expect(
      plan(
        ['%pip uninstall -y a b', '%pip install a==1.0'],
        ['%pip uninstall -y b c', '%pip install c==2.0'],
        ['%conda install x=1'],
        ['%conda install "y>=2"']
      ).commands
    ).toStrictEqual([
      '%pip uninstall -y a b c',
      '%conda install x=1 "y>=2"',
      '%pip install a==1.0 c==2.0'
    ]);
  });

  it('keeps both removals of a package that is there twice', () => {
    expect(
      plan(
        [
          '%pip uninstall -y numpy',
          '%pip uninstall -y numpy',
          '%pip install --no-deps numpy==1.26.4'
        ],
        ['%pip uninstall -y scipy', '%pip install --no-deps scipy==1.11.4']
      ).commands
    ).toStrictEqual([
      '%pip uninstall -y numpy scipy',
      '%pip uninstall -y numpy',
      '%pip install --no-deps numpy==1.26.4 scipy==1.11.4'
    ]);
  });

  it('gives a package one pin in all commands', () => {
    expect(
      plan(
        ['%pip install "numpy<2" pandas==2.1.4'],
        ['%pip install --force-reinstall --no-deps numpy==1.26.4'],
        ['%pip install "pandas[excel]"']
      ).commands
    ).toStrictEqual([
      '%pip install numpy==1.26.4 "pandas[excel]==2.1.4"',
      '%pip install --force-reinstall --no-deps numpy==1.26.4'
    ]);
  });

  it('joins ranges', () => {
    expect(
      plan(['%pip install "numpy<2"'], ['%pip install "numpy>=1.24,<2"'])
        .commands
    ).toStrictEqual(['%pip install "numpy<2,>=1.24"']);
  });

  it('brings what the others need first', () => {
    expect(
      plan(
        ['%pip uninstall -y a'],
        [
          '%pip install uv',
          '%uv pip install --torch-backend=cu121 --reinstall-package torch torch==2.5.1'
        ],
        ['%conda install pip']
      ).commands
    ).toStrictEqual([
      '%pip install uv',
      '%conda install pip',
      '%pip uninstall -y a',
      '%uv pip install --torch-backend=cu121 --reinstall-package torch torch==2.5.1'
    ]);
  });

  it('keeps the order within a fix', () => {
    // In a base environment conda must never be without its packages.
    expect(
      plan(
        [
          '%conda install --force-reinstall six=1.16',
          'import os; os.remove("/q")'
        ],
        ['%pip uninstall -y a']
      ).commands
    ).toStrictEqual([
      '%pip uninstall -y a',
      '%conda install --force-reinstall six=1.16',
      'import os; os.remove("/q")'
    ]);
  });
});

describe('leaves out', () => {
  it.each([
    ['two pins', ['%pip install a==1.0'], ['%pip install a==2.0']],
    ['a pin outside a range', ['%pip install "a<2"'], ['%pip install a==2.0']],
    ['ranges apart', ['%pip install "a<2"'], ['%pip install "a>=2"']],
    ['pip and conda', ['%pip install a'], ['%conda install a']],
    ['removed and installed', ['%pip uninstall -y a'], ['%pip install a']],
    ['held and moved', ['%pip install a==1.0'], ['%pip install --upgrade a']],
    [
      'a line that cannot be changed',
      ['%uv pip install --torch-backend=cu121 "a>=1"'],
      ['%pip install "a<2"']
    ]
  ])('%s', (name, one, other) => {
    const { commands, leftOut, findings } = plan(one, other, [
      '%pip install z'
    ]);
    expect(leftOut).toHaveLength(1);
    expect(leftOut[0].subject).toBe('a');
    expect(leftOut[0].other).toBe(findings[0]);
    expect(findings.map(f => f.fix?.commands)).toStrictEqual([
      one,
      ['%pip install z']
    ]);
    expect(commands.join('\n')).toContain('z');
  });

  it('the less grave one', () => {
    const made = planFixes(VIEW, [
      finding(['%pip install a==1.0'], { severity: 'warning' }),
      finding(['%pip install a==2.0'], { severity: 'error' })
    ]);
    expect(made.commands).toStrictEqual(['%pip install a==2.0']);
    expect(made.leftOut[0].finding.severity).toBe('warning');
  });

  it('what a moved package would move back', () => {
    const view = new View(
      facts({
        packages: [
          dist('torch', '2.3.1', {
            requires: ['nvidia-cublas-cu12==12.1.3.1', 'numpy']
          }),
          dist('nvidia-cublas-cu12', '12.1.3.1'),
          dist('numpy', '1.26.4')
        ]
      })
    );
    const hold = (name: string) => [`%pip install --no-deps ${name}`];
    const made = planFixes(view, [
      finding(hold('nvidia-cublas-cu12==12.1.3.1')),
      finding(hold('numpy==1.26.4')),
      finding(['%pip install torch==2.5.1'])
    ]);
    expect(made.leftOut.map(one => one.subject)).toStrictEqual([
      'nvidia-cublas-cu12'
    ]);
    // The same version keeps what it requires.
    expect(
      planFixes(view, [
        finding(hold('nvidia-cublas-cu12==12.1.3.1')),
        finding(['%pip install torch==2.3.1'])
      ]).leftOut
    ).toHaveLength(0);
  });

  it('what would come back as a requirement', () => {
    const view = new View(
      facts({
        packages: [
          dist('ultralytics', '8.0', { requires: ['opencv-python'] }),
          dist('opencv-python', '4.9')
        ]
      })
    );
    expect(
      planFixes(view, [
        finding(['%pip uninstall -y opencv-python']),
        finding(['%pip install ultralytics==8.0'])
      ]).leftOut.map(one => one.subject)
    ).toStrictEqual(['opencv-python']);
  });
});

it('keeps apart what belongs elsewhere', () => {
  const made = planFixes(VIEW, [
    finding(['conda create -n gpu'], { where: 'terminal' }),
    finding(['"env": {}'], { where: 'kernelspec' }),
    finding(['%pip install a'])
  ]);
  expect(made.elsewhere).toHaveLength(2);
  expect(made.commands).toStrictEqual(['%pip install a']);
});

const NAMES = ['numpy', 'scipy', 'torch', 'pandas', 'protobuf'];
const name = fc.constantFrom(...NAMES);
const pin = fc.constantFrom('', '==1.0', '==2.0', '<2', '>=1,<3', '>=2');
const word = fc
  .tuple(name, pin)
  .map(([n, p]) => (/[<>]/.test(p) ? `"${n}${p}"` : n + p));
const words = fc
  .uniqueArray(word, {
    minLength: 1,
    maxLength: 3,
    selector: one => /^"?(\w+)/.exec(one)?.[1]
  })
  .map(list => list.join(' '));
const names = fc
  .uniqueArray(name, { minLength: 1, maxLength: 3 })
  .map(list => list.join(' '));
const install = fc
  .tuple(
    fc.constantFrom('', '--upgrade ', '--no-deps ', '--force-reinstall '),
    words
  )
  .map(([option, list]) => `%pip install ${option}${list}`);
const conda = fc
  .tuple(fc.constantFrom('', '-c conda-forge '), names)
  .map(([option, list]) => `%conda install ${option}${list}`);
const uninstall = names.map(list => `%pip uninstall -y ${list}`);
const python_ = fc.constantFrom('import a', 'import b; b.c("numpy")');
const commands = fc.oneof(
  fc.tuple(uninstall),
  fc.tuple(install),
  fc.tuple(conda),
  fc.tuple(uninstall, install),
  fc.tuple(uninstall, uninstall, install),
  fc.tuple(uninstall, conda),
  fc.tuple(python_, install),
  fc.tuple(conda, python_)
);
const fixes = fc.array(
  fc.record({
    commands,
    severity: fc.constantFrom('error' as const, 'warning' as const),
    code: fc.constantFrom('R01', 'R02', 'R03'),
    where: fc.constantFrom<FixPlace>('cell', 'cell', 'cell', 'terminal')
  }),
  { maxLength: 6 }
);
const findings = fixes.map(list =>
  list.map(({ commands: lines, where, ...more }) =>
    finding([...lines], { ...more, where, rule: 'rule' })
  )
);

/** Each command's packages with what becomes of them. */
function mentions(lines: readonly string[]): string[] {
  return lines.flatMap(line => {
    const { wants } = step(line);
    return wants.length > 0
      ? wants.map(one => `${one.by} ${one.present} ${one.name}`)
      : [line];
  });
}

describe('any findings', () => {
  it('give one plan in whatever order they come', () => {
    fc.assert(
      fc.property(findings, fc.infiniteStream(fc.nat(100)), (list, stream) => {
        const order = list
          .map(one => ({ one, key: stream.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        const [a, b] = [planFixes(VIEW, list), planFixes(VIEW, order)];
        expect(b.commands).toStrictEqual(a.commands);
        expect(b.leftOut.map(one => one.finding.fix)).toStrictEqual(
          a.leftOut.map(one => one.finding.fix)
        );
      }),
      { numRuns: 300 }
    );
  });

  it('are all accounted for, and no command is dropped', () => {
    fc.assert(
      fc.property(findings, list => {
        const made = planFixes(VIEW, list);
        const { leftOut, elsewhere } = made;
        const all = [
          ...made.findings,
          ...elsewhere,
          ...leftOut.map(one => one.finding)
        ];
        expect(new Set(all)).toStrictEqual(new Set(list));
        expect(all).toHaveLength(list.length);
        const there = mentions(made.commands);
        for (const one of made.findings) {
          for (const each of mentions(one.fix?.commands ?? [])) {
            expect(there).toContain(each);
          }
        }
        // Nothing is asked for that no fix asks for.
        const asked = made.findings.flatMap(one =>
          mentions(one.fix?.commands ?? [])
        );
        expect(asked).toEqual(expect.arrayContaining(there));
      }),
      { numRuns: 300 }
    );
  });

  it('leave every package as each of their fixes wants it', () => {
    fc.assert(
      fc.property(findings, list => {
        const made = planFixes(VIEW, list);
        const end = outcome(made.commands.map(step));
        for (const one of made.findings) {
          const wanted = outcome((one.fix?.commands ?? []).map(step));
          for (const [key, want] of wanted) {
            expect(end.get(key)).toMatchObject({
              present: want.present,
              by: want.by
            });
          }
        }
      }),
      { numRuns: 300 }
    );
  });

  it('install no package with two pins or by two managers', () => {
    fc.assert(
      fc.property(findings, list => {
        const seen = new Map<string, string>();
        for (const line of planFixes(VIEW, list).commands) {
          for (const want of step(line).wants.filter(one => one.present)) {
            const pinned = `${want.by} ${want.word}`;
            expect(seen.get(want.name) ?? pinned).toBe(pinned);
            seen.set(want.name, pinned);
          }
        }
      }),
      { numRuns: 300 }
    );
  });
});

describe('the fixes of the rules', () => {
  const cases = ENVIRONMENT_RULES.flatMap(rule =>
    rule.examples.flagged.map(
      example => [`${rule.id}: ${example.name}`, example.facts] as const
    )
  );

  it.each(cases)('%s', (title, build) => {
    const document = build();
    const { findings: found } = runRules(ENVIRONMENT_RULES, document);
    const view = new View(document);
    const made = planFixes(view, found);
    const cell = found.filter(one => one.fix?.where === 'cell');
    expect(made.findings.length + made.leftOut.length).toBe(
      cell.filter(one => one.fix?.commands.length).length
    );
    for (const one of cell) {
      const alone = planFixes(view, [one]);
      expect(alone.commands).toStrictEqual(one.fix?.commands);
      // As a cell, the guard sees each of its commands and can examine it.
      const source = alone.commands.join('\n');
      const lines = alone.commands.filter(line => /^[%!]/.test(line));
      const requests = recognise(source);
      expect(requests).toHaveLength(lines.length);
      const odd = requests.flatMap(r => [
        ...r.unknowns.filter(u => u.kind !== 'direct-url'),
        ...r.eaten
      ]);
      expect(odd).toHaveLength(0);
    }
  });
});
