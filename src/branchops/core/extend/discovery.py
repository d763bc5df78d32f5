"""Finds installed plugins without paying for a scan of the environment at every start.

The list of entry points is cached in the user's cache directory and is good while the search path and the
modification times of its directories stay as they are. A cache that cannot be read or written is simply not used.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import msgspec

ENTRY_POINTS = "branchops.plugins.v1"


class Found(msgspec.Struct, frozen=True):
    """An entry point: name, `module` or `module:attribute`, and the distribution it comes from."""

    name: str
    value: str
    dist: str
    version: str


class _Cache(msgspec.Struct):
    fingerprint: str
    found: list[Found]


def cache_dir() -> Path:
    """Where caches lie: `BRANCHOPS_CACHE`, else the platform's cache directory for branchops."""
    told = os.environ.get("BRANCHOPS_CACHE")
    if told:
        return Path(told)
    if sys.platform.startswith("linux"):
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "branchops"
    from platformdirs import user_cache_path

    return user_cache_path("branchops")


def read_cache(name: str) -> bytes | None:
    """The bytes of a cache file, or None."""
    try:
        return (cache_dir() / name).read_bytes()
    except OSError:
        return None


def write_cache(name: str, data: bytes) -> None:
    """Writes a cache file whole; failing to is no failure."""
    try:
        folder = cache_dir()
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{name}.{os.getpid()}.part"
        part.write_bytes(data)
        part.replace(folder / name)
    except OSError:
        return


def _fingerprint() -> str:
    """What changes when something is installed or removed: the folders that distributions are installed to."""
    told = [entry for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]
    parts = [sys.version]
    for entry in sys.path:
        if Path(entry).name in ("site-packages", "dist-packages") or entry in told:
            try:
                parts.append(f"{entry}:{os.stat(entry or '.').st_mtime_ns}")
            except OSError:
                continue
    return "|".join(parts)


def _scan() -> list[Found]:
    from importlib.metadata import entry_points

    return sorted(
        (
            Found(
                point.name, point.value, point.dist.name if point.dist else "", point.dist.version if point.dist else ""
            )
            for point in entry_points(group=ENTRY_POINTS)
        ),
        key=lambda found: (found.dist != "branchops", found.name, found.dist),
    )


def discover() -> list[Found]:
    """The installed plugins, the bundled ones first, then by name."""
    fingerprint = _fingerprint()
    name = f"entry-points{''.join(c if c.isalnum() else '-' for c in sys.prefix)}.json"
    raw = read_cache(name)
    if raw is not None:
        try:
            cache = msgspec.json.decode(raw, type=_Cache)
        except msgspec.DecodeError:
            cache = None
        if cache is not None and cache.fingerprint == fingerprint:
            return cache.found
    found = _scan()
    write_cache(name, msgspec.json.encode(_Cache(fingerprint, found)))
    return found
