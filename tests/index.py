"""A made-up package index: tiny wheels and sdists, and simple indexes of static files on 127.0.0.1.

::

    with Server(tmp_path) as server:
        main = server.index("main")
        main.wheel("a", "1.0", requires=["b<2"])
        main.sdist("c", "2.0", setup="open('marker', 'w')")
        main.url  # http://127.0.0.1:PORT/main/simple/

Behaviour of an index: ``user`` (401 without ``user:password``), ``delay`` (seconds before any answer).
"""

import base64
import hashlib
import html
import io
import tarfile
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote


def metadata(name, version, requires=(), python=None, version_of_metadata="2.1", more=()):
    """A METADATA or PKG-INFO file."""
    lines = [f"Metadata-Version: {version_of_metadata}", f"Name: {name}", f"Version: {version}"]
    if python:
        lines.append(f"Requires-Python: {python}")
    lines += [f"Requires-Dist: {one}" for one in requires]
    lines += more
    return "\n".join(lines) + "\n"


def wheel_bytes(name, version, requires=(), python=None, more=()):
    """A wheel with one module. more: further header lines, `Provides-Extra: x`."""
    stem = name.replace("-", "_")
    info = f"{stem}-{version}.dist-info"
    files = {
        f"{stem}.py": f"__version__ = {version!r}\n",
        f"{info}/METADATA": metadata(name, version, requires, python, more=more),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = []
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=")
            record.append(f"{path},sha256={digest.decode()},{len(text)}\n")
        archive.writestr(f"{info}/RECORD", "".join(record) + f"{info}/RECORD,,\n")
    return data.getvalue()


def wheel_name(name, version):
    """The file name of such a wheel."""
    return f"{name.replace('-', '_')}-{version}-py3-none-any.whl"


def sdist_bytes(name, version, requires=(), setup="", static=False):
    """An sdist. setup: code at the top of its setup.py; static: metadata that need no build."""
    stem = f"{name.replace('-', '_')}-{version}"
    form = "2.2" if static else "2.1"
    files = {
        "PKG-INFO": metadata(name, version, requires if static else (), version_of_metadata=form),
        "setup.py": f"{setup}\nfrom setuptools import setup\n"
        f"setup(name={name!r}, version={version!r}, install_requires={list(requires)!r},"
        f" py_modules=[{name.replace('-', '_')!r}])\n",
        f"{name.replace('-', '_')}.py": f"__version__ = {version!r}\n",
    }
    if static:
        files["pyproject.toml"] = "[build-system]\nrequires = ['setuptools']\n" \
            "build-backend = 'setuptools.build_meta'\n"  # fmt: skip
    return archive(stem, files)


def archive(stem, files):
    """A .tar.gz of files (path -> text) below a folder."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as tar:
        for path, text in files.items():
            item = tarfile.TarInfo(f"{stem}/{path}")
            item.size = len(text.encode())
            tar.addfile(item, io.BytesIO(text.encode()))
    return data.getvalue()


class Index:
    """A simple index (PEP 503): a page per project, files beside it."""

    def __init__(self, server, name):
        self.name = name
        self.server = server
        self.files = {}  # project -> {file name: (bytes, attributes of its link)}
        self.user = None
        self.delay = 0.0
        self.requests = []
        self.raw = {}  # path -> (status, bytes)

    @property
    def url(self):
        """Address for --index-url."""
        return f"http://127.0.0.1:{self.server.port}/{self.name}/simple/"

    def url_as(self, user):
        """The address with `user:password`."""
        return self.url.replace("//", f"//{user}@")

    def file_url(self, project, file):
        """Address of a file."""
        return f"http://127.0.0.1:{self.server.port}/{self.name}/files/{project}/{file}"

    def add(self, project, file, data, attributes=""):
        """A file of a project."""
        self.files.setdefault(project, {})[file] = (data, attributes)

    def wheel(self, name, version, requires=(), python=None, yanked=False, more=()):
        """Add a wheel."""
        attributes = f' data-requires-python="{html.escape(python)}"' if python else ""
        attributes += ' data-yanked="broken"' if yanked else ""
        data = wheel_bytes(name, version, requires, python, more)
        self.add(name, wheel_name(name, version), data, attributes)

    def sdist(self, name, version, requires=(), setup="", static=False):
        """Add an sdist."""
        file = f"{name.replace('-', '_')}-{version}.tar.gz"
        self.add(name, file, sdist_bytes(name, version, requires, setup, static))

    def answer(self, path, authorization):
        """(status, content type, bytes) of a GET below this index."""
        self.requests.append(path)
        if self.delay:
            time.sleep(self.delay)
        if self.user and authorization != "Basic " + base64.b64encode(self.user.encode()).decode():
            return 401, "text/plain", b"who are you?"
        if path in self.raw:
            return (self.raw[path][0], "text/html", self.raw[path][1])
        kind, _, rest = path.partition("/")
        project, _, file = rest.strip("/").partition("/")
        found = self.files.get(project)
        if found is None:
            return 404, "text/plain", b"unknown"
        if kind == "simple":
            links = "".join(
                f'<a href="/{self.name}/files/{project}/{one}"{attributes}>{one}</a><br>\n'
                for one, (_, attributes) in found.items()
            )
            page = f"<!DOCTYPE html><html><body>\n{links}</body></html>\n"
            return 200, "text/html", page.encode()
        if file in found:
            return 200, "application/octet-stream", found[file][0]
        return 404, "text/plain", b"unknown"


class Server:
    """Serves indexes, from threads, until it is closed."""

    def __init__(self):
        self.indexes = {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            """Answers for outer.indexes."""

            protocol_version = "HTTP/1.1"

            def do_GET(self):
                """Serve a page or a file."""
                name, _, path = unquote(self.path).lstrip("/").partition("/")
                index = outer.indexes.get(name)
                if index is None:
                    status, kind, data = 404, "text/plain", b"unknown"
                else:
                    status, kind, data = index.answer(path, self.headers.get("Authorization"))
                try:
                    self.send_response(status)
                    if status == 401:
                        self.send_header("WWW-Authenticate", 'Basic realm="x"')
                    self.send_header("Content-Type", kind)
                    self.send_header("Content-Length", str(len(data)))
                    self.send_header("Cache-Control", "no-store")
                    self.end_headers()
                    if self.command == "GET":
                        self.wfile.write(data)
                except OSError:
                    pass  # nobody waits any more

            do_HEAD = do_GET

            def log_message(self, *_):
                """Silent."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.port = self._http.server_address[1]
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    def index(self, name):
        """The index of this name, made at the first call."""
        return self.indexes.setdefault(name, Index(self, name))

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._http.shutdown()
        self._http.server_close()


def refused():
    """An address at which nobody listens."""
    return "http://127.0.0.1:9/simple/"
