// Lends the robot this browser's camera and microphone, says plainly whose are in use, and ends it.
import { Microphone } from "bowlby-page/microphone.js";
import { Webcam } from "bowlby-page/webcam.js";
import { on, send } from "bowlby-page/live.js";

const DEVICES = { camera: Webcam, microphone: Microphone };
const TROUBLES = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "missing",
  OverconstrainedError: "missing", NotReadableError: "busy", AbortError: "busy" };

export default {
  template: `
    <section v-if="mayLend || used.length" class="lending" :class="{ 'lending-on': used.length, 'lending-told': trouble }" :aria-label="words.title">
      <p class="lending-sign" role="status"><template v-if="used.length">
        <span v-for="sense in used" class="lending-used">{{ sign(sense) }}</span>
      </template><template v-else>{{ words.none }}</template></p>
      <div v-if="mayLend" class="choices">
        <button v-for="sense in senses" type="button" class="button" :data-sense="sense"
          :class="{ 'button-hush': stands[sense]?.by }" :aria-describedby="trouble ? 'lend-trouble' : used.length ? null : 'lend-note'"
          :disabled="asking === sense" @click="press(sense)"
          ><span class="lend-picture" aria-hidden="true" v-html="pictures[sense]"></span><span class="long">{{ label(sense) }}</span></button>
      </div>
      <p v-show="trouble" id="lend-trouble" class="lending-trouble" role="alert">{{ trouble }}</p>
      <p v-if="mayLend && !trouble && !used.length" id="lend-note" class="note">{{ words.note }}</p>
    </section>`,
  props: { words: Object, senses: Array, pictures: Object, mayLend: Boolean },
  data: () => ({ stands: {}, trouble: "", asking: "" }),

  computed: {
    used() {
      return this.senses.filter((sense) => this.stands[sense]?.by);
    },
  },

  created() {
    this.devices = {}; // not for Vue to wrap
  },

  mounted() {
    this.off = [
      on("lent", (news) => this.hear(news)),
      on("refused", ({ sense, why }) => this.refuse(sense, why)),
      on("link", (up) => up || this.lose()),
    ];
    this.leave = () => Object.keys(this.devices).forEach((sense) => this.close(sense));
    addEventListener("pagehide", this.leave);
  },

  unmounted() {
    this.off.forEach((off) => off());
    removeEventListener("pagehide", this.leave);
    this.leave();
  },

  methods: {
    sign(sense) {
      const { mine, by, rests } = this.stands[sense];
      const who = by === "here" ? this.words.here : this.words.at.replace("{address}", by);
      const told = mine ? this.words[`mine_${sense}`] : this.words[`other_${sense}`].replace("{who}", who);
      return rests ? `${told} ${this.words.rests}` : told;
    },

    label(sense) {
      const stands = this.stands[sense];
      if (!stands?.by) return this.words[`use_${sense}`];
      return stands.mine ? this.words[`stop_${sense}`] : this.words[`end_${sense}`];
    },

    say(why) {
      const here = { "{port}": location.port || "80", "{host}": location.hostname };
      this.trouble = why && this.words[why].replace(/{port}|{host}/g, (slot) => here[slot]);
    },

    async press(sense) {
      if (this.stands[sense]?.by) {
        send({ lend: [sense, "stop"] });
        return;
      }
      if (!navigator.mediaDevices) {
        this.say("insecure");
        return;
      }
      this.say("");
      this.asking = sense;
      try {
        this.devices[sense] = await DEVICES[sense].open(() => send({ lend: [sense, "lost"] }));
        if (!send({ lend: [sense, "lend"] })) this.lose();
      } catch (error) {
        this.say(TROUBLES[error.name] ?? "failed");
      }
      this.asking = "";
    },

    async hear(news) {
      for (const sense of this.senses) {
        const before = this.stands[sense];
        const now = news[sense];
        this.stands[sense] = now;
        const device = this.devices[sense];
        if (!device) continue;
        device.resting = now.rests;
        if (now.mine && !before?.mine) await device.start();
        if (before?.mine && !now.mine) {
          this.close(sense);
          if (now.ended !== "stopped") this.say(now.ended);
        }
      }
    },

    refuse(sense, why) {
      if (!this.stands[sense]?.mine) this.close(sense);
      this.say(why);
    },

    // The line is down: the robot has let go, and so does this browser.
    lose() {
      if (Object.keys(this.devices).length) this.say("line");
      this.leave();
      this.stands = {};
    },

    close(sense) {
      this.devices[sense]?.stop();
      delete this.devices[sense];
    },
  },
};
