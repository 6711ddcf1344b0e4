"""What an install command would change, for GPU Doctor for JupyterLab.

``plan(request)`` asks a resolver (uv; else pip; conda for conda's commands) and returns one dict: in
the kernel from a thread of background.py; ``PYTHON plan.py REQUEST.json`` prints it. Standard
library only, CPython 3.8 to 3.14. It changes no environment and runs no build code of others: uv
works with ``--require-build-hashes``, and every Python that a build would start gets a PYTHONHOME
that does not exist; pip works under an audit hook that stops new processes. Argument lists only,
never a shell. Index addresses travel in environment variables, and whatever could hold a password
is masked in the answer. The flags and their reasons: docs/design.md, "Planning".

Request: tool, action, args (the words behind `pip install`), cwd, deadline (seconds), planner
(`auto`, `uv`, `pip`), constraints (pins to keep), uv_paths (places to look for uv), uv_cache.
"""

# A planner that fails must not stop anything else, whatever goes wrong in it.
# ruff: noqa: BLE001

import configparser
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import threading
from time import perf_counter
from urllib.parse import unquote

DEADLINE = 20.0  # seconds, when the request names none
MAX_DEADLINE = 300.0
MAX_OUTPUT = 64 << 20  # bytes kept of what a process prints
MAX_TEXT = 4096  # characters of an error in the answer
MAX_BUILDS = 10  # packages whose requirements only a build would tell; each is one more run of uv
WINDOWS = os.name == "nt"
POISON = os.path.join(os.sep, "nonexistent", "gpu-doctor-runs-no-build")
MARK = "gpu-doctor runs no build"
JSON_SINCE = (0, 13)  # uv; an older one is read as text


class Failed(Exception):
    """The reason why there is no plan; becomes `error` of the answer."""

    def __init__(self, kind, text, **more):
        super().__init__(text)
        self.kind = kind
        self.text = text
        self.more = more


class Run:
    """What one request shares: clock, secrets, notes."""

    def __init__(self, request, report, stop):
        self.begin = perf_counter()
        self.request = request
        self.report = report
        self.stop = stop or threading.Event()
        self.notes = []
        self.secrets = set()
        limit = request.get("deadline")
        number = isinstance(limit, (int, float)) and not isinstance(limit, bool)
        self.limit = min(max(float(limit), 0.1), MAX_DEADLINE) if number else DEADLINE
        self.cwd = os.path.abspath(os.path.expanduser(request.get("cwd") or "."))
        self.args = list(request["args"])
        self.installed = {}
        self.folder = None

    def left(self):
        """Seconds until the deadline."""
        return self.limit - (perf_counter() - self.begin)

    def phase(self, name):
        """Tell the front end what is going on."""
        if self.report:
            self.report({"phase": name, "seconds": round(perf_counter() - self.begin, 3)})

    def note(self, kind, text, package=None):
        """Something that the plan's rows cannot say."""
        row = {"kind": kind, "text": self.masked(text)}
        if package:
            row["package"] = package
        if row not in self.notes:
            self.notes.append(row)

    def secret(self, url):
        """Remember the credentials of an address, so that no text of ours repeats them."""
        for user, word in re.findall(r"://([^/\s:@]+)(?::((?!\d+/)[^\s@]*))?@", url):
            secret = word or user
            parts = {secret, unquote(secret), *secret.split("/")}
            self.secrets.update(one for one in parts if len(one) > 3)

    def masked(self, text):
        """Text without credentials."""
        for one in sorted(self.secrets, key=len, reverse=True):
            text = text.replace(one, "****")
        return mask(text)

    def scratch(self, name, text):
        """Path of a file of our own; the folder goes away with the run."""
        if self.folder is None:
            self.folder = tempfile.mkdtemp(prefix="gpu-doctor-")
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        return path


def mask(text):
    """Text in which user:password@, conda's /t/TOKEN/ and keys in queries are masked."""
    text = re.sub(r"(\w[\w+.-]*://)[^\s/'\"<>`]*@", r"\1****@", text)
    text = re.sub(r"(://[^\s'\"]*?/t/)[^/\s'\"]+", r"\1****", text)
    keys = r"([?&](?:[\w-]*(?:token|secret|passw|key|sig|auth)[\w-]*)=)[^&\s'\"#]+"
    return re.sub(keys, r"\1****", text, flags=re.IGNORECASE)


def normalise(name):
    """A distribution name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


# ---------------------------------------------------------------------------- processes


def execute(run, command, env=None, stdin=None, most=None):
    """(status, stdout, stderr) of a process that ends, with all its children, at the deadline."""
    left = run.left()
    limit = left if most is None else min(left, most)
    if left <= 0.05:
        raise Failed("timeout", f"no answer within {run.limit:g} s")
    options = {"start_new_session": True}
    if WINDOWS:
        # No console window; a group of its own.
        options = {"creationflags": 0x08000000 | 0x00000200}
    process = subprocess.Popen(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        cwd=run.cwd, env=env, **options,
    )  # fmt: skip
    chunks = ([], [])
    threads = [
        threading.Thread(target=drain, args=(stream, kept), daemon=True)
        for stream, kept in zip((process.stdout, process.stderr), chunks)
    ]
    if stdin is not None:
        threads.append(threading.Thread(target=feed, args=(process.stdin, stdin), daemon=True))
    try:
        for thread in threads:
            thread.start()
        # The end of its output tells the end of a process at once; wait() polls every 50 ms.
        end = perf_counter() + limit
        while process.poll() is None:
            if run.stop.is_set():
                raise Failed("cancelled", "stopped")
            if perf_counter() >= end:
                raise Failed("timeout", f"no answer within {run.limit:g} s")
            slice_ = max(0.01, min(0.1, end - perf_counter()))
            if threads[0].is_alive():
                threads[0].join(slice_)
                continue
            try:
                process.wait(slice_)
            except subprocess.TimeoutExpired:
                pass
    finally:
        # At the deadline, and when the user interrupts the kernel.
        if process.poll() is None:
            kill(process)
        for thread in threads:
            thread.join(1)
    out, err = (b"".join(kept).decode("utf-8", "replace") for kept in chunks)
    return process.returncode, out, err


def drain(stream, kept):
    """Read a stream to its end and keep its beginning."""
    size = 0
    with stream:
        try:
            for data in iter(lambda: stream.read1(65536), b""):
                if size < MAX_OUTPUT:
                    kept.append(data)
                    size += len(data)
        except (OSError, ValueError):
            pass


def feed(stream, text):
    """Write the input of a process."""
    try:
        with stream:
            stream.write(text.encode("utf-8"))
    except (OSError, ValueError):
        pass


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


# ---------------------------------------------------------------------------- what is installed


class Dist:
    """An installed distribution: name as written, version, its folder on the path, its metadata."""

    def __init__(self, name, version, site, meta):
        self.name = name
        self.version = version
        self.site = site
        self.meta = meta


def installed():
    """(normalised name -> Dist that is imported, names that are there twice in one folder)."""
    found = {}
    twice = set()
    for site in dict.fromkeys(entry or "." for entry in sys.path if isinstance(entry, str)):
        try:
            names = sorted(os.listdir(site))
        except (OSError, ValueError):
            continue
        for file in names:
            if file.endswith((".dist-info", ".egg-info")) and file[0] != "~":
                dist = distribution(site, file)
                if dist:
                    key = normalise(dist.name)
                    first = found.setdefault(key, dist)
                    if first is not dist and first.site == site:
                        twice.add(key)
    return found, twice


def distribution(site, file):
    """A Dist from the name of its metadata, which carries the version unless it is a `develop`."""
    meta = os.path.join(site, file)
    name, _, version = file[:-10].partition("-")
    version = version.partition("-py")[0] if file.endswith(".egg-info") else version
    if not version:
        try:
            with open(os.path.join(meta, "PKG-INFO"), encoding="utf-8", errors="replace") as lines:
                for line in lines:
                    if line.startswith("Version:"):
                        version = line[8:].strip()
                        break
        except OSError:
            pass
    return Dist(name, version or None, site, meta) if name else None


def real(path):
    """os.path.realpath that never raises."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return path


def own_sites():
    """Folders that belong to this environment itself; pip also sees user site and PYTHONPATH."""
    paths = sysconfig.get_paths()
    return {real(paths[key]) for key in ("purelib", "platlib") if key in paths}


def version_of(run, name):
    """Installed version, None when it is not there."""
    dist = run.installed.get(name)
    return dist.version if dist else None


# ---------------------------------------------------------------------------- pip's options


def words_of(text):
    """A set from words separated by spaces."""
    return set(text.split())


VALUES = words_of(
    """log proxy retries timeout exists-action trusted-host cert client-cert cache-dir use-feature
    use-deprecated keyring-provider python resume-retries requirement constraint build-constraint
    editable target platform python-version implementation abi root prefix src upgrade-strategy
    config-settings global-option install-option build-option no-binary only-binary progress-bar
    root-user-action report group index-url extra-index-url find-links uploaded-prior-to
    only-final all-releases requirements-from-script default-timeout"""
)
FLAGS = words_of(
    """upgrade pre force-reinstall ignore-installed no-deps no-dependencies user no-user
    break-system-packages yes quiet verbose dry-run help version no-index no-build-isolation
    use-pep517 no-use-pep517 no-cache-dir disable-pip-version-check prefer-binary require-hashes
    no-warn-script-location no-warn-conflicts isolated debug require-virtualenv no-input no-color
    no-compile compile ignore-requires-python no-clean no-python-version-warning
    check-build-dependencies"""
)
SHORT = {
    "r": "requirement", "c": "constraint", "e": "editable", "t": "target", "C": "config-settings",
    "i": "index-url", "f": "find-links", "U": "upgrade", "I": "ignore-installed", "q": "quiet",
    "v": "verbose", "h": "help", "V": "version", "y": "yes",
}  # fmt: skip
SAME = {
    "no-dependencies": "no-deps", "pypi-url": "index-url", "config-setting": "config-settings",
    "default-timeout": "timeout",
}  # fmt: skip
# No effect on what is chosen, or on builds only.
DROPPED = words_of(
    """log retries timeout exists-action cache-dir use-feature use-deprecated resume-retries
    build-constraint src config-settings progress-bar root-user-action report yes quiet verbose
    dry-run no-build-isolation use-pep517 no-use-pep517 no-cache-dir disable-pip-version-check
    no-warn-script-location no-warn-conflicts isolated debug require-virtualenv no-input no-color
    no-compile compile no-clean no-python-version-warning check-build-dependencies no-user
    keyring-provider"""
)
# uv has no equal: pip answers for itself.
ONLY_PIP = words_of(
    """user ignore-installed ignore-requires-python prefer-binary global-option install-option
    build-option only-final all-releases requirements-from-script"""
)
ELSEWHERE = {"target", "root", "prefix", "python", "platform", "abi", "implementation", "python-version"}
LISTS = {
    "extra-index-url": "extra", "find-links": "find_links", "trusted-host": "trusted",
    "constraint": "constraints", "no-binary": "no_binary", "only-binary": "only_binary",
    "requirement": "files", "editable": "editables", "group": "groups",
}  # fmt: skip
TEXTS = {
    "index-url": "index", "cert": "cert", "client-cert": "client_cert", "proxy": "proxy",
    "upgrade-strategy": "strategy", "uploaded-prior-to": "before",
}  # fmt: skip
BOOLS = {
    "upgrade": "upgrade", "pre": "pre", "force-reinstall": "force", "no-deps": "no_deps",
    "no-index": "no_index", "require-hashes": "hashes", "break-system-packages": "allowed",
}  # fmt: skip


def parse(args):
    """[(long name of an option or '' for a word, value or None)] by pip's own rules."""
    found = []
    rest = list(args)
    while rest:
        word = rest.pop(0)
        if word == "--":
            found += [("", one) for one in rest]
            break
        if word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            name = long_name(name)
            if name in VALUES and not equals:
                value = take(rest, word)
            found.append((name, value if name in VALUES else None))
        elif len(word) > 1 and word[0] == "-":
            found += letters(word, rest)
        else:
            found.append(("", word))
    return found


def letters(word, rest):
    """`-Uqq`, `-rFILE`, `-r FILE`."""
    found = []
    for at, letter in enumerate(word[1:], 2):
        name = SHORT.get(letter)
        if name is None:
            raise Failed("usage", f"no such option: -{letter}")
        if name in VALUES:
            found.append((name, word[at:] or take(rest, "-" + letter)))
            break
        found.append((name, None))
    return found


def take(rest, option):
    """The value behind an option."""
    if not rest:
        raise Failed("usage", f"{option} option requires 1 argument")
    return rest.pop(0)


def long_name(name):
    """The full name of an option: optparse takes every unambiguous beginning."""
    if name not in VALUES and name not in FLAGS and name not in SAME:
        fits = {SAME.get(one, one) for one in VALUES | FLAGS if name and one.startswith(name)}
        if len(fits) != 1:
            raise Failed("usage", f"no such option: --{name}")
        return fits.pop()
    return SAME.get(name, name)


class Asked:
    """What pip would do: its configuration, and the words of the command on top."""

    def __init__(self):
        self.words = []
        for name in LISTS.values():
            setattr(self, name, [])
        for name in TEXTS.values():
            setattr(self, name, None)
        for name in BOOLS.values():
            setattr(self, name, False)
        self.only_pip = []  # options that uv has no equal for
        self.elsewhere = []  # options that name another place
        self.given = []  # the command's own options, for pip

    def option(self, name, value=None):
        """Take an option."""
        if name in LISTS:
            getattr(self, LISTS[name]).append(value)
        elif name in TEXTS:
            setattr(self, TEXTS[name], value)
        elif name in BOOLS:
            setattr(self, BOOLS[name], True)
        elif name in ELSEWHERE:
            self.elsewhere.append("--" + name)
        elif name in ONLY_PIP or name not in DROPPED:
            self.only_pip.append("--" + name)

    def addresses(self):
        """All index and find-links addresses."""
        return [one for one in [self.index, *self.extra, *self.find_links] if one]


def read_command(run):
    """Asked, from pip's configuration and the command."""
    asked = Asked()
    given = parse(run.args)
    isolated = ("isolated", None) in given
    for name, value in pip_config(isolated, "install").items():
        configured(asked, name, value)
    for name, value in given:
        if name == "":
            asked.words.append(value)
        else:
            asked.option(name, value)
            asked.given.append((name, value))
    for url in [*asked.addresses(), *asked.words, *asked.files, *asked.constraints, asked.proxy or ""]:
        run.secret(url)
    return asked


def configured(asked, name, value):
    """Take a key of pip's configuration."""
    name = SAME.get(name, name)
    if name in LISTS:
        for one in value.split():
            asked.option(name, one)
    elif name in VALUES:
        asked.option(name, value)
    elif name in FLAGS and value.strip().lower() in ("y", "yes", "t", "true", "on", "1"):
        asked.option(name)


def pip_config(isolated, command):
    """Option -> text, as pip would read it from files and PIP_* variables, without running pip
    (which takes 0.7 s). Sections `global`, the command, then the environment."""
    merged = {}
    for path in config_files(isolated):
        parser = configparser.RawConfigParser()
        try:
            with open(path, encoding="utf-8", errors="replace") as lines:
                parser.read_file(lines)
        except (OSError, configparser.Error):
            continue
        for section in parser.sections():
            for key, value in parser.items(section):
                merged[section, normalise_option(key)] = value
    found = {}
    for wanted in ("global", command, ":env:"):
        found.update({key: value for (section, key), value in merged.items() if section == wanted and value})
    if not isolated:
        for key, value in os.environ.items():
            if key.startswith("PIP_") and value and key not in ("PIP_VERSION", "PIP_HELP"):
                found[normalise_option(key[4:])] = value
    return found


def normalise_option(key):
    """`Extra_Index_URL` → `extra-index-url`."""
    key = key.lower().replace("_", "-")
    return re.sub(r"^--", "", key)


def config_files(isolated):
    """pip's configuration files, the strongest last (pip/_internal/configuration.py, 26.3)."""
    own = os.environ.get("PIP_CONFIG_FILE")
    if own == os.devnull:
        return []
    home = os.path.expanduser("~")
    name = "pip.ini" if WINDOWS else "pip.conf"
    if WINDOWS:
        shared = [os.path.join(os.environ.get("ProgramData") or "C:\\ProgramData", "pip")]
        user = [os.path.join(home, "pip"), os.path.join(os.environ.get("APPDATA") or home, "pip")]
    elif sys.platform == "darwin":
        shared = ["/Library/Application Support/pip"]
        library = os.path.join(home, "Library/Application Support/pip")
        new = library if os.path.isdir(library) else os.path.join(home, ".config/pip")
        user = [os.path.join(home, ".pip"), new]
    else:
        base = os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg"
        shared = [os.path.join(one, "pip") for one in base.split(os.pathsep) if one] + ["/etc"]
        config = os.environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")
        user = [os.path.join(home, ".pip"), os.path.join(config, "pip")]
    if isolated or (own and os.path.exists(own)):
        user = []
    paths = [os.path.join(folder, name) for folder in [*shared, *user, sys.prefix]]
    return [*paths, own] if own else paths


# ---------------------------------------------------------------------------- requirement lines

NAME = re.compile(r"\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?=$|[\[<>=!~;@(,\s#])")
ARCHIVE = re.compile(r"\.(?:zip|tar\.gz|tgz|tar\.bz2|tar\.xz|tar)(?:$|[#?])", re.IGNORECASE)


class Files:
    """What requirement files say beside their requirements: uv ignores some of pip's options."""

    def __init__(self, run):
        self.run = run
        self.lines = []
        self.options = []
        self.remote = False
        self.seen = set()

    def read(self, path, folder):
        """Read a file and those it names."""
        if "://" in path:
            self.remote = True
            return
        path = os.path.join(folder, path)
        if path in self.seen:
            return
        self.seen.add(path)
        try:
            with open(path, encoding="utf-8", errors="replace") as lines:
                text = lines.read(8 << 20)
        except (OSError, ValueError) as error:
            shown = os.path.relpath(path, self.run.cwd) if os.path.isabs(path) else path
            why = getattr(error, "strerror", None) or str(error)
            raise Failed("missing-file", f"{shown}: {why}") from None
        for line in re.sub(r"\\\r?\n", "", text).splitlines():
            line = re.sub(r"(^|\s)#.*$", "", line).strip()
            line = re.sub(r"\$\{([A-Z0-9_]+)\}", lambda m: os.environ.get(m.group(1), m.group(0)), line)
            self.run.secret(line)
            if line.startswith("-"):
                self.option(line, os.path.dirname(path))
            elif line:
                self.lines.append(line)

    def option(self, line, folder):
        """A line that is an option."""
        match = re.match(r"(--?[\w-]+?)(?:\s*=\s*|\s+|(?<=^-[rce])(?=\S)|$)(.*)$", line)
        if not match:
            return
        name, value = match.groups()
        name = SHORT.get(name[1:], name[1:]) if name[:2] != "--" else SAME.get(name[2:], name[2:])
        value = value.strip().strip("'\"")
        if name == "requirement":
            self.read(value, folder)
        elif name == "editable":
            self.lines.append("-e " + value)
        else:
            self.options.append((name, value))


def read_files(run, asked):
    """The requirement files of a command, with their options added to what is asked."""
    files = Files(run)
    for path in asked.files:
        files.read(path, run.cwd)
    for name, value in files.options:
        if name in ("pre", "require-hashes"):
            asked.option(name)
        elif name in ("trusted-host", "prefer-binary", "all-releases", "only-final"):
            asked.option(name, value)
    return files


def names_of(lines):
    """Normalised names that requirement lines ask for; None for one that names none."""
    found = ((line, NAME.match(line)) for line in lines)
    return [normalise(match.group(1)) if match and not is_path(line) else None for line, match in found]


def builds(line):
    """Whether a requirement certainly needs build code: a folder, an archive, a checkout."""
    target = re.sub(r"^-e ", "", line)
    if line.startswith("-e ") or re.match(r"(?:[\w.-]+(?:\[.*?\])?\s*@\s*)?(?:git|hg|svn|bzr)\+", target):
        return True
    address = re.match(r"[\w.-]+(?:\[.*?\])?\s*@\s*(\S+)", target)
    place = address.group(1) if address else target.split(";")[0].strip()
    if re.search(r"\.whl(?:$|[#?])", place):
        return False
    path = place.split("[")[0]
    local = bool(address) or "://" in place or place.startswith(".") or os.sep in path
    return bool(ARCHIVE.search(place)) or local


# ---------------------------------------------------------------------------- uv


def find_uv(run):
    """(path, version) of the first uv that runs and answers in JSON; else of the first that runs;
    else None."""
    older = None
    seen = set()
    for path in uv_places(run):
        if path in seen or not os.path.isfile(path) or not os.access(path, os.X_OK):
            continue
        seen.add(path)
        try:
            status, out, _ = execute(run, [path, "--version"], most=5)
        except OSError:
            continue
        except Failed as error:
            if error.kind == "cancelled":
                raise
            continue
        match = re.match(r"uv (\d+)\.(\d+)\.(\d+)", out)
        if status == 0 and match:
            version = tuple(int(part) for part in match.groups())
            if version >= JSON_SINCE:
                return path, version
            older = older or (path, version)
    return older


def uv_places(run):
    """Where uv may be: in the kernel's environment, on PATH, beside the Jupyter server (which has
    this extension, and so uv), in our own folder, where the request says."""
    name = "uv.exe" if WINDOWS else "uv"
    folders = [sysconfig.get_path("scripts"), os.path.dirname(sys.executable or "")]
    try:
        folders.append(sysconfig.get_path("scripts", "nt_user" if WINDOWS else "posix_user"))
    except KeyError:
        pass
    folders += [one for one in (os.environ.get("PATH") or "").split(os.pathsep) if os.path.isabs(one)]
    yield from (os.path.join(one, name) for one in folders if one)
    # Asking for a process is not free on every system: only when it is not found yet.
    yield from (os.path.join(one, name) for one in server_folders())
    yield os.path.join(private_folder(), name)
    yield from (str(path) for path in run.request.get("uv_paths") or ())


def server_folders():
    """Folders of the interpreter and of the script that started this kernel. Only a process of our
    own user counts: anybody can give a process the name of a program of theirs."""
    words = []
    try:
        pid = int(os.environ.get("JPY_PARENT_PID") or os.getppid())
        if sys.platform == "darwin":
            command = ["/bin/ps", "-o", "uid=", "-o", "command=", "-p", str(pid)]
            out = subprocess.run(command, check=False, capture_output=True, timeout=2).stdout
            user, *words = out.decode("utf-8", "replace").split()
            words = words if int(user) == os.getuid() else []
        elif not WINDOWS and pid > 0 and os.stat(f"/proc/{pid}").st_uid == os.getuid():
            with open(f"/proc/{pid}/cmdline", "rb") as stream:
                words = os.fsdecode(stream.read(65536)).split("\0")
    except (OSError, ValueError, subprocess.SubprocessError):
        return []
    script = [one for one in words[1:] if not one.startswith("-")][:1]
    return [os.path.dirname(one) for one in words[:1] + script if os.path.isabs(one)]


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


def cache_folder(run):
    """A cache of our own: the user's could hold builds, and ours must not fill theirs."""
    given = run.request.get("uv_cache")
    if given:
        return given
    if WINDOWS:
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~\\AppData\\Local")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    path = os.path.join(base, "jupyterlab-gpu-doctor", "uv")
    try:
        os.makedirs(path, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            return path
    except OSError:
        run.scratch("none", "")
        return os.path.join(run.folder, "uv")


def uv_environ(run, asked, keep):
    """Variables for uv. keep: the command is uv's own, so its settings count."""
    hidden = ("PYTHONHOME", "RUST_LOG", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE")
    env = {
        key: value
        for key, value in os.environ.items()
        if key not in hidden and (keep or not key.startswith("UV_"))
    }
    env.update({
        "UV_CACHE_DIR": cache_folder(run),
        "UV_HTTP_RETRIES": "1",
        "UV_HTTP_TIMEOUT": str(max(1, min(10, int(run.left())))),
        # The log names files, requirements and refusals, all of which the JSON leaves out.
        "RUST_LOG": "uv_resolver=debug,uv_client::cached_client=trace",
        "PYTHONHOME": POISON,
        "GIT_TERMINAL_PROMPT": "0",
        "COLUMNS": "400",
    })  # fmt: skip
    if keep:
        return env
    if asked.index:
        env["UV_DEFAULT_INDEX"] = address(run, asked.index)
    if asked.extra:
        env["UV_INDEX"] = " ".join(address(run, one) for one in asked.extra)
    links = [one for one in asked.find_links if "://" in one or os.path.exists(os.path.join(run.cwd, one))]
    if links:  # pip skips a folder that does not exist
        env["UV_FIND_LINKS"] = ",".join(links)
    cert = asked.cert or env.get("REQUESTS_CA_BUNDLE") or env.get("CURL_CA_BUNDLE")
    if cert and os.path.isdir(cert):
        env["SSL_CERT_DIR"] = cert
    elif cert:
        env["SSL_CERT_FILE"] = cert
    if asked.client_cert:
        env["SSL_CLIENT_CERT"] = asked.client_cert
    if asked.proxy:
        for key in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            env[key] = env[key.lower()] = asked.proxy
    return env


def address(run, url):
    """An index as uv takes it: a folder needs to be absolute."""
    return url if "://" in url else os.path.join(run.cwd, url)


def uv_words(run, asked, files):
    """(uv's arguments, standard input or None) for a command of pip's."""
    words = []
    eager = asked.upgrade and asked.strategy == "eager"
    if eager:
        words.append("--upgrade")
    elif asked.upgrade:
        # uv's -U moves every dependency, pip's only what is named.
        lines = [*asked.words, *files.lines]
        for name in dict.fromkeys(names_of(lines)):
            if name:
                words += ["-P", name]
    if asked.pre:
        words += ["--prerelease", "allow"]
    for flag, name in ((asked.no_deps, "--no-deps"), (asked.no_index, "--no-index"),
                       (asked.force, "--reinstall"), (asked.hashes, "--require-hashes")):  # fmt: skip
        if flag:
            words.append(name)
    for option, values in (("--no-binary", asked.no_binary), ("--only-binary", asked.only_binary)):
        for value in values:
            for one in value.split(","):
                words += [option, one]
    for host in asked.trusted:
        words += ["--allow-insecure-host", host]
    if asked.before:
        words += ["--exclude-newer", asked.before]
    for path in asked.constraints:
        words += ["-c", path]
    for path in asked.files:
        words += ["-r", path]
    for path in asked.editables:
        words += ["-e", path]
    for group in asked.groups:
        words += ["--group", group]
    secret = any("://" in one and "@" in one.split("://", 1)[1] for one in asked.words)
    if secret or sum(map(len, asked.words)) > 8000:
        return [*words, "-r", "-"], "".join(one + "\n" for one in asked.words)
    return [*words, "--", *asked.words] if asked.words else words, None


def is_path(word):
    """Whether a word is a place rather than a name."""
    return "@" not in word and bool(re.search(r"[/\\]|\.whl$|^\.", word.split(";")[0]))


# Our own flags that an older uv may not know -> what to use instead.
OPTIONAL = {"--system-certs": ["--native-tls"], "--require-build-hashes": [], "--output-format": []}


def uv_once(run, uv, before, words, env, stdin, most=None):
    """(status, stdout, error text, log, whether it is JSON) of one uv; flags that it lacks are
    left out."""
    before = list(before)
    while True:
        status, out, err = execute(run, [uv, *before, *words], env, stdin, most)
        lacking = re.search(r"unexpected argument '(--[\w-]+)' found", err)
        flag = lacking and lacking.group(1)
        if status != 2 or flag not in OPTIONAL or flag not in before:
            break
        at = before.index(flag)
        before[at : at + (2 if flag == "--output-format" else 1)] = OPTIONAL[flag]
    lines = err.splitlines()
    log = [line for line in lines if line.startswith(("DEBUG ", "TRACE "))]
    rest = [line for line in lines if not line.startswith(("DEBUG ", "TRACE ", "INFO ", "WARN "))]
    return status, out, "\n".join(rest), log, "--output-format" in before


def plan_uv(run, uv, version, asked, files, own):
    """Rows by uv. own: the words are uv's, not pip's."""
    if own:
        words, stdin = [*uv_own_words(run), *pins(run)], None
    else:
        words, stdin = uv_words(run, asked, files)
        words = [*pins(run), *words]
    env = uv_environ(run, asked, own)
    before = ["--no-progress", "--color", "never", "--system-certs", "--no-python-downloads"]
    before = before if own else ["--no-config", *before]
    before += ["pip", "install", "--python", sys.executable, "--dry-run", "--output-format", "json",
               "--break-system-packages"]  # fmt: skip
    if not own:
        before += ["--index-strategy", "unsafe-best-match"]
    run.phase("resolving")
    guarded = [*before, "--require-build-hashes"]
    prerelease = ["--prerelease", "allow"]
    refused = False
    unknown = []  # (name, version) that only a build would tell the requirements of
    while True:
        taken = ["--config-file", run.scratch("uv.toml", settings(unknown))] if unknown else []
        status, out, text, log, structured = uv_once(run, uv, [*taken, *guarded], words, env, stdin)
        place(run, text)
        refused = refused or any(REFUSED.match(line) for line in log)
        stopped = GUARD.search(text) if status != 0 and BUILDING.search(text) else None
        if stopped:
            unknown.append(unbuilt(run, stopped.group(1), unknown, own))
            run.phase("checking")
        elif status != 0 and version < (0, 12, 5) and "--prerelease=allow" in text and guarded[-2:] != prerelease:
            # An older uv refuses a prerelease that only a dependency asks for.
            guarded += prerelease
        else:
            break
    if refused:
        if status != 0:
            # With several indexes uv does not say so: it looks like an unknown name.
            reason = "An index wants credentials.\n" + str(uv_failure(run, status, text))
            raise Failed("credentials", reason, again=True)
        run.note("credentials", "An index wants credentials; what it has is not in the plan.")
    if status == 0:
        changes = uv_changes(out if structured else text, structured)
        rows = rows_of(run, changes, log_details(log), asked)
        mark_unknown(run, rows, unknown)
        if not unknown and any(row["build"] is None and row["to"] for row in rows):
            # Without a log only the comparison with wheels alone tells what would be built.
            compare(rows, uv_once(run, uv, [*before, "--no-build"], words, env, stdin))
        for row in rows:
            if row["build"] == "sdist":
                needs_build(run, row["name"], row["to"])
        return rows
    mark_unknown(run, [], unknown)
    failure = uv_failure(run, status, text)
    if failure.kind == "unsatisfiable" and "again" not in failure.more:
        lines = [*(run.args if own else asked.words), *files.lines]
        failure.more.update(nearest_version(run, uv, text, lines, words, files, env))
    raise failure


REFUSED = re.compile(r"TRACE Received response .* with status 401 ")
GUARD = re.compile(r"Failed to (?:download and )?build `([^`]+)`")
BUILDING = re.compile(
    "Hash-checking is required|Failed to resolve requirements from|build backend returned an error|"
    + re.escape(POISON)
)


def split_pin(text):
    """`docopt==0.6.2`, `x @ file:///…` → (name, version)."""
    name, _, version = text.partition("==")
    match = NAME.match(name)
    return (normalise(match.group(1)) if match else None), version.strip() or None


def needs_build(run, name, version):
    """Note a package that has no wheel."""
    what = " ".join(filter(None, (name, version))) or "A project"
    run.note("needs-build", f"{what} has no wheel here: its build code will run.", name)


def unbuilt(run, text, unknown, own):
    """The (name, version) whose build uv stopped at; raises when uv cannot be asked again without
    it, because a plan from wheels alone can be quite another one."""
    name, version = split_pin(text)
    plain = name and re.match(r"[\w.!+-]+$", version or "")
    if not plain or (name, version) in unknown or len(unknown) >= MAX_BUILDS or (own and uv_configured(run)):
        mark_unknown(run, [], unknown)
        needs_build(run, name, version)
        raise Failed("needs-build", f"{name or text} must be built from source.", package=name)
    return name, version


def settings(unknown):
    """Settings by which uv takes packages as requiring nothing instead of building them. uv reads no
    other file beside a --config-file."""
    entry = '[[dependency-metadata]]\nname = "{}"\nversion = "{}"\nrequires-dist = []\n'
    return "".join(entry.format(*one) for one in unknown)


def mark_unknown(run, rows, unknown):
    """Say of the packages that were taken as requiring nothing what is not known."""
    planned = {(row["name"], row["to"]): row for row in rows}
    for name, version in unknown:
        row = planned.get((name, version))
        if row:
            row.update(build="sdist", requires=None)
            needs_build(run, name, version)
            run.note("lower-bound", f"What {name} requires is known after its build.", name)
        else:
            text = f"{name} {version} has no wheel here: its build code may run while versions are compared."
            run.note("needs-build", text, name)


def uv_configured(run):
    """Whether uv has settings here that a --config-file of ours would replace."""
    words = {word.partition("=")[0] for word in run.args}
    variables = ("UV_CONFIG_FILE", "UV_PROJECT", "UV_WORKING_DIR", "UV_WORKING_DIRECTORY")
    if words & {"--config-file", "--project", "--directory"} or any(map(os.environ.get, variables)):
        return True
    if "--no-config" in words:
        return False
    home = os.environ.get("APPDATA") if WINDOWS else os.environ.get("XDG_CONFIG_HOME")
    shared = os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg"
    shared = [os.environ.get("PROGRAMDATA") or "C:\\ProgramData"] if WINDOWS else [*shared.split(os.pathsep), "/etc"]
    bases = [home or os.path.expanduser("~/.config"), *shared]
    files = [os.path.join(base, "uv", "uv.toml") for base in bases]
    folder = run.cwd
    while True:
        files.append(os.path.join(folder, "uv.toml"))
        project = os.path.join(folder, "pyproject.toml")
        try:
            with open(project, encoding="utf-8", errors="replace") as lines:
                files += [project] if re.search(r"\buv\b", lines.read(1 << 20)) else []
        except OSError:
            pass
        if folder == os.path.dirname(folder):
            return any(map(os.path.exists, files))
        folder = os.path.dirname(folder)


def compare(rows, answer):
    """Compare with a plan from wheels alone: what is missing there would be built."""
    status, out, text, _, structured = answer
    wheels = uv_changes(out if structured else text, structured) if status == 0 else {}
    for row in rows:
        if row["to"] and row["build"] is None:
            if wheels.get(row["name"], (None, None))[1] == row["to"]:
                row["build"] = "wheel"
            elif status == 0:
                row["build"] = "sdist"


def pins(run):
    """`-c FILE` for the packages that must keep their version."""
    lines = [str(one) for one in run.request.get("constraints") or ()]
    return ["-c", run.scratch("constraints.txt", "\n".join(lines) + "\n")] if lines else []


def uv_own_words(run):
    """Words of `uv pip install` without those that we set, or that name another environment."""
    words, rest = [], list(run.args)
    while rest:
        word = rest.pop(0)
        if word in ("-p", "--python", "--color", "--output-format", "--cache-dir", "--link-mode"):
            rest[:1] = []
        elif word in ("-t", "--target", "--prefix") or word.startswith(("--target=", "--prefix=")):
            raise Failed("other", f"The command installs into another place: {word}")
        elif not re.match(
            r"(?:--python|--color|--output-format|--cache-dir|--link-mode)=|-[qv]+$|"
            r"--(?:quiet|verbose|system|dry-run|break-system-packages|no-progress|no-cache|compile-bytecode)$",
            word,
        ):
            words.append(word)
    return words


def place(run, text):
    """Check that uv looked at this environment: links can lead it into another one."""
    match = re.search(r"^Using Python \S+ environment at: (.+)$", text, re.MULTILINE)
    if match:
        shown = os.path.join(run.cwd, os.path.expanduser(match.group(1).strip()))
        if os.path.normcase(real(shown)) != os.path.normcase(real(sys.prefix)):
            raise Failed("other", f"uv looked at another environment: {match.group(1).strip()}", again=True)


def uv_changes(text, structured):
    """{name: [versions removed, version installed ('' when uv does not tell, None)]}."""
    changes = {}
    if structured:
        try:
            listed = json.loads(text)["changes"]
            triples = [(one["name"], one.get("version") or "", one["action"]) for one in listed]
        except (ValueError, KeyError, TypeError):
            raise Failed("crash", "uv gave no readable answer.", again=True) from None
    else:
        found = re.findall(r"^ ([+~-]) ([A-Za-z0-9][\w.-]*)(?:==(\S+))?", text, re.MULTILINE)
        words = {"+": ("installed",), "-": ("uninstalled",), "~": ("uninstalled", "installed")}
        triples = [(name, version, word) for sign, name, version in found for word in words[sign]]
        if not triples and "Would make no changes" not in text:
            raise Failed("crash", "uv gave no readable answer.", again=True)
    for name, version, action in triples:
        if not isinstance(name, str) or not isinstance(version, str):
            raise Failed("crash", "uv gave no readable answer.", again=True)
        change = changes.setdefault(normalise(name), [[], None])
        if action == "uninstalled":
            change[0].append(version)
        elif action in ("installed", "reinstalled"):
            change[1] = version
    # An action of a later uv leaves nothing.
    return {name: change for name, change in changes.items() if change[0] or change[1] is not None}


SELECTING = re.compile(
    r"DEBUG Selecting: ([\w.-]+)(?:\[[^\]]*\])?(?:\{.*?\})?==(\S+) \[\w+\](?: \((.+)\))?"
)
ADDING = re.compile(
    r"DEBUG Adding transitive dependency for ([\w.-]+)(?:\[[^\]]*\])?(?:\{.*?\})?==([^\s:]+): "
    r"([\w.-]+?)(\[[^\]]*\])?(?:\{.*\})?((?:\*|[<>=!~].*|∅)?)$"
)


def log_details(log):
    """{(name, version): {file, requires}} from uv's log (the same words since 0.5); what it does
    not tell stays unknown."""
    details = {}
    for line in log:
        match = SELECTING.match(line)
        if match:
            name, version, file = match.groups()
            entry = details.setdefault((normalise(name), version), {"file": None, "requires": []})
            entry["file"] = file or entry["file"]
            continue
        match = ADDING.match(line)
        if match:
            name, version, other, extras, span = match.groups()
            entry = details.setdefault((normalise(name), version), {"file": None, "requires": []})
            requirement = other + (extras or "") + specifier(span)
            own = normalise(other) == normalise(name)
            if not own and requirement not in entry["requires"]:
                entry["requires"].append(requirement)
    return details


def specifier(span):
    """A range as uv writes it (`>=2.2, <2.2+`, `<1.5 | >=1.5+`) in pip's notation; '' (any version)
    for one that has no such form."""
    if span in ("", "*"):
        return ""
    parts = []
    pieces = [re.findall(r"(>=|<=|==|!=|>|<)\s*([^\s,]+)", one) for one in span.split("|")]
    for at, piece in enumerate(pieces):
        if at:
            last, first = pieces[at - 1][-1:], piece[:1]
            # `<1.5 | >=1.5+`: all but 1.5.
            gap = last and first and last[0][0] == "<" and first[0] == (">=", last[0][1] + "+")
            if not gap:
                return ""
            parts.append(("!=", last[0][1]))
        middle = piece[1 if at else 0 : len(piece) - (1 if at < len(pieces) - 1 else 0)]
        # `2.2+` stands behind 2.2 and its local versions.
        if [op for op, _ in middle] == [">=", "<"] and middle[1][1] == middle[0][1] + "+":
            middle = [("==", middle[0][1])]
        signs = {"<": "<=", ">=": ">"}
        parts += [(signs.get(op, op) if v[-1] == "+" else op, v.rstrip("+")) for op, v in middle]
    fine = all(re.match(r"\d[\w.!+]*$", version) for _, version in parts)
    return ",".join(op + version for op, version in parts) if parts and fine else ""


def rows_of(run, changes, details, asked):
    """Rows of the answer."""
    rows = []
    for name, (gone, to) in changes.items():
        dist = run.installed.get(name)
        start = dist.version if dist and dist.version in gone else (gone[0] or None if gone else None)
        if len(gone) > 1:
            run.note("twice", f"{name} is installed twice: {', '.join(gone)}", name)
        detail = details.get((name, to)) or {}
        file = detail.get("file") or ""
        build = "wheel" if file.endswith(".whl") else "sdist" if file else None
        requires = detail.get("requires") if detail and not asked.no_deps else None
        if to == "":
            run.note("local-project", f"{name} is a local project; its version is not known.", name)
        rows.append(make_row(name, start, to, requires, build))
    return rows


def make_row(name, start, to, requires=None, build=None, size=None):
    """One row of the answer."""
    return {"name": name, "from": start, "to": to, "requires": requires, "build": build, "size": size}


def uv_failure(run, status, text):
    """The Failed for what uv printed."""
    lines = [line for line in text.splitlines() if not re.match(r"(Using Python|Resolved|warning: The `--req)", line)]
    text = "\n".join(lines).strip()
    low = text.lower()
    reason = re.sub(r"^(?:error:|\s*×)\s*", "", text)
    unknown = re.search(r"Because ([\w.-]+)(?:\[.*?\])? was not found in the package registry", text)

    def has(*words):
        return any(word in low for word in words)

    if status is None or status < 0 or has("panicked at") or not text or POISON in text:
        return Failed("crash", reason or f"uv ended with status {status}.", again=True)
    if has("lack of valid authentication credentials", "401 unauthorized", "403 forbidden", "status code 401"):
        return Failed("credentials", reason, again=True)
    if has("yanked"):
        return Failed("unsatisfiable", reason, again=True)
    if has("failed to fetch", "error sending request", "dns error", "operation timed out",
           "network was disabled", "git operation failed", "peer certificate"):  # fmt: skip
        return Failed("network", reason)
    if has("file not found", "no such file", "distribution not found at"):
        return Failed("missing-file", reason)
    if unknown:
        return Failed("unknown-package", reason, package=unknown.group(1), **near(run, unknown.group(1)))
    if has("no solution found"):
        return Failed("unsatisfiable", reason)
    if has("failed to build", "building from source is disabled"):
        return Failed("needs-build", reason)
    if status == 2:
        # pip may still understand it.
        return Failed("usage", reason, again=True)
    return Failed("other", reason)


# Names that people misspell; what is installed is known too.
KNOWN = words_of(
    """torch torchvision torchaudio tensorflow keras jax jaxlib flax numpy scipy pandas polars
    scikit-learn scikit-image matplotlib seaborn plotly opencv-python opencv-python-headless pillow
    transformers tokenizers datasets accelerate diffusers huggingface-hub sentence-transformers peft trl
    bitsandbytes xformers flash-attn triton deepspeed vllm onnx onnxruntime onnxruntime-gpu cupy-cuda12x
    numba llvmlite xgboost lightgbm catboost spacy nltk gensim requests tqdm wandb tensorboard
    pytorch-lightning lightning torchmetrics einops timm ultralytics gradio streamlit fastapi protobuf
    jupyterlab ipywidgets ipykernel beautifulsoup4 pyyaml python-dateutil sentencepiece safetensors
    langchain openai dask rapids cudf-cu12 cuml-cu12 statsmodels sympy networkx h5py pyarrow"""
)


def near(run, name):
    """{"nearest": the known name that is spelt most alike}."""
    from difflib import get_close_matches

    known = sorted({*KNOWN, *run.installed} - {normalise(name)})
    found = get_close_matches(normalise(name), known, 1, 0.8)
    return {"nearest": found[0]} if found else {}


# ---------------------------------------------------------------------------- pins

PIN = re.compile(r"\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*===?\s*([\w.!+-]+)\s*(?:$|[;#\s])")
FINAL = re.compile(r"(?:\d+!)?\d+(?:\.\d+)*(?:\.post\d+)?(?:\+.*)?$")
# Options that say where packages come from; True: a value follows.
SOURCES = {
    **dict.fromkeys(words_of(
        """-i --index-url --default-index --index --extra-index-url -f --find-links --index-strategy
        --allow-insecure-host --trusted-host --keyring-provider --exclude-newer --config-file
        --prerelease"""
    ), True),
    "--no-index": False, "--pre": False,
}  # fmt: skip
# The same in requirement files.
INDEXES = ("index-url", "extra-index-url", "no-index", "trusted-host", "pre")


def release(version):
    """Numbers of a version's release, filled up with zeros: 1!2.10rc1 → [2, 10, 0, …]."""
    match = re.match(r"v?(?:\d+!)?(\d+(?:\.\d+)*)", version)
    numbers = [int(one) for one in match.group(1).split(".")] if match else []
    return numbers + [0] * (8 - len(numbers))


def closest(version, versions):
    """What exists nearest to a version that does not: of the same release, else below, else above.
    versions: ascending."""
    wanted = release(version)
    count = version.split("+")[0].count(".") + 1
    final = [one for one in versions if FINAL.match(one)]
    same = [one for one in versions if release(one)[:count] == wanted[:count]]
    below = [one for one in final or versions if release(one) < wanted]
    found = [one for one in same if one in final] or same or below
    if found:
        return max(reversed(found), key=release)
    return min(final or versions, key=release, default=None)


def nearest_version(run, uv, text, lines, words, files, env):
    """{"package", "nearest"} when a pin of the command asks for what is not there, or not for this
    Python. uv does not list versions; it is asked for the best one of a range."""
    for name, version in (match.groups() for match in map(PIN.match, lines) if match):
        pin = re.escape(normalise(name)) + r"(?:\[[^\]]*\])?==" + re.escape(version.lower().lstrip("v"))
        missing = (
            rf"no version of {pin}(?![\w.+!-])|{pin} has no |"
            rf"Python version \([^)]*\) does not satisfy \S+ and {pin} depends on Python"
        )
        if not re.search(missing, text):
            continue
        found = {"package": normalise(name)}
        number = re.match(r"v?((?:\d+!)?\d+(?:\.\d+)*)", version)
        if not number:
            return found
        number = number.group(1)
        before = ["--no-config", "--no-progress", "--color", "never", "--system-certs", "--no-python-downloads",
                  "pip", "compile", "--python", sys.executable, "--no-deps", "--no-annotate", "--no-header",
                  "--no-build", *sources(words)]  # fmt: skip
        if run.request["tool"] == "uv":
            del before[0]
        elif "--index-strategy" not in before:
            before += ["--index-strategy", "unsafe-best-match"]
        places = "".join(f"--{key} {value}\n" for key, value in files.options if key in INDEXES)
        end = perf_counter() + 1
        for span, lowest in ((f"=={number}.*", False), (f"<{number}", False), (f">{number}", True)):
            more = ["--resolution", "lowest"] if lowest else []
            try:
                left = end - perf_counter()
                if left < 0.05:
                    break
                answer = uv_once(run, uv, [*before, *more], ["-"], env, f"{places}{name}{span}\n", left)
            except (Failed, OSError):
                break
            best = re.search(r"^[\w.-]+==([\w.!+-]+)", answer[1], re.MULTILINE)
            if answer[0] == 0 and best:
                return {**found, "nearest": best.group(1)}
        return found
    return {}


def sources(words):
    """Those of uv's words that say where packages come from."""
    kept = []
    for at, word in enumerate(words):
        takes = SOURCES.get(word.partition("=")[0])
        if takes is not None:
            kept += words[at : at + 2] if takes and "=" not in word else [word]
    return kept


# ---------------------------------------------------------------------------- pip

# pip starts processes for builds, version control and harmless look-ups whose failure it expects.
# Wheels alone (--only-binary) would be no plan: pip then goes back to versions that have wheels.
HOOK = f"""import os, sys
if sys.path[:1] == [""]:
    del sys.path[0]
def hook(event, arguments):
    if event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork"):
        if not (event == "subprocess.Popen" and "ld-musl" in str(arguments[0])):
            raise PermissionError("{MARK}: " + event)
sys.addaudithook(hook)
os.environ["PYTHONHOME"] = {POISON!r}
import runpy
runpy.run_module("pip", run_name="__main__", alter_sys=True)
"""


def plan_pip(run, asked, files):
    """(rows, planner) by pip's own dry run, which ends where something must be built."""
    from importlib.util import find_spec

    if not sys.executable or find_spec("pip") is None:
        raise Failed("no-planner", "Neither uv nor pip was found.")
    for line in [*asked.words, *files.lines, *("-e " + one for one in asked.editables)]:
        if builds(line):
            raise Failed("needs-build", f"{line} must be built to know what it requires.")
    # ipykernel sets FORCE_COLOR, and pip would colour its report.
    hidden = ("FORCE_COLOR", "CLICOLOR_FORCE")
    env = {key: value for key, value in os.environ.items() if not key.startswith("UV_") and key not in hidden}
    env.update({
        "NO_COLOR": "1",
        "PIP_BREAK_SYSTEM_PACKAGES": "1", "PIP_RETRIES": "1", "PIP_NO_INPUT": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONIOENCODING": "utf-8",
        "PIP_DEFAULT_TIMEOUT": str(max(1, min(10, int(run.left())))),
    })  # fmt: skip
    for key, values in (("PIP_INDEX_URL", [asked.index]), ("PIP_EXTRA_INDEX_URL", asked.extra),
                        ("PIP_FIND_LINKS", asked.find_links)):  # fmt: skip
        if any(values):
            env[key] = " ".join(values)
    command = [sys.executable, "-c", HOOK, "install", "--dry-run", "--quiet", "--report", "-"]
    log = run.scratch("pip.log", "")
    command += ["--log", log, *pins(run)]
    left_out = {"report", "quiet", "verbose", "log", "progress-bar", "dry-run", "yes", "index-url",
                "extra-index-url", "find-links", "timeout", "retries", "debug", "isolated"}  # fmt: skip
    for name, value in asked.given:
        if name not in left_out:
            command += [f"--{name}" if value is None else f"--{name}={value}"]
    words = asked.words
    secret = any("://" in one and "@" in one.split("://", 1)[1] for one in words)
    if secret or sum(map(len, words)) > 8000:
        words = ["-r", run.scratch("requirements.txt", "\n".join(words) + "\n")]
    run.phase("pip")
    status, out, err = execute(run, [*command, *words], env)
    if status != 0:
        failure = pip_failure(run, err or out)
        if failure.kind == "needs-build":
            name = last_collected(log)
            needs_build(run, name, None)
            failure.more.update(package=name)
        raise failure
    try:
        report = json.loads(out[out.index("{") :])
        rows = [pip_row(run, one) for one in report["install"]]
        return rows, "pip " + str(report.get("pip_version") or "").strip()
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Failed("crash", "pip gave no readable answer.") from None


def last_collected(log):
    """Normalised name of the package that pip was at when it ended; None when it is not told. What a
    build asks for is indented."""
    try:
        with open(log, encoding="utf-8", errors="replace") as lines:
            found = re.findall(r"^\S+ Collecting ([A-Za-z0-9][\w.-]*)", lines.read(MAX_OUTPUT), re.MULTILINE)
    except OSError:
        return None
    return normalise(found[-1]) if found else None


def pip_row(run, item):
    """A row from pip's installation report."""
    data = item["metadata"]
    name = normalise(data["name"])
    url = str((item.get("download_info") or {}).get("url") or "")
    build = "wheel" if url.split("#")[0].endswith(".whl") else "sdist" if ARCHIVE.search(url) else None
    requires = [str(one) for one in data.get("requires_dist") or ()]
    return make_row(name, version_of(run, name), data["version"], requires, build)


def pip_failure(run, text):
    """The Failed for what pip printed."""
    text = "\n".join(re.sub(r"^ERROR: ", "", line) for line in text.strip().splitlines())
    low = text.lower()

    def has(*words):
        return any(word in low for word in words)

    if MARK.lower() in low:
        return Failed("needs-build", "A package must be built from source to know what it requires.")
    if has("no module named pip", "no such option: --report", "no such option: --dry-run"):
        return Failed("no-planner", text)
    if has("no such option"):
        return Failed("usage", text)
    if has("401 client error", "403 client error", "401 error", "403 error", "user for "):
        return Failed("credentials", text)
    if has("could not open requirements file", "no such file or directory"):
        return Failed("missing-file", text)
    if has("newconnectionerror", "failed to establish", "connecttimeout", "read timed out",
           "name or service not known", "connection refused", "connection broken"):  # fmt: skip
        return Failed("network", text)
    if has("invalid requirement", "usage:"):
        return Failed("usage", text)
    none = re.search(r"No matching distribution found for ([\w.-]+)", text)
    if none and has("from versions: none"):
        return Failed("unknown-package", text, package=none.group(1), **near(run, none.group(1)))
    listed = re.search(r"requirement ([\w.-]+)(?:\[[^\]]*\])?===?([\w.!+-]+) \(from versions: ([^)]+)\)", text)
    if none and listed:
        nearest = closest(listed.group(2), listed.group(3).split(", "))
        return Failed("unsatisfiable", text, package=listed.group(1), nearest=nearest)
    if none or has("resolutionimpossible", "conflicting dependencies"):
        return Failed("unsatisfiable", text)
    return Failed("crash" if "traceback" in low else "other", text)


# ---------------------------------------------------------------------------- pip and uv together


def plan_install(run):
    """(rows, planner) for `pip install` and `uv pip install`."""
    own = run.request["tool"] == "uv"
    if own:
        asked, files = Asked(), Files(run)
        for word in run.args:
            run.secret(word)
    else:
        asked = read_command(run)
        if asked.elsewhere:
            raise Failed("other", f"The command installs into another place: {asked.elsewhere[0]}")
        files = read_files(run, asked)
        if not (asked.words or asked.files or asked.editables or asked.groups or asked.only_pip):
            raise Failed("usage", "The command names nothing to install.")
    run.installed, _ = installed()
    wanted = run.request.get("planner") or "auto"
    found = None if wanted == "pip" else find_uv(run)
    mapped = not asked.only_pip and not (files.remote and asked.upgrade)
    failed = None
    if found and sys.executable and mapped:
        path, version = found
        try:
            rows = plan_uv(run, path, version, asked, files, own)
            hidden = [] if own else seen_by_pip_alone(run, rows)
            if hidden and wanted == "auto":
                raise Failed("other", f"uv does not see {hidden[0]}.", again=True, rows=rows)
            return finish(run, asked, rows, own), "uv " + ".".join(map(str, version))
        except Failed as error:
            if own or wanted == "uv" or not error.more.pop("again", False) or run.left() < 1:
                raise
            failed = error
    elif wanted == "uv" or own:
        options = ", ".join(asked.only_pip)
        raise Failed("usage", f"uv cannot plan this: {options}") if found else Failed(
            "no-planner", "uv was not found."
        )
    notes = list(run.notes)
    try:
        run.notes[:] = []
        rows, planner = plan_pip(run, asked, files)
        return finish(run, asked, rows, own), planner
    except Failed as error:
        if failed is None:
            raise
        run.notes[:] = notes
        if "rows" in failed.more:
            run.note("outside", failed.text)
            return finish(run, asked, failed.more["rows"], own), "uv " + ".".join(map(str, version))
        raise (error if error.kind == "timeout" else failed) from None


def seen_by_pip_alone(run, rows):
    """Names that the plan installs although pip finds them outside the environment's own folders
    (user site, system packages of a virtual environment, PYTHONPATH)."""
    own = own_sites()
    found = []
    for one in rows:
        dist = run.installed.get(one["name"])
        if one["from"] is None and dist and real(dist.site) not in own:
            found.append(one["name"])
    return found


def finish(run, asked, rows, own):
    """Notes that hold whoever planned."""
    sites = own_sites()
    for one in rows:
        if one["requires"]:
            one["requires"] = [run.masked(line) for line in one["requires"]]
        dist = run.installed.get(one["name"])
        if dist is None or own:
            continue
        if one["from"] is None and real(dist.site) in sites:
            one["from"] = dist.version
        if one["from"] is None or real(dist.site) not in sites:
            continue
        if dist.meta.endswith(".egg-info") and os.path.isfile(dist.meta):
            run.note(
                "pip-will-refuse",
                f"pip cannot uninstall {dist.name}: it was installed by distutils.", one["name"],
            )  # fmt: skip
        elif dist.meta.endswith(".dist-info") and not os.path.isfile(os.path.join(dist.meta, "RECORD")):
            run.note("pip-will-refuse", f"pip cannot uninstall {dist.name}: it has no RECORD.", one["name"])
    if rows and not asked.allowed and not own and externally_managed():
        run.note("externally-managed", "pip refuses here without --break-system-packages.")
    return rows


def externally_managed():
    """Whether the system's package manager owns this Python (PEP 668)."""
    if sys.prefix != sys.base_prefix:
        return False
    stdlib = sysconfig.get_path("stdlib") or ""
    return os.path.isfile(os.path.join(stdlib, "EXTERNALLY-MANAGED"))


def plan_uninstall(run):
    """(rows, planner) of `pip uninstall`, from what is installed."""
    names = []
    if run.request["tool"] == "uv":
        words = [("", one) for one in run.args if not one.startswith("-")]
    else:
        words = parse(run.args)
    for name, value in words:
        if name == "requirement":
            files = Files(run)
            files.read(value, run.cwd)
            names += names_of(files.lines)
        elif name == "":
            names += names_of([value])
    run.installed, twice = installed()
    rows = []
    for name in dict.fromkeys(filter(None, names)):
        dist = run.installed.get(name)
        if dist is None:
            run.note("not-installed", f"{name} is not installed.", name)
        else:
            rows.append(make_row(name, dist.version, None))
            if name in twice:
                run.note("twice", f"{name} is installed twice.", name)
    if not any(names):
        raise Failed("usage", "The command names nothing to uninstall.")
    return finish(run, Asked(), rows, False), "computed"


# ---------------------------------------------------------------------------- conda


def plan_conda(run):
    """(rows, planner) of a conda command, by its own dry run."""
    for word in run.args:
        run.secret(word)
    path, name = find_conda(run)
    verb = {"install": "install", "update": "update", "uninstall": "remove"}[run.request["action"]]
    words = [one for one in run.args if not re.match(
        r"(-[yqvd]+|--(yes|quiet|verbose|dry-run|json|debug))$", one)]  # fmt: skip
    named = any(re.match(r"(-[np]|--(name|prefix)(=|$))", one) for one in words)
    if any(re.match(r"--file|-f$", one) and verb == "update" for one in words):
        raise Failed("usage", "An environment file cannot be planned.")
    place_words = [] if named else ["-p", sys.prefix]
    extra = [one for one in run.request.get("constraints") or ()] if verb != "remove" else []
    env = dict(os.environ)
    for key in ("PYTHONHOME", "PYTHONPATH"):
        env.pop(key, None)
    run.phase("conda")
    command = [path, verb, "--dry-run", "--json", "--yes", *place_words, *words, *extra]
    status, out, err = execute(run, command, env)
    try:
        answer = json.loads(out[out.index("{") :])
        failed = status != 0 or answer.get("success") is False or answer.get("exception_name")
    except (ValueError, AttributeError):
        kind = "crash" if status in (0, None) or status < 0 else "other"
        raise Failed(kind, (err or out).strip() or f"{name} gave no readable answer.") from None
    if failed and answer.get("exception_name") != "DryRunExit":
        raise conda_failure(run, answer)
    return conda_rows(run, answer), " ".join(filter(None, (name, conda_version(path, name))))


def find_conda(run):
    """(path, name) of the tool that the command names, else conda itself."""
    tool = run.request["tool"]
    prefix = sys.prefix
    base = re.split(r"[/\\]envs[/\\]", prefix)[0]
    names = [tool] if tool == "micromamba" else list(dict.fromkeys([tool, "conda"]))
    for name in names:
        file = name + (".exe" if WINDOWS else "")
        places = [os.environ.get("CONDA_EXE" if name == "conda" else "MAMBA_EXE")]
        places += [os.path.join(one, sub, file) for one in (prefix, base) for sub in ("bin", "condabin", "Scripts")]
        folders = [one for one in (os.environ.get("PATH") or "").split(os.pathsep) if os.path.isabs(one)]
        places += [os.path.join(one, file) for one in folders]
        for path in places:
            right = path and re.sub(r"\.exe$", "", os.path.basename(path)) == name
            if right and os.path.isfile(path) and os.access(path, os.X_OK):
                return path, name
    raise Failed("no-planner", f"{tool} was not found.")


def conda_version(path, name):
    """Version of conda by its own record; asking it takes half a second."""
    meta = os.path.join(os.path.dirname(os.path.dirname(path)), "conda-meta")
    try:
        for file in sorted(os.listdir(meta)):
            match = re.match(re.escape(name) + r"-(\d[^-]*)-[^-]+\.json$", file)
            if match:
                return match.group(1)
    except OSError:
        pass
    return ""


def conda_rows(run, answer):
    """Rows from the actions of a dry run."""
    actions = answer.get("actions")
    actions = actions if isinstance(actions, dict) else {}
    changes = {}
    for key, at in (("UNLINK", 0), ("LINK", 1)):
        listed = actions.get(key)
        for item in listed if isinstance(listed, list) else ():
            if isinstance(item, dict) and item.get("name"):
                changes.setdefault(str(item["name"]), [None, None])[at] = item
    fetched = {}
    for item in actions.get("FETCH") or ():
        if isinstance(item, dict) and isinstance(item.get("size"), int):
            fetched[item.get("name")] = item["size"]
    records = conda_records()
    rows = []
    for name, (gone, new) in changes.items():
        size = (new or {}).get("size")
        size = size if isinstance(size, int) else fetched.get(name)
        start = str(gone["version"]) if gone and gone.get("version") else None
        to = str(new["version"]) if new and new.get("version") else None
        requires = None
        rows.append(make_row(python_name(records, name), start, to, requires, None, size if to else None))
    return rows


def conda_records():
    """conda name -> path of its record."""
    meta = os.path.join(sys.prefix, "conda-meta")
    try:
        files = [one for one in os.listdir(meta) if one.endswith(".json")]
    except OSError:
        return {}
    return {one.rsplit("-", 2)[0]: os.path.join(meta, one) for one in files}


def python_name(records, name):
    """Name of the distribution that an installed conda package carries; else its own name."""
    try:
        with open(records[name], encoding="utf-8") as lines:
            text = lines.read(32 << 20)
    except (KeyError, OSError, ValueError):
        return name
    found = set(re.findall(r'/site-packages/([^/"]+?)-[^-/"]+\.dist-info/METADATA"', text))
    found |= set(re.findall(r'/site-packages/([^/"]+?)-[^/"]+\.egg-info(?:/PKG-INFO)?"', text))
    return normalise(found.pop()) if len(found) == 1 else name


def conda_failure(run, answer):
    """The Failed for conda's own error."""
    kind = str(answer.get("exception_name") or "")
    text = str(answer.get("message") or answer.get("error") or answer.get("solver_problems") or kind)
    low = (kind + " " + text).lower()
    missing = re.search(r"^\s*- (?:[\w.-]+::)?([\w.-]+)", text, re.MULTILINE)
    if "packagesnotfound" in low or "nothing provides requested" in low:
        known = {"package": missing.group(1), **near(run, missing.group(1))} if missing else {}
        return Failed("unknown-package", text, **known)
    if "unsatisfiable" in low or "could not solve" in low or "resolvepackagenotfound" in low:
        return Failed("unsatisfiable", text)
    if "401" in low or "403" in low:
        return Failed("credentials", text)
    if "http" in kind.lower() or "connection" in low or "proxyerror" in low:
        return Failed("network", text)
    if "argument" in low or "usage" in low or "commandnotfound" in low:
        return Failed("usage", text)
    return Failed("other", text)


# ---------------------------------------------------------------------------- the answer


def plan(request, report=None, stop=None):
    """The plan of a request as a dict that JSON can hold; never raises an Exception.

    report: called with {"phase", "seconds"} while it runs; stop: an event that ends it early.
    """
    begin = perf_counter()
    answer = {
        "schema": "jupyterlab-gpu-doctor/plan",
        "schema_version": 1,
        "planner": None,
        "duration_ms": 0.0,
        "rows": [],
        "notes": [],
        "error": None,
    }
    run = None
    try:
        check(request)
        run = Run(request, report, stop)
        answer["notes"] = run.notes
        if not os.path.isdir(run.cwd):
            raise Failed("missing-file", f"{request.get('cwd')}: no such folder")
        if request["tool"] in ("conda", "mamba", "micromamba"):
            kind = plan_conda
        elif request["action"] == "uninstall":
            kind = plan_uninstall
        else:
            kind = plan_install
        answer["rows"], answer["planner"] = kind(run)
    except Failed as error:
        answer["error"] = {"kind": error.kind, "text": error.text}
        if error.more.get("package"):
            answer["error"]["package"] = normalise(error.more["package"])
        if error.more.get("nearest"):
            answer["error"]["nearest"] = error.more["nearest"]
    except KeyboardInterrupt:
        # The user stopped the kernel's work: that is us.
        answer["error"] = {"kind": "cancelled", "text": "interrupted"}
    except Exception as error:
        answer["error"] = {"kind": "crash", "text": f"{type(error).__name__}: {error}"}
    finally:
        if run and run.folder:
            shutil.rmtree(run.folder, ignore_errors=True)
    if answer["error"]:
        answer["rows"] = []
        text = answer["error"]["text"]
        text = run.masked(text) if run else mask(text)
        answer["error"]["text"] = text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"
    answer["duration_ms"] = round((perf_counter() - begin) * 1000, 3)
    return clean(answer)


def check(request):
    """Refuse a request that has not the agreed form."""
    if not isinstance(request, dict):
        raise Failed("usage", "The request is not an object.")
    args = request.get("args")
    if not isinstance(args, list) or not all(isinstance(one, str) and "\0" not in one for one in args):
        raise Failed("usage", "The request has no list of words.")
    if request.get("tool") not in ("pip", "uv", "conda", "mamba", "micromamba"):
        raise Failed("usage", f"No plan for the tool {str(request.get('tool'))[:40]}.")
    conda = request["tool"] not in ("pip", "uv")
    if request.get("action") not in ("install", "uninstall") + (("update",) if conda else ()):
        raise Failed("usage", f"No plan for the action {str(request.get('action'))[:40]}.")


def clean(value):
    """The same value with what is not UTF-8 replaced."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {key: clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [clean(item) for item in value]
    return value


def main():
    """`plan.py REQUEST.json`: one JSON document on stdout."""
    try:
        with open(sys.argv[1], encoding="utf-8") as lines:
            request = json.load(lines)
    except (IndexError, OSError, ValueError) as error:
        print(f"plan.py REQUEST.json: {error}", file=sys.stderr)
        return 2
    print(json.dumps(plan(request)))
    return 0


if __name__ == "__main__":
    # A script's own folder is no part of the environment.
    if sys.path and real(sys.path[0]) == os.path.dirname(real(__file__)):
        del sys.path[0]
    sys.exit(main())
