import { dist, environment, facts, framework, record } from '../../facts/build';
import type { IToolkit } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { majorOf } from '../../versions/cuda';
import { cudaMinor, gpuBuilds } from '../cuda';
import { isInside, kernelEnv } from '../paths';
import { defineRule, type IEvidence, type IFix } from '../types';
import { frameworkName } from '../words';

interface IToolkitHere {
  /** `CUDA_HOME`, `CUDA_PATH`, or `PATH` for nvcc. */
  variable: string;
  path: string;
  version: string;
  evidence: IEvidence;
}

interface IOwnCuda {
  /** What stands in the title: `TensorFlow`, `cudatoolkit`. */
  label: string;
  about: string;
  version: string;
  /** From a CUDA package of this environment, not only from what a framework was built for. */
  packaged: boolean;
  evidence: IEvidence;
}

/** `/usr/local/cuda-11.8` → `11.8`; Windows: `…\CUDA\v11.8`. */
function versionInPath(path: string): string | null {
  return (
    /(?:cuda[-_/\\]?v?)(\d{1,2}\.\d{1,2})(?:\.\d+)*(?:[/\\]|$)/i.exec(
      path
    )?.[1] ?? null
  );
}

/** Toolkits that builds would use: those the variables name, then nvcc on PATH. */
function toolkits(view: View): IToolkitHere[] {
  const found: IToolkitHere[] = [];
  const known = view.facts.toolkits;
  for (const variable of ['CUDA_HOME', 'CUDA_PATH', 'PATH']) {
    const index =
      known?.findIndex((one: IToolkit) => one.variable === variable) ?? -1;
    const toolkit = known?.[index];
    const set = variable === 'PATH' ? null : view.environ(variable);
    const path = toolkit?.path ?? set ?? null;
    const version =
      cudaMinor(toolkit?.version ?? '') ?? (path ? versionInPath(path) : null);
    if (path !== null && version !== null) {
      found.push({
        variable,
        path,
        version,
        evidence: {
          text: text(
            '%1 leads to %2 (CUDA %3)',
            variable === 'PATH' ? 'nvcc on PATH' : variable,
            path,
            version
          ),
          path: toolkit ? `/toolkits/${index}` : `/environ/${variable}`
        }
      });
    }
  }
  return found;
}

/** The CUDA versions of this environment: of its own CUDA packages, then what the frameworks were built for. */
function own(view: View): IOwnCuda[] {
  const found: IOwnCuda[] = [];
  for (const name of ['cudatoolkit', 'cuda-version', 'cuda-cudart']) {
    const record = view.record(name);
    const version = cudaMinor(record?.value.version ?? '');
    if (record && version) {
      found.push({
        label: name,
        about: name,
        version,
        packaged: true,
        evidence: {
          text: text('conda has %1 %2', name, record.value.version ?? ''),
          path: `${record.path}/version`
        }
      });
    }
  }
  for (const build of gpuBuilds(view)) {
    const version = cudaMinor(build.cuda ?? '');
    if (version) {
      found.push({
        label: frameworkName(build.name),
        about: build.distribution,
        version,
        packaged: false,
        evidence: build.evidence
      });
    }
  }
  return found;
}

function fixOf(
  view: View,
  wrong: readonly IToolkitHere[],
  wanted: string
): IFix | null {
  const named = wrong.filter(one => one.variable !== 'PATH');
  if (named.length === 0) {
    return null;
  }
  const right = view.facts.toolkits?.find(
    one =>
      one.exists !== false &&
      one.nvcc !== null &&
      cudaMinor(one.version ?? '') === wanted
  );
  return {
    commands: [
      kernelEnv(
        Object.fromEntries(named.map(one => [one.variable, right?.path ?? '']))
      )
    ],
    where: 'kernelspec',
    restart: true,
    safety: 'review',
    note: right
      ? text('%1 holds CUDA %2.', right.path, wanted)
      : text(
          'An empty value counts as not set. To build extensions, CUDA %1 with nvcc is needed.',
          wanted
        )
  };
}

export default defineRule({
  id: 'cuda-home-elsewhere',
  code: 'R59',
  since: '0.1.0',
  docs: {
    summary:
      'CUDA_HOME, CUDA_PATH or nvcc is another CUDA than the one of this environment.',
    what: 'Compares the toolkit that `CUDA_HOME`, `CUDA_PATH` and `nvcc` on the PATH lead to with the CUDA packages of the environment, or with the CUDA that the frameworks were built for. CUDA comes in three places that know nothing of each other: libraries in the environment, Python packages that bring their own, and system paths such as this one.',
    why: 'Frameworks that are installed ready-made do not look at it. Extensions that are compiled here (flash-attn, detectron2, custom operators) and tools that search for libraries there get the other CUDA.',
    example:
      '`RuntimeError: The detected CUDA version (11.8) mismatches the version that was used to compile PyTorch (12.1).`',
    fix: 'Point the variable to the same CUDA, or empty it, in the `env` entry of kernel.json.',
    safety: 'Only this kernel is affected.',
    references: [
      'Dao-AILab/flash-attention#420',
      'Scenario 000: CUDA_PATH to 11.8 beside cudatoolkit 11.2'
    ]
  },
  messages: {
    variable: {
      title: '%1 is another CUDA than %2',
      why: '%2 is CUDA %3, %1 leads to %4: what is compiled here, or looks for libraries there, gets the other one.'
    },
    nvcc: {
      title: 'nvcc is another CUDA than %2',
      why: '%2 is CUDA %3, nvcc is %4: extensions that are compiled here get the other one.'
    }
  },
  check(view, report) {
    const all = own(view);
    const ours = all[0];
    // Frameworks for several CUDA versions: no toolkit could suit them all.
    if (
      !ours ||
      (!ours.packaged && all.some(one => one.version !== ours.version))
    ) {
      return;
    }
    const prefix =
      view.facts.environment?.kind === 'conda'
        ? view.facts.python?.prefix
        : null;
    const wrong = toolkits(view).filter(
      one =>
        !all.some(mine => mine.version === one.version) &&
        !(prefix && isInside(one.path, prefix))
    );
    const named = wrong.filter(one => one.variable !== 'PATH');
    // Builds take what a variable names, whatever nvcc is on PATH.
    const set = ['CUDA_HOME', 'CUDA_PATH'].some(
      one =>
        view.environ(one) || view.facts.toolkits?.some(t => t.variable === one)
    );
    const first = named[0] ?? (set ? undefined : wrong[0]);
    if (!first) {
      return;
    }
    const shown = named.length > 0 ? named : [first];
    const major = majorOf(first.version) !== majorOf(ours.version);
    report({
      message: named.length > 0 ? 'variable' : 'nvcc',
      args: [
        shown.map(one => one.variable).join(', '),
        ours.label,
        ours.version,
        first.version
      ],
      severity:
        named.length > 0 && (major || ours.packaged) ? 'warning' : 'info',
      about: ['CUDA_HOME', ours.about],
      evidence: [...shown.map(one => one.evidence), ours.evidence],
      fix: fixOf(view, shown, ours.version)
    });
  },
  examples: {
    flagged: [
      {
        name: 'CUDA_PATH to a system CUDA 11.8 beside cudatoolkit 11.2',
        facts: () =>
          facts({
            environment: environment('conda'),
            packages: [dist('tensorflow', '2.7.0', { manager: 'conda' })],
            conda: {
              present: true,
              records: [
                record('tensorflow-gpu', '2.7.0'),
                record('cudatoolkit', '11.2.2')
              ],
              last_change: null,
              pinned: null
            },
            frameworks: [
              framework('tensorflow', '2.7.0', { distribution: 'tensorflow' })
            ],
            environ: { CUDA_PATH: '/usr/local/cuda-11.8' }
          }),
        findings: [
          {
            message: 'variable',
            severity: 'warning',
            about: ['CUDA_HOME', 'cudatoolkit']
          }
        ]
      },
      {
        name: 'CUDA_HOME of another major than torch',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.3.1+cu121', {
                gpu_build: true,
                cuda: '12.1'
              })
            ],
            environ: { CUDA_HOME: '/usr/local/cuda' },
            toolkits: [
              {
                variable: 'CUDA_HOME',
                path: '/usr/local/cuda',
                exists: true,
                version: '11.8',
                nvcc: '/usr/local/cuda/bin/nvcc'
              }
            ]
          }),
        findings: [
          {
            message: 'variable',
            severity: 'warning',
            about: ['CUDA_HOME', 'torch']
          }
        ]
      },
      {
        name: 'another minor than torch',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.3.1+cu121', {
                gpu_build: true,
                cuda: '12.1'
              })
            ],
            environ: { CUDA_HOME: '/usr/local/cuda-12.4' }
          }),
        findings: [
          {
            message: 'variable',
            severity: 'info',
            about: ['CUDA_HOME', 'torch']
          }
        ]
      },
      {
        name: 'only nvcc on PATH differs',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.3.1+cu121', {
                gpu_build: true,
                cuda: '12.1'
              })
            ],
            toolkits: [
              {
                variable: 'PATH',
                path: '/usr',
                exists: true,
                version: '11.5',
                nvcc: '/usr/bin/nvcc'
              }
            ]
          }),
        findings: [
          { message: 'nvcc', severity: 'info', about: ['CUDA_HOME', 'torch'] }
        ]
      }
    ],
    clean: [
      {
        name: 'the same CUDA',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.3.1+cu121', {
                gpu_build: true,
                cuda: '12.1'
              })
            ],
            environ: { CUDA_HOME: '/usr/local/cuda-12.1' }
          })
      },
      {
        name: 'the version behind the variable is not known',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.3.1+cu121', {
                gpu_build: true,
                cuda: '12.1'
              })
            ],
            environ: { CUDA_HOME: '/usr/local/cuda' },
            toolkits: [
              {
                variable: 'PATH',
                path: '/usr',
                exists: true,
                version: '11.5',
                nvcc: '/usr/bin/nvcc'
              }
            ]
          })
      },
      {
        name: 'CUDA_HOME is right, nvcc on PATH does not count',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.3.1+cu121', {
                gpu_build: true,
                cuda: '12.1'
              })
            ],
            environ: { CUDA_HOME: '/usr/local/cuda-12.1' },
            toolkits: [
              {
                variable: 'PATH',
                path: '/usr',
                exists: true,
                version: '11.5',
                nvcc: '/usr/bin/nvcc'
              }
            ]
          })
      },
      {
        name: 'the CUDA of the wheel, beside another one of conda',
        facts: () =>
          facts({
            environment: environment('conda'),
            conda: {
              present: true,
              records: [record('cuda-version', '12.4')],
              last_change: null,
              pinned: null
            },
            frameworks: [
              framework('torch', '2.3.1+cu121', {
                gpu_build: true,
                cuda: '12.1'
              })
            ],
            environ: { CUDA_HOME: '/usr/local/cuda-12.1' }
          })
      },
      {
        name: 'a CPU build',
        facts: () =>
          facts({
            frameworks: [
              framework('torch', '2.3.1+cpu', {
                gpu_build: false,
                backend: 'cpu'
              })
            ],
            environ: { CUDA_HOME: '/usr/local/cuda-11.8' }
          })
      }
    ]
  }
});
