"""Exported files make the environment again: conda's part solved by py-rattler, pip's by uv, package sets compared."""

import asyncio
import json
import os
import subprocess
import sys

import envs
import pytest
import yaml
from index import Server
from probing import run_probe
from rattler import MatchSpec

PYTHON = ".".join(map(str, sys.version_info[:3]))
MINOR = ".".join(map(str, sys.version_info[:2]))
SITE = f"lib/python{MINOR}/site-packages"


@pytest.fixture(scope="module")
def index():
    """A package index with newer versions of some packages than the environments have."""
    with Server() as server:
        index = server.index("main")
        index.wheel("asked", "1.0", ["needed>=1", "from-conda"])
        index.wheel("asked", "2.0", ["needed>=1", "from-conda"])
        index.wheel("needed", "1.0")
        index.wheel("needed", "1.5")
        index.wheel("replaced", "1.1")
        index.wheel("labelled", "1.0")
        index.wheel("labelled", "1.0+cu9")
        index.wheel("from-conda", "1.0")
        index.wheel("from-conda", "9.0")
        index.wheel("ipykernel", "6.0")
        yield index


def package(channel, name, version, depends=(), importable=True):
    """A conda package; an importable one carries a distribution."""
    files = {f"share/{name}.txt": version.encode()}
    if importable:
        info = f"{SITE}/{name.replace('-', '_')}-{version}.dist-info"
        module = f"{SITE}/{name.replace('-', '_')}.py"
        files = {
            module: b"",
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
            f"{info}/INSTALLER": b"conda\n",
        }
        rows = [path[len(SITE) + 1 :] for path in [*files, f"{info}/RECORD"]]
        files[f"{info}/RECORD"] = "".join(f"{row},,\n" for row in rows).encode()
        depends = ["python", *depends]
    envs.conda_package(channel, name, version, "h1_0", files, depends)


@pytest.fixture(scope="module")
def channel(tmp_path_factory):
    """A channel with newer versions than the environment has."""
    folder = tmp_path_factory.mktemp("channel") / "conda-forge"
    package(folder, "python", PYTHON, importable=False)
    package(folder, "pip", "24.0", importable=False)
    package(folder, "ipykernel", "6.0")
    package(folder, "top", "1.0", ["from-conda", "libdeep"])
    package(folder, "top", "2.0", ["from-conda", "libdeep"])
    package(folder, "from-conda", "1.0")
    package(folder, "from-conda", "2.0")
    package(folder, "replaced", "1.0")
    package(folder, "cudatoolkit", "11.8", importable=False)
    package(folder, "cudatoolkit", "11.8.1", importable=False)
    package(folder, "cudatoolkit", "12.0", importable=False)
    package(folder, "libdeep", "1.0", importable=False)
    return folder


def conda_prefix(target, channel, specs):
    """A prefix that works, with these packages of the channel."""
    envs.uv("venv", "-q", "--python", sys.executable, target)
    asyncio.run(envs.install_conda(channel, specs, target, target.parent / "pkgs"))
    return target


def pip(prefix, index, *words):
    """Install from the index and from nowhere else."""
    python = envs.python_of(prefix)
    return envs.uv(
        *("pip", "install", "-q", "--no-config", "--python", python),
        *("--index-url", index.url, *words),
    )


def export(facts, folder, *words):
    """The text of an export, as the outside command prints it."""
    path = folder / "facts.json"
    path.write_text(json.dumps(facts))
    return envs.run("node", envs.HERE.parent / "scripts" / "doctor.mjs", "export", path, *words)


def installed(facts):
    """name -> (version, whether conda owns it)."""
    rows = facts["packages"]
    return {row["name"]: (row["version"], row["manager"] == "conda") for row in rows}


def records(facts):
    """name -> (version, build) of conda."""
    return {row["name"]: (row["version"], row["build"]) for row in facts["conda"]["records"]}


@pytest.fixture(scope="module")
def old(tmp_path_factory, channel, index):
    """Facts of a conda environment in which pip replaced one package of conda and added others."""
    target = tmp_path_factory.mktemp("old") / "work"
    specs = [f"python={PYTHON}", "pip", "ipykernel", "top=1.0", "from-conda=1.0", "replaced=1.0",
             "cudatoolkit==11.8"]  # fmt: skip
    conda_prefix(target, channel, specs)
    pip(target, index, "asked==1.0", "needed==1.0", "replaced==1.1", "labelled==1.0+cu9")
    return run_probe(envs.python_of(target))


def made_again(text, target, channel, index):
    """Facts of the environment that an environment.yml describes."""
    document = yaml.safe_load(text)
    words = [one for one in document["dependencies"] if isinstance(one, str)]
    # Strict, it refuses the build strings that conda itself exports.
    specs = [MatchSpec(one, strict=False) for one in words]
    [part] = [one["pip"] for one in document["dependencies"] if not isinstance(one, str)]
    assert document["channels"] == ["conda-forge"]
    conda_prefix(target, channel, specs)
    requirements = target.parent / "pip-part.txt"
    requirements.write_text("\n".join(part))
    pip(target, index, "-r", requirements)
    return document, run_probe(envs.python_of(target))


@pytest.mark.parametrize("options", [["--all"], ["--all", "--builds"]])
def test_environment_yml_with_everything(tmp_path, old, channel, index, options):
    text = export(old, tmp_path, "environment.yml", *options)
    document, new = made_again(text, tmp_path / "new", channel, index)
    assert installed(new) == installed(old)
    assert installed(new)["replaced"] == ("1.1", False)
    # What pip replaced is pip's now, so conda is not asked for it again.
    assert records(new) == {name: row for name, row in records(old).items() if name != "replaced"}
    assert document["name"] == "work"


def test_environment_yml_with_what_was_asked_for(tmp_path, old, channel, index):
    text = export(old, tmp_path, "environment.yml")
    document, new = made_again(text, tmp_path / "new", channel, index)
    conda = [one for one in document["dependencies"] if isinstance(one, str)]
    assert conda == [f"python={PYTHON}", "pip", "ipykernel", "cudatoolkit==11.8", "top==1.0"]
    assert sorted(document["dependencies"][-1]["pip"]) == [
        "asked==1.0", "labelled==1.0", "replaced==1.1",
    ]  # fmt: skip
    # The same packages; what was only required may be newer.
    assert set(installed(new)) == set(installed(old))
    for name in ("top", "asked", "labelled", "replaced"):
        assert installed(new)[name] == installed(old)[name]
    assert installed(new)["needed"] == ("1.5", False)
    assert records(new)["cudatoolkit"] == records(old)["cudatoolkit"]


@pytest.fixture(scope="module")
def old_venv(tmp_path_factory, index):
    """A virtual environment with an editable install."""
    folder = tmp_path_factory.mktemp("venv")
    envs.uv("venv", "-q", "--python", sys.executable, folder / "env")
    pip(folder / "env", index, "asked==1.0", "needed==1.0", "from-conda", "labelled==1.0+cu9")
    stub = envs.stub(folder / "env", "mine", "0.1")
    url = {"url": (folder / "src").as_uri(), "dir_info": {"editable": True}}
    (stub / "direct_url.json").write_text(json.dumps(url))
    return folder / "env", run_probe(envs.python_of(folder / "env"))


def test_requirements_and_constraints(tmp_path, old_venv, index):
    _, old = old_venv
    wanted = {name: row for name, row in installed(old).items() if name != "mine"}
    for options, constrained in ((["--all"], False), ([], True)):
        requirements = tmp_path / "requirements.txt"
        requirements.write_text(export(old, tmp_path, "requirements", *options))
        constraints = tmp_path / "constraints.txt"
        constraints.write_text(export(old, tmp_path, "constraints"))
        target = tmp_path / f"new{constrained}"
        envs.uv("venv", "-q", "--python", sys.executable, target)
        pip(target, index, "-r", requirements, *(["-c", constraints] if constrained else []))
        assert installed(run_probe(envs.python_of(target))) == wanted
    assert "# mine 0.1: left out, an editable install" in requirements.read_text()
    # Without the constraints, what was only required is free to move.
    envs.uv("venv", "-q", "--python", sys.executable, tmp_path / "free")
    pip(tmp_path / "free", index, "-r", requirements)
    assert installed(run_probe(envs.python_of(tmp_path / "free")))["needed"] == ("1.5", False)


def test_constraints_hold_an_install(tmp_path, old, index):
    """pip is told to keep what conda owns as well."""
    constraints = tmp_path / "constraints.txt"
    constraints.write_text(export(old, tmp_path, "constraints"))
    envs.uv("venv", "-q", "--python", sys.executable, tmp_path / "new")
    pip(tmp_path / "new", index, "asked", "-c", constraints)
    found = installed(run_probe(envs.python_of(tmp_path / "new")))
    assert {name: version for name, (version, _) in found.items()} == {
        "asked": "1.0", "needed": "1.0", "from-conda": "1.0",
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["uv", "venv"])
def test_the_commands_make_it_again(tmp_path, old_venv, index, kind):
    _, old = old_venv
    facts = {**old, "environment": {**old["environment"], "kind": kind, "name": "work"}}
    script = export(facts, tmp_path, "recreate", "--all")
    tools = tmp_path / "bin"
    tools.mkdir()
    from uv import find_uv_bin

    (tools / "uv").symlink_to(find_uv_bin())
    (tools / f"python{MINOR}").symlink_to(sys.executable)
    environ = {
        **envs.clean_environ(), "HOME": str(tmp_path), "UV_INDEX_URL": index.url,
        "PIP_INDEX_URL": index.url, "PIP_CONFIG_FILE": os.devnull, "UV_NO_CONFIG": "1",
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
    }  # fmt: skip
    done = subprocess.run(
        ["sh", "-e"], input=script, env=environ, capture_output=True, text=True, check=False,
        cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    new = installed(run_probe(tmp_path / "work-copy-env" / "bin" / "python"))
    wanted = {name: row for name, row in installed(old).items() if name != "mine"}
    assert {name: row for name, row in new.items() if name not in ("pip", "setuptools")} == {
        **wanted,
        "ipykernel": ("6.0", False),
    }
