"""The history of an environment, for GPU Doctor for JupyterLab: one JSON object a line, beside the environment.

``history(request, report, stop)`` runs in a thread of background.py; ``PYTHON history.py '{"action": …}'`` does
the same in a terminal. Actions: read; append (entry); update (id, patch). What an entry holds is the business of
src/history/types.ts: here it has an `id` and a `kind`, and all else survives. A kernel gets locking.py and this
file as one text. Standard library only, CPython 3.8 to 3.14.
"""

# Whatever goes wrong becomes the answer.
# ruff: noqa: BLE001

import errno
import hashlib
import json
import os
import shutil
import sys
import time

from locking import Busy, Locked

MOST = 200  # entries
MAX_BYTES = 2_000_000
MAX_ENTRY = 500_000  # bytes of one
MAX_READ = 16 << 20  # bytes of a file that somebody else made large
MAX_TEXT = 400  # characters of an error in the answer
ASIDE = 3  # copies of files with lines that could not be read
PATIENCE = 10.0  # seconds for another writer
FILE = "history.jsonl"
WINDOWS = os.name == "nt"


class Refused(Exception):
    """Why it was not done; becomes `error` of the answer."""

    def __init__(self, kind, text):
        super().__init__(text)
        self.kind = kind
        self.text = text


# ---------------------------------------------------------------------------- where


def places():
    """(name, file) where the history may be: beside the environment, else among the user's data."""
    prefix = os.path.realpath(sys.prefix)
    number = hashlib.sha256(os.fsencode(prefix)).hexdigest()[:16]
    own = os.path.join(prefix, ".gpu-doctor", FILE)
    return [("environment", own), ("user", os.path.join(data_folder(), "history", number + ".jsonl"))]


def data_folder():
    """Our folder among the user's data; plan.py keeps uv there."""
    if WINDOWS:
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~\\AppData\\Local")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME") or ""
        base = base if os.path.isabs(base) else os.path.expanduser("~/.local/share")
    return os.path.join(base, "jupyterlab-gpu-doctor")


def may_write(path):
    """Whether a file can be written there, without trying."""
    folder = os.path.dirname(path)
    if os.path.islink(folder) or os.path.islink(path):
        return False  # who knows where that leads
    if os.path.lexists(path) and not os.access(path, os.W_OK):
        return False
    while not os.path.lexists(folder):
        folder = os.path.dirname(folder)
    return os.path.isdir(folder) and os.access(folder, os.W_OK | os.X_OK)


def lock(path, stop):
    """One writer at a time."""
    return Locked(path[: -len(".jsonl")] + ".lock", PATIENCE, stop)


# ---------------------------------------------------------------------------- the file


def parse(path):
    """(entries, lines that cannot be read, bytes, whether the last line is whole)."""
    try:
        with open(path, "rb") as lines:
            data = lines.read(MAX_READ + 1)
    except FileNotFoundError:
        return [], 0, 0, True
    entries, skipped = [], 0
    # Cut off: what is beyond is lost with the copy aside, not with the file.
    skipped += len(data) > MAX_READ
    for line in data[:MAX_READ].split(b"\n"):
        if not line.strip():
            continue
        try:
            entry = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError):
            entry = None
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            entries.append(entry)
        else:
            skipped += 1
    return entries, skipped, len(data), not data or data.endswith(b"\n")


def line_of(entry):
    """The line of an entry."""
    try:
        line = json.dumps(entry, allow_nan=False, separators=(",", ":")).encode("ascii") + b"\n"
    except (ValueError, TypeError, RecursionError):
        raise Refused("usage", "The entry cannot be JSON.") from None
    if len(line) > MAX_ENTRY:
        raise Refused("too-large", "The entry is too large.")
    return line


def bounded(entries):
    """Lines of the entries that stay: the state at the start, and the latest."""
    rows = [(entry.get("kind") == "start", json.dumps(entry, separators=(",", ":")).encode("ascii") + b"\n")
            for entry in entries]  # fmt: skip
    first = next((number for number, row in enumerate(rows) if row[0]), None)
    size = sum(len(line) for _, line in rows)
    number = 0
    gone = set()
    while (len(rows) - len(gone) > MOST or size > MAX_BYTES) and number < len(rows) - 1:
        if number != first:
            gone.add(number)
            size -= len(rows[number][1])
        number += 1
    return [line for number, (_, line) in enumerate(rows) if number not in gone]


def rewrite(path, entries, skipped):
    """Write the file anew, at once for all who read. What could not be read is copied aside first."""
    if skipped:
        put_aside(path)
    new = path + ".new"
    with open(new, "wb") as lines:
        lines.writelines(bounded(entries))
        lines.flush()
        os.fsync(lines.fileno())
    os.replace(new, path)


def put_aside(path):
    """Copy a damaged file; a few of them are kept."""
    folder, name = os.path.split(path)
    start = name + ".damaged-"
    shutil.copyfile(path, os.path.join(folder, start + str(time.time_ns())))
    for old in sorted(one for one in os.listdir(folder) if one.startswith(start))[:-ASIDE]:
        os.unlink(os.path.join(folder, old))


def add_line(path, line, whole):
    """Add a line in one write. whole: the last one ends where it should; a writer may have been killed."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
    try:
        data = line if whole else b"\n" + line
        while data:
            data = data[os.write(handle, data) :]
        os.fsync(handle)
    finally:
        os.close(handle)


# ---------------------------------------------------------------------------- actions


def read(request, stop):
    """All entries, those beside the environment first."""
    entries, skipped, seen = [], 0, set()
    where = "none"
    for name, path in places():
        try:
            writable = may_write(path)
            where = name if writable and where == "none" else where
            if not os.path.isfile(path):
                continue
            found, bad = settled(path, writable, stop)
        except OSError:
            continue  # somebody else's
        skipped += bad
        for entry in found:
            if entry["id"] not in seen:
                seen.add(entry["id"])
                entries.append(entry)
    return {"entries": entries, "place": where, "skipped": skipped}


def settled(path, writable, stop):
    """(entries, skipped) while nobody writes, if that can be had."""
    if writable:
        try:
            with lock(path, stop):
                return parse(path)[:2]
        except (Busy, OSError):
            pass
    return parse(path)[:2]


def append(request, stop):
    """Add an entry, where one of this id is not there yet. The state at the start is written once."""
    entry = request.get("entry")
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str) or not 0 < len(entry["id"]) <= 200:
        raise Refused("usage", "The entry has no id.")
    line = line_of(entry)
    trouble = None
    for name, path in places():
        if not may_write(path):
            continue
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with lock(path, stop):
                return {"id": append_to(path, entry, line), "place": name}
        except OSError as error:
            trouble = error
    raise trouble or Refused("read-only", "The history can be written nowhere.")


def append_to(path, entry, line):
    """The id of the entry that is there now."""
    entries, skipped, size, whole = parse(path)
    for old in entries:
        if old["id"] == entry["id"] or (entry.get("kind") == "start" and old.get("kind") == "start"):
            return old["id"]
    if len(entries) >= MOST or size + len(line) >= MAX_BYTES:
        rewrite(path, [*entries, entry], skipped)
    else:
        add_line(path, line, whole)
    return entry["id"]


def update(request, stop):
    """Change fields of an entry."""
    name, patch = request.get("id"), request.get("patch")
    if not isinstance(name, str) or not isinstance(patch, dict):
        raise Refused("usage", "The update has no id or no patch.")
    patch = {key: value for key, value in patch.items() if key not in ("id", "schema", "kind")}
    for where, path in places():
        if not os.path.isfile(path) or not may_write(path):
            continue
        with lock(path, stop):
            entries, skipped, _, _ = parse(path)
            for entry in entries:
                if entry["id"] == name:
                    entry.update(patch)
                    line_of(entry)
                    rewrite(path, entries, skipped)
                    return {"id": name, "place": where}
    raise Refused("unknown", "There is no such entry.")


ACTIONS = {"read": read, "append": append, "update": update}


def history(request, report=None, stop=None):
    """The answer to a request as a dict that JSON can hold; never raises an Exception. stop: an event that
    ends the waiting for another writer."""
    try:
        if not isinstance(request, dict) or request.get("action") not in ACTIONS:
            raise Refused("usage", "There is no such action.")
        return ACTIONS[request["action"]](request, stop)
    except Refused as error:
        return refusal(error.kind, error.text)
    except Busy as error:
        return refusal("busy", str(error))
    except OSError as error:
        full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None))
        return refusal("no-space" if full else "read-only", f"{FILE}: {error.strerror or error}")
    except Exception as error:
        return refusal("crash", f"{type(error).__name__}: {error}")


def refusal(kind, text):
    """An answer with an error: one line, UTF-8."""
    text = " ".join(text.split()).encode("utf-8", "replace").decode("utf-8")
    return {"error": {"kind": kind, "text": text[:MAX_TEXT]}}


def main():
    """`history.py REQUEST`: one JSON document on stdout."""
    try:
        request = json.loads(sys.argv[1])
    except (IndexError, ValueError) as error:
        print(f"history.py '{{\"action\": …}}': {error}", file=sys.stderr)
        return 2
    print(json.dumps(history(request)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
