"""Do the frameworks compute on the GPU? For GPU Doctor for JupyterLab.

``gpu_test(request)`` starts gputest_child.py in processes of the kernel's interpreter, with the
kernel's environment variables and folder, one framework after another, and returns one dict: in the
kernel from a thread of background.py; ``PYTHON gputest.py [FRAMEWORK…]`` prints it. No framework
is imported in the kernel. Standard library only, CPython 3.8 to 3.14. Argument lists only.

Request: frameworks (import names), limit (seconds for each), source (text of gputest_child.py).
What a process prints is kept as text with credentials masked: of a lot only the end.
"""

# Whatever goes wrong becomes the answer.
# ruff: noqa: BLE001

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
from time import perf_counter

FRAMEWORKS = ("torch", "tensorflow", "jax")
LIMIT = 120.0  # seconds for each framework, when the request names none
MAX_LIMIT = 3600.0
GRACE = 1.5  # seconds in which a process that is too late can say where it hangs
KEPT = 20000  # bytes of what a process printed
MAX_LINE = 1 << 20
MAX_TEXT = 4096
WINDOWS = os.name == "nt"
LOADER = "import sys; exec(compile(sys.stdin.buffer.read(), '<gpu-test>', 'exec'))"
# Of the child only: little memory, and warnings said.
VARIABLES = {
    "TF_FORCE_GPU_ALLOW_GROWTH": "true",
    "XLA_PYTHON_CLIENT_PREALLOCATE": "false",
    "TF_CPP_MIN_LOG_LEVEL": "1",
    "PYTHONIOENCODING": "utf-8:replace",
}
# Ends of processes on Windows that are crashes.
WINDOWS_CRASHES = {
    0xC0000005: "ACCESS_VIOLATION", 0xC000001D: "ILLEGAL_INSTRUCTION", 0xC00000FD: "STACK_OVERFLOW",
    0xC0000374: "HEAP_CORRUPTION", 0xC0000409: "STACK_BUFFER_OVERRUN",
}  # fmt: skip


def mask(text):
    """Text in which user:password@, conda's /t/TOKEN/ and keys in queries are masked."""
    text = re.sub(r"(\w[\w+.-]*://)[^\s/'\"<>`]*@", r"\1****@", text)
    text = re.sub(r"(://[^\s'\"]*?/t/)[^/\s'\"]+", r"\1****", text)
    keys = r"([?&](?:[\w-]*(?:token|secret|passw|key|sig|auth)[\w-]*)=)[^&\s'\"#]+"
    return re.sub(keys, r"\1****", text, flags=re.IGNORECASE)


def clean(value):
    """The same value with what is not UTF-8 replaced, and credentials masked."""
    if isinstance(value, str):
        return mask(value.encode("utf-8", "replace").decode("utf-8"))
    if isinstance(value, dict):
        return {key: clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [clean(item) for item in value]
    return value


class Test:
    """One framework: its process, and what it said so far."""

    # What a process may set.
    FIELDS = ("version", "file", "cuda", "hip", "devices", "why_not", "against", "memory", "cudnn")

    def __init__(self, name, changed):
        self.changed = changed
        self.nonce = f"gpu-test-{secrets.token_hex(16)} "
        self.path = None
        self.tail = b""
        self.begin = perf_counter()
        # Guards the entry: a thread writes, another one reports.
        self.lock = threading.Lock()
        self.entry = {
            "name": name, "outcome": None, "step": None, "steps": [], "duration_ms": None, "error": None, "output": "",
            **dict.fromkeys(self.FIELDS),
        }  # fmt: skip

    def listen(self, stream):
        """Read the lines of the process to their end."""
        nonce = self.nonce.encode()
        with stream:
            while True:
                line = stream.readline(MAX_LINE)
                if not line:
                    return
                at = line.find(nonce)
                if at >= 0:
                    try:
                        self.take(json.loads(line[at + len(nonce) :].decode("utf-8")))
                    except (ValueError, TypeError, AttributeError, LookupError):
                        pass  # a line that was cut: the process was ended

    def take(self, said):
        """Add a line to the entry."""
        entry = self.entry
        with self.lock:
            if "begin" in said:
                entry["step"] = said["begin"]
            elif "end" in said:
                entry["step"] = None
                entry["steps"].append({"name": said["end"], "ok": True, "ms": said["ms"]})
            elif "set" in said:
                entry.update((key, value) for key, value in said["set"].items() if key in self.FIELDS)
                self.path = said["set"].get("path", self.path)
            elif "error" in said:
                entry["error"] = {"signal": None, "exit_code": None, **said["error"]}
            elif "done" in said:
                entry["outcome"] = entry["devices"][0]["kind"]
        self.changed()

    def collect(self, stream):
        """Keep the end of what a process prints."""
        with stream:
            for data in iter(lambda: stream.read1(65536), b""):
                self.tail = (self.tail + data)[-KEPT:]

    def fail(self, kind, text, **more):
        self.entry["error"] = {"kind": kind, "text": text, "signal": None, "exit_code": None, **more}

    def snapshot(self):
        """The entry as it is now."""
        with self.lock:
            return json.loads(json.dumps(self.entry))


def flags():
    """Options with which this interpreter was started, as far as they say what is imported."""
    if sys.flags.isolated:
        return ["-I"]
    pairs = (("-E", sys.flags.ignore_environment), ("-s", sys.flags.no_user_site), ("-S", sys.flags.no_site))
    return [option for option, on in pairs if on]


def start(test, source, limit):
    """The process of a test; raises OSError."""
    try:
        folder = os.getcwd()
    except OSError:
        folder = tempfile.gettempdir()
    options = {"start_new_session": True}
    if WINDOWS:
        # No console window; a group of its own.
        options = {"creationflags": 0x08000000 | 0x00000200}
    words = [sys.executable, *flags(), "-B", "-u", "-c", LOADER]
    process = subprocess.Popen(
        [*words, test.nonce, test.entry["name"], str(limit)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        cwd=folder, env={**os.environ, **VARIABLES}, **options,
    )  # fmt: skip
    threads = [
        threading.Thread(target=test.listen, args=(process.stdout,), daemon=True),
        threading.Thread(target=test.collect, args=(process.stderr,), daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        with process.stdin as stream:
            stream.write(source.encode("utf-8"))
    except OSError:
        pass  # it ended before: its exit code tells
    return process, threads


def run(test, source, limit, stop):
    """Run a test to its end, whatever that is."""
    try:
        process, threads = start(test, source, limit)
    except (OSError, ValueError) as error:
        test.fail("not-started", f"{sys.executable}: {getattr(error, 'strerror', None) or error}")
        return
    ended = None
    end = test.begin + limit
    try:
        while process.poll() is None:
            if stop.is_set():
                ended = "cancelled"
                break
            if perf_counter() >= end + GRACE:
                break
            # The end of its output tells the end of a process at once; wait() polls every 50 ms.
            if threads[0].is_alive():
                threads[0].join(0.1)
            else:
                try:
                    process.wait(0.1)
                except subprocess.TimeoutExpired:
                    pass
    finally:
        late = perf_counter() >= end
        # Also what an ended process has left behind.
        status = process.poll()
        kill(process)
        for thread in threads:
            thread.join(2)
    judge(test, ended or ("timeout" if late else None), status, limit)


def judge(test, ended, status, limit):
    """Say why a test that gave no result has none."""
    entry = test.entry
    if entry["outcome"] is None and entry["error"] is None:
        if ended == "cancelled":
            test.fail(ended, "The test was stopped.")
        elif ended == "timeout":
            test.fail(ended, f"no answer within {limit:g} s")
        elif WINDOWS and status is not None and status & 0xFFFFFFFF in WINDOWS_CRASHES:
            name = WINDOWS_CRASHES[status & 0xFFFFFFFF]
            test.fail("crash", f"The process was ended by {name}.", signal=name)
        elif status is not None and status < 0:
            name = signal_name(-status)
            test.fail("crash", f"The process was ended by {name}.", signal=name)
        else:
            test.fail("exit", f"The process ended with exit code {status}.", exit_code=status)
    if entry["outcome"] is None:
        entry["outcome"] = "cancelled" if entry["error"]["kind"] == "cancelled" else "failed"
        if entry["step"]:
            entry["steps"].append({"name": entry["step"], "ok": False, "ms": None})
    entry["step"] = None
    entry["duration_ms"] = round((perf_counter() - test.begin) * 1000, 3)
    entry["output"] = test.tail.decode("utf-8", "replace").replace("\0", "")


def signal_name(number):
    """`SIGSEGV` of a number."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def kill(process):
    """End a process with all its children, and the children of one that has ended."""
    try:
        if not WINDOWS:
            os.killpg(process.pid, signal.SIGKILL)
        elif process.poll() is None:
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(process.pid)],
                check=False, capture_output=True, timeout=5,
            )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        pass
    try:
        process.kill()
        process.wait(5)
    except (OSError, subprocess.SubprocessError):
        pass


def added_folders(path):
    """Folders on this process's path that a new process does not have: added since the start."""
    known = {os.path.realpath(one) for one in path or () if os.path.isabs(one)}
    # IPython's own.
    own = ("IPython" + os.sep + "extensions", os.sep + ".ipython")
    found = []
    for one in sys.path if path else ():
        new = isinstance(one, str) and os.path.isabs(one) and os.path.realpath(one) not in known
        if new and os.path.isdir(one) and not one.endswith(own):
            found.append(one)
    return found[:20]


def gpu_test(request, report=None, stop=None):
    """What came of the tests as a dict that JSON can hold; never raises an Exception.

    report: called with the same dict, unfinished, while it runs; stop: an event that ends it early.
    """
    begin = perf_counter()
    stop = stop or threading.Event()
    answer = {
        "schema": "jupyterlab-gpu-doctor/gputest",
        "schema_version": 1,
        "executable": sys.executable or None,
        "duration_ms": 0.0,
        "frameworks": [],
        "added_folders": [],
        "error": None,
    }

    def passed():
        return round((perf_counter() - begin) * 1000, 3)

    def tell():
        if report:
            rows = [*answer["frameworks"], test.snapshot()]
            report(clean({**answer, "duration_ms": passed(), "frameworks": rows}))

    try:
        limit = request.get("limit")
        number = isinstance(limit, (int, float)) and not isinstance(limit, bool)
        limit = min(max(float(limit), 0.5), MAX_LIMIT) if number else LIMIT
        names = [one for one in dict.fromkeys(request["frameworks"]) if one in FRAMEWORKS]
        if not sys.executable:
            raise OSError("The kernel does not know its interpreter.")
        for name in names:
            if stop.is_set():
                break
            test = Test(name, tell)
            tell()
            run(test, request["source"], limit, stop)
            answer["frameworks"].append(test.entry)
            answer["added_folders"] = answer["added_folders"] or added_folders(test.path)
    except KeyboardInterrupt:
        # The user stopped the kernel's work: that is us.
        answer["error"] = {"kind": "cancelled", "text": "interrupted"}
    except Exception as error:
        answer["error"] = {"kind": "crash", "text": f"{type(error).__name__}: {error}"[:MAX_TEXT]}
    answer["duration_ms"] = passed()
    return clean(answer)


def main():
    """`gputest.py [--limit SECONDS] [FRAMEWORK…]`: one JSON document on stdout, progress on stderr."""
    words = sys.argv[1:]
    request = {"limit": None}
    if words[:1] == ["--limit"]:
        request["limit"] = float(words[1])
        del words[:2]
    request["frameworks"] = words or list(FRAMEWORKS)
    child = os.path.join(os.path.dirname(os.path.abspath(__file__)), "gputest_child.py")
    with open(child, encoding="utf-8") as lines:
        request["source"] = lines.read()
    told = []

    def report(document):
        one = document["frameworks"][-1]
        line = f"{one['name']}: {one['step']} …" if one["step"] else ""
        if line and told[-1:] != [line]:
            told.append(line)
            print(line, file=sys.stderr, flush=True)

    print(json.dumps(gpu_test(request, report), indent=1))


if __name__ == "__main__":
    # A script's own folder is no part of the environment.
    if sys.path and os.path.realpath(sys.path[0]) == os.path.dirname(os.path.realpath(__file__)):
        del sys.path[0]
    main()
