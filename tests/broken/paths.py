"""Which Python, which path: what Python imports is not what was installed (R11 to R19, R21, R23)."""

from pathlib import Path

import envs
from uv import find_uv_bin

from . import big
from .case import broken
from .ownership import numpy, stock
from .place import Place
from .wheels import Wheel, module_name, write


@broken("R11", "user-site numpy", "error", "`pip install --user numpy` years ago hides the numpy of the conda environment",
        mend=True)  # fmt: skip
def user_site_numpy(place):
    place.conda(numpy("1.26.4"))
    user = place.home / ".local" / "lib" / "python3.11" / "site-packages"
    place.add(numpy("1.21.6"), site=user)


@broken("R11", "user-site attrs", "warning", "PYTHONUSERBASE of a shared home directory hides the environment's attrs",
        mend=True)  # fmt: skip
def user_base_shadow(place):
    place.conda(big.plain("attrs", "23.2.0", package="attr"))
    user = place.folder / "shared" / "lib" / "python3.11" / "site-packages"
    place.add(big.plain("attrs", "21.4.0", package="attr"), site=user)
    place.env(PYTHONUSERBASE=place.folder / "shared")


@broken("R12", "pythonpath PYTHONPATH", "warning", "PYTHONPATH of a cluster's module system holds another pandas", mend=True)
def pythonpath_shadow(place):
    place.venv().add(big.plain("pandas", "2.2.2"), big.plain("six", "1.16.0"))
    other = place.folder / "opt" / "python"
    write(other / "pandas" / "__init__.py", "__version__ = '1.1.5'\n")
    place.path("PYTHONPATH", other)


@broken("R13", "pip", "info warning", "the pip on PATH is the server's; `!pip install` goes there", mend=True)
def pip_elsewhere(place):
    place.venv()
    server = Place(place.folder / "other").venv()
    place.env(PATH=f"{server.prefix}/bin:/usr/bin:/bin")


@broken("R13", "pip", "warning", "an environment without pip: `!pip install` goes to another one", mend=True)
def pip_missing(place):
    place.own()
    place.conda_install([place.conda_python(), big.plain("six", "1.16.0")])
    place.pip("pip", command="uninstall")
    stock(place, big.plain("pip", "25.0.1"))
    other = Place(place.folder / "other").venv()
    place.env(PATH=f"{other.prefix}/bin:/usr/bin:/bin")


@broken("R14", "conda python", "info", "the kernel of one environment was started from another, activated one")
def variable_elsewhere(place):
    place.conda(big.plain("six", "1.16.0"))
    (place.folder / "base" / "conda-meta").mkdir(parents=True)
    place.env(CONDA_PREFIX=place.folder / "base")


@broken("R15", "python", "info", "a virtual environment that also sees the system's packages, with other versions")
def leaky_venv(place):
    base = Place(place.folder / "system").own()
    base.add(big.plain("click", "8.0.0"), big.plain("rich", "12.0.0"))
    place.venv(python=base.python, system=True).add(big.plain("click", "8.1.7"))


@broken("R16", "enum34", "error warning", "an old requirement brought enum34 for Python 2", mend=True)
def enum34(place):
    place.venv().add(Wheel("enum34", "1.1.10", (), {"enum/__init__.py": "import sys as _sys\n"}))


@broken("R16", "typing", "error", "the backport `typing` in a folder of PYTHONPATH goes before Python 3.11's own", mend=True)
def typing_backport(place):
    place.venv().add(Wheel("typing", "3.7.4.3", (), {"typing.py": real_typing()}), site=place.folder / "libs")
    place.path("PYTHONPATH", place.folder / "libs")


def real_typing():
    """A typing.py with which Python still starts."""
    import typing

    return Path(typing.__file__).read_text()


@broken("R16", "torch", "error", "torch.py lies beside the notebook", mend=True)
def file_named_torch(place):
    place.venv().add(big.torch("2.3.1", None)).complete()
    write(place.work / "torch.py", "print('my first network')\n")
    place.prelude = ""


@broken("R16", "random python", "error", "random.py lies beside the notebook", mend=True)
def file_named_random(place):
    place.venv()
    write(place.work / "random.py", "x = 4\n")
    place.prelude = ""


@broken("R17", "pip", "info", "PIP_TARGET sends every install to another folder")
def pip_target(place):
    place.venv().env(PIP_TARGET=place.folder / "elsewhere")


@broken("R18", "mypackage", "warning", "the source folder of an editable install was moved", mend=True)
def dangling_editable(place):
    place.venv()
    source = place.folder / "src"
    write(source / "pyproject.toml", "[build-system]\nrequires = ['setuptools']\nbuild-backend = 'setuptools.build_meta'\n"
          "[project]\nname = 'mypackage'\nversion = '0.1'\n[tool.setuptools]\npackages = ['mypackage']\n")  # fmt: skip
    write(source / "mypackage" / "__init__.py", "")
    place.pip("-e", source)
    source.rename(place.folder / "moved")


@broken("R19", "numpy", "warning", "`%pip install -U numpy` after it was imported: the kernel runs the old one", mend=True)
def stale_numpy(place):
    stale(place, "numpy", "1.26.4", "2.0.2")


@broken("R19", "markupsafe", "warning", "`%pip install -U markupsafe` after it was imported: the kernel runs the old one")
def stale_markupsafe(place):
    stale(place, "markupsafe", "2.0.1", "2.1.5")


def stale(place, name, old, new):
    """A process that imports a package, which is then replaced."""
    place.venv().pip(f"{name}=={old}")
    upgrade = [find_uv_bin(), "pip", "install", "-q", "--python", str(place.python), f"{name}=={new}"]
    place.prelude = f"import subprocess, {name}\nsubprocess.run({upgrade!r}, check=True, env={envs.clean_environ()!r})"


@broken("R21", "markupsafe", "error", "site-packages were copied from Python 3.10 to 3.11", mend=True)
def wheel_of_another_python(place):
    place.venv().pip("--python-version", "3.10", "--only-binary", ":all:", "markupsafe==2.1.5")


@broken("R21", "contourpy", "error", "a wheel for Windows was unpacked by hand")
def wheel_of_another_system(place):
    place.venv().add(Wheel("contourpy", "1.2.1", (), {"contourpy/_contourpy.cp311-win_amd64.pyd": "MZ"}, "contourpy",
                           tags=("cp311-cp311-win_amd64",)))  # fmt: skip


@broken("R21", "numpy", "error", "numpy 1.19.5 allows Python 3.6 to 3.9 by its wheel", mend=False)
def old_numpy_on_new_python(place):
    old = Wheel("numpy", "1.19.5", (), {f"numpy/core/{module_name('_multiarray_umath', '3.9')}": b"\x7fELF"},
                "numpy", python=">=3.6", tags=("cp39-cp39-manylinux2010_x86_64",))  # fmt: skip
    place.venv().add(old)


@broken("R23", "traitlets ipykernel", "error", "an old extension pinned traitlets below 5: the kernel will not start again",
        mend=True)  # fmt: skip
def jupyter_stack(place):
    place.venv().pip("ipykernel==6.29.5")
    place.pip("--no-deps", "traitlets==4.3.3").complete()


@broken("R23", "tornado jupyter-client ipykernel", "error", "jupyter-themes moved tornado to 5.1.1", mend=True)
def old_tornado(place):
    place.venv().pip("ipykernel==6.29.5")
    place.pip("tornado", command="uninstall").add(big.plain("tornado", "5.1.1"))
