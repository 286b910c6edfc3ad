"use strict";

// Moves a job's page every other second until the job is over: what is told at once, the links and buttons
// only while none of them has the focus, so that nobody's button is taken from under their finger.
(() => {
  const PAUSE = 2000;
  const PARTS = ["[data-job-state]", "[data-job-bar]", "[data-job-acts]"];

  function watch(element) {
    const hideRefresh = () =>
      element.querySelectorAll("[data-job-refresh]").forEach((link) => (link.hidden = true));
    const isUnfinished = () => element.querySelector("[data-job-unfinished]") !== null;

    function show(answer) {
      const fresh = document.createElement("div");
      fresh.innerHTML = answer;
      for (const name of PARTS) {
        const [part, news] = [element.querySelector(name), fresh.querySelector(name)];
        if (part.contains(document.activeElement) || part.innerHTML === news.innerHTML) continue;
        part.replaceChildren(...news.childNodes);
      }
      hideRefresh();
    }

    async function ask() {
      try {
        const answer = await fetch(element.dataset.jobProgress, { credentials: "same-origin" });
        if (answer.ok && !answer.redirected) show(await answer.text());
      } catch {
        // The network is away: the next turn asks again.
      }
      if (isUnfinished()) window.setTimeout(ask, PAUSE);
    }

    if (isUnfinished()) {
      hideRefresh();
      window.setTimeout(ask, PAUSE);
    }
  }

  document.querySelectorAll("[data-job-progress]").forEach(watch);
})();
