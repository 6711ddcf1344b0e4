"""Driver, GPUs, CUDA libraries and the loader (R51 to R73)."""

from . import big
from .case import broken
from .ownership import numpy
from .place import stand_in
from .wheels import elf, write


def tensorflow(place, version, numpy_version="1.26.4"):
    """TensorFlow with what it requires."""
    return place.add(big.tensorflow(version), numpy(numpy_version)).complete()


@broken("R51", "torch", "warning", "the CPU build of torch on a machine with an NVIDIA GPU", mend=True)
def cpu_torch_on_gpu(place):
    place.venv().gpu().add(big.torch("2.3.1", None)).complete()
    stock_torch(place, "2.3.1", "12.1")


def stock_torch(place, version, cuda, label=None):
    """A torch that a fix may ask for, with the libraries that it pins."""
    wheel = big.torch(version, cuda, default_index=label is None)
    needs = [line.partition(" ;")[0].split("==") for line in wheel.requires if "==" in line and "extra" not in line]
    libraries = [stand_in(name, pin) for name, pin in needs]
    place.shelf(*libraries).shelf(wheel, label=label or "main")


@broken("R51", "jax jaxlib", "warning", "jaxlib without a CUDA plugin on a machine with an NVIDIA GPU", mend=True)
def cpu_jax_on_gpu(place):
    place.venv().gpu(driver="550.90.07", cuda=12040).add(*big.jax("0.4.35"), numpy("1.26.4")).complete()
    place.shelf(*big.jax("0.4.35", plugin="0.4.35"))


@broken("R51", "tensorflow-cpu tensorflow", "warning", "tensorflow-cpu on a machine with an NVIDIA GPU", mend=True)
def cpu_tensorflow_on_gpu(place):
    place.venv().gpu().add(big.tensorflow("2.15.1", "tensorflow-cpu", gpu=False), numpy("1.26.4")).complete()
    place.shelf(big.tensorflow("2.15.1"), *big.and_cuda("2.15.1"))


@broken("R52", "driver torch", "error", "torch for CUDA 13 on driver 535, which serves CUDA 12", mend=True)
def driver_too_old(place):
    place.venv().gpu(driver="535.104.05", cuda=12020).add(big.torch("2.9.1", "13.0")).complete()
    stock_torch(place, "2.9.1", "12.8")


@broken("R52", "driver torch", "error", "torch for CUDA 12.1 on driver 470, which serves CUDA 11.4", mend=True)
def driver_of_cuda_11(place):
    place.venv().gpu(driver="470.223.02", cuda=11040, gpus="Tesla V100|7.0|16160|0|0|0").add(big.torch("2.3.1")).complete()
    stock_torch(place, "2.3.1", "11.8", "cu118")


@broken("R54", "gpu torch", "error", "an RTX 5090 with a torch that has no code for sm_120", mend=True)
def gpu_too_new(place):
    place.venv().gpu(driver="570.86.15", cuda=12080, gpus="NVIDIA GeForce RTX 5090|12.0|32607|500|0|0")
    place.add(big.torch("2.5.1", "12.4")).complete()
    stock_torch(place, "2.10.0", "12.8")


@broken("R54", "gpu torch", "error", "a GTX 1080 with a torch that dropped sm_61", mend=True)
def gpu_too_old(place):
    place.venv().gpu(driver="580.65.06", cuda=13000, gpus="NVIDIA GeForce GTX 1080|6.1|8192|500|0|0")
    place.add(big.torch("2.9.1", "13.0")).complete()
    stock_torch(place, "2.9.1", "12.6", "cu126")


@broken("R55", "nvidia-cudnn-cu12 nvidia-cudnn-cu13", "error", "cuDNN for CUDA 12 and for CUDA 13 write the same folder", mend=True)
def cudnn_twins(place):
    place.venv().gpu(driver="580.65.06", cuda=13000)
    place.add(big.torch("2.5.1", "12.4")).complete().add(big.nvidia("nvidia-cudnn-cu13", "9.13.0.50"))
    place.shelf(big.nvidia("nvidia-cudnn-cu12", "9.1.0.70"))


@broken("R55", "nvidia-cublas-cu11 nvidia-cublas-cu12 nvidia-cudnn-cu11 nvidia-cuda-runtime-cu11", "warning",
        "CUDA 11 wheels were left when torch moved to CUDA 12", mend=True)  # fmt: skip
def cuda_wheels_left(place):
    place.venv().gpu().add(big.torch("2.3.1")).complete()
    place.add(big.nvidia("nvidia-cublas-cu11", "11.10.3.66"), big.nvidia("nvidia-cuda-runtime-cu11", "11.7.99"))


@broken("R58", "LD_LIBRARY_PATH", "warning", "LD_LIBRARY_PATH puts the cuDNN 8.4 of the machine in front of TensorFlow's", mend=True)
def loader_path_wins(place):
    tensorflow(place.venv().gpu(), "2.15.1").add(*big.and_cuda("2.15.1"))
    cuda = place.folder / "usr" / "cuda-11.6" / "lib64"
    write(cuda / "libcudnn.so.8.4.1", elf())
    (cuda / "libcudnn.so.8").symlink_to("libcudnn.so.8.4.1")
    write(cuda / "libcublas.so.12.0.1.189", elf())
    (cuda / "libcublas.so.12").symlink_to("libcublas.so.12.0.1.189")
    place.path("LD_LIBRARY_PATH", cuda)


@broken("R59", "CUDA_HOME cuda-home", "info warning", "CUDA_HOME is a system CUDA 11.8, torch was built for 12.1", mend=True)
def cuda_home_elsewhere(place):
    place.venv().gpu().add(big.torch("2.3.1")).complete()
    home = place.folder / "usr" / "cuda-11.8"
    write(home / "version.json", '{"cuda": {"name": "CUDA SDK", "version": "11.8.89"}}\n')
    write(home / "bin" / "nvcc", "#!/bin/sh\n")
    place.env(CUDA_HOME=home)


@broken("R60", "nvidia-cublas-cu12 torch", "warning", "a library moved cuBLAS past the pin of torch", mend=True)
def nvidia_pin(place):
    place.venv().gpu().add(big.torch("2.3.1"), big.nvidia("nvidia-cublas-cu12", "12.4.5.8")).complete()
    place.shelf(big.nvidia("nvidia-cublas-cu12", "12.1.3.1"), big.torch("2.3.1")).shelf(big.torch("2.3.1"), label="cu121")


@broken("R61", "tensorflow cudnn nvidia-cudnn-cu12", "error", "TensorFlow 2.18 wants cuDNN 9, cuDNN 8.9 is installed", mend=True)
def cudnn_of_another_major(place):
    wheels = [w for w in big.and_cuda("2.18.1") if "cudnn" not in w.name]
    tensorflow(place.venv().gpu(driver="555.42.06", cuda=12050), "2.18.1").add(*wheels)
    place.add(big.nvidia("nvidia-cudnn-cu12", "8.9.7.29")).shelf(*big.and_cuda("2.18.1"), big.tensorflow("2.18.1"))


@broken("R62", "tensorflow", "warning", "`pip install tensorflow` without [and-cuda]: no CUDA library anywhere", mend=True)
def tensorflow_without_libraries(place):
    tensorflow(place.venv().gpu(), "2.15.1").shelf(*big.and_cuda("2.15.1"), big.tensorflow("2.15.1"))


@broken("R62", "tensorflow LD_LIBRARY_PATH", "warning", "TensorFlow 2.12 by pip in a conda environment: cudatoolkit is there, nothing points to it",
        mend=True)  # fmt: skip
def conda_libraries_not_on_path(place):
    files = {"lib/libcudart.so.11.8.89": elf(), "lib/libcudart.so.11.0": "libcudart.so.11.8.89",
             "lib/libcublas.so.11.11.3.6": elf(), "lib/libcublas.so.11": "libcublas.so.11.11.3.6",
             "lib/libcublasLt.so.11": elf(), "lib/libcufft.so.10": elf(), "lib/libcurand.so.10": elf(),
             "lib/libcusolver.so.11": elf(), "lib/libcusparse.so.11": elf()}  # fmt: skip
    place.conda(("cudatoolkit", "11.8.0", files, []), ("cudnn", "8.6.0.163", {"lib/libcudnn.so.8": elf()}, []))
    tensorflow(place.gpu(), "2.12.1", "1.23.5")


@broken("R63", "tensorflow torch", "warning", "`pip install sentence-transformers` put torch for CUDA 12 beside TensorFlow for CUDA 11.8")
def two_frameworks(place):
    tensorflow(place.venv().gpu(), "2.12.1", "1.23.5").add(big.torch("2.3.1")).complete()
    for name, pin in (("cublas", "11.11.3.6"), ("cudnn", "8.6.0.163"), ("cuda-runtime", "11.8.89"), ("cufft", "10.9.0.58"),
                      ("curand", "10.3.0.86"), ("cusolver", "11.4.1.48"), ("cusparse", "11.7.5.86")):  # fmt: skip
        folder = place.folder / "usr" / "cuda-11.8" / "lib64"
        wheel = big.nvidia(f"nvidia-{name}-cu11", pin)
        for path, data in wheel.files.items():
            write(folder / path.rpartition("/")[2], data)
    place.path("LD_LIBRARY_PATH", folder)


@broken("R64", "wsl driver", "error", "a Linux driver package in WSL hides Windows' libcuda", namespace=True)
def linux_driver_in_wsl(place):
    place.venv().gpu().add(big.torch("2.3.1")).complete()
    version = place.file("wsl-version", "Linux version 5.15.153.1-microsoft-standard-WSL2 (root@x) #1 SMP\n")
    place.own_root("dxg", version=version)


@broken("R65", "container", "warning", "a container of a CUDA image, started without --gpus all")
def container_without_gpu(place):
    place.venv().add(big.torch("2.3.1")).complete()
    place.env(container="docker", NVIDIA_VISIBLE_DEVICES="all", NVIDIA_DRIVER_CAPABILITIES="compute,utility")


@broken("R66", "CUDA_VISIBLE_DEVICES", "warning", "CUDA_VISIBLE_DEVICES=-1 was left in the kernel's variables", mend=True)
def devices_hidden(place):
    place.venv().gpu().add(big.torch("2.3.1")).complete().env(CUDA_VISIBLE_DEVICES="-1")


@broken("R66", "CUDA_VISIBLE_DEVICES", "warning", "CUDA_VISIBLE_DEVICES=2 on a machine with one GPU", mend=True)
def device_number_too_high(place):
    place.venv().gpu().add(big.torch("2.3.1")).complete().env(CUDA_VISIBLE_DEVICES="2")


@broken("R67", "mig gpu", "info", "MIG is on: a process sees one instance")
def mig(place):
    place.venv().gpu(driver="550.90.07", cuda=12040, gpus="NVIDIA A100-SXM4-40GB|8.0|40960|10|0|1").add(big.torch("2.3.1")).complete()


@broken("R68", "driver", "error", "the driver was upgraded and the machine not restarted")
def driver_split(place):
    place.venv().gpu(library="550.120").env(FAKE_NVML_MODE="error", FAKE_NVML_ERROR="18").add(big.torch("2.3.1")).complete()


@broken("R69", "driver", "error", "/dev/nvidia-uvm is missing: the module was not loaded", namespace=True)
def uvm_missing(place):
    place.venv().gpu().add(big.torch("2.3.1")).complete()
    place.own_root("nvidia0", "nvidiactl")


@broken("R70", "driver LD_LIBRARY_PATH", "error", "the stubs of the toolkit are on LD_LIBRARY_PATH", mend=True)
def stub_driver(place):
    place.venv().gpu().add(big.torch("2.3.1")).complete()
    stubs = place.folder / "usr" / "cuda-12.2" / "lib64" / "stubs"
    write(stubs / "libcuda.so", elf())
    (stubs / "libcuda.so.1").symlink_to("libcuda.so")
    place.path("LD_LIBRARY_PATH", stubs)


@broken("R72", "triton torch", "warning", "triton 3.0 beside torch 2.3.1, which pins 2.3.1", mend=True)
def triton_pin(place):
    place.venv().gpu().add(big.torch("2.3.1"), big.plain("triton", "3.0.0")).complete()
    place.shelf(big.plain("triton", "2.3.1"))


@broken("R73", "LD_PRELOAD CUDA_LAUNCH_BLOCKING gpu", "info", "CUDA_LAUNCH_BLOCKING=1 was left from a debugging session")
def launch_blocking(place):
    place.venv().gpu().add(big.torch("2.3.1")).complete().env(CUDA_LAUNCH_BLOCKING="1")


@broken("R56", "cudatoolkit cudnn LD_LIBRARY_PATH nvidia-cudnn-cu12 torch", "warning", "conda's CUDA 11 is on LD_LIBRARY_PATH, torch has wheels of CUDA 12", mend=True)
def conda_cuda_in_front(place):
    files = {"lib/libcudart.so.11.8.89": elf(), "lib/libcudart.so.11.0": "libcudart.so.11.8.89",
             "lib/libcublas.so.11": elf()}  # fmt: skip
    place.conda(("cudatoolkit", "11.8.0", files, []), ("cudnn", "8.4.1.50", {"lib/libcudnn.so.8": elf()}, []))
    place.gpu().add(big.torch("2.3.1")).complete().path("LD_LIBRARY_PATH", place.prefix / "lib")
