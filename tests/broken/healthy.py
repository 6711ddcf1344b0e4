"""Environments that look suspicious and are not broken: nothing above information."""

from . import big
from .case import healthy
from .gpu import tensorflow
from .ownership import numpy
from .place import Place
from .wheels import Wheel, elf, libstdcxx, needs_glibcxx, write


@healthy("a conda environment with packages of its own from pip")
def conda_with_pip_extras(place):
    place.conda(numpy("1.26.4"), big.plain("requests", "2.31.0")).complete()
    place.pip("rich==13.7.1", "emoji==2.12.1")


@healthy("TensorFlow by conda with its cudatoolkit, and torch wheels with theirs (R56 alone)")
def conda_cuda_and_wheels(place):
    files = {"lib/libcudart.so.11.8.89": elf(), "lib/libcudart.so.11.0": "libcudart.so.11.8.89",
             "lib/libcublas.so.11": elf()}  # fmt: skip
    place.conda(("cudatoolkit", "11.8.0", files, []), numpy("1.26.4"))
    place.gpu().add(big.torch("2.3.1")).complete()


@healthy("torch for CUDA 12.4 on a driver of CUDA 12.2: minor versions are compatible")
def newer_minor_than_driver(place):
    place.venv().gpu(driver="535.104.05", cuda=12020).add(big.torch("2.5.1", "12.4")).complete()


@healthy("torch for CUDA 12.1 on a driver of CUDA 13: drivers are backward compatible")
def newer_driver(place):
    place.venv().gpu(driver="580.65.06", cuda=13000).add(big.torch("2.3.1")).complete()


@healthy("torch for CUDA 11.8 on a driver of CUDA 12.2, as nvidia-smi shows it")
def cuda_11_on_driver_12(place):
    place.venv().gpu().add(big.torch("2.3.1", "11.8")).complete()


@healthy("NumPy 2 with modules that were built for it")
def numpy_two_with_new_wheels(place):
    place.venv().pip("numpy==2.0.2", "bottleneck==1.4.2")


@healthy("NumPy 1 with modules that were built with the headers of NumPy 2")
def numpy_one_with_new_wheels(place):
    place.venv().pip("numpy==1.26.4", "bottleneck==1.4.2")


@healthy("INSTALLER says conda on packages that conda built")
def conda_only(place):
    place.conda(numpy("1.26.4"), big.plain("pandas", "2.2.2"), big.opencv("opencv-python", "4.9.0.80"))


@healthy("pip, setuptools and wheel updated themselves over conda's")
def installers_moved(place):
    place.conda(big.plain("setuptools", "65.6.3"), big.plain("wheel", "0.38.4"), big.plain("six", "1.16.0"))
    place.pip("--no-deps", "setuptools==75.1.0", "wheel==0.44.0")


@healthy("conda's MKL and the OpenBLAS of a numpy wheel (R43 alone)")
def two_blas(place):
    place.conda(("mkl", "2023.1.0", {"lib/libmkl_rt.so.2": elf()}, []), ("blas", "1.0", {"share/doc/blas": b"mkl"}, []))
    place.pip("numpy==1.26.4")


@healthy("a virtual environment by uv without pip")
def uv_without_pip(place):
    place.venv().pip("pip", command="uninstall").pip("requests==2.32.3")


@healthy("a virtual environment that sees the system's packages, and they fit")
def consistent_system_site(place):
    base = Place(place.folder / "system").own()
    base.add(big.plain("click", "8.1.7"), big.plain("six", "1.16.0"))
    place.venv(python=base.python, system=True).add(big.plain("rich", "13.7.0", ("click>=8",)))


@healthy("an editable install whose source is there")
def editable(place):
    place.venv()
    write(place.folder / "src" / "pyproject.toml",
          "[build-system]\nrequires = ['setuptools']\nbuild-backend = 'setuptools.build_meta'\n[project]\n"
          "name = 'mypackage'\nversion = '0.1'\n[tool.setuptools]\npackages = ['mypackage']\n")  # fmt: skip
    write(place.folder / "src" / "mypackage" / "__init__.py", "")
    place.pip("-e", place.folder / "src")


@healthy("packages that share a namespace folder: google.protobuf and google.auth")
def shared_namespace(place):
    place.venv().pip("protobuf==5.27.0")
    place.add(Wheel("google-auth", "2.30.0", (), {"google/auth/__init__.py": ""}),
              Wheel("google-cloud-core", "2.4.1", (), {"google/cloud/client.py": ""}))  # fmt: skip


@healthy("two packages that both shipped their tests as a top-level folder")
def shared_tests(place):
    for name, version in (("aiosomething", "1.0"), ("pysomething", "2.0")):
        stem = name.replace("-", "_")
        place.prefix.exists() or place.venv()
        place.add(Wheel(name, version, (), {f"{stem}/__init__.py": "", "tests/__init__.py": "", f"tests/test_{stem}.py": "",
                                            "LICENSE": "MIT\n", "README.md": "x\n"}))  # fmt: skip


@healthy("LD_LIBRARY_PATH with folders that have nothing to do with CUDA")
def unrelated_loader_path(place):
    place.venv().gpu().add(big.torch("2.3.1")).complete()
    write(place.folder / "opt" / "oracle" / "libclntsh.so.21.1", elf())
    place.path("LD_LIBRARY_PATH", place.folder / "opt" / "oracle", place.folder / "missing")


@healthy("TensorFlow and torch of the same CUDA major")
def two_frameworks_one_cuda(place):
    tensorflow(place.venv().gpu(), "2.15.1").add(*[w for w in big.and_cuda("2.15.1") if w.name == "nvidia-nvjitlink-cu12"])
    place.add(big.torch("2.3.1")).complete()


@healthy("CPU builds on a machine without a GPU")
def cpu_everywhere(place):
    place.venv().add(big.torch("2.3.1", None), big.tensorflow("2.15.1", "tensorflow-cpu", gpu=False), *big.jax("0.4.30"))
    place.add(numpy("1.26.4"), big.plain("ml-dtypes", "0.3.2")).complete()


@healthy("CUDA_VISIBLE_DEVICES=0 with one GPU")
def one_visible_gpu(place):
    place.venv().gpu().add(big.torch("2.3.1")).complete().env(CUDA_VISIBLE_DEVICES="0")


@healthy("CUDA_VISIBLE_DEVICES with a UUID")
def visible_by_uuid(place):
    place.venv().gpu().add(big.torch("2.3.1")).complete()
    place.env(CUDA_VISIBLE_DEVICES="GPU-00000000-0000-0000-0000-000000000000")


@healthy("conda-meta/pinned is fulfilled")
def pin_fulfilled(place):
    place.conda(numpy("1.26.4"))
    write(place.prefix / "conda-meta" / "pinned", "numpy 1.26.*\npython >=3.11,<3.12\n")


@healthy("one OpenCV, and contrib is what it is")
def one_opencv(place):
    place.venv().add(big.opencv("opencv-contrib-python", "4.10.0.84"), numpy("1.26.4"))


@healthy("tensorflow[and-cuda] on a fitting driver")
def tensorflow_complete(place):
    tensorflow(place.venv().gpu(), "2.15.1").add(*big.and_cuda("2.15.1"))


@healthy("JAX with its CUDA plugin, all of one version")
def jax_complete(place):
    place.venv().gpu(driver="550.90.07", cuda=12040).add(*big.jax("0.4.35", plugin="0.4.35"), numpy("1.26.4")).complete()


@healthy("torch from the default index: METADATA without +cu121, version.py with it, torchvision the same")
def label_only_in_version_py(place):
    vision = big.torch_child("torchvision", "0.18.1", "2.3.1")
    vision.version = "0.18.1"
    place.venv().gpu().add(big.torch("2.3.1", default_index=True), vision, numpy("1.26.4")).complete()


@healthy("xFormers and torch-scatter that were compiled for this torch")
def fitting_extensions(place):
    scatter = Wheel("torch-scatter", "2.1.2+pt23cu121", (), {"torch_scatter/_scatter_cuda.so": elf()}, "torch_scatter",
                    tags=("cp311-cp311-linux_x86_64",))  # fmt: skip
    place.venv().gpu().add(big.torch("2.3.0"), big.xformers(), scatter, numpy("1.26.4")).complete()


@healthy("a wheel that needs GLIBCXX_3.4.29, and a conda libstdc++ that has it")
def new_libstdcxx(place):
    place.conda(("libstdcxx-ng", "13.2.0", {"lib/libstdc++.so.6.0.32": libstdcxx(32),
                                            "lib/libstdc++.so.6": "libstdc++.so.6.0.32"}, []))  # fmt: skip
    place.add(Wheel("open3d", "0.18.0", (), {"open3d/cpu/pybind.so": needs_glibcxx(29)}, "open3d",
                    tags=("cp311-cp311-manylinux_2_17_x86_64",)))  # fmt: skip


@healthy("packages of the user's own directory that the environment does not have")
def user_site_extras(place):
    place.conda(numpy("1.26.4"))
    place.add(big.plain("emoji", "2.12.1"), site=place.home / ".local" / "lib" / "python3.11" / "site-packages")


@healthy("MIG is off on an A100, two GPUs, both visible")
def two_gpus(place):
    place.venv().gpu(gpus="NVIDIA A100|8.0|40960|10|0|0;NVIDIA A100|8.0|40960|10|0|0").add(big.torch("2.3.1")).complete()
    place.env(CUDA_VISIBLE_DEVICES="0,1")


@healthy("LD_LIBRARY_PATH with the folders of the environment's own CUDA wheels, an old recipe")
def loader_path_to_own_wheels(place):
    tensorflow(place.venv().gpu(), "2.15.1").add(*big.and_cuda("2.15.1"))
    place.path("LD_LIBRARY_PATH", *(place.site / "nvidia" / name / "lib" for name in ("cudnn", "cublas", "cuda_runtime")))


@healthy("CUDA_HOME of the same major as torch")
def cuda_home_of_the_same_major(place):
    place.venv().gpu().add(big.torch("2.3.1")).complete()
    write(place.folder / "cuda-12.4" / "version.json", '{"cuda": {"name": "CUDA SDK", "version": "12.4.1"}}\n')
    write(place.folder / "cuda-12.4" / "bin" / "nvcc", "#!/bin/sh\n")
    place.env(CUDA_HOME=place.folder / "cuda-12.4")


@healthy("two copies of libgomp: torch and scikit-learn bundle one each")
def two_libgomp(place):
    gomp = elf("-Wl,-soname,libgomp.so.1")
    sklearn = Wheel("scikit-learn", "1.4.2", ("numpy>=1.19.5",), {"scikit_learn.libs/libgomp-a34b3233.so.1.0.0": gomp}, "sklearn",
                    tags=("cp311-cp311-manylinux_2_17_x86_64",))  # fmt: skip
    place.venv().add(big.torch("2.3.1", None), sklearn, numpy("1.26.4")).complete()


@healthy("Keras 3 under TensorFlow 2.17, with tf-keras for transformers")
def keras_with_tf_keras(place):
    transformers = Wheel("transformers", "4.44.2", ("numpy>=1.17",), {"transformers/modeling_tf_utils.py": "import tf_keras\n"},
                         "transformers")  # fmt: skip
    place.venv().add(big.tensorflow("2.17.1"), *big.and_cuda("2.17.1"), numpy("1.26.4"), big.plain("keras", "3.5.0"))
    place.add(transformers, big.plain("tf-keras", "2.17.0", ("tensorflow<2.18,>=2.17",))).complete()


@healthy("protobuf 4 under TensorFlow 2.15, which was made for it")
def protobuf_four_is_right(place):
    tensorflow(place.venv().pip("protobuf==4.25.3"), "2.15.1")


@healthy("a package was imported and not changed since")
def imported_and_unchanged(place):
    place.venv().pip("numpy==1.26.4")
    place.prelude = "import numpy"


@healthy("real small packages, as pip resolved them")
def real_packages(place):
    place.venv().pip("requests==2.32.3", "pandas==2.2.3", "numpy==2.0.2", "protobuf==5.29.0", "rich==13.9.4")


@healthy("variables that people set on purpose")
def gpu_variables(place):
    tensorflow(place.venv().gpu(), "2.15.1").add(*big.and_cuda("2.15.1"))
    place.env(TF_FORCE_GPU_ALLOW_GROWTH="true", XLA_PYTHON_CLIENT_PREALLOCATE="false", TF_CPP_MIN_LOG_LEVEL="2")
    place.env(PYTORCH_CUDA_ALLOC_CONF="expandable_segments:True", PIP_DISABLE_PIP_VERSION_CHECK="1")


@healthy("conda where pip added a package that needs conda's numpy, and it fits")
def pip_on_top_of_conda(place):
    place.conda(numpy("1.26.4"), big.plain("six", "1.16.0"))
    place.pip("--no-deps", "bottleneck==1.4.2")


@healthy("Jupyter's own packages, as pip resolved them, started from another environment")
def kernel_of_another_server(place):
    place.venv().pip("ipykernel==6.29.5")
    server = Place(place.folder / "server").venv()
    place.env(PATH=f"{server.prefix}/bin:/usr/bin:/bin", VIRTUAL_ENV=server.prefix)
