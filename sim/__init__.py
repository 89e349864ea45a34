"""A world for the robot to live in without hardware, and what programs outside drive it by.

`from sim import SimRobot`; each name is loaded when it is first asked for. Modules of this house import by full path.
"""

TYPE_CHECKING = False  # what `typing` has, which takes milliseconds to import
if TYPE_CHECKING:
    from sim.run.finding import Finding as Finding
    from sim.run.play import play as play
    from sim.run.session import Report as Report
    from sim.study.definition import Study as Study
    from sim.study.engines import run_study as run_study
    from sim.testing.sim_robot import SaidSentence as SaidSentence
    from sim.testing.sim_robot import SimRobot as SimRobot
    from sim.testing.sim_robot import Visitor as Visitor
    from sim.world.scenario import Scenario as Scenario

_NAMES_OF = {
    "sim.run.finding": "Finding",
    "sim.run.play": "play",
    "sim.run.session": "Report",
    "sim.study.definition": "Study",
    "sim.study.engines": "run_study",
    "sim.testing.sim_robot": "SaidSentence SimRobot Visitor",
    "sim.world.scenario": "Scenario",
}
HOME_OF = {name: home for home, names in _NAMES_OF.items() for name in names.split()}
__all__ = sorted(HOME_OF)  # noqa: PLE0605 - the names above, which mypy knows by their imports


if not TYPE_CHECKING:  # so that mypy tells of a name that is not there

    def __getattr__(name: str) -> object:
        if name not in HOME_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module  # noqa: PLC0415 - nobody pays for it who asks for no name

        value = globals()[name] = getattr(import_module(HOME_OF[name]), name)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
