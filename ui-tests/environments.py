"""Builds the kernels of the UI tests in .cache/ui: real environments of tests/envs.py, one kernelspec each.

What is there already is kept; delete .cache/ui to start anew. `environments.py reset NAME` gives an environment
of the guard's tests back its first state.
"""

import json
import os
import shutil
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import envs
import frameworks

CACHE = ROOT / ".cache" / "ui"
ENVIRONMENTS = CACHE / "envs"
KERNELS = CACHE / "jupyter" / "kernels"
NVML = CACHE / "nvml"

TWO_GPUS = "NVIDIA L4|8.9|23034|12390|31|0;NVIDIA L4|8.9|23034|560|0|0"


def gpus(driver="535.104.05", cuda="12020", devices=TWO_GPUS, processes=""):
    """Variables that make the fake NVML answer like this driver with these GPUs."""
    return {
        "LD_LIBRARY_PATH": str(NVML),
        "FAKE_NVML_DRIVER": driver,
        "FAKE_NVML_CUDA": cuda,
        "FAKE_NVML_GPUS": devices,
        "FAKE_NVML_PROCESSES": processes,
    }


def kernel(name, display, python, env=None, argv=None):
    """Write a kernelspec."""
    folder = KERNELS / name
    folder.mkdir(parents=True, exist_ok=True)
    spec = {
        "argv": argv or [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": display,
        "language": "python",
        "env": env or {},
    }
    (folder / "kernel.json").write_text(json.dumps(spec, indent=1))


def venv(name, *stubs):
    """A virtual environment with ipykernel and stub distributions; its interpreter."""
    target = ENVIRONMENTS / name

    def build():
        envs.make_venv(target)
        for stub in stubs:
            stub(target)

    return once(target, build)


def once(target, build):
    """Build an environment unless it is there whole; its interpreter."""
    stamp = target.with_suffix(".done")
    if not stamp.exists():
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        build()
        stamp.touch()
    return envs.python_of(target)


def guarded(name, display, build, env=None):
    """An environment that tests change, with its kernel: what it was at first is kept beside it."""
    first = ENVIRONMENTS / f"{name}.first"

    def make():
        build(ENVIRONMENTS / name)
        shutil.rmtree(first, ignore_errors=True)
        (ENVIRONMENTS / name).rename(first)
        reset(name)

    kernel(name, display, once(ENVIRONMENTS / name, make), env)


def reset(name):
    """The first state of an environment again. Hard links will do: pip writes new files, it changes none."""
    target = ENVIRONMENTS / name
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(ENVIRONMENTS / f"{name}.first", target, symlinks=True, copy_function=os.link)


def numpy_1(target):
    """NumPy 1 under a pandas that was built for it."""
    envs.make_venv(target, ("ipykernel", "numpy==1.26.4", "pandas==2.1.4"))


def conda_tensorflow(target):
    """S0a: TensorFlow, NumPy and absl-py by conda; TensorFlow's metadata ask for newer ones."""
    envs.make_conda(target, replace=False)
    site = envs.site_of(target)
    envs.stub_tensorflow(site, "2.7.0", items=[("is_cuda_build", True), ("cuda_version", "11.2")])
    metadata = site / "tensorflow-2.7.0.dist-info" / "METADATA"
    asks = "Requires-Dist: numpy<2,>=1.25\nRequires-Dist: absl-py>=1.0"
    metadata.write_text(metadata.read_text().replace("Requires-Dist: numpy<2.0.0,>=1.23.5", asks))
    info = envs.stub(site, "absl-py", "0.15.0", {"absl/__init__.py": ""}, [], installer="conda")
    inside = site.relative_to(target)
    record = {
        "name": "absl-py", "version": "0.15.0", "build": "py311_0", "build_number": 0, "depends": [],
        "channel": "conda-forge", "files": [f"{inside}/{info.name}/METADATA", f"{inside}/absl/__init__.py"],
    }  # fmt: skip
    (target / "conda-meta" / "absl-py-0.15.0-py311_0.json").write_text(json.dumps(record))


def opencv(target):
    """An OpenCV whose folder a twin would overwrite."""
    envs.make_venv(target)
    envs.stub(envs.site_of(target), "opencv-python", "4.11.0.86", {"cv2/__init__.py": ""}, [])


def tensorflow_29(target):
    """S2a: an image with TensorFlow 2.9 for CUDA 11.2."""
    items = [("is_cuda_build", True), ("cuda_version", "11.2"), ("cudnn_version", "8")]
    envs.stub_tensorflow(envs.site_of(target), "2.9.3", items=items)


def hugging_face(target):
    """S2b: transformers with the hub it was made for."""
    site = envs.site_of(target)
    hub = "huggingface-hub<1.0,>=0.19.3"
    envs.stub(site, "transformers", "4.40.2", {}, [hub, "tokenizers<0.20,>=0.19"], package="transformers")
    envs.stub(site, "tokenizers", "0.19.1", {}, ["huggingface-hub<1.0,>=0.16.4"], package="tokenizers")
    envs.stub(site, "huggingface-hub", "0.23.5", {}, [], package="huggingface_hub")
    envs.stub(site, "torch", "2.3.1", {}, [], package="torch")


def mmdetection(target):
    """S3d: mmdet with the mmcv it needs, and a PyTorch that must stay."""
    envs.make_venv(target)
    site = envs.site_of(target)
    envs.stub_torch_cpu(site, "2.3.1")
    envs.stub(site, "torchvision", "0.18.1", {}, ["torch==2.3.1"], package="torchvision")
    envs.stub(site, "mmcv", "2.1.0", {}, [], package="mmcv")
    envs.stub(site, "mmdet", "3.3.0", {}, ["mmcv<2.2.0,>=2.0.0rc4"], package="mmdet")


def plain_venv(*stubs):
    """How to build a virtual environment with these stubs."""

    def build(target):
        envs.make_venv(target)
        for one in stubs:
            one(target)

    return build


def stand_in(folder, name, version, files=None, requires=()):
    """A wheel that stands for a large one: its metadata, and no more files than are looked at."""
    stem = f"{name.replace('-', '_')}-{version}"
    lines = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {one}" for one in requires)]
    content = {
        **(files or {}),
        f"{stem}.dist-info/METADATA": "Metadata-Version: 2.1\n" + "\n".join(lines) + "\n",
        f"{stem}.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = f"{stem}.dist-info/RECORD"
    content[record] = "".join(f"{one},,\n" for one in [*content, record])
    with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as archive:
        for path, text in content.items():
            archive.writestr(path, text)


def stand_ins():
    """A folder of wheels that is the whole index of the kernels of S2a, S2b, S3c and S3d after an install."""
    folder = CACHE / "wheels"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    torch = {"torch/__init__.py": "raise ImportError('a stub')\n"}
    cuda = {**torch, "torch/version.py": envs.torch_version_py("2.8.0+cu128", "12.8", None)}
    cublas = "nvidia-cublas-cu12==12.8.4.1"
    stand_in(folder, "torch", "2.8.0", cuda, [cublas])
    stand_in(folder, "torch", "2.3.0", {**torch, "torch/version.py": envs.torch_version_py("2.3.0+cpu")})
    stand_in(folder, "nvidia-cublas-cu12", "12.8.4.1", {"nvidia/cublas/lib/libcublas.so.12": "\x7fELF"})
    stand_in(folder, "sentence-transformers", "5.1.2", {}, ["torch>=1.11.0", "huggingface-hub>=1.0.0"])
    stand_in(folder, "huggingface-hub", "1.0.0", {"huggingface_hub/__init__.py": ""})
    stand_in(folder, "xformers", "0.0.26.post1", {"xformers/__init__.py": ""}, ["torch==2.3.0"])
    stand_in(folder, "mmcv", "2.2.0", {"mmcv/__init__.py": ""})
    stand_in(folder, "ftfy", "6.3.1", {"ftfy/__init__.py": ""}, ["wcwidth"])
    stand_in(folder, "tqdm", "4.67.1", {"tqdm/__init__.py": ""})
    return folder


def torch_117(site):
    """PyTorch for CUDA 11.7, with the wheels it asks for left out of its metadata."""
    files = {"torch/version.py": envs.torch_version_py("2.0.1+cu117", "11.7", None)}
    envs.stub(envs.site_of(site), "torch", "2.0.1", files, [], package="torch")


def torch_130(site):
    """PyTorch for CUDA 13."""
    files = {"torch/version.py": envs.torch_version_py("2.11.0+cu130", "13.0", None)}
    envs.stub(envs.site_of(site), "torch", "2.11.0", files, [], package="torch")


def gpu_test(target):
    """S3c: imitated frameworks that the GPU test can run. The tables say that this PyTorch cannot work on driver 535; cells
    can have it do something at import by the variable FAKE_TORCH."""
    site = envs.site_of(target)
    torch_130(site)
    build = envs.BUILD_INFO.format(items=[("is_cuda_build", False), ("is_rocm_build", False)])
    envs.stub(site, "tensorflow-cpu", "2.15.1", {"tensorflow/python/platform/build_info.py": build}, [])
    head = "import os, time; time.sleep(1.5); exec(os.environ.get('FAKE_TORCH', ''))"
    devices = [("NVIDIA L4", 8, 9, 23034 << 20)] * 2
    frameworks.fake(site, "torch", devices, "2.11.0+cu130", head, cuda="13.0", cudnn=91300)
    frameworks.fake(site, "tensorflow", (), "2.15.1")


def protobuf(site, version):
    """A stub of protobuf."""
    files = {"protobuf/__init__.py": ""}
    envs.stub(site, "protobuf", version, files, [], package="protobuf")


def system_interpreter():
    """An interpreter outside any environment, and its home: the real standard library, our own site-packages."""
    where = "import os, sys, sysconfig; print(os.path.realpath(sys.executable), sysconfig.get_path('stdlib'))"
    base, stdlib = envs.run(venv("plain"), "-c", where).split()
    home = CACHE / "system"
    if not home.with_suffix(".done").exists():
        shutil.rmtree(home, ignore_errors=True)
        lib = home / "lib" / Path(stdlib).name
        lib.mkdir(parents=True)
        for entry in Path(stdlib).iterdir():
            if entry.name not in ("site-packages", "dist-packages"):
                (lib / entry.name).symlink_to(entry)
        site = lib / "site-packages"
        # Debian's Python has another name for it.
        (lib / "dist-packages").symlink_to(site.name)
        envs.uv("pip", "install", "-q", "--python", base, "--target", site, "ipykernel")
        protobuf(site, "4.25.3")
        envs.stub_torch_cpu(site)
        home.with_suffix(".done").touch()
    return base, home


def hostile(site):
    """Distributions with names and metadata that try to be something else."""
    site = envs.site_of(site)
    bad = site / "evil-1.0.dist-info"
    bad.mkdir()
    name = "<img src=x onerror=alert(1)>"
    (bad / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: <script>1\n")
    broken = site / "broken-2.0.dist-info"
    broken.mkdir()
    (broken / "METADATA").write_bytes(b"Metadata-Version: 2.1\nName: br\xff\xfeoken\nVersion: 2.0\n")
    (site / "missing-3.0.dist-info").mkdir()


def main():
    """Build everything."""
    CACHE.mkdir(parents=True, exist_ok=True)
    if not (NVML / "libnvidia-ml.so.1").exists():
        NVML.mkdir(parents=True, exist_ok=True)
        envs.make_nvml(NVML)

    kernel("plain", "Plain venv", venv("plain"))
    conda = once(ENVIRONMENTS / "tf27", lambda: envs.make_conda(ENVIRONMENTS / "tf27"))
    kernel("conda", "Conda, numpy by pip", conda)
    kernel(
        "gpus",
        "Two GPUs, CPU torch",
        venv("cpu-torch", envs.stub_torch_cpu),
        gpus(processes="0:self:5120,0:1:7000"),
    )

    def conda_tf():
        target = ENVIRONMENTS / "conda-tf"
        envs.make_conda(target, cuda=True, replace=False)
        items = [("cuda_version", "11.8"), ("cudnn_version", "8"), ("is_cuda_build", True)]
        envs.stub_tensorflow(envs.site_of(target), "2.14.0", items=items)
        toolkit = CACHE / "cuda-12.4"
        (toolkit / "bin").mkdir(parents=True, exist_ok=True)
        (toolkit / "version.json").write_text('{"cuda": {"version": "12.4.1"}}')

    python = once(ENVIRONMENTS / "conda-tf", conda_tf)
    kernel(
        "cuda-path",
        "S0b: CUDA_PATH elsewhere",
        python,
        {**gpus(), "CUDA_PATH": str(CACHE / "cuda-12.4")},
    )

    def demo():
        target = ENVIRONMENTS / "tf214"
        envs.make_conda(target, cuda=True)
        (target / "lib" / "libcudnn.so.8.7.0").write_bytes(b"\x7fELF")
        (target / "lib" / "libcudnn.so.8").symlink_to("libcudnn.so.8.7.0")
        items = [("cuda_version", "11.8"), ("cudnn_version", "8"), ("is_cuda_build", True)]
        site = envs.site_of(target)
        envs.stub_tensorflow(site, "2.14.0", items=items)
        envs.stub(site, "torch", "2.3.1", {
            "torch/version.py": envs.torch_version_py("2.3.1+cu118", "11.8", None)}, [], package="torch")  # fmt: skip

    # The kernel of the pictures: a bit of everything.
    python = once(ENVIRONMENTS / "tf214", demo)
    kernel(
        "demo",
        "Python 3.11 (tf214)",
        python,
        {
            **gpus(processes="0:self:5120,0:1:7000"),
            "LD_LIBRARY_PATH": f"{NVML}:{ENVIRONMENTS / 'tf214' / 'lib'}",
            "CUDA_PATH": str(CACHE / "cuda-12.4"),
        },
    )

    def twins():
        target = ENVIRONMENTS / "twins"
        envs.make_venv(target)
        envs.stub_tensorflow(envs.site_of(target), "2.10.0")
        envs.stub_tensorflow(envs.site_of(target), "2.10.0", "tensorflow-gpu")

    kernel("twins", "S1a: two TensorFlows", once(ENVIRONMENTS / "twins", twins))

    base, home = system_interpreter()
    kernel("system", "S1c: system Python", base, {"PYTHONHOME": str(home)})
    # What the user once installed with --user goes before what the interpreter has.
    user = CACHE / "user"
    user_site = user / "lib" / envs.site_of(home).parent.name / "site-packages"
    if not user_site.exists():
        user_site.mkdir(parents=True)
        protobuf(user_site, "3.20.3")
    kernel(
        "user-site",
        "S4b: user site wins",
        base,
        {"PYTHONHOME": str(home), "PYTHONUSERBASE": str(user)},
    )

    kernel(
        "cuda-117",
        "S3a: CUDA 11.7 under 12.2",
        venv("torch-117", torch_117),
        gpus(devices="NVIDIA GeForce GTX 1080 Ti|6.1|11264|300|0|0"),
    )
    kernel("cuda-130", "CUDA 13 on driver 535", venv("torch-130", torch_130), gpus())
    python = venv("shadowed", lambda site: protobuf(envs.site_of(site), "4.25.3"))
    path = CACHE / "pythonpath"
    if not path.exists():
        path.mkdir()
        protobuf(path, "3.20.3")
    kernel("pythonpath", "S4b: PYTHONPATH wins", python, {"PYTHONPATH": str(path)})

    def libraries():
        target = ENVIRONMENTS / "ld-path"
        envs.make_venv(target)
        site = envs.site_of(target)
        envs.stub_torch(site)
        envs.stub_nvidia_cu12(site)
        other = CACHE / "cuda-12.4-lib"
        other.mkdir(parents=True, exist_ok=True)
        (other / "libcudart.so.12.4.127").write_bytes(b"\x7fELF")
        (other / "libcudart.so.12").unlink(missing_ok=True)
        (other / "libcudart.so.12").symlink_to("libcudart.so.12.4.127")

    python = once(ENVIRONMENTS / "ld-path", libraries)
    path = f"{NVML}:{CACHE / 'cuda-12.4-lib'}"
    kernel("ld-path", "S4c: LD_LIBRARY_PATH wins", python, {**gpus(), "LD_LIBRARY_PATH": path})
    kernel("hostile", "Hostile names", venv("hostile", hostile))
    kernel(
        "hung",
        "Hung NVML",
        venv("cpu-torch"),
        {**gpus(), "FAKE_NVML_MODE": "hang", "GPU_DOCTOR_NVML_TIMEOUT": "1"},
    )
    noisy = (
        "import sys; print('hello from start-up'); sys.argv=['k','-f',sys.argv[-1]];"
        "from ipykernel import kernelapp; kernelapp.launch_new_instance()"
    )
    kernel("noisy", "Prints at start-up", None, argv=[
        str(venv("plain")), "-c", noisy, "-f", "{connection_file}"])  # fmt: skip
    kernel("bash", "Bash", None, argv=[
        sys.executable, "-m", "bash_kernel", "-f", "{connection_file}"])  # fmt: skip
    kernel(
        "guard-numpy",
        "Guard: numpy 1",
        once(ENVIRONMENTS / "guard-numpy", lambda: numpy_1(ENVIRONMENTS / "guard-numpy")),
    )
    # The same, for the tests that change it.
    guarded("guard-change", "Guard: numpy 1, changed", numpy_1)
    guarded("guard-conda", "Guard: conda", conda_tensorflow)
    guarded("guard-opencv", "Guard: OpenCV", opencv)
    # What this machine adds to the index (such as a PyTorch without CUDA) must not be found.
    plain_index = {"PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": "", "PIP_EXTRA_INDEX_URL": ""}
    kernel(
        "guard-tf29",
        "S2a: TensorFlow 2.9",
        venv("guard-tf29", tensorflow_29),
        {**gpus("470.182.03", "11040"), **plain_index},
    )
    kernel("guard-hf", "S2b: transformers", venv("guard-hf", hugging_face), plain_index)
    guarded("guard-mmdet", "S3d: mmdet", mmdetection)
    kernel("gpu-test", "S3c: the GPU test", venv("gpu-test", gpu_test), gpus())
    # What comes after an install: real wheels for the mechanics, stand-ins for what would be gigabytes.
    guarded("after-numpy", "After: numpy 1", numpy_1)
    only = {**plain_index, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(stand_ins())}
    guarded(
        "after-tf29",
        "S2a after: TensorFlow 2.9",
        plain_venv(tensorflow_29),
        {**gpus("470.182.03", "11040"), **only},
    )
    guarded("after-hf", "S2b after: transformers", plain_venv(hugging_face), only)
    guarded("after-mmdet", "S3d after: mmdet", mmdetection, only)
    spec = KERNELS / "bash" / "kernel.json"
    spec.write_text(spec.read_text().replace('"language": "python"', '"language": "bash"'))


if __name__ == "__main__":
    if sys.argv[1:2] == ["reset"]:
        reset(sys.argv[2])
    else:
        main()
