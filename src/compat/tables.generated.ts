// Generated from compat/compat.json by scripts/gen.mjs; do not edit.
import type {
  ICodeNeed,
  ICondaName,
  ICudaArchs,
  IDriverBranch,
  IDriverMinimum,
  IGpuName,
  IJaxFlavour,
  IJaxRelease,
  IMmcvRange,
  IMmcvWheel,
  INumbaNumpy,
  INumpy2,
  INumpyCApi,
  INumpyRelease,
  ISource,
  ITensorFlowBuild,
  ITensorFlowGap,
  ITensorFlowNeeds,
  ITfKeras,
  ITorchArchs,
  ITorchDefault,
  ITorchPairing,
  ITorchRelease,
  IXformers
} from './types';

/** Where and when rows were read. */
export const SOURCES: readonly ISource[] = [
  {
    text: 'tensorflow/docs site/en/install/source.md@7c3650212740204359d4ceae481abc79345541be',
    date: '2026-11-21'
  },
  {
    text: 'https://github.com/tensorflow/tensorflow/releases/tag/v2.17.0',
    date: '2026-11-21'
  },
  {
    text: 'github.com/tensorflow/tensorflow issues #90291 #97387 #99592 #101746 #89272',
    date: '2026-11-21'
  },
  {
    text: 'github.com/pytorch/pytorch issue #190385 ; https://dev-discuss.pytorch.org/t/notice-cuda-12-6-wheels-will-no-longer-be-published-from-pytorch-2-15-drops-maxwell-pascal-volta/3432 (quoted in github.com/Comfy-Org/ComfyUI PR #16438) ; PyPI wheel METADATA torch-2.15.0-cp312-cp312-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'copy of pytorch/pytorch RELEASE.md (Aug-Sep 2026) kept verbatim in a third-party repo, public-code index file id 66643764700 ; row announced in github.com/pytorch/pytorch PR #194367; 2.11 and older also match the PyTorchKorea page, index file id 52513411808',
    date: '2026-11-21'
  },
  {
    text: 'copy of pytorch/pytorch RELEASE.md (Aug-Sep 2026) kept verbatim in a third-party repo, public-code index file id 66643764700 ; PR #187075; 2.11 and older also match the PyTorchKorea page, index file id 52513411808',
    date: '2026-11-21'
  },
  {
    text: 'copy of pytorch/pytorch RELEASE.md (Aug-Sep 2026) kept verbatim in a third-party repo, public-code index file id 66643764700; 2.11 and older also match the PyTorchKorea page, index file id 52513411808',
    date: '2026-11-21'
  },
  {
    text: 'copy of pytorch/pytorch RELEASE.md (Aug-Sep 2026) kept verbatim in a third-party repo, public-code index file id 66643764700 ; PR #175253; 2.11 and older also match the PyTorchKorea page, index file id 52513411808',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/pytorch RELEASE.md@aa6104e2a21e72f83ce217ea93e8e69884e22b04 (ROCm column: copy of pytorch/pytorch RELEASE.md (Aug-Sep 2026) kept verbatim in a third-party repo, public-code index file id 66643764700)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/pytorch.github.io _get_started/previous-versions.md@04862e376ea686ba351674864400db1d93113979 ; pytorch/vision README.md@0a12c0708810ae6a9a64b584fb8e412412c22b9d',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-2.15.0-cp312-cp312-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-2.14.1-cp312-cp312-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-2.14.0-cp310-cp310-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-2.13.0-cp310-cp310-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-2.12.0-cp310-cp310-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-2.11.0-cp310-cp310-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-2.10.0-3-cp310-cp310-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-2.9.1-cp310-cp310-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-2.8.0-cp310-cp310-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-2.7.1-cp310-cp310-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-2.6.0-cp310-cp310-manylinux1_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-2.5.1-cp310-cp310-manylinux1_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-2.4.1-cp310-cp310-manylinux1_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-2.3.1-cp310-cp310-manylinux1_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-2.2.2-cp310-cp310-manylinux1_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-2.1.2-cp310-cp310-manylinux1_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-2.0.1-cp310-cp310-manylinux1_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-1.13.1-cp38-cp38-manylinux1_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-1.12.1-cp38-cp38-manylinux1_x86_64.whl ; pytorch/pytorch.github.io _get_started/previous-versions.md@04862e376ea686ba351674864400db1d93113979 ; pytorch/pytorch RELEASE.md (section Special support cases)',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-1.11.0-cp38-cp38-manylinux1_x86_64.whl ; pytorch/pytorch.github.io _get_started/previous-versions.md@04862e376ea686ba351674864400db1d93113979 ; pytorch/pytorch RELEASE.md (section Special support cases)',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-1.10.2-cp38-cp38-manylinux1_x86_64.whl ; pytorch/pytorch.github.io _get_started/previous-versions.md@04862e376ea686ba351674864400db1d93113979 ; pytorch/pytorch RELEASE.md (section Special support cases)',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-1.9.1-cp38-cp38-manylinux1_x86_64.whl ; pytorch/pytorch.github.io _get_started/previous-versions.md@04862e376ea686ba351674864400db1d93113979 ; pytorch/pytorch RELEASE.md (section Special support cases)',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-1.8.1-cp38-cp38-manylinux1_x86_64.whl ; pytorch/pytorch.github.io _get_started/previous-versions.md@04862e376ea686ba351674864400db1d93113979 ; pytorch/pytorch RELEASE.md (section Special support cases)',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torch-1.7.1-cp38-cp38-manylinux1_x86_64.whl ; pytorch/pytorch.github.io _get_started/previous-versions.md@04862e376ea686ba351674864400db1d93113979',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder manywheel/build.sh@7e44027ebad0045165d929fb05a811098e04fbcd (lts/release/1.8)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda101.bat@7e44027ebad0045165d929fb05a811098e04fbcd (lts/release/1.8)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda102.bat@7e44027ebad0045165d929fb05a811098e04fbcd (lts/release/1.8)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda111.bat@7e44027ebad0045165d929fb05a811098e04fbcd (lts/release/1.8)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder manywheel/build.sh@0877fd10dd14817c0f84d35bee3840ada86ae34b (release/1.9)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda102.bat@0877fd10dd14817c0f84d35bee3840ada86ae34b (release/1.9)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda111.bat@0877fd10dd14817c0f84d35bee3840ada86ae34b (release/1.9)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder manywheel/build.sh@f0f41b25781aeb12a59937da169d87aece5a90c5 (release/1.10)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda102.bat@f0f41b25781aeb12a59937da169d87aece5a90c5 (release/1.10)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda111.bat@f0f41b25781aeb12a59937da169d87aece5a90c5 (release/1.10)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda113.bat@f0f41b25781aeb12a59937da169d87aece5a90c5 (release/1.10)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder manywheel/build_cuda.sh@e77e5d077c1870283a7b391bf58e4857c58fb7f4 (release/1.11)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda102.bat@e77e5d077c1870283a7b391bf58e4857c58fb7f4 (release/1.11)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda113.bat@e77e5d077c1870283a7b391bf58e4857c58fb7f4 (release/1.11)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder manywheel/build_cuda.sh@049415d44cf345cc531962e15160d910b2f9d620 (release/1.12)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda102.bat@049415d44cf345cc531962e15160d910b2f9d620 (release/1.12)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda113.bat@049415d44cf345cc531962e15160d910b2f9d620 (release/1.12)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda116.bat@049415d44cf345cc531962e15160d910b2f9d620 (release/1.12)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder manywheel/build_cuda.sh@d08f22640ad6f332026f26242d458b8d157187be (release/1.13)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda116.bat@d08f22640ad6f332026f26242d458b8d157187be (release/1.13)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda117.bat@d08f22640ad6f332026f26242d458b8d157187be (release/1.13)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder manywheel/build_cuda.sh@9f0fad92f342b146272d0f99d3969c2c148e80ba (release/2.0)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda117.bat@9f0fad92f342b146272d0f99d3969c2c148e80ba (release/2.0)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda118.bat@9f0fad92f342b146272d0f99d3969c2c148e80ba (release/2.0)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder manywheel/build_cuda.sh@55d40b1b06379fddd0ba14744dc3fdd768530da6 (release/2.1)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda118.bat@55d40b1b06379fddd0ba14744dc3fdd768530da6 (release/2.1)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda121.bat@55d40b1b06379fddd0ba14744dc3fdd768530da6 (release/2.1)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder manywheel/build_cuda.sh@af60d11447443059c6c6c7590241a446a33db0f9 (release/2.2)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda118.bat@af60d11447443059c6c6c7590241a446a33db0f9 (release/2.2)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda121.bat@af60d11447443059c6c6c7590241a446a33db0f9 (release/2.2)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder manywheel/build_cuda.sh@ba10bae9fe9b93365412297d40bc9a3a3eae6155 (release/2.3)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda118.bat@ba10bae9fe9b93365412297d40bc9a3a3eae6155 (release/2.3)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda121.bat@ba10bae9fe9b93365412297d40bc9a3a3eae6155 (release/2.3)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder manywheel/build_cuda.sh@4ce1afeb2262808c1e9707b93682ac66acf2db2a (release/2.4)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda118.bat@4ce1afeb2262808c1e9707b93682ac66acf2db2a (release/2.4)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda121.bat@4ce1afeb2262808c1e9707b93682ac66acf2db2a (release/2.4)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda124.bat@4ce1afeb2262808c1e9707b93682ac66acf2db2a (release/2.4)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder manywheel/build_cuda.sh@aec5fb5de2380a9084f4bb430eec4e576066a17c (release/2.5)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda118.bat@aec5fb5de2380a9084f4bb430eec4e576066a17c (release/2.5)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda121.bat@aec5fb5de2380a9084f4bb430eec4e576066a17c (release/2.5)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/builder windows/cuda124.bat@aec5fb5de2380a9084f4bb430eec4e576066a17c (release/2.5)',
    date: '2026-11-21'
  },
  {
    text: 'quoted build script for libtorch v2.7.1 in https://github.com/mlverse/torch/pull/1348',
    date: '2026-11-21'
  },
  {
    text: 'quoted build script for libtorch v2.7.1 in https://github.com/mlverse/torch/pull/1348 ; github.com/pytorch/pytorch PR #147607',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/pytorch .ci/manywheel/build_cuda.sh@00c7a380b8369d08e02dd400aa76dc6c0738b589 (12.6/12.8/12.9 era = release 2.8) ; github.com/jhj0517/Whisper-WebUI issue #653 (measured)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/pytorch .ci/manywheel/build_cuda.sh@00c7a380b8369d08e02dd400aa76dc6c0738b589 (12.6/12.8/12.9 era = release 2.8)',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/pytorch RELEASE.md diff in github.com/pytorch/pytorch PR #175253 and PR #164471',
    date: '2026-11-21'
  },
  {
    text: 'github.com/pytorch/pytorch PR #175253 ; PyTorchKorea versions page, index file id 52513411808',
    date: '2026-11-21'
  },
  {
    text: 'copy of pytorch/pytorch RELEASE.md (Aug-Sep 2026) kept verbatim in a third-party repo, public-code index file id 66643764700',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchvision-0.29.2-py3-none-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchvision-0.29.0-cp312-cp312-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchvision-0.28.0-cp312-cp312-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchvision-0.27.1-cp312-cp312-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchvision-0.26.0-cp312-cp312-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchvision-0.25.0-cp312-cp312-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchvision-0.24.1-cp312-cp312-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchvision-0.23.0-cp312-cp312-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchvision-0.22.1-cp310-cp310-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchvision-0.21.0-cp310-cp310-manylinux1_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchvision-0.20.1-cp310-cp310-manylinux1_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchvision-0.19.1-cp310-cp310-manylinux1_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/vision README.md@0a12c0708810ae6a9a64b584fb8e412412c22b9d',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchaudio-2.11.0-cp312-cp312-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchaudio-2.10.0-cp312-cp312-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchaudio-2.9.1-cp312-cp312-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchaudio-2.8.0-cp312-cp312-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchaudio-2.7.1-cp310-cp310-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/audio docs/source/installation.rst@0e01d387112a24b6ca665560d3221e043f05dc98',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchtext-0.18.0-cp310-cp310-manylinux1_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchtext-0.17.2-cp310-cp310-manylinux1_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchtext-0.16.2-cp310-cp310-manylinux1_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchtext-0.15.2-cp310-cp310-manylinux1_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchtext-0.14.1-cp38-cp38-manylinux1_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA torchtext-0.13.1-cp38-cp38-manylinux1_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/text README.rst@040f3d1f0a810f689bec3dabf64458f2c0e343b9',
    date: '2026-11-21'
  },
  {
    text: 'meta-pytorch/torchcodec README.md@07bc410551c01df490a982c74b3e92bf1186f3d4',
    date: '2026-11-21'
  },
  {
    text: 'NVIDIA CUDA Toolkit 13.4 Update 1 Release Notes (https://docs.nvidia.com/cuda/cuda-toolkit-release-notes/index.html), stored copy index file id 69389232063',
    date: '2026-11-21'
  },
  {
    text: 'NVIDIA CUDA Toolkit 13.4 Update 1 Release Notes (https://docs.nvidia.com/cuda/cuda-toolkit-release-notes/index.html), stored copy index file id 69389232063 ; https://docs.nvidia.com/deploy/cuda-compatibility/minor-version-compatibility.html ; Linux 525.60.13 / WSL 528.33: tensorflow/docs site/en/install/pip.md@7c3650212740204359d4ceae481abc79345541be ; Windows 528.33 as in older NVIDIA table, copy index file id 1728206174',
    date: '2026-11-21'
  },
  {
    text: 'NVIDIA CUDA Toolkit 13.4 Update 1 Release Notes (https://docs.nvidia.com/cuda/cuda-toolkit-release-notes/index.html), stored copy index file id 69389232063 ; https://docs.nvidia.com/deploy/cuda-compatibility/minor-version-compatibility.html',
    date: '2026-11-21'
  },
  {
    text: 'https://docs.nvidia.com/datacenter/tesla/drivers/cuda-toolkit-driver-and-architecture-matrix.html',
    date: '2026-11-21'
  },
  {
    text: 'https://docs.nvidia.com/datacenter/tesla/drivers/cuda-toolkit-driver-and-architecture-matrix.html (row cut in the stored copy) ; copy of the same NVIDIA matrix at https://www.cnblogs.com/litifeng/p/18236236',
    date: '2026-11-21'
  },
  {
    text: 'copy of the same NVIDIA matrix at https://www.cnblogs.com/litifeng/p/18236236',
    date: '2026-11-21'
  },
  {
    text: 'derived from gpu_compute_capability rows in this file',
    date: '2026-11-21'
  },
  {
    text: 'jax-ml/jax docs/installation.md@cec06d116c05f0d52adfceee3d3b730fdbcb0ce5',
    date: '2026-11-21'
  },
  {
    text: 'jax-ml/jax docs/installation.md@cec06d116c05f0d52adfceee3d3b730fdbcb0ce5 ; jax-ml/jax CHANGELOG.md@cec06d116c05f0d52adfceee3d3b730fdbcb0ce5',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-1.15.5-cp37-cp37m-manylinux2010_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.3.4-cp38-cp38-manylinux2010_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.4.4-cp38-cp38-manylinux2010_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.5.3-cp38-cp38-manylinux2010_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.6.5-cp38-cp38-manylinux2010_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.7.4-cp38-cp38-manylinux2010_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.8.4-cp38-cp38-manylinux2010_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.9.3-cp38-cp38-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.10.1-cp38-cp38-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.11.1-cp38-cp38-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.12.0-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.12.1-cp38-cp38-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.13.1-cp38-cp38-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.14.1-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.15.0-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.15.1-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.16.1-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.16.2-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.17.0-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.17.1-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.18.0-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.18.1-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.19.1-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.20.0-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.21.0-cp310-cp310-manylinux_2_27_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tf_keras-2.15.1-py3-none-any.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tf_keras-2.16.0-py3-none-any.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tf_keras-2.17.0-py3-none-any.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tf_keras-2.18.0-py3-none-any.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tf_keras-2.19.0-py3-none-any.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tf_keras-2.20.1-py3-none-any.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tf_keras-2.21.0-py3-none-any.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA xformers-0.0.35-py39-none-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA xformers-0.0.33.post2-cp39-abi3-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA xformers-0.0.32.post2-cp39-abi3-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA xformers-0.0.31.post1-cp39-abi3-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA xformers-0.0.30-cp312-cp312-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA xformers-0.0.29.post3-cp310-cp310-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA xformers-0.0.28.post3-cp310-cp310-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA xformers-0.0.27.post2-cp310-cp310-manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA xformers-0.0.23.post1-cp310-cp310-manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA xformers-0.0.20-cp310-cp310-manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel mmdet-3.3.0-py3-none-any.whl mmdet/__init__.py',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel mmdet-3.0.0-py3-none-any.whl mmdet/__init__.py',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel mmdet-2.28.2-py3-none-any.whl mmdet/__init__.py',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel mmdet-2.14.0-py3-none-any.whl mmdet/__init__.py',
    date: '2026-11-21'
  },
  {
    text: 'open-mmlab/mmcv docs/en/get_started/installation.md@847612dfffbcd917b6c267fe9decd4f8afed676e (v1.6.2)',
    date: '2026-11-21'
  },
  {
    text: 'OpenMMLab wheel index page cu121/torch2.4 (stored copy in docs corpus)',
    date: '2026-11-21'
  },
  {
    text: 'OpenMMLab wheel index page cu113/torch1.11 (stored copy in docs corpus)',
    date: '2026-11-21'
  },
  {
    text: 'https://huggingface.co/spaces/caizhongang/SMPLer-X requirements.txt (wheel file name)',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA jax-0.12.0-py3-none-any.whl ; PyPI wheel METADATA jax_cuda12_plugin-0.12.0-cp313-cp313-manylinux_2_27_x86_64.whl ; PyPI wheel METADATA jax_cuda13_plugin-0.12.0-cp313-cp313-manylinux_2_27_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA jax-0.11.2-py3-none-any.whl ; PyPI wheel METADATA jax_cuda12_plugin-0.11.2-cp313-cp313-manylinux_2_27_x86_64.whl ; PyPI wheel METADATA jax_cuda13_plugin-0.11.2-cp313-cp313-manylinux_2_27_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA jax-0.10.2-py3-none-any.whl ; PyPI wheel METADATA jax_cuda12_plugin-0.10.2-cp312-cp312-manylinux_2_27_x86_64.whl ; PyPI wheel METADATA jax_cuda13_plugin-0.10.2-cp312-cp312-manylinux_2_27_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA jax-0.9.2-py3-none-any.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA jax-0.8.3-py3-none-any.whl ; PyPI wheel METADATA jax_cuda12_plugin-0.8.3-cp312-cp312-manylinux_2_27_x86_64.whl ; PyPI wheel METADATA jax_cuda13_plugin-0.8.3-cp312-cp312-manylinux_2_27_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA jax-0.7.2-py3-none-any.whl ; PyPI wheel METADATA jax_cuda12_plugin-0.7.2-cp312-cp312-manylinux_2_27_x86_64.whl ; PyPI wheel METADATA jax_cuda13_plugin-0.7.2-cp312-cp312-manylinux_2_27_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA jax-0.6.2-py3-none-any.whl ; PyPI wheel METADATA jax_cuda12_plugin-0.6.2-cp312-cp312-manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA jax-0.5.3-py3-none-any.whl ; PyPI wheel METADATA jax_cuda12_plugin-0.5.3-cp312-cp312-manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA jax-0.4.38-py3-none-any.whl ; PyPI wheel METADATA jax_cuda12_plugin-0.4.38-cp312-cp312-manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA jax-0.4.30-py3-none-any.whl ; PyPI wheel METADATA jax_cuda12_plugin-0.4.30-cp310-cp310-manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA pandas-2.2.2-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; PyPI wheel METADATA pandas-2.2.1-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA scikit_learn-1.4.2-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; PyPI wheel METADATA scikit_learn-1.4.1.post1-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA scipy-1.13.0-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; PyPI wheel METADATA scipy-1.12.0-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA numba-0.60.0-cp310-cp310-manylinux2014_x86_64.manylinux_2_17_x86_64.whl ; PyPI wheel METADATA numba-0.59.1-cp310-cp310-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'TensorFlow 2.18.0 release notes quoted in https://github.com/keras-team/keras-hub/pull/1969 ; PyPI wheel METADATA tensorflow-2.17.1-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  { text: 'github.com/pytorch/pytorch issue #107302', date: '2026-11-21' },
  {
    text: 'github.com/pytorch/pytorch issue #131668 ; pytorch/builder PR #1957',
    date: '2026-11-21'
  },
  {
    text: 'jax-ml/jax CHANGELOG.md@cec06d116c05f0d52adfceee3d3b730fdbcb0ce5',
    date: '2026-11-21'
  },
  {
    text: 'github.com/microsoft/onnxruntime issue #21063 ; github.com/chroma-core/chroma issue #2359',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA matplotlib-3.8.4-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; PyPI wheel METADATA matplotlib-3.8.3-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA contourpy-1.2.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; PyPI wheel METADATA contourpy-1.2.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA pyarrow-16.0.0-cp311-cp311-manylinux_2_28_x86_64.whl ; PyPI wheel METADATA pyarrow-15.0.2-cp311-cp311-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA shapely-2.0.4-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; PyPI wheel METADATA shapely-2.0.3-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA statsmodels-0.14.2-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; PyPI wheel METADATA statsmodels-0.14.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA pywavelets-1.6.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; PyPI wheel METADATA pywavelets-1.5.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA astropy-6.1.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; PyPI wheel METADATA astropy-6.0.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA thinc-8.3.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; PyPI wheel METADATA thinc-8.2.5-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA gensim-4.4.0-cp311-cp311-manylinux_2_24_x86_64.manylinux_2_28_x86_64.whl ; PyPI wheel METADATA gensim-4.3.3-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'modules of PyPI wheel h5py-3.11.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; modules of PyPI wheel h5py-3.10.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'modules of PyPI wheel scikit_image-0.23.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; modules of PyPI wheel scikit_image-0.22.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'modules of PyPI wheel numexpr-2.10.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; modules of PyPI wheel numexpr-2.9.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'modules of PyPI wheel ml_dtypes-0.4.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; modules of PyPI wheel ml_dtypes-0.3.2-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'modules of PyPI wheel Bottleneck-1.4.0-cp311-cp311-manylinux_2_5_x86_64.manylinux1_x86_64.manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; modules of PyPI wheel Bottleneck-1.3.8-cp311-cp311-manylinux_2_5_x86_64.manylinux1_x86_64.manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'modules of PyPI wheel pycocotools-2.0.8-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; modules of PyPI wheel pycocotools-2.0.7-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'modules of PyPI wheel cftime-1.6.4-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; modules of PyPI wheel cftime-1.6.3-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'modules of PyPI wheel netCDF4-1.7.0-cp311-cp311-manylinux_2_28_x86_64.whl ; modules of PyPI wheel netCDF4-1.6.5-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'modules of PyPI wheel pyerfa-2.0.1.3-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; modules of PyPI wheel pyerfa-2.0.1.2-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'modules of PyPI wheel fastparquet-2024.5.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; modules of PyPI wheel fastparquet-2024.2.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'release notes of opencv-python 4.10.0.84 quoted in github.com/Webperf-se/webperf_core PR #703 ; github.com/opencv/opencv-python issue #943',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheels numpy-2.4.6-cp*-*-manylinux*_x86_64.whl: those that pip takes for each Python, and Requires-Python',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheels numpy-2.3.5-cp*-*-manylinux*_x86_64.whl: those that pip takes for each Python, and Requires-Python',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheels numpy-2.2.6-cp*-*-manylinux*_x86_64.whl: those that pip takes for each Python, and Requires-Python',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheels numpy-2.1.3-cp*-*-manylinux*_x86_64.whl: those that pip takes for each Python, and Requires-Python',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheels numpy-2.0.2-cp*-*-manylinux*_x86_64.whl: those that pip takes for each Python, and Requires-Python',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheels numpy-1.26.4-cp*-*-manylinux*_x86_64.whl: those that pip takes for each Python, and Requires-Python',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheels numpy-1.25.2-cp*-*-manylinux*_x86_64.whl: those that pip takes for each Python, and Requires-Python',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheels numpy-1.24.4-cp*-*-manylinux*_x86_64.whl: those that pip takes for each Python, and Requires-Python',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheels numpy-1.23.5-cp*-*-manylinux*_x86_64.whl: those that pip takes for each Python, and Requires-Python',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheels numpy-1.22.4-cp*-*-manylinux*_x86_64.whl: those that pip takes for each Python, and Requires-Python',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheels numpy-1.21.6-cp*-*-manylinux*_x86_64.whl: those that pip takes for each Python, and Requires-Python',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheels numpy-1.20.3-cp*-*-manylinux*_x86_64.whl: those that pip takes for each Python, and Requires-Python',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheels numpy-1.19.5-cp*-*-manylinux*_x86_64.whl: those that pip takes for each Python, and Requires-Python',
    date: '2026-11-21'
  },
  {
    text: 'numpy/_core/include/numpy/numpyconfig.h of PyPI wheel numpy-2.4.6-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'numpy/core/include/numpy/_numpyconfig.h of PyPI wheel numpy-1.26.4-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA numba-0.56.4-cp310-cp310-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA numba-0.57.1-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA numba-0.58.1-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA numba-0.59.1-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA numba-0.60.0-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA numba-0.61.2-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA numba-0.62.1-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA numba-0.63.1-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA numba-0.64.0-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA numba-0.65.1-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA numba-0.66.0-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA numba-0.68.1-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorflow-2.11.1-cp38-cp38-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; PyPI wheel METADATA tensorflow-2.12.0-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA tensorboard-2.11.2-py3-none-any.whl ; PyPI wheel METADATA tensorboard-2.12.0-py3-none-any.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA onnx-1.13.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl ; PyPI wheel METADATA onnx-1.14.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA wandb-0.12.16-py2.py3-none-any.whl ; PyPI wheel METADATA wandb-0.12.21-py2.py3-none-any.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel METADATA streamlit-1.8.1-py2.py3-none-any.whl ; PyPI wheel METADATA streamlit-1.11.1-py2.py3-none-any.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI sdist sentence-transformers-2.2.2.tar.gz ; PyPI wheel sentence_transformers-2.3.0-py3-none-any.whl ; PyPI wheel huggingface_hub-0.26.0-py3-none-any.whl',
    date: '2026-11-21'
  },
  {
    text: 'PyPI wheel diffusers-0.28.2-py3-none-any.whl ; PyPI wheel diffusers-0.29.2-py3-none-any.whl ; PyPI wheel huggingface_hub-0.26.0-py3-none-any.whl',
    date: '2026-11-21'
  },
  {
    text: 'prefix-dev/parselmouth files/v0/conda-forge/compressed_mapping.json@345e9bfbd11d932d63df2bc1146511337f7ba5dd',
    date: '2026-11-21'
  },
  {
    text: 'conda-forge/pytorch-cpu-feedstock recipe/meta.yaml@74dd3d46ff0c3d05053197961386b5a2018cf3d1',
    date: '2026-11-21'
  },
  {
    text: 'conda-forge/tensorflow-feedstock recipe/meta.yaml@2cc3b129b716df332eca23d6169be93bf05fabd6',
    date: '2026-11-21'
  },
  {
    text: 'conda-forge/tensorflow-feedstock recipe/meta.yaml@023da31d602198bd813159a5220e8f4197670d14',
    date: '2026-11-21'
  },
  {
    text: 'prefix-dev/parselmouth files/v0/conda-forge/compressed_mapping.json@345e9bfbd11d932d63df2bc1146511337f7ba5dd ; pytorch/pytorch.github.io _get_started/previous-versions.md@04862e376ea686ba351674864400db1d93113979 ; PyPI wheel METADATA torch-2.11.0-cp310-cp310-manylinux_2_28_x86_64.whl',
    date: '2026-11-21'
  },
  {
    text: 'conda-forge/cuda-version-feedstock recipe/README.md@3281576fcc67626fb8004d6318f1c4a730dec769',
    date: '2026-11-21'
  },
  {
    text: 'conda/grayskull grayskull/strategy/config.yaml@dac990e37ae74d828f8f1c6cbd990c8dab9f825e',
    date: '2026-11-21'
  },
  {
    text: 'conda-forge/faiss-split-feedstock recipe/meta.yaml@0042ebb5994a3b6be77753ebb9edeae5ffc32a60 ; pip index versions faiss, faiss-cpu, faiss-gpu, faiss-gpu-cu12',
    date: '2026-11-21'
  },
  {
    text: 'conda-forge/faiss-split-feedstock recipe/meta.yaml@0042ebb5994a3b6be77753ebb9edeae5ffc32a60',
    date: '2026-11-21'
  },
  {
    text: 'conda-forge/faiss-split-feedstock recipe/meta.yaml@0042ebb5994a3b6be77753ebb9edeae5ffc32a60 ; pip index versions faiss-gpu',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/pytorch.github.io _get_started/previous-versions.md@04862e376ea686ba351674864400db1d93113979 ; prefix-dev/parselmouth files/v0/conda-forge/compressed_mapping.json@345e9bfbd11d932d63df2bc1146511337f7ba5dd',
    date: '2026-11-21'
  },
  {
    text: 'pytorch/pytorch.github.io _get_started/previous-versions.md@04862e376ea686ba351674864400db1d93113979',
    date: '2026-11-21'
  }
];

export const TENSORFLOW_BUILDS: readonly ITensorFlowBuild[] = [
  {
    version: '2.21',
    package: 'tensorflow',
    python: ['3.10', '3.13'],
    cuda: '12.5',
    cudnn: '9.3',
    source: 0
  },
  {
    version: '2.20',
    package: 'tensorflow',
    python: ['3.9', '3.13'],
    cuda: '12.5',
    cudnn: '9.3',
    source: 0
  },
  {
    version: '2.19',
    package: 'tensorflow',
    python: ['3.9', '3.12'],
    cuda: '12.5',
    cudnn: '9.3',
    source: 0
  },
  {
    version: '2.18',
    package: 'tensorflow',
    python: ['3.9', '3.12'],
    cuda: '12.5',
    cudnn: '9.3',
    source: 0
  },
  {
    version: '2.17',
    package: 'tensorflow',
    python: ['3.9', '3.12'],
    cuda: '12.3',
    cudnn: '8.9',
    source: 0
  },
  {
    version: '2.16',
    package: 'tensorflow',
    python: ['3.9', '3.12'],
    cuda: '12.3',
    cudnn: '8.9',
    source: 0
  },
  {
    version: '2.15',
    package: 'tensorflow',
    python: ['3.9', '3.11'],
    cuda: '12.2',
    cudnn: '8.9',
    source: 0
  },
  {
    version: '2.14',
    package: 'tensorflow',
    python: ['3.9', '3.11'],
    cuda: '11.8',
    cudnn: '8.7',
    source: 0
  },
  {
    version: '2.13',
    package: 'tensorflow',
    python: ['3.8', '3.11'],
    cuda: '11.8',
    cudnn: '8.6',
    source: 0
  },
  {
    version: '2.12',
    package: 'tensorflow',
    python: ['3.8', '3.11'],
    cuda: '11.8',
    cudnn: '8.6',
    source: 0
  },
  {
    version: '2.11',
    package: 'tensorflow',
    python: ['3.7', '3.10'],
    cuda: '11.2',
    cudnn: '8.1',
    source: 0
  },
  {
    version: '2.10',
    package: 'tensorflow',
    python: ['3.7', '3.10'],
    cuda: '11.2',
    cudnn: '8.1',
    source: 0
  },
  {
    version: '2.9',
    package: 'tensorflow',
    python: ['3.7', '3.10'],
    cuda: '11.2',
    cudnn: '8.1',
    source: 0
  },
  {
    version: '2.8',
    package: 'tensorflow',
    python: ['3.7', '3.10'],
    cuda: '11.2',
    cudnn: '8.1',
    source: 0
  },
  {
    version: '2.7',
    package: 'tensorflow',
    python: ['3.7', '3.9'],
    cuda: '11.2',
    cudnn: '8.1',
    source: 0
  },
  {
    version: '2.6',
    package: 'tensorflow',
    python: ['3.6', '3.9'],
    cuda: '11.2',
    cudnn: '8.1',
    source: 0
  },
  {
    version: '2.5',
    package: 'tensorflow',
    python: ['3.6', '3.9'],
    cuda: '11.2',
    cudnn: '8.1',
    source: 0
  },
  {
    version: '2.4',
    package: 'tensorflow',
    python: ['3.6', '3.8'],
    cuda: '11.0',
    cudnn: '8.0',
    source: 0
  },
  {
    version: '2.3',
    package: 'tensorflow',
    python: ['3.5', '3.8'],
    cuda: '10.1',
    cudnn: '7.6',
    source: 0
  },
  {
    version: '2.2',
    package: 'tensorflow',
    python: ['3.5', '3.8'],
    cuda: '10.1',
    cudnn: '7.6',
    source: 0
  },
  {
    version: '2.1',
    package: 'tensorflow',
    python: ['2.7', '3.7'],
    cuda: '10.1',
    cudnn: '7.6',
    source: 0
  },
  {
    version: '2.0',
    package: 'tensorflow',
    python: ['2.7', '3.7'],
    cuda: '10.0',
    cudnn: '7.4',
    source: 0
  },
  {
    version: '1.15',
    package: 'tensorflow-gpu',
    python: ['2.7', '3.7'],
    cuda: '10.0',
    cudnn: '7.4',
    source: 0
  },
  {
    version: '1.14',
    package: 'tensorflow-gpu',
    python: ['2.7', '3.7'],
    cuda: '10.0',
    cudnn: '7.4',
    source: 0
  },
  {
    version: '1.13',
    package: 'tensorflow-gpu',
    python: ['2.7', '3.7'],
    cuda: '10.0',
    cudnn: '7.4',
    source: 0
  }
];

export const TENSORFLOW_GAPS: readonly ITensorFlowGap[] = [
  {
    versions: ['2.17', null],
    kind: 'missing',
    capabilities: ['5.x'],
    source: 1
  },
  {
    versions: ['2.18', '2.20'],
    kind: 'trouble',
    capabilities: ['12.0'],
    source: 2
  }
];

export const TORCH_RELEASES: readonly ITorchRelease[] = [
  {
    version: '2.15',
    python: ['3.11', null],
    cuda: ['13.0', '13.2'],
    source: 3
  },
  {
    version: '2.14',
    python: ['3.10', '3.15'],
    cuda: ['12.6', '13.0', '13.2'],
    source: 4
  },
  {
    version: '2.13',
    python: ['3.10', '3.15'],
    cuda: ['12.6', '13.0'],
    source: 5
  },
  {
    version: '2.12',
    python: ['3.10', '3.14'],
    cuda: ['12.6', '13.0'],
    source: 6
  },
  {
    version: '2.11',
    python: ['3.10', '3.14'],
    cuda: ['12.6', '12.8', '13.0'],
    source: 7
  },
  {
    version: '2.10',
    python: ['3.10', '3.14'],
    cuda: ['12.6', '12.8'],
    source: 6
  },
  {
    version: '2.9',
    python: ['3.10', '3.14'],
    cuda: ['12.6', '12.8'],
    source: 6
  },
  {
    version: '2.8',
    python: ['3.9', '3.13'],
    cuda: ['12.6', '12.8'],
    source: 6
  },
  {
    version: '2.7',
    python: ['3.9', '3.13'],
    cuda: ['11.8', '12.6'],
    source: 6
  },
  {
    version: '2.6',
    python: ['3.9', '3.13'],
    cuda: ['11.8', '12.4'],
    source: 6
  },
  {
    version: '2.5',
    python: ['3.9', '3.12'],
    cuda: ['11.8', '12.1', '12.4'],
    source: 6
  },
  {
    version: '2.4',
    python: ['3.8', '3.12'],
    cuda: ['11.8', '12.1'],
    source: 6
  },
  { version: '2.3', python: ['3.8', '3.11'], cuda: ['11.8'], source: 8 },
  { version: '2.2', python: ['3.8', '3.11'], cuda: ['11.8'], source: 8 },
  { version: '2.1', python: ['3.8', '3.11'], cuda: ['11.8'], source: 8 },
  { version: '2.0', python: ['3.8', '3.11'], cuda: ['11.7'], source: 8 },
  { version: '1.13', python: ['3.7', '3.10'], cuda: ['11.6'], source: 8 },
  { version: '1.12', python: ['3.7', '3.10'], cuda: ['11.3'], source: 8 },
  {
    version: '1.11',
    python: ['3.7', '3.10'],
    cuda: ['10.2', '11.3'],
    source: 9
  },
  {
    version: '1.10',
    python: ['3.6', '3.9'],
    cuda: ['10.2', '11.1'],
    source: 9
  },
  { version: '1.9', python: ['3.6', '3.9'], cuda: ['10.2', '11.1'], source: 9 },
  {
    version: '1.8',
    python: ['3.6', '3.9'],
    cuda: ['10.1', '10.2', '11.1'],
    source: 9
  },
  {
    version: '1.7',
    python: ['3.6', '3.9'],
    cuda: ['9.2', '10.1', '10.2', '11.0'],
    source: 9
  },
  {
    version: '1.6',
    python: ['3.6', '3.8'],
    cuda: ['9.2', '10.1', '10.2'],
    source: 9
  },
  {
    version: '1.5',
    python: ['3.5', '3.8'],
    cuda: ['9.2', '10.1', '10.2'],
    source: 9
  },
  { version: '1.4', python: ['3.5', '3.8'], cuda: ['9.2', '10.1'], source: 9 },
  { version: '1.2', python: ['3.5', '3.7'], cuda: ['9.2', '10.0'], source: 9 },
  { version: '1.1', python: ['3.5', '3.7'], cuda: ['9.0', '10.0'], source: 9 },
  {
    version: '1.0',
    python: ['3.5', '3.7'],
    cuda: ['8.0', '9.0', '10.0'],
    source: 9
  }
];

export const TORCH_DEFAULTS: readonly ITorchDefault[] = [
  { version: '2.15.0', cuda: '13.2', python: '>=3.11', source: 10 },
  { version: '2.14.1', cuda: '13.0', python: '>=3.10', source: 11 },
  { version: '2.14.0', cuda: '13.0', python: '>=3.10', source: 12 },
  { version: '2.13.0', cuda: '13.0', python: '>=3.10', source: 13 },
  { version: '2.12.0', cuda: '13.0', python: '>=3.10', source: 14 },
  { version: '2.11.0', cuda: '13.0', python: '>=3.10', source: 15 },
  { version: '2.10.0', cuda: '12.8', python: '>=3.10', source: 16 },
  { version: '2.9.1', cuda: '12.8', python: '>=3.10', source: 17 },
  { version: '2.8.0', cuda: '12.8', python: '>=3.9.0', source: 18 },
  { version: '2.7.1', cuda: '12.6', python: '>=3.9.0', source: 19 },
  { version: '2.6.0', cuda: '12.4', python: '>=3.9.0', source: 20 },
  { version: '2.5.1', cuda: '12.4', python: '>=3.8.0', source: 21 },
  { version: '2.4.1', cuda: '12.1', python: '>=3.8.0', source: 22 },
  { version: '2.3.1', cuda: '12.1', python: '>=3.8.0', source: 23 },
  { version: '2.2.2', cuda: '12.1', python: '>=3.8.0', source: 24 },
  { version: '2.1.2', cuda: '12.1', python: '>=3.8.0', source: 25 },
  { version: '2.0.1', cuda: '11.7', python: '>=3.8.0', source: 26 },
  { version: '1.13.1', cuda: '11.7', python: '>=3.7.0', source: 27 },
  { version: '1.12.1', cuda: '10.2', python: '>=3.7.0', source: 28 },
  { version: '1.11.0', cuda: '10.2', python: '>=3.7.0', source: 29 },
  { version: '1.10.2', cuda: '10.2', python: '>=3.6.2', source: 30 },
  { version: '1.9.1', cuda: '10.2', python: '>=3.6.2', source: 31 },
  { version: '1.8.1', cuda: '10.2', python: '>=3.6.2', source: 32 },
  { version: '1.7.1', cuda: '10.2', python: '>=3.6.2', source: 33 }
];

export const TORCH_ARCHS: readonly ITorchArchs[] = [
  {
    torch: '1.8',
    cuda: '10.1',
    platforms: ['linux_x86_64'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_70'],
    source: 34
  },
  {
    torch: '1.8',
    cuda: '10.1',
    platforms: ['windows'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_61', 'sm_70', 'sm_75', 'compute_37'],
    source: 35
  },
  {
    torch: '1.8',
    cuda: '10.2',
    platforms: ['linux_x86_64'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_70'],
    source: 34
  },
  {
    torch: '1.8',
    cuda: '10.2',
    platforms: ['windows'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_61', 'sm_70', 'sm_75', 'compute_37'],
    source: 36
  },
  {
    torch: '1.8',
    cuda: '11.1',
    platforms: ['linux_x86_64'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86'],
    source: 34
  },
  {
    torch: '1.8',
    cuda: '11.1',
    platforms: ['windows'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'compute_37'
    ],
    source: 37
  },
  {
    torch: '1.9',
    cuda: '10.2',
    platforms: ['linux_x86_64'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_70'],
    source: 38
  },
  {
    torch: '1.9',
    cuda: '10.2',
    platforms: ['windows'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_61', 'sm_70', 'sm_75', 'compute_37'],
    source: 39
  },
  {
    torch: '1.9',
    cuda: '11.1',
    platforms: ['linux_x86_64'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86'],
    source: 38
  },
  {
    torch: '1.9',
    cuda: '11.1',
    platforms: ['windows'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'compute_37'
    ],
    source: 40
  },
  {
    torch: '1.10',
    cuda: '10.2',
    platforms: ['linux_x86_64'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_70'],
    source: 41
  },
  {
    torch: '1.10',
    cuda: '10.2',
    platforms: ['windows'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_61', 'sm_70', 'sm_75', 'compute_37'],
    source: 42
  },
  {
    torch: '1.10',
    cuda: '11.1',
    platforms: ['linux_x86_64'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86'],
    source: 41
  },
  {
    torch: '1.10',
    cuda: '11.1',
    platforms: ['windows'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'compute_37'
    ],
    source: 43
  },
  {
    torch: '1.10',
    cuda: '11.3',
    platforms: ['linux_x86_64'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86'],
    source: 41
  },
  {
    torch: '1.10',
    cuda: '11.3',
    platforms: ['windows'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'compute_37'
    ],
    source: 44
  },
  {
    torch: '1.11',
    cuda: '10.2',
    platforms: ['linux_x86_64'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_70'],
    source: 45
  },
  {
    torch: '1.11',
    cuda: '10.2',
    platforms: ['windows'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_61', 'sm_70', 'sm_75', 'compute_37'],
    source: 46
  },
  {
    torch: '1.11',
    cuda: '11.3',
    platforms: ['linux_x86_64'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86'],
    source: 45
  },
  {
    torch: '1.11',
    cuda: '11.3',
    platforms: ['windows'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'compute_37'
    ],
    source: 47
  },
  {
    torch: '1.12',
    cuda: '10.2',
    platforms: ['linux_x86_64'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_70'],
    source: 48
  },
  {
    torch: '1.12',
    cuda: '10.2',
    platforms: ['windows'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_61', 'sm_70', 'sm_75', 'compute_37'],
    source: 49
  },
  {
    torch: '1.12',
    cuda: '11.3',
    platforms: ['linux_x86_64'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86'],
    source: 48
  },
  {
    torch: '1.12',
    cuda: '11.3',
    platforms: ['windows'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'compute_37'
    ],
    source: 50
  },
  {
    torch: '1.12',
    cuda: '11.6',
    platforms: ['linux_x86_64'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86'],
    source: 48
  },
  {
    torch: '1.12',
    cuda: '11.6',
    platforms: ['windows'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'compute_37'
    ],
    source: 51
  },
  {
    torch: '1.13',
    cuda: '11.6',
    platforms: ['linux_x86_64'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86'],
    source: 52
  },
  {
    torch: '1.13',
    cuda: '11.6',
    platforms: ['windows'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'compute_37'
    ],
    source: 53
  },
  {
    torch: '1.13',
    cuda: '11.7',
    platforms: ['linux_x86_64'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86'],
    source: 52
  },
  {
    torch: '1.13',
    cuda: '11.7',
    platforms: ['windows'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'compute_37'
    ],
    source: 54
  },
  {
    torch: '2.0',
    cuda: '11.7',
    platforms: ['linux_x86_64'],
    archs: ['sm_37', 'sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86'],
    source: 55
  },
  {
    torch: '2.0',
    cuda: '11.7',
    platforms: ['windows'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'compute_37'
    ],
    source: 56
  },
  {
    torch: '2.0',
    cuda: '11.8',
    platforms: ['linux_x86_64'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90'
    ],
    source: 55
  },
  {
    torch: '2.0',
    cuda: '11.8',
    platforms: ['windows'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90',
      'compute_37'
    ],
    source: 57
  },
  {
    torch: '2.1',
    cuda: '11.8',
    platforms: ['linux_x86_64'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90'
    ],
    source: 58
  },
  {
    torch: '2.1',
    cuda: '11.8',
    platforms: ['windows'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90',
      'compute_37'
    ],
    source: 59
  },
  {
    torch: '2.1',
    cuda: '12.1',
    platforms: ['linux_x86_64'],
    archs: ['sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86', 'sm_90'],
    source: 58
  },
  {
    torch: '2.1',
    cuda: '12.1',
    platforms: ['windows'],
    archs: [
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90'
    ],
    source: 60
  },
  {
    torch: '2.2',
    cuda: '11.8',
    platforms: ['linux_x86_64'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90'
    ],
    source: 61
  },
  {
    torch: '2.2',
    cuda: '11.8',
    platforms: ['windows'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90',
      'compute_37'
    ],
    source: 62
  },
  {
    torch: '2.2',
    cuda: '12.1',
    platforms: ['linux_x86_64'],
    archs: ['sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86', 'sm_90'],
    source: 61
  },
  {
    torch: '2.2',
    cuda: '12.1',
    platforms: ['windows'],
    archs: [
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90'
    ],
    source: 63
  },
  {
    torch: '2.3',
    cuda: '11.8',
    platforms: ['linux_x86_64'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90'
    ],
    source: 64
  },
  {
    torch: '2.3',
    cuda: '11.8',
    platforms: ['windows'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90',
      'compute_37'
    ],
    source: 65
  },
  {
    torch: '2.3',
    cuda: '12.1',
    platforms: ['linux_x86_64'],
    archs: ['sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86', 'sm_90'],
    source: 64
  },
  {
    torch: '2.3',
    cuda: '12.1',
    platforms: ['windows'],
    archs: [
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90'
    ],
    source: 66
  },
  {
    torch: '2.4',
    cuda: '11.8',
    platforms: ['linux_x86_64'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90'
    ],
    source: 67
  },
  {
    torch: '2.4',
    cuda: '11.8',
    platforms: ['windows'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90',
      'compute_37'
    ],
    source: 68
  },
  {
    torch: '2.4',
    cuda: '12.1',
    platforms: ['linux_x86_64'],
    archs: ['sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86', 'sm_90'],
    source: 67
  },
  {
    torch: '2.4',
    cuda: '12.1',
    platforms: ['windows'],
    archs: [
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90'
    ],
    source: 69
  },
  {
    torch: '2.4',
    cuda: '12.4',
    platforms: ['linux_x86_64'],
    archs: ['sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86', 'sm_90'],
    source: 67
  },
  {
    torch: '2.4',
    cuda: '12.4',
    platforms: ['windows'],
    archs: [
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90'
    ],
    source: 70
  },
  {
    torch: '2.5',
    cuda: '11.8',
    platforms: ['linux_x86_64'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90'
    ],
    source: 71
  },
  {
    torch: '2.5',
    cuda: '11.8',
    platforms: ['windows'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90',
      'compute_37'
    ],
    source: 72
  },
  {
    torch: '2.5',
    cuda: '12.1',
    platforms: ['linux_x86_64'],
    archs: ['sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86', 'sm_90'],
    source: 71
  },
  {
    torch: '2.5',
    cuda: '12.1',
    platforms: ['windows'],
    archs: [
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90'
    ],
    source: 73
  },
  {
    torch: '2.5',
    cuda: '12.4',
    platforms: ['linux_x86_64'],
    archs: ['sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86', 'sm_90'],
    source: 71
  },
  {
    torch: '2.5',
    cuda: '12.4',
    platforms: ['windows'],
    archs: [
      'sm_50',
      'sm_60',
      'sm_61',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90'
    ],
    source: 74
  },
  {
    torch: '2.7',
    cuda: '11.8',
    platforms: ['linux_x86_64'],
    archs: [
      'sm_37',
      'sm_50',
      'sm_60',
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90'
    ],
    source: 75
  },
  {
    torch: '2.7',
    cuda: '12.6',
    platforms: ['linux_x86_64'],
    archs: ['sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86', 'sm_90'],
    source: 75
  },
  {
    torch: '2.7',
    cuda: '12.8',
    platforms: ['linux_x86_64'],
    archs: [
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90',
      'sm_100',
      'sm_120',
      'compute_120'
    ],
    source: 76
  },
  {
    torch: '2.8',
    cuda: '12.6',
    platforms: ['linux_x86_64'],
    archs: ['sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86', 'sm_90'],
    source: 77
  },
  {
    torch: '2.8',
    cuda: '12.8',
    platforms: ['linux_x86_64'],
    archs: ['sm_70', 'sm_75', 'sm_80', 'sm_86', 'sm_90', 'sm_100', 'sm_120'],
    source: 77
  },
  {
    torch: '2.8',
    cuda: '12.9',
    platforms: ['linux_x86_64'],
    archs: [
      'sm_70',
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90',
      'sm_100',
      'sm_120',
      'compute_120'
    ],
    source: 78
  },
  {
    torch: '2.9',
    cuda: '12.6',
    platforms: ['linux_x86_64', 'windows'],
    archs: ['sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86', 'sm_90'],
    source: 79
  },
  {
    torch: '2.9',
    cuda: '12.8',
    platforms: ['linux_x86_64', 'windows'],
    archs: ['sm_70', 'sm_75', 'sm_80', 'sm_86', 'sm_90', 'sm_100', 'sm_120'],
    source: 79
  },
  {
    torch: '2.9',
    cuda: '13.0',
    platforms: ['linux_x86_64', 'windows'],
    archs: [
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90',
      'sm_100',
      'sm_120',
      'compute_120'
    ],
    source: 79
  },
  {
    torch: '2.10',
    cuda: '12.6',
    platforms: ['linux_x86_64', 'windows'],
    archs: ['sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86', 'sm_90'],
    source: 79
  },
  {
    torch: '2.10',
    cuda: '12.8',
    platforms: ['linux_x86_64', 'windows'],
    archs: ['sm_70', 'sm_75', 'sm_80', 'sm_86', 'sm_90', 'sm_100', 'sm_120'],
    source: 79
  },
  {
    torch: '2.10',
    cuda: '13.0',
    platforms: ['linux_x86_64', 'windows'],
    archs: [
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90',
      'sm_100',
      'sm_120',
      'compute_120'
    ],
    source: 79
  },
  {
    torch: '2.11',
    cuda: '12.6',
    platforms: ['linux_x86_64', 'windows'],
    archs: ['sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86', 'sm_90'],
    source: 80
  },
  {
    torch: '2.11',
    cuda: '12.8',
    platforms: ['linux_x86_64', 'windows'],
    archs: ['sm_75', 'sm_80', 'sm_86', 'sm_90', 'sm_100', 'sm_120'],
    source: 80
  },
  {
    torch: '2.11',
    cuda: '13.0',
    platforms: ['linux_x86_64', 'windows'],
    archs: [
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90',
      'sm_100',
      'sm_120',
      'compute_120'
    ],
    source: 80
  },
  {
    torch: '2.11',
    cuda: '12.6',
    platforms: ['linux_aarch64'],
    archs: ['sm_80', 'sm_90'],
    source: 80
  },
  {
    torch: '2.11',
    cuda: '12.8',
    platforms: ['linux_aarch64'],
    archs: ['sm_80', 'sm_90', 'sm_100', 'sm_120'],
    source: 80
  },
  {
    torch: '2.11',
    cuda: '13.0',
    platforms: ['linux_aarch64'],
    archs: ['sm_80', 'sm_90', 'sm_100', 'sm_110', 'sm_120', 'compute_120'],
    source: 80
  },
  {
    torch: '2.12',
    cuda: '12.6',
    platforms: ['linux_x86_64', 'windows'],
    archs: ['sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86', 'sm_90'],
    source: 81
  },
  {
    torch: '2.12',
    cuda: '13.0',
    platforms: ['linux_x86_64', 'windows'],
    archs: [
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90',
      'sm_100',
      'sm_120',
      'compute_120'
    ],
    source: 81
  },
  {
    torch: '2.12',
    cuda: '13.0',
    platforms: ['linux_aarch64'],
    archs: ['sm_80', 'sm_90', 'sm_100', 'sm_110', 'sm_120', 'compute_120'],
    source: 81
  },
  {
    torch: '2.12',
    cuda: '13.2',
    platforms: ['linux_x86_64', 'windows'],
    archs: [
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90',
      'sm_100',
      'sm_120',
      'compute_120'
    ],
    source: 81
  },
  {
    torch: '2.12',
    cuda: '13.2',
    platforms: ['linux_aarch64'],
    archs: ['sm_80', 'sm_90', 'sm_100', 'sm_110', 'sm_120', 'compute_120'],
    source: 81
  },
  {
    torch: '2.12',
    cuda: '12.6',
    platforms: ['linux_aarch64'],
    archs: ['sm_80', 'sm_90'],
    source: 81
  },
  {
    torch: '2.13',
    cuda: '12.6',
    platforms: ['linux_x86_64', 'windows'],
    archs: ['sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86', 'sm_90'],
    source: 81
  },
  {
    torch: '2.13',
    cuda: '13.0',
    platforms: ['linux_x86_64', 'windows'],
    archs: [
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90',
      'sm_100',
      'sm_120',
      'compute_120'
    ],
    source: 81
  },
  {
    torch: '2.13',
    cuda: '13.0',
    platforms: ['linux_aarch64'],
    archs: ['sm_80', 'sm_90', 'sm_100', 'sm_110', 'sm_120', 'compute_120'],
    source: 81
  },
  {
    torch: '2.13',
    cuda: '13.2',
    platforms: ['linux_x86_64', 'windows'],
    archs: [
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90',
      'sm_100',
      'sm_120',
      'compute_120'
    ],
    source: 81
  },
  {
    torch: '2.13',
    cuda: '13.2',
    platforms: ['linux_aarch64'],
    archs: ['sm_80', 'sm_90', 'sm_100', 'sm_110', 'sm_120', 'compute_120'],
    source: 81
  },
  {
    torch: '2.13',
    cuda: '12.6',
    platforms: ['linux_aarch64'],
    archs: ['sm_80', 'sm_90'],
    source: 81
  },
  {
    torch: '2.14',
    cuda: '12.6',
    platforms: ['linux_x86_64', 'windows'],
    archs: ['sm_50', 'sm_60', 'sm_70', 'sm_75', 'sm_80', 'sm_86', 'sm_90'],
    source: 81
  },
  {
    torch: '2.14',
    cuda: '13.0',
    platforms: ['linux_x86_64', 'windows'],
    archs: [
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90',
      'sm_100',
      'sm_120',
      'compute_120'
    ],
    source: 81
  },
  {
    torch: '2.14',
    cuda: '13.0',
    platforms: ['linux_aarch64'],
    archs: ['sm_80', 'sm_90', 'sm_100', 'sm_110', 'sm_120', 'compute_120'],
    source: 81
  },
  {
    torch: '2.14',
    cuda: '13.2',
    platforms: ['linux_x86_64', 'windows'],
    archs: [
      'sm_75',
      'sm_80',
      'sm_86',
      'sm_90',
      'sm_100',
      'sm_120',
      'compute_120'
    ],
    source: 81
  },
  {
    torch: '2.14',
    cuda: '13.2',
    platforms: ['linux_aarch64'],
    archs: ['sm_80', 'sm_90', 'sm_100', 'sm_110', 'sm_120', 'compute_120'],
    source: 81
  },
  {
    torch: '2.14',
    cuda: '12.6',
    platforms: ['linux_aarch64'],
    archs: ['sm_80', 'sm_90'],
    source: 81
  }
];

export const TORCH_PAIRINGS: readonly ITorchPairing[] = [
  {
    package: 'torchvision',
    version: '0.29.2',
    exact: null,
    torch: '>=2.14.0',
    source: 82
  },
  {
    package: 'torchvision',
    version: '0.29.0',
    exact: ['0.29.0', '2.14.0'],
    torch: '==2.14.*',
    source: 83
  },
  {
    package: 'torchvision',
    version: '0.28',
    exact: ['0.28.0', '2.13.0'],
    torch: '==2.13.*',
    source: 84
  },
  {
    package: 'torchvision',
    version: '0.27',
    exact: ['0.27.1', '2.12.1'],
    torch: '==2.12.*',
    source: 85
  },
  {
    package: 'torchvision',
    version: '0.26',
    exact: ['0.26.0', '2.11.0'],
    torch: '==2.11.*',
    source: 86
  },
  {
    package: 'torchvision',
    version: '0.25',
    exact: ['0.25.0', '2.10.0'],
    torch: '==2.10.*',
    source: 87
  },
  {
    package: 'torchvision',
    version: '0.24',
    exact: ['0.24.1', '2.9.1'],
    torch: '==2.9.*',
    source: 88
  },
  {
    package: 'torchvision',
    version: '0.23',
    exact: ['0.23.0', '2.8.0'],
    torch: '==2.8.*',
    source: 89
  },
  {
    package: 'torchvision',
    version: '0.22',
    exact: ['0.22.1', '2.7.1'],
    torch: '==2.7.*',
    source: 90
  },
  {
    package: 'torchvision',
    version: '0.21',
    exact: ['0.21.0', '2.6.0'],
    torch: '==2.6.*',
    source: 91
  },
  {
    package: 'torchvision',
    version: '0.20',
    exact: ['0.20.1', '2.5.1'],
    torch: '==2.5.*',
    source: 92
  },
  {
    package: 'torchvision',
    version: '0.19',
    exact: ['0.19.1', '2.4.1'],
    torch: '==2.4.*',
    source: 93
  },
  {
    package: 'torchvision',
    version: '0.18',
    exact: null,
    torch: '==2.3.*',
    source: 94
  },
  {
    package: 'torchvision',
    version: '0.17',
    exact: null,
    torch: '==2.2.*',
    source: 94
  },
  {
    package: 'torchvision',
    version: '0.16',
    exact: null,
    torch: '==2.1.*',
    source: 94
  },
  {
    package: 'torchvision',
    version: '0.15',
    exact: null,
    torch: '==2.0.*',
    source: 94
  },
  {
    package: 'torchvision',
    version: '0.14',
    exact: null,
    torch: '==1.13.*',
    source: 94
  },
  {
    package: 'torchvision',
    version: '0.13',
    exact: null,
    torch: '==1.12.*',
    source: 94
  },
  {
    package: 'torchvision',
    version: '0.12',
    exact: null,
    torch: '==1.11.*',
    source: 94
  },
  {
    package: 'torchvision',
    version: '0.11',
    exact: null,
    torch: '==1.10.*',
    source: 94
  },
  {
    package: 'torchvision',
    version: '0.10',
    exact: null,
    torch: '==1.9.*',
    source: 94
  },
  {
    package: 'torchvision',
    version: '0.9',
    exact: null,
    torch: '==1.8.*',
    source: 94
  },
  {
    package: 'torchvision',
    version: '0.8',
    exact: null,
    torch: '==1.7.*',
    source: 94
  },
  {
    package: 'torchvision',
    version: '0.7',
    exact: null,
    torch: '==1.6.*',
    source: 94
  },
  {
    package: 'torchvision',
    version: '0.6',
    exact: null,
    torch: '==1.5.*',
    source: 94
  },
  {
    package: 'torchvision',
    version: '0.5',
    exact: null,
    torch: '==1.4.*',
    source: 94
  },
  {
    package: 'torchvision',
    version: '0.4.2',
    exact: null,
    torch: '==1.3.*',
    source: 94
  },
  {
    package: 'torchvision',
    version: '0.4.3',
    exact: null,
    torch: '==1.3.*',
    source: 94
  },
  {
    package: 'torchvision',
    version: '0.4.1',
    exact: null,
    torch: '==1.2.*',
    source: 94
  },
  {
    package: 'torchvision',
    version: '0.3',
    exact: null,
    torch: '==1.1.*',
    source: 94
  },
  {
    package: 'torchvision',
    version: '0.2',
    exact: null,
    torch: '<1.1',
    source: 94
  },
  {
    package: 'torchaudio',
    version: '2.11',
    exact: null,
    torch: '',
    source: 95
  },
  {
    package: 'torchaudio',
    version: '2.10',
    exact: ['2.10.0', '2.10.0'],
    torch: '==2.10.*',
    source: 96
  },
  {
    package: 'torchaudio',
    version: '2.9',
    exact: ['2.9.1', '2.9.1'],
    torch: '==2.9.*',
    source: 97
  },
  {
    package: 'torchaudio',
    version: '2.8',
    exact: ['2.8.0', '2.8.0'],
    torch: '==2.8.*',
    source: 98
  },
  {
    package: 'torchaudio',
    version: '2.7',
    exact: ['2.7.1', '2.7.1'],
    torch: '==2.7.*',
    source: 99
  },
  {
    package: 'torchaudio',
    version: '2.6',
    exact: null,
    torch: '==2.6.*',
    source: 100
  },
  {
    package: 'torchaudio',
    version: '2.5',
    exact: null,
    torch: '==2.5.*',
    source: 100
  },
  {
    package: 'torchaudio',
    version: '2.4',
    exact: null,
    torch: '==2.4.*',
    source: 100
  },
  {
    package: 'torchaudio',
    version: '2.3',
    exact: null,
    torch: '==2.3.*',
    source: 100
  },
  {
    package: 'torchaudio',
    version: '2.2',
    exact: null,
    torch: '==2.2.*',
    source: 100
  },
  {
    package: 'torchaudio',
    version: '2.1',
    exact: null,
    torch: '==2.1.*',
    source: 100
  },
  {
    package: 'torchaudio',
    version: '2.0',
    exact: null,
    torch: '==2.0.*',
    source: 100
  },
  {
    package: 'torchaudio',
    version: '0.13',
    exact: null,
    torch: '==1.13.*',
    source: 100
  },
  {
    package: 'torchaudio',
    version: '0.12',
    exact: null,
    torch: '==1.12.*',
    source: 100
  },
  {
    package: 'torchaudio',
    version: '0.11',
    exact: null,
    torch: '==1.11.*',
    source: 100
  },
  {
    package: 'torchaudio',
    version: '0.10',
    exact: null,
    torch: '==1.10.*',
    source: 100
  },
  {
    package: 'torchaudio',
    version: '0.9',
    exact: null,
    torch: '==1.9.*',
    source: 100
  },
  {
    package: 'torchaudio',
    version: '0.8',
    exact: null,
    torch: '==1.8.*',
    source: 100
  },
  {
    package: 'torchaudio',
    version: '0.7',
    exact: null,
    torch: '==1.7.*',
    source: 100
  },
  {
    package: 'torchaudio',
    version: '0.6',
    exact: null,
    torch: '==1.6.*',
    source: 100
  },
  {
    package: 'torchaudio',
    version: '0.5',
    exact: null,
    torch: '==1.5.*',
    source: 100
  },
  {
    package: 'torchaudio',
    version: '0.4',
    exact: null,
    torch: '==1.4.*',
    source: 100
  },
  {
    package: 'torchtext',
    version: '0.18',
    exact: null,
    torch: '>=2.3.0',
    source: 101
  },
  {
    package: 'torchtext',
    version: '0.17',
    exact: ['0.17.2', '2.2.2'],
    torch: '==2.2.*',
    source: 102
  },
  {
    package: 'torchtext',
    version: '0.16',
    exact: ['0.16.2', '2.1.2'],
    torch: '==2.1.*',
    source: 103
  },
  {
    package: 'torchtext',
    version: '0.15',
    exact: ['0.15.2', '2.0.1'],
    torch: '==2.0.*',
    source: 104
  },
  {
    package: 'torchtext',
    version: '0.14',
    exact: ['0.14.1', '1.13.1'],
    torch: '==1.13.*',
    source: 105
  },
  {
    package: 'torchtext',
    version: '0.13',
    exact: ['0.13.1', '1.12.1'],
    torch: '==1.12.*',
    source: 106
  },
  {
    package: 'torchtext',
    version: '0.12',
    exact: null,
    torch: '==1.11.*',
    source: 107
  },
  {
    package: 'torchtext',
    version: '0.11',
    exact: null,
    torch: '==1.10.*',
    source: 107
  },
  {
    package: 'torchtext',
    version: '0.10',
    exact: null,
    torch: '==1.9.*',
    source: 107
  },
  {
    package: 'torchtext',
    version: '0.9',
    exact: null,
    torch: '==1.8.*',
    source: 107
  },
  {
    package: 'torchtext',
    version: '0.8',
    exact: null,
    torch: '==1.7.*',
    source: 107
  },
  {
    package: 'torchtext',
    version: '0.7',
    exact: null,
    torch: '==1.6.*',
    source: 107
  },
  {
    package: 'torchtext',
    version: '0.6',
    exact: null,
    torch: '==1.5.*',
    source: 107
  },
  {
    package: 'torchtext',
    version: '0.5',
    exact: null,
    torch: '==1.4.*',
    source: 107
  },
  {
    package: 'torchcodec',
    version: '0.12',
    exact: null,
    torch: '>=2.11',
    source: 108
  },
  {
    package: 'torchcodec',
    version: '0.11',
    exact: null,
    torch: '==2.11.*',
    source: 108
  },
  {
    package: 'torchcodec',
    version: '0.10',
    exact: null,
    torch: '==2.10.*',
    source: 108
  },
  {
    package: 'torchcodec',
    version: '0.9',
    exact: null,
    torch: '==2.9.*',
    source: 108
  },
  {
    package: 'torchcodec',
    version: '0.8',
    exact: null,
    torch: '==2.9.*',
    source: 108
  },
  {
    package: 'torchcodec',
    version: '0.7',
    exact: null,
    torch: '==2.8.*',
    source: 108
  },
  {
    package: 'torchcodec',
    version: '0.6',
    exact: null,
    torch: '==2.8.*',
    source: 108
  },
  {
    package: 'torchcodec',
    version: '0.5',
    exact: null,
    torch: '==2.7.*',
    source: 108
  },
  {
    package: 'torchcodec',
    version: '0.4',
    exact: null,
    torch: '==2.7.*',
    source: 108
  },
  {
    package: 'torchcodec',
    version: '0.3',
    exact: null,
    torch: '==2.7.*',
    source: 108
  },
  {
    package: 'torchcodec',
    version: '0.2',
    exact: null,
    torch: '==2.6.*',
    source: 108
  },
  {
    package: 'torchcodec',
    version: '0.1',
    exact: null,
    torch: '==2.5.*',
    source: 108
  },
  {
    package: 'torchcodec',
    version: '0.0',
    exact: null,
    torch: '==2.4.*',
    source: 108
  }
];

export const DRIVER_MINIMUMS: readonly IDriverMinimum[] = [
  { cuda: 13, linux: '580.65.06', windows: null, source: 109 },
  { cuda: 12, linux: '525.60.13', windows: '528.33', source: 110 },
  { cuda: 11, linux: '450.80.02', windows: '452.39', source: 111 }
];

export const DRIVER_BRANCHES: readonly IDriverBranch[] = [
  { branch: 375, cuda: '8.0', source: 109 },
  { branch: 384, cuda: '9.0', source: 109 },
  { branch: 390, cuda: '9.1', source: 109 },
  { branch: 396, cuda: '9.2', source: 109 },
  { branch: 410, cuda: '10.0', source: 109 },
  { branch: 418, cuda: '10.1', source: 109 },
  { branch: 440, cuda: '10.2', source: 109 },
  { branch: 450, cuda: '11.0', source: 109 },
  { branch: 455, cuda: '11.1', source: 109 },
  { branch: 460, cuda: '11.2', source: 109 },
  { branch: 465, cuda: '11.3', source: 109 },
  { branch: 470, cuda: '11.4', source: 109 },
  { branch: 495, cuda: '11.5', source: 109 },
  { branch: 510, cuda: '11.6', source: 109 },
  { branch: 515, cuda: '11.7', source: 109 },
  { branch: 520, cuda: '11.8', source: 109 },
  { branch: 525, cuda: '12.0', source: 109 },
  { branch: 530, cuda: '12.1', source: 109 },
  { branch: 535, cuda: '12.2', source: 109 },
  { branch: 545, cuda: '12.3', source: 109 },
  { branch: 550, cuda: '12.4', source: 109 },
  { branch: 555, cuda: '12.5', source: 109 },
  { branch: 560, cuda: '12.6', source: 109 },
  { branch: 570, cuda: '12.8', source: 109 },
  { branch: 575, cuda: '12.9', source: 109 },
  { branch: 580, cuda: '13.0', source: 109 },
  { branch: 590, cuda: '13.1', source: 109 },
  { branch: 595, cuda: '13.2', source: 109 },
  { branch: 610, cuda: '13.3', source: 109 },
  { branch: 615, cuda: '13.4', source: 109 }
];

export const CUDA_ARCHS: readonly ICudaArchs[] = [
  {
    name: 'Blackwell',
    capabilities: ['10.0', '12.0'],
    first: '12.8',
    last: null,
    source: 112
  },
  {
    name: 'Hopper',
    capabilities: ['9.0'],
    first: '11.8',
    last: null,
    source: 112
  },
  {
    name: 'Ada',
    capabilities: ['8.9'],
    first: '11.8',
    last: null,
    source: 112
  },
  {
    name: 'Ampere',
    capabilities: ['8.0', '8.6'],
    first: '11.0',
    last: null,
    source: 112
  },
  {
    name: 'Turing',
    capabilities: ['7.5'],
    first: '10.0',
    last: null,
    source: 112
  },
  {
    name: 'Volta',
    capabilities: ['7.0'],
    first: '9.0',
    last: '12.x',
    source: 112
  },
  {
    name: 'Pascal',
    capabilities: ['6.0', '6.1'],
    first: '8.0',
    last: '12.x',
    source: 112
  },
  {
    name: 'Maxwell',
    capabilities: ['5.0', '5.2', '5.3'],
    first: '6.5',
    last: '12.x',
    source: 112
  },
  {
    name: 'Kepler',
    capabilities: ['3.5', '3.7'],
    first: '6.0',
    last: '11.x',
    source: 112
  },
  {
    name: 'Kepler',
    capabilities: ['3.0', '3.2'],
    first: '6.0',
    last: '10.2',
    source: 113
  },
  {
    name: 'Fermi',
    capabilities: ['2.0'],
    first: '3.0',
    last: '8.0',
    source: 114
  }
];

export const GPU_NAMES: readonly IGpuName[] = [
  { pattern: '\\bGB10\\b', capability: '12.1', source: 115 },
  { pattern: 'RTX PRO \\d{4} Blackwell', capability: '12.0', source: 115 },
  { pattern: 'RTX 50[5-9]0', capability: '12.0', source: 115 },
  { pattern: '\\b(GB|B)300\\b', capability: '10.3', source: 115 },
  { pattern: '\\b(GB|B)200\\b', capability: '10.0', source: 115 },
  { pattern: '\\b(GH200|H200|H100)\\b', capability: '9.0', source: 115 },
  { pattern: 'RTX \\d{4}( SFF)? Ada', capability: '8.9', source: 115 },
  { pattern: 'RTX 40[5-9]0', capability: '8.9', source: 115 },
  { pattern: '\\bL40S?\\b|\\bL4\\b', capability: '8.9', source: 115 },
  { pattern: '\\bOrin\\b', capability: '8.7', source: 115 },
  { pattern: 'RTX 30[6-9]0', capability: '8.6', source: 115 },
  { pattern: 'RTX A[2-6]000\\b', capability: '8.6', source: 115 },
  { pattern: '\\bA(40|10|16|2)\\b', capability: '8.6', source: 115 },
  { pattern: '\\bA(100|30)\\b', capability: '8.0', source: 115 },
  {
    pattern:
      'TITAN RTX|RTX 20[678]0|Quadro RTX [4568]000|\\bT4\\b|\\bT(1000|600|400)\\b|GTX 1650',
    capability: '7.5',
    source: 115
  },
  { pattern: 'Xavier', capability: '7.2', source: 115 },
  { pattern: '\\bV100\\b|GV100|TITAN V\\b', capability: '7.0', source: 115 },
  { pattern: '\\bTX2\\b', capability: '6.2', source: 115 },
  { pattern: 'GTX TITAN X\\b', capability: '5.2', source: 115 },
  {
    pattern: 'TITAN Xp|TITAN X\\b|GTX 10[5-8]0|Tesla P(40|4)\\b|Quadro P\\d',
    capability: '6.1',
    source: 115
  },
  { pattern: '\\bP100\\b|GP100', capability: '6.0', source: 115 },
  { pattern: 'Jetson Nano', capability: '5.3', source: 115 },
  {
    pattern: 'Tesla M(60|40)\\b|GTX 9[5678]0( Ti)?$|GTX 9(80|70|65)M',
    capability: '5.2',
    source: 115
  },
  {
    pattern: 'GTX 750|GTX 9[56]0M|GeForce 9[34]0M|GeForce 8[34]0M|GTX 850M',
    capability: '5.0',
    source: 115
  },
  { pattern: '\\bK80\\b', capability: '3.7', source: 115 },
  {
    pattern: '\\bK(40|20)\\b|GTX TITAN|GTX 780',
    capability: '3.5',
    source: 115
  },
  {
    pattern: '\\bK10\\b|GTX 7[67]0|GTX 6[5-9]0',
    capability: '3.0',
    source: 115
  }
];

export const JAX_FLAVOURS: readonly IJaxFlavour[] = [
  { extra: 'cuda13', cuda: 13, capability: '7.5', source: 116 },
  { extra: 'cuda12', cuda: 12, capability: '5.2', source: 117 }
];

export const TENSORFLOW_NEEDS: readonly ITensorFlowNeeds[] = [
  { version: '1.15.5', protobuf: '>=3.6.1', keras: '', source: 118 },
  { version: '2.3.4', protobuf: '>=3.9.2', keras: '', source: 119 },
  { version: '2.4.4', protobuf: '>=3.9.2', keras: '', source: 120 },
  { version: '2.5.3', protobuf: '>=3.9.2', keras: '~=2.5.0.dev', source: 121 },
  {
    version: '2.6.5',
    protobuf: '<3.20,>=3.9.2',
    keras: '<2.7,>=2.6.0',
    source: 122
  },
  {
    version: '2.7.4',
    protobuf: '<3.20,>=3.9.2',
    keras: '<2.8,>=2.7.0rc0',
    source: 123
  },
  {
    version: '2.8.4',
    protobuf: '<3.20,>=3.9.2',
    keras: '<2.9,>=2.8.0rc0',
    source: 124
  },
  {
    version: '2.9.3',
    protobuf: '<3.20,>=3.9.2',
    keras: '<2.10.0,>=2.9.0rc0',
    source: 125
  },
  {
    version: '2.10.1',
    protobuf: '<3.20,>=3.9.2',
    keras: '<2.11,>=2.10.0',
    source: 126
  },
  {
    version: '2.11.1',
    protobuf: '<3.20,>=3.9.2',
    keras: '<2.12,>=2.11.0',
    source: 127
  },
  {
    version: '2.12.0',
    protobuf:
      '!=4.21.0,!=4.21.1,!=4.21.2,!=4.21.3,!=4.21.4,!=4.21.5,<5.0.0dev,>=3.20.3',
    keras: '<2.13,>=2.12.0',
    source: 128
  },
  {
    version: '2.12.1',
    protobuf:
      '!=4.21.0,!=4.21.1,!=4.21.2,!=4.21.3,!=4.21.4,!=4.21.5,<5.0.0dev,>=3.20.3',
    keras: '<2.13,>=2.12.0',
    source: 129
  },
  {
    version: '2.13.1',
    protobuf:
      '!=4.21.0,!=4.21.1,!=4.21.2,!=4.21.3,!=4.21.4,!=4.21.5,<5.0.0dev,>=3.20.3',
    keras: '<2.14,>=2.13.1',
    source: 130
  },
  {
    version: '2.14.1',
    protobuf:
      '!=4.21.0,!=4.21.1,!=4.21.2,!=4.21.3,!=4.21.4,!=4.21.5,<5.0.0dev,>=3.20.3',
    keras: '<2.15,>=2.14.0',
    source: 131
  },
  {
    version: '2.15.0',
    protobuf:
      '!=4.21.0,!=4.21.1,!=4.21.2,!=4.21.3,!=4.21.4,!=4.21.5,<5.0.0dev,>=3.20.3',
    keras: '<2.16,>=2.15.0',
    source: 132
  },
  {
    version: '2.15.1',
    protobuf:
      '!=4.21.0,!=4.21.1,!=4.21.2,!=4.21.3,!=4.21.4,!=4.21.5,<5.0.0dev,>=3.20.3',
    keras: '<2.16,>=2.15.0',
    source: 133
  },
  {
    version: '2.16.1',
    protobuf:
      '!=4.21.0,!=4.21.1,!=4.21.2,!=4.21.3,!=4.21.4,!=4.21.5,<5.0.0dev,>=3.20.3',
    keras: '>=3.0.0',
    source: 134
  },
  {
    version: '2.16.2',
    protobuf:
      '!=4.21.0,!=4.21.1,!=4.21.2,!=4.21.3,!=4.21.4,!=4.21.5,<5.0.0dev,>=3.20.3',
    keras: '>=3.0.0',
    source: 135
  },
  {
    version: '2.17.0',
    protobuf:
      '!=4.21.0,!=4.21.1,!=4.21.2,!=4.21.3,!=4.21.4,!=4.21.5,<5.0.0dev,>=3.20.3',
    keras: '>=3.2.0',
    source: 136
  },
  {
    version: '2.17.1',
    protobuf:
      '!=4.21.0,!=4.21.1,!=4.21.2,!=4.21.3,!=4.21.4,!=4.21.5,<5.0.0dev,>=3.20.3',
    keras: '>=3.2.0',
    source: 137
  },
  {
    version: '2.18.0',
    protobuf:
      '!=4.21.0,!=4.21.1,!=4.21.2,!=4.21.3,!=4.21.4,!=4.21.5,<6.0.0dev,>=3.20.3',
    keras: '>=3.5.0',
    source: 138
  },
  {
    version: '2.18.1',
    protobuf:
      '!=4.21.0,!=4.21.1,!=4.21.2,!=4.21.3,!=4.21.4,!=4.21.5,<6.0.0dev,>=3.20.3',
    keras: '>=3.5.0',
    source: 139
  },
  {
    version: '2.19.1',
    protobuf:
      '!=4.21.0,!=4.21.1,!=4.21.2,!=4.21.3,!=4.21.4,!=4.21.5,<6.0.0dev,>=3.20.3',
    keras: '>=3.5.0',
    source: 140
  },
  { version: '2.20.0', protobuf: '>=5.28.0', keras: '>=3.10.0', source: 141 },
  {
    version: '2.21.0',
    protobuf: '<8.0.0,>=6.31.1',
    keras: '>=3.12.0',
    source: 142
  }
];

export const TF_KERAS: readonly ITfKeras[] = [
  { version: '2.15.1', tensorflow: '<2.16,>=2.15', source: 143 },
  { version: '2.16.0', tensorflow: '<2.17,>=2.16', source: 144 },
  { version: '2.17.0', tensorflow: '<2.18,>=2.17', source: 145 },
  { version: '2.18.0', tensorflow: '<2.19,>=2.18', source: 146 },
  { version: '2.19.0', tensorflow: '<2.20,>=2.19', source: 147 },
  { version: '2.20.1', tensorflow: '<2.21,>=2.20', source: 148 },
  { version: '2.21.0', tensorflow: '<2.22,>=2.21', source: 149 }
];

export const XFORMERS: readonly IXformers[] = [
  { version: '0.0.35', torch: '>=2.10', source: 150 },
  { version: '0.0.33.post2', torch: '==2.9.1', source: 151 },
  { version: '0.0.32.post2', torch: '==2.8.0', source: 152 },
  { version: '0.0.31.post1', torch: '==2.7.1', source: 153 },
  { version: '0.0.30', torch: '==2.7.0', source: 154 },
  { version: '0.0.29.post3', torch: '==2.6.0', source: 155 },
  { version: '0.0.28.post3', torch: '==2.5.1', source: 156 },
  { version: '0.0.27.post2', torch: '==2.4.0', source: 157 },
  { version: '0.0.23.post1', torch: '==2.1.2', source: 158 },
  { version: '0.0.20', torch: '==2.0.1', source: 159 }
];

export const MMCV_RANGES: readonly IMmcvRange[] = [
  {
    package: 'mmdet',
    version: '3.3.0',
    mmcv: '>=2.0.0rc4,<2.2.0',
    source: 160
  },
  {
    package: 'mmdet',
    version: '3.0.0',
    mmcv: '>=2.0.0rc4,<2.1.0',
    source: 161
  },
  {
    package: 'mmdet',
    version: '2.28.2',
    mmcv: '>=1.3.17,<=1.8.0',
    source: 162
  },
  { package: 'mmdet', version: '2.14.0', mmcv: '>=1.3.8,<=1.4.0', source: 163 }
];

export const MMCV_WHEELS: readonly IMmcvWheel[] = [
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu101',
    torch: '1.5',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu101',
    torch: '1.6',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu101',
    torch: '1.7',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu101',
    torch: '1.8',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu102',
    torch: '1.10',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu102',
    torch: '1.11',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu102',
    torch: '1.5',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu102',
    torch: '1.6',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu102',
    torch: '1.7',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu102',
    torch: '1.8',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu102',
    torch: '1.9',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu110',
    torch: '1.7',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu111',
    torch: '1.10',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu111',
    torch: '1.8',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu111',
    torch: '1.9',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu113',
    torch: '1.10',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu113',
    torch: '1.11',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu115',
    torch: '1.11',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu92',
    torch: '1.5',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu92',
    torch: '1.6',
    source: 164
  },
  {
    package: 'mmcv-full',
    version: null,
    cuda: 'cu92',
    torch: '1.7',
    source: 164
  },
  {
    package: 'mmcv',
    version: '2.2.0',
    cuda: 'cu121',
    torch: '2.4',
    source: 165
  },
  {
    package: 'mmcv',
    version: '2.0.0',
    cuda: 'cu113',
    torch: '1.11',
    source: 166
  },
  {
    package: 'mmcv',
    version: '2.1.0',
    cuda: 'cu118',
    torch: '2.0',
    source: 167
  }
];

export const JAX_RELEASES: readonly IJaxRelease[] = [
  {
    version: '0.12.0',
    python: '>=3.12',
    jaxlib: '<=0.12.0,>=0.11.2',
    numpy: '>=2.2',
    source: 168
  },
  {
    version: '0.11.2',
    python: '>=3.12',
    jaxlib: '<=0.11.2,>=0.11.2',
    numpy: '>=2.1',
    source: 169
  },
  {
    version: '0.10.2',
    python: '>=3.11',
    jaxlib: '<=0.10.2,>=0.10.1',
    numpy: '>=2.0',
    source: 170
  },
  {
    version: '0.9.2',
    python: '>=3.11',
    jaxlib: '<=0.9.2,>=0.9.2',
    numpy: '>=2.0',
    source: 171
  },
  {
    version: '0.8.3',
    python: '>=3.11',
    jaxlib: '<=0.8.3,>=0.8.2',
    numpy: '>=2.0',
    source: 172
  },
  {
    version: '0.7.2',
    python: '>=3.11',
    jaxlib: '<=0.7.2,>=0.7.2',
    numpy: '>=2.0',
    source: 173
  },
  {
    version: '0.6.2',
    python: '>=3.10',
    jaxlib: '<=0.6.2,>=0.6.2',
    numpy: '>=1.26',
    source: 174
  },
  {
    version: '0.5.3',
    python: '>=3.10',
    jaxlib: '<=0.5.3,>=0.5.3',
    numpy: '>=1.25,>=1.26.0 ; python_version >= "3.12"',
    source: 175
  },
  {
    version: '0.4.38',
    python: '>=3.10',
    jaxlib: '<=0.4.38,>=0.4.38',
    numpy: '>=1.24,>=1.26.0 ; python_version >= "3.12"',
    source: 176
  },
  {
    version: '0.4.30',
    python: '>=3.9',
    jaxlib: '<=0.4.30,>=0.4.27',
    numpy:
      '>=1.22,>=1.23.2 ; python_version >= "3.11",>=1.26.0 ; python_version >= "3.12"',
    source: 177
  }
];

export const NUMPY2: readonly INumpy2[] = [
  { package: 'pandas', first: '2.2.2', platform: null, source: 178 },
  { package: 'scikit-learn', first: '1.4.2', platform: null, source: 179 },
  { package: 'scipy', first: '1.13.0', platform: null, source: 180 },
  { package: 'numba', first: '0.60.0', platform: null, source: 181 },
  { package: 'tensorflow', first: '2.18.0', platform: null, source: 182 },
  { package: 'torch', first: '2.3.0', platform: 'linux/macos', source: 183 },
  { package: 'torch', first: '2.4.1', platform: 'windows', source: 184 },
  { package: 'jaxlib', first: '0.4.26', platform: null, source: 185 },
  { package: 'onnxruntime', first: '1.19.0', platform: null, source: 186 },
  { package: 'matplotlib', first: '3.8.4', platform: null, source: 187 },
  { package: 'contourpy', first: '1.2.1', platform: null, source: 188 },
  { package: 'pyarrow', first: '16.0.0', platform: null, source: 189 },
  { package: 'shapely', first: '2.0.4', platform: null, source: 190 },
  { package: 'statsmodels', first: '0.14.2', platform: null, source: 191 },
  { package: 'pywavelets', first: '1.6.0', platform: null, source: 192 },
  { package: 'astropy', first: '6.1.0', platform: null, source: 193 },
  { package: 'thinc', first: '8.3.0', platform: null, source: 194 },
  { package: 'gensim', first: '4.4.0', platform: null, source: 195 },
  { package: 'h5py', first: '3.11.0', platform: null, source: 196 },
  { package: 'scikit-image', first: '0.23.1', platform: null, source: 197 },
  { package: 'numexpr', first: '2.10.0', platform: null, source: 198 },
  { package: 'ml-dtypes', first: '0.4.0', platform: null, source: 199 },
  { package: 'bottleneck', first: '1.4.0', platform: null, source: 200 },
  { package: 'pycocotools', first: '2.0.8', platform: null, source: 201 },
  { package: 'cftime', first: '1.6.4', platform: null, source: 202 },
  { package: 'netcdf4', first: '1.7.0', platform: null, source: 203 },
  { package: 'pyerfa', first: '2.0.1.3', platform: null, source: 204 },
  { package: 'fastparquet', first: '2024.5.0', platform: null, source: 205 },
  { package: 'opencv-python', first: '4.10.0.84', platform: null, source: 206 }
];

export const NUMPY_RELEASES: readonly INumpyRelease[] = [
  { version: '2.4.6', python: ['3.11', '3.14'], source: 207 },
  { version: '2.3.5', python: ['3.11', '3.14'], source: 208 },
  { version: '2.2.6', python: ['3.10', '3.13'], source: 209 },
  { version: '2.1.3', python: ['3.10', '3.13'], source: 210 },
  { version: '2.0.2', python: ['3.9', '3.12'], source: 211 },
  { version: '1.26.4', python: ['3.9', '3.12'], source: 212 },
  { version: '1.25.2', python: ['3.9', '3.11'], source: 213 },
  { version: '1.24.4', python: ['3.8', '3.11'], source: 214 },
  { version: '1.23.5', python: ['3.8', '3.11'], source: 215 },
  { version: '1.22.4', python: ['3.8', '3.10'], source: 216 },
  { version: '1.21.6', python: ['3.7', '3.10'], source: 217 },
  { version: '1.20.3', python: ['3.7', '3.9'], source: 218 },
  { version: '1.19.5', python: ['3.6', '3.9'], source: 219 }
];

export const NUMPY_C_API: readonly INumpyCApi[] = [
  { numpy: '1.16', api: 13, source: 220 },
  { numpy: '1.17', api: 13, source: 220 },
  { numpy: '1.18', api: 13, source: 220 },
  { numpy: '1.19', api: 13, source: 220 },
  { numpy: '1.20', api: 14, source: 220 },
  { numpy: '1.21', api: 14, source: 220 },
  { numpy: '1.22', api: 15, source: 220 },
  { numpy: '1.23', api: 16, source: 220 },
  { numpy: '1.24', api: 16, source: 220 },
  { numpy: '1.25', api: 17, source: 220 },
  { numpy: '1.26', api: 17, source: 221 },
  { numpy: '2.0', api: 18, source: 220 },
  { numpy: '2.1', api: 19, source: 220 },
  { numpy: '2.2', api: 19, source: 220 },
  { numpy: '2.3', api: 20, source: 220 },
  { numpy: '2.4', api: 21, source: 220 }
];

export const NUMBA_NUMPY: readonly INumbaNumpy[] = [
  { numba: '0.56', numpy: '<1.24,>=1.18', source: 222 },
  { numba: '0.57', numpy: '<1.25,>=1.21', source: 223 },
  { numba: '0.58', numpy: '<1.27,>=1.22', source: 224 },
  { numba: '0.59', numpy: '<1.27,>=1.22', source: 225 },
  { numba: '0.60', numpy: '<2.1,>=1.22', source: 226 },
  { numba: '0.61', numpy: '<2.3,>=1.24', source: 227 },
  { numba: '0.62', numpy: '<2.4,>=1.22', source: 228 },
  { numba: '0.63', numpy: '<2.4,>=1.22', source: 229 },
  { numba: '0.64', numpy: '<2.5,>=1.22', source: 230 },
  { numba: '0.65', numpy: '<2.5,>=1.22', source: 231 },
  { numba: '0.66', numpy: '<2.5,>=1.22', source: 232 },
  { numba: '0.68', numpy: '<2.6,>=1.22', source: 233 }
];

export const CODE_NEEDS: readonly ICodeNeed[] = [
  {
    package: 'tensorflow',
    before: '2.12.0',
    requirement: 'protobuf',
    specifier: '<4',
    source: 234
  },
  {
    package: 'tensorboard',
    before: '2.12.0',
    requirement: 'protobuf',
    specifier: '<4',
    source: 235
  },
  {
    package: 'onnx',
    before: '1.14.0',
    requirement: 'protobuf',
    specifier: '<4',
    source: 236
  },
  {
    package: 'wandb',
    before: '0.12.17',
    requirement: 'protobuf',
    specifier: '<4',
    source: 237
  },
  {
    package: 'streamlit',
    before: '1.8.2',
    requirement: 'protobuf',
    specifier: '<4',
    source: 238
  },
  {
    package: 'sentence-transformers',
    before: '2.3.0',
    requirement: 'huggingface-hub',
    specifier: '<0.26',
    source: 239
  },
  {
    package: 'diffusers',
    before: '0.29.0',
    requirement: 'huggingface-hub',
    specifier: '<0.26',
    source: 240
  }
];

export const CONDA_NAMES: readonly ICondaName[] = [
  { conda: 'pytorch', pypi: 'torch', source: 241 },
  { conda: 'pytorch-cpu', pypi: 'torch', source: 242 },
  { conda: 'pytorch-gpu', pypi: 'torch', source: 242 },
  { conda: 'libtorch', pypi: null, source: 242 },
  { conda: 'tensorflow', pypi: 'tensorflow', source: 241 },
  { conda: 'tensorflow-base', pypi: 'tensorflow', source: 243 },
  { conda: 'tensorflow-cpu', pypi: 'tensorflow', source: 244 },
  { conda: 'tensorflow-gpu', pypi: 'tensorflow', source: 244 },
  { conda: 'tensorflow-estimator', pypi: 'tensorflow-estimator', source: 241 },
  { conda: 'cudatoolkit', pypi: null, source: 245 },
  { conda: 'cuda-version', pypi: null, source: 246 },
  { conda: 'cudnn', pypi: null, source: 241 },
  { conda: 'nccl', pypi: null, source: 241 },
  { conda: 'cutensor', pypi: null, source: 241 },
  { conda: 'opencv', pypi: 'opencv-python', source: 247 },
  { conda: 'py-opencv', pypi: 'opencv-python', source: 241 },
  { conda: 'libopencv', pypi: 'opencv-python', source: 241 },
  { conda: 'protobuf', pypi: 'protobuf', source: 241 },
  { conda: 'libprotobuf', pypi: null, source: 241 },
  { conda: 'faiss', pypi: 'faiss-cpu', source: 248 },
  { conda: 'faiss-cpu', pypi: 'faiss-cpu', source: 249 },
  { conda: 'faiss-gpu', pypi: 'faiss-gpu', source: 250 },
  { conda: 'libfaiss', pypi: null, source: 241 },
  { conda: 'jax', pypi: 'jax', source: 241 },
  { conda: 'jaxlib', pypi: 'jaxlib', source: 241 },
  { conda: 'torchvision', pypi: 'torchvision', source: 241 },
  { conda: 'torchaudio', pypi: 'torchaudio', source: 241 },
  { conda: 'torchtext', pypi: 'torchtext', source: 241 },
  { conda: 'torchdata', pypi: 'torchdata', source: 241 },
  { conda: 'triton', pypi: 'triton', source: 241 },
  { conda: 'cupy', pypi: 'cupy', source: 241 },
  { conda: 'cupy-core', pypi: 'cupy', source: 241 },
  { conda: 'pytorch-lightning', pypi: 'pytorch-lightning', source: 241 },
  { conda: 'lightning', pypi: 'lightning', source: 241 },
  { conda: 'torchmetrics', pypi: 'torchmetrics', source: 241 },
  { conda: 'pytorch-ignite', pypi: 'pytorch-ignite', source: 241 },
  { conda: 'pytorch_geometric', pypi: 'torch-geometric', source: 241 },
  { conda: 'pytorch_scatter', pypi: 'torch-scatter', source: 241 },
  { conda: 'pytorch_sparse', pypi: 'torch-sparse', source: 241 },
  { conda: 'pytorch_cluster', pypi: 'torch-cluster', source: 241 },
  { conda: 'xgboost', pypi: 'xgboost', source: 241 },
  { conda: 'py-xgboost', pypi: 'xgboost', source: 241 },
  { conda: 'lightgbm', pypi: 'lightgbm', source: 241 },
  { conda: 'onnx', pypi: 'onnx', source: 241 },
  { conda: 'onnxruntime', pypi: 'onnxruntime', source: 241 },
  { conda: 'onnxruntime-cpp', pypi: null, source: 241 },
  { conda: 'tensorboard', pypi: 'tensorboard', source: 241 },
  {
    conda: 'tensorboard-data-server',
    pypi: 'tensorboard-data-server',
    source: 241
  },
  { conda: 'keras', pypi: 'keras', source: 241 },
  { conda: 'tf-keras', pypi: 'tf-keras', source: 241 },
  { conda: 'tf2onnx', pypi: 'tf2onnx', source: 241 },
  { conda: 'transformers', pypi: 'transformers', source: 241 },
  {
    conda: 'sentence-transformers',
    pypi: 'sentence-transformers',
    source: 241
  },
  { conda: 'huggingface_hub', pypi: 'huggingface-hub', source: 241 },
  { conda: 'msgpack-python', pypi: 'msgpack-python', source: 241 },
  { conda: 'pytables', pypi: 'tables', source: 241 },
  { conda: 'matplotlib', pypi: 'matplotlib', source: 241 },
  { conda: 'matplotlib-base', pypi: 'matplotlib', source: 241 },
  { conda: 'pillow', pypi: 'pillow', source: 241 },
  { conda: 'scikit-image', pypi: 'scikit-image', source: 241 },
  { conda: 'dask-core', pypi: 'dask', source: 241 },
  { conda: 'absl-py', pypi: 'absl-py', source: 241 },
  { conda: 'grpcio', pypi: 'grpcio', source: 241 },
  { conda: 'python-flatbuffers', pypi: 'flatbuffers', source: 241 },
  { conda: 'flatbuffers', pypi: null, source: 241 },
  { conda: 'h5py', pypi: 'h5py', source: 241 },
  { conda: 'ray-core', pypi: 'aiohttp', source: 241 },
  { conda: 'bitsandbytes', pypi: 'bitsandbytes', source: 241 },
  { conda: 'flash-attn', pypi: 'flash-attn', source: 241 },
  { conda: 'xformers', pypi: 'xformers', source: 241 },
  { conda: 'mmcv', pypi: 'mmcv', source: 241 },
  { conda: 'mmcv-full', pypi: 'mmcv-full', source: 241 },
  { conda: 'mmdet', pypi: 'mmdet', source: 241 },
  { conda: 'mmengine', pypi: 'mmengine', source: 241 },
  { conda: 'openmim', pypi: 'openmim', source: 241 },
  { conda: 'nvidia-apex', pypi: 'apex', source: 241 },
  { conda: 'detectron2', pypi: 'detectron2', source: 241 },
  { conda: 'graphviz', pypi: null, source: 241 },
  { conda: 'python-graphviz', pypi: 'graphviz', source: 241 },
  { conda: 'pyqt', pypi: 'pyqt5', source: 241 },
  { conda: 'spacy', pypi: 'spacy', source: 241 },
  { conda: 'fastai', pypi: 'fastai', source: 241 },
  { conda: 'kornia', pypi: 'kornia', source: 241 },
  { conda: 'timm', pypi: 'timm', source: 241 },
  { conda: 'ultralytics', pypi: 'ultralytics', source: 241 },
  { conda: 'pycuda', pypi: 'pycuda', source: 241 },
  { conda: 'numba', pypi: 'numba', source: 241 },
  { conda: 'cuda-python', pypi: 'cuda-python', source: 241 },
  { conda: 'nvidia-ml-py', pypi: 'nvidia-ml-py', source: 241 },
  { conda: 'pynvml', pypi: 'pynvml', source: 241 },
  { conda: 'gpustat', pypi: 'gpustat', source: 241 },
  {
    conda: 'tensorflow-probability',
    pypi: 'tensorflow-probability',
    source: 241
  },
  { conda: 'tensorflow-hub', pypi: 'tensorflow-hub', source: 241 },
  { conda: 'tensorflow-datasets', pypi: 'tensorflow-datasets', source: 241 },
  { conda: 'ftfy', pypi: 'ftfy', source: 241 },
  { conda: 'albumentations', pypi: 'albumentations', source: 241 },
  { conda: 'imgaug', pypi: 'imgaug', source: 241 },
  { conda: 'imageai', pypi: 'imageai', source: 241 },
  { conda: 'accelerate', pypi: 'accelerate', source: 241 },
  { conda: 'datasets', pypi: 'datasets', source: 241 },
  { conda: 'optax', pypi: 'optax', source: 241 },
  { conda: 'flax', pypi: 'flax', source: 241 },
  { conda: 'dm-haiku', pypi: 'dm-haiku', source: 241 },
  { conda: 'chex', pypi: 'chex', source: 241 },
  { conda: 'libblas', pypi: null, source: 241 },
  { conda: 'magma', pypi: null, source: 241 },
  { conda: 'numpy', pypi: 'numpy', source: 241 },
  { conda: 'scipy', pypi: 'scipy', source: 241 },
  { conda: 'pandas', pypi: 'pandas', source: 241 },
  { conda: 'scikit-learn', pypi: 'scikit-learn', source: 241 },
  { conda: 'pytorch-cuda', pypi: null, source: 251 },
  { conda: 'cpuonly', pypi: null, source: 252 }
];
