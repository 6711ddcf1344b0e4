"""Fetching uv with real pip from a made-up index: what lands where, and every way to fail."""

import ast
import base64
import hashlib
import io
import json
import os
import shutil
import stat
import subprocess
import sys
import threading
import time
import zipfile

import envs
import pytest
from index import Server, refused
from planning import PLAN, Place, changes
from probing import ROOT, interpreters

FETCH = ROOT / "jupyterlab_gpu_doctor" / "kernel" / "fetch_uv.py"
# Runs the source as the kernel does, and prints what is reported and answered.
DRIVER = """
import json, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
source, request = sys.argv[1:]
space = {"__name__": "gpu_doctor"}
exec(compile(open(source, encoding="utf-8").read(), "<gpu-doctor>", "exec"), space)
answer = space["fetch"](json.loads(request), lambda step: print(json.dumps(step), flush=True))
print(json.dumps(answer))
"""
SECRET = "s3cr3t-w0rd"


def uv_wheel(version="0.13.9", body=None, member="uv", modes=0o755):
    """A wheel whose program answers --version; body: other text of it."""
    text = body if body is not None else f"#!/bin/sh\necho 'uv {version} (test)'\n"
    info = f"uv-{version}.dist-info"
    files = {
        f"uv-{version}.data/scripts/{member}": text,
        "uv/__init__.py": "",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: uv\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: false\nTag: py3-none-any\n",
    }
    record = ""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            item = zipfile.ZipInfo(path)
            item.external_attr = modes << 16
            archive.writestr(item, content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content.encode()).digest()).rstrip(b"=")
            record += f"{path},sha256={digest.decode()},{len(content)}\n"
        archive.writestr(f"{info}/RECORD", record + f"{info}/RECORD,,\n")
    return data.getvalue()


class Fetcher:
    """An environment with pip, an index, and a home."""

    def __init__(self, place, server):
        self.place = place
        self.server = server
        self.index = server.index("main")
        self.home = place.folder / "home"
        self.bin = self.home / ".local" / "share" / "jupyterlab-gpu-doctor" / "bin"
        self.uv = self.bin / "uv"
        self.driver = place.folder / "driver.py"
        self.driver.write_text(DRIVER)
        place.variables.clear()
        place.variables["PIP_INDEX_URL"] = self.index.url

    def offer(self, version="0.13.9", **more):
        """Put a wheel of uv on the index."""
        self.index.add("uv", f"uv-{version}-py3-none-any.whl", uv_wheel(version, **more))

    def start(self, python=None, variables=None, **request):
        """The process that fetches."""
        return subprocess.Popen(
            [str(python or self.place.python), "-I", str(self.driver), str(FETCH), json.dumps(request)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.place.work,
            env=self.place.environ(**(variables or {})),
        )  # fmt: skip

    def end(self, process):
        """(phases, answer) of it, after the checks that always hold."""
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b""), err.decode()
        assert SECRET not in out.decode()
        *steps, answer = map(json.loads, out.splitlines())
        if "error" in answer:
            assert set(answer) == {"error"}
            assert set(answer["error"]) == {"kind", "text"}
            text = answer["error"]["text"]
            assert 0 < len(text) <= 400
            assert "\n" not in text
        else:
            assert set(answer) == {"path", "version"}
        # Nothing temporary stays, here or elsewhere.
        assert set(os.listdir(self.bin) if self.bin.is_dir() else ()) <= {"uv"}
        return [step["phase"] for step in steps], answer

    def run(self, **more):
        """Fetch and wait."""
        return self.end(self.start(**more))

    def kind(self, **more):
        """Kind of the error."""
        _, answer = self.run(**more)
        return answer["error"]["kind"]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """An environment that no test changes."""
    return Place(tmp_path_factory.mktemp("fetch"))


@pytest.fixture
def fetcher(home):
    with Server() as server:
        fetcher = Fetcher(home, server)
        yield fetcher
        shutil.rmtree(fetcher.home / ".local", ignore_errors=True)


GOT = ["downloading", "unpacking", "done"]


def test_fetch(fetcher):
    before = sorted(os.listdir(fetcher.place.site)), sorted(os.listdir(fetcher.place.prefix / "bin"))
    fetcher.offer("0.13.9")
    fetcher.offer("0.12.0")
    phases, answer = fetcher.run()
    assert (phases, answer) == (GOT, {"path": str(fetcher.uv), "version": "0.13.9"})
    assert stat.S_IMODE(fetcher.uv.stat().st_mode) == 0o755
    assert envs.run(str(fetcher.uv), "--version").startswith("uv 0.13.9")
    after = sorted(os.listdir(fetcher.place.site)), sorted(os.listdir(fetcher.place.prefix / "bin"))
    assert after == before
    assert list(fetcher.place.work.iterdir()) == []
    # Once is enough.
    fetcher.index.requests.clear()
    assert fetcher.run() == (["done"], answer)
    assert fetcher.index.requests == []


@pytest.mark.parametrize("body", ["#!/bin/sh\necho 'uv 0.12.0'\n", "#!/bin/sh\nexit 1\n", "no program"])
def test_what_is_there_is_replaced(fetcher, body):
    """It is too old, or it does not run."""
    fetcher.offer()
    fetcher.bin.mkdir(parents=True)
    fetcher.uv.write_text(body)
    fetcher.uv.chmod(0o755)
    assert fetcher.run()[0] == GOT
    assert "0.13.9" in fetcher.uv.read_text()


def test_the_planner_finds_it(fetcher):
    body = "#!/bin/sh\ncase $1 in --version) echo 'uv 0.13.7';; *) echo '{\"changes\": []}';; esac\n"
    fetcher.offer("0.13.7", body=body)
    fetcher.run()
    answer = fetcher.place.plan("a", uv_paths=[])
    assert (answer["planner"], changes(answer)) == ("uv 0.13.7", {})


def test_two_at_once(fetcher):
    fetcher.offer()
    processes = [fetcher.start() for _ in range(3)]
    outs = [process.communicate(timeout=60) for process in processes]
    for out, err in outs:
        assert err == b""
        assert json.loads(out.splitlines()[-1])["version"] == "0.13.9"
    assert os.listdir(fetcher.bin) == ["uv"]
    assert os.access(fetcher.uv, os.X_OK)


def test_pip_settings_hold(fetcher):
    """Index, credentials and options of the user's configuration."""
    fetcher.index.user = f"anna:{SECRET}"
    fetcher.offer()
    config = fetcher.home / "pip.conf"
    config.write_text(f"[global]\nindex-url = {fetcher.index.url_as('anna:' + SECRET)}\nrequire-virtualenv = yes\n"
                      "no-binary = :all:\n")  # fmt: skip
    variables = {"PIP_INDEX_URL": None, "PIP_CONFIG_FILE": config}
    assert fetcher.run(variables=variables)[1].get("version") == "0.13.9"


@pytest.mark.parametrize(("user", "kind"), [("", "not-found"), (f"anna:{SECRET}x@", "credentials")])
def test_credentials(fetcher, user, kind):
    """Without any, pip says no more than that there is nothing."""
    fetcher.index.user = f"anna:{SECRET}"
    fetcher.offer()
    url = fetcher.index.url.replace("//", "//" + user)
    _, answer = fetcher.run(variables={"PIP_INDEX_URL": url})
    assert answer["error"]["kind"] == kind
    assert ("401" in answer["error"]["text"]) == (kind == "credentials")


def test_no_network(fetcher):
    url = refused().replace("//", f"//anna:{SECRET}@")
    _, answer = fetcher.run(variables={"PIP_INDEX_URL": url})
    assert answer["error"]["kind"] == "network"
    assert "refused" in answer["error"]["text"]
    assert not fetcher.uv.exists()


def test_no_uv_for_this_system(fetcher):
    fetcher.index.add("uv", "uv-0.13.9-py3-none-otherplatform.whl", uv_wheel())
    fetcher.index.sdist("uv", "0.13.9", setup="open('/ran', 'w')")
    assert fetcher.kind() == "not-found"
    fetcher.offer("0.12.9")
    assert fetcher.kind() == "not-found"


@pytest.mark.parametrize(
    "more",
    [{"member": "uvx"}, {"body": "#!/bin/sh\nexit 3\n"}, {"body": "no program"},
     {"body": "#!/bin/sh\necho 'uv 0.12.0'\n"}],
    ids=["no program", "fails", "cannot start", "too old"],
)  # fmt: skip
def test_a_broken_wheel(fetcher, more):
    fetcher.offer(**more)
    phases, answer = fetcher.run()
    assert (phases, answer["error"]["kind"]) == (GOT[:2], "broken")
    assert not fetcher.uv.exists()


def test_no_zip(fetcher):
    fetcher.index.add("uv", "uv-0.13.9-py3-none-any.whl", b"no zip")
    assert fetcher.kind() == "broken"


def test_without_pip(fetcher, tmp_path_factory):
    """pip of PATH; without one a clear answer."""
    fetcher.offer()
    bare = Place(tmp_path_factory.mktemp("bare"), seed=False)
    nowhere = {"PATH": str(bare.folder)}
    assert fetcher.kind(python=bare.python, variables=nowhere) == "no-pip"
    assert fetcher.kind(python=bare.python, variables={"PATH": f"relative:{bare.folder}:"}) == "no-pip"
    path = {"PATH": f"{bare.folder}:{fetcher.place.prefix / 'bin'}"}
    assert fetcher.run(python=bare.python, variables=path)[1]["version"] == "0.13.9"


def test_a_home_that_cannot_be_written(fetcher):
    fetcher.offer()
    blocked = fetcher.home / "file"
    blocked.write_text("")
    phases, answer = fetcher.run(variables={"XDG_DATA_HOME": blocked})
    assert (phases, answer["error"]["kind"]) == ([], "read-only")
    assert str(blocked) in answer["error"]["text"]


@pytest.mark.skipif(not os.path.isdir("/dev/shm") or os.geteuid() != 0, reason="needs a mount of its own")
def test_no_space(fetcher, tmp_path):
    """A file system of 64 kB, where that can be mounted."""
    fetcher.offer(body="#!/bin/sh\necho 'uv 0.13.9'\n" + "".join(f"# {os.urandom(40).hex()}\n" for _ in range(9000)))
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(tmp_path)]
    if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("nothing can be mounted here")
    try:
        assert fetcher.kind(variables={"XDG_DATA_HOME": tmp_path}) == "no-space"
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_errors_of_the_system(fetcher, monkeypatch, tmp_path):
    """What the system says becomes a kind and one line."""
    space = load()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    for number, kind in ((28, "no-space"), (30, "read-only"), (13, "read-only"), (5, "other")):
        error = OSError(number, os.strerror(number), f"http://anna:{SECRET}@x/y\nz")

        def fail(*_, error=error):
            raise error

        space["download"] = fail
        answer = space["fetch"]({})
        assert answer["error"]["kind"] == kind
        assert SECRET not in answer["error"]["text"]
        assert "\n" not in answer["error"]["text"]
    assert os.listdir(tmp_path / "jupyterlab-gpu-doctor" / "bin") == []
    space["download"] = lambda _: 1 / 0
    assert space["fetch"]({})["error"]["kind"] == "crash"


def children(pid):
    """Processes of a process."""
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as lines:
        return lines.read().split()


def wait_for(condition):
    """Wait until something holds."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_interrupted(fetcher):
    """As Ctrl-C and the kernel's interrupt do it: no process, no file is left."""
    fetcher.offer()
    fetcher.index.delay = 60
    process = fetcher.start()
    wait_for(lambda: fetcher.index.requests)
    running = children(process.pid)
    assert len(running) == 1
    process.send_signal(2)
    begin = time.monotonic()
    phases, answer = fetcher.end(process)
    assert (phases, answer["error"]["kind"]) == (["downloading"], "cancelled")
    assert time.monotonic() - begin < 10
    assert not os.path.exists(f"/proc/{running[0]}")


def test_deadline(fetcher):
    fetcher.offer()
    fetcher.index.delay = 60
    begin = time.monotonic()
    assert fetcher.kind(deadline=2) == "timeout"
    assert time.monotonic() - begin < 10
    assert fetcher.kind(deadline=1e-9) == "timeout"


def test_stopped(fetcher, monkeypatch):
    """In a thread, by its event."""
    fetcher.offer()
    fetcher.index.delay = 60
    for key, value in fetcher.place.environ().items():
        monkeypatch.setenv(key, value)
    space = load()
    stop = threading.Event()
    answers = []
    thread = threading.Thread(target=lambda: answers.append(space["fetch"]({}, None, stop)))
    thread.start()
    wait_for(lambda: fetcher.index.requests)
    stop.set()
    thread.join(10)
    assert answers[0]["error"]["kind"] == "cancelled"
    assert os.listdir(fetcher.bin) == []


def test_what_a_killed_process_left_is_removed(fetcher):
    fetcher.offer()
    for name in (".fetch-old", ".fetch-new"):
        (fetcher.bin / name).mkdir(parents=True)
        (fetcher.bin / name / "x").write_text("")
    os.utime(fetcher.bin / ".fetch-old", (1, 1))
    process = fetcher.start()
    process.communicate(timeout=60)
    assert sorted(os.listdir(fetcher.bin)) == [".fetch-new", "uv"]
    shutil.rmtree(fetcher.bin / ".fetch-new")


def test_every_python(fetcher):
    fetcher.offer()
    pip = {"PATH": str(fetcher.place.prefix / "bin")}
    for python in interpreters():
        shutil.rmtree(fetcher.bin, ignore_errors=True)
        assert fetcher.run(python=python, variables=pip)[1].get("version") == "0.13.9", python


@pytest.mark.parametrize("request_", [None, 1, [], {"deadline": "soon"}, {"deadline": float("nan")}, {"deadline": -1}])
def test_odd_requests(request_, monkeypatch, tmp_path):
    space = load()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    seen = []
    space["download"] = lambda run: seen.append(run.left()) or 1 / 0
    space["fetch"](request_)
    assert 110 < seen[0] <= 120


def load():
    """The functions, as the kernel gets them."""
    space = {"__name__": "gpu_doctor"}
    exec(compile(FETCH.read_text(), "<gpu-doctor>", "exec"), space)  # noqa: S102
    return space


def test_same_functions_as_the_planner():
    """Each source is sent alone, so they stand twice."""

    def functions(path):
        tree = ast.parse(path.read_text())
        return {node.name: ast.dump(node) for node in tree.body if isinstance(node, ast.FunctionDef)}

    mine, planner = functions(FETCH), functions(PLAN)
    for name in ("private_folder", "mask", "kill"):
        assert mine[name] == planner[name], name


def test_where_the_folder_is(monkeypatch):
    space = load()
    folder = space["private_folder"]
    monkeypatch.setenv("HOME", "/home/anna")
    monkeypatch.setattr(sys, "platform", "linux")
    for value, base in ((None, "/home/anna/.local/share"), ("relative", "/home/anna/.local/share"), ("/data", "/data")):
        if value is None:
            monkeypatch.delenv("XDG_DATA_HOME", raising=False)
        else:
            monkeypatch.setenv("XDG_DATA_HOME", value)
        assert folder() == base + "/jupyterlab-gpu-doctor/bin"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert folder() == "/home/anna/Library/Application Support/jupyterlab-gpu-doctor/bin"
    space["WINDOWS"] = True
    monkeypatch.setenv("LOCALAPPDATA", "/local")
    assert folder() == "/local/jupyterlab-gpu-doctor/bin"
