// The robot's shape, and how a pose, eyes and light show on it. Metres; x forward, y left, z up, as everywhere.
// The head turns, nods and tilts about one pivot on the base's axis, at the camera's height (robot/core/kinematics.py).
import { THREE } from "nicegui-scene";

export const FLOOR = -0.74; // the robot stands on a table whose top is z = 0
const SHELL = 0xf6f1e8;
const DARK = 0x23272e;
const ACCENT = 0xf0906c;
const FACE = { width: 0.156, height: 0.104, pixels: 2400 };
const HEAD = [0.08, 0.102, 0.078];
const POWER = 2.7;
const EYE_AT = 0.035;
const DOT = 0.0066;

// Lambert and Phong shading, not physical: this must run at 15 pictures a second without a graphics card.
function shell(color) {
  return new THREE.MeshLambertMaterial({ color });
}

function glossy(color, more = {}) {
  return new THREE.MeshPhongMaterial({ color, specular: 0x2c343c, shininess: 120, ...more });
}

// |x/rx|^p + |y/ry|^p + |z/rz|^p = 1: a ball that is on its way to a box.
export function pebble(rx, ry, rz, power, detail = 26) {
  const geometry = new THREE.SphereGeometry(1, detail, Math.round(detail * 0.7));
  const { position, normal } = geometry.attributes;
  const v = new THREE.Vector3();
  for (let i = 0; i < position.count; i++) {
    v.fromBufferAttribute(position, i);
    v.multiplyScalar((Math.abs(v.x) ** power + Math.abs(v.y) ** power + Math.abs(v.z) ** power) ** (-1 / power));
    position.setXYZ(i, v.x * rx, v.y * ry, v.z * rz);
    const slope = (c, r) => (Math.sign(c) * Math.abs(c) ** (power - 1)) / r;
    v.set(slope(v.x, rx), slope(v.y, ry), slope(v.z, rz)).normalize();
    normal.setXYZ(i, v.x, v.y, v.z);
  }
  return geometry;
}

// Taken out of the picture, with all that the graphics card keeps of it.
export function freed(root) {
  root.traverse((one) => {
    one.geometry?.dispose();
    one.material?.map?.dispose();
    one.material?.dispose();
  });
  root.removeFromParent();
}

// A soft round shadow to lie under something: costs nothing beside a true one.
export function shadow(radius, strength) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 128;
  const g = canvas.getContext("2d");
  const fade = g.createRadialGradient(64, 64, 0, 64, 64, 64);
  fade.addColorStop(0, `rgba(0,0,0,${strength})`);
  fade.addColorStop(0.45, `rgba(0,0,0,${strength * 0.75})`);
  fade.addColorStop(1, "rgba(0,0,0,0)");
  g.fillStyle = fade;
  g.fillRect(0, 0, 128, 128);
  const map = new THREE.CanvasTexture(canvas);
  const mesh = new THREE.Mesh(
    new THREE.PlaneGeometry(2 * radius, 2 * radius),
    new THREE.MeshBasicMaterial({ map, transparent: true, depthWrite: false }),
  );
  mesh.renderOrder = 3;
  return mesh;
}

// A turned shape from [radius, height] points, smoothed. Triangles are counted: a software renderer needs 2 us for each.
export function turned(points, around = 28, along = 18) {
  const curve = new THREE.CatmullRomCurve3(points.map(([r, z]) => new THREE.Vector3(r, z, 0)), false, "centripetal");
  const profile = curve.getPoints(along).map((p) => new THREE.Vector2(Math.max(p.x, 0), p.y));
  return new THREE.LatheGeometry(profile, around).rotateX(Math.PI / 2);
}

// The dark window of the face: a rounded patch that lies on the head's front.
function visor() {
  const rings = 6;
  const spokes = 40;
  const place = [];
  const uv = [];
  const index = [];
  for (let ring = 0; ring <= rings; ring++) {
    for (let spoke = 0; spoke <= spokes; spoke++) {
      const a = (2 * Math.PI * spoke) / spokes;
      const c = Math.cos(a);
      const s = Math.sin(a);
      const edge = (Math.abs(c) ** 4 + Math.abs(s) ** 4) ** -0.25;
      const u = (ring / rings) * edge * c;
      const v = (ring / rings) * edge * s;
      const y = (u * FACE.width) / 2;
      const z = (v * FACE.height) / 2 - 0.004;
      const rest = 1 - Math.abs(y / HEAD[1]) ** POWER - Math.abs(z / HEAD[2]) ** POWER;
      place.push(HEAD[0] * Math.max(rest, 0) ** (1 / POWER) + 0.0016, y, z);
      uv.push((u + 1) / 2, (v + 1) / 2);
      if (ring < rings && spoke < spokes) {
        const k = ring * (spokes + 1) + spoke;
        index.push(k, k + spokes + 1, k + 1, k + 1, k + spokes + 1, k + spokes + 2);
      }
    }
  }
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.Float32BufferAttribute(place, 3));
  geometry.setAttribute("uv", new THREE.Float32BufferAttribute(uv, 2));
  geometry.setIndex(index);
  geometry.computeVertexNormals();
  return geometry;
}

// How much of a dot at a distance from the middle of a disc the disc covers, its edge one dot wide: 0..1.
function covered(x, y, radius) {
  return Math.min(Math.max(0.5 + (radius * radius - x * x - y * y) / (2 * radius), 0), 1);
}

// How bright the dot at (cx, cy), in dots from the eye's middle, y up, is: 0..1. As the firmware draws it
// (hardware/firmware/core/eyes.cpp): a glowing pupil on a faint eyeball, cut off from above by the lid.
function lit(cx, cy, { x, y, lid, size }) {
  const open = Math.min(Math.max(0.5 - cy - (4 - 8 * lid), 0), 1);
  const pupil = covered(cx - 2 * x, cy - 2 * y, 1 + 2 * size);
  return open * Math.max(pupil, 0.11 * covered(cx, cy, 3.875));
}

class Eyes {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.canvas.width = Math.round(FACE.width * FACE.pixels);
    this.canvas.height = Math.round(FACE.height * FACE.pixels);
    this.texture = new THREE.CanvasTexture(this.canvas);
    this.texture.colorSpace = THREE.SRGBColorSpace;
    this.texture.anisotropy = 4;
    this.drawn = "";
  }

  draw(eyes) {
    const key = JSON.stringify(eyes);
    if (key === this.drawn) return;
    this.drawn = key;
    const { canvas } = this;
    const g = canvas.getContext("2d");
    g.fillStyle = "#000";
    g.fillRect(0, 0, canvas.width, canvas.height);
    const dot = DOT * FACE.pixels;
    const glow = 0.45 + 0.55 * eyes.brightness;
    const middle = canvas.height / 2 - 0.002 * FACE.pixels;
    for (const side of [-1, 1]) {
      const centre = canvas.width / 2 + side * EYE_AT * FACE.pixels;
      for (let row = 0; row < 8; row++) {
        for (let column = 0; column < 8; column++) {
          const light = 0.035 + 0.965 * glow * lit(column - 3.5, 3.5 - row, eyes);
          const [r, green, b] = eyes.colour.map((c) => Math.round(c * light));
          g.fillStyle = `rgb(${r},${green},${b})`;
          g.beginPath();
          g.roundRect(centre + (column - 3.94) * dot, middle + (row - 3.94) * dot, dot * 0.88, dot * 0.88, dot * 0.24);
          g.fill();
        }
      }
    }
    this.texture.needsUpdate = true;
  }
}

function ear(side) {
  const pivot = new THREE.Group();
  pivot.position.set(-0.012, side * 0.083, 0.048);
  const flap = new THREE.Mesh(pebble(0.012, 0.027, 0.056, 2.2, 14), shell(SHELL));
  const inner = new THREE.Mesh(pebble(0.006, 0.016, 0.038, 2.2, 12), shell(ACCENT));
  flap.position.z = 0.046;
  inner.position.set(0.0085, 0, 0.046);
  pivot.add(flap, inner);
  return pivot;
}

function antenna(side) {
  const pivot = new THREE.Group();
  pivot.position.set(-0.012, side * 0.05, 0.07);
  add(pivot, new THREE.CylinderGeometry(0.0018, 0.0018, 0.11, 8).rotateX(Math.PI / 2), shell(DARK), [0, 0, 0.055]);
  add(pivot, new THREE.SphereGeometry(0.0055, 10, 8), shell(DARK), [0, 0, 0.112]);
  return pivot;
}

// How far an ear or antenna is raised at 0 rad; at a quarter turn it stands upright.
const RAISED = { ears: 0.75, antennas: Math.PI / 2 - Math.PI / 6 };

function add(parent, geometry, material, place = [0, 0, 0]) {
  const mesh = new THREE.Mesh(geometry, material);
  mesh.position.set(...place);
  parent.add(mesh);
  return mesh;
}

export class Robot {
  // parts: what this body has: { pupils, ears: "ears", "antennas" or "", light }.
  constructor(pivotHeight, eyeRange, parts) {
    this.pivotHeight = pivotHeight;
    this.eyeRange = eyeRange;
    this.parts = parts;
    this.root = new THREE.Group();
    add(this.root, turned([[0.088, 0], [0.094, 0.006], [0.09, 0.016], [0.07, 0.02]], 28, 6), shell(DARK));
    const under = shadow(0.19, 0.55);
    under.position.z = 0.0015;
    this.base = new THREE.Group();
    this.root.add(under, this.base);
    this.#build();
    this.eyesNow = { x: 0, y: 0, lid: 1, size: 0.5, colour: [120, 200, 255], brightness: 0.6 };
    this.eyes.draw(this.eyesNow);
  }

  #build() {
    const { base } = this;
    add(base, turned([[0, 0.02], [0.08, 0.02], [0.094, 0.036], [0.098, 0.07], [0.09, 0.115], [0.072, 0.158],
      [0.052, 0.182], [0.036, 0.19], [0, 0.191]], 32, 22), shell(SHELL));
    add(base, turned([[0.0955, 0.03], [0.0985, 0.037], [0.0995, 0.046], [0.098, 0.05]], 32, 4), shell(ACCENT));
    const folds = [...Array(9).keys()].map((i) => [0.032 - 0.0006 * i + (i % 2 ? 0.0045 : 0), 0.19 + 0.0046 * i]);
    add(base, turned(folds, 20, 16), shell(DARK));
    this.#buildRing();
    this.head = new THREE.Group();
    this.head.rotation.order = "ZYX";
    this.head.position.z = this.pivotHeight;
    base.add(this.head);
    add(this.head, pebble(...HEAD, POWER, 34), shell(SHELL));
    this.eyes = new Eyes();
    const glass = glossy(0x0b0d11, { emissive: 0xffffff, emissiveMap: this.eyes.texture });
    add(this.head, visor(), glass).visible = this.parts.pupils;
    add(this.head, new THREE.SphereGeometry(0.0052, 10, 8), glossy(0x0a0c10), [0.0745, 0, 0.0535]);
    this.ears = this.parts.ears ? [1, -1].map(this.parts.ears === "antennas" ? antenna : ear) : [];
    if (this.ears.length) this.head.add(...this.ears);
  }

  // Eight lights round the chest's middle: the mouth and the level meter.
  #buildRing() {
    const ring = new THREE.Group();
    ring.position.set(0.0895, 0, 0.113);
    ring.rotation.y = -0.3;
    ring.visible = this.parts.light;
    this.base.add(ring);
    add(ring, new THREE.CylinderGeometry(0.028, 0.03, 0.008, 24).rotateZ(-Math.PI / 2), shell(DARK));
    this.leds = [...Array(8).keys()].map((i) => {
      const a = Math.PI / 2 - (2 * Math.PI * (i + 0.5)) / 8;
      const led = add(ring, new THREE.SphereGeometry(0.0052, 8, 6), shell(0x1a1c20));
      led.position.set(0.0035, -0.0195 * Math.cos(a), 0.0195 * Math.sin(a));
      return led;
    });
  }

  // pose: base_yaw, neck_pitch, neck_roll, head_yaw, left_ear, right_ear in rad.
  pose(p) {
    this.base.rotation.z = p[0];
    this.head.rotation.set(p[2], -p[1], p[3]);
    this.ears.forEach((one, i) => {
      const raised = RAISED[this.parts.ears] + p[4 + i];
      one.rotation.x = (i ? 1 : -1) * (Math.PI / 2 - raised);
    });
  }

  look(eyes) {
    this.eyesNow = eyes;
    this.eyes.draw(eyes);
  }

  // light: r, g, b, brightness, share of the eight that is lit.
  shine([r, g, b, brightness, fill]) {
    this.leds.forEach((led, i) => {
      const share = Math.min(Math.max(fill * 8 - i, 0), 1);
      led.material.emissive.setRGB(r / 255, g / 255, b / 255, THREE.SRGBColorSpace);
      led.material.emissiveIntensity = share * (0.5 + 2 * brightness) * (brightness > 0 ? 1 : 0);
    });
  }

  // Where the robot looks from, and the unit direction in which it looks, both in the room.
  gaze(from, along) {
    this.head.updateWorldMatrix(true, false);
    from.set(HEAD[0], 0, 0);
    this.head.localToWorld(from);
    const yaw = this.eyesNow.x * this.eyeRange;
    const pitch = this.eyesNow.y * this.eyeRange;
    along.set(Math.cos(pitch) * Math.cos(yaw), Math.cos(pitch) * Math.sin(yaw), Math.sin(pitch));
    along.transformDirection(this.head.matrixWorld);
  }
}
