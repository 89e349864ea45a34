"""A program beside the robot: it has it greet, look and say something, and is told why the guard refuses something."""

from robot.doors.client import Bowlby

with Bowlby() as robot:
    print("greets:", robot.say(phrase="greet_first_today"))
    print("looks:", robot.look(yaw=0.6))
    print("says:", robot.say("The soup is ready."))
    print("shows:", robot.show("nod"))
    refused = robot.say("I love you. Please do not leave me.")
    if not refused:
        print("refused by duty", refused.duty)
        print("because:", refused.why)
