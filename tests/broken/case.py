"""The table of environments: what a decorated builder declares."""

from collections.abc import Callable
from dataclasses import dataclass

BROKEN = []
HEALTHY = []


class CannotBuild(Exception):
    """This machine lacks what an environment needs."""


@dataclass
class Case:
    """A broken environment. rule: code of the finding that must come first; about: names of which
    one must be its subject; also: further codes that must be found; mend: whether the commands of
    that finding can be run here."""

    id: str
    happened: str
    build: Callable
    rule: str = ""
    about: tuple = ()
    severity: str = ""
    also: tuple = ()
    mend: bool = False
    namespace: bool = False  # needs mounts of its own


def broken(rule, about, severity, happened, mend=False, also=(), namespace=False):
    """Declare a broken environment; the builder gets a Place."""

    def take(build):
        BROKEN.append(Case(build.__name__, happened, build, rule, tuple(about.split()), severity,
                           tuple(also), mend, namespace))  # fmt: skip
        return build

    return take


def healthy(happened):
    """Declare an environment that looks suspicious and is not broken."""

    def take(build):
        HEALTHY.append(Case(build.__name__, happened, build))
        return build

    return take
