"""What an install changed, whether that can be undone, and undoing it. Part of backup.py.

Every step is written down before it is done: `begin.json` is the list before the install, `seal.json` what is
different after it, with the hash of all that would be restored; `undo.json` says that an undo began. An undo
that was killed is done again from the start: each of its steps finds what is done already. Standard library
only, CPython 3.8 to 3.14.
"""

import errno
import hashlib
import json
import os
import shutil
import stat
import time
from itertools import chain

from backup_tree import (
    CACHE,
    Entry,
    Failed,
    is_copied,
    is_plain,
    look_at,
    numbered,
    outside,
    rows_of,
    scan,
    stems_of,
    time_of,
)

SHOWN = 20  # paths in an answer


class Backup:
    """The folder of a backup, and what is written in it."""

    def __init__(self, place, name):
        self.place = place
        self.name = name
        self.folder = os.path.join(place.home, name)

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def has(self, name):
        return os.path.lexists(self.path(name))

    def read(self, name):
        """A document as a dict; Failed when it is not there or broken."""
        try:
            with open(self.path(name), encoding="ascii") as lines:
                document = json.load(lines)
            if isinstance(document, dict) and document.get("schema") == 1:
                return document
        except FileNotFoundError:
            pass
        except ValueError:
            raise Failed("gone", "The record of the backup is damaged.") from None
        raise Failed("gone", "There is no such backup.")

    def write(self, name, document, sync=True):
        """Write a document as a whole or not at all. sync: also when the machine loses power; that waits for
        all that others write."""
        path = self.path(name + ".new")
        with open(path, "w", encoding="ascii") as lines:
            lines.write(json.dumps({"schema": 1, **document}))
            lines.flush()
            if sync:
                os.fsync(lines.fileno())
        os.replace(path, self.path(name))

    def facts(self):
        """(created, sealed, undone: UNIX times or None, the document). Failed when there is none."""
        document = self.read("seal.json" if self.has("seal.json") else "begin.json")
        undone = self.read("undone.json").get("time", "?") if self.has("undone.json") else None
        created, sealed = document.get("created"), document.get("sealed")
        times = (created, created if sealed is None else sealed, created if undone is None else undone)
        lists = ("files",) if sealed is None else ("before", "after")
        if not all(isinstance(one, (int, float)) for one in times) or not all(
            isinstance(document.get(one), dict) for one in lists
        ):
            raise Failed("gone", "The record of the backup is damaged.")
        return created, sealed, undone, document

    def disk(self, links=True):
        """Bytes that would be free without it: a file that has another name elsewhere is none of them. links:
        False where all of them are known to have one."""
        total = 0
        for folder, _, names in os.walk(self.folder):
            names = names if links or folder == self.folder else ()
            for path in (folder, *(os.path.join(folder, one) for one in names)):
                try:
                    info = os.lstat(path)
                except OSError:
                    continue
                if stat.S_ISDIR(info.st_mode) or info.st_nlink == 1:
                    total += getattr(info, "st_blocks", -(-info.st_size // 512)) * 512
        return total

    def kept(self, path, entry):
        """Whether what would be restored is still as it was, as far as size and time tell."""
        if entry.kind == "link":
            return True
        if entry.keep == "pack":
            now = look_at(self.path("pack"))
            return now is not None and now.size >= entry.place + entry.size
        now = look_at(numbered(self.path("files"), entry.place)) if entry.keep == "link" else None
        return now is not None and (now.kind, now.size, now.time) == ("file", entry.size, entry.time)

    def content(self, entry):
        """What would be restored, in pieces."""
        pack = entry.keep == "pack"
        with open(self.path("pack") if pack else numbered(self.path("files"), entry.place), "rb") as lines:
            if pack:
                lines.seek(entry.place)
                yield lines.read(entry.size)
                return
            yield from iter(lambda: lines.read(1 << 20), b"")


def entries(document, key):
    """{path: Entry} of a document; nothing in it is believed."""
    found = {}
    try:
        for path, row in document[key].items():
            entry = Entry(*row)
            numbers = (entry.mode, entry.size, entry.time, entry.inode)
            where = entry.place
            fine = is_plain(path) and all(isinstance(one, int) for one in numbers) and (
                isinstance(where, str) and "\0" not in where if entry.kind == "link"
                else entry.kind == "file" and entry.keep in (None, "link", "pack")
                and isinstance(where, int) and where >= 0
            )  # fmt: skip
            if not fine:
                raise ValueError(path)
            found[path] = entry
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Failed("gone", "The record of the backup is damaged.") from None
    return found


def paths(document, key):
    """A list of paths, or the keys of an object."""
    found = document.get(key)
    if not isinstance(found, (list, dict)) or not all(map(is_plain, found)):
        raise Failed("gone", "The record of the backup is damaged.")
    return found


def digest(pieces):
    """SHA-256 of content in pieces."""
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()


def file_digest(path):
    """SHA-256 of a file; None when it cannot be read."""
    try:
        with open(path, "rb") as lines:
            return digest(iter(lambda: lines.read(1 << 20), b""))
    except OSError:
        return None


def same(old, new):
    """Whether nothing happened to a file."""
    if old is None or new is None or old.kind != new.kind:
        return old is new
    return old.place == new.place if old.kind == "link" else old[1:5] == new[1:5]


def others(backup):
    """Backups beside this one that can be read, as (created, sealed, undone, document, backup)."""
    for name in names_in(backup.place):
        if name != backup.name:
            other = Backup(backup.place, name)
            try:
                yield (*other.facts(), other)
            except Failed:
                pass


def names_in(place):
    """Ids of the backups."""
    try:
        return sorted(one for one in os.listdir(place.home) if one[0] != ".")
    except OSError:
        return []


# ---------------------------------------------------------------------------- what an install changed


def compare(backup, work, hashes=True):
    """What is different now, as the document seal.json: `before` is what would be restored, `after` what lies
    there now."""
    place, begin = backup.place, backup.read("begin.json")
    old = entries(begin, "files")
    extra = {*paths(begin, "outside"), *outside(place, work)}
    new, folders = scan(place, work, extra)
    before = {path: entry for path, entry in old.items() if not same(entry, new.get(path))}
    after = {path: entry for path, entry in new.items() if not same(entry, old.get(path))}
    overlaps, foreign = settle(backup, begin, before, after)
    lost = {path for path, entry in before.items() if entry.kind == "file" and entry.keep is None}
    spoiled = {path for path, entry in before.items() if path not in lost and not backup.kept(path, entry)}
    was = begin.get("folders")
    was = was if isinstance(was, dict) else {}
    document = {
        "id": backup.name,
        "mode": begin["mode"],
        "whole": begin.get("whole"),
        "created": begin["created"],
        "limits": begin.get("limits"),
        "window": window(backup, begin["created"]),
        "before": before,
        "after": after,
        "lost": sorted(lost | foreign),
        "spoiled": sorted(spoiled),
        "elsewhere": [one for one, at in (begin.get("watched") or {}).items() if time_of(one) != at],
        "overlaps": overlaps,
        "folders": {path: mode for path, mode in was.items() if path not in folders},
        "added_folders": sorted(path for path in folders if path not in was),
        "byte_code": {path: entry for path, entry in entries(begin, "byte_code").items()
                      if source_of(path) in before or source_of(path) in after},
        "hashes": {},
        "hashes_after": {},
    }  # fmt: skip
    document["added"] = sum(1 for path in after if path not in before)
    document["removed"] = sum(1 for path in before if path not in after)
    document["replaced"] = len(before) - document["removed"]
    if hashes:
        for path, entry in before.items():
            work.look()
            if entry.kind == "file" and path not in lost and path not in spoiled:
                document["hashes"][path] = digest(backup.content(entry))
        for path, entry in after.items():
            if entry.kind == "file" and is_copied(place, path, entry):
                document["hashes_after"][path] = file_digest(place.path(path))
    return document


def source_of(path):
    """Path of the source of byte code."""
    folder, name = os.path.split(path)
    return os.path.join(os.path.dirname(folder), name.split(".")[0] + ".py")


def window(backup, created):
    """When the install began, as far as it is known."""
    return backup.read("started.json")["time"] if backup.has("started.json") else created


def settle(backup, begin, before, after):
    """({id: paths}, paths) of what other installs did since the list was made. What one of them did before
    ours began is taken out of ours, where nothing came on top; where both ran at once, nobody knows whose a file
    is: the first value. The second: paths whose state before ours was never kept."""
    start = window(backup, begin["created"])
    overlaps, foreign = {}, set()
    sealed = [one for one in others(backup) if one[1] is not None and max(one[1], one[2] or 0) >= begin["created"]]
    for _, end, undone, document, other in sorted(sealed, key=lambda one: max(one[1], one[2] or 0)):
        try:
            theirs, left = entries(document, "before"), entries(document, "after")
        except Failed:
            continue
        if undone is not None:
            theirs, left, end = left, theirs, undone
        common = {path for path in chain(theirs, left) if path in before or path in after}
        if end > start:
            if common:
                overlaps[other.name] = sorted(common)
            continue
        for path in common:
            if same(left.get(path), after.get(path)):
                before.pop(path, None)
                after.pop(path, None)
            else:
                foreign.add(path)
    return overlaps, foreign


def seal(backup, work):
    """Write down what the install changed, and let go of all that it did not."""
    document = compare(backup, work)
    document["sealed"] = time.time()
    for name, files in document["overlaps"].items():
        other = Backup(backup.place, name)
        theirs = other.read("seal.json")
        theirs["overlaps"] = {**theirs.get("overlaps", {}), backup.name: files}
        other.write("seal.json", theirs)
    backup.write("seal.json", document)
    release(backup, document)
    return document


def release(backup, document):
    """Remove the links that are not needed. Their numbers stay."""
    needed = {entry.place for entry in chain(entries(document, "before").values(),
                                             entries(document, "byte_code").values())
              if entry.keep == "link"}  # fmt: skip
    for folder, _, names in os.walk(backup.path("files"), topdown=False):
        for name in names:
            if int(os.path.basename(folder)) * 1000 + int(name) not in needed:
                os.unlink(os.path.join(folder, name))
        if not os.listdir(folder):
            os.rmdir(folder)
    if backup.has("begin.json"):
        os.unlink(backup.path("begin.json"))


# ---------------------------------------------------------------------------- whether it can be undone


def trouble(backup, document):
    """(reason, paths) why it cannot be undone; None when it can."""
    before, after = entries(document, "before"), entries(document, "after")
    if document.get("lost") or document.get("elsewhere"):
        return "incomplete", paths(document, "lost")
    if document.get("spoiled"):
        return "modified-in-place", paths(document, "spoiled")
    for files in (document.get("overlaps") or {}).values():
        return "newer-install", files
    changed = later(backup, before, after, document.get("hashes_after") or {})
    if changed:
        newer = {path for _, sealed, undone, other, _ in others(backup)
                 if sealed is not None and undone is None and sealed >= (document.get("sealed") or 0)
                 for key in ("before", "after") for path in other.get(key) or ()}  # fmt: skip
        return ("newer-install" if newer & changed else "files-changed-later"), changed
    spoiled = {path for path, entry in before.items() if not backup.kept(path, entry)}
    return ("modified-in-place", spoiled) if spoiled else None


def later(backup, before, after, hashes):
    """Paths that are no longer as the install left them."""
    place = backup.place
    changed = set()
    for folder, found in by_folder({*before, *after}).items():
        link = leads_away(place, folder)
        if link and link not in after:
            changed.update(found)
            continue
        for path in found:
            # Behind a link lies something else.
            now = None if link else look_at(place.path(path))
            entry = after.get(path)
            if entry is not None:
                copied = now is not None and (entry.kind, *entry[1:4]) == (now.kind, *now[1:4])
                fine = same(entry, now) or (
                    copied and path in hashes and file_digest(place.path(path)) == hashes[path]
                )  # fmt: skip
                if not fine:
                    changed.add(path)
            elif not link:
                changed.update(in_the_way(place, path, after))
    return changed


def in_the_way(place, path, after):
    """What lies where something was removed, and did not come with the install."""
    full = place.path(path)
    if not os.path.isdir(full) or os.path.islink(full):
        return [path] if os.path.lexists(full) else []
    found = []
    for folder, _, names in os.walk(full):
        if os.path.basename(folder) != CACHE:
            found += [os.path.relpath(os.path.join(folder, one), place.prefix) for one in names]
    return [one for one in found if one not in after]


def by_folder(found):
    """{folder: paths in it}."""
    folders = {}
    for path in found:
        folders.setdefault(os.path.dirname(path), []).append(path)
    return folders


def leads_away(place, folder):
    """The link on the way to a folder, relative to the prefix; None when there is none."""
    while folder:
        if place.is_link(folder):
            return folder
        folder = os.path.dirname(folder)
    return None


# ---------------------------------------------------------------------------- undoing it


def undo(backup, work):
    """Restore what the install found. Returns (restored, removed) and whether all hashes are right."""
    place = backup.place
    document = backup.read("seal.json")
    before, after = entries(document, "before"), entries(document, "after")
    hashes = document.get("hashes") or {}
    missing = paths(document, "folders")
    added = paths(document, "added_folders")
    code = {path: entry for path, entry in entries(document, "byte_code").items()
            if entry.keep == "link" and source_of(path) in before}  # fmt: skip
    if not backup.has("undo.json"):
        why = trouble(backup, document)
        if why:
            raise Failed(why[0], WORDS[why[0]], why[1])
        work.phase("verifying")
        bad = [path for path, entry in before.items() if entry.kind == "file" and not verified(
            work, hashes.get(path), backup.content(entry))]  # fmt: skip
        if bad:
            raise Failed("verify-failed", "What was kept is damaged; nothing was changed.", bad)
        locked = [one for one in {*map(os.path.dirname, chain(before, after))}
                  if os.path.isdir(place.path(one)) and not os.access(place.path(one), os.W_OK | os.X_OK)]  # fmt: skip
        if locked:
            raise Failed("read-only", "The environment cannot be written.", locked)
        work.phase("restoring")
        backup.write("undo.json", {"time": time.time()})
    else:
        meddled = meddling(backup, before, after)
        if meddled:
            raise Failed("files-changed-later", WORDS["files-changed-later"], meddled)
    # From here on it goes to its end, and to the same end when it is begun again.
    removed = remove_added(place, before, after, added)
    for path in sorted(missing, key=lambda one: one.count(os.sep)):
        if not os.path.isdir(place.path(path)):
            os.mkdir(place.path(path))
            if isinstance(missing, dict) and isinstance(missing[path], int):
                os.chmod(place.path(path), missing[path])
    for folder in by_folder(before):
        os.makedirs(place.path(folder), exist_ok=True)
    for path, entry in before.items():
        restore(backup, place.path(path), entry)
    code = {path: entry for path, entry in code.items() if backup.kept(path, entry)}
    for folder in by_folder(code):
        os.makedirs(place.path(folder), exist_ok=True)
    for path, entry in code.items():
        restore(backup, place.path(path), entry)
    wrong = [path for path, entry in before.items() if not is_restored(place.path(path), entry, hashes.get(path))]
    wrong += [path for path in after if path not in before and os.path.lexists(place.path(path))
              and not os.path.isdir(place.path(path))]  # fmt: skip
    if wrong:
        raise Failed("verify-failed", "Some files are not as they were.", wrong)
    backup.write("undone.json", {"time": time.time()})
    finish(backup)
    return len(before), removed


WORDS = {
    "incomplete": "Not all of what the install changed was kept.",
    "modified-in-place": "A file that would be restored was changed itself.",
    "newer-install": "Another install changed the same files.",
    "files-changed-later": "Files of this install were changed later.",
    "gone": "There is nothing left to undo with.",
}


def finish(backup):
    """Let go of what was kept; the record stays. The last step says that all are done."""
    shutil.rmtree(backup.path("files"), ignore_errors=True)
    for name in ("pack", "stage", "begin.json", "started.json", "undo.json"):
        remove(backup.path(name))


def verified(work, wanted, pieces):
    """Whether content has its hash."""
    work.look()
    try:
        return wanted == digest(pieces)
    except OSError:
        return False


def meddling(backup, before, after):
    """Paths that are neither as the install left them nor as they were, when an undo is taken up again."""
    place = backup.place
    found = set()
    for folder, group in by_folder({*before, *after}).items():
        link = leads_away(place, folder)
        if link:
            # Only what was removed may have been where a link of the install is now.
            found.update(path for path in group if link not in after or path in after)
            continue
        for path in group:
            now = look_at(place.path(path))
            states = (before.get(path), after.get(path))
            if now is not None and not any(same(one, now) or alike(one, now) for one in states if one):
                found.add(path)
    return found


def alike(entry, now):
    """Whether a file may be a restored copy, which has an inode of its own."""
    return entry.kind == now.kind == "file" and entry[2:4] == now[2:4]


def remove_added(place, before, after, added):
    """Remove what the install brought, byte code that was made of it, and folders that are empty then."""
    removed = 0
    for path in after:
        if path not in before:
            # A link to a folder counts as a file; a folder is there only when this is done again.
            if not os.path.isdir(place.path(path)) or place.is_link(path):
                remove(place.path(path))
            removed += 1
    for folder, stems in stems_of({*before, *after}).items():
        if not leads_away(place, folder):
            for row in rows_of(place, os.path.join(folder, CACHE)):
                if row.name.endswith(".pyc") and row.name.split(".")[0] in stems:
                    remove(row.path)
    # RECORD can name files in folders that are not looked at.
    more = {os.path.dirname(path) for path in after if path not in before and not place.covers(path)}
    for folder in sorted({*added, *more}, key=lambda one: -one.count(os.sep)):
        while folder and not leads_away(place, folder):
            if [row.name for row in rows_of(place, folder)] == [CACHE]:
                shutil.rmtree(place.path(os.path.join(folder, CACHE)), ignore_errors=True)
            if not remove_empty(place.path(folder)):
                break
            folder = os.path.dirname(folder) if folder in more else ""
            more.add(folder)
    for folder in {os.path.dirname(one) for one in before}:
        remove_empty(place.path(os.path.join(folder, CACHE)))
    return removed


def remove(path):
    """Remove a file that may be gone already."""
    try:
        os.unlink(path)
    except (FileNotFoundError, NotADirectoryError):
        pass


def remove_empty(path):
    """Remove a folder with nothing in it; whether it is gone."""
    try:
        os.rmdir(path)
    except FileNotFoundError:
        pass
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR, errno.EBUSY):
            raise
        return False
    return True


def restore(backup, path, entry):
    """Put one file or link back, in one step that cannot be half done."""
    now = look_at(path)
    stage = backup.path("stage")
    remove(stage)
    if entry.kind == "link":
        if not same(entry, now):
            os.symlink(entry.place, stage)
            os.replace(stage, path)
        return
    if entry.keep == "pack":
        with open(stage, "xb") as lines:
            lines.writelines(backup.content(entry))
        os.utime(stage, ns=(entry.time, entry.time))
    else:
        kept = numbered(backup.path("files"), entry.place)
        if now is None or now.inode != os.lstat(kept).st_ino:
            try:
                os.link(kept, stage)
            except OSError:
                shutil.copy2(kept, stage)
        else:
            stage = path  # only its mode was changed
    if stat.S_IMODE(os.lstat(stage).st_mode) != entry.mode:
        os.chmod(stage, entry.mode)
    if stage != path:
        os.replace(stage, path)


def is_restored(path, entry, wanted):
    """Whether a file is as it was: content, mode, time."""
    now = look_at(path)
    if entry.kind == "link" or now is None:
        return same(entry, now)
    return now.kind == "file" and now[1:4] == entry[1:4] and file_digest(path) == wanted
