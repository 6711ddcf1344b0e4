"""Distributions on disk, damaged ones too; shadows, leftovers, modules."""

import json
import os
import sys
from pathlib import Path

import envs
import pytest
from probing import by_name, run_probe


def probe_site(site, *more, **variables):
    """Facts with folders on PYTHONPATH."""
    path = os.pathsep.join(str(folder) for folder in (site, *more))
    return run_probe(sys.executable, "-s", PYTHONPATH=path, **variables)


def mine(facts, site):
    """The distributions of a folder, by name."""
    return {row["name"]: row for row in facts["packages"] if row["location"] == str(site)}


def test_packages_are_those_of_importlib_metadata(venv):
    facts = run_probe(venv / "bin" / "python")
    code = (
        "import importlib.metadata as m, json\n"
        "print(json.dumps([[d.metadata['Name'], d.version, d.requires or [],"
        " d.metadata['Requires-Python']] for d in m.distributions()]))"
    )
    wanted = json.loads(envs.run(venv / "bin" / "python", "-I", "-c", code))
    found = [
        [row["project"], row["version"], row["requires"], row["requires_python"]]
        for row in facts["packages"]
    ]
    assert sorted(found, key=str) == sorted(wanted, key=str)
    assert {row["manager"] for row in facts["packages"]} == {"uv"}
    assert by_name(facts["packages"], "python-dateutil")["requires"] == ["six >=1.5"]


URL = "c @ https://user:secret@host.example/c.whl"


def test_head_only(site):
    info = envs.stub(site, "Some_Thing.x", "1.0", requires=["a>=1", 'b ; extra == "z"', URL])
    row = mine(probe_site(site), site)["some-thing-x"]
    assert row["project"] == "Some_Thing.x"
    assert row["version"] == "1.0"
    assert row["requires"] == ["a>=1", 'b ; extra == "z"', "c @ https://****@host.example/c.whl"]
    assert row["requires_python"] == ">=3.8"
    assert (row["manager"], row["installer"], row["metadata"]) == ("pip", "pip", info.name)
    assert row["path_index"] == 0


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_and_folded_lines(site, newline):
    info = site / "a-1.dist-info"
    info.mkdir()
    head = ["Name: a", "Version: 1", "Requires-Dist: b", "  >=2", "Requires-Dist: c", "", "Name: x"]
    (info / "METADATA").write_bytes(newline.join(head).encode())
    row = mine(probe_site(site), site)["a"]
    assert (row["version"], row["requires"]) == ("1", ["b >=2", "c"])


def test_damaged_metadata(site):
    for name in ("gone", "empty", "binary", "latin", "folder", "loop"):
        (site / f"{name}-1.0.dist-info").mkdir()
    (site / "empty-1.0.dist-info" / "METADATA").write_bytes(b"")
    (site / "binary-1.0.dist-info" / "METADATA").write_bytes(os.urandom(5000))
    text = "Name: latin\nVersion: 1.0\nAuthor: J\xf6rg\nRequires-Dist: z\n\n"
    (site / "latin-1.0.dist-info" / "METADATA").write_bytes(text.encode("latin-1"))
    (site / "folder-1.0.dist-info" / "METADATA").mkdir()
    (site / "loop-1.0.dist-info" / "METADATA").symlink_to("METADATA")
    (site / "file-1.0.dist-info").write_text("a file")
    (site / "dangling-1.0.dist-info").symlink_to("nowhere")
    (site / "<script>alert(1)<-1.0.dist-info").mkdir()
    os.mkfifo(site / "pipe-1.0.egg-info")
    (site / ".dist-info").mkdir()
    facts = probe_site(site)
    rows = mine(facts, site)
    assert rows["latin"]["requires"] == ["z"]
    for name in ("gone", "folder", "loop", "file", "dangling"):
        assert (rows[name]["version"], rows[name]["requires"]) == ("1.0", None), name
        assert any(f"/{name}-1.0" in row["what"] for row in facts["problems"]), name
    assert rows["empty"]["requires"] == []
    assert "<script>alert(1)<" in rows


def test_names_that_are_not_utf_8(site):
    os.mkdir(os.fsencode(site) + b"/odd\xff-1.0.dist-info")
    (site / "bad").mkdir()
    facts = probe_site(site)
    assert any(row["name"].startswith("odd") for row in facts["packages"])


def test_huge_metadata_is_not_read_whole(site, probe):
    info = envs.stub(site, "huge", "1.0", requires=[f"p{i}" for i in range(5000)])
    with open(info / "METADATA", "ab") as file:
        file.truncate(50 << 20)
    row = mine(probe_site(site), site)["huge"]
    assert len(row["requires"]) == 5000
    endless = site / "endless-1.0.dist-info"
    endless.mkdir()
    (endless / "METADATA").write_bytes(b"Name: endless\nVersion: 1.0\n" + b"X: y\n" * (1 << 20))
    assert mine(probe_site(site), site)["endless"]["version"] == "1.0"
    assert len(probe["head"](str(endless / "METADATA"))) < 400_000


def test_20000_distributions(site):
    for index in range(20000):
        info = site / f"package_{index}-1.{index}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Name: package-{index}\nVersion: 1.{index}\n\n")
    facts = probe_site(site)
    # A slow machine may run out of the section's budget: then null with a reason, never a part.
    if facts["packages"] is None:
        assert any("took longer" in row["reason"] for row in facts["problems"])
    else:
        assert len(mine(facts, site)) == 20000


def test_eggs(site, tmp_path):
    old = site / "old-2.0-py3.8.egg-info"
    old.mkdir()
    (old / "PKG-INFO").write_text("Name: old\nVersion: 2.0\n\n")
    (old / "requires.txt").write_text('numpy>=1\n\n[gpu]\ncupy\n\n[:python_version<"3"]\nfutures\n')
    (site / "distutils_1-3.0.egg-info").write_text("Name: distutils-1\nVersion: 3.0\n")
    source = tmp_path / "source"
    (source / "dev.egg-info").mkdir(parents=True)
    (source / "dev.egg-info" / "PKG-INFO").write_text("Name: dev\nVersion: 0.1\n\n")
    (site / "dev.egg-link").write_text(f"{source}\n.")
    (site / "lost.egg-link").write_text("/nowhere/at/all\n.")
    rows = mine(probe_site(site), site)
    assert rows["old"]["requires"] == [
        "numpy>=1", 'cupy ; extra == "gpu"', 'futures ; (python_version<"3")',
    ]  # fmt: skip
    assert (rows["distutils-1"]["version"], rows["distutils-1"]["requires"]) == ("3.0", [])
    assert (rows["dev"]["version"], rows["dev"]["editable"]) == ("0.1", str(source))
    assert (rows["lost"]["version"], rows["lost"]["editable"]) == (None, "/nowhere/at/all")
    # On sys.path itself, the source is one distribution, not two.
    rows = [row for row in probe_site(site, source)["packages"] if row["name"] == "dev"]
    assert [row["editable"] for row in rows] == [str(source)]


def test_editable(site):
    info = envs.stub(site, "work", "1.0")
    url = '{"url": "file:///home/a%20b/%C3%A4", "dir_info": {"editable": true}}'
    (info / "direct_url.json").write_text(url)
    other = envs.stub(site, "other", "1.0")
    (other / "direct_url.json").write_text('{"url": "file:///x", "dir_info": {"editable": fal')
    rows = mine(probe_site(site), site)
    assert rows["work"]["editable"] == "/home/a b/ä"
    assert rows["other"]["editable"] is None


@pytest.mark.parametrize(("document", "origin"), [
    ({"url": "https://git.example/x.git", "vcs_info": {"vcs": "git", "commit_id": "0a1b"}},
     "git+https://git.example/x.git@0a1b"),
    ({"url": "https://git.example/x.git", "subdirectory": "py", "vcs_info": {"vcs": "git", "commit_id": "0a1b"}},
     "git+https://git.example/x.git@0a1b#subdirectory=py"),
    ({"url": "https://me:secret@files.example/x-1.0.zip", "archive_info": {}},
     "https://****@files.example/x-1.0.zip"),
    ({"url": "file:///srv/x-1.0-py3-none-any.whl", "archive_info": {}}, "file:///srv/x-1.0-py3-none-any.whl"),
    ({"url": "file:///srv/x", "dir_info": {}}, "file:///srv/x"),
    ({"url": "file:///srv/x", "dir_info": {"editable": True}}, None),
    ({"url": ["no"]}, None),
    ({"url": "https://git.example/x.git", "vcs_info": "git"}, None),
    (["url"], None),
    (None, None),
])  # fmt: skip
def test_where_it_was_installed_from(site, document, origin):
    info = envs.stub(site, "x", "1.0")
    if document is not None:
        (info / "direct_url.json").write_text(json.dumps(document))
    assert mine(probe_site(site), site)["x"]["origin"] == origin


def test_duplicates_and_leftovers(site):
    envs.stub(site, "numpy", "1.24.4")
    envs.stub(site, "numpy", "1.26.4")
    (site / "~umpy").mkdir()
    (site / "~umpy-1.24.4.dist-info").mkdir()
    facts = probe_site(site)
    versions = [r["version"] for r in facts["packages"] if r["location"] == str(site)]
    assert sorted(versions) == ["1.24.4", "1.26.4"]
    assert facts["leftovers"] == ["~umpy", "~umpy-1.24.4.dist-info"]


def test_the_first_folder_wins(site, tmp_path):
    second = tmp_path / "second"
    envs.stub(site, "six", "1.0")
    envs.stub(second, "six", "2.0")
    rows = [r for r in probe_site(site, second, site)["packages"] if r["version"] in ("1.0", "2.0")]
    found = [(row["version"], row["path_index"]) for row in rows if row["name"] == "six"]
    assert found == [("1.0", 0), ("2.0", 1)]


def test_shadows(site, tmp_path):
    second = tmp_path / "second"
    for folder in (site, second):
        for name in ("package", "space"):
            (folder / name).mkdir(parents=True)
        (folder / "package" / "__init__.py").write_text("")
        (folder / "module.py").write_text("")
    (site / "random.py").write_text("")
    facts = probe_site(site, second)
    shadows = {row["name"]: row for row in facts["shadows"]}
    assert shadows["package"] == {
        "name": "package", "winner": str(site), "winner_kind": "pythonpath",
        "losers": [str(second)],
    }  # fmt: skip
    assert shadows["module"]["losers"] == [str(second)]
    assert shadows["random"]["winner"] == str(site)
    assert "space" not in shadows


def test_shadow_of_the_user_site(venv, tmp_path):
    python = Path(sys.executable).resolve()  # a virtual environment has no user site
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    user = tmp_path / "lib" / version / "site-packages"
    (user / "pip").mkdir(parents=True)
    (user / "pip" / "__init__.py").write_text("")
    envs.stub(user, "pip", "0.1")
    facts = run_probe(python, PYTHONUSERBASE=tmp_path, PYTHONNOUSERSITE=None)
    assert facts["python"]["user_site"] == {"path": str(user), "enabled": True, "exists": True}
    pip = next(row for row in facts["packages"] if row["name"] == "pip")
    assert (pip["version"], pip["location"]) == ("0.1", str(user))
    row = next((row for row in facts["shadows"] if row["name"] == "pip"), None)
    assert row is None or row["winner_kind"] == "user-site"
    facts = run_probe(python, "-I", PYTHONUSERBASE=tmp_path)
    assert facts["python"]["user_site"]["enabled"] is False


def test_path_of_every_sort(tmp_path, site):
    (site / "loop").symlink_to("loop")
    (site / "self").symlink_to(site)
    (tmp_path / "file.zip").write_text("")
    facts = probe_site(site, site / "loop", tmp_path / "file.zip", "/nowhere", site / "self")
    assert facts["packages"] is not None
    assert str(site / "loop") in facts["python"]["pythonpath"]


def test_directory_that_cannot_be_listed(probe, site, monkeypatch):
    envs.stub(site, "six", "1.0")
    monkeypatch.setattr(sys, "path", [str(site), *sys.path])
    scandir = os.scandir

    def refuse(path):
        """As for somebody who is not root."""
        if path == str(site):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    facts = probe["collect"]()
    assert facts["packages"]
    problems = [row for row in facts["problems"] if row["what"] == str(site)]
    assert problems == [{"section": "packages", "what": str(site), "reason": "Permission denied"}]


def test_modules_without_waking_lazy_ones(probe, monkeypatch):
    import types

    class Lazy(types.ModuleType):
        """Any look at it is a failure."""

        def __getattribute__(self, name):
            raise AssertionError(name)

    lazy = types.ModuleType("lazy_one")
    lazy.__file__ = "/x/lazy_one.py"
    lazy.__version__ = "1.2"
    lazy.__class__ = Lazy
    monkeypatch.setitem(sys.modules, "lazy_one", lazy)
    monkeypatch.setitem(sys.modules, "not_a_module", object())
    monkeypatch.setitem(sys.modules, "nothing", None)
    facts = probe["collect"]()
    wanted = {"name": "lazy_one", "version": "1.2", "file": "/x/lazy_one.py"}
    assert by_name(facts["modules"], "lazy_one") == wanted
    assert by_name(facts["modules"], "pytest")["version"] == pytest.__version__
    assert not {"os", "json", "sys"} & {row["name"] for row in facts["modules"]}


def test_observed(probe, monkeypatch):
    import types

    assert probe["collect"]()["observed"] == []
    cuda = types.ModuleType("torch.cuda")
    cuda._initialized = True
    monkeypatch.setitem(sys.modules, "torch.cuda", cuda)
    wanted = [{"framework": "torch", "gpu_works": True, "source": "this kernel"}]
    assert probe["collect"]()["observed"] == wanted
