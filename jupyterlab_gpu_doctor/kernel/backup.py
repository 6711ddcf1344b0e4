"""Keeps an environment as it is before an install, and gives it back, for GPU Doctor for JupyterLab.

``backup(request, report, stop)`` runs in a thread of background.py; ``PYTHON backup.py '{"action": …}'`` does the
same in a terminal. Actions: begin, start, seal, check, undo, repair, list, drop. Nothing outside of the
environment of this interpreter is changed, no code but this runs, no link out of it is followed. A kernel gets
locking.py, backup_tree.py, backup_restore.py and this file as one text. Standard library only, CPython 3.8 to
3.14.
"""

# Whatever goes wrong becomes the answer.
# ruff: noqa: BLE001

import errno
import json
import os
import re
import shutil
import sys
import time
from datetime import datetime, timezone

from backup_restore import (
    SHOWN,
    WORDS,
    Backup,
    compare,
    entries,
    finish,
    names_in,
    seal,
    trouble,
    undo,
)
from backup_tree import (
    MAX_LAYER,
    Failed,
    Place,
    Work,
    byte_code,
    files_of,
    in_lower_layer,
    is_alive,
    is_plain,
    keep,
    on_layers,
    outside,
    owner,
    scan,
    time_of,
    watched,
)
from locking import Busy, Locked

LIMITS = {"megabytes": 4096, "days": 30, "generations": 1, "files": 20000}
MAX_LIST = 10  # times `files`: more are not even listed
MAX_TEXT = 400  # characters of an error in the answer
PATIENCE = 30.0  # seconds for another backup or undo in the same environment
FORGOTTEN = 3600.0  # seconds after which a backup whose install never began is not waited for
CONDA = ("conda", "mamba", "micromamba")


# ---------------------------------------------------------------------------- before an install


def begin(request, work):
    """Keep the environment as it is."""
    name = identifier(request)
    limits = limits_of(request)
    mode = request.get("mode", "auto")
    names = request.get("names")
    if mode not in ("auto", "tree", "plan"):
        raise Failed("usage", "The mode is unknown.")
    if names is not None and not (isinstance(names, list) and all(isinstance(one, str) for one in names)):
        raise Failed("usage", "The names are no list.")
    place = Place(request.get("tool") in CONDA)
    if not place.sites:
        raise Failed("other-filesystem", "The packages lie outside of the environment.")
    ready(place)
    with lock(place, work):
        sweep(place)
        prune(place, limits)
        backup = Backup(place, name)
        if os.path.lexists(backup.folder):
            raise Failed("usage", "There is a backup of this name already.")
        # Under another name until it is whole.
        new = Backup(place, ".new-" + name)
        times = entry_times(place)
        try:
            os.mkdir(new.folder)
            document, copied = list_and_keep(place, new.folder, mode, names, limits, work)
            if entry_times(place) != times:
                raise Failed("changed-meanwhile", "An install changed the environment at the same time.")
            new.write("begin.json", {"id": name, "limits": limits, **document}, sync=False)
            if request.get("starts") is True:
                new.write("started.json", {"time": document["created"]}, sync=False)
            os.rename(new.folder, backup.folder)
        except BaseException:
            shutil.rmtree(new.folder, ignore_errors=True)
            raise
    rows = (*document["files"].values(), *document["byte_code"].values())
    return {
        "id": name,
        "mode": document["mode"],
        "files": sum(1 for one in rows if one.keep in ("link", "pack")),
        "bytes": backup.disk(links=False) + copied,
        "seconds": work.seconds(),
    }


def entry_times(place):
    """When the folders got or lost an entry that every install touches: it may have started already."""
    return [time_of(place.path(one)) for one in (*place.sites, place.scripts) if one]


def list_and_keep(place, folder, mode, names, limits, work):
    """The document begin.json of what is kept now, and bytes that had to be copied."""
    work.phase("listing")
    created = time.time()
    beyond = outside(place, work)
    files, folders = scan(place, work, beyond)
    if len(files) > limits["files"] * (MAX_LIST if mode != "tree" else 1):
        raise Failed("too-many-files", f"The environment has {len(files)} files.")
    layers = on_layers(place.prefix) and in_lower_layer(place, files) > MAX_LAYER
    if layers and mode == "tree":
        raise Failed("overlay", "The environment is part of a container image: links would copy it.")
    if mode == "auto":
        mode = "plan" if layers or len(files) > limits["files"] else "tree"
    work.phase("keeping")
    named = files_of(place, names or (), files)
    code = byte_code(place, named)
    wanted = None if mode == "tree" else named | set(code)
    kept, copied = keep(place, folder, {**files, **code}, wanted, work)
    document = {
        "mode": mode,
        "whole": place.whole,
        "created": created,
        "owner": owner(),
        "files": {path: entry for path, entry in kept.items() if path not in code},
        "byte_code": {path: kept[path] for path in code},
        "folders": folders,
        "outside": sorted(beyond),
        "watched": watched(place),
    }
    return document, copied


def start(request, work):
    """The install starts now: what other installs did before is not its doing."""
    backup = find(request)
    if not backup.has("begin.json") or backup.has("seal.json"):
        raise Failed("usage", "The backup is sealed already.")
    backup.write("started.json", {"time": time.time()}, sync=False)
    return {"id": backup.name}


def ready(place):
    """Make our folder. It is ours only when no link leads to it."""
    for folder in (place.own, place.home):
        try:
            os.mkdir(folder)
        except FileExistsError:
            if os.path.islink(folder) or not os.path.isdir(folder):
                raise Failed("read-only", f"{os.path.basename(folder)} is no folder of ours.") from None


def sweep(place):
    """Remove what a process left that was killed."""
    for name in os.listdir(place.home):
        # Whoever worked on it had the lock, which is ours now.
        if name.startswith((".new-", ".old-")):
            shutil.rmtree(os.path.join(place.home, name), ignore_errors=True)


def prune(place, limits, current=None):
    """Drop backups by age, number and size: first those that could not be undone any more, then the oldest.
    One that an undo was begun with stays, and so does one whose install may still run."""
    rows = []
    for name in names_in(place):
        backup = Backup(place, name)
        if name == (current and current.name) or backup.has("undo.json"):
            continue
        try:
            created, sealed, _, document = backup.facts()
        except Failed:
            drop_folder(backup)
            continue
        if sealed is None and not backup.has("started.json") and time.time() - created > FORGOTTEN:
            # Its page was closed before the install; it would hold all that is deleted from now on.
            drop_folder(backup)
            continue
        if sealed is None and is_alive(document.get("owner"), created) and not is_old(created, limits):
            continue
        # What was never sealed stands for the whole tree: not after another install.
        rows.append((not (hopeless(backup) or (sealed is None and current)), created, backup))
    rows.sort(key=lambda row: row[:2])
    disk = current.disk() if current else 0
    sizes = [backup.disk() for _, _, backup in rows]
    more = 1 if current else 0
    while rows and (
        len(rows) + more > limits["generations"] or disk + sum(sizes) > limits["megabytes"] * (1 << 20)
    ):  # fmt: skip
        drop_folder(rows.pop(0)[2])
        sizes.pop(0)
    for _, created, backup in rows:
        if is_old(created, limits):
            drop_folder(backup)


def is_old(created, limits):
    return time.time() - created > limits["days"] * 86400


def hopeless(backup):
    """Whether there is nothing that could be undone."""
    try:
        _, sealed, undone, document = backup.facts()
        if undone is not None:
            return True
        if sealed is None:
            return False
        return not (document["before"] or document["after"]) or trouble(backup, document) is not None
    except (Failed, KeyError):
        return True


def drop_folder(backup):
    """Remove a backup, at once for all who look."""
    old = os.path.join(backup.place.home, ".old-" + backup.name)
    shutil.rmtree(old, ignore_errors=True)
    os.rename(backup.folder, old)
    shutil.rmtree(old, ignore_errors=True)


# ---------------------------------------------------------------------------- after an install


def seal_it(request, work):
    """Write down what the install changed."""
    backup = find(request)
    with lock(backup.place, work):
        if not backup.has("seal.json"):
            work.phase("comparing")
            document = seal(backup, work)
            if document["before"] or document["after"]:
                prune(backup.place, limits_of(document), backup)
        document = backup.read("seal.json")
        return {
            "id": backup.name,
            **{key: int(document.get(key) or 0) for key in ("added", "removed", "replaced")},
            "bytes": backup.disk(),
            "seconds": work.seconds(),
            "complete": not document.get("lost") and not document.get("elsewhere"),
        }


def check(request, work):
    """Whether it can be undone."""
    try:
        backup = find(request)
        disk = backup.disk()
        why = why_not(backup, work)
    except Failed as error:
        if error.kind != "gone":
            raise
        return {"possible": False, "reason": "gone", "files": [], "bytes": 0}
    files = shown(why[1]) if why else []
    return {"possible": why is None, "reason": why and why[0], "files": files, "bytes": disk}


def why_not(backup, work):
    """(reason, paths), or None."""
    _, sealed, undone, document = backup.facts()
    if undone is not None:
        return "gone", ()
    if backup.has("undo.json"):
        return None
    if sealed is None:
        # As seal writes it: through JSON and back.
        document = json.loads(json.dumps(compare(backup, work, False)))
    return trouble(backup, document)


def undo_it(request, work):
    """Give back what was there before the install."""
    backup = find(request)
    with lock(backup.place, work):
        _, sealed, undone, _ = backup.facts()
        if undone is not None and not backup.has("undo.json"):
            raise Failed("gone", WORDS["gone"])
        if undone is not None:
            # It was killed between its end and its last word.
            document = backup.read("seal.json")
            before, after = entries(document, "before"), entries(document, "after")
            finish(backup)
            counts = len(before), len([one for one in after if one not in before])
        else:
            if sealed is None:
                why = why_not(backup, work)
                if why:
                    raise Failed(why[0], WORDS[why[0]], why[1])
                work.phase("comparing")
                seal(backup, work)
            counts = undo(backup, work)
        return {"restored": counts[0], "removed": counts[1], "verified": True, "seconds": work.seconds()}


# ---------------------------------------------------------------------------- all of them


def repair(request, work):
    """What was left half-way. alive: the kernel that began it still runs. started: the install had started."""
    place = Place()
    found = []
    for name in names_in(place):
        backup = Backup(place, name)
        try:
            created, sealed, _, document = backup.facts()
        except Failed:
            continue
        if backup.has("undo.json"):
            row = {"state": "undoing", "alive": False}
        elif sealed is None:
            row = {"state": "unsealed", "alive": is_alive(document.get("owner"), created)}
        else:
            continue
        found.append({"id": name, "since": iso(created), "started": backup.has("started.json"), **row})
    left = [os.path.join(site, one) for site in place.sites for one in listed(place.path(site)) if one[0] == "~"]
    return {"found": found, "leftovers": shown(left)}


def list_them(request, work):
    """All backups."""
    place = Place()
    rows = []
    for name in names_in(place):
        backup = Backup(place, name)
        try:
            created, sealed, undone, document = backup.facts()
            files = entries(document, "files" if sealed is None else "before")
        except Failed:
            continue
        rows.append({
            "id": name, "mode": document.get("mode"), "created": iso(created),
            "files": sum(1 for one in files.values() if one.keep or one.kind == "link"), "bytes": backup.disk(),
            "sealed": iso(sealed), "undone": iso(undone),
        })  # fmt: skip
    rows.sort(key=lambda row: row["created"])
    return {"backups": rows, "bytes": sum(row["bytes"] for row in rows)}


def drop(request, work):
    """Remove one."""
    backup = find(request)
    with lock(backup.place, work):
        if backup.has("undo.json"):
            raise Failed("undoing", "An undo was begun with it and has to end first.")
        drop_folder(backup)
    return {"id": backup.name}


ACTIONS = {
    "begin": begin, "start": start, "seal": seal_it, "check": check, "undo": undo_it, "repair": repair,
    "list": list_them, "drop": drop,
}  # fmt: skip


# ---------------------------------------------------------------------------- the answer


def identifier(request):
    """The name of a backup, which becomes that of a folder."""
    name = request.get("id")
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", name):
        raise Failed("usage", "The id is none.")
    return name


def find(request):
    """The backup of a request, with the folders that it was made for."""
    name = identifier(request)
    backup = Backup(Place(), name)
    linked = any(os.path.islink(one) for one in (backup.place.own, backup.place.home, backup.folder))
    if linked or not os.path.isdir(backup.folder):
        raise Failed("gone", WORDS["gone"])
    try:
        whole = backup.facts()[3].get("whole") is True
    except Failed:
        whole = False
    return Backup(Place(whole), name)


def limits_of(request):
    """Limits of a request, the defaults for what is not said."""
    found = request.get("limits")
    found = found if isinstance(found, dict) else {}
    return {
        name: max(0, found[name]) if type(found.get(name)) in (int, float) else value
        for name, value in LIMITS.items()
    }


def lock(place, work):
    """One change at a time in an environment."""
    return Locked(os.path.join(place.home, ".lock"), PATIENCE, work.stop)


def listed(folder):
    """Names in a folder."""
    try:
        return os.listdir(folder)
    except OSError:
        return []


def shown(files):
    """Some paths, as text that can be UTF-8."""
    plain = sorted(one for one in files if is_plain(one))[:SHOWN]
    return [clean(one) for one in plain]


def clean(text):
    return text.encode("utf-8", "replace").decode("utf-8")


def iso(seconds):
    """UTC, ISO 8601; None stays None."""
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError):
        return None


def backup(request, report=None, stop=None):
    """The answer to a request as a dict that JSON can hold; never raises an Exception.

    report: called with {"phase", "seconds"} while it runs; stop: an event that ends it before it changes
    anything.
    """
    try:
        if not isinstance(request, dict) or request.get("action") not in ACTIONS:
            raise Failed("usage", "There is no such action.")
        return ACTIONS[request["action"]](request, Work(report, stop))
    except Failed as error:
        return failure(error.kind, error.text, error.files)
    except Busy as error:
        stopped = stop is not None and stop.is_set()
        return failure("stopped", "It was stopped.") if stopped else failure("busy", str(error))
    except KeyboardInterrupt:
        return failure("stopped", "It was stopped.")
    except OSError as error:
        full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None))
        locked = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR)
        kind = "no-space" if full else "read-only" if locked else "other"
        kind = "other-filesystem" if error.errno == errno.EXDEV else kind
        name = os.path.basename(str(error.filename or "")) or "?"
        return failure(kind, f"{name}: {error.strerror or error}")
    except Exception as error:
        return failure("crash", f"{type(error).__name__}: {error}")


def failure(kind, text, files=()):
    """An answer with an error: one line, UTF-8."""
    text = clean(" ".join(text.split()))
    text = text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"
    return {"error": {"kind": kind, "text": text, "files": shown(files)}}


def main():
    """`backup.py REQUEST`: one JSON document on stdout."""
    try:
        request = json.loads(sys.argv[1])
    except (IndexError, ValueError) as error:
        print(f"backup.py '{{\"action\": …}}': {error}", file=sys.stderr)
        return 2
    print(json.dumps(backup(request)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
