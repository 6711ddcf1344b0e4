"""A genuine conda prefix in which pip replaced a package."""

import json
import re
import shutil

import envs
import pytest
from probing import by_name, run_probe


@pytest.fixture(scope="module")
def facts(conda):
    """Facts of the prefix."""
    return run_probe(conda / "bin" / "python")


def test_records(conda, facts):
    assert facts["environment"]["kind"] == "conda"
    assert facts["environment"]["base"] is False
    assert facts["conda"]["present"] is True
    assert facts["conda"]["last_change"] == "2026-05-02 10:11:12"
    assert facts["conda"]["pinned"] == []
    records = sorted((conda / "conda-meta").glob("*.json"))
    assert len(facts["conda"]["records"]) == len(records)
    for path, row in zip(records, facts["conda"]["records"]):
        record = json.loads(path.read_text())
        for key in ("name", "version", "build", "channel"):
            assert row[key] == record[key]
        listed = [file for file in record["files"] if ".dist-info/" in file]
        infos = {re.match(r".*?\.dist-info", file).group() for file in listed}
        assert {row["dist_info"]} == (infos or {None})


def test_pip_replaced_numpy(facts):
    record = by_name(facts["conda"]["records"], "numpy")
    assert (record["version"], record["python_name"]) == ("1.24.4", "numpy")
    assert record["dist_info_exists"] is False
    numpy = by_name(facts["packages"], "numpy")
    assert (numpy["version"], numpy["manager"]) == ("1.26.4", "pip")


def test_the_rest_is_condas(facts):
    assert by_name(facts["packages"], "ipykernel")["manager"] == "conda"
    record = by_name(facts["conda"]["records"], "ipython-pygments-lexers")
    assert record["python_name"] == "ipython-pygments-lexers"
    assert record["dist_info_exists"] is True
    assert by_name(facts["conda"]["records"], "python")["python_name"] is None


def test_cuda_libraries_of_the_prefix(conda, facts):
    rows = [row for row in facts["cuda_libraries"] if row["origin"] == "environment"]
    found = {row["soname"]: (row["version"], row["distribution"], row["major"]) for row in rows}
    assert found == {
        "libcudart.so.11.0": ("11.8.89", "cudatoolkit", 11),
        "libcublas.so.11": ("11.11.3.6", "cudatoolkit", 11),
    }
    facts = run_probe(conda / "bin" / "python", LD_LIBRARY_PATH=conda / "lib")
    origins = {r["soname"]: r["origin"] for r in facts["cuda_libraries"]}
    assert origins["libcudart.so.11.0"] == "LD_LIBRARY_PATH"


def records_probe(probe, prefix, *records, history="==> 2024-01-01 00:00:00 <==\n", **files):
    """The conda and packages sections of a made-up prefix."""
    meta = prefix / "conda-meta"
    meta.mkdir(parents=True, exist_ok=True)
    (meta / "history").write_text(history)
    for record in records:
        name = "{name}-{version}-{build}.json".format(**record)
        (meta / name).write_text(json.dumps(record, indent=2, sort_keys=True))
    probe["PREFIX"] = str(prefix)
    st = probe["State"]()
    st.deadline = 1e12
    return st, probe["conda_section"](st)


def record(name, version="1.0", build="py311_0", files=(), depends=("python >=3.11",), **more):
    """A conda record as conda writes it."""
    return {"name": name, "version": version, "build": build, "channel": "conda-forge",
            "depends": list(depends), "files": list(files), **more}  # fmt: skip


SITE = "lib/python3.11/site-packages"


def test_names_and_infos(probe, tmp_path):
    big = [f"{SITE}/pkg/file{i:06}.py" for i in range(20000)]
    _, conda = records_probe(
        probe, tmp_path,
        record("pytorch", files=[f"{SITE}/torch-2.1.0-py3.11.egg-info/PKG-INFO", *big]),
        record("opencv", files=[*big, f"{SITE}/opencv_python-4.8.0.dist-info/METADATA"]),
        record("setuptools", files=[f"{SITE}/setuptools/_vendor/wheel-0.4.dist-info/METADATA",
                                    f"{SITE}/setuptools-70.dist-info/METADATA"]),
        record("two", files=[f"{SITE}/{name}-1.dist-info/METADATA" for name in ("aaa", "two")]),
        record("zlib", depends=["libgcc >=12"], files=["lib/libz.so", f"{SITE}/x-1.dist-info/y"]),
        record("a-b-c", version="1.0", files=[]),
    )  # fmt: skip
    names = {row["name"]: row["python_name"] for row in conda["records"]}
    assert names == {
        "pytorch": "torch", "opencv": "opencv-python", "setuptools": "setuptools", "two": "two",
        "zlib": None, "a-b-c": None,
    }  # fmt: skip
    assert {row["dist_info_exists"] for row in conda["records"]} == {False, None}
    assert all("infos" not in row for row in conda["records"])


def test_broken_records(probe, tmp_path):
    meta = tmp_path / "conda-meta"
    meta.mkdir()
    (meta / "broken-1.0-0.json").write_text("{")
    (meta / "odd.json").write_text(json.dumps({"name": "odd", "version": "1", "build": "0"}))
    (meta / "binary-1-0.json").write_bytes(b"\xff\xfe\x00")
    (meta / "pinned").write_text("# a comment\nnumpy 1.24.*\n\n python=3.11 \n")
    st, conda = records_probe(probe, tmp_path)
    assert [row["name"] for row in conda["records"]] == ["odd"]
    assert len(st.problems) == 2
    assert conda["pinned"] == ["numpy 1.24.*", "python=3.11"]
    assert conda["last_change"] == "2024-01-01 00:00:00"


def test_same_version_again_by_pip(conda, tmp_path):
    """pip over conda with the same version: the same folder, but another RECORD."""
    copy = tmp_path / "copy"
    shutil.copytree(conda, copy, symlinks=True)
    info = next(envs.site_of(copy).glob("six-*.dist-info"), None)
    info = info or next(envs.site_of(copy).glob("traitlets-*.dist-info"))
    name = info.name.split("-")[0]
    python = copy / "bin" / "python"
    (info / "INSTALLER").write_text("pip\n")
    assert by_name(run_probe(python)["packages"], name)["manager"] == "conda"
    with open(info / "RECORD", "a") as file:
        file.write("x.pyc,,\n")
    assert by_name(run_probe(python)["packages"], name)["manager"] == "pip"


def test_base_environment(probe, tmp_path):
    for name in ("condabin", "conda-meta"):
        (tmp_path / name).mkdir()
    (tmp_path / "conda-meta" / "conda-24.1.0-py311_0.json").write_text("{}")
    probe["PREFIX"] = str(tmp_path)
    environment = probe["environment_section"](probe["State"]())
    assert (environment["kind"], environment["base"]) == ("conda", True)


def test_no_conda(venv):
    conda = run_probe(venv / "bin" / "python")["conda"]
    assert conda == {"present": False, "records": [], "last_change": None, "pinned": []}
