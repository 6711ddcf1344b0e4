"""Facts of one Python environment, for GPU Doctor for JupyterLab.

Run it with the interpreter that is to be examined: ``PYTHON probe.py > facts.json``; or ``exec``
it in a fresh dict and call ``collect()`` or ``publish(nonce)``. Standard library only, CPython 3.8
to 3.14. It imports no framework, creates no CUDA context, writes nothing, opens no connection,
starts no process. The document is described by ``src/facts/facts.schema.json``; collectors never
judge. Costly facts are null here: costly.py reads them, which a run as a script looks for in its
own folder. Modules that a plain start of Python does not have (re, json, ast, ctypes) are imported only
where they are needed: together they would take longer than reading 500 distributions.
"""

# No section may stop the others, whatever goes wrong in it.
# ruff: noqa: BLE001

import os
import sys
from time import gmtime, perf_counter, sleep, strftime

VERSION = "1"
MIME = "application/vnd.jupyterlab-gpu-doctor.facts+json"
SENTINEL = "gpu-doctor-facts:"
BUDGET = 5.0  # seconds a section may take; a slower one becomes null
MAX_PROBLEMS = 100
HEAD_MAX = 262144  # bytes of a METADATA file: its head with all Requires-Dist is never longer
NVML_THREAD = "gpu-doctor-nvml"

LINUX = sys.platform.startswith("linux")
WINDOWS = os.name == "nt"
OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
DIR_FD = os.open in os.supports_dir_fd


def own_prefix():
    """sys.prefix as the site module would have set it: with -S it is the base interpreter's."""
    if "site" not in sys.modules and sys.executable and sys.prefix == sys.base_prefix:
        folder = os.path.dirname(sys.executable)
        for place in (folder, os.path.dirname(folder)):
            if os.path.isfile(os.path.join(place, "pyvenv.cfg")):
                return os.path.dirname(folder)
    return sys.prefix


PREFIX = own_prefix()

# ---------------------------------------------------------------------------- helpers


class State:
    """What the sections of one run share: problems, budget, and what was already read."""

    def __init__(self):
        self.problems = []
        self.times = {}
        self.failed = set()  # names of sections
        self.section = ""
        self.deadline = 0.0
        self.cache = {}
        self.path, self.extra = search_path()
        self.scans = []
        self.dists = []
        self.by_name = {}  # normalised name -> distributions
        self.records = []
        self.comparing = 0.0  # seconds
        self.conda_infos = {}  # real path of a metadata directory -> its conda record
        self.ascii = True  # names of the metadata directories
        self.nvml = None

    def problem(self, what, error, section=None):
        """Note a part that could not be read."""
        if len(self.problems) < MAX_PROBLEMS:
            reason = error if isinstance(error, str) else why(error)
            self.problems.append(
                {"section": section or self.section, "what": str(what), "reason": reason}
            )

    def tick(self):
        """Called in every loop over something without a bound: ends a section over its budget."""
        if perf_counter() > self.deadline:
            raise TimeoutError(f"took longer than {BUDGET:g} s")

    def part(self, what, function, *args):
        """function(*args); None and a problem when it fails."""
        try:
            return function(*args)
        except TimeoutError:
            raise
        except Exception as error:
            self.problem(what, error)
            return None

    def once(self, function):
        """function(self), computed once per run; a failure is None and a problem."""
        name = function.__name__
        if name not in self.cache:
            self.cache[name] = self.part(name, function, self)
        return self.cache[name]


def why(error):
    """An exception in words, without paths of our own."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return f"{type(error).__name__}: {error}"[:300]


def read(path, limit=HEAD_MAX, dir_fd=None):
    """At most `limit` bytes of a file; never blocks on a pipe or a device."""
    fd = os.open(path, OPEN_FLAGS, dir_fd=dir_fd)
    try:
        data = os.read(fd, limit)
        while len(data) < limit:
            more = os.read(fd, limit - len(data))
            if not more:
                break
            data += more
        return data
    finally:
        os.close(fd)


def text(path, limit=HEAD_MAX):
    """Text of a file as UTF-8, None when it cannot be read."""
    try:
        return read(path, limit).decode("utf-8", "replace")
    except (OSError, ValueError):
        return None


def head(path, dir_fd=None):
    """A METADATA file up to its first blank line: the long description is never read as a whole."""
    fd = os.open(path, OPEN_FLAGS, dir_fd=dir_fd)
    try:
        data = os.read(fd, 8192)
        end = data.find(b"\n\n")
        while end < 0 and len(data) < HEAD_MAX:
            if b"\n\r\n" in data:
                break
            more = os.read(fd, 65536)
            if not more:
                break
            data += more
            end = data.find(b"\n\n")
        # Metadata end at the first empty line, also with CRLF.
        crlf = data.find(b"\n\r\n", 0, end if end >= 0 else len(data))
        end = crlf if crlf >= 0 else end
        return data[:end] if end >= 0 else data
    finally:
        os.close(fd)


def search(pattern, value):
    """re.search; the module is imported when the first pattern is needed."""
    import re

    return re.search(pattern, value)


def normalise(name):
    """A distribution name as PEP 503 writes it."""
    name = name.lower().replace("_", "-").replace(".", "-")
    while "--" in name:
        name = name.replace("--", "-")
    return name


def exists(path):
    """os.path.exists that never raises."""
    try:
        os.stat(path)
        return True
    except (OSError, ValueError):
        return False


def is_dir(path):
    """os.path.isdir that never raises (null bytes)."""
    try:
        return os.path.isdir(path)
    except ValueError:
        return False


def names_in(path):
    """Names in a directory, sorted; [] when it cannot be listed."""
    try:
        return sorted(os.listdir(path))
    except (OSError, ValueError):
        return []


def real(path):
    """os.path.realpath that never raises (a loop of links)."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return path


def environ(name):
    """An environment variable, '' when it is not set."""
    return os.environ.get(name) or ""


def loader_path():
    """LD_LIBRARY_PATH as the loader knows it: it reads the variable once, when the process starts,
    so a later change of os.environ has no effect on it."""
    try:
        fd = os.open("/proc/self/environ", OPEN_FLAGS)
    except OSError:
        return environ("LD_LIBRARY_PATH")
    try:
        data = b""
        while len(data) < 1 << 21:
            block = os.read(fd, 1 << 16)
            if not block:
                break
            data += block
    finally:
        os.close(fd)
    for entry in data.split(b"\0"):
        if entry.startswith(b"LD_LIBRARY_PATH="):
            return os.fsdecode(entry.partition(b"=")[2])
    return ""


def env_dirs(name):
    """Directories of a PATH-like variable; an empty entry means the current directory."""
    value = loader_path() if name == "LD_LIBRARY_PATH" else environ(name)
    return [entry or "." for entry in value.split(os.pathsep)] if value else []


def module_dict(module):
    """The dict of a module without running its __getattribute__ or __getattr__ (lazy modules)."""
    if module is None or not issubclass(type(module), type(sys)):
        return {}
    return object.__getattribute__(module, "__dict__")


def text_or_none(value):
    """value when it is a non-empty string; a str subclass becomes a plain str."""
    return str.__str__(value) if isinstance(value, str) and value else None


def mapped(st):
    """Paths of files mapped into this process, from /proc/self/maps."""
    found = set()
    if LINUX:
        for line in read("/proc/self/maps", 1 << 24).split(b"\n"):
            at = line.find(b"/")
            if at > 0 and b".so" in line:
                found.add(os.fsdecode(line[at:]))
    return found


def ld_cache(st):
    """The loader's cache: SONAME -> [paths], of this machine's word size."""
    return parse_ld_cache("/etc/ld.so.cache", machine()) if LINUX else {}


LD_WANTED = (b"libcu", b"libnv", b"libnccl.", b"libstdc++.")


def parse_ld_cache(path, arch):
    """SONAME -> [paths] of an ld.so.cache file (format of glibc 2.2 and later), of the libraries
    that matter here; {} without the file."""
    import struct

    try:
        data = read(path, 1 << 24)
    except OSError:
        return {}
    start = data.find(b"glibc-ld.so.cache1.1")  # may follow the table of the old format
    if start < 0:
        return {}
    count = struct.unpack_from("=I", data, start + 20)[0]
    wanted = {"x86_64": 0x0300, "aarch64": 0x0A00}.get(arch)
    first = start + 48
    count = min(count, (len(data) - first) // 24)
    found = {}
    for flags, key, value, _, _ in struct.iter_unpack("=IIIIQ", data[first : first + 24 * count]):
        key += start
        ours = wanted is None or flags & 0xFF00 == wanted
        if ours and data[key : key + 10].startswith(LD_WANTED):
            value += start
            name = data[key : data.index(b"\0", key)].decode("utf-8", "replace")
            target = os.fsdecode(data[value : data.index(b"\0", value)])
            found.setdefault(name, []).append(target)
    return found


def machine():
    """`x86_64`, `aarch64`, `arm64`, `AMD64`; platform.machine() starts a process on 3.8."""
    if hasattr(os, "uname"):
        return os.uname().machine
    return environ("PROCESSOR_ARCHITEW6432") or environ("PROCESSOR_ARCHITECTURE")


def find_library(st, soname):
    """Path of the file that the loader would take for a SONAME, None without one."""
    dirs = env_dirs("LD_LIBRARY_PATH")
    if is_conda():
        dirs.append(os.path.join(PREFIX, "lib"))
    for folder in dirs:
        if exists(os.path.join(folder, soname)):
            return os.path.join(folder, soname)
    for path in (st.once(ld_cache) or {}).get(soname, ()):
        if exists(path):
            return path
    triplet = machine() + "-linux-gnu"
    for folder in ("/lib/" + triplet, "/usr/lib/" + triplet, "/lib64", "/usr/lib64", "/lib",
                   "/usr/lib", "/usr/lib/wsl/lib"):  # fmt: skip
        if exists(folder + "/" + soname):
            return folder + "/" + soname
    return None


# ---------------------------------------------------------------------------- python


def search_path():
    """(sys.path as strings without the folder of this script, site directories that it lacks)."""
    path = []
    for entry in list(sys.path):
        if isinstance(entry, bytes):
            entry = os.fsdecode(entry)
        # The import system ignores anything else; a place holder keeps the indexes right.
        path.append(str.__str__(entry) if isinstance(entry, str) else f"<{type(entry).__name__}>")
    # A script's own folder comes first on sys.path: an artefact of the way in which it is run.
    script = globals().get("__file__") if __name__ == "__main__" else None
    if script and path and real(path[0]) == os.path.dirname(real(script)):
        del path[0]
    extra = []
    for folder in site_dirs(path):
        if is_dir(folder) and not any(same(folder, entry) for entry in path + extra):
            extra.append(folder)
    return path, extra


def same(one, other):
    """Whether two paths are the same directory."""
    try:
        return one == other or (bool(other) and os.path.samefile(one, other))
    except (OSError, ValueError):
        return False


def python_dir():
    """`python3.11`, `python3.13t`: the folder name below lib."""
    abi = "t" if "t" in getattr(sys, "abiflags", "") else ""
    return f"python{sys.version_info[0]}.{sys.version_info[1]}{abi}"


def site_dirs(path):
    """The prefix's own site directories: those on `path`, else by sysconfig's rules (for -S)."""
    inside = [
        entry
        for entry in path
        if is_site(entry) and entry.startswith(PREFIX) and "/.local/" not in entry
    ]
    if inside:
        return inside
    if WINDOWS:
        return [os.path.join(PREFIX, "Lib", "site-packages")]
    name = python_dir()
    if PREFIX in ("/usr", "/usr/local") and exists("/usr/lib/python3/dist-packages"):
        return [f"/usr/local/lib/{name}/dist-packages", "/usr/lib/python3/dist-packages"]
    return [os.path.join(PREFIX, lib, name, "site-packages") for lib in ("lib", "lib64")]


def is_site(entry):
    """Whether a directory is one that installers write to, by its name."""
    return os.path.basename(entry) in ("site-packages", "dist-packages")


def stdlib_dir():
    """Directory of the standard library."""
    return os.path.dirname(os.__file__)


def python_section(st):
    """The interpreter: sys, site and PEP 508 markers."""
    return {
        "version": full_version(sys.version_info),
        "implementation": implementation(),
        "executable": sys.executable or None,
        "executable_real": real(sys.executable) if sys.executable else None,
        "prefix": PREFIX,
        "base_prefix": sys.base_prefix,
        "isolated": bool(sys.flags.isolated),
        "sys_path": st.path,
        "pythonpath": [entry for entry in environ("PYTHONPATH").split(os.pathsep) if entry],
        "user_site": st.part("user site", user_site, st),
        "markers": st.part("markers", markers),
    }


def implementation():
    """`CPython`, `PyPy` …, as platform.python_implementation() says."""
    name = sys.implementation.name
    return {"cpython": "CPython", "pypy": "PyPy", "graalpy": "GraalVM"}.get(name, name)


def full_version(info):
    """`3.11.7`, `3.14.0rc1`: a version_info in the notation of PEP 440."""
    text_form = f"{info[0]}.{info[1]}.{info[2]}"
    if info[3] == "final":
        return text_form
    return text_form + {"alpha": "a", "beta": "b"}.get(info[3], "rc") + str(info[4])


def user_site(st):
    """The per-user site directory, by the rules of the site module (with -S it is not there)."""
    known = module_dict(sys.modules.get("site"))
    path = known.get("USER_SITE")
    if not isinstance(path, str):
        base = environ("PYTHONUSERBASE")
        tag = f"{sys.version_info[0]}.{sys.version_info[1]}"
        if WINDOWS:
            base = base or os.path.join(environ("APPDATA") or os.path.expanduser("~"), "Python")
            path = os.path.join(base, "Python" + tag.replace(".", ""), "site-packages")
        elif sys.platform == "darwin" and getattr(sys, "_framework", ""):
            base = base or os.path.expanduser(f"~/Library/{sys._framework}/{tag}")
            path = os.path.join(base, "lib/python/site-packages")
        else:
            base = base or os.path.expanduser("~/.local")
            path = os.path.join(base, "lib", python_dir(), "site-packages")
    return {
        "path": path,
        "enabled": bool(known.get("ENABLE_USER_SITE")) and path in st.path,
        "exists": is_dir(path),
    }


def markers():
    """PEP 508 environment markers."""
    version = sys.version_info
    if WINDOWS:
        win = sys.getwindowsversion()
        release = "11" if win.build >= 22000 else str(win.major)
        system, full = "Windows", f"{win.major}.{win.minor}.{win.build}"
    else:
        system, _, release, full, _ = os.uname()
    impl = sys.implementation.version
    return {
        "os_name": os.name,
        "sys_platform": sys.platform,
        "platform_machine": machine(),
        "platform_python_implementation": implementation(),
        "platform_release": release,
        "platform_system": system,
        "platform_version": full,
        "python_version": f"{version[0]}.{version[1]}",
        "python_full_version": full_version(version),
        "implementation_name": sys.implementation.name,
        "implementation_version": full_version(impl),
    }


# ---------------------------------------------------------------------------- environment


def is_conda(prefix=None):
    """Whether conda manages a prefix, our own by default: conda-meta holds records or a history."""
    meta = os.path.join(prefix or PREFIX, "conda-meta")
    return exists(os.path.join(meta, "history")) or any(
        name.endswith(".json") for name in names_in(meta)
    )


def environment_section(st):
    """What kind of environment the prefix is: conda-meta, pyvenv.cfg, EXTERNALLY-MANAGED."""
    config = {}
    for line in (text(os.path.join(PREFIX, "pyvenv.cfg")) or "").splitlines():
        key, equals, value = line.partition("=")
        if equals:
            config[key.strip().lower()] = value.strip()
    virtual = PREFIX != sys.base_prefix
    conda = is_conda()
    meta = os.path.join(PREFIX, "conda-meta")
    leaky = config.get("include-system-site-packages")
    places = site_dirs(st.path)
    return {
        "kind": "conda" if conda
        else "uv" if "uv" in config
        else "venv" if config or virtual
        else "system",
        "name": os.path.basename(PREFIX.rstrip("/\\")) or None,
        "base": conda
        and exists(os.path.join(PREFIX, "condabin"))
        and any(n[:6] == "conda-" and n[6:7].isdigit() for n in names_in(meta)),
        # pip ignores the file inside a virtual environment, whose standard library is its base's.
        "externally_managed": not virtual
        and exists(os.path.join(stdlib_dir(), "EXTERNALLY-MANAGED")),
        "system_site_packages": None if leaky is None else leaky.lower() == "true",
        "home": config.get("home"),
        "writable": os.access(places[0], os.W_OK) if exists(places[0]) else None,
        "base_conda": is_conda(sys.base_prefix) if virtual else None,
    }  # fmt: skip


# ---------------------------------------------------------------------------- platform


def platform_section(st):
    """Operating system, C library, libstdc++, WSL, container."""
    system = markers()["platform_system"]
    arch = machine()
    kind = st.part("container", container_kind)
    word = {"Windows": "win", "Darwin": "darwin", "Linux": "linux"}.get(system, system.lower())
    return {
        "system": system,
        "machine": arch,
        "tag": word + "-" + (arch.lower() if WINDOWS else arch),
        "release": markers()["platform_release"],
        "libc": st.part("libc", libc),
        "libstdcxx": st.part("libstdc++", libstdcxx, st) if LINUX else None,
        "wsl": is_wsl(),
        "container": kind is not None if LINUX else False,
        "container_kind": kind,
    }


def libc():
    """Name and version of the C library, by confstr; musl by its loader's name."""
    try:
        name, _, version = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")
        if version:
            return {"name": name, "version": version}
    except (AttributeError, ValueError, OSError):
        pass
    if LINUX and any(name.startswith("ld-musl-") for name in names_in("/lib")):
        return {"name": "musl", "version": None}
    return None


def libstdcxx(st):
    """The libstdc++ that is mapped or would be loaded, with its newest GLIBCXX_3.4.N."""
    soname = "libstdc++.so.6"
    loaded = [p for p in st.once(mapped) or () if os.path.basename(p).startswith(soname)]
    path = loaded[0] if loaded else find_library(st, soname)
    if path is None:
        return None
    newest = None
    # The version names stand in .dynstr, as a rule in the first megabyte of the file.
    for limit in (1 << 20, 1 << 23):
        data = st.part(path, read, path, limit) or b""
        at = data.find(b"GLIBCXX_3.4.")
        while at >= 0:
            digits = data[at + 12 : at + 16].split(b"\0")[0]
            if digits.isdigit():
                newest = max(newest or 0, int(digits))
            at = data.find(b"GLIBCXX_3.4.", at + 12)
        if newest is not None or len(data) < limit:
            break
    version = None if newest is None else f"3.4.{newest}"
    return {"path": path, "glibcxx": version, "mapped": bool(loaded)}


def is_wsl():
    """Windows Subsystem for Linux: its kernel's name, or its device for the GPU."""
    return LINUX and (
        "microsoft" in (text("/proc/version", 4096) or "").lower() or exists("/dev/dxg")
    )


def container_kind():
    """`docker`, `podman`, `kubernetes` …; None outside a container."""
    if not LINUX:
        return None
    if environ("KUBERNETES_SERVICE_HOST"):
        return "kubernetes"
    if environ("APPTAINER_CONTAINER") or environ("SINGULARITY_CONTAINER"):
        return "apptainer"
    if exists("/run/.containerenv"):
        return "podman"
    if exists("/.dockerenv"):
        return "docker"
    group = text("/proc/1/cgroup", 65536) or ""
    for word, kind in (("kubepods", "kubernetes"), ("docker", "docker"), ("libpod", "podman"),
                       ("containerd", "containerd"), ("lxc", "lxc")):  # fmt: skip
        if word in group:
            return kind
    return environ("container") or None


# ---------------------------------------------------------------------------- packages


class Scan:
    """One directory of sys.path: what its names say."""

    def __init__(self, entry, folder, index):
        self.entry = entry  # as sys.path writes it
        self.folder = folder  # as a path
        self.index = index
        self.metas = []  # metadata directories and files
        self.tildes = []
        self.mods = {}  # import name -> True for a directory, False for a file


def scan_section(st):
    """List every directory of sys.path once; the first of two equal ones counts."""
    from _imp import extension_suffixes

    suffixes = {"py", "pyc"}.union(suffix[1:] for suffix in extension_suffixes())
    seen = set()
    entries = [(entry, index) for index, entry in enumerate(st.path)]
    for entry, index in entries + [(entry, None) for entry in st.extra]:
        folder = entry or os.getcwd()
        try:
            info = os.stat(folder)
            key = (info.st_dev, info.st_ino) if info.st_ino else folder
            if key in seen:
                continue
            seen.add(key)
            listing = os.scandir(folder)
        except (FileNotFoundError, NotADirectoryError):
            continue  # an archive, or an entry that does not exist
        except (OSError, ValueError) as error:
            st.problem(folder, error, "packages")
            continue
        scan = Scan(entry, folder, index)
        site = is_site(folder)
        with listing:
            for item in listing:
                name = item.name
                if name[0] == "~" and site:
                    scan.tildes.append(name)
                elif name.endswith((".dist-info", ".egg-info", ".egg-link")):
                    scan.metas.append(name)
                else:
                    stem, dot, suffix = name.partition(".")
                    if not dot:
                        scan.mods[stem] = True
                    elif suffix in suffixes:
                        scan.mods.setdefault(stem, False)
                if len(scan.mods) & 255 == 0:
                    st.tick()
        if folder.endswith(".egg") and exists(os.path.join(folder, "EGG-INFO")):
            scan.metas.append("EGG-INFO")
        scan.metas.sort()
        if not (scan.folder + "".join(scan.metas)).isascii():
            st.ascii = False
        scan.tildes.sort()
        st.scans.append(scan)


def packages_section(st):
    """Every installed distribution: head of METADATA, INSTALLER, direct_url.json; not RECORD."""
    for scan in st.scans:
        if not scan.metas:
            continue
        fd = os.open(scan.folder, os.O_RDONLY) if DIR_FD else None
        base = "" if DIR_FD else scan.folder + os.sep
        owned = real(scan.folder)
        try:
            for meta in scan.metas:
                st.tick()
                try:
                    dist = distribution(st, scan, meta, base + meta, fd)
                except TimeoutError:
                    raise
                except Exception as error:
                    st.problem(os.path.join(scan.folder, meta), error)
                    continue
                if dist is not None:
                    record = st.conda_infos.get(owned + os.sep + meta)
                    dist["manager"] = manager(dist, record)
                    if dist["manager"] == "conda" and record:
                        # conda links files with the times of their build.
                        dist["installed"] = record["time"]
                    if dist["manager"] == "conda":
                        dist["origin"] = None  # a folder of the machine that built it
                    st.dists.append(dist)
                    st.by_name.setdefault(dist["name"], []).append(dist)
        finally:
            if fd is not None:
                os.close(fd)
    return st.dists


def distribution(st, scan, meta, path, fd):
    """One distribution by its metadata directory or file."""
    if meta.endswith(".egg-link"):
        return egg_link(st, scan, meta, path, fd)
    stem = meta.rpartition(".")[0] or os.path.basename(scan.folder)
    name, _, rest = stem.partition("-")
    found = {"Name": None, "Version": None, "Requires-Python": None}
    requires = []
    info = None
    try:
        if meta.endswith(".dist-info"):
            info = head(path + "/METADATA", fd)
        else:
            try:
                info = head(path + "/PKG-INFO", fd)
            except NotADirectoryError:
                info = head(path, fd)
    except OSError as error:
        st.problem(os.path.join(scan.folder, meta), error)
    if info is not None:
        info = "\n" + info.decode("utf-8", "replace").replace("\r\n", "\n")
        for key in found:
            at = info.find(f"\n{key}:")
            if at >= 0:
                at += len(key) + 2
                end = info.find("\n", at)
                found[key] = info[at : end if end >= 0 else None].strip() or None
        for part in info.split("\nRequires-Dist:")[1:]:
            line, _, rest_of = part.partition("\n")
            while rest_of[:1] in (" ", "\t") and rest_of:  # a folded line
                more, _, rest_of = rest_of.partition("\n")
                line += " " + more.strip()
            requires.append(mask(line.strip()) if "://" in line else line.strip())
        if not meta.endswith(".dist-info") and not requires:
            requires = egg_requires(path, fd)
    project = found["Name"] or name
    installer = small(path + "/INSTALLER", fd)
    tags = None
    if meta.endswith(".dist-info"):
        wheel = small(path + "/WHEEL", fd, 8192)
        if wheel is not None:
            tags = [part.partition("\n")[0].strip() for part in wheel.split("\nTag:")[1:]]
    installed = when(path + "/RECORD", fd)  # pip and uv write it last
    removable = installed is not None
    if not removable:
        installed = when(path, fd)
        if not meta.endswith(".dist-info"):
            # pip finds the files by either list; an egg is one folder.
            removable = scan.folder.endswith(".egg") or any(
                when(path + name, fd) for name in ("/installed-files.txt", "/top_level.txt")
            )
    editable = origin = None
    if installer is not None or info is None:  # only installers of today write direct_url.json
        url = path + "/direct_url.json"
        if os.access(url, os.F_OK, dir_fd=fd):  # few have one, and an exception takes longer
            editable, origin = direct_url(small(url, fd, 65536))
    elif not is_site(scan.folder) and meta.endswith(".egg-info"):
        editable = scan.folder  # `setup.py develop`: the source folder itself is on sys.path
    return {
        "name": normalise(project),
        "project": project,
        "version": found["Version"] or rest.partition("-")[0] or None,
        "manager": None,
        "installer": installer,
        "location": scan.folder,
        "path_index": scan.index,
        "metadata": meta,
        "requires": None if info is None else requires,
        "requires_python": found["Requires-Python"],
        "editable": editable,
        "editable_exists": exists(editable) if editable else None,
        "origin": origin,
        "installed": installed,
        "removable": removable,
        "tags": tags,
    }


def when(path, fd=None):
    """UTC time of the last change of a file, ISO 8601; None when it is not there."""
    try:
        return strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(os.stat(path, dir_fd=fd).st_mtime))
    except (OSError, ValueError, OverflowError):
        return None


def small(path, fd, limit=256):
    """Text of a small file, None when it is not there or cannot be read."""
    try:
        file = os.open(path, OPEN_FLAGS, dir_fd=fd)
    except OSError:
        return None
    try:
        return os.read(file, limit).decode("utf-8", "replace").strip()
    except OSError:
        return None
    finally:
        os.close(file)


def egg_requires(path, fd):
    """requires.txt of an .egg-info directory as Requires-Dist entries."""
    requires = []
    condition = ""
    for line in (small(path + "/requires.txt", fd, HEAD_MAX) or "").splitlines():
        line = line.strip()
        if line.startswith("["):
            extra, _, marker = line.strip("[]").partition(":")
            parts = [f"({marker})"] if marker else []
            condition = " and ".join(parts + ([f'extra == "{extra}"'] if extra else []))
        elif line and not line.startswith("#"):
            requires.append(f"{line} ; {condition}" if condition else line)
    return requires


def egg_link(st, scan, meta, path, fd):
    """A `develop` install by its .egg-link; None when the target is on sys.path and seen there."""
    target = (small(path, fd, 4096) or "").splitlines()
    folder = os.path.normpath(target[0]) if target else ""
    if any(same(folder, other.folder) for other in st.scans):
        return None
    name = meta[: -len(".egg-link")]
    for inside in names_in(folder):
        if inside.endswith(".egg-info") and normalise(inside[:-9]) == normalise(name):
            source = Scan(folder, folder, scan.index)
            dist = distribution(st, source, inside, os.path.join(folder, inside), None)
            dist.update(
                location=scan.folder, metadata=meta, editable=folder, editable_exists=True,
                removable=True, installed=when(path, fd),
            )  # fmt: skip
            return dist
    return {
        "name": normalise(name), "project": name, "version": None, "manager": None,
        "installer": None, "location": scan.folder, "path_index": scan.index, "metadata": meta,
        "requires": None, "requires_python": None, "editable": folder or None,
        "editable_exists": exists(folder) if folder else None, "installed": when(path, fd),
        "removable": True, "tags": None, "origin": None,
    }  # fmt: skip


def direct_url(document):
    """(folder of an editable install, address of any other) from the text of direct_url.json (PEP 610)."""
    if not document or "url" not in document:
        return None, None
    import json

    try:
        data = json.loads(document)
        url = data["url"]
        if (data.get("dir_info") or {}).get("editable"):
            return file_path(url), None
        vcs, folder = data.get("vcs_info"), data.get("subdirectory")
        if vcs:
            url = f"{vcs['vcs']}+{url}@{vcs['commit_id']}"
        if not isinstance(url, str):
            return None, None
        return None, mask(f"{url}#subdirectory={folder}" if folder else url)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None, None


def file_path(url):
    """Path of a file: address, else None."""
    if not url.startswith("file://"):
        return None
    first, *rest = url[7:].encode().split(b"%")
    raw = first + b"".join(bytes([int(part[:2], 16)]) + part[2:] for part in rest)
    path = raw.decode("utf-8", "replace")
    return path[1:] if WINDOWS and path.startswith("/") else path


def manager(dist, record):
    """Who owns a distribution's files: conda's record of this very directory, else INSTALLER."""
    installer = (dist["installer"] or "").lower()
    # pip that wrote the same version again has its own RECORD there.
    foreign = installer in ("pip", "uv")
    if record is not None and not (
        foreign and record["dist_info"] + "/RECORD" in (record["overwritten"] or ())
    ):
        return "conda"
    return installer if installer in ("conda", "pip", "uv") else None


def leftovers_section(st):
    """Names that begin with `~` in site directories."""
    return [name for scan in st.scans for name in scan.tildes]


def shadows_section(st):
    """Import names that exist in more than one entry of sys.path, but pairs inside the stdlib."""
    lib = stdlib_dir()
    first = {}
    several = {}
    for scan in st.scans:
        if scan.index is None:
            continue
        for name in scan.mods:
            if name in first:
                several.setdefault(name, [first[name]]).append(scan)
            else:
                first[name] = scan
    pythonpath = [os.path.abspath(entry) for entry in env_dirs("PYTHONPATH")]
    user = st.part("user site", user_site, st) or {}
    builtin = set(sys.builtin_module_names)
    kinds = {}
    for scan in st.scans:
        kinds[scan.entry] = (
            "cwd" if not scan.entry
            else "user-site" if scan.folder == user.get("path")
            else "pythonpath" if os.path.abspath(scan.folder) in pythonpath
            else "stdlib" if scan.folder in (lib, os.path.join(lib, "lib-dynload"))
            else "site" if is_site(scan.folder)
            else "cwd" if same(scan.folder, os.getcwd())
            else "other"
        )  # fmt: skip
    found = []
    for name in sorted(several):
        st.tick()
        if name in builtin or not name.isidentifier() or name == "__pycache__":
            continue
        # Most double names are plain folders (`tests`): only now is it worth looking inside.
        holders = [scan for scan in several[name] if not scan.mods[name] or is_package(scan, name)]
        places = [kinds[scan.entry] for scan in holders]
        if len(holders) > 1 and set(places) != {"stdlib"} and len(found) < 200:
            found.append({
                "name": name,
                "winner": holders[0].entry,
                "winner_kind": places[0],
                "losers": [scan.entry for scan in holders[1:]],
            })  # fmt: skip
    return found


def is_package(scan, name):
    """Whether a directory is a package with an __init__ (a namespace never wins over one)."""
    path = os.path.join(scan.folder, name, "__init__.py")
    return exists(path) or exists(path + "c")


# ---------------------------------------------------------------------------- conda


def conda_section(st):
    """Records of conda-meta, its history and its pins."""
    meta = os.path.join(PREFIX, "conda-meta")
    if not is_dir(meta):
        return {"present": False, "records": [], "last_change": None, "pinned": []}
    prefix = real(PREFIX)
    for name in names_in(meta):
        if not name.endswith(".json"):
            continue
        st.tick()
        path = os.path.join(meta, name)
        record = st.part(path, conda_record, st, path, name)
        if record is None:
            continue
        st.records.append(record)
        if record["dist_info"]:
            folder = os.path.join(PREFIX, record["dist_info"])
            record["dist_info_exists"] = exists(folder)
            record["time"] = when(path)
            for info in record["infos"]:
                parent, base = os.path.split(os.path.join(prefix, info))
                st.conda_infos[os.path.join(real(parent), base)] = dict(record, dist_info=info)
    st.part("shared paths", drop_shared, st, meta)
    stamp = None
    for line in history_tail(meta).splitlines():
        if line.startswith("==> ") and line.rstrip().endswith("<=="):
            stamp = line[4:].strip()[:19]  # without fractions of a second or a zone
    lines = (text(os.path.join(meta, "pinned")) or "").splitlines()
    pins = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    keys = (
        "name", "version", "build", "channel", "python_name", "dist_info", "dist_info_exists",
        "depends", "overwritten",
    )  # fmt: skip
    return {
        "present": True,
        "records": [{key: record[key] for key in keys} for record in st.records],
        "last_change": stamp,
        "pinned": pins,
    }


def history_tail(meta):
    """The end of conda-meta/history, whose last `==>` line is the last transaction."""
    try:
        fd = os.open(os.path.join(meta, "history"), OPEN_FLAGS)
    except OSError:
        return ""
    try:
        size = os.fstat(fd).st_size
        os.lseek(fd, max(0, size - (1 << 20)), os.SEEK_SET)
        return os.read(fd, 1 << 20).decode("utf-8", "replace")
    finally:
        os.close(fd)


def conda_record(st, path, name):
    """One record. The file name is NAME-VERSION-BUILD; little of the text is looked at, because the
    list of files can be megabytes of JSON."""
    parts = name[: -len(".json")].rsplit("-", 2)
    data = read(path, 65536)
    match = search(rb'"channel"\s*:\s*"([^"\\]*)"', data)
    depends = search(rb'"depends"\s*:\s*\[((?:\s*"[^"\\]*"\s*,?)*)\s*\]', data)
    needs = None
    if depends:  # no string in it holds an escape
        needs = depends.group(1).decode("utf-8", "replace").split('"')[1::2]
    if len(parts) < 3 or not data.lstrip().startswith(b"{") or match is None:
        import json

        whole = json.loads(read(path, 1 << 26).decode("utf-8", "replace"))
        parts = [str(whole["name"]), str(whole["version"]), str(whole.get("build") or "")]
        channel = whole.get("channel")
        needs = whole.get("depends")
    else:
        channel = match.group(1).decode("utf-8", "replace")
    infos = []
    changed = None
    # Only a package that depends on Python carries a distribution.
    python = depends is None or b'"python' in depends.group(1)
    begin = perf_counter()
    if python or (st.comparing < LIBRARIES and sys.platform != "darwin"):
        if len(data) == 65536:
            data = read(path, 1 << 26 if python else LIBRARIES_TEXT)
        if b"\\" in data:
            data = data.replace(b"\\/", b"/")
        infos = info_paths(data) if python else []
        if infos or (not python and len(data) < LIBRARIES_TEXT):
            changed = st.part(path, overwritten, data, infos)
    if not python:
        st.comparing += perf_counter() - begin
    best = None
    for info in infos:
        stem = normalise(os.path.basename(info).rpartition(".")[0].partition("-")[0])
        if best is None or stem == normalise(parts[0]) != best[0]:
            best = (stem, info)
    return {
        "name": parts[0],
        "version": parts[1] or None,
        "build": parts[2] or None,
        "channel": mask(channel) if channel else None,
        "python_name": best[0] if best else None,
        "dist_info": best[1] if best else None,
        "dist_info_exists": None,
        "depends": None if needs is None else [mask(str(need)) for need in needs],
        "overwritten": changed,
        "infos": infos,
    }


LIBRARIES = 0.3  # seconds for the libraries of packages without a Python distribution
LIBRARIES_TEXT = 1 << 19  # bytes: longer records are those of headers


def drop_shared(st, meta):
    """Forget changed files that two packages list: which of them wrote last is nobody's fault."""
    changed = {path for record in st.records for path in record["overwritten"] or ()}
    if not changed:
        return
    owners = dict.fromkeys(changed, 0)
    for name in names_in(meta):
        st.tick()
        data = read(os.path.join(meta, name), 1 << 26) if name.endswith(".json") else b""
        if b"\\" in data:
            data = data.replace(b"\\/", b"/")
        for path in changed:
            owners[path] += b'"' + path.encode() + b'"' in data
    for record in st.records:
        if record["overwritten"]:
            kept = [path for path in record["overwritten"] if owners[path] < 2]
            record["overwritten"][:] = kept  # the copies of the record share it


def overwritten(data, infos):
    """Files of a package that are not as its conda record says: the metadata that every installer
    writes by their hash, shared libraries by their size; of a package without metadata (infos)
    those in the library folder. None when nothing could be compared."""
    start = data.find(b"paths_data")
    if start < 0:
        return None
    compared = 0
    changed = []
    if infos:
        from hashlib import sha256
    for info in infos:
        # Text of megabytes, which is sorted as a rule: each search goes on where the last one ended.
        near = max(start, data.find(b'"' + info.encode() + b"/", start))
        for name in ("INSTALLER", "METADATA", "RECORD"):
            path = info + "/" + name
            entry = path_entry(data, data.find(b'"' + path.encode() + b'"', near))
            wanted = entry and (entry.get(b"sha256_in_prefix") or entry.get(b"sha256"))
            if wanted:
                compared += 1
                try:
                    content = read(os.path.join(PREFIX, path), 1 << 24)
                except FileNotFoundError:
                    content = b""
                if sha256(content).hexdigest().encode() != wanted:
                    changed.append(path)
    for suffix in (b".pyd", b".dll") if WINDOWS else (b".so",) if LINUX else (b".so", b".dylib"):
        at = data.find(suffix, start)
        while at >= 0 and len(changed) < 50:
            end = data.find(b'"', at)
            begin = data.rfind(b'"', 0, at)
            rest = data[at + len(suffix) : end]  # `.so.1.2`
            at = data.find(suffix, end)
            place = data[begin + 1 : end].rpartition(b"/")[0]
            if rest.strip(b".0123456789") or (not infos and place not in (b"lib", b"Library/bin")):
                continue
            entry = path_entry(data, begin)
            # With a path in it, a linker script has another size here, and macOS signs a library again.
            if not entry or (
                b"prefix_placeholder" in entry
                and (sys.platform == "darwin" or entry.get(b"file_mode") == b"text")
            ):
                continue
            path = data[begin + 1 : end].decode("utf-8", "replace")
            try:
                size = os.stat(os.path.join(PREFIX, path)).st_size
            except FileNotFoundError:
                if not infos:
                    continue  # taken away, as people do to make an image smaller
                size = -1
            compared += 1
            if entry.get(b"size_in_bytes", b"").isdigit() and int(entry[b"size_in_bytes"]) != size:
                changed.append(path)
    return changed if compared else None


def path_entry(data, at):
    """The entry of paths_data around the quoted path at this place: {key: value} without quotes;
    None for a link, or when it is no such entry."""
    if at < 0 or b'"_path"' not in data[max(0, at - 16) : at]:
        return None
    entry = data[data.rfind(b"{", 0, at) + 1 : data.find(b"}", data.find(b'"', at + 1))]
    if b'"softlink"' in entry:
        return None
    pairs = (line.partition(b":") for line in entry.split(b","))
    found = {key.strip(b' \t\r\n"'): value.strip(b' \t\r\n"') for key, _, value in pairs}
    return None if found.get(b"path_type") == b"directory" else found


def info_paths(data):
    """Metadata directories and files directly in a site directory, as a conda record lists them."""
    found = []
    for suffix in (b".dist-info", b".egg-info"):
        at = data.find(suffix)
        while at >= 0 and len(found) < 200:
            end = at + len(suffix)
            start = data.rfind(b'"', 0, at) + 1
            if data[end : end + 1] in (b"/", b'"'):
                path = data[start:end].decode("utf-8", "replace")
                # `setuptools/_vendor/x.dist-info` is no distribution of its own.
                if path not in found and is_site(os.path.dirname(path)):
                    found.append(path)
            at = data.find(suffix, end)
    return found


# ---------------------------------------------------------------------------- driver and GPUs


def start_nvml(st):
    """Start asking NVML in a thread of its own: a hung driver must not hang the kernel. Returns
    (thread, answers), or the state when there is nothing to ask."""
    soname = "nvml.dll" if WINDOWS else "libnvidia-ml.so.1"
    path = find_library(st, soname) if LINUX else None
    if not (LINUX or WINDOWS) or (LINUX and path is None and "ctypes" not in sys.modules):
        return "missing"
    import threading

    if any(thread.name == NVML_THREAD for thread in threading.enumerate()):
        return "timeout"
    import ctypes

    answers = {"path": path}
    thread = threading.Thread(
        target=ask_nvml, args=(ctypes, soname, answers), name=NVML_THREAD, daemon=True
    )
    thread.start()
    return thread, answers


def ask_nvml(ctypes, soname, answers):
    """Body of the thread: fills `answers`. NVML alone is called, so no CUDA context is made."""
    try:
        lib = None
        for name in (soname, answers["path"]):
            try:
                lib = ctypes.CDLL(name) if name else None
            except OSError as error:
                answers["error"] = str(error)
            if lib is not None:
                answers["loaded"] = True
                break
        if lib is None:
            answers["state"] = "missing" if answers["path"] is None else "error"
            return
        nvml(ctypes, lib, answers)
    except Exception as error:
        answers["state"] = "error"
        answers["error"] = why(error)


def nvml(ctypes, lib, answers):
    """Driver and devices by NVML. A function that the driver lacks makes only its field None."""
    byref = ctypes.byref
    uint = ctypes.c_uint

    def call(name, *args):
        """Return code of the first of these functions that the library has; None without."""
        for each in name if isinstance(name, tuple) else (name,):
            function = getattr(lib, each, None)
            if function is not None:
                return function(*args)
        return None

    def string(name, *args):
        """A string answer, None when the call fails."""
        buffer = ctypes.create_string_buffer(128)
        done = call(name, *(args + (buffer, uint(128)))) == 0
        return buffer.value.decode("utf-8", "replace") if done else None

    def numbers(name, kinds, *args):
        """Answers in out-parameters, None when the call fails."""
        out = [kind() for kind in kinds]
        done = call(name, *(args + tuple(byref(one) for one in out))) == 0
        return [one.value for one in out] if done else None

    class Memory(ctypes.Structure):
        _fields_ = tuple((name, ctypes.c_ulonglong) for name in ("total", "free", "used"))

    class Utilization(ctypes.Structure):
        _fields_ = (("gpu", uint), ("memory", uint))

    class Process1(ctypes.Structure):
        _fields_ = (("pid", uint), ("used", ctypes.c_ulonglong))

    class Process2(ctypes.Structure):
        _fields_ = (*Process1._fields_, ("gpu_instance", uint), ("compute_instance", uint))

    def memory(handle):
        """(total, used) in bytes, (None, None) when the driver does not say."""
        info = Memory()
        done = call("nvmlDeviceGetMemoryInfo", handle, byref(info)) == 0
        return (info.total, info.used) if done else (None, None)

    def processes(handle, kind):
        """[(pid, bytes or None)] of the compute or graphics processes, None when not known."""
        base = f"nvmlDeviceGet{kind.capitalize()}RunningProcesses"
        for suffix, structure in (("_v3", Process2), ("_v2", Process2), ("", Process1)):
            function = getattr(lib, base + suffix, None)
            if function is None:
                continue
            room = 64
            for _ in range(3):
                count = uint(room)
                array = (structure * room)()
                code = function(handle, byref(count), array)
                if code != 7:  # INSUFFICIENT_SIZE: new ones came up meanwhile
                    break
                room = min(count.value + 64, 65536)
            if code != 0:
                return None
            unknown = 0xFFFFFFFFFFFFFFFF
            return [
                (array[i].pid, None if array[i].used == unknown else array[i].used)
                for i in range(min(count.value, room))
            ]
        return None

    def mig(handle):
        """(MIG mode on, its instances)."""
        modes = (uint(), uint())
        code = call("nvmlDeviceGetMigMode", handle, byref(modes[0]), byref(modes[1]))
        if code == 3:  # NOT_SUPPORTED: a GPU without MIG
            return False, []
        if code != 0:
            return None, None
        if modes[0].value != 1:
            return False, []
        limit = numbers("nvmlDeviceGetMaxMigDeviceCount", (uint,), handle)
        instances = []
        for i in range(min(limit[0], 64) if limit else 0):
            instance = ctypes.c_void_p()
            name = "nvmlDeviceGetMigDeviceHandleByIndex"
            if call(name, handle, uint(i), byref(instance)) == 0:
                instances.append({
                    "uuid": string("nvmlDeviceGetUUID", instance),
                    "name": string("nvmlDeviceGetName", instance),
                    "memory_total": memory(instance)[0],
                })  # fmt: skip
        return True, instances if limit else None

    code = call(("nvmlInit_v2", "nvmlInit"))
    if code != 0:
        answers["state"] = "error"
        answers["code"] = code
        words = getattr(lib, "nvmlErrorString", None)
        if words is not None and code is not None:
            words.restype = ctypes.c_char_p
            answers["error"] = (words(code) or b"").decode("utf-8", "replace")
        return
    try:
        answers["driver"] = string("nvmlSystemGetDriverVersion")
        cuda = numbers(
            ("nvmlSystemGetCudaDriverVersion_v2", "nvmlSystemGetCudaDriverVersion"), (ctypes.c_int,)
        )
        if cuda is None:
            try:  # needs no cuInit
                version = ctypes.c_int()
                if ctypes.CDLL("libcuda.so.1").cuDriverGetVersion(byref(version)) == 0:
                    cuda = [version.value]
            except (OSError, AttributeError):
                pass
        answers["cuda"] = cuda[0] if cuda else None
        count = numbers(("nvmlDeviceGetCount_v2", "nvmlDeviceGetCount"), (uint,))
        devices = []
        for index in range(min(count[0], 256) if count else 0):
            handle = ctypes.c_void_p()
            device = {"index": index}
            devices.append(device)
            names = ("nvmlDeviceGetHandleByIndex_v2", "nvmlDeviceGetHandleByIndex")
            if call(names, uint(index), byref(handle)) != 0:
                continue
            capability = numbers("nvmlDeviceGetCudaComputeCapability", (ctypes.c_int,) * 2, handle)
            use = Utilization()
            used = call("nvmlDeviceGetUtilizationRates", handle, byref(use)) == 0
            device["name"] = string("nvmlDeviceGetName", handle)
            device["uuid"] = string("nvmlDeviceGetUUID", handle)
            device["compute_capability"] = ".".join(map(str, capability)) if capability else None
            device["memory_total"], device["memory_used"] = memory(handle)
            device["utilization"] = use.gpu if used else None
            device["mig"], device["mig_devices"] = mig(handle)
            device["processes"] = {k: processes(handle, k) for k in ("compute", "graphics")}
        answers["devices"] = devices if count else None
        answers["state"] = "ok"
    finally:
        call("nvmlShutdown")


DEVICE_KEYS = (
    "name", "uuid", "compute_capability", "memory_total", "memory_used", "utilization", "mig",
    "mig_devices", "processes",
)  # fmt: skip


def gpu_section(st):
    """Driver and GPUs by NVML; /proc, /sys and /dev say what is there when it does not answer."""
    nodes = device_nodes()
    started = st.nvml
    answers = {}
    if isinstance(started, tuple):
        thread, answers = started
        thread.join(nvml_timeout())
        # A copy: a thread that is late must not change what is being reported.
        answers = dict(answers)
        state = "timeout" if thread.is_alive() else answers.get("state")
    else:
        state = started
    nvidia = [node for node in nodes if node.startswith("/dev/nv")]
    module = kernel_module()
    cuda_library = cuda_driver_library(st)
    devices = answers.get("devices") if state == "ok" else None
    if devices is not None:
        devices = [finish_device(device) for device in devices]
    elif not nvidia and not (cuda_library and exists("/dev/dxg")):
        # Nothing to reach a GPU through; code 9 is: driver not loaded.
        devices = [] if state == "missing" or answers.get("code") == 9 else None
    cuda = answers.get("cuda")
    version = answers.get("driver") if state == "ok" else None
    present = True if state == "ok" or module or nvidia else None
    if present is None and (
        (state == "missing" and cuda_library is None) or answers.get("code") == 9
    ):
        present = False
    detail = answers.get("error") if state == "error" else None
    if state == "timeout":
        detail = f"no answer within {nvml_timeout():g} s"
    if detail and devices is None:
        st.problem(answers.get("path") or "NVML", detail, "gpu")
    return {
        "driver": {
            "present": present,
            "version": version or module,
            "cuda": cuda_number(cuda) if cuda and state == "ok" else None,
            "kernel_module": module,
            "library": cuda_library,
            "library_version": library_version(cuda_library),
            "source": "NVML" if version else "kernel module" if module else None,
        },
        "nvml": {"state": state, "detail": detail, "library": answers.get("path")},
        "devices": devices,
        "nodes": nodes,
        "others": other_gpus(nodes),
    }


def cuda_number(number):
    """`12.2` of 12020: how CUDA's functions and headers write a version."""
    return f"{number // 1000}.{number % 1000 // 10}"


def nvml_timeout():
    """Seconds that NVML may take."""
    try:
        return min(max(float(environ("GPU_DOCTOR_NVML_TIMEOUT") or 2.0), 0.05), 30.0)
    except ValueError:
        return 2.0


def finish_device(device):
    """A device as the schema wants it, its processes compared with this one."""
    device = dict({key: None for key in DEVICE_KEYS}, **device)
    groups = device["processes"]
    if groups is not None:
        mine = {os.getpid()}
        status = text("/proc/self/status", 65536) or ""
        for line in status.splitlines():
            if line.startswith("NSpid:"):
                mine.update(int(word) for word in line.split()[1:])
        foreign = False
        listed = [(pid, used, kind) for kind in groups for pid, used in groups[kind] or ()]
        if LINUX and any(pid not in mine and not exists(f"/proc/{pid}") for pid, _, _ in listed):
            foreign = container_kind() is not None  # process ids of the host
        device["processes"] = None if groups.get("compute") is None else [
            {
                "pid": pid,
                "memory": used,
                "this_kernel": None if foreign else pid in mine,
                "kind": kind,
            }
            for pid, used, kind in listed
        ]  # fmt: skip
    return device


def device_nodes():
    """Device files through which a GPU would be reached."""
    if not LINUX:
        return []
    other = ("nvhost-gpu", "nvmap", "dxg", "kfd")
    wanted = [n for n in names_in("/dev") if n.startswith("nvidia") or n in other]
    renders = [n for n in names_in("/dev/dri") if n.startswith("renderD")]
    return ["/dev/" + name for name in wanted] + ["/dev/dri/" + name for name in renders]


def kernel_module():
    """Version of the loaded NVIDIA kernel module, from /sys or /proc."""
    version = (text("/sys/module/nvidia/version", 256) or "").strip()
    if not version:
        line = text("/proc/driver/nvidia/version", 4096)
        match = search(r"Module\s.*?(\d+\.\d+(?:\.\d+)?)", line) if line else None
        version = match.group(1) if match else ""
    return version or None


def cuda_driver_library(st):
    """Path of the libcuda.so.1 that is loaded or would be."""
    if not LINUX:
        return None
    for path in st.once(mapped) or ():
        if os.path.basename(path).startswith("libcuda.so"):
            return path
    return find_library(st, "libcuda.so.1")


def library_version(path):
    """Version in the real file name of a libcuda; None when the name has none (as on WSL)."""
    match = search(r"^libcuda\.so\.(\d{3,}\.[\d.]*\d)$", os.path.basename(real(path or "")))
    return match.group(1) if match else None


def other_gpus(nodes):
    """GPUs of other vendors: AMD by PCI vendor, Intel only with its compute runtime, Apple's."""
    if sys.platform == "darwin":
        return [{"vendor": "apple", "name": None}] if machine() == "arm64" else []
    found = []
    level_zero = f"/usr/lib/{machine()}-linux-gnu/libze_intel_gpu.so.1"
    for card in names_in("/sys/class/drm") if LINUX else ():
        if card.startswith("card") and card[4:].isdigit():
            base = f"/sys/class/drm/{card}/device/"
            vendor = (text(base + "vendor", 64) or "").strip()
            name = (text(base + "product_name", 256) or "").strip() or None
            if vendor == "0x1002":
                found.append({"vendor": "amd", "name": name})
            elif vendor == "0x8086" and exists(level_zero):
                found.append({"vendor": "intel", "name": name})
    if not found and "/dev/kfd" in nodes:
        found.append({"vendor": "amd", "name": None})
    return found


# ---------------------------------------------------------------------------- frameworks

# import name -> distributions that may own it; a trailing * stands for any end of the name.
FRAMEWORKS = {
    "torch": ("torch", "pytorch"),
    "torchvision": ("torchvision",),
    "torchaudio": ("torchaudio",),
    "torchtext": ("torchtext",),
    "tensorflow": (
        "tensorflow", "tensorflow-cpu", "tensorflow-gpu", "tf-nightly", "tf-nightly-cpu",
        "tf-nightly-gpu", "intel-tensorflow", "tensorflow-intel", "tensorflow-macos",
        "tensorflow-rocm", "tensorflow-cpu-aws", "tensorflow-aarch64", "tensorflow-base",
    ),
    "keras": ("keras", "keras-nightly"),
    "tf_keras": ("tf-keras", "tf-keras-nightly"),
    "jax": ("jax",),
    "jaxlib": ("jaxlib",),
    "cupy": ("cupy", "cupy-*"),
    "xformers": ("xformers",),
    "triton": ("triton", "pytorch-triton", "pytorch-triton-*", "triton-*"),
    "onnxruntime": ("onnxruntime", "onnxruntime-*", "ort-nightly*"),
    "flash_attn": ("flash-attn",),
    "bitsandbytes": ("bitsandbytes",),
    "mxnet": ("mxnet", "mxnet-*"),
    "paddle": ("paddlepaddle", "paddlepaddle-*"),
    "torch_scatter": ("torch-scatter",),
    "torch_sparse": ("torch-sparse",),
    "torch_cluster": ("torch-cluster",),
    "pyg_lib": ("pyg-lib",),
    "mmcv": ("mmcv", "mmcv-full"),
    "detectron2": ("detectron2",),
    "vllm": ("vllm",),
}  # fmt: skip
# Files that hold a plain `__version__ = "…"`.
VERSION_FILES = {
    "torch": ("version.py",), "torchvision": ("version.py",), "torchaudio": ("version.py",),
    "torchtext": ("version.py",), "jax": ("version.py",), "jaxlib": ("version.py",),
    "keras": ("src/version.py", "__init__.py"), "tf_keras": ("__init__.py",),
    "cupy": ("_version.py",), "xformers": ("version.py",), "triton": ("__init__.py",),
    "onnxruntime": ("capi/build_and_package_info.py", "__init__.py"),
    "flash_attn": ("__init__.py",), "bitsandbytes": ("__init__.py",), "mxnet": ("libinfo.py",),
    "paddle": ("version/__init__.py",), "mmcv": ("version.py",),
}  # fmt: skip
CONDA_NAMES = {"torch": ("pytorch",), "tensorflow": ("tensorflow-base", "tensorflow"),
               "cupy": ("cupy", "cupy-core")}  # fmt: skip


def frameworks_section(st):
    """Frameworks by their own files; none is imported."""
    found = []
    for name in FRAMEWORKS:
        st.tick()
        one = st.part(name, framework, st, name)
        if one is not None:
            found.append(one)
    return found


def framework(st, name):
    """One framework, None when neither its package nor its distribution is there."""
    location = next(
        (os.path.join(scan.folder, name) for scan in st.scans
         if scan.mods.get(name) and is_package(scan, name)), None,
    )  # fmt: skip
    owners = owners_of(st, FRAMEWORKS[name])
    if location is None and not owners:
        return None
    if location is not None:
        here = [dist for dist in owners if dist["location"] == os.path.dirname(location)]
        owners = here or owners
    values, source = {}, None
    for file in VERSION_FILES.get(name, ()) if location else ():
        source = text(os.path.join(location, file), 65536)
        if source is not None:
            values = st.part(os.path.join(location, file), literals, source) or {}
            source = name + "/" + file
            if version_of(values):
                break
    fact = {
        "name": name,
        "distribution": None,
        "version": version_of(values),
        "metadata_version": None,
        "local": None,
        "backend": None,
        "gpu_build": None,
        "cuda": None,
        "cudnn": None,
        "hip": None,
        "archs": None,
        "location": location,
        "source": source,
        "built_torch": None,
    }
    if name == "tensorflow" and location is not None:
        tensorflow(st, fact)
    if owners:
        # Of several owners the one that wrote the files last has their version.
        bare = (fact["version"] or "").partition("+")[0]
        same_version = [d for d in owners if bare == (d["version"] or "").partition("+")[0]]
        owner = (same_version or owners)[0]
        fact["distribution"] = owner["name"]
        fact["metadata_version"] = owner["version"]
        if fact["version"] is None:
            fact["version"] = owner["version"]
            fact["source"] = fact["source"] or owner["metadata"]
    elif name in CONDA_NAMES:
        record = conda_build(st, name)
        fact["metadata_version"] = record["version"] if record else None
    local = (fact["version"] or "").partition("+")[2]
    if not local and (fact["metadata_version"] or "").startswith((fact["version"] or "-") + "+"):
        local = fact["metadata_version"].partition("+")[2]
    fact["local"] = local or None
    details(st, fact, values)
    if fact["built_torch"] is None and name != "torch":
        fact["built_torch"] = torch_of(local)
    if fact["backend"] is None and not (name == "torch" and values):
        from_label(fact, local)
    if fact["cuda"] is None and fact["backend"] in (None, "cuda", "cpu"):
        from_conda(st, fact)
    if fact["backend"] is not None:
        fact["gpu_build"] = fact["backend"] != "cpu"
    return fact


def owners_of(st, patterns):
    """Installed distributions whose names are one of the patterns, in sys.path order."""
    found = []
    for pattern in patterns:
        if pattern[-1] != "*":
            found += st.by_name.get(pattern, ())
        else:
            for name in st.by_name:
                if name.startswith(pattern[:-1]):
                    found += st.by_name[name]
    return found


def matches(name, patterns):
    """Whether a normalised name is one of the patterns."""
    return any(
        name == pattern or (pattern[-1] == "*" and name.startswith(pattern[:-1]))
        for pattern in patterns
    )


def version_of(values):
    """The version among a module's constants, under the names that these packages use."""
    for key in ("__version__", "_release_version", "_version", "full_version"):
        if text_or_none(values.get(key)):
            return values[key]
    return None


def literals(source):
    """Constants assigned at the top of a module's text: {name: value}."""
    import ast

    found = {}
    # No escape is needed here, and an unknown one would make the compiler print a warning.
    for node in ast.parse(source.replace("\\", "/")).body:
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            targets = [node.target]
        else:
            continue
        value = node.value
        if isinstance(value, ast.Call) and len(value.args) == 1 and not value.keywords:
            value = value.args[0]  # collections.OrderedDict([...])
        try:
            value = ast.literal_eval(value)
        except (ValueError, TypeError, SyntaxError):
            continue
        for target in targets:
            if isinstance(target, ast.Name):
                found[target.id] = value
    return found


def details(st, fact, values):
    """What only one framework's files say: fills backend, cuda, cudnn, hip."""
    name = fact["name"]
    version = fact["version"] or ""
    if name == "torch" and values:
        fact["cuda"] = text_or_none(values.get("cuda"))
        fact["hip"] = text_or_none(values.get("hip"))
        mac = sys.platform == "darwin" and machine() == "arm64"
        fact["backend"] = (
            "rocm" if fact["hip"]
            else "cuda" if fact["cuda"]
            else "xpu" if values.get("xpu") or "+xpu" in version
            else "mps" if mac
            else "cpu"
        )  # fmt: skip
    elif name == "xformers" and fact["location"]:
        xformers(st, fact)
    elif name in ("jax", "jaxlib"):
        jax(st, fact)
    elif name == "cupy":
        owner = fact["distribution"] or ""
        if owner.startswith("cupy-cuda"):
            fact["backend"], fact["cuda"] = "cuda", dotted(owner[9:].replace("x", ""))
        elif owner.startswith("cupy-rocm-"):
            fact["backend"], fact["hip"] = "rocm", owner[10:].replace("-", ".")
    elif name == "onnxruntime":
        package = text_or_none(values.get("package_name")) or fact["distribution"] or ""
        if "-gpu" in package:
            fact["backend"] = "cuda"
            fact["cuda"] = text_or_none(values.get("cuda_version"))
            fact["cudnn"] = text_or_none(values.get("cudnn_version"))
        elif "rocm" in package:
            fact["backend"] = "rocm"
        elif package == "onnxruntime":
            fact["backend"] = "cpu"
    elif name == "paddle" and "cuda_version" in values:
        given = str(values["cuda_version"])
        fact["backend"] = "cuda" if given[:1].isdigit() else "cpu"
        if fact["backend"] == "cuda":
            fact["cuda"] = given
            cudnn = str(values.get("cudnn_version") or "")
            fact["cudnn"] = cudnn if cudnn[:1].isdigit() else None
    elif name == "mxnet":
        match = search(r"^mxnet-cu(\d+)", fact["distribution"] or "")
        if match:
            fact["backend"], fact["cuda"] = "cuda", dotted(match.group(1))
    elif name == "bitsandbytes" and fact["location"]:
        built = [n for n in names_in(fact["location"]) if n.startswith("libbitsandbytes_cuda")]
        if built:
            fact["backend"], fact["source"] = "cuda", "bitsandbytes/" + built[0]
            if len(built) == 1:
                fact["cuda"] = dotted("".join(filter(str.isdigit, built[0])))


def tensorflow(st, fact):
    """TensorFlow's build_info.py; the version from its C header."""
    header = "include/tensorflow/core/public/"
    for file in ("release_version.h", "version.h"):
        source = text(os.path.join(fact["location"], header + file), 16384) or ""
        numbers = [
            search(r"#define TF_" + part + r"_VERSION\s+(\d+)", source)
            for part in ("MAJOR", "MINOR", "PATCH")
        ]
        if all(numbers):
            suffix = search(r'#define TF_VERSION_SUFFIX\s+"(?:-(\w+))?', source)
            fact["version"] = ".".join(number.group(1) for number in numbers)
            fact["version"] += (suffix.group(1) or "") if suffix else ""
            fact["source"] = "tensorflow/" + header + file
            break
    file = "python/platform/build_info.py"
    source = text(os.path.join(fact["location"], file))
    if source is None:
        return
    values = st.part(os.path.join(fact["location"], file), literals, source) or {}
    info = values.get("build_info")
    # Old builds: plain assignments.
    info = dict(info) if isinstance(info, (dict, list)) else values
    if not info:
        return
    fact["source"] = "tensorflow/" + file
    cuda, cudnn = (
        text_or_none(info.get(key)) or text_or_none(info.get(key + "_number"))
        for key in ("cuda_version", "cudnn_version")
    )
    if info.get("is_rocm_build"):
        fact["backend"] = "rocm"
    elif info.get("is_cuda_build") or (cuda and "is_cuda_build" not in info):
        fact["backend"], fact["cuda"], fact["cudnn"] = "cuda", cuda, cudnn
        archs = []
        for arch in info.get("cuda_compute_capabilities") or ():
            arch = str(arch)
            digits = arch.replace(".", "")  # `7.0` means both kinds of code
            archs += ["sm_" + digits, "compute_" + digits] if arch[:1].isdigit() else [arch]
        fact["archs"] = archs or None
    elif info.get("is_cuda_build") is False:
        fact["backend"] = "metal" if "tensorflow-metal" in st.by_name else "cpu"


def xformers(st, fact):
    """What xformers was compiled for, from cpp_lib.json."""
    source = text(os.path.join(fact["location"], "cpp_lib.json"))
    if source is None:
        return
    import json

    info = json.loads(source)
    built = info.get("version") or {}
    fact["source"] = "xformers/cpp_lib.json"
    fact["built_torch"] = text_or_none(built.get("torch"))
    if isinstance(built.get("cuda"), int):
        fact["backend"] = "cuda"
        fact["cuda"] = ".".join(map(str, divmod(built["cuda"], 100)))
    elif built.get("hip"):
        fact["backend"], fact["hip"] = "rocm", str(built["hip"])
    archs = []
    words = str((info.get("env") or {}).get("TORCH_CUDA_ARCH_LIST") or "")
    for word in words.replace(";", " ").split():
        match = search(r"^(\d+)\.(\d+[af]?)(\+PTX)?$", word)
        if match:
            digits = match.group(1) + match.group(2)
            archs += ["sm_" + digits] + (["compute_" + digits] if match.group(3) else [])
    fact["archs"] = archs or None


def jax(st, fact):
    """JAX computes on what its plugins bring; old jaxlib wheels say it in their label."""
    for dist in owners_of(st, ("jax-cuda*", "jax-rocm*", "jax-metal")):
        fact["source"] = dist["metadata"]
        match = search(r"^jax-(cuda|rocm)(\d+)-(?:plugin|pjrt)$", dist["name"])
        if match is None:
            fact["backend"] = "metal"
        elif match.group(1) == "cuda":
            fact["backend"], fact["cuda"] = "cuda", match.group(2)
        else:
            fact["backend"], fact["hip"] = "rocm", ".".join(match.group(2))
        return
    if fact["version"] is None:
        return
    lib = next(iter(st.by_name.get("jaxlib", ())), None)
    if lib is None:
        return
    from_label(fact, (lib["version"] or "").partition("+")[2])
    if fact["backend"] is None and lib["manager"] != "conda":
        fact["backend"] = "cpu"  # without a plugin and without a label there is no GPU code


def torch_of(label):
    """Version of torch in a local label: `pt26cu124` -> `2.6`, `cu123torch2.4cxx11abifalse`."""
    match = search(r"(?:^|[^a-z])pt(\d)(\d{1,2})(?!\d)", label)
    if match:
        return match.group(1) + "." + match.group(2)
    match = search(r"torch(\d+\.\d+(?:\.\d+)?)", label)
    return match.group(1) if match else None


def dotted(digits):
    """`121` -> `12.1`, `92` -> `9.2`, `12` -> `12`: a CUDA version written without dots."""
    if not digits or "." in digits:
        return digits or None
    if len(digits) == 2 and digits[0] in "789":
        return digits[0] + "." + digits[1]
    return digits[:2] + "." + digits[2:] if len(digits) > 2 else digits


def from_label(fact, label):
    """Backend and CUDA version from a local label: `cu121`, `pt26cu124`, `cuda12.cudnn89`."""
    if not label:
        return
    match = search(r"(?:^|[^a-z])cu(?:da)?(\d+)", label)
    rocm = search(r"rocm(\d[\d.]*)", label)
    if match:
        fact["backend"], fact["cuda"] = "cuda", dotted(match.group(1))
        cudnn = search(r"cudnn(\d+)", label)
        if cudnn:
            fact["cudnn"] = ".".join(cudnn.group(1)[:2])
    elif rocm:
        fact["backend"], fact["hip"] = "rocm", rocm.group(1).rstrip(".")
    elif search(r"(?:^|[^a-z])cpu", label):
        fact["backend"] = "cpu"
    elif search(r"(?:^|[^a-z])xpu", label):
        fact["backend"] = "xpu"


def conda_build(st, name):
    """The conda record that still owns a framework, else None."""
    names = CONDA_NAMES.get(name, (name,))
    for record in st.records:
        python_name = record["python_name"]
        known = record["name"] in names or matches(python_name or "", FRAMEWORKS[name])
        if known and record["dist_info_exists"] is not False and record["build"]:
            return record
    return None


def from_conda(st, fact):
    """Backend and CUDA version from a conda build string, where the files do not say."""
    record = conda_build(st, fact["name"])
    if record is None:
        return
    build = record["build"]
    match = search(r"cuda(\d+(?:\.\d+)*)", build)
    if match and fact["backend"] != "cpu":
        fact["backend"] = "cuda"
        fact["cuda"] = match.group(1) if "." in match.group(1) else dotted(match.group(1))
        cudnn = search(r"cudnn(\d[\d.]*)", build)
        fact["cudnn"] = cudnn.group(1).rstrip(".") if cudnn else None
    elif fact["backend"] is None and search(r"(?:^|_)(cpu|mkl|eigen)", build):
        fact["backend"] = "cpu"
    elif fact["backend"] is None and search(r"(?:^|_)gpu", build):
        fact["backend"] = "cuda"
    else:
        return
    fact["source"] = f"conda-meta: {record['name']}-{record['version']}-{build}"


def guards_section(st):
    """Requirements that packages check by themselves when they are imported, from their text."""
    found = []
    for name, read_guard in GUARDS.items():
        folder = next((scan.folder for scan in st.scans if scan.mods.get(name)), None)
        if folder is None:
            continue
        guard = st.part(name, read_guard, os.path.join(folder, name))
        if guard:
            file, requires = guard
            found.append(
                {"distribution": name, "requires": requires, "source": name + "/" + file}
            )
    return found


def table_guard(folder):
    """transformers, diffusers: a table of requirements, and the names of those that are checked."""
    table, check = "dependency_versions_table.py", "dependency_versions_check.py"
    deps = literals(text(os.path.join(folder, table)) or "").get("deps")
    source = text(os.path.join(folder, check)) or ""
    match = search(r"(?s)\npkgs_to_check_at_runtime\s*=\s*(\[.*?\]|\".*?\")", source)
    if not isinstance(deps, dict) or not match:
        return None
    names = match.group(1).strip("[]").replace('"', " ").replace("'", " ").replace(",", " ")
    wanted = [deps[name] for name in names.split() if name != "python" and name in deps]
    return table, [one for one in wanted if isinstance(one, str)]


def numba_guard(folder):
    """`if numpy_version > (2, 3)` in numba's _ensure_critical_deps: it needs NumPy 2.3 or less."""
    from re import findall

    source = (text(os.path.join(folder, "__init__.py")) or "").partition("def _ensure_critical_deps")
    body = source[2].partition("\ndef ")[0]
    bounds = findall(r"(numpy|scipy|sp)_version\s*(<|>)\s*\((\d+),\s*(\d+)\)", body)
    requires = [
        ("numpy" if name == "numpy" else "scipy")
        + (f">={major}.{minor}" if sign == "<" else f"<{major}.{int(minor) + 1}")
        for name, sign, major, minor in bounds
    ]
    return ("__init__.py", requires) if requires else None


def scipy_guard(folder):
    """np_minversion and np_maxversion, between which scipy does not warn."""
    source = text(os.path.join(folder, "__init__.py")) or ""
    bounds = [
        search(r"np_" + word + r"version\s*=\s*['\"]([\d.]+)['\"]", source) for word in ("min", "max")
    ]
    if not all(bounds):
        return None
    return "__init__.py", [f"numpy>={bounds[0].group(1)},<{bounds[1].group(1)}"]


GUARDS = {
    "transformers": table_guard, "diffusers": table_guard, "numba": numba_guard,
    "scipy": scipy_guard,
}  # fmt: skip

# ---------------------------------------------------------------------------- CUDA libraries

# family -> (end of the wheel's name after `nvidia-`, conda packages)
FAMILIES = {
    "cudart": ("cuda-runtime", ("cuda-cudart", "cudatoolkit")),
    "cudnn": ("cudnn", ("libcudnn", "cudnn")),
    "cublas": ("cublas", ("libcublas", "cudatoolkit")),
    "nvjitlink": ("nvjitlink", ("libnvjitlink",)),
    "cufft": ("cufft", ("libcufft", "cudatoolkit")),
    "cusparse": ("cusparse", ("libcusparse", "cudatoolkit")),
    "cusolver": ("cusolver", ("libcusolver", "cudatoolkit")),
    "curand": ("curand", ("libcurand", "cudatoolkit")),
    "nccl": ("nccl", ("nccl",)),
    "nvrtc": ("cuda-nvrtc", ("cuda-nvrtc", "cudatoolkit")),
    "cupti": ("cuda-cupti", ("cuda-cupti", "cudatoolkit")),
}


def cuda_lib(path):
    """(family, major, the further numbers) of a CUDA library by its file name, else None. A main
    library only: `libcudnn.so.8`, `libcudart-d0da41ae.so.11.0`, not `libcudnn_ops_infer.so.8`."""
    stem, so, numbers = os.path.basename(path).partition(".so.")
    family, dash, mark = stem[3:].lower().partition("-")
    major, _, rest = numbers.partition(".")
    if not so or family not in FAMILIES or stem[:3] != "lib" or (dash and len(mark) < 6):
        return None
    if not major.isdigit() or len(major) > 3 or not rest.replace(".", "").isdigit() and rest:
        return None  # cuPTI's real file is numbered by year
    return family, int(major), rest


def libraries_section(st):
    """CUDA libraries as the loader looks: LD_LIBRARY_PATH, prefix, wheels, cache, /usr/local."""
    if not LINUX:
        if WINDOWS:
            st.problem("", "not examined on Windows")
        return None if WINDOWS else []
    loaded = {real(path) for path in st.once(mapped) or () if cuda_lib(path)}
    found = []
    seen = set()

    def add(folder, name, origin, owner):
        """One library, once per directory."""
        path = os.path.join(folder, name)
        key = (name, real(folder))
        if key in seen or len(found) >= 300 or not exists(path):
            return
        seen.add(key)
        family, major, _ = cuda_lib(name)
        target = real(path)
        distribution, version = owner(family, major, folder)
        exact = cuda_lib(target)
        if exact and exact[1] == major and (version is None or "." in exact[2]):
            version = ".".join(filter(None, (str(major), exact[2])))
        found.append({
            "family": family, "soname": name, "path": path, "version": version, "major": major,
            "origin": origin, "distribution": distribution, "mapped": target in loaded,
        })  # fmt: skip

    def directory(folder, origin, owner):
        """Every SONAME of a directory: the shortest name per family and major version."""
        st.tick()
        best = {}
        for name in names_in(folder):
            match = cuda_lib(name) if ".so." in name else None
            if match and (match[:2] not in best or len(name) < len(best[match[:2]])):
                best[match[:2]] = name
        for name in sorted(best.values()):
            add(folder, name, origin, owner)

    def nobody(family, major, folder):
        """A library that no package owns, as far as is known."""
        return None, None

    def conda_owner(family, major, folder):
        """(conda package, version) of a library in the prefix."""
        if st.records and real(folder).startswith(real(PREFIX) + os.sep):
            for name in FAMILIES[family][1]:
                for record in st.records:
                    if record["name"] == name:
                        return name, record["version"]
        return None, None

    def wheel_owner(family, major, folder):
        """(distribution, version) of a library in a wheel's folder."""
        top = os.path.relpath(folder, site).split(os.sep)[0]
        if top != "nvidia":
            names = FRAMEWORKS.get(top, (top,))
            owners = owners_of(st, names)
            return (owners[0]["name"], None) if owners else (None, None)
        base = "nvidia-" + FAMILIES[family][0]
        candidates = [d for d in owners_of(st, (base, base + "-cu*")) if d["location"] == site]
        # `nvidia/cu13/lib` is the layout of CUDA 13, whose wheels have no suffix as a rule.
        toolkit = os.path.basename(os.path.dirname(folder))
        new = toolkit[:2] == "cu" and toolkit[2:].isdigit()
        suffix = "-" + toolkit if new else f"-cu{major}"
        exact = [d for d in candidates if d["name"] == base + suffix or (new and d["name"] == base)]
        for group in (exact, candidates):
            if len(group) == 1:
                return group[0]["name"], group[0]["version"]
        return None, None

    for folder in env_dirs("LD_LIBRARY_PATH"):
        directory(folder, "LD_LIBRARY_PATH", conda_owner)
    if is_conda():
        directory(os.path.join(PREFIX, "lib"), "environment", conda_owner)
    for scan in st.scans:
        site = scan.folder
        if scan.mods.get("nvidia"):
            for name in names_in(os.path.join(site, "nvidia")):
                directory(os.path.join(site, "nvidia", name, "lib"), "wheel", wheel_owner)
        for package, inside in (("torch", "lib"), ("cupy", ".data/lib"), ("paddle", "libs")):
            if scan.mods.get(package):
                directory(os.path.join(site, package, inside), "wheel", wheel_owner)
    for name, paths in sorted((st.once(ld_cache) or {}).items()):
        if cuda_lib(name):
            for path in paths:
                if exists(path):
                    add(os.path.dirname(path), name, "ld-cache", nobody)
    for folder in toolkit_dirs():
        for inside in ("lib64", "lib"):
            directory(os.path.join(folder, inside), "usr-local-cuda", nobody)
        targets = os.path.join(folder, "targets")
        for target in names_in(targets):
            directory(os.path.join(targets, target, "lib"), "usr-local-cuda", nobody)
    known = {real(library["path"]) for library in found}
    for path in sorted(loaded - known):
        if cuda_lib(path):
            add(os.path.dirname(path), os.path.basename(path), "mapped", nobody)
    return found


def toolkit_dirs():
    """/usr/local/cuda*, folders only."""
    names = names_in("/usr/local") if LINUX else []
    return [p for p in ("/usr/local/" + n for n in names if n.startswith("cuda")) if is_dir(p)]


def toolkits_section(st):
    """CUDA toolkits: CUDA_HOME, CUDA_PATH, nvcc on PATH, /usr/local/cuda*."""
    wanted = [(name, environ(name)) for name in ("CUDA_HOME", "CUDA_PATH") if environ(name)]
    nvcc = which("nvcc")
    if nvcc:
        wanted.append(("PATH", os.path.dirname(os.path.dirname(nvcc_program(nvcc)))))
    wanted += [(None, path) for path in toolkit_dirs()]
    found = []
    for variable, path in wanted[:50]:
        st.tick()
        own = os.path.join(path, "bin", "nvcc.exe" if WINDOWS else "nvcc")
        found.append({
            "variable": variable,
            "path": path,
            "exists": is_dir(path),
            "version": st.part(path, toolkit_version, st, path),
            "nvcc": own if exists(own) else nvcc if variable == "PATH" else None,
        })  # fmt: skip
    return found


def nvcc_program(nvcc):
    """The nvcc behind a link or a wrapper script that runs another one."""
    start = read(nvcc, 4096)
    if start.startswith(b"#!"):
        for word in os.fsdecode(start).split():
            if word.strip("\"'").endswith("/bin/nvcc") and exists(word.strip("\"'")):
                return real(word.strip("\"'"))
    return real(nvcc)


def toolkit_version(st, path):
    """Version of a toolkit: version.json, version.txt, header, conda's nvcc, its folder's name."""
    source = text(os.path.join(path, "version.json"))
    match = search(r'"cuda"\s*:\s*\{[^}]*"version"\s*:\s*"([\d.]+)"', source) if source else None
    if match is None:
        source = text(os.path.join(path, "version.txt"), 4096)
        match = search(r"CUDA Version ([\d.]+)", source) if source else None
    if match:
        return match.group(1)
    for include in ("include", f"targets/{machine()}-linux/include"):
        for header in ("cuda_runtime_version.h", "cuda_runtime_api.h", "cuda.h"):
            source = text(os.path.join(path, include, header)) or ""
            for word in ("#define CUDART_VERSION ", "#define CUDA_VERSION "):
                number = source.partition(word)[2][:16].split()[:1]
                if number and number[0].isdigit():
                    return cuda_number(int(number[0]))
    if same(path, PREFIX):
        for record in st.records:
            if record["name"] in ("cuda-nvcc", "cudatoolkit-dev"):
                return record["version"]
    match = search(r"(?i)(?:cuda[-_]?v?|[\\/]v)(\d+\.\d+(?:\.\d+)?)$", real(path))
    return match.group(1) if match else None


# ---------------------------------------------------------------------------- variables, commands

ENV_NAMES = {
    "LD_LIBRARY_PATH", "LD_PRELOAD", "PYTHONPATH", "PYTHONHOME", "PYTHONNOUSERSITE",
    "PYTHONUSERBASE", "CONDA_PREFIX", "CONDA_DEFAULT_ENV", "CONDA_EXE", "VIRTUAL_ENV",
    "OMP_NUM_THREADS", "USE_TF", "USE_TORCH", "PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION",
}  # fmt: skip
ENV_PREFIXES = (
    "DYLD_", "CUDA_", "NVIDIA_", "CUDNN_", "NCCL_", "XLA_", "TF_", "JAX_", "TORCH_", "PYTORCH_",
    "KERAS_", "PIP_", "UV_", "HIP_", "ROCR_", "ROCM_", "HSA_", "KMP_", "MKL_", "CUPY_", "TRITON_",
)  # fmt: skip
# Terraform uses the same prefix as TensorFlow, and keeps passwords in such variables.
ENV_OTHERS = (
    "TF_VAR_", "TF_CLI_", "TF_LOG", "TF_DATA_DIR", "TF_WORKSPACE", "TF_TOKEN_", "TF_INPUT",
    "TF_IN_AUTOMATION", "TF_PLUGIN_", "TF_REGISTRY_", "TF_STATE_",
)  # fmt: skip
SECRET_WORDS = ("TOKEN", "SECRET", "PASSW", "KEY", "CREDENTIAL", "USERNAME", "AUTH")


def environ_section(st):
    """Environment variables that matter, those that are set, without credentials."""
    found = {}
    for name in sorted(os.environ):
        if name.startswith(ENV_OTHERS):
            continue
        if name in ENV_NAMES or name.startswith(ENV_PREFIXES):
            secret = any(word in name.upper() for word in SECRET_WORDS)
            found[name] = "****" if secret else mask(os.environ[name])
    path = loader_path()
    found.pop("LD_LIBRARY_PATH", None)
    if path:
        found["LD_LIBRARY_PATH"] = mask(path)
    return found


def mask(value):
    """A value of at most 4096 characters without the credentials of URLs."""
    value = value[:8192]
    if "//" in value:
        import re

        value = re.sub(r"//(?:[^/\s]*|[^/\s:@]+:[^\s@]*)@", "//****@", value)
        secret = r"(?i)([?&][^=&\s]*(?:token|key|secret|passw|sig)[^=&\s]*=)[^&\s]+"
        value = re.sub(secret, r"\1****", value)
        value = re.sub(r"/t/[^/\s]{8,}/", "/t/****/", value)  # the token of a conda channel
    return value[:4096]


def pip_config_section(st):
    """Options of pip, in the order in which it reads them: [global], [install], variables."""
    rows = {"global": [], "install": [], "": []}
    for path in pip_files() if environ("PIP_CONFIG_FILE") != os.devnull else ():
        source = text(path)
        for section, name, value in (source and st.part(path, pip_options, source)) or ():
            if section in rows:
                rows[section].append((name, value, path))
    for name in sorted(os.environ):
        if name.startswith("PIP_") and name != "PIP_CONFIG_FILE":
            rows[""].append((name[4:], os.environ[name], name))
    found = []
    for name, value, source in rows["global"] + rows["install"] + rows[""]:
        if value.strip() and len(found) < 200:  # pip ignores an empty value
            secret = any(word in name.upper() for word in SECRET_WORDS)
            value = "****" if secret else mask(value.strip())
            if "//" not in value and "@" in value:
                value = "****@" + value.rpartition("@")[2]  # a proxy without a scheme
            name = name.lower().replace("_", "-").lstrip("-")
            found.append({"name": name, "value": value, "source": source})
    return found


def pip_files():
    """Configuration files of pip, in the order in which it reads them."""
    home = os.path.expanduser("~")
    name = "pip.ini" if WINDOWS else "pip.conf"
    own = environ("PIP_CONFIG_FILE")
    if WINDOWS:
        files = [os.path.join(environ("PROGRAMDATA"), "pip", name)] if environ("PROGRAMDATA") else []
        user = [os.path.join(home, "pip", name)]
        if environ("APPDATA"):
            user.append(os.path.join(environ("APPDATA"), "pip", name))
    elif sys.platform == "darwin":
        files = ["/Library/Application Support/pip/" + name]
        folder = home + "/Library/Application Support/pip"
        folder = folder if is_dir(folder) else home + "/.config/pip"
        user = [home + "/.pip/" + name, folder + "/" + name]
    else:
        folders = [f for f in (environ("XDG_CONFIG_DIRS") or "/etc/xdg").split(":") if f]
        files = [folder + "/pip/" + name for folder in folders] + ["/etc/" + name]
        config = environ("XDG_CONFIG_HOME") or home + "/.config"
        user = [home + "/.pip/" + name, config + "/pip/" + name]
    if not (own and exists(own)):
        files += user
    files.append(os.path.join(PREFIX, name))
    return files + ([own] if own else [])


def pip_options(source):
    """(section, option, value) of a configuration file's text."""
    from configparser import RawConfigParser

    parser = RawConfigParser()
    parser.read_string(source)
    return [(section, *item) for section in parser.sections() for item in parser.items(section)]


def which(name):
    """The file that a shell would run for a command, from PATH; None without one."""
    for folder in env_dirs("PATH"):
        for suffix in (".exe", ".bat", ".cmd") if WINDOWS else ("",):
            path = os.path.join(folder, name + suffix)
            try:
                if os.path.isfile(path) and os.access(path, os.X_OK):
                    return path
            except ValueError:
                continue
    return None


TOOLS = (
    "pip", "pip3", "python", "python3", "conda", "mamba", "micromamba", "uv", "nvcc", "nvidia-smi",
)  # fmt: skip


def tools_section(st):
    """Commands on PATH and the prefix of the environment that each belongs to."""
    found = []
    for name in TOOLS:
        path = which(name)
        prefix = st.part(path, tool_prefix, name, path) if path else None
        found.append({"name": name, "path": path, "prefix": prefix})
    return found


def tool_prefix(name, path):
    """Prefix of a command: of pip's interpreter, of python's or conda's own folder; else None."""
    start = read(path, 512)
    if name in ("pip", "pip3"):
        interpreter = script_interpreter(start)
        return prefix_of(interpreter) if interpreter else prefix_of(path) if WINDOWS else None
    if name in ("python", "python3") and start.startswith(b"#!"):
        return None  # a launcher of pyenv or the like, which chooses later
    if name in ("uv", "nvidia-smi"):
        return None
    return prefix_of(path)


def script_interpreter(start):
    """The Python that a console script runs, from its first lines; None for another program."""
    line = os.fsdecode(start).split("\n")
    if not line[0].startswith("#!"):
        return None
    command = line[0][2:].strip()
    if command in ("/bin/sh", "/usr/bin/env sh"):  # a path too long or with blanks
        match = search(r"""^'''exec' "?([^"\n]+?)"? "\$0\"""", line[1] if len(line) > 1 else "")
        return match.group(1) if match else None
    words = command.split()
    if words and os.path.basename(words[0]) == "env":
        name = words[-1] if words[-1] != words[0] else ""
        return which(name) if name.startswith("python") else None
    # A path may hold blanks only where the kernel would not have split it, so take all of it first.
    for candidate in (command, words[0] if words else ""):
        if os.path.basename(candidate).startswith(("python", "pypy")):
            return candidate
    return None


def prefix_of(program):
    """Prefix by the place of a program. Links stay: a virtual environment's python is one."""
    folder = os.path.dirname(os.path.normpath(program))
    if os.path.basename(folder).lower() in ("bin", "scripts", "condabin"):
        return os.path.dirname(folder)
    return folder if WINDOWS else None


# ---------------------------------------------------------------------------- this process


def modules_section(st):
    """Imported top-level modules that are not of the standard library."""
    lib = stdlib_dir() + os.sep
    standard = getattr(sys, "stdlib_module_names", None)
    found = []
    for name, module in list(sys.modules.items()):
        if type(name) is not str or "." in name or name in ("__main__", "__mp_main__"):
            continue
        if standard is not None and name in standard:
            continue
        space = module_dict(module)
        file = text_or_none(space.get("__file__"))
        if standard is None:
            inside = file is not None and file.startswith(lib)
            inside = inside and not file.startswith(lib + "site-packages")
            if inside or name in sys.builtin_module_names:
                continue
        if file is None and "__path__" not in space:
            continue  # made in memory
        if len(found) < 1000:
            version = text_or_none(space.get("__version__"))
            row = {"name": name, "version": version, "file": file}
            disk = version and file and file.endswith(".py") and disk_version(st, name, version, file)
            if disk:
                row["disk"] = disk
            found.append(row)
    return found


VERSION_NAMES = ("__init__.py", "_version.py", "version.py", "__about__.py", "__version__.py")


def disk_version(st, name, version, file):
    """`__version__` as the files of an imported module have it now. Only looked for when the
    distribution of that name has another version than the module: else None."""
    dists = st.by_name.get(normalise(name), ())
    if not dists or any(dist["version"] == version for dist in dists):
        return None
    folder, base = os.path.split(file)
    for path in [os.path.join(folder, n) for n in VERSION_NAMES] if base == "__init__.py" else [file]:
        source = text(path, 1 << 16) or ""
        if "__version__" in source:
            found = search(r"""(?m)^__version__\b[^=\n]*=\s*(?:\w+\s*=\s*)?["']([^"'\n]+)["']""", source)
            if found:
                return found.group(1)
    return None


def observed_section(st):
    """Frameworks that already work on a GPU in this process."""
    cuda = module_dict(sys.modules.get("torch.cuda"))
    if cuda.get("_initialized") is True:
        return [{"framework": "torch", "gpu_works": True, "source": "this kernel"}]
    return []


def in_kernel():
    """Whether this process is a Jupyter kernel: its application object exists."""
    app = module_dict(sys.modules.get("ipykernel.kernelapp")).get("IPKernelApp")
    return isinstance(app, type) and app.__dict__.get("_instance") is not None


# ---------------------------------------------------------------------------- the document

# name, function, the section without which it would say something wrong
SECTIONS = (
    ("python", python_section, None),
    ("environment", environment_section, None),
    ("conda", conda_section, None),
    ("scan", scan_section, None),
    ("packages", packages_section, "scan"),
    ("leftovers", leftovers_section, "scan"),
    ("shadows", shadows_section, "scan"),
    ("platform", platform_section, None),
    ("toolkits", toolkits_section, None),
    ("environ", environ_section, None),
    ("tools", tools_section, None),
    ("pip_config", pip_config_section, None),
    ("modules", modules_section, None),
    ("observed", observed_section, None),
    ("gpu", gpu_section, None),
    ("frameworks", frameworks_section, "packages"),
    ("guards", guards_section, "scan"),
    ("cuda_libraries", libraries_section, "scan"),
)
COSTLY = ("shared_files", "needs_glibcxx", "numpy_api", "openmp")


def collect(more=None):
    """The facts document as a dict; never raises an Exception. more(st, document) adds to it."""
    begin = perf_counter()
    document = {
        "schema": "jupyterlab-gpu-doctor/facts",
        "schema_version": 1,
        "probe": {
            "version": VERSION,
            "started": strftime("%Y-%m-%dT%H:%M:%SZ", gmtime()),
            "duration_ms": None,
            "sections": {},
            "pid": os.getpid(),
            "in_kernel": None,
        },
        "problems": [],
    }
    for name, _, _ in SECTIONS:
        if name != "scan":
            document[name] = None
    document.update(dict.fromkeys(COSTLY))
    try:
        st = State()
        document["problems"] = st.problems
        document["probe"]["sections"] = st.times
        document["probe"]["in_kernel"] = in_kernel()
        try:
            st.section = "gpu"
            st.nvml = start_nvml(st)
        except Exception as error:
            st.problem("NVML", error)
        for name, function, needs in SECTIONS:
            run_section(st, document, name, function, needs)
        if more is not None:
            st.section = "costly"
            st.part("costly.py", more, st, document)
        for name, value in list(document.items()):
            # The largest part: it needs no cleaning when the names on disk are ASCII.
            if name != "packages" or not st.ascii:
                document[name] = clean(value)
    except Exception as error:
        document["problems"].append({"section": "", "what": "", "reason": why(error)})
    document["probe"]["duration_ms"] = round((perf_counter() - begin) * 1000, 3)
    return document


def read_costly(st, document):
    """Add the costly facts, read by costly.py in the folder of this script."""
    path = os.path.join(os.path.dirname(real(__file__)), "costly.py")
    space = {"__name__": "gpu_doctor_costly"}
    exec(compile(read(path), path, "exec"), space)  # noqa: S102
    begin = perf_counter()
    folders = [scan.folder for scan in st.scans]
    # Nobody's kernel waits for it.
    answer = space["read_costly"]({"wanted": [*COSTLY, "archs"], "path": folders, "seconds": 30})
    document.update(answer["facts"])
    for fact in document["frameworks"] or ():
        if fact["name"] in answer["archs"] and fact["backend"] == "cuda":
            fact["archs"] = answer["archs"][fact["name"]]
    for problem in answer["problems"]:
        st.problem(problem["what"], problem["reason"], problem["section"])
    st.times["costly"] = round((perf_counter() - begin) * 1000, 3)


def run_section(st, document, name, function, needs):
    """One section inside its budget: null and a problem when it fails."""
    begin = perf_counter()
    st.section = "packages" if name == "scan" else name
    st.deadline = begin + BUDGET
    try:
        if needs in st.failed:
            raise RuntimeError("needs the part `" + needs + "`, which failed")
        value = function(st)
        if name != "scan":
            document[name] = value
    except Exception as error:
        st.failed.add(name)
        st.problem("", error)
    st.times[name] = round((perf_counter() - begin) * 1000, 3)


def clean(value):
    """The same value with what is not UTF-8 replaced: names on disk and variables can hold any
    byte, which Python keeps as surrogates and some JSON encoders refuse."""
    if isinstance(value, str):
        if value.isascii():
            return value
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {clean(key): clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [clean(item) for item in value]
    return value


def encode(document):
    """The document as JSON text in ASCII. The accelerator of the json module is called directly:
    the module itself imports re, together 10 ms of a run that takes 60."""
    try:
        from _json import encode_basestring_ascii, make_encoder

        encoder = make_encoder(
            None, None, encode_basestring_ascii, None, ": ", ", ", False, False, False
        )
        return "".join(encoder(document, 0))
    except Exception:
        import json

        return json.dumps(document)


# Jupyter servers drop what a kernel sends above 3 MB within 3 s.
LARGE = 1_000_000


def publish(nonce):
    """Send the facts to the front end as display data (compressed when they are large); as one
    printed line without IPython."""
    document = collect()
    try:
        from IPython.display import publish_display_data
    except Exception:
        print(SENTINEL + encode({"nonce": nonce, "facts": document}), flush=True)
        return
    payload = {"nonce": nonce, "facts": document}
    if len(document["packages"] or ()) > 1000:
        data = encode(document).encode("ascii")
        if len(data) > LARGE:
            from base64 import b64encode
            from zlib import compress

            packed = b64encode(compress(data)).decode("ascii")
            payload = {"nonce": nonce, "encoding": "deflate+base64", "data": packed}
    publish_display_data({MIME: payload})


def main():
    """Print the document on stdout, whatever else would print there meanwhile."""
    out = None
    try:
        # What libraries print goes to stderr: stdout holds the document alone.
        out = os.dup(1)
        os.dup2(2, 1)
    except OSError:
        pass
    sys.stdout = sys.stderr
    document = collect(read_costly)
    data = encode(document).encode("ascii") + b"\n"
    try:
        while data and out is not None:
            try:
                data = data[os.write(out, data) :]
            except BlockingIOError:
                sleep(0.01)
    except OSError:
        pass  # nobody reads
    gpu = document["gpu"]
    if gpu is not None and gpu["nvml"]["state"] == "timeout":
        os._exit(0)  # the thread that hangs in the driver must not hold up the exit


if __name__ == "__main__":
    main()
