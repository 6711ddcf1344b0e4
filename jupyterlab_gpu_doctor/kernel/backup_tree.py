"""What an installation can write in an environment: its list, and links that keep it. Part of backup.py.

A backup is a folder `<prefix>/.gpu-doctor/undo/<id>`: a list of every file with inode, size and time;
a second name (a hard link) for each file, which costs nothing until an installer deletes the first; and
copies of small files that some tool might change in place. Byte code is left out: it follows from its
source, and every import changes it. Standard library only, CPython 3.8 to 3.14.
"""

import csv
import errno
import json
import os
import re
import shutil
import socket
import stat
import sys
import sysconfig
import time
from collections import namedtuple

OWN = ".gpu-doctor"
CACHE = "__pycache__"
# Of the base environment of conda: what belongs to other environments.
NOT_OURS = (OWN, "pkgs", "envs", "conda-bld", "locks")
LIBRARY = re.compile(r"\.(so|dll|dylib|a|lib)(\.[\d.]+)?$")
SMALL = 4096  # bytes; a file of metadata up to this is copied
MAX_COPIED = 8 << 20  # bytes of a file that conda appends to
MAX_UNLINKABLE = 64 << 20  # bytes that are copied where no link is possible
# Linking a file of an image layer copies it: so many bytes are worth it.
MAX_LAYER = 64 << 20
ABANDONED = 86400.0  # seconds after which an unfinished folder of another machine counts as left behind

# Of a file: kind "file", keep "link" (place: number), "pack" (place: offset) or None. Of a symbolic link: kind
# "link", keep "text", place its target.
Entry = namedtuple("Entry", "kind mode size time inode keep place")


class Failed(Exception):
    """Why there is no backup or no undo; becomes `error` of the answer."""

    def __init__(self, kind, text, files=()):
        super().__init__(text)
        self.kind = kind
        self.text = text
        self.files = sorted(files)


class Work:
    """What one request shares: how far it is, and whether somebody stopped it."""

    EVERY = 128  # files between two looks

    def __init__(self, report, stop):
        self.report = report
        self.stop = stop
        self.begin = time.perf_counter()
        self.count = 0

    def seconds(self):
        """Since the request came."""
        return round(time.perf_counter() - self.begin, 3)

    def phase(self, name):
        """Tell what is done now."""
        if self.report:
            self.report({"phase": name, "seconds": self.seconds()})
        self.look()

    def tick(self):
        """Once per file."""
        self.count += 1
        if self.count % self.EVERY == 0:
            self.look()

    def look(self):
        """Raise when somebody stopped it."""
        if self.stop is not None and self.stop.is_set():
            raise Failed("stopped", "It was stopped.")


class Place:
    """The environment of this interpreter, and our folder in it. whole: everything in the prefix, as conda
    changes it."""

    def __init__(self, whole=False):
        self.prefix = os.path.realpath(sys.prefix)
        self.own = os.path.join(self.prefix, OWN)
        self.home = os.path.join(self.own, "undo")
        paths = sysconfig.get_paths()
        self.sites = list(filter(None, map(self.inside, (paths["purelib"], paths["platlib"]))))
        self.sites = list(dict.fromkeys(self.sites))
        data = self.inside(paths["data"])
        self.scripts = self.inside(paths["scripts"])
        self.library = None
        self.whole = whole
        if whole:
            self.tops = [""]
            return
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
        tops = [*self.sites, self.scripts, "conda-meta"]
        if data is not None:
            tops += [os.path.join(data, *one) for one in
                     (("share",), ("etc",), ("include", "site"), ("include", version))]  # fmt: skip
            self.library = os.path.join(data, "lib")
        self.tops = [one for one in dict.fromkeys(tops) if one and not self.is_link(one)]

    def path(self, relative):
        """Absolute path."""
        return os.path.join(self.prefix, relative)

    def inside(self, path):
        """Path relative to the prefix, links resolved; None when it is elsewhere."""
        path = os.path.relpath(os.path.realpath(path), self.prefix)
        if path == os.curdir:
            return ""
        return path if is_plain(path) else None

    def is_link(self, relative):
        return os.path.islink(self.path(relative))

    def covers(self, relative):
        """Whether scan() sees a file."""
        folder, name = os.path.split(relative)
        if folder == self.library and LIBRARY.search(name):
            return True
        return any(one == "" or folder == one or folder.startswith(one + os.sep) for one in self.tops)


def is_plain(path):
    """Whether a relative path stays where it starts, in its shortest form, and outside of our folder."""
    if not isinstance(path, str) or not path or "\0" in path or os.path.isabs(path):
        return False
    parts = path.split(os.sep)
    return os.path.normpath(path) == path and parts[0] not in (os.pardir, OWN) and path != os.curdir


# ---------------------------------------------------------------------------- the list


def entry_of(path, info=None):
    """The entry of what lies at an absolute path; None when it is neither file nor link. Raises OSError."""
    info = info or os.lstat(path)
    kind = stat.S_IFMT(info.st_mode)
    if kind == stat.S_IFLNK:
        return Entry("link", 0, 0, 0, info.st_ino, "text", os.readlink(path))
    if kind != stat.S_IFREG:
        return None
    mode = stat.S_IMODE(info.st_mode)
    return Entry("file", mode, info.st_size, info.st_mtime_ns, info.st_ino, None, 0)


def look_at(path):
    """The same, None also for what is not there."""
    try:
        return entry_of(path)
    except OSError:
        return None


def scan(place, work, extra=()):
    """({path: Entry}, {folder: mode}) of what an installation can write. extra: more paths."""
    files = {}
    folders = {}
    stack = []
    for top in place.tops:
        info = os.stat(place.path(top)) if os.path.isdir(place.path(top)) else None
        if info:
            stack.append(top)
            if top:
                folders[top] = stat.S_IMODE(info.st_mode)
    while stack:
        folder = stack.pop()
        # os.path.join would be a third of the time.
        start = folder + os.sep if folder else ""
        for row in rows_of(place, folder):
            work.tick()
            name = row.name
            path = start + name
            try:
                if row.is_dir(follow_symlinks=False):
                    if name != CACHE and not (folder == "" and name in NOT_OURS):
                        folders[path] = stat.S_IMODE(row.stat(follow_symlinks=False).st_mode)
                        stack.append(path)
                    continue
                # Windows knows no inode here.
                info = row.stat(follow_symlinks=False) if os.name != "nt" else None
                entry = entry_of(row.path, info)
            except OSError:
                continue  # it went away meanwhile, or nobody may read it
            if entry:
                files[path] = entry
    if place.library is not None and not place.whole:
        for row in rows_of(place, place.library):
            if LIBRARY.search(row.name):
                add(files, place, os.path.join(place.library, row.name))
    for path in extra:
        add(files, place, path)
    return files, folders


def rows_of(place, folder):
    """What lies in a folder; nothing where it cannot be read."""
    try:
        with os.scandir(place.path(folder)) as rows:
            yield from rows
    except OSError:
        pass


def add(files, place, path):
    """Put one file into the list, where it is there."""
    entry = look_at(place.path(path))
    if entry:
        files[path] = entry


def infos(place):
    """(normalised name, folder or file) of the metadata of each distribution."""
    for site in place.sites:
        for row in rows_of(place, site):
            match = re.match(r"(.+?)(?:-[^-]+(?:-py[\d.]+)?)?\.(?:dist|egg)-info$", row.name)
            if match and row.name[0] != "~":
                yield normalise(match.group(1)), os.path.join(site, row.name)


def normalise(name):
    """PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def outside(place, work):
    """Files of distributions beyond the folders of scan(), inside of the prefix: `data_files`."""
    found = set()
    if place.whole:
        return found
    for _, info in infos(place):
        work.tick()
        text = read(place.path(os.path.join(info, "RECORD"))) or b""
        # Nearly all lines are below site-packages: they are not looked at one by one.
        for line in re.findall(rb'^"?(?:\.\.|/|[A-Za-z]:)[^\r\n]*', text, re.MULTILINE):
            for path in recorded(place, os.path.dirname(info), line.decode("utf-8", "surrogateescape")):
                if not place.covers(path):
                    found.add(path)
    return found


def recorded(place, site, text):
    """Paths of a RECORD that are inside of the prefix, relative to it."""
    try:
        rows = [row[0] for row in csv.reader(text.splitlines()) if row and "\0" not in row[0]]
    except csv.Error:
        return
    for one in rows:
        path = os.path.normpath(os.path.join(place.prefix, site, one))
        path = os.path.relpath(path, place.prefix)
        folder = place.inside(os.path.dirname(place.path(path))) if is_plain(path) else None
        if folder is not None:
            # RECORD may lead through lib64, which is a link to lib.
            yield os.path.join(folder, os.path.basename(path))


def read(path, most=64 << 20):
    """Content of a file; None when it cannot be read."""
    try:
        with open(path, "rb") as lines:
            return lines.read(most)
    except OSError:
        return None


# ---------------------------------------------------------------------------- files of distributions

# Distributions that put other files at the same paths: with one of them, all that are installed count.
FAMILIES = [re.compile(one) for one in (
    r"opencv-(contrib-)?python(-headless)?", r"(tensorflow|tf-nightly)(-(cpu|gpu|intel|rocm|macos))?",
    r"onnxruntime(-(gpu|rocm|directml|openvino|training))?", r"cupy(-(cuda|rocm).*)?", r"faiss-(cpu|gpu.*)",
    r"paddlepaddle(-gpu)?", r"triton(-.*)?", r"mxnet(-.*)?", r"bitsandbytes.*", r"pillow(-simd)?",
)]  # fmt: skip


def files_of(place, names, files):
    """Paths of the distributions with these names, by RECORD and by conda's records."""
    wanted = {normalise(one) for one in names}
    families = [one for one in FAMILIES if any(one.fullmatch(name) for name in wanted)]
    found = set()

    def below(folder):
        found.update(one for one in files if one.startswith(folder + os.sep))

    for name, info in infos(place):
        if name not in wanted and not any(one.fullmatch(name) for one in families):
            continue
        site = os.path.dirname(info)
        below(info)
        found.add(info)
        text = read(place.path(os.path.join(info, "RECORD")))
        if text is not None:
            found.update(recorded(place, site, text.decode("utf-8", "surrogateescape")))
            continue
        tops = read(place.path(os.path.join(info, "top_level.txt"))) or b""
        for top in filter(is_plain, tops.decode("utf-8", "replace").split()):
            below(os.path.join(site, top))
            found.add(os.path.join(site, top + ".py"))
    for row in rows_of(place, "conda-meta"):
        if row.name.endswith(".json") and normalise(row.name.rsplit("-", 2)[0]) in wanted:
            try:
                listed = json.loads(read(row.path) or b"")["files"]
                found.update(os.path.normpath(one) for one in listed)
            except (ValueError, TypeError, KeyError):
                pass
            found.add(os.path.join("conda-meta", row.name))
    return found


def byte_code(place, paths):
    """{path: Entry} of the byte code of these sources."""
    found = {}
    for folder, stems in stems_of(paths).items():
        for row in rows_of(place, os.path.join(folder, CACHE)):
            if row.name.endswith(".pyc") and row.name.split(".")[0] in stems:
                add(found, place, os.path.join(folder, CACHE, row.name))
    return found


def stems_of(paths):
    """{folder: names without .py} of the sources among paths."""
    found = {}
    for path in paths:
        folder, name = os.path.split(path)
        stem, ending = os.path.splitext(name)
        # What is there after the stem is the interpreter's tag: `a.cpython-311.opt-1.pyc`.
        if ending == ".py" and "." not in stem:
            found.setdefault(folder, set()).add(stem)
    return found


# ---------------------------------------------------------------------------- keeping it


def is_copied(place, path, entry):
    """Whether a file is copied: small, and of a kind that some tool changes in place."""
    if entry.size > SMALL and not path.startswith("conda-meta"):
        return False
    folder, name = os.path.split(path)
    if folder == "conda-meta":
        return not name.endswith(".json") and entry.size <= MAX_COPIED
    if entry.size > SMALL:
        return False
    if name.endswith((".pth", ".egg-link")) or folder.endswith((".dist-info", ".egg-info")):
        return True
    return folder == place.scripts or path.split(os.sep, 1)[0] == "etc"


def keep(place, folder, files, wanted, work):
    """Link or copy files into the folder of a backup: entries with the place of each, and bytes of the copies
    that had to be made instead of links. wanted: paths, or None for all; small files are copied in any case."""
    kept = {}
    prefix = place.prefix + os.sep
    copied = 0
    layers = on_layers(place.prefix)
    numbered = Numbered(os.path.join(folder, "files"))
    with open(os.path.join(folder, "pack"), "xb") as pack:
        for path, entry in files.items():
            work.tick()
            kept[path] = entry
            if entry.kind == "link":
                continue
            if is_copied(place, path, entry):
                data = read(place.path(path))
                if data is not None and len(data) == entry.size:
                    kept[path] = entry._replace(keep="pack", place=pack.tell())
                    pack.write(data)
                continue
            if wanted is not None and path not in wanted:
                continue
            number, target = numbered.next()
            source = prefix + path
            try:
                os.link(source, target)
            except FileNotFoundError:
                continue  # it went away meanwhile
            except OSError as error:
                copied += entry.size
                copy(source, target, error, copied)
                if not os.path.lexists(target):
                    continue
            if layers:
                # The copy has an inode of its own.
                entry = entry_of(source)
            kept[path] = entry._replace(keep="link", place=number)
    return kept, copied


class Numbered:
    """Names for files: a thousand to a folder, since a copy of the whole tree of folders would be most of
    the time and of the disk."""

    def __init__(self, folder):
        self.folder = folder
        self.number = -1
        self.part = None

    def next(self):
        """(number, path) of the next one."""
        self.number += 1
        if self.number % 1000 == 0:
            self.part = os.path.dirname(numbered(self.folder, self.number)) + os.sep
            os.makedirs(self.part)
        return self.number, self.part + str(self.number % 1000)


def numbered(folder, number):
    """The path of a number."""
    return os.path.join(folder, str(number // 1000), str(number % 1000))


def copy(source, target, error, copied):
    """A copy where the system makes no link of it; nothing where it may not be read."""
    if error.errno in (errno.ENOSPC, errno.EROFS, getattr(errno, "EDQUOT", None)):
        raise error
    if error.errno == errno.EXDEV:
        raise Failed("other-filesystem", "Part of the environment lies on another file system.")
    if copied > MAX_UNLINKABLE:
        raise Failed("other-filesystem", "The file system of the environment makes no second names.")
    try:
        shutil.copy2(source, target)
    except PermissionError:
        pass


def on_layers(path, mounts="/proc/self/mountinfo"):
    """Whether a path lies on layers of a container's image: a link copies a file of the lower layer."""
    found = ("", "")
    for line in (read(mounts) or b"").decode("utf-8", "replace").splitlines():
        words = line.split()
        if "-" not in words or len(words) < 9:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda one: chr(int(one.group(1), 8)), words[4])
        kind = words[words.index("-") + 1]
        inside = point == "/" or path == point or path.startswith(point + "/")
        if inside and len(point) >= len(found[0]):
            found = (point, kind)
    return "overlay" in found[1] or found[1] == "aufs"


def in_lower_layer(place, files):
    """Bytes that are older than this container, and so in its image."""
    start = container_start()
    total = 0
    for path, entry in files.items():
        try:
            if entry.kind == "file" and (start is None or os.lstat(place.path(path)).st_ctime < start):
                total += entry.size
        except OSError:
            pass
    return total


def container_start():
    """When its first process started (UNIX time); None when it cannot be known."""
    try:
        ticks = int((read("/proc/1/stat") or b"").rsplit(b")", 1)[1].split()[19])
        boot = int(re.search(rb"^btime (\d+)", read("/proc/stat") or b"", re.MULTILINE).group(1))
        return boot + ticks / os.sysconf("SC_CLK_TCK")
    except (IndexError, ValueError, AttributeError, OSError):
        return None


# ---------------------------------------------------------------------------- who made it


def process_start(number):
    """What tells a process from a later one of the same number; None when there is none."""
    words = (read(f"/proc/{number}/stat") or b"").rsplit(b")", 1)[-1].split()
    return words[19].decode() if len(words) > 19 else None


def owner():
    """This process, as JSON."""
    number = os.getpid()
    return {"process": number, "start": process_start(number), "host": socket.gethostname()}


def is_alive(who, since):
    """Whether the process that made a backup still runs; where nobody can know, for a day."""
    who = who if isinstance(who, dict) else {}
    number = who.get("process")
    same = who.get("host") == socket.gethostname() and isinstance(number, int)
    if not same or os.name == "nt":
        return time.time() - since < ABANDONED
    if who.get("start") is not None:
        return process_start(number) == who["start"]
    try:
        os.kill(number, 0)
        return True
    except PermissionError:
        return True
    except OSError:
        return False


def watched(place):
    """{folder: time} of other folders that pip might install into: the user's, and those of the base."""
    import site

    found = {}
    own = {place.path(one) for one in place.sites}
    for folder in (*sys.path, site.getusersitepackages()):
        folder = os.path.realpath(folder)
        if os.path.basename(folder) in ("site-packages", "dist-packages") and folder not in own:
            found[folder] = time_of(folder)
    return found


def time_of(folder):
    """When a folder got or lost an entry; None when it is not there."""
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return None
