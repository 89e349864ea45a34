// A simulated Raspberry Pi Pico in lock-step with whoever writes to its standard input: rp2040js, with the commands and
// records of ../simavr/board.c. Times are in 1/16 us, as there.
//
// The flash is filled from the UF2 file. There is no boot ROM: what it does is done here, checksum included. The
// emulator sends a byte at once and never overruns; here bytes come and go 20 us apart, and the receiver holds 32.
import { readFileSync, readSync, writeSync } from 'node:fs';
import { RP2040, LogLevel, ConsoleLogger } from 'rp2040js';

const NS = 1000 / 16;  // of a cycle of the records
const BYTE_NS = 20_000;
const CLOCK = 24e6;  // what the image makes of the crystal's 12 MHz
const CYCLE_NS = 1e9 / CLOCK;
const FIFO = 32;
const GAP_NS = 100_000;
const BIT_NS = 10_000;  // of the I2C bus
const CHIP = 0x40;
const OUTPUT_ENABLE = 22;  // pulled up by a resistor
const WATCHDOG_BIT = 8;  // of the mcusr that the tests give

const uf2 = readFileSync(process.argv[2]);
let chip, records, to_send = [], next_in = 0, pending = [], next_out = 0, lost = 0, picture = [], last_light = 0, levels = 0;
let now = 0, base = 0, inputs = [0, 0, 5000], until = 0, hung = false;

// The PCA9685 as its bus sees it. What its registers come to is for the reader of the records.
let registers = after_power(), register = 0, transfer = [], later = null, fitted = true, held = false, enabled = false;

function after_power() {
  const values = Buffer.alloc(256);
  values[0] = 0x11;
  return values;
}

const clock = () => base + chip.clock.nanos;  // since the emulator began; the board's own begins at each reset

function record(kind, at, bytes) {
  const head = Buffer.alloc(11);
  head[0] = kind;
  head.writeBigUInt64LE(BigInt(Math.round(at / NS)), 1);
  head.writeUInt16LE(bytes.length, 9);
  records.push(head, Buffer.from(bytes));
}

function checksum(data) {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; ++bit) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}

function boot(watchdog, pin) {
  base = now;
  chip = new RP2040();
  chip.logger = new ConsoleLogger(LogLevel.Error, true);
  for (let at = 0; at < uf2.length; at += 512) {
    if (uf2.readUInt32LE(at) !== 0x0a324655 || uf2.readUInt32LE(at + 28) !== 0xe48bff56) throw new Error('no UF2 for it');
    chip.flash.set(uf2.subarray(at + 32, at + 288), uf2.readUInt32LE(at + 12) - 0x10000000);
  }
  const stage = chip.flash.subarray(0, 256);
  if (checksum(stage.subarray(0, 252)) !== stage[252] + stage[253] * 256 + stage[254] * 65536 + stage[255] * 2 ** 24) {
    throw new Error('the boot ROM would refuse the second stage');
  }
  chip.sram.set(stage, 0x41f00);
  chip.core.SP = 0x20041f00;
  chip.core.LR = 0;
  chip.core.PC = 0x20041f00;
  for (const channel of chip.pwm.channels) channel.timer.frequency = CLOCK;  // each was made for 125 MHz
  const reset = chip.peripherals[0x40064];
  reset.readUint32 = (offset) => (offset === 8 ? (pin ? 1 << 16 : 1 << 8) : 0);
  const dog = chip.peripherals[0x40058];
  dog.reason = watchdog ? 1 : 0;
  dog.onWatchdogTrigger = () => {
    dog.alarm.enable = false;  // it would ring for ever
    if ((chip.peripherals[0x40010].wdsel & 0x1fffc) === 0x1fffc) hung = 'reset';  // PSM: all but the oscillators
  };
  chip.uart[0].onByte = (byte) => {
    pending.push(byte);
    if (pending.length === 1) next_out = Math.max(next_out, clock() + BYTE_NS);
  };
  chip.spi[0].onTransmit = (byte) => {
    last_light = clock();
    picture.push(byte);
    chip.spi[0].completeTransmit(0);
  };
  bus(chip.i2c[0]);
  const resets = chip.peripherals[0x4000c], write = resets.writeUint32.bind(resets);
  resets.writeUint32 = (offset, value) => {
    write(offset, value);
    if (offset === 0 && value & 1 << 3) {
      const i2c = chip.i2c[0];
      later = null;
      i2c.state = i2c.intRaw = i2c.enable = 0;
      i2c.busy = i2c.stop = i2c.pendingRestart = false;
      i2c.txFIFO.reset();
      i2c.rxFIFO.reset();
    }
  };
  chip.gpio[OUTPUT_ENABLE].addListener((state) => enable(state === 0));
  for (let channel = 0; channel < 8; ++channel) {
    chip.gpio[channel + 2].addListener((state) => {
      const high = state === 1;
      if (!!(levels & (1 << channel)) === high) return;
      levels ^= 1 << channel;
      record(2, clock(), [channel, high ? 1 : 0]);
    });
  }
  set_inputs();
}

function enable(on) {
  if (on === enabled) return;
  enabled = on;
  record(5, clock(), [on ? 1 : 0]);
}

function bus(i2c) {
  const after = (bits, what) => (later = { at: clock() + bits * BIT_NS, what });
  i2c.onStart = () => {
    if (!held) after(1, () => i2c.completeStart());
  };
  i2c.onConnect = (address, mode) => after(9, () => {
    if (mode === 0 && fitted && address === CHIP) transfer.push([]);
    i2c.completeConnect(fitted && address === CHIP);
  });
  i2c.onWriteByte = (byte) => after(9, () => {
    const bytes = transfer[transfer.length - 1];
    if (bytes.length) {
      registers[register] = byte;
      if (registers[0] & 0x20) register = (register + 1) & 0xff;
    } else {
      register = byte;
    }
    bytes.push(byte);
    i2c.completeWrite(fitted);
  });
  i2c.onReadByte = () => after(9, () => i2c.completeRead(registers[register]));
  i2c.onStop = () => after(1, () => {
    for (const bytes of transfer) if (bytes.length > 1) record(4, clock(), bytes);
    transfer = [];
    i2c.completeStop();
  });
}

function set_inputs() {
  const [pads, muted, millivolts] = inputs;
  chip.gpio[10].setInputValue(!!(pads & 1));
  chip.gpio[11].setInputValue(!!(pads & 2));
  chip.gpio[12].setInputValue(!muted);
  for (const wire of [20, 21]) chip.gpio[wire].setInputValue(!held);
  chip.adc.channelValues[0] = Math.min(Math.round((millivolts * 4096) / 6600), 4095);
}

function run(us) {
  until += us * 1000;
  while (now < until) {
    if (hung === 'reset') {
      hung = false;
      now = clock();
      if (levels) for (let i = 0; i < 8; ++i) if (levels >> i & 1) record(2, now, [i, 0]);
      levels = 0;
      release();
      boot(true, false);
    }
    if (hung) {
      chip.clock.tick(10_000);
    } else if (chip.core.waiting) {
      chip.clock.tick(asleep());
    } else {
      chip.clock.tick(chip.core.executeInstruction() * CYCLE_NS);
    }
    now = clock();
    if (later && now >= later.at) {
      const { what } = later;
      later = null;
      what();
    }
    while (to_send.length && now >= next_in) {
      const uart = chip.uart[0], byte = to_send.take();
      if (uart.rxFIFO.itemCount >= FIFO) ++lost;
      else if (uart.enabled) uart.feedByte(byte);
      next_in += BYTE_NS;
    }
    while (pending.length && now >= next_out) {
      record(1, next_out, [pending.shift()]);
      next_out += BYTE_NS;
    }
    if (picture.length && now - last_light >= GAP_NS) {
      record(3, last_light, picture);
      picture = [];
    }
  }
}

// How long a sleeping processor is left alone: until what comes first may wake it, or is to be recorded.
function asleep() {
  let next = until;
  if (chip.clock.nextAlarm) next = Math.min(next, base + chip.clock.nextAlarm.nanos);
  if (later) next = Math.min(next, later.at);
  if (to_send.length) next = Math.min(next, next_in);
  if (pending.length) next = Math.min(next, next_out);
  if (picture.length) next = Math.min(next, last_light + GAP_NS);
  return Math.max(next - now, CYCLE_NS);
}

// A reset frees the pins.
function release() {
  later = null;
  transfer = [];
  if (enabled) record(5, now, [0]);
  enabled = false;
}

// Bytes on their way in: an index in place of shifting long arrays.
class Queue {
  constructor() {
    this.bytes = Buffer.alloc(0);
    this.at = 0;
  }
  get length() {
    return this.bytes.length - this.at;
  }
  add(more) {
    this.bytes = Buffer.concat([this.bytes.subarray(this.at), more]);
    this.at = 0;
  }
  take() {
    return this.bytes[this.at++];
  }
}
to_send = new Queue();

function need(size) {
  const data = Buffer.alloc(size);
  for (let got = 0; got < size;) {
    let n = 0;
    try {
      n = readSync(0, data, got, size - got);
    } catch (error) {
      if (error.code === 'EAGAIN') continue;
      throw error;
    }
    if (n === 0) process.exit(0);
    got += n;
  }
  return data;
}

function answer(data) {
  for (let sent = 0; sent < data.length;) sent += writeSync(1, data, sent);
}

records = [];
boot(false, false);
for (;;) {
  const command = String.fromCharCode(need(1)[0]);
  if (command === 'R') {
    const head = need(8);
    if (!to_send.length) next_in = Math.max(next_in, now + BYTE_NS);
    to_send.add(need(head.readUInt32LE(4)));
    records = [];
    run(head.readUInt32LE(0));
    const all = Buffer.concat(records);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(all.length);
    answer(Buffer.concat([size, all]));
  } else if (command === 'I') {
    const row = need(4);
    inputs = [row[0], row[1], row.readUInt16LE(2)];
    set_inputs();
  } else if (command === 'X') {
    const why = need(1)[0];
    levels = 0;
    release();
    to_send = new Queue();
    pending = [];
    boot(why === WATCHDOG_BIT, why === 2);
  } else if (command === 'P') {
    const what = need(1)[0];
    fitted = !!(what & 1);
    held = !!(what & 2);
    if (what & 4) registers = after_power();
    set_inputs();
  } else if (command === 'H') {
    hung = true;
  } else if (command === 'S') {
    const row = Buffer.alloc(12);
    row.writeBigUInt64LE(BigInt(Math.round(now / NS)));
    row.writeUInt32LE(lost, 8);
    answer(row);
  }
}
