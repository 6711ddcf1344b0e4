"""Costly facts: read by costly.py on request, and by the probe when it is run as a script."""

import hashlib
import os
import shutil
import subprocess
import sys
import threading

import envs
import pytest
from probing import PROBE, run_probe

COSTLY = PROBE.parent / "costly.py"
ALL = ["shared_files", "needs_glibcxx", "numpy_api", "openmp", "archs"]


@pytest.fixture
def costly():
    """The functions of costly.py in a fresh dict."""
    space = {"__name__": "gpu_doctor"}
    exec(compile(COSTLY.read_text(), "<costly>", "exec"), space)  # noqa: S102
    return space


@pytest.fixture(scope="session")
def wheels():
    """Folder by name -> small real wheels: one built for each NumPy, and one in C++."""
    names = ["bottleneck==1.3.8", "bottleneck==1.4.2", "kiwisolver==1.4.5"]

    def build(target):
        """One folder for each."""
        for name in names:
            command = ("pip", "install", "-q", "--no-deps", "--python-version", "3.11")
            envs.uv(*command, "--only-binary", ":all:", "--target", target / name, name)

    folder = envs.cached("costly", names, build)
    return {name: folder / name for name in names}


def ask(costly, *folders, wanted=ALL, **more):
    """The answer for these folders."""
    return costly["read_costly"]({"wanted": wanted, "path": [str(f) for f in folders], **more})


def digest(content):
    """A hash as RECORD writes it (its form does not matter here)."""
    return "sha256=" + hashlib.sha256(content.encode()).hexdigest()[:20]


def shared_site(site, files):
    """Distributions with these files: {name: {path: content}}; their RECORDs have hashes."""
    for name, contents in files.items():
        info = envs.stub(site, name, "1.0", contents)
        rows = [f'"{p}",{digest(c)},1' if "," in p else f"{p},{digest(c)},1" for p, c in contents.items()]
        (info / "RECORD").write_text("\n".join([*rows, f"{info.name}/RECORD,,", "../../../bin/x,,"]))


# ---------------------------------------------------------------------------- shared files


def test_files_of_two_distributions(costly, site):
    shared_site(site, {
        "opencv-python": {"cv2/__init__.py": "a", "cv2/cv2.abi3.so": "1", "cv2/own.py": "", "cv2/a,b.py": "1"},
        "opencv_python_headless": {"cv2/__init__.py": "a", "cv2/cv2.abi3.so": "2", "cv2/a,b.py": "2"},
        "alone": {"alone.py": "", "cv2/__pycache__/x.cpython-311.pyc": ""},
        "other": {"cv2/__pycache__/x.cpython-311.pyc": "2"},
    })  # fmt: skip
    assert ask(costly, site)["facts"]["shared_files"] == [{
        "distributions": ["opencv-python", "opencv-python-headless"], "count": 3,
        "files": ["cv2/cv2.abi3.so", "cv2/a,b.py", "cv2/__init__.py"],
    }]  # fmt: skip


def test_equal_files_of_a_namespace_are_nothing(costly, site):
    shared_site(site, {
        name: {"nvidia/__init__.py": "", f"nvidia/{name}/x.py": ""} for name in ("cublas", "cudnn", "nccl")
    })  # fmt: skip
    assert ask(costly, site)["facts"]["shared_files"] == []


def test_files_without_a_hash_count(costly, site):
    envs.stub(site, "onnxruntime", "1.17.0", package="onnxruntime")
    envs.stub(site, "onnxruntime-gpu", "1.18.0", package="onnxruntime")
    (row,) = ask(costly, site)["facts"]["shared_files"]
    assert row["distributions"] == ["onnxruntime", "onnxruntime-gpu"]


def test_two_folders_share_nothing(costly, site, tmp_path):
    shared_site(site, {"a": {"x.py": "1"}})
    shared_site(tmp_path / "second", {"b": {"x.py": "2"}})
    assert ask(costly, site, tmp_path / "second")["facts"]["shared_files"] == []


def test_two_versions_of_one_distribution_share_nothing(costly, site):
    envs.stub(site, "numpy", "1.24.4", package="numpy")
    envs.stub(site, "numpy", "1.26.4", package="numpy")
    assert ask(costly, site)["facts"]["shared_files"] == []


# ---------------------------------------------------------------------------- NumPy, libstdc++


@pytest.mark.parametrize(("name", "major"), [("bottleneck==1.3.8", 1), ("bottleneck==1.4.2", 2)])
def test_numpy_of_real_wheels(costly, wheels, name, major):
    answer = ask(costly, wheels[name])
    (row,) = answer["facts"]["numpy_api"]
    assert (row["distribution"], row["major"]) == ("bottleneck", major)
    assert row["file"].startswith(str(wheels[name]))
    assert answer["problems"] == []


def test_an_unchanged_file_is_read_once(costly, wheels, monkeypatch):
    folder = wheels["bottleneck==1.3.8"]
    first = ask(costly, folder)
    (key,) = first["cache"]
    kind, path, size, time = key.split("|")
    info = os.stat(path)
    assert (kind, int(size), int(time)) == ("numpy", info.st_size, info.st_mtime_ns)

    def refuse(*args):
        """No module is read."""
        raise AssertionError(args)

    monkeypatch.setitem(costly, "numpy_of", refuse)
    second = ask(costly, folder, cache=first["cache"])
    assert second["facts"]["numpy_api"] == first["facts"]["numpy_api"]
    assert second["cache"] == first["cache"]
    # Another time of the file: read again.
    changed = {key.rpartition("|")[0] + "|1": 2}
    assert ask(costly, folder, cache=changed)["problems"][0]["section"] == "numpy_api"


def test_only_those_that_ask_for_numpy_are_read(costly, site):
    module = b"\x7fELF" + b"\0" * 3000 + b"numpy.core._multiarray_umath\0"
    envs.stub(site, "silent", "1", {"silent/a.so": module})
    envs.stub(site, "numpy", "1.26.4", {"numpy/a.so": module})
    envs.stub(site, "asks", "1", {"asks/a.so": module, "asks/libx.so": module}, ["NumPy>=1.20"])
    envs.stub(site, "torch", "2.1.0", {"torch/lib/libtorch_python.so": module})
    facts = ask(costly, site)["facts"]
    assert [(row["distribution"], row["major"]) for row in facts["numpy_api"]] == [("asks", 1), ("torch", 1)]


def test_a_name_across_two_blocks(costly, site):
    costly["BLOCK"] = 1024
    module = b"x" * 1010 + b"numpy._core._multiarray_umath\0" + b"numpy.core._multiarray_umath\0"
    envs.stub(site, "asks", "1", {"asks/a.so": module}, ["numpy"])
    assert ask(costly, site)["facts"]["numpy_api"][0]["major"] == 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ELF")
def test_glibcxx_is_what_readelf_says(costly, wheels):
    readelf = shutil.which("readelf")
    if readelf is None:
        pytest.skip("no readelf")
    (row,) = ask(costly, wheels["kiwisolver==1.4.5"])["facts"]["needs_glibcxx"]
    assert row["distribution"] == "kiwisolver"
    said = subprocess.run([readelf, "-V", row["file"]], capture_output=True, text=True, check=True).stdout
    wanted = {int(part.split()[0].strip("()")) for part in said.split("GLIBCXX_3.4.")[1:]}
    assert row["version"] == f"3.4.{max(wanted)}"
    # A distribution that brings its own needs none.
    assert ask(costly, wheels["bottleneck==1.3.8"])["facts"]["needs_glibcxx"] == []


# ---------------------------------------------------------------------------- OpenMP, architectures


def test_openmp_of_distributions(costly, site, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    names = [
        "libgomp-a34b3233.so.1.0.0", "libiomp5.so", "libompi.so", "libomptarget.so", "libgomp-plugin-x.so.1",
    ]  # fmt: skip
    envs.stub(site, "scikit-learn", "1.4", {f"scikit_learn.libs/{name}": b"\x7fELF" for name in names})
    rows = [row for row in ask(costly, site)["facts"]["openmp"] if row["mapped"] is not True]
    libs = site / "scikit_learn.libs"
    assert rows == [
        {"name": "libgomp", "path": str(libs / names[0]), "distribution": "scikit-learn", "mapped": False},
        {"name": "libiomp5", "path": str(libs / names[1]), "distribution": "scikit-learn", "mapped": False},
    ]


def test_openmp_of_conda_is_one_file(costly, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    for name in ("lib", "conda-meta"):
        (tmp_path / name).mkdir()
    (tmp_path / "conda-meta" / "llvm-openmp-18.1.8-hf5423f3_1.json").write_text("{}")
    (tmp_path / "lib" / "libomp.so").write_bytes(b"\x7fELF")
    for name in ("libgomp.so.1", "libiomp5.so"):
        (tmp_path / "lib" / name).symlink_to("libomp.so")
    rows = [row for row in ask(costly)["facts"]["openmp"] if row["mapped"] is not True]
    assert [(row["name"], row["distribution"]) for row in rows] == [("libomp", "llvm-openmp")]


def test_architectures(costly, site):
    envs.stub_torch(site)
    first = ask(costly, site, wanted=["archs"])
    assert first["archs"] == {"torch": ["sm_50", "sm_60", "sm_70", "sm_75", "sm_80", "sm_86", "sm_90"]}
    assert first["facts"] == {}
    (key,) = first["cache"]
    assert ask(costly, site, wanted=["archs"], cache={key: ["sm_1"]})["archs"] == {"torch": ["sm_1"]}


# ---------------------------------------------------------------------------- limits, junk, the probe


def test_out_of_time(costly, wheels):
    answer = ask(costly, *wheels.values(), seconds=1e-9)
    assert list(answer["facts"].values()) == [None] * 4
    assert {row["section"] for row in answer["problems"]} >= {"shared_files", "numpy_api"}
    assert all("took longer than" in row["reason"] for row in answer["problems"])


def test_stopped(costly, wheels):
    stop = threading.Event()
    stop.set()
    request = {"wanted": ALL, "path": [str(path) for path in wheels.values()]}
    answer = costly["read_costly"](request, None, stop)
    assert answer["facts"]["shared_files"] is None
    assert answer["problems"][0]["reason"] == "stopped"


def test_only_what_is_wanted(costly, wheels):
    answer = ask(costly, *wheels.values(), wanted=["openmp"])
    assert list(answer["facts"]) == ["openmp"]
    assert answer["archs"] == {}


def junk(seed):
    """Bytes that look like a library for a while."""
    import random

    noise = random.Random(seed)
    real = bytearray(a_library().read_bytes()[: noise.choice([0, 3, 64, 200, 5000, 40000])])
    for _ in range(noise.randrange(60)):
        if real:
            real[noise.randrange(min(len(real), 4000))] = noise.randrange(256)
    return bytes(real) + noise.randbytes(noise.randrange(300))


def a_library():
    """A real shared library of this interpreter."""
    import _struct
    import math
    from pathlib import Path

    files = [getattr(module, "__file__", None) for module in (_struct, math)]
    return Path(next(filter(None, files), sys.executable))


def test_junk_never_crashes(costly, site):
    for seed in range(150):
        info = envs.stub(site, f"junk{seed}", "1", {f"j{seed}/a.so": junk(seed)}, ["numpy"])
        if seed % 3 == 0:
            (info / "RECORD").write_bytes(junk(seed) + f'\nj{seed}/a.so,,\n\n,,\n",\n'.encode())
        if seed % 10 == 0:
            (info / "METADATA").unlink()
        if seed % 11 == 0:
            (site / f"j{seed}" / "a.so").unlink()
    (site / "folder-1.dist-info" / "RECORD").mkdir(parents=True)
    (site / "loop-1.dist-info").symlink_to("loop-1.dist-info")
    (site / "file-1.dist-info").write_text("")
    os.mkdir(os.fsencode(site) + b"/odd\xff-1.dist-info")
    odd = os.path.join(os.fsencode(site), b"odd\xff-1.dist-info", b"RECORD")
    with open(odd, "wb") as file:
        file.write(b"odd\xff.so,,\n")
    envs.stub(site, "torch", "2", {"torch/lib/libtorch_python.so": os.urandom(5000)}, package="torch")
    answer = ask(costly, site, "/nowhere", "")
    assert None not in answer["facts"].values()
    import json

    json.dumps(answer).encode("ascii")
    json.dumps(answer, ensure_ascii=False).encode("utf-8")


def test_the_probe_reads_them_as_a_script(site):
    shared_site(site, {"a": {"x.py": "1"}, "b": {"x.py": "2"}})
    facts = run_probe(sys.executable, "-s", PYTHONPATH=site)
    assert [row["distributions"] for row in facts["shared_files"]] == [["a", "b"]]
    assert None not in [facts[name] for name in ALL[:4]]
    assert facts["problems"] == []


def test_without_costly_beside_it(tmp_path):
    shutil.copy(PROBE, tmp_path / "probe.py")
    facts = run_probe(sys.executable, script=tmp_path / "probe.py")
    assert [facts[name] for name in ALL[:4]] == [None] * 4
    (problem,) = facts["problems"]
    assert (problem["section"], problem["what"]) == ("costly", "costly.py")


def test_in_a_kernel_they_are_null(probe):
    facts = probe["collect"]()
    assert [facts[name] for name in ALL[:4]] == [None] * 4


def test_it_runs_in_the_background(costly, site):
    shared_site(site, {"a": {"x.py": "1"}, "b": {"x.py": "2"}})
    source = (PROBE.parent / "background.py").read_text() + COSTLY.read_text()
    space = {"__name__": "gpu_doctor"}
    exec(compile(source, "<costly>", "exec"), space)  # noqa: S102
    request = {"wanted": ["shared_files"], "path": [str(site)], "cache": {}}
    thread = space["Background"]("k", lambda *args: space["read_costly"](request, *args))
    thread.KEPT = 0
    thread.start()
    thread.join(30)
    assert thread.result["answer"]["facts"]["shared_files"][0]["count"] == 1
