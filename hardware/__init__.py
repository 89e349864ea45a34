"""What touches the world: firmware, body, camera, microphone, speaker; and what programs outside take from it.

`from hardware import live_messages`; each name is loaded when it is first asked for.
"""

TYPE_CHECKING = False  # what `typing` has, which takes milliseconds to import
if TYPE_CHECKING:
    from hardware.network.topic_reader import LiveMessage as LiveMessage
    from hardware.network.topic_reader import live_messages as live_messages

_NAMES_OF = {
    "hardware.network.topic_reader": "LiveMessage live_messages",
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
