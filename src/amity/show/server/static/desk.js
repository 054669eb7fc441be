"use strict";
// Keys for decisions, and the day beside the slider. Everything here can be done by mouse and without this file.
(function () {
  addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    var at = event.target;
    if (at.closest && at.closest("input, select, textarea")) return;
    if (event.key === "/") {
      event.preventDefault();
      document.querySelector(".find input").focus();
      return;
    }
    var mark = /^[a-z]$/.test(event.key) && document.querySelector('[data-key="' + event.key + '"]');
    if (!mark) return;
    event.preventDefault();
    mark.click();
  });
  addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-open]");
    if (!button) return;
    var box = document.getElementById(button.dataset.open);
    box.open = !box.open;
    if (box.open) box.querySelector("select").focus();
  });
  addEventListener("input", function (event) {
    var days = event.target.dataset && event.target.dataset.days;
    if (days) event.target.setAttribute("aria-valuetext", days.split(" ")[event.target.value]);
  });
})();
