"""The history of an environment: two writers, killed ones, damaged lines, bounds, places."""

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

import envs
import pytest
from probing import ROOT, environ, interpreters
from undoing import embedded, load

HISTORY = ROOT / "jupyterlab_gpu_doctor" / "kernel" / "history.py"


class Place:
    """An environment that is only a folder, and a home."""

    def __init__(self, folder, monkeypatch):
        self.prefix = folder / "env"
        self.prefix.mkdir()
        self.home = folder / "home"
        self.own = self.prefix / ".gpu-doctor"
        self.file = self.own / "history.jsonl"
        self.space = load("HISTORY_SOURCE")
        monkeypatch.setattr(sys, "prefix", str(self.prefix))
        monkeypatch.setenv("XDG_DATA_HOME", str(self.home))

    def ask(self, action, **more):
        return self.space["history"]({"action": action, **more})

    def add(self, number, *args, **more):
        answer = self.ask("append", entry=entry(number, *args, **more))
        assert "error" not in answer, answer
        return answer

    def ids(self):
        answer = self.ask("read")
        assert set(answer) == {"entries", "place", "skipped"}
        return [one["id"] for one in answer["entries"]]


def entry(number, kind="install", **more):
    return {"schema": 1, "id": f"e{number}", "kind": kind, "time": "2026-11-21T18:00:00Z", **more}


def kind(answer):
    """Of an error, after the checks that always hold."""
    assert set(answer) == {"error"}, answer
    assert set(answer["error"]) == {"kind", "text"}
    assert 0 < len(answer["error"]["text"]) <= 400
    return answer["error"]["kind"]


@pytest.fixture
def place(tmp_path, monkeypatch):
    return Place(tmp_path, monkeypatch)


def test_beside_the_environment(place):
    assert place.ask("read") == {"entries": [], "place": "environment", "skipped": 0}
    assert not place.own.exists()
    assert place.add(1) == {"id": "e1", "place": "environment"}
    place.add(2, command="%pip install \u2028 ü \ud800")
    assert place.ask("read")["entries"] == [entry(1), entry(2, command="%pip install \u2028 ü \ud800")]
    assert place.file.read_bytes().count(b"\n") == 2
    assert sorted(os.listdir(place.own)) == ["history.jsonl", "history.lock"]
    assert not place.home.exists()


def test_the_same_entry_twice(place):
    """A request may be sent again. The state at the start is written once, whoever is first."""
    place.add(1, "start", packages=[])
    assert place.add(2, "start", packages=["other"])["id"] == "e1"
    place.add(3)
    assert place.add(3, more=1)["id"] == "e3"
    assert place.ids() == ["e1", "e3"]


def test_update(place):
    for number in range(3):
        place.add(number, later={"deep": [1, {"x": None}]}, why=None)
    assert place.ask("update", id="e1", patch={"why": "focal loss", "id": "x", "schema": 9, "kind": "start"}) == {
        "id": "e1", "place": "environment",
    }  # fmt: skip
    more = {"later": {"deep": [1, {"x": None}]}}
    assert place.ask("read")["entries"] == [
        entry(0, why=None, **more), entry(1, why="focal loss", **more), entry(2, why=None, **more)
    ]  # fmt: skip
    assert kind(place.ask("update", id="e9", patch={})) == "unknown"


def test_what_is_unknown_survives(place):
    """A newer version's fields and kinds."""
    place.own.mkdir()
    newer = {"schema": 7, "id": "n", "kind": "dream", "shape": [1.5, True, {"ä": "ö"}], "time": 5}
    place.file.write_text(json.dumps(newer, ensure_ascii=False) + "\n", encoding="utf-8")
    place.add(1)
    place.ask("update", id="e1", patch={"undone": "now"})
    for number in range(2, 210):
        place.add(number, "start" if number == 5 else "install")
    assert place.ids()[0] == "e5"
    assert place.ask("read")["skipped"] == 0
    place.file.write_text(json.dumps(newer) + "\n")
    place.ask("update", id="n", patch={"why": "x"})
    assert place.ask("read")["entries"] == [{**newer, "why": "x"}]


@pytest.mark.parametrize("request_", [
    None, 5, {}, {"action": "x"}, {"action": "append"}, {"action": "append", "entry": 5},
    {"action": "append", "entry": {}}, {"action": "append", "entry": {"id": ""}},
    {"action": "append", "entry": {"id": "x" * 201}}, {"action": "append", "entry": {"id": "a", "x": float("nan")}},
    {"action": "append", "entry": {"id": "a", "x": object()}}, {"action": "update", "id": "a"},
    {"action": "update", "id": 5, "patch": {}}, {"action": "update", "id": "a", "patch": []},
], ids=repr)  # fmt: skip
def test_requests_that_are_none(place, request_):
    assert kind(place.space["history"](request_)) == "usage"
    assert place.ids() == []


# ---------------------------------------------------------------------------- bounds


def test_at_most_two_hundred(place):
    place.add(0, "start", packages=[{"name": "numpy"}])
    for number in range(1, 300):
        place.add(number)
    assert place.ids() == ["e0", *(f"e{number}" for number in range(101, 300))]


def test_at_most_two_megabytes(place):
    place.add(0, "start", packages=["x" * 100_000])
    for number in range(1, 60):
        place.add(number, command="x" * 90_000)
    assert place.file.stat().st_size <= 2_000_000
    ids = place.ids()
    assert (ids[0], ids[-1]) == ("e0", "e59")
    assert 18 <= len(ids) <= 22
    assert kind(place.ask("append", entry=entry(99, command="x" * 600_000))) == "too-large"
    assert kind(place.ask("update", id="e59", patch={"command": "x" * 600_000})) == "too-large"
    assert place.ids() == ids


def test_a_file_that_somebody_else_made_huge(place):
    place.own.mkdir()
    with open(place.file, "wb") as lines:
        lines.writelines(json.dumps(entry(number, command="x" * 500_000)).encode() + b"\n" for number in range(40))
    assert place.ask("read")["skipped"] >= 1
    place.add(99)
    assert place.file.stat().st_size <= 2_000_000
    assert place.ids()[-1] == "e99"
    assert sum("damaged" in name for name in os.listdir(place.own)) == 1


# ---------------------------------------------------------------------------- damaged


@pytest.mark.parametrize("bad", [
    b"{", b"null", b"[1]", b"\xff\xfe\x00", b'{"id": 5}', b'{"no": "id"}', b"[" * 100_000, b'{"id": "e1"', b"\0" * 50,
], ids=lambda one: repr(one[:12]))  # fmt: skip
def test_damaged_lines(place, bad):
    for number in range(3):
        place.add(number)
    lines = place.file.read_bytes().splitlines()
    lines.insert(1, bad)
    place.file.write_bytes(b"\n".join(lines) + b"\n")
    damaged = place.file.read_bytes()
    answer = place.ask("read")
    assert ([one["id"] for one in answer["entries"]], answer["skipped"]) == (["e0", "e1", "e2"], 1)
    place.add(3)
    assert place.file.read_bytes().startswith(damaged)
    # Rewriting would lose it: it is copied first.
    place.ask("update", id="e3", patch={"why": "x"})
    assert place.ask("read")["skipped"] == 0
    (aside,) = [name for name in os.listdir(place.own) if "damaged" in name]
    assert bad in (place.own / aside).read_bytes()


def test_few_copies_are_kept(place):
    place.add(0)
    for number in range(6):
        with open(place.file, "ab") as lines:
            lines.write(b"bad %d\n" % number)
        place.ask("update", id="e0", patch={"why": number})
    kept = sorted(name for name in os.listdir(place.own) if "damaged" in name)
    assert len(kept) == 3
    assert b"bad 5" in (place.own / kept[-1]).read_bytes()


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_a_writer_that_was_killed_in_a_line(place, cut):
    for number in range(2):
        place.add(number)
    place.file.write_bytes(place.file.read_bytes()[:-cut])
    place.add(2)
    answer = place.ask("read")
    whole = cut == 1
    assert [one["id"] for one in answer["entries"]] == (["e0", "e1", "e2"] if whole else ["e0", "e2"])
    assert answer["skipped"] == (0 if whole else 1)


@pytest.mark.parametrize("function", ["replace", "fsync", "open"])
def test_killed_at_a_step(place, function):
    """Either the old file or the new one."""
    place.add(0, "start")
    for number in range(1, 200):
        place.add(number)
    child = os.fork()
    if child == 0:
        os_ = type("Os", (), {"__getattr__": lambda self, name: getattr(os, name)})()
        setattr(os_, function, lambda *args: os._exit(9))
        place.space["os"] = os_
        place.space["open"] = os_.open if function == "open" else open
        place.ask("append", entry=entry(200))
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert place.ids() == [f"e{number}" for number in range(200)]
    place.add(200)
    assert place.ids() == ["e0", *(f"e{number}" for number in range(2, 201))]


# ---------------------------------------------------------------------------- several writers

WRITER = """
import json, os, sys
sys.prefix = sys.argv[2]
space = {"__name__": "gpu_doctor"}
exec(compile(open(sys.argv[1]).read(), "<gpu-doctor>", "exec"), space)
for number in range(50):
    entry = {"schema": 1, "id": sys.argv[3] + str(number), "kind": "install", "text": "x" * 5000}
    answer = space["history"]({"action": "append", "entry": entry})
    assert "error" not in answer, answer
    answer = space["history"]({"action": "update", "id": entry["id"], "patch": {"why": number}})
    assert "error" not in answer, answer
"""


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "source.py"
    path.write_text(embedded("HISTORY_SOURCE"))
    return path


def test_two_at_once(place, source):
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, source, place.prefix, name], stderr=subprocess.PIPE,
                         env=environ())
        for name in "ab"
    ]  # fmt: skip
    for one in writers:
        _, err = one.communicate(timeout=120)
        assert (one.returncode, err) == (0, b"")
    answer = place.ask("read")
    assert answer["skipped"] == 0
    found = {one["id"]: one["why"] for one in answer["entries"]}
    assert found == {f"{name}{number}": number for name in "ab" for number in range(50)}
    for name in "ab":
        own = [one["id"] for one in answer["entries"] if one["id"][0] == name]
        assert own == [f"{name}{number}" for number in range(50)]


HOLDER = """
import sys, time
space = {"__name__": "gpu_doctor"}
exec(compile(open(sys.argv[1]).read(), "<gpu-doctor>", "exec"), space)
with space["Locked"](sys.argv[2]):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_killed_writer_that_holds_the_lock(place, source):
    place.add(0)
    place.space["PATIENCE"] = 0.2
    words = [sys.executable, "-c", HOLDER, source, place.own / "history.lock"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=environ()) as holder:
        assert holder.stdout.readline() == b"held\n"
        assert kind(place.ask("append", entry=entry(1))) == "busy"
        # Reading waits for nobody.
        assert place.ids() == ["e0"]
        stop = threading.Event()
        stop.set()
        assert kind(place.space["history"]({"action": "append", "entry": entry(1)}, None, stop)) == "busy"
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    place.add(1)
    assert place.ids() == ["e0", "e1"]


def test_a_forked_child_does_not_keep_the_lock(place):
    """A user's own worker processes have our open files."""
    locked = place.space["Locked"]
    place.own.mkdir()
    path = str(place.own / "history.lock")
    with locked(path):
        child = os.fork()
        if child == 0:
            time.sleep(30)
            os._exit(0)
    try:
        with locked(path, 0.5):
            pass
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


# ---------------------------------------------------------------------------- places


def test_an_environment_that_cannot_be_written(place, monkeypatch):
    """Then it is among the user's data; each environment has its own."""
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: str(place.prefix) not in str(path) and access(path, mode))
    assert place.ask("read") == {"entries": [], "place": "user", "skipped": 0}
    assert place.add(1) == {"id": "e1", "place": "user"}
    (file,) = (place.home / "jupyterlab-gpu-doctor" / "history").glob("*.jsonl")
    assert re.fullmatch(r"[0-9a-f]{16}", file.stem)
    assert place.ask("update", id="e1", patch={"why": "x"})["place"] == "user"
    assert place.ask("read")["entries"] == [entry(1, why="x")]
    assert list(place.prefix.iterdir()) == []
    monkeypatch.setattr(sys, "prefix", str(place.prefix.parent))
    assert place.ids() == []


def test_both_places(place, monkeypatch):
    """Shared by its owner, and used by somebody who may not write it."""
    place.add(1)
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: str(place.prefix) not in str(path) and access(path, mode))
    place.add(2)
    answer = place.ask("read")
    assert ([one["id"] for one in answer["entries"]], answer["place"]) == (["e1", "e2"], "user")
    assert kind(place.ask("update", id="e1", patch={})) == "unknown"


def test_nowhere(place, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert place.ask("read") == {"entries": [], "place": "none", "skipped": 0}
    assert kind(place.ask("append", entry=entry(1))) == "read-only"


@pytest.mark.parametrize(("number", "wanted"), [(errno.ENOSPC, "no-space"), (errno.EROFS, "read-only")])
def test_the_system_refuses(place, monkeypatch, number, wanted):
    """A full disk of the environment: the other place is tried."""
    original = os.open

    def fail(path, *args):
        if str(path).startswith(str(place.prefix)) or number == errno.ENOSPC:
            raise OSError(number, os.strerror(number), path)
        return original(path, *args)

    monkeypatch.setattr(os, "open", fail)
    answer = place.ask("append", entry=entry(1))
    if number == errno.EROFS:
        assert answer == {"id": "e1", "place": "user"}
    else:
        assert kind(answer) == wanted


def test_our_folder_leads_away(place, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    place.own.symlink_to(out)
    assert place.add(1)["place"] == "user"
    assert os.listdir(out) == []
    place.own.unlink()
    place.own.mkdir()
    (out / "x").write_text("mine")
    place.file.symlink_to(out / "x")
    assert place.add(2)["place"] == "user"
    assert (out / "x").read_text() == "mine"


def test_a_disk_that_is_mounted_for_reading(tmp_path, source):
    """As in an image: nobody can write there, not even root."""
    env = tmp_path / "env"
    env.mkdir()
    script = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'
    code = ("import json, sys; sys.prefix = sys.argv[2]; space = {'__name__': 'x'}; exec(open(sys.argv[1]).read(), space)\n"
            "print(json.dumps([space['history'](json.loads(one)) for one in sys.argv[3:]]))")  # fmt: skip
    requests = [{"action": "append", "entry": entry(1)}, {"action": "read"}]
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", env, sys.executable, "-c", code, source, env,
         *map(json.dumps, requests)],
        check=False, capture_output=True, text=True, env=environ(XDG_DATA_HOME=tmp_path / "home"),
    )  # fmt: skip
    if done.returncode and ("mount" in done.stderr or "unshare" in done.stderr):
        pytest.skip("nothing can be mounted here")
    assert done.returncode == 0, done.stderr
    added, found = json.loads(done.stdout)
    assert added == {"id": "e1", "place": "user"}
    assert (found["place"], len(found["entries"])) == ("user", 1)


# ---------------------------------------------------------------------------- as it is sent


def test_every_python(tmp_path):
    for number, python in enumerate(interpreters()):
        folder = envs.make_venv(tmp_path / str(number), (), python, seed=False)
        python = envs.python_of(folder)
        for action, more in (("append", {"entry": entry(1)}), ("update", {"id": "e1", "patch": {"why": "x"}}),
                             ("read", {})):  # fmt: skip
            request = json.dumps({"action": action, **more})
            done = subprocess.run([python, HISTORY, request], check=False, capture_output=True, text=True, env=environ())
            assert (done.returncode, done.stderr) == (0, ""), python
        assert json.loads(done.stdout)["entries"] == [entry(1, why="x")]
        assert json.loads(done.stdout)["place"] == "environment"
        shutil.rmtree(folder)


def test_command_line():
    for words in ([], ["{"]):
        done = subprocess.run([sys.executable, HISTORY, *words], check=False, capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("history.py")
