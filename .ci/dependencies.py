"""What others wrote and we ship: pinned, licensed, looked up among known weaknesses, and listed.

    .venv/bin/python .ci/dependencies.py pins | licences [--write] | audit | sbom FILE

`audit` asks the advisory services. Where one doesn't answer, or doesn't know what it was asked about, that is said
aloud and nothing is taken for sound; the run goes on, for want of a network is no weakness. A finding fails.
"""

import importlib.metadata
import json
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LISTED = ROOT / "docs" / "licences.md"
SHIPPED = ("base", "embedded", "spark")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+?)(?: ;[^\\]*)?(?: \\)?$")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
WITHIN = 120  # seconds for a service
SPOKEN = {  # how metadata say it, and how SPDX does
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "Apache 2": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "BSD 3-Clause OR Apache-2.0": "BSD-3-Clause OR Apache-2.0",
}
READ = {  # whose metadata don't say it in one phrase: read in the licence files that they bring
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "pypdfium2": "BSD-3-Clause OR Apache-2.0",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    **{"py4j": "BSD-3-Clause", "pyarrow": "Apache-2.0", "pyspark": "Apache-2.0"},  # not there where Spark isn't
}
ACCEPTED = {"0BSD", "Apache-2.0", "BSD-0-Clause", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "PSF-2.0"}
UNCHANGED = {"LGPL-3.0-only", "MPL-2.0"}
"""Taken as libraries that anyone may replace, and never changed: what these ask of us is to say so, and where."""


class Pin(NamedTuple):
    """One dependency as a requirements file holds it."""

    name: str
    version: str
    hashes: tuple[str, ...]


def pins(path: Path) -> Iterator[Pin | str]:
    """Each dependency; a line that pins nothing as it stands."""
    for block in re.split(r"\n(?=[^\s#])", "\n" + path.read_text(encoding="utf-8")):
        head = block.strip().splitlines()[0] if block.strip() else ""
        if not head or head.startswith("#"):
            continue
        found = PINNED.match(head)
        hashes = tuple(HASH.findall(block))
        yield Pin(found[1].lower().replace("_", "-"), found[2], hashes) if found and hashes else head


def unpinned() -> list[str]:
    files = sorted((ROOT / "requirements").glob("*.txt"))
    loose = [f"{path.name}: {pin}" for path in files for pin in pins(path) if isinstance(pin, str)]
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return loose + [f"package-lock.json: {name}" for name, each in packages.items() if name and "integrity" not in each]


def shipped() -> list[Pin]:
    files = [ROOT / "requirements" / f"{name}.txt" for name in SHIPPED]
    found = {pin.name: pin for path in files for pin in pins(path) if isinstance(pin, Pin)}
    return [found[name] for name in sorted(found)]


def of_browsers() -> dict[str, dict[str, Any]]:
    """What pages bring to a browser."""
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return {name.removeprefix("node_modules/"): each for name, each in packages.items() if name and not each.get("dev")}


def licence_of(name: str) -> str:
    if name in READ:
        return READ[name]
    try:
        said = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
    named = [each.split("::")[-1].strip() for each in said.get_all("Classifier") or () if each.startswith("License ::")]
    spoken = [*(said.get_all("License-Expression") or ()), *(said.get_all("License") or ()), *named]
    words = next((each for each in spoken if each), "")
    return SPOKEN.get(words, words)


def licences() -> list[tuple[str, str, str]]:
    python = [(pin.name, pin.version, licence_of(pin.name)) for pin in shipped()]
    npm = [(f"{name} (npm)", each["version"], each.get("license", "")) for name, each in of_browsers().items()]
    return python + npm


def not_accepted(rows: list[tuple[str, str, str]]) -> list[str]:
    """Those with a part of their licence that we have not agreed to; of alternatives, one is enough."""
    known = ACCEPTED | UNCHANGED
    return [
        f"{name} {version}: {licence or 'no licence is said'}"
        for name, version, licence in rows
        if not licence or not all(set(part.strip("() ").split(" OR ")) & known for part in licence.split(" AND "))
    ]


def page(rows: list[tuple[str, str, str]]) -> str:
    listed = "\n".join(f"| {name} | {version} | {licence} |" for name, version, licence in rows)
    return (
        "# Licences of what is shipped\n\nWritten by `.ci/dependencies.py licences --write` from the requirements and"
        " the metadata of what is installed;\nCI compares. Packages under the LGPL and the MPL are used unchanged, as"
        " libraries that anyone may replace.\n\n| package | version | licence |\n| --- | --- | --- |\n" + listed + "\n"
    )


def audit() -> int:
    results = [python_audit(name) for name in (*SHIPPED, "dev", "node")] + [npm_audit()]
    for said in (said for _, unaudited in results for said in unaudited):
        print(f"!! NOT AUDITED: {said}")
    for found in (found for findings, _ in results for found in findings):
        print(f"FOUND: {found}")
    return int(any(findings for findings, _ in results))


Audited = tuple[list[str], list[str]]  # what was found, and what nobody looked at


def python_audit(name: str) -> Audited:
    asked = ["-r", str(ROOT / "requirements" / f"{name}.txt"), "--disable-pip", "--no-deps", "--format=json"]
    command = [sys.executable, "-m", "pip_audit", *asked, "--progress-spinner=off", "--timeout=10"]
    return of_pip(f"requirements/{name}.txt", answer_of(command))


def of_pip(file: str, answer: Any) -> Audited:
    """Its answer; packages that the service doesn't know are left out silently unless one looks."""
    if not isinstance(answer, dict) or "dependencies" not in answer:
        return [], [f"{file}: the advisory service did not answer"]
    skipped = [each["name"] for each in answer["dependencies"] if "skip_reason" in each]
    found = [
        f"{file}: {each['name']} {each['version']}: {weakness['id']}, mended in {weakness['fix_versions'] or 'none'}"
        for each in answer["dependencies"]
        for weakness in each.get("vulns", [])
    ]
    whole = len(answer["dependencies"])
    return found, [f"{file}: {len(skipped)} of {whole} packages are unknown to the service"] if skipped else []


def npm_audit() -> Audited:
    if shutil.which("npm") is None:
        return [], ["package-lock.json: npm is not here"]
    answer = answer_of(["npm", "audit", "--package-lock-only", "--json"])
    return of_npm(answer)


def of_npm(answer: Any) -> Audited:
    if not isinstance(answer, dict) or "vulnerabilities" not in answer:
        return [], ["package-lock.json: the advisory service did not answer"]
    return [f"package-lock.json: {name}: {each['severity']}" for name, each in answer["vulnerabilities"].items()], []


def answer_of(command: list[str]) -> Any:
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=WITHIN, check=False)
        return json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None


def sbom() -> dict[str, Any]:
    """CycloneDX 1.5: what a supplier hands over with a release."""
    python = [
        {
            **{"type": "library", "name": pin.name, "version": pin.version},
            "purl": f"pkg:pypi/{pin.name}@{pin.version}",
            "licenses": [{"expression": licence_of(pin.name)}],
            "properties": [{"name": "casetrack:sha256", "value": each} for each in pin.hashes],
        }
        for pin in shipped()
    ]
    npm = [
        {
            **{"type": "library", "name": name, "version": each["version"]},
            "purl": f"pkg:npm/{name.replace('@', '%40')}@{each['version']}",
            "licenses": [{"expression": each.get("license", "")}],
            "properties": [{"name": "casetrack:integrity", "value": each["integrity"]}],
        }
        for name, each in of_browsers().items()
    ]
    version = runpy.run_path(str(ROOT / "casetrack" / "__init__.py"))["__version__"]
    ours = {"type": "application", "name": "casetrack", "version": version, "licenses": [{"expression": "Apache-2.0"}]}
    listed = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": ours}}
    return {**listed, "components": python + npm}


def main(arguments: list[str]) -> int:
    match arguments:
        case ["pins"]:
            return told(unpinned(), "is not pinned with a hash")
        case ["licences", *write]:
            rows = licences()
            if write:
                LISTED.write_text(page(rows), encoding="utf-8")
            elif not LISTED.exists() or LISTED.read_text(encoding="utf-8") != page(rows):
                print("docs/licences.md is not of today: .ci/dependencies.py licences --write")
                return 1
            return told(not_accepted(rows), "is under a licence that was not agreed to (ACCEPTED)")
        case ["audit"]:
            return audit()
        case ["sbom", file]:
            Path(file).write_text(json.dumps(sbom(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            return 0
    print(__doc__)
    return 2


def told(wrong: list[str], what: str) -> int:
    for each in wrong:
        print(f"{each} {what}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
