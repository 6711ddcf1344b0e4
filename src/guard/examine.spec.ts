import { dist, facts, python } from '../facts/build';
import type { IFacts } from '../facts/facts.generated';
import type { PlanAnswer } from '../plan/answer';
import { row } from '../plan/build';
import type { IPlanRequest } from '../plan/command';
import type { IPlanRow } from '../plan/types';
import { askingCard } from './card';
import { examine, type IExamined, type IPorts } from './examine';
import { findSafer } from './safer';
import {
  DEFAULT_SETTINGS,
  readSettings,
  type IGuardSettings
} from './settings';

const FACTS = facts({
  packages: [
    dist('numpy', '1.26.4', { manager: 'pip', requires: [] }),
    dist('pandas', '2.1.4', { manager: 'pip', requires: ['numpy>=1.22,<2'] }),
    dist('tqdm', '4.66.0', { manager: 'pip', requires: [] })
  ],
  python: python('3.11.7', {
    implementation: 'CPython',
    executable: '/env/bin/python',
    prefix: '/env',
    markers: { python_version: '3.11', sys_platform: 'linux' }
  })
});

function planOf(rows: readonly IPlanRow[], planner = 'uv 0.13.9'): PlanAnswer {
  return { kind: 'plan', notes: [], plan: { rows, planner, duration: 500 } };
}

/** A kernel whose resolver answers by what it is asked. */
function kernel(
  answer: (request: IPlanRequest) => PlanAnswer | { kind: 'cancelled' },
  read: IFacts = FACTS
): IPorts & { readonly asked: IPlanRequest[] } {
  const asked: IPlanRequest[] = [];
  return {
    asked,
    facts: async () => ({ facts: read }),
    names: async names => ({
      names: Object.fromEntries(names.map(name => [name, 'polars'])),
      automagic: true
    }),
    plan: async request => {
      asked.push(request);
      return answer(request);
    }
  };
}

function how(settings: Partial<IGuardSettings> = {}) {
  return {
    settings: { ...DEFAULT_SETTINGS, ...settings },
    judging: {
      protectedNames: settings.protectedNames
    },
    limit: 60
  };
}

async function examined(
  source: string,
  ports: IPorts,
  settings: Partial<IGuardSettings> = {}
): Promise<IExamined> {
  const result = await examine(source, ports, how(settings));
  if (result.kind !== 'examined') {
    throw new Error(result.kind);
  }
  return result.value;
}

/** OpenCV wants NumPy 2; with NumPy held there is an older one. */
function opencv(request: IPlanRequest): PlanAnswer {
  const held =
    request.constraints.includes('numpy==1.26.4') ||
    request.args.includes('numpy==1.26.4');
  if (request.args.includes('--uploaded-prior-to')) {
    const [year] =
      request.args[request.args.indexOf('--uploaded-prior-to') + 1].split('-');
    return Number(year) >= 2025
      ? planOf([row('opencv-python', null, '4.13.0')])
      : problem('unsatisfiable');
  }
  return held
    ? planOf([row('opencv-python', null, '4.11.0.86')])
    : planOf([
        row('opencv-python', null, '4.13.0', { requires: ['numpy>=2'] }),
        row('numpy', '1.26.4', '2.4.6')
      ]);
}

function problem(
  kind: 'network' | 'unsatisfiable' | 'unknown-package',
  nearest: string | null = null,
  name: string | null = null
): PlanAnswer {
  return {
    kind: 'problem',
    notes: [],
    problem: { kind, text: 'words', nearest, package: name }
  };
}

describe('examine', () => {
  it.each([
    ['no install', 'print("pip install x")'],
    ['packages of the system', '!apt-get install -y ffmpeg']
  ])('reads nothing for %s', async (_, source) => {
    const ports = { ...kernel(opencv), facts: jest.fn() };
    expect(await examine(source, ports, how())).toEqual({ kind: 'nothing' });
    expect(ports.facts).not.toHaveBeenCalled();
  });

  it('judges a plan', async () => {
    const { judgement, plan } = await examined(
      '%pip install opencv-python',
      kernel(opencv)
    );
    expect(judgement.verdict).toBe('block');
    expect(judgement.risks[0].about).toContain('pandas');
    expect(plan?.planner).toBe('uv 0.13.9');
  });

  it('asks no resolver for what is satisfied', async () => {
    const ports = kernel(opencv);
    const { judgement } = await examined('%pip install tqdm "numpy<2"', ports);
    expect(judgement.verdict).toBe('ok');
    expect(ports.asked).toEqual([]);
  });

  it('asks nobody when the settings say so', async () => {
    const ports = kernel(opencv);
    const value = await examined('%pip install numpy==2.0.0', ports, {
      planner: 'none'
    });
    expect(ports.asked).toEqual([]);
    expect(value.unplanned?.kind).toBe('off');
    expect(value.judgement.verdict).toBe('block');
  });

  it('leaves trusted packages alone', async () => {
    const trustedNames = new Set(['opencv-python']);
    expect(
      await examine(
        '%pip install opencv-python',
        kernel(opencv),
        how({ trustedNames })
      )
    ).toEqual({ kind: 'nothing' });
    expect(
      (
        await examine(
          '%pip install opencv-python z',
          kernel(opencv),
          how({ trustedNames })
        )
      ).kind
    ).toBe('examined');
  });

  it('looks plain names up, and nothing else', async () => {
    const ports = kernel(() => planOf([row('polars', null, '1.0')]));
    const names = jest.spyOn(ports, 'names');
    await examined('%pip install {name} {f(1)}', ports);
    expect(names).toHaveBeenCalledWith(['name']);
    await examined('!pip install {name}', ports);
    expect(ports.asked.map(one => one.args)).toEqual([['polars']]);
  });

  it('judges by the command when the resolver does not answer', async () => {
    for (const answer of [problem('network'), { kind: 'cancelled' } as const]) {
      const value = await examined(
        '%pip install numpy==2.0.0',
        kernel(() => answer)
      );
      expect(value.plan).toBeNull();
      expect(value.unplanned?.kind).toBe(
        answer.kind === 'cancelled' ? 'deadline' : 'network'
      );
      expect(value.judgement.verdict).toBe('block');
    }
  });

  it('says that a version does not exist', async () => {
    const ports = kernel(() =>
      problem('unsatisfiable', '4.7.0.72', 'opencv-python')
    );
    const { judgement } = await examined(
      '%pip install opencv-python==4.7.0',
      ports
    );
    expect(judgement).toMatchObject({
      verdict: 'warn',
      risks: [
        { rule: 'cannot-resolve', message: 'version', about: ['opencv-python'] }
      ]
    });
  });

  it('judges each command of a cell, and joins them', async () => {
    const ports = kernel(request =>
      request.args[0] === 'opencv-python' ? opencv(request) : problem('network')
    );
    const { judgement, requests, unplanned } = await examined(
      '%pip install opencv-python\n%pip install polars',
      ports
    );
    expect(requests).toHaveLength(2);
    expect(judgement.verdict).toBe('block');
    expect(unplanned?.kind).toBe('network');
    expect(judgement.safer).toBeNull();
  });

  it('speaks up for a protected package', async () => {
    const ports = kernel(() =>
      planOf([row('new', null, '1'), row('tqdm', '4.66.0', '4.67.0')])
    );
    const settings = { protectedNames: new Set(['tqdm']) };
    expect((await examined('%pip install new', ports)).judgement.verdict).toBe(
      'ok'
    );
    expect(
      (await examined('%pip install new', ports, settings)).judgement.risks
    ).toMatchObject([{ rule: 'protected-package', about: ['tqdm'] }]);
  });

  it('hands on that the environment could not be read', async () => {
    const failure = {
      kind: 'timeout' as const,
      message: { template: '', args: [] },
      detail: ''
    };
    const ports = kernel(opencv);
    expect(
      await examine(
        '%pip install z',
        { ...ports, facts: async () => ({ failure }) },
        how()
      )
    ).toEqual({ kind: 'failure', failure });
    expect(
      await examine(
        '%pip install z',
        { ...ports, facts: async () => null },
        how()
      )
    ).toEqual({ kind: 'cancelled' });
  });
});

describe('card', () => {
  it('puts harm first, and says who asked', async () => {
    const card = askingCard(
      await examined('%pip install -q opencv-python', kernel(opencv)),
      5
    );
    expect(card).toMatchObject({
      verdict: 'block',
      planner: 'uv 0.13.9',
      seconds: 0.5,
      checkedAt: 5,
      unplanned: null,
      rows: [
        {
          name: 'numpy',
          from: '1.26.4',
          to: '2.4.6',
          owner: 'pip',
          becauseOf: ['opencv-python'],
          asked: false,
          harmful: true
        },
        {
          name: 'opencv-python',
          from: null,
          owner: 'new',
          asked: true,
          harmful: false
        }
      ]
    });
    expect(card.rules[0].title).toEqual(card.risks[0].title);
  });
});

describe('the safer way', () => {
  const NOW = Date.UTC(2026, 10, 21);
  const find = async (source: string, ports: IPorts, settings = {}) =>
    findSafer(
      source,
      await examined(source, ports, settings),
      ports,
      how(settings),
      NOW
    );

  it('holds what is endangered, and is resolved itself', async () => {
    const ports = kernel(opencv);
    const found = await find(
      '# vision\n%pip install -q -U opencv-python # why',
      ports
    );
    expect(found).toMatchObject({
      source:
        '# vision\n%pip install -q opencv-python==4.11.0.86 numpy==1.26.4 # why',
      state: {
        kind: 'found',
        command: '%pip install -q opencv-python==4.11.0.86 numpy==1.26.4',
        resolvedBy: 'uv 0.13.9',
        seconds: 0.5,
        applicable: true
      }
    });
    // 4.11 is as major as 4.13; that it is a year old is told.
    expect(found?.state.caution?.template).toContain('more than a year ago');
  });

  it('tells an older major version', async () => {
    const ports = kernel(request => {
      const answer = opencv(request);
      return answer.kind === 'plan' && answer.plan.rows[0].to === '4.13.0'
        ? planOf([
            row('opencv-python', null, '5.0.0', { requires: ['numpy>=2'] }),
            row('numpy', '1.26.4', '2.4.6')
          ])
        : answer;
    });
    const found = await find('%pip install opencv-python', ports);
    expect(found?.state.caution?.args).toEqual([
      'opencv-python',
      '4.11.0.86',
      '5.0.0'
    ]);
  });

  it('offers nothing that a resolver refuses', async () => {
    const ports = kernel(request =>
      request.constraints.length + (request.args.length > 1 ? 1 : 0) > 0
        ? problem('unsatisfiable')
        : opencv(request)
    );
    expect(await find('%pip install opencv-python', ports)).toBeNull();
  });

  it('offers nothing that does harm of its own', async () => {
    const ports = kernel(request =>
      request.constraints.length > 0
        ? planOf([
            row('opencv-python', null, '4.11.0.86'),
            row('pandas', '2.1.4', '1.5.0')
          ])
        : request.args.includes('numpy==1.26.4')
          ? problem('unsatisfiable')
          : opencv(request)
    );
    expect(await find('%pip install opencv-python', ports)).toBeNull();
  });

  it('offers the version that exists', async () => {
    const ports = kernel(request =>
      request.args.includes('opencv-python==4.7.0.72')
        ? planOf([row('opencv-python', null, '4.7.0.72')])
        : problem('unsatisfiable', '4.7.0.72', 'opencv-python')
    );
    const found = await find(
      '!pip install tensorboard opencv-python==4.7.0',
      ports
    );
    expect(found?.source).toBe(
      '%pip install tensorboard opencv-python==4.7.0.72'
    );
  });

  it('offers the name that exists, with its version', async () => {
    const ports = kernel(request =>
      request.args.includes('pandas>=2')
        ? planOf([])
        : problem('unknown-package', 'pandas', 'pandsa')
    );
    const found = await find('%pip install "pandsa>=2"', ports);
    expect(found?.state.command).toBe('%pip install "pandas>=2"');
  });

  it('keeps credentials in the cell and off the card', async () => {
    const ports = kernel(opencv);
    const url = 'https://me:secret@index.example/simple';
    const found = await find(`%pip install -i ${url} opencv-python`, ports);
    expect(found?.state.command).not.toContain('secret');
    expect(found?.source).toContain('me:secret@');
  });

  it('shows a command that cannot be put into the cell', async () => {
    const source =
      'import os\nos.system("pip install opencv-python && echo ok")';
    const found = await find(source, kernel(opencv));
    expect(found).toMatchObject({ source: null, state: { applicable: false } });
  });
});

describe('settings', () => {
  it('has a default for whatever cannot be read', () => {
    expect(readSettings({})).toEqual(DEFAULT_SETTINGS);
    expect(
      readSettings({
        enabled: 'x',
        threshold: 5,
        place: null,
        deadline: 'soon',
        planner: 'rm -rf',
        protectedPackages: 'numpy',
        trustedPackages: [1, ' ']
      })
    ).toEqual(DEFAULT_SETTINGS);
  });

  it('reads names as package managers do', () => {
    const { protectedNames, deadline } = readSettings({
      protectedPackages: [' Scikit_Learn '],
      deadline: 1e9
    });
    expect([...protectedNames]).toEqual(['scikit-learn']);
    expect(deadline).toBe(300);
  });
});
