"""One environment on disk, its variables, the check of it, and running the commands of a fix."""

import asyncio
import functools
import itertools
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import envs
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from probing import PROBE, ROOT, VALIDATOR

from . import big
from .machine import NVIDIA_SMI
from .wheels import Wheel, elf, write

NUMBERS = itertools.count()
CHECKING = threading.Lock()
# uv takes a project from the first index that has it: with a version nobody wants on the made-up one,
# a fix that asks for anything that is not there fails, and downloads no gigabytes.
LARGE = (
    "torch", "torchvision", "torchaudio", "tensorflow", "tensorflow-cpu", "jaxlib", "jax-cuda12-plugin",
    "jax-cuda12-pjrt", "xformers", "flash-attn", "triton", "cupy-cuda11x", "cupy-cuda12x", "onnxruntime-gpu",
    *(f"nvidia-{name}-cu{major}" for name in (*big.NVIDIA, "cudnn") for major in (11, 12)),
)  # fmt: skip
PROBE_INSIDE = (
    "import sys, json\nspace = {'__name__': 'gpu_doctor'}\n"
    f"exec(compile(open({str(PROBE)!r}).read(), '<probe>', 'exec'), space)\n"
    "space['publish'] and sys.stdout.write(space['encode'](space['collect']()))\n"
)


class CannotRun(Exception):
    """A command of a fix that cannot be run on this machine."""


@functools.cache
def checker():
    """The process that applies the rules. It ends with this one, when its stdin is closed."""
    script = ROOT / "tests" / "broken" / "checker.mjs"
    pipe = subprocess.PIPE
    return subprocess.Popen(["node", str(script)], stdin=pipe, stdout=pipe, stderr=pipe, text=True)


class Place:
    """An environment being built. server: an index.Server for the wheels that a fix may ask for."""

    def __init__(self, folder, nvml=None, server=None):
        self.folder = Path(folder)
        self.prefix = self.folder / "env"
        self.home = self.folder / "home"
        self.work = self.folder / "work"
        for made in (self.home, self.work):
            made.mkdir(parents=True, exist_ok=True)
        self.nvml = nvml
        self.server = server
        self.number = next(NUMBERS)
        self.variables = {}
        self.prelude = None  # code before the probe, which then runs as in a kernel: the cwd leads sys.path
        self.wrapper = ()  # a command in front of the interpreter's
        self.labels = {}  # last part of --index-url -> wheels

    # ---------------------------------------------------------------- interpreters

    def venv(self, python=None, system=False):
        """A virtual environment with pip, by uv."""
        options = ["--system-site-packages"] if system else []
        envs.uv("venv", "-q", *options, "--python", python or sys.executable, self.prefix)
        return self.pip("pip==25.0.1")

    def own(self):
        """A Python of its own, as a system or a conda environment has: not a virtual environment. The
        standard library is linked from the interpreter of the tests."""
        base = Path(sys.base_prefix)
        name = f"python{sys.version_info[0]}.{sys.version_info[1]}"
        lib = self.prefix / "lib" / name
        (lib / "site-packages").mkdir(parents=True)
        (self.prefix / "bin").mkdir()
        for source in (base / "lib" / name).iterdir():
            if source.name not in ("site-packages", "EXTERNALLY-MANAGED", "__pycache__"):
                (lib / source.name).symlink_to(source)
        for source in (base / "lib").glob("libpython*"):
            (self.prefix / "lib" / source.name).symlink_to(source)
        shutil.copy2(os.path.realpath(base / "bin" / name), self.prefix / "bin" / name)
        for link in ("python", "python3"):
            (self.prefix / "bin" / link).symlink_to(name)
        return self.pip("pip==25.0.1")

    def conda(self, *packages, history=None):
        """A conda prefix. packages: wheels, or (conda name, version, files, depends), that py-rattler
        links from a channel made here."""
        self.own()
        self.conda_install([self.conda_python(), *packages])
        lines = history or ["==> 2026-03-01 09:00:00 <==", "# cmd: conda create -n test"]
        write(self.prefix / "conda-meta" / "history", "\n".join(lines) + "\n")
        return self

    @property
    def python(self):
        """The interpreter."""
        return envs.python_of(self.prefix)

    @property
    def site(self):
        """The site-packages folder."""
        return envs.site_of(self.prefix)

    # ---------------------------------------------------------------- packages

    def pip(self, *words, command="install"):
        """`uv pip install` of real packages into the environment."""
        options = ["--python", self.python, "--break-system-packages"]
        env = {"HOME": os.environ.get("HOME", "")}
        if command == "install" and any("==" in str(word) for word in words) and not self.labels:
            try:  # what uv has in its cache: ten times as fast
                envs.uv("pip", command, "-q", "--offline", *options, *words, env=env)
                return self
            except RuntimeError:
                pass
        envs.uv("pip", command, "-q", *options, *words, env=env)
        return self

    def real_pip(self, *words):
        """pip itself, where it behaves otherwise than uv."""
        envs.run(self.python, "-m", "pip", *words, "-q", "--break-system-packages", cwd=self.work)
        return self

    def add(self, *wheels, site=None, installer="pip"):
        """Install made-up wheels."""
        for wheel in wheels:
            wheel.install(site or self.site, installer)
        return self

    def complete(self):
        """Add a stub for each requirement that is not there yet, so that only the named fault is left."""
        while True:
            present, wanted = set(), {}
            for info in sorted(self.site.glob("*.dist-info")):
                text = (info / "METADATA").read_text().split("\n\n")[0]
                present.add(canonicalize_name(re.search("^Name: (.*)$", text, re.MULTILINE).group(1)))
                for line in re.findall("^Requires-Dist: (.*)$", text, re.MULTILINE):
                    one = Requirement(line)
                    if one.marker is None or one.marker.evaluate({"extra": ""}):
                        wanted.setdefault(canonicalize_name(one.name), []).append(one.specifier)
            missing = [name for name in wanted if name not in present]
            if not missing:
                return self
            for name in missing:
                self.add(stand_in(name, version_for(wanted[name])))

    def conda_python(self):
        """The record of Python itself."""
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        return ("python", f"{version}.7", {"share/doc/python.txt": b""}, [])

    def conda_install(self, packages, reinstall=()):
        """Link packages with py-rattler, as conda would; those that are there stay."""
        channel = self.folder / "channel" / "conda-forge"
        specs = []
        for one in packages:
            if isinstance(one, Wheel):
                site = self.site.relative_to(self.prefix).as_posix()
                version = one.version.partition("+")[0]
                files = {f"{site}/{path}": data for path, data in one.contents("conda").items()}
                one = (one.name, version, files, ["python"])
            name, version, files, depends = one
            files = {p: f.encode() if isinstance(f, str) and "\n" in f else f for p, f in files.items()}
            envs.conda_package(channel, name, version, "py311h123_0", files, depends)
            specs.append(f"{name}=={version}")
        self.conda_link(specs, reinstall)

    def conda_link(self, specs, reinstall=()):
        """Solve against the channel of this place and link."""
        import rattler
        from rattler.index import index_fs

        channel = self.folder / "channel" / "conda-forge"
        (channel / "noarch").mkdir(parents=True, exist_ok=True)

        async def link():
            await index_fs(channel, force=True)
            records = await rattler.solve(
                [rattler.Channel(channel.as_uri())], specs, platforms=[envs.subdir(), "noarch"]
            )
            meta = self.prefix / "conda-meta"
            kept = [rattler.PrefixRecord.from_path(path) for path in sorted(meta.glob("*.json"))]
            names = {record.name.normalized for record in records}
            stay = [record for record in kept if record.name.normalized not in names]
            ours = {record.name.normalized for record in kept} - names
            assert len(stay) == len(ours)
            await rattler.install(
                records, self.prefix, cache_dir=self.folder / "pkgs", show_progress=False,
                reinstall_packages=set(reinstall) or None, ignored_packages=ours or None,
            )  # fmt: skip

        asyncio.run(link())

    def conda_remove(self, names):
        """Unlink packages."""
        for path in sorted((self.prefix / "conda-meta").glob("*.json")):
            record = json.loads(path.read_text())
            if record["name"] in names:
                for file in record["files"]:
                    (self.prefix / file).unlink(missing_ok=True)
                path.unlink()

    # ---------------------------------------------------------------- machine

    def gpu(self, driver="535.104.05", cuda=12020, gpus="NVIDIA L4|8.9|23034|1200|7|0", library=None):
        """An NVIDIA driver with GPUs: a made-up NVML, and libcuda.so.1 beside it."""
        folder = self.folder / "driver"
        folder.mkdir(exist_ok=True)
        shutil.copy(self.nvml / "libnvidia-ml.so.1", folder)
        real = folder / f"libcuda.so.{library or driver}"
        write(real, elf("-Wl,-soname,libcuda.so.1"))
        (folder / "libcuda.so.1").unlink(missing_ok=True)
        (folder / "libcuda.so.1").symlink_to(real.name)
        write(folder / "nvidia-smi", f"#!{sys.executable}\n{NVIDIA_SMI}")
        (folder / "nvidia-smi").chmod(0o755)
        self.variables.update(FAKE_NVML_DRIVER=driver, FAKE_NVML_CUDA=str(cuda), FAKE_NVML_GPUS=gpus)
        return self.path("LD_LIBRARY_PATH", folder)

    def own_root(self, *nodes, version=None):
        """Run the probe with mounts of its own: this machine as one that is no container, with plain
        files as device nodes and another /proc/version."""
        root = self.folder / "root"
        root.mkdir()
        lines = [
            "set -e", f"r={root}", 'mkdir -p "$r/dev"', 'mount -t tmpfs tmpfs "$r"', 'mkdir "$r/dev"',
            'for d in /*; do', 'if [ -L "$d" ]; then cp -P "$d" "$r$d"; fi',
            'if [ -d "$d" ] && [ ! -L "$d" ] && [ "$d" != /dev ]; then mkdir "$r$d"; mount --rbind "$d" "$r$d"; fi',
            "done",
            *(f'touch "$r/dev/{name}"' for name in ("null", "urandom", *nodes)),
            *(f'mount --bind /dev/{name} "$r/dev/{name}"' for name in ("null", "urandom")),
            *([f'mount --bind {version} "$r/proc/version"'] if version else []),
            'PATH="$PATH:/usr/sbin:/sbin"', 'exec chroot "$r" sh -c \'cd "$0" && exec "$@"\' "$PWD" "$@"',
        ]  # fmt: skip
        self.wrapper = ("unshare", "-rm", "sh", "-c", "\n".join(lines), "sh")
        return self

    def path(self, name, *folders):
        """Put folders in front of a variable of folders."""
        before = [one for one in self.variables.get(name, "").split(":") if one]
        self.variables[name] = ":".join([*map(str, folders), *before])
        return self

    def env(self, **variables):
        """Set variables."""
        self.variables.update({name: str(value) for name, value in variables.items()})
        return self

    def file(self, path, data=""):
        """A file below the folder of the place."""
        write(self.folder / path, data)
        return self.folder / path

    def environ(self):
        """All variables of a process in this environment: nothing of this machine's own."""
        base = {
            "PATH": f"{self.prefix}/bin:{self.folder}/driver:/usr/bin:/bin", "HOME": str(self.home), "LANG": "C.UTF-8",
            "PIP_CONFIG_FILE": os.devnull,
        }  # fmt: skip
        return {**base, **self.variables}

    # ---------------------------------------------------------------- the check

    def facts(self):
        """The document of the probe, written to facts.json."""
        command = [*self.wrapper, str(self.python)]
        if self.prelude is not None:
            command += ["-c", self.prelude + "\n" + PROBE_INSIDE]
        else:
            command.append(str(PROBE))
        done = subprocess.run(
            command, check=False, capture_output=True, env=self.environ(),
            cwd=self.work, timeout=120,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, b""), done.stderr.decode()
        document = json.loads(done.stdout)
        VALIDATOR.validate(document)
        (self.folder / "facts.json").write_bytes(done.stdout)
        return document

    def check(self):
        """The findings, as a person gets them in a terminal."""
        self.facts()
        with CHECKING:
            node = checker()
            node.stdin.write(f"{self.folder / 'facts.json'}\n")
            node.stdin.flush()
            answer = node.stdout.readline()
        assert answer, node.stderr.read()
        return json.loads(answer)

    # ---------------------------------------------------------------- fixes

    def shelf(self, *wheels, label="main"):
        """Wheels that an index offers to a fix: the default one, or the one of a CUDA label."""
        index = self.server.index(f"{self.number}-{label}")
        for wheel in wheels:
            index.add(wheel.name, wheel.file_name, wheel.data())
        self.labels[label] = index.url
        return self

    def mend(self, commands):
        """Run the commands of a finding. Raises CannotRun."""
        for command in commands:
            self.mend_one(command)

    def mend_one(self, command):
        """One line, by its kind."""
        if command.startswith('"env":'):
            for name, value in json.loads("{" + command + "}")["env"].items():
                value = value.replace("${PATH}", self.environ()["PATH"])
                self.variables[name] = value
                if value == "":
                    del self.variables[name]
        elif command.startswith(("import ", "from ")):
            envs.run(self.python, "-c", command, cwd=self.work)
        elif command == "get_ipython().kernel.do_shutdown(restart=True)":
            self.prelude = None
        elif command.startswith("rm -r ") and command[6:].startswith(str(self.folder)):
            envs.run(*shlex.split(command))
        elif match := re.match(r"(%pip|[%!]uv pip|!?python -m pip) (install|uninstall)(?: -y)? (.*)", command):
            self.mend_pip(match.group(2), shlex.split(match.group(3), comments=True))
        elif match := re.match(r"[%!](?:conda|mamba) (install|remove|uninstall|update) (.*)", command):
            self.mend_conda(match.group(1), shlex.split(match.group(2), comments=True))
        else:
            raise CannotRun(command)

    def mend_pip(self, action, words):
        """pip, by uv, with the made-up indexes of this place in front of the configured one."""
        rest, indexes, words = [], [], list(words)
        while words:
            word = words.pop(0)
            if word in ("--python", "-p"):
                words.pop(0)
            elif word.startswith("--torch-backend="):
                label = word.partition("=")[2]
                if label not in self.labels:
                    raise CannotRun(f"no index {label}")
                indexes.append(self.labels[label])
            elif word in ("--index-url", "--extra-index-url", "-i"):
                label = words.pop(0).rstrip("/").rpartition("/")[2]
                if label not in self.labels:
                    raise CannotRun(f"no index {label}")
                # Such an index has copies of what PyTorch needs: here the configured one has.
                indexes.append(self.labels[label])
            elif word != "--no-cache-dir":
                rest.append(word)
        if action == "install":
            rest += ["--only-binary", ":all:"]
            self.shelf(*(Wheel(name, "0") for name in LARGE))
            for url in [*indexes, self.labels["main"]]:
                rest += ["--extra-index-url", url]
        self.pip(*rest, command=action)

    def mend_conda(self, action, words):
        """conda, by py-rattler, from the channel of this place."""
        options = [word for word in words if word.startswith("-") and word not in ("-c", "-y")]
        specs, skip = [], False
        for word in words:
            if skip or word.startswith("-"):
                skip = word in ("-c", "--channel")
                continue
            specs.append(re.sub(r"^(.*::)", "", word))
        if action in ("remove", "uninstall"):
            self.conda_remove(specs)
            return
        names = {re.split("[=<>! ]", spec)[0] for spec in specs}
        # conda reads `name=1.24.*` as `name=1.24`, py-rattler does not.
        specs = [re.sub(r"(?<![=<>!])=([\w.]+)\.\*$", r"=\1", spec) for spec in specs]
        self.conda_link(specs, names if "--force-reinstall" in options else ())


def stand_in(name, version):
    """A stub for a requirement; NVIDIA's have their libraries."""
    if name.startswith("nvidia-") and name not in ("nvidia-ml-py",):
        return big.nvidia(name, version)
    return big.plain(name, version)


def version_for(specifiers):
    """A version that suits all of them: one that they name, or a neighbour of it."""
    named = [one.version.rstrip(".*") for group in specifiers for one in group]
    tries = [*named, *(f"{Version(v).public.split('.dev')[0]}.1" for v in named), "1.0", "100.0"]
    fits = [v for v in tries if all(group.contains(v, prereleases=True) for group in specifiers)]
    return max(fits, key=Version)
