"""The browser's packages: exactly what pages load is collected, and the lock names no registry."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from whitenoise.compress import Compressor

from hybrid.packages import PackageFinder

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = {"staticfiles": {"BACKEND": "hybrid.collected.CollectedFiles"}}


def test_the_lock_names_no_registry():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert len(packages) > 4
    assert all("integrity" in entry and "resolved" not in entry for entry in packages.values())


def test_production_collects_what_pages_load_and_nothing_else(settings, tmp_path):
    settings.STATIC_ROOT, settings.STORAGES = tmp_path, settings.STORAGES | MANIFEST
    slow = ["css", "js", "svg", "wasm"]  # test_start.py looks at their compression
    settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, *slow]
    call_command("collectstatic", interactive=False, verbosity=0)
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    collected = {name for name in names if name.startswith("npm/")}
    assert collected == {f"npm/{Path(file).name}" for file in settings.NPM_FILES}
    fonts = (tmp_path / names["fonts.css"]).read_text()
    for name in collected:
        if name.endswith(".woff2"):
            assert names[name].removeprefix("npm/") in fonts  # by the name that changes with its content


def test_what_is_not_installed_is_said_at_start(settings, tmp_path):
    assert PackageFinder().check() == []
    settings.NPM_ROOT = tmp_path
    errors = PackageFinder().check()
    assert len(errors) == len(settings.NPM_FILES)
    assert "npm ci" in errors[0].hint


def test_the_finder_finds_its_own_files_only():
    found = PackageFinder().find("npm/idiomorph.min.js")
    assert Path(found).is_relative_to(settings.NPM_ROOT)
    assert PackageFinder().find("npm/../package.json") == PackageFinder().find("npm/idiomorph.js") == []
