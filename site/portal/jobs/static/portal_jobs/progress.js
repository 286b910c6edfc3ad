"use strict";

// Replaces the moving part of a job's page every other second until the job is over.
(() => {
  const PAUSE = 2000;

  function watch(element) {
    const hideRefresh = () =>
      element.querySelectorAll("[data-job-refresh]").forEach((link) => (link.hidden = true));
    const isUnfinished = () => element.querySelector("[data-job-unfinished]") !== null;

    async function ask() {
      // Nobody's button is taken from under their finger.
      if (!element.contains(document.activeElement)) {
        try {
          const answer = await fetch(element.dataset.jobProgress, { credentials: "same-origin" });
          if (answer.ok && !answer.redirected) {
            element.innerHTML = await answer.text();
            hideRefresh();
          }
        } catch {
          // The network is away: the next turn asks again.
        }
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
