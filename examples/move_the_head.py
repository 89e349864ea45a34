"""Move the head: look to the left and up, then straight ahead."""

from math import degrees, radians

from sim import SimRobot

with SimRobot() as robot:
    robot.forward(seconds=1)  # it wakes up
    for yaw, pitch in ((30, 10), (-45, 0), (0, 0)):
        robot.look(yaw=radians(yaw), pitch=radians(pitch))
        robot.forward(seconds=2)
        print(f"asked for {yaw:3d} degrees: the head points to {round(degrees(robot.pose.yaw)):3d}")
