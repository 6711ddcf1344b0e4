/** The GPUs, what is on them, and the driver. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ICheckResult } from '../../check/state';
import type { IGpu, IGpuSection } from '../../facts/facts.generated';
import { Badge } from '../badges';
import { usePanel } from '../context';
import { memory, memoryOf, percent } from '../format';
import { Section } from '../section';

/** Devices of NVIDIA with memory and processes; others by name. */
export function Gpus(props: { result: ICheckResult }): JSX.Element {
  const { gpu } = props.result.facts;
  const { trans } = usePanel();
  return (
    <Section
      id="gpus"
      title={trans.__('GPUs')}
      note={driverNote(gpu, trans)}
      open={true}
    >
      {gpu === null ? (
        <p className="jp-GpuDoctor-empty">
          {trans.__('The GPUs could not be read.')}
        </p>
      ) : (
        <>
          <Absence gpu={gpu} />
          {gpu.devices?.map((one, i) => (
            <Gpu key={one.uuid ?? i} gpu={one} position={i} />
          ))}
          {gpu.others?.map((one, i) => (
            <div className="jp-GpuDoctor-gpu" key={i}>
              <strong>{one.name ?? vendorName(one.vendor)}</strong>
              {one.name && <Badge>{vendorName(one.vendor)}</Badge>}
            </div>
          ))}
        </>
      )}
    </Section>
  );
}

function driverNote(
  gpu: IGpuSection | null,
  trans: TranslationBundle
): string | undefined {
  const driver = gpu?.driver;
  if (driver?.version && driver.cuda) {
    return trans.__('driver %1 · CUDA ≤ %2', driver.version, driver.cuda);
  }
  if (driver?.version) {
    return trans.__('driver %1', driver.version);
  }
  return driver?.cuda ? trans.__('CUDA ≤ %1', driver.cuda) : undefined;
}

function vendorName(vendor: 'amd' | 'intel' | 'apple'): string {
  return { amd: 'AMD', intel: 'Intel', apple: 'Apple' }[vendor];
}

/** Why there is no NVIDIA GPU to show. */
function Absence(props: { gpu: IGpuSection }): JSX.Element | null {
  const { driver, devices, nvml } = props.gpu;
  const { trans } = usePanel();
  if (devices && devices.length > 0) {
    return null;
  }
  const text =
    driver?.present === false
      ? trans.__('No NVIDIA driver was found.')
      : devices === null
        ? trans.__('Whether there is an NVIDIA GPU could not be told.')
        : trans.__('No NVIDIA GPU was found.');
  return (
    <div className="jp-GpuDoctor-empty">
      <p>{text}</p>
      {nvml?.detail && <p className="jp-GpuDoctor-mono">{nvml.detail}</p>}
    </div>
  );
}

function Gpu(props: { gpu: IGpu; position: number }): JSX.Element {
  const { gpu } = props;
  const { trans } = usePanel();
  const index = gpu.index ?? props.position;
  return (
    <div className="jp-GpuDoctor-gpu">
      <div className="jp-GpuDoctor-pair">
        <h4>
          {trans.__('%1 · %2', index, gpu.name ?? trans.__('unknown GPU'))}
        </h4>
        <ul className="jp-GpuDoctor-inlineList">
          {gpu.compute_capability && (
            <li>{trans.__('compute %1', gpu.compute_capability)}</li>
          )}
          {gpu.utilization !== null && (
            <li>{trans.__('%1 % busy', Math.round(gpu.utilization))}</li>
          )}
        </ul>
      </div>
      <Memory gpu={gpu} index={index} />
      <Mig gpu={gpu} />
      <Processes gpu={gpu} />
    </div>
  );
}

function Memory(props: { gpu: IGpu; index: number }): JSX.Element | null {
  const { memory_total: total, memory_used: used, processes } = props.gpu;
  const { trans } = usePanel();
  if (!total) {
    return null;
  }
  if (used === null) {
    return (
      <div className="jp-GpuDoctor-muted">
        {trans.__('%1 of memory', memory(total, trans))}
      </div>
    );
  }
  const own = (processes ?? [])
    .filter(one => one.this_kernel === true)
    .reduce((sum, one) => sum + (one.memory ?? 0), 0);
  return (
    <>
      <div className="jp-GpuDoctor-meter">
        <meter
          min={0}
          max={total}
          value={used}
          aria-label={trans.__('Memory used on GPU %1', props.index)}
          aria-valuetext={memoryOf(used, total, trans)}
        />
        {own > 0 && (
          <span
            className="jp-GpuDoctor-meterOwn"
            style={{ width: `${percent(own, total)}%` }}
          />
        )}
      </div>
      <div className="jp-GpuDoctor-pair jp-GpuDoctor-muted">
        <span>{memoryOf(used, total, trans)}</span>
        {own > 0 && (
          <span className="jp-GpuDoctor-legend">
            {trans.__('this kernel %1', memory(own, trans))}
          </span>
        )}
      </div>
    </>
  );
}

function Mig(props: { gpu: IGpu }): JSX.Element | null {
  const { mig, mig_devices: instances } = props.gpu;
  const { trans } = usePanel();
  if (!mig && !instances?.length) {
    return null;
  }
  return (
    <div className="jp-GpuDoctor-sub">
      <span>
        {instances?.length
          ? trans._n('%1 MIG instance', '%1 MIG instances', instances.length)
          : trans.__('MIG mode is on, without instances')}
      </span>
      <ul className="jp-GpuDoctor-plainList">
        {instances?.map((one, i) => (
          <li key={one.uuid ?? i} className="jp-GpuDoctor-pair">
            <span title={one.uuid ?? undefined}>
              {one.name ?? trans.__('unknown instance')}
            </span>
            {one.memory_total !== null && (
              <span className="jp-GpuDoctor-muted">
                {memory(one.memory_total, trans)}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Processes(props: { gpu: IGpu }): JSX.Element | null {
  const { processes } = props.gpu;
  const { trans } = usePanel();
  if (!processes || processes.length === 0) {
    return null;
  }
  return (
    <details className="jp-GpuDoctor-sub">
      <summary>
        {trans._n('%1 process', '%1 processes', processes.length)}
      </summary>
      <ul className="jp-GpuDoctor-plainList">
        {processes.map((one, i) => (
          <li key={i} className="jp-GpuDoctor-pair">
            <span>
              {trans.__('process %1', one.pid)}{' '}
              {one.this_kernel && <Badge>{trans.__('this kernel')}</Badge>}
              {one.kind === 'graphics' && <Badge>{trans.__('graphics')}</Badge>}
            </span>
            <span className="jp-GpuDoctor-muted">
              {one.memory === null
                ? trans.__('memory unknown')
                : memory(one.memory, trans)}
            </span>
          </li>
        ))}
      </ul>
      {processes.every(one => one.this_kernel === null) && (
        <p className="jp-GpuDoctor-small">
          {trans.__(
            'The driver counts processes of another namespace: which of them is this kernel is not known.'
          )}
        </p>
      )}
    </details>
  );
}
