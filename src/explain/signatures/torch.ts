/** PyTorch, its companions and what is compiled against it. */
import type { View } from '../../facts/view';
import { torchFamily } from '../../rules/gpuFix';
import { condaOwns } from '../../rules/cuda';
import { condaInstall, pipInstall } from '../../rules/words';
import { publicVersion } from '../../versions/pep440';
import {
  cellFix,
  moveTo,
  reinstall,
  restartIfStale,
  versionOf
} from '../advice';
import { distributionOf } from '../names';
import { defineSignature, type IAdvice } from '../types';
import { ownerIn } from './loader';

const FAMILY = ['torch', 'torchvision', 'torchaudio'];

/** The companions that were released for the installed torch. */
function alignFamily(view: View): IAdvice {
  const stale = restartIfStale(view, FAMILY);
  if (stale) {
    return stale;
  }
  const torch = versionOf(view, 'torch');
  if (!torch) {
    return {};
  }
  const family = torchFamily(view, publicVersion(torch)).slice(1);
  return {
    fix: condaOwns(view, 'torch')
      ? cellFix([
          condaInstall(
            ['pytorch', 'torchvision', 'torchaudio'].filter(
              name => name === 'pytorch' || view.record(name)
            )
          )
        ])
      : family.length > 0
        ? cellFix([pipInstall(view, family, ['--no-deps'])])
        : null
  };
}

export const torchvisionOperator = defineSignature({
  id: 'torchvision-operator',
  hints: [
    'torchvision::',
    "Couldn't load custom C++ ops",
    "module 'torchvision' has no attribute 'extension'"
  ],
  pattern:
    /operator torchvision::\w{1,40} does not exist|No such operator torchvision::\w{1,40}|Could not run 'torchvision::\w{1,40}' with arguments from the 'CUDA' backend|Couldn't load custom C\+\+ ops|partially initialized module 'torchvision' has no attribute 'extension'/,
  grade: 'exact',
  title: 'torchvision was built for another PyTorch',
  why: 'Its compiled operators cannot be loaded by this PyTorch, so they are not there.',
  about: ['torchvision', 'torch'],
  rules: ['R37', 'R04', 'R10', 'R20'],
  advise: (_seen, view) => alignFamily(view),
  examples: [
    `---------------------------------------------------------------------------
RuntimeError                              Traceback (most recent call last)
Cell In[3], line 1
----> 1 import torchvision

File /usr/local/lib/python3.10/dist-packages/torchvision/__init__.py:6
      5 from modulefinder import Module
----> 6 from torchvision import _meta_registrations, datasets, io, models, ops, transforms, utils

File /usr/local/lib/python3.10/dist-packages/torchvision/_meta_registrations.py:164
    163 @torch._custom_ops.impl_abstract("torchvision::nms")
--> 164 @torch.library.register_fake("torchvision::nms")

RuntimeError: operator torchvision::nms does not exist`,
    `RuntimeError: Couldn't load custom C++ ops. This can happen if your PyTorch and torchvision versions are incompatible, or if you had errors while compiling torchvision from source. For further information on the compatible versions, check the README for the compatibility matrix. Please check your PyTorch version with torch.__version__ and your torchvision version with torchvision.__version__ and verify if they are compatible, and if not please reinstall torchvision so that it matches your PyTorch install.`
  ]
});

export const torchCudaDiffers = defineSignature({
  id: 'torch-family-cuda-differs',
  hints: ['were compiled with different CUDA'],
  pattern:
    /Detected that PyTorch and (?<other>\w{1,30}) were compiled with different CUDA (?:major )?versions\. PyTorch has CUDA [Vv]ersion[= ](?<torch>[\d.]{1,5}\d) (?:and|whereas) \w{1,30} has CUDA [Vv]ersion[= ](?<cuda>[\d.]{1,5}\d)/,
  grade: 'exact',
  title: '%1 was built for CUDA %2, PyTorch for CUDA %3',
  why: 'The two load different CUDA libraries into one process, so %1 refuses to start.',
  args: seen => [
    distributionOf(seen.groups.other.toLowerCase()),
    seen.groups.cuda,
    seen.groups.torch
  ],
  about: seen => [distributionOf(seen.groups.other.toLowerCase()), 'torch'],
  rules: ['R37', 'R39'],
  advise: (_seen, view) => alignFamily(view),
  examples: [
    `Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
  File "/opt/venv/lib/python3.10/site-packages/torchvision/extension.py", line 78, in _check_cuda_version
    raise RuntimeError(
RuntimeError: Detected that PyTorch and torchvision were compiled with different CUDA major versions. PyTorch has CUDA Version=12.1 and torchvision has CUDA Version=11.8. Please reinstall the torchvision that matches your PyTorch install.`
  ]
});

export const torchExtension = defineSignature({
  id: 'built-for-other-torch',
  hints: ['undefined symbol: _ZN'],
  pattern:
    /(?<!\S)(?<file>[^\s:]{1,300}\.so): undefined symbol: _ZNK?(?:\d)?(?:3c10|2at|5torch|6caffe2)\w{0,200}/,
  grade: 'exact',
  title: '%1 was built for another PyTorch',
  why: 'It calls a function of PyTorch that this version does not have in that form.',
  args: seen => [ownerIn(seen)[0] ?? 'A compiled extension'],
  about: seen => [...ownerIn(seen), 'torch'],
  rules: ['R37', 'R39', 'R20', 'R10', 'R04'],
  advise: (seen, view) => {
    const [owner] = ownerIn(seen);
    return owner && FAMILY.includes(owner)
      ? alignFamily(view)
      : (restartIfStale(view, ['torch']) ?? {});
  },
  examples: [
    `Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
  File "/opt/conda/lib/python3.9/site-packages/torchaudio/_extension.py", line 27, in <module>
    _init_extension()
  File "/opt/conda/lib/python3.9/site-packages/torch/_ops.py", line 255, in load_library
    ctypes.CDLL(path)
OSError: /opt/conda/lib/python3.9/site-packages/torchaudio/lib/libtorchaudio.so: undefined symbol: _ZNK3c104impl13OperatorEntry20reportSignatureErrorENS0_12CppSignatureE`,
    `ImportError: /opt/venv/lib/python3.10/site-packages/flash_attn_2_cuda.cpython-310-x86_64-linux-gnu.so: undefined symbol: _ZN3c104cuda9SetDeviceEi`
  ]
});

export const torchDll = defineSignature({
  id: 'torch-dll',
  hints: ['WinError'],
  pattern:
    /\[WinError (?:126|127|193|1114)\][^\n]{0,200}Error loading "[^"\n]{0,260}\\torch\\lib\\(?<file>[\w.-]{1,60}\.dll)"/,
  grade: 'exact',
  title: '`%1` of PyTorch cannot be loaded',
  why: 'The library, or one that it needs, is missing or of another build: often the Visual C++ runtime, or files that another install replaced.',
  args: seen => [seen.groups.file],
  about: ['torch'],
  rules: ['R42', 'R10', 'R01', 'R04', 'R05'],
  advise: (_seen, view) => ({ fix: reinstall(view, 'torch') }),
  examples: [
    String.raw`OSError                                   Traceback (most recent call last)
Cell In[1], line 1
----> 1 import torch

File C:\Users\me\miniconda3\envs\sd\Lib\site-packages\torch\__init__.py:148
--> 148                 raise err

OSError: [WinError 126] The specified module could not be found. Error loading "C:\Users\me\miniconda3\envs\sd\Lib\site-packages\torch\lib\fbgemm.dll" or one of its dependencies.`
  ]
});

export const torchLibrary = defineSignature({
  id: 'torch-library-missing',
  hints: ['libc10', 'libtorch'],
  pattern:
    /(?<file>lib(?:c10(?:_cuda)?|torch(?:_\w{2,20})?)\.so): cannot open shared object file/,
  grade: 'exact',
  covers: ['shared-library-missing'],
  title: '`%1` of PyTorch cannot be found',
  why: 'A compiled extension asks for a library that this PyTorch does not have, or that nothing has loaded before it.',
  args: seen => [seen.groups.file],
  about: seen => [...ownerIn(seen), 'torch'],
  rules: ['R39', 'R37', 'R51', 'R20'],
  examples: [
    `Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
  File "/opt/conda/lib/python3.9/site-packages/torch_scatter/__init__.py", line 16, in <module>
    torch.ops.load_library(spec.origin)
OSError: libtorch_cuda_cpp.so: cannot open shared object file: No such file or directory`
  ]
});

export const torchCpuBuild = defineSignature({
  id: 'torch-cpu-build',
  hints: [
    'Torch not compiled with CUDA enabled',
    'torch.cuda.is_available() is False'
  ],
  pattern:
    /Torch not compiled with CUDA enabled|Attempting to deserialize object on a CUDA device but torch\.cuda\.is_available\(\) is False/,
  title: 'This PyTorch cannot use the GPU',
  why: 'The code asks for CUDA, and this build or this machine gives none.',
  about: ['torch'],
  rules: ['R51', 'R52', 'R66', 'R65', 'R50', 'R68', 'R69', 'R70'],
  examples: [
    `AssertionError                            Traceback (most recent call last)
Cell In[7], line 2
      1 device = "cuda"
----> 2 model = model.to(device)

File ~/miniconda3/envs/dl/lib/python3.10/site-packages/torch/cuda/__init__.py:239, in _lazy_init()
    238 if not hasattr(torch._C, "_cuda_getDeviceCount"):
--> 239     raise AssertionError("Torch not compiled with CUDA enabled")

AssertionError: Torch not compiled with CUDA enabled`,
    `RuntimeError: Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False. If you are running on a CPU-only machine, please use torch.load with map_location=torch.device('cpu') to map your storages to the CPU.`
  ]
});

export const torchCudnn = defineSignature({
  id: 'torch-cudnn-differs',
  hints: ['cuDNN version incompatibility', 'cuDNN version mismatch'],
  pattern:
    /cuDNN version (?:incompatibility|mismatch): PyTorch was compiled {1,2}against (?<built>\([\d, ]{1,14}\)|\d{4,6}) but (?:found runtime version|linked against) (?<found>\([\d, ]{1,14}\)|\d{4,6})/,
  grade: 'exact',
  title: 'PyTorch was built with cuDNN %1 and finds %2',
  why: 'Another cuDNN is loaded before the one that PyTorch brings, so PyTorch refuses to use it.',
  args: seen => [dotted(seen.groups.built), dotted(seen.groups.found)],
  about: ['torch', 'nvidia-cudnn-cu12', 'nvidia-cudnn-cu11', 'LD_LIBRARY_PATH'],
  rules: ['R58', 'R60', 'R56', 'R55', 'R57', 'R61'],
  examples: [
    `Traceback (most recent call last):
  File "/opt/conda/envs/server/lib/python3.8/site-packages/torch/backends/cudnn/__init__.py", line 50, in _init
    raise RuntimeError(f'{base_error_msg}'
RuntimeError: cuDNN version incompatibility: PyTorch was compiled  against (8, 5, 0) but found runtime version (8, 4, 1). PyTorch already comes bundled with cuDNN. One option to resolving this error is to ensure PyTorch can find the bundled cuDNN.Looks like your LD_LIBRARY_PATH contains incompatible version of cudnnPlease either remove it from the path or install cudnn (8, 5, 0)`
  ]
});

/** `(8, 5, 0)` → `8.5.0`. */
function dotted(version: string): string {
  return version.replace(/[()]/g, '').replace(/, */g, '.');
}

export const tritonMismatch = defineSignature({
  id: 'triton-other-version',
  hints: ['triton_key', 'Cannot find a working triton installation'],
  pattern:
    /cannot import name 'triton_key' from 'triton\.compiler\.compiler'|Cannot find a working triton installation/,
  grade: 'exact',
  covers: ['name-of-other-version'],
  title: 'Triton is not the version that PyTorch needs',
  why: '`torch.compile` calls functions of the Triton that PyTorch was released with.',
  about: ['triton', 'torch'],
  rules: ['R72', 'R60', 'R20'],
  advise: (_seen, view) => {
    const torch = view.dist('torch');
    const wanted =
      torch && view.requirements(torch.value).find(r => r.name === 'triton');
    return {
      fix: wanted ? moveTo(view, 'triton', wanted.specifier) : null
    };
  },
  examples: [
    `torch._dynamo.exc.BackendCompilerFailed: backend='inductor' raised:
ImportError: cannot import name 'triton_key' from 'triton.compiler.compiler' (/usr/local/lib/python3.10/dist-packages/triton/compiler/compiler.py)`,
    `torch._inductor.exc.InductorError: RuntimeError: Cannot find a working triton installation. Either the package is not installed or it is too old.`
  ]
});

export const xformers = defineSignature({
  id: 'xformers-extensions',
  hints: ["xFormers can't load C++/CUDA extensions", 'xFormers was built for'],
  pattern:
    /xFormers can't load C\+\+\/CUDA extensions\. xFormers was built for:\s{1,8}PyTorch (?<built>\S{1,30})(?: with CUDA \d{1,5})? \(you have (?<has>[^)\s]{1,30})\)|xFormers can't load C\+\+\/CUDA extensions/,
  grade: 'exact',
  title: 'xFormers was built for another PyTorch',
  why: 'Its compiled kernels cannot be loaded, so memory-efficient attention is not there.',
  about: ['xformers', 'torch'],
  rules: ['R39', 'R20', 'R37'],
  advise: (_seen, view) => restartIfStale(view, ['torch', 'xformers']) ?? {},
  examples: [
    `WARNING[XFORMERS]: xFormers can't load C++/CUDA extensions. xFormers was built for:
    PyTorch 2.3.0+cu121 with CUDA 1201 (you have 2.3.1+cu121)
    Python  3.10.14 (you have 3.10.12)
  Please reinstall xformers
  Memory-efficient attention, SwiGLU, sparse and more won't be available.`
  ]
});

export const mmcvVersion = defineSignature({
  id: 'mmcv-other-version',
  hints: ['is used but incompatible. Please install mmcv'],
  pattern:
    /MMCV==(?<has>[\w.]{1,20}) is used but incompatible\. Please install mmcv(?:-full)?(?<range>[<>=]{1,2}[\w.]{1,20}, ?[<>=]{1,2}[\w.]{1,20}?)\.(?:\s|$)/,
  grade: 'exact',
  title: 'MMCV %1 is outside of the range that is asked for',
  why: 'The package checks MMCV when it is imported and refuses every version outside of %2.',
  args: seen => [seen.groups.has, seen.groups.range],
  about: seen => ['mmcv', ...ownerIn(seen).filter(name => name !== 'mmcv')],
  rules: ['R20', 'R39'],
  advise: (seen, view) => ({
    fix: moveTo(view, 'mmcv', seen.groups.range.replace(/ /g, ''))
  }),
  examples: [
    `Traceback (most recent call last):
  File "tools/train.py", line 12, in <module>
    from mmdet.utils import setup_cache_size_limit_of_dynamo
  File "/opt/conda/lib/python3.8/site-packages/mmdet/__init__.py", line 16, in <module>
    assert (mmcv_version >= digit_version(mmcv_minimum_version)
AssertionError: MMCV==2.2.0 is used but incompatible. Please install mmcv>=2.0.0rc4, <2.2.0.`
  ]
});

export const mmcvExtension = defineSignature({
  id: 'mmcv-without-operators',
  hints: ["No module named 'mmcv._ext'"],
  pattern: /ModuleNotFoundError: No module named 'mmcv\._ext'/,
  grade: 'exact',
  title: 'MMCV is installed without its compiled operators',
  why: 'There was no ready wheel for this PyTorch and CUDA, or `mmcv-lite` is installed, so `mmcv.ops` cannot be imported.',
  about: ['mmcv', 'torch'],
  rules: ['R39'],
  examples: [
    `Traceback (most recent call last):
  File "/opt/conda/lib/python3.8/site-packages/mmcv/ops/assign_score_withk.py", line 6, in <module>
    ext_module = ext_loader.load_ext(
  File "/opt/conda/lib/python3.8/site-packages/mmcv/utils/ext_loader.py", line 13, in load_ext
    ext = importlib.import_module('mmcv.' + name)
  File "/opt/conda/lib/python3.8/importlib/__init__.py", line 127, in import_module
    return _bootstrap._gcd_import(name[level:], package, level)
ModuleNotFoundError: No module named 'mmcv._ext'`
  ]
});

export const bitsandbytes = defineSignature({
  id: 'bitsandbytes-library',
  hints: ['bitsandbytes', 'CUDA Setup failed despite'],
  pattern:
    /CUDA Setup failed despite (?:GPU|CUDA) being available|Configured (?:CUDA|ROCm) binary not found at (?<path>\S{1,300})|Could not find the bitsandbytes CUDA binary at (?<path2>\S{1,300})|libbitsandbytes_\w{3,12}\.so: undefined symbol: (?<symbol>\w{1,60})/,
  grade: 'exact',
  title: 'bitsandbytes has no library for the CUDA of this PyTorch',
  why: 'It looks for a library that is named after the CUDA version of PyTorch, and this release has none.',
  about: ['bitsandbytes', 'torch'],
  rules: ['R62', 'R55', 'R51', 'R58'],
  advise: (_seen, view) => ({ fix: moveTo(view, 'bitsandbytes', '') }),
  examples: [
    `Could not find the bitsandbytes CUDA binary at PosixPath('/opt/venv/lib/python3.11/site-packages/bitsandbytes/libbitsandbytes_cuda128.so')
RuntimeError: 
        CUDA Setup failed despite CUDA being available. Please run the following command to get more information:

        python -m bitsandbytes`,
    `AttributeError: /opt/conda/lib/python3.10/site-packages/bitsandbytes/libbitsandbytes_cpu.so: undefined symbol: cget_col_row_stats`
  ]
});
