"""Backups: what they take, when they are refused, what is dropped, what is left alone. Real installs:
test_undo_installs.py; killed on the way: test_undo_killed.py."""

import ast
import errno
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import types
from pathlib import Path

import envs
import pytest
from probing import ROOT, environ, interpreters
from undoing import BACKUP, KERNEL, SITE, Deadly, Env, Tree, embedded

PARTS = ("locking", "backup_tree", "backup_restore", "backup", "history")
UNDO = ".gpu-doctor/undo"


@pytest.fixture
def tree(tmp_path, monkeypatch):
    return Tree(tmp_path, monkeypatch)


def fine(answer):
    assert "error" not in answer, answer
    return answer


def kind(answer):
    """Of an error, after the checks that always hold."""
    assert set(answer) == {"error"}, answer
    error = answer["error"]
    assert set(error) == {"kind", "text", "files"}
    assert 0 < len(error["text"]) <= 400
    assert "\n" not in error["text"]
    assert len(error["files"]) <= 20
    json.dumps(answer).encode()
    return error["kind"]


def taken(tree, **more):
    """A backup with the install behind it."""
    before = tree.state()
    fine(tree.ask("begin", names=["old"], **more))
    tree.install()
    return before, fine(tree.ask("seal", **more))


# ---------------------------------------------------------------------------- the form of the answers


def test_answers(tree):
    before = tree.state()
    steps = []
    answer = tree.space["backup"]({"action": "begin", "id": "one"}, steps.append, threading.Event())
    assert set(answer) == {"id", "mode", "files", "bytes", "seconds"}
    assert (answer["id"], answer["mode"], answer["files"]) == ("one", "tree", 15)
    assert 0 < answer["bytes"] < 100_000
    assert [one["phase"] for one in steps] == ["listing", "keeping"]
    answer = tree.ask("list")
    assert set(answer["backups"][0]) == {"id", "mode", "created", "files", "bytes", "sealed", "undone"}
    assert (answer["backups"][0]["sealed"], answer["bytes"]) == (None, answer["backups"][0]["bytes"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", answer["backups"][0]["created"])
    assert tree.ask("repair") == {"found": [
        {"id": "one", "since": answer["backups"][0]["created"], "started": False, "state": "unsealed", "alive": True}
    ], "leftovers": []}  # fmt: skip
    assert fine(tree.ask("start")) == {"id": "one"}
    assert tree.ask("repair")["found"][0]["started"] is True
    tree.install()
    answer = tree.ask("seal")
    assert set(answer) == {"id", "added", "removed", "replaced", "bytes", "seconds", "complete"}
    assert (answer["added"], answer["removed"], answer["replaced"], answer["complete"]) == (5, 5, 7, True)
    # Twice is the same.
    assert {**tree.ask("seal"), "seconds": answer["seconds"]} == answer
    assert kind(tree.ask("start")) == "usage"
    answer = tree.ask("check")
    assert answer == {"possible": True, "reason": None, "files": [], "bytes": answer["bytes"]}
    # What the install deleted has no other name.
    assert answer["bytes"] >= 15000
    steps = []
    answer = tree.space["backup"]({"action": "undo", "id": "one"}, steps.append, None)
    assert set(answer) == {"restored", "removed", "verified", "seconds"}
    assert (answer["restored"], answer["removed"], answer["verified"]) == (12, 5, True)
    assert [one["phase"] for one in steps] == ["verifying", "restoring"]
    assert tree.state() == before
    listed = tree.ask("list")["backups"][0]
    assert listed["undone"] is not None
    assert listed["bytes"] < 30_000
    assert kind(tree.ask("undo")) == "gone"
    assert tree.ask("check") == {"possible": False, "reason": "gone", "files": [], "bytes": listed["bytes"]}
    assert tree.ask("drop") == {"id": "one"}
    assert tree.ask("list") == {"backups": [], "bytes": 0}


@pytest.mark.parametrize("name", [
    "../x", "..", ".", "", "a/b", "a\\b", "/etc", "a\0b", "-a", "x" * 65, ".new-one", "ä", None, 5, ["a"], "a\n",
])  # fmt: skip
@pytest.mark.parametrize("action", ["begin", "start", "seal", "check", "undo", "drop"])
def test_names_that_are_none(tree, action, name):
    before = tree.state()
    assert kind(tree.space["backup"]({"action": action, "id": name})) == "usage"
    assert tree.state() == before
    assert not (tree.prefix / ".gpu-doctor").exists()


@pytest.mark.parametrize("request_", [
    None, 5, "x", [], {}, {"action": "x"}, {"action": None}, {"action": ["begin"]},
    {"action": "begin", "id": "a", "mode": "odd"}, {"action": "begin", "id": "a", "names": "numpy"},
    {"action": "begin", "id": "a", "names": [5]},
], ids=repr)  # fmt: skip
def test_requests_that_are_none(tree, request_):
    assert kind(tree.space["backup"](request_)) in ("usage", "crash")
    assert not (tree.prefix / ".gpu-doctor").exists()


def test_odd_limits_and_names_do_no_harm(tree):
    limits = {"files": "many", "days": None, "generations": True, "megabytes": -5}
    fine(tree.ask("begin", names=["../..", "OLD", "a\0b", ""], limits=limits))
    assert kind(tree.ask("begin")) == "usage"  # there is one


def test_what_is_not_there(tree):
    for action in ("start", "seal", "undo", "drop"):
        assert kind(tree.ask(action)) == "gone"
    assert tree.ask("check") == {"possible": False, "reason": "gone", "files": [], "bytes": 0}
    assert tree.ask("list") == {"backups": [], "bytes": 0}
    assert tree.ask("repair") == {"found": [], "leftovers": []}
    assert not (tree.prefix / ".gpu-doctor").exists()


# ---------------------------------------------------------------------------- later changes


def test_changes_elsewhere_are_left_alone(tree):
    before, _ = taken(tree)
    # Another install, an edit and byte code, after it.
    tree.write(f"{SITE}/later/x.py", "later")
    tree.write(f"{SITE}/other/1.py", "edited")
    tree.write(f"{SITE}/shape/__pycache__/__init__.cpython-311.pyc", "of the new one")
    tree.write(f"{SITE}/old/new/__pycache__/other.nbi", "cache")
    tree.write("share/fresh/mine.txt", "mine")
    (tree.site / "other" / "2.py").unlink()
    after = tree.state()
    assert fine(tree.ask("undo"))["verified"] is True
    files, folders = tree.state()
    changed = {f"{SITE}/later/x.py", f"{SITE}/other/1.py", f"{SITE}/other/2.py", "share/fresh/mine.txt"}
    for path in changed:
        assert files.pop(path, None) == after[0].get(path)
        before[0].pop(path, None)
    assert files == before[0]
    assert folders - before[1] == {f"{SITE}/later", "share", "share/fresh"}
    assert not (tree.site / "shape").exists()


def edit(path):
    path.write_text("edited later")


def swap(path):
    """Another file with the same size and time."""
    info = path.stat()
    new = path.with_name("swapped")
    new.write_bytes(path.read_bytes()[::-1])
    os.utime(new, ns=(info.st_mtime_ns, info.st_mtime_ns))
    new.chmod(info.st_mode)
    new.replace(path)


@pytest.mark.parametrize(("path", "change"), [
    (f"{SITE}/old/0.py", edit), (f"{SITE}/old/0.py", swap), (f"{SITE}/old/0.py", Path.unlink),
    (f"{SITE}/old/new/more.py", edit), (f"{SITE}/old/new/more.py", Path.unlink), ("bin/tool", swap),
    (f"{SITE}/old/3.py", lambda path: path.write_text("again")), (f"{SITE}/a.pth", edit),
    (f"{SITE}/old/3.py", lambda path: path.symlink_to("0.py")), (f"{SITE}/link", swap),
    ("odd/new.txt", edit), ("conda-meta/history", edit), (f"{SITE}/old/0.py", lambda path: path.chmod(0o600)),
])  # fmt: skip
def test_changes_of_the_same_files(tree, path, change):
    taken(tree)
    change(tree.prefix / path)
    before = tree.state()
    answer = tree.ask("check")
    assert (answer["possible"], answer["reason"], answer["files"]) == (False, "files-changed-later", [path])
    refused = tree.ask("undo")
    assert kind(refused) == "files-changed-later"
    assert refused["error"]["files"] == [path]
    assert tree.state() == before
    assert fine(tree.ask("repair"))["found"] == []


def test_a_file_in_a_folder_that_has_to_give_way(tree):
    """A module became a package, and somebody put a file into it."""
    taken(tree)
    tree.write(f"{SITE}/shape.py/mine.txt", "x")
    answer = tree.ask("check")
    assert (answer["reason"], answer["files"]) == ("files-changed-later", [f"{SITE}/shape.py/mine.txt"])


def test_at_most_twenty_are_named(tree):
    before = tree.state()
    fine(tree.ask("begin"))
    for number in range(50):
        tree.write(f"{SITE}/many/{number:02}.py", "")
    tree.ask("seal")
    for number in range(50):
        edit(tree.site / "many" / f"{number:02}.py")
    files = tree.ask("check")["files"]
    assert (len(files), files[0]) == (20, f"{SITE}/many/00.py")
    assert before


def test_changed_in_place(tree):
    """Its second name is changed as well: that cannot be given back."""
    tree.ask("begin")
    path = tree.site / "other" / "1.py"
    with open(path, "a") as lines:
        lines.write("more")
    assert tree.ask("check")["reason"] == "modified-in-place"
    tree.ask("seal")
    answer = tree.ask("check")
    assert (answer["reason"], answer["files"]) == ("modified-in-place", [f"{SITE}/other/1.py"])
    assert kind(tree.ask("undo")) == "modified-in-place"
    assert path.read_text() == "other 1\nmore"


def test_what_is_kept_was_changed(tree):
    """By a program that still has the old file open, after the install."""
    with open(tree.site / "old" / "3.py", "a") as handle:
        taken(tree)
        handle.write("late")
    assert tree.ask("check")["reason"] == "modified-in-place"


def test_what_is_kept_was_damaged(tree):
    """With the same size and time: only the hash tells. Nothing is changed."""
    taken(tree)
    kept = [path for path in (tree.prefix / UNDO / "one" / "files" / "0").iterdir() if path.stat().st_size == 15000]
    assert len(kept) == 1
    info = kept[0].stat()
    kept[0].write_text("FLE" * 5000)
    os.utime(kept[0], ns=(info.st_mtime_ns, info.st_mtime_ns))
    before = tree.state()
    refused = tree.ask("undo")
    assert kind(refused) == "verify-failed"
    assert refused["error"]["files"] == [f"{SITE}/old/sub/deep/x.so"]
    assert tree.state() == before


def test_modes_and_links(tree):
    """What an install changes beside content."""
    before = tree.state()
    tree.ask("begin")
    (tree.site / "other" / "0.py").chmod(0o600)
    (tree.site / "link").unlink()
    (tree.site / "link").symlink_to("other")
    shutil.rmtree(tree.site / "other")
    (tree.site / "other").symlink_to("/etc")
    (tree.site / "empty").rmdir()
    (tree.site / "old" / "link.py").unlink()
    (tree.site / "old" / "link.py").mkdir()
    sealed = fine(tree.ask("seal"))
    assert sealed["added"] == 1
    assert fine(tree.ask("undo"))["verified"] is True
    assert tree.state() == before
    assert oct((tree.site / "other" / "0.py").stat().st_mode & 0o777) == "0o644"


def test_links_are_not_followed(tree, tmp_path):
    """A folder of the environment that leads out of it: nothing behind it is kept, removed or written."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "precious.txt").write_text("x")
    (tree.site / "away").symlink_to(out)
    (tree.prefix / "share").symlink_to(out)
    before = tree.state()
    assert "precious" not in json.dumps([fine(tree.ask("begin")), (tree.prefix / UNDO / "one" / "begin.json").read_text()])
    (out / "new.txt").write_text("y")
    tree.install()
    tree.ask("seal")
    shutil.rmtree(out / "fresh")
    # A folder that the install wrote becomes a link out of the environment.
    assert fine(tree.ask("undo"))["verified"] is True
    assert sorted(os.listdir(out)) == ["new.txt", "precious.txt"]
    assert tree.state() == before


def test_a_folder_that_leads_away_later(tree, tmp_path):
    taken(tree)
    out = tmp_path / "out"
    (tree.site / "old").rename(out)
    (tree.site / "old").symlink_to(out)
    answer = tree.ask("check")
    assert answer["reason"] == "files-changed-later"
    assert f"{SITE}/old/0.py" in answer["files"]
    assert kind(tree.ask("undo")) == "files-changed-later"
    assert (out / "0.py").read_text() == "new 0\n"


# ---------------------------------------------------------------------------- several installs


def two(tree, name, *actions):
    return [fine(tree.space["backup"]({"action": one, "id": name, "limits": {"generations": 5}})) for one in actions]


def write(tree, name, text):
    """As an installer: away, and new."""
    path = tree.site / f"{name}.py"
    path.unlink(missing_ok=True)
    path.write_text(text)


def check_of(tree, name):
    return tree.space["backup"]({"action": "check", "id": name})


def test_one_after_the_other(tree):
    """Of other files: each by itself. Of the same: the later one first."""
    states = [tree.state()]
    for number, names in enumerate((("a", "x"), ("b",), ("c", "x")), 1):
        two(tree, f"n{number}", "begin", "start")
        for name in names:
            write(tree, name, f"of {number}")
        two(tree, f"n{number}", "seal")
        states.append(tree.state())
    answer = check_of(tree, "n1")
    assert (answer["reason"], answer["files"]) == ("newer-install", [f"{SITE}/x.py"])
    assert kind(tree.space["backup"]({"action": "undo", "id": "n1"})) == "newer-install"
    two(tree, "n2", "undo")
    assert not (tree.site / "b.py").exists()
    assert (tree.site / "c.py").read_text() == "of 3"
    two(tree, "n3", "undo")
    assert check_of(tree, "n1")["possible"] is True
    two(tree, "n1", "undo")
    assert tree.state() == states[0]


def test_small_files_that_were_given_back_count_as_the_same(tree):
    """Copies have an inode of their own."""
    before = tree.state()
    for number in (1, 2):
        two(tree, f"n{number}", "begin")
        path = tree.site / "a.pth"
        path.unlink()
        path.write_text(f"/of {number}\n")
        two(tree, f"n{number}", "seal")
    two(tree, "n2", "undo")
    assert check_of(tree, "n1")["possible"] is True
    two(tree, "n1", "undo")
    assert tree.state() == before


def test_two_at_once(tree):
    """Nobody knows whose files these are: neither is undone."""
    two(tree, "n1", "begin", "start")
    two(tree, "n2", "begin", "start")
    write(tree, "a", "of 1")
    write(tree, "b", "of 2")
    two(tree, "n1", "seal")
    two(tree, "n2", "seal")
    for name in ("n1", "n2"):
        answer = check_of(tree, name)
        assert (answer["possible"], answer["reason"]) == (False, "newer-install")
        assert answer["files"] == [f"{SITE}/a.py", f"{SITE}/b.py"]


def test_one_that_waits_while_another_installs(tree):
    """A card that is open for minutes, elsewhere an install: both can be undone, each its own."""
    first = tree.state()
    two(tree, "n1", "begin")
    two(tree, "n2", "begin", "start")
    write(tree, "b", "of 2")
    two(tree, "n2", "seal")
    assert check_of(tree, "n2")["possible"] is True
    two(tree, "n1", "start")
    write(tree, "a", "of 1")
    (sealed,) = two(tree, "n1", "seal")
    assert (sealed["added"], sealed["complete"]) == (1, True)
    two(tree, "n1", "undo")
    assert (tree.site / "b.py").read_text() == "of 2"
    two(tree, "n2", "undo")
    assert tree.state() == first


def test_one_that_waits_while_another_installs_the_same(tree):
    """What the other had written before was never kept."""
    two(tree, "n1", "begin")
    two(tree, "n2", "begin", "start")
    write(tree, "x", "of 2")
    two(tree, "n2", "seal")
    two(tree, "n1", "start")
    write(tree, "x", "of 1")
    (sealed,) = two(tree, "n1", "seal")
    assert sealed["complete"] is False
    answer = check_of(tree, "n1")
    assert (answer["reason"], answer["files"]) == ("incomplete", [f"{SITE}/x.py"])
    assert check_of(tree, "n2")["reason"] == "newer-install"


def test_an_undo_while_another_waits(tree):
    two(tree, "n1", "begin")
    write(tree, "x", "of 1")
    two(tree, "n1", "seal")
    two(tree, "n2", "begin")
    two(tree, "n1", "undo")
    two(tree, "n2", "start")
    write(tree, "y", "of 2")
    (sealed,) = two(tree, "n2", "seal")
    assert (sealed["added"], sealed["removed"], sealed["complete"]) == (1, 0, True)
    two(tree, "n2", "undo")
    assert not (tree.site / "y.py").exists()
    assert not (tree.site / "x.py").exists()


def test_never_sealed_but_another_install_came(tree):
    """It stands for the whole tree, and that would take the other along."""
    two(tree, "n1", "begin")
    write(tree, "a", "half")
    two(tree, "n2", "begin")
    write(tree, "b", "whole")
    two(tree, "n2", "seal")
    answer = check_of(tree, "n1")
    assert (answer["possible"], answer["reason"], answer["files"]) == (False, "newer-install", [f"{SITE}/b.py"])
    assert kind(tree.space["backup"]({"action": "undo", "id": "n1"})) == "newer-install"
    assert (tree.site / "b.py").exists()


def test_an_install_into_another_place(tree, monkeypatch, tmp_path):
    """--user: what it changed is not in the environment."""
    user = tmp_path / "home" / "site-packages"
    monkeypatch.setattr("site.getusersitepackages", lambda: str(user))
    tree.ask("begin")
    user.mkdir(parents=True)
    assert tree.ask("seal")["complete"] is False
    assert tree.ask("check")["reason"] == "incomplete"


# ---------------------------------------------------------------------------- number, age, size


def make(tree, name, text=None, days=0, **limits):
    """A backup with an install of one file; the time may be long ago."""
    limits = {"generations": 100, **limits}
    fine(tree.space["backup"]({"action": "begin", "id": name, "limits": limits}))
    write(tree, name if text is None else "shared", text or name)
    fine(tree.space["backup"]({"action": "seal", "id": name}))
    if days:
        path = tree.prefix / UNDO / name / "seal.json"
        document = json.loads(path.read_text())
        document.update(created=time.time() - days * 86400)
        path.write_text(json.dumps(document))


def names(tree):
    return sorted(one["id"] for one in fine(tree.ask("list"))["backups"])


def test_one_generation_by_default(tree):
    assert tree.space["LIMITS"] == {"megabytes": 4096, "days": 30, "generations": 1, "files": 20000}
    make(tree, "a")
    fine(tree.space["backup"]({"action": "begin", "id": "b"}))
    # Not before the new one is of use: the install may be cancelled.
    assert names(tree) == ["a", "b"]
    fine(tree.space["backup"]({"action": "seal", "id": "b"}))
    assert names(tree) == ["a", "b"]  # it changed nothing
    fine(tree.space["backup"]({"action": "begin", "id": "c"}))
    assert names(tree) == ["a", "c"]  # the empty one goes first
    write(tree, "c", "c")
    fine(tree.space["backup"]({"action": "seal", "id": "c"}))
    assert names(tree) == ["c"]


def test_number(tree):
    for name in "abcd":
        make(tree, name)
    make(tree, "e", generations=3)
    assert names(tree) == ["c", "d", "e"]


def test_the_hopeless_go_first(tree):
    make(tree, "a")
    make(tree, "b", "one")
    make(tree, "c", "two")  # b cannot be undone any more
    make(tree, "d")
    assert check_of(tree, "b")["possible"] is False
    make(tree, "e", generations=4)
    assert names(tree) == ["a", "c", "d", "e"]


def test_age(tree):
    make(tree, "a", days=31)
    make(tree, "b", days=29)
    make(tree, "c")
    assert names(tree) == ["b", "c"]


def test_size(tree):
    big = "x" * 700_000
    for name in ("a", "b", "c"):
        write(tree, f"{name}-big", big)
    for name in ("a", "b", "c"):
        fine(tree.space["backup"]({"action": "begin", "id": name, "limits": {"generations": 9, "megabytes": 2}}))
        (tree.site / f"{name}-big.py").unlink()
        fine(tree.space["backup"]({"action": "seal", "id": name}))
    assert names(tree) == ["b", "c"]
    assert tree.ask("list")["bytes"] < 2 << 20
    assert check_of(tree, "c")["bytes"] > 700_000


def test_what_still_runs_stays(tree):
    """Another notebook's install, whose kernel lives; and one whose undo was begun."""
    fine(tree.space["backup"]({"action": "begin", "id": "runs"}))
    make(tree, "half")
    (tree.prefix / UNDO / "half" / "undo.json").write_text("{}")
    for name in "abc":
        make(tree, name, generations=1)
    assert names(tree) == ["c", "half", "runs"]
    assert [one["state"] for one in tree.ask("repair")["found"]] == ["undoing", "unsealed"]


def test_one_whose_install_never_began(tree):
    """Its page was closed while the plan was shown, and the kernel lives on."""
    for name, started in (("waits", False), ("runs", True), ("new", False)):
        fine(tree.space["backup"]({"action": "begin", "id": name}))
        if started:
            fine(tree.space["backup"]({"action": "start", "id": name}))
        if name != "new":
            path = tree.prefix / UNDO / name / "begin.json"
            document = json.loads(path.read_text())
            path.write_text(json.dumps({**document, "created": time.time() - 4000}))
    fine(tree.space["backup"]({"action": "begin", "id": "next"}))
    assert names(tree) == ["new", "next", "runs"]


def test_the_dead_go_after_the_next_install(tree):
    assert not tree.killed(10**6, lambda io: fine(tree.space["backup"]({"action": "begin", "id": "dead"})))
    assert tree.ask("repair")["found"][0]["alive"] is False
    make(tree, "a", generations=1)
    assert names(tree) == ["a"]


# ---------------------------------------------------------------------------- where it cannot be done


def failing(tree, name, number, when=lambda *args: True):
    """Let a function of the system fail."""
    original = getattr(os, name)

    def fail(*args, **options):
        if when(*args):
            raise OSError(number, os.strerror(number), str(args[0]))
        return original(*args, **options)

    tree.monkeypatch.setattr(os, name, fail)


@pytest.mark.parametrize(("function", "number", "wanted"), [
    ("mkdir", errno.EROFS, "read-only"), ("mkdir", errno.EACCES, "read-only"), ("link", errno.ENOSPC, "no-space"),
    ("link", errno.EDQUOT, "no-space"), ("link", errno.EXDEV, "other-filesystem"), ("replace", errno.EIO, "other"),
    ("rename", errno.ENOSPC, "no-space"),
])  # fmt: skip
def test_the_system_refuses(tree, function, number, wanted):
    before = tree.state()
    failing(tree, function, number)
    assert kind(tree.ask("begin")) == wanted
    tree.monkeypatch.undo()
    assert tree.state() == before
    assert not any((tree.prefix / UNDO).glob("[!.]*"))


@pytest.mark.parametrize("number", [errno.EPERM, errno.EMLINK, errno.ENOTSUP])
def test_no_links_here(tree, number):
    """Then they are copied, up to a size; what may not be read is not kept."""
    failing(tree, "link", number)
    before = tree.state()
    answer = fine(tree.ask("begin", names=["old"]))
    assert answer["bytes"] > 30_000
    tree.install()
    assert tree.ask("seal")["complete"] is True
    assert fine(tree.ask("undo"))["verified"] is True
    assert tree.state() == before
    tree.space["MAX_UNLINKABLE"] = 1000
    assert kind(tree.space["backup"]({"action": "begin", "id": "two"})) == "other-filesystem"


def test_too_many_files(tree):
    assert fine(tree.ask("begin", limits={"files": 5}))["mode"] == "plan"
    tree.ask("drop")
    assert kind(tree.ask("begin", mode="tree", limits={"files": 5})) == "too-many-files"
    assert kind(tree.ask("begin", limits={"files": 1})) == "too-many-files"
    assert names(tree) == []


def test_plan_mode(tree):
    """Files of the distributions named, and copies of small files; the rest is only listed."""
    before = tree.state()
    answer = fine(tree.ask("begin", mode="plan", names=["Old"]))
    assert (answer["mode"], answer["files"]) == ("plan", 13)
    tree.install()
    # x.so, the links and shape.py are in no RECORD.
    answer = tree.ask("seal")
    assert answer["complete"] is False
    assert tree.ask("check")["files"] == [f"{SITE}/old/sub/deep/x.so", f"{SITE}/shape.py"]
    assert tree.state() != before


def test_stopped(tree):
    stop = threading.Event()
    stop.set()
    assert kind(tree.space["backup"]({"action": "begin", "id": "one"}, None, stop)) == "stopped"
    assert not any((tree.prefix / UNDO).glob("[!.]*"))
    fine(tree.ask("begin"))
    tree.install()
    for action in ("seal", "undo"):
        assert kind(tree.space["backup"]({"action": action, "id": "one"}, None, stop)) == "stopped"
    fine(tree.ask("seal"))
    before = tree.state()
    assert kind(tree.space["backup"]({"action": "undo", "id": "one"}, None, stop)) == "stopped"
    assert tree.state() == before


def test_stopped_in_the_middle(tree):
    """It looks often."""
    for number in range(1500):
        tree.write(f"{SITE}/many/{number}.py", "")

    class Soon:
        looks = 0

        def is_set(self):
            self.looks += 1
            return self.looks > 20

    assert kind(tree.space["backup"]({"action": "begin", "id": "one"}, None, Soon())) == "stopped"
    assert not any((tree.prefix / UNDO).glob("[!.]*"))


@pytest.mark.parametrize("folder", [".gpu-doctor", UNDO])
def test_our_folder_leads_away(tree, tmp_path, folder):
    out = tmp_path / "out"
    out.mkdir()
    path = tree.prefix / folder
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(out)
    assert kind(tree.ask("begin")) == "read-only"
    assert os.listdir(out) == []
    (out / "one").mkdir()
    (out / "undo" / "one").mkdir(parents=True)
    assert kind(tree.ask("undo")) == "gone"


def test_busy(tree):
    """Another process changes the environment's backups."""
    fine(tree.ask("begin"))
    tree.space["Locked"].STEP = 0.01
    tree.space["PATIENCE"] = 0.1
    with tree.space["Locked"](str(tree.prefix / UNDO / ".lock")):
        assert kind(tree.space["backup"]({"action": "begin", "id": "two"})) == "busy"
        assert kind(tree.ask("seal")) == "busy"
        stop = threading.Event()
        stop.set()
        assert kind(tree.space["backup"]({"action": "undo", "id": "one"}, None, stop)) == "stopped"
        assert len(tree.ask("list")["backups"]) == 1
    fine(tree.ask("seal"))


# ---------------------------------------------------------------------------- damaged records


HOSTILE = [
    b"", b"{", b"[]", b"5", b"null", b"\xff\xfe", b'{"schema": 2}', b'{"schema": 1}',
    b'{"schema": 1, "created": 1, "sealed": 2, "before": 5, "after": {}}',
    b'{"schema": 1, "created": "x", "sealed": 2, "before": {}, "after": {}}',
]  # fmt: skip


@pytest.mark.parametrize("data", HOSTILE, ids=repr)
@pytest.mark.parametrize("name", ["begin.json", "seal.json", "undone.json"])
def test_damaged(tree, name, data):
    fine(tree.ask("begin"))
    if name != "begin.json":
        tree.install()
        fine(tree.ask("seal"))
    (tree.prefix / UNDO / "one" / name).write_bytes(data)
    before = tree.state()
    answer = tree.ask("check")
    assert answer.get("possible") is not True
    assert kind(tree.ask("undo")) in ("gone", "crash")
    assert tree.state() == before
    tree.ask("list")
    tree.ask("repair")
    fine(tree.space["backup"]({"action": "begin", "id": "two"}))
    assert tree.state() == before


@pytest.mark.parametrize("path", [
    "../out/precious", "/etc/passwd", "a/../../out/precious", ".gpu-doctor/x", "", ".", "a//b", "a\0b", "./a",
])  # fmt: skip
@pytest.mark.parametrize("key", ["before", "after", "folders", "added_folders", "byte_code"])
def test_paths_that_lead_out(tree, tmp_path, path, key):
    """A record that somebody wrote: nothing beyond the prefix is touched."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "precious").write_text("x")
    taken(tree)
    file = tree.prefix / UNDO / "one" / "seal.json"
    document = json.loads(file.read_text())
    if isinstance(document[key], list):
        document[key].append(path)
    else:
        document[key][path] = ["file", 0o644, 1, 1, 1, "pack", 0] if key != "folders" else 0o755
    file.write_text(json.dumps(document))
    before = tree.state()
    assert kind(tree.ask("undo")) == "gone"
    assert tree.state() == before
    assert os.listdir(tmp_path / "out") == ["precious"]


def test_a_link_of_the_record_does_not_lead_out(tree, tmp_path):
    """The record says that the install made a link, and a file behind it."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "precious").write_text("x")
    taken(tree)
    (tree.site / "away").symlink_to(out)
    info = os.lstat(out / "precious")
    file = tree.prefix / UNDO / "one" / "seal.json"
    document = json.loads(file.read_text())
    document["after"][f"{SITE}/away"] = ["link", 0, 0, 0, 1, "text", str(out)]
    document["after"][f"{SITE}/away/precious"] = [
        "file", info.st_mode & 0o7777, info.st_size, info.st_mtime_ns, info.st_ino, None, 0,
    ]  # fmt: skip
    file.write_text(json.dumps(document))
    assert kind(tree.ask("undo")) == "files-changed-later"
    (tree.prefix / UNDO / "one" / "undo.json").write_text("{}")
    assert kind(tree.ask("undo")) == "files-changed-later"
    assert (out / "precious").read_text() == "x"


def test_a_damaged_journal_is_one(tree):
    """That it is there says enough."""
    before, _ = taken(tree)
    tree.killed(30, lambda io: tree.ask("undo"))
    journal = tree.prefix / UNDO / "one" / "undo.json"
    assert journal.exists()
    journal.write_bytes(b"\0\xff")
    assert [one["state"] for one in tree.ask("repair")["found"]] == ["undoing"]
    assert fine(tree.ask("undo"))["verified"] is True
    assert tree.state() == before


def test_meddled_with_while_it_was_half_undone(tree):
    taken(tree)
    assert tree.killed(30, lambda io: tree.ask("undo"))
    edit(tree.site / "old" / "1.py")
    refused = tree.ask("undo")
    assert kind(refused) == "files-changed-later"
    assert refused["error"]["files"] == [f"{SITE}/old/1.py"]
    assert (tree.site / "old" / "1.py").read_text() == "edited later"


# ---------------------------------------------------------------------------- containers


OVERLAY = """
set -e
mkdir "$1/upper" "$1/temporary" "$1/merged"
mount -t overlay overlay -o lowerdir="$1/lower",upperdir="$1/upper",workdir="$1/temporary" "$1/merged"
shift
exec "$@"
"""
IN_IMAGE = """
import json, sys
space = {"__name__": "gpu_doctor"}
exec(compile(open(sys.argv[1]).read(), "<gpu-doctor>", "exec"), space)
if sys.argv[2] == "image":
    space["container_start"] = lambda: None
for request in map(json.loads, sys.argv[3:]):
    print(json.dumps(space["backup"](request)), flush=True)
"""


def overlay(tmp_path, origin, what, *requests):
    """Answers inside of an overlay; the bytes that were copied up."""
    for name in ("upper", "temporary", "merged"):
        shutil.rmtree(tmp_path / name, ignore_errors=True)
    lower = tmp_path / "lower" / "env"
    if not lower.exists():
        shutil.copytree(origin, lower, symlinks=True)
        with open(envs.site_of(lower) / "large.so", "wb") as lines:
            lines.write(os.urandom(1 << 20) * 70)
    source = tmp_path / "source.py"
    source.write_text(embedded("BACKUP_SOURCE"))
    python = tmp_path / "merged" / "env" / "bin" / "python"
    words = [json.dumps(one) for one in requests]
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", OVERLAY, "sh", tmp_path, python, "-I", "-c", IN_IMAGE, source, what, *words],
        check=False, capture_output=True, text=True, env=environ(),
    )  # fmt: skip
    if "mount" in done.stderr or "unshare" in done.stderr:
        pytest.skip("no overlay can be mounted here")
    assert (done.returncode, done.stderr) == (0, "")
    copied = sum(path.stat().st_size for path in (tmp_path / "upper").rglob("*") if path.is_file())
    return [json.loads(line) for line in done.stdout.splitlines()], copied


def test_an_environment_of_an_image(tmp_path, venv):
    """Linking a file of the image would copy it: plan mode, which links what is replaced only."""
    begin = {"action": "begin", "id": "one", "names": ["six"]}
    answers, copied = overlay(tmp_path, venv, "image", begin, {"action": "undo", "id": "one"})
    assert answers[0]["mode"] == "plan"
    assert answers[1]["verified"] is True
    assert copied < 5 << 20
    answers, _ = overlay(tmp_path, venv, "image", {**begin, "mode": "tree"})
    assert kind(answers[0]) == "overlay"
    # Installed after the start of the container: its files are in the upper layer.
    answers, _ = overlay(tmp_path, venv, "own", begin, {"action": "seal", "id": "one"})
    assert [answers[0]["mode"], answers[1]["added"], answers[1]["replaced"]] == ["tree", 0, 0]


def test_mounts(tree, tmp_path):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "1 0 0:1 / / rw,relatime - overlay overlay rw\n2 1 0:2 / /work rw shared:1 - ext4 /dev/x rw\n"
        "3 1 0:3 / /a\\040b rw - fuse.fuse-overlayfs x rw\nodd\n4 1 0:4 / /plain rw - btrfs x rw\n"
    )
    ask = tree.space["on_layers"]
    found = {path: ask(path, str(mounts)) for path in ("/opt/env", "/work/env", "/workers", "/a b/env", "/plain")}
    assert found == {"/opt/env": True, "/work/env": False, "/workers": True, "/a b/env": True, "/plain": False}
    assert ask("/opt", str(tmp_path / "none")) is False


# ---------------------------------------------------------------------------- as it is sent


def test_the_parts_have_no_name_in_common():
    """They become one text, behind background.py."""
    seen = {"Background": "background", "threading": "background"}
    for part in PARTS[:-1]:
        for node in ast.parse((KERNEL / f"{part}.py").read_text()).body:
            names_ = [target.id for target in getattr(node, "targets", ()) if isinstance(target, ast.Name)]
            names_ += [node.name] if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else []
            for name in names_:
                assert seen.setdefault(name, part) == part, name
    imported = {alias.asname or alias.name for part in PARTS[:-1] for node in
                ast.walk(ast.parse((KERNEL / f"{part}.py").read_text()))
                if isinstance(node, (ast.Import, ast.ImportFrom)) and getattr(node, "module", "") not in PARTS
                for alias in node.names}  # fmt: skip
    assert not imported & set(seen)


def test_in_a_thread_of_the_kernel(tree, monkeypatch):
    """Behind background.py, in one namespace."""
    seen = []
    display = types.ModuleType("IPython.display")
    display.publish_display_data = seen.append
    monkeypatch.setitem(sys.modules, "IPython", types.ModuleType("IPython"))
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    space = {"__name__": "gpu_doctor"}
    exec(embedded("BACKGROUND_SOURCE") + "\n" + embedded("BACKUP_SOURCE"), space)  # noqa: S102
    thread = space["Background"]("k", lambda report, stop: space["backup"](
        {"action": "begin", "id": "one"}, report, stop))  # fmt: skip
    thread.start()
    thread.news("n", 20)
    thread.join(5)
    (answer,) = [one["answer"] for one in seen[0].values()]
    assert answer["mode"] == "tree"
    assert thread.reports[-1]["phase"] == "keeping"


def test_only_the_standard_library():
    for part in PARTS:
        for node in ast.walk(ast.parse((KERNEL / f"{part}.py").read_text())):
            found = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            found += [node.module] if isinstance(node, ast.ImportFrom) else []
            for name in found:
                assert name in PARTS or name in sys.stdlib_module_names, name


def test_every_python(tmp_path):
    for python in interpreters():
        folder = tmp_path / re.sub(r"\W", "-", python)
        envs.make_venv(folder / "env", (), python, seed=False)
        env = Env(folder / "copy", folder / "env")
        before = env.snapshot()
        assert env.ask("begin", "one")["mode"] == "tree"
        (env.site / "new.py").write_text("x")
        (env.prefix / "bin" / "activate").unlink()
        assert env.ask("seal", "one")["added"] == 1
        assert env.ask("undo", "one")["verified"] is True
        assert env.snapshot() == before
        # And as a kernel gets it.
        source = folder / "source.py"
        source.write_text(embedded("BACKUP_SOURCE"))
        done = env.run(env.python, "-I", source, json.dumps({"action": "list"}))
        assert len(json.loads(done.stdout)["backups"]) == 1


def test_command_line(tmp_path):
    for words in ([], ["{"], ["x"]):
        done = subprocess.run([sys.executable, BACKUP, *words], check=False, capture_output=True, text=True, cwd=ROOT)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("backup.py")


def test_a_lock_of_a_dead_process(tree, tmp_path):
    """The system gives it back; where there is no such lock, it counts as left behind after a while."""
    locked = tree.space["Locked"]
    path = str(tmp_path / "x.lock")

    def take(_):
        locked(path).__enter__()
        os._exit(9)

    assert tree.killed(10**6, take)
    with locked(path, 0.2), pytest.raises(tree.space["Busy"]), locked(path, 0.1):
        pass

    class NoLock(locked):
        def system(self, take):
            raise OSError(errno.ENOLCK, "no locks")

    with NoLock(path, 0.2), pytest.raises(tree.space["Busy"]), NoLock(path, 0.1):
        pass
    with NoLock(path, 0.2):
        pass
    left = Path(path + ".held")
    left.touch()
    with pytest.raises(tree.space["Busy"]), NoLock(path, 0.1):
        pass
    os.utime(left, (1, 1))
    with NoLock(path, 0.2):
        pass
    assert not left.exists()


def test_the_deadly_os_counts(tmp_path):
    """The tool of the tests itself."""
    deadly = Deadly(2, OSError("now"))
    deadly.mkdir(tmp_path / "a")
    with pytest.raises(OSError, match="now"):
        deadly.mkdir(tmp_path / "b")
    assert os.listdir(tmp_path) == ["a"]
