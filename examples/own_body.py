"""A body of one's own: a file describes its joints, camera and eyes, and the robot does with what it has."""

from math import degrees, radians
from pathlib import Path

from robot import words
from sim import SimRobot

with SimRobot(body=Path(__file__).with_name("three_servos.toml")) as robot:
    robot.forward(seconds=1)
    for lack in robot.description.lacks():
        print(words(lack))
    robot.look(yaw=radians(80))
    robot.forward(seconds=3)
    print(f"asked for 80 degrees: the head points to {round(degrees(robot.pose.yaw))}, as far as it goes")
    robot.let_go()
    robot.person("Ada", x=1.5, y=0.5)
    robot.forward(seconds=4)
    print(f"Ada is at 18 degrees: the head points to {round(degrees(robot.pose.yaw))}")
