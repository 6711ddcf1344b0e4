"""A kernel that is killed at any step of backup, install, seal and undo: nothing is lost."""

import errno
import os
import time
from pathlib import Path

import pytest
from undoing import Deadly, Tree


@pytest.fixture
def tree(tmp_path, monkeypatch):
    return Tree(tmp_path, monkeypatch)


@pytest.fixture
def counted():
    """Print how many steps were tried."""
    seen = {}
    yield seen
    print(f"\nkilled at every step: {seen}")


def fine(answer):
    assert "error" not in answer, answer
    return answer


def clean(tree):
    """Nothing half-way is left in our folder."""
    names = {path.name for path in (tree.prefix / ".gpu-doctor" / "undo").glob("*")}
    assert names <= {".lock", "one"}
    return names


def test_killed_while_it_begins(tree, counted):
    before = tree.state()
    number = 0
    while tree.killed(number := number + 1, lambda io: fine(tree.ask("begin", names=["old"]))):
        assert tree.state() == before
        found = fine(tree.ask("repair"))["found"]
        if not found:
            assert tree.ask("check")["reason"] == "gone"
            # The next one sweeps what was left, and is whole.
            assert fine(tree.ask("begin", names=["old"]))["mode"] == "tree"
        assert clean(tree) == {".lock", "one"}
        tree.install()
        fine(tree.ask("seal"))
        assert fine(tree.ask("undo"))["verified"] is True
        assert tree.state() == before
        fine(tree.ask("drop"))
    counted["begin"] = number - 1
    assert number > 15


def test_killed_while_it_installs(tree, counted):
    before = tree.state()
    number = 0
    fine(tree.ask("begin", names=["old"]))
    while tree.killed(number := number + 1, lambda io: tree.install(io, io.opened)):
        found = fine(tree.ask("repair"))["found"]
        assert [(one["id"], one["state"]) for one in found] == [("one", "unsealed")]
        answer = fine(tree.ask("check"))
        assert (answer["possible"], answer["files"]) == (True, [])
        assert fine(tree.ask("undo"))["verified"] is True
        # A data file in a folder of its own, whose RECORD was not written yet, belongs to nobody.
        (tree.prefix / "odd" / "new.txt").unlink(missing_ok=True)
        assert tree.state() == before, number
        assert fine(tree.ask("repair"))["found"] == []
        fine(tree.ask("drop"))
        fine(tree.ask("begin", names=["old"]))
    counted["install"] = number - 1
    assert number > 40


def test_killed_while_it_seals(tree, counted):
    before = tree.state()
    number = 0
    while True:
        fine(tree.ask("begin", names=["old"]))
        tree.install()
        middle = tree.state()
        died = tree.killed(number := number + 1, lambda io: fine(tree.ask("seal")))
        assert tree.state() == middle
        if number % 2:
            answer = fine(tree.ask("seal"))
            assert (answer["complete"], answer["added"]) == (True, 5)
        assert fine(tree.ask("undo"))["verified"] is True
        assert tree.state() == before
        fine(tree.ask("drop"))
        if not died:
            break
    counted["seal"] = number - 1
    assert number > 8


@pytest.mark.parametrize("again", [1, 4, 15], ids="again at {}".format)
def test_killed_while_it_undoes(tree, counted, again):
    """Twice: the repair is killed as well."""
    before = tree.state()
    number = 0
    while True:
        fine(tree.ask("begin", names=["old"]))
        tree.install()
        fine(tree.ask("seal"))
        middle = tree.state()
        died = tree.killed(number := number + 1, lambda io: fine(tree.ask("undo")))
        journal = tree.prefix / ".gpu-doctor" / "undo" / "one" / "undo.json"
        if died and not journal.exists():
            # Not begun, or at its end.
            assert tree.state() in (middle, before)
        elif died:
            found = fine(tree.ask("repair"))["found"]
            assert [(one["id"], one["state"]) for one in found] == [("one", "undoing")]
            assert fine(tree.ask("check"))["possible"] in (True, False)
            assert tree.ask("drop")["error"]["kind"] == "undoing"
            tree.killed(again, lambda io: tree.ask("undo"))
        answer = tree.ask("undo")
        if "error" in answer:
            assert answer["error"]["kind"] == "gone"
        else:
            assert answer["verified"] is True
        assert tree.state() == before, number
        assert fine(tree.ask("repair"))["found"] == []
        assert tree.ask("undo")["error"]["kind"] == "gone"
        left = set(os.listdir(tree.prefix / ".gpu-doctor" / "undo" / "one"))
        assert left <= {"seal.json", "undone.json"}
        codes = sorted(path.read_text() for path in (tree.site / "old" / "__pycache__").iterdir())
        assert codes == [f"code of old {number}\n" for number in range(4)]
        fine(tree.ask("drop"))
        if not died:
            break
    counted["undo"] = number - 1
    assert number > 30


def test_killed_while_it_drops(tree):
    number = 0
    while True:
        fine(tree.ask("begin"))
        if not tree.killed(number := number + 1, lambda io: fine(tree.ask("drop"))):
            break
        left = fine(tree.ask("list"))["backups"]
        assert [one["id"] for one in left] in ([], ["one"])
        if left:
            fine(tree.ask("drop"))
        fine(tree.ask("begin"))
        assert clean(tree) == {".lock", "one"}
        fine(tree.ask("drop"))
    assert number > 10


@pytest.mark.parametrize("kind", ["no-space", "read-only"])
def test_an_error_at_any_step(tree, kind):
    """A full disk: begin changes nothing; an undo that fails is taken up again."""
    number = {"no-space": errno.ENOSPC, "read-only": errno.EROFS}[kind]
    before = tree.state()
    originals = {name: tree.space[name] for name in ("os", "shutil")}
    step = 0
    while True:
        step += 1
        tree.space["os"] = deadly = Deadly(step, OSError(number, "made up", "x"))
        tree.space["open"] = deadly.opened
        answer = tree.ask("begin", names=["old"])
        tree.space.update(originals)
        del tree.space["open"]
        assert tree.state() == before
        if "error" not in answer:
            break
        assert answer["error"]["kind"] == kind
        assert clean(tree) <= {".lock"}
    tree.install()
    fine(tree.ask("seal"))
    for step in range(1, 400):
        tree.space["os"] = deadly = Deadly(step, OSError(number, "made up", "x"))
        tree.space["open"] = deadly.opened
        answer = tree.ask("undo")
        tree.space.update(originals)
        del tree.space["open"]
        if "error" not in answer:
            break
        assert answer["error"]["kind"] in (kind, "gone"), answer
    tree.ask("undo")
    assert tree.state() == before


def test_time_is_not_needed_between(tree):
    """Clocks that stand still or go back do not confuse it."""
    before = tree.state()
    tree.monkeypatch.setattr(time, "time", lambda: 1e9)
    fine(tree.ask("begin"))
    tree.install()
    fine(tree.ask("seal"))
    assert fine(tree.ask("undo"))["verified"] is True
    assert tree.state() == before
    assert Path(tree.prefix / ".gpu-doctor").is_dir()
