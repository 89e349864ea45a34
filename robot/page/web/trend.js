// One of the model's variables over the last minute, as a small filled line; the newest value is at the right edge.
import { on } from "bowlby-page/live.js";

const KEEP_S = 60;
const EVERY_S = 0.25;

export default {
  template: `<canvas class="trend" aria-hidden="true"></canvas>`,
  props: { index: Number },

  mounted() {
    this.points = [];
    this.off = on("pose", (message) => this.take(message));
  },

  unmounted() {
    this.off();
  },

  methods: {
    take({ t, f }) {
      const last = this.points.at(-1);
      if (last && (t < last[0] || t - last[0] > KEEP_S)) this.points.length = 0; // another run, or another moment of it
      else if (last && t - last[0] < EVERY_S) return;
      this.points.push([t, f[this.index]]);
      while (this.points[0][0] < t - KEEP_S) this.points.shift();
      this.draw(t);
    },

    // What was before the moment that a recording was sent to.
    recall(points) {
      this.points = points;
      if (points.length) this.draw(points.at(-1)[0]);
    },

    draw(now) {
      const canvas = this.$el;
      const ratio = Math.min(window.devicePixelRatio, 2);
      const [width, height] = [canvas.clientWidth, canvas.clientHeight];
      if (!width) return;
      [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
      const g = canvas.getContext("2d");
      g.scale(ratio, ratio);
      const x = (t) => width - ((now - t) / KEEP_S) * width;
      const y = (value) => height - 2 - value * (height - 4);
      const colour = getComputedStyle(canvas).color;
      g.beginPath();
      this.points.forEach(([t, value], i) => (i ? g.lineTo(x(t), y(value)) : g.moveTo(x(t), y(value))));
      g.strokeStyle = g.fillStyle = colour;
      g.lineWidth = 2;
      g.lineJoin = "round";
      g.stroke();
      g.lineTo(width, height);
      g.lineTo(x(this.points[0][0]), height);
      g.globalAlpha = 0.22;
      g.fill();
      canvas.dataset.points = this.points.length;
    },
  },
};
