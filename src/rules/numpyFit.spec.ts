import { codeNeeds } from '../compat/code';
import {
  numbaReleases,
  numpyCApi,
  numpyForNumba,
  numpyReleases
} from '../compat/numpyReleases';
import { conda, dist, environment, facts, python } from '../facts/build';
import type { IDistribution, IFacts } from '../facts/facts.generated';
import { factsFromShortForm } from '../facts/shortForm';
import { View } from '../facts/view';
import { condaSpecifier, demandsOn, nearest } from './demands';
import { runRules, wantedCostly } from './engine';
import { ENVIRONMENT_RULES } from './environment/index.generated';
import { fittingNumpy } from './numpyFit';
import type { IFinding } from './types';

const CLASHES = ENVIRONMENT_RULES.filter(rule =>
  [
    'numpy2-abi',
    'numpy-too-old',
    'numba-guard',
    'numpy-range',
    'protobuf-generation',
    'keras-generation',
    'hf-guards',
    'other-twins',
    'shared-files',
    'unmet-requirement'
  ].includes(rule.id)
);

function found(document: IFacts): readonly IFinding[] {
  const { findings, failures } = runRules(CLASHES, document);
  expect(failures).toEqual([]);
  return findings;
}

function commands(document: IFacts): string[] {
  const findings = found(document);
  expect(findings).toHaveLength(1);
  return [...(findings[0].fix?.commands ?? [])];
}

function wheel(
  name: string,
  version: string,
  more: Partial<IDistribution> = {}
): IDistribution {
  return dist(name, version, { manager: 'pip', ...more });
}

function on(version: string, packages: IDistribution[]): IFacts {
  return facts({
    environment: environment('venv'),
    python: python(version, {
      markers: { python_version: version.split('.').slice(0, 2).join('.') }
    }),
    packages
  });
}

describe('releases of NumPy', () => {
  it.each([
    ['3.8.18', '1.24.4'],
    ['3.12.1', '2.4.6'],
    [null, '2.4.6']
  ])('newest for Python %s: %s', (version, newest) => {
    expect(numpyReleases(version)[0]).toBe(newest);
  });

  it('know their C API, and nothing of others', () => {
    expect(numpyCApi('1.21.6')?.value).toBe(0xe);
    expect(numpyCApi('1.22.0')?.value).toBe(0xf);
    expect(numpyCApi('9.0')).toBeNull();
    expect(numpyCApi('2.0.0rc1')).toBeNull();
  });

  it('numba accepts some of them', () => {
    expect(numpyForNumba('0.60.0')?.value).toBe('<2.1,>=1.22');
    expect(numpyForNumba('0.99')).toBeNull();
    expect(numbaReleases()[0].numba).toBe('0.56');
  });
});

describe('code that needs more than its metadata say', () => {
  it.each([
    ['tensorflow', '2.9.1', 'protobuf', '<4'],
    ['tensorflow', '2.12.0', 'protobuf', undefined],
    ['sentence-transformers', '2.2.2', 'huggingface-hub', '<0.26'],
    ['sentence-transformers', '2.3.0', 'huggingface-hub', undefined],
    ['sentence-transformers', 'odd', 'huggingface-hub', undefined]
  ])('%s %s on %s: %s', (name, version, requirement, specifier) => {
    expect(codeNeeds(name, version, requirement)?.value.specifier).toBe(
      specifier
    );
  });
});

describe('the nearest version', () => {
  it('goes down before it goes up, and no further than needed', () => {
    const releases = ['1.24.4', '1.26.4', '2.0.2', '2.2.6'];
    expect(nearest('2.4.0', ['<2.1'], releases)).toBe('2.0.2');
    expect(nearest('1.20.0', ['>=1.22'], releases)).toBe('1.24.4');
    expect(nearest('2.0.2', ['<2', '>=2'], releases)).toBeNull();
    expect(nearest('2.0.2', ['==1.23.1'], releases)).toBe('1.23.1');
  });

  it('respects Python, guards, numba and what conda wrote', () => {
    const document = on('3.11.7', [
      wheel('numpy', '2.2.6'),
      wheel('numba', '0.57.1')
    ]);
    expect(fittingNumpy(new View(document), '2.2.6', [])).toBe('1.24.4');
    document.guards = [
      { distribution: 'scipy', requires: ['numpy<1.24'], source: 'x' }
    ];
    expect(fittingNumpy(new View(document), '2.2.6', [])).toBe('1.23.5');
  });

  it('reads match specs of conda', () => {
    expect(condaSpecifier('numpy >=1.22,<2.0a0', 'numpy')).toBe(
      '>=1.22,<2.0a0'
    );
    expect(condaSpecifier('numpy 1.22.* py310_0', 'numpy')).toBeNull();
    expect(condaSpecifier('numpy-base >=1', 'numpy')).toBeNull();
    const view = new View(
      facts({
        packages: [dist('pandas', '2.1.4', { manager: 'pip' })],
        conda: conda([])
      })
    );
    expect(demandsOn(view, 'numpy')).toEqual([]);
  });
});

describe('fixes', () => {
  it('one step of NumPy for all that was built for NumPy 1; the rest is folded', () => {
    const document = on('3.12.1', [
      wheel('numpy', '2.1.0'),
      wheel('pandas', '2.1.4', { requires: ['numpy<2,>=1.26.0'] }),
      wheel('scikit-learn', '1.4.0', { requires: ['numpy<2.0,>=1.19.5'] }),
      wheel('numba', '0.59.1', { requires: ['numpy<1.27,>=1.22'] })
    ]);
    expect(found(document).map(one => [one.rule, one.about])).toEqual([
      ['numpy2-abi', ['numpy', 'pandas', 'scikit-learn']]
    ]);
    expect(commands(document)).toEqual(['%pip install numpy==1.26.4']);
  });

  it('upgrade the package where no NumPy 1 is left', () => {
    expect(
      commands(
        on('3.13.1', [wheel('numpy', '2.1.0'), wheel('pandas', '2.1.4')])
      )
    ).toEqual(['%pip install "pandas>=2.2.2"']);
    expect(
      commands(
        on('3.11.1', [
          wheel('numpy', '2.1.0'),
          wheel('pandas', '2.1.4'),
          wheel('thinc', '8.3.0', { requires: ['numpy<2.2,>=2.0.0'] })
        ])
      )
    ).toEqual(['%pip install "pandas>=2.2.2"']);
  });

  it('leave NumPy alone when conda owns it and the other is a wheel', () => {
    expect(
      commands(
        factsFromShortForm({
          environment: 'conda',
          packages: [
            { name: 'numpy', version: '2.2.6', manager: 'conda' },
            { name: 'pandas', version: '2.1.4', manager: 'pip' }
          ],
          conda: [{ name: 'numpy', version: '2.2.6' }]
        })
      )
    ).toEqual(['%pip install "pandas>=2.2.2"']);
  });

  it('a protobuf that everybody accepts, else newer packages', () => {
    const old = wheel('tensorflow', '2.9.3', {
      requires: ['protobuf<3.20,>=3.9.2']
    });
    expect(commands(on('3.9.1', [wheel('protobuf', '4.25.3'), old]))).toEqual([
      '%pip install protobuf==3.19.6'
    ]);
    const [first] = found(
      on('3.9.1', [
        wheel('protobuf', '4.25.3'),
        old,
        wheel('grpcio-status', '1.60.0', { requires: ['protobuf>=4.21.6'] })
      ])
    );
    expect(first.fix?.commands).toEqual(['%pip install --upgrade tensorflow']);
  });

  it('tf-keras without the other tensorflow', () => {
    expect(
      commands(
        on('3.11.1', [
          wheel('tensorflow-cpu', '2.16.1'),
          wheel('keras', '3.3.3'),
          wheel('transformers', '4.44.2')
        ])
      )
    ).toEqual(['%pip install --no-deps "tf-keras==2.16.*"']);
  });

  it('the other side when the Keras is wanted by somebody', () => {
    expect(
      commands(
        on('3.11.1', [
          wheel('tensorflow', '2.13.1', { requires: ['keras<2.14,>=2.13.1'] }),
          wheel('keras', '3.3.3'),
          wheel('keras-hub', '0.17.0', { requires: ['keras>=3.3'] })
        ])
      )
    ).toEqual(['%pip install --upgrade tensorflow']);
  });

  it('the package that refuses, when others need what it refuses', () => {
    expect(
      commands(
        on('3.11.1', [
          wheel('transformers', '4.40.0', {
            requires: ['huggingface-hub<1.0,>=0.19.3']
          }),
          wheel('huggingface-hub', '1.0.0'),
          wheel('gradio', '6.0', { requires: ['huggingface-hub>=1.0'] })
        ])
      )
    ).toEqual(['%pip install --upgrade transformers']);
  });
});

describe('costly facts', () => {
  const wants = (packages: IDistribution[]) =>
    wantedCostly(CLASHES, facts({ packages })).filter(
      name => name === 'numpy_api'
    );
  const needy = (name: string, tags: string[] | null, more = '') =>
    wheel(name, '1.0', { requires: [`numpy${more}`], tags });

  it('numpy_api is asked for where compiled code beside NumPy 2 is not known', () => {
    const two = wheel('numpy', '2.1.0');
    const compiled = ['cp311-cp311-manylinux_2_17_x86_64'];
    expect(wants([two, needy('ext', compiled)])).toEqual(['numpy_api']);
    expect(
      wants([two, wheel('pandas', '2.1.4', { requires: ['numpy<2'] })])
    ).toEqual(['numpy_api']);
    expect(wants([two, needy('ext', ['py3-none-any'])])).toEqual([]);
    expect(wants([two, needy('ext', compiled, '<3,>=1.23')])).toEqual([]);
    expect(wants([wheel('numpy', '1.26.4'), needy('ext', compiled)])).toEqual(
      []
    );
    expect(wants([two])).toEqual([]);
  });
});
