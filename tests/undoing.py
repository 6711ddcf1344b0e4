"""Environments that are changed and given back: helpers of test_backup.py, test_undo_*.py and undo_figures.py."""

import base64
import functools
import hashlib
import io
import json
import os
import shutil
import stat
import subprocess
import sys
import sysconfig
import traceback
import zipfile
from pathlib import Path

import envs
from probing import ROOT, environ

KERNEL = ROOT / "jupyterlab_gpu_doctor" / "kernel"
BACKUP = KERNEL / "backup.py"
CONFIGURED = ("PIP_", "UV_")


@functools.cache
def embedded(name):
    """A Python source as the front end has it."""
    code = (
        "import('./scripts/gen/embed.mjs').then(one => one.embed(process.cwd()))"
        ".then(one => process.stdout.write(one.files['src/kernel/embedded.generated.ts']))"
    )
    done = subprocess.run(["node", "-e", code], check=True, capture_output=True, cwd=ROOT)
    start = f"export const {name} = "
    line = next(one for one in done.stdout.decode().splitlines() if one.startswith(start))
    return json.loads(line[len(start) :].rstrip(";"))


def load(name="BACKUP_SOURCE"):
    """Its functions, as the kernel gets them."""
    space = {"__name__": "gpu_doctor"}
    exec(compile(embedded(name), "<gpu-doctor>", "exec"), space)  # noqa: S102
    return space


def snapshot(prefix, code=False):
    """{path: (mode, hash or target)} of every file; our own folder and, without `code`, byte code aside."""
    found = {}
    for folder, folders, names in os.walk(prefix):
        folders[:] = [one for one in folders if one != ".gpu-doctor" and (code or one != "__pycache__")]
        links = [one for one in folders if os.path.islink(os.path.join(folder, one))]
        for name in [*names, *links]:
            path = os.path.join(folder, name)
            relative = os.path.relpath(path, prefix)
            info = os.lstat(path)
            if stat.S_ISLNK(info.st_mode):
                found[relative] = ("link", os.readlink(path))
            else:
                digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
                found[relative] = (stat.S_IMODE(info.st_mode), digest, info.st_mtime_ns)
    return found


def folders_of(prefix):
    """Folders of an environment, without byte code and ours."""
    found = set()
    for folder, folders, _ in os.walk(prefix):
        folders[:] = [one for one in folders if one not in (".gpu-doctor", "__pycache__")]
        found.update(os.path.relpath(os.path.join(folder, one), prefix) for one in folders)
    return found


def differences(before, after):
    """Paths that differ, for the message of an assertion."""
    return sorted(one for one in {*before, *after} if before.get(one) != after.get(one))[:20]


class Env:
    """An environment with pip, a copy of one that is built once."""

    def __init__(self, folder, origin):
        self.folder = Path(folder)
        self.prefix = self.folder / "env"
        self.work = self.folder / "work"
        for one in (self.work, self.folder / "home"):
            one.mkdir(parents=True)
        shutil.copytree(origin, self.prefix, symlinks=True)
        shutil.rmtree(self.prefix / ".gpu-doctor", ignore_errors=True)
        self.python = envs.python_of(self.prefix)
        self.site = envs.site_of(self.prefix)
        self.index = None
        self.figures = None  # takes (what, answer)

    def environ(self, **more):
        """Variables; with a made-up index instead of the configured one where there is one."""
        base = {"HOME": self.folder / "home", "PIP_DISABLE_PIP_VERSION_CHECK": "1",
                "PYTHONDONTWRITEBYTECODE": None}  # fmt: skip
        if self.index:
            base.update({key: None for key in os.environ if key.startswith(CONFIGURED)})
            base.update(PIP_CONFIG_FILE=os.devnull, PIP_INDEX_URL=self.index.url, UV_NO_CONFIG="1",
                        UV_DEFAULT_INDEX=self.index.url)  # fmt: skip
        return environ(**{**base, **more})

    def run(self, *words, ok=True, **more):
        """A command in the environment."""
        done = subprocess.run(
            [str(one) for one in words], check=False, capture_output=True, text=True, cwd=self.work,
            env=self.environ(**more), timeout=300,
        )  # fmt: skip
        assert ok is None or (done.returncode == 0) == ok, done.stdout + done.stderr
        return done

    def pip(self, *words, **more):
        """pip of the environment."""
        return self.run(self.python, "-m", "pip", *words, "-q", **more)

    def uv(self, *words, **more):
        """uv, on the environment."""
        from uv import find_uv_bin

        return self.run(find_uv_bin(), "pip", *words, "-q", "--python", self.python, **more)

    def ask(self, action, id_=None, **more):
        """The answer of backup.py, from a terminal."""
        request = {"action": action, **({"id": id_} if id_ else {}), **more}
        done = self.run(self.python, "-B", BACKUP, json.dumps(request))
        assert done.stderr == ""
        answer = json.loads(done.stdout)
        if self.figures and "error" not in answer:
            self.figures(action, answer)
        return answer

    def snapshot(self, **more):
        return snapshot(self.prefix, **more)


# ---------------------------------------------------------------------------- made-up wheels


def wheel(name, version, files, scripts=(), data=None, record=True):
    """Bytes of a wheel. files: path in site-packages -> text; scripts: names of console scripts; data: path
    in the prefix -> text."""
    stem = name.replace("-", "_")
    info = f"{stem}-{version}.dist-info"
    content = dict(files)
    content.update({f"{stem}-{version}.data/data/{path}": text for path, text in (data or {}).items()})
    content[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    content[f"{info}/WHEEL"] = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    if scripts:
        lines = "".join(f"{one} = {stem}:main\n" for one in scripts)
        content[f"{info}/entry_points.txt"] = f"[console_scripts]\n{lines}"
    rows = []
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for path, text in content.items():
            archive.writestr(path, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=")
            rows.append(f"{path},sha256={digest.decode()},{len(text.encode())}\n")
        archive.writestr(f"{info}/RECORD", "".join(rows) + f"{info}/RECORD,,\n")
    return raw.getvalue()


def offer(index, name, version, *args, **more):
    """Put such a wheel on an index."""
    index.add(name, f"{name.replace('-', '_')}-{version}-py3-none-any.whl", wheel(name, version, *args, **more))


# ---------------------------------------------------------------------------- killing

# pip, killed when it does the n-th change in the environment.
KILLED = """
import os, runpy, signal, sys
prefix, left = os.path.join(sys.prefix, ""), [int(sys.argv.pop(1))]
CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.move")
def hook(event, arguments):
    opened = event == "open" and isinstance(arguments[1], str) and arguments[1].strip("rbtU")
    if opened or event in CHANGES:
        if any(isinstance(one, str) and one.startswith(prefix) for one in arguments[:2]):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
sys.argv[0] = "pip"
runpy.run_module("pip", run_name="__main__")
"""


# ---------------------------------------------------------------------------- a made-up environment

# What changes something on the disk.
STEPS = ("mkdir", "makedirs", "link", "rename", "replace", "unlink", "rmdir", "symlink", "chmod", "utime", "fsync")
SITE = "lib/python3.x/site-packages"


class Deadly:
    """`os` for the code under test; the process dies before the n-th step, or it fails."""

    def __init__(self, number, error=None):
        self.left = number
        self.error = error

    def __getattr__(self, name):
        value = getattr(os, name)
        return self.wrapped(value) if name in STEPS else value

    def wrapped(self, function):
        def step(*args, **options):
            self.step()
            return function(*args, **options)

        return step

    def step(self):
        """Count one."""
        self.left -= 1
        if self.left == 0:
            if self.error is None:
                os._exit(9)
            raise self.error

    def opened(self, path, mode="r", *args, **options):
        if set(mode) & set("wxa"):
            self.step()
        return open(path, mode, *args, **options)


class Shutil:
    """`shutil` for the code under test: removing a tree is many steps."""

    def __init__(self, deadly):
        self.deadly = deadly
        self.copy2 = shutil.copy2

    def rmtree(self, path, ignore_errors=False):
        for folder, folders, names in os.walk(path, topdown=False):
            for name in names:
                self.deadly.step()
                os.unlink(os.path.join(folder, name))
            for name in folders:
                self.deadly.step()
                os.rmdir(os.path.join(folder, name))
        if os.path.isdir(path):
            self.deadly.step()
            os.rmdir(path)


class Tree:
    """A small environment, and an install that changes everything that an install can change."""

    def __init__(self, folder, monkeypatch):
        self.prefix = folder / "env"
        self.site = self.prefix / SITE
        self.monkeypatch = monkeypatch
        self.space = load()
        data = str(self.prefix)
        paths = {"purelib": str(self.site), "platlib": str(self.site), "scripts": f"{data}/bin", "data": data}
        monkeypatch.setattr(sys, "prefix", data)
        monkeypatch.setattr(sysconfig, "get_paths", lambda: paths)
        self.build()

    def write(self, path, text, mode=0o644):
        path = self.prefix / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(mode)

    def build(self):
        for number in range(4):
            self.write(f"{SITE}/old/{number}.py", f"old {number}\n")
            self.write(f"{SITE}/old/__pycache__/{number}.cpython-311.pyc", f"code of old {number}\n")
            self.write(f"{SITE}/other/{number}.py", f"other {number}\n")
        self.write(f"{SITE}/old/sub/deep/x.so", "ELF" * 5000, 0o755)
        self.write(f"{SITE}/old-1.dist-info/RECORD", "".join(
            f"old/{number}.py,,\n" for number in range(4)) + "../../../bin/tool,,\n../../../odd/x.txt,,\n")  # fmt: skip
        self.write(f"{SITE}/a.pth", "/first\n")
        self.write(f"{SITE}/shape.py", "a module")
        self.write("bin/tool", "#!old", 0o755)
        self.write("odd/x.txt", "odd")
        self.write("conda-meta/history", "one\n")
        (self.site / "link").symlink_to("old")
        (self.site / "old" / "link.py").symlink_to("0.py")
        (self.site / "empty").mkdir()

    def install(self, io=os, opened=open):
        """As pip does it: away with the old, in with the new."""
        old, gone = str(self.site / "old"), str(self.site / "~ld")
        io.rename(old, gone)
        for folder, folders, names in os.walk(gone, topdown=False):
            for name in names:
                io.unlink(os.path.join(folder, name))
            for name in folders:
                path = os.path.join(folder, name)
                (io.unlink if os.path.islink(path) else io.rmdir)(path)
        io.rmdir(gone)
        for path in ("old-1.dist-info/RECORD", "shape.py", "link"):
            io.unlink(str(self.site / path))
        io.rmdir(str(self.site / "old-1.dist-info"))
        io.unlink(str(self.prefix / "bin" / "tool"))
        record = []

        def write(path, text):
            full = str(self.prefix / path)
            io.makedirs(os.path.dirname(full), exist_ok=True)
            with opened(full, "w") as lines:
                lines.write(text)

        for number in range(3):
            write(f"{SITE}/old/{number}.py", f"new {number}\n")
            write(f"{SITE}/old/__pycache__/{number}.cpython-311.pyc", "code of new\n")
            record.append(f"old/{number}.py,,\n")
        write(f"{SITE}/old/new/more.py", "new")
        write(f"{SITE}/shape/__init__.py", "a package")
        write(f"{SITE}/link", "a file now")
        write("bin/tool", "#!new")
        write("share/fresh/y.txt", "fresh")
        write("odd/new.txt", "odd")
        write(f"{SITE}/old-2.dist-info/RECORD", "".join(record) + "../../../odd/new.txt,,\n")
        with opened(str(self.site / "a.pth"), "a") as lines:
            lines.write("/second\n")
        with opened(str(self.prefix / "conda-meta" / "history"), "a") as lines:
            lines.write("two\n")

    def ask(self, action, **more):
        return self.space["backup"]({"action": action, "id": "one", **more})

    def killed(self, number, act):
        """Run act(os, open) in another process that dies at the n-th step; whether it did."""
        child = os.fork()
        if child == 0:
            status = 1
            try:
                deadly = Deadly(number)
                self.space.update(os=deadly, open=deadly.opened, shutil=Shutil(deadly))
                act(deadly)
                status = 0
            finally:
                if status:
                    traceback.print_exc()
                os._exit(status)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert status in (0, 9)
        return status == 9

    def state(self):
        return snapshot(self.prefix), folders_of(self.prefix)
