import * as fc from 'fast-check';
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { arbitraryFacts } from '../facts/arbitrary.testing';
import { conda, dist, environment, facts, record } from '../facts/build';
import type { IFacts } from '../facts/facts.generated';
import { parseFacts } from '../facts/parse';
import { factsFromShortForm, type IShortForm } from '../facts/shortForm';
import { arbitraryPlan, arbitraryRequests } from '../plan/arbitrary.testing';
import { plan, request, row, uninstall } from '../plan/build';
import { render } from '../text/text';
import { CaseError, judgeCase } from './case';
import { judge } from './judge';

const TORCH = facts({
  packages: [
    dist('torch', '2.3.1+cu121', {
      manager: 'pip',
      requires: ['triton==2.3.1']
    }),
    dist('triton', '2.3.1', { manager: 'pip' }),
    dist('torchvision', '0.18.1+cu121', {
      manager: 'pip',
      requires: ['torch==2.3.1']
    })
  ],
  frameworks: []
});
const SWAP = plan([
  row('xformers', null, '0.0.26.post1', { requires: ['torch==2.3.0'] }),
  row('torch', '2.3.1+cu121', '2.3.0'),
  row('triton', '2.3.1', '2.3.0')
]);

describe('judge', () => {
  it('says nothing without a command', () => {
    expect(judge({ facts: TORCH, requests: [], plan: SWAP })).toMatchObject({
      verdict: 'ok',
      risks: [],
      safer: null
    });
  });

  it('tells one cause once, with everything that suffers', () => {
    const { verdict, risks } = judge({
      facts: TORCH,
      requests: [request(['xformers==0.0.26.post1'])],
      plan: SWAP
    });
    expect(verdict).toBe('block');
    expect(risks.map(one => one.rule)).toEqual(['torch-swap']);
    expect([...risks[0].about].sort()).toEqual([
      'torch',
      'torchvision',
      'triton'
    ]);
    expect(risks[0].symptoms.map(one => one.rule)).toContain(
      'breaks-dependant'
    );
  });

  it('does not blame a command for what was wrong before', () => {
    const broken = facts({
      packages: [
        dist('torch', '2.1.0', { manager: 'pip' }),
        dist('torchvision', '0.18.1', {
          manager: 'pip',
          requires: ['torch==2.3.1']
        })
      ],
      frameworks: []
    });
    expect(
      judge({
        facts: broken,
        requests: [request(['rich'])],
        plan: plan([row('rich', null, '14.0.0')])
      }).verdict
    ).toBe('ok');
  });

  it('leaves another environment alone', () => {
    const elsewhere = request(['torch==1.13.1'], {
      target: { kind: 'folder', path: './libs' }
    });
    const { verdict, rows } = judge({
      facts: TORCH,
      requests: [elsewhere],
      plan: plan([row('torch', '2.3.1+cu121', '1.13.1')])
    });
    expect(verdict).toBe('ok');
    expect(rows).toEqual([]);
  });

  it('keeps silent about rules that the user ignores', () => {
    const { risks } = judge(
      { facts: TORCH, requests: [request(['xformers'])], plan: SWAP },
      { ignored: new Set(['torch-swap', 'breaks-dependant', 'downgrade']) }
    );
    expect(risks.map(one => one.rule)).not.toContain('torch-swap');
  });

  it('survives a rule that throws', () => {
    const { failures, verdict } = judge(
      { facts: TORCH, requests: [request(['rich'])], plan: plan([]) },
      {
        installRules: [
          {
            id: 'broken',
            code: 'P99',
            since: '0',
            docs: {} as never,
            messages: {},
            check: () => {
              throw new Error('no');
            },
            examples: { flagged: [], clean: [] }
          }
        ]
      }
    );
    expect(failures.map(one => one.rule)).toEqual(['broken']);
    expect(verdict).toBe('ok');
  });
});

describe('the safer command', () => {
  const safer = (
    known: IFacts,
    packages: string[],
    rows: Parameters<typeof plan>[0],
    more: Parameters<typeof request>[1] = {}
  ) =>
    judge({
      facts: known,
      requests: [request(packages, more)],
      plan: plan(rows)
    }).safer;
  const owned = facts({
    environment: environment('conda'),
    conda: conda([record('numpy', '1.20.3', { python_name: 'numpy' })]),
    packages: [
      dist('numpy', '1.20.3', { manager: 'conda' }),
      dist('tensorflow', '2.7.0', { manager: 'conda' })
    ],
    frameworks: []
  });

  it('leaves requirements out that are met already', () => {
    expect(
      safer(
        owned,
        ['focal-loss'],
        [
          row('focal-loss', null, '0.0.7', { requires: ['tensorflow>=2.2'] }),
          row('numpy', '1.20.3', '1.22.4')
        ]
      )
    ).toMatchObject({
      command: '%pip install --no-deps focal-loss==0.0.7',
      resolved: true
    });
  });

  it('asks conda when a requirement is missing', () => {
    expect(
      safer(
        owned,
        ['numba==0.56.4'],
        [
          row('numba', null, '0.56.4', { requires: ['numpy<1.20'] }),
          row('numpy', '1.20.3', '1.19.5')
        ]
      )
    ).toMatchObject({
      command: '%conda install -c conda-forge numba=0.56.4',
      resolved: false
    });
  });

  it('holds the endangered packages, not the one that was asked for', () => {
    const hub = facts({
      packages: [
        dist('transformers', '4.26.0', {
          requires: ['huggingface-hub>=0.11.0']
        }),
        dist('huggingface-hub', '0.12.0')
      ]
    });
    expect(
      safer(
        hub,
        ['spacy-huggingface-hub'],
        [
          row('spacy-huggingface-hub', null, '0.0.8', {
            requires: ['huggingface-hub<0.9']
          }),
          row('huggingface-hub', '0.12.0', '0.8.1')
        ]
      )?.command
    ).toBe('%pip install spacy-huggingface-hub huggingface-hub==0.12.0');
    expect(
      safer(
        hub,
        ['huggingface-hub'],
        [row('huggingface-hub', '0.12.0', '1.0.0')],
        { options: { upgrade: true } }
      )
    ).toBeNull();
  });

  it('is silent where a pinned release contradicts what must stay', () => {
    expect(safer(TORCH, ['xformers==0.0.26.post1'], [...SWAP.rows])).toBeNull();
  });

  it('installs around a twin', () => {
    const twin = facts({
      packages: [
        dist('opencv-python', '4.10.0.84', { manager: 'pip' }),
        dist('torch', '2.5.1', { manager: 'pip' })
      ],
      frameworks: []
    });
    expect(
      safer(
        twin,
        ['easyocr'],
        [
          row('easyocr', null, '1.7.1', {
            requires: ['torch', 'opencv-python-headless', 'ninja']
          }),
          row('opencv-python-headless', null, '4.11.0.86'),
          row('ninja', null, '1.11.1')
        ]
      )
    ).toMatchObject({
      command: '%pip install --no-deps easyocr==1.7.1 ninja==1.11.1',
      resolved: false
    });
  });

  it('turns a shell line into a magic and quotes versions', () => {
    expect(
      judge({
        facts: facts({ packages: [] }),
        requests: [
          request(['pandas'], {
            form: 'bang',
            target: { kind: 'path', command: 'pip' },
            eaten: ['>=2.0']
          })
        ],
        plan: null
      }).safer?.command
    ).toBe('%pip install "pandas>=2.0"');
    expect(
      judge({
        facts: facts({ packages: [] }),
        requests: [request(['rich'], { options: { sudo: true, user: true } })],
        plan: null
      }).safer?.command
    ).toBe('%pip install rich');
  });

  it('shows no credentials', () => {
    const found = judge({
      facts: facts({
        packages: [dist('a', '2.0'), dist('b', '1', { requires: ['a>=2'] })]
      }),
      requests: [
        request(['c'], {
          options: { indexes: ['https://u:****@example.org/simple'] }
        })
      ],
      plan: plan([row('c', null, '1'), row('a', '2.0', '1.0')])
    }).safer;
    expect(found?.command ?? '').not.toContain('****');
  });
});

describe('whatever facts and plan say', () => {
  const input = fc.record({
    facts: arbitraryFacts(),
    requests: arbitraryRequests(),
    plan: fc.option(arbitraryPlan())
  });

  it('a verdict comes, every sentence is complete, and no rule throws', () => {
    fc.assert(
      fc.property(input, one => {
        const { verdict, risks, notes, failures } = judge(one);
        expect(failures).toEqual([]);
        expect(verdict === 'ok').toBe(risks.length === 0);
        for (const risk of [...risks, ...notes]) {
          expect(render(risk.title)).not.toMatch(/%\d|undefined|\[object/);
          expect(render(risk.why)).not.toMatch(/%\d|undefined|\[object/);
        }
      }),
      { numRuns: 400 }
    );
  });

  it('the order of the rows does not matter', () => {
    fc.assert(
      fc.property(input, fc.infiniteStream(fc.nat()), (one, numbers) => {
        const shuffled = one.plan && {
          ...one.plan,
          rows: one.plan.rows
            .map(value => ({ value, key: numbers.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ value }) => value)
        };
        const said = (answer: ReturnType<typeof judge>) => ({
          verdict: answer.verdict,
          safer: answer.safer?.command,
          risks: answer.risks.map(risk => [
            risk.rule,
            risk.severity,
            render(risk.title),
            [...risk.about].sort()
          ])
        });
        expect(said(judge({ ...one, plan: shuffled }))).toEqual(
          said(judge(one))
        );
      }),
      { numRuns: 200 }
    );
  });

  it('an empty plan of an ordinary install is silent', () => {
    fc.assert(
      fc.property(
        arbitraryFacts(),
        fc.array(fc.constantFrom('numpy', 'torch', 'rich'), { minLength: 1 }),
        (known, packages) => {
          const calm = {
            ...known,
            environment: known.environment && {
              ...known.environment,
              externally_managed: false
            }
          };
          expect(
            judge({
              facts: calm,
              requests: [request(packages)],
              plan: plan([])
            })
          ).toMatchObject({ verdict: 'ok', risks: [] });
        }
      ),
      { numRuns: 150 }
    );
  });

  it('removing what is not installed is silent', () => {
    const { verdict } = judge({
      facts: facts({ packages: [] }),
      requests: [uninstall(['torch'])],
      plan: null
    });
    expect(verdict).toBe('ok');
  });
});

describe('judgeCase', () => {
  const run = (value: unknown) =>
    judgeCase(value, known => factsFromShortForm(known as IShortForm));

  it('answers in the words of the contract', () => {
    expect(
      run({
        id: 'x',
        facts: {
          packages: [
            { name: 'torch', version: '2.3.1+cu121', manager: 'pip' },
            {
              name: 'torchvision',
              version: '0.18.1+cu121',
              manager: 'pip',
              requires: ['torch (==2.3.1)']
            }
          ]
        },
        cell: '!pip install -q xformers==0.0.26.post1',
        plan: [
          { name: 'torch', from: '2.3.1+cu121', to: '2.3.0' },
          { name: 'xformers', from: null, to: '0.0.26.post1' }
        ]
      })
    ).toEqual({
      id: 'x',
      verdict: 'block',
      requests: [
        { tool: 'pip', form: 'bang', packages: ['xformers==0.0.26.post1'] }
      ],
      risks: [
        {
          id: 'torch-swap',
          severity: 'block',
          about: ['torch', 'torchvision'],
          title: 'PyTorch 2.3.1+cu121 would be replaced by 2.3.0'
        }
      ],
      safer: null
    });
  });

  it('finds nothing in a cell that installs nothing', () => {
    expect(run({ cell: 'print("pip install torch")' })).toEqual({
      verdict: 'ok',
      requests: [],
      risks: [],
      safer: null
    });
  });

  it('takes the installed version where a row does not say from', () => {
    expect(
      run({
        facts: { packages: [{ name: 'torch', version: '2.3.1' }] },
        cell: '%pip install xformers',
        plan: [{ name: 'torch', to: '2.3.0' }]
      }).risks.map(one => one.id)
    ).toEqual(['torch-swap']);
  });

  it.each([
    [null, 'object'],
    [{}, 'cell'],
    [{ cell: 3 }, 'cell'],
    [{ cell: '%pip install x', plan: {} }, 'plan'],
    [{ cell: '%pip install x', plan: [{}] }, 'name'],
    [{ cell: '%pip install x', plan: [{ name: 'x', to: 3 }] }, 'to'],
    [
      { cell: '%pip install x', plan: [{ name: 'x', requires: 'y' }] },
      'requires'
    ]
  ])('refuses %j', (value, word) => {
    expect(() => run(value)).toThrow(CaseError);
    expect(() => run(value)).toThrow(word);
  });
});

describe('in healthy environments', () => {
  const samples = join(__dirname, '../facts/samples');
  const names = readdirSync(samples).filter(name =>
    name.startsWith('healthy-')
  );
  const sample = (name: string): IFacts => {
    const parsed = parseFacts(
      JSON.parse(readFileSync(join(samples, name), 'utf8'))
    );
    if (!parsed.ok) {
      throw new Error(name);
    }
    return parsed.facts;
  };

  it.each(names)('ordinary installs are silent: %s', name => {
    const known = sample(name);
    const additions = [
      row('tqdm-extra', null, '1.0'),
      row('wcwidth-extra', null, '0.2.13', { requires: ['numpy'] })
    ];
    for (const answer of [plan([]), plan(additions), null]) {
      for (const requests of [
        [request(['tqdm-extra'])],
        [request(['tqdm-extra'], { options: { upgrade: true } })],
        [request(['numpy'])],
        [request([], { unknowns: [{ kind: 'requirements-file', text: 'r' }] })]
      ]) {
        expect(
          judge({ facts: known, requests, plan: answer }).risks.map(one => [
            one.rule,
            one.about
          ])
        ).toEqual([]);
      }
    }
  });

  it.each(names)('a torch of another release is never silent: %s', name => {
    const known = sample(name);
    const torch = known.packages?.find(one => one.name === 'torch');
    if (torch) {
      const { verdict } = judge({
        facts: known,
        requests: [request(['some-package'])],
        plan: plan([
          row('some-package', null, '1.0'),
          row('torch', torch.version, '1.13.1')
        ])
      });
      expect(verdict).toBe('block');
    }
  });
});
