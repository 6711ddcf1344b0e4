"""Wheels made on the spot: real names, versions, Requires-Dist and file names, tiny contents."""

import base64
import functools
import hashlib
import io
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Wheel:
    """One wheel. files: path in site-packages -> text or bytes; `label`: a local version label that
    METADATA does not have, as on the default index (torch 2.3.1 is 2.3.1+cu121 inside)."""

    name: str
    version: str
    requires: tuple = ()
    files: dict = field(default_factory=dict)
    package: str | None = None
    python: str = ">=3.8"
    tags: tuple = ("py3-none-any",)

    @property
    def stem(self):
        """Name and version as file names have them."""
        return f"{self.name.replace('-', '_')}-{self.version}"

    @property
    def file_name(self):
        """Name of the .whl file."""
        return f"{self.stem}-{self.tags[0]}.whl"

    def contents(self, installer=None):
        """path -> bytes, with the dist-info directory."""
        info = f"{self.stem}.dist-info"
        head = ["Metadata-Version: 2.1", f"Name: {self.name}", f"Version: {self.version}"]
        head.append(f"Requires-Python: {self.python}")
        head += [f"Requires-Dist: {line}" for line in self.requires]
        extras = {line.split("extra ==")[1].strip(" '\")") for line in self.requires if "extra ==" in line}
        head += [f"Provides-Extra: {extra}" for extra in sorted(extras)]
        pure = "true" if self.tags[0].endswith("-any") else "false"
        wheel = ["Wheel-Version: 1.0", "Generator: bdist_wheel (0.43.0)", f"Root-Is-Purelib: {pure}"]
        wheel += [f"Tag: {tag}" for tag in self.tags]
        found = {path: text.encode() if isinstance(text, str) else text for path, text in self.files.items()}
        if self.package:
            found.setdefault(f"{self.package}/__init__.py", b"")
        found[f"{info}/METADATA"] = "\n".join([*head, "", "A stub.", ""]).encode()
        found[f"{info}/WHEEL"] = "\n".join([*wheel, ""]).encode()
        if installer:
            found[f"{info}/INSTALLER"] = f"{installer}\n".encode()
        rows = []
        for path, data in found.items():
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            rows.append(f"{path},sha256={digest},{len(data)}")
        found[f"{info}/RECORD"] = "\n".join([*rows, f"{info}/RECORD,,", ""]).encode()
        return found

    def install(self, site, installer="pip"):
        """Put it into a site-packages folder, as pip would; its dist-info folder."""
        for path, data in self.contents(installer).items():
            write(Path(site) / path, data)
        return Path(site) / f"{self.stem}.dist-info"

    def data(self):
        """The .whl file."""
        raw = io.BytesIO()
        with zipfile.ZipFile(raw, "w") as archive:
            for path, data in self.contents().items():
                archive.writestr(path, data)
        return raw.getvalue()


def write(path, data):
    """Write a file anew: never through a hard link into uv's cache."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)


# ---------------------------------------------------------------------------- shared libraries


@functools.cache
def elf(*flags, source=""):
    """A small shared library by the compiler of this machine."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "x.c").write_text(source or "int gpu_doctor_stub;\n")
        command = ["gcc", "-shared", "-fPIC", "-s", "-nostdlib", "-o", "x.so", "x.c", *flags]
        subprocess.run(command, check=True, capture_output=True, cwd=folder)
        return (Path(folder) / "x.so").read_bytes()


@functools.cache
def libstdcxx(newest):
    """A libstdc++.so.6 that offers GLIBCXX_3.4 to GLIBCXX_3.4.newest."""
    names = ["GLIBCXX_3.4", *(f"GLIBCXX_3.4.{n}" for n in range(1, newest + 1))]
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "versions"
        script.write_text("".join(f"{n} {{ global: f_{i}; }};\n" for i, n in enumerate(names)))
        source = "".join(f"int f_{i}(void) {{ return {i}; }}\n" for i in range(len(names)))
        return elf("-Wl,-soname,libstdc++.so.6", f"-Wl,--version-script={script}", source=source)


@functools.cache
def needs_glibcxx(newest):
    """A compiled module that wants GLIBCXX_3.4.newest."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "libstdc++.so.6"
        library.write_bytes(libstdcxx(newest))
        source = f"int f_{newest}(void);\nint PyInit_x(void) {{ return f_{newest}(); }}\n"
        return elf(str(library), source=source)


def module_name(stem, python):
    """File name of a compiled module of a Python, `3.11`, on this machine."""
    import os

    return f"{stem}.cpython-{python.replace('.', '')}-{os.uname().machine}-linux-gnu.so"
