/** What gputest.py answered, read by hand: it is untrusted. Never throws. */
import { text, type IText } from '../text/text';
import {
  ERROR_KINDS,
  STEPS,
  TESTABLE,
  type IDeviceMemory,
  type IFrameworkTest,
  type IGpuTestReport,
  type ITestDevice,
  type ITestError,
  type ITestMemory,
  type ITestStep,
  type TestOutcome
} from './types';

/** A read answer, or what is wrong with it. */
export type GpuTestAnswer =
  | { readonly kind: 'report'; readonly report: IGpuTestReport }
  | {
      readonly kind: 'problem';
      readonly message: IText;
      /** Technical detail; empty when there is none. */
      readonly detail: string;
    };

const MAX_TEXT = 4096;
const MAX_SHORT = 300;
const MAX_OUTPUT = 60_000;
const MAX_DEVICES = 64;
const MAX_FOLDERS = 20;
const OUTCOMES: readonly TestOutcome[] = [
  'gpu',
  'cpu',
  'other',
  'failed',
  'cancelled'
];
const KINDS = ['gpu', 'cpu', 'other'] as const;

type Fields = Readonly<Record<string, unknown>>;

/** Thrown inside of this file only. */
class Invalid extends Error {}

/** Read an answer, finished or not. */
export function readGpuTest(value: unknown): GpuTestAnswer {
  if (!isFields(value) || value.schema !== 'jupyterlab-gpu-doctor/gputest') {
    return problem(text('The answer does not come from the GPU test.'));
  }
  if (value.schema_version !== 1) {
    return problem(
      text(
        'The answer has another format version; reload the page to get the matching one.'
      )
    );
  }
  try {
    if (value.error !== null) {
      const { text: detail } = fields(value.error, 'error');
      return problem(
        text('The GPU test could not be run.'),
        string(detail, 'error/text', MAX_TEXT)
      );
    }
    return { kind: 'report', report: readReport(value) };
  } catch (error) {
    return problem(
      text('The answer does not have the agreed form.'),
      error instanceof Invalid ? error.message : String(error)
    );
  }
}

function readReport(value: Fields): IGpuTestReport {
  const rows = array(value.frameworks, 'frameworks', TESTABLE.length);
  const frameworks = rows.map((row, i) => readTest(row, `frameworks/${i}`));
  if (new Set(frameworks.map(one => one.name)).size < rows.length) {
    throw new Invalid('frameworks: one is there twice');
  }
  return {
    frameworks,
    durationMs: amount(value.duration_ms, 'duration_ms'),
    addedFolders: array(value.added_folders, 'added_folders', MAX_FOLDERS).map(
      (one, i) => string(one, `added_folders/${i}`, MAX_TEXT)
    )
  };
}

function readTest(value: unknown, at: string): IFrameworkTest {
  const test = fields(value, at);
  const short = (key: string) =>
    nullable(test[key], one => string(one, `${at}/${key}`, MAX_SHORT));
  const outcome = nullable(test.outcome, one =>
    oneOf(OUTCOMES, one, `${at}/outcome`)
  );
  const error = nullable(test.error, one => readError(one, `${at}/error`));
  if (outcome !== null) {
    const lacks = outcome === 'failed' || outcome === 'cancelled';
    if (lacks !== (error !== null)) {
      throw new Invalid(`${at}: outcome ${outcome} and error do not fit`);
    }
  }
  return {
    name: oneOf(TESTABLE, test.name, `${at}/name`),
    outcome,
    step: nullable(test.step, one => oneOf(STEPS, one, `${at}/step`)),
    steps: array(test.steps, `${at}/steps`, STEPS.length).map((one, i) =>
      readStep(one, `${at}/steps/${i}`)
    ),
    durationMs: nullable(test.duration_ms, one =>
      amount(one, `${at}/duration_ms`)
    ),
    error,
    version: short('version'),
    file: nullable(test.file, one => string(one, `${at}/file`, MAX_TEXT)),
    cuda: short('cuda'),
    devices: nullable(test.devices, one =>
      array(one, `${at}/devices`, MAX_DEVICES).map((device, i) =>
        readDevice(device, `${at}/devices/${i}`)
      )
    ),
    whyNot: nullable(test.why_not, one =>
      string(one, `${at}/why_not`, MAX_TEXT)
    ),
    against: short('against'),
    memory: nullable(test.memory, one => readMemory(one, `${at}/memory`)),
    cudnn: short('cudnn'),
    output: string(test.output, `${at}/output`, MAX_OUTPUT)
  };
}

function readStep(value: unknown, at: string): ITestStep {
  const step = fields(value, at);
  if (typeof step.ok !== 'boolean') {
    throw new Invalid(`${at}/ok: no truth value`);
  }
  return {
    name: oneOf(STEPS, step.name, `${at}/name`),
    ok: step.ok,
    ms: nullable(step.ms, one => amount(one, `${at}/ms`))
  };
}

function readError(value: unknown, at: string): ITestError {
  const error = fields(value, at);
  return {
    // A kind that a later version names must not hide the text.
    kind: ERROR_KINDS.find(one => one === error.kind) ?? 'other',
    text: string(error.text, `${at}/text`, MAX_TEXT),
    signal: nullable(error.signal, one =>
      string(one, `${at}/signal`, MAX_SHORT)
    ),
    exitCode: nullable(error.exit_code, one => {
      if (!Number.isSafeInteger(one)) {
        throw new Invalid(`${at}/exit_code: no whole number`);
      }
      return one as number;
    })
  };
}

function readDevice(value: unknown, at: string): ITestDevice {
  const device = fields(value, at);
  return {
    kind: oneOf(KINDS, device.kind, `${at}/kind`),
    name: nullable(device.name, one => string(one, `${at}/name`, MAX_SHORT)),
    computeCapability: nullable(device.compute_capability, one =>
      string(one, `${at}/compute_capability`, MAX_SHORT)
    ),
    memory: nullable(device.memory, one => amount(one, `${at}/memory`))
  };
}

function readMemory(value: unknown, at: string): ITestMemory {
  const memory = fields(value, at);
  return {
    before: readAmounts(memory.before, `${at}/before`),
    peak: readAmounts(memory.peak, `${at}/peak`),
    process: nullable(memory.process, one => amount(one, `${at}/process`))
  };
}

function readAmounts(value: unknown, at: string): IDeviceMemory {
  const memory = fields(value, at);
  const bytes = (key: string) =>
    nullable(memory[key], one => amount(one, `${at}/${key}`));
  return { allocated: bytes('allocated'), reserved: bytes('reserved') };
}

function problem(message: IText, detail = ''): GpuTestAnswer {
  return { kind: 'problem', message, detail };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fields(value: unknown, at: string): Fields {
  if (!isFields(value)) {
    throw new Invalid(`${at}: no object`);
  }
  return value;
}

function array(value: unknown, at: string, most: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > most) {
    throw new Invalid(`${at}: no list of at most ${most}`);
  }
  return value;
}

/** Text, cut to a length. */
function string(value: unknown, at: string, most: number): string {
  if (typeof value !== 'string') {
    throw new Invalid(`${at}: no text`);
  }
  return value.slice(0, most);
}

function amount(value: unknown, at: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new Invalid(`${at}: no amount`);
  }
  return value;
}

function oneOf<T extends string>(
  values: readonly T[],
  value: unknown,
  at: string
): T {
  const found = values.find(one => one === value);
  if (found === undefined) {
    throw new Invalid(`${at}: unknown value`);
  }
  return found;
}

function nullable<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === null ? null : read(value);
}
