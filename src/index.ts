import { doctorPlugin } from './plugins/doctor';
import { explainPlugin } from './plugins/explain';
import { guardPlugin } from './plugins/guard';
import { panelPlugin } from './plugins/panel';
import { rulesPlugin } from './plugins/rules';
import { statusPlugin } from './plugins/status';

export {
  IErrorExplainer,
  IGpuDoctor,
  IInstallGuard,
  IRuleRegistry
} from './tokens';

export default [
  rulesPlugin,
  doctorPlugin,
  guardPlugin,
  explainPlugin,
  panelPlugin,
  statusPlugin
];
