/** A new environment with what was asked for in the old one: where mending would take longer and last shorter. Pure. */
import type { View } from '../facts/view';
import {
  CUPY,
  ONNXRUNTIME,
  OPENCV,
  TENSORFLOW,
  type IFamily
} from '../rules/families';
import { isWindowsPath, shellPath } from '../rules/paths';
import { quote } from '../rules/words';
import { driverCuda } from '../rules/cuda';
import { text, type IText } from '../text/text';
import { majorOf } from '../versions/cuda';
import { releasePrefix } from '../versions/pep440';
import { normalise } from '../versions/requirement';
import { askedFor, type IAskedFor } from './asked';
import {
  framework,
  jaxWord,
  pythonFor,
  tensorflowWord,
  torchWords
} from './frameworks';

/** How to make it. */
export interface INewEnvironment {
  readonly tool: 'conda' | 'venv' | 'uv';
  /** Name of the environment and of its kernel. */
  readonly name: string;
  /** For a terminal, in order. */
  readonly commands: readonly string[];
  readonly notes: readonly IText[];
}

interface IParts {
  readonly python: string | null;
  /** Specs of conda. */
  readonly conda: readonly string[];
  readonly channels: readonly string[];
  /** Requirements of pip, frameworks first. */
  readonly pip: readonly string[];
  readonly torch: readonly string[];
  /** The backend of PyTorch's own index for `torch`. */
  readonly backend: string | null;
}

/** Make one; null when the packages are not known. */
export function newEnvironment(view: View): INewEnvironment | null {
  const asked = askedFor(view);
  if (!asked) {
    return null;
  }
  const { kind, base } = view.facts.environment ?? { kind: null, base: null };
  const plain = nameOf(view);
  const name = base || kind === 'system' || !plain ? 'gpu' : `${plain}-new`;
  const parts = divide(view, asked.packages, kind === 'conda');
  const made =
    kind === 'conda'
      ? byConda(view, name, parts)
      : byWheels(view, name, parts, kind === 'uv');
  const kept = [...new Set(asked.packages.map(one => framework(one.name)))];
  return {
    ...made,
    name,
    notes: [
      ...(asked.local.length > 0
        ? [
            text(
              'Left out, installed from a folder: %1.',
              asked.local.join(', ')
            )
          ]
        : []),
      ...(parts.python !== releasePrefix(view.facts.python?.version ?? '', 2)
        ? [
            parts.python === null
              ? text('No Python is known that all of these packages support.')
              : text('Python %1, which the packages support.', parts.python)
          ]
        : []),
      ...(kept.some(one => one !== null)
        ? [
            text(
              'The frameworks keep their versions where Python, driver and GPU take them; the rest is left to the resolver.'
            )
          ]
        : []),
      text('Then choose the kernel "%1" for the notebook.', `Python (${name})`)
    ]
  };
}

/** Name of the environment, of its project when it is named like all others; empty when not known. */
export function nameOf(view: View): string {
  const own = view.facts.environment?.name ?? '';
  const folder = view.facts.python?.prefix?.split(/[\\/]/).slice(-2, -1)[0];
  const name = /^\.?(?:venv|env)$/.test(own) ? (folder ?? '') : own;
  return name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '');
}

/** One package of each family: all of them hold the same import name. */
function withoutTwins(view: View, packages: readonly IAskedFor[]): IAskedFor[] {
  const prefer = (one: IFamily, list: readonly IAskedFor[]): IAskedFor => {
    const [first] = list;
    const owned = list.find(other => other.record !== null);
    const hasDriver = driverCuda(view) !== null;
    if (owned || (list.length === 1 && !(one === TENSORFLOW && hasDriver))) {
      return owned ?? first;
    }
    const has = (part: string) => list.some(({ name }) => name.includes(part));
    const name =
      one === OPENCV
        ? `opencv${has('-contrib') ? '-contrib' : ''}-python${has('-headless') ? '-headless' : ''}`
        : one === TENSORFLOW && !has('nightly')
          ? 'tensorflow'
          : ([...list].reverse().find(other => /gpu|cuda/.test(other.name))
              ?.name ?? first.name);
    return { ...(list.find(other => other.name === name) ?? first), name };
  };
  const families = [OPENCV, TENSORFLOW, ONNXRUNTIME, CUPY];
  const rest = packages.filter(
    ({ name }) => !families.some(one => one.members.test(name))
  );
  const kept = families.flatMap(one => {
    const list = packages.filter(({ name }) => one.members.test(name));
    return list.length > 0 ? [prefer(one, list)] : [];
  });
  return [...rest, ...kept].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function divide(
  view: View,
  packages: readonly IAskedFor[],
  isConda: boolean
): IParts {
  const all = withoutTwins(view, packages);
  const python = pythonFor(all, view.facts.python?.version ?? null);
  const byConda = isConda ? all.filter(one => one.record !== null) : [];
  const byPip = all.filter(one => !byConda.includes(one));
  const torch = torchOf(view, byPip, python);
  const frameworks = byPip.flatMap(({ name, version }) =>
    version === null
      ? []
      : framework(name) === 'tensorflow'
        ? [tensorflowWord(view, version, python)]
        : name === 'jax'
          ? [jaxWord(view, version)]
          : []
  );
  const rest = byPip.filter(one => framework(one.name) === null);
  return {
    python,
    conda: byConda.flatMap(one => condaSpecs(view, one)),
    channels: channels(byConda),
    torch: torch?.words ?? [],
    backend: torch?.backend ?? null,
    pip: [...frameworks, ...rest.map(one => one.name)]
  };
}

/** torch itself may stand behind a companion that was asked for. */
function torchOf(
  view: View,
  byPip: readonly IAskedFor[],
  python: string | null
) {
  const version = view.dist('torch')?.value.version ?? null;
  return version !== null && byPip.some(one => framework(one.name) === 'torch')
    ? torchWords(view, version, python)
    : null;
}

/** A framework keeps its release and, where there is a driver, is a CUDA build. */
function condaSpecs(view: View, { name, record }: IAskedFor): string[] {
  const conda = record?.name ?? name;
  const release = releasePrefix(record?.version ?? '', 2);
  if (framework(name) === null || release === null) {
    return [conda];
  }
  const major = majorOf(driverCuda(view)?.value);
  const flavour = /cuda|gpu/i.exec(record?.build ?? '')?.[0];
  return major !== null && flavour
    ? [`${conda}=${release}.*=*${flavour}*`, `cuda-version<${major + 1}`]
    : [`${conda}=${release}`];
}

/** Name of a channel, of which a record may hold the whole address; never that of its server. */
export function channelName(channel: string): string {
  const parts = channel
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '')
    .split('/')
    .filter(
      part => part !== '' && !/^(?:noarch|(?:linux|osx|win)-\w+)$/.test(part)
    );
  return parts.includes('pkgs') ? 'defaults' : (parts.pop() ?? '');
}

function channels(packages: readonly IAskedFor[]): string[] {
  const names = packages.map(({ record }) =>
    channelName(record?.channel ?? '')
  );
  // conda-forge carries what these two had, and mixes badly with them.
  const covered = names.includes('conda-forge') ? ['pytorch', 'nvidia'] : [];
  return [...new Set(names)].filter(
    one =>
      /^[A-Za-z0-9._-]+$/.test(one) &&
      !['defaults', 'pypi', ...covered].includes(one)
  );
}

function kernel(python: string, name: string): string {
  return `${python} -m ipykernel install --user --name ${normalise(name)} --display-name "Python (${name})"`;
}

/** Commands of pip: PyTorch first where it comes from another index, then everything else at once. */
function installs(
  python: string,
  { torch, backend, pip }: IParts,
  more: readonly string[]
): string[] {
  const line = (words: readonly string[]) =>
    words.length > 0
      ? [`${python} -m pip install ${words.map(quote).join(' ')}`]
      : [];
  if (backend === null) {
    return line([...more, ...torch, ...pip]);
  }
  return [
    ...line([...more, 'uv']),
    `${python} -m uv pip install --torch-backend=${backend} ${torch.map(quote).join(' ')}`,
    ...line(pip)
  ];
}

function byConda(
  view: View,
  name: string,
  parts: IParts
): Pick<INewEnvironment, 'tool' | 'commands'> {
  const has = (tool: string) =>
    view.facts.tools?.some(one => one.name === tool && one.path !== null);
  const conda =
    ['conda', 'mamba', 'micromamba'].find(one => has(one)) ?? 'conda';
  const specs = [
    parts.python === null ? 'python' : `python=${parts.python}`,
    'pip',
    'ipykernel',
    ...new Set(parts.conda)
  ];
  const options = parts.channels.flatMap(one => ['-c', one]);
  const run = `${conda} run -n ${name} python`;
  return {
    tool: 'conda',
    commands: [
      [`${conda} create -y -n ${name}`, ...options, ...specs.map(quote)].join(
        ' '
      ),
      ...installs(run, parts, []),
      kernel(run, name)
    ]
  };
}

function byWheels(
  view: View,
  name: string,
  parts: IParts,
  isUv: boolean
): Pick<INewEnvironment, 'tool' | 'commands'> {
  const { executable, prefix, version } = view.facts.python ?? {};
  const windows = isWindowsPath(executable ?? '');
  const isVenv = ['venv', 'uv'].includes(view.facts.environment?.kind ?? '');
  const place =
    isVenv && prefix
      ? `${prefix.replace(/[\\/]+$/, '')}-new`
      : windows
        ? `%USERPROFILE%\\${name}-env`
        : `~/${name}-env`;
  const folder = shellPath(place);
  const inner = shellPath(
    windows ? `${place}\\Scripts\\python` : `${place}/bin/python`
  );
  const present = releasePrefix(version ?? '', 2);
  const hasUv = view.facts.tools?.some(
    one => one.name === 'uv' && one.path !== null
  );
  const other = parts.python !== null && parts.python !== present;
  if (isUv || (hasUv && other)) {
    const backend = parts.backend ? [`--torch-backend=${parts.backend}`] : [];
    const words = ['ipykernel', ...parts.torch, ...parts.pip].map(quote);
    return {
      tool: 'uv',
      commands: [
        `uv venv --python ${parts.python ?? present ?? '3'} ${folder}`,
        ['uv pip install --python', inner, ...backend, ...words].join(' '),
        kernel(inner, name)
      ]
    };
  }
  const python = other
    ? windows
      ? `py -${parts.python}`
      : `python${parts.python}`
    : shellPath(executable ?? 'python3');
  return {
    tool: 'venv',
    commands: [
      `${python} -m venv ${folder}`,
      ...installs(inner, parts, ['ipykernel']),
      kernel(inner, name)
    ]
  };
}
