import { evaluateMarker, parseMarker } from './marker';

const LINUX = {
  python_version: '3.11',
  python_full_version: '3.11.7',
  sys_platform: 'linux',
  platform_system: 'Linux',
  platform_machine: 'x86_64',
  os_name: 'posix',
  implementation_name: 'cpython'
};

function evaluate(
  text: string,
  environment: Record<string, string> | null = LINUX,
  extras: string[] = []
): boolean | null {
  const marker = parseMarker(text);
  if (marker === null) {
    throw new Error(`${text} is no marker`);
  }
  return evaluateMarker(marker, environment, extras);
}

describe('evaluateMarker', () => {
  it.each([
    ['python_version >= "3.8"', true],
    ['python_version < "3.9"', false],
    // As versions, not as text.
    ['python_version > "3.9"', true],
    ['python_version == "3.11.*"', true],
    ['python_version ~= "3.8"', true],
    ['python_full_version < "3.11.8"', true],
    ['"3.8" <= python_version', true],
    ['"3.12" <= python_version', false],
    ['python_version in "3.10 3.11"', true],
    ['python_version not in "2.7"', true],
    ['sys_platform == "linux" and platform_machine == "x86_64"', true],
    ['sys_platform == "win32" or os_name == "posix"', true],
    ['sys_platform != "linux"', false],
    [
      'platform_system == "Linux" and (python_version < "3" or python_version > "3.10")',
      true
    ],
    // `and` binds closer than `or`.
    ['os_name == "posix" or os_name == "nt" and python_version < "3"', true],
    ['sys.platform == "linux"', true],
    ["python_version=='3.11'", true]
  ])('%s: %s', (text, expected) => {
    expect(evaluate(text)).toBe(expected);
  });

  it.each([
    ['extra == "gpu"', [], false],
    ['extra == "gpu"', ['gpu'], true],
    ['extra == "GPU_extra"', ['gpu-extra'], true],
    ['extra != "gpu"', [], true],
    ['python_version > "3" and extra == "gpu"', [], false]
  ])('%s with %j: %s', (text, extras, expected) => {
    expect(evaluate(text, LINUX, extras)).toBe(expected);
  });

  it.each([
    ['python_version >= "3.8"', null],
    ['platform_release > "5"', null],
    // Decided by the half that is known.
    ['extra == "gpu" and python_version > "3"', false],
    ['extra != "gpu" or python_version > "3"', true],
    ['python_version > "3" and extra != "gpu"', null]
  ])('%s where nothing is known: %s', (text, expected) => {
    expect(evaluate(text, null)).toBe(expected);
    expect(evaluate(text, {})).toBe(expected);
  });
});

describe('parseMarker', () => {
  it.each([
    '',
    'python_version',
    'python_version >= 3.8',
    'and',
    '(os_name == "nt"',
    'os_name == "nt")',
    'os_name == "nt" os_name == "nt"',
    'os_name == "nt',
    'os_name in'
  ])('%j is none', text => {
    expect(parseMarker(text)).toBeNull();
  });

  it('gives up on hundreds of parentheses instead of overflowing', () => {
    expect(parseMarker('('.repeat(100_000))).toBeNull();
  });
});
