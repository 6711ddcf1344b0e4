"""docs/side-by-side.md: what other checkers and ours find in the environments of tests/broken.

    python scripts/side_by_side.py [ID…]     (with ids, prints the rows and writes nothing)

Needs what the tests need. The other checkers are installed into an environment of their own and run with the
interpreter that is examined. A cause counts as named when a complaint names the right subject; a complaint that the
same checker also makes about most healthy environments does not count.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import envs
import index
from broken import BROKEN, HEALTHY, CannotBuild, Place
from uv import find_uv_bin

PEERS = ("cuda-doctor==0.2.0", "env-doctor==0.3.5")
TOOLS = ("pip check", "uv pip check", "cuda-doctor", "env-doctor", "GPU Doctor")
TARGET = ROOT / "docs" / "side-by-side.md"
# The peers' own libraries come first: they would not start with the stubs of the examined environment.
RUN = (
    "import sys, runpy; sys.path.insert(0, {site!r}); sys.argv = sys.argv[1:]; "
    "runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True)"
)
# Other words for the subjects that are not packages.
WORDS = {
    "driver": ("driver",), "gpu": ("gpu", "compute capability"), "torch": ("torch",), "tensorflow": ("tensorflow",),
    "cuda-home": ("cuda_home",), "user-site": ("user site", "user-site"), "libstdc++": ("libstdc++", "glibcxx"),
    "mig": ("mig",), "wsl": ("wsl",), "container": ("container", "docker"), "pythonpath": ("pythonpath",),
}  # fmt: skip


def run(place, *command):
    """stdout and stderr of a command in an environment."""
    done = subprocess.run(
        [*place.wrapper, *map(str, command)], check=False, capture_output=True, text=True,
        env=place.environ(), cwd=place.work, timeout=120,
    )  # fmt: skip
    return done.stdout, done.stderr


def lines(text):
    """Complaints of a tool that prints one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def pip_check(place, peers):
    """Complaints of `pip check`."""
    out, error = run(place, place.python, "-m", "pip", "check", "--disable-pip-version-check")
    found = [line for line in lines(out) if not line.startswith("No broken requirements")]
    return found + [line for line in lines(error) if "WARNING" in line]


def uv_check(place, peers):
    """Complaints of `uv pip check`."""
    _, error = run(place, find_uv_bin(), "pip", "check", "--no-config", "--python", place.python)
    skip = r"Using Python|Checked \d+|All installed packages|Found \d+ incompat"
    return [line for line in lines(error) if not re.match(skip, line)]


def module(place, peers, *words):
    """JSON that a module prints."""
    out, _ = run(place, place.python, "-c", RUN.format(site=str(peers)), *words)
    return json.loads(out[out.index("{") :]) if "{" in out else {}


def cuda_doctor(place, peers):
    """Findings of cuda-doctor that are more than a note."""
    report = module(place, peers, "cuda_doctor", "diagnose", "--format", "json")
    rows = [*(report.get("issues") or []), *(report.get("diagnoses") or [])]
    keys = ("code", "title", "description", "summary")
    return [" ".join(str(row.get(key) or "") for key in keys) for row in rows if row.get("severity") != "INFO"]


def env_doctor(place, peers):
    """Issues of `env-doctor check`."""
    report = module(place, peers, "env_doctor.cli", "check", "--json")
    found = []

    def walk(node):
        """Every list of issues, wherever it stands."""
        if isinstance(node, dict):
            for issue in node.get("issues") or []:
                found.append(f"{node.get('component', '')}: {issue}")
            for conflict in [*(node.get("conflicts") or []), *(node.get("cascades") or [])]:
                found.append(json.dumps(conflict))
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(report.get("checks") or {})
    compute = (report.get("checks") or {}).get("compute_compatibility")
    if isinstance(compute, dict) and compute.get("status") not in (None, "success", "compatible"):
        found.append(f"gpu: {compute.get('message') or compute.get('status')}")
    return found


def ours(place, peers):
    """Findings above information; in the case of a note, those too."""
    return [
        f"{one['severity']} {one['title']} [{' '.join(one['about'])}]" for one in place.check()["findings"]
    ]


CHECKS = dict(zip(TOOLS, (pip_check, uv_check, cuda_doctor, env_doctor, ours)))


def examine(case, folder, nvml, server, peers):
    """tool -> complaints; None when the environment cannot be built here."""
    place = Place(folder / case.id, nvml, server)
    try:
        case.build(place)
    except CannotBuild:
        return None
    found = {}
    for tool, check in CHECKS.items():
        try:
            found[tool] = check(place, peers)
        except (ValueError, subprocess.TimeoutExpired) as error:
            found[tool] = [f"(no answer: {type(error).__name__})"]
    return found


def kind(complaint):
    """A complaint without the numbers and paths in which two of one kind differ."""
    return re.sub(r"/\S+|\d[\w.+]*", "#", complaint)


def names(complaint, about):
    """Whether a complaint names one of the subjects."""
    text = complaint.lower().replace("_", "-")
    return any(
        re.search(rf"(?<![\w-]){re.escape(word.replace('_', '-'))}(?![\w-])", text)
        for one in about
        for word in WORDS.get(one.lower(), (one.lower(),))
    )


def table(broken, healthy):
    """The page."""
    noise = {
        tool: {
            text for text, n in Counter(kind(c) for found in healthy.values() for c in set(found[tool])).items()
            if n * 2 > len(healthy)
        }
        for tool in TOOLS
    }  # fmt: skip
    head = "| " + " | ".join(["environment", "what happened", *TOOLS]) + " |"
    rows = [head, "|" + " --- |" * (len(TOOLS) + 2)]
    total = Counter()
    for case, found in broken.items():
        cells = []
        for tool in TOOLS:
            told = [c for c in found[tool] if kind(c) not in noise[tool]]
            if tool == "GPU Doctor":
                told = told[:1]
            hit = any(names(c, case.about) for c in told)
            total[tool] += hit
            cells.append("names it" if hit else "other" if told else "–")
        rows.append(f"| `{case.id}` | {case.happened} | " + " | ".join(cells) + " |")
    rows.append(f"| **named** | of {len(broken)} | " + " | ".join(f"**{total[tool]}**" for tool in TOOLS) + " |")
    rows += ["", "Environments that look suspicious and are healthy. A number is how many complaints a checker makes.", "",
             head, "|" + " --- |" * (len(TOOLS) + 2)]  # fmt: skip
    loud = Counter()
    for case, found in healthy.items():
        counts = [len([c for c in found[tool] if not c.startswith("info ")]) for tool in TOOLS]
        loud.update(tool for tool, n in zip(TOOLS, counts) if n)
        rows.append(f"| `{case.id}` | {case.happened} | " + " | ".join(str(n) if n else "silent" for n in counts) + " |")
    rows.append(f"| **not silent** | of {len(healthy)} | " + " | ".join(f"**{loud[tool]}**" for tool in TOOLS) + " |")
    return rows, total, loud


INTRO = f"""<!-- Generated by scripts/side_by_side.py; do not edit. -->

# Side by side

What other checkers and GPU Doctor find in the environments of `tests/broken`: real virtual environments and conda
prefixes, with made-up wheels of the real names, versions and metadata for what is too large to install, and a made-up
NVML, `nvidia-smi` and torch that answer as those of such a machine would.

- *names it*: a complaint names the right subject. For GPU Doctor only its **first** finding counts.
- *other*: it complains, about something else. *–*: it says nothing.
- What a checker says about more than half of the healthy environments too does not count as naming a cause.
- Compared: the pip of the environment, uv, {" and ".join(f"`{one}`" for one in PEERS)}.

"""


def main(wanted):
    """Build, ask, write."""
    nvml = envs.cached("nvml", [(envs.HERE / "fake_nvml" / "nvml.c").read_text()], envs.make_nvml)
    home = envs.cached("peers", PEERS, lambda target: envs.make_venv(target, PEERS, seed=False))
    peers = envs.site_of(home)
    chosen = [case for case in BROKEN + HEALTHY if not wanted or case.id in wanted]
    with index.Server() as server, tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        answers = pool.map(lambda case: examine(case, Path(folder), nvml, server, peers), chosen)
        found = {case.id: answer for case, answer in zip(chosen, answers) if answer is not None}
    if wanted:
        print(json.dumps(found, indent=2))
        return
    broken = by_case(BROKEN, found)
    rows, total, loud = table(broken, by_case(HEALTHY, found))
    TARGET.write_text(INTRO + "\n".join(rows) + "\n")
    subprocess.run(["npx", "prettier", "--write", "--log-level", "warn", TARGET], check=True, cwd=ROOT)
    for tool in TOOLS:
        print(f"{tool}: names {total[tool]} of {len(broken)}, complains about {loud[tool]} healthy ones")


class Row:
    """A case as a key."""

    def __init__(self, case):
        self.id, self.happened, self.about = case.id, case.happened.replace("|", "\\|"), case.about


def by_case(cases, found):
    """Row -> answers, of those that could be built."""
    return {Row(case): found[case.id] for case in cases if case.id in found}


if __name__ == "__main__":
    main(sys.argv[1:])
