// What makes the staff's screens quicker to work with; everything can be done without it.
(() => {
  "use strict";

  const form = document.querySelector("[data-staff-bulk]");
  if (form) queue(form);
  redaction();

  function queue(form) {
    const boxes = [...form.querySelectorAll("[data-staff-choose]")];
    const all = form.querySelector("[data-staff-choose-all]");
    const number = form.querySelector("[data-staff-number]");
    form.querySelector("[data-staff-all]").hidden = false;
    form.querySelector("[data-staff-keys]").hidden = false;

    const count = () => {
      const chosen = boxes.filter((box) => box.checked).length;
      number.textContent = chosen || "";
      all.checked = chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    };
    all.addEventListener("change", () => {
      boxes.forEach((box) => { box.checked = all.checked; });
      count();
    });
    boxes.forEach((box) => box.addEventListener("change", count));
    // Keys work only while a box of the list has the focus, so that they never catch a dictated word.
    form.addEventListener("keydown", (event) => {
      const at = boxes.indexOf(event.target);
      if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
      const steps = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };
      if (event.key in steps) {
        const next = boxes[at + steps[event.key]];
        if (next) {
          next.focus();
          next.closest("[data-staff-card]").scrollIntoView({ block: "nearest" });
        }
        event.preventDefault();
      } else if (event.key === "Enter") {
        window.location.assign(event.target.dataset.open);
        event.preventDefault();
      }
    });
    count();
  }

  function redaction() {
    const area = document.querySelector("[data-staff-redaction]");
    if (!area) return;
    const original = document.querySelector("[data-staff-original]");
    document.querySelector("[data-staff-tools]").hidden = false;
    document.querySelector("[data-staff-cover]").addEventListener("click", (event) => {
      const { selectionStart: start, selectionEnd: end } = area;
      if (start === end) return area.focus();
      area.setRangeText(event.currentTarget.dataset.staffCover, start, end, "end");
      area.focus();
    });
    document.querySelector("[data-staff-as-sent]").addEventListener("click", () => {
      area.value = original.textContent;
      area.focus();
    });
  }
})();
