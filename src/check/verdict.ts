/** From facts and findings to one sentence: can this kernel use the GPU, and if not, why? */
import type { IFacts, IFramework } from '../facts/facts.generated';
import { frameworkName } from '../rules/words';
import type { IFinding, Severity } from '../rules/types';
import { text, type IText } from '../text/text';

/** Whether a framework can use the GPU, as far as the facts tell. */
export type Usable = 'yes' | 'no' | 'unknown';

/** One of the frameworks that compute on a GPU. */
export interface IFrameworkStatus {
  readonly framework: IFramework;
  readonly usable: Usable;
  /** Seen to work, not only inferred. */
  readonly observed: boolean;
  /** Seen to fail, and nothing that was found says why. */
  readonly failed: boolean;
  /** Why not; null when it can, or when nothing is known. */
  readonly reason: IText | null;
}

/** The answer. */
export interface ISummary {
  readonly verdict: 'ok' | 'warning' | 'error';
  readonly headline: IText;
  /** One more sentence; null when the headline says it all. */
  readonly detail: IText | null;
  readonly frameworks: readonly IFrameworkStatus[];
}

/** Frameworks the headline speaks of; the others (torchvision, Keras …) ride on these. */
const MAIN = ['torch', 'tensorflow', 'jax', 'cupy'];

/** Sum up a check. Never throws. */
export function summarise(
  facts: IFacts,
  findings: readonly IFinding[]
): ISummary {
  const frameworks = (facts.frameworks ?? [])
    .filter(one => MAIN.includes(one.name))
    .map(one => status(facts, findings, one));
  const worst = worstSeverity(findings);
  return {
    verdict: frameworks.some(one => one.failed)
      ? 'error'
      : worst === 'error' || worst === 'warning'
        ? worst
        : 'ok',
    headline: headline(facts, frameworks, worst === 'error'),
    detail: detail(facts, findings, frameworks),
    frameworks
  };
}

/** The worst severity among findings; null when there are none. */
export function worstSeverity(findings: readonly IFinding[]): Severity | null {
  for (const severity of ['error', 'warning', 'info'] as const) {
    if (findings.some(one => one.severity === severity)) {
      return severity;
    }
  }
  return null;
}

function status(
  facts: IFacts,
  findings: readonly IFinding[],
  framework: IFramework
): IFrameworkStatus {
  const make = (
    usable: Usable,
    reason: IText | null = null,
    how: { observed?: boolean; failed?: boolean } = {}
  ): IFrameworkStatus => ({
    framework,
    usable,
    reason,
    observed: how.observed ?? false,
    failed: how.failed ?? false
  });
  const seen = facts.observed?.filter(o => o.framework === framework.name);
  if (seen?.some(o => o.gpu_works === true)) {
    return make('yes', null, { observed: true });
  }
  const cause = findings.find(one => one.stops.includes(framework.name));
  if (cause) {
    return make('no', cause.title);
  }
  if (seen?.some(o => o.gpu_works === false)) {
    return make('no', text('It failed in the GPU test.'), { failed: true });
  }
  if (framework.gpu_build === false) {
    return make('no', text('This is a CPU-only build.'));
  }
  const device = hasDeviceFor(facts, framework);
  if (device === false) {
    return make('no', text('No GPU was found on this machine.'));
  }
  return make(
    framework.gpu_build === true && device === true ? 'yes' : 'unknown'
  );
}

/** Whether there is a device of the kind this build computes on; null when that is not known. */
function hasDeviceFor(facts: IFacts, framework: IFramework): boolean | null {
  const vendor = { rocm: 'amd', xpu: 'intel', mps: 'apple', metal: 'apple' }[
    framework.backend as string
  ];
  if (vendor) {
    const others = facts.gpu?.others;
    return others?.some(one => one.vendor === vendor) ? true : null;
  }
  const devices = facts.gpu?.devices;
  return devices ? devices.length > 0 : null;
}

function headline(
  facts: IFacts,
  frameworks: readonly IFrameworkStatus[],
  broken: boolean
): IText {
  const named = (usable: Usable) =>
    frameworks
      .filter(one => one.usable === usable)
      .map(one => frameworkName(one.framework.name))
      .join(', ');
  const devices = facts.gpu?.devices ?? null;
  const noGpu = devices?.length === 0 && !facts.gpu?.others?.length;
  if (frameworks.length === 0) {
    if (facts.frameworks === null) {
      return text('The frameworks could not be read');
    }
    return noGpu
      ? text('No GPU and no GPU framework here')
      : text('No GPU framework is installed here');
  }
  const yes = named('yes');
  const no = named('no');
  if (yes && no) {
    return text('%1 can use the GPU; %2 cannot', yes, no);
  }
  if (yes) {
    return broken
      ? text('%1 can use the GPU, but the environment is damaged', yes)
      : text('%1 can use the GPU', yes);
  }
  const failed = frameworks.filter(one => one.failed);
  if (no && noGpu && failed.length > 0) {
    return text(
      '%1 failed in the GPU test',
      failed.map(one => frameworkName(one.framework.name)).join(', ')
    );
  }
  if (no) {
    return noGpu
      ? text('No NVIDIA GPU here: %1 computes on the CPU', no)
      : text('%1 cannot use the GPU here', no);
  }
  return text('Whether %1 can use the GPU is not known', named('unknown'));
}

function detail(
  facts: IFacts,
  findings: readonly IFinding[],
  frameworks: readonly IFrameworkStatus[]
): IText | null {
  const failed = frameworks.find(one => one.failed);
  const stopping = findings.find(
    one => one.stops.length > 0 && one.severity !== 'info'
  );
  if (failed && !stopping) {
    return text(
      'The error of %1 is shown under “GPU test”.',
      frameworkName(failed.framework.name)
    );
  }
  const cause =
    stopping ??
    findings.find(one => one.severity === 'error') ??
    findings.find(one => one.severity === 'warning');
  if (cause) {
    return cause.title;
  }
  const usable = frameworks.find(one => one.usable === 'yes');
  const cuda = usable?.framework.cuda;
  const driver = facts.gpu?.driver;
  if (usable && cuda && driver?.version && driver.cuda) {
    return text(
      '%1 was built for CUDA %2; driver %3 serves CUDA %4 and every older one.',
      frameworkName(usable.framework.name),
      cuda,
      driver.version,
      driver.cuda
    );
  }
  return frameworks.find(one => one.reason !== null)?.reason ?? null;
}
