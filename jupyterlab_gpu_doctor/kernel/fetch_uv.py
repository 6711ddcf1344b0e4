"""Fetches uv into a private folder, never into an environment, for GPU Doctor for JupyterLab.

``fetch(request)`` downloads the wheel of uv with pip, so that the user's index, proxy and
certificates hold, and puts its one program into a folder of ours; plan.py looks there. It runs in
a thread of background.py. Standard library only, CPython 3.8 to 3.14. Request: deadline (seconds).
Nothing is installed and no code but pip and uv runs. Argument lists only; credentials are masked in
what is answered.
"""

# Whatever goes wrong becomes the answer.
# ruff: noqa: BLE001

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from time import perf_counter, time

DEADLINE = 120.0  # seconds, when the request names none
MAX_DEADLINE = 600.0
MAX_PROGRAM = 512 << 20  # bytes
MAX_TEXT = 400  # characters of an error in the answer
WANTED = "uv>=0.13"
OLDEST = (0, 13)
PREFIX = ".fetch-"
WINDOWS = os.name == "nt"
PROGRAM = "uv.exe" if WINDOWS else "uv"


class Failed(Exception):
    """Why there is no uv; becomes `error` of the answer."""

    def __init__(self, kind, text):
        super().__init__(text)
        self.kind = kind
        self.text = text


def private_folder():
    """Our own folder for uv; the same function stands in plan.py and fetch_uv.py."""
    if WINDOWS:
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~\\AppData\\Local")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME") or ""
        base = base if os.path.isabs(base) else os.path.expanduser("~/.local/share")
    return os.path.join(base, "jupyterlab-gpu-doctor", "bin")


def mask(text):
    """Text in which user:password@, conda's /t/TOKEN/ and keys in queries are masked."""
    text = re.sub(r"(\w[\w+.-]*://)[^\s/'\"<>`]*@", r"\1****@", text)
    text = re.sub(r"(://[^\s'\"]*?/t/)[^/\s'\"]+", r"\1****", text)
    keys = r"([?&](?:[\w-]*(?:token|secret|passw|key|sig|auth)[\w-]*)=)[^&\s'\"#]+"
    return re.sub(keys, r"\1****", text, flags=re.IGNORECASE)


# ---------------------------------------------------------------------------- processes


class Run:
    """What the steps share: the folder for everything temporary, the clock, who may stop it."""

    def __init__(self, folder, end, stop):
        self.folder = folder
        self.end = end
        self.stop = stop

    def left(self):
        """Seconds until the deadline; raises when somebody stopped it."""
        if self.stop is not None and self.stop.is_set():
            raise Failed("cancelled", "The download was stopped.")
        return self.end - perf_counter()


def execute(run, command, most=None):
    """(status, what it printed) of a process that ends, with all its children, at the deadline and
    when somebody stops it."""
    limit = min(run.left(), most or MAX_DEADLINE)
    end = perf_counter() + limit
    options = {"start_new_session": True}
    if WINDOWS:
        # No console window; a group of its own.
        options = {"creationflags": 0x08000000 | 0x00000200}
    env = {
        **os.environ,
        "PYTHONIOENCODING": "utf-8",
        # pip is killed at the deadline, and then leaves its temporary files.
        "TMPDIR": run.folder, "TEMP": run.folder, "TMP": run.folder,
        # Nothing is installed.
        "PIP_REQUIRE_VIRTUALENV": "0",
    }  # fmt: skip
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        cwd=run.folder, env=env, **options,
    )  # fmt: skip
    try:
        while True:
            try:
                out, _ = process.communicate(timeout=max(0.001, min(0.1, run.left())))
                break
            except subprocess.TimeoutExpired:
                if perf_counter() >= end:
                    raise Failed("timeout", f"{os.path.basename(command[0])} gave no answer in time.") from None
    finally:
        if process.poll() is None:
            kill(process)
        process.stdout.close()
    return process.returncode, out.decode("utf-8", "replace")


def kill(process):
    """End a process that runs, with all its children."""
    try:
        if WINDOWS:
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(process.pid)],
                check=False, capture_output=True, timeout=5,
            )  # fmt: skip
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except (OSError, subprocess.SubprocessError):
        pass
    try:
        process.kill()
        process.wait(5)
    except (OSError, subprocess.SubprocessError):
        pass


# ---------------------------------------------------------------------------- the steps


def version_of(run, path):
    """Version of a uv as text; None when it does not run or is too old."""
    try:
        status, out = execute(run, [path, "--version"], 10)
    except OSError:
        return None
    match = re.match(r"uv ((\d+)\.(\d+)\.\d+)", out)
    fine = status == 0 and match and (int(match.group(2)), int(match.group(3))) >= OLDEST
    return match.group(1) if fine else None


def pips():
    """Commands that may be pip: of this interpreter, then on PATH."""
    if sys.executable:
        yield [sys.executable, "-m", "pip"]
    for folder in (os.environ.get("PATH") or "").split(os.pathsep):
        for name in ("pip", "pip3"):
            path = os.path.join(folder, name + (".exe" if WINDOWS else ""))
            if os.path.isabs(folder) and os.path.isfile(path) and os.access(path, os.X_OK):
                yield [path]


def download(run):
    """Path of uv's wheel."""
    options = ["--disable-pip-version-check", "--no-input", "download", WANTED, "--no-deps", "--only-binary",
               ":all:", "--no-cache-dir", "--progress-bar", "off", "--retries", "1", "-d", run.folder]  # fmt: skip
    for command in pips():
        try:
            status, out = execute(run, [*command, *options])
        except OSError:
            continue
        if status != 0 and re.search(r"No module named '?pip\b", out):
            continue
        if status != 0:
            raise pip_failure(out)
        wheels = [one for one in os.listdir(run.folder) if re.match(r"uv-.*\.whl$", one)]
        if not wheels:
            raise Failed("broken", "pip downloaded no wheel of uv.")
        return os.path.join(run.folder, wheels[0])
    raise Failed("no-pip", "There is no pip here to download uv with.")


def pip_failure(out):
    """The Failed for what pip printed."""
    lines = [line.strip() for line in out.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR: ")]
    low = out.lower()

    def has(*words):
        return any(word in low for word in words)

    def line(pattern):
        found = [one for one in lines if re.search(pattern, one)] or errors or lines or ["pip failed."]
        return re.sub(r"^[A-Z]+: ", "", found[0])

    if has("no space left on device", "errno 28", "disk quota exceeded"):
        return Failed("no-space", "There is no space left to download uv to.")
    if has("401 client error", "403 client error", "401 error", "403 error", "user for "):
        return Failed("credentials", line(r"\b40[13]\b"))
    if has("newconnectionerror", "failed to establish", "connecttimeout", "read timed out", "proxyerror",
           "name or service not known", "connection refused", "connection broken", "sslerror",
           "certificate verify failed", "max retries exceeded", "nameresolutionerror"):  # fmt: skip
        return Failed("network", line("rror|timed out|connection broken"))
    if has("no matching distribution"):
        return Failed("not-found", line("^ERROR: "))
    return Failed("broken" if has(" is invalid") else "other", line("^ERROR: "))


def unpack(wheel, folder):
    """Path of the program of a wheel, made executable."""
    path = os.path.join(folder, PROGRAM)
    try:
        with zipfile.ZipFile(wheel) as archive:
            for item in archive.infolist():
                if re.match(r"uv-[^/]+\.data/scripts/" + re.escape(PROGRAM) + "$", item.filename):
                    if item.file_size > MAX_PROGRAM:
                        break
                    with archive.open(item) as source, open(path, "wb") as target:
                        shutil.copyfileobj(source, target, 1 << 20)
                    os.chmod(path, 0o755)
                    return path
    except zipfile.BadZipFile:
        pass
    raise Failed("broken", "The wheel of uv has no program for this system.")


def sweep(home):
    """Remove what a process left that was killed."""
    for one in os.listdir(home):
        path = os.path.join(home, one)
        try:
            if one.startswith(PREFIX) and time() - os.lstat(path).st_mtime > 86400:
                shutil.rmtree(path, ignore_errors=True)
        except OSError:
            pass  # its owner removed it


def fetch(request, report=None, stop=None):
    """{"path", "version"} of uv in our folder, or {"error": {"kind", "text"}}; never raises an
    Exception.

    report: called with {"phase", "seconds"} while it runs; stop: an event that ends it early.
    """
    begin = perf_counter()
    folder = None

    def phase(name):
        if report:
            report({"phase": name, "seconds": round(perf_counter() - begin, 3)})

    try:
        limit = request.get("deadline") if isinstance(request, dict) else None
        number = isinstance(limit, (int, float)) and limit > 0
        end = begin + (min(limit, MAX_DEADLINE) if number else DEADLINE)
        home = private_folder()
        os.makedirs(home, exist_ok=True)
        # On the same disk, so that the last step is one rename, whoever else does the same.
        sweep(home)
        folder = tempfile.mkdtemp(prefix=PREFIX, dir=home)
        run = Run(folder, end, stop)
        path = os.path.join(home, PROGRAM)
        version = version_of(run, path) if os.path.isfile(path) else None
        if version is None:
            phase("downloading")
            wheel = download(run)
            phase("unpacking")
            new = unpack(wheel, folder)
            version = version_of(run, new)
            if version is None:
                raise Failed("broken", "The downloaded uv does not run here.")
            try:
                os.replace(new, path)
            except PermissionError:
                # Windows replaces no program that runs: then somebody else was quicker.
                if not os.path.isfile(path) or version_of(run, path) is None:
                    raise
        phase("done")
        return {"path": path, "version": version}
    except Failed as error:
        return failure(error.kind, error.text)
    except KeyboardInterrupt:
        # The user stopped the kernel's work: that is us.
        return failure("cancelled", "The download was stopped.")
    except OSError as error:
        full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None))
        locked = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST)
        kind = "no-space" if full else "read-only" if locked else "other"
        return failure(kind, f"{error.filename or private_folder()}: {error.strerror or error}")
    except Exception as error:
        return failure("crash", f"{type(error).__name__}: {error}")
    finally:
        if folder:
            shutil.rmtree(folder, ignore_errors=True)


def failure(kind, text):
    """An answer without uv: one line, no credentials, UTF-8."""
    text = mask(" ".join(text.split())).encode("utf-8", "replace").decode("utf-8")
    text = text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"
    return {"error": {"kind": kind, "text": text}}
