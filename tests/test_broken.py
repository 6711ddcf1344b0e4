"""Real broken environments: each gives its finding first, and its fix mends it; healthy ones that look
suspicious give nothing above information. The tables are in tests/broken."""

import functools
import re
import subprocess
import sys

import index
import pytest
from broken import BROKEN, HEALTHY, CannotBuild, Place
from probing import ROOT

# The tags of the made-up wheels are those of one Python.
pytestmark = pytest.mark.skipif(
    sys.version_info[:2] != (3, 11) or sys.platform != "linux", reason="made for Python 3.11 on Linux"
)

FIXED = {}  # id -> whether the check was clean after the fix


@functools.cache
def rule_ids():
    """Code of a rule -> its id, from the generated table."""
    text = (ROOT / "docs" / "rules" / "README.md").read_text()
    return dict(re.findall(r"^\| (R\d+) +\| \[`([\w-]+)`", text, re.MULTILINE))


@functools.cache
def has_namespaces():
    """Whether a process here may have mounts of its own."""
    done = subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True)
    return done.returncode == 0


@pytest.fixture(scope="module")
def server():
    """Serves the made-up wheels that fixes ask for."""
    with index.Server() as running:
        yield running


@pytest.fixture(scope="module")
def examine(server, nvml, tmp_path_factory):
    """case -> (place, its findings), built once for all tests of this file."""
    done = {}

    def run(case):
        """Build and check."""
        if case.namespace and not has_namespaces():
            pytest.skip("no mount namespaces here")
        if case.id not in done:
            place = Place(tmp_path_factory.mktemp("broken") / case.id, nvml, server)
            try:
                case.build(place)
            except CannotBuild as reason:
                pytest.skip(str(reason))
            done[case.id] = (place, place.check()["findings"])
        return done[case.id]

    return run


def brief(findings):
    """What a failed test shows."""
    return [(f["rule"], f["severity"], f["about"], f["title"]) for f in findings]


def test_size_of_the_tables():
    assert len(BROKEN) >= 34
    assert len(HEALTHY) >= 12
    assert len({case.id for case in BROKEN + HEALTHY}) == len(BROKEN) + len(HEALTHY)


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.id)
def test_broken(case, examine):
    _, findings = examine(case)
    ids = rule_ids()
    assert findings, case.happened
    first = findings[0]
    assert first["rule"] in [ids[code] for code in case.rule.split()], brief(findings)
    assert first["severity"] in case.severity.split(), brief(findings)
    assert set(first["about"]) & set(case.about), brief(findings)
    assert {ids[code] for code in case.also} <= {f["rule"] for f in findings}, brief(findings)


@pytest.mark.parametrize("case", [case for case in BROKEN if case.mend], ids=lambda case: case.id)
def test_fix(case, examine):
    place, findings = examine(case)
    FIXED[case.id] = False
    assert findings, case.happened
    assert findings[0]["fix"], findings[0]
    place.mend(findings[0]["fix"]["commands"])
    after = [f for f in place.check()["findings"] if f["severity"] != "info"]
    assert after == [], (findings[0]["fix"]["commands"], brief(after))
    FIXED[case.id] = True


def test_fixed(capsys):
    with capsys.disabled():
        print(f"\nfixed {sum(FIXED.values())} of {len(FIXED)}")
    assert all(FIXED.values()), [name for name, mended in FIXED.items() if not mended]


@pytest.mark.parametrize("case", HEALTHY, ids=lambda case: case.id)
def test_healthy(case, examine):
    _, findings = examine(case)
    assert [f for f in findings if f["severity"] != "info"] == [], brief(findings)
