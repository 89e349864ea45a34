// This browser's camera as small JPEGs, ten a second, each with how old it was when it was sent.
import { sendBytes } from "bowlby-page/live.js";

const TAG = 3;
const HEAD = 13; // bytes: tag, clock (s, float64), age (s, float32)
const WIDEST = 640;
const LARGEST = 56_000; // bytes; the robot takes 60,000
const OLDEST_S = 0.5; // an age that the browser tells is believed up to this
const FINEST = 0.75;
// A page's own timers slow down where nobody looks at it; those of a worker do not.
const TICKER = 'setInterval(() => postMessage(0), 100)';

export class Webcam {
  resting = false;

  // Asks the person for leave. `lost` is called when the device goes away.
  static async open(lost) {
    const picture = { width: { ideal: WIDEST }, height: { ideal: 480 }, frameRate: { ideal: 15 } };
    const webcam = new Webcam();
    webcam.stream = await navigator.mediaDevices.getUserMedia({ video: picture });
    webcam.stream.getVideoTracks()[0].onended = lost;
    webcam.video = document.createElement("video");
    Object.assign(webcam.video, { muted: true, playsInline: true, srcObject: webcam.stream });
    await webcam.video.play();
    return webcam;
  }

  // Begins to send.
  start() {
    const note = (now, frame) => {
      this.taken = frame.captureTime ?? now;
      this.video.requestVideoFrameCallback(note);
    };
    this.video.requestVideoFrameCallback?.(note);
    this.quality = FINEST;
    const address = URL.createObjectURL(new Blob([TICKER], { type: "text/javascript" }));
    this.ticker = new Worker(address);
    URL.revokeObjectURL(address);
    this.ticker.onmessage = () => this.send();
  }

  async send() {
    if (this.busy || this.resting || !this.video.videoWidth) return;
    this.busy = true;
    const taken = this.taken ?? performance.now();
    const scale = Math.min(1, WIDEST / Math.max(this.video.videoWidth, this.video.videoHeight));
    const width = Math.round(this.video.videoWidth * scale);
    const height = Math.round(this.video.videoHeight * scale);
    if (this.canvas?.width !== width || this.canvas.height !== height) this.canvas = new OffscreenCanvas(width, height);
    this.canvas.getContext("2d").drawImage(this.video, 0, 0, width, height);
    const blob = await this.canvas.convertToBlob({ type: "image/jpeg", quality: this.quality });
    const coded = new Uint8Array(await blob.arrayBuffer());
    this.busy = false;
    this.quality = coded.length > LARGEST ? this.quality * 0.8 : Math.min(FINEST, this.quality * 1.01);
    if (coded.length > LARGEST || this.stopped) return;
    const message = new Uint8Array(HEAD + coded.length);
    const head = new DataView(message.buffer);
    const now = performance.now();
    const age = (now - taken) / 1000;
    head.setUint8(0, TAG);
    head.setFloat64(1, now / 1000, true);
    head.setFloat32(9, age >= 0 && age <= OLDEST_S ? age : 0, true);
    message.set(coded, HEAD);
    sendBytes(message);
  }

  stop() {
    this.stopped = true;
    this.ticker?.terminate();
    this.stream.getTracks().forEach((track) => track.stop());
    this.video.srcObject = null;
  }
}
