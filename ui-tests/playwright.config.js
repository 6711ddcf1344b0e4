/** Galata on Debian's Chromium. Three servers: JupyterLab, a kernel gateway, and a JupyterLab that uses the gateway. */
const baseConfig = require('@jupyterlab/galata/lib/playwright-config');
const { join } = require('path');

const cache = join(__dirname, '..', '.cache', 'ui');
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Everything about Jupyter stays in the cache folder; the kernels are those of environments.py. */
const env = {
  ...process.env,
  JUPYTER_CONFIG_DIR: join(cache, 'config'),
  JUPYTER_DATA_DIR: join(cache, 'data'),
  JUPYTER_PATH: join(cache, 'jupyter')
};

const server = (port, more = '') => ({
  command: `jupyter lab --config jupyter_server_test_config.py --ServerApp.port=${port} ${more}`,
  url: `http://127.0.0.1:${port}/lab`,
  timeout: 120 * 1000,
  reuseExistingServer: !process.env.CI,
  env
});

module.exports = {
  ...baseConfig,
  testDir: 'tests',
  // Pictures are made on request, not in every run.
  testIgnore: process.env.PICTURES ? [] : ['**/pictures.spec.ts'],
  timeout: 120 * 1000,
  workers: 1,
  retries: process.env.CI ? 1 : 0,
  reporter: [
    ['list'],
    ...(process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['json']] : [])
  ],
  use: {
    ...baseConfig.use,
    baseURL: 'http://127.0.0.1:8888',
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
  webServer: [
    server(8888),
    {
      command:
        'jupyter kernelgateway --KernelGatewayApp.ip=127.0.0.1 --KernelGatewayApp.port=8890 --KernelGatewayApp.allow_origin="*" --JupyterWebsocketPersonality.list_kernels=True',
      url: 'http://127.0.0.1:8890/api/kernelspecs',
      timeout: 60 * 1000,
      reuseExistingServer: !process.env.CI,
      env
    },
    server(8889, '--gateway-url=http://127.0.0.1:8890')
  ]
};
