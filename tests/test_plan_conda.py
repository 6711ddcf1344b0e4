"""Plans of conda's commands: a conda that prints what real ones print."""

import json
import os
import stat
import sys

import pytest
from planning import PLAN, changes, check
from probing import environ

LINK = {
    "base_url": "https://conda.example/conda-forge", "build_number": 0, "build_string": "py311h64a7726_0",
    "channel": "conda-forge", "dist_name": "numpy-1.26.4-py311h64a7726_0", "name": "numpy",
    "platform": "linux-64", "version": "1.26.4",
}  # fmt: skip
# conda 24: `conda install --dry-run --json`; FETCH carries the sizes.
CONDA = {
    "actions": {
        "FETCH": [{"name": "numpy", "version": "1.26.4", "size": 8065890, "url": "x"}],
        "LINK": [LINK, {**LINK, "name": "libblas", "version": "3.9.0"}],
        "PREFIX": "/opt/env",
        "UNLINK": [{**LINK, "version": "1.24.4"}, {**LINK, "name": "python-torch", "version": "2.3.1"}],
    },
    "dry_run": True, "prefix": "/opt/env", "success": True,
}  # fmt: skip
ERRORS = {
    "unknown-package": {
        "exception_name": "PackagesNotFoundError", "packages": ["numppy"],
        "message": "The following packages are not available from current channels:\n\n  - numppy\n",
        "success": None,
    },
    "unsatisfiable": {
        "exception_name": "LibMambaUnsatisfiableError",
        "message": "Encountered problems while solving:\n  - package a-1 requires b, but none of the providers",
        "success": None,
    },
    "network": {
        "exception_name": "CondaHTTPError", "success": None,
        "message": "HTTP 000 CONNECTION FAILED for url <https://anna:s3cr3t-w0rd@conda.example/t/tok3n/x>",
    },
    "credentials": {
        "exception_name": "CondaHTTPError", "success": None,
        "message": "HTTP 401 UNAUTHORIZED for url <https://conda.example/t/tok3n/x>",
    },
    "other": {"exception_name": "EnvironmentNotWritableError", "message": "not writable", "success": None},
}  # fmt: skip


@pytest.fixture
def prefix(tmp_path):
    """A conda-like prefix with the record of a package whose distribution has another name."""
    meta = tmp_path / "prefix" / "conda-meta"
    meta.mkdir(parents=True)
    site = "lib/python3.11/site-packages"
    (meta / "python-torch-2.3.1-py311_0.json").write_text(json.dumps({
        "name": "python-torch", "files": [f"{site}/torch-2.3.1.dist-info/METADATA", f"{site}/torch/x.py"],
    }))  # fmt: skip
    (meta / "conda-24.5.0-py311_0.json").write_text("{}")
    return tmp_path / "prefix"


@pytest.fixture
def conda(prefix, tmp_path):
    """Make the conda of that prefix print something; returns the file of the words it got."""

    def make(output, status=0, name="conda", delay=0):
        path = prefix / "bin" / name
        path.parent.mkdir(exist_ok=True)
        seen = tmp_path / "words"
        path.write_text(
            f"#!{sys.executable} -I\nimport json, sys, time\nwords = sys.argv[1:]\n"
            f"json.dump(words, open({str(seen)!r}, 'w'))\n"
            f"time.sleep({delay})\nprint({output!r})\nsys.exit({status})\n"
        )
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return seen

    return make


@pytest.fixture
def ask(prefix, tmp_path):
    """Plan a command as the Python of that prefix would."""

    def run(*args, tool="conda", action="install", path="/usr/bin:/bin", **more):
        import subprocess

        hook = tmp_path / "plan.py"
        hook.write_text(PLAN.read_text().replace("def main():", f"sys.prefix = {str(prefix)!r}\n\n\ndef main():"))
        request = {"tool": tool, "action": action, "args": list(args), "cwd": str(tmp_path), **more}
        (tmp_path / "request.json").write_text(json.dumps(request))
        variables = {key: None for key in os.environ if key.startswith(("CONDA", "MAMBA"))}
        done = subprocess.run(
            [sys.executable, str(hook), str(tmp_path / "request.json")],
            check=True, capture_output=True, env=environ(PATH=path, **variables),
        )  # fmt: skip
        return check(json.loads(done.stdout))

    return run


def test_rows(conda, ask, prefix):
    seen = conda("Collecting package metadata\n" + json.dumps(CONDA))
    answer = ask("-y", "-c", "conda-forge", "numpy=1.26", "-q")
    assert answer["planner"] == "conda 24.5.0"
    assert changes(answer) == {
        "numpy": ("1.24.4", "1.26.4"), "libblas": (None, "3.9.0"), "torch": ("2.3.1", None)
    }  # fmt: skip
    rows = {row["name"]: row for row in answer["rows"]}
    assert (rows["numpy"]["size"], rows["libblas"]["size"], rows["torch"]["size"]) == (8065890, None, None)
    assert json.loads(seen.read_text()) == [
        "install", "--dry-run", "--json", "--yes", "-p", str(prefix), "-c", "conda-forge", "numpy=1.26"
    ]  # fmt: skip


@pytest.mark.parametrize(("action", "verb"), [("update", "update"), ("uninstall", "remove")])
def test_verbs(conda, ask, action, verb):
    seen = conda(json.dumps(CONDA))
    ask("-n", "other", "numpy", action=action, constraints=["torch=2.3.1"])
    words = json.loads(seen.read_text())
    assert words[0] == verb
    assert "-p" not in words
    assert ("torch=2.3.1" in words) == (action == "update")


def test_nothing_to_do(conda, ask):
    conda(json.dumps({"success": True, "message": "All requested packages already installed."}))
    assert changes(ask("numpy")) == {}


def test_dry_run_as_an_exception(conda, ask):
    """Older ones leave with an error when a dry run has something to do."""
    conda(json.dumps({**CONDA, "exception_name": "DryRunExit"}), 1)
    assert len(ask("numpy")["rows"]) == 3


@pytest.mark.parametrize("kind", ERRORS)
def test_errors(conda, ask, kind):
    conda(json.dumps(ERRORS[kind]), 1)
    error = ask("numppy")["error"]
    assert error["kind"] == kind
    assert "s3cr3t" not in error["text"]
    assert "tok3n" not in error["text"]
    assert error.get("nearest") == ("numpy" if kind == "unknown-package" else None)


@pytest.mark.parametrize(
    ("output", "status"),
    [("no JSON", 0), ("{ broken", 0), ("", 0), ("[1]", 0), ('{"actions": [1]}', 0), ("Segmentation", 139)],
)
def test_unreadable(conda, ask, output, status):
    conda(output, status)
    answer = ask("numpy")
    if answer["error"] is None:
        assert answer["rows"] == []
    else:
        assert answer["error"]["kind"] in ("crash", "other")


def test_time_limit(conda, ask):
    conda("{}", delay=30)
    assert ask("numpy", deadline=1)["error"]["kind"] == "timeout"


def test_no_conda(ask):
    assert ask("numpy")["error"]["kind"] == "no-planner"
    assert ask("numpy", tool="micromamba")["error"]["kind"] == "no-planner"


def test_mamba_is_asked_first(conda, ask):
    conda(json.dumps({"success": True}), name="conda")
    assert ask("numpy", tool="mamba")["planner"] == "conda 24.5.0"
    conda(json.dumps({"success": True}), name="mamba")
    assert ask("numpy", tool="mamba")["planner"] == "mamba"


def test_environment_files_are_not_planned(conda, ask):
    conda(json.dumps(CONDA))
    assert ask("--file", "environment.yml", action="update")["error"]["kind"] == "usage"
