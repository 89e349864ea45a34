"""Reachy Mini's model for the page: what hangs on what, what is seen, made light; and a description that means harm."""

from __future__ import annotations

import json
import socket
import struct
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from hardware.reachy.body import reachy_mini
from hardware.reachy.figure import BUDGET, figure, open_figure
from hardware.reachy.mesh import MOST
from robot.core.clock import generator, stopwatch
from robot.core.condition import Condition, Health
from robot.core.errors import DeviceError, LinkError, PartError
from robot.health.doctor import parts
from robot.health.doctor.parts import with_figure
from robot.parts.figures import figure_of, source_of
from robot.texts.catalogue import words
from tests.support.reachy_media import MediaDaemon
from tests.support.reachy_model import JOINTS, LINKS, MESHES, TOLD, URDF, Model, box, link, stl, stranger

if TYPE_CHECKING:
    from pathlib import Path

BODY = reachy_mini()
SILENT = "reachy://127.0.0.1:9"


class Read:
    """A figure as the page reads it."""

    def __init__(self, data: bytes) -> None:
        (length,) = struct.unpack_from("<I", data)
        self.head: dict[str, Any] = json.loads(data[4 : 4 + length])
        self.corners: dict[str, np.ndarray] = {}
        self.triangles: dict[str, int] = {}
        at = 4 + length + -length % 4
        for part in self.head["parts"]:
            lists = []
            for kind, count in (("<i2", part["corners"]), ("i1", part["corners"]), ("<u2", part["triangles"])):
                lists.append(np.frombuffer(data, kind, 3 * count, at).reshape(-1, 3))
                at += lists[-1].nbytes + -lists[-1].nbytes % 4
            corners, normals, triangles = lists
            assert triangles.max() < len(corners)
            assert np.linalg.norm(normals / 127, axis=1) == pytest.approx(1.0, abs=0.03)
            moves = part["moves"]
            self.corners[moves] = np.concatenate(
                [self.corners.get(moves, np.zeros((0, 3))), corners * self.head["unit"]]
            )
            self.triangles[moves] = self.triangles.get(moves, 0) + part["triangles"]
        assert at == len(data)

    def reach(self, moves: str) -> list[list[float]]:
        return [self.corners[moves].min(axis=0).tolist(), self.corners[moves].max(axis=0).tolist()]


def test_each_part_hangs_on_what_moves_it_at_its_place() -> None:
    made = Read(figure(Model(), BODY))
    assert made.reach("foot") == [pytest.approx([-0.06, -0.06, 0.0]), pytest.approx([0.06, 0.06, 0.02])]
    assert made.reach("body") == [pytest.approx([-0.05, -0.08, 0.04]), pytest.approx([0.05, 0.08, 0.12])], (
        "it is turned"
    )
    assert made.reach("head") == [pytest.approx([-0.04, -0.07, 0.01]), pytest.approx([0.04, 0.07, 0.09])], (
        "from its point"
    )
    assert made.reach("left") == [pytest.approx([-0.003, 0.047, 0.07]), pytest.approx([0.003, 0.053, 0.19])]
    assert made.head["lens"] == pytest.approx([BODY.camera.forward_m, 0.0, 0.05])
    assert made.head["pivot"][2] == pytest.approx(BODY.camera.height_m - 0.05), "its camera is where the file says"
    left, right = made.head["antennas"]["left"], made.head["antennas"]["right"]
    assert left["at"] == pytest.approx([0.0, 0.05, 0.07])
    assert left["axis"] == pytest.approx([1.0, 0.0, 0.0])
    assert (left["gain"], left["offset"]) == (-right["gain"], -right["offset"])
    upright = -left["offset"] / left["gain"]
    assert upright == pytest.approx(np.radians(30.0)), "as in hardware/body/reachy_mini.toml"
    assert left["gain"] > 0.0, "an ear that falls turns its antenna about the way ahead to the left, outwards"


def test_what_lies_inside_and_what_it_has_many_of_is_left_out() -> None:
    made = Read(figure(Model(), BODY))
    assert made.triangles == {"foot": 10, "body": 10, "head": 12, "left": 12, "right": 12}, "nothing from below"


def test_a_mesh_of_many_triangles_is_made_light_and_keeps_its_shape() -> None:
    chance = generator(3)
    ways = chance.normal(size=(MOST, 3))
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    aside = np.cross(ways, [0.3, 0.5, 0.8])
    aside *= 0.001 / np.linalg.norm(aside, axis=1, keepdims=True)
    ball = np.stack([0.08 * ways, 0.08 * ways + aside, 0.08 * ways + np.cross(ways, aside)], axis=1)
    began = stopwatch()
    made = Read(figure(Model(meshes=MESHES | {"skull.stl": stl(ball)}), BODY))
    assert stopwatch() - began < 20.0
    assert 0 < made.triangles["head"] <= BUDGET["head"]
    assert np.linalg.norm(made.corners["head"], axis=1) == pytest.approx(0.08, abs=0.004)


RING = '<joint name="r" type="fixed"><parent link="skull"/><child link="foot"/></joint></robot>'
HARMFUL = {
    "entities": '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><robot>&b;</robot>',
    "a file of this machine": '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><robot>&a;</robot>',
    "comments without end": "<!--" * 250_000,
    "no XML": "\x00\x01 solid",
    "nothing": "",
    "too long": URDF + " " * (1 << 20),
    "deep": "<robot>" + "<link>" * 100_000,
    "no joints": f"<robot>{''.join(LINKS)}</robot>",
    "a ring": URDF.replace("</robot>", RING),
    "two parents": URDF.replace("</robot>", JOINTS.replace("yaw_body", "other") + "</robot>"),
    "no number": URDF.replace('xyz="0 0 0.03"', 'xyz="0 0 nan"'),
    "far off": URDF.replace('xyz="0 0 0.03"', 'xyz="0 0 1e9"'),
    "four numbers": URDF.replace('xyz="0 0 0.03"', 'xyz="0 0 0 0.03"'),
    "words": URDF.replace('xyz="0 0 0.03"', 'xyz="up a bit"'),
    "no axis": URDF.replace('<axis xyz="1 0 0"/>', '<axis xyz="0 0 0"/>'),
    "another folder": URDF.replace("package://assets/skull.stl", "package://assets/..%2f..%2fskull.stl"),
    "another route": URDF.replace("package://assets/skull.stl", "skull.stl?x=/api/daemon/stop"),
    "scaled": URDF.replace("skull.stl", 'skull.stl" scale="1e6 1 1'),
    "many links": URDF.replace("</robot>", link("more") * 600 + "</robot>"),
    "many pictures": URDF.replace(link("leg", "leg.stl"), link("leg", *["leg.stl"] * 600)),
    "no colour": URDF.replace("0.2 0.2 0.2 1", "red"),
}


@pytest.mark.parametrize("name", sorted(HARMFUL))
def test_a_description_that_means_harm_is_refused_in_words(name: str) -> None:
    began = stopwatch()
    with pytest.raises(DeviceError, match="its maker's description cannot be used") as raised:
        figure(Model(HARMFUL[name]), BODY)
    assert stopwatch() - began < 5.0
    assert words(raised.value.what, "fr").startswith("la description du fabricant est inutilisable")


WHOLE = MESHES["skull.stl"]
BROKEN = {
    "cut": WHOLE[:-1],
    "longer": WHOLE + b"\0",
    "empty": b"",
    "text": b"solid skull\nfacet normal 0 0 0\nendsolid\n" * 10,
    "more than it has": WHOLE[:80] + struct.pack("<I", 0xFFFFFFFF) + WHOLE[84:],
    "no number": stl(box((np.nan, 1, 1))),
    "far off": stl(box((40.0, 1, 1))),
    "too many": stl(np.zeros((MOST + 1, 3, 3))),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_mesh_that_is_none_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(DeviceError, match=r"mesh skull\.stl cannot be used"):
        figure(Model(meshes=MESHES | {"skull.stl": BROKEN[name]}), BODY)


def test_a_mesh_without_a_surface_is_no_picture_and_no_error() -> None:
    for nothing in (np.zeros((0, 3, 3)), np.zeros((5, 3, 3))):
        assert "head" not in Read(figure(Model(meshes=MESHES | {"skull.stl": stl(nothing)}), BODY)).triangles


def test_more_meshes_than_it_can_have_are_not_fetched() -> None:
    names = [f"m{n}.stl" for n in range(100)]
    source = Model(URDF.replace(LINKS[3], link("skull", *names)), MESHES | dict.fromkeys(names, WHOLE))
    with pytest.raises(DeviceError, match="larger than a page can draw"):
        figure(source, BODY)
    heavy = stl(np.tile(box((0.04, 0.04, 0.04)), (2500, 1, 1)))
    source = Model(URDF.replace(LINKS[3], link("skull", *names[:20])), MESHES | dict.fromkeys(names, heavy))
    with pytest.raises(DeviceError, match="larger than a page can draw"):
        figure(source, BODY)


def test_a_mesh_that_reaches_too_far_is_refused_before_anything_is_made_of_it() -> None:
    spread = generator(4).uniform(-0.9, 0.9, (MOST, 3, 3))
    began = stopwatch()
    with pytest.raises(DeviceError, match="larger than a page can draw"):
        figure(Model(meshes=MESHES | {"skull.stl": stl(spread)}), BODY)
    assert stopwatch() - began < 1.5


def test_the_daemon_gives_it_and_only_what_is_drawn_is_fetched() -> None:
    with MediaDaemon() as daemon:
        daemon.files = Model().files()
        made = figure_of(BODY, daemon.address)
        assert source_of(made) == "daemon"
        assert made == figure(Model(), BODY)
        fetched = {path.rpartition("/")[2] for path in daemon.fetched}
        assert fetched == {"urdf", "foot.stl", "torso.stl", "kernel.stl", "skull.stl", "horn.stl"}


@pytest.mark.parametrize("told", [b"[]", b"{}", b'{"urdf": 7}', b"\xff", b"[" * 100_000])
def test_a_daemon_that_answers_nonsense_is_told_of(told: bytes) -> None:
    with MediaDaemon() as daemon:
        daemon.files = Model().files() | {TOLD: told}
        with pytest.raises(PartError):
            open_figure(daemon.address, BODY)


def test_a_daemon_that_answers_without_end_is_told_of() -> None:
    with MediaDaemon() as daemon:
        daemon.files = Model().files() | {TOLD: b" " * (3 << 20)}
        with pytest.raises(LinkError, match="longer than"):
            open_figure(daemon.address, BODY)


def test_without_a_daemon_its_package_is_read_and_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LinkError, match="does not answer") as raised:
        open_figure(SILENT, BODY)
    assert "package is not installed" in words(raised.value.what)
    assert "reachy-mini-daemon" in words(raised.value.remedy)
    folder = tmp_path / "reachy_mini" / "descriptions/reachy_mini/urdf"
    (folder / "assets").mkdir(parents=True)
    (tmp_path / "reachy_mini/__init__.py").write_text("raise SystemExit('imported')")
    (folder / "robot.urdf").write_text(URDF)
    for name, data in MESHES.items():
        (folder / "assets" / name).write_bytes(data)
    monkeypatch.syspath_prepend(str(tmp_path))
    made = open_figure(SILENT, BODY)
    assert source_of(made) == "package"
    assert "reachy_mini" not in sys.modules
    (folder / "assets/skull.stl").unlink()
    with pytest.raises(DeviceError, match=r"skull\.stl"):
        open_figure(SILENT, BODY)


@pytest.mark.parametrize("figure_name", ["long", "empty", "unsaid", "listed"])
def test_what_another_package_brings_is_looked_at_before_it_is_taken(
    figure_name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger(tmp_path, monkeypatch)
    with pytest.raises(PartError, match="or not of the form that the page reads"):
        figure_of(replace(BODY, figure=figure_name), "")


def test_the_doctor_says_whose_model_the_page_shows_and_waits_for_it_no_longer_than_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    well = Health("body", Condition.OK, "all well")
    with MediaDaemon() as daemon:
        daemon.files = Model().files()
        told = with_figure(well, BODY, daemon.address)
        assert words(told.reason) == "all well; page: its maker's model, from its daemon"
    monkeypatch.setattr(parts, "FIGURE_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        told = with_figure(well, BODY, f"reachy://127.0.0.1:{silent.getsockname()[1]}")
    assert told.condition is Condition.OK
    assert "all well; page: the simulator's body: gave no answer within 0.3 s" in words(told.reason)


def test_another_body_has_its_makers_model_from_the_usual_place_or_none() -> None:
    with pytest.raises(PartError, match="nothing that is installed brings"):
        figure_of(replace(BODY, figure="teapot"), "")
