"""`bowlby see FILE`: a picture or a video through the robot's own sight."""

from __future__ import annotations

import math
import sys
from dataclasses import asdict, dataclass
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from robot.core.errors import InputError
from robot.parts.protocols import Camera
from robot.texts.terminal import terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from robot.core.percepts import Face, FacesSeen


class FileVideo(Camera, Protocol):
    """The camera of a file."""

    fps: float
    length: int  # pictures
    still: bool
    ended: bool


@dataclass
class Seen:
    """One person in a file, as last seen; angles from the middle of the picture, left and up positive."""

    person: int
    first_s: float
    last_s: float
    pictures: int
    yaw_deg: float
    pitch_deg: float
    facing: float
    band: str
    score: float
    box: tuple[int, int, int, int]


def see(
    file: Annotated[Path, typer.Argument(help="A picture, a folder of pictures, or a video.", show_default=False)],
    *,
    draw: Annotated[Path | None, typer.Option(help="Write what was seen, drawn in: a picture or an .mp4.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")] = False,
    fov: Annotated[
        float, typer.Option(min=20.0, max=150.0, help="Horizontal field of view of the camera, deg.")
    ] = 66.0,
) -> None:
    """Look at a picture or a video and tell who is in it.

    The same detector and tracker that the robot uses. No picture leaves this machine and none is kept.
    """
    people: dict[int, Seen] = {}
    pictures = 0
    film = _opened(file)
    artist = Artist(draw, film) if draw is not None else None
    try:
        for seen in _watched(film, math.radians(fov), quiet=json):
            pictures += 1
            for face in seen.faces:
                if face.confirmed and face.age == 0:
                    people[face.track] = _noted(people.get(face.track), face, seen.t)
            if artist is not None:
                artist.add(seen)
    finally:
        film.close()
        if artist is not None:
            artist.close()
    if json:
        found = [asdict(one) for one in people.values()]
        sys.stdout.write(dumps({"file": str(file), "pictures": pictures, "people": found}) + "\n")
        return
    console = terminal()
    console.print(_table(file, people, film) if people else f"{file.name}: nobody, in {_counted(pictures, film)}.")
    if draw is not None:
        console.print(f"Drawn to {draw}.")


def _opened(file: Path) -> FileVideo:
    from robot.core.clock import ManualClock  # noqa: PLC0415 - a command's imports wait until it runs
    from robot.parts.registry import CAMERAS, PartKind, Surroundings, open_part  # noqa: PLC0415

    kind: PartKind[FileVideo] = PartKind(CAMERAS.group, CAMERAS.name)
    return open_part(kind, f"file:{file}", Surroundings(ManualClock()))


def _watched(film: FileVideo, fov: float, *, quiet: bool) -> Iterator[FacesSeen]:
    """What each picture of a film shows, through the same class that the robot looks with."""
    from robot.core.body_description import CameraMount  # noqa: PLC0415
    from robot.sense.sight.eye import LOOKS_AT_A_STILL, Eye  # noqa: PLC0415

    eye: Eye | None = None
    columns = (TextColumn("looking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    total = LOOKS_AT_A_STILL if film.still else film.length or None
    hidden = quiet or film.still or not sys.stderr.isatty()
    with Progress(*columns, console=terminal(stderr=True), transient=True, disable=hidden) as progress:
        task = progress.add_task("looking", total=total)
        shown = 0
        while not film.ended and not (film.still and shown == LOOKS_AT_A_STILL):
            picture = film.poll(shown / film.fps)
            if picture is None or picture.image is None:
                break
            if eye is None:
                height, width = picture.image.shape[:2]
                eye = Eye(CameraMount(width, height, fov, 0.0, 0.0))
            seen = eye.see(picture)
            shown += 1
            progress.advance(task)
            if not film.still or shown == LOOKS_AT_A_STILL:
                yield seen


def _noted(before: Seen | None, face: Face, t: float) -> Seen:
    x, y, width, height = (round(number) for number in face.box)
    return Seen(
        person=face.track,
        first_s=round(t, 3) if before is None else before.first_s,
        last_s=round(t, 3),
        pictures=1 if before is None else before.pictures + 1,
        yaw_deg=round(math.degrees(face.yaw), 1),
        pitch_deg=round(math.degrees(face.pitch), 1),
        facing=round(face.facing, 2),
        band=str(face.band),
        score=round(face.score, 2),
        box=(x, y, width, height),
    )


def _counted(pictures: int, film: FileVideo) -> str:
    return "this picture" if film.still else f"{pictures} pictures"


def _table(file: Path, people: dict[int, Seen], film: FileVideo) -> Table:
    table = Table(title=file.name)
    for heading in ("person", "bearing", "facing", "distance", "score") + (() if film.still else ("seen",)):
        table.add_column(heading)
    for one in people.values():
        sides = (f"{abs(one.yaw_deg)}° {'left' if one.yaw_deg > 0 else 'right'}", f"{one.pitch_deg:+}°")
        row = [str(one.person), ", ".join(sides), f"{one.facing:.0%}", one.band, f"{one.score:.2f}"]
        if not film.still:
            row.append(f"{one.first_s:.1f} to {one.last_s:.1f} s, {one.pictures} pictures")
        table.add_row(*row)
    return table


class Artist:
    """Draws what was seen into a picture or a video."""

    def __init__(self, path: Path, film: FileVideo) -> None:
        """Raises InputError when the path cannot be drawn to."""
        import cv2  # noqa: PLC0415

        self._path, self._film, self._cv2 = path, film, cv2
        self._writer: cv2.VideoWriter | None = None
        self._size = 0, 0
        kinds = {".png", ".jpg", ".jpeg"} if film.still else {".mp4", ".avi"}
        if path.suffix.lower() not in kinds or not path.parent.is_dir():
            raise InputError(
                "what was seen cannot be drawn there",
                place=str(path),
                remedy=f"name a file that ends in {' or '.join(sorted(kinds))}, in a folder that exists",
            )

    def add(self, seen: FacesSeen) -> None:
        if seen.image is None:
            return
        image = drawn(seen)
        if self._film.still:
            if not self._cv2.imwrite(str(self._path), image):
                raise InputError("the picture cannot be written", place=str(self._path), remedy="see to its folder")
            return
        if self._writer is None:
            self._size = image.shape[1], image.shape[0]
            kind = "mp4v" if self._path.suffix.lower() == ".mp4" else "MJPG"
            code = self._cv2.VideoWriter.fourcc(*kind)
            self._writer = self._cv2.VideoWriter(str(self._path), code, self._film.fps, self._size)
            if not self._writer.isOpened():
                raise InputError("the video cannot be written", place=str(self._path), remedy="see to its folder")
        if (image.shape[1], image.shape[0]) != self._size:  # a folder's pictures may differ
            image = self._cv2.resize(image, self._size)
        self._writer.write(image)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.release()


def drawn(seen: FacesSeen) -> np.ndarray:
    """The picture with a frame round each face: green when confirmed, grey otherwise, thin when only predicted."""
    import cv2  # noqa: PLC0415

    assert seen.image is not None  # noqa: S101 - the caller has looked
    image = seen.image.copy()
    for face in seen.faces:
        x, y, width, height = (round(number) for number in face.box)
        colour = (90, 200, 90) if face.confirmed else (170, 170, 170)
        thick = 1 if face.age > 0 else max(2, image.shape[1] // 320)
        cv2.rectangle(image, (x, y), (x + width, y + height), colour, thick, cv2.LINE_AA)
        text = f"{face.track} {face.band} {face.facing:.0%}"
        size = max(0.4, image.shape[1] / 1200)
        cv2.putText(image, text, (x, max(y - 5, 12)), cv2.FONT_HERSHEY_SIMPLEX, size, colour, thick, cv2.LINE_AA)
    return image
