import { dist, environment, facts, framework } from '../../facts/build';
import type {
  IDistribution,
  IFacts,
  IModule
} from '../../facts/facts.generated';
import type { IPlaced, View } from '../../facts/view';
import { text } from '../../text/text';
import { samePublicVersion } from '../../versions/pep440';
import { normalise } from '../../versions/requirement';
import { isCompiled } from '../demands';
import { isInside, samePath } from '../paths';
import { defineRule } from '../types';

/**
 * Packages with compiled parts of which `__version__` is the version of the distribution. OpenCV is not one:
 * its wheel has a number more. Of others the files themselves must say so.
 */
const COMPILED: Readonly<Record<string, string>> = {
  numpy: 'numpy',
  scipy: 'scipy',
  pandas: 'pandas',
  sklearn: 'scikit-learn',
  pyarrow: 'pyarrow',
  h5py: 'h5py',
  numba: 'numba',
  llvmlite: 'llvmlite',
  matplotlib: 'matplotlib',
  PIL: 'pillow',
  zmq: 'pyzmq',
  grpc: 'grpcio',
  tokenizers: 'tokenizers',
  safetensors: 'safetensors',
  torch: 'torch',
  torchvision: 'torchvision',
  torchaudio: 'torchaudio',
  tensorflow: 'tensorflow',
  jaxlib: 'jaxlib',
  cupy: 'cupy',
  xformers: 'xformers',
  triton: 'triton'
};

/** A module of another compiled package, whose file on disk has the version of its distribution. */
function isOther(view: View, { name, disk }: IModule): boolean {
  const distribution = normalise(name);
  const installed = view.dist(distribution)?.value.version;
  return (
    Boolean(disk && installed && samePublicVersion(disk, installed)) &&
    isCompiled(view, distribution) === true
  );
}

/** The distribution whose files a module came from; null when that is not certain. */
function sourceOf(view: View, module: IModule): IPlaced<IDistribution> | null {
  const { name, file } = module;
  const known = Object.prototype.hasOwnProperty.call(COMPILED, name);
  if (file === null || !(known || isOther(view, module))) {
    return null;
  }
  const copies = view.copies(
    view.framework(name)?.value.distribution ??
      (known ? COMPILED[name] : normalise(name))
  );
  const found = copies.find(
    ({ value }) => value.location !== null && isInside(file, value.location)
  );
  // Two registered versions in one directory: what lies there is not known.
  const twin = copies.some(
    other =>
      other !== found &&
      samePath(other.value.location ?? '', found?.value.location ?? '')
  );
  return found && !twin && found.value.editable === null ? found : null;
}

export default defineRule({
  id: 'stale-module',
  code: 'R19',
  since: '0.1.0',
  docs: {
    summary: 'A package was changed on disk after this kernel had imported it.',
    what: 'Compares `__version__` in memory with the version of the distribution whose files the module came from, for packages with compiled parts: of well-known ones, and of others where the file on disk has the new version too. Silent where two versions are registered in that directory, and for editable installs.',
    why: 'Modules that are imported from now on come from another version than those in memory.',
    example:
      '`ValueError: numpy.dtype size changed, may indicate binary incompatibility. Expected 96 from C header, got 88 from PyObject`.',
    fix: 'Restart the kernel.',
    safety: 'The variables of the kernel are lost.',
    references: ['googlecolab/colabtools#5238', 'jupyter/notebook#339']
  },
  messages: {
    changed: {
      title: '%1 %2 is in memory, %3 is on disk',
      why: 'Modules that are imported from now on come from another version than those in memory.'
    }
  },
  check(view, report) {
    view.facts.modules?.forEach((module, i) => {
      const source = sourceOf(view, module);
      const memory = module.version;
      const disk = source?.value.version;
      if (!source || !memory || !disk) {
        return;
      }
      // Where the files themselves tell the version in memory, it is the metadata that are wrong.
      const files = module.disk ?? view.framework(module.name)?.value.version;
      if (
        samePublicVersion(memory, disk) !== false ||
        (files && samePublicVersion(memory, files) !== false)
      ) {
        return;
      }
      report({
        message: 'changed',
        args: [module.name, memory, disk],
        severity: 'warning',
        about: [source.value.name],
        evidence: [
          {
            text: text('%1 %2 is imported', module.name, memory),
            path: `/modules/${i}/version`
          },
          {
            text: text(
              '%1 in %2',
              source.value.metadata ?? `${source.value.name} ${disk}`,
              source.value.location ?? ''
            ),
            path: `${source.path}/version`
          }
        ],
        fix: {
          commands: ['get_ipython().kernel.do_shutdown(restart=True)'],
          where: 'cell',
          restart: true,
          safety: 'review',
          note: text('Restarting the kernel loses its variables.')
        }
      });
    });
  },
  examples: {
    flagged: [
      {
        name: 'numpy was upgraded under the kernel',
        facts: () => example('numpy', '1.26.4', '2.0.0'),
        findings: [
          { message: 'changed', severity: 'warning', about: ['numpy'] }
        ]
      },
      {
        name: 'another distribution of TensorFlow, whose files say so too',
        facts: () => ({
          ...example('tensorflow', '2.15.1', '2.16.2', 'tensorflow-cpu'),
          frameworks: [
            framework('tensorflow', '2.16.2', {
              distribution: 'tensorflow-cpu'
            })
          ]
        }),
        findings: [
          { message: 'changed', severity: 'warning', about: ['tensorflow-cpu'] }
        ]
      },
      {
        name: 'another compiled package, whose file has the new version',
        facts: () => other('2.0.1', '2.1.5', '2.1.5'),
        findings: [
          { message: 'changed', severity: 'warning', about: ['markupsafe'] }
        ]
      }
    ],
    clean: [
      {
        name: 'the file on disk still says what is in memory, says something else, or was not read',
        facts: () => {
          const one = other('2.0.1', '2.1.5', '2.0.1');
          for (const disk of ['9', null]) {
            one.modules?.push(...(other('2.0.1', '2.1.5', disk).modules ?? []));
          }
          return one;
        }
      },
      {
        name: 'a pure package: what is imported later fits as a rule',
        facts: () => {
          const one = other('2.0.1', '2.1.5', '2.1.5');
          one.packages?.forEach(value => {
            value.tags = ['py3-none-any'];
          });
          return one;
        }
      },
      {
        name: 'the file or the version in memory is not known',
        facts: () => ({
          ...example('numpy', '1.26.4', '2.0.0'),
          modules: [
            { name: 'numpy', version: '1.26.4', file: null },
            { name: 'numpy', version: null, file: `${SITE}/numpy/__init__.py` }
          ]
        })
      },
      {
        name: 'a local label; OpenCV with its shorter number',
        facts: () => {
          const one = example('torch', '2.5.1+cu124', '2.5.1');
          one.packages?.push(
            dist('opencv-python', '4.10.0.84', { location: SITE })
          );
          one.modules?.push({
            name: 'cv2',
            version: '4.10.0',
            file: `${SITE}/cv2/__init__.py`
          });
          return one;
        }
      },
      {
        name: 'imported from another directory; two versions registered; editable',
        facts: () => {
          const one = example('numpy', '1.26.4', '1.26.4');
          one.packages?.push(
            dist('numpy', '2.0.0', { location: '/srv/path' }),
            dist('scipy', '1.11.4', { location: SITE }),
            dist('scipy', '1.12.0', { location: SITE }),
            dist('pandas', '2.2.0', { location: SITE, editable: '/src/pandas' })
          );
          one.modules?.push(
            { name: 'scipy', version: '1.11.4', file: `${SITE}/scipy/x.py` },
            { name: 'pandas', version: '2.2.0.dev1', file: `${SITE}/pandas/x` }
          );
          return one;
        }
      },
      {
        name: 'the metadata are wrong, not the memory',
        facts: () => ({
          ...example('torch', '2.5.1', '2.4.0'),
          frameworks: [
            framework('torch', '2.5.1+cu124', { distribution: 'torch' })
          ]
        })
      }
    ]
  }
});

const SITE = '/venv/lib/python3.11/site-packages';

function example(
  name: string,
  memory: string,
  disk: string,
  distribution = name
): IFacts {
  return facts({
    environment: environment('venv'),
    packages: [dist(distribution, disk, { manager: 'pip', location: SITE })],
    modules: [{ name, version: memory, file: `${SITE}/${name}/__init__.py` }]
  });
}

/** markupsafe with what its file on disk says. */
function other(memory: string, installed: string, disk: string | null): IFacts {
  const one = example('markupsafe', memory, installed);
  one.packages?.forEach(value => {
    value.tags = ['cp311-cp311-manylinux_2_17_x86_64'];
  });
  one.modules?.forEach(value => {
    value.disk = disk;
  });
  return one;
}
