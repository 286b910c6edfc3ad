/* Titles below the search field while somebody types; without this the field works as any other. */
const field = document.getElementById("search-text");
const list = document.getElementById("search-titles");
const PAUSE = 250;
const SHORTEST = 2;
let waiting = 0;
let asked = "";

async function suggest() {
  const text = field.value.trim();
  if (text.length < SHORTEST || text === asked) {
    return;
  }
  asked = text;
  const address = `${field.dataset.suggestions}?${new URLSearchParams({ q: text })}`;
  const answer = await fetch(address, { headers: { accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || text !== asked) {
    return;
  }
  const { titles } = await answer.json();
  list.replaceChildren(
    ...titles.map((title) => {
      const option = document.createElement("option");
      option.value = title;
      return option;
    }),
  );
}

if (field && list) {
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(suggest, PAUSE);
  });
}
