"""Say a phrase: it names one of the tables, never free words, and the guard adds what must be said."""

from sim import SimRobot

for language in ("en", "fr"):
    with SimRobot(language=language) as robot:
        robot.person("Ada", x=1.2)
        robot.forward(seconds=2)
        robot.say("time_is", time="16:20")
        robot.forward(seconds=8)
        for sentence in robot.said:
            print(f"{sentence.t:4.1f} s, {sentence.phrase}: {sentence.text}")
