// Keeps the robot and everybody near it in the picture, calmly; rests once the visitor turns the view by hand.
import { THREE } from "nicegui-scene";

const CALM_MS = 900;
const NEAR_M = 3.2; // who is farther off is not waited for
const VIEWS = {
  room: { aside: -0.92, up: 0.24, people: true, least: 1.25 },
  robot: { aside: -0.42, up: 0.16, people: false, least: 0.95 },
  face: { aside: -0.3, up: 0.06, people: false, least: 0.6, head: true },
};

export class Director {
  constructor(camera, controls) {
    this.camera = camera;
    this.controls = controls;
    this.ahead = 0;
  }

  show(name) {
    this.view = VIEWS[name] ?? VIEWS.room;
    this.jump = true;
  }

  rest() {
    this.view = null;
  }

  // Moves the camera a little towards its best place; true while it moves. `dolls` are the people shown.
  step(elapsed, dolls) {
    if (!this.view) return false;
    const near = this.view.people ? dolls.map((doll) => doll.face).filter((face) => face.length() < NEAR_M) : [];
    const { target, place } = this.frame(near, this.jump ? 1 : 1 - Math.exp(-elapsed / CALM_MS));
    const share = this.jump ? 1 : 1 - Math.exp(-elapsed / CALM_MS);
    this.jump = false;
    const moved = place.distanceTo(this.camera.position) + target.distanceTo(this.controls.target);
    if (moved < 0.002) return false;
    this.camera.position.lerp(place, share);
    this.controls.target.lerp(target, share);
    this.controls.update();
    return true;
  }

  // The camera's place from which all balls (the robot's head and body, each person's head) are just in the picture.
  frame(near, share) {
    const middle = near.reduce((sum, face) => sum.add(face), new THREE.Vector3());
    const ahead = near.length ? Math.atan2(middle.y, middle.x) : 0;
    this.ahead += (Math.max(-0.5, Math.min(0.5, ahead)) - this.ahead) * share;
    const { aside, up, least, head } = this.view;
    const turn = this.ahead + aside;
    const back = new THREE.Vector3(Math.cos(up) * Math.cos(turn), Math.cos(up) * Math.sin(turn), Math.sin(up));
    const right = new THREE.Vector3(-Math.sin(turn), Math.cos(turn), 0);
    const above = new THREE.Vector3().crossVectors(back, right);
    const balls = head ? [[new THREE.Vector3(0, 0, 0.31), 0.15]] : [[new THREE.Vector3(0, 0, 0.33), 0.16], [new THREE.Vector3(0, 0, 0.02), 0.24]];
    balls.push(...near.map((face) => [face, 0.25]));
    const high = Math.tan((this.camera.fov * Math.PI) / 360);
    const wide = high * this.camera.aspect;
    const target = new THREE.Vector3(0, 0, 0.18);
    let away = least;
    for (let round = 0; round < 4; round++) {
      const edge = { left: Infinity, right: -Infinity, low: Infinity, top: -Infinity };
      away = least;
      for (const [centre, radius] of balls) {
        const from = centre.clone().sub(target);
        const [u, v, w] = [from.dot(right), from.dot(above), from.dot(back)];
        away = Math.max(away, w + (Math.abs(u) + radius) / wide, w + (Math.abs(v) + radius) / high);
        [edge.left, edge.right] = [Math.min(edge.left, u - radius), Math.max(edge.right, u + radius)];
        [edge.low, edge.top] = [Math.min(edge.low, v - radius), Math.max(edge.top, v + radius)];
      }
      target.addScaledVector(right, (edge.left + edge.right) / 2).addScaledVector(above, (edge.low + edge.top) / 2);
    }
    return { target, place: target.clone().addScaledVector(back, away) };
  }
}
