"""What other checkers ask: a torch that can be imported, and an nvidia-smi."""

TORCH = '''"""PyTorch without its computations: it answers checkers as the real one would on that machine."""
import os

from . import version
from .version import __version__


class cuda:
    """The questions that checkers ask."""

    @staticmethod
    def _gpus():
        served = int(os.environ.get("FAKE_NVML_CUDA") or 0) // 1000
        wanted = int((version.cuda or "0").partition(".")[0])
        hidden = os.environ.get("CUDA_VISIBLE_DEVICES") in ("", "-1")
        usable = wanted and served >= wanted and not hidden
        return [one for one in os.environ.get("FAKE_NVML_GPUS", "").split(";") if one and usable]

    @classmethod
    def is_available(cls):
        return bool(cls._gpus())

    @classmethod
    def device_count(cls):
        return len(cls._gpus())

    @classmethod
    def get_device_name(cls, index=0):
        return cls._gpus()[index].split("|")[0]

    @classmethod
    def get_device_capability(cls, index=0):
        return tuple(map(int, cls._gpus()[index].split("|")[1].split(".")))

    @staticmethod
    def get_arch_list():
        return "ARCHS".split()
'''

NVIDIA_SMI = '''
import os, sys
driver, cuda = os.environ["FAKE_NVML_DRIVER"], int(os.environ["FAKE_NVML_CUDA"])
if os.environ.get("FAKE_NVML_MODE") == "error":
    sys.exit("Failed to initialize NVML: Driver/library version mismatch")
cuda = f"{cuda // 1000}.{cuda % 1000 // 10}"
query = next((a.partition("=")[2].split(",") for a in sys.argv if a.startswith("--query-gpu=")), None)
for index, one in enumerate(os.environ["FAKE_NVML_GPUS"].split(";")):
    name, capability, total, used = one.split("|")[:4]
    values = {"index": index, "name": name, "uuid": f"GPU-{index:08}", "memory.total": f"{total} MiB",
              "memory.used": f"{used} MiB", "compute_cap": capability, "driver_version": driver}
    if query:
        print(", ".join(str(values.get(key, "[N/A]")) for key in query))
if "-x" in sys.argv:
    print("<?xml version='1.0' ?><nvidia_smi_log>"
          f"<driver_version>{driver}</driver_version><cuda_version>{cuda}</cuda_version></nvidia_smi_log>")
elif not query:
    print(f"| NVIDIA-SMI {driver}   Driver Version: {driver}   CUDA Version: {cuda} |")
'''
