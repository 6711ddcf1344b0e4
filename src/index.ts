import { doctorPlugin } from './plugins/doctor';
import { guardPlugin } from './plugins/guard';
import { panelPlugin } from './plugins/panel';
import { rulesPlugin } from './plugins/rules';
import { statusPlugin } from './plugins/status';

export { IGpuDoctor, IInstallGuard, IRuleRegistry } from './tokens';

export default [
  rulesPlugin,
  doctorPlugin,
  guardPlugin,
  panelPlugin,
  statusPlugin
];
