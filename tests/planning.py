"""Running the planner in tests, and what pip really does."""

import json
import os
import subprocess
from pathlib import Path

import envs
from probing import ROOT, environ

PLAN = ROOT / "jupyterlab_gpu_doctor" / "kernel" / "plan.py"
MIME = "application/vnd.jupyterlab-gpu-doctor.plan+json"
KINDS = {
    "unsatisfiable", "unknown-package", "network", "timeout", "usage", "credentials", "needs-build",
    "no-planner", "crash", "missing-file", "cancelled", "other",
}  # fmt: skip
CONFIGURED = ("PIP_", "UV_", "CONDA_", "MAMBA_", "SSL_CERT", "REQUESTS_CA", "CURL_CA")


def load():
    """The planner's functions, as the kernel gets them."""
    space = {"__name__": "gpu_doctor"}
    exec(compile(PLAN.read_text(), "<gpu-doctor>", "exec"), space)  # noqa: S102
    return space


def uv_path():
    """The uv beside this interpreter."""
    from uv import find_uv_bin

    return find_uv_bin()


class Place:
    """A virtual environment with pip and nothing else, and folders that belong to it."""

    def __init__(self, folder, seed=True):
        self.folder = Path(folder)
        self.prefix = envs.make_venv(self.folder / "env", (), seed=seed)
        self.python = envs.python_of(self.prefix)
        self.site = envs.site_of(self.prefix)
        self.work = self.folder / "work"
        self.work.mkdir()
        (self.folder / "home").mkdir()
        self.variables = {}

    def environ(self, **more):
        """Variables without a trace of this machine's own configuration."""
        base = {
            key: None for key in os.environ if key.startswith(CONFIGURED) and key not in more
        }
        base.update(HOME=self.folder / "home", PIP_CONFIG_FILE=os.devnull, XDG_CONFIG_DIRS=self.folder,
                    XDG_DATA_HOME=None, PATH="/usr/bin:/bin", PIP_DISABLE_PIP_VERSION_CHECK="1",
                    JPY_PARENT_PID="0")  # fmt: skip
        base.update(self.variables)
        base.update(more)
        return environ(**base)

    def stub(self, name, version, requires=()):
        """Install files that only describe a distribution."""
        return envs.stub(self.site, name, version, {f"{name.replace('-', '_')}.py": ""}, requires)

    def versions(self):
        """{name: version} of what is installed."""
        found = {}
        for info in self.site.glob("*.dist-info"):
            name, _, version = info.name[: -len(".dist-info")].partition("-")
            found[name.lower().replace("_", "-")] = version
        return found

    def plan(self, *args, tool="pip", action="install", python=None, script=PLAN, variables=None, **more):
        """The answer to a request, after the checks that always hold."""
        request = {
            "tool": tool, "action": action, "args": [str(one) for one in args],
            "cwd": str(self.work), "deadline": 60, "planner": "auto",
            "uv_paths": [uv_path()], "uv_cache": str(self.folder / "cache"), **more,
        }  # fmt: skip
        path = self.folder / "request.json"
        path.write_text(json.dumps(request))
        done = subprocess.run(
            [str(python or self.python), str(script), str(path)],
            check=False, capture_output=True, env=self.environ(**(variables or {})), timeout=120,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, b""), done.stderr.decode()
        return check(json.loads(done.stdout))

    def install(self, *args, ok=True):
        """What pip really does: {name: (from, to)}."""
        before = self.versions()
        done = subprocess.run(
            [str(self.python), "-m", "pip", "install", "-q", *map(str, args)],
            check=False, capture_output=True, text=True, env=self.environ(), cwd=self.work, timeout=120,
        )  # fmt: skip
        assert (done.returncode == 0) == ok, done.stdout + done.stderr
        after = self.versions()
        return {
            name: (before.get(name), after.get(name))
            for name in sorted({*before, *after})
            if before.get(name) != after.get(name)
        }


def check(answer):
    """An answer of the agreed form."""
    assert set(answer) == {
        "schema", "schema_version", "planner", "duration_ms", "rows", "notes", "error"
    }  # fmt: skip
    assert (answer["schema"], answer["schema_version"]) == ("jupyterlab-gpu-doctor/plan", 1)
    assert answer["duration_ms"] > 0
    for row in answer["rows"]:
        assert set(row) == {"name", "from", "to", "requires", "build", "size"}
        assert row["build"] in ("wheel", "sdist", None)
        assert row["from"] or row["to"] is not None
    for note in answer["notes"]:
        assert set(note) <= {"kind", "text", "package"}
    if answer["error"]:
        assert set(answer["error"]) <= {"kind", "text", "nearest", "package"}
        assert answer["error"]["kind"] in KINDS
        assert 0 < len(answer["error"]["text"]) <= 4096
        assert answer["rows"] == []
    else:
        assert answer["planner"]
    return answer


def changes(answer):
    """{name: (from, to)} of a plan."""
    assert answer["error"] is None, answer["error"]
    return {row["name"]: (row["from"], row["to"]) for row in answer["rows"]}


def kinds(answer):
    """Kinds of the notes."""
    return [note["kind"] for note in answer["notes"]]
