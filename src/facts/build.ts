/** Facts made by hand: the start of the short form, of examples and of tests. */
import type {
  ICondaRecord,
  ICudaLibrary,
  IDistribution,
  IDriver,
  IEnvironment,
  IFacts,
  IFramework,
  IGpu,
  IPlatform,
  IPython
} from './facts.generated';

/** A document in which nothing is known. */
export function unknownFacts(): IFacts {
  return {
    schema: 'jupyterlab-gpu-doctor/facts',
    schema_version: 1,
    probe: { version: '0' },
    problems: [],
    python: null,
    environment: null,
    platform: null,
    packages: null,
    leftovers: null,
    shadows: null,
    conda: null,
    frameworks: null,
    gpu: null,
    cuda_libraries: null,
    toolkits: null,
    environ: null,
    tools: null,
    modules: null,
    observed: null,
    pip_config: null,
    guards: null,
    shared_files: null,
    needs_glibcxx: null,
    numpy_api: null,
    openmp: null
  };
}

/** Unknown facts with some parts filled in. */
export function facts(parts: Partial<IFacts>): IFacts {
  return { ...unknownFacts(), ...parts };
}

/** A distribution; what is not given is unknown. */
export function dist(
  name: string,
  version: string | null,
  more: Partial<IDistribution> = {}
): IDistribution {
  return {
    name,
    project: name,
    version,
    manager: null,
    installer: null,
    location: null,
    path_index: null,
    metadata: null,
    requires: null,
    requires_python: null,
    editable: null,
    editable_exists: null,
    origin: null,
    installed: null,
    removable: null,
    tags: null,
    ...more
  };
}

/** A conda record; what is not given is unknown. */
export function record(
  name: string,
  version: string,
  more: Partial<ICondaRecord> = {}
): ICondaRecord {
  return {
    name,
    version,
    build: null,
    channel: null,
    python_name: null,
    dist_info: null,
    dist_info_exists: null,
    depends: null,
    overwritten: null,
    ...more
  };
}

/** A framework; what is not given is unknown. */
export function framework(
  name: string,
  version: string | null,
  more: Partial<IFramework> = {}
): IFramework {
  return {
    name,
    distribution: null,
    version,
    metadata_version: null,
    local: null,
    backend: null,
    gpu_build: null,
    cuda: null,
    cudnn: null,
    hip: null,
    archs: null,
    location: null,
    source: null,
    built_torch: null,
    ...more
  };
}

/** A GPU. */
export function gpu(
  name: string,
  computeCapability: string | null,
  more: Partial<IGpu> = {}
): IGpu {
  return {
    index: null,
    name,
    uuid: null,
    compute_capability: computeCapability,
    memory_total: null,
    memory_used: null,
    utilization: null,
    mig: null,
    mig_devices: null,
    processes: null,
    ...more
  };
}

/** An NVIDIA driver; what is not given is unknown. */
export function driver(
  present: boolean | null,
  more: Partial<IDriver> = {}
): IDriver {
  return {
    present,
    version: null,
    cuda: null,
    kernel_module: null,
    library: null,
    library_version: null,
    source: null,
    ...more
  };
}

/** The GPU section: driver version, the CUDA it serves and the devices. @param more more of the driver */
export function gpus(
  version: string | null,
  cuda: string | null,
  devices: IGpu[] | null,
  more: Partial<IDriver> = {}
): IFacts['gpu'] {
  const present = version !== null || cuda !== null ? true : null;
  return {
    driver: driver(present, { version, cuda, ...more }),
    nvml: null,
    devices,
    nodes: null,
    others: null
  };
}

/** The GPU section of a machine that was looked at and has no NVIDIA driver. */
export function noGpu(): IFacts['gpu'] {
  return {
    driver: driver(false),
    nvml: { state: 'missing', detail: null, library: null },
    devices: [],
    nodes: [],
    others: []
  };
}

/** A CUDA library on disk. */
export function library(
  family: ICudaLibrary['family'],
  soname: string,
  path: string,
  more: Partial<ICudaLibrary> = {}
): ICudaLibrary {
  const major = /\.so\.(\d+)/.exec(soname);
  return {
    family,
    soname,
    path,
    version: null,
    major: major ? Number(major[1]) : null,
    origin: 'environment',
    distribution: null,
    mapped: null,
    ...more
  };
}

/** An interpreter. */
export function python(
  version: string | null,
  more: Partial<IPython> = {}
): IPython {
  return {
    version,
    implementation: null,
    executable: null,
    executable_real: null,
    prefix: null,
    base_prefix: null,
    isolated: null,
    sys_path: null,
    pythonpath: null,
    user_site: null,
    markers: null,
    ...more
  };
}

/** An environment. */
export function environment(
  kind: IEnvironment['kind'],
  more: Partial<IEnvironment> = {}
): IEnvironment {
  return {
    kind,
    name: null,
    base: null,
    externally_managed: null,
    system_site_packages: null,
    home: null,
    writable: null,
    base_conda: null,
    ...more
  };
}

/** A platform such as `linux-x86_64`. */
export function platform(
  tag: string | null,
  more: Partial<IPlatform> = {}
): IPlatform {
  const [os, machine] = /^([^-]+)-(.+)$/.exec(tag ?? '')?.slice(1) ?? [];
  const system =
    os === 'linux'
      ? 'Linux'
      : os === 'win'
        ? 'Windows'
        : os === 'darwin'
          ? 'Darwin'
          : null;
  return {
    system,
    machine: machine ?? null,
    tag,
    release: null,
    libc: null,
    libstdcxx: null,
    wsl: null,
    container: null,
    container_kind: null,
    ...more
  };
}

/** The conda section with these records. */
export function conda(records: ICondaRecord[]): IFacts['conda'] {
  return { present: true, records, last_change: null, pinned: null };
}
