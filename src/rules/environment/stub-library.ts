import {
  driver,
  facts,
  framework,
  gpu,
  gpus,
  noGpu,
  platform
} from '../../facts/build';
import type { IFacts } from '../../facts/facts.generated';
import type { View } from '../../facts/view';
import { text } from '../../text/text';
import { DRIVER_SYMPTOMS, hasNvidia, stoppedBuilds } from '../machine';
import { dirname, kernelEnv, samePath } from '../paths';
import { defineRule, type IEvidence, type IFix } from '../types';

const VARIABLE = 'LD_LIBRARY_PATH';
const STUBS = /[/]stubs(?:[/]|$)/;

/** Take the folder off the variable; a folder of the system's loader is a matter of the machine. */
function fixOf(folders: readonly string[], stub: string | null): IFix {
  const bad = folders.filter(
    one => STUBS.test(one) || (stub !== null && samePath(one, stub))
  );
  return bad.length > 0
    ? {
        commands: [
          kernelEnv({
            [VARIABLE]: folders.filter(one => !bad.includes(one)).join(':')
          })
        ],
        where: 'kernelspec',
        restart: true,
        safety: 'safe',
        note: text('Only the linker needs this folder, to build programs.')
      }
    : {
        commands: [
          'grep -l stubs /etc/ld.so.conf /etc/ld.so.conf.d/*.conf',
          'sudo ldconfig'
        ],
        where: 'terminal',
        restart: true,
        safety: 'review',
        note: text(
          'Take the line with the folder out of the file that the first command names, before the second.'
        )
      };
}

/** The library that would be loaded, and where it was read. */
function evidenceOf(view: View, library: string): IEvidence[] {
  const value = view.environ(VARIABLE);
  return [
    {
      text: text('libcuda.so.1 would be %1', library),
      path: '/gpu/driver/library'
    },
    ...(value && STUBS.test(value)
      ? [{ text: text('%1=%2', VARIABLE, value), path: `/environ/${VARIABLE}` }]
      : [])
  ];
}

/** A machine with a GPU, on which the loader finds this libcuda.so.1. */
function machine(
  library: string | null,
  path: string | null,
  more: Partial<IFacts> = {}
) {
  return () =>
    facts({
      platform: platform('linux-x86_64'),
      frameworks: [
        framework('torch', '2.5.1+cu124', { gpu_build: true, cuda: '12.4' })
      ],
      gpu: {
        driver: driver(true, { version: '550.90.07', cuda: '12.4', library }),
        nvml: { state: 'ok', detail: null, library: null },
        devices: [gpu('NVIDIA L4', '8.9')],
        nodes: ['/dev/nvidia0', '/dev/nvidia-uvm'],
        others: []
      },
      environ: path === null ? {} : { [VARIABLE]: path },
      ...more
    });
}

export default defineRule({
  id: 'stub-library',
  code: 'R70',
  since: '0.1.0',
  docs: {
    summary: 'The loader finds the stub of the driver instead of the driver.',
    what: 'Looks whether the `libcuda.so.1` that would be loaded lies in a `stubs` folder of a CUDA toolkit. Where nobody looked for the library, such a folder on `LD_LIBRARY_PATH` is a warning.',
    why: 'The stub is an empty library for building programs on machines without a driver: each of its functions fails.',
    example: '`CUDA driver is a stub library` (error 34)',
    fix: 'Take the folder off `LD_LIBRARY_PATH`, in the `env` entry of kernel.json, or out of the configuration of the loader.',
    safety:
      'Builds find the stub through an option of the linker; nothing needs it at run time.',
    references: ['NVIDIA CUDA runtime API, cudaErrorStubLibrary']
  },
  messages: {
    loaded: {
      title: 'The stub of libcuda.so.1 is found before the driver',
      why: 'Every call of CUDA fails, although the driver is there.'
    },
    path: {
      title: 'LD_LIBRARY_PATH leads to the stubs of a CUDA toolkit',
      why: 'A program that loads libcuda.so.1 from there gets an empty library instead of the driver.'
    }
  },
  supersedes: DRIVER_SYMPTOMS,
  check(view, report) {
    const section = view.facts.gpu;
    const library = section?.driver?.library ?? null;
    const value = view.environ(VARIABLE) ?? '';
    const folders = value.split(':').filter(folder => folder !== '');
    const builds = stoppedBuilds(view);
    // On a build machine without a GPU the stub is in its place.
    if (!builds || hasNvidia(view) === false) {
      return;
    }
    const about = ['driver', ...builds.map(one => one.distribution)];
    if (library !== null) {
      if (STUBS.test(library) && hasNvidia(view) === true) {
        const bad = folders.some(
          one => STUBS.test(one) || samePath(one, dirname(library))
        );
        report({
          message: 'loaded',
          severity: 'error',
          about: [...(bad ? [VARIABLE] : []), ...about],
          evidence: evidenceOf(view, library),
          fix: fixOf(folders, dirname(library)),
          stops: builds.map(one => one.name)
        });
      }
    } else if (!section?.nvml && folders.some(one => STUBS.test(one))) {
      report({
        message: 'path',
        severity: 'warning',
        about: [VARIABLE, ...about],
        evidence: [
          { text: text('%1=%2', VARIABLE, value), path: `/environ/${VARIABLE}` }
        ],
        fix: fixOf(folders, null)
      });
    }
  },
  examples: {
    flagged: [
      {
        name: 'the stub by LD_LIBRARY_PATH',
        facts: machine(
          '/usr/local/cuda/lib64/stubs/libcuda.so.1',
          '/usr/local/cuda/lib64:/usr/local/cuda/lib64/stubs'
        ),
        findings: [
          {
            message: 'loaded',
            severity: 'error',
            about: ['LD_LIBRARY_PATH', 'driver', 'torch']
          }
        ]
      },
      {
        name: 'the stub by the cache of the loader',
        facts: machine('/usr/local/cuda-12.4/lib64/stubs/libcuda.so.1', null),
        findings: [
          { message: 'loaded', severity: 'error', about: ['driver', 'torch'] }
        ]
      },
      {
        name: 'the variable alone, where nobody looked for the library',
        facts: () =>
          facts({
            platform: platform('linux-x86_64'),
            gpu: gpus('550.90.07', '12.4', [gpu('NVIDIA L4', '8.9')]),
            environ: { [VARIABLE]: '/usr/local/cuda/lib64/stubs/' }
          }),
        findings: [
          {
            message: 'path',
            severity: 'warning',
            about: ['LD_LIBRARY_PATH', 'driver']
          }
        ]
      }
    ],
    clean: [
      {
        name: 'the folder is on the variable, the driver is found before it',
        facts: machine(
          '/usr/lib/x86_64-linux-gnu/libcuda.so.1',
          '/usr/local/cuda/lib64/stubs'
        )
      },
      {
        name: 'an image for building, without a GPU',
        facts: machine('/usr/local/cuda/lib64/stubs/libcuda.so.1', null, {
          gpu: {
            driver: driver(null, {
              library: '/usr/local/cuda/lib64/stubs/libcuda.so.1'
            }),
            nvml: { state: 'missing', detail: null, library: null },
            devices: [],
            nodes: [],
            others: []
          }
        })
      },
      {
        name: 'the variable is not known',
        facts: () => facts({ gpu: gpus('550.90.07', '12.4', null) })
      },
      {
        name: 'no GPU, and the folder on the variable',
        facts: () =>
          facts({
            gpu: noGpu(),
            environ: { [VARIABLE]: '/usr/local/cuda/lib64/stubs' }
          })
      }
    ]
  }
});
