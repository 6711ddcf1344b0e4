"""The planner inside a real kernel, executed as the front end does it."""

import json
import threading
import time

import pytest
from index import Server
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpec
from planning import MIME, PLAN, changes, check, load, uv_path
from probing import environ
from test_probe_kernel import execute, value

SOURCE = PLAN.read_text()
NONCE = "n-42"


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
def main():
    with Server() as server:
        main = server.index("main")
        main.wheel("a", "1.0", ["b"])
        main.wheel("b", "1.0")
        yield main


def call(request):
    """The expression that the front end sends."""
    program = f"{SOURCE}\npublish_plan({json.dumps(NONCE)}, __import__('json').loads({json.dumps(json.dumps(request))}))\n"
    builtins = "__import__('builtins')"
    return (
        f"{builtins}.exec({builtins}.compile({json.dumps(program)}, '<gpu-doctor>', 'exec'),"
        " {'__name__': '__gpu_doctor__'})"
    )


def request_for(main, tmp_path, *args):
    return {
        "tool": "pip", "action": "install", "args": ["-i", main.url, *args], "cwd": str(tmp_path),
        "deadline": 30, "uv_paths": [uv_path()], "uv_cache": str(tmp_path / "cache"),
    }  # fmt: skip


def test_leaves_no_trace(kernel, main, tmp_path):
    execute(kernel, "mine = 1")
    execute(kernel, "open = compile = exec = 5")
    names = value(kernel, "sorted(get_ipython().user_ns)")
    count = value(kernel, "get_ipython().execution_count")
    try:
        reply, messages = execute(
            kernel, "", silent=True, store_history=False, stop_on_error=False, allow_stdin=True,
            user_expressions={"x": call(request_for(main, tmp_path, "a"))},
        )  # fmt: skip
        assert reply["user_expressions"]["x"]["status"] == "ok", reply
        assert {message["msg_type"] for message in messages} == {"display_data"}
        payloads = [message["content"]["data"][MIME] for message in messages]
        assert {payload["nonce"] for payload in payloads} == {NONCE}
        assert [payload["progress"]["phase"] for payload in payloads[:-1]] == ["resolving"]
        answer = check(payloads[-1]["plan"])
        assert changes(answer) == {"a": (None, "1.0"), "b": (None, "1.0")}
        assert value(kernel, "sorted(get_ipython().user_ns)") == names
        assert value(kernel, "get_ipython().execution_count") == count
        threads = "[t.name for t in __import__('threading').enumerate() if 'drain' in t.name]"
        assert value(kernel, threads) == []
    finally:
        execute(kernel, "del open, compile, exec")


def test_interrupted(kernel, main, tmp_path):
    """The kernel's interrupt ends the planner, its process, and nothing else."""
    main.delay = 60
    threading.Timer(2, kernel.manager.interrupt_kernel).start()
    begin = time.monotonic()
    reply, messages = execute(
        kernel, "", silent=True, user_expressions={"x": call(request_for(main, tmp_path, "a"))}
    )
    assert time.monotonic() - begin < 15
    assert reply["user_expressions"]["x"]["status"] == "ok", reply
    answer = messages[-1]["content"]["data"][MIME]["plan"]
    assert answer["error"]["kind"] == "cancelled"
    children = f"open('/proc/{value(kernel, '__import__(chr(111)+chr(115)).getpid()')}/task/%d/children' % __import__('os').getpid()).read()"
    assert value(kernel, children) == ""
    execute(kernel, "after = 2")
    assert value(kernel, "after") == 2


def test_without_ipython(capsys, monkeypatch, tmp_path):
    import sys

    monkeypatch.setitem(sys.modules, "IPython.display", None)
    space = load()
    request = {"tool": "pip", "action": "uninstall", "args": ["pytest"], "cwd": str(tmp_path)}
    assert space["publish_plan"]("x", request) is None
    line = capsys.readouterr().out
    assert line.count("\n") == 1
    payload = json.loads(line[len(space["SENTINEL"]) :])
    assert payload["nonce"] == "x"
    assert changes(check(payload["plan"]))["pytest"][1] is None
