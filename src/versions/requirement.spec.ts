import * as fc from 'fast-check';
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import {
  parsePipRequirementsLine,
  type EnvironmentMarker
} from 'pip-requirements-js';
import type { IFacts } from '../facts/facts.generated';
import type { Marker } from './marker';
import { normalise, parseRequirement } from './requirement';

/** A requirement as plain data. Chains of `and` or `or` become lists: the two parsers nest them differently. */
interface IPlain {
  name: string;
  extras: readonly string[];
  clauses: string[];
  marker: unknown;
}

function chain(operator: string, left: unknown, right: unknown): unknown {
  const flat = (one: unknown) =>
    Array.isArray(one) && one[0] === operator ? one.slice(1) : [one];
  return [operator, ...flat(left), ...flat(right)];
}

function oursMarker(marker: Marker): unknown {
  if (marker.kind !== 'compare') {
    return chain(
      marker.kind,
      oursMarker(marker.left),
      oursMarker(marker.right)
    );
  }
  const side = (one: { kind: string; value: string }) =>
    `${one.kind}:${one.value}`;
  return [marker.operator, side(marker.left), side(marker.right)].join(' ');
}

function theirMarker(marker: EnvironmentMarker): unknown {
  if (marker.operator === 'and' || marker.operator === 'or') {
    const node = marker as {
      left: EnvironmentMarker;
      right: EnvironmentMarker;
    };
    return chain(
      marker.operator,
      theirMarker(node.left),
      theirMarker(node.right)
    );
  }
  const side = (one: unknown) => {
    const text = String(one);
    return /^['"]/.test(text) ? `text:${text.slice(1, -1)}` : `name:${text}`;
  };
  return [
    marker.operator.replace(/\s+/g, ' '),
    side(marker.left),
    side(marker.right)
  ].join(' ');
}

function ours(line: string): IPlain | null {
  const parsed = parseRequirement(line);
  return (
    parsed && {
      name: parsed.name,
      extras: parsed.extras,
      clauses: parsed.specifier
        .split(',')
        .map(clause => clause.replace(/\s+/g, ''))
        .filter(clause => clause !== ''),
      marker: parsed.marker && oursMarker(parsed.marker)
    }
  );
}

function theirs(line: string): IPlain | null {
  const parsed = parsePipRequirementsLine(line);
  if (parsed?.type !== 'ProjectName') {
    return null;
  }
  return {
    name: normalise(parsed.name),
    extras: (parsed.extras ?? []).map(normalise),
    clauses: (parsed.versionSpec ?? []).map(c => c.operator + c.version),
    marker: parsed.environmentMarkerTree
      ? theirMarker(parsed.environmentMarkerTree)
      : null
  };
}

const space = fc.constantFrom('', ' ', '  ');
const spaced = (...parts: fc.Arbitrary<string>[]) =>
  fc.tuple(...parts.flatMap(part => [part, space])).map(list => list.join(''));
const words = (...list: string[]) => fc.constantFrom(...list);
const clause = spaced(
  words('==', '!=', '<=', '>=', '<', '>', '~='),
  words('1.0', '2.5.1+cu124', '1.2rc1', '4.0.0.dev0')
);
const clauses = fc
  .array(clause, { minLength: 1, maxLength: 3 })
  .map(list => list.join(','));
const comparison = fc.oneof(
  spaced(
    words('python_version', 'python_full_version'),
    words('==', '<', '>=', '!='),
    words('"3.8"', "'3.11'")
  ),
  words(
    'sys_platform == "win32"',
    'platform_machine in "x86_64 AMD64"',
    "os_name not in 'nt posix'",
    'extra == "gpu-extra"',
    '"3.8" <= python_version'
  )
);
const marker: fc.Arbitrary<string> = fc.letrec<{ tree: string }>(tie => ({
  tree: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    comparison,
    fc
      .tuple(tie('tree'), words('and', 'or'), tie('tree'))
      .map(parts => parts.join(' ')),
    tie('tree').map(inner => `(${inner})`)
  )
})).tree;
const line = spaced(
  words('torch', 'A.B__c', 'zope-interface', 'x1'),
  words('', '[gpu]', '[a, b_c]'),
  fc.oneof(
    fc.constant(''),
    clauses,
    clauses.map(inner => `(${inner})`)
  ),
  fc.oneof(
    fc.constant(''),
    marker.map(inner => `; ${inner}`)
  )
);

describe('against pip-requirements-js', () => {
  it('reads generated lines alike', () => {
    fc.assert(
      fc.property(line, text => {
        expect([text, ours(text)]).toEqual([text, theirs(text)]);
      }),
      { numRuns: 1000 }
    );
  });

  it('reads the metadata of the samples alike', () => {
    const folder = join(__dirname, '../facts/samples');
    const lines = new Set(
      readdirSync(folder).flatMap(name => {
        const facts = JSON.parse(
          readFileSync(join(folder, name), 'utf8')
        ) as IFacts;
        return (facts.packages ?? []).flatMap(one => one.requires ?? []);
      })
    );
    expect(lines.size).toBeGreaterThan(150);
    for (const text of lines) {
      expect([text, ours(text)]).toEqual([text, theirs(text)]);
    }
  });
});

describe('what the library does otherwise', () => {
  it('a marker behind an address, which pip allows', () => {
    expect(
      parseRequirement('x @ https://h.example/x.whl ; python_version > "3"')
    ).toMatchObject({ name: 'x', url: 'https://h.example/x.whl' });
  });

  it('names of PEP 345, which old metadata use', () => {
    expect(
      ours('argparse ; python_version=="2.6" or sys.platform=="win32"')?.marker
    ).toEqual([
      'or',
      '== name:python_version text:2.6',
      '== name:sys_platform text:win32'
    ]);
  });
});

describe('parseRequirement', () => {
  it.each([
    ['torch (==2.5.1)', 'torch', '==2.5.1'],
    ['foo ()', 'foo', ''],
    ['Foo.Bar_baz', 'foo-bar-baz', ''],
    ['  numpy >=1.22,<2  ', 'numpy', '>=1.22,<2']
  ])('%j', (text, name, specifier) => {
    expect(parseRequirement(text)).toMatchObject({ name, specifier });
  });

  it.each([
    '',
    ';',
    '-r other.txt',
    '==1.0',
    'a b',
    'a; nonsense',
    'a; python_version >',
    'a; (python_version > "3"'
  ])('%j is none', text => {
    expect(parseRequirement(text)).toBeNull();
  });

  it('never throws, and reads hostile lines in time', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), text => {
        parseRequirement(text);
      }),
      { numRuns: 500 }
    );
    const start = Date.now();
    parseRequirement(`${'a.'.repeat(2000)}!`);
    parseRequirement(`a; ${'('.repeat(3000)}`);
    parseRequirement(`a ${' '.repeat(4000)}!`);
    expect(Date.now() - start).toBeLessThan(1000);
  });
});
