"""Small packages that imitate the calls of PyTorch, TensorFlow and JAX that the GPU test makes.

As a command (the UI tests build the same ones)::

    python tests/frameworks.py SITE NAME OPTION=VALUE…

SITE is a folder on the path, NAME is torch, tensorflow or jax. See `fake`.
"""

import json
import sys
from pathlib import Path

# The real text of PyTorch on a machine whose CUDA libraries are gone.
NO_CUBLAS = "libcublas.so.11: cannot open shared object file: No such file or directory"

ARRAY = '''
class Array:
    """Rows of numbers somewhere."""

    def __init__(self, rows, place):
        self.rows, self.place = rows, place

    def __add__(self, other):
        return Array([a + b + SETUP.get("wrong", 0) for a, b in zip(self.rows, other.rows)], self.place)

    def __matmul__(self, other):
        columns = list(zip(*other.rows))
        return Array([[sum(map(int.__mul__, row, c)) for c in columns] for row in self.rows], self.place)

    def numbers(self):
        flat = [one for row in self.rows for one in row] if isinstance(self.rows[0], list) else self.rows
        return [float(one) for one in flat]

    def tolist(self):
        return self.numbers()

    # torch
    def flatten(self):
        return self

    @property
    def device(self):
        return self.place

    # tensorflow
    def numpy(self):
        return self

    def reshape(self, _):
        return self

    # jax
    def devices(self):
        return {self.place}


def convolved(picture, weights, place):
    size = int(len(picture) ** 0.5) - int(len(weights) ** 0.5) + 1
    return Array([[float(len(weights))] * size] * size, place)
'''

TORCH = '''
class version:
    cuda, hip = SETUP.get("cuda"), None

class _Properties:
    def __init__(self, name, major, minor, memory):
        self.name, self.major, self.minor, self.total_memory = name, major, minor, memory

class cuda:
    @staticmethod
    def is_available(): return bool(SETUP["gpus"])
    @staticmethod
    def device_count(): return len(SETUP["gpus"])
    @staticmethod
    def get_device_properties(index): return _Properties(*SETUP["gpus"][index])
    @staticmethod
    def init(): raise RuntimeError(SETUP.get("init", "No CUDA GPUs are available"))
    @staticmethod
    def memory_allocated(index): return 0
    @staticmethod
    def memory_reserved(index): return 0
    @staticmethod
    def max_memory_allocated(index): return 8519680
    @staticmethod
    def max_memory_reserved(index): return 23068672

class backends:
    class cudnn:
        @staticmethod
        def version(): return SETUP.get("cudnn", 90100)

float32 = "float32"

def tensor(rows, dtype=None, device=None):
    step("tensor")
    return Array(rows, SETUP.get("place", device))

def ones(shape, device=None):
    return [1.0] * (shape[-1] * shape[-2])

class nn:
    class functional:
        @staticmethod
        def conv2d(picture, weights):
            step("conv")
            return convolved(picture, weights, SETUP.get("place", "cuda:0"))
'''

TENSORFLOW = '''
import contextlib
float32 = "float32"
def executing_eagerly(): return True

class sysconfig:
    @staticmethod
    def get_build_info(): return {"cuda_version": SETUP.get("cuda")} if SETUP.get("cuda") else {}

class _Device:
    def __init__(self, index): self.name = f"/physical_device:GPU:{index}"; self.index = index

class config:
    @staticmethod
    def list_physical_devices(kind): return [_Device(i) for i in range(len(SETUP["gpus"]))]
    class experimental:
        @staticmethod
        def get_device_details(one):
            name, major, minor, _ = SETUP["gpus"][one.index]
            return {"device_name": name, "compute_capability": (major, minor)}
        @staticmethod
        def get_memory_info(name): return {"current": 256, "peak": 1048576}

_place = [None]

@contextlib.contextmanager
def device(name):
    _place[0] = "/job:localhost/replica:0/task:0/device:" + name[1:]
    yield

def constant(rows, dtype=None): return rows
def identity(rows):
    step("tensor")
    return Array(rows, SETUP.get("place", _place[0]))
def matmul(a, b): return a @ b
def ones(shape): return [1.0] * (max(shape) ** 2)

class nn:
    @staticmethod
    def conv2d(picture, weights, strides, padding):
        step("conv")
        return convolved(picture, weights, SETUP.get("place", _place[0]))
'''

JAX = '''
class _Device:
    def __init__(self, index):
        gpus = SETUP["gpus"]
        self.platform = "gpu" if gpus else "cpu"
        self.device_kind = gpus[index][0] if gpus else "cpu"
        self.text = SETUP.get("place") or (f"cuda:{index}" if gpus else "TFRT_CPU_0")
        if gpus:
            self.compute_capability = f"{gpus[index][1]}.{gpus[index][2]}"
    def memory_stats(self):
        return {"bytes_in_use": 0, "peak_bytes_in_use": 131072, "bytes_limit": SETUP["gpus"][0][3]}
    def __str__(self): return self.text

def devices(): return [_Device(i) for i in range(len(SETUP["gpus"]) or 1)]
def device_put(array, device):
    step("tensor")
    return Array(array.rows, device)
'''


def fake(site, name, gpus=(), version="2.0", head="", at=None, do="", **more):
    """Write a package.

    gpus: rows of name, major, minor, memory in bytes. head: Python that runs at import. at, do: Python
    that runs when the test reaches `tensor` or `conv`. more: cuda, cudnn, init (text of an error),
    place (where results say they are), wrong (added to every sum), api (major of NumPy that is faked).
    """
    setup = {"gpus": [list(one) for one in gpus], **more}
    folder = Path(site) / name
    folder.mkdir(parents=True, exist_ok=True)
    common = f"SETUP = {json.dumps(setup)!r}\nimport json; SETUP = json.loads(SETUP)\n" + ARRAY
    common += f"\ndef step(name):\n    if name == {at!r}:\n        exec({do!r})\n"
    (folder / "common.py").write_text(common)
    text = f'"""A fake."""\n{head}\nfrom .common import *\nfrom .common import step\n__version__ = {version!r}\n'
    text += {"torch": TORCH, "tensorflow": TENSORFLOW, "jax": JAX}[name]
    (folder / "__init__.py").write_text(text)
    if name == "jax":
        (folder / "numpy.py").write_text(
            "from .common import Array\n"
            "def asarray(rows, dtype=None): return Array(rows, None)\n"
            "def ones(shape, dtype=None): return Array([1.0] * (shape[-1] * shape[-2]), None)\n"
            "def matmul(a, b): return a @ b\n"
        )
        (folder / "lax.py").write_text(
            "from .common import convolved, step\n"
            "def conv(picture, weights, strides, padding):\n"
            "    step('conv')\n    return convolved(picture.rows, weights.rows, picture.place)\n"
        )
        # JAX hands its arrays to NumPy.
        numpy = Path(site) / "numpy"
        numpy.mkdir(exist_ok=True)
        (numpy / "__init__.py").write_text("def asarray(one, dtype=None):\n    return one.reshape(-1)\n")
    return folder


if __name__ == "__main__":
    options = {}
    for word in sys.argv[3:]:
        key, _, value = word.partition("=")
        try:
            options[key] = json.loads(value)
        except ValueError:
            options[key] = value
    print(fake(sys.argv[1], sys.argv[2], **options))
