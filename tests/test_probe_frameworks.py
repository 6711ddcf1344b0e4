"""Frameworks by their files, without an import (every stub raises when it is imported)."""

import sys

import envs
import pytest
from probing import by_name, run_probe


def frameworks(site, **variables):
    """The frameworks section for a folder on PYTHONPATH."""
    facts = run_probe(sys.executable, "-s", PYTHONPATH=site, **variables)
    assert facts["problems"] == []
    return facts["frameworks"]


def brief(row, *keys):
    """Some values of a row."""
    return tuple(row[key] for key in keys)


def test_torch_with_cuda(site):
    envs.stub_torch(site)
    row = by_name(frameworks(site), "torch")
    assert row == {
        "name": "torch", "distribution": "torch", "version": "2.3.1+cu121",
        "metadata_version": "2.3.1", "local": "cu121", "backend": "cuda", "gpu_build": True,
        "cuda": "12.1", "cudnn": None, "hip": None,
        # Run as a script, the probe reads costly facts as well.
        "archs": ["sm_50", "sm_60", "sm_70", "sm_75", "sm_80", "sm_86", "sm_90"],
        "location": str(site / "torch"), "source": "torch/version.py", "built_torch": None,
    }  # fmt: skip


def test_in_a_kernel_architectures_are_not_read(site, probe, monkeypatch):
    envs.stub_torch(site)
    monkeypatch.setattr(sys, "path", [str(site), *sys.path])
    assert by_name(probe["collect"]()["frameworks"], "torch")["archs"] is None


def test_a_build_without_a_flags_string_is_no_problem(site, nvml):
    (envs.stub_torch(site).parent / "torch" / "lib" / "libtorch_python.so").unlink()
    assert by_name(frameworks(site, LD_LIBRARY_PATH=nvml), "torch")["archs"] is None


@pytest.mark.parametrize(
    ("make", "wanted"),
    [
        (envs.stub_torch_cpu, ("2.3.1+cpu", "cpu", "cpu", False, None, None)),
        (envs.stub_torch_rocm, ("2.3.1+rocm6.0", "rocm6.0", "rocm", True, None, "6.0.32830")),
    ],
)
def test_other_builds_of_torch(site, make, wanted):
    make(site)
    row = by_name(frameworks(site), "torch")
    assert brief(row, "version", "local", "backend", "gpu_build", "cuda", "hip") == wanted


def test_torchvision(site):
    envs.stub_torchvision(site)
    row = by_name(frameworks(site), "torchvision")
    assert brief(row, "version", "backend", "cuda") == ("0.18.1+cu121", "cuda", "12.1")


def test_tensorflow(site):
    envs.stub_tensorflow(site)
    row = by_name(frameworks(site), "tensorflow")
    keys = ("version", "backend", "cuda", "cudnn", "archs", "source")
    assert brief(row, *keys) == (
        "2.15.1", "cuda", "12.2", "8", ["sm_50", "sm_60", "sm_70", "sm_80", "compute_90"],
        "tensorflow/python/platform/build_info.py",
    )  # fmt: skip


def test_tensorflow_without_cuda(site):
    envs.stub_tensorflow_cpu(site)
    row = by_name(frameworks(site), "tensorflow")
    keys = ("distribution", "version", "backend", "gpu_build", "cuda")
    assert brief(row, *keys) == ("tensorflow-cpu", "2.15.1", "cpu", False, None)


def test_old_tensorflow(site):
    envs.stub_tensorflow_old(site)
    row = by_name(frameworks(site), "tensorflow")
    keys = ("distribution", "version", "backend", "cuda", "cudnn")
    assert brief(row, *keys) == ("tensorflow-gpu", "2.0.0", "cuda", "10.0", "7")


def test_two_tensorflows(site):
    """The files are those of the one written last; its version says which."""
    envs.stub_tensorflow(site, "2.12.0")
    envs.stub_tensorflow_cpu(site, "2.15.1")
    row = by_name(frameworks(site), "tensorflow")
    assert brief(row, "distribution", "version", "backend") == ("tensorflow-cpu", "2.15.1", "cpu")


def test_jax(site):
    envs.stub_jax(site)
    rows = frameworks(site)
    assert brief(by_name(rows, "jax"), "version", "backend", "cuda") == ("0.4.30", "cuda", "12")
    assert brief(by_name(rows, "jaxlib"), "version", "backend") == ("0.4.30", "cuda")


def test_old_jax(site):
    envs.stub_jax_old(site)
    rows = frameworks(site)
    assert brief(by_name(rows, "jax"), "backend", "cuda", "cudnn") == ("cuda", "12", "8.9")
    keys = ("version", "metadata_version", "local")
    wanted = ("0.4.13", "0.4.13+cuda12.cudnn89", "cuda12.cudnn89")
    assert brief(by_name(rows, "jaxlib"), *keys) == wanted


def test_jax_on_the_cpu(site):
    lib = {"jaxlib/version.py": "__version__ = '0.4.30'\n"}
    envs.stub(site, "jaxlib", "0.4.30", lib, package="jaxlib")
    assert by_name(frameworks(site), "jaxlib")["gpu_build"] is False


def test_cupy_xformers_onnxruntime(site):
    envs.stub_cupy(site)
    envs.stub_xformers(site)
    envs.stub_onnxruntime(site)
    rows = frameworks(site)
    keys = ("distribution", "version", "backend", "cuda")
    assert brief(by_name(rows, "cupy"), *keys) == ("cupy-cuda12x", "13.2.0", "cuda", "12")
    xformers = by_name(rows, "xformers")
    assert brief(xformers, *keys) == ("xformers", "0.0.26.post1", "cuda", "12.1")
    assert xformers["archs"] == ["sm_60", "compute_60", "sm_70", "sm_80", "sm_90a"]
    assert xformers["built_torch"] == "2.3.0+cu121"
    wanted = ("onnxruntime-gpu", "1.18.0", "cuda", "12.2")
    assert brief(by_name(rows, "onnxruntime"), *keys) == wanted


def test_the_one_that_python_would_import(site, tmp_path):
    second = tmp_path / "second" / "site-packages"
    envs.stub_torch(site)
    envs.stub_torch_cpu(second)
    row = by_name(frameworks(f"{second}:{site}"), "torch")
    assert brief(row, "location", "version") == (str(second / "torch"), "2.3.1+cpu")


def test_metadata_without_files(site):
    envs.stub(site, "torch", "2.3.1+cu118")
    row = by_name(frameworks(site), "torch")
    assert brief(row, "version", "backend", "cuda", "location") == (
        "2.3.1+cu118", "cuda", "11.8", None,
    )  # fmt: skip


def test_folder_without_init_is_none(site):
    (site / "torch" / "lib").mkdir(parents=True)
    assert frameworks(site) == []


@pytest.mark.parametrize("content", ["cuda = (", "\0", "x" * 200000, "cuda = 12\n__version__ = 3"])
def test_version_files_that_are_broken(site, content):
    envs.stub(site, "torch", "2.3.1", {"torch/version.py": content}, package="torch")
    facts = run_probe(sys.executable, "-s", PYTHONPATH=site)
    row = by_name(facts["frameworks"], "torch")
    assert row["version"] == "2.3.1"


@pytest.mark.parametrize(
    ("build", "wanted"),
    [
        ("py3.10_cuda12.1_cudnn8.9.2_0", ("cuda", "12.1", "8.9.2")),
        ("cuda112py39hbeb4ea6_1", ("cuda", "11.2", None)),
        ("cuda126_mkl_py312_h1_300", ("cuda", "12.6", None)),
        ("py3.10_cpu_0", ("cpu", None, None)),
        ("cpu_generic_py310_h1_0", ("cpu", None, None)),
        ("gpu_py39h8236f22_0", ("cuda", None, None)),
        ("py39_0", (None, None, None)),
    ],
)
def test_conda_builds(probe, build, wanted):
    st = probe["State"]()
    st.records = [{
        "name": "tensorflow-base", "version": "2.11.0", "build": build, "python_name": None,
        "dist_info_exists": None,
    }]  # fmt: skip
    fact = {"name": "tensorflow", "backend": None, "cuda": None, "cudnn": None, "source": None}
    probe["from_conda"](st, fact)
    assert brief(fact, "backend", "cuda", "cudnn") == wanted


@pytest.mark.parametrize(
    ("label", "wanted"),
    [
        ("cu121", ("cuda", "12.1")), ("cu92", ("cuda", "9.2")), ("cu130", ("cuda", "13.0")),
        ("pt26cu124", ("cuda", "12.4")), ("cu122torch2.3cxx11abiFALSE", ("cuda", "12.2")),
        ("cpu", ("cpu", None)), ("rocm6.0", ("rocm", None)), ("xpu", ("xpu", None)),
        ("", (None, None)), ("abc", (None, None)),
    ],
)  # fmt: skip
def test_labels(probe, label, wanted):
    fact = {"backend": None, "cuda": None, "cudnn": None, "hip": None}
    probe["from_label"](fact, label)
    assert brief(fact, "backend", "cuda") == wanted
