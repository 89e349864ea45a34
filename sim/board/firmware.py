"""The firmware in the simulator: the board's own core, compiled to WebAssembly, one call a servo frame.

The call and the memory go past wasmtime's checked wrappers (19 us a call there, under 2 us here); the layout of the
shared memory is that of `struct Shared` in hardware/firmware/wasm/board.cpp.
"""

from __future__ import annotations

import contextlib
import ctypes
import struct
from functools import cache
from importlib.resources import files

import wasmtime
from wasmtime import _ffi as ffi

from firmware_bridge import table
from robot.core.errors import PartError
from sim.board.pca9685 import BUS_US_A_BYTE, MODE1, Pca9685

ROOM = 1024
PINS = 8  # servos of its own
LIGHTS = 136
_INPUTS = struct.Struct("<HHBBB")  # millivolts, overruns, pads, muted, reset
_PULSES_AT = 2 * ROOM
_INPUTS_AT = _PULSES_AT + 2 * PINS
_ANSWER_AT = _INPUTS_AT + _INPUTS.size  # of the bus to the transfer before, what it read
_ENABLED_AT = _ANSWER_AT + 2
_TRANSFER_AT = _ENABLED_AT + 1  # its size, its bytes
_LIGHTS_AT = _TRANSFER_AT + 2 + 4 * table.CHANNELS
_SIZE = _LIGHTS_AT + 3 * LIGHTS
_PULSES = struct.Struct(f"<{PINS}H")
_REST = (0,) * (table.CHANNELS - PINS)
_DONE, _REFUSED, _HELD = 0, 1, 2  # answers of the bus
_ARGUMENTS = struct.Struct("<I12xI12xI12x")  # three of wasmtime's raw values


def _engine() -> wasmtime.Engine:
    """Compiles by one thread, and what was compiled before comes from the user's cache: 10 MiB and 50 ms less."""
    config = wasmtime.Config()
    config.parallel_compilation = False
    with contextlib.suppress(wasmtime.WasmtimeError):  # nowhere to write: compiled anew at each start
        config.cache = True
    return wasmtime.Engine(config)


@cache
def _module(code: bytes | None) -> tuple[wasmtime.Engine, wasmtime.Module]:
    engine = _engine()
    code = code or (files("hardware.firmware") / "built" / "bowlby.wasm").read_bytes()
    return engine, wasmtime.Module(engine, code)


class Board:
    """One simulated board, with a PCA9685 on its bus. Time is given, never taken: `tick` is all that moves it."""

    def __init__(self, code: bytes | None = None) -> None:
        self.chip = Pca9685()
        engine, module = _module(code)
        self._store = wasmtime.Store(engine)
        instance = wasmtime.Instance(self._store, module, [])
        exports = instance.exports(self._store)
        self._start = exports["start"]
        self._draw = exports["draw"]
        base = exports["shared"](self._store)  # type: ignore[operator]
        memory = exports["memory"]
        assert isinstance(memory, wasmtime.Memory)  # noqa: S101 - the module is ours
        # A module that never grows its memory keeps it where it is.
        self._raw = memory.get_buffer_ptr(self._store, _SIZE, base)
        self._memory = memoryview(self._raw).cast("B")
        tick = exports["tick"]
        assert isinstance(tick, wasmtime.Func)  # noqa: S101 - the module is ours
        self._tick = tick
        # Two microseconds of work: the interpreter's lock is held meanwhile, since to hand it over takes as long.
        library = ctypes.PyDLL(None, handle=ffi.dll._handle)  # noqa: SLF001 - the same library, otherwise called
        self._call = library["wasmtime_func_call_unchecked"]
        self._call.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p]
        self._call.restype = ctypes.c_void_p
        self._arguments = bytearray(_ARGUMENTS.size)
        self._arguments_at = (ctypes.c_ubyte * _ARGUMENTS.size).from_buffer(self._arguments)
        self._trap = ctypes.c_void_p()
        self._pointers = (
            ctypes.cast(self._store._context(), ctypes.c_void_p),  # noqa: SLF001 - the unchecked call needs it
            ctypes.cast(ctypes.byref(tick._func), ctypes.c_void_p),  # noqa: SLF001 - the same
            ctypes.cast(self._arguments_at, ctypes.c_void_p),
            3,
            ctypes.cast(ctypes.byref(self._trap), ctypes.c_void_p),
        )
        self._frame_us = 0.0  # that began last; it only counts on
        self.restart(table.Reset.POWER)

    def restart(self, reset: table.Reset) -> None:
        """As a power cycle or reset does: all state is lost, and the board can say why."""
        pads_muted = self._memory[_INPUTS_AT + 5]
        _INPUTS.pack_into(self._memory, _INPUTS_AT, 5000, 0, 0, pads_muted, reset)
        self._start(self._store)  # type: ignore[operator]
        _PULSES.pack_into(self._memory, _PULSES_AT, *([0] * PINS))
        self._memory[_ENABLED_AT] = 0  # its pins are free, and the pull-up of OE wins
        self.chip.enable(self._frame_us, on=False)

    def inputs(self, *, millivolts: int | None = None, pads: int | None = None, muted: bool | None = None) -> None:
        """Set what the board's pins see."""
        if millivolts is not None:
            struct.pack_into("<H", self._memory, _INPUTS_AT, millivolts)
        if pads is not None:
            self._memory[_INPUTS_AT + 4] = pads
        if muted is not None:
            self._memory[_INPUTS_AT + 5] = muted

    @property
    def millivolts(self) -> int:
        return self._memory[_INPUTS_AT] | self._memory[_INPUTS_AT + 1] << 8

    @property
    def pads(self) -> int:
        return self._memory[_INPUTS_AT + 4]

    def tick(self, data: bytes, now_us: int, frame_us: int) -> bytes:
        """Bytes that arrive at `now_us`, then the servo frame that begins at `frame_us`; gives the board's bytes.

        With `frame_us` equal to `now_us` there is no servo frame.
        """
        before = b""
        while len(data) > ROOM:
            before += self.tick(data[:ROOM], now_us, now_us)
            data = data[ROOM:]
        size = len(data)
        memory = self._memory
        memory[:size] = data
        _ARGUMENTS.pack_into(self._arguments, 0, size, now_us & 0xFFFFFFFF, frame_us & 0xFFFFFFFF)
        if self._call(*self._pointers) or self._trap.value:
            raise PartError("the simulated firmware crashed", remedy="this is a bug of the firmware: please report it")
        sent = self._arguments[0] | self._arguments[1] << 8
        if frame_us != now_us:
            self._frame_us += table.FRAME_US
        if memory[_TRANSFER_AT] or memory[_ENABLED_AT] or self.chip.enabled:
            self._bus()
        return before + bytes(memory[ROOM : ROOM + sent])

    def _bus(self) -> None:
        """What the board did with the chip in this servo frame."""
        memory, chip, at = self._memory, self.chip, self._frame_us
        if bool(memory[_ENABLED_AT]) != chip.enabled:
            chip.enable(at, on=bool(memory[_ENABLED_AT]))
        size = memory[_TRANSFER_AT]
        if not size:
            return
        answers = chip.fitted and not chip.held
        if answers:
            data = bytes(memory[_TRANSFER_AT + 1 : _TRANSFER_AT + 1 + size])
            chip.transfer(data, at + (4 + size) * BUS_US_A_BYTE)
        memory[_ANSWER_AT] = _HELD if chip.held else _DONE if answers else _REFUSED
        memory[_ANSWER_AT + 1] = chip.registers[MODE1]

    def pulses(self) -> tuple[int, ...]:
        """Pulse of each channel, 1/16 us; 0: none. They are the chip's while its outputs are enabled."""
        if self.chip.enabled:
            return self.chip.widths()
        return _PULSES.unpack_from(self._memory, _PULSES_AT) + _REST

    def lights(self) -> bytes:
        """Red, green, blue of the left eye (8x8), the right eye and the ring, as the board sends them out."""
        self._draw(self._store)  # type: ignore[operator]
        return bytes(self._memory[_LIGHTS_AT:_SIZE])
