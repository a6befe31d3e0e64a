// The slider of the map of reach: the bands up to the limit chosen, and a button that plays them.
(function (map, root, layers) {
  "use strict";
  var slider = root.querySelector("input"), output = root.querySelector("output");
  var button = root.querySelector("button");
  var words = JSON.parse(slider.dataset.words);
  var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  // Each feature that belongs to a band, wherever it is in the groups of the map.
  function each(group, turn) {
    group.eachLayer(function (child) {
      var told = child.feature && child.feature.properties;
      if (told && told.band !== undefined && child.item) turn(child.item, told.band);
      else if (child.eachLayer) each(child, turn);
    });
  }

  function show() {
    var last = Number(slider.value);
    output.textContent = words[last];
    slider.setAttribute("aria-valuetext", words[last]);
    Object.keys(layers).forEach(function (name) {
      each(layers[name], function (item, band) {
        item.hidden = band > last;
        item.dress();
      });
    });
    map.fire("hidden");
    document.querySelectorAll("tr[data-key^='band-']").forEach(function (row) {
      var band = Number(row.dataset.key.slice(5));
      row.classList.toggle("chosen", band === last);
      row.classList.toggle("beyond", band > last);
    });
  }

  var timer = null;
  function stop() {
    window.clearInterval(timer);
    timer = null;
    button.textContent = "Play";
    button.setAttribute("aria-pressed", "false");
  }
  function step() {
    if (Number(slider.value) >= Number(slider.max)) return stop();
    slider.value = Number(slider.value) + 1;
    show();
  }
  button.addEventListener("click", function () {
    if (timer !== null) return stop();
    if (Number(slider.value) >= Number(slider.max)) slider.value = 0;
    show();
    button.textContent = "Pause";
    button.setAttribute("aria-pressed", "true");
    timer = window.setInterval(step, calm ? 2400 : 1100);
  });
  slider.addEventListener("input", function () { if (timer !== null) stop(); show(); });
  show();
})
