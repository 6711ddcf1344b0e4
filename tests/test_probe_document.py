"""The document: valid, alone on stdout, exit status 0, whatever the environment."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from probing import PROBE, SCHEMA, check, environ, interpreters, run_probe

INTERPRETERS = interpreters()
SECTIONS = [key for key in SCHEMA["required"] if key not in ("schema", "schema_version", "probe")]


def test_there_are_interpreters():
    assert INTERPRETERS


@pytest.mark.parametrize("python", INTERPRETERS)
@pytest.mark.parametrize("options", [(), ("-I", "-S"), ("-E", "-s"), ("-O",)], ids=" ".join)
def test_every_interpreter(python, options):
    facts = run_probe(python, *options)
    assert facts["problems"] == []
    assert all(facts[section] is not None for section in SECTIONS)
    version = subprocess.run(
        [python, "-c", "import platform; print(platform.python_version())"],
        check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    assert facts["python"]["version"] == version
    assert facts["python"]["isolated"] is ("-I" in options)
    assert facts["probe"]["in_kernel"] is False


def test_syntax_of_3_8():
    ast.parse(PROBE.read_text(), feature_version=(3, 8))


def test_only_the_standard_library():
    names = set()
    for node in ast.walk(ast.parse(PROBE.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module.partition(".")[0])
    assert names - set(sys.stdlib_module_names) == {"IPython"}


def test_markers_are_those_of_packaging():
    markers = pytest.importorskip("packaging.markers").default_environment()
    mine = run_probe()["python"]["markers"]
    assert mine == {key: value for key, value in markers.items() if key in mine}


def test_own_folder_is_not_on_the_path():
    assert str(PROBE.parent) not in run_probe()["python"]["sys_path"]


def test_without_site_the_packages_of_the_environment_are_seen(venv):
    facts = run_probe(venv / "bin" / "python", "-I", "-S")
    assert facts["python"]["prefix"] == str(venv)
    assert facts["environment"]["kind"] == "uv"
    six = [row for row in facts["packages"] if row["name"] == "six"]
    assert [row["version"] for row in six] == ["1.16.0"]
    assert six[0]["path_index"] is None


def test_kind_of_environment(venv, conda, tmp_path):
    facts = run_probe(venv / "bin" / "python")
    assert facts["environment"]["kind"] == "uv"
    assert facts["environment"]["system_site_packages"] is False
    assert facts["environment"]["home"]
    assert facts["environment"]["externally_managed"] is False
    assert facts["environment"]["writable"] is True
    assert run_probe(conda / "bin" / "python")["environment"]["kind"] == "conda"
    plain = tmp_path / "plain"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(plain)], check=True)
    assert run_probe(plain / "bin" / "python")["environment"]["kind"] == "venv"
    base = os.path.realpath(sys.executable)
    assert run_probe(base)["environment"]["kind"] in ("system", "conda")


def test_closed_stdout():
    done = subprocess.run(
        f"exec '{sys.executable}' '{PROBE}' >&-", shell=True, check=False, capture_output=True
    )
    assert (done.returncode, done.stdout) == (0, b"")


def test_reader_that_goes_away():
    done = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' '{PROBE}' | true; echo ${{PIPESTATUS[0]}}"],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.strip() == "0"
    assert done.stderr == ""


def test_ascii_locale():
    facts = run_probe(LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0", CUDA_NAME="ä€")
    assert facts["environ"]["CUDA_NAME"]


def test_invalid_bytes_in_a_variable():
    env = {key.encode(): value.encode() for key, value in environ().items()}
    env[b"CUDA_ODD"] = b"a\xff\xfeb"
    env[b"LD_LIBRARY_PATH"] = b"/nowhere/\xff"
    done = subprocess.run(
        [sys.executable, str(PROBE)], check=False, capture_output=True, env=env
    )
    assert done.returncode == 0
    document = check(done.stdout)
    assert document["environ"]["CUDA_ODD"].startswith("a")
    assert "\\ud" not in done.stdout.decode()


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="Linux tells")
def test_ld_library_path_is_the_one_of_the_start():
    """The loader reads it once; what a cell writes into os.environ comes too late."""
    late = (
        "import os, runpy, sys; os.environ['LD_LIBRARY_PATH'] = '/late'; "
        f"runpy.run_path({str(PROBE)!r}, run_name='__main__')"
    )
    for start, expected in ((None, None), ("/start", "/start")):
        done = subprocess.run(
            [sys.executable, "-c", late], check=True, capture_output=True,
            env=environ(LD_LIBRARY_PATH=start),
        )  # fmt: skip
        assert check(done.stdout)["environ"].get("LD_LIBRARY_PATH") == expected


def test_credentials_are_masked():
    facts = run_probe(
        PIP_INDEX_URL="https://user:pa/ss@host.example/simple",
        PIP_EXTRA_INDEX_URL="https://token@one.example/x https://two.example/simple",
        UV_INDEX_URL="https://host.example/simple?api_key=abc&x=1",
        UV_PUBLISH_TOKEN="abc",
        UV_INDEX_PRIVATE_PASSWORD="abc",
        NVIDIA_API_KEY="abc",
        CUDA_LONG="x" * 10000,
        UV_DEFAULT_INDEX="https://host.example/t/ab-12345678/main",
        UNRELATED="abc",
        TF_VAR_password="abc",
        TF_ENABLE_ONEDNN_OPTS="0",
    )
    found = facts["environ"]
    assert found["PIP_INDEX_URL"] == "https://****@host.example/simple"
    assert found["PIP_EXTRA_INDEX_URL"] == "https://****@one.example/x https://two.example/simple"
    assert found["UV_INDEX_URL"] == "https://host.example/simple?api_key=****&x=1"
    assert found["UV_DEFAULT_INDEX"] == "https://host.example/t/****/main"
    for name in ("UV_PUBLISH_TOKEN", "UV_INDEX_PRIVATE_PASSWORD", "NVIDIA_API_KEY"):
        assert found[name] == "****"
    assert len(found["CUDA_LONG"]) == 4096
    assert "UNRELATED" not in found
    # Terraform's variables look like TensorFlow's.
    assert "TF_VAR_password" not in found
    assert found["TF_ENABLE_ONEDNN_OPTS"] == "0"


def test_a_section_that_fails_is_null_and_the_others_stay(probe):
    probe["SECTIONS"] = tuple(
        (name, (lambda st: 1 / 0) if name in ("tools", "scan") else function, needs)
        for name, function, needs in probe["SECTIONS"]
    )
    facts = probe["collect"]()
    assert facts["tools"] is None
    # Nothing was looked for, so an empty list would be wrong.
    assert facts["packages"] is facts["shadows"] is facts["frameworks"] is None
    assert facts["python"] is not None
    reasons = {row["section"]: row["reason"] for row in facts["problems"]}
    assert reasons["tools"] == "ZeroDivisionError: division by zero"


def test_a_section_over_its_budget_is_null(probe):
    probe["BUDGET"] = 0.0
    facts = probe["collect"]()
    assert facts["packages"] is None
    assert facts["python"] is not None
    assert any("took longer" in row["reason"] for row in facts["problems"])


@pytest.mark.parametrize("system", ["LINUX", "WINDOWS"])
def test_other_systems_do_not_crash(probe, system, monkeypatch):
    """As far as that can be tried here: without /proc, /dev and dir_fd; with Windows' branches."""
    from probing import VALIDATOR

    probe["LINUX"] = False
    probe["DIR_FD"] = False
    if system == "WINDOWS":
        probe["WINDOWS"] = True
        info = type("Info", (), {"major": 10, "minor": 0, "build": 22631})
        monkeypatch.setattr(sys, "getwindowsversion", info, raising=False)
    facts = probe["collect"]()
    VALIDATOR.validate(facts)
    assert facts["packages"]
    assert facts["gpu"]["nvml"]["state"] == "missing"
    assert facts["gpu"]["devices"] == []
    allowed = {"cuda_libraries"} if system == "WINDOWS" else set()
    assert {row["section"] for row in facts["problems"]} == allowed


def test_what_is_printed_elsewhere_does_not_reach_stdout(nvml):
    done = subprocess.run(
        [sys.executable, str(PROBE)], check=False, capture_output=True,
        env=environ(LD_LIBRARY_PATH=nvml, FAKE_NVML_PRINT="noise"),
    )  # fmt: skip
    assert b"noise" not in done.stdout
    assert check(done.stdout)["gpu"]["nvml"]["state"] == "ok"


def test_tools(venv, tmp_path):
    bin_dir = tmp_path / "bin"
    bin_dir.mkdir()

    def script(name, first):
        """An executable text file."""
        (bin_dir / name).write_text(first + "\n")
        (bin_dir / name).chmod(0o755)

    script("pip", "#!/opt/other/bin/python3.11")
    script("pip3", "#!/bin/sh\n'''exec' \"/a long/env/bin/python\" \"$0\" \"$@\"\n' '''")
    script("python", "#!/usr/bin/env bash")
    script("conda", "#!/x/bin/python")
    tools = {row["name"]: row for row in run_probe(PATH=f"{bin_dir}:{venv}/bin")["tools"]}
    assert tools["pip"]["prefix"] == "/opt/other"
    assert tools["pip3"]["prefix"] == "/a long/env"
    assert (tools["python"]["path"], tools["python"]["prefix"]) == (str(bin_dir / "python"), None)
    assert tools["python3"]["prefix"] == str(venv)
    assert tools["conda"]["prefix"] == str(tmp_path)
    assert tools["nvcc"] == {"name": "nvcc", "path": None, "prefix": None}


GUARD = """
import runpy, sys
def hook(event, args):
    bad = event.split('.')[0] in ('socket', 'subprocess', 'urllib', 'shutil') or event in (
        'os.system', 'os.exec', 'os.fork', 'os.posix_spawn', 'os.spawn', 'os.remove', 'os.mkdir',
        'os.rename', 'os.rmdir', 'os.chmod', 'os.putenv', 'os.unsetenv', 'os.chdir', 'os.link',
        'os.symlink', 'os.truncate', 'os.utime', 'signal.pthread_kill')
    if event == 'open':
        path, mode, flags = args
        bad = bool(flags & (1 | 2 | 64 | 512 | 1024)) or (mode and set(mode) & set('wax+'))
    if bad:
        sys.stderr.write('FORBIDDEN %s %r\\n' % (event, args))
sys.dont_write_bytecode = True
sys.addaudithook(hook)
sys.argv = [sys.argv[1]]
runpy.run_path(sys.argv[0], run_name='__main__')
"""


def test_writes_nothing_connects_nowhere_starts_nothing(nvml, conda, tmp_path):
    script = tmp_path / "guard.py"
    script.write_text(GUARD)
    for python in (sys.executable, conda / "bin" / "python"):
        done = subprocess.run(
            [str(python), str(script), str(PROBE)], check=False, capture_output=True,
            env=environ(LD_LIBRARY_PATH=nvml), cwd=tmp_path,
        )  # fmt: skip
        assert done.returncode == 0
        assert done.stderr == b""
        assert check(done.stdout)["gpu"]["nvml"]["state"] == "ok"
        assert [path.name for path in tmp_path.iterdir()] == ["guard.py"]
