"""The planner's answers when something is missing, slow, refused or broken; secrets; uninstall."""

import json
import os
import shutil
import subprocess
import sys
import time

import envs
import pytest
from index import Server, archive, refused
from planning import PLAN, Place, Shelf, changes, check, kinds, load, uv_path
from probing import interpreters


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """An environment that no test changes."""
    return Place(tmp_path_factory.mktemp("plan"))


@pytest.fixture
def place(home, server):
    """The same with an index of its own."""
    home.variables["PIP_INDEX_URL"] = server.index("main").url
    yield home
    home.reset()


@pytest.fixture(scope="module")
def host():
    with Server() as host:
        yield host


@pytest.fixture
def server(host):
    """Indexes of this test alone."""
    return Shelf(host)


@pytest.fixture
def main(server):
    """The default index: a needs b."""
    main = server.index("main")
    main.wheel("a", "1.0", ["b"])
    main.wheel("b", "1.0")
    return main


A_AND_B = {"a": (None, "1.0"), "b": (None, "1.0")}


def script(folder, name, text):
    """An executable script."""
    path = folder / name
    # -I: the planner hides the standard library from Pythons that it does not want to run.
    path.write_text(f"#!{sys.executable} -I\n{text}")
    path.chmod(0o755)
    return str(path)


def fake_uv(folder, body, version="0.13.9"):
    """A uv that answers --version, then does `body` (Python; `words` are its arguments)."""
    return script(folder, "uv", (
        "import json, os, sys, time\nwords = sys.argv[1:]\n"
        f"if '--version' in words:\n    print('uv {version} (test)')\n    sys.exit()\n{body}\n"
    ))  # fmt: skip


# ---------------------------------------------------------------------------- no plan


def test_unsatisfiable(place, main):
    main.wheel("c", "1.0", ["b>=2"])
    answer = place.plan("c", "b==1.0")
    assert answer["error"]["kind"] == "unsatisfiable"
    assert "b>=2" in answer["error"]["text"]
    assert "DEBUG" not in answer["error"]["text"]
    assert place.plan("c", "b==1.0", planner="pip")["error"]["kind"] == "unsatisfiable"


def test_misspelt(place, main):
    answer = place.plan("trasnformers")
    assert answer["error"]["kind"] == "unknown-package"
    assert problem(answer) == ("unknown-package", "trasnformers", "transformers")
    answer = place.plan("zzqqy", planner="pip")
    assert problem(answer) == ("unknown-package", "zzqqy", None)
    # A resolver lists no names: only well-known and installed ones are compared.
    for word, nearest in (("tensorfow", "tensorflow"), ("Opencv.Pyton", "opencv-python"), ("pipp", "pip")):
        assert place.plan(word)["error"].get("nearest") == nearest, word
    assert place.plan("sklearn-")["error"]["kind"] == "usage"


def problem(answer):
    """(kind, package, nearest) of an error."""
    error = answer["error"]
    return error["kind"], error.get("package"), error.get("nearest")


VERSIONS = ("1.4", "1.5", "2.0", "2.0.3", "3.0.0.7", "3.0.0.71", "3.1", "4.0rc1")


@pytest.mark.parametrize("planner", ["auto", "pip"])
@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("p==3.0.0", "3.0.0.71"), ("P [x] == 3.0.0 ; python_version > '3'", "3.0.0.71"),
        ("p===3.0.0", "3.0.0.71"), ("p==2.7", "2.0.3"), ("p==1.0", "1.4"), ("p==99", "3.1"),
        ("p==2.0.3+cu118", "2.0.3"), ("p==4.0rc7", "4.0rc1"),
    ],
)  # fmt: skip
def test_a_pin_that_does_not_exist(place, main, planner, word, nearest):
    for version in VERSIONS:
        main.wheel("p", version, more=["Provides-Extra: x"])
    answer = place.plan("a", word, planner=planner)
    assert problem(answer) == ("unsatisfiable", "p", nearest), answer["error"]


def test_the_colours_that_a_kernel_asks_for(place, main):
    # ipykernel sets these two; pip would colour its report.
    variables = {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}
    for planner in ("uv", "pip"):
        assert changes(place.plan("a", planner=planner, variables=variables)) == A_AND_B


def test_a_pin_in_a_file_that_names_the_index(place, main, server):
    extra = server.index("extra")
    extra.wheel("p", "1.5")
    (place.work / "pins.txt").write_text(f"--extra-index-url {extra.url}\na\np==1.0  # old\n")
    assert problem(place.plan("-r", "pins.txt")) == ("unsatisfiable", "p", "1.5")
    place.variables["UV_DEFAULT_INDEX"] = main.url
    answer = place.plan("--default-index", extra.url, "p==1.0", tool="uv")
    assert problem(answer) == ("unsatisfiable", "p", "1.5")


def test_a_pin_that_is_not_for_this_python(place, main):
    main.wheel("p", "1.0")
    main.wheel("p", "2.0", python=">=4")
    main.add("p", "p-3.0-cp27-none-any.whl", b"")
    assert problem(place.plan("p==2.0")) == ("unsatisfiable", "p", "1.0")
    assert problem(place.plan("p==3.0")) == ("unsatisfiable", "p", "1.0")


def test_a_pin_of_which_nothing_exists(place, main):
    main.add("p", "p-3.0-cp27-none-any.whl", b"")
    assert problem(place.plan("p==1.0")) == ("unsatisfiable", "p", None)
    assert problem(place.plan("p==x")) == ("usage", None, None)


def test_pins_that_exist_but_do_not_fit(place, main):
    """Nothing is said of versions, and the index is not asked again."""
    main.wheel("c", "1.0", ["b>=2"])
    main.wheel("d", "1.0", ["b==7"])
    assert problem(place.plan("c==1.0", "b==1.0")) == ("unsatisfiable", None, None)
    # The pin of a dependency is not in the command.
    assert problem(place.plan("d==1.0")) == ("unsatisfiable", None, None)


def test_the_nearest_version_costs_at_most_a_second(place, main, tmp_path):
    body = (
        "if 'compile' in words:\n    time.sleep(100)\n"
        "sys.stderr.write('No solution found: there is no version of p==1.0 and you require p==1.0')\n"
        "sys.exit(1)"
    )
    begin = time.monotonic()
    answer = place.plan("p==1.0", uv_paths=[fake_uv(tmp_path, body)], planner="uv")
    assert problem(answer) == ("unsatisfiable", "p", None)
    assert answer["duration_ms"] < 2500
    assert time.monotonic() - begin < 5


def test_the_network_is_not_asked_twice(place, tmp_path):
    seen = tmp_path / "seen"
    body = (
        f"open({str(seen)!r}, 'a').write(words[-1] + ' ')\n"
        "sys.stderr.write('error: Failed to fetch: there is no version of p==1.0')\nsys.exit(2)"
    )
    answer = place.plan("p==1.0", uv_paths=[fake_uv(tmp_path, body)], planner="uv")
    assert answer["error"]["kind"] == "network"
    assert seen.read_text() == "p==1.0 "


def test_closest():
    closest = load()["closest"]
    for version, versions, nearest in (
        ("4.7.0", ["4.6.0.66", "4.7.0.68", "4.7.0.72", "4.8"], "4.7.0.72"),
        ("1.0", ["1.1", "2.0"], "1.1"), ("2.5", ["2.4.post1", "2.4.post2", "2.10"], "2.4.post2"),
        ("2.10", ["2.9", "2.11"], "2.9"), ("1.0", ["2.0rc1", "2.0rc2"], "2.0rc1"), ("1", [], None),
        ("1!2", ["1!1.0"], "1!1.0"), ("v3", ["2"], "2"),
    ):  # fmt: skip
        assert closest(version, versions) == nearest, version


@pytest.mark.parametrize("planner", ["auto", "pip"])
def test_missing_requirements_file(place, main, planner):
    answer = place.plan("-r", "missing.txt", planner=planner)
    assert answer["error"]["kind"] == "missing-file"
    assert "missing.txt" in answer["error"]["text"]


@pytest.mark.parametrize("words", [["-c", "missing.txt", "a"], ["./missing"], ["./missing-1.0-py3-none-any.whl"]], ids=" ".join)
def test_other_missing_files(place, main, words):
    assert place.plan(*words)["error"]["kind"] in ("missing-file", "usage")


def test_missing_folder(place, main):
    assert place.plan("a", cwd="/nonexistent/x")["error"]["kind"] == "missing-file"


@pytest.mark.parametrize(
    "words", [[], ["--nonsense", "a"], ["a b"], ["a>>1"], ["-r"], ["-%"], ["--no-deps"]], ids=" ".join
)
def test_usage(place, main, words):
    answer = place.plan(*words)
    assert answer["error"]["kind"] == "usage", answer


@pytest.mark.parametrize("planner", ["auto", "pip"])
def test_no_network(place, planner):
    place.variables["PIP_INDEX_URL"] = refused()
    begin = time.monotonic()
    answer = place.plan("a", planner=planner)
    assert answer["error"]["kind"] == "network"
    assert time.monotonic() - begin < 15


def test_slow_index(place, main):
    main.delay = 30
    begin = time.monotonic()
    answer = place.plan("a", deadline=2)
    # uv gives up by itself at the same moment.
    assert answer["error"]["kind"] in ("timeout", "network")
    assert time.monotonic() - begin < 6


def test_deadline_ends_every_process(place, tmp_path):
    """The process and its children, which keep the pipes open."""
    pids = tmp_path / "pids"
    fake_uv(tmp_path, (
        f"pid = os.fork()\nopen({str(pids)!r}, 'a').write(f'{{os.getpid()}} ')\ntime.sleep(100)"
    ))  # fmt: skip
    begin = time.monotonic()
    answer = place.plan("a", deadline=1.5, uv_paths=[str(tmp_path / "uv")])
    assert answer["error"] == {"kind": "timeout", "text": "no answer within 1.5 s"}
    assert time.monotonic() - begin < 6
    time.sleep(0.3)
    for pid in pids.read_text().split():
        assert not alive(int(pid)), pid


def alive(pid):
    """Whether a process runs (a zombie does not)."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as lines:
            return lines.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(
    "body",
    ["print('no JSON at all')", "print(json.dumps({'changes': [1]}))", "print('[]')",
     "print(json.dumps({'changes': [{'name': 1, 'action': 'installed'}]}))",
     "sys.stderr.write('thread main panicked at src/x.rs:1\\n'); sys.exit(101)",
     "os.kill(os.getpid(), 9)", "sys.exit(3)"],
)  # fmt: skip
def test_broken_uv(place, main, tmp_path, body):
    paths = [fake_uv(tmp_path, body)]
    answer = place.plan("a", uv_paths=paths, planner="uv")
    assert answer["error"]["kind"] == "crash"
    answer = place.plan("a", uv_paths=paths)
    assert answer["planner"].startswith("pip ")
    assert changes(answer) == A_AND_B


def test_unknown_keys_and_actions_of_uv(place, tmp_path):
    body = (
        "print(json.dumps({'schema': {'version': 'next'}, 'new': 1, 'changes': ["
        "{'name': 'A_b', 'version': '2', 'action': 'installed', 'x': []},"
        "{'name': 'c', 'version': '1', 'action': 'admired'}]}))"
    )
    answer = place.plan("a", uv_paths=[fake_uv(tmp_path, body)], planner="uv")
    assert changes(answer) == {"a-b": (None, "2")}


def built(folder, name):
    """A fake uv that stops at the build of what an expression names, and insists on the guard; the
    file of its calls."""
    seen = folder / "seen"
    body = (
        "assert {'--require-build-hashes', '--no-config'} <= set(words), words\n"
        f"with open({str(seen)!r}, 'a') as out:\n    out.write('x')\n"
        f"count = os.path.getsize({str(seen)!r})\n"
        f"sys.stderr.write(f'error: Failed to download and build `{name}`\\n  cause: Hash-checking is required')\n"
        "sys.exit(1)"
    )
    return seen, fake_uv(folder, body)


@pytest.mark.parametrize(
    ("name", "calls", "package"),
    [("b==1", 2, "b"), ("p{count}==1", 11, "p11"), ("b @ http://h/b.zip", 1, "b"), ("file:///x", 1, None),
     ('b==1" #', 1, "b")],
)  # fmt: skip
def test_uv_stops_at_builds_again_and_again(place, tmp_path, name, calls, package):
    seen, path = built(tmp_path, name)
    answer = place.plan("a", uv_paths=[path], planner="uv")
    assert (answer["error"]["kind"], answer["error"].get("package")) == ("needs-build", package)
    assert seen.read_text() == "x" * calls
    assert "lower-bound" not in kinds(answer)


OLD = """Using Python 3.11.7 environment at: {prefix}
DEBUG Selecting: numpy==2.4.6 [compatible] (numpy-2.4.6-cp311-cp311-manylinux_2_28_x86_64.whl)
DEBUG Adding transitive dependency for pandas==2.2.3: numpy{{python_full_version == '3.11.*'}}>=1.23.2
Resolved 5 packages in 568ms
Would download 2 packages
Would uninstall 1 package
Would install 2 packages
 - numpy==1.26.4
 + numpy==2.4.6
 + pandas==2.2.3
"""


def test_older_uv(place, tmp_path):
    """uv 0.5.10: other flags, text instead of JSON (recorded)."""
    body = (
        "for flag in ('--output-format', '--system-certs', '--require-build-hashes'):\n"
        "    if flag in words:\n"
        "        sys.stderr.write(f\"error: unexpected argument '{flag}' found\\n\")\n"
        "        sys.exit(2)\n"
        "assert '--native-tls' in words and 'json' not in words, words\n"
        f"sys.stderr.write({OLD.format(prefix=place.prefix)!r})"
    )
    answer = place.plan("pandas", uv_paths=[fake_uv(tmp_path, body, "0.5.10")])
    assert answer["planner"] == "uv 0.5.10"
    assert changes(answer) == {"numpy": ("1.26.4", "2.4.6"), "pandas": (None, "2.2.3")}
    assert {row["name"]: row["requires"] for row in answer["rows"]} == {
        "numpy": [], "pandas": ["numpy>=1.23.2"]
    }  # fmt: skip


def test_older_uv_with_nothing_to_do(place, tmp_path):
    body = (
        "if '--output-format' in words:\n"
        "    sys.stderr.write(\"error: unexpected argument '--output-format' found\\n\")\n"
        "    sys.exit(2)\n"
        "sys.stderr.write('Would make no changes\\n')"
    )
    assert changes(place.plan("pandas", uv_paths=[fake_uv(tmp_path, body, "0.9.0")])) == {}


def test_no_planner(tmp_path_factory, main):
    bare = Place(tmp_path_factory.mktemp("bare"), seed=False)
    bare.variables["PIP_INDEX_URL"] = main.url
    assert bare.plan("a", uv_paths=[])["error"]["kind"] == "no-planner"
    assert changes(bare.plan("a")) == A_AND_B


def test_where_uv_is_looked_for(place, main, tmp_path):
    """Of the environment, on PATH, as the request says; one that does not start is passed over."""
    body = "print(json.dumps({'changes': []}))"
    last = tmp_path / "last"
    last.mkdir()
    fake_uv(last, body, "0.13.3")
    assert place.plan("a", uv_paths=[str(last / "uv")])["planner"] == "uv 0.13.3"
    path = tmp_path / "path"
    path.mkdir()
    script(path, "uv", "import sys; sys.exit(127)")
    variables = {"PATH": f"relative:{path}:/usr/bin:/bin"}
    assert place.plan("a", uv_paths=[str(last / "uv")], variables=variables)["planner"] == "uv 0.13.3"
    # A kernel is started by a Jupyter server that has this extension, and so uv.
    beside = tmp_path / "server"
    beside.mkdir()
    fake_uv(beside, body, "0.13.4")
    (beside / "jupyter-lab").write_text("sleep 60; true")
    server = subprocess.Popen(["/bin/sh", str(beside / "jupyter-lab")])
    variables["JPY_PARENT_PID"] = server.pid
    private = place.folder / "home" / ".local" / "share" / "jupyterlab-gpu-doctor" / "bin"
    private.mkdir(parents=True)
    fake_uv(private, body, "0.13.5")
    try:
        assert find(place, variables, last) == "uv 0.13.4"
        # Too old to answer in JSON: the next one is asked.
        fake_uv(path, body, "0.12.9")
        assert find(place, variables, last) == "uv 0.13.4"
    finally:
        server.kill()
        server.wait()
    assert find(place, variables, last) == "uv 0.13.5"
    shutil.rmtree(private)
    assert find(place, variables, last) == "uv 0.13.3"
    fake_uv(path, body, "0.13.2")
    assert find(place, variables, last) == "uv 0.13.2"
    own = place.prefix / "bin"
    fake_uv(own, body, "0.13.1")
    try:
        assert place.plan("a", uv_paths=[], variables=variables)["planner"] == "uv 0.13.1"
    finally:
        (own / "uv").unlink()


def find(place, variables, last):
    """Which uv plans."""
    return place.plan("a", uv_paths=[str(last / "uv")], variables=variables)["planner"]


def test_whose_process_started_the_kernel(monkeypatch):
    """A process of another user may call itself anything."""
    space = load()
    code = "print(flush=True); import sys; sys.stdin.read()"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", code], **pipes) as started:
        started.stdout.readline()
        monkeypatch.setenv("JPY_PARENT_PID", str(started.pid))
        assert space["server_folders"]() == [os.path.dirname(sys.executable)]
        monkeypatch.setattr(os, "getuid", lambda: 54321)
        assert space["server_folders"]() == []
    monkeypatch.undo()
    for odd in ("x", "-1", "0", "99999999"):
        monkeypatch.setenv("JPY_PARENT_PID", odd)
        assert space["server_folders"]() == []


# ---------------------------------------------------------------------------- pip as the planner


def test_pip_plans(place, main):
    answer = place.plan("a", uv_paths=[])
    assert answer["planner"].startswith("pip ")
    assert changes(answer) == A_AND_B
    assert [row["build"] for row in answer["rows"]] == ["wheel", "wheel"]


def test_pip_builds_nothing(place, main, tmp_path):
    marker = tmp_path / "ran"
    main.sdist("s", "1.0", setup=f"open({str(marker)!r}, 'w').close()")
    (place.work / "local").mkdir(exist_ok=True)
    (place.work / "local" / "setup.py").write_text(f"open({str(marker)!r}, 'w').close()\n")
    # The metadata of a wheel lead to a folder.
    main.wheel("d", "1.0", [f"local @ {(place.work / 'local').as_uri()}"])
    (place.work / "lines.txt").write_text("a\n-e ./local\n")
    cases = (["--no-binary", "s", "s"], ["./local"], ["-e", "local"], ["d"], ["-r", "lines.txt"],
             ["x @ git+http://127.0.0.1:9/x"], ["./s-1.0.tar.gz"])  # fmt: skip
    for words in cases:
        answer = place.plan(*words, planner="pip")
        assert answer["error"]["kind"] == "needs-build", (words, answer["error"])
        assert not marker.exists(), words


def test_pip_does_not_go_back_to_what_has_wheels(place, main, tmp_path):
    """It would plan another version than it installs, or call the name unknown."""
    marker = tmp_path / "ran"
    files = {
        "PKG-INFO": "Metadata-Version: 2.1\nName: u\nVersion: 1.0\n",
        "pyproject.toml": "[build-system]\nrequires = []\nbuild-backend = 'be'\nbackend-path = ['.']\n",
        "be.py": f"open({str(marker)!r}, 'w').close()\n",
    }
    main.add("u", "u-1.0.tar.gz", archive("u-1.0", files))
    main.sdist("s", "1.0", setup=f"open({str(marker)!r}, 'w').close()")
    main.wheel("t", "1.0")
    main.wheel("t", "2.0", ["b", "s"])
    # What the build of s would ask for.
    main.wheel("setuptools", "99.0")
    for word, package in (("s", "s"), ("t", "s"), ("u", "u")):
        answer = place.plan(word, planner="pip")
        assert problem(answer) == ("needs-build", package, None)
        assert [(one["kind"], one["package"]) for one in answer["notes"]] == [("needs-build", package)]
        assert not marker.exists(), word
    assert changes(place.plan("t<2", planner="pip")) == {"t": (None, "1.0")}


# ---------------------------------------------------------------------------- secrets

SECRET = "s3cr3t-w0rd"


@pytest.mark.parametrize("planner", ["auto", "pip", "uv"])
@pytest.mark.parametrize(
    "words",
    [
        ["-i", "http://anna:{}@127.0.0.1:9/simple", "a"],
        ["-i", "http://anna:{}@host:port/simple", "a"],
        ["-i", "http://{}@127.0.0.1:99999999/simple", "a"],
        ["--extra-index-url=http://anna:{}/x@127.0.0.1:9/simple", "zzz-unknown"],
        ["a @ http://anna:{}@127.0.0.1:9/b-1.0-py3-none-any.whl"],
        ["a @ http://anna:{}@127.0.0.1:9/a-1.0.tar.gz"],
        ["x @ git+http://anna:{}@127.0.0.1:9/x"],
        ["-f", "http://anna:{}@127.0.0.1:9/links", "zzz-unknown"],
        ["--proxy", "http://anna:{}@127.0.0.1:9", "zzz-unknown"],
        ["-r", "http://anna:{}@127.0.0.1:9/r.txt"],
        ["-r", "secret.txt"],
        ["--trusted-host", "anna:{}@x", "http://anna:{}@[/x"],
    ],
    ids=str,
)
def test_credentials_are_never_shown(place, main, words, planner):
    (place.work / "secret.txt").write_text(f"--index-url http://anna:{SECRET}@127.0.0.1:9/simple\nzzz\n")
    answer = place.plan(*(word.format(SECRET) for word in words), planner=planner, deadline=20)
    assert SECRET not in json.dumps(answer)


def test_credentials_are_not_in_argument_lists(place, tmp_path):
    """Arguments are seen by every user of the machine."""
    seen = tmp_path / "seen"
    body = (
        f"open({str(seen)!r}, 'w').write(json.dumps([words, sys.stdin.read(), dict(os.environ)]))\n"
        "print(json.dumps({'changes': []}))"
    )
    url = f"http://anna:{SECRET}@127.0.0.1:9"
    place.variables["PIP_EXTRA_INDEX_URL"] = url + "/one " + url + "/two"
    words = ["-i", url + "/main", "-f", url + "/links", f"a @ {url}/a-1.0-py3-none-any.whl"]
    place.plan(*words, uv_paths=[fake_uv(tmp_path, body)], planner="uv")
    arguments, stdin, environ = json.loads(seen.read_text())
    assert SECRET not in str(arguments)
    assert arguments[-2:] == ["-r", "-"]
    assert SECRET in stdin
    assert environ["UV_DEFAULT_INDEX"] == url + "/main"
    assert environ["UV_INDEX"] == f"{url}/one {url}/two"
    assert environ["UV_FIND_LINKS"] == url + "/links"


def test_masking():
    mask = load()["mask"]
    for text, masked in (
        ("at https://u:p@host/x, and http://t@h", "at https://****@host/x, and http://****@h"),
        ("https://conda.host/t/abc-123/label", "https://conda.host/t/****/label"),
        ("https://h/x?token=abc&y=1", "https://h/x?token=****&y=1"),
        ("https://host/simple/a@1", "https://host/simple/a@1"),
        ("mail a@b.c", "mail a@b.c"),
    ):
        assert mask(text) == masked


# ---------------------------------------------------------------------------- size, places, Pythons


def test_three_thousand_requirements(place, tmp_path):
    """In one file, and as words: more than a command line may hold elsewhere."""
    from index import wheel_bytes, wheel_name

    links = tmp_path / "links"
    links.mkdir()
    names = [f"package-number-{index}" for index in range(3000)]
    for name in names:
        (links / wheel_name(name, "1.0")).write_bytes(wheel_bytes(name, "1.0"))
    (place.work / "many.txt").write_text("".join(f"{name}==1.0\n" for name in names))
    for words in (["-U", "-r", "many.txt"], names):
        answer = place.plan("--no-index", "-f", links, *words)
        assert len(answer["rows"]) == 3000, answer["error"]
        assert answer["planner"].startswith("uv ")


def test_every_python(main, tmp_path):
    """A system's interpreter has no pip of its own here; the planner only needs to run."""
    for python in interpreters():
        folder = tmp_path / python.replace("/", "_")
        folder.mkdir()
        place = Place(folder, seed=False)
        place.variables["PIP_INDEX_URL"] = main.url
        version = envs.run(python, "-c", "import sys; print(*sys.version_info[:2])").split()
        target = envs.make_venv(folder / "venv", (), python=python, seed=False)
        answer = place.plan("a", python=envs.python_of(target))
        assert changes(answer) == A_AND_B, version


def test_nothing_is_left_behind(place, main):
    before = sorted(os.listdir(place.prefix)), sorted(os.listdir(place.site)), sorted(os.listdir(place.work))
    place.plan("a", constraints=["b==1.0"])
    place.plan("a", planner="pip")
    after = sorted(set(os.listdir(place.prefix)) - {".lock"})
    assert (sorted(set(before[0]) - {".lock"}), before[1], before[2]) == (
        after, sorted(os.listdir(place.site)), sorted(os.listdir(place.work))
    )  # fmt: skip


def test_a_cache_that_cannot_be_written(place, main, tmp_path):
    locked = tmp_path / "file"
    locked.write_text("")
    answer = place.plan("a", uv_cache=None, variables={"XDG_CACHE_HOME": locked})
    assert changes(answer) == A_AND_B
    answer = place.plan("a", uv_cache=None, variables={"XDG_CACHE_HOME": tmp_path / "cache"})
    assert changes(answer) == A_AND_B
    assert (tmp_path / "cache" / "jupyterlab-gpu-doctor" / "uv").is_dir()


# ---------------------------------------------------------------------------- uninstall, uv's words


def test_uninstall(tmp_path):
    place = Place(tmp_path)
    place.stub("top", "1.0", ["low"])
    place.stub("Low.Kit", "2.0")
    (place.work / "r.txt").write_text("low-kit\n")
    answer = place.plan("-y", "TOP", "nothing", "-r", "r.txt", action="uninstall", uv_paths=[])
    assert answer["planner"] == "computed"
    assert changes(answer) == {"top": ("1.0", None), "low-kit": ("2.0", None)}
    assert [(one["kind"], one["package"]) for one in answer["notes"]] == [("not-installed", "nothing")]
    assert place.plan("-y", action="uninstall")["error"]["kind"] == "usage"
    (place.site / "old-1.0.egg-info").write_text("Name: old\nVersion: 1.0\n")
    assert kinds(place.plan("old", action="uninstall")) == ["pip-will-refuse"]


def test_uv_commands_keep_uvs_settings(place, main):
    """`uv pip install` reads uv's configuration, not pip's; -U moves everything."""
    main.wheel("b", "2.0")
    place.variables["UV_DEFAULT_INDEX"] = main.url
    del place.variables["PIP_INDEX_URL"]
    assert changes(place.plan("a", tool="uv")) == {"a": (None, "1.0"), "b": (None, "2.0")}
    config = place.work / "uv.toml"
    config.write_text('override-dependencies = ["b<2"]\n')
    try:
        words = ["--system", "-q", "--python", "elsewhere", "a"]
        assert changes(place.plan(*words, tool="uv")) == A_AND_B
    finally:
        config.unlink()
    assert place.plan("--target", "x", "a", tool="uv")["error"]["kind"] == "other"


# ---------------------------------------------------------------------------- odd requests


@pytest.mark.parametrize(
    "request_",
    [None, 1, "x", [], {}, {"tool": "pip"}, {"tool": "apt", "action": "install", "args": []},
     {"tool": "pip", "action": "install", "args": "a"}, {"tool": "pip", "action": "install", "args": [1]},
     {"tool": "pip", "action": "install", "args": ["a\0b"]}, {"tool": "pip", "action": "sing", "args": ["a"]},
     {"tool": "pip", "action": "update", "args": ["a"]}],
    ids=str,
)  # fmt: skip
def test_requests_of_another_form(request_):
    assert check(load()["plan"](request_))["error"]["kind"] == "usage"


def test_odd_values(monkeypatch):
    """Never an exception, whatever a field holds."""
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", refused())
    base = {"tool": "pip", "action": "install", "args": ["zz"]}
    plan = load()["plan"]
    for more in ({"deadline": "soon"}, {"deadline": float("nan")}, {"cwd": 7}, {"uv_paths": 3, "deadline": 1},
                 {"constraints": 5, "deadline": 1}, {"uv_cache": [], "deadline": 1},
                 {"planner": {}, "deadline": 1}, {"args": ["\udcff"]}):  # fmt: skip
        answer = check(plan({**base, "cwd": "/", "uv_paths": [uv_path()], "deadline": 1, **more}))
        assert answer["error"] is not None, more
        json.dumps(answer).encode("ascii")


def test_wrong_use_of_the_command():
    for words in ([], ["/nonexistent"], [str(PLAN)]):
        done = subprocess.run([sys.executable, str(PLAN), *words], check=False, capture_output=True)
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.count(b"\n") == 1


def test_progress(place, main):
    seen = []
    request = {"tool": "pip", "action": "install", "args": ["zz"], "cwd": "/", "deadline": 1e-9}
    load()["plan"](request, seen.append)
    # Past its deadline nothing is started.
    assert seen == [] or seen[0]["phase"] in ("resolving", "pip")
