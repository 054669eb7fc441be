"""The package: built twice alike, its size, its licences and parts, and its main job in a clean environment without a network.

`python -m bench package` needs the package index to install from; what is installed is then run with every socket refused.
`python -m bench.package 3.13 --lowest` takes another Python (a version or a path) and the lowest versions that
pyproject.toml allows. Written are `dist/sbom.json` (CycloneDX 1.5) and `dist/licences.csv`.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from bench import Skipped

ROOT = Path(__file__).resolve().parent.parent
# Bytes; the wheel with model and tables.
MOST = 60_000_000
# A day that is the same for every build: files in a wheel carry a time, the first that zip knows.
EPOCH = "315532800"
# Every socket is refused; loaded by Python itself in a folder on its path.
NO_NETWORK = """import socket
def refuse(*a, **k): raise OSError("no network here")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
"""
# Run in the clean environment: what is installed, with licence.
LIST = """import importlib.metadata as m, json
print(json.dumps(sorted(({"name": d.metadata["Name"], "version": d.version, "licence": d.metadata.get("License-Expression") or "",
"text": (d.metadata.get("License") or "")[:60], "classifiers": [c.split(" :: ")[-1] for c in d.metadata.get_all("Classifier") or ()
if c.startswith("License")], "needs": [r for r in d.requires or ()]} for d in m.distributions()), key=lambda d: d["name"].lower())))"""
# Licences that may not stand beside Apache-2.0 in one program that is handed on.
REFUSED = re.compile(r"\b(A?GPL|GNU (Affero )?General Public)\b", re.IGNORECASE)


def copy_sources(to: Path) -> Path:
    """What a wheel is made of, copied into a new folder, so that nothing changes under a build -> the folder."""
    shutil.copytree(ROOT / "src", to / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, to / name)
    return to


def build_wheel(sources: Path, out: Path) -> Path:
    """Build the wheel of a folder of sources into another folder -> its path."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(sources)]
    subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | {"SOURCE_DATE_EPOCH": EPOCH})
    return next(out.glob("*.whl"))


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make_environment(wheel: Path, folder: Path, python: str, lowest: bool) -> Path:
    """Install a wheel into a clean environment -> its Python; Raises Skipped where the Python is not to be had."""
    uv = [sys.executable, "-m", "uv"]
    made = subprocess.run([*uv, "venv", "--quiet", "--python", python, str(folder)], capture_output=True, text=True)
    if made.returncode:
        raise Skipped(f"no Python {python}: {made.stderr.strip().splitlines()[-1] if made.stderr.strip() else 'uv found none'}")
    constraint = []
    if lowest:
        lowered = folder / "lowest.txt"
        command = [*uv, "pip", "compile", "--quiet", "--resolution", "lowest-direct", "--python", str(folder / "bin" / "python")]
        subprocess.run([*command, str(ROOT / "pyproject.toml"), "-o", str(lowered)], check=True, stdout=subprocess.DEVNULL)
        constraint = ["--constraint", str(lowered)]
    subprocess.run([*uv, "pip", "install", "--quiet", "--python", str(folder / "bin" / "python"), *constraint, str(wheel)], check=True)
    return folder / "bin" / "python"


def run_main_job(python: Path, folder: Path) -> dict[str, float | int | str]:
    """Read three examples, list ties, write the report, verify, say what is wrong: in an empty folder, every socket refused."""
    (folder / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(folder), "HOME": str(folder), "LANG": "C.UTF-8"}
    amity = python.parent / "amity"
    reports = [str(p) for p in sorted((ROOT / "examples").glob("sahel-0[15-7]*"))]
    done = {}
    for name, arguments in {
        "read": ["read", *reports],
        "ties": ["ties"],
        "report": ["report", "-o", "report.html"],
        "verify": ["verify"],
        "card": ["card"],
    }.items():
        ran = subprocess.run([str(amity), *arguments], cwd=folder, env=env, capture_output=True, text=True)
        if ran.returncode:
            print(ran.stdout[-400:], ran.stderr[-1200:], file=sys.stderr)
        done[f"{name}_exit"] = ran.returncode
        if name == "read":
            print(ran.stdout.splitlines()[0] if ran.stdout else "", file=sys.stderr)
    return done | {"report_kb": (folder / "report.html").stat().st_size // 1000 if (folder / "report.html").exists() else 0}


def list_parts(python: Path) -> list[dict[str, str]]:
    """What is installed -> name, version and licence of each, without the installer's own."""
    rows = json.loads(subprocess.run([str(python), "-c", LIST], check=True, capture_output=True, text=True).stdout)
    return [
        {
            "name": r["name"],
            "version": r["version"],
            "licence": r["licence"] or "; ".join(r["classifiers"]) or r["text"].splitlines()[0]
            if r["licence"] or r["classifiers"] or r["text"]
            else "not stated",
        }
        for r in rows
    ]


def write_parts(parts: list[dict[str, str]], wheel: Path, out: Path) -> None:
    """The SBOM and the licence report."""
    components = [
        {
            "type": "library",
            "name": p["name"],
            "version": p["version"],
            "purl": f"pkg:pypi/{p['name'].lower()}@{p['version']}",
            "licenses": [{"license": {"name": p["licence"]}}],
        }
        for p in parts
        if p["name"] != "amity"
    ]
    with zipfile.ZipFile(wheel) as archive:
        models = [n for n in archive.namelist() if n.endswith(".onnx")]
        components += [
            {
                "type": "machine-learning-model",
                "name": n,
                "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(archive.read(n)).hexdigest()}],
            }
            for n in models
        ]
    whole = {"type": "application", "name": "amity", "hashes": [{"alg": "SHA-256", "content": digest(wheel)}]}
    bom = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": whole}, "components": components}
    out.mkdir(exist_ok=True)
    (out / "sbom.json").write_text(json.dumps(bom, indent=1) + "\n", encoding="utf-8")
    with (out / "licences.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, ["name", "version", "licence"])
        table.writeheader()
        table.writerows(parts)


def run(data: Path | None, lowest: bool = False, python: str = "3.11") -> dict[str, float | int | str]:
    """Build, install, run, list; 1 is yes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = copy_sources(folder / "sources")
        wheels = [build_wheel(sources, folder / part) for part in ("one", "two")]
        figures: dict[str, float | int | str] = {
            "wheel_bytes": wheels[0].stat().st_size,
            "small_enough": int(wheels[0].stat().st_size < MOST),
        }
        figures["reproducible"] = int(digest(wheels[0]) == digest(wheels[1]))
        clean = make_environment(wheels[0], folder / "env", str(data) if data else python, lowest)
        (folder / "work").mkdir()
        figures |= run_main_job(clean, folder / "work")
        parts = list_parts(clean)
        write_parts(parts, wheels[0], ROOT / "dist")
        refused = [p["name"] for p in parts if REFUSED.search(p["licence"]) and "LGPL" not in p["licence"] and "Lesser" not in p["licence"]]
        return figures | {
            "python": python,
            "lowest": int(lowest),
            "parts": len(parts),
            "licences_refused": " ".join(refused),
            "licences_not_stated": sum(p["licence"] == "not stated" for p in parts),
        }


if __name__ == "__main__":
    version = next((a for a in sys.argv[1:] if a[0] != "-"), "3.11")
    for key, value in run(None, "--lowest" in sys.argv, version).items():
        print(f"{key:32s} {value}")
