// People as peg dolls: enough to see who is where and which way they face, and to be dragged.
import { THREE } from "nicegui-scene";
import { FLOOR, freed, shadow, turned } from "bowlby-page/robot3d.js";

const COATS = [0x4f8f8b, 0xd98b5f, 0x7c6fb0, 0x5b8cc9, 0xb5677d, 0x8a9a4e];
const HAIR = [0x3b2a20, 0x6b4a2f, 0x1f1d1f, 0xa8763e, 0x8c8a88, 0x5a3321];
const SKIN = [0xf2cfae, 0xd9a57c, 0xa8734c, 0x7d5235, 0xf6dcc6];
const GUESS = 0x9aa4b2;
const CHAIR = 0x8c6446;
const SEAT = 0.45; // above the floor, for an adult, m

function number(text) {
  let n = 7;
  for (const letter of String(text)) n = (n * 31 + letter.codePointAt(0)) >>> 0;
  return n;
}

function matte(color, ghost) {
  return new THREE.MeshLambertMaterial({ color, transparent: ghost, opacity: ghost ? 0.55 : 1 });
}

function label(text) {
  const canvas = document.createElement("canvas");
  const g = canvas.getContext("2d");
  const font = "600 44px system-ui, sans-serif";
  g.font = font;
  canvas.width = Math.ceil(g.measureText(text).width) + 48;
  canvas.height = 72;
  g.font = font;
  g.fillStyle = "rgba(30,34,40,0.78)";
  g.beginPath();
  g.roundRect(0, 0, canvas.width, canvas.height, 34);
  g.fill();
  g.fillStyle = "#fff";
  g.textBaseline = "middle";
  g.fillText(text, 24, 38);
  const texture = new THREE.CanvasTexture(canvas);
  texture.colorSpace = THREE.SRGBColorSpace;
  const sprite = new THREE.Sprite(new THREE.SpriteMaterial({
    map: texture, depthTest: false, transparent: true, sizeAttenuation: false,
  }));
  sprite.scale.set((0.034 * canvas.width) / canvas.height, 0.034, 1);
  sprite.renderOrder = 5;
  return sprite;
}

export class Doll {
  // ghost: only a bearing is known (a real person seen by the camera), so the figure is a guess and looks like one.
  // build: how large head and body are, an adult's being 1.
  constructor(id, name, ghost, colours, [headSize, bodySize]) {
    const n = number(id);
    this.id = id;
    this.size = bodySize;
    this.sits = false;
    this.eyes = [];
    this.face = new THREE.Vector3();
    this.root = new THREE.Group();
    this.root.userData.person = id;
    this.body = new THREE.Group();
    const under = shadow(0.4, ghost ? 0.25 : 0.5);
    under.position.z = FLOOR + 0.008;
    this.root.add(this.body, under);
    const [skinColour, hairColour, coatColour] = colours ?? [SKIN[(n >> 3) % SKIN.length], HAIR[(n >> 5) % HAIR.length],
      COATS[n % COATS.length]];
    this.coat = matte(ghost ? GUESS : coatColour, ghost);
    const skin = matte(ghost ? 0xc9d0d8 : skinColour, ghost);
    this.head = new THREE.Group();
    this.root.add(this.head);
    this.head.scale.setScalar(headSize);
    const skull = new THREE.Mesh(new THREE.SphereGeometry(0.11, 18, 14), skin);
    skull.scale.set(0.95, 0.9, 1.08);
    this.head.add(skull);
    if (!ghost) this.#dress(hairColour);
    if (name) {
      this.name = label(name);
      this.root.add(this.name);
    }
    this.height = null;
  }

  #dress(hairColour) {
    const hair = new THREE.Mesh(
      new THREE.SphereGeometry(0.119, 18, 9, 0, 2 * Math.PI, 0, 1.62).rotateX(Math.PI / 2),
      matte(hairColour, false),
    );
    hair.scale.set(0.98, 0.94, 1.08);
    hair.rotation.y = -0.55;
    this.head.add(hair);
    const ink = matte(0x2a2320, false);
    for (const side of [-1, 1]) {
      const eye = new THREE.Mesh(new THREE.SphereGeometry(0.0115, 8, 6), ink);
      eye.position.set(0.097, side * 0.036, 0.006);
      this.head.add(eye);
      this.eyes.push(eye);
    }
    const smile = new THREE.Mesh(new THREE.TorusGeometry(0.026, 0.004, 5, 10, 2), matte(0x9a4b40, false));
    smile.rotation.set(0, Math.PI / 2, 0);
    smile.rotateZ(Math.PI + 0.57);
    smile.position.set(0.094, 0, -0.028);
    this.head.add(smile);
  }

  // z: the middle of the face above the table's top, m.
  place(x, y, z, heading, sits, asleep) {
    if (this.height === null || Math.abs(z - this.height) > 0.004 || sits !== this.sits) this.#grow(z, sits);
    for (const eye of this.eyes) eye.scale.set(1, asleep ? 1.6 : 1, asleep ? 0.22 : 1);
    this.root.position.set(x, y, 0);
    this.face.set(x, y, z);
    this.head.rotation.z = heading;
    this.body.rotation.z = heading;
  }

  #grow(z, sits) {
    this.height = z;
    this.sits = sits;
    const { size } = this;
    const foot = sits ? FLOOR + SEAT * size : FLOOR;
    const top = z - 0.1;
    const tall = top - foot;
    this.body.children.forEach((mesh) => mesh.geometry.dispose());
    this.body.clear();
    const wide = [[0, 0], [0.17, 0], [0.185, 0.02], [0.178, tall * 0.5], [0.185, tall - 0.2 * size],
      [0.15, tall - 0.075 * size], [0.06, tall - 0.012], [0.05, tall + 0.03], [0, tall + 0.03]];
    const coat = new THREE.Mesh(turned(wide.map(([r, h]) => [r * size, h]), 22, 18), this.coat);
    coat.position.z = foot;
    coat.scale.x = 0.82;
    this.body.add(coat);
    if (sits) this.#seat(foot, size);
    this.head.position.z = z;
    if (this.name) this.name.position.z = z + 0.2;
  }

  // A lap with its legs, and a chair.
  #seat(foot, size) {
    this.wood ??= new THREE.MeshLambertMaterial({ color: CHAIR });
    const box = (deep, wide, high, x, z, material) => {
      const mesh = new THREE.Mesh(new THREE.BoxGeometry(deep * size, wide * size, high * size), material);
      mesh.position.set(x * size, 0, foot + z * size);
      this.body.add(mesh);
    };
    box(0.44, 0.3, 0.13, 0.2, 0.06, this.coat);
    box(0.12, 0.27, SEAT, 0.37, -SEAT / 2, this.coat);
    box(0.42, 0.42, 0.04, 0.02, -0.02, this.wood);
    box(0.04, 0.42, 0.9, -0.2, 0, this.wood);
  }

  glow(on) {
    this.coat.emissive.setHex(on ? 0x333333 : 0x000000);
  }

  free() {
    freed(this.root);
  }
}
