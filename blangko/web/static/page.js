"use strict";
// Everything works without this. It says back the weekday of a date while it is typed, and keeps a form from being sent
// twice by an impatient click; the book would write it once anyway.
(function () {
  var lang = document.documentElement.lang;
  document.querySelectorAll("form").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent) { event.preventDefault(); }
      form.dataset.sent = "yes";
      setTimeout(function () { delete form.dataset.sent; }, 4000);
    });
  });
  document.querySelectorAll(".weekday").forEach(function (said) {
    var field = document.getElementById(said.dataset.for), first = said.textContent, waiting;
    field.addEventListener("input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(function () {
        if (!field.value.trim()) { said.textContent = first; return; }
        fetch("/day?text=" + encodeURIComponent(field.value) + "&lang=" + lang)
          .then(function (answer) { return answer.text(); })
          .then(function (text) { said.textContent = text; })
          .catch(function () { said.textContent = first; });
      }, 150);
    });
  });
})();
