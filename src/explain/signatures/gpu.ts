/** Driver, devices and GPU code: what CUDA itself says. */
import { condaInstall } from '../../rules/words';
import { cellFix, moveTo } from '../advice';
import { distributionOf } from '../names';
import { defineSignature, type ISeen } from '../types';

const FRAMEWORKS = ['torch', 'tensorflow', 'jax', 'jaxlib', 'cupy', 'numba'];

/** The framework of the traceback. */
function framework(seen: ISeen): string[] {
  const name = seen.packages.find(one => FRAMEWORKS.includes(one));
  return name
    ? [distributionOf(name)]
    : /pytorch|torch\./i.test(seen.text)
      ? ['torch']
      : /tensorflow/i.test(seen.text)
        ? ['tensorflow']
        : [];
}

export const noDriver = defineSignature({
  id: 'no-nvidia-driver',
  hints: ['Found no NVIDIA driver on your system'],
  pattern: /Found no NVIDIA driver on your system/,
  grade: 'exact',
  title: 'There is no NVIDIA driver here',
  why: 'The code asks for a GPU, and the system has no driver through which one could be used.',
  about: seen => ['driver', ...framework(seen)],
  rules: ['R50', 'R65', 'R64'],
  examples: [
    `RuntimeError                              Traceback (most recent call last)
Cell In[2], line 1
----> 1 torch.zeros(1).cuda()

File /opt/conda/lib/python3.10/site-packages/torch/cuda/__init__.py:298, in _lazy_init()
    296     raise AssertionError(
--> 298 torch._C._cuda_init()

RuntimeError: Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU and installed a driver from http://www.nvidia.com/Download/index.aspx`
  ]
});

export const driverTooOld = defineSignature({
  id: 'driver-too-old',
  hints: [
    'driver on your system is too old',
    'driver version is insufficient',
    'cudaErrorInsufficientDriver'
  ],
  pattern:
    /NVIDIA driver on your system is too old \(found version (?<found>\d{4,6})\)|CUDA driver version is insufficient for CUDA runtime version|cudaErrorInsufficientDriver/,
  grade: 'exact',
  title: 'The NVIDIA driver is older than the CUDA that was asked for',
  why: 'A driver serves the CUDA versions up to its own; this build needs a newer one.',
  about: seen => ['driver', ...framework(seen)],
  rules: ['R52', 'R53', 'R68', 'R55', 'R50'],
  examples: [
    `RuntimeError: The NVIDIA driver on your system is too old (found version 12080). Please update your GPU driver by downloading and installing a new version from the URL: http://www.nvidia.com/Download/index.aspx Alternatively, go to: https://pytorch.org to install a PyTorch version that has been compiled with your version of the CUDA driver.`,
    `tensorflow.python.framework.errors_impl.InternalError: cudaGetDevice() failed. Status: CUDA driver version is insufficient for CUDA runtime version`,
    'cupy_backends.cuda.api.runtime.CUDARuntimeError: cudaErrorInsufficientDriver: CUDA driver version is insufficient for CUDA runtime version'
  ]
});

export const gpuNotSupported = defineSignature({
  id: 'gpu-not-in-build',
  hints: [
    'is not compatible with the current PyTorch installation',
    'no kernel image is available',
    'cudaErrorNoKernelImageForDevice'
  ],
  pattern:
    /(?<gpu>[\w ().-]{2,60}) with CUDA capability (?<sm>sm_\d{2,3}) is not compatible with the current PyTorch installation|no kernel image is available for execution on the device|cudaErrorNoKernelImageForDevice/,
  grade: 'exact',
  title: 'This build has no code for this GPU',
  why: 'Its compiled kernels are for other compute capabilities, so none can run on this GPU.',
  about: seen => ['gpu', ...framework(seen)],
  rules: ['R54', 'R39', 'R52'],
  examples: [
    `/opt/venv/lib/python3.11/site-packages/torch/cuda/__init__.py:235: UserWarning: 
NVIDIA GeForce RTX 5090 with CUDA capability sm_120 is not compatible with the current PyTorch installation.
The current PyTorch install supports CUDA capabilities sm_50 sm_60 sm_70 sm_75 sm_80 sm_86 sm_90.
If you want to use the NVIDIA GeForce RTX 5090 GPU with PyTorch, please check the instructions at https://pytorch.org/get-started/locally/`,
    `RuntimeError: CUDA error: no kernel image is available for execution on the device
CUDA kernel errors might be asynchronously reported at some other API call, so the stacktrace below might be incorrect.
For debugging consider passing CUDA_LAUNCH_BLOCKING=1.
Compile with \`TORCH_USE_CUDA_DSA\` to enable device-side assertions.`
  ]
});

export const ptxasTooOld = defineSignature({
  id: 'ptxas-too-old',
  hints: ['ptxas'],
  pattern:
    /ptxas fatal\s{1,4}: Value '(?<sm>sm_\d{2,3}a?)' is not defined for option 'gpu-name'|You are using ptxas (?<has>[\d.]{1,12}), which is older than/,
  grade: 'exact',
  title: 'The compiler `ptxas` is older than what compiles with it',
  why: 'The first one on PATH, or in CUDA_HOME, belongs to a CUDA that does not know this GPU or miscompiles for it.',
  about: seen => ['gpu', 'CUDA_HOME', ...framework(seen)],
  rules: ['R59', 'R57', 'R54'],
  advise: (_seen, view) => ({
    fix:
      view.facts.environment?.kind === 'conda'
        ? cellFix([condaInstall(['cuda-nvcc'], ['-c', 'nvidia'])])
        : null
  }),
  examples: [
    `RuntimeError: INTERNAL: ptxas exited with non-zero error code 65280, output: ptxas fatal   : Value 'sm_86' is not defined for option 'gpu-name'`,
    `2022-01-18 10:41:26.338914: W external/org_tensorflow/tensorflow/compiler/xla/service/gpu/nvptx_compiler.cc:73] *** WARNING *** You are using ptxas 11.0.221, which is older than 11.1. ptxas before 11.1 is known to miscompile XLA code, leading to incorrect results or invalid-address errors.`
  ]
});

export const flashAttentionGpu = defineSignature({
  id: 'flash-attention-gpu',
  hints: ['FlashAttention only supports'],
  pattern: /FlashAttention only supports (?<gpus>Ampere|Turing)/,
  grade: 'exact',
  title: 'FlashAttention does not support this GPU',
  why: 'It has code for %1 GPUs and newer ones only.',
  args: seen => [seen.groups.gpus],
  about: ['flash-attn', 'gpu'],
  rules: ['R54'],
  examples: [
    `File /opt/conda/lib/python3.10/site-packages/flash_attn/flash_attn_interface.py:51, in _flash_attn_forward()
RuntimeError: FlashAttention only supports Ampere GPUs or newer.`
  ]
});

export const ptxUnsupported = defineSignature({
  id: 'ptx-not-supported',
  hints: [
    'UNSUPPORTED_PTX_VERSION',
    'unsupported toolchain',
    'CUDA_ERROR_INVALID_PTX'
  ],
  pattern:
    /CUDA_ERROR_UNSUPPORTED_PTX_VERSION|the provided PTX was compiled with an unsupported toolchain|CUDA_ERROR_INVALID_PTX/,
  grade: 'exact',
  title: 'The driver cannot compile the GPU code of this build',
  why: 'The build has no ready code for this GPU, and its intermediate code is of a newer CUDA than the driver knows.',
  about: seen => ['driver', 'gpu', ...framework(seen)],
  rules: ['R53', 'R54', 'R52'],
  examples: [
    `numba.cuda.cudadrv.driver.LinkerError: [222] Call to cuLinkAddData results in CUDA_ERROR_UNSUPPORTED_PTX_VERSION
ptxas application ptx input, line 9; fatal   : Unsupported .version 7.8; current version is '7.4'`,
    "tensorflow.python.framework.errors_impl.InternalError: 'cuModuleLoadData(&module, data)' failed with 'CUDA_ERROR_INVALID_PTX'"
  ]
});

export const noDevice = defineSignature({
  id: 'no-cuda-device',
  hints: [
    'no CUDA-capable device is detected',
    'CUDA_ERROR_NO_DEVICE',
    'No CUDA GPUs are available'
  ],
  pattern:
    /no CUDA-capable device is detected|CUDA_ERROR_NO_DEVICE|No CUDA GPUs are available/,
  grade: 'exact',
  title: 'CUDA finds no GPU',
  why: 'The driver is there, but shows this process no device: none is given to it, or a variable hides them.',
  about: ['CUDA_VISIBLE_DEVICES', 'driver', 'gpu'],
  rules: ['R66', 'R65', 'R67', 'R69', 'R64', 'R50'],
  examples: [
    `RuntimeError: cuda runtime error (100) : no CUDA-capable device is detected at /pytorch/aten/src/THC/THCGeneral.cpp:50`,
    `File /opt/conda/lib/python3.10/site-packages/torch/cuda/__init__.py:247, in _lazy_init()
RuntimeError: No CUDA GPUs are available`
  ]
});

export const migAssert = defineSignature({
  id: 'device-count-changed',
  hints: ['device < num_gpus INTERNAL ASSERT FAILED'],
  pattern: /device >= 0 && device < num_gpus INTERNAL ASSERT FAILED/,
  grade: 'exact',
  title: 'PyTorch counts more GPUs than CUDA shows it',
  why: 'It happens on GPUs that are split by MIG, where a process sees one instance, and when `CUDA_VISIBLE_DEVICES` changes after the start.',
  about: ['torch', 'mig', 'CUDA_VISIBLE_DEVICES'],
  rules: ['R67', 'R66'],
  examples: [
    `Traceback (most recent call last):
  File "/opt/conda/lib/python3.9/site-packages/torch/cuda/__init__.py", line 260, in _lazy_init
    queued_call()
  File "/opt/conda/lib/python3.9/site-packages/torch/cuda/__init__.py", line 399, in get_device_properties
    return _get_device_properties(device)  # type: ignore[name-defined]
RuntimeError: device >= 0 && device < num_gpus INTERNAL ASSERT FAILED at "/opt/conda/conda-bld/pytorch_1682343997789/work/aten/src/ATen/cuda/CUDAContext.cpp":50, please report a bug to PyTorch.`
  ]
});

export const nvmlMismatch = defineSignature({
  id: 'driver-split',
  hints: ['Driver/library version mismatch'],
  pattern: /Driver\/library version mismatch/,
  grade: 'exact',
  title: 'The driver was updated while its old part is still running',
  why: 'The library of the driver and the loaded kernel module have different versions; they work together again after a reboot.',
  about: ['driver'],
  rules: ['R68'],
  examples: ['Failed to initialize NVML: Driver/library version mismatch']
});

export const cudaUnknown = defineSignature({
  id: 'cuda-unknown-error',
  hints: ['CUDA unknown error', 'CUDA_ERROR_UNKNOWN'],
  pattern: /CUDA unknown error|CUDA_ERROR_UNKNOWN: unknown error/,
  grade: 'exact',
  title: 'CUDA could not start',
  why: 'The driver is there but does not answer: a device file is missing, the machine slept, or a variable was changed after the start.',
  about: ['driver', 'CUDA_VISIBLE_DEVICES'],
  rules: ['R69', 'R68', 'R66', 'R65'],
  examples: [
    `/opt/conda/lib/python3.9/site-packages/torch/cuda/__init__.py:88: UserWarning: CUDA initialization: CUDA unknown error - this may be due to an incorrectly set up environment, e.g. changing env variable CUDA_VISIBLE_DEVICES after program start. Setting the available devices to be zero. (Triggered internally at ../c10/cuda/CUDAFunctions.cpp:109.)`
  ]
});

export const stubLibrary = defineSignature({
  id: 'driver-stub',
  hints: ['CUDA driver is a stub library', 'cudaErrorStubLibrary'],
  pattern: /CUDA driver is a stub library|cudaErrorStubLibrary/,
  grade: 'exact',
  title: 'A stub is loaded in place of the NVIDIA driver',
  why: 'A folder `stubs` of a CUDA toolkit is searched before the driver; its `libcuda.so` is for linking only and does nothing.',
  about: ['driver', 'LD_LIBRARY_PATH'],
  rules: ['R70'],
  examples: ['RuntimeError: CUDA error: CUDA driver is a stub library']
});

export const toolkitMismatch = defineSignature({
  id: 'cuda-toolkit-differs',
  hints: ['mismatches the version that was used to compile'],
  pattern:
    /The detected CUDA version \((?<nvcc>[\d.]{1,8})\) mismatches the version that was used to compile\s{1,6}PyTorch \((?<torch>[\d.]{1,8})\)/,
  grade: 'exact',
  title: 'The CUDA toolkit is %1, PyTorch was built with CUDA %2',
  why: 'Extensions can only be compiled with a toolkit of the same major version as PyTorch was.',
  args: seen => [seen.groups.nvcc, seen.groups.torch],
  about: ['CUDA_HOME', 'torch'],
  rules: ['R59'],
  examples: [
    `  File "/tmp/pip-build-env-x1/overlay/lib/python3.10/site-packages/torch/utils/cpp_extension.py", line 414, in _check_cuda_version
    raise RuntimeError(CUDA_MISMATCH_MESSAGE.format(cuda_str_version, torch.version.cuda))
RuntimeError:
The detected CUDA version (12.1) mismatches the version that was used to compile
PyTorch (11.8). Please make sure to use the same CUDA versions.`
  ]
});

export const toolkitMissing = defineSignature({
  id: 'cuda-toolkit-missing',
  hints: [
    'CUDA_HOME environment variable is not set',
    'CUDA_HOME does not exist',
    'CUDA path could not be detected',
    'libNVVM cannot be found'
  ],
  pattern:
    /CUDA_HOME environment variable is not set|CUDA_HOME does not exist, unable to compile CUDA op|CUDA path could not be detected|libNVVM cannot be found/,
  grade: 'exact',
  title: 'There is no CUDA toolkit here',
  why: 'This compiles GPU code, which needs `nvcc` and its libraries; what PyTorch and TensorFlow bring is for running only.',
  about: seen => ['CUDA_HOME', ...framework(seen)],
  rules: ['R59'],
  examples: [
    'OSError: CUDA_HOME environment variable is not set. Please set it to your CUDA install root.',
    `NvvmSupportError                          Traceback (most recent call last)
File /opt/conda/lib/python3.9/site-packages/numba/cuda/cudadrv/nvvm.py:114, in __new__(cls)
NvvmSupportError: libNVVM cannot be found. Do \`conda install cudatoolkit\`:
Library nvvm not found`
  ]
});

export const cupyTwins = defineSignature({
  id: 'cupy-several',
  hints: ['multiple CuPy packages are installed'],
  pattern:
    /multiple CuPy packages are installed\s{1,8}in your environment:\s{1,10}(?<list>[^\n]{1,200})|multiple CuPy packages are installed/,
  grade: 'exact',
  title: 'Several CuPy packages are installed',
  why: 'They share one folder, so Python loads a mixture of their files.',
  about: seen => [
    ...seen.groups.list.split(/,\s*/).filter(one => /^cupy[\w-]*$/.test(one)),
    'cupy'
  ],
  rules: ['R27'],
  examples: [
    `UserWarning: 
--------------------------------------------------------------------------------

  CuPy may not function correctly because multiple CuPy packages are installed
  in your environment:

    cupy-cuda11x, cupy-cuda12x

  Follow these steps to resolve this issue:`
  ]
});

export const onnxruntimeProvider = defineSignature({
  id: 'onnxruntime-without-cuda',
  hints: ['is not in available provider names'],
  pattern:
    /Specified provider '(?<provider>CUDAExecutionProvider|TensorrtExecutionProvider)' is not in available provider names/,
  grade: 'exact',
  title: 'The ONNX Runtime that is imported has no CUDA',
  why: '`onnxruntime` is the CPU build; where it is installed beside `onnxruntime-gpu`, its files can be the ones that are loaded.',
  about: ['onnxruntime', 'onnxruntime-gpu'],
  rules: ['R26', 'R51'],
  advise: (_seen, view) => ({
    fix:
      view.has('onnxruntime') && view.has('onnxruntime-gpu') === false
        ? moveTo(view, 'onnxruntime-gpu', '')
        : null
  }),
  examples: [
    `/opt/venv/lib/python3.10/site-packages/onnxruntime/capi/onnxruntime_inference_collection.py:69: UserWarning: Specified provider 'CUDAExecutionProvider' is not in available provider names.Available providers: 'AzureExecutionProvider, CPUExecutionProvider'
  warnings.warn(`
  ]
});

export const onnxruntimeCuda = defineSignature({
  id: 'onnxruntime-cuda-failed',
  hints: ['Failed to create CUDAExecutionProvider'],
  pattern:
    /Failed to create CUDAExecutionProvider\.(?: Require cuDNN (?<cudnn>\d{1,2})\.\* and CUDA (?<cuda>\d{1,2})\.\*)?/,
  title: 'ONNX Runtime cannot load its CUDA part',
  why: 'It needs CUDA and cuDNN libraries of the versions that it was built for, and falls back to the CPU without them.',
  about: ['onnxruntime-gpu'],
  rules: ['R26', 'R55', 'R61', 'R52'],
  examples: [
    `2024-11-23 10:12:44.1 [W:onnxruntime:Default, onnxruntime_pybind_state.cc:965 onnxruntime::python::CreateExecutionProviderInstance] Failed to create CUDAExecutionProvider. Require cuDNN 9.* and CUDA 12.*, and the latest MSVC runtime. Please install all dependencies as mentioned in the GPU requirements page`
  ]
});

export const smiMissing = defineSignature({
  id: 'nvidia-smi-missing',
  hints: ['nvidia-smi: command not found', 'nvidia-smi: not found'],
  pattern: /nvidia-smi: (?:command )?not found/,
  grade: 'exact',
  title: '`nvidia-smi` is not there',
  why: 'It comes with the NVIDIA driver; a container has it only when it was started with a GPU.',
  about: ['driver', 'container'],
  rules: ['R65', 'R50', 'R64'],
  examples: ['/bin/bash: line 1: nvidia-smi: command not found']
});
