"""Times the probe inside a real kernel against `pip check` and `uv pip check`, one after the other in each round.

Prints one JSON document; the environment has 500 distributions besides ipykernel, each with eight requirements.
"""

import base64
import json
import marshal
import statistics
import subprocess
import sys
import time
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import envs
from jupyter_client import KernelManager
from uv import find_uv_bin

COUNT = 500
ROUNDS = 9


def crowd(target):
    """A virtual environment with ipykernel and COUNT distributions that require each other."""
    envs.make_venv(target)
    site = envs.site_of(target)
    for i in range(COUNT):
        requires = "".join(
            f"Requires-Dist: crowd-{(i * 7 + j) % COUNT:03d}<3,>=1.{j}\n" for j in range(8)
        )
        info = site / f"crowd_{i:03d}-2.{i % 30}.1.dist-info"
        info.mkdir()
        head = f"Metadata-Version: 2.1\nName: crowd-{i:03d}\nVersion: 2.{i % 30}.1\n"
        text = f"{head}Requires-Python: >=3.8\n{requires}\n" + "A long description.\n" * 200
        (info / "METADATA").write_text(text)
        (info / "INSTALLER").write_text("pip\n")
        (info / "RECORD").write_text(f"{info.name}/METADATA,,\n{info.name}/RECORD,,\n")
        (info / "WHEEL").write_text("Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")


def seconds(*command):
    """Wall time of a process."""
    start = time.perf_counter()
    subprocess.run([str(word) for word in command], capture_output=True, check=False)
    return time.perf_counter() - start


def main():
    """Measure and print."""
    target = envs.cached("crowd", {"count": COUNT, "version": 2}, crowd)
    python = envs.python_of(target)
    source = (ROOT / "jupyterlab_gpu_doctor" / "kernel" / "probe.py").read_text()

    manager = KernelManager()
    manager.kernel_spec.argv = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    manager.start_kernel(env=envs.clean_environ())
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(60)

    facts = {}

    # What a kernel of this Python sends back after the first request; see src/kernel/compiled.ts.
    code = zlib.compress(marshal.dumps(compile(source, "<gpu-doctor>", "exec")), 1)
    loaded = f"import base64, marshal, zlib\nexec(marshal.loads(zlib.decompress(base64.b64decode({base64.b64encode(code)!r}))))"

    def probe(nonce, text):
        """One silent request, as src/kernel/run.ts sends it; the time until its answer is here."""
        program = json.dumps(f"{text}\npublish({nonce!r})\n")
        call = f"exec(compile({program}, '<gpu-doctor>', 'exec'), {{'__name__': 'doctor'}})"
        start = time.perf_counter()
        done = client.execute(
            "", silent=True, store_history=False, user_expressions={"gpu_doctor": call}
        )
        while True:
            message = client.get_iopub_msg(timeout=60)
            if message["msg_type"] == "display_data":
                (payload,) = message["content"]["data"].values()
                if isinstance(payload, dict) and payload.get("nonce") == nonce:
                    facts.update(payload.get("facts") or {})
                    took = time.perf_counter() - start
                    break
        while client.get_shell_msg(timeout=60)["parent_header"].get("msg_id") != done:
            pass
        return took

    probe("warm-up", source)
    times = {"first probe": [], "probe": [], "pip check": [], "uv pip check": []}
    for i in range(ROUNDS):
        times["first probe"].append(probe(f"first-{i}", source))
        times["probe"].append(probe(f"round-{i}", loaded))
        times["pip check"].append(seconds(python, "-m", "pip", "check"))
        times["uv pip check"].append(seconds(find_uv_bin(), "pip", "check", "--python", python))
    # In the kernel a thread reads them; here only the work itself is timed.
    code = (ROOT / "jupyterlab_gpu_doctor" / "kernel" / "costly.py").read_text()
    space = {"__name__": "doctor"}
    exec(compile(code, "costly", "exec"), space)  # noqa: S102
    request = {"wanted": ["shared_files", "needs_glibcxx", "numpy_api", "openmp", "archs"]}
    request["path"] = [str(envs.site_of(target))]
    times["costly facts"] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        space["read_costly"](request)
        times["costly facts"].append(time.perf_counter() - start)
    client.stop_channels()
    manager.shutdown_kernel(now=True)

    medians = {name: statistics.median(values) * 1000 for name, values in times.items()}
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    (out / "facts-500.json").write_text(json.dumps(facts))
    print(json.dumps({"distributions": len(facts["packages"]), "milliseconds": medians}))


if __name__ == "__main__":
    main()
