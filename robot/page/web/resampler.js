// In the browser's audio thread: sound at the device's own rate to 16 kHz, by a windowed sinc, in blocks of 64 ms.
const RATE = 16_000;
const BLOCK = 1024;
const ZEROS = 12; // of the sinc on either side
const PASS = 0.92; // of the band that the lower rate can carry
const PHASES = 512;

class Resampler extends AudioWorkletProcessor {
  constructor() {
    super();
    this.step = sampleRate / RATE;
    this.cut = PASS * Math.min(1, 1 / this.step);
    this.half = Math.ceil(ZEROS * Math.max(1, this.step));
    this.taps = new Map();
    this.held = new Float32Array(2 * this.half);
    this.at = this.half; // where in `held` the next sample is centred
    this.block = new Int16Array(BLOCK);
    this.filled = 0;
  }

  // What each sample from `half` before to `half` after counts, for a place between two of them.
  tapsAt(phase) {
    if (!this.taps.has(phase)) {
      const taps = Float32Array.from({ length: 2 * this.half }, (_, i) => {
        const x = i - this.half + 1 - phase / PHASES;
        const sinc = x === 0 ? 1 : Math.sin(Math.PI * this.cut * x) / (Math.PI * this.cut * x);
        return sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / (this.half + 1)));
      });
      const sum = taps.reduce((a, b) => a + b);
      this.taps.set(phase, taps.map((tap) => tap / sum));
    }
    return this.taps.get(phase);
  }

  process([[samples]]) {
    if (!samples) return true;
    const sound = new Float32Array(this.held.length + samples.length);
    sound.set(this.held);
    sound.set(samples, this.held.length);
    for (; Math.floor(this.at) + this.half < sound.length - 1; this.at += this.step) {
      let whole = Math.floor(this.at);
      let phase = Math.round((this.at - whole) * PHASES);
      if (phase === PHASES) [whole, phase] = [whole + 1, 0];
      const taps = this.tapsAt(phase);
      const first = whole - this.half + 1;
      let sum = 0;
      for (let i = 0; i < taps.length; i++) sum += taps[i] * sound[first + i];
      this.put(sum);
    }
    const done = Math.max(0, Math.floor(this.at) - this.half);
    this.held = sound.slice(done);
    this.at -= done;
    return true;
  }

  put(sample) {
    this.block[this.filled++] = Math.round(32767 * Math.max(-1, Math.min(1, sample)));
    if (this.filled < BLOCK) return;
    this.port.postMessage(this.block);
    this.filled = 0;
  }
}

registerProcessor("resampler", Resampler);
