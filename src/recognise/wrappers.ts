/** What may stand in front of a command and runs it: `sudo`, `env`, `nohup`, `time`, `VAR=1`, `then`, `conda run` … */
import type { IWord } from './shell';

/** A command without what stands in front of it. */
export interface IUnwrapped {
  readonly words: readonly IWord[];
  readonly sudo: boolean;
  /** `VAR=value` in front. */
  readonly variables: ReadonlyMap<string, string>;
  /** The environment that a runner enters (`conda run -n x`), else null. */
  readonly environment: string | null;
  /** Further words come from a pipe: `xargs`. */
  readonly piped: boolean;
}

interface IWrapper {
  /** Letters and long options with a value. */
  readonly letters: string;
  readonly long?: RegExp;
  /** Words of its own before the command: `timeout 60 pip …`. */
  readonly own?: number;
  /** Options after which nothing of the usual kind runs: `command -v pip`. */
  readonly stops?: RegExp;
}

const WRAPPERS = new Map<string, IWrapper>(
  Object.entries({
    sudo: {
      letters: 'ughpCDRTUrt',
      long: /^--(?:user|group|host|prompt|chdir|chroot|role|type|close-from)$/,
      stops: /^-[a-zA-Z]*[lveK]$/
    },
    doas: { letters: 'uC' },
    env: { letters: 'uC', long: /^--(?:unset|chdir)$/ },
    nohup: { letters: '' },
    setsid: { letters: '' },
    command: { letters: '', stops: /^-[vV]$/ },
    builtin: { letters: '' },
    exec: { letters: 'a' },
    time: { letters: 'fo' },
    nice: { letters: 'n', long: /^--adjustment$/ },
    ionice: { letters: 'cn', long: /^--class(?:data)?$/ },
    timeout: { letters: 'ks', long: /^--(?:signal|kill-after)$/, own: 1 },
    stdbuf: { letters: 'ioe' },
    unbuffer: { letters: '' },
    chronic: { letters: '' },
    proxychains: { letters: 'f' },
    proxychains4: { letters: 'f' },
    torsocks: { letters: '' },
    'xvfb-run': { letters: 'enps' },
    retry: { letters: 'tsmdn', long: /^--(?:times|sleep|delay)$/ },
    xargs: {
      letters: 'nIPLdaEs',
      long: /^--(?:max-args|max-procs|replace|delimiter|arg-file|max-lines)$/
    }
  })
);

const ASSIGNMENT = /^([A-Za-z_]\w*)=([^]*)$/;
const RUNNERS = /^(?:conda|mamba|micromamba|uv|poetry|pdm|pixi|pipenv|hatch)$/;

/** The last part of a path, without `.exe`. */
export function baseName(text: string): string {
  return (text.split(/[/\\]/).pop() ?? '').replace(/\.(?:exe|bat)$/i, '');
}

/** Takes off everything in front of the command that really runs. */
export function unwrap(given: readonly IWord[]): IUnwrapped {
  let words = given;
  let sudo = false;
  let piped = false;
  let environment: string | null = null;
  const variables = new Map<string, string>();
  for (;;) {
    const text = words[0]?.source.text ?? '';
    const assignment = ASSIGNMENT.exec(text);
    const name = baseName(text);
    const wrapper = WRAPPERS.get(name);
    const run = words[1]?.source.text;
    if (assignment) {
      variables.set(assignment[1], assignment[2]);
      words = words.slice(1);
    } else if (wrapper) {
      const next = skip(words, wrapper);
      sudo = sudo || name === 'sudo' || name === 'doas';
      piped = piped || name === 'xargs';
      words = next;
    } else if (RUNNERS.test(name) && (run === 'run' || run === 'exec')) {
      const runner = enter(words, name);
      environment = runner.environment;
      words = runner.words;
    } else {
      return { words, sudo, variables, environment, piped };
    }
  }
}

function skip(words: readonly IWord[], wrapper: IWrapper): readonly IWord[] {
  let i = 1;
  for (; i < words.length; i++) {
    const text = words[i].source.text;
    if (text === '--') {
      i++;
      break;
    }
    if (!/^-./.test(text)) {
      break;
    }
    if (wrapper.stops?.test(text)) {
      return [];
    }
    const takesNext =
      wrapper.long?.test(text) === true ||
      (/^-[^-]$/.test(text) && wrapper.letters.includes(text[1]));
    i += takesNext ? 1 : 0;
  }
  return words.slice(i + (wrapper.own ?? 0));
}

const RUN_VALUES =
  /^(?:-n|-p|--name|--prefix|--cwd|--python|--with|--with-requirements|--with-editable|--extra|--group|--env-file|--project|--directory|--package|-e|--environment|--manifest-path|-E)$/;

/** `conda run -n env CMD`, `uv run CMD`, `poetry run CMD`. */
function enter(
  words: readonly IWord[],
  name: string
): { words: readonly IWord[]; environment: string } {
  let environment = /conda|mamba/.test(name) ? 'base' : `${name} run`;
  let i = 2;
  for (; i < words.length; i++) {
    const text = words[i].source.text;
    const equals = /^--(?:name|prefix)=(.+)$/.exec(text);
    if (equals) {
      environment = equals[1];
    } else if (RUN_VALUES.test(text)) {
      i++;
      if (/^(?:-n|-p|--name|--prefix)$/.test(text)) {
        environment = words[i]?.source.text ?? environment;
      }
    } else if (!/^-./.test(text)) {
      break;
    } else if (text === '--') {
      i++;
      break;
    }
  }
  return { words: words.slice(i), environment };
}
