"""Broken environments, and healthy ones that look suspicious: `BROKEN` and `HEALTHY`."""

from . import gpu, healthy, ownership, paths, versions
from .case import BROKEN, HEALTHY, CannotBuild
from .place import CannotRun, Place

__all__ = ["BROKEN", "HEALTHY", "CannotBuild", "CannotRun", "Place", "gpu", "healthy", "ownership", "paths", "versions"]
