/** Errors of the loader about CUDA libraries: a file that is not found, a symbol that another version lacks. */
import { libraryName, missingLibrary } from '../cudaLibrary';
import { distributionOf } from '../names';
import { defineSignature, type ISeen } from '../types';

/** The package whose library is named in the error, else the innermost one of the traceback. */
export function ownerIn(seen: ISeen): string[] {
  const file = seen.groups.file ?? '';
  const folder = /(?:site|dist)-packages[\\/]([A-Za-z0-9_]+)/.exec(file)?.[1];
  const name = folder ?? seen.packages[0];
  return name ? [distributionOf(name)] : [];
}

export const cudaLibraryMissing = defineSignature({
  id: 'cuda-library-missing',
  hints: ['.so'],
  pattern:
    /(?<file>\blib(?:cudart|cublas|cublasLt|cudnn\w{0,20}|cufft|curand|cusolver|cusparse|cusparseLt|nvrtc|nvJitLink|nccl|cupti|nvToolsExt|cufile|nvshmem_host)\.so(?:\.\d{1,3}){0,3})(?:: cannot open shared object file|'?; dlerror:|[. ]{1,2}Error: |, \S{1,80}\})|Library (?<file2>lib(?:cudart|cublas|cublasLt|cudnn\w{0,20}|cufft|curand|cusolver|cusparse)\.so(?:\.\d{1,3}){0,3}) is not found/,
  grade: 'exact',
  covers: ['shared-library-missing', 'onnxruntime-cuda-failed'],
  title: '`%1` cannot be found',
  why: 'What was imported is linked to this CUDA library, and the loader finds no copy of exactly this name.',
  args: seen => [fileOf(seen)],
  about: seen => {
    const library = libraryName(fileOf(seen));
    return library?.family === 'cudnn' && seen.packages.length === 0
      ? ['LD_LIBRARY_PATH']
      : [];
  },
  rules: ['R62', 'R61', 'R55', 'R63', 'R60', 'R58', 'R56', 'R20'],
  advise: (seen, view) => missingLibrary(fileOf(seen), seen, view),
  examples: [
    `Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
  File "/usr/local/lib/python3.8/dist-packages/torch/__init__.py", line 191, in <module>
    _load_global_deps()
  File "/usr/local/lib/python3.8/dist-packages/torch/__init__.py", line 153, in _load_global_deps
    ctypes.CDLL(lib_path, mode=ctypes.RTLD_GLOBAL)
  File "/usr/lib/python3.8/ctypes/__init__.py", line 373, in __init__
    self._handle = _dlopen(self._name, mode)
OSError: libcublas.so.11: cannot open shared object file: No such file or directory`,
    `2022-10-04 09:14:02.115937: W tensorflow/stream_executor/platform/default/dso_loader.cc:64] Could not load dynamic library 'libcudart.so.11.0'; dlerror: libcudart.so.11.0: cannot open shared object file: No such file or directory
2022-10-04 09:14:02.115966: I tensorflow/stream_executor/cuda/cudart_stub.cc:29] Ignore above cudart dlerror if you do not have a GPU set up on your machine.`,
    'Could not load library libcudnn_ops_infer.so.8. Error: libcudnn_ops_infer.so.8: cannot open shared object file: No such file or directory',
    `Unable to load any of {libcudnn_ops.so.9.1.0, libcudnn_ops.so.9.1, libcudnn_ops.so.9, libcudnn_ops.so}
Invalid handle. Cannot load symbol cudnnCreateTensorDescriptor`,
    `Traceback (most recent call last):
  File "/opt/venv/lib/python3.10/site-packages/faster_whisper/transcribe.py", line 144, in __init__
    self.model = ctranslate2.models.Whisper(
RuntimeError: Library libcublas.so.12 is not found or cannot be loaded`
  ]
});

function fileOf(seen: ISeen): string {
  return seen.groups.file || seen.groups.file2;
}

export const driverLibraryMissing = defineSignature({
  id: 'driver-library-missing',
  hints: ['libcuda.so', 'libnvidia-ml.so', 'driver library cannot be found'],
  pattern:
    /(?<file>lib(?:cuda|nvidia-ml)\.so(?:\.1)?)(?:: cannot open shared object file|'?; dlerror:)|CUDA driver library cannot be found/,
  grade: 'exact',
  covers: ['shared-library-missing', 'cuda-library-missing'],
  title: 'The library of the NVIDIA driver cannot be found',
  why: '`libcuda.so.1` comes with the driver and not with any package; without it nothing here can use the GPU.',
  about: ['driver'],
  rules: ['R64', 'R65', 'R50'],
  examples: [
    `Traceback (most recent call last):
  File "/opt/conda/lib/python3.10/site-packages/triton/common/build.py", line 30, in libcuda_dirs
    assert any(os.path.exists(os.path.join(path, 'libcuda.so')) for path in dirs), msg
  File "/opt/conda/lib/python3.10/ctypes/__init__.py", line 374, in __init__
    self._handle = _dlopen(self._name, mode)
ImportError: libcuda.so.1: cannot open shared object file: No such file or directory`,
    `CudaSupportError                          Traceback (most recent call last)
/opt/conda/lib/python3.9/site-packages/numba/cuda/cudadrv/driver.py in ensure_initialized(self)
    254             raise CudaSupportError("Error at driver init: %s" % description)

CudaSupportError: Error at driver init: 
CUDA driver library cannot be found.
If you are sure that a CUDA driver is installed,
try setting environment variable NUMBA_CUDA_DRIVER
with the file path of the CUDA driver shared library.
:`
  ]
});

export const nvjitlinkSymbol = defineSignature({
  id: 'nvjitlink-symbol',
  hints: ['nvJitLink'],
  pattern:
    /(?<!\S)(?<file>[^\s:]{0,300}lib\w{2,30}\.so[.\d]{0,12}): (?:undefined symbol: __nvJitLink\w{1,60}|symbol __nvJitLink\w{1,60}, version)/,
  grade: 'exact',
  covers: ['cuda-library-symbol'],
  title: 'An older `libnvJitLink.so.12` is loaded than PyTorch was built with',
  why: 'The copy that is found first, often by `LD_LIBRARY_PATH`, lacks a function that cuSPARSE calls.',
  about: ['torch', 'nvidia-nvjitlink-cu12', 'LD_LIBRARY_PATH'],
  rules: ['R58', 'R60', 'R57', 'R55'],
  examples: [
    `Traceback (most recent call last):
  File "<string>", line 1, in <module>
  File "/opt/conda/lib/python3.11/site-packages/torch/__init__.py", line 364, in <module>
    from torch._C import *  # noqa: F403
    ^^^^^^^^^^^^^^^^^^^^^^
ImportError: /opt/conda/lib/python3.11/site-packages/torch/lib/../../nvidia/cusparse/lib/libcusparse.so.12: undefined symbol: __nvJitLinkComplete_12_4, version libnvJitLink.so.12`
  ]
});

export const cudaLibrarySymbol = defineSignature({
  id: 'cuda-library-symbol',
  hints: ['undefined symbol: ', 'Cannot load symbol'],
  pattern:
    /(?:(?<!\S)(?<file>[^\s:]{1,300}): undefined symbol: |Could not load symbol |Cannot load symbol )(?<symbol>(?:cu(?:blas|blasLt|dnn|solver|sparse|fft|rand)|nccl|nvrtc)[A-Z]\w{1,80})/,
  title: 'Two versions of a CUDA library are mixed: `%1` is missing',
  why: 'The copy of the library that is loaded first is another version than the one this was built with.',
  args: seen => [seen.groups.symbol],
  about: seen => [
    ...ownerIn(seen),
    ...(seen.groups.symbol.startsWith('nccl') ? ['nvidia-nccl-cu12'] : []),
    'LD_LIBRARY_PATH'
  ],
  rules: ['R60', 'R58', 'R56', 'R55', 'R57', 'R61'],
  examples: [
    `Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
  File "/opt/conda/lib/python3.10/site-packages/torch/__init__.py", line 235, in <module>
    from torch._C import *  # noqa: F403
ImportError: /opt/conda/lib/python3.10/site-packages/torch/lib/libtorch_cuda.so: undefined symbol: ncclCommRegister`,
    `Traceback (most recent call last):
  File "/opt/conda/lib/python3.12/site-packages/legate/core/__init__.py", line 22, in <module>
    from .legate_core_cpp import *
OSError: /opt/conda/lib/libcusolver.so.11: undefined symbol: cublasSetEnvironmentMode, version libcublas.so.12`
  ]
});
