"""The planner inside a real kernel, asked by the front end's own code (planning.Page)."""

import ast
import json
import os
import sys
import time

import pytest
from index import Server
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpec
from planning import PLAN, Relay, Shelf, changes, check, uv_path
from probing import ROOT, environ

BACKGROUND = PLAN.with_name("background.py")
MIME = "application/vnd.jupyterlab-gpu-doctor.background+json"
# The compiled form of our own code, which a page that asks for the first time is given besides.
CODE = "application/vnd.jupyterlab-gpu-doctor.code+json"
A_AND_B = {"a": (None, "1.0"), "b": (None, "1.0")}
# What a page may still see of us in the kernel.
THREADS = "[t.name for t in __import__('threading').enumerate() if 'gpu-doctor' in t.name or '(drain)' in t.name]"


@pytest.fixture(scope="module")
def kernel(venv):
    """A running kernel of a virtual environment."""
    manager = KernelManager(kernel_name="python3")
    manager._kernel_spec = KernelSpec(
        argv=[str(venv / "bin" / "python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        display_name="test", language="python",
    )  # fmt: skip
    manager.start_kernel(env=environ(PIP_CONFIG_FILE="/dev/null"))
    client = manager.blocking_client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    client.manager = manager
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.fixture
def relay(kernel):
    relay = Relay(kernel)
    yield relay
    relay.close()


@pytest.fixture(scope="module")
def host():
    with Server() as host:
        yield host


@pytest.fixture
def main(host):
    main = Shelf(host).index("main")
    main.wheel("a", "1.0", ["b"])
    main.wheel("b", "1.0")
    return main


@pytest.fixture
def ask(relay, main, tmp_path):
    """A request. uv: what a fake one does, in Python; None: the real one, beside this Python."""

    def make(*args, uv=None, **more):
        path = tmp_path / "bin" / "uv"
        path.parent.mkdir(exist_ok=True)
        if uv is not None:
            path.write_text(
                f"#!{sys.executable} -I\nimport json, os, sys, time\n"
                f"if '--version' in sys.argv:\n    print('uv 0.13.9')\n    sys.exit()\n{uv}\n"
            )
            path.chmod(0o755)
        # The kernel's PATH comes before all else that a request or a process may name.
        places = f"{path.parent}:/usr/bin:/bin"
        relay.value(f"__import__('os').environ.__setitem__('PATH', {places!r})")
        return {
            "tool": "pip", "action": "install", "args": ["-i", main.url, *args], "cwd": str(tmp_path),
            "deadline": 30, "planner": "auto", "constraints": [], "uv_paths": [uv_path()],
            "uv_cache": str(tmp_path / "cache"), **more,
        }  # fmt: skip

    return make


def slow(seconds):
    """A uv that takes its time, then plans what it was asked for."""
    change = "{'name': sys.argv[-1], 'version': '1.0', 'action': 'installed'}"
    return f"time.sleep({seconds})\nprint(json.dumps({{'changes': [{change}]}}))"


def planned(page):
    """{name: (from, to)} of what a page got."""
    assert page.outcome["kind"] == "answer", page.outcome
    return changes(check(page.outcome["value"]))


def test_the_embedded_text_is_that_of_the_files():
    """Else the tests below say nothing: `jlpm gen`."""
    text = (ROOT / "src" / "kernel" / "embedded.generated.ts").read_text()
    found = [line.strip() for line in text.splitlines() if line.startswith("  '")]
    sources = [ast.literal_eval(line.rstrip(";")) for line in found]
    assert PLAN.read_text() in sources
    assert BACKGROUND.read_text() in sources


def test_leaves_no_trace(relay, ask):
    relay.cell("mine = 1\nopen = compile = exec = thread = 5")
    names = relay.value("sorted(get_ipython().user_ns)")
    count = relay.value("get_ipython().execution_count")
    try:
        page = relay.page(ask("a", uv=slow(1.5)))
        relay.until(lambda: page.outcome)
        assert planned(page) == {"a": (None, "1.0")}
        assert {one["phase"] for one in page.progress} == {"resolving"}
        assert len(page.sent) > 2
        assert relay.value("sorted(get_ipython().user_ns)") == names
        assert relay.value("get_ipython().execution_count") == count
        assert relay.value("thread") == 5
        relay.until(lambda: relay.value(THREADS) == [], 3)
    finally:
        relay.cell("del open, compile, exec, thread")


def test_the_front_end_reads_the_plan(relay, ask):
    """The real uv, all the way to what the judge gets."""
    page = relay.page(ask("a"), run="runPlan")
    relay.until(lambda: page.outcome)
    assert page.outcome["kind"] == "plan", page.outcome
    rows = page.outcome["plan"]["rows"]
    assert {row["name"]: (row["from"], row["to"]) for row in rows} == A_AND_B
    assert page.outcome["plan"]["planner"].startswith("uv ")


def test_nothing_but_the_answer_is_shown(relay, ask):
    page = relay.page(ask("a", uv=slow(0)))
    seen = []
    take = relay.take

    def watch(message):
        seen.append(message)
        take(message)

    relay.take = watch
    relay.until(lambda: page.outcome)
    kinds = {message["msg_type"] for message in seen}
    assert kinds <= {"status", "execute_reply", "display_data"}
    shown = [message["content"]["data"] for message in seen if message["msg_type"] == "display_data"]
    assert {key for data in shown for key in data} == {MIME, CODE}


def test_the_kernel_is_free_meanwhile(relay, ask):
    page = relay.page(ask("a", uv=slow(6)))
    relay.until(lambda: page.progress)
    waited = []
    while len(waited) < 4:
        begin = time.monotonic()
        assert relay.cell("mine = 1 + 1")[2]["content"]["status"] == "ok"
        waited.append(time.monotonic() - begin)
    assert page.outcome is None
    # A request for news holds the kernel for half a second.
    assert sorted(waited)[2] < 1.5, waited
    relay.until(lambda: page.outcome)
    assert planned(page) == {"a": (None, "1.0")}


def test_two_at_once(relay, ask):
    pages = [relay.page(ask(name, uv=slow(2))) for name in ("a", "b")]
    relay.until(lambda: all(page.progress for page in pages))
    assert len(relay.value("[t for t in " + THREADS + " if 'gpu' in t]")) == 2
    relay.until(lambda: all(page.outcome for page in pages))
    assert [planned(page) for page in pages] == [{"a": (None, "1.0")}, {"b": (None, "1.0")}]


def alive(pid):
    """Whether a process runs (a zombie does not)."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as lines:
            return lines.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children(pid):
    """All processes below one, by /proc."""
    found = []
    for task in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as lines:
                own = [int(one) for one in lines.read().split()]
        except OSError:
            continue
        found += own
        for one in own:
            try:
                found += children(one)
            except OSError:
                pass
    return found


FORKS = "os.fork()\ntime.sleep(100)"


@pytest.mark.parametrize(
    ("uv", "more", "least"),
    [
        (FORKS, {}, 2),
        # Its output has ended, it has not.
        ("os.fork()\nos.close(1)\ntime.sleep(100)", {}, 2),
        (None, {}, 1),
        (None, {"planner": "pip"}, 1),
    ],
    ids=["fake", "closed", "uv", "pip"],
)
def test_stopped(relay, ask, main, uv, more, least):
    """Within a second no process of ours is left, in which phase ever."""
    main.delay = 100
    pid = relay.value("__import__('os').getpid()")
    before = set(children(pid))
    page = relay.page(ask("a", uv=uv, **more))
    relay.until(lambda: page.progress and len(set(children(pid)) - before) >= least)
    ours = set(children(pid)) - before
    page.stop()
    begin = time.monotonic()
    relay.until(lambda: not any(map(alive, ours)), 10)
    assert time.monotonic() - begin < 1 + SLACK
    relay.until(lambda: page.outcome)
    assert page.outcome == {"kind": "cancelled"}
    relay.until(lambda: relay.value(THREADS) == [], 3)
    assert set(children(pid)) <= before
    main.delay = 0


# A request to stop waits for one for news, half a second at most.
SLACK = 0.5


def test_the_result_of_a_page_that_went_away(relay, ask):
    """Nobody asks again: the thread ends by itself, after KEPT."""
    page = relay.page(ask("a", uv=slow(1)))
    relay.until(lambda: page.progress)
    page.close()
    begin = time.monotonic()
    # Class and source stay as they are sent; this one thread waits less.
    relay.cell(
        "import threading\nfor t in threading.enumerate():\n    if t.name.startswith('gpu-doctor-'):\n"
        "        assert t.KEPT == 120\n        t.KEPT = 3\ndel t, threading"
    )
    done = "[t.done.is_set() for t in __import__('threading').enumerate() if t.name.startswith('gpu-doctor-')]"
    relay.until(lambda: relay.value(done) != [False], 10)
    assert relay.value(done) == [True]
    relay.until(lambda: relay.value(done) == [], 10)
    assert time.monotonic() - begin > 3
    assert relay.value(THREADS) == []


def test_an_interrupt_is_for_the_users_code(relay, ask, kernel):
    """It ends the cell that runs, or nothing; the plan comes."""
    page = relay.page(ask("a", uv=slow(4)))
    relay.until(lambda: page.progress)
    cell = relay.cell("import time; time.sleep(60)", wait=False)
    end = time.monotonic() + 1.5
    relay.until(lambda: time.monotonic() > end)
    kernel.manager.interrupt_kernel()
    relay.until(lambda: cell[2])
    assert cell[2]["content"]["ename"] == "KeyboardInterrupt"
    # While the kernel waits for news.
    sent = len(page.sent)
    relay.until(lambda: len(page.sent) > sent)
    end = time.monotonic() + 0.25
    relay.until(lambda: time.monotonic() > end)
    assert page.outcome is None
    kernel.manager.interrupt_kernel()
    relay.until(lambda: page.outcome)
    assert planned(page) == {"a": (None, "1.0")}
    assert relay.cell("1")[2]["content"]["status"] == "ok"


def test_an_error_of_the_planner(relay, ask):
    """A request that JSON can hold and the planner cannot read is an answer too."""
    page = relay.page({**ask("a"), "args": [1]})
    relay.until(lambda: page.outcome)
    assert check(page.outcome["value"])["error"]["kind"] == "usage"


def test_odd_characters_arrive(relay, ask):
    word = "a'\"\\\n\u2028é😀"
    body = "sys.stderr.write('error: ' + json.dumps(sys.argv[-1]))\nsys.exit(1)"
    page = relay.page(ask(word, uv=body, planner="uv"))
    relay.until(lambda: page.outcome)
    text = page.outcome["value"]["error"]["text"]
    assert json.loads(text[text.index('"'):]) == word
