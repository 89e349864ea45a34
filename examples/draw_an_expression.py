"""Draw an expression of one's own from its keyframes, as a body would show it, into a picture."""

import sys
from pathlib import Path

import cv2

from robot import film_strip, read_expression

wonder = read_expression(Path(__file__).with_name("wonder.toml"))
print(f"{wonder.name}, {wonder.duration:.1f} s: {wonder.about}")

strip = film_strip(wonder, frames=6)
picture = sys.argv[1] if len(sys.argv) > 1 else "wonder.png"
cv2.imwrite(picture, strip)
print(f"drawn to {picture}, {strip.shape[1]} x {strip.shape[0]} pixels")
