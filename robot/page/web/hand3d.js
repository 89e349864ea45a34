// People moved by hand in the 3D picture, where the simulator allows it: dragged, or a step with an arrow key.
import { THREE } from "nicegui-scene";
import { send } from "bowlby-page/live.js";

const MOVE_MS = 50;
const STEP = 0.1; // metres a press of an arrow key moves somebody

export class Hand {
  // dolls: the people by their ids; movable() tells whether they may be moved now.
  constructor(canvas, camera, controls, dolls, movable) {
    Object.assign(this, { canvas, camera, controls, dolls, movable });
    this.drag = null;
    this.ray = new THREE.Raycaster();
    canvas.addEventListener("pointerdown", (event) => this.grab(event), true);
    canvas.addEventListener("pointermove", (event) => this.pull(event));
    canvas.addEventListener("pointerup", (event) => this.drop(event));
    canvas.addEventListener("pointercancel", (event) => this.drop(event));
    canvas.addEventListener("keydown", (event) => this.key(event));
  }

  aim(event) {
    const box = this.canvas.getBoundingClientRect();
    const at = new THREE.Vector2(
      (2 * (event.clientX - box.left)) / box.width - 1,
      1 - (2 * (event.clientY - box.top)) / box.height,
    );
    this.ray.setFromCamera(at, this.camera);
    return this.ray;
  }

  personAt(event) {
    const roots = [...this.dolls.values()].map((doll) => doll.root);
    const [hit] = this.aim(event).intersectObjects(roots, true);
    if (!hit) return null;
    let one = hit.object;
    while (one.userData.person === undefined) one = one.parent;
    return { doll: this.dolls.get(one.userData.person), point: hit.point };
  }

  grab(event) {
    const hit = this.movable() && event.button === 0 ? this.personAt(event) : null;
    if (!hit) return;
    this.controls.enabled = false;
    this.canvas.setPointerCapture(event.pointerId);
    const { x, y } = hit.doll.root.position;
    const plane = new THREE.Plane(new THREE.Vector3(0, 0, 1), -hit.point.z);
    this.drag = { doll: hit.doll, plane, dx: x - hit.point.x, dy: y - hit.point.y, sent: 0 };
    hit.doll.glow(true);
    event.stopImmediatePropagation();
  }

  pull(event) {
    if (!this.drag) {
      const over = this.movable() && event.buttons === 0 && this.personAt(event);
      this.canvas.style.cursor = over ? "grab" : "";
      return;
    }
    const { drag } = this;
    const point = this.aim(event).ray.intersectPlane(drag.plane, new THREE.Vector3());
    if (!point) return;
    [drag.x, drag.y] = [point.x + drag.dx, point.y + drag.dy].map((c) => Math.min(Math.max(c, -3), 3));
    if (event.timeStamp - drag.sent > MOVE_MS) this.move(event.timeStamp);
  }

  move(time) {
    this.drag.sent = time;
    send({ move: [this.drag.doll.id, +this.drag.x.toFixed(3), +this.drag.y.toFixed(3)] });
  }

  drop(event) {
    if (!this.drag) return;
    if (this.drag.x !== undefined) this.move(event.timeStamp);
    this.drag.doll.glow(false);
    this.drag = null;
    this.controls.enabled = true;
  }

  // Arrow keys move a person (forward is away from the robot); 1 to 9 choose whom.
  key(event) {
    const people = [...this.dolls.values()];
    if (!this.movable() || !people.length) return;
    if (event.key >= "1" && event.key <= "9") this.chosen = people[event.key - 1]?.id ?? this.chosen;
    const step = { ArrowUp: [STEP, 0], ArrowDown: [-STEP, 0], ArrowLeft: [0, STEP], ArrowRight: [0, -STEP] }[event.key];
    if (!step) return;
    event.preventDefault();
    const doll = this.dolls.get(this.chosen) ?? people[0];
    const { x, y } = doll.root.position;
    send({ move: [doll.id, +(x + step[0]).toFixed(3), +(y + step[1]).toFixed(3)] });
  }
}
