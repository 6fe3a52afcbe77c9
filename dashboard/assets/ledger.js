/* In a table of marks the arrow keys move from mark to mark, and Tab stops there once. */
(function () {
  "use strict";
  var STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

  function here(table, link) {
    var old = table.querySelector("td a[tabindex='0']");
    if (old) { old.tabIndex = -1; }
    link.tabIndex = 0;
  }

  function next(cell, step) {
    var row = cell.parentElement, at = cell.cellIndex;
    while (row) {
      if (step[0]) { row = step[0] > 0 ? row.nextElementSibling : row.previousElementSibling; } else { at += step[1]; }
      var found = row && row.cells[at];
      if (!found || found.tagName !== "TD") { return null; }
      if (found.firstElementChild) { return found.firstElementChild; }
    }
    return null;
  }

  document.addEventListener("keydown", function (event) {
    var cell = STEPS[event.key] && event.target.closest && event.target.closest("table.holdings td");
    if (!cell) { return; }
    event.preventDefault();
    var link = next(cell, STEPS[event.key]);
    if (link) { here(cell.closest("table"), link); link.focus(); }
  });

  new MutationObserver(function () {
    document.querySelectorAll("table.holdings").forEach(function (table) {
      var links = table.querySelectorAll("td a");
      if (!links.length || table.querySelector("td a[tabindex='0']")) { return; }
      links.forEach(function (link) { link.tabIndex = -1; });
      links[0].tabIndex = 0;
      /* Where years do not fit side by side, the newest are seen first. */
      if (!table.closest(".upright")) { table.parentElement.scrollLeft = table.parentElement.scrollWidth; }
    });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
