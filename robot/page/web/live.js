// One WebSocket feeds everything on the page that moves. Text messages are JSON with a kind `k`; a binary message is a
// picture or a sound, told apart by its first byte. The other way go requests, and what this browser lends (lend.js). What this page wants (pictures, sound) is told to the server, which
// then makes nothing that nobody looks at.
const PICTURE = 1;
const SOUND = 2;
const MOST_WAITING = 120_000; // bytes

const listeners = new Map();
const wants = { camera: false, sound: false };
let socket = null;
let wait = 250;

function emit(kind, value) {
  for (const listener of listeners.get(kind) ?? []) listener(value);
}

function receive({ data }) {
  if (typeof data === "string") {
    const message = JSON.parse(data);
    if (message.k === "anew") location.reload(); // another robot is shown from now on
    else emit(message.k, message);
    return;
  }
  const tag = new Uint8Array(data, 0, 1)[0];
  const body = data.slice(1);
  if (tag === PICTURE) emit("picture", new Blob([body], { type: "image/jpeg" }));
  if (tag === SOUND) emit("sound", body);
}

function connect() {
  const address = new URL("/live", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  socket = new WebSocket(address);
  socket.binaryType = "arraybuffer";
  socket.onmessage = receive;
  socket.onopen = () => {
    wait = 250;
    send({ want: wants });
    emit("link", true);
  };
  socket.onclose = () => {
    emit("link", false);
    setTimeout(connect, wait);
    wait = Math.min(4000, wait * 2);
  };
}

export function on(kind, listener) {
  if (!listeners.has(kind)) listeners.set(kind, new Set());
  listeners.get(kind).add(listener);
  if (socket === null) connect();
  return () => listeners.get(kind).delete(listener);
}

// False when the line is down.
export function send(message) {
  if (socket?.readyState !== WebSocket.OPEN) return false;
  socket.send(JSON.stringify(message));
  return true;
}

// Bytes go only where they need not wait: false when the line is behind or down.
export function sendBytes(bytes) {
  if (socket?.readyState !== WebSocket.OPEN || socket.bufferedAmount > MOST_WAITING) return false;
  socket.send(bytes);
  return true;
}

export function want(what, yes) {
  if (wants[what] === yes) return;
  wants[what] = yes;
  send({ want: wants });
}
