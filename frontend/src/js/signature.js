// A signature by hand: strokes of a pen, a finger or a mouse, sent as a picture with the form.
// The server asks for the login besides; without strokes that alone signs.

const INK = "#1b1b1b";
const WIDTH = 2.5;

export function enhance(boxes) {
  for (const box of boxes) enable(box);
}

function enable(box) {
  const canvas = box.querySelector("canvas");
  const field = box.querySelector("input[data-drawing]");
  const context = canvas.getContext("2d");
  let drawn = false;

  function clear() {
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    field.value = "";
    drawn = false;
  }

  function place(event) {
    const frame = canvas.getBoundingClientRect();
    const across = ((event.clientX - frame.left) * canvas.width) / frame.width;
    return [across, ((event.clientY - frame.top) * canvas.height) / frame.height];
  }

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    context.strokeStyle = INK;
    context.lineWidth = WIDTH;
    context.lineCap = context.lineJoin = "round";
    context.beginPath();
    context.moveTo(...place(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    context.lineTo(...place(event));
    context.stroke();
    drawn = true;
  });
  canvas.addEventListener("pointerup", () => {
    if (drawn) field.value = canvas.toDataURL("image/png");
  });
  box.querySelector("button[data-clear]").addEventListener("click", clear);
  clear();
  box.hidden = false;
}
