"""Find a Chromium for the browser tests; where there is none, install one.

The system's package first, for it needs no address outside the package registry; else the one that
Playwright fetches. `CHROMIUM` names another.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def find() -> str | None:
    """The path of a Chromium on this machine, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next((path for path in map(shutil.which, NAMES) if path), _of_playwright())


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        path = driver.chromium.executable_path
    return path if Path(path).exists() else None


def main() -> int:
    """Exit code 0 when a browser is there at the end."""
    if find():
        return 0
    print("installing a browser for the tests", flush=True)
    for commands in (_by_apt(), [[sys.executable, "-m", "playwright", "install", "chromium"]]):
        for command in commands:
            done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
            if done.returncode:
                break
        if find():
            return 0
    print("No browser could be installed. Install Chromium, or set CHROMIUM to its path.", file=sys.stderr)
    return 1


def _by_apt() -> list[list[str]]:
    if not shutil.which("apt-get"):
        return []
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    quiet = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    return [[*quiet, "update"], [*quiet, "install", "-y", "--no-install-recommends", "chromium"]]


if __name__ == "__main__":
    sys.exit(main())
