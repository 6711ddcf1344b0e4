"""The facts that tell who wrote what, and when: distributions, conda records, pip's options, guards."""

import datetime
import json
import os
import sys
import time
from pathlib import Path

import envs
import pytest
from probing import by_name, run_probe


def probe_site(site, **variables):
    """Facts with a folder on PYTHONPATH."""
    return run_probe(sys.executable, "-s", PYTHONPATH=site, **variables)


def row_of(facts, name, site):
    """The distribution of this name in this folder."""
    (row,) = [r for r in facts["packages"] if (r["name"], r["location"]) == (name, str(site))]
    return row


def set_time(path, stamp):
    """Give a file a time; returns it as the probe writes it."""
    os.utime(path, (stamp, stamp))
    moment = datetime.datetime.fromtimestamp(stamp, datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


# ---------------------------------------------------------------------------- distributions


def test_tags_and_time(site):
    info = envs.stub(site, "a", "1.0")
    lines = "Wheel-Version: 1.0\r\nRoot-Is-Purelib: false\r\nTag: cp311-cp311-win_amd64\r\nTag: x\r\n"
    (info / "WHEEL").write_bytes(lines.encode())
    time = set_time(info / "RECORD", 1_700_000_000)
    set_time(info / "METADATA", 1_600_000_000)
    envs.stub(site, "b", "1.0")
    facts = probe_site(site)
    row = row_of(facts, "a", site)
    assert row["tags"] == ["cp311-cp311-win_amd64", "x"]
    assert row["installed"] == time == "2023-11-14T22:13:20Z"
    assert row_of(facts, "b", site)["tags"] is None


def test_what_pip_cannot_uninstall(site, tmp_path):
    envs.stub(site, "whole", "1.0")
    (envs.stub(site, "bare", "1.0") / "RECORD").unlink()
    (site / "distutils_1-3.0.egg-info").write_text("Name: distutils-1\nVersion: 3.0\n")
    for name, file in (("listed", "installed-files.txt"), ("top", "top_level.txt"), ("none", "x")):
        folder = site / f"{name}-1.0-py3.11.egg-info"
        folder.mkdir()
        (folder / "PKG-INFO").write_text(f"Name: {name}\nVersion: 1.0\n")
        (folder / file).write_text("")
    (site / "dev.egg-link").write_text(f"{tmp_path}\n.")
    facts = probe_site(site)
    removable = {r["name"]: r["removable"] for r in facts["packages"] if r["location"] == str(site)}
    assert removable == {
        "whole": True, "bare": False, "distutils-1": False, "listed": True, "top": True,
        "none": False, "dev": True,
    }  # fmt: skip
    time = set_time(site / "distutils_1-3.0.egg-info", 1_650_000_000)
    assert row_of(probe_site(site), "distutils-1", site)["installed"] == time


def test_the_target_of_an_editable_install(site, tmp_path):
    for name, target in (("here", tmp_path), ("gone", tmp_path / "gone")):
        info = envs.stub(site, name, "1.0")
        url = {"url": target.as_uri(), "dir_info": {"editable": True}}
        (info / "direct_url.json").write_text(json.dumps(url))
    envs.stub(site, "plain", "1.0")
    facts = probe_site(site)
    found = {name: row_of(facts, name, site)["editable_exists"] for name in ("here", "gone", "plain")}
    assert found == {"here": True, "gone": False, "plain": None}


def test_an_environment_by_uv(venv):
    """All of a real environment can be uninstalled, has tags and the time of today's file."""
    facts = run_probe(venv / "bin" / "python")
    assert {row["removable"] for row in facts["packages"]} == {True}
    assert by_name(facts["packages"], "six")["tags"] == ["py2-none-any", "py3-none-any"]
    record = envs.site_of(venv) / "six-1.16.0.dist-info" / "RECORD"
    assert by_name(facts["packages"], "six")["installed"] == set_time(record, record.stat().st_mtime)


# ---------------------------------------------------------------------------- conda


def test_a_healthy_prefix_is_as_conda_wrote_it(tmp_path_factory):
    prefix = envs.cached("conda-healthy", [1], lambda target: envs.make_conda(target, replace=False))
    facts = run_probe(prefix / "bin" / "python")
    records = [row for row in facts["conda"]["records"] if row["python_name"]]
    assert len(records) > 20
    assert {row["name"]: row["overwritten"] for row in records if row["overwritten"] != []} == {}
    assert {row["manager"] for row in facts["packages"] if row["name"] == "numpy"} == {"conda"}
    assert by_name(records, "numpy")["depends"] == ["python 3.11.*"] or sys.version_info[:2] != (3, 11)
    # conda links files with the times of their build: its record has the time of the installation.
    (record,) = (prefix / "conda-meta").glob("numpy-1*.json")
    assert by_name(facts["packages"], "numpy")["installed"] == set_time(record, record.stat().st_mtime)


def test_what_pip_replaced(conda):
    facts = run_probe(conda / "bin" / "python")
    numpy = by_name(facts["conda"]["records"], "numpy")
    assert numpy["dist_info_exists"] is False
    assert f"{numpy['dist_info']}/RECORD" in numpy["overwritten"]
    assert any("_multiarray_umath" in file for file in numpy["overwritten"])
    others = [row for row in facts["conda"]["records"] if row["name"] != "numpy"]
    assert {row["name"] for row in others if row["overwritten"]} == set()
    # No Python package: its libraries were compared; one without libraries was not.
    assert by_name(others, "cudatoolkit")["overwritten"] == []
    assert by_name(others, "python")["overwritten"] is None


def test_libraries_of_packages_without_python(tmp_path, probe):
    """A library of another size is told, but not one that is gone, nor one that two packages list."""
    probe["conda_section"].__globals__["PREFIX"] = str(tmp_path)
    library = tmp_path / "lib" / "libz.so.1.2.13"
    link = {"_path": "lib/libz.so", "path_type": "softlink", "size_in_bytes": 1}
    file = {"_path": "lib/libz.so.1.2.13", "path_type": "hardlink", "sha256": "0", "size_in_bytes": 4}
    script = {"_path": "lib/libc.so", "file_mode": "text", "path_type": "hardlink", "prefix_placeholder": "/x",
              "size_in_bytes": 1}  # fmt: skip
    record = {"channel": "conda-forge", "depends": ["libgcc"], "name": "zlib", "version": "1.2.13",
              "paths_data": {"paths": [link, file, script]}}  # fmt: skip
    for path in (library, tmp_path / "lib" / "libc.so", tmp_path / "lib" / "libz.so"):
        put(path, b"1234")

    def changed(name="zlib"):
        """What a run says of a package."""
        put(tmp_path / "conda-meta" / f"{name}-1.2.13-0.json", json.dumps(record, sort_keys=True).encode())
        state = probe["State"]()
        state.deadline = time.perf_counter() + 60
        return by_name(probe["conda_section"](state)["records"], name)["overwritten"]

    assert changed() == []
    put(library, b"12345")
    assert changed() == ["lib/libz.so.1.2.13"]
    library.unlink()
    assert changed() is None
    put(library, b"12345")
    assert changed("minizip") == []


def put(path, data):
    """A file, with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def fake_prefix(folder, **changes):
    """A conda prefix with one package; changes: keys of its entries, by file name."""
    import hashlib

    info = "lib/python3.11/site-packages/a-1.dist-info"
    files = {
        f"{info}/INSTALLER": b"conda\n", f"{info}/METADATA": b"Name: a\nVersion: 1\n",
        f"{info}/RECORD": b"a,,\n", "lib/python3.11/site-packages/a.so": b"12345",
        "lib/python3.11/site-packages/a.so.1.2": b"1", "lib/python3.11/site-packages/a.so.txt": b"1",
        "lib/python3.11/site-packages/link.so": b"1",
    }  # fmt: skip
    paths = []
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        entry = {"_path": path, "path_type": "hardlink", "sha256": hashlib.sha256(content).hexdigest()}
        entry["size_in_bytes"] = len(content) + path.endswith((".txt", "link.so"))
        entry["path_type"] = "softlink" if path.endswith("link.so") else "hardlink"
        entry.update(changes.get(Path(path).name, {}))
        paths.append(entry)
    record = {
        "build": "0", "channel": "x", "depends": ["python >=3.11", "b >=1,<2"], "files": list(files),
        "name": "a", "paths_data": {"paths": paths, "paths_version": 1}, "version": "1",
    }  # fmt: skip
    (folder / "conda-meta").mkdir()
    (folder / "conda-meta" / "a-1-0.json").write_text(json.dumps(record, indent=2, sort_keys=True))
    return folder / info


def records(probe, prefix):
    """The conda section of a prefix; the problems that came up."""
    probe["PREFIX"] = str(prefix)
    state = probe["State"]()
    state.deadline = 1e12
    return probe["conda_section"](state)["records"], state.problems


def test_hash_and_size(probe, tmp_path):
    info = fake_prefix(tmp_path)
    assert records(probe, tmp_path)[0][0]["overwritten"] == []
    (info / "RECORD").write_text("a,,\na,,\n")
    (info.parent / "a.so").write_bytes(b"123456")
    (info.parent / "a.so.1.2").unlink()
    ((record,), problems) = records(probe, tmp_path)
    site = "lib/python3.11/site-packages"
    assert record["overwritten"] == [f"{site}/a-1.dist-info/RECORD", f"{site}/a.so", f"{site}/a.so.1.2"]
    assert record["depends"] == ["python >=3.11", "b >=1,<2"]
    assert problems == []


def test_the_hash_in_the_prefix_counts(probe, tmp_path):
    import hashlib

    written = hashlib.sha256(b"conda\n").hexdigest()
    changes = {"INSTALLER": {"sha256": "0" * 64, "sha256_in_prefix": written}}
    fake_prefix(tmp_path, **changes)
    assert records(probe, tmp_path)[0][0]["overwritten"] == []


@pytest.mark.parametrize("text", ['{"name": "a"', "{}", '{"paths_data": {"paths": [{"_path": "', "\0" * 99])
def test_damaged_records(probe, tmp_path, text):
    info = fake_prefix(tmp_path)
    (tmp_path / "conda-meta" / "b-1-0.json").write_text(text)
    whole = (tmp_path / "conda-meta" / "a-1-0.json").read_text()
    for i in range(0, len(whole), 97):
        (tmp_path / "conda-meta" / f"c{i}-1-0.json").write_text(whole[:i])
    found, _ = records(probe, tmp_path)
    assert by_name(found, "a")["overwritten"] == []
    assert info.exists()


def test_venv_over_conda(probe, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    section = probe["environment_section"]
    assert section(probe["State"]())["base_conda"] is False
    (tmp_path / "conda-meta").mkdir()
    (tmp_path / "conda-meta" / "history").write_text("")
    assert section(probe["State"]())["base_conda"] is True
    monkeypatch.setattr(sys, "base_prefix", probe["PREFIX"])
    assert section(probe["State"]())["base_conda"] is None


# ---------------------------------------------------------------------------- driver, frameworks


@pytest.mark.parametrize(
    ("name", "version"),
    [("libcuda.so.535.104.05", "535.104.05"), ("libcuda.so.1.1", None), ("libcuda.so.550.90", "550.90")],
)
def test_version_of_the_driver_library(tmp_path, name, version):
    (tmp_path / name).write_bytes(b"\x7fELF")
    (tmp_path / "libcuda.so.1").symlink_to(name)
    driver = run_probe(LD_LIBRARY_PATH=tmp_path)["gpu"]["driver"]
    assert (driver["library"], driver["library_version"]) == (str(tmp_path / "libcuda.so.1"), version)


@pytest.mark.parametrize(
    ("project", "package", "version", "torch"),
    [
        ("torch-scatter", "torch_scatter", "2.1.2+pt26cu124", "2.6"),
        ("torch-sparse", "torch_sparse", "0.6.17+pt113cu117", "1.13"),
        ("torch-cluster", "torch_cluster", "1.6.3+pt210cpu", "2.10"),
        ("flash-attn", "flash_attn", "2.6.3+cu123torch2.4cxx11abifalse", "2.4"),
        ("detectron2", "detectron2", "0.6+cu113", None),
        ("mmcv", "mmcv", "2.1.0", None),
        ("triton", "triton", "3.1.0", None),
    ],
)
def test_the_torch_of_an_extension(site, project, package, version, torch):
    envs.stub(site, project, version, package=package)
    row = by_name(probe_site(site)["frameworks"], package)
    assert (row["version"], row["built_torch"]) == (version, torch)


# ---------------------------------------------------------------------------- pip


@pytest.fixture
def quiet(monkeypatch, tmp_path):
    """No options of this machine."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    return {"HOME": tmp_path, "XDG_CONFIG_HOME": tmp_path / "config", "XDG_CONFIG_DIRS": tmp_path / "xdg"}


def pip_config(quiet, **variables):
    """The options, without those of /etc/pip.conf."""
    facts = run_probe(**{**quiet, **variables})
    assert facts["problems"] == []
    rows = [row for row in facts["pip_config"] if row["source"] != "/etc/pip.conf"]
    return [(row["name"], row["value"], Path(row["source"]).name) for row in rows]


def test_options_of_pip(quiet, tmp_path):
    for folder, text in (
        ("xdg/pip", "[global]\ntarget = /a\n[install]\nno-deps = true\n[list]\nformat = json\n"),
        ("config/pip", "[global]\nindex_url = https://me:secret@index.example/simple\n  \nuser=\n"),
    ):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "pip.conf").write_text(text)
    assert pip_config(quiet, PIP_TARGET="/b", PIP_PROXY="me:secret@proxy.example:80") == [
        ("target", "/a", "pip.conf"),
        ("index-url", "https://****@index.example/simple", "pip.conf"),
        # What is meant for install comes after what is meant for every command.
        ("no-deps", "true", "pip.conf"),
        ("proxy", "****@proxy.example:80", "PIP_PROXY"),
        ("target", "/b", "PIP_TARGET"),
    ]


def test_a_file_of_its_own(quiet, tmp_path):
    (tmp_path / "config" / "pip").mkdir(parents=True)
    (tmp_path / "config" / "pip" / "pip.conf").write_text("[global]\nuser = true\n")
    own = tmp_path / "own.ini"
    own.write_text("[global]\nextra-index-url =\n  https://a.example\n  https://b:c@d.example\n")
    assert pip_config(quiet, PIP_CONFIG_FILE=own) == [
        ("extra-index-url", "https://a.example\nhttps://****@d.example", "own.ini")
    ]
    assert pip_config(quiet, PIP_CONFIG_FILE=tmp_path / "gone") == [("user", "true", "pip.conf")]
    assert pip_config(quiet, PIP_CONFIG_FILE=os.devnull) == []


def test_the_same_options_as_pip(quiet, tmp_path, venv):
    """`pip config list` of a real pip."""
    (tmp_path / "config" / "pip").mkdir(parents=True)
    text = "[global]\ntimeout = 60\nfind-links =\n  /x\n  /y\n; c\n[install]\nno-warn-script-location = no\n"
    (tmp_path / "config" / "pip" / "pip.conf").write_text(text)
    python = venv / "bin" / "python"
    said = envs.run(python, "-m", "pip", "config", "list", env={k: str(v) for k, v in quiet.items()})
    pip = {line.split("=")[0].split(".")[-1] for line in said.splitlines()}
    names = {row["name"] for row in run_probe(python, **quiet)["pip_config"]}
    assert names == pip


def test_a_damaged_file(quiet, tmp_path):
    (tmp_path / "config" / "pip").mkdir(parents=True)
    path = tmp_path / "config" / "pip" / "pip.conf"
    path.write_text("user = 1\n")
    facts = run_probe(**quiet, PIP_USER="1")
    assert [(row["section"], row["what"]) for row in facts["problems"]] == [("pip_config", str(path))]
    assert {"name": "user", "value": "1", "source": "PIP_USER"} in facts["pip_config"]


# ---------------------------------------------------------------------------- guards

# The lines of the real files that matter.
NUMBA = '''
def _ensure_llvm():
    if numpy_version < (9, 9):
        pass


def _ensure_critical_deps():
    """
    Make sure the Python, NumPy and SciPy present are supported versions.
    """
    def extract_version(mod):
        return tuple(map(int, mod.__version__.split('.')[:2]))

    PYTHON_VERSION = sys.version_info[:2]
    if PYTHON_VERSION < (3, 9):
        raise ImportError(msg)

    import numpy as np
    numpy_version = extract_version(np)
    if numpy_version < (1, 22):
        raise ImportError(msg)
    if numpy_version > (2, 0):
        raise ImportError(msg)

    try:
        import scipy
    except ImportError:
        pass
    else:
        sp_version = extract_version(scipy)
        if sp_version < (1, 0):
            raise ImportError(msg)


def _try_enable_svml():
    if numpy_version > (7, 7):
        pass
'''
SCIPY = """
from numpy import __version__ as __numpy_version__
    # In maintenance branch, change to np_maxversion N+3 if numpy is at N
    np_minversion = '1.22.4'
    np_maxversion = '2.3.0'
"""
TABLE = 'deps = {\n    "python": "python>=3.8.0",\n    "tqdm": "tqdm>=4.27",\n    "Pillow": "Pillow<10",\n}\n'
CHECK = """
from .utils.versions import require_version, require_version_core

# define which module versions we always want to check at run time
pkgs_to_check_at_runtime = [
    "python",
    "tqdm",
    "accelerate",
]

for pkg in pkgs_to_check_at_runtime:
    if pkg in deps:
        require_version_core(deps[pkg])
"""
CHECK_OLD = 'import x\npkgs_to_check_at_runtime = "python tqdm Pillow".split()\n'


def test_guards(site):
    envs.stub(site, "numba", "0.60.0", {"numba/__init__.py": NUMBA})
    envs.stub(site, "scipy", "1.13.1", {"scipy/__init__.py": SCIPY})
    for name, check in (("transformers", CHECK), ("diffusers", CHECK_OLD)):
        files = {
            f"{name}/__init__.py": "", f"{name}/dependency_versions_table.py": TABLE,
            f"{name}/dependency_versions_check.py": check,
        }  # fmt: skip
        envs.stub(site, name, "4.0", files)
    table = "dependency_versions_table.py"
    assert probe_site(site)["guards"] == [
        {"distribution": "transformers", "requires": ["tqdm>=4.27"], "source": f"transformers/{table}"},
        {"distribution": "diffusers", "requires": ["tqdm>=4.27", "Pillow<10"], "source": f"diffusers/{table}"},
        {
            "distribution": "numba", "requires": ["numpy>=1.22", "numpy<2.1", "scipy>=1.0"],
            "source": "numba/__init__.py",
        },
        {"distribution": "scipy", "requires": ["numpy>=1.22.4,<2.3.0"], "source": "scipy/__init__.py"},
    ]  # fmt: skip


@pytest.mark.parametrize("text", [b"", b"\xff\0\n)(", b"np_minversion = '1'", b"deps = [1]", b"def ("])
def test_guards_that_say_nothing(site, text):
    for name in ("numba", "scipy", "transformers"):
        files = {f"{name}/{file}.py": text for file in ("__init__", "dependency_versions_table")}
        envs.stub(site, name, "1.0", {**files, f"{name}/dependency_versions_check.py": CHECK})
    facts = probe_site(site)
    assert facts["guards"] == []
    assert {row["section"] for row in facts["problems"]} <= {"guards"}
