"""conda and pip on the same files; metadata that do not describe what is there (R01 to R10, R22)."""

from . import big
from .case import broken
from .wheels import Wheel, elf, module_name, write

PY = "3.11"


def numpy(version, requires=(), python=PY):
    """NumPy by its metadata, with one compiled module."""
    tag = "cp" + python.replace(".", "")
    files = {"numpy/version.py": f'version = "{version}"\n',
             f"numpy/core/{module_name('_multiarray_umath', python)}": elf()}  # fmt: skip
    return Wheel("numpy", version, tuple(requires), files, "numpy", tags=(f"{tag}-{tag}-manylinux_2_17_x86_64",))


@broken("R01", "numpy", "error", "`pip install` of something else moved conda's numpy from 1.24.4 to 1.26.4", mend=True)
def pip_over_conda_numpy(place):
    place.conda(numpy("1.24.4"), big.plain("six", "1.16.0"))
    place.pip("--no-deps", "numpy==1.26.4")


@broken("R01", "requests", "warning", "`pip install -U requests` in a conda environment", mend=True)
def pip_over_conda_pure(place):
    place.conda(big.plain("requests", "2.28.1"), big.plain("six", "1.16.0"))
    place.pip("--no-deps", "requests==2.32.3").complete()


@broken("R02", "attrs", "warning", "`pip install --force-reinstall attrs`: the same version from pip over conda's files",
        mend=True)  # fmt: skip
def same_version_again_by_pip(place):
    place.conda(Wheel("attrs", "23.2.0", (), {"attrs/__init__.py": "", "attr/__init__.py": ""}))
    place.pip("--no-deps", "--reinstall", "attrs==23.2.0")


@broken("R02", "numpy", "warning", "a script copied a compiled module of another build over conda's", mend=True)
def module_overwritten(place):
    place.conda(numpy("1.26.4"))
    path = place.site / "numpy" / "core" / module_name("_multiarray_umath", PY)
    write(path, elf() + b"\0" * 512)


@broken("R02", "zlib libz", "warning", "a tool copied another zlib over conda's", mend=True)
def library_overwritten(place):
    place.conda(("zlib", "1.2.13", {"lib/libz.so.1.2.13": elf()}, []), big.plain("six", "1.16.0"))
    write(place.prefix / "lib" / "libz.so.1.2.13", elf() + b"\0" * 512)


@broken("R03", "six", "error", "`pip uninstall six` in a conda environment", mend=True)
def conda_package_uninstalled_by_pip(place):
    place.conda(big.plain("six", "1.16.0"), big.plain("attrs", "23.2.0", package="attr"))
    place.pip("six", command="uninstall")


@broken("R04", "numpy", "error", "a copied environment has two dist-infos of numpy", mend=True)
def two_versions_registered(place):
    place.venv().pip("--no-deps", "numpy==1.26.4")
    info = place.site / "numpy-1.24.4.dist-info"
    write(info / "METADATA", "Metadata-Version: 2.1\nName: numpy\nVersion: 1.24.4\n\n")
    write(info / "INSTALLER", "pip\n")
    write(info / "RECORD", "numpy/__init__.py,,\nnumpy-1.24.4.dist-info/METADATA,,\n")


@broken("R05", "pip numpy orch", "warning", "pip was interrupted while it replaced torch", mend=True)
def interrupted_uninstall(place):
    place.venv().add(big.plain("filelock", "3.13.1"))
    write(place.site / "~orch" / "__init__.py", "")
    write(place.site / "~orch-2.3.1.dist-info" / "METADATA", "Metadata-Version: 2.1\nName: torch\nVersion: 2.3.1\n")


@broken("R06", "pyyaml", "warning", "PyYAML was installed by distutils: an .egg-info file, which pip cannot remove",
        mend=True)  # fmt: skip
def distutils_file(place):
    place.own()
    write(place.site / "PyYAML-6.0.1-py3.11.egg-info",
          "Metadata-Version: 1.1\nName: PyYAML\nVersion: 6.0.1\nSummary: YAML parser and emitter\n")  # fmt: skip
    write(place.site / "yaml" / "__init__.py", "")


@broken("R06", "markupsafe", "warning", "a dist-info without RECORD: pip cannot tell which files are MarkupSafe's",
        mend=True)  # fmt: skip
def no_record(place):
    place.venv().pip("markupsafe==2.1.5")
    (place.site / "MarkupSafe-2.1.5.dist-info" / "RECORD").unlink()


# In a container it would be a note: an image is an environment of its own.
@broken("R08", "conda pip", "warning", "pip installs in the base environment, where conda itself runs", namespace=True)
def pip_in_base(place):
    place.own_root()
    place.conda(big.plain("requests", "2.31.0"), big.plain("conda", "24.1.0")).complete()
    (place.prefix / "condabin").mkdir()
    write(place.prefix / "condabin" / "conda", "#!/bin/sh\n")
    place.add(big.plain("rich", "13.7.0"), big.plain("jupyter-dash", "0.4.2"))


@broken("R09", "numpy", "warning", "conda-meta/pinned holds numpy at 1.24, and 1.26.4 is installed", mend=True)
def pin_violated(place):
    place.conda(numpy("1.26.4"))
    write(place.prefix / "conda-meta" / "pinned", "# keep\nnumpy 1.24.*\n")
    stock(place, numpy("1.24.4"))


def stock(place, *wheels):
    """Packages that the channel has beside those that are installed."""
    import envs

    site = place.site.relative_to(place.prefix).as_posix()
    for wheel in wheels:
        if isinstance(wheel, tuple):
            name, version, files = wheel
            envs.conda_package(place.folder / "channel" / "conda-forge", name, version, "h123_0", files)
            continue
        files = {f"{site}/{path}": data for path, data in wheel.contents("conda").items()}
        envs.conda_package(place.folder / "channel" / "conda-forge", wheel.name, wheel.version,
                           "py311h123_0", files, ["python"])  # fmt: skip


@broken("R10", "faiss faiss-cpu", "error", "conda's faiss and `pip install faiss-cpu` write the same folder", mend=True)
def faiss_from_both(place):
    files = {"faiss/__init__.py": "", "faiss/_swigfaiss.so": elf()}
    place.conda(Wheel("faiss", "1.8.0", (), files, "faiss"), numpy("1.26.4"))
    place.add(Wheel("faiss-cpu", "1.7.4", (), files, "faiss"))


# conda registers PyTorch under the wheel's name, so R01 sees it too.
@broken("R10 R01", "torch pytorch", "error", "conda's pytorch, and `pip install torch` beside it", mend=True)
def torch_from_both(place):
    old = big.torch("2.1.2", "12.1", default_index=True)
    old.requires = ("filelock", "typing-extensions", "sympy", "networkx", "jinja2", "fsspec")  # conda's has no pins
    site = "lib/python3.11/site-packages"
    files = {f"{site}/{path}": data for path, data in old.contents("conda").items()}
    files = {path.replace("torch-2.1.2.dist-info", "torch-2.1.2-py3.11.egg-info"): data for path, data in files.items()
             if not path.endswith(("RECORD", "WHEEL"))}  # fmt: skip
    files = {path.replace("egg-info/METADATA", "egg-info/PKG-INFO"): data for path, data in files.items()}
    files[f"{site}/torch-2.1.2-py3.11.egg-info/top_level.txt"] = b"torch\n"
    place.conda(("pytorch", "2.1.2", files, ["python"]))
    place.add(big.torch("2.3.1", "12.1", default_index=True)).complete()


# R24 counts conda's OpenCV among the four.
@broken("R10 R24", "opencv opencv-python opencv-python-headless py-opencv libopencv", "error",
        "conda's py-opencv 4.8.1 and `pip install opencv-python-headless`: both write cv2", mend=True)  # fmt: skip
def opencv_from_both(place):
    site = "lib/python3.11/site-packages"
    files = {f"{site}/{path}": data for path, data in big.opencv("opencv-python", "4.8.1").contents("conda").items()}
    place.conda(("py-opencv", "4.8.1", files, ["python", "numpy"]), numpy("1.26.4"))
    place.add(big.opencv("opencv-python-headless", "4.10.0.84"))


@broken("R01", "numpy", "error", "pip moved numpy past what conda's scipy allows", also=["R22"], mend=True)
def conda_depends_broken(place):
    scipy = Wheel("scipy", "1.10.1", ("numpy<1.27.0,>=1.19.5",), {}, "scipy")
    site = "lib/python3.11/site-packages"
    files = {f"{site}/{path}": data for path, data in scipy.contents("conda").items()}
    place.conda(numpy("1.24.4"), ("scipy", "1.10.1", files, ["python", "numpy >=1.23.5,<1.26"]))
    place.pip("--no-deps", "numpy==1.26.4")


@broken("R01", "protobuf", "error", "an install of onnx brought protobuf 5 over conda's 3.20", mend=True)
def pip_over_conda_protobuf(place):
    files = {"google/protobuf/__init__.py": "__version__ = '3.20.3'\n"}
    place.conda(Wheel("protobuf", "3.20.3", (), files), big.plain("six", "1.16.0"))
    place.pip("--no-deps", "protobuf==5.27.0")


@broken("R04", "idna", "error", "an .egg-info of 2.10 was left beside idna 3.7", mend=True)
def stale_egg_info(place):
    place.venv().pip("idna==3.7")
    old = place.site / "idna-2.10-py3.11.egg-info"
    write(old / "PKG-INFO", "Metadata-Version: 1.1\nName: idna\nVersion: 2.10\n")
    write(old / "top_level.txt", "idna\n")
    write(old / "installed-files.txt", "../idna/__init__.py\nPKG-INFO\ntop_level.txt\n")
