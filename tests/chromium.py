"""Chromium as a viewer: what a page looks like in a real browser, without a window and without the network."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1"),
    *("--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--no-first-run", "--no-default-browser-check", "--disable-extensions", "--mute-audio"),
)
_SECONDS = 60


def installed() -> str | None:
    """Where it is, or None."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


def screenshot(page: Path, size: tuple[int, int]) -> Image.Image:
    """What a page shows, in a window of that many pixels. AssertionError when the browser shows nothing."""
    program = installed()
    assert program is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        shot = Path(home, "shot.png")
        command = [program, *_OPTIONS, f"--user-data-dir={home}", f"--screenshot={shot}"]
        command += ["--window-size={},{}".format(*size), page.resolve().as_uri()]
        done = subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)
        assert shot.is_file(), done.stderr.decode("utf-8", "replace")[-2000:]
        with Image.open(shot, formats=["PNG"]) as image:
            return image.convert("RGB")
