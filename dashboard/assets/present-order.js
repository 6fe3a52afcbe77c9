/* A slide is dragged to another's place in the list: site.deckDrag; `drop` is told which was dropped on it. */
(function () {
  "use strict";
  var site = window.site = window.site || {};

  site.deckDrag = function (element, id, drop) {
    element.addEventListener("dragstart", function (event) {
      event.dataTransfer.setData("text/x-slide", id);
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setDragImage(element, 20, 20);
      element.classList.add("dragged");
    });
    element.addEventListener("dragend", function () { element.classList.remove("dragged"); });
    element.addEventListener("dragover", function (event) {
      if (Array.prototype.indexOf.call(event.dataTransfer.types, "text/x-slide") < 0) { return; }
      event.preventDefault();
      element.classList.add("over");
    });
    element.addEventListener("dragleave", function () { element.classList.remove("over"); });
    element.addEventListener("drop", function (event) {
      var moved = event.dataTransfer.getData("text/x-slide");
      element.classList.remove("over");
      if (!moved || moved === id) { return; }
      event.preventDefault();
      drop(moved);
    });
  };
})();
