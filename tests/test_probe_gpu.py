"""GPUs through a real (made-up) libnvidia-ml.so.1, and CUDA libraries and toolkits on disk."""

import os
import struct
import subprocess
import sys
import threading
import time

import envs
import pytest
from probing import PROBE, run_probe

MIB = 1024 * 1024
TWO = "NVIDIA L4|8.9|23034|1200|7|0;Tesla T4|7.5|15360|0|0|0"


def gpu(nvml, **variables):
    """The gpu section with the fake library."""
    return run_probe(LD_LIBRARY_PATH=nvml, **variables)["gpu"]


def test_absent():
    section = run_probe()["gpu"]
    if section["nodes"] or section["driver"]["library"]:
        # A machine with a driver: it must be seen.
        assert section["driver"]["present"] is True
        return
    assert section["nvml"] == {"state": "missing", "detail": None, "library": None}
    assert section["devices"] == []
    assert section["driver"]["present"] is False


def test_two_gpus(nvml):
    section = gpu(nvml, FAKE_NVML_GPUS=TWO)
    assert section["nvml"]["state"] == "ok"
    assert section["nvml"]["library"] == str(nvml / "libnvidia-ml.so.1")
    assert section["driver"]["present"] is True
    assert (section["driver"]["version"], section["driver"]["cuda"]) == ("535.104.05", "12.2")
    first, second = section["devices"]
    assert first == {
        "index": 0, "name": "NVIDIA L4", "uuid": "GPU-00000000-0000-0000-0000-000000000000",
        "compute_capability": "8.9", "memory_total": 23034 * MIB, "memory_used": 1200 * MIB,
        "utilization": 7, "mig": False, "mig_devices": [], "processes": [],
    }  # fmt: skip
    assert (second["index"], second["compute_capability"], second["mig"]) == (1, "7.5", False)


def test_many_processes(nvml):
    listed = ",".join([f"0:{pid}:1" for pid in range(100000, 100200)] + ["0:self:?", "0:1:300"])
    section = gpu(nvml, FAKE_NVML_PROCESSES=listed)
    processes = section["devices"][0]["processes"]
    assert len(processes) == 202
    assert processes[0] == {
        "pid": 100000, "memory": MIB, "this_kernel": processes[0]["this_kernel"], "kind": "compute",
    }  # fmt: skip
    assert processes[-2]["memory"] is None


def test_process_of_this_kernel(nvml):
    facts = run_probe(LD_LIBRARY_PATH=nvml, FAKE_NVML_PROCESSES="0:self:500,0:1:300")
    own, other = facts["gpu"]["devices"][0]["processes"]
    assert (own["pid"], own["this_kernel"]) == (facts["probe"]["pid"], True)
    assert (other["pid"], other["this_kernel"], other["memory"]) == (1, False, 300 * MIB)


def test_processes_of_another_namespace(probe, monkeypatch):
    device = {"index": 0, "processes": {"compute": [(4194304, 1)], "graphics": None}}
    probe["container_kind"] = lambda: "docker"
    assert probe["finish_device"](device)["processes"][0]["this_kernel"] is None
    probe["container_kind"] = lambda: None
    assert probe["finish_device"](device)["processes"][0]["this_kernel"] is False


def test_mig(nvml):
    section = gpu(nvml, FAKE_NVML_GPUS="NVIDIA A100|8.0|40960|10|0|1")
    device = section["devices"][0]
    assert (device["mig"], device["utilization"]) == (True, None)
    assert [one["memory_total"] for one in device["mig_devices"]] == [4864 * MIB, 9728 * MIB]
    assert device["mig_devices"][0]["uuid"].startswith("MIG-")


def test_old_driver_lacks_functions(nvml):
    section = gpu(nvml / "old", FAKE_NVML_PROCESSES="0:self:5", FAKE_NVML_CUDA="10010")
    assert section["nvml"]["state"] == "ok"
    assert section["driver"]["cuda"] == "10.1"
    device = section["devices"][0]
    assert (device["compute_capability"], device["mig"], device["mig_devices"]) == (None,) * 3
    assert device["name"] == "NVIDIA L4"
    assert [(row["memory"], row["this_kernel"]) for row in device["processes"]] == [(5 * MIB, True)]


def test_error(nvml):
    section = gpu(nvml, FAKE_NVML_MODE="error")
    assert section["nvml"]["state"] == "error"
    assert section["nvml"]["detail"] == "Driver/library version mismatch"
    assert section["devices"] is None
    assert section["driver"]["present"] is None
    section = gpu(nvml, FAKE_NVML_MODE="error", FAKE_NVML_ERROR="9")
    assert section["nvml"]["detail"] == "Driver Not Loaded"
    assert (section["devices"], section["driver"]["present"]) == ([], False)


def test_hung(nvml):
    begin = time.monotonic()
    facts = run_probe(
        LD_LIBRARY_PATH=nvml, FAKE_NVML_MODE="hang", GPU_DOCTOR_NVML_TIMEOUT="0.2"
    )
    section = facts["gpu"]
    assert [row["section"] for row in facts["problems"]] == ["gpu"]
    assert time.monotonic() - begin < 30
    assert section["nvml"]["state"] == "timeout"
    assert section["nvml"]["detail"] == "no answer within 0.2 s"
    assert section["devices"] is None


def test_no_second_thread_while_one_hangs(nvml):
    code = (
        "import sys, threading, json\n"
        f"source = open({str(PROBE)!r}).read()\n"
        "for _ in range(2):\n"
        "    space = {'__name__': 'x'}\n    exec(compile(source, 'x', 'exec'), space)\n"
        "    print(space['collect']()['gpu']['nvml']['state'])\n"
        "print(sum(t.name == 'gpu-doctor-nvml' for t in threading.enumerate()))\n"
    )
    env = {"LD_LIBRARY_PATH": nvml, "FAKE_NVML_MODE": "hang", "GPU_DOCTOR_NVML_TIMEOUT": "0.2"}
    out = envs.run(sys.executable, "-c", code, env={k: str(v) for k, v in env.items()})
    assert out.split() == ["timeout", "timeout", "1"]


def test_library_that_is_none(tmp_path):
    (tmp_path / "libnvidia-ml.so.1").write_text("not an ELF file")
    section = gpu(tmp_path)
    assert section["nvml"]["state"] == "error"
    assert "libnvidia-ml" in section["nvml"]["detail"]


def test_no_thread_is_left(probe, nvml):
    probe["collect"]()
    assert not [t for t in threading.enumerate() if t.name == "gpu-doctor-nvml"]


# ---------------------------------------------------------------------------- libraries


def cuda_libraries(site, **variables):
    """CUDA libraries by soname, those of this machine left out."""
    facts = run_probe(sys.executable, "-s", PYTHONPATH=site, **variables)
    rows = [r for r in facts["cuda_libraries"] if r["origin"] in ("wheel", "LD_LIBRARY_PATH")]
    return {row["soname"]: row for row in rows}


def test_wheels_of_cuda_12(site):
    envs.stub_nvidia_cu12(site)
    envs.stub(site, "nvidia-cublas-cu11", "11.10.3.66")
    rows = cuda_libraries(site)
    found = {name: (row["distribution"], row["version"]) for name, row in rows.items()}
    assert found == {
        "libcudart.so.12": ("nvidia-cuda-runtime-cu12", "12.1.105"),
        "libcublas.so.12": ("nvidia-cublas-cu12", "12.1.3.1"),
        "libcudnn.so.8": ("nvidia-cudnn-cu12", "8.9.2.26"),
        "libnccl.so.2": ("nvidia-nccl-cu12", "2.20.5"),
    }
    assert {row["origin"] for row in rows.values()} == {"wheel"}
    assert {row["mapped"] for row in rows.values()} == {False}


def test_wheels_of_cuda_13(site):
    envs.stub_nvidia_cu13(site)
    rows = cuda_libraries(site)
    found = {name: (row["distribution"], row["version"]) for name, row in rows.items()}
    assert found == {
        "libcudart.so.13": ("nvidia-cuda-runtime", "13.0.96"),
        "libcublas.so.13": ("nvidia-cublas", "13.1.0.3"),
        "libcudnn.so.9": ("nvidia-cudnn-cu13", "9.13.0.50"),
    }


def test_bundled_with_torch(site):
    envs.stub_torch(site)
    row = cuda_libraries(site)["libcudart-d0da41ae.so.11.0"]
    assert (row["distribution"], row["origin"], row["major"]) == ("torch", "wheel", 11)


def test_ld_library_path(site, tmp_path):
    lib = tmp_path / "lib"
    lib.mkdir()
    (lib / "libcudart.so.12.1.105").write_bytes(b"")
    (lib / "libcudart.so.12").symlink_to("libcudart.so.12.1.105")
    (lib / "libcudart.so").symlink_to("libcudart.so.12")
    (lib / "libcudnn.so.8").symlink_to("nowhere")
    (lib / "libcudnn_ops_infer.so.8").write_bytes(b"")
    (lib / "libcupti.so.2022.3.0").write_bytes(b"")
    (lib / "libcupti.so.11.8").symlink_to("libcupti.so.2022.3.0")
    (tmp_path / "again").symlink_to(lib)
    rows = cuda_libraries(site, LD_LIBRARY_PATH=f"{lib}:{tmp_path}/again:/nowhere")
    found = {name: (row["version"], row["path"]) for name, row in rows.items()}
    assert found == {
        "libcudart.so.12": ("12.1.105", f"{lib}/libcudart.so.12"),
        "libcupti.so.11.8": (None, f"{lib}/libcupti.so.11.8"),
    }


def test_mapped(nvml, tmp_path):
    library = tmp_path / "libcudart.so.12"
    source = tmp_path / "empty.c"
    source.write_text("int nothing;")
    envs.run("gcc", "-shared", "-o", library, source)
    code = (
        f"import ctypes, json\nctypes.CDLL({str(library)!r})\nspace = {{'__name__': 'x'}}\n"
        f"exec(compile(open({str(PROBE)!r}).read(), 'x', 'exec'), space)\n"
        "print(json.dumps(space['collect']()['cuda_libraries']))\n"
    )
    import json

    rows = json.loads(envs.run(sys.executable, "-c", code))
    row = next(row for row in rows if row["path"] == str(library))
    assert (row["origin"], row["mapped"], row["major"]) == ("mapped", True, 12)


def make_cache(path, entries, prefix=b""):
    """An ld.so.cache of the format of glibc 2.2 and later. entries: (flags, soname, path)."""
    first = 48 + 24 * len(entries)
    table, strings = b"", b""
    for flags, soname, target in entries:
        value = first + len(strings)
        strings += target.encode() + b"\0"
        key = first + len(strings)
        strings += soname.encode() + b"\0"
        table += struct.pack("=IIIIQ", flags, key, value, 0, 0)
    numbers = struct.pack("=IIB3xIIII", len(entries), len(strings), 2, 0, 0, 0, 0)
    header = b"glibc-ld.so.cache1.1" + numbers
    path.write_bytes(prefix + header + table + strings)


@pytest.mark.parametrize("prefix", [b"", b"ld.so-1.7.0\0\0\0\0\0"])
def test_ld_cache(probe, tmp_path, prefix):
    cache = tmp_path / "ld.so.cache"
    entries = [
        (0x0303, "libcudart.so.12", "/usr/lib/x86_64-linux-gnu/libcudart.so.12"),
        (0x0303, "libcudart.so.12", "/opt/cuda/libcudart.so.12"),
        (0x0003, "libcudart.so.12", "/usr/lib32/libcudart.so.12"),
        (0x0303, "libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1"),
        (0x0303, "libz.so.1", "/lib/libz.so.1"),
    ]
    make_cache(cache, entries, prefix)
    assert probe["parse_ld_cache"](str(cache), "x86_64") == {
        "libcudart.so.12": [entries[0][2], entries[1][2]],
        "libcuda.so.1": ["/usr/lib/wsl/lib/libcuda.so.1"],
    }
    assert probe["parse_ld_cache"](str(tmp_path / "none"), "x86_64") == {}
    cache.write_bytes(b"rubbish")
    assert probe["parse_ld_cache"](str(cache), "x86_64") == {}


def test_ld_cache_of_this_machine(probe):
    if not os.path.exists("/etc/ld.so.cache"):
        pytest.fail("no ld.so.cache here")
    wanted = subprocess.run(["/sbin/ldconfig", "-p"], check=True, capture_output=True, text=True)
    found = probe["parse_ld_cache"]("/etc/ld.so.cache", os.uname().machine)
    lines = [line.split() for line in wanted.stdout.splitlines() if "libstdc++.so.6 " in line]
    assert found["libstdc++.so.6"] == [line[-1] for line in lines if "x86-64" in line[1]]


# ---------------------------------------------------------------------------- toolkits, libstdc++


def test_toolkits(tmp_path):
    def toolkit(name, file, content):
        """A folder that looks like a CUDA toolkit."""
        folder = tmp_path / name
        (folder / "bin").mkdir(parents=True)
        (folder / "bin" / "nvcc").write_text("")
        (folder / "bin" / "nvcc").chmod(0o755)
        if file:
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_text(content)
        return folder

    text = '{\n   "cuda" : {\n      "name" : "CUDA SDK",\n      "version" : "12.2.1"\n   }\n}'
    new = toolkit("new", "version.json", text)
    old = toolkit("old", "version.txt", "CUDA Version 10.1.243\n")
    facts = run_probe(CUDA_HOME=new, CUDA_PATH=old, PATH="/usr/bin")
    rows = {row["variable"]: row for row in facts["toolkits"]}
    assert rows["CUDA_HOME"]["version"] == "12.2.1"
    assert rows["CUDA_HOME"]["nvcc"] == f"{new}/bin/nvcc"
    assert (rows["CUDA_PATH"]["version"], rows["CUDA_PATH"]["exists"]) == ("10.1.243", True)
    header = toolkit("header", "include/cuda.h", "/* x */\n#define CUDA_VERSION 11080\n")
    named = toolkit("cuda-11.3", None, None)
    facts = run_probe(CUDA_HOME=header, CUDA_PATH="/nowhere", PATH=f"/usr/bin:{named}/bin")
    rows = {row["variable"]: row for row in facts["toolkits"]}
    assert rows["CUDA_HOME"]["version"] == "11.8"
    assert (rows["CUDA_PATH"]["exists"], rows["CUDA_PATH"]["version"]) == (False, None)
    assert (rows["PATH"]["path"], rows["PATH"]["version"]) == (str(named), "11.3")


def test_libstdcxx():
    row = run_probe()["platform"]["libstdcxx"]
    path = row["path"]
    with open(path, "rb") as file:
        data = file.read()
    import re

    newest = max(int(n) for n in re.findall(rb"GLIBCXX_3\.4\.(\d+)\0", data))
    assert row["glibcxx"] == f"3.4.{newest}"
