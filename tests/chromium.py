"""Find the browser the stories are played in; as root on Debian, install it. `python -m tests.chromium` says where it is."""

import os
import shutil
import subprocess
import sys

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
QUIET = [
    "--no-sandbox",  # root in a container has no sandbox to give
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find():
    """Answer the path of a Chromium on this machine, or None."""
    given = os.environ.get("RELAIS_CHROMIUM")
    return next(filter(None, map(shutil.which, [given] if given else NAMES)), None)


def install():
    """Install Debian's Chromium when we may."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Installing Chromium for the browser tests...")
    for command in ["update", "install --yes --no-install-recommends chromium"]:
        subprocess.run(["apt-get", "-qq", *command.split()], check=False, capture_output=True)


if __name__ == "__main__":
    if not find() and not os.environ.get("RELAIS_CHROMIUM"):
        install()
    if not find():
        sys.exit("The browser tests need Chromium: apt-get install chromium, or set RELAIS_CHROMIUM to its path.")
