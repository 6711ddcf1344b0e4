"""Running the planner in tests, as a command and as the front end does; and what pip really does."""

import functools
import itertools
import json
import os
import py_compile
import queue
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from queue import Empty

import envs
from probing import ROOT, environ

PLAN = ROOT / "jupyterlab_gpu_doctor" / "kernel" / "plan.py"
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


@functools.cache
def compiled():
    """plan.py as byte code of this Python, which is a Place's too: compiling it is most of a run."""
    path = Path(tempfile.mkdtemp(prefix="plan-")) / "plan.pyc"
    return py_compile.compile(str(PLAN), cfile=str(path), doraise=True)


def uv_path():
    """The uv beside this interpreter."""
    from uv import find_uv_bin

    return find_uv_bin()


class Shelf:
    """Indexes of one test on a server that many share. Their addresses are new, so that neither uv's
    cache nor pip's has seen them."""

    numbers = itertools.count()

    def __init__(self, server):
        self.server = server
        self.number = next(self.numbers)

    def index(self, name):
        """The index of this name."""
        return self.server.index(f"{self.number}-{name}")


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
        (self.folder / "cache").mkdir()
        watched = (self.folder, self.prefix, self.prefix / "bin", self.site, self.work, self.folder / "home")
        self.first = {folder: set(os.listdir(folder)) for folder in watched}

    def reset(self):
        """Remove what a test left. pip stays, with the byte code that its first run wrote, and so does
        uv's cache: both are a second of each test."""
        self.variables.clear()
        for folder, names in self.first.items():
            for name in {*os.listdir(folder)} - names:
                path = folder / name
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                else:
                    path.unlink()

    def environ(self, **more):
        """Variables without a trace of this machine's own configuration."""
        base = {
            key: None for key in os.environ if key.startswith(CONFIGURED) and key not in more
        }
        base.update(HOME=self.folder / "home", PIP_CONFIG_FILE=os.devnull, XDG_CONFIG_DIRS=self.folder,
                    XDG_DATA_HOME=None, PATH="/usr/bin:/bin", PIP_DISABLE_PIP_VERSION_CHECK="1",
                    JPY_PARENT_PID="0", PYTHONDONTWRITEBYTECODE=None)  # fmt: skip
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
        if script == PLAN and python is None:
            script = compiled()
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


# ---------------------------------------------------------------------------- the front end's own code

# Runs src/kernel/background.ts over lines of JSON: its requests go out, the kernel's messages come in.
PAGE = """
const path = require('node:path');
const options = JSON.parse(process.argv[2]);
const { buildSync } = require(path.join(options.root, 'node_modules/esbuild'));
const text = name => "export * from './" + name + "';";
const { outputFiles } = buildSync({
  stdin: {
    contents: ['background', 'plan', 'embedded.generated'].map(text).join(''),
    resolveDir: path.join(options.root, 'src/kernel')
  },
  bundle: true, write: false, format: 'cjs', platform: 'node'
});
const loaded = { exports: {} };
new Function('module', outputFiles[0].text)(loaded);
const front = loaded.exports;
const source = front.BACKGROUND_SOURCE + '\\n' + front.PLAN_SOURCE;
const send = one => process.stdout.write(JSON.stringify(one) + '\\n');
const aborter = new AbortController();
const futures = new Map();
const kernel = {
  isDisposed: false,
  status: 'idle',
  requestExecute(content) {
    const id = futures.size;
    const future = { dispose: () => futures.set(id, null) };
    future.done = new Promise(resolve => Object.assign(future, { resolve }));
    futures.set(id, future);
    send({ id, content });
    return future;
  }
};
require('node:readline').createInterface({ input: process.stdin }).on('line', line => {
  const { abort, id, iopub, reply } = JSON.parse(line);
  const future = futures.get(id);
  if (abort) { aborter.abort(); }
  else if (iopub) { future?.onIOPub?.(iopub); }
  else { future?.resolve(reply); }
}).on('close', () => process.exit());
front[options.run](kernel, {
  source, call: 'plan', timeout: 60000, request: options.request, signal: aborter.signal,
  onProgress: progress => send({ progress })
}).then(outcome => send({ outcome }));
"""


@functools.cache
def page_script():
    """The file of PAGE."""
    path = Path(tempfile.mkdtemp(prefix="page-")) / "page.cjs"
    path.write_text(PAGE)
    return path


class Page:
    """A page that asks for one plan; `run` is the function of the front end."""

    def __init__(self, request, run="runInBackground"):
        options = {"root": str(ROOT), "request": request, "run": run}
        self.process = subprocess.Popen(
            ["node", str(page_script()), json.dumps(options)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.lines = queue.Queue()
        self.sent = []  # texts of the expressions
        self.progress = []
        self.outcome = None
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        """Lines of the process, as they come."""
        for line in self.process.stdout:
            self.lines.put(json.loads(line))

    def tell(self, **message):
        """Send a line; a closed page takes none."""
        try:
            self.process.stdin.write(json.dumps(message) + "\n")
            self.process.stdin.flush()
        except (OSError, ValueError):
            pass

    def stop(self):
        """The user does not want it any more."""
        self.tell(abort=True)

    def close(self):
        """The page goes away without a word."""
        self.process.kill()
        self.process.wait()


class Relay:
    """Between pages and a kernel, as a Jupyter server is; and a user who runs cells."""

    def __init__(self, client):
        self.client = client
        self.pages = []
        self.open = {}  # id of a message -> [page, id there, reply, whether it is idle, messages]

    def page(self, *args, **options):
        """Open a page."""
        self.pages.append(Page(*args, **options))
        return self.pages[-1]

    def close(self):
        """Close all pages."""
        for page in self.pages:
            page.close()

    def until(self, ready, seconds=30):
        """Carry messages until ready() is true."""
        end = time.monotonic() + seconds
        while not ready():
            assert time.monotonic() < end, [page.outcome for page in self.pages]
            self.turn()

    def turn(self):
        """Carry what there is."""
        for page in self.pages:
            while not page.lines.empty():
                one = page.lines.get()
                if "content" in one:
                    self.send(one["content"], page, one["id"])
                elif "progress" in one:
                    page.progress.append(one["progress"])
                else:
                    page.outcome = one["outcome"]
        for take, wait in ((self.client.get_iopub_msg, 0.01), (self.client.get_shell_msg, 0.001)):
            try:
                while True:
                    self.take(take(timeout=wait))
            except Empty:
                pass

    def send(self, content, page=None, number=None):
        """Send an execute_request."""
        message = self.client.session.msg("execute_request", content)
        self.open[message["header"]["msg_id"]] = entry = [page, number, None, False, []]
        self.client.shell_channel.send(message)
        if page:
            page.sent.append(content["user_expressions"]["gpu_doctor"])
        return entry

    def take(self, message):
        """A message of the kernel."""
        entry = self.open.get(message["parent_header"].get("msg_id"))
        if entry is None:
            return
        kind, content = message["msg_type"], message["content"]
        plain = {"header": {"msg_type": kind}, "content": content}
        if kind == "execute_reply":
            entry[2] = plain
        elif kind == "status":
            entry[3] = content["execution_state"] == "idle"
        else:
            entry[4].append(plain)
            if entry[0]:
                entry[0].tell(id=entry[1], iopub=plain)
        if entry[2] and entry[3]:
            del self.open[message["parent_header"]["msg_id"]]
            if entry[0]:
                entry[0].tell(id=entry[1], reply=entry[2])

    def cell(self, code, wait=True):
        """Run a cell; its entry, whose third item is the reply."""
        entry = self.send({
            "code": code, "silent": False, "store_history": True, "user_expressions": {},
            "allow_stdin": False, "stop_on_error": True,
        })  # fmt: skip
        if wait:
            self.until(lambda: entry[2] and entry[3])
        return entry

    def value(self, expression):
        """A value of the kernel, without a trace in its history."""
        entry = self.send({
            "code": "", "silent": True, "store_history": False, "allow_stdin": False,
            "user_expressions": {"x": f"__import__('json').dumps({expression})"},
        })  # fmt: skip
        self.until(lambda: entry[2] and entry[3])
        found = entry[2]["content"]["user_expressions"]["x"]
        assert found["status"] == "ok", found
        return json.loads(eval(found["data"]["text/plain"]))
