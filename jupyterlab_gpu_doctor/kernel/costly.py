"""Facts that take long to read, for GPU Doctor for JupyterLab; read when a rule asks for them.

Sent behind background.py, or run by probe.py when that is a script. Standard library only, CPython 3.8
to 3.14; imports no framework, writes nothing. What an answer needs of large files goes into a
cache that the asker keeps, so that an unchanged file is read once.
"""

# One fact that cannot be read does not stop the others, whatever goes wrong in it.
# ruff: noqa: BLE001

import os
import sys
from time import perf_counter

SECONDS = 3.0  # for all facts together: what is not done by then is null
BLOCK = 1 << 20
OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
LINUX = sys.platform.startswith("linux")


def read_costly(request, report=None, stop=None):
    """{wanted: names, cache, path, seconds} -> {facts: {name: value}, archs: {framework: [...]},
    cache, problems}. `path` are folders in the order of sys.path; `cache` that of a former answer;
    `stop` an Event that ends the work."""
    run = Run(request, stop)
    facts = {}
    archs = {}
    # What takes least comes first.
    for name in ("openmp", "shared_files", "needs_glibcxx", "archs", "numpy_api"):
        if name not in request["wanted"]:
            continue
        try:
            value = globals()[name](run)
        except Exception as error:
            value = None
            words = str(error) if isinstance(error, TimeoutError) else describe(error)
            run.problems.append({"section": name, "what": "", "reason": words})
        if name == "archs":
            archs = {"torch": value}
        else:
            facts[name] = value
    return {"facts": facts, "archs": archs, "cache": run.cache, "problems": run.problems}


def describe(error):
    """An exception in words."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return f"{type(error).__name__}: {error}"[:300]


class Run:
    """What the facts of one request share."""

    def __init__(self, request, stop):
        seconds = request.get("seconds") or SECONDS
        self.seconds = seconds
        self.deadline = perf_counter() + seconds
        self.stop = stop
        self.problems = []
        self.old = request.get("cache") or {}
        self.cache = {}
        path = request.get("path")
        self.path = [e for e in sys.path if isinstance(e, str)] if path is None else path
        self._dists = None

    def tick(self):
        """Called in every loop over something without a bound."""
        if perf_counter() > self.deadline:
            raise TimeoutError(f"took longer than {self.seconds:g} s")
        if self.stop is not None and self.stop.is_set():
            raise TimeoutError("stopped")

    def remembered(self, kind, path, function):
        """function(path), or what it gave for this very file in a former request."""
        info = os.stat(path)
        key = f"{kind}|{shown(path)}|{info.st_size}|{info.st_mtime_ns}"
        self.cache[key] = self.old[key] if key in self.old else function(path)
        return self.cache[key]

    def dists(self):
        """The installed distributions that have a RECORD."""
        if self._dists is None:
            found = []
            seen = set()
            for entry in self.path:
                folder = os.path.realpath(entry or ".")
                if folder not in seen:
                    seen.add(folder)
                    found += self.dists_in(entry or ".")
            self._dists = found  # only when it is whole
        return self._dists

    def dists_in(self, folder):
        """Those of one folder of sys.path."""
        try:
            names = sorted(os.listdir(folder))
        except (OSError, ValueError):
            return []
        found = []
        for name in names:
            if name.endswith(".dist-info"):
                self.tick()
                try:
                    rows = record(os.path.join(folder, name, "RECORD"))
                except FileNotFoundError:
                    continue
                except OSError as error:
                    what = shown(os.path.join(folder, name))
                    problem = {"section": "costly", "what": what, "reason": describe(error)}
                    self.problems.append(problem)
                    continue
                found.append(Dist(folder, name, rows))
        return found


class Dist:
    """A distribution and the files of its RECORD."""

    def __init__(self, folder, meta, rows):
        self.name = normalise(meta[: -len(".dist-info")].partition("-")[0])
        self.folder = folder
        self.meta = meta
        self.rows = rows  # (path relative to the folder, hash)
        self.libraries = [path for path, _ in rows if is_library(path)]

    def path(self, relative):
        """Path of one of its files."""
        return os.path.join(self.folder, *relative.split("/"))


def normalise(name):
    """A distribution name as PEP 503 writes it."""
    name = name.lower().replace("_", "-").replace(".", "-")
    while "--" in name:
        name = name.replace("--", "-")
    return name


def shown(path):
    """A path as text: names on disk that are not UTF-8 come as surrogates, which JSON cannot hold."""
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "replace")


def read(path, limit):
    """At most `limit` bytes of a file; never blocks on a pipe or a device."""
    fd = os.open(path, OPEN_FLAGS)
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


def record(path):
    """[(file, hash)] of a RECORD."""
    rows = []
    for line in read(path, 1 << 26).decode("utf-8", "surrogateescape").splitlines():
        if line[:1] == '"':  # a name with a comma
            name, _, rest = line[1:].partition('",')
        else:
            name, _, rest = line.partition(",")
        if name:
            rows.append((name, rest.partition(",")[0]))
    return rows


def is_library(path):
    """Whether a file is a shared library or a compiled module, by its name."""
    if path.endswith((".so", ".pyd", ".dll", ".dylib")):
        return True
    _, so, number = path.rpartition("/")[2].partition(".so.")
    return bool(so) and not number.strip(".0123456789")


def first_of_each(run):
    """Distributions without those that an earlier entry of sys.path hides."""
    found = {}
    for dist in run.dists():
        found.setdefault(dist.name, dist)
    return found.values()


# ---------------------------------------------------------------------------- shared files


def shared_files(run):
    """Files that the RECORDs of several distributions of one folder list. A group is left out when
    its files are the same in each: the empty __init__ of a namespace."""
    owners = {}  # (folder, file) -> [(name, hash)]
    several = set()
    for dist in run.dists():
        run.tick()
        own = dist.meta + "/"
        for path, digest in dist.rows:
            # `..` leads to scripts and data, `__pycache__` to what Python wrote by itself.
            if path.startswith(("..", "/", own)) or path.endswith(".pyc"):
                continue
            key = (dist.folder, path)
            if key in owners:
                several.add(key)
                owners[key].append((dist.name, digest))
            else:
                owners[key] = [(dist.name, digest)]
    groups = {}
    for key in several:
        names = tuple(sorted({name for name, _ in owners[key]}))
        if len(names) > 1:
            same = len({digest for _, digest in owners[key]}) == 1 and owners[key][0][1] != ""
            groups.setdefault(names, []).append((same, key[1]))
    found = []
    for names, files in sorted(groups.items()):
        if not all(same for same, _ in files):
            # Those that differ say most, and of them compiled ones.
            files.sort(key=lambda one: (one[0], not is_library(one[1]), one[1]))
            found.append({
                "distributions": list(names),
                "count": len(files),
                "files": [shown(path) for _, path in files[:5]],
            })  # fmt: skip
    return found


# ---------------------------------------------------------------------------- libstdc++


def needs_glibcxx(run):
    """The newest GLIBCXX_3.4.N that the shared libraries of each distribution ask for."""
    found = []
    for dist in first_of_each(run) if LINUX else ():
        if any(path.endswith("/libstdc++.so.6") for path in dist.libraries):
            continue  # brings its own
        newest = None
        for relative in dist.libraries:
            run.tick()
            path = dist.path(relative)
            try:
                level = glibcxx(path)
            except (OSError, ValueError, IndexError):
                continue  # gone, or not what its name says
            if level is not None and (newest is None or level > newest[0]):
                newest = (level, path)
        if newest:
            file = shown(newest[1])
            version = f"3.4.{newest[0]}"
            found.append({"distribution": dist.name, "file": file, "version": version})
    return found


class Elf:
    """The dynamic section of an ELF file."""

    def __init__(self, fd):
        import struct

        self.struct = struct
        self.fd = fd
        head = self.bytes(0, 64)
        if head[:4] != b"\x7fELF":
            raise ValueError("no ELF file")
        wide = head[4] == 2
        self.order = "<" if head[5] == 1 else ">"
        start = self.one("Q" if wide else "I", head, 32 if wide else 28)
        size, count = self.unpack("HH", head, 54 if wide else 42)
        table = self.bytes(start, size * min(count, 200))
        self.loads = []
        dynamic = b""
        for at in range(0, len(table) - size + 1, size or 1):
            if wide:
                kind, _, offset, address, _, length = self.unpack("IIQQQQ", table, at)
            else:
                kind, offset, address, _, length = self.unpack("IIIII", table, at)
            if kind == 1:
                self.loads.append((address, offset, length))
            elif kind == 2:
                dynamic = self.bytes(offset, min(length, 1 << 16))
        self.tags = {}
        step = 16 if wide else 8
        for at in range(0, len(dynamic) - step + 1, step):
            tag, value = self.unpack("QQ" if wide else "II", dynamic, at)
            self.tags.setdefault(tag & 0xFFFFFFFF, value)

    def bytes(self, offset, size):
        """Part of the file."""
        return os.pread(self.fd, size, offset) if 0 <= offset < 1 << 62 else b""

    def unpack(self, form, data, at=0):
        """Numbers in the byte order of the file; ValueError when they are not there."""
        try:
            return self.struct.unpack_from(self.order + form, data, at)
        except self.struct.error as error:
            raise ValueError(str(error)) from None

    def one(self, form, data, at):
        """A single number."""
        return self.unpack(form, data, at)[0]

    def place(self, address):
        """Offset in the file of an address in memory."""
        for start, offset, length in self.loads:
            if start <= address < start + length:
                return address - start + offset
        raise ValueError("no such address")

    def needed_versions(self):
        """[(library, version)] of .gnu.version_r."""
        if 0x6FFFFFFE not in self.tags or 5 not in self.tags:
            return []
        strings = self.place(self.tags[5])
        data = self.bytes(self.place(self.tags[0x6FFFFFFE]), 1 << 16)

        def string(offset):
            """A string of the string table."""
            return self.bytes(strings + offset, 64).split(b"\0")[0]

        found = []
        at = 0
        for _ in range(1000):
            _, count, file, more, following = self.unpack("HHIII", data, at)
            library = string(file)
            entry = at + more
            for _ in range(min(count, 1000)):
                _, _, _, name, step = self.unpack("IHHII", data, entry)
                found.append((library, string(name)))
                entry += step
            at += following
            if not following:
                break
        return found


def glibcxx(path):
    """N of the newest GLIBCXX_3.4.N that a library asks libstdc++ for, None when of none."""
    fd = os.open(path, OPEN_FLAGS)
    try:
        needed = Elf(fd).needed_versions()
    finally:
        os.close(fd)
    mark = b"GLIBCXX_3.4."
    levels = [
        int(version[len(mark) :])
        for library, version in needed
        if library.startswith(b"libstdc++.so") and version.startswith(mark)
        and version[len(mark) :].isdigit()
    ]  # fmt: skip
    return max(levels, default=None)


# ---------------------------------------------------------------------------- NumPy's C API


def numpy_api(run):
    """The NumPy that compiled modules were built for. Modules of one distribution are built
    together, so that the first one that tells is enough; small ones are asked first."""
    found = []
    for dist in first_of_each(run):
        if dist.name == "numpy":
            continue
        modules = [path for path in dist.libraries if is_module(path)]
        if not modules or (dist.name != "torch" and not asks_for_numpy(dist)):
            continue
        sized = []
        for relative in modules:
            path = dist.path(relative)
            try:
                sized.append((os.stat(path).st_size, path))
            except OSError:
                continue
        for _, path in sorted(sized):
            run.tick()
            try:
                major = run.remembered("numpy", path, lambda path: numpy_of(run, path))
            except TimeoutError:
                raise
            except OSError:
                continue
            if major:
                file = shown(path)
                found.append({"distribution": dist.name, "file": file, "major": major})
                break
    return found


def is_module(path):
    """Whether a library may be a Python module; torch keeps its code in one that is not."""
    name = path.rpartition("/")[2]
    if not name.endswith((".so", ".pyd")):
        return False
    return not name.startswith("lib") or name == "libtorch_python.so"


def asks_for_numpy(dist):
    """Whether the metadata of a distribution name NumPy among its requirements."""
    try:
        data = read(os.path.join(dist.folder, dist.meta, "METADATA"), 1 << 18)
    except OSError:
        return False
    head = data.replace(b"\r\n", b"\n").partition(b"\n\n")[0].lower()
    return b"\nrequires-dist: numpy" in head


def numpy_of(run, path):
    """1 or 2: the NumPy whose C API a module imports; 0 when of none. Headers of NumPy 2 try
    `numpy._core` first and the old name after it, those of NumPy 1 know the old name only."""
    mark = b"._multiarray_umath\0"
    found = 0
    for block in blocks(run, path, 64):
        at = block.find(mark)
        while at >= 0:
            if block[:at].endswith(b"numpy._core"):
                return 2
            if block[:at].endswith(b"numpy.core"):
                found = 1
            at = block.find(mark, at + 1)
    return found


def blocks(run, path, overlap):
    """Parts of a file that overlap, so that nothing is cut; mmap would kill the process when the
    file shrinks meanwhile."""
    fd = os.open(path, OPEN_FLAGS)
    try:
        rest = b""
        while True:
            run.tick()
            data = os.read(fd, BLOCK)
            if not data:
                return
            data = rest + data
            yield data
            rest = data[-overlap:]
    finally:
        os.close(fd)


# ---------------------------------------------------------------------------- architectures


def archs(run):
    """The flags string of libtorch_python.so, `sm_75 sm_80 …`: the architectures of torch; None
    when there is none."""
    for folder in run.path:
        if os.path.exists(os.path.join(folder, "torch", "__init__.py")):
            path = os.path.join(folder, "torch", "lib", "libtorch_python.so")
            if not os.path.exists(path):
                return None  # not every build has it
            return run.remembered("archs", path, lambda path: torch_archs(run, path))
    return None


def torch_archs(run, path):
    """The first run of words that are all architectures."""
    import re

    flags = re.compile(rb"(?:(?:sm|compute)_\d+[af]?(?: +|(?=\0))){2,}\0")
    for block in blocks(run, path, 4096):
        match = flags.search(block) if b"sm_" in block else None
        if match:
            return match.group().rstrip(b"\0").decode().split()
    return None


# ---------------------------------------------------------------------------- OpenMP


def openmp(run):
    """OpenMP runtimes: of distributions, of the prefix, and those that are loaded."""
    import re

    shape = re.compile(
        r"lib(gomp|iomp5|omp)(?:md|140[.\w]*?)?(?:-[0-9a-f]{6,})?\.(?:so|dylib|dll)(?:\.[\d.]+)?"
    )
    mapped = mapped_files()
    found = {}

    def add(path, distribution):
        """A runtime, once for each real file."""
        target = os.path.realpath(path)
        match = shape.fullmatch(os.path.basename(target).lower())
        if match and target not in found and os.path.exists(target):
            loaded = None if mapped is None else target in mapped
            # conda's libgomp.so.1 may be a link to libomp.so: what counts is the file.
            found[target] = {
                "name": "lib" + match.group(1), "path": shown(path),
                "distribution": distribution, "mapped": loaded,
            }  # fmt: skip

    for dist in run.dists():
        for relative in dist.libraries:
            if "omp" in relative and shape.fullmatch(relative.rpartition("/")[2].lower()):
                add(dist.path(relative), dist.name)
    for folder in ("lib", os.path.join("Library", "bin")):
        run.tick()
        place = os.path.join(sys.prefix, folder)
        for name in sorted(os.listdir(place)) if os.path.isdir(place) else ():
            if "omp" in name and shape.fullmatch(name.lower()):
                add(os.path.join(place, name), conda_owner(os.path.join(place, name)))
    for path in sorted(mapped or ()):
        if "omp" in path:
            add(path, None)
    return list(found.values())


def conda_owner(path):
    """The conda package of an OpenMP runtime in the prefix, None when it is of none."""
    name = os.path.basename(os.path.realpath(path))
    wanted = ["libgomp"] if "gomp" in name else ["llvm-openmp", "intel-openmp"]
    if "iomp" in name:
        wanted.reverse()
    try:
        records = os.listdir(os.path.join(sys.prefix, "conda-meta"))
    except OSError:
        return None
    owned = {record.rsplit("-", 2)[0] for record in records}
    return next((package for package in wanted if package in owned), None)


def mapped_files():
    """Real paths of libraries in this process; None where that cannot be told."""
    if not LINUX:
        return None
    found = set()
    for line in read("/proc/self/maps", 1 << 24).split(b"\n"):
        at = line.find(b"/")
        if at > 0 and b".so" in line:
            found.add(os.path.realpath(os.fsdecode(line[at:])))
    return found
