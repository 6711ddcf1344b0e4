"""Fixtures: environments that are built once and kept in .cache/envs."""

import inspect

import envs
import pytest
from probing import load


@pytest.fixture(scope="session")
def nvml():
    """Folder with a fake libnvidia-ml.so.1."""
    source = (envs.HERE / "fake_nvml" / "nvml.c").read_text()
    return envs.cached("nvml", [source], envs.make_nvml)


@pytest.fixture(scope="session")
def conda():
    """A conda prefix in which pip replaced conda's numpy; it has a cudatoolkit."""
    key = inspect.getsource(envs.make_conda) + inspect.getsource(envs.repack)
    return envs.cached("conda", [key], lambda target: envs.make_conda(target, cuda=True))


@pytest.fixture(scope="session")
def venv():
    """A virtual environment with ipykernel and a few small packages."""
    packages = ["ipykernel", "six==1.16.0", "python-dateutil==2.9.0.post0"]
    return envs.cached("venv", packages, lambda target: envs.make_venv(target, packages))


@pytest.fixture
def site(tmp_path):
    """An empty folder that tests fill like a site-packages folder and put on PYTHONPATH."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    return folder


@pytest.fixture
def probe():
    """The probe's functions in a fresh dict."""
    return load()
