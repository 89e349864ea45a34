// What the robot's camera sees, with what it makes of it: a box and a number for each face, and where the gaze goes.
import { on, want } from "bowlby-page/live.js";

const COLOURS = { focus: "#ffd166", sure: "#7fe3d6", unsure: "rgba(255,255,255,0.55)" };

export default {
  template: `
    <div class="camera">
      <canvas ref="canvas" width="480" height="360" role="img" :aria-label="label"></canvas>
      <p v-if="!shown" class="camera-note">{{ waiting }}</p>
    </div>`,
  props: { label: String, waiting: String },
  data: () => ({ shown: false }),

  mounted() {
    this.off = [on("faces", (faces) => (this.faces = faces)), on("picture", (blob) => this.show(blob)),
      on("dark", () => this.hide())];
    this.visible = new IntersectionObserver(([entry]) => {
      this.inView = entry.isIntersecting;
      this.tell();
    });
    this.visible.observe(this.$el);
    this.tell = () => want("camera", Boolean(this.inView) && !document.hidden);
    document.addEventListener("visibilitychange", this.tell);
  },

  unmounted() {
    this.off.forEach((off) => off());
    this.visible.disconnect();
    document.removeEventListener("visibilitychange", this.tell);
    want("camera", false);
  },

  methods: {
    async show(blob) {
      const picture = await createImageBitmap(blob);
      const { canvas } = this.$refs;
      if (!canvas) return;
      if (canvas.width !== picture.width) [canvas.width, canvas.height] = [picture.width, picture.height];
      const g = canvas.getContext("2d");
      g.drawImage(picture, 0, 0);
      picture.close();
      this.faces.faces.forEach((face) => this.box(g, face));
      if (this.faces.gaze) this.cross(g, this.faces.gaze);
      this.shown = true;
      canvas.dataset.pictures = Number(canvas.dataset.pictures ?? 0) + 1;
    },

    hide() {
      this.shown = false;
      const { canvas } = this.$refs;
      canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
    },

    box(g, [track, x, y, width, height, sure]) {
      g.strokeStyle = track === this.faces.focus ? COLOURS.focus : sure ? COLOURS.sure : COLOURS.unsure;
      g.lineWidth = 3;
      g.beginPath();
      g.roundRect(x, y, width, height, 8);
      g.stroke();
      const text = `#${track}`;
      g.font = "600 17px system-ui, sans-serif";
      const wide = g.measureText(text).width + 12;
      const top = y > 26 ? y - 25 : y + height + 3;
      g.fillStyle = g.strokeStyle;
      g.beginPath();
      g.roundRect(x, top, wide, 22, 6);
      g.fill();
      g.fillStyle = "#14181d";
      g.fillText(text, x + 6, top + 17);
    },

    cross(g, [x, y]) {
      g.lineWidth = 2.5;
      for (const colour of ["rgba(0,0,0,0.45)", "#ffffff"]) {
        g.strokeStyle = colour;
        g.beginPath();
        g.arc(x, y, 9, 0, 2 * Math.PI);
        for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
          g.moveTo(x + 5 * dx, y + 5 * dy);
          g.lineTo(x + 15 * dx, y + 15 * dy);
        }
        g.stroke();
        g.lineWidth = 1.5;
      }
    },
  },
};
