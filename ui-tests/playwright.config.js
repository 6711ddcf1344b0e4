/**
 * Galata on Debian's Chromium. The project `main` is JupyterLab as in .venv, alone and with a Kernel Gateway. Every other
 * project runs tests/hosts on a host of hosts.json: other versions, Notebook 7, collaboration, server-side execution.
 *
 *   playwright test                      main; with CI set, everything
 *   HOSTS=all playwright test            everything
 *   HOSTS=hosts playwright test          everything but main: both can run at the same time, they share no server
 *   HOSTS=lab44,nb74 playwright test     these projects, with the servers that they need
 */
const baseConfig = require('@jupyterlab/galata/lib/playwright-config');
const { mkdirSync } = require('fs');
const { join } = require('path');
const { hosts, servers } = require('./hosts.json');

const cache = join(__dirname, '..', '.cache', 'ui');
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Everything about Jupyter stays in the cache folder; the kernels are those of environments.py. */
const env = {
  ...process.env,
  JUPYTER_CONFIG_DIR: join(cache, 'config'),
  JUPYTER_DATA_DIR: join(cache, 'data'),
  JUPYTER_PATH: join(cache, 'jupyter'),
  JUPYTERLAB_SETTINGS_DIR: join(cache, 'settings')
};

const names = ['main', ...hosts.map(host => host.name)];
const asked = process.env.HOSTS || (process.env.CI ? 'all' : 'main');
const wanted =
  asked === 'all'
    ? names
    : asked === 'hosts'
      ? names.slice(1)
      : asked.split(',');
const unknown = wanted.filter(name => !names.includes(name));
if (unknown.length > 0) {
  throw new Error(
    `HOSTS: unknown ${unknown}; known: all, hosts, ${names.join(', ')}`
  );
}
const wantedHosts = hosts.filter(host => wanted.includes(host.name));

const address = port => `http://127.0.0.1:${port}`;
const config = join(__dirname, 'jupyter_server_test_config.py');

/** What is the same for every server. */
const common = {
  timeout: 120 * 1000,
  reuseExistingServer: !process.env.CI,
  env
};

/** A JupyterLab server; Notebook 7 is served by it too, where it is installed. */
function jupyter(name) {
  const { port, venv, gateway } = servers[name];
  const options = [
    `--config "${config}"`,
    `--ServerApp.port=${port}`,
    '--JupyterNotebookApp.expose_app_in_browser=True',
    ...(gateway ? [`--gateway-url=${address(gateway)}`] : [])
  ].join(' ');
  const entry = { ...common, url: `${address(port)}/lab` };
  if (OWN.has(name)) {
    return { ...entry, command: `jupyter lab ${options}` };
  }
  // Settings and databases of one server are none of another's business.
  const home = join(cache, 'hosts', name);
  mkdirSync(home, { recursive: true });
  const python = venv ? `"${join(home, 'bin', 'python')}"` : 'python';
  return {
    ...entry,
    // What they log is read when something is wrong: some extensions are not quiet.
    command: `${python} -m jupyterlab ${options} --KernelSpecManager.ensure_native_kernel=False 2>server.log`,
    cwd: home,
    env: {
      ...env,
      JUPYTER_CONFIG_DIR: join(home, 'jupyter', 'config'),
      JUPYTER_DATA_DIR: join(home, 'jupyter', 'data'),
      JUPYTERLAB_SETTINGS_DIR: join(home, 'jupyter', 'settings')
    }
  };
}

/** A Kernel Gateway. */
const kernelGateway = port => ({
  ...common,
  command: `jupyter kernelgateway --KernelGatewayApp.ip=127.0.0.1 --KernelGatewayApp.port=${port} --KernelGatewayApp.allow_origin="*" --JupyterWebsocketPersonality.list_kernels=True`,
  url: `${address(port)}/api/kernelspecs`,
  timeout: 60 * 1000
});

/** The servers of the project `main`. */
const OWN = new Set(['main', 'gateway']);

/** The servers of the projects wanted, in the order of hosts.json. */
const needed = new Set(wantedHosts.map(host => host.server));
if (wanted.includes('main')) {
  OWN.forEach(name => needed.add(name));
}
const webServer = Object.keys(servers)
  .filter(name => needed.has(name))
  .flatMap(name => [
    ...(servers[name].gateway ? [kernelGateway(servers[name].gateway)] : []),
    jupyter(name)
  ]);

/** What every host runs. */
const everywhere = '**/hosts/*.spec.ts';

const main = {
  name: 'main',
  testIgnore: [
    everywhere,
    // Pictures are made on request, not in every run.
    ...(process.env.PICTURES ? [] : ['**/pictures*.spec.ts'])
  ]
};

const project = host => ({
  name: host.name,
  testMatch: everywhere,
  timeout: 60 * 1000,
  use: {
    baseURL: address(servers[host.server].port),
    hostName: host.name,
    // Wide enough that no button of a notebook's toolbar is folded away.
    viewport: { width: 1500, height: 900 }
  }
});

module.exports = {
  ...baseConfig,
  testDir: 'tests',
  // Two runs at the same time would clear each other's.
  outputDir: join('test-results', wanted.includes('main') ? 'main' : 'hosts'),
  timeout: 120 * 1000,
  workers: 1,
  retries: process.env.CI ? 1 : 0,
  reporter: [
    ['list'],
    ...(process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['json']] : [])
  ],
  use: {
    ...baseConfig.use,
    baseURL: address(servers.main.port),
    video: 'off',
    trace: 'off',
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync'
      ]
    }
  },
  projects: [
    ...(wanted.includes('main') ? [main] : []),
    ...wantedHosts.map(project)
  ],
  webServer
};
