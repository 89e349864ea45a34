"""Find the faces in a picture from a file, by the network and the rules that the robot itself sees with."""

import sys
from math import degrees

import cv2

from robot import faces_in

if len(sys.argv) != 2:
    sys.exit("give a picture: python examples/find_faces.py me.jpg")
image = cv2.imread(sys.argv[1], cv2.IMREAD_COLOR)
if image is None:
    sys.exit(f"{sys.argv[1]} is no picture that can be read")
faces = faces_in(image)
for face in faces:
    side = "left" if face.yaw > 0 else "right"
    print(f"a face {abs(degrees(face.yaw)):.0f} degrees to the {side}, {face.band}, facing {face.facing:.0%}")
print(len(faces), "in all")
