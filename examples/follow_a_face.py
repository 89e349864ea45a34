"""Follow a face: Ada walks past, and the robot, which only has its camera's pictures of her, looks after her."""

from math import atan2, degrees

from sim import SimRobot

with SimRobot(senses="pixels") as robot:
    ada = robot.person("Ada", x=1.5, y=0.8)
    robot.forward(seconds=3)
    ada.walks(x=1.5, y=-0.8, pace_m_s=0.5)
    for _ in range(6):
        robot.forward(seconds=0.75)
        person = robot.tick.scene.focused
        if person is not None:
            seen, head = round(degrees(person.yaw)), round(degrees(robot.pose.yaw))
            print(f"{robot.now:4.1f} s: seen at {seen:3d}, head at {head:3d}")
    print(f"she really stands at {round(degrees(atan2(-0.8, 1.5)))}")
