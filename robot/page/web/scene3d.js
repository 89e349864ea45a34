// The live picture in 3D: robot, people, gaze.
import { OrbitControls, THREE } from "nicegui-scene";
import { on } from "bowlby-page/live.js";
import { Director } from "bowlby-page/director.js";
import { brought, Figure } from "bowlby-page/figure3d.js";
import { Gaze } from "bowlby-page/gaze3d.js";
import { Hand } from "bowlby-page/hand3d.js";
import { Doll } from "bowlby-page/people3d.js";
import { freed, Robot } from "bowlby-page/robot3d.js";
import { Room } from "bowlby-page/room3d.js";

const FRAME_MS = 1000 / 30;
const SMOOTH_MS = 28; // the pose glides to what was last told, so that 25 messages a second look like 60
const SMALL = 300; // px: in a narrower picture nothing but the face is large enough

// "software", "card", or null where the browser draws no 3D at all.
function renderer() {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) return null;
  const names = gl.getExtension("WEBGL_debug_renderer_info");
  const name = names ? gl.getParameter(names.UNMASKED_RENDERER_WEBGL) : "";
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return /swiftshader|llvmpipe|software/i.test(name) ? "software" : "card";
}

export default {
  template: `
    <div class="scene">
      <canvas ref="canvas" :tabindex="movable ? 0 : -1" :role="movable ? 'application' : 'img'" :aria-label="label"></canvas>
      <div v-show="inset" ref="inset" class="inset"></div>
      <p v-if="whose" class="whose">{{ whose }}</p>
      <p v-if="flat" class="waiting">{{ without }}</p>
    </div>`,
  data: () => ({ flat: false, inset: false, whose: "" }),
  props: {
    label: String, without: String, movable: Boolean, pivot: Number, eyes: Number, fov: Number, parts: Object, view: String,
    figure: Object, // what to say of whose model it is, by its source; null where a body has none but ours
  },

  mounted() {
    const canvas = this.$refs.canvas;
    const kind = renderer();
    this.flat = kind === null;
    if (this.flat) return;
    // Smooth edges cost a software renderer two thirds of its time.
    this.renderer = new THREE.WebGLRenderer({ canvas, antialias: kind === "card" });
    this.renderer.toneMapping = THREE.ACESFilmicToneMapping;
    this.renderer.toneMappingExposure = 1.05;
    this.scene = new THREE.Scene();
    this.room = new Room(this.scene, this.fov);
    this.robot = new Robot(this.pivot, this.eyes, this.parts);
    this.scene.add(this.robot.root);
    if (this.figure) this.bring();
    this.camera = new THREE.PerspectiveCamera(34, 1, 0.05, 30);
    this.closeUp = new THREE.PerspectiveCamera(30, 1, 0.05, 30);
    for (const camera of [this.camera, this.closeUp]) camera.up.set(0, 0, 1);
    this.controls = new OrbitControls(this.camera, canvas);
    Object.assign(this.controls, { minDistance: 0.5, maxDistance: 5, maxPolarAngle: 1.62, enableDamping: false });
    this.controls.addEventListener("change", () => (this.stale = true));
    this.director = new Director(this.camera, this.controls);
    this.controls.addEventListener("start", () => this.director.rest());
    this.dolls = new Map();
    this.now = null;
    this.goal = null;
    this.best = Math.min(window.devicePixelRatio, 2);
    this.ratio = this.best;
    this.raises = 3;
    this.rough = 40;
    this.gaze = new Gaze(this.scene);
    this.show();
    if (this.$el.clientWidth < SMALL) this.$emit("small");
    this.watchSize();
    this.watchTheme();
    this.hand = new Hand(canvas, this.camera, this.controls, this.dolls, () => this.movable);
    this.off = [on("pose", (message) => (this.goal = message))];
    this.shown = 0;
    this.last = 0;
    const loop = (time) => {
      this.frame = requestAnimationFrame(loop);
      if (time - this.last >= FRAME_MS - 2) this.draw(time);
    };
    this.frame = requestAnimationFrame(loop);
  },

  unmounted() {
    if (this.flat) return;
    cancelAnimationFrame(this.frame);
    this.off.forEach((off) => off());
    this.sizes.disconnect();
    this.themes.disconnect();
    this.controls.dispose();
    this.renderer.dispose();
  },

  watch: {
    view() {
      this.show();
    },
  },

  methods: {
    show() {
      const close = this.view === "robot" && this.$el.clientWidth < SMALL;
      this.director?.show(close ? "face" : this.view); // none where the browser draws no 3D
      this.stale = true;
    },

    // The maker's model instead of ours, as soon as it has come.
    async bring() {
      const head = await brought().catch(() => null);
      if (head && this.$refs.canvas) {
        freed(this.robot.root);
        this.robot = new Figure(head);
        this.scene.add(this.robot.root);
        this.stale = true;
      }
      this.whose = this.figure[head?.source ?? "own"];
    },

    watchSize() {
      const fit = () => {
        const { clientWidth: width, clientHeight: height } = this.$el;
        if (!width || !height) return;
        this.renderer.setPixelRatio(this.ratio);
        this.renderer.setSize(width, height, false);
        this.camera.aspect = width / height;
        this.camera.updateProjectionMatrix();
        this.stale = true;
      };
      this.fit = fit;
      this.sizes = new ResizeObserver(fit);
      this.sizes.observe(this.$el);
      fit();
    },

    watchTheme() {
      const apply = () => {
        this.room.theme(document.body.classList.contains("body--dark"));
        this.stale = true;
      };
      this.themes = new MutationObserver(apply);
      this.themes.observe(document.body, { attributes: true, attributeFilter: ["class"] });
      apply();
    },

    setPeople(people) {
      const here = new Set();
      for (const [id, name, x, y, z, heading, ghost, colours, build, sits, asleep] of people) {
        here.add(id);
        if (!this.dolls.has(id)) {
          const doll = new Doll(id, name, ghost, colours, build);
          this.dolls.set(id, doll);
          this.scene.add(doll.root);
        }
        this.dolls.get(id).place(x, y, z, heading, sits, asleep);
      }
      for (const [id, doll] of this.dolls) {
        if (here.has(id)) continue;
        doll.free();
        this.dolls.delete(id);
      }
    },

    // One step of the shown pose towards the told one; true while something still moves.
    glide(elapsed) {
      const { goal } = this;
      if (!this.now || Math.abs(goal.t - this.now.t) > 5) this.now = { t: goal.t, p: [...goal.p], e: [...goal.e] };
      const share = 1 - Math.exp(-elapsed / SMOOTH_MS);
      let moved = 0;
      for (const key of ["p", "e"]) {
        goal[key].forEach((value, i) => {
          const step = (value - this.now[key][i]) * share;
          moved = Math.max(moved, Math.abs(step));
          this.now[key][i] += step;
        });
      }
      this.now.t = goal.t;
      return moved > 1e-4;
    },

    draw(time) {
      const elapsed = Math.min(time - this.last, 200);
      this.last = time;
      const { goal } = this;
      if (!goal) return;
      if (goal !== this.drawn) this.setPeople(goal.people);
      const turning = !this.hand.drag && this.director.step(elapsed, [...this.dolls.values()]);
      const moving = this.glide(elapsed) || turning;
      if (!moving && !this.stale && goal === this.drawn) return;
      const [x, y, lid, size] = this.now.e;
      this.robot.pose(this.now.p);
      this.robot.look({ x, y, lid, size, colour: goal.c.slice(0, 3), brightness: goal.c[3] });
      this.robot.shine(goal.l);
      this.room.turn(this.now.p[0] + this.now.p[3]);
      const seen = !this.director.view?.head && goal.awake && this.now.e[2] > 0.3;
      this.gaze.draw(this.robot, this.dolls.get(goal.at), seen);
      this.paint();
      this.drawn = goal;
      this.stale = false;
      this.shown += 1;
      this.$refs.canvas.dataset.tick = goal.n;
      this.$refs.canvas.dataset.frames = this.shown;
      this.spare(elapsed);
    },

    // The room, and while it holds people a look into the robot's face in a corner.
    paint() {
      const { renderer } = this;
      const { clientWidth: width, clientHeight: height } = this.$el;
      renderer.setScissorTest(false);
      renderer.setViewport(0, 0, width, height);
      renderer.render(this.scene, this.camera);
      const inset = this.view === "room" && this.dolls.size > 0;
      if (inset !== this.inset) this.inset = inset;
      const frame = this.$refs.inset;
      if (!inset || !frame.clientWidth) return;
      const [left, low] = [frame.offsetLeft, height - frame.offsetTop - frame.offsetHeight];
      renderer.setScissorTest(true);
      renderer.setViewport(left, low, frame.offsetWidth, frame.offsetHeight);
      renderer.setScissor(left, low, frame.offsetWidth, frame.offsetHeight);
      this.closeUp.aspect = frame.offsetWidth / frame.offsetHeight;
      const yaw = this.now.p[0] + 0.8 * this.now.p[3] - 0.14;
      this.closeUp.position.set(0.62 * Math.cos(yaw), 0.62 * Math.sin(yaw), this.pivot + 0.03);
      this.closeUp.lookAt(0, 0, this.pivot + 0.012);
      this.closeUp.updateProjectionMatrix();
      this.gaze.hide();
      renderer.render(this.scene, this.closeUp);
    },

    // A slow machine gets fewer pixels rather than fewer pictures; a stall that passes is forgiven three times.
    spare(elapsed) {
      this.rough += 0.08 * (elapsed - this.rough);
      if (this.shown % 40) return;
      const before = this.ratio;
      if (this.rough > 52) this.ratio = Math.max(0.5, this.ratio * 0.8);
      if (this.rough < 37 && this.ratio < this.best && this.raises-- > 0) this.ratio = Math.min(this.best, this.ratio * 1.25);
      if (this.ratio !== before) this.fit();
    },
  },
};
