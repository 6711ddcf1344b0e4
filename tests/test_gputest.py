"""The GPU test: processes that work, fail, hang, crash, print. Frameworks are imitated (frameworks.py), but for the last
test, which takes the real wheels for CPUs."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import envs
import pytest
from frameworks import NO_CUBLAS, fake
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpec
from planning import Relay
from probing import ROOT, environ, interpreters

KERNEL = ROOT / "jupyterlab_gpu_doctor" / "kernel"
RUNNER = KERNEL / "gputest.py"
CHILD = KERNEL / "gputest_child.py"
L4 = ("NVIDIA L4", 8, 9, 23034 << 20)
A100 = ("NVIDIA A100-SXM4-40GB", 8, 0, 40536 << 20)
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")


def load():
    """The functions, as the kernel gets them."""
    space = {"__name__": "gpu_doctor"}
    exec(compile(RUNNER.read_text(), "<gpu-doctor>", "exec"), space)  # noqa: S102
    return space


@pytest.fixture
def ask(site, monkeypatch, tmp_path):
    """Run the test as the kernel does it, with the frameworks of `site`."""
    monkeypatch.setenv("PYTHONPATH", str(site))
    monkeypatch.chdir(tmp_path)
    space = load()

    def run(*names, limit=30, report=None, stop=None):
        request = {"frameworks": list(names), "limit": limit, "source": CHILD.read_text()}
        return check(space["gpu_test"](request, report, stop))

    run.space = space
    return run


def check(document):
    """What holds for every document, finished or not."""
    assert document == json.loads(json.dumps(document))
    assert (document["schema"], document["schema_version"]) == ("jupyterlab-gpu-doctor/gputest", 1)
    for one in document["frameworks"]:
        assert one["outcome"] in (None, "gpu", "cpu", "other", "failed", "cancelled")
        if one["outcome"] in ("failed", "cancelled"):
            assert set(one["error"]) == {"kind", "text", "signal", "exit_code"}
        elif one["outcome"]:
            assert one["error"] is None
            assert all(step["ok"] for step in one["steps"])
        assert len(one["output"].encode()) <= 3 * 20000
    return document


def only(document):
    """The one framework of a document."""
    assert document["error"] is None
    (one,) = document["frameworks"]
    return one


def names(one):
    return [step["name"] for step in one["steps"]]


def mine(marker):
    """Processes that have a text in their environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if marker.encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            pass
    return [one for one in found if one != os.getpid()]


def gone(marker, seconds=10):
    """Whether no such process is left."""
    end = time.monotonic() + seconds
    while mine(marker) and time.monotonic() < end:
        time.sleep(0.05)
    return not mine(marker)


# ---------------------------------------------------------------------------- what it finds


def test_torch_on_two_gpus(ask, site):
    fake(site, "torch", [L4, A100], "2.5.1+cu124", cuda="12.4")
    one = only(ask("torch"))
    assert (one["outcome"], one["version"], one["cuda"], one["cudnn"]) == ("gpu", "2.5.1+cu124", "12.4", "9.1.0")
    assert names(one) == ["import", "devices", "sum", "product", "convolution"]
    assert all(step["ms"] >= 0 for step in one["steps"])
    assert one["devices"] == [
        {"kind": "gpu", "name": "NVIDIA L4", "compute_capability": "8.9", "memory": 23034 << 20},
        {"kind": "gpu", "name": "NVIDIA A100-SXM4-40GB", "compute_capability": "8.0", "memory": 40536 << 20},
    ]
    assert one["memory"]["before"] == {"allocated": 0, "reserved": 0}
    assert one["memory"]["peak"] == {"allocated": 8519680, "reserved": 23068672}
    assert one["memory"]["process"] > 1 << 20
    assert one["file"] == str(site / "torch" / "__init__.py")
    # There is no NumPy here.
    assert one["against"] in ("NumPy", "Python")


def test_tensorflow_on_a_gpu(ask, site):
    fake(site, "tensorflow", [L4], "2.14.0", cuda="11.8")
    one = only(ask("tensorflow"))
    assert (one["outcome"], one["cuda"]) == ("gpu", "11.8")
    assert one["devices"] == [
        {"kind": "gpu", "name": "NVIDIA L4", "compute_capability": "8.9", "memory": None}
    ]
    assert one["memory"]["peak"] == {"allocated": 1048576, "reserved": None}


def test_jax_on_a_gpu(ask, site):
    fake(site, "jax", [L4], "0.4.30")
    one = only(ask("jax"))
    assert (one["outcome"], one["against"]) == ("gpu", "Python")  # the fake NumPy cannot multiply
    assert one["devices"] == [
        {"kind": "gpu", "name": "NVIDIA L4", "compute_capability": "8.9", "memory": 23034 << 20}
    ]
    assert one["memory"]["peak"] == {"allocated": 131072, "reserved": None}


def test_a_cpu_is_a_success_of_the_cpu(ask, site):
    for name in ("torch", "tensorflow", "jax"):
        fake(site, name)
    document = ask("torch", "tensorflow", "jax")
    assert [(one["name"], one["outcome"]) for one in document["frameworks"]] == [
        ("torch", "cpu"), ("tensorflow", "cpu"), ("jax", "cpu"),
    ]  # fmt: skip
    for one in document["frameworks"]:
        # cuDNN is of no use there.
        assert names(one) == ["import", "devices", "sum", "product"]
        assert [device["kind"] for device in one["devices"]] == ["cpu"]
        assert (one["why_not"], one["cudnn"]) == (None, None)
        assert one["memory"]["peak"] == {"allocated": None, "reserved": None}


def test_a_cuda_build_says_why_it_sees_no_gpu(ask, site):
    why = "The NVIDIA driver on your system is too old (found version 11020)."
    fake(site, "torch", cuda="12.4", init=why)
    one = only(ask("torch"))
    assert (one["outcome"], one["why_not"]) == ("cpu", why)


@pytest.mark.parametrize(("number", "text"), [(90100, "9.1.0"), (91300, "9.13.0"), (8902, "8.9.2"), (7605, "7.6.5"), (None, None)])
def test_versions_of_cudnn(number, text):
    space = {"__name__": "child"}
    exec(compile(CHILD.read_text(), "<child>", "exec"), space)  # noqa: S102
    assert space["cudnn_version"](number) == text


# ---------------------------------------------------------------------------- what goes wrong


def test_an_import_error_keeps_its_words(ask, site):
    fake(site, "torch", head=f"raise ImportError({NO_CUBLAS!r})")
    fake(site, "jax")
    document = ask("torch", "jax")
    one, other = document["frameworks"]
    assert one["outcome"] == "failed"
    assert one["error"] == {"kind": "error", "text": f"ImportError: {NO_CUBLAS}", "signal": None, "exit_code": None}
    assert one["steps"] == [{"name": "import", "ok": False, "ms": None}]
    assert (one["step"], one["version"], one["devices"]) == (None, None, None)
    assert "Traceback (most recent call last)" in one["output"]
    assert NO_CUBLAS in one["output"]
    # It does not take the others along.
    assert other["outcome"] == "cpu"


@pytest.mark.parametrize("name", ["SIGSEGV", "SIGABRT", "SIGKILL", "SIGBUS", "SIGILL"])
def test_a_crash_is_named(ask, site, name):
    fake(site, "torch", head=f"import os, signal; os.kill(os.getpid(), signal.{name})")
    fake(site, "jax")
    one, other = ask("torch", "jax")["frameworks"]
    assert (one["error"]["kind"], one["error"]["signal"]) == ("crash", name)
    assert one["error"]["text"] == f"The process was ended by {name}."
    assert one["steps"] == [{"name": "import", "ok": False, "ms": None}]
    if name != "SIGKILL":
        # Where it was, by faulthandler.
        assert "torch/__init__.py" in one["output"]
    assert other["outcome"] == "cpu"


def test_a_crash_in_the_middle(ask, site):
    fake(site, "torch", [L4], at="conv", do="import os; os.abort()")
    one = only(ask("torch"))
    assert (one["error"]["signal"], names(one)[-1]) == ("SIGABRT", "convolution")
    assert [step["ok"] for step in one["steps"]] == [True, True, True, True, False]
    assert one["devices"][0]["name"] == "NVIDIA L4"


@pytest.mark.parametrize(("code", "kind", "text", "status"), [
    ("import os; os._exit(3)", "exit", "The process ended with exit code 3.", 3),
    ("raise SystemExit('why')", "error", "SystemExit: why", None),
    ("raise KeyboardInterrupt", "error", "KeyboardInterrupt: ", None),
])  # fmt: skip
def test_a_framework_that_ends_the_process(ask, site, code, kind, text, status):
    fake(site, "torch", head=code)
    error = only(ask("torch"))["error"]
    assert (error["kind"], error["text"], error["exit_code"]) == (kind, text, status)


def test_an_error_on_the_gpu(ask, site):
    why = "CUDA error: no kernel image is available for execution on the device"
    fake(site, "torch", [L4], at="tensor", do=f"raise RuntimeError({why!r})")
    one = only(ask("torch"))
    assert (one["error"]["text"], names(one)) == (f"RuntimeError: {why}", ["import", "devices", "sum"])


def test_a_wrong_sum(ask, site):
    fake(site, "torch", [L4], wrong=1)
    one = only(ask("torch"))
    assert one["error"]["kind"] == "wrong"
    assert one["error"]["text"] == "[1, 2, 3] + [4, 5, 6]: 3 of 3 numbers are wrong; the first is 6.0 instead of 5"


def test_a_result_that_is_elsewhere(ask, site):
    """A framework that lists a GPU and quietly computes on the CPU."""
    fake(site, "tensorflow", [L4], place="/job:localhost/replica:0/task:0/device:CPU:0")
    one = only(ask("tensorflow"))
    assert (one["error"]["kind"], one["steps"][-1]) == ("wrong", {"name": "sum", "ok": False, "ms": None})
    assert one["error"]["text"].endswith("computed on /job:localhost/replica:0/task:0/device:CPU:0")


def test_a_folder_of_the_same_name(ask, tmp_path):
    (tmp_path / "torch").mkdir()
    one = only(ask("torch"))
    assert one["error"]["text"] == "AttributeError: module 'torch' has no attribute '__version__'"


def test_not_installed(ask):
    one = only(ask("jax"))
    assert (one["error"]["kind"], one["error"]["text"], one["steps"]) == ("missing", "jax is not installed", [])


def test_the_time_limit(ask, site):
    fake(site, "torch", head="import time\ndef hang_here():\n    time.sleep(60)\nhang_here()")
    fake(site, "jax")
    begin = time.monotonic()
    one, other = ask("torch", "jax", limit=1)["frameworks"]
    assert time.monotonic() - begin < 20
    assert (one["outcome"], one["error"]["kind"], one["error"]["text"]) == ("failed", "timeout", "no answer within 1 s")
    # Where it hangs.
    assert "hang_here" in one["output"]
    assert other["outcome"] == "cpu"


@linux
def test_a_process_that_cannot_be_asked(ask, site):
    """Stopped, so that it does not end by itself."""
    fake(site, "torch", head="import os, signal; os.kill(os.getpid(), signal.SIGSTOP)")
    one = only(ask("torch", limit=1))
    assert one["error"]["kind"] == "timeout"
    assert gone(str(site))


@linux
def test_cancel_leaves_no_process(ask, site):
    """Neither the framework's process nor what it started."""
    head = "import subprocess, sys, time\n"
    head += "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(90)'])\ntime.sleep(90)"
    fake(site, "torch", head=head)
    fake(site, "jax")
    stop = threading.Event()

    def cancel():
        end = time.monotonic() + 20
        while len(mine(str(site))) < 2 and time.monotonic() < end:
            time.sleep(0.05)
        stop.set()

    canceller = threading.Thread(target=cancel)
    canceller.start()
    begin = time.monotonic()
    document = ask("torch", "jax", stop=stop)
    canceller.join()
    assert time.monotonic() - begin < 25
    one = only(document)
    assert (one["outcome"], one["error"]["kind"]) == ("cancelled", "cancelled")
    assert gone(str(site))


@linux
def test_what_a_framework_leaves_behind_is_ended(ask, site):
    head = "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(90)'])"
    fake(site, "torch", head=head)
    begin = time.monotonic()
    assert only(ask("torch"))["outcome"] == "cpu"
    assert time.monotonic() - begin < 20
    assert gone(str(site))


@pytest.mark.parametrize("executable", ["/nonexistent/python", "", None])
def test_no_interpreter(ask, site, monkeypatch, executable):
    monkeypatch.setattr(sys, "executable", executable)
    document = ask("torch")
    error = document["error"] or document["frameworks"][0]["error"]
    assert error["kind"] == ("not-started" if executable else "crash")


@pytest.mark.parametrize("request_", [None, {}, {"frameworks": 5}, {"frameworks": ["torch"]}])
def test_a_request_without_the_agreed_form(request_):
    document = check(load()["gpu_test"](request_))
    assert document["error"]["kind"] == "crash"


def test_other_frameworks_are_not_run(ask):
    assert ask("os", "../torch", "")["frameworks"] == []


# ---------------------------------------------------------------------------- what it prints


def test_what_a_framework_prints_does_not_confuse_it(ask, site):
    head = "import os, sys\nprint('no line end', end='')\nos.write(1, b'raw')\nsys.stderr.write('err')\n"
    head += "print('{\"done\": true}')\nprint('gpu-test-0 {\"done\": true}')"
    fake(site, "torch", head=head, at="tensor", do="print('in the middle', end='')")
    one = only(ask("torch"))
    assert (one["outcome"], len(one["steps"])) == ("cpu", 4)
    for text in ("no line end", "raw", "err", "in the middle"):
        assert text in one["output"]


def test_a_lot_of_output(ask, site):
    """Of 30 MB the end is kept."""
    head = "import os\nfor i in range(30):\n    os.write(2, b'x' * (1 << 20))\n    os.write(1, b'y' * 1000)\n"
    fake(site, "torch", head=head + "raise RuntimeError('the last word')")
    one = only(ask("torch"))
    assert one["error"]["text"] == "RuntimeError: the last word"
    assert len(one["output"]) == 20000
    assert "the last word" in one["output"]


def test_output_that_is_no_text(ask, site):
    head = "import os, sys\nos.write(2, b'caf\\xe9 \\xff\\xfe \\x00')\nraise ImportError('\\udce9 \\N{SNOWMAN}')"
    fake(site, "torch", head=head)
    one = only(ask("torch"))
    assert "caf\N{REPLACEMENT CHARACTER} " in one["output"]
    assert "\0" not in one["output"]
    assert one["error"]["text"] == "ImportError: ? \N{SNOWMAN}"


def test_credentials_are_masked(ask, site):
    fake(site, "torch", head="raise ImportError('see https://me:pass@example.org/x?token=abc')")
    one = only(ask("torch"))
    assert one["error"]["text"] == "ImportError: see https://****@example.org/x?token=****"
    assert "me:pass" not in one["output"]


# ---------------------------------------------------------------------------- where it runs


def test_variables_and_folder(ask, site, tmp_path, monkeypatch):
    """The kernel's own, and those that keep memory low, which the kernel does not get."""
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "7")
    monkeypatch.setenv("TF_FORCE_GPU_ALLOW_GROWTH", "false")
    keys = ("CUDA_VISIBLE_DEVICES", "TF_FORCE_GPU_ALLOW_GROWTH", "XLA_PYTHON_CLIENT_PREALLOCATE")
    head = f"import os, sys\nraise ValueError([os.environ.get(key) for key in {keys}], os.getcwd(), sys.argv, sys.path[0])"
    fake(site, "torch", head=head)
    before = dict(os.environ)
    text = only(ask("torch"))["error"]["text"]
    found = eval(text.partition(": ")[2])
    assert found == (["7", "true", "false"], str(tmp_path), ["-c"], "")
    assert dict(os.environ) == before


def test_writes_nothing(ask, site, tmp_path):
    fake(site, "torch")
    before = sorted(site.rglob("*"))
    ask("torch")
    assert sorted(site.rglob("*")) == before
    assert list(tmp_path.iterdir()) == [site]


def test_a_folder_that_is_gone(ask, site, tmp_path, monkeypatch):
    fake(site, "torch")
    (tmp_path / "away").mkdir()
    monkeypatch.chdir(tmp_path / "away")
    (tmp_path / "away").rmdir()
    assert only(ask("torch"))["outcome"] == "cpu"


def test_folders_that_the_kernel_added_to_its_path(ask, site, tmp_path, monkeypatch):
    """A new process does not have them: that is said."""
    fake(site, "torch")
    added = tmp_path / "added"
    added.mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(added), str(tmp_path / "missing"), "/x/IPython/extensions"])
    found = ask("torch")["added_folders"]
    assert str(added) in found
    assert not any("missing" in one or "IPython" in one for one in found)


def test_progress_grows_to_the_answer(ask, site):
    fake(site, "torch", [L4], at="conv", do="import time; time.sleep(0.3)")
    fake(site, "jax")
    told = []
    last = ask("torch", "jax", report=lambda one: told.append(check(one)))
    seen = [(one["frameworks"][-1]["name"], one["frameworks"][-1]["step"]) for one in told]
    order = list(dict.fromkeys(one for one in seen if one[1]))
    steps = ["import", "devices", "sum", "product"]
    assert order == [*(("torch", one) for one in (*steps, "convolution")), *(("jax", one) for one in steps)]
    during = next(one for one in told if one["frameworks"][-1]["step"] == "convolution")
    assert names(during["frameworks"][0]) == ["import", "devices", "sum", "product"]
    assert during["frameworks"][0]["devices"][0]["name"] == "NVIDIA L4"
    assert last["frameworks"][0]["outcome"] == "gpu"
    # Not changed behind the reader's back.
    assert during["frameworks"][0]["outcome"] is None


def test_every_python(site):
    """The runner and its process."""
    fake(site, "torch", [L4])
    for python in interpreters():
        done = subprocess.run(
            [python, str(RUNNER), "torch"], check=False, capture_output=True, timeout=60, env=environ(PYTHONPATH=site)
        )
        assert done.returncode == 0, (python, done.stderr)
        one = only(check(json.loads(done.stdout)))
        assert (one["outcome"], len(one["steps"])) == ("gpu", 5), (python, one)


def test_from_a_terminal(site, tmp_path):
    fake(site, "torch", [L4])
    done = subprocess.run(
        [sys.executable, str(RUNNER), "--limit", "20"], check=True, capture_output=True, timeout=100,
        env=environ(PYTHONPATH=site), cwd=tmp_path,
    )  # fmt: skip
    rows = check(json.loads(done.stdout))["frameworks"]
    assert [(one["name"], one["outcome"]) for one in rows] == [
        ("torch", "gpu"), ("tensorflow", "failed"), ("jax", "failed"),
    ]  # fmt: skip
    assert b"torch: import" in done.stderr


# ---------------------------------------------------------------------------- in a kernel


@pytest.fixture
def kernel(venv, site):
    """A running kernel that sees the frameworks of `site`."""
    manager = KernelManager(kernel_name="python3")
    manager._kernel_spec = KernelSpec(
        argv=[str(venv / "bin" / "python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        display_name="test", language="python",
    )  # fmt: skip
    manager.start_kernel(env=environ(PYTHONPATH=site))
    client = manager.blocking_client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    client.manager = manager
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def begin(relay, *frameworks):
    """Start the test in a kernel's thread, as src/kernel/background.ts does."""
    request = {"frameworks": frameworks, "limit": 60, "source": CHILD.read_text()}
    program = f"{(KERNEL / 'background.py').read_text()}\n{RUNNER.read_text()}\n"
    program += f"Background('k', lambda report, stop: gpu_test({request!r}, report, stop)).start()"
    entry = relay.send({
        "code": "", "silent": True, "store_history": False, "allow_stdin": True, "stop_on_error": False,
        "user_expressions": {"x": f"__import__('builtins').exec(compile({program!r}, 'x', 'exec'), {{'__name__': 'x'}})"},
    })  # fmt: skip
    relay.until(lambda: entry[2] and entry[3])
    assert entry[2]["content"]["user_expressions"]["x"]["status"] == "ok", entry[2]


THREAD = "next(t for t in __import__('threading').enumerate() if t.name == 'gpu-doctor-k')"


def test_in_a_kernel(kernel, site):
    """What the user set there counts; nothing is imported there, and no name is left."""
    fake(site, "torch", [L4], head="import os; assert os.environ['MINE'] == '1'")
    relay = Relay(kernel)
    relay.cell("import os\nos.environ['MINE'] = '1'")
    before = relay.value("sorted(get_ipython().user_ns)")
    begin(relay, "torch")
    relay.until(lambda: relay.value(f"{THREAD}.done.is_set()"))
    answer = check(relay.value(f"{THREAD}.result['answer']"))
    one = only(answer)
    assert (one["outcome"], one["error"]) == ("gpu", None)
    # IPython's own additions are no news.
    assert answer["added_folders"] == []
    assert relay.value("'torch' in __import__('sys').modules") is False
    assert relay.value("sorted(get_ipython().user_ns)") == before
    assert relay.value("os.environ.get('XLA_PYTHON_CLIENT_PREALLOCATE')") is None


@linux
def test_a_kernel_that_is_killed_takes_it_along(kernel, site):
    fake(site, "torch", head="import time; time.sleep(90)")
    relay = Relay(kernel)
    begin(relay, "torch")
    end = time.monotonic() + 20
    while len(mine(str(site))) < 2:  # the kernel is one
        assert time.monotonic() < end
        time.sleep(0.05)
    os.kill(kernel.manager.provisioner.pid, signal.SIGKILL)
    assert gone(str(site))


# ---------------------------------------------------------------------------- the real wheels


@pytest.fixture(scope="module")
def wheels():
    """The interpreter of a virtual environment with the CPU wheels of PyTorch, TensorFlow and JAX: 0.7 GB to download, so
    it is kept in the user's cache."""
    wanted = ["torch==2.13.0+cpu", "tensorflow-cpu==2.21.0", "jax==0.10.2", "jaxlib==0.10.2"]
    if sys.version_info[:2] != (3, 11) or not sys.platform.startswith("linux"):
        pytest.skip("the wheels are for Python 3.11 on Linux")
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    digest = hashlib.sha256(json.dumps(wanted).encode()).hexdigest()[:12]
    target = Path(base) / "jupyterlab-gpu-doctor" / f"frameworks-{digest}"
    python = target / "bin" / "python"
    stamp = target.with_suffix(".done")
    if not stamp.exists() or not python.exists():
        shutil.rmtree(target, ignore_errors=True)
        envs.run(sys.executable, "-m", "venv", target)
        # pip, because its configuration knows where the build for CPUs is.
        command = [str(python), "-m", "pip", "install", "-q", "--only-binary", ":all:", *wanted]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=1500)
        if "No matching distribution found" in done.stderr:
            pytest.skip("no index here has a build for CPUs")
        assert done.returncode == 0, done.stderr
        stamp.touch()
    return python


def test_the_real_wheels(wheels, tmp_path):
    done = subprocess.run(
        [str(wheels), str(RUNNER)], check=True, capture_output=True, timeout=400,
        env=environ(), cwd=tmp_path,
    )  # fmt: skip
    document = check(json.loads(done.stdout))
    found = {one["name"]: one for one in document["frameworks"]}
    assert {name: (one["outcome"], one["version"]) for name, one in found.items()} == {
        "torch": ("cpu", "2.13.0+cpu"), "tensorflow": ("cpu", "2.21.0"), "jax": ("cpu", "0.10.2"),
    }, document  # fmt: skip
    for one in found.values():
        assert names(one) == ["import", "devices", "sum", "product"]
        assert one["against"] == "NumPy"
        assert 50 << 20 < one["memory"]["process"] < 3 << 30
        print(one["name"], {step["name"]: round(step["ms"]) for step in one["steps"]})
