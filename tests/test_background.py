"""The thread for long work: its result, its progress, its end. With a kernel: test_plan_kernel.py."""

import json
import signal
import subprocess
import sys
import threading
import time
import types

import pytest
from probing import ROOT, environ, interpreters

SOURCE = ROOT / "jupyterlab_gpu_doctor" / "kernel" / "background.py"
MIME = "application/vnd.jupyterlab-gpu-doctor.background+json"


@pytest.fixture
def shown(monkeypatch):
    """What was published."""
    seen = []
    display = types.ModuleType("IPython.display")
    display.publish_display_data = seen.append
    monkeypatch.setitem(sys.modules, "IPython", types.ModuleType("IPython"))
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    return seen


@pytest.fixture
def background():
    """The class, as the kernel gets it; all threads that a test left are ended."""
    space = {"__name__": "gpu_doctor"}
    exec(compile(SOURCE.read_text(), "<gpu-doctor>", "exec"), space)  # noqa: S102
    # The program behind it has its names for itself.
    assert {name for name in space if name[0] != "_"} == {"threading", "Background"}
    yield space["Background"]
    for thread in ours():
        thread.stop.set()
        thread.fetched.set()
        thread.join(5)


def ours():
    return [one for one in threading.enumerate() if one.name.startswith("gpu-doctor-")]


def start(background, work, key="k"):
    thread = background(key, work)
    thread.start()
    return thread


def test_progress_then_the_result_once(background, shown):
    go = threading.Event()

    def work(report, stop):
        report({"phase": "one"})
        report({"phase": "two"})
        go.wait(10)
        return {"rows": [1]}

    thread = start(background, work)
    assert (thread.name, thread.daemon) == ("gpu-doctor-k", True)
    thread.news("n1", 0.2)
    go.set()
    thread.news("n2", 10)
    assert shown == [
        {MIME: {"nonce": "n1", "progress": {"phase": "two"}}},
        {MIME: {"nonce": "n2", "answer": {"rows": [1]}}},
    ]
    thread.join(5)
    assert ours() == []


def test_nothing_reported_yet(background, shown):
    thread = start(background, lambda report, stop: stop.wait(10))
    thread.news("n", 0)
    assert shown == [{MIME: {"nonce": "n", "progress": None}}]


def test_the_result_comes_as_soon_as_it_is_there(background, shown):
    thread = start(background, lambda report, stop: time.sleep(0.2))
    begin = time.monotonic()
    thread.news("n", 30)
    assert time.monotonic() - begin < 5
    assert shown == [{MIME: {"nonce": "n", "answer": None}}]


@pytest.mark.parametrize("error", [ValueError("why"), KeyboardInterrupt("why"), SystemExit("why")], ids=repr)
def test_an_error_is_told(background, shown, error):
    def work(report, stop):
        raise error

    thread = start(background, work)
    thread.news("n", 10)
    assert shown == [{MIME: {"nonce": "n", "error": f"{type(error).__name__}: why"}}]
    thread.join(5)
    assert ours() == []


def test_stopped(background, shown):
    """As the front end does it: the work hears it, and nobody waits for a result."""
    heard = threading.Event()
    thread = start(background, lambda report, stop: stop.wait(10) and heard.set())
    thread.stop.set()
    thread.fetched.set()
    thread.join(5)
    assert (heard.is_set(), ours(), shown) == (True, [], [])


def test_a_result_that_nobody_fetches(background, shown):
    assert background.KEPT == 120
    background.KEPT = 0.5
    thread = start(background, lambda report, stop: 1)
    thread.done.wait(5)
    begin = time.monotonic()
    assert ours() == [thread]
    thread.join(5)
    assert 0.3 < time.monotonic() - begin < 3
    assert (ours(), shown) == ([], [])


def test_a_result_is_kept_for_a_while(background, shown):
    """News may come late, and twice when an answer was lost on its way."""
    thread = start(background, lambda report, stop: 1)
    thread.done.wait(5)
    time.sleep(0.3)
    thread.news("n1", 0)
    thread.news("n2", 0)
    assert [one[MIME]["answer"] for one in shown] == [1, 1]


def test_two_at_once(background, shown):
    threads = {key: start(background, lambda report, stop, key=key: key, key) for key in ("a", "b")}
    for key in ("b", "a"):
        threads[key].news(key, 10)
    assert [(one[MIME]["nonce"], one[MIME]["answer"]) for one in shown] == [("b", "b"), ("a", "a")]


def test_an_interrupt_while_it_waits(background, shown):
    """The kernel's interrupt is for what the user runs."""
    go = threading.Event()
    thread = start(background, lambda report, stop: go.wait(10))
    main = threading.main_thread().ident
    threading.Timer(0.3, signal.pthread_kill, (main, signal.SIGINT)).start()
    begin = time.monotonic()
    thread.news("n1", 20)
    assert time.monotonic() - begin < 10
    assert shown == [{MIME: {"nonce": "n1", "progress": None}}]
    go.set()
    thread.news("n2", 10)
    assert shown[1] == {MIME: {"nonce": "n2", "answer": True}}


PROGRAM = """
import sys, types
display = types.ModuleType("IPython.display")
display.publish_display_data = lambda data: print(list(data.values())[0])
sys.modules["IPython"] = types.ModuleType("IPython")
sys.modules["IPython.display"] = display
thread = Background("k", lambda report, stop: 1)
thread.start()
thread.news("n", 10)
thread.join()
"""


def test_every_python():
    for python in interpreters():
        done = subprocess.run(
            [python, "-c", SOURCE.read_text() + PROGRAM], check=False, capture_output=True, text=True, env=environ()
        )
        assert (done.returncode, done.stderr) == (0, ""), python
        assert json.loads(done.stdout.replace("'", '"')) == {"nonce": "n", "answer": 1}


def test_an_interpreter_that_ends_does_not_wait_for_it():
    program = SOURCE.read_text() + "\nBackground('k', lambda report, stop: stop.wait(60)).start()\n"
    begin = time.monotonic()
    subprocess.run([sys.executable, "-c", program], check=True, env=environ(), timeout=50)
    assert time.monotonic() - begin < 20
