"""One framework of the GPU test, in a process of its own, for GPU Doctor for JupyterLab.

gputest.py gives it to the kernel's interpreter on stdin, with `NONCE FRAMEWORK SECONDS` as
arguments, and reads its lines: NONCE and a JSON object each. It imports the framework, lists
devices, adds three numbers, multiplies two small matrices and convolves a tiny picture on the first
GPU, or on the CPU where there is none. Standard library only, CPython 3.8 to 3.14.
"""

# Whatever a framework does becomes a line.
# ruff: noqa: BLE001, S110

import faulthandler
import importlib
import importlib.util
import json
import os
import sys
import traceback
from time import perf_counter

SIZE = 64  # rows of the matrices
MAX_TEXT = 4000  # characters of one text


class Wrong(Exception):
    """A result that is not right."""


class Talk:
    """Lines to gputest.py. What else is printed goes to stderr, where it is kept as text."""

    def __init__(self, nonce):
        self.nonce = nonce
        self.out = os.dup(1)
        os.dup2(2, 1)

    def say(self, **fields):
        line = json.dumps(fields)  # ASCII
        data = f"{self.nonce}{line}\n".encode()
        while data:
            data = data[os.write(self.out, data) :]

    def step(self, name, work):
        """The value of work(), told with its time."""
        self.say(begin=name)
        start = perf_counter()
        value = work()
        self.say(end=name, ms=round((perf_counter() - start) * 1000, 3))
        return value


def device(kind, name=None, capability=None, memory=None):
    """A device as it is told. kind: gpu, cpu or other; memory: bytes."""
    return {"kind": kind, "name": name, "compute_capability": capability, "memory": memory}


def amounts(allocated=None, reserved=None):
    """Memory of the device in bytes, as it is told."""
    return {"allocated": allocated, "reserved": reserved}


# ---------------------------------------------------------------------------- frameworks


class Torch:
    """PyTorch."""

    def __init__(self, module):
        self.torch = module
        self.place = "cpu"

    def built(self):
        version = self.torch.version
        return {"cuda": version.cuda, "hip": getattr(version, "hip", None)}

    def devices(self):
        torch = self.torch
        if torch.cuda.is_available():
            self.place = "cuda:0"
            found = []
            for index in range(torch.cuda.device_count()):
                one = torch.cuda.get_device_properties(index)
                capability = None if getattr(torch.version, "hip", None) else f"{one.major}.{one.minor}"
                found.append(device("gpu", one.name, capability, one.total_memory))
            return found
        for name in ("mps", "xpu"):
            part = getattr(torch.backends if name == "mps" else torch, name, None)
            if part is not None and part.is_available():
                self.place = name
                return [device("gpu", torch.xpu.get_device_name(0) if name == "xpu" else "Apple GPU")]
        return [device("cpu")]

    def why_not(self):
        """Why a GPU build sees no GPU, in its own words."""
        if not self.torch.version.cuda:
            return None
        try:
            self.torch.cuda.init()
        except Exception as error:
            return str(error)
        return None

    def array(self, rows):
        return self.torch.tensor(rows, dtype=self.torch.float32, device=self.place)

    def matmul(self, a, b):
        return a @ b

    def convolve(self, size, kernel):
        shape = (1, 1, size, size), (1, 1, kernel, kernel)
        picture, weights = (self.torch.ones(one, device=self.place) for one in shape)
        return self.torch.nn.functional.conv2d(picture, weights)

    def where(self, array):
        return str(array.device)

    def values(self, array):
        return array.flatten().tolist()

    def memory(self, peak):
        if not self.place.startswith("cuda"):
            return amounts()
        cuda = self.torch.cuda
        if peak:
            return amounts(cuda.max_memory_allocated(0), cuda.max_memory_reserved(0))
        return amounts(cuda.memory_allocated(0), cuda.memory_reserved(0))

    def cudnn(self):
        number = self.torch.backends.cudnn.version() if self.torch.version.cuda else None
        return cudnn_version(number) if self.place.startswith("cuda") else None


class TensorFlow:
    """TensorFlow 2, and 1.15 with eager execution."""

    def __init__(self, module):
        self.tf = module
        self.place = "/CPU:0"
        if not module.executing_eagerly():
            module.compat.v1.enable_eager_execution()

    def built(self):
        try:
            info = self.tf.sysconfig.get_build_info()
            return {"cuda": info.get("cuda_version"), "hip": info.get("rocm_version")}
        except AttributeError:
            return {"cuda": None, "hip": None}

    def devices(self):
        config = self.tf.config
        listing = getattr(config, "list_physical_devices", None) or config.experimental.list_physical_devices
        found = []
        for one in listing("GPU"):
            details = {}
            try:
                details = config.experimental.get_device_details(one)
            except Exception:
                pass  # since TensorFlow 2.4
            capability = details.get("compute_capability")
            text = ".".join(map(str, capability)) if capability else None
            found.append(device("gpu", details.get("device_name") or one.name, text))
        if found:
            self.place = "/GPU:0"
        return found or [device("cpu")]

    def why_not(self):
        return None  # It says so on stderr.

    def array(self, rows):
        with self.tf.device(self.place):
            # A tensor of Python numbers may stay on the host; a computed one does not.
            return self.tf.identity(self.tf.constant(rows, dtype=self.tf.float32))

    def matmul(self, a, b):
        with self.tf.device(self.place):
            return self.tf.matmul(a, b)

    def convolve(self, size, kernel):
        with self.tf.device(self.place):
            picture = self.tf.ones((1, size, size, 1))
            weights = self.tf.ones((kernel, kernel, 1, 1))
            return self.tf.nn.conv2d(picture, weights, strides=1, padding="VALID")

    def where(self, array):
        return str(array.device)

    def values(self, array):
        return array.numpy().reshape(-1).tolist()

    def memory(self, peak):
        if self.place != "/GPU:0":
            return amounts()
        try:
            info = self.tf.config.experimental.get_memory_info("GPU:0")
        except Exception:
            return amounts()  # since TensorFlow 2.5
        return amounts(info.get("peak" if peak else "current"))

    def cudnn(self):
        return cudnn_version(None) if self.place == "/GPU:0" else None


class Jax:
    """JAX."""

    def __init__(self, module):
        self.jax = module
        self.numpy = importlib.import_module("jax.numpy")
        self.lax = importlib.import_module("jax.lax")
        self.place = None

    def built(self):
        return {"cuda": None, "hip": None}

    def devices(self):
        listed = self.jax.devices()
        self.place = listed[0]
        found = []
        for one in listed:
            platform = str(one.platform).lower()
            known = platform in ("gpu", "cuda", "rocm", "metal")
            kind = "gpu" if known else "cpu" if platform == "cpu" else "other"
            name = None if kind == "cpu" else str(one.device_kind)
            stats = one.memory_stats() if kind == "gpu" and hasattr(one, "memory_stats") else None
            capability = getattr(one, "compute_capability", None)
            found.append(device(kind, name, str(capability) if capability else None,
                                (stats or {}).get("bytes_limit")))  # fmt: skip
        return found

    def why_not(self):
        return None  # It says so on stderr.

    def array(self, rows):
        return self.jax.device_put(self.numpy.asarray(rows, dtype="float32"), self.place)

    def matmul(self, a, b):
        return self.numpy.matmul(a, b)

    def convolve(self, size, kernel):
        picture, weights = (
            self.jax.device_put(self.numpy.ones((1, 1, one, one), dtype="float32"), self.place)
            for one in (size, kernel)
        )
        return self.lax.conv(picture, weights, (1, 1), "VALID")

    def where(self, array):
        devices = getattr(array, "devices", None)  # since JAX 0.4
        return ", ".join(sorted(map(str, devices()))) if devices else str(array.device())

    def values(self, array):
        # NumPy is a requirement of JAX.
        return importlib.import_module("numpy").asarray(array).reshape(-1).tolist()

    def memory(self, peak):
        if self.place.platform == "cpu" or not hasattr(self.place, "memory_stats"):
            return amounts()
        stats = self.place.memory_stats() or {}
        used = stats.get("peak_bytes_in_use" if peak else "bytes_in_use")
        return amounts(used, stats.get("peak_pool_bytes" if peak else "pool_bytes"))

    def cudnn(self):
        return None if self.place.platform == "cpu" else cudnn_version(None)


FRAMEWORKS = {"torch": Torch, "tensorflow": TensorFlow, "jax": Jax}


def cudnn_version(number):
    """`9.1.0` from cuDNN's own number; without one the loaded library is asked."""
    if number is None:
        number = mapped_cudnn()
    if not number:
        return None
    # 8902 is 8.9.2; since 9.0 it is 90100 for 9.1.0.
    big = 10000 if number >= 10000 else 1000
    return f"{number // big}.{number % big // 100}.{number % 100}"


def mapped_cudnn():
    """Number of the cuDNN in this process; None where that cannot be told."""
    try:
        import ctypes

        with open("/proc/self/maps", encoding="utf-8", errors="replace") as lines:
            paths = {line.split(None, 5)[-1].strip() for line in lines if "/libcudnn.so" in line}
        library = ctypes.CDLL(paths.pop())
        library.cudnnGetVersion.restype = ctypes.c_size_t
        return int(library.cudnnGetVersion())
    except Exception:
        return None


# ---------------------------------------------------------------------------- the steps


def matrices():
    """Two matrices of small whole numbers: their product is exact in every floating-point format."""
    rows = range(SIZE)
    return (
        [[(i * 7 + j * 3) % 11 - 5 for j in rows] for i in rows],
        [[(i * 5 + j * 2) % 13 - 6 for j in rows] for i in rows],
    )


def expected(a, b):
    """(numbers of the product, who computed them)."""
    try:
        numpy = importlib.import_module("numpy")
        product = numpy.asarray(a, dtype="int64") @ numpy.asarray(b, dtype="int64")
        return product.reshape(-1).tolist(), "NumPy"
    except Exception:
        columns = list(zip(*b))
        return [sum(x * y for x, y in zip(row, column)) for row in a for column in columns], "Python"


def same(found, wanted, what):
    """Raise when numbers differ."""
    if list(found) != list(wanted):
        pairs = [(one, two) for one, two in zip(found, wanted) if one != two]
        first = f"{pairs[0][0]} instead of {pairs[0][1]}" if pairs else f"{len(found)} numbers"
        raise Wrong(f"{what}: {len(pairs)} of {len(wanted)} numbers are wrong; the first is {first}")


def test(name, talk):
    """All steps of a framework."""
    if importlib.util.find_spec(name) is None:
        talk.say(error={"kind": "missing", "text": f"{name} is not installed"})
        return
    module = talk.step("import", lambda: importlib.import_module(name))
    talk.say(set={"version": str(module.__version__), "file": getattr(module, "__file__", None)})
    framework = FRAMEWORKS[name](module)
    built = framework.built()
    talk.say(set={key: str(value) if value else None for key, value in built.items()})
    devices = talk.step("devices", framework.devices)
    talk.say(set={"devices": devices[:64]})
    on_gpu = devices[0]["kind"] == "gpu"
    if devices[0]["kind"] == "cpu":
        why = framework.why_not()
        if why:
            talk.say(set={"why_not": why[:MAX_TEXT]})
    before = framework.memory(False)

    def computed(array, wanted, what):
        same(framework.values(array), wanted, what)
        place = framework.where(array)
        if on_gpu and "cpu" in place.lower():
            raise Wrong(f"{what}: computed on {place}")

    def add():
        computed(framework.array([1, 2, 3]) + framework.array([4, 5, 6]), [5, 7, 9], "[1, 2, 3] + [4, 5, 6]")

    def multiply():
        product = framework.matmul(framework.array(a), framework.array(b))
        computed(product, wanted, f"product of two {SIZE} × {SIZE} matrices")

    def convolve():
        # This is what needs cuDNN.
        computed(framework.convolve(8, 3), [9] * 36, "convolution")

    talk.step("sum", add)
    a, b = matrices()
    wanted, by = expected(a, b)
    talk.step("product", multiply)
    talk.say(set={"against": by})
    if on_gpu:
        talk.step("convolution", convolve)
    memory = {"before": before, "peak": framework.memory(True), "process": process_memory()}
    talk.say(set={"memory": memory, "cudnn": framework.cudnn()})
    talk.say(done=True)


def process_memory():
    """Most memory that this process had, in bytes; None where that cannot be told."""
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def die_with_parent():
    """Linux: a kernel that is killed takes this process with it."""
    try:
        import ctypes

        ctypes.CDLL(None).prctl(1, 9)
    except Exception:
        pass


def main():
    """Test a framework, say what came of it, and end without the frameworks' own clean-up, which may crash."""
    nonce, name, limit = sys.argv[1:4]
    del sys.argv[1:]
    talk = Talk(nonce)
    if sys.platform.startswith("linux"):
        die_with_parent()
    # Also where C code hangs: it says where, and ends.
    faulthandler.enable()
    faulthandler.dump_traceback_later(float(limit), exit=True)
    talk.say(set={"path": [one for one in sys.path if isinstance(one, str)][:200]})
    try:
        test(name, talk)
    except BaseException as error:
        traceback.print_exc()
        kind = "wrong" if isinstance(error, Wrong) else "error"
        text = str(error) if kind == "wrong" else f"{type(error).__name__}: {error}"
        talk.say(error={"kind": kind, "text": text[:MAX_TEXT]})
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass
    os._exit(0)


if __name__ == "__main__":
    main()
