"""Ask “Why did you do that?”: everything it does has a cause, which it tells, and which a program can read."""

from robot import Observer, Say, Show, Tick
from sim import SimRobot


class Causes(Observer):
    """An observer reads each turn of the loop, fifty a second, and changes nothing."""

    def see(self, tick: Tick) -> None:
        for intent in tick.done:
            if isinstance(intent, Say):
                print(f"{tick.t:4.1f} s: says {intent.text!r}, because {intent.cause}")
            elif isinstance(intent, Show):
                print(f"{tick.t:4.1f} s: shows {intent.expression}, because {intent.cause}")


with SimRobot() as robot:
    robot.watch(Causes())
    robot.forward(seconds=1)
    ada = robot.person("Ada", x=1.2)
    robot.forward(seconds=8)
    ada.says("Why did you do that?")
    robot.forward(seconds=5)
