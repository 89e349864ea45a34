// A recording's time: an ordinary range input, the clock, and marks for what happened when. It follows the moment that
// is shown, except while a hand is on it; moments go to the server at most 16 times a second.
import { on } from "bowlby-page/live.js";

const EVERY_MS = 60;
const HANDS_OFF_MS = 600; // poses from before a jump are still on their way so long
const KEYS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

const two = (n) => String(Math.floor(n)).padStart(2, "0");
const clock = (s) => `${Math.floor(s / 60)}:${two(s % 60)}.${Math.floor((s * 10) % 10)}`;

export default {
  template: `
    <div class="scrubber">
      <input ref="range" type="range" min="0" :max="length" step="0.1" :aria-label="label" :aria-valuetext="told"
        @input="drag" @keydown="key" @focus="tell" />
      <svg class="marks" aria-hidden="true" preserveAspectRatio="none" :viewBox="'0 0 ' + length + ' 3'">
        <line v-for="[t, lane] in marks" :class="'mark-' + lane" :x1="t" :x2="t" vector-effect="non-scaling-stroke"
          :y1="lanes[lane]" :y2="lanes[lane] + 1" />
      </svg>
      <p class="clock"><span ref="clock">{{ shown }}</span> / {{ total }}</p>
    </div>`,
  props: { start: Number, length: Number, label: String, spoken: String, marks: Array },
  data: () => ({ told: "", shown: clock(0), lanes: { words: 0, mode: 1, fault: 2 } }),
  computed: {
    total() {
      return clock(this.length);
    },
  },

  mounted() {
    this.wanted = null;
    this.touched = -HANDS_OFF_MS;
    this.sent = 0;
    this.$refs.range.value = 0;
    this.off = on("pose", ({ t }) => this.follow(t - this.start));
    this.tell();
  },

  unmounted() {
    this.off();
    clearTimeout(this.later);
  },

  methods: {
    follow(t) {
      this.now = t;
      if (performance.now() - this.touched < HANDS_OFF_MS && Math.abs(t - this.wanted) > 0.2) return;
      this.$refs.range.value = t;
      this.shown = clock(Math.max(t, 0));
      if (document.activeElement !== this.$refs.range) this.tell(); // no reader is to be told each second
    },

    tell() {
      const t = Number(this.$refs.range.value);
      const part = (s) => ({ m: Math.floor(s / 60), s: Math.floor(s % 60) });
      const [a, b] = [part(t), part(this.length)];
      const told = this.spoken.replace("{m}", a.m).replace("{s}", a.s).replace("{M}", b.m).replace("{S}", b.s);
      if (told !== this.told) this.told = told;
    },

    drag() {
      this.go(Number(this.$refs.range.value));
    },

    key(event) {
      const by = KEYS[event.key];
      if (!by) return; // Home and End are the browser's own
      event.preventDefault();
      const from = performance.now() - this.touched < HANDS_OFF_MS ? this.wanted : (this.now ?? 0);
      this.go(Math.min(Math.max(from + by, 0), this.length));
    },

    go(t) {
      this.wanted = t;
      this.touched = performance.now();
      this.$refs.range.value = t;
      this.shown = clock(t);
      this.tell();
      clearTimeout(this.later);
      const wait = this.sent + EVERY_MS - this.touched;
      if (wait > 0) this.later = setTimeout(() => this.send(), wait);
      else this.send();
    },

    send() {
      this.sent = performance.now();
      this.$emit("seek", this.wanted + this.start);
    },
  },
};
