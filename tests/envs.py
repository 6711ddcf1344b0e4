"""Real environments for tests: a conda prefix, virtual environments, an NVML, stub distributions.

As a command (the UI tests build the same ones)::

    python tests/envs.py conda DIR            a conda prefix with ipykernel, in which pip replaced
                                              conda's numpy 1.24.4 by 1.26.4
    python tests/envs.py venv DIR [PACKAGE…]  a virtual environment with ipykernel and packages
    python tests/envs.py nvml DIR             DIR/libnvidia-ml.so.1, and an old one in DIR/old
    python tests/envs.py stub-NAME SITE       a stub distribution; SITE is a site-packages folder or
                                              an environment. NAME: see STUBS

Each prints the path that was made.
"""

import bz2
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent / ".cache" / "envs"
# numpy 1.24.4 and 1.26.4 both have wheels for these.
CONDA_PYTHONS = ("3.11", "3.10", "3.9")


# ---------------------------------------------------------------------------- tools


def uv(*args, **options):
    """Run uv, the one that is installed beside this interpreter."""
    from uv import find_uv_bin

    return run(find_uv_bin(), *args, **options)


def run(*command, env=None, cwd=None):
    """Run a command; its output is in the error when it fails."""
    done = subprocess.run(
        [str(word) for word in command],
        check=False, capture_output=True, text=True, cwd=cwd,
        env={**clean_environ(), **(env or {})},
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def clean_environ():
    """The variables of this process without those that would lead into another environment."""
    drop = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "CONDA_PREFIX")
    return {key: value for key, value in os.environ.items() if key not in drop}


def site_of(place):
    """The site-packages folder of an environment; a folder that is none is taken as it is."""
    place = Path(place)
    found = sorted(place.glob("lib/python3.*/site-packages")) + [place / "Lib" / "site-packages"]
    return next((site for site in found if site.is_dir()), place)


def python_of(prefix):
    """The interpreter of an environment."""
    posix = Path(prefix) / "bin" / "python"
    return posix if posix.exists() else Path(prefix) / "Scripts" / "python.exe"


def cached(name, key, build):
    """A folder below the cache, built once per key by build(folder)."""
    digest = hashlib.sha256(json.dumps(key).encode()).hexdigest()[:12]
    target = CACHE / f"{name}-{digest}"
    stamp = target.with_suffix(".done")
    if not stamp.exists() or not target.exists():
        shutil.rmtree(target, ignore_errors=True)
        CACHE.mkdir(parents=True, exist_ok=True)
        build(target)
        stamp.touch()
    return target


# ---------------------------------------------------------------------------- virtual environments


def make_venv(target, packages=("ipykernel",), python=None, seed=True):
    """A virtual environment by uv with packages from PyPI."""
    options = ["--seed"] if seed else []
    uv("venv", "-q", *options, "--python", python or sys.executable, target)
    if packages:
        uv("pip", "install", "-q", "--python", python_of(target), *packages)
    return Path(target)


# ---------------------------------------------------------------------------- conda


def make_conda(target, cuda=False, replace=True):
    """A conda prefix made by py-rattler from repacked wheels, with ipykernel. With `replace`, pip
    puts numpy 1.26.4 over conda's 1.24.4; with `cuda`, there is a cudatoolkit of empty libraries.
    """
    import asyncio

    target = Path(target)
    version = next((v for v in CONDA_PYTHONS if has_python(v)), None)
    if version is None:
        raise RuntimeError(f"no Python of {CONDA_PYTHONS} here")
    uv("venv", "-q", "--seed", "--python", version, target)
    work = target.parent / (target.name + ".channel")
    shutil.rmtree(work, ignore_errors=True)
    channel = work / "conda-forge"
    python = python_of(target)
    tree = work / "tree"
    uv("pip", "install", "-q", "--python", python, "--target", tree, "numpy==1.24.4", "ipykernel")
    specs = repack(tree, channel, version)
    files = {"share/doc/python.txt": b""}
    conda_package(channel, "python", f"{version}.7", "h123_0_cpython", files)
    if cuda:
        files = {}
        for lib, full in (("libcudart.so.11.0", "libcudart.so.11.8.89"),
                          ("libcublas.so.11", "libcublas.so.11.11.3.6")):  # fmt: skip
            files["lib/" + full] = b"\x7fELF"
            files["lib/" + lib] = full
        conda_package(channel, "cudatoolkit", "11.8.0", "h6a678d5_0", files)
        specs.append("cudatoolkit")
    asyncio.run(install_conda(channel, [*specs, "python"], target, work / "pkgs"))
    # py-rattler leaves the history empty, conda does not.
    (target / "conda-meta" / "history").write_text(
        "==> 2026-03-01 09:00:00 <==\n# cmd: conda create -n test\n+defaults::python-3.11.7\n"
        "==> 2026-05-02 10:11:12 <==\n# cmd: conda install numpy\n+conda-forge::numpy-1.24.4\n"
    )
    if replace:
        run(python, "-m", "pip", "install", "-q", "--no-deps", "numpy==1.26.4")
    shutil.rmtree(work, ignore_errors=True)
    return target


def has_python(version):
    """Whether uv finds an interpreter of this version on the machine."""
    try:
        uv("python", "find", "--no-python-downloads", version)
        return True
    except RuntimeError:
        return False


async def install_conda(channel, specs, prefix, cache):
    """Solve and link, as conda would; writes conda-meta."""
    import rattler
    from rattler.index import index_fs

    (channel / "noarch").mkdir(parents=True, exist_ok=True)
    await index_fs(channel)
    records = await rattler.solve(
        [rattler.Channel(channel.as_uri())],
        specs,
        platforms=[subdir(), "noarch"],
    )
    await rattler.install(records, prefix, cache_dir=cache, show_progress=False)


def subdir():
    """conda's name of this platform."""
    machine = os.uname().machine
    return {"x86_64": "linux-64", "aarch64": "linux-aarch64"}.get(machine, "linux-64")


def repack(tree, channel, version):
    """Every distribution below `tree` as a conda package; returns their names."""
    names = []
    site = f"lib/python{version}/site-packages"
    for info in sorted(tree.glob("*.dist-info")):
        project, release = info.name[: -len(".dist-info")].split("-", 1)
        files = {}
        for row in (info / "RECORD").read_text().splitlines():
            path = row.rsplit(",", 2)[0].strip('"')
            source = tree / path
            skip = path.startswith(("..", "bin/")) or path.endswith(".pyc")
            if skip or not source.is_file():
                continue
            data = path.startswith(("share/", "etc/"))
            files[path if data else f"{site}/{path}"] = source.read_bytes()
        files[f"{site}/{info.name}/INSTALLER"] = b"conda\n"
        name = project.lower().replace("_", "-")
        build = "py" + version.replace(".", "") + "h123_0"
        conda_package(channel, name, release, build, files, depends=[f"python {version}.*"])
        names.append(name)
    return names


def conda_package(channel, name, version, build, files, depends=()):
    """One .tar.bz2 conda package. files: path in the prefix -> bytes, or a link's target."""
    index = {
        "name": name, "version": version, "build": build, "build_number": 0,
        "depends": list(depends), "subdir": subdir(), "arch": "x86_64", "platform": "linux",
        "license": "BSD", "timestamp": 1700000000000,
    }  # fmt: skip
    paths = []
    for path, content in sorted(files.items()):
        link = isinstance(content, str)
        data = b"" if link else content
        paths.append({
            "_path": path, "path_type": "softlink" if link else "hardlink",
            "sha256": hashlib.sha256(data).hexdigest(), "size_in_bytes": len(data),
        })  # fmt: skip
    folder = channel / subdir()
    folder.mkdir(parents=True, exist_ok=True)
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as archive:
        def add(path, content):
            """A file or a link of the archive."""
            item = tarfile.TarInfo(path)
            item.mode = 0o755 if path.startswith("bin/") else 0o644
            if isinstance(content, str):
                item.type = tarfile.SYMTYPE
                item.linkname = content
                archive.addfile(item)
            else:
                item.size = len(content)
                archive.addfile(item, io.BytesIO(content))

        add("info/index.json", json.dumps(index).encode())
        add("info/paths.json", json.dumps({"paths": paths, "paths_version": 1}).encode())
        add("info/files", "".join(path + "\n" for path in sorted(files)).encode())
        for path, content in sorted(files.items()):
            add(path, content)
    data = bz2.compress(raw.getvalue(), 1)
    (folder / f"{name}-{version}-{build}.tar.bz2").write_bytes(data)


# ---------------------------------------------------------------------------- NVML


def make_nvml(target):
    """Compile tests/fake_nvml/nvml.c: libnvidia-ml.so.1, and one of an old driver in `old`."""
    target = Path(target)
    for folder, flags in ((target, ()), (target / "old", ("-DOLD",))):
        folder.mkdir(parents=True, exist_ok=True)
        library = folder / "libnvidia-ml.so.1"
        source = HERE / "fake_nvml" / "nvml.c"
        run("gcc", "-shared", "-fPIC", "-O1", "-D_GNU_SOURCE", *flags, "-o", library, source)
    return target


# ---------------------------------------------------------------------------- stub distributions


def stub(site, project, version, files=None, requires=(), installer="pip", package=None):
    """A distribution of only the files that describe it. files: path in site-packages -> text or
    bytes; `package` gets an empty __init__.py."""
    site = site_of(site)
    site.mkdir(parents=True, exist_ok=True)
    info = site / f"{project.replace('-', '_')}-{version}.dist-info"
    info.mkdir(exist_ok=True)
    head = [f"Name: {project}", f"Version: {version}", "Requires-Python: >=3.8"]
    head += [f"Requires-Dist: {line}" for line in requires]
    body = "\n\nA description.\nVersion: 0 is not a header here.\n"
    (info / "METADATA").write_text("Metadata-Version: 2.1\n" + "\n".join(head) + body)
    (info / "INSTALLER").write_text(installer + "\n")
    contents = dict(files or {})
    if package:
        contents.setdefault(f"{package}/__init__.py", "raise ImportError('a stub')\n")
    for path, content in contents.items():
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    rows = [f"{path},," for path in [*contents, f"{info.name}/METADATA", f"{info.name}/INSTALLER"]]
    (info / "RECORD").write_text("\n".join([*rows, f"{info.name}/RECORD,,"]) + "\n")
    return info


def torch_version_py(version, cuda=None, hip=None):
    """torch/version.py as PyTorch's build writes it."""
    return (
        "from typing import Optional\n\n"
        "__all__ = ['__version__', 'debug', 'cuda', 'git_version', 'hip', 'rocm', 'xpu']\n"
        f"__version__ = {version!r}\ndebug = False\ncuda: Optional[str] = {cuda!r}\n"
        f"git_version = '0' * 40\nhip: Optional[str] = {hip!r}\nrocm: Optional[str] = {hip!r}\n"
        "xpu: Optional[str] = None\n"
    )


def stub_torch(site, version="2.3.1+cu121", cuda="12.1", hip=None):
    """A CUDA build of PyTorch with its flags string."""
    flags = b"\0".join([b"sm_version", b"sm_50 sm_60 sm_70 sm_75 sm_80 sm_86 sm_90", b""])
    files = {
        "torch/version.py": torch_version_py(version, cuda, hip),
        "torch/lib/libtorch_python.so": b"\x7fELF" + b"\0" * 100 + flags,
    }
    if cuda:
        files["torch/lib/libcudart-d0da41ae.so.11.0"] = b"\x7fELF"
    requires = ["filelock", f"nvidia-cuda-runtime-cu12==12.1.105 ; {LINUX_ONLY}"] if cuda else []
    # The default index writes the version into METADATA without its local label.
    return stub(site, "torch", version.partition("+")[0], files, requires, package="torch")


LINUX_ONLY = 'platform_system == "Linux" and platform_machine == "x86_64"'


def stub_torch_cpu(site, version="2.3.1+cpu"):
    """A CPU build of PyTorch."""
    return stub(site, "torch", version, {"torch/version.py": torch_version_py(version)},
                package="torch")  # fmt: skip


def stub_torch_rocm(site):
    """A ROCm build of PyTorch."""
    return stub_torch(site, "2.3.1+rocm6.0", None, "6.0.32830")


def stub_torchvision(site, version="0.18.1+cu121"):
    """torchvision, whose version.py asks the extension for its CUDA version."""
    text = (
        f"__version__ = {version!r}\ngit_version = ''\n"
        "from torchvision.extension import _check_cuda_version\n"
        "if _check_cuda_version() > 0:\n    cuda = _check_cuda_version()\n"
    )
    return stub(site, "torchvision", version, {"torchvision/version.py": text},
                [f"torch=={'2.3.1'}"], package="torchvision")  # fmt: skip


BUILD_INFO = '''# Auto-generated module providing information about the build.
import collections

build_info = collections.OrderedDict({items})
'''


def tf_header(version):
    """The C header with TensorFlow's version."""
    major, minor, patch = version.split(".")
    return (
        f"#define TF_MAJOR_VERSION {major}\n#define TF_MINOR_VERSION {minor}\n"
        f'#define TF_PATCH_VERSION {patch}\n#define TF_VERSION_SUFFIX ""\n'
    )


def stub_tensorflow(site, version="2.15.1", project="tensorflow", items=None):
    """TensorFlow with CUDA: build_info is an OrderedDict."""
    if items is None:
        items = [
            ("cpu_compiler", "/usr/lib/llvm-16/bin/clang"),
            ("cuda_compute_capabilities", ["sm_50", "sm_60", "sm_70", "sm_80", "compute_90"]),
            ("cuda_version", "12.2"), ("cudnn_version", "8"), ("is_cuda_build", True),
            ("is_rocm_build", False), ("is_tensorrt_build", True),
        ]  # fmt: skip
    header = "tensorflow/include/tensorflow/core/public/version.h"
    files = {
        "tensorflow/python/platform/build_info.py": BUILD_INFO.format(items=items),
        header: tf_header(version),
    }
    return stub(site, project, version, files, ["numpy<2.0.0,>=1.23.5"], package="tensorflow")


def stub_tensorflow_cpu(site, version="2.15.1"):
    """TensorFlow without CUDA."""
    items = [("is_cuda_build", False), ("is_rocm_build", False), ("is_tensorrt_build", False)]
    return stub_tensorflow(site, version, "tensorflow-cpu", items)


def stub_tensorflow_old(site, version="2.0.0"):
    """An old conda-like build: build_info.py holds plain assignments."""
    text = "is_rocm_build = False\nis_cuda_build = True\nmsvcp_dll_name = ''\n"
    text += "cuda_version_number = '10.0'\ncudnn_version_number = '7'\n"
    files = {"tensorflow/python/platform/build_info.py": text}
    return stub(site, "tensorflow-gpu", version, files, package="tensorflow")


def stub_jax(site):
    """JAX with the CUDA 12 plugin."""
    version = "_version = '0.4.30'\n__version__ = _get_version_string()\n"
    stub(site, "jax", "0.4.30", {"jax/version.py": version}, ["jaxlib<=0.4.30"], package="jax")
    lib = {"jaxlib/version.py": "__version__ = '0.4.30'\n"}
    stub(site, "jaxlib", "0.4.30", lib, package="jaxlib")
    stub(site, "jax-cuda12-plugin", "0.4.30", package="jax_cuda12_plugin")
    return stub(site, "jax-cuda12-pjrt", "0.4.30")


def stub_jax_old(site):
    """JAX of the time when jaxlib brought CUDA itself."""
    stub(site, "jax", "0.4.13", {"jax/version.py": "__version__ = '0.4.13'\n"}, package="jax")
    lib = {"jaxlib/version.py": "__version__ = '0.4.13'\n"}
    return stub(site, "jaxlib", "0.4.13+cuda12.cudnn89", lib, package="jaxlib")


def stub_cupy(site):
    """CuPy for CUDA 12."""
    files = {"cupy/_version.py": "__version__ = '13.2.0'\n"}
    return stub(site, "cupy-cuda12x", "13.2.0", files, package="cupy")


def stub_xformers(site):
    """xformers with the description of what it was compiled for."""
    info = {
        "version": {"cuda": 1201, "hip": None, "torch": "2.3.0+cu121", "python": "3.10.14"},
        "env": {"TORCH_CUDA_ARCH_LIST": "6.0+PTX 7.0 8.0 9.0a"},
    }
    files = {
        "xformers/version.py": "__version__ = '0.0.26.post1'\n",
        "xformers/cpp_lib.json": json.dumps(info),
    }
    return stub(site, "xformers", "0.0.26.post1", files, ["torch==2.3.0"], package="xformers")


def stub_onnxruntime(site):
    """ONNX Runtime for GPUs."""
    text = "package_name = 'onnxruntime-gpu'\n__version__ = '1.18.0'\ncuda_version = '12.2'\n"
    files = {"onnxruntime/capi/build_and_package_info.py": text}
    return stub(site, "onnxruntime-gpu", "1.18.0", files, package="onnxruntime")


def stub_nvidia_cu12(site):
    """CUDA libraries as wheels of CUDA 12: one folder each."""
    for name, folder, lib, version in (
        ("cuda-runtime", "cuda_runtime", "libcudart.so.12", "12.1.105"),
        ("cublas", "cublas", "libcublas.so.12", "12.1.3.1"),
        ("cudnn", "cudnn", "libcudnn.so.8", "8.9.2.26"),
        ("nccl", "nccl", "libnccl.so.2", "2.20.5"),
    ):
        files = {f"nvidia/{folder}/lib/{lib}": b"\x7fELF"}
        if name == "cudnn":
            files["nvidia/cudnn/lib/libcudnn_ops_infer.so.8"] = b"\x7fELF"
        info = stub(site, f"nvidia-{name}-cu12", version, files)
    return info


def stub_nvidia_cu13(site):
    """CUDA libraries as wheels of CUDA 13: one folder for most, no suffix."""
    for name, lib, version in (
        ("nvidia-cuda-runtime", "libcudart.so.13", "13.0.96"),
        ("nvidia-cublas", "libcublas.so.13", "13.1.0.3"),
    ):
        stub(site, name, version, {f"nvidia/cu13/lib/{lib}": b"\x7fELF"})
    files = {"nvidia/cudnn/lib/libcudnn.so.9": b"\x7fELF"}
    return stub(site, "nvidia-cudnn-cu13", "9.13.0.50", files)


STUBS = {
    "torch": stub_torch, "torch-cpu": stub_torch_cpu, "torch-rocm": stub_torch_rocm,
    "torchvision": stub_torchvision, "tensorflow": stub_tensorflow,
    "tensorflow-cpu": stub_tensorflow_cpu, "tensorflow-old": stub_tensorflow_old,
    "jax": stub_jax, "jax-old": stub_jax_old, "cupy": stub_cupy, "xformers": stub_xformers,
    "onnxruntime": stub_onnxruntime, "nvidia-cu12": stub_nvidia_cu12,
    "nvidia-cu13": stub_nvidia_cu13,
}  # fmt: skip


def main(arguments):
    """The command line of the doc comment above."""
    what, place, *rest = arguments if len(arguments) > 1 else ("", "")
    if what == "conda":
        print(make_conda(place))
    elif what == "venv":
        print(make_venv(place, ["ipykernel", *rest]))
    elif what == "nvml":
        print(make_nvml(place))
    elif what.startswith("stub-") and what[5:] in STUBS:
        print(STUBS[what[5:]](place))
    else:
        print(__doc__ + "\nSTUBS: " + " ".join(STUBS), file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
