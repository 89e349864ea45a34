// Plays what the robot says. Browsers demand a click first, so it is off until the person turns it on.
import { on, want } from "bowlby-page/live.js";

export default {
  template: `<button type="button" class="button" role="switch" :title="hint" :aria-checked="String(enabled)" @click="toggle">
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" fill="none" stroke="currentColor"
        stroke-width="1.8" stroke-linecap="round"><path d="M3 8v4h3l4 3.5v-11L6 8z" fill="currentColor"
        /><path :d="enabled ? 'M13 7.5q2 2.5 0 5M15.5 5q4 5 0 10' : 'M13 8l4 4M17 8l-4 4'" /></svg>
      <span class="long">{{ enabled ? labelOn : labelOff }}</span>
    </button>`,
  props: { labelOn: String, labelOff: String, hint: String, answers: Boolean },
  data: () => ({ enabled: false }),

  mounted() {
    this.playing = new Set();
    this.cuts = 0;
    this.off = [on("sound", (bytes) => this.play(bytes)), on("cut", () => this.cut())];
    this.hear = (event) => this.answers && !this.chosen && event.target.matches("form.line") && this.turn(true);
    document.addEventListener("submit", this.hear, true);
  },

  unmounted() {
    this.off.forEach((off) => off());
    document.removeEventListener("submit", this.hear, true);
    this.cut();
    want("sound", false);
  },

  methods: {
    toggle() {
      this.chosen = true; // from now on only a press turns it on or off
      return this.turn(!this.enabled);
    },

    async turn(on) {
      if (on === this.enabled) return;
      this.enabled = on;
      if (this.enabled) {
        this.audio ??= new AudioContext();
        await this.audio.resume();
      } else {
        this.cut();
      }
      want("sound", this.enabled);
    },

    async play(bytes) {
      if (!this.enabled) return;
      const cuts = this.cuts;
      const source = this.audio.createBufferSource();
      source.buffer = await this.audio.decodeAudioData(bytes);
      if (cuts !== this.cuts) return; // silenced meanwhile
      source.connect(this.audio.destination);
      source.onended = () => this.playing.delete(source);
      this.playing.add(source);
      source.start();
      this.$el.dataset.played = Number(this.$el.dataset.played ?? 0) + 1;
    },

    cut() {
      this.cuts += 1;
      this.playing.forEach((source) => source.stop());
      this.playing.clear();
    },
  },
};
