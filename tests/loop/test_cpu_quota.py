"""What the kernel counts of a limited share of the processor, as its files lie in the versions of control groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from robot.loop.cpu_quota import Quota

if TYPE_CHECKING:
    from pathlib import Path

STAT = "usage_usec 5\nnr_periods 90\nnr_throttled {}\nthrottled_usec 7\n"
VERSION_2 = "0::/system.slice/bowlby.service\n"
VERSION_1 = "9:memory:/a\n4:cpu,cpuacct:/system.slice/bowlby.service\n2:cpuset:/b\n0::/\n"


class Groups:
    """A tree of control groups as files."""

    def __init__(self, folder: Path, membership: str) -> None:
        self.top = folder / "groups"
        self.member = folder / "cgroup"
        self.member.write_text(membership)

    def count(self, group: str, throttled: int) -> None:
        place = self.top / group
        place.mkdir(parents=True, exist_ok=True)
        (place / "cpu.stat").write_text(STAT.format(throttled))

    def quota(self) -> Quota:
        return Quota(self.member, self.top)


@pytest.mark.parametrize(
    ("membership", "group"),
    [
        (VERSION_2, "system.slice/bowlby.service"),
        (VERSION_2, "system.slice"),
        (VERSION_2, "."),  # as in a container, where the path is one of the machine outside
        (VERSION_1, "cpu/system.slice/bowlby.service"),
        (VERSION_1, "cpu"),
    ],
)
def test_what_its_group_or_one_around_it_counts_is_told_once(tmp_path: Path, membership: str, group: str) -> None:
    groups = Groups(tmp_path, membership)
    groups.count(group, 3)
    quota = groups.quota()
    assert not quota.used_up(), "that was before"
    groups.count(group, 4)
    assert quota.used_up()
    assert not quota.used_up()


@pytest.mark.parametrize(("membership", "group"), [(VERSION_2, "user.slice"), (VERSION_1, "cpu/a")])
def test_a_group_that_is_not_its_own_does_not_count(tmp_path: Path, membership: str, group: str) -> None:
    groups = Groups(tmp_path, membership)
    groups.count(group, 1)
    quota = groups.quota()
    groups.count(group, 2)
    assert not quota.used_up()


def test_without_groups_and_without_a_quota_nothing_is_used_up(tmp_path: Path) -> None:
    assert not Quota(tmp_path / "none", tmp_path).used_up()
    groups = Groups(tmp_path, VERSION_2)
    groups.count(".", 3)
    quota = groups.quota()
    (groups.top / "cpu.stat").write_text("usage_usec 5\n")  # no controller: nothing but the time
    assert not quota.used_up()
    groups.count(".", 3)
    assert quota.used_up()


def test_a_group_that_went_is_no_reason(tmp_path: Path) -> None:
    groups = Groups(tmp_path, VERSION_2)
    groups.count(".", 3)
    quota = groups.quota()
    (groups.top / "cpu.stat").unlink()
    assert not quota.used_up()
