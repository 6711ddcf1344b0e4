"""Real installs of every kind, undone: afterwards each file of the environment is what it was, bit for bit."""

import itertools
import sys
import textwrap

import envs
import pytest
import undoing
from index import Server
from undoing import Env, offer

NUMBERS = itertools.count()
FIGURES = []


@pytest.fixture(scope="module", autouse=True)
def figures():
    """Print what it cost, at the end."""
    yield
    print("\n| install | mode | files | begin s | MB | seal s | + | - | ~ | MB | undo s |")
    for row in FIGURES:
        print("| " + " | ".join(map(str, row)) + " |")


@pytest.fixture(scope="module")
def origin():
    """An environment that is copied for each test."""
    packages = ["six==1.15.0", "idna==3.4", "numpy==1.26.4", "setuptools==69.5.1", "wheel==0.43.0", "pip==24.0"]
    python = next(one for one in ("3.11", "3.12", "3.10") if envs.has_python(one))
    return envs.cached("undo", [*packages, python], lambda target: envs.make_venv(target, packages, python))


@pytest.fixture
def env(origin, tmp_path):
    return Env(tmp_path, origin)


@pytest.fixture
def made(env):
    """The environment with an index of made-up packages."""
    with Server() as server:
        env.index = server.index(f"undo-{next(NUMBERS)}")
        yield env


def goes_back(env, install, title, names=(), mode="tree", changed=True):
    """begin, install, seal, undo: every file is as before, with its mode and time."""
    before, folders = env.snapshot(), undoing.folders_of(env.prefix)
    begun = env.ask("begin", "one", mode=mode, names=list(names))
    assert "error" not in begun, begun
    assert begun["mode"] == mode
    assert env.snapshot() == before
    install()
    middle = env.snapshot()
    assert (middle != before) == changed
    sealed = env.ask("seal", "one")
    assert sealed["complete"] is True, sealed
    assert env.ask("check", "one") == {
        "possible": True, "reason": None, "files": [], "bytes": sealed["bytes"],
    }  # fmt: skip
    undone = env.ask("undo", "one")
    assert undone.get("verified") is True, undone
    after = env.snapshot()
    assert undoing.differences(before, after) == []
    assert undoing.folders_of(env.prefix) == folders
    # What changed is what was put back: nothing else.
    assert sealed["added"] == undone["removed"] == len(middle.keys() - before.keys())
    assert sealed["removed"] == len(before.keys() - middle.keys())
    assert sealed["removed"] + sealed["replaced"] == undone["restored"]
    FIGURES.append((
        title, mode, begun["files"], begun["seconds"], round(begun["bytes"] / 1e6, 1), sealed["seconds"],
        sealed["added"], sealed["removed"], sealed["replaced"], round(sealed["bytes"] / 1e6, 1), undone["seconds"],
    ))  # fmt: skip
    return middle


def stale_code(env):
    """Byte code that does not fit the source it lies beside; Python would find out, or not."""
    code = textwrap.dedent("""
        import sys, glob, importlib.util, marshal, os
        for path in glob.glob(sys.argv[1] + "/**/__pycache__/*.pyc", recursive=True):
            source = importlib.util.source_from_cache(path)
            info = os.stat(source)
            head = open(path, "rb").read(16)
            number = lambda a: int.from_bytes(head[a:a + 4], "little")
            if (number(8), number(12)) != (int(info.st_mtime) & 0xFFFFFFFF, info.st_size & 0xFFFFFFFF):
                print(path)
    """)
    return env.run(env.python, "-c", code, env.site).stdout


# ---------------------------------------------------------------------------- packages of the index


def test_upgrade(env):
    stale = stale_code(env)
    goes_back(env, lambda: env.pip("install", "-U", "six"), "upgrade six", ["six"])
    assert stale_code(env) == stale


@pytest.mark.parametrize("mode", ["tree", "plan"])
def test_downgrade_of_compiled_modules(env, mode):
    """Byte code of the old version comes back too, for the packages that were named."""
    env.run(env.python, "-c", "import numpy.linalg")
    code = {one for one in env.snapshot(code=True) if "numpy" in one and one.endswith(".pyc")}
    stale = stale_code(env)
    goes_back(env, lambda: env.pip("install", "numpy==1.25.2"), "downgrade numpy", ["numpy"], mode)
    assert {one for one in env.snapshot(code=True) if "numpy" in one and one.endswith(".pyc")} == code
    assert stale_code(env) == stale
    assert env.run(env.python, "-c", "import numpy; print(numpy.__version__)").stdout == "1.26.4\n"


def test_wheel_over_conda_package(tmp_path):
    healthy = envs.cached("conda-healthy", [1], lambda target: envs.make_conda(target, replace=False))
    env = Env(tmp_path, healthy)
    info = next(env.site.glob("numpy-*.dist-info"))
    assert (info / "INSTALLER").read_text() == "conda\n"
    before = {one: known for one, known in env.snapshot().items() if one.startswith("conda-meta")}
    assert len(before) > 20
    goes_back(env, lambda: env.pip("install", "--no-deps", "numpy==1.26.4"), "numpy over conda's", ["numpy"])
    assert (info / "INSTALLER").read_text() == "conda\n"


def test_pip_replaces_itself(env):
    goes_back(env, lambda: env.pip("install", "-U", "pip"), "-U pip", ["pip"])
    assert "24.0" in env.run(env.python, "-m", "pip", "--version").stdout


def test_force_reinstall(env):
    """The same content: nothing to see but new files."""
    before = env.snapshot()
    middle = goes_back(env, lambda: env.pip("install", "--force-reinstall", "--no-deps", "idna==3.4"),
                       "--force-reinstall", ["idna"])  # fmt: skip
    assert middle.keys() == before.keys()
    assert [one for one in before if before[one][1] != middle[one][1] and "dist-info" not in one] == []


def test_uninstall(env):
    env.run(env.python, "-c", "import numpy")
    goes_back(env, lambda: env.pip("uninstall", "-y", "numpy", "six"), "uninstall", ["numpy", "six"])
    env.run(env.python, "-c", "import numpy, six")


def test_uv(env):
    stale = stale_code(env)
    goes_back(env, lambda: env.uv("install", "-U", "six", "numpy==1.25.2"), "uv pip", ["six", "numpy"])
    assert stale_code(env) == stale


# ---------------------------------------------------------------------------- made-up ones


@pytest.mark.parametrize("mode", ["tree", "plan"])
def test_adds_only(made, mode):
    """With byte code of a later import, and folders that were not there."""
    files = {"fresh/__init__.py": "from . import more\n", "fresh/more/__init__.py": "x = 1\n", "alone.py": ""}
    offer(made.index, "fresh", "1.0", files)

    def install():
        made.pip("install", "fresh")

    goes_back(made, install, "adds only", mode=mode)
    # And when it was used in between.
    made.ask("begin", "two", mode=mode, names=[])
    install()
    made.ask("seal", "two")
    made.run(made.python, "-c", "import fresh.more, alone")
    assert len([one for one in made.snapshot(code=True) if "fresh" in one and "pyc" in one]) == 2
    assert made.ask("undo", "two")["removed"] == 8
    assert [one for one in made.snapshot(code=True) if "fresh" in one or "alone" in one] == []


def test_two_that_share_a_folder(made):
    """As opencv-python-headless over opencv-python: pip overwrites files of the other, silently."""
    shared = {f"cv2/{number}.py": f"contrib {number}\n" for number in range(50)}
    offer(made.index, "cv-python", "4.7", {"cv2/__init__.py": "gui = True\n", **shared})
    offer(made.index, "cv-headless", "4.8", {
        "cv2/__init__.py": "gui = False\n", "cv2/new.py": "", **{one: text + "#\n" for one, text in shared.items()},
    })  # fmt: skip
    made.pip("install", "cv-python")
    goes_back(made, lambda: made.pip("install", "cv-headless"), "twin that overwrites")
    made.ask("begin", "two", mode="tree")
    made.pip("install", "cv-headless")
    made.pip("uninstall", "-y", "cv-python")
    assert not (made.site / "cv2" / "7.py").exists()
    made.ask("seal", "two")
    assert made.ask("undo", "two")["verified"] is True
    assert (made.site / "cv2" / "7.py").read_text() == "contrib 7\n"


def test_plan_mode_does_not_see_twins_and_says_so(made):
    offer(made.index, "thing", "1", {"thing/__init__.py": "1\n", "thing/a.py": ""})
    offer(made.index, "thing-other", "2", {"thing/__init__.py": "2\n"})
    made.pip("install", "thing")
    assert made.ask("begin", "one", mode="plan", names=[])["mode"] == "plan"
    made.pip("install", "thing-other")
    assert made.ask("seal", "one")["complete"] is False
    lost = f"{made.site.relative_to(made.prefix)}/thing/__init__.py"
    answer = made.ask("check", "one")
    assert (answer["possible"], answer["reason"], answer["files"]) == (False, "incomplete", [lost])
    before = made.snapshot()
    error = made.ask("undo", "one")["error"]
    assert (error["kind"], error["files"]) == ("incomplete", [lost])
    assert made.snapshot() == before


def test_plan_mode_keeps_known_families(made):
    files = {f"cv2/{number}.py": f"{number}\n" for number in range(5)}
    offer(made.index, "opencv-python", "4.7", files)
    offer(made.index, "opencv-python-headless", "4.8", {one: text + "#" for one, text in files.items()})
    made.pip("install", "opencv-python")
    goes_back(made, lambda: made.pip("install", "opencv-python-headless"), "OpenCV twin",
              ["opencv-python-headless"], "plan")  # fmt: skip


@pytest.mark.parametrize("tool", ["pip", "uv"])
def test_console_scripts(made, tool):
    offer(made.index, "tool", "1", {"tool.py": "main = print\n"}, ["stays", "goes"])
    offer(made.index, "tool", "2", {"tool.py": "main = input\n"}, ["stays", "comes"])
    offer(made.index, "rival", "1", {"rival.py": "main = print\n"}, ["stays"])
    getattr(made, tool)("install", "tool==1")
    (made.prefix / "bin" / "goes").chmod(0o750)

    def install():
        getattr(made, tool)("install", "-U", "tool")
        getattr(made, tool)("install", "rival")

    goes_back(made, install, f"console scripts ({tool})", ["tool"])


def test_data_files(made):
    data = {"share/jupyter/kernels/k/kernel.json": "{}", "etc/jupyter/nbconfig.d/k.json": "{}",
            "lib/libmade.so.2": "ELF", "odd/place/LICENSE": "free"}  # fmt: skip
    (made.prefix / "lib" / "libmade.so.2").write_text("conda's")
    offer(made.index, "data", "1", {"data.py": ""}, data=data)
    offer(made.index, "data", "2", {"data.py": "2"}, data={**data, "share/man/man1/k.1": "man"})
    before = made.snapshot()
    goes_back(made, lambda: made.pip("install", "data==1"), "data files")
    assert (made.prefix / "lib" / "libmade.so.2").read_text() == "conda's"
    made.pip("install", "data==1")
    made.ask("drop", "one")
    goes_back(made, lambda: made.pip("install", "data==2"), "data files, upgrade", ["data"])
    assert before.keys() < made.snapshot().keys()
    made.ask("drop", "one")
    goes_back(made, lambda: made.pip("uninstall", "-y", "data"), "data files, uninstall", ["data"])


@pytest.mark.parametrize("style", ["pyproject", "develop"])
def test_editable(env, style):
    project = env.folder / "project"
    (project / "src" / "proj").mkdir(parents=True)
    (project / "src" / "proj" / "__init__.py").write_text("")
    (project / "setup.py").write_text(
        "from setuptools import setup\nsetup(name='proj', version='1', package_dir={'': 'src'}, packages=['proj'],"
        " entry_points={'console_scripts': ['proj = proj:main']})\n"
    )
    if style == "pyproject":
        (project / "pyproject.toml").write_text("[build-system]\nrequires = ['setuptools']\n"
                                                "build-backend = 'setuptools.build_meta'\n")  # fmt: skip
    # A file that the second tool changes in place.
    (env.site / "easy-install.pth").write_text("/somewhere/else\n")

    def install():
        env.pip("install", "--no-build-isolation", "--no-deps", "-e", project)
        assert "src" in env.run(env.python, "-c", "import proj; print(proj.__file__)").stdout

    goes_back(env, install, f"editable ({style})")
    env.run(env.python, "-c", "import proj", ok=False)


def test_namespace_packages(made):
    for name in ("one", "two", "three"):
        offer(made.index, f"ns-{name}", "1", {f"ns/{name}/__init__.py": name, f"ns/deep/{name}.py": name})
    offer(made.index, "ns-one", "2", {"ns/one/__init__.py": "1", "ns/one/more.py": "", "ns/deep/one.py": "1"})
    made.pip("install", "ns-one==1", "ns-two")
    goes_back(made, lambda: made.pip("install", "-U", "ns-one", "ns-three"), "namespace packages", ["ns-one"])
    made.ask("drop", "one")
    goes_back(made, lambda: made.pip("uninstall", "-y", "ns-two"), "namespace, uninstall", ["ns-two"])


def test_a_module_becomes_a_package(made):
    """And back: files where folders were, folders where files were."""
    offer(made.index, "shape", "1", {"shape.py": "x = 1\n", "parts/a/b.py": "b = 1\n", "other.py": ""})
    offer(made.index, "shape", "2", {"shape/__init__.py": "x = 2\n", "parts/a.py": "a\n", "other.py/x.txt": ""})
    made.pip("install", "shape==1")
    made.run(made.python, "-c", "import shape, parts.a.b")
    goes_back(made, lambda: made.pip("install", "shape==2"), "module to package", ["shape"])
    made.ask("drop", "one")
    made.pip("install", "shape==2")
    goes_back(made, lambda: made.pip("install", "shape==1"), "package to module", ["shape"])


# ---------------------------------------------------------------------------- killed on the way


def killed(env, number, *words, ok=None):
    """pip, killed at its n-th change. Whether it was."""
    done = env.run(env.python, "-c", undoing.KILLED, number, *words, ok=ok)
    return done.returncode == -9


@pytest.mark.parametrize("numbers", [(1, 7, 13), (18, 25, 40), (60, 75, 90)], ids=str)
def test_pip_killed_half_way(made, numbers):
    """In the middle of removing the old version and of writing the new one."""
    files = {f"half/{number}.py": f"{number}\n" for number in range(20)}
    offer(made.index, "half", "1", files, ["half"])
    offer(made.index, "half", "2", {one: text + "#\n" for one, text in files.items()}, ["half"])
    made.pip("install", "half==1")
    before, folders = made.snapshot(), undoing.folders_of(made.prefix)
    for number in numbers:
        made.ask("begin", "one", names=["half"])
        assert killed(made, number, "install", "-q", "half==2"), number
        middle = made.snapshot()
        found = made.ask("repair")
        assert [(one["id"], one["state"], one["alive"]) for one in found["found"]] == [("one", "unsealed", False)]
        if number % 2:
            # The kernel lived on.
            assert made.ask("seal", "one")["complete"] is True
        answer = made.ask("undo", "one")
        assert answer["verified"] is True
        assert answer["restored"] + answer["removed"] >= (middle != before)
        assert undoing.differences(before, made.snapshot()) == []
        assert undoing.folders_of(made.prefix) == folders
        found = made.ask("repair")
        assert found == {"found": [], "leftovers": []}
        made.ask("drop", "one")
    assert middle != before
    FIGURES.append((f"pip killed at {numbers}", "tree", *[""] * 9))


def test_folders_of_a_killed_pip_are_found(made):
    (made.site / "~umpy").mkdir()
    assert made.ask("repair") == {
        "found": [], "leftovers": [f"{(made.site / '~umpy').relative_to(made.prefix)}"],
    }  # fmt: skip


# ---------------------------------------------------------------------------- conda


def test_conda_itself(tmp_path):
    """A conda tool writes anywhere in the prefix, and its history in place."""
    healthy = envs.cached("conda-healthy", [1], lambda target: envs.make_conda(target, replace=False))
    env = Env(tmp_path, healthy)
    before, folders = env.snapshot(), undoing.folders_of(env.prefix)
    begun = env.ask("begin", "one", tool="conda", names=["cudatoolkit"])
    assert begun["mode"] == "tree", begun
    channel = tmp_path / "channel" / "conda-forge"
    files = {"lib/libnew.so.1": b"\x7fELF", "lib/libnew.so": "libnew.so.1", "odd/deep/x.txt": b"x",
             "share/doc/python.txt.more": b"y"}  # fmt: skip
    envs.conda_package(channel, "made", "1.0", "h1_0", files)
    import asyncio

    asyncio.run(link(channel, env.prefix, tmp_path / "pkgs"))
    with open(env.prefix / "conda-meta" / "history", "a") as lines:
        lines.write("==> 2026-06-01 00:00:00 <==\n# cmd: conda install made\n+made::made-1.0\n")
    assert (env.prefix / "odd" / "deep" / "x.txt").exists()
    sealed = env.ask("seal", "one")
    assert (sealed["complete"], sealed["replaced"]) == (True, 1)
    assert sealed["added"] == 5
    assert env.ask("undo", "one")["verified"] is True
    assert undoing.differences(before, env.snapshot()) == []
    assert undoing.folders_of(env.prefix) == folders


async def link(channel, prefix, cache):
    """Link a package beside what is there."""
    import rattler
    from rattler.index import index_fs

    (channel / "noarch").mkdir(parents=True, exist_ok=True)
    await index_fs(channel)
    records = await rattler.solve([rattler.Channel(channel.as_uri())], ["made"], platforms=[envs.subdir(), "noarch"])
    meta = prefix / "conda-meta"
    kept = {rattler.PrefixRecord.from_path(path).name.normalized for path in meta.glob("*.json")}
    await rattler.install(records, prefix, cache_dir=cache, show_progress=False, ignored_packages=kept)


def test_the_interpreter_of_the_tests_is_not_touched():
    assert sys.prefix not in str(envs.CACHE)
