"""Packages that do not fit one another (R20, R24 to R44)."""

import envs
from probing import interpreters

from . import big
from .case import CannotBuild, broken
from .ownership import numpy, stock
from .wheels import Wheel, elf, libstdcxx, module_name, needs_glibcxx, write

MANY = ("cp311-cp311-manylinux_2_17_x86_64",)


@broken("R20", "requests urllib3", "warning", "urllib3 went past what requests 2.28.1 accepts", mend=True)
def unmet_version(place):
    place.venv().pip("requests==2.28.1")
    place.pip("--no-deps", "urllib3==2.2.1")


@broken("R20", "python-dateutil six", "warning", "`pip install --no-deps python-dateutil`", mend=True)
def missing_requirement(place):
    place.venv().pip("--no-deps", "python-dateutil==2.9.0.post0")


@broken("R24", "opencv-python opencv-python-headless", "error", "albumentations brought opencv-python-headless beside opencv-python",
        mend=True)  # fmt: skip
def opencv_twins(place):
    one, other = big.opencv("opencv-python", "4.9.0.80"), big.opencv("opencv-python-headless", "4.10.0.84")
    place.venv().add(numpy("1.26.4"), one, other).shelf(one, other)


@broken("R25", "tensorflow tensorflow-cpu", "error", "tensorflow-cpu 2.12 and tensorflow 2.15 in one environment", mend=True)
def tensorflow_twins(place):
    gpu, cpu = big.tensorflow("2.15.1"), big.tensorflow("2.12.1", "tensorflow-cpu", gpu=False)
    place.venv().add(gpu, numpy("1.23.5")).complete().add(cpu).shelf(gpu, cpu)


@broken("R26", "onnxruntime onnxruntime-gpu", "warning", "another package brought onnxruntime over onnxruntime-gpu", mend=True)
def onnxruntime_twins(place):
    one, other = big.onnxruntime("onnxruntime-gpu", "1.18.0", True), big.onnxruntime("onnxruntime", "1.18.0")
    place.venv().gpu(cuda=12020).add(one, other, numpy("1.26.4")).complete().shelf(one, other)


@broken("R27", "cupy-cuda11x cupy-cuda12x", "warning", "CuPy for CUDA 11 and for CUDA 12", mend=True)
def cupy_twins(place):
    one, other = big.cupy("cupy-cuda11x", "13.2.0"), big.cupy("cupy-cuda12x", "13.2.0")
    place.venv().gpu(cuda=12020).add(one, other, numpy("1.26.4")).complete().shelf(one, other)


@broken("R28", "farm-haystack haystack-ai", "warning", "Haystack 2 under its new name beside Haystack 1: both write the folder haystack",
        mend=True)  # fmt: skip
def shared_files(place):
    old = Wheel("farm-haystack", "1.26.3", (), {"haystack/__init__.py": "", "haystack/errors.py": "1"}, "haystack")
    new = Wheel("haystack-ai", "2.6.0", (), {"haystack/__init__.py": "", "haystack/errors.py": ""}, "haystack")
    place.venv().add(old, new).shelf(old, new).complete()


@broken("R30", "jwt pyjwt", "warning", "`pip install jwt` for PyJWT: both write the folder jwt", mend=True)
def jwt_twins(place):
    place.venv().pip("--no-deps", "pyjwt==2.8.0").complete()
    place.add(Wheel("jwt", "1.3.1", (), {"jwt/__init__.py": "", "jwt/exceptions.py": "", "jwt/utils.py": ""}))


@broken("R29", "keras tensorflow transformers tf-keras", "warning", "TensorFlow 2.17 brings Keras 3, which transformers 4.44 cannot use",
        mend=True)  # fmt: skip
def keras_generation(place):
    transformers = Wheel("transformers", "4.44.2", ("numpy>=1.17", "packaging>=20.0"),
                         {"transformers/modeling_tf_utils.py": "import tf_keras as keras\n",
                          "transformers/models/bert/modeling_tf_bert.py": ""}, "transformers")  # fmt: skip
    place.venv().add(big.tensorflow("2.17.1"), *big.and_cuda("2.17.1"), numpy("1.26.4"))
    place.add(big.plain("keras", "3.5.0"), transformers).complete()
    place.shelf(big.plain("tf-keras", "2.17.0", ("tensorflow<2.18,>=2.17",)))


@broken("R30", "psycopg2 psycopg2-binary", "warning", "psycopg2 and psycopg2-binary write the same folder", mend=True)
def psycopg_twins(place):
    files = {"psycopg2/__init__.py": "", f"psycopg2/{module_name('_psycopg', '3.11')}": elf()}
    source = Wheel("psycopg2", "2.9.9", (), files)
    place.venv().add(source).shelf(source)
    place.pip("psycopg2-binary==2.9.9")


@broken("R30", "faiss-cpu faiss-gpu", "warning", "faiss-cpu and faiss-gpu write the folder faiss", mend=True)
def faiss_twins(place):
    files = {"faiss/__init__.py": "", "faiss/_swigfaiss.so": elf()}
    one, other = (Wheel(f"faiss-{kind}", v, ("numpy",), files, "faiss", tags=MANY)
                  for kind, v in (("cpu", "1.8.0"), ("gpu", "1.7.2")))  # fmt: skip
    place.venv().add(one, other, numpy("1.26.4")).shelf(one, other)


@broken("R30", "pycrypto pycryptodome", "warning", "pycrypto and pycryptodome write the folder Crypto", mend=True)
def crypto_twins(place):
    old = Wheel("pycrypto", "2.6.1", (), {"Crypto/__init__.py": "", "Crypto/Cipher/__init__.py": ""})
    place.venv().add(old).shelf(old).pip("pycryptodome==3.20.0")


@broken("R31", "sklearn", "info", "`pip install sklearn` for scikit-learn", mend=True)
def decoy(place):
    place.venv().add(Wheel("sklearn", "0.0.post12", (), {}))


@broken("R32", "bottleneck numpy", "error", "NumPy 2 under a Bottleneck that was compiled for NumPy 1", mend=True)
def numpy_abi_exact(place):
    place.venv().pip("bottleneck==1.3.8", "numpy==2.0.2")


@broken("R32", "pandas numpy", "error warning", "NumPy 2 under pandas 2.1.4, whose metadata say numpy<2", mend=True)
def numpy_abi_capped(place):
    place.venv().pip("pandas==2.1.4")
    place.pip("--no-deps", "numpy==2.0.2")


@broken("R33 R35", "numpy scipy", "error warning", "scipy 1.11 with a NumPy that is older than its C API")
def numpy_too_old(place):
    text = ("from scipy.version import version as __version__\nfrom scipy._lib import _pep440\n"
            "np_minversion = '1.21.6'\nnp_maxversion = '1.28.0'\n"
            "if (_pep440.parse(__numpy_version__) < _pep440.Version(np_minversion) or\n"
            "        _pep440.parse(__numpy_version__) >= _pep440.Version(np_maxversion)):\n"
            "    import warnings\n")  # fmt: skip
    scipy = Wheel("scipy", "1.11.4", ("numpy<1.28.0,>=1.21.6",), {"scipy/__init__.py": text}, tags=MANY)
    place.venv().add(scipy, numpy("1.19.5"))


@broken("R34", "numba numpy", "error", "NumPy 2.2 under numba 0.61, which stops at 2.1", mend=True)
def numba_guard(place):
    place.venv().pip("--no-deps", "numba==0.61.0", "numpy==2.2.0")
    place.add(big.plain("llvmlite", "0.44.0"))


@broken("R36", "protobuf tensorflow", "error", "protobuf 4 under TensorFlow 2.8, whose metadata allow it", mend=True)
def protobuf_four(place):
    place.venv(python=python_310()).pip("protobuf==4.25.3").add(big.tensorflow("2.8.0"), numpy("1.23.5", python="3.10")).complete()


@broken("R36", "protobuf tensorboard", "error", "protobuf 4 under TensorBoard 2.8, whose code was generated for 3", mend=True)
def protobuf_tensorboard(place):
    place.venv().pip("--no-deps", "tensorboard==2.8.0", "protobuf==4.25.3").add(numpy("1.23.5")).complete()


def python_310():
    """TensorFlow 2.8 has no wheel for a newer Python."""
    for python in interpreters():
        if envs.run(python, "-c", "import sys; print(sys.version_info[:2])").strip() == "(3, 10)":
            return python
    raise CannotBuild("no Python 3.10 here")


@broken("R37", "torchvision torch", "error", "torch 2.3.0 under torchvision 0.18.1, which was built for 2.3.1", mend=True)
def torchvision_of_another_torch(place):
    place.venv().add(big.torch("2.3.0"), big.torch_child("torchvision", "0.18.1", "2.3.1"), numpy("1.26.4")).complete()
    right = big.torch_child("torchvision", "0.18.0", "2.3.0")
    torch = big.torch("2.3.0")
    place.shelf(right, torch)


@broken("R37", "torchaudio torch", "error", "torch for CUDA 12.1 and torchaudio for CUDA 11.8", mend=True)
def torch_labels_differ(place):
    audio = big.torch_child("torchaudio", "2.3.1", "2.3.1", "cu118")
    place.venv().add(big.torch("2.3.1"), audio).complete()
    place.shelf(big.torch_child("torchaudio", "2.3.1", "2.3.1"))


@broken("R38", "jax jaxlib", "error", "jaxlib 0.4.26 under jax 0.4.25", mend=True)
def jaxlib_newer(place):
    place.venv().add(*big.jax("0.4.25", "0.4.26"), numpy("1.26.4")).complete()
    place.shelf(*big.jax("0.4.25"), *big.jax("0.4.26"))


@broken("R38", "jax jaxlib jax-cuda12-plugin jax-cuda12-pjrt", "error", "the CUDA plugin of JAX stayed at 0.4.31 when jax moved to 0.4.35",
        mend=True)  # fmt: skip
def jax_plugin_old(place):
    place.venv().gpu(driver="550.90.07", cuda=12040).add(*big.jax("0.4.35", plugin="0.4.31"), numpy("1.26.4"))
    place.complete().shelf(*big.jax("0.4.35", plugin="0.4.35"))


@broken("R39", "xformers torch", "error", "xFormers that was compiled for torch 2.3.0 beside 2.4.1", mend=True)
def xformers_of_another_torch(place):
    wheel = big.xformers()
    wheel.requires = ("numpy", "torch>=2.3.0")
    place.venv().add(big.torch("2.4.1", "12.1"), wheel, numpy("1.26.4")).complete()
    place.shelf(wheel, big.xformers("0.0.28.post1", "2.4.1"))


@broken("R39", "flash-attn torch", "error", "flash-attn for torch 2.3 beside 2.5.1")
def flash_attn_of_another_torch(place):
    wheel = Wheel("flash-attn", "2.6.3+cu123torch2.3cxx11abiFALSE", ("torch", "einops"), {"flash_attn_2_cuda.so": elf()},
                  "flash_attn", tags=("cp311-cp311-linux_x86_64",))  # fmt: skip
    place.venv().add(big.torch("2.5.1", "12.4"), wheel).complete()


@broken("R39", "torch-scatter torch", "error", "torch-scatter for torch 2.3 and CUDA 12.1 beside 2.5.1+cu124")
def torch_scatter_of_another_torch(place):
    wheel = Wheel("torch-scatter", "2.1.2+pt23cu121", (), {"torch_scatter/_scatter_cuda.so": elf()}, "torch_scatter",
                  tags=("cp311-cp311-linux_x86_64",))  # fmt: skip
    place.venv().add(big.torch("2.5.1", "12.4"), wheel).complete()


@broken("R40", "huggingface-hub transformers", "error", "huggingface-hub 1.0 under transformers 4.37", mend=True)
def huggingface_guard(place):
    place.venv().pip("--no-deps", "transformers==4.37.2", "huggingface-hub==0.36.0")
    place.add(numpy("1.26.4")).complete().pip("huggingface-hub", command="uninstall")
    place.add(big.plain("huggingface-hub", "1.0.0", ("filelock", "fsspec>=2023.5.0", "pyyaml>=5.1", "tqdm>=4.42.1")))
    place.complete()


@broken("R40", "tokenizers transformers", "error", "tokenizers 0.19 under transformers 4.37", mend=True)
def tokenizers_guard(place):
    place.venv().pip("--no-deps", "transformers==4.37.2")
    place.add(numpy("1.26.4"), big.plain("huggingface-hub", "0.23.4"), big.plain("tokenizers", "0.19.1")).complete()


@broken("R41", "libstdc++", "error", "LD_LIBRARY_PATH puts an old libstdc++ in front of the one a wheel needs", mend=True)
def old_libstdcxx(place):
    module = Wheel("pyzstd", "0.15.10", (), {f"pyzstd/{module_name('_zstd', '3.11')}": needs_glibcxx(29)}, "pyzstd",
                   tags=("cp311-cp311-linux_x86_64",))  # fmt: skip
    place.venv().add(module)
    write(place.folder / "gcc" / "lib64" / "libstdc++.so.6", libstdcxx(20))
    place.path("LD_LIBRARY_PATH", place.folder / "gcc" / "lib64")


@broken("R41", "libstdc++", "error", "conda's libstdcxx-ng is older than what a wheel was compiled for", mend=True)
def old_libstdcxx_of_conda(place):
    place.conda(("libstdcxx-ng", "7.3.0", {"lib/libstdc++.so.6.0.24": libstdcxx(24),
                                           "lib/libstdc++.so.6": "libstdc++.so.6.0.24"}, []))  # fmt: skip
    place.add(Wheel("open3d", "0.18.0", (), {"open3d/cpu/pybind.so": needs_glibcxx(29)}, "open3d",
                    tags=("cp311-cp311-manylinux_2_17_x86_64",)))  # fmt: skip
    stock(place, ("libstdcxx-ng", "13.2.0", {"lib/libstdc++.so.6": libstdcxx(32)}))


@broken("R42", "libiomp5 libgomp intel-openmp scikit-learn torch llvm-openmp", "warning", "Intel's OpenMP of MKL beside the one that torch bundles", mend=True)
def two_openmp(place):
    place.conda(("intel-openmp", "2024.1.0", {"lib/libiomp5.so": elf("-Wl,-soname,libiomp5.so")}, []))
    place.add(big.torch("2.3.1", None)).complete()
    stock(place, ("nomkl", "1.0", {"share/doc/nomkl": b""}))


@broken("R44", "grpcio", "error", "a wheel for a newer C library than this system has", mend=True)
def glibc_too_old(place):
    place.venv().add(Wheel("grpcio", "1.99.0", (), {f"grpc/{module_name('cygrpc', '3.11')}": elf()}, "grpc",
                           tags=("cp311-cp311-manylinux_2_99_x86_64",)))  # fmt: skip
