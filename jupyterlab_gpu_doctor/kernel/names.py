"""Values of the variables that an install command names, for GPU Doctor for JupyterLab.

``publish_names(nonce, names)`` sends {"names", "environ", "automagic"} to the front end: IPython
puts Python variables into ``%pip install $name``, and what it leaves is a variable of the shell.
Standard library only, CPython 3.8 to 3.14. Only values of plain types are told, and nothing of the
user's is called for that: no ``repr``, no ``__getattr__``. What is named like a secret stays here.
"""

# Looking a name up must not stop anything, whatever goes wrong in it.
# ruff: noqa: BLE001

import os
import re
import sys

MIME = "application/vnd.jupyterlab-gpu-doctor.names+json"
MAX_NAMES = 200
MAX_ITEMS = 200
MAX_TEXT = 4096  # characters
SECRET = re.compile("token|secret|passw|key|credential", re.IGNORECASE)


def look_up(names):
    """The answer for a list of names; what is missing, secret or of another type is left out."""
    shell = shell_of()
    found = {"names": {}, "environ": {}, "automagic": None}
    if shell is not None:
        automagic = getattr(shell, "automagic", None)
        found["automagic"] = automagic if type(automagic) is bool else None
    space = namespace(shell)
    for name in list(names)[:MAX_NAMES]:
        if type(name) is not str or not name.isidentifier() or SECRET.search(name):
            continue
        if dict.__contains__(space, name):
            value = told(dict.__getitem__(space, name))
            if value is not None:
                found["names"][name] = value
        elif text(os.environ.get(name)):
            found["environ"][name] = os.environ[name]
    return found


def shell_of():
    """The IPython shell of this process, None without one."""
    try:
        return sys.modules["IPython"].get_ipython()
    except Exception:
        return None


def namespace(shell):
    """The dict that holds the user's variables."""
    try:
        space = shell.user_ns if shell is not None else None
        if not isinstance(space, dict):
            space = object.__getattribute__(sys.modules["__main__"], "__dict__")
        return space if isinstance(space, dict) else {}
    except Exception:
        return {}


def told(value):
    """A value as the answer holds it, None for one that is not told. Numbers that JavaScript would
    change go as text: 2.0 is no 2."""
    kind = type(value)
    if kind in (bool, float):
        return str(value)
    if kind is int and value.bit_length() <= 1024:
        return value if value.bit_length() <= 53 else str(value)
    if kind is str:
        return value if text(value) else None
    if kind in (list, tuple) and len(value) <= MAX_ITEMS and all(map(text, value)):
        return list(value)
    return None


def text(value):
    """Whether a value is text that can be sent."""
    if type(value) is not str or len(value) > MAX_TEXT:
        return False
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def publish_names(nonce, names):
    """Send the values to the front end as display data; without IPython nothing is sent."""
    answer = look_up(names)
    try:
        from IPython.display import publish_display_data
    except Exception:
        return
    publish_display_data({MIME: {"nonce": nonce, **answer}})
