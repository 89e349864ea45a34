// This browser's microphone as mono samples of 16 bits at 16 kHz, 64 ms a message.
import { sendBytes } from "bowlby-page/live.js";

const TAG = 4;
const MOST_AT_ONCE = 30; // messages: where the page was kept waiting for longer, the rest of it is past
const A_MS = 0.018; // messages that may follow; sound makes 0.0156
const HEAD = 9; // bytes: tag, clock (s, float64)

export class Microphone {
  resting = false;
  allowed = MOST_AT_ONCE;
  before = 0;

  // Asks the person for leave. `lost` is called when the device goes away.
  static async open(lost) {
    const sound = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    const microphone = new Microphone();
    microphone.stream = await navigator.mediaDevices.getUserMedia({ audio: sound });
    microphone.stream.getAudioTracks()[0].onended = lost;
    return microphone;
  }

  // Begins to send.
  async start() {
    this.context = new AudioContext();
    await this.context.audioWorklet.addModule(new URL("./resampler.js", import.meta.url));
    if (this.stopped) return;
    const node = new AudioWorkletNode(this.context, "resampler", { channelCount: 1, channelCountMode: "explicit" });
    node.port.onmessage = ({ data }) => this.send(data);
    this.context.createMediaStreamSource(this.stream).connect(node);
    node.connect(this.context.destination); // it gives silence; what leads nowhere is not worked on
    await this.context.resume();
  }

  send(samples) {
    const now = performance.now();
    this.allowed = Math.min(MOST_AT_ONCE, this.allowed + (now - this.before) * A_MS);
    this.before = now;
    if (this.resting || this.stopped || this.allowed < 1) return;
    this.allowed -= 1;
    const message = new Uint8Array(HEAD + samples.byteLength);
    const head = new DataView(message.buffer);
    head.setUint8(0, TAG);
    head.setFloat64(1, now / 1000, true);
    message.set(new Uint8Array(samples.buffer), HEAD);
    sendBytes(message);
  }

  stop() {
    this.stopped = true;
    this.stream.getTracks().forEach((track) => track.stop());
    this.context?.close();
  }
}
