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
  // A number that has a reach gets a slider; what is asked is shown anew while it moves, as the form would show it.
  function shownAnew(form) {
    var address = form.action + "?" + new URLSearchParams(new FormData(form));
    fetch(address).then(function (answer) { return answer.text(); }).then(function (text) {
      var old = document.getElementById(form.dataset.live);
      var shown = new DOMParser().parseFromString(text, "text/html").getElementById(form.dataset.live);
      if (shown && form.dataset.asked === address) { old.replaceWith(shown); history.replaceState(null, "", address); }
    }).catch(function () {});
    form.dataset.asked = address;
  }
  document.querySelectorAll("form[data-live]").forEach(function (form) {
    var waiting;
    form.addEventListener("input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(shownAnew, 200, form);
    });
  });
  document.querySelectorAll("[data-most]").forEach(function (field) {
    var slider = document.createElement("input");
    slider.type = "range";
    slider.max = field.dataset.most;
    slider.step = field.dataset.step;
    slider.setAttribute("aria-label", document.querySelector("label[for=" + field.id + "]").textContent);
    function follow() { slider.value = field.value.replace(/[^0-9]/g, "") || 0; }
    follow();
    slider.addEventListener("input", function () { field.value = slider.value === "0" ? "" : slider.value; });
    field.addEventListener("input", follow);
    field.after(slider);
  });
})();
