// Where the robot looks, in the 3D picture: a beam from its eyes, and a spot where that ends.
import { THREE } from "nicegui-scene";

export class Gaze {
  constructor(scene) {
    this.beam = new THREE.Mesh(
      new THREE.CylinderGeometry(0.0035, 0.0015, 1, 8, 1, true).rotateX(-Math.PI / 2).translate(0, 0, 0.5),
      new THREE.MeshBasicMaterial({ color: 0x35b6c8, transparent: true, opacity: 0.5, depthWrite: false }),
    );
    this.spot = new THREE.Mesh(new THREE.SphereGeometry(0.014, 16, 12), this.beam.material);
    scene.add(this.beam, this.spot);
    this.from = new THREE.Vector3();
    this.along = new THREE.Vector3();
  }

  // As far as the person that it looks at, or a metre. It is seen only while the eyes are open.
  draw(robot, person, seen) {
    robot.gaze(this.from, this.along);
    const reach = person ? person.root.position.length() - 0.2 : 1;
    this.beam.visible = this.spot.visible = seen;
    this.beam.position.copy(this.from);
    this.beam.lookAt(this.from.clone().add(this.along));
    this.beam.scale.set(1, 1, reach);
    this.spot.position.copy(this.from).addScaledVector(this.along, reach);
  }

  hide() {
    this.beam.visible = this.spot.visible = false;
  }
}
