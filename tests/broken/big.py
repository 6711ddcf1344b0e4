"""The distributions that are too large to install, with their real metadata and tell-tale files."""

import json

import envs

from .machine import TORCH
from .wheels import Wheel, elf

LINUX = 'platform_system == "Linux" and platform_machine == "x86_64"'

# nvidia wheel -> (folder, {CUDA major: file}); the folder moved to nvidia/cu13/lib with CUDA 13.
NVIDIA = {
    "cublas": ("cublas", {11: "libcublas.so.11", 12: "libcublas.so.12", 13: "libcublas.so.13"}),
    "cuda-runtime": ("cuda_runtime", {11: "libcudart.so.11.0", 12: "libcudart.so.12", 13: "libcudart.so.13"}),
    "cuda-nvrtc": ("cuda_nvrtc", {11: "libnvrtc.so.11.2", 12: "libnvrtc.so.12", 13: "libnvrtc.so.13"}),
    "cuda-cupti": ("cuda_cupti", {11: "libcupti.so.11.8", 12: "libcupti.so.12", 13: "libcupti.so.13"}),
    "cufft": ("cufft", {11: "libcufft.so.10", 12: "libcufft.so.11", 13: "libcufft.so.12"}),
    "curand": ("curand", {11: "libcurand.so.10", 12: "libcurand.so.10", 13: "libcurand.so.10"}),
    "cusolver": ("cusolver", {11: "libcusolver.so.11", 12: "libcusolver.so.11", 13: "libcusolver.so.12"}),
    "cusparse": ("cusparse", {11: "libcusparse.so.11", 12: "libcusparse.so.12", 13: "libcusparse.so.12"}),
    "nvjitlink": ("nvjitlink", {12: "libnvJitLink.so.12", 13: "libnvJitLink.so.13"}),
    "nccl": ("nccl", {11: "libnccl.so.2", 12: "libnccl.so.2", 13: "libnccl.so.2"}),
    "nvtx": ("nvtx", {11: "libnvToolsExt.so.1", 12: "libnvToolsExt.so.1", 13: "libnvtx3interop.so.1"}),
}
KEEP_SUFFIX = ("cudnn", "nccl", "nvshmem", "cusparselt")


def nvidia(name, version):
    """A wheel of NVIDIA's: `nvidia-cublas-cu12` 12.1.3.1, or of the new layout `nvidia-cublas` 13.1."""
    stem, _, suffix = name[len("nvidia-") :].partition("-cu1")
    major = int("1" + suffix) if suffix else int(version.split(".")[0])
    if stem == "cudnn":
        file = f"nvidia/cudnn/lib/libcudnn.so.{version.split('.')[0]}"
    elif stem in NVIDIA:
        folder, libraries = NVIDIA[stem]
        new = major >= 13 and stem not in KEEP_SUFFIX
        file = f"nvidia/{'cu13' if new else folder}/lib/{libraries[major]}"
    else:
        file = f"nvidia/{stem.replace('-', '_')}/lib/lib{stem}.so"
    tag = "py3-none-manylinux1_x86_64"
    return Wheel(name, version, files={file: elf()}, tags=(tag,))


NVIDIA_PINS = {
    "2.1.2": {"cu12": "cuda-nvrtc 12.1.105 cuda-runtime 12.1.105 cuda-cupti 12.1.105 cudnn 8.9.2.26 cublas 12.1.3.1"
              " cufft 11.0.2.54 curand 10.3.2.106 cusolver 11.4.5.107 cusparse 12.1.0.106 nccl 2.18.1 nvtx 12.1.105"},
    "2.3": {"cu12": "cuda-nvrtc 12.1.105 cuda-runtime 12.1.105 cuda-cupti 12.1.105 cudnn 8.9.2.26 cublas 12.1.3.1"
            " cufft 11.0.2.54 curand 10.3.2.106 cusolver 11.4.5.107 cusparse 12.1.0.106 nccl 2.20.5 nvtx 12.1.105",
            "cu11": "cuda-nvrtc 11.8.89 cuda-runtime 11.8.89 cuda-cupti 11.8.87 cudnn 8.7.0.84 cublas 11.11.3.6"
            " cufft 10.9.0.58 curand 10.3.0.86 cusolver 11.4.1.48 cusparse 11.7.5.86 nccl 2.20.5 nvtx 11.8.86"},
    "2.4": {"cu12": "cuda-nvrtc 12.1.105 cuda-runtime 12.1.105 cuda-cupti 12.1.105 cudnn 9.1.0.70 cublas 12.1.3.1"
            " cufft 11.0.2.54 curand 10.3.2.106 cusolver 11.4.5.107 cusparse 12.1.0.106 nccl 2.20.5 nvtx 12.1.105"},
    "2.5": {"cu12": "cuda-nvrtc 12.4.127 cuda-runtime 12.4.127 cuda-cupti 12.4.127 cudnn 9.1.0.70 cublas 12.4.5.8"
            " cufft 11.2.1.3 curand 10.3.5.147 cusolver 11.6.1.9 cusparse 12.3.1.170 nccl 2.21.5 nvtx 12.4.127"
            " nvjitlink 12.4.127"},
}  # fmt: skip
TRITON = {"2.1.2": "2.1.0", "2.3.0": "2.3.0", "2.3.1": "2.3.1", "2.4.1": "3.0.0", "2.5.1": "3.1.0"}
TORCH_ARCHS = {
    "cu126": "sm_50 sm_60 sm_70 sm_75 sm_80 sm_86 sm_90",
    "cu118": "sm_50 sm_60 sm_70 sm_75 sm_80 sm_86 sm_37 sm_90",
    "cu121": "sm_50 sm_60 sm_70 sm_75 sm_80 sm_86 sm_90",
    "cu124": "sm_50 sm_60 sm_70 sm_75 sm_80 sm_86 sm_90",
    "cu128": "sm_75 sm_80 sm_86 sm_90 sm_100 sm_120",
    "cu130": "sm_75 sm_80 sm_86 sm_90 sm_100 sm_110 sm_120",
}


def torch_requires(version, cuda):
    """Requires-Dist of the wheels of PyTorch for Linux."""
    lines = ["filelock", "typing-extensions>=4.8.0", "sympy", "networkx", "jinja2", "fsspec"]
    major = f"cu{cuda.split('.')[0]}" if cuda else None
    pins = NVIDIA_PINS.get(version) or NVIDIA_PINS.get(version.rpartition(".")[0], {})
    words = pins.get(major, "").split()
    pairs = zip(words[::2], words[1::2])
    lines += [f"nvidia-{name}-{major}=={pin} ; {LINUX}" for name, pin in pairs]
    if cuda and version in TRITON:
        lines.append(f"triton=={TRITON[version]} ; {LINUX}")
    return (*lines, 'optree>=0.11.0 ; extra == "optree"')


def torch(version="2.3.1", cuda="12.1", label=None, default_index=False):
    """PyTorch as of its own index; from the default one, METADATA lack the local label."""
    label = label or ("cu" + cuda.replace(".", "") if cuda else "cpu")
    full = version + "+" + label
    files = {
        "torch/__init__.py": TORCH.replace("ARCHS", TORCH_ARCHS.get(label, "")),
        "torch/version.py": envs.torch_version_py(full, cuda),
        # PyTorch's build writes RPATH, which beats LD_LIBRARY_PATH.
        "torch/lib/libtorch_global_deps.so": elf(
            "-Wl,--disable-new-dtags,-rpath,$ORIGIN/../../nvidia/cublas/lib:$ORIGIN/../../nvidia/cudnn/lib"
            ":$ORIGIN/../../nvidia/cuda_runtime/lib:$ORIGIN/../../nvidia/cufft/lib"
            ":$ORIGIN/../../nvidia/cusparse/lib:$ORIGIN"
        ),
        "torch/lib/libgomp-a34b3233.so.1": elf("-Wl,-soname,libgomp.so.1"),
    }
    archs = TORCH_ARCHS.get(label)
    files["torch/lib/libtorch_python.so"] = elf() + (b"\0" + archs.encode() + b"\0" if archs else b"")
    requires = torch_requires(version, cuda)
    return Wheel("torch", version if default_index else full, requires, files, "torch",
                 tags=("cp311-cp311-linux_x86_64",))  # fmt: skip


def torch_child(name, version, torch_version, label="cu121"):
    """torchvision or torchaudio for one PyTorch."""
    files = {f"{name}/version.py": f"__version__ = '{version}+{label}'\ngit_version = '{'0' * 40}'\n",
             f"{name}/_C.so": elf()}  # fmt: skip
    needs = [f"torch=={torch_version}"]
    if name == "torchvision":
        needs = ["numpy", *needs, "pillow!=8.3.*,>=5.3.0"]
    return Wheel(name, f"{version}+{label}", tuple(needs), files, name, tags=("cp311-cp311-linux_x86_64",))


TF_REQUIRES = {
    "2.8.0": ["absl-py>=0.4.0", "astunparse>=1.6.0", "flatbuffers>=1.12", "gast>=0.2.1", "google-pasta>=0.1.1",
              "h5py>=2.9.0", "keras-preprocessing>=1.1.1", "libclang>=9.0.1", "numpy>=1.20",
              "opt-einsum>=2.3.2", "protobuf>=3.9.2", "setuptools", "six>=1.12.0", "termcolor>=1.1.0",
              "typing-extensions>=3.6.6", "wrapt>=1.11.0", "tensorboard<2.9,>=2.8", "tf-estimator-nightly==2.8.0.dev2021122109",
              "keras<2.9,>=2.8.0rc0", "tensorflow-io-gcs-filesystem>=0.23.1", "grpcio<2.0,>=1.24.3"],
    "2.12.1": ["absl-py>=1.0.0", "astunparse>=1.6.0", "flatbuffers>=2.0", "gast<=0.4.0,>=0.2.1", "h5py>=2.9.0",
               "jax>=0.3.15", "libclang>=13.0.0", "numpy<1.24,>=1.22", "packaging", "setuptools", "six>=1.12.0",
               "protobuf!=4.21.0,!=4.21.1,!=4.21.2,!=4.21.3,!=4.21.4,!=4.21.5,<5.0.0dev,>=3.20.3",
               "termcolor>=1.1.0", "typing-extensions>=3.6.6", "wrapt<1.15,>=1.11.0", "grpcio<2.0,>=1.24.3",
               "tensorboard<2.13,>=2.12", "tensorflow-estimator<2.13,>=2.12.0", "keras<2.13,>=2.12.0",
               "tensorflow-io-gcs-filesystem>=0.23.1"],
    "2.15.1": ["absl-py>=1.0.0", "astunparse>=1.6.0", "flatbuffers>=23.5.26", "gast!=0.5.0,!=0.5.1,!=0.5.2,>=0.2.1",
               "google-pasta>=0.1.1", "h5py>=2.9.0", "libclang>=13.0.0", "ml-dtypes~=0.3.1", "numpy<2.0.0,>=1.23.5",
               "opt-einsum>=2.3.2", "packaging", "setuptools", "six>=1.12.0", "termcolor>=1.1.0",
               "protobuf!=4.21.0,!=4.21.1,!=4.21.2,!=4.21.3,!=4.21.4,!=4.21.5,<5.0.0dev,>=3.20.3",
               "typing-extensions>=3.6.6", "wrapt<1.15,>=1.11.0", "tensorflow-io-gcs-filesystem>=0.23.1",
               "grpcio<2.0,>=1.24.3", "tensorboard<2.16,>=2.15", "tensorflow-estimator<2.16,>=2.15.0",
               "keras<2.16,>=2.15.0"],
    "2.17.1": ["absl-py>=1.0.0", "astunparse>=1.6.0", "flatbuffers>=24.3.25", "gast!=0.5.0,!=0.5.1,!=0.5.2,>=0.2.1",
               "google-pasta>=0.1.1", "h5py>=3.10.0", "libclang>=13.0.0", "ml-dtypes<0.5.0,>=0.3.1",
               "opt-einsum>=2.3.2", "packaging", "protobuf!=4.21.0,<5.0.0dev,>=3.20.3", "requests<3,>=2.21.0",
               "setuptools", "six>=1.12.0", "termcolor>=1.1.0", "typing-extensions>=3.6.6", "wrapt>=1.11.0",
               "grpcio<2.0,>=1.24.3", "tensorboard<2.18,>=2.17", "keras>=3.2.0",
               "numpy<2.0.0,>=1.23.5 ; python_version <= \"3.11\""],
}  # fmt: skip
TF_CUDA = {"2.8.0": ("11.2", "8"), "2.12.1": ("11.8", "8"), "2.15.1": ("12.2", "8"), "2.17.1": ("12.3", "8"),
           "2.18.1": ("12.5.1", "9")}  # fmt: skip
TF_AND_CUDA = {
    "2.15.1": "cublas 12.2.5.6 cuda-cupti 12.2.142 cuda-nvrtc 12.2.140 cuda-runtime 12.2.140 cudnn 8.9.4.25"
    " cufft 11.0.8.103 curand 10.3.3.141 cusolver 11.5.2.141 cusparse 12.1.2.141 nccl 2.16.5 nvjitlink 12.2.140",
    "2.17.1": "cublas 12.3.4.1 cuda-cupti 12.3.101 cuda-nvrtc 12.3.107 cuda-runtime 12.3.101 cudnn 8.9.7.29"
    " cufft 11.0.12.1 curand 10.3.4.107 cusolver 11.5.4.101 cusparse 12.2.0.103 nccl 2.19.3 nvjitlink 12.3.101",
    "2.18.1": "cublas 12.5.3.2 cuda-cupti 12.5.82 cuda-nvrtc 12.5.82 cuda-runtime 12.5.82 cudnn 9.3.0.75"
    " cufft 11.2.3.61 curand 10.3.6.82 cusolver 11.6.3.83 cusparse 12.5.1.3 nccl 2.21.5 nvjitlink 12.5.82",
}
TF_REQUIRES["2.18.1"] = [*TF_REQUIRES["2.17.1"][:-3], "tensorboard<2.19,>=2.18", "keras>=3.5.0",
                         "numpy<2.1.0,>=1.26.0"]  # fmt: skip


def and_cuda(version):
    """The wheels that `tensorflow[and-cuda]` asks for."""
    words = TF_AND_CUDA[version].split()
    return [nvidia(f"nvidia-{name}-cu12", pin) for name, pin in zip(words[::2], words[1::2])]


def tensorflow(version="2.15.1", name="tensorflow", gpu=True):
    """TensorFlow: the wheel for Linux is a CUDA build, `tensorflow-cpu` is none."""
    items = [("is_cuda_build", False), ("is_rocm_build", False), ("is_tensorrt_build", False)]
    if gpu:
        cuda, cudnn = TF_CUDA[version]
        capabilities = ["sm_60", "sm_70", "sm_80", "sm_89", "compute_90"]
        items = [("cpu_compiler", "/usr/lib/llvm-17/bin/clang"), ("cuda_compute_capabilities", capabilities),
                 ("cuda_version", cuda), ("cudnn_version", cudnn), ("is_cuda_build", True),
                 ("is_rocm_build", False), ("is_tensorrt_build", True)]  # fmt: skip
    files = {
        "tensorflow/python/platform/build_info.py": envs.BUILD_INFO.format(items=items),
        "tensorflow/include/tensorflow/core/public/version.h": envs.tf_header(version),
        "tensorflow/python/_pywrap_tensorflow_internal.so": elf("-Wl,--enable-new-dtags,-rpath,$ORIGIN/../"),
    }
    requires = list(TF_REQUIRES[version])
    words = TF_AND_CUDA.get(version, "").split()
    requires += [f"nvidia-{n}-cu12=={pin} ; extra == 'and-cuda'" for n, pin in zip(words[::2], words[1::2])]
    python = "cp310" if version == "2.8.0" else "cp311"  # the newest that 2.8 has a wheel for
    return Wheel(name, version, tuple(requires), files, "tensorflow", tags=(f"{python}-{python}-manylinux_2_17_x86_64",))


def jax(version, jaxlib=None, plugin=None, pjrt=None, major=12):
    """JAX, jaxlib and, with `plugin`, the two wheels of the CUDA plugin."""
    extra = f'jax-cuda{major}-plugin<={version},>={version} ; extra == "cuda{major}"'
    needs = (f"jaxlib<={version},>={version}", "ml_dtypes>=0.2.0", "numpy>=1.22", "opt_einsum", "scipy>=1.9", extra)
    found = [
        Wheel("jax", version, needs,
              {"jax/version.py": f"_version = '{version}'\n__version__ = _get_version_string()\n"}, "jax"),
        Wheel("jaxlib", jaxlib or version, ("scipy>=1.9", "numpy>=1.22", "ml-dtypes>=0.2.0"),
              {"jaxlib/version.py": f"__version__ = '{jaxlib or version}'\n"}, "jaxlib",
              tags=("cp311-cp311-manylinux2014_x86_64",)),
    ]  # fmt: skip
    if plugin:
        name = f"jax-cuda{major}"
        pin = pjrt or plugin
        found += [
            Wheel(f"{name}-plugin", plugin, (f"{name}-pjrt=={plugin}",),
                  {f"jax_cuda{major}_plugin/version.py": f"__version__ = '{plugin}'\n"}, f"jax_cuda{major}_plugin",
                  tags=("cp311-cp311-manylinux2014_x86_64",)),
            Wheel(f"{name}-pjrt", pin, (), {f"jax_plugins/xla_cuda{major}/version.py": f"__version__ = '{pin}'\n",
                                            f"jax_plugins/xla_cuda{major}/xla_cuda_plugin.so": elf()}),
        ]  # fmt: skip
    return found


def xformers(version="0.0.26.post1", for_torch="2.3.0", label="cu121"):
    """xFormers with the description of what it was compiled for."""
    info = {"version": {"cuda": 1201, "hip": None, "torch": f"{for_torch}+{label}", "python": "3.11.9"},
            "env": {"TORCH_CUDA_ARCH_LIST": "6.0+PTX 7.0 7.5 8.0+PTX 9.0a"}}  # fmt: skip
    files = {"xformers/version.py": f"__version__ = '{version}'\n", "xformers/cpp_lib.json": json.dumps(info),
             "xformers/_C.so": elf()}  # fmt: skip
    return Wheel("xformers", version, ("numpy", f"torch=={for_torch}"), files, "xformers",
                 tags=("cp311-cp311-manylinux2014_x86_64",))  # fmt: skip


def opencv(name, version):
    """One of the four distributions of OpenCV: all write cv2."""
    files = {"cv2/version.py": f'opencv_version = "{version}"\n', "cv2/cv2.abi3.so": elf(), "cv2/config.py": ""}
    requires = ('numpy>=1.23.5; python_version >= "3.11"', 'numpy>=1.17.0; python_version >= "3.7"')
    return Wheel(name, version, requires, files, "cv2", tags=("cp37-abi3-manylinux_2_17_x86_64",))


def onnxruntime(name, version, gpu=False):
    """ONNX Runtime, with or without CUDA: both write onnxruntime."""
    text = f"package_name = '{name}'\n__version__ = '{version}'\n" + ("cuda_version = '12.2'\n" if gpu else "")
    files = {"onnxruntime/capi/build_and_package_info.py": text,
             "onnxruntime/capi/onnxruntime_pybind11_state.so": elf()}  # fmt: skip
    requires = ("coloredlogs", "flatbuffers", "numpy>=1.21.6", "packaging", "protobuf", "sympy")
    return Wheel(name, version, requires, files, "onnxruntime", tags=("cp311-cp311-manylinux_2_27_x86_64",))


def cupy(name, version):
    """CuPy for one CUDA."""
    files = {"cupy/_version.py": f"__version__ = '{version}'\n", "cupy/_core/core.so": elf()}
    return Wheel(name, version, ("numpy<2.3,>=1.22", "fastrlock>=0.5"), files, "cupy",
                 tags=("cp311-cp311-manylinux2014_x86_64",))  # fmt: skip


def plain(name, version, requires=(), package=None, **more):
    """A distribution in pure Python with an import package of its name."""
    return Wheel(name, version, tuple(requires), package=package or name.replace("-", "_"), **more)
