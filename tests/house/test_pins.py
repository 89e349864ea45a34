"""What is installed is pinned by version and hash, and has a wheel for both machines."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest
from packaging.markers import Marker
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

from tests.support.imports import HOUSE

if TYPE_CHECKING:
    from collections.abc import Iterator

GLIBC_MINOR = 41  # 2.41 is Debian 13's


def pins(name: str) -> Iterator[tuple[str, str]]:
    text = (HOUSE / "constraints" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", "")
    for line in text.splitlines():
        package, _, rest = line.partition("==")
        yield package, rest


@pytest.mark.parametrize("name", ["run", "dev", "docs", "uv", "build"])
def test_every_pin_has_a_version_and_hashes_and_no_address(name: str) -> None:
    rows = list(pins(name))
    assert rows
    for package, rest in rows:
        assert re.match(r"[\w.!+]+", rest), package
        assert "--hash=sha256:" in rest, package
        assert "://" not in rest, package


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    run, dev = ({package for package, _ in pins(name)} for name in ("run", "dev"))
    wanted = {
        re.split(r"[<>=~! ;]", line)[0].lower()
        for line in (*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["fast"])
    }
    wanted_dev = {re.split(r"[<>=~! ;]", line)[0].lower() for line in project["dependency-groups"]["dev"]}
    assert wanted <= run, "run: make constraints"
    assert wanted | wanted_dev <= dev, "run: make constraints"


def listed_wheels() -> Iterator[tuple[str, str]]:
    """(sum, file name) of every wheel that the default installation may take."""
    for line in (HOUSE / "constraints" / "wheels.txt").read_text(encoding="utf-8").splitlines():
        digest, name = line.split()
        yield digest, name


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
@pytest.mark.parametrize("minor", [11, 13])
def test_every_package_of_an_installation_has_a_wheel_for_both_machines(machine: str, minor: int) -> None:
    """But for two that are Python alone, or do without their part in C where there is no compiler."""
    python = {"python_version": f"3.{minor}", "python_full_version": f"3.{minor}.0", "platform_machine": machine}
    python |= {"implementation_name": "cpython", "platform_python_implementation": "CPython", "sys_platform": "linux"}
    platforms = [f"manylinux2014_{machine}", *(f"manylinux_2_{glibc}_{machine}" for glibc in range(5, GLIBC_MINOR + 1))]
    fitting = {*cpython_tags((3, minor), platforms=platforms), *compatible_tags((3, minor), f"cp3{minor}", platforms)}
    wheels = [parse_wheel_filename(name) for _, name in listed_wheels()]
    taken = {(package, str(version)) for package, version, _, tags in wheels if tags & fitting}
    wanted = set()
    for package, rest in pins("run"):
        version, _, marker = rest.partition(" --hash")[0].partition(" ; ")
        if Marker(marker.strip()).evaluate(python):
            wanted.add((canonicalize_name(package), version.strip()))
    assert {package for package, _ in wanted - taken} == {"cobs", "srt"}, "run: make constraints"


def test_the_listed_wheels_are_those_that_are_pinned() -> None:
    pinned = "".join(rest for _, rest in pins("run"))
    assert [name for digest, name in listed_wheels() if f"--hash=sha256:{digest}" not in pinned] == []
