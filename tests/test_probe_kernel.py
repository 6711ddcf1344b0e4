"""The probe inside a real kernel, executed as the front end does it."""

import base64
import json
import sys
import threading
import zlib
from queue import Empty

import pytest
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpec
from probing import MIME, PROBE, VALIDATOR, environ

SOURCE = PROBE.read_text()
NONCE = "n-123"
# One statement that leaves no name behind.
CODE = (
    f"(lambda ns: (exec(compile({SOURCE!r}, '<gpu-doctor>', 'exec'), ns),"
    f" ns['publish']({NONCE!r})))({{'__name__': 'gpu_doctor'}})"
)


@pytest.fixture(scope="module", params=["venv", "conda"])
def kernel(request, nvml):
    """A running kernel of an environment, with the fake NVML in reach."""
    prefix = request.getfixturevalue(request.param)
    manager = KernelManager(kernel_name="python3")
    python = str(prefix / "bin" / "python")
    manager._kernel_spec = KernelSpec(
        argv=[python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        display_name="test", language="python",
    )  # fmt: skip
    manager.start_kernel(env=environ(LD_LIBRARY_PATH=nvml, FAKE_NVML_PROCESSES="0:self:9"))
    client = manager.blocking_client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def execute(client, code, **options):
    """(reply, messages on iopub but the status) of a request."""
    message = client.execute(code, **options)
    reply = client.get_shell_msg(timeout=60)
    while reply["parent_header"]["msg_id"] != message:  # kernel_info of the start
        reply = client.get_shell_msg(timeout=60)
    seen = []
    while True:
        try:
            one = client.get_iopub_msg(timeout=30)
        except Empty:
            raise AssertionError("the kernel did not become idle") from None
        if one["parent_header"].get("msg_id") != message:
            continue
        if one["msg_type"] != "status":
            seen.append(one)
        elif one["content"]["execution_state"] == "idle":
            return reply["content"], seen


def value(client, expression):
    """A value of the kernel by a user expression, without a trace in its history."""
    expressions = {"x": f"__import__('json').dumps({expression})"}
    reply, _ = execute(client, "", silent=True, store_history=False, user_expressions=expressions)
    text = reply["user_expressions"]["x"]["data"]["text/plain"]
    return json.loads(eval(text))


def test_silent_probe_leaves_no_trace(kernel):
    execute(kernel, "a = 1")
    names = value(kernel, "sorted(get_ipython().user_ns)")
    modules = set(value(kernel, "sorted(__import__('sys').modules)"))
    count = value(kernel, "get_ipython().execution_count")
    cwd = value(kernel, "__import__('os').getcwd()")

    reply, messages = execute(
        kernel, CODE, silent=True, store_history=False, stop_on_error=False, allow_stdin=True
    )
    assert reply["status"] == "ok", reply
    assert [message["msg_type"] for message in messages] == ["display_data"]
    payload = messages[0]["content"]["data"][MIME]
    assert payload["nonce"] == NONCE
    facts = payload["facts"]
    VALIDATOR.validate(facts)
    assert facts["problems"] == []
    assert facts["probe"]["in_kernel"] is True
    assert "ipykernel" in {row["name"] for row in facts["modules"]}
    process = facts["gpu"]["devices"][0]["processes"][0]
    assert (process["pid"], process["this_kernel"]) == (facts["probe"]["pid"], True)

    assert value(kernel, "sorted(get_ipython().user_ns)") == names
    assert value(kernel, "get_ipython().execution_count") == count
    assert value(kernel, "__import__('os').getcwd()") == cwd
    new = set(value(kernel, "sorted(__import__('sys').modules)")) - modules
    outside = {name for name in new if name.partition(".")[0] not in sys.stdlib_module_names}
    # The function that shows data may be imported for the first time.
    assert {name for name in outside if not name.startswith("IPython.")} == set()
    threads = "[t.name for t in __import__('threading').enumerate()]"
    assert "gpu-doctor-nvml" not in value(kernel, threads)


def test_without_ipython(capsys, probe, monkeypatch):
    monkeypatch.setitem(sys.modules, "IPython.display", None)
    assert probe["publish"]("x") is None
    line = capsys.readouterr().out
    assert line.startswith(probe["SENTINEL"])
    assert line.count("\n") == 1
    payload = json.loads(line[len(probe["SENTINEL"]) :])
    assert payload["nonce"] == "x"
    VALIDATOR.validate(payload["facts"])


def test_in_a_thread(probe):
    """A kernel may run code outside the main thread."""
    found = []
    thread = threading.Thread(target=lambda: found.append(probe["collect"]()))
    thread.start()
    thread.join(60)
    VALIDATOR.validate(found[0])
    assert found[0]["problems"] == []


def test_as_an_expression(kernel):
    """How the front end sends it: no code, one expression, which IPython does not transform."""
    program = json.dumps(f"{SOURCE}\npublish({NONCE!r})\n")
    builtins = "__import__('builtins')"
    code = f"{builtins}.compile({program}, '<gpu-doctor>', 'exec')"
    call = f"{builtins}.exec({code}, {{'__name__': '__gpu_doctor__'}})"
    reply, messages = execute(
        kernel, "", silent=True, store_history=False, user_expressions={"x": call}
    )
    assert reply["user_expressions"]["x"]["status"] == "ok"
    assert [message["msg_type"] for message in messages] == ["display_data"]
    payload = messages[0]["content"]["data"][MIME]
    assert payload["nonce"] == NONCE
    VALIDATOR.validate(payload["facts"])


def test_a_large_answer_is_compressed(kernel, tmp_path):
    """Jupyter servers drop what a kernel sends above 3 MB within 3 s."""
    for index in range(4000):
        info = tmp_path / f"package_{index}-1.0.dist-info"
        info.mkdir()
        requires = "".join(f"Requires-Dist: package-{index + k}>=1.{k}\n" for k in range(9))
        (info / "METADATA").write_text(f"Name: package-{index}\nVersion: 1.0\n{requires}\n")
    execute(kernel, f"import sys; sys.path.append({str(tmp_path)!r})")
    try:
        _, messages = execute(kernel, CODE, silent=True, store_history=False)
    finally:
        execute(kernel, "sys.path.pop(); del sys")
    payload = messages[0]["content"]["data"][MIME]
    assert (payload["nonce"], payload["encoding"]) == (NONCE, "deflate+base64")
    assert len(payload["data"]) < 1_000_000
    facts = json.loads(zlib.decompress(base64.b64decode(payload["data"])))
    VALIDATOR.validate(facts)
    assert sum(row["location"] == str(tmp_path) for row in facts["packages"]) == 4000
