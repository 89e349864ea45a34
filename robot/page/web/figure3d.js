// The robot's shape by its maker's own model, which the robot's server has made light (robot/parts/figures.py).
// Metres; x forward, y left, z up, as everywhere.
import { THREE } from "nicegui-scene";
import { shadow } from "bowlby-page/robot3d.js";

// Cuts one list after another out of the bytes.
class Cutter {
  constructor(buffer, at) {
    this.buffer = buffer;
    this.at = at;
  }

  cut(Kind, count) {
    const list = new Kind(this.buffer, this.at, count);
    this.at += (list.byteLength + 3) & ~3;
    return list;
  }
}

// What the page's own server gives, or null where it has none now.
export async function brought() {
  const answer = await fetch("/figure");
  if (answer.status !== 200) return null;
  const buffer = await answer.arrayBuffer();
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const lists = new Cutter(buffer, (4 + length + 3) & ~3);
  for (const part of head.parts) {
    part.corners = Float32Array.from(lists.cut(Int16Array, 3 * part.corners), (one) => one * head.unit);
    part.normals = lists.cut(Int8Array, part.corners.length);
    part.triangles = lists.cut(Uint16Array, 3 * part.triangles);
  }
  return head;
}

function mesh({ corners, normals, triangles, colour: [red, green, blue, alpha] }) {
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.BufferAttribute(corners, 3));
  geometry.setAttribute("normal", new THREE.BufferAttribute(normals, 3, true));
  geometry.setIndex(new THREE.BufferAttribute(triangles, 1));
  const color = new THREE.Color().setRGB(red, green, blue, THREE.SRGBColorSpace);
  const clear = alpha < 0.95 ? { transparent: true, opacity: alpha, depthWrite: false } : {};
  const side = THREE.DoubleSide; // of a wall the server may have kept one face alone
  return new THREE.Mesh(geometry, new THREE.MeshLambertMaterial({ color, side, ...clear }));
}

export class Figure {
  constructor(head) {
    this.lens = head.lens;
    this.antennas = [head.antennas.left, head.antennas.right];
    this.root = new THREE.Group();
    const under = shadow(0.16, 0.55);
    under.position.z = 0.0015;
    const moves = { foot: this.root };
    for (const name of ["body", "head", "left", "right"]) moves[name] = new THREE.Group();
    this.root.add(under, moves.body);
    moves.body.add(moves.head);
    moves.head.add(moves.left, moves.right);
    moves.head.rotation.order = "ZYX";
    moves.head.position.set(...head.pivot);
    for (const part of head.parts) moves[part.moves].add(mesh(part));
    this.moves = moves;
  }

  // pose: base_yaw, neck_pitch, neck_roll, head_yaw, left_ear, right_ear in rad.
  pose(p) {
    const { body, head, left, right } = this.moves;
    body.rotation.z = p[0];
    head.rotation.set(p[2], -p[1], p[3]);
    [left, right].forEach((antenna, i) => {
      const { at, axis, gain, offset } = this.antennas[i];
      const pivot = new THREE.Vector3(...at);
      antenna.quaternion.setFromAxisAngle(new THREE.Vector3(...axis), gain * p[4 + i] + offset);
      antenna.position.copy(pivot).sub(pivot.clone().applyQuaternion(antenna.quaternion));
    });
  }

  // It has no drawn eyes and no lights.
  look() {}

  shine() {}

  // Where it looks from, and the unit direction in which it looks, both in the room.
  gaze(from, along) {
    const { head } = this.moves;
    head.updateWorldMatrix(true, false);
    head.localToWorld(from.set(...this.lens));
    along.set(1, 0, 0).transformDirection(head.matrixWorld);
  }
}
