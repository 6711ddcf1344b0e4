"""What a backup and an undo cost: time and disk, on a real environment with many files.

    .venv/bin/python scripts/undo_figures.py [--only NAME]

For each command: begin, the command by real pip, seal, undo, in a copy of an environment, and whether every
file is as before. Prints a Markdown table; exit status 1 when a file differs. Needs the package index and
uv; the environment lies in .cache/envs.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import envs
import undoing

PACKAGES = [
    "numpy==1.26.4", "pandas==2.1.4", "scipy==1.11.4", "scikit-learn==1.3.2", "matplotlib==3.8.4",
    "jupyterlab==4.2.5", "opencv-python==4.9.0.80", "pip==24.0",
]  # fmt: skip
COMMANDS = {
    "downgrade": (["numpy"], "install numpy==1.25.2"),
    "two": (["numpy", "pandas"], "install pandas==2.2.3"),
    "twin": ([], "install --no-deps opencv-python-headless==4.9.0.80"),
    "adds": ([], "install rich"),
    "pip": (["pip"], "install -U pip"),
    "uninstall": (["scipy"], "uninstall -y scipy"),
}


def build(target):
    """The environment, with its byte code."""
    envs.make_venv(target, PACKAGES, "3.11")
    subprocess.run([str(envs.python_of(target)), "-m", "compileall", "-q", str(envs.site_of(target))], check=False)


def measure(origin, name, mode):
    """A row of the table, and whether it went back."""
    wanted, words = COMMANDS[name]
    with tempfile.TemporaryDirectory(dir=envs.CACHE) as folder:
        env = undoing.Env(folder, origin)
        before = env.snapshot()
        begun = env.ask("begin", "one", mode=mode, names=wanted)
        start = perf_counter()
        env.pip(*words.split())
        took = perf_counter() - start
        sealed = env.ask("seal", "one")
        undone = env.ask("undo", "one")
        same = env.snapshot() == before if "error" not in undone else undone["error"]["kind"]
        changes = f"+{sealed['added']} -{sealed['removed']} ~{sealed['replaced']}"
        cells = (
            f"`pip {words}`", begun["mode"], len(env.snapshot(code=True)), begun["files"], begun["seconds"],
            f"{begun['bytes'] / 1e6:.1f}", f"{took:.1f}", sealed["seconds"], changes, f"{sealed['bytes'] / 1e6:.1f}",
            undone.get("seconds", ""), same,
        )  # fmt: skip
        return cells, same is True


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", choices=sorted(COMMANDS))
    options = parser.parse_args()
    origin = envs.cached("undo-figures", PACKAGES, build)
    print("| install | mode | files | kept | begin s | MB | pip s | seal s | changes | MB | undo s | identical |")
    print("|--|--|--|--|--|--|--|--|--|--|--|--|")
    fine = True
    for name in [options.only] if options.only else COMMANDS:
        for mode in ("tree", "plan"):
            cells, good = measure(origin, name, mode)
            # Plan mode does not see twins: that it says so is what is wanted.
            fine = fine and (good or (name, mode, cells[-1]) == ("twin", "plan", "incomplete"))
            print("| " + " | ".join(map(str, cells)) + " |", flush=True)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
