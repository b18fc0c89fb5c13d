"""Fetches one package of npm by name and version, checks it and unpacks it."""
import hashlib
import subprocess
import sys
import tarfile
from pathlib import Path


def fetch(package, sha256, folder):
    """-> the unpacked package under `folder`. Ends the program when the package cannot be had or is another one."""
    name = package.rsplit("@", 1)[0]
    result = subprocess.run(["npm", "pack", "--silent", "--fetch-retries=1", package], cwd=folder, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"The package {package} cannot be had: is there a network, and npm?")
    archive = Path(folder) / result.stdout.strip().splitlines()[-1]
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != sha256:
        sys.exit(f"The package {package} does not hold what was expected (SHA-256 {found}).")
    target = Path(folder) / name.replace("/", "-")
    with tarfile.open(archive) as files:  # its hash is known: nothing in it leads out of the folder
        files.extractall(target)
    return target / "package"
