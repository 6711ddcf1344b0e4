import { doctorPlugin } from './plugins/doctor';
import { panelPlugin } from './plugins/panel';
import { rulesPlugin } from './plugins/rules';
import { statusPlugin } from './plugins/status';

export { IGpuDoctor, IRuleRegistry } from './tokens';

export default [rulesPlugin, doctorPlugin, panelPlugin, statusPlugin];
