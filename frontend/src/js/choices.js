// A field that is asked for unless another has a certain value: data-unless="channel=face".
export function enhance(controls) {
  for (const control of controls) {
    const [name, value] = control.dataset.unless.split("=");
    const other = control.form.elements[name];
    const show = () => {
      control.disabled = other.value === value;
      control.closest(".field").hidden = control.disabled;
    };
    other.addEventListener("change", show);
    show();
  }
}
