"""One writer at a time, for GPU Doctor for JupyterLab; sent in front of backup.py and history.py.

The system's own lock of an open file, which ends with its process however that ends. Where the file
system has none, a file that only one can make, which counts as left behind after a while.
Standard library only, CPython 3.8 to 3.14.
"""

import os
import time


class Busy(Exception):
    """Somebody else has the lock, and kept it."""


class Locked:
    """`with Locked(path):` at most one process, and one thread of it. Raises Busy after `seconds`, or when
    `stop` is set; OSError where the file cannot be written."""

    ABANDONED = 600.0  # seconds; only where the system has no lock
    STEP = 0.02

    def __init__(self, path, seconds=10.0, stop=None):
        self.path = path
        self.seconds = seconds
        self.stop = stop
        self.handle = None
        self.own = None

    def __enter__(self):
        end = time.monotonic() + self.seconds
        self.handle = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
        try:
            while not self.take():
                if time.monotonic() > end or (self.stop is not None and self.stop.is_set()):
                    raise Busy(f"{os.path.basename(self.path)} is held by another process.")
                time.sleep(self.STEP)
        except BaseException:
            os.close(self.handle)
            raise
        return self

    def __exit__(self, *_):
        if self.own:
            try:
                os.unlink(self.own)
            except OSError:
                pass
        else:
            # A process that was forked meanwhile has the same open file: closing ours alone would not do.
            self.system(False)
        os.close(self.handle)

    def take(self):
        """Whether the lock is ours now."""
        try:
            return self.system(True)
        except (BlockingIOError, PermissionError):
            return False
        except (ImportError, OSError):
            return self.by_file()

    def system(self, take):
        """The system's lock; OSError when it is held, or when there is none."""
        if os.name == "nt":
            import msvcrt

            os.lseek(self.handle, 0, os.SEEK_SET)
            msvcrt.locking(self.handle, msvcrt.LK_NBLCK if take else msvcrt.LK_UNLCK, 1)
        else:
            import fcntl

            fcntl.flock(self.handle, (fcntl.LOCK_EX | fcntl.LOCK_NB) if take else fcntl.LOCK_UN)
        return True

    def by_file(self):
        """A lock where the system has none."""
        path = self.path + ".held"
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        except FileExistsError:
            try:
                if time.time() - os.lstat(path).st_mtime > self.ABANDONED:
                    os.unlink(path)
            except OSError:
                pass  # its owner removed it
            return False
        self.own = path
        return True
