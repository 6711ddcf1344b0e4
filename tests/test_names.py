"""Values of variables: only plain ones, no code of the user's is called, no secret is told."""

import json
import sys
import types

import envs
import pytest
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpec
from probing import ROOT, environ, interpreters
from test_probe_kernel import execute, value

SOURCE = (ROOT / "jupyterlab_gpu_doctor" / "kernel" / "names.py").read_text()
MIME = "application/vnd.jupyterlab-gpu-doctor.names+json"


def load():
    """The functions, as the kernel gets them."""
    space = {"__name__": "gpu_doctor"}
    exec(compile(SOURCE, "<gpu-doctor>", "exec"), space)  # noqa: S102
    return space


class Trap:
    """Nobody may touch it."""

    def fail(self, *_):
        raise AssertionError("touched")

    __getattr__ = __repr__ = __str__ = __len__ = __iter__ = __bool__ = __eq__ = __hash__ = fail
    __class__ = property(fail)


class Text(str):
    """Text with a mind of its own."""

    def __str__(self):
        raise AssertionError("touched")


class Space(dict):
    """A namespace with a mind of its own."""

    def __getitem__(self, _):
        raise AssertionError("touched")

    get = __contains__ = __getitem__


@pytest.fixture
def shell(monkeypatch):
    """A shell in IPython's place."""
    shell = types.SimpleNamespace(user_ns={}, automagic=True)
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: shell))
    return shell


PLAIN = {
    "word": "torch==2.3", "number": 3, "large": 2**53, "half": 2.0, "yes": True, "empty": "",
    "words": ["a", "b"], "pair": ("a", "b"), "none": [],
}  # fmt: skip
ODD = {
    "nothing": None, "trap": Trap(), "own_text": Text("x"), "inside": ["a", Text("b")], "numbers": [1],
    "traps": [Trap()], "long": "x" * 4097, "many": ["x"] * 201, "half_a_pair": "\ud800", "huge": 1 << 5000,
    "bytes": b"x", "map": {"a": 1}, "cell_list": [None], "a_type": str,
}  # fmt: skip


def test_values(shell):
    shell.user_ns = Space({**PLAIN, **ODD})
    answer = load()["look_up"]([*PLAIN, *ODD, "missing"])
    assert answer == {
        "names": {
            "word": "torch==2.3", "number": 3, "large": str(2**53), "half": "2.0", "yes": "True",
            "empty": "", "words": ["a", "b"], "pair": ["a", "b"], "none": [],
        },
        "environ": {},
        "automagic": True,
    }  # fmt: skip
    assert type(answer["names"]["number"]) is int
    json.dumps(answer, allow_nan=False).encode("ascii")


def test_numbers_that_are_none(shell):
    shell.user_ns = {"a": float("nan"), "b": float("inf")}
    assert load()["look_up"](["a", "b"])["names"] == {"a": "nan", "b": "inf"}


def test_environment(shell, monkeypatch):
    """Only what Python does not have, and only what was asked for."""
    for name in ("BOTH", "ALONE", "UNASKED", "HF_TOKEN", "my_password", "AWS_SECRET", "API_KEY", "ODD"):
        monkeypatch.setenv(name, "from outside")
    shell.user_ns = {"BOTH": "of python", "api_key": "s3cr3t", "ODD": Trap()}
    asked = ["BOTH", "ALONE", "HF_TOKEN", "my_password", "AWS_SECRET", "API_KEY", "api_key", "ODD"]
    answer = load()["look_up"](asked)
    assert (answer["names"], answer["environ"]) == ({"BOTH": "of python"}, {"ALONE": "from outside"})


@pytest.mark.parametrize("automagic", [True, False, None, 1, "yes"])
def test_automagic(shell, automagic):
    shell.automagic = automagic
    told = load()["look_up"]([])["automagic"]
    assert told is (automagic if isinstance(automagic, bool) else None)


def test_odd_requests(shell):
    shell.user_ns = {"a": "x", 5: "y"}
    look_up = load()["look_up"]
    for names in ([], (), [5, None, "", "a b", "a.b", "$a", Text("a"), ["a"]]):
        assert look_up(names)["names"] == {}
    assert look_up(["a"] * 300)["names"] == {"a": "x"}
    assert look_up([f"b{i}" for i in range(200)] + ["a"])["names"] == {}


def test_without_a_shell(monkeypatch):
    """Then the main module holds the variables; nothing is sent without IPython."""
    main = types.ModuleType("__main__")
    main.pkg = "torch"
    monkeypatch.setitem(sys.modules, "__main__", main)
    for module in (None, types.SimpleNamespace(get_ipython=lambda: None), Trap()):
        monkeypatch.setitem(sys.modules, "IPython", module)
        answer = load()["look_up"](["pkg"])
        assert (answer["names"], answer["automagic"]) == ({"pkg": "torch"}, None)
    monkeypatch.setitem(sys.modules, "IPython.display", None)
    assert load()["publish_names"]("x", ["pkg"]) is None


def test_every_python():
    for python in interpreters():
        code = f"pkg = 'torch'\n{SOURCE}\nprint(look_up(['pkg', 'missing']))"
        out = envs.run(python, "-I", "-c", code)
        assert out.strip() == "{'names': {'pkg': 'torch'}, 'environ': {}, 'automagic': None}"


def test_in_a_kernel(venv):
    """As the front end asks: one display message, no name and no count left behind."""
    manager = KernelManager(kernel_name="python3")
    manager._kernel_spec = KernelSpec(
        argv=[str(venv / "bin" / "python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        display_name="test", language="python",
    )  # fmt: skip
    manager.start_kernel(env=environ(GREETING="hello"))
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        execute(client, "pkg = 'torch'; open = exec = compile = 5\nget_ipython().automagic = False")
        names = value(client, "sorted(get_ipython().user_ns)")
        program = f'{SOURCE}\npublish_names("n-1", ["pkg", "GREETING", "os", "open"])\n'
        builtins = "__import__('builtins')"
        code = (
            f"{builtins}.exec({builtins}.compile({json.dumps(program)}, '<gpu-doctor>', 'exec'),"
            " {'__name__': '__gpu_doctor__'})"
        )
        reply, messages = execute(
            client, "", silent=True, store_history=False, user_expressions={"x": code}
        )
        assert reply["user_expressions"]["x"]["status"] == "ok", reply
        assert [message["msg_type"] for message in messages] == ["display_data"]
        assert messages[0]["content"]["data"][MIME] == {
            "nonce": "n-1", "names": {"pkg": "torch", "open": 5}, "environ": {"GREETING": "hello"},
            "automagic": False,
        }  # fmt: skip
        assert value(client, "sorted(get_ipython().user_ns)") == names
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
