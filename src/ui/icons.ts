/** Icons of the panel. Severities differ in shape, not in colour alone. */
import { LabIcon } from '@jupyterlab/ui-components';
import doctorSvg from '../../style/icons/gpu-doctor.svg';
import errorSvg from '../../style/icons/error.svg';
import infoSvg from '../../style/icons/info.svg';
import okSvg from '../../style/icons/ok.svg';
import unknownSvg from '../../style/icons/unknown.svg';
import warningSvg from '../../style/icons/warning.svg';

/** A chip with a pulse: the sidebar, the palette and the status bar. */
export const doctorIcon = new LabIcon({
  name: 'gpu-doctor:icon',
  svgstr: doctorSvg
});

/** A check mark in a disc. */
export const okIcon = new LabIcon({ name: 'gpu-doctor:ok', svgstr: okSvg });

/** A triangle with an exclamation mark. */
export const warningIcon = new LabIcon({
  name: 'gpu-doctor:warning',
  svgstr: warningSvg
});

/** A cross in an octagon. */
export const errorIcon = new LabIcon({
  name: 'gpu-doctor:error',
  svgstr: errorSvg
});

/** An i in a disc. */
export const infoIcon = new LabIcon({
  name: 'gpu-doctor:info',
  svgstr: infoSvg
});

/** A question mark in a ring. */
export const unknownIcon = new LabIcon({
  name: 'gpu-doctor:unknown',
  svgstr: unknownSvg
});
