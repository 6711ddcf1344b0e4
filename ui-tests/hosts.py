"""Builds the other hosts of the UI tests in .cache/ui/hosts: a virtual environment for each server of hosts.json.

    python hosts.py            all of them
    python hosts.py lab44 …    only the servers named

What is up to date is kept: a stamp beside each environment tells what it was made from.
"""

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT / "tests"))

import envs

HOSTS = ROOT / ".cache" / "ui" / "hosts"
EXTENSION = ROOT / "jupyterlab_gpu_doctor" / "labextension"


def servers():
    """Names of the servers that have an environment of their own."""
    listed = json.loads((HERE / "hosts.json").read_text(encoding="utf-8"))["servers"]
    return [name for name, server in listed.items() if server.get("venv")]


def build(name):
    """A virtual environment with the packages of requirements/hosts/NAME.txt, unless it is there already."""
    requirements = ROOT / "requirements" / "hosts" / f"{name}.txt"
    target, stamp = HOSTS / name, HOSTS / f"{name}.stamp"
    key = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    if not stamp.exists() or stamp.read_text() != key or not envs.python_of(target).exists():
        print(f"== host {name}", flush=True)
        stamp.unlink(missing_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        HOSTS.mkdir(parents=True, exist_ok=True)
        envs.uv("venv", "-q", "--python", sys.executable, target)
        envs.uv("pip", "install", "-q", "--python", envs.python_of(target), "-r", requirements)
        # JupyterLab depends on ipykernel, which brings a kernel; the tests use only those of environments.py.
        shutil.rmtree(target / "share" / "jupyter" / "kernels", ignore_errors=True)
        stamp.write_text(key)
    link(target / "share" / "jupyter" / "labextensions")


def link(labextensions):
    """Our extension as it was last built; a link, so that a new build needs no step here."""
    labextensions.mkdir(parents=True, exist_ok=True)
    ours = labextensions / "jupyterlab-gpu-doctor"
    if not ours.is_symlink() or not ours.exists():
        ours.unlink(missing_ok=True)
        # Relative: the clone may be moved.
        ours.symlink_to(os.path.relpath(EXTENSION, labextensions), target_is_directory=True)


def main(wanted):
    """Build the servers that are wanted, or all."""
    known = servers()
    unknown = [name for name in wanted if name not in known]
    if unknown:
        sys.exit(f"unknown server: {', '.join(unknown)}; known: {', '.join(known)}")
    if not EXTENSION.is_dir():
        sys.exit("the extension is not built: node scripts/setup.mjs")
    for name in wanted or known:
        build(name)


if __name__ == "__main__":
    main(sys.argv[1:])
