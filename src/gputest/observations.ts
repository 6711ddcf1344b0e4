/** What a GPU test proves, as observations among the facts. */
import type { IFacts, IObservation } from '../facts/facts.generated';
import type { IFrameworkTest, IGpuTestReport } from './types';

/** Source of our observations. */
export const GPU_TEST = 'GPU test';

/** The facts with what this test saw; without a test, without what an earlier one saw. */
export function withObservations(
  facts: IFacts,
  report: IGpuTestReport | null
): IFacts {
  const others = (facts.observed ?? []).filter(one => one.source !== GPU_TEST);
  const seen = (report?.frameworks ?? []).flatMap(test => {
    const works = proves(test, facts);
    return works === null
      ? []
      : [{ framework: test.name, gpu_works: works, source: GPU_TEST }];
  });
  const observed: IObservation[] = [...others, ...seen];
  return observed.length === (facts.observed?.length ?? 0) && seen.length === 0
    ? facts
    : { ...facts, observed };
}

/** Errors that say something of this moment, not of the environment. */
const PASSING =
  /out of memory|resource_?exhausted|\bOOM\b|busy or unavailable/i;

/** Variables by which somebody chose the CPU. */
const CHOICES = [
  'CUDA_VISIBLE_DEVICES',
  'HIP_VISIBLE_DEVICES',
  'ROCR_VISIBLE_DEVICES',
  'JAX_PLATFORMS',
  'JAX_PLATFORM_NAME'
];

/** Whether a framework that computed on the CPU had a GPU to compute on, as far as the facts tell. */
export function missedGpu(test: IFrameworkTest, facts: IFacts): boolean {
  const build = facts.frameworks?.find(one => one.name === test.name);
  const chosen = CHOICES.some(name => (facts.environ?.[name] ?? null) !== null);
  return (
    test.outcome === 'cpu' &&
    build?.gpu_build === true &&
    (build.backend === 'cuda' || !!build.cuda) &&
    (facts.gpu?.devices?.length ?? 0) > 0 &&
    !chosen
  );
}

/** Whether the framework computes on the GPU; null where the test does not tell. */
function proves(test: IFrameworkTest, facts: IFacts): boolean | null {
  switch (test.outcome) {
    case 'gpu':
      return true;
    case 'cpu':
      // A success of the CPU. It says something only where there was a GPU to compute on.
      return missedGpu(test, facts) ? false : null;
    case 'failed':
      return fails(test) ? false : null;
    default:
      return null;
  }
}

function fails({ error, output }: IFrameworkTest): boolean {
  switch (error?.kind) {
    case 'error':
    case 'wrong':
    case 'exit':
      return !PASSING.test(error.text);
    case 'crash':
      // The system ends processes by SIGKILL when memory runs out.
      return error.signal !== 'SIGKILL' && !PASSING.test(output);
    default:
      return false;
  }
}
