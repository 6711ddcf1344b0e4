"""Does the plan say what the install then does? For each command: plan, run it for real, compare.

    .venv/bin/python scripts/plan_accuracy.py [--only N,N] [--json FILE]

Every command gets its own copy of a small real environment. The plan comes from plan.py under the
copy's interpreter, as the extension asks for it; then the command itself runs, in the same copy.
Compared are the {name: version} before and after with the rows of the plan. Prints a Markdown
table; exit status 1 when a difference is not explained, 2 when the script cannot do its work. Needs
the package index and uv; the copies lie in .cache/plan-accuracy. How to read it, and every reason:
docs/plan-accuracy.md.

The copies are hard links, which cost a second where a copy costs several. That is sound because pip
and uv never write into a file that is there: they remove it and write a new one. The script checks
that after each command: the files of the original must have kept their size and time.

What pip and uv print is not shown or kept: it can hold addresses of indexes.
"""

import argparse
import datetime
import functools
import importlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import envs

PLAN = ROOT / "jupyterlab_gpu_doctor" / "kernel" / "plan.py"
PROBE = ROOT / "jupyterlab_gpu_doctor" / "kernel" / "probe.py"
DOCS = ROOT / "docs" / "plan-accuracy.md"
PLACE = ROOT / ".cache" / "plan-accuracy"
DEADLINE = 60  # seconds for a plan
LIMIT = 300  # seconds for the command itself
# All pins below have wheels for these; the first that is on the machine.
PYTHONS = ("3.11", "3.12", "3.10")

# pip itself is pinned too: an old one and a new one.
ENVIRONMENTS = {
    "ds": """numpy==1.26.4 pandas==2.1.4 scipy==1.11.4 scikit-learn==1.3.2 protobuf==4.25.3
        requests==2.31.0 certifi==2023.7.22 urllib3==2.0.7 six==1.16.0 ipykernel==6.29.5
        setuptools==68.2.2 pip==23.2.1""",
    "fresh": "ipykernel==6.29.5 pip==26.3",
    "hf": """transformers==4.40.2 tokenizers==0.19.1 huggingface-hub==0.23.5 numpy==1.26.4
        requests==2.31.0 ipykernel==6.29.5 pip==26.3""",
}


@dataclass(frozen=True)
class Command:
    """A command, and what is known about it beforehand."""

    env: str
    words: str  # behind `pip install`, as in a shell
    tool: str = "pip"
    action: str = "install"
    reason: str = ""  # id of a difference by nature; see REASONS
    fails: str = ""  # kind of the plan's error, when both must fail
    distutils: str = ""  # name and version of a distribution that distutils left

    def text(self):
        """As it is typed."""
        head = "uv pip" if self.tool == "uv" else "pip"
        return f"{head} {self.action} {self.words}"


COMMANDS = (
    Command("ds", "tqdm"),
    Command("ds", "requests"),
    Command("ds", "-U requests"),
    Command("ds", "-U 'requests[socks]'"),
    Command("ds", "-U scikit-learn"),
    Command("ds", "-U --upgrade-strategy eager requests"),
    Command("ds", "numpy==1.24.4"),
    Command("ds", "'protobuf<4'"),
    Command("ds", "matplotlib"),
    Command("ds", "matplotlib 'numpy==1.26.4'"),
    Command("ds", "'pandas>=2.2'"),
    Command("ds", "-r reqs.txt"),
    Command("ds", "-c pins.txt xarray"),
    Command("ds", "--no-deps seaborn"),
    Command("ds", "--pre httpx"),
    Command("ds", "--pre scipy"),
    Command("ds", "httpx==1.0.dev3"),
    Command("ds", "requests==2.32.0"),
    Command("ds", "--force-reinstall six"),
    Command("ds", "-U pip setuptools"),
    Command("ds", "\"importlib-metadata; python_version<'3.8'\" tqdm"),
    Command("ds", "\"importlib-metadata; python_version<'3.8'\""),
    Command("ds", "--prefer-binary rich"),
    Command("ds", "--no-index --find-links links made"),
    Command("ds", "./links/made-2.0-py3-none-any.whl"),
    Command("ds", "-y requests no-such-package-here-zz9", action="uninstall"),
    Command("ds", "-y no-such-package-here-zz9", action="uninstall"),
    Command("ds", "pandas==2.1.4 'numpy>=2.3'", fails="unsatisfiable"),
    Command("ds", "requests==99.0", fails="unsatisfiable"),
    Command("ds", "this-package-does-not-exist-zz9", fails="unknown-package"),
    Command("ds", "docopt", reason="needs-build"),
    Command("ds", "tqdm==4.66.4", reason="pip-will-refuse", distutils="tqdm 4.60.0"),
    Command("fresh", "'fastapi[standard]'"),
    Command("fresh", "rich typer httpx"),
    Command("fresh", "opentelemetry-instrumentation-fastapi"),
    Command("fresh", "hydra-core", reason="needs-build"),
    Command("fresh", "'./proj[x]'", reason="local-project"),
    Command("fresh", "-e ./proj", reason="local-project"),
    Command("hf", "-U huggingface_hub"),
    Command("hf", "-U transformers"),
    Command("hf", "transformers==4.44.2 'huggingface-hub==0.23.5'"),
    Command("hf", "sentencepiece"),
    Command("ds", "rich typer", tool="uv"),
    Command("ds", "-U requests", tool="uv"),
    Command("ds", "tqdm", tool="uv"),
    Command("ds", "'protobuf<4' 'numpy>=2'", tool="uv"),
    Command("fresh", "langdetect feedparser", reason="needs-build"),
    Command("fresh", "rouge-score", reason="needs-build"),
)

FILES = {
    "reqs.txt": "# A comment.\n-c pins.txt\n-r more.txt\nshapely\ntqdm>=4.60 ; python_version>='3.8'\n"
    "importlib-metadata ; python_version<'3.8'\n",
    "more.txt": "requests[socks]>=2.32\n",
    "pins.txt": "numpy==1.26.4\npandas==2.1.4\nshapely<2.1\n",
    # uv minds it, pip does not.
    "pyproject.toml": '[project]\nname = "work"\nversion = "0"\n'
    '[tool.uv]\nconstraint-dependencies = ["tqdm<4.66"]\n',
    "proj/pyproject.toml": '[build-system]\nrequires = ["setuptools>=64"]\n'
    'build-backend = "setuptools.build_meta"\n[project]\nname = "proj"\nversion = "0.1"\n'
    'dependencies = ["tqdm"]\noptional-dependencies.x = ["rich"]\n'
    "[tool.setuptools]\npy-modules = ['proj']\n",
    "proj/proj.py": "",
}


# ---------------------------------------------------------------------------- environments


@functools.cache
def original(name):
    """The environment of this name, made once per list of pins and kept."""
    envs.CACHE = PLACE / "envs"
    python = next((one for one in PYTHONS if envs.has_python(one)), PYTHONS[0])
    pins = ENVIRONMENTS[name].split()

    def build(target):
        """Copied out of uv's cache, so that nothing here can reach it."""
        envs.make_venv(target, (), python=python, seed=False)
        options = ("-q", "--link-mode", "copy", "--compile-bytecode", "--python", envs.python_of(target))
        envs.uv("pip", "install", *options, *pins)

    try:
        return envs.cached(name, [python, pins], build)
    except RuntimeError as error:
        raise Unable(f"uv could not make the environment {name}: {' '.join(pins)}") from error


class Unable(Exception):
    """The script cannot do its work; the text says why."""


def manifest(prefix):
    """{path: (size, time)} of every file."""
    found = {}
    for folder, _, names in os.walk(prefix):
        for name in names:
            path = os.path.join(folder, name)
            status = os.lstat(path)
            found[path] = status.st_size, status.st_mtime_ns
    return found


def installed(prefix):
    """{normalised name: version} of what is installed."""
    importlib.invalidate_caches()
    found = metadata.distributions(path=[str(envs.site_of(prefix))])
    return {normalise(one.metadata["Name"]): one.version for one in found}


def normalise(name):
    """A name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def furnish(work):
    """The files that commands name: requirement files, a project, a wheel."""
    for name, text in FILES.items():
        path = work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (work / "links").mkdir()
    info = "made-2.0.dist-info"
    parts = {
        "made.py": "",
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: made\nVersion: 2.0\nRequires-Dist: six>=1.10\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: made\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    parts[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*parts, f"{info}/RECORD"])
    with zipfile.ZipFile(work / "links" / "made-2.0-py3-none-any.whl", "w") as archive:
        for path, text in parts.items():
            archive.writestr(path, text)


# ---------------------------------------------------------------------------- one command


def ask(command, python, folder):
    """(the answer of plan.py, seconds) for what src/plan/command.ts makes of the command."""
    request = {
        "tool": command.tool, "action": command.action, "args": shlex.split(command.words),
        "cwd": str(folder / "work"), "deadline": DEADLINE, "planner": "auto", "constraints": [],
        # A cache of this run: pages of an index that an earlier run left could be too old.
        "uv_paths": [uv_path()], "uv_cache": str(PLACE / "run" / "uv"),
    }  # fmt: skip
    path = folder / "request.json"
    path.write_text(json.dumps(request))
    begin = perf_counter()
    _, out = execute([python, PLAN, path], folder, DEADLINE + 30)
    seconds = perf_counter() - begin
    try:
        return json.loads(out), seconds
    except ValueError:
        return {"planner": None, "rows": [], "notes": [], "error": {"kind": "no answer"}}, seconds


def carry_out(command, python, folder):
    """(exit status, seconds) of the command itself."""
    words = [command.action, *shlex.split(command.words)]
    if command.tool == "uv":
        line = [uv_path(), "pip", words[0], "--python", python, *words[1:]]
    else:
        line = [python, "-m", "pip", *words]
    begin = perf_counter()
    status, _ = execute(line, folder, LIMIT)
    return status, perf_counter() - begin


def execute(line, folder, limit):
    """(exit status, what it printed) of a process; None when it took too long. What it says about
    errors goes nowhere: it can hold addresses."""
    environ = {**envs.clean_environ(), "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    try:
        done = subprocess.run(
            [str(word) for word in line], cwd=folder / "work", env=environ, timeout=limit, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None, ""
    return done.returncode, done.stdout


def uv_path():
    """The uv beside this interpreter."""
    from uv import find_uv_bin

    return find_uv_bin()


def changes_of(before, after):
    """{name: [old version, new version]} of what differs; None where it is not installed."""
    names = sorted({*before, *after})
    pairs = {name: [before.get(name), after.get(name)] for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def planned(answer):
    """The same from a plan. A reinstall of the same version changes nothing; a version that uv does
    not tell is ''."""
    pairs = {row["name"]: [row["from"], row["to"]] for row in answer["rows"]}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def run(number, command):
    """Plan a command, carry it out, compare; a record that JSON can hold."""
    base = original(command.env)
    folder = PLACE / "run" / str(number)
    prefix = folder / "env"
    try:
        stamp = manifest(base)
        shutil.copytree(base, prefix, symlinks=True, copy_function=os.link)
        furnish(folder / "work")
        if command.distutils:
            name, version = command.distutils.split()
            text = f"Metadata-Version: 1.1\nName: {name}\nVersion: {version}\n"
            (envs.site_of(prefix) / f"{name}-{version}.egg-info").write_text(text)
        python = envs.python_of(prefix)
        before = installed(prefix)
        facts = probe(python, folder, "before")
        answer, plan_seconds = ask(command, python, folder)
        untouched = installed(prefix) == before
        status, real_seconds = carry_out(command, python, folder)
        changes = changes_of(before, installed(prefix))
        line = reality(facts, probe(python, folder, "after"), answer, folder)
        if manifest(base) != stamp:
            shutil.rmtree(base)
            raise Unable(f"{command.text()}: wrote into a file that was there; links are no copies")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    error = answer["error"] or {}
    record = {
        "number": number, "environment": command.env, "command": command.text(), "reason": command.reason,
        "planner": answer["planner"], "error": error.get("kind"), "plan": planned(answer),
        "notes": [{"kind": one["kind"], "package": one.get("package")} for one in answer["notes"]],
        "exit": status, "changes": changes, "plan_seconds": round(plan_seconds, 2),
        "real_seconds": round(real_seconds, 2),
    }  # fmt: skip
    record["reality"] = line
    record["told_right"] = line == expected_line(record)
    record["result"] = "unexplained" if not untouched else judge(command, record)
    return record


def probe(python, folder, name):
    """A file with the facts of the copy."""
    file = folder / f"{name}.json"
    with file.open("wb") as out:
        subprocess.run([python, PROBE], stdout=out, stderr=subprocess.DEVNULL, env=envs.clean_environ(), check=True)
    return file


def reality(before, after, answer, folder):
    """What the line under the cell says: as-planned, different or no-plan."""
    plan = folder / "plan.json"
    plan.write_text(json.dumps(answer))
    done = subprocess.run(
        ["node", ROOT / "scripts" / "doctor.mjs", "compare", before, after, plan],
        stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)["reality"]


def expected_line(record):
    """The same from names and versions alone; a version that the plan does not tell is any."""
    if record["error"]:
        return "no-plan"
    seen = {
        name: [pair[0], ""] if record["plan"].get(name, [None, None])[1] == "" else pair
        for name, pair in record["changes"].items()
    }
    return "as-planned" if record["plan"] == seen else "different"


# ---------------------------------------------------------------------------- the comparison


def told(record, kind):
    """The packages that a note of this kind is about."""
    return {one["package"] for one in record["notes"] if one["kind"] == kind}


def built(record):
    """The plan names what must be built, and what it lists was right; it may lack something only if it
    says that a build may ask for more. Equality is not claimed, even where there is some."""
    named, more = told(record, "needs-build"), told(record, "lower-bound")
    plan, changes = record["plan"].items(), record["changes"].items()
    right = plan <= changes if more else plan == changes
    return bool(named) and more <= named <= set(record["plan"]) and right and record["exit"] == 0


def local(record):
    """Only the version of the local project is missing, and the plan says so."""
    unknown = {name for name, pair in record["plan"].items() if pair[1] == ""}
    seen = {
        name: [pair[0], ""] if name in unknown else pair for name, pair in record["changes"].items()
    }
    return unknown == told(record, "local-project") != set() and record["plan"] == seen and record["exit"] == 0


def refused(record):
    """The plan says what would change and that pip will refuse; pip did, and changed nothing."""
    named = told(record, "pip-will-refuse") & set(record["plan"])
    return bool(named) and bool(record["exit"]) and not record["changes"]


# A difference by nature, and when it is that one and not another. The docs explain each id.
REASONS = {
    "needs-build": built, "local-project": local, "pip-will-refuse": refused,
}  # fmt: skip
# Notes with which a plan says itself that it is not the whole truth.
RESERVED = {"needs-build", "lower-bound", "local-project", "pip-will-refuse", "credentials", "outside", "twice"}


def judge(command, record):
    """equal, both fail, explained or unexplained."""
    if command.fails:
        both = record["exit"] and record["error"] == command.fails and not record["changes"]
        return "both fail" if both else "unexplained"
    if command.reason:
        return "explained" if not record["error"] and REASONS[command.reason](record) else "unexplained"
    claimed = not record["error"] and not any(one["kind"] in RESERVED for one in record["notes"])
    same = record["exit"] == 0 and record["plan"] == record["changes"]
    return "equal" if claimed and same else "unexplained"


# ---------------------------------------------------------------------------- output

SHOWN = {"equal": "yes", "both fail": "both fail", "explained": "explained", "unexplained": "**NO**"}


def table_row(record):
    """A line of the table."""
    why = record["error"] if record["result"] == "both fail" else record["reason"]
    cells = (
        record["number"], record["environment"], f"`{record['command']}`", len(record["changes"]),
        SHOWN[record["result"]] + (f" (`{why}`)" if why else ""), f"{record['plan_seconds']:.1f}",
        f"{record['real_seconds']:.1f}", record["planner"] or "none",
    )  # fmt: skip
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def difference(record):
    """One line about what plan and command do not share."""

    def say(pairs):
        shown = (f"{name} {pair[0] or 'none'}→{pair[1] or 'none' if pair[1] != '' else '?'}" for name, pair in pairs)
        return ", ".join(shown) or "nothing"

    plan, real = record["plan"].items(), record["changes"].items()
    ends = f"plan: {record['error'] or 'a plan'}; exit status {record['exit']}"
    notes = sorted({one["kind"] for one in record["notes"]})
    return (
        f"- {record['number']}: only in the plan: {say(x for x in plan if x not in real)}; only in truth: "
        f"{say(x for x in real if x not in plan)} ({ends}; notes: {', '.join(notes) or 'none'})"
    )


def numbers(text):
    """The numbers of `--only`."""
    found = [int(one) for one in text.split(",")]
    if not all(1 <= one <= len(COMMANDS) for one in found):
        raise ValueError(text)
    return found


def unwritten():
    """Ids of reasons that the docs do not explain."""
    text = DOCS.read_text(encoding="utf-8") if DOCS.exists() else ""
    return [one for one in REASONS if not re.search(rf"^#+ `{one}`", text, re.MULTILINE)]


def header(chosen):
    """What was used, then the head of the table."""
    names = dict.fromkeys(COMMANDS[number - 1].env for number in chosen)
    shown = []
    for name in names:
        prefix = original(name)
        python = re.search(r"^version_info\s*=\s*(\S+)", (prefix / "pyvenv.cfg").read_text(), re.MULTILINE)
        shown.append(f"{name}: Python {python.group(1)}, pip {installed(prefix)['pip']}")
    uv = envs.uv("--version").split()[1]
    print(f"{datetime.date.today()}, uv {uv}; {'; '.join(shown)}\n")
    print("| # | env | command | changes | equal | plan s | real s | planner |")
    print("| -- | -- | -- | -- | -- | -- | -- | -- |", flush=True)


def main():
    """The command line of the doc comment above."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", type=numbers, default=range(1, len(COMMANDS) + 1), metavar="N,N")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all that was seen")
    options = parser.parse_args()
    shutil.rmtree(PLACE / "run", ignore_errors=True)
    records = []
    begin = perf_counter()
    try:
        header(options.only)
        for number in options.only:
            records.append(run(number, COMMANDS[number - 1]))
            print(table_row(records[-1]), flush=True)
    except Unable as error:
        print(error, file=sys.stderr)
        return 2
    finally:
        shutil.rmtree(PLACE / "run", ignore_errors=True)
    if options.json:
        options.json.write_text(json.dumps(records, indent=1) + "\n")
    odd = [one for one in records if one["result"] in ("explained", "unexplained")]
    print("", *map(difference, odd), "", sep="\n")
    print(f"{perf_counter() - begin:.0f} s")
    count = {kind: sum(one["result"] == kind for one in records) for kind in SHOWN}
    missing = unwritten()
    if missing:
        print(f"docs/plan-accuracy.md does not explain: {', '.join(missing)}")
    print(
        f"{count['equal']} of {len(records)} equal, {count['both fail']} both fail, "
        f"{count['explained']} explained differences, {count['unexplained']} unexplained"
    )
    right = sum(one["told_right"] for one in records)
    print(f"plan against reality: the line under the cell is right for {right} of {len(records)}")
    return 1 if count["unexplained"] or missing or right < len(records) else 0


if __name__ == "__main__":
    sys.exit(main())
