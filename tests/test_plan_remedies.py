"""Where uv's defaults differ from pip: each remedy on a made-up index, against what pip then does.

The numbers are those of the table in the design notes on planning.
"""

import base64
import io
import os
import tarfile

import envs
import pytest
from index import Server, archive, metadata, sdist_bytes, wheel_bytes, wheel_name
from planning import Place, Shelf, changes, kinds


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The environment; making one takes longer than most tests."""
    return Place(tmp_path_factory.mktemp("remedies"))


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
    """The default index."""
    return server.index("main")


@pytest.fixture
def place(home, main):
    """The environment as it was made; its pip knows the default index."""
    home.variables["PIP_INDEX_URL"] = main.url
    yield home
    home.reset()


def agree(place, *args):
    """The plan by uv, which must be what pip then does."""
    answer = place.plan(*args)
    assert answer["planner"].startswith("uv 0."), answer
    planned = changes(answer)
    assert place.install(*args) == planned
    return answer


@pytest.fixture
def family(main, place):
    """top 1 is installed and needs low, which is there and could be newer."""
    for version in ("1.0", "2.0"):
        main.wheel("top", version, [f"low>={1}"])
        main.wheel("low", version)
        main.wheel("other", version, ["low"])
    place.stub("top", "1.0", ["low"])
    place.stub("low", "1.0")


def test_installed_versions_are_kept(place, family):
    answer = agree(place, "other")
    assert changes(answer) == {"other": (None, "2.0")}
    assert answer["notes"] == []


def test_nothing_to_do(place, family, main):
    main.requests.clear()
    answer = place.plan("top", "low>=1")
    assert changes(answer) == {}
    assert main.requests == []


def test_2_1_upgrade_moves_only_what_is_named(place, family):
    assert changes(agree(place, "-U", "top")) == {"top": ("1.0", "2.0")}


def test_2_1_eager(place, family):
    planned = changes(agree(place, "-U", "--upgrade-strategy=eager", "top"))
    assert planned == {"top": ("1.0", "2.0"), "low": ("1.0", "2.0")}


def test_2_1_eager_without_upgrade(place, family):
    assert changes(agree(place, "--upgrade-strategy", "eager", "top")) == {}


def test_2_1_upgrade_reaches_requirement_files(place, family):
    (place.work / "more").mkdir()
    (place.work / "reqs.txt").write_text("# names\n-r more/nested.txt\n")
    (place.work / "more" / "nested.txt").write_text("low ; python_version > '3'  # named\n\nother\n")
    planned = changes(agree(place, "--upgrade", "-rreqs.txt"))
    assert planned == {"low": ("1.0", "2.0"), "other": (None, "2.0")}


def test_lines_that_uv_cannot_read(place, family):
    """A line that goes on in the next one: pip is asked."""
    (place.work / "reqs.txt").write_text("lo\\\nw>\\\n1\n")
    answer = place.plan("-r", "reqs.txt")
    assert answer["planner"].startswith("pip ")
    assert place.install("-r", "reqs.txt") == changes(answer) == {"low": ("1.0", "2.0")}


def test_2_1_extras_are_not_named(place, main):
    main.wheel("kit", "2.0", ["low ; extra == 'x'"], more=["Provides-Extra: x"])
    for version in ("1.0", "2.0"):
        main.wheel("low", version)
    place.stub("kit", "1.0")
    place.stub("low", "1.0")
    assert changes(agree(place, "-U", "kit[x]")) == {"kit": ("1.0", "2.0")}


def test_2_1_force_reinstall(place, family):
    answer = place.plan("--force-reinstall", "top")
    assert changes(answer) == {"top": ("1.0", "2.0"), "low": ("1.0", "2.0")}
    assert place.install("--force-reinstall", "top") == changes(answer)


def test_same_version_again(place, main):
    main.wheel("top", "1.0")
    place.stub("top", "1.0")
    assert changes(place.plan("--force-reinstall", "top")) == {"top": ("1.0", "1.0")}


@pytest.fixture
def second(server, main):
    """An extra index that has an old `pkg` and one that only it has."""
    extra = server.index("extra")
    main.wheel("pkg", "2.0")
    extra.wheel("pkg", "1.0")
    extra.wheel("only", "1.0", ["pkg"])
    return extra


def test_2_2_environment_variables(place, second):
    place.variables["PIP_EXTRA_INDEX_URL"] = second.url
    assert changes(agree(place, "only")) == {"only": (None, "1.0"), "pkg": (None, "2.0")}


@pytest.mark.parametrize("section", ["global", "install"])
@pytest.mark.parametrize("where", ["site", "file", "user", "legacy", "global-file"])
def test_2_2_configuration_files(place, main, second, where, section):
    del place.variables["PIP_INDEX_URL"]
    place.variables["PIP_CONFIG_FILE"] = None
    home = place.folder / "home"
    path = {
        "site": place.prefix / "pip.conf",
        "file": place.folder / "own.conf",
        "user": home / ".config" / "pip" / "pip.conf",
        "legacy": home / ".pip" / "pip.conf",
        "global-file": place.folder / "pip" / "pip.conf",
    }[where]
    if where == "file":
        place.variables["PIP_CONFIG_FILE"] = path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"[{section}]\nindex-url = {main.url}\nextra_index_url =\n    {second.url}\n    {second.url}\n"
    )
    answer = place.plan("only")
    assert changes(answer) == {"only": (None, "1.0"), "pkg": (None, "2.0")}
    if section == "global":
        assert place.install("only") == changes(answer)


def test_2_2_sections_and_files_outrank_each_other(place, main, server):
    """The section of the command outranks [global]; PIP_* outranks all; an option adds to lists."""
    server.index("wrong")
    links = place.folder / "links"
    links.mkdir()
    (place.prefix / "pip.conf").write_text(
        f"[global]\nindex-url = {server.index('wrong').url}\nno-deps = true\n"
        f"[install]\nno-deps = false\nfind-links = {links}\n[list]\nindex-url = nowhere\n"
    )
    place.variables["PIP_CONFIG_FILE"] = None
    main.wheel("a", "1.0", ["b"])
    (links / "b-3.0-py3-none-any.whl").write_bytes(wheel_bytes("b", "3.0"))
    assert changes(agree(place, "a")) == {"a": (None, "1.0"), "b": (None, "3.0")}


def test_2_2_find_links_no_index_and_folders_that_are_missing(place, main):
    links = place.work / "links"
    links.mkdir()
    (links / "b-3.0-py3-none-any.whl").write_bytes(wheel_bytes("b", "3.0"))
    main.wheel("b", "4.0")
    place.variables["PIP_FIND_LINKS"] = str(place.folder / "missing")
    assert changes(agree(place, "--no-index", "-f", "links", "b")) == {"b": (None, "3.0")}
    assert not any("/b" in path for path in main.requests)


def test_2_2_constraint_and_pre(place, main):
    for version in ("1.0", "2.0", "3.0rc1"):
        main.wheel("a", version)
        main.wheel("b", version)
    (place.work / "c.txt").write_text("a<2\n")
    place.variables.update(PIP_CONSTRAINT="c.txt", PIP_PRE="1")
    assert changes(agree(place, "a", "b")) == {"a": (None, "1.0"), "b": (None, "3.0rc1")}


def test_2_3_the_best_version_of_all_indexes(place, second):
    args = ("--extra-index-url", second.url, "pkg")
    assert changes(agree(place, *args)) == {"pkg": (None, "2.0")}


def test_index_given_on_the_command_line(place, second):
    assert changes(agree(place, "-i", second.url, "only")) == {"only": (None, "1.0"), "pkg": (None, "1.0")}


BACKEND = """import base64, os
open({marker!r}, "w").close()
def build_wheel(folder, *_):
    with open(os.path.join(folder, {file!r}), "wb") as out:
        out.write(base64.b64decode({data!r}))
    return {file!r}
"""


@pytest.fixture
def source(main, place):
    """Adds a release without a wheel that pip can build here; returns the file that its build code
    writes. uv's guard alone lets such a backend run: it asks for no other package."""

    def add(name, version, requires=()):
        marker = place.folder / f"ran-{name}-{version}"
        data = base64.b64encode(wheel_bytes(name, version, requires)).decode()
        text = BACKEND.format(marker=str(marker), file=wheel_name(name, version), data=data)
        project = "[build-system]\nrequires = []\nbuild-backend = 'be'\nbackend-path = ['.']\n"
        files = {"PKG-INFO": metadata(name, version), "pyproject.toml": project, "be.py": text}
        main.add(name, f"{name}-{version}.tar.gz", archive(f"{name}-{version}", files))
        return marker

    return add


def told(answer):
    """[(kind, package)] of the notes."""
    return [(one["kind"], one.get("package")) for one in answer["notes"]]


BUILT = [("needs-build", "b"), ("lower-bound", "b")]


def test_2_4_an_sdist_is_newer_than_the_wheels(place, main):
    """uv with --no-build alone says 1.0; pip builds 2.0."""
    marker = place.folder / "ran"
    main.wheel("b", "1.0")
    main.sdist("b", "2.0", setup=f"open({str(marker)!r}, 'w').close()")
    main.wheel("a", "1.0", ["b"])
    answer = place.plan("a")
    assert told(answer) == BUILT
    assert "b 2.0" in answer["notes"][0]["text"]
    assert changes(answer) == {"a": (None, "1.0"), "b": (None, "2.0")}
    rows = {row["name"]: (row["build"], row["requires"]) for row in answer["rows"]}
    assert rows == {"a": ("wheel", ["b"]), "b": ("sdist", None)}
    assert not marker.exists()


def test_2_4_the_newest_version_needs_what_must_be_built(place, main, source):
    """As hydra-core does: wheels alone lead back to a version that pip does not take."""
    main.wheel("a", "1.0", ["c"])
    main.wheel("a", "2.0", ["b==4.9.*", "d"])
    for name in "cd":
        main.wheel(name, "1.0")
    marker = source("b", "4.9.3")
    answer = place.plan("a")
    assert changes(answer) == {"a": (None, "2.0"), "b": (None, "4.9.3"), "d": (None, "1.0")}
    assert told(answer) == BUILT
    assert {row["name"]: row["build"] for row in answer["rows"]} == {"a": "wheel", "b": "sdist", "d": "wheel"}
    assert not marker.exists()
    assert place.install("a") == changes(answer)
    assert marker.exists()


def test_2_4_the_build_asks_for_more(place, main, source):
    """What the plan lists is right, but not all."""
    main.wheel("c", "1.0")
    source("b", "2.0", ["c"])
    answer = place.plan("b")
    assert changes(answer) == {"b": (None, "2.0")}
    assert told(answer) == BUILT
    assert place.install("b") == {"b": (None, "2.0"), "c": (None, "1.0")}


@pytest.mark.parametrize("options", [["--no-deps"], ["--no-binary", "a"], ["-U", "--pre"]], ids=" ".join)
def test_2_4_with_options(place, source, options):
    marker = source("b", "2.0")
    source("b", "1.0")
    answer = place.plan(*options, "b[x]>1")
    assert changes(answer) == {"b": (None, "2.0")}
    # Without dependencies nothing is open.
    assert told(answer) == (BUILT[:1] if options == ["--no-deps"] else BUILT)
    assert not marker.exists()
    assert place.install(*options, "b[x]>1") == changes(answer)


def test_2_4_many_must_be_built(place, main, source):
    """Each is one more run of uv: not without an end."""
    names = [f"p{index}" for index in range(11)]
    markers = [source(name, "1.0") for name in names]
    answer = place.plan(*names[:4])
    assert changes(answer) == {name: (None, "1.0") for name in names[:4]}
    assert sorted(told(answer)) == sorted((kind, name) for kind, _ in BUILT for name in names[:4])
    answer = place.plan(*names)
    assert answer["error"]["kind"] == "needs-build"
    assert sorted(told(answer)) == sorted(("needs-build", name) for name in names)
    assert not any(marker.exists() for marker in markers)


def test_2_4_a_version_that_is_not_taken(place, main, source):
    """pip builds it too before it finds out."""
    marker = source("b", "2.0")
    main.wheel("b", "1.0")
    main.wheel("c", "1.0", ["b<2"])
    answer = place.plan("b", "c")
    assert changes(answer) == {"b": (None, "1.0"), "c": (None, "1.0")}
    assert told(answer) in ([], [("needs-build", "b")])
    assert not marker.exists()
    assert place.install("b", "c") == changes(answer)
    assert marker.exists() == (told(answer) != [])


def test_2_4_no_solution_whatever_the_build_says(place, main, source):
    source("b", "2.0")
    main.wheel("c", "1.0", ["b<2"])
    answer = place.plan("b==2.0", "c")
    assert answer["error"]["kind"] == "unsatisfiable"
    place.install("b==2.0", "c", ok=False)


@pytest.mark.parametrize("where", ["uv.toml", "project", "user", "system"])
def test_2_4_settings_of_uv(place, main, source, where):
    """Ours take the place of all others: pip's plan does not mind those, uv's own cannot be had."""
    path, head = {
        "uv.toml": (place.work / "uv.toml", ""),
        "project": (place.folder / "pyproject.toml", "[tool.uv]\n"),
        "user": (place.folder / "home" / ".config" / "uv" / "uv.toml", ""),
        "system": (place.folder / "uv" / "uv.toml", ""),
    }[where]
    marker = source("b", "2.0")
    for version in ("1.0", "2.0"):
        main.wheel("c", version)
    place.variables["UV_DEFAULT_INDEX"] = main.url
    both = {"b": (None, "2.0"), "c": (None, "2.0")}
    assert changes(place.plan("b", "c", tool="uv")) == both
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + 'override-dependencies = ["c<2"]\n')
    assert changes(place.plan("c", tool="uv")) == {"c": (None, "1.0")}
    assert changes(place.plan("b", "c")) == both
    answer = place.plan("b", "c", tool="uv")
    assert (answer["error"]["kind"], answer["error"]["package"]) == ("needs-build", "b")
    assert changes(place.plan("--no-config", "b", "c", tool="uv")) == both
    assert not marker.exists()


@pytest.mark.parametrize("words", [["--config-file=x"], ["--directory", "."], ["--project", "."]], ids=" ".join)
def test_2_4_settings_of_uv_that_the_command_names(place, main, source, words):
    source("b", "2.0")
    (place.work / "x").write_text("")
    place.variables["UV_DEFAULT_INDEX"] = main.url
    assert place.plan(*words, "b", tool="uv")["error"]["kind"] == "needs-build"


def test_2_4_static_metadata_need_no_build_to_be_planned(place, main):
    main.wheel("b", "1.0")
    main.wheel("c", "1.0")
    main.sdist("b", "2.0", ["c"], static=True, setup="raise SystemExit('ran')")
    answer = place.plan("b")
    assert changes(answer) == {"b": (None, "2.0"), "c": (None, "1.0")}
    assert {row["name"]: row["build"] for row in answer["rows"]} == {"b": "sdist", "c": "wheel"}
    assert kinds(answer) == ["needs-build"]


def test_2_4_no_version_has_a_wheel(place, main):
    marker = place.folder / "ran"
    main.sdist("b", "2.0", ["c"], setup=f"open({str(marker)!r}, 'w').close()")
    main.wheel("a", "1.0")
    answer = place.plan("b>1", "a")
    assert changes(answer) == {"b": (None, "2.0"), "a": (None, "1.0")}
    assert {row["name"]: row["build"] for row in answer["rows"]} == {"b": "sdist", "a": "wheel"}
    assert kinds(answer) == ["needs-build", "lower-bound"]
    assert not marker.exists()


def test_2_4_a_dependency_without_wheels(place, main):
    main.sdist("b", "2.0")
    main.wheel("a", "1.0", ["b"])
    answer = place.plan("a")
    assert changes(answer) == {"a": (None, "1.0"), "b": (None, "2.0")}
    assert told(answer) == BUILT


def test_2_4_a_folder_without_metadata(place, main, source):
    """Its version is not known either. pip does run the backend."""
    marker = source("b", "2.0")
    with tarfile.open(fileobj=io.BytesIO(main.files["b"]["b-2.0.tar.gz"][0])) as tar:
        tar.extractall(place.work)
    answer = place.plan("./b-2.0")
    assert (answer["error"]["kind"], marker.exists()) == ("needs-build", False)
    place.install("./b-2.0")
    assert marker.exists()


def test_2_4_no_binary_is_the_users_wish(place, main):
    main.wheel("b", "1.0")
    main.sdist("b", "1.0")
    answer = place.plan("--no-binary", "b,zz", "b")
    assert changes(answer) == {"b": (None, "1.0")}
    assert answer["rows"][0]["build"] == "sdist"
    assert "needs-build" in kinds(answer)


def test_2_5_a_dependency_pins_a_yanked_version(place, main):
    """uv refuses, pip installs: pip is asked."""
    main.wheel("b", "1.0")
    main.wheel("b", "1.5", yanked=True)
    main.wheel("a", "1.0", ["b==1.5"])
    answer = place.plan("a")
    assert answer["planner"].startswith("pip ")
    assert changes(answer) == {"a": (None, "1.0"), "b": (None, "1.5")}
    assert place.install("a") == changes(answer)


def test_2_5_the_user_pins_a_yanked_version(place, main):
    main.wheel("b", "1.0")
    main.wheel("b", "1.5", yanked=True)
    assert changes(agree(place, "b==1.5")) == {"b": (None, "1.5")}


def test_2_8_an_index_wants_credentials(place, main, server):
    """Both go on with the other indexes."""
    locked = server.index("locked")
    locked.user = "anna:hunter22"
    locked.wheel("b", "9.0")
    main.wheel("b", "1.0")
    answer = agree(place, "--no-input", "--extra-index-url", locked.url, "b")
    assert changes(answer) == {"b": (None, "1.0")}
    assert kinds(answer) == ["credentials"]


@pytest.mark.parametrize("user", ["", "anna:wrong-word@"])
def test_2_8_only_that_index_has_it(place, server, user):
    """With several indexes uv calls the name unknown."""
    locked = server.index("locked")
    locked.user = "anna:hunter22"
    locked.wheel("b", "9.0")
    answer = place.plan("-i", locked.url.replace("//", "//" + user), "b")
    assert answer["error"]["kind"] == "credentials"
    assert "wrong-word" not in str(answer)


def test_2_8_with_credentials(place, main, server):
    locked = server.index("locked")
    locked.user = "anna:hunter22"
    locked.wheel("b", "9.0")
    args = ("--extra-index-url", locked.url_as("anna:hunter22"), "b")
    assert changes(agree(place, *args)) == {"b": (None, "9.0")}


def test_2_9_settings_of_uv_do_not_count(place, main):
    for version in ("1.0", "2.0"):
        main.wheel("b", version)
    (place.work / "uv.toml").write_text('override-dependencies = ["b<2"]\n')
    (place.folder / "pyproject.toml").write_text('[tool.uv]\nconstraint-dependencies = ["b<2"]\n')
    (place.folder / "over.txt").write_text("b<2\n")
    place.variables.update(UV_CONSTRAINT=place.folder / "over.txt", UV_EXCLUDE_NEWER="2001-01-01",
                           UV_INDEX_URL="http://127.0.0.1:9/")  # fmt: skip
    assert changes(agree(place, "b")) == {"b": (None, "2.0")}


def test_2_11_distutils(place, main):
    main.wheel("old", "2.0")
    (place.site / "old-1.0.egg-info").write_text("Metadata-Version: 1.1\nName: old\nVersion: 1.0\n")
    answer = place.plan("-U", "old")
    assert changes(answer) == {"old": ("1.0", "2.0")}
    assert [(one["kind"], one["package"]) for one in answer["notes"]] == [("pip-will-refuse", "old")]
    place.install("-U", "old", ok=False)


def test_2_11_no_record(place, main):
    main.wheel("old", "2.0")
    (place.stub("old", "1.0") / "RECORD").unlink()
    answer = place.plan("-U", "old")
    assert changes(answer) == {"old": ("1.0", "2.0")}
    assert kinds(answer) == ["pip-will-refuse"]
    place.install("-U", "old", ok=False)


def test_2_12_externally_managed(place, main, tmp_path):
    """The marker stands in the standard library: a whole installation is needed."""
    main.wheel("b", "1.0")
    hook = tmp_path / "hook.py"
    source = envs.HERE.parent / "jupyterlab_gpu_doctor" / "kernel" / "plan.py"
    hook.write_text(source.read_text().replace(
        'if sys.prefix != sys.base_prefix:\n        return False\n    stdlib = sysconfig.get_path("stdlib")',
        f"stdlib = {str(tmp_path)!r}",
    ))  # fmt: skip
    assert kinds(place.plan("b", script=hook)) == []
    (tmp_path / "EXTERNALLY-MANAGED").write_text("[externally-managed]\nError=no\n")
    answer = place.plan("b", script=hook)
    assert changes(answer) == {"b": (None, "1.0")}
    assert kinds(answer) == ["externally-managed"]
    assert kinds(place.plan("--break-system-packages", "b", script=hook)) == []


def test_2_13_prereleases(place, main):
    main.wheel("a", "1.0", ["b>=2.0rc1"])
    main.wheel("b", "1.0")
    main.wheel("b", "2.0rc1")
    main.wheel("c", "1.0")
    main.wheel("c", "2.0rc1")
    assert changes(agree(place, "a", "c")) == {"a": (None, "1.0"), "b": (None, "2.0rc1"), "c": (None, "1.0")}
    assert changes(agree(place, "--pre", "-U", "c")) == {"c": ("1.0", "2.0rc1")}


def test_2_14_two_versions_side_by_side(place, main):
    main.wheel("b", "3.0")
    place.stub("b", "1.0")
    place.stub("b", "2.0")
    answer = place.plan("-U", "b")
    assert "twice" in kinds(answer)
    assert changes(answer)["b"][1] == "3.0"


OPTIONS = [
    ["--progress-bar", "off"], ["--no-input"], ["--root-user-action=ignore"], ["--timeout", "30"],
    ["--retries", "2"], ["--no-warn-script-location"], ["--no-clean"], ["--log", "log.txt"],
    ["--use-pep517"], ["--exists-action", "w"], ["--src", "src"], ["--no-python-version-warning"],
    ["-qqq"], ["-v"], ["--disable-pip-version-check"], ["--no-cache-dir"], ["--no-color"],
    ["--no-compile"], ["--trusted-host", "127.0.0.1"], ["--no-warn-conflicts"], ["-qU"],
    ["--isolated"], ["--only-binary", "b,a"], ["--only-binary=:all:"], ["-C", "a=b"],
]  # fmt: skip


def test_options_that_uv_does_not_take(place, main):
    main.wheel("a", "1.0", ["b"])
    main.wheel("b", "1.0")
    index = ["-i", main.url]
    for options in OPTIONS:
        answer = place.plan(*options, *index, "a")
        assert answer["planner"].startswith("uv "), (options, answer)
        assert changes(answer) == {"a": (None, "1.0"), "b": (None, "1.0")}, options
    words = [word for options in OPTIONS if options != ["-qqq"] for word in options]
    assert place.install(*words, *index, "a") == changes(answer)


@pytest.mark.parametrize(
    "options", [["-I"], ["--ignore-requires-python"], ["--prefer-binary"]], ids="".join
)
def test_options_that_only_pip_understands(place, main, options):
    main.wheel("a", "2.0", ["b"], python=">=4")
    main.wheel("a", "1.0", ["b"])
    main.wheel("b", "1.0")
    answer = place.plan(*options, "a")
    assert answer["planner"].startswith("pip ")
    assert place.install(*options, "a") == changes(answer)
    assert {row["name"]: row["requires"] for row in answer["rows"]} == {"a": ["b"], "b": []}


@pytest.mark.parametrize("words", [["--target", "x"], ["--prefix=/x"], ["--root", "/x"], ["-tx"]], ids="".join)
def test_other_places(place, words):
    assert place.plan(*words, "a")["error"]["kind"] == "other"


def test_options_inside_requirement_files(place, main, second):
    main.wheel("a", "1.0")
    main.wheel("a", "2.0rc1")
    text = f"--pre\n--extra-index-url={second.url}\n--trusted-host 127.0.0.1\na\nonly\n"
    (place.work / "r.txt").write_text(text)
    planned = changes(agree(place, "-r", "r.txt"))
    assert planned == {"a": (None, "2.0rc1"), "only": (None, "1.0"), "pkg": (None, "2.0")}


def test_packages_that_only_pip_sees(place, main, tmp_path):
    """PYTHONPATH, user site and system packages are installed for pip, not for uv."""
    main.wheel("a", "1.0", ["b"])
    main.wheel("b", "2.0")
    outside = tmp_path / "outside"
    outside.mkdir()
    envs.stub(outside, "b", "1.0")
    place.variables["PYTHONPATH"] = outside
    answer = place.plan("a")
    assert answer["planner"].startswith("pip ")
    assert changes(answer) == {"a": (None, "1.0")}
    assert place.install("a") == changes(answer)


def test_a_link_leads_into_another_environment(place, main, tmp_path):
    """Then uv looks at that one; pip is asked."""
    main.wheel("b", "2.0")
    hook = tmp_path / "hook.py"
    source = (envs.HERE.parent / "jupyterlab_gpu_doctor" / "kernel" / "plan.py").read_text()
    hook.write_text(source.replace("def main():", f"sys.prefix = {str(tmp_path)!r}\n\n\ndef main():"))
    answer = place.plan("b", script=hook)
    assert answer["planner"].startswith("pip ")
    alone = place.plan("b", script=hook, planner="uv")
    assert alone["error"]["kind"] == "other"
    assert "another environment" in alone["error"]["text"]


def test_local_projects_wheels_and_urls(place, main):
    main.wheel("b", "1.0")
    main.wheel("c", "1.0", ["b"])
    project = place.work / "proj"
    project.mkdir()
    (project / "pyproject.toml").write_text(
        "[project]\nname = 'proj'\nversion = '0.1'\ndependencies = ['b']\n"
        "[build-system]\nrequires = ['setuptools']\nbuild-backend = 'setuptools.build_meta'\n"
    )
    for args in (["./proj"], ["-e", "./proj"], ["proj @ " + project.as_uri()]):
        answer = place.plan(*args)
        assert changes(answer) == {"b": (None, "1.0"), "proj": (None, "")}, args
        assert "local-project" in kinds(answer)
    (place.work / "d-1.0-py3-none-any.whl").write_bytes(wheel_bytes("d", "1.0", ["b"]))
    url = main.file_url("c", "c-1.0-py3-none-any.whl")
    planned = changes(agree(place, "./d-1.0-py3-none-any.whl", f"c @ {url}"))
    assert planned == {"b": (None, "1.0"), "c": (None, "1.0"), "d": (None, "1.0")}


def test_an_archive_by_its_address(place, main):
    main.add("e", "e-1.0.tar.gz", sdist_bytes("e", "1.0"))
    answer = place.plan(f"e @ {main.file_url('e', 'e-1.0.tar.gz')}")
    assert answer["error"]["kind"] == "needs-build"
    answer = place.plan(f"e @ {main.file_url('e', 'e-1.0.tar.gz')}", planner="pip")
    assert answer["error"]["kind"] == "needs-build"


def test_requirements_of_planned_packages(place, main):
    main.wheel("a", "1.0", ["b>=1,!=1.5,<3", "c[x]~=1.2", "d==1.*", "e===1.0", "f; python_version<'3'"])
    for name in "bcde":
        main.wheel(name, "1.2" if name == "c" else "1.0", more=["Provides-Extra: x"])
    answer = agree(place, "a")
    rows = {row["name"]: row["requires"] for row in answer["rows"]}
    assert set(rows["a"]) == {"b>=1,!=1.5,<3", "c[x]>=1.2,<2.dev0", "d>=1.dev0,<2.dev0", "e==1.0"}
    assert rows["b"] == []
    assert [row["build"] for row in answer["rows"]] == ["wheel"] * 5
    assert place.plan("--no-deps", "--force-reinstall", "a")["rows"][0]["requires"] is None


def test_kept_pins(place, main, tmp_path):
    """The safer way: what must not move is given as constraints."""
    place.variables["TMPDIR"] = tmp_path
    main.wheel("low", "1.0")
    main.wheel("low", "2.0")
    main.wheel("top", "1.0", ["low<2"])
    main.wheel("top", "2.0", ["low>=2"])
    place.stub("low", "1.0")
    assert changes(place.plan("top")) == {"low": ("1.0", "2.0"), "top": (None, "2.0")}
    assert changes(place.plan("top", constraints=["low==1.0"])) == {"top": (None, "1.0")}
    pip = place.plan("top", constraints=["low==1.0"], planner="pip")
    assert changes(pip) == {"top": (None, "1.0")}
    answer = place.plan("top==2.0", constraints=["low==1.0"])
    assert answer["error"]["kind"] == "unsatisfiable"
    assert "low" in answer["error"]["text"]
    assert [one for one in os.listdir(tmp_path) if one.startswith("gpu-doctor-")] == []
