// The room round the robot: light, floor with one ring a metre, the table it stands on, and what its camera covers.
import { THREE } from "nicegui-scene";
import { FLOOR, shadow, turned } from "bowlby-page/robot3d.js";

const THEMES = {
  light: { sky: 0xe9eef2, floor: 0xdfd6c8, rug: 0xcfdedb, ring: 0xffffff, table: 0xc79a6b, key: 2.3, fill: 1.25 },
  dark: { sky: 0x171b21, floor: 0x2b2c2f, rug: 0x2c3a3d, ring: 0x7f8b90, table: 0x7d5c3e, key: 1.35, fill: 0.55 },
};

function disc(radius, material, z, order) {
  const mesh = new THREE.Mesh(new THREE.CircleGeometry(radius, 48), material);
  mesh.position.z = z;
  mesh.renderOrder = order;
  return mesh;
}

function ring(radius, material) {
  const mesh = new THREE.Mesh(new THREE.RingGeometry(radius - 0.006, radius + 0.006, 64), material);
  mesh.position.z = FLOOR + 0.004;
  return mesh;
}

export class Room {
  constructor(scene, fov) {
    this.scene = scene;
    this.sun = new THREE.DirectionalLight(0xfff4e4, 2);
    this.sun.position.set(0.5, -1.7, 2.2);
    this.sky = new THREE.HemisphereLight(0xffffff, 0xcbb79c, 1);
    this.glint = new THREE.DirectionalLight(0xcfe4ff, 0.5);
    this.glint.position.set(1.5, 0.6, 0.4);
    this.back = new THREE.DirectionalLight(0xffe9d6, 0.5);
    this.back.position.set(-1.8, -0.5, 0.9);
    // Floor and rug take no light: two big unlit discs cost a software renderer a tenth of lit ones.
    [this.floor, this.rug] = [new THREE.MeshBasicMaterial(), new THREE.MeshBasicMaterial()];
    this.wood = new THREE.MeshLambertMaterial();
    this.rings = new THREE.MeshBasicMaterial({ transparent: true, opacity: 0.5 });
    scene.add(this.sun, this.sky, this.glint, this.back, disc(14, this.floor, FLOOR, 0), disc(2.5, this.rug, FLOOR + 0.002, 1));
    scene.add(...[1, 2, 3].map((radius) => ring(radius, this.rings)));
    this.#table();
    this.#view(fov);
    scene.fog = new THREE.Fog(0xffffff, 4, 10);
    this.theme(false);
  }

  #table() {
    const top = new THREE.Mesh(
      turned([[0, -0.034], [0.235, -0.034], [0.258, -0.027], [0.262, -0.017], [0.256, -0.006], [0.24, 0], [0.2, 0], [0.1, 0], [0, 0]], 36, 20),
      this.wood,
    );
    const leg = new THREE.Mesh(
      turned([[0.17, FLOOR], [0.165, FLOOR + 0.015], [0.06, FLOOR + 0.045], [0.032, FLOOR + 0.12], [0.03, -0.12],
        [0.05, -0.05], [0.1, -0.032]], 18, 16),
      this.wood,
    );
    const under = shadow(0.55, 0.45);
    under.position.z = FLOOR + 0.007;
    this.scene.add(top, leg, under);
  }

  // What the camera in the head covers, drawn on the floor.
  #view(fov) {
    const wedge = new THREE.CircleGeometry(3, 48, -fov / 2, fov);
    this.cover = new THREE.MeshBasicMaterial({ color: 0x3aa6a0, transparent: true, opacity: 0.1, depthWrite: false });
    this.view = new THREE.Mesh(wedge, this.cover);
    this.view.position.z = FLOOR + 0.006;
    this.view.renderOrder = 2;
    this.scene.add(this.view);
  }

  turn(yaw) {
    this.view.rotation.z = yaw;
  }

  theme(dark) {
    const look = dark ? THEMES.dark : THEMES.light;
    this.scene.background = new THREE.Color(look.sky);
    this.scene.fog.color.set(look.sky);
    this.floor.color.set(look.floor);
    this.rug.color.set(look.rug);
    this.wood.color.set(look.table);
    this.rings.color.set(look.ring);
    this.rings.opacity = dark ? 0.16 : 0.5;
    this.cover.opacity = dark ? 0.13 : 0.1;
    this.sun.intensity = look.key;
    this.sky.intensity = look.fill;
    this.glint.intensity = this.back.intensity = look.fill * 0.6;
  }
}
