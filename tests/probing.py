"""Running the probe in tests and checking what it prints."""

import glob
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parent.parent
PROBE = ROOT / "jupyterlab_gpu_doctor" / "kernel" / "probe.py"
SCHEMA = json.loads((ROOT / "src" / "facts" / "facts.schema.json").read_text())
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
MIME = "application/vnd.jupyterlab-gpu-doctor.facts+json"
# Variables that would make the probe see this machine's own CUDA, or another environment.
HIDDEN = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "CUDA_HOME", "CUDA_PATH")


def environ(**more):
    """A quiet environment with more variables; None removes one."""
    base = {key: value for key, value in os.environ.items() if key not in HIDDEN}
    base.update(more)
    return {key: str(value) for key, value in base.items() if value is not None}


def run_probe(python=sys.executable, *options, cwd=None, script=PROBE, **variables):
    """Run the probe with an interpreter; its document, after the checks that always hold."""
    done = subprocess.run(
        [str(python), *options, str(script)],
        check=False, capture_output=True, env=environ(**variables), cwd=cwd, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b"", done.stderr.decode()
    return check(done.stdout)


def check(output):
    """One valid document and nothing else."""
    assert output.isascii()
    document = json.loads(output)
    assert output == output.strip() + b"\n"
    VALIDATOR.validate(document)
    return document


def load():
    """The probe's functions, as the kernel gets them: executed in a fresh dict."""
    space = {"__name__": "gpu_doctor"}
    exec(compile(PROBE.read_text(), "<gpu-doctor>", "exec"), space)  # noqa: S102
    return space


def interpreters():
    """Every CPython 3.8 or later of this machine, one of each version."""
    names = [f"python3.{minor}" for minor in range(8, 16)]
    found = [shutil.which(name) for name in [*names, "python3"]]
    found += glob.glob(os.path.expanduser("~/.pyenv/versions/*/bin/python"))
    found.append(sys.executable)
    code = "import sys; print(sys.implementation.name, *sys.version_info[:3], sys.executable)"
    versions = {}
    for path in filter(None, found):
        done = subprocess.run(
            [path, "-I", "-c", code], check=False, capture_output=True, text=True, env=environ()
        )
        words = done.stdout.split(None, 4)
        if done.returncode == 0 and words[0] == "cpython" and int(words[2]) >= 8:
            versions.setdefault(tuple(map(int, words[1:4])), words[4].strip())
    return [versions[key] for key in sorted(versions)]


def by_name(rows, name):
    """The one row with this name."""
    found = [row for row in rows if row["name"] == name]
    assert len(found) == 1, (name, found)
    return found[0]
