import fc from 'fast-check';
import { conda, dist, facts, python, record } from '../facts/build';
import type { IFacts } from '../facts/facts.generated';
import { parseFacts } from '../facts/parse';
import broken from '../facts/samples/broken-conda-numpy.json';
import type { ICheckResult } from '../check/state';
import { summarise } from '../check/verdict';
import { runRules } from '../rules/engine';
import { ENVIRONMENT_RULES } from '../rules/environment/index.generated';
import { markdownReport } from './markdown';
import { redactFacts, redactor } from './redact';

const POISONED = facts({
  python: python('3.11.7', {
    executable: '/home/marie.curie/envs/tf/bin/python',
    prefix: '/home/marie.curie/envs/tf',
    sys_path: ['/home/marie.curie/work', '/Users/marie.curie/x'],
    user_site: {
      path: '/home/marie.curie/.local/lib/python3.11/site-packages',
      enabled: true,
      exists: true
    }
  }),
  packages: [
    dist('secret-tool', '1.0', {
      location: '/data/marie.curie/site-packages',
      manager: 'pip'
    }),
    dist('`code`](javascript:alert)', '1.0')
  ],
  environ: {
    PIP_INDEX_URL: 'https://marie.curie:hunter2@INDEX.example/simple',
    WANDB_API_KEY: 'abcdef',
    HF_TOKEN: 'hf_abcdef',
    PIP_TRUSTED_HOST: 'INDEX.example',
    HTTPS_PROXY: 'secrethost:3128',
    LD_LIBRARY_PATH: '/home/marie.curie/lib:/usr/lib'
  },
  conda: conda([
    record('zlib', '1.3', {
      channel: 'https://secrethost.example/t/hunter2/team/linux-64'
    })
  ]),
  pip_config: [
    { name: 'trusted-host', value: 'secrethost', source: '/etc/pip.conf' },
    {
      name: 'find-links',
      value: '\\\\secrethost\\wheels',
      source: 'PIP_FIND_LINKS'
    }
  ]
});

const SECRETS = [
  'marie',
  'curie',
  'hunter2',
  'abcdef',
  'INDEX.example',
  'secrethost'
];

function result(document: IFacts): ICheckResult {
  const { findings, failures } = runRules(ENVIRONMENT_RULES, document);
  return {
    facts: document,
    findings,
    ignored: [],
    failures,
    summary: summarise(document, findings),
    checkedAt: 0,
    separate: false
  };
}

test.each(SECRETS)('the report does not contain %s', secret => {
  expect(markdownReport(result(POISONED))).not.toContain(secret);
});

test.each(SECRETS)('the saved facts do not contain %s', secret => {
  expect(JSON.stringify(redactFacts(POISONED))).not.toContain(secret);
});

test('saved facts are still facts', () => {
  expect(parseFacts(redactFacts(POISONED)).ok).toBe(true);
  expect(parseFacts(redactFacts(broken as unknown as IFacts)).ok).toBe(true);
});

test('what is no secret stays', () => {
  const clean = redactor(POISONED);
  expect(clean('/usr/lib/python3.11: numpy 1.26.4')).toBe(
    '/usr/lib/python3.11: numpy 1.26.4'
  );
  expect(clean('/home/marie.curie/envs/tf/lib')).toBe('~/envs/tf/lib');
  expect(clean('/root/.cache')).toBe('~/.cache');
});

test.each([
  [
    'git+https://u:p@INDEX.example/a/b.git@v1#egg=b',
    'git+https://<host>/a/b.git@v1#egg=b'
  ],
  ['git clone git@INDEX.example:a/b.git', 'git clone <user>@<host>:a/b.git'],
  ['pip install --trusted-host INDEX x', 'pip install --trusted-host **** x'],
  ['HF_TOKEN=abc pip install x', 'HF_TOKEN=**** pip install x'],
  ['https://INDEX/simple?key=abc', 'https://<host>/simple'],
  ['file:///srv/wheels/a.whl', 'file:///srv/wheels/a.whl'],
  ['numpy 1.26.4 @ x', 'numpy 1.26.4 @ x']
])('%s', (text, expected) => {
  expect(redactor(null)(text)).toBe(expected);
});

test('the report names the findings, the packages and the fix', () => {
  const report = markdownReport(result(broken as unknown as IFacts));
  expect(report).toContain('### Error: numpy is owned by conda and by pip');
  expect(report).toContain('%conda install --force-reinstall numpy=1.20.3');
  expect(report).toContain('numpy 1.22.4 (pip)');
});

test('no text of the kernel leaves its code span', () => {
  fc.assert(
    fc.property(fc.string(), name => {
      const report = markdownReport(
        result(facts({ packages: [dist(name || 'x', '1')] }))
      );
      const lines = report.split('\n');
      const start = lines.indexOf('```');
      const end = lines.indexOf('```', start + 1);
      expect(end).toBeGreaterThan(start);
      expect(lines[end + 2]).toBe('</details>');
    })
  );
});
