/* Draws the figures of the page from the options that stand beside them. Until a figure
   is drawn, and where scripts do not run or paper is printed, its static drawing shows. */
(function () {
  'use strict';

  // The dark counterparts of the colours that the options name.
  var DARK = {
    '#22262b': '#e6e8eb', '#59616b': '#a4adb8', '#e3e6ea': '#2b3138', '#b9c0c8': '#58626d', '#ffffff': '#16191d',
    '#2b6cb0': '#63a4ea', '#c05621': '#f08a4b', '#2f855a': '#5cc08a', '#97266d': '#e07ab8', '#b7791f': '#e2b04a',
    '#6b46c1': '#a68cf0', '#0e7490': '#4fc3dc', '#c53030': '#f47c7c', '#4a5568': '#9fb0c6'
  };
  var dark = window.matchMedia('(prefers-color-scheme: dark)');

  // Colours only: the same letters in a name stay what they are.
  function themed(value, key) {
    if (Array.isArray(value)) return value.map(function (v) { return themed(v, key); });
    if (value && typeof value === 'object') {
      var out = {};
      Object.keys(value).forEach(function (k) { out[k] = themed(value[k], k); });
      return out;
    }
    if (typeof value === 'string' && /color$/i.test(key) && DARK[value]) return DARK[value];
    return value;
  }

  var charts = [];
  var sizes = new ResizeObserver(function (entries) {
    entries.forEach(function (e) {
      var chart = echarts.getInstanceByDom(e.target);
      // Nothing to do while another medium hides the figure.
      if (chart && e.contentRect.width > 0) chart.resize();
    });
  });

  function draw(panel) {
    var plot = panel.querySelector('.live');
    var chart;
    try {
      var options = JSON.parse(panel.querySelector('script.options').textContent);
      options.backgroundColor = 'transparent'; // white is for drawings that stand alone
      panel.classList.add('drawn'); // gives the plot its size
      chart = echarts.init(plot, null, {renderer: 'svg'});
      chart.setOption(dark.matches ? themed(options, '') : options);
      sizes.observe(plot);
      charts.push({panel: panel, chart: chart, options: options});
      panel.setAttribute('data-series', String(chart.getOption().series.length));
    } catch (e) {
      panel.classList.remove('drawn');
      if (chart) chart.dispose();
      console.error('figure ' + panel.id + ': ' + e.message);
    }
  }

  dark.addEventListener('change', function () {
    charts.forEach(function (c) { c.chart.setOption(dark.matches ? themed(c.options, '') : c.options, true); });
  });

  // A figure is drawn when the reader comes near it.
  var near = new IntersectionObserver(function (entries) {
    entries.forEach(function (e) {
      if (!e.isIntersecting) return;
      near.unobserve(e.target);
      draw(e.target);
    });
  }, {rootMargin: '1200px 0px'});
  document.querySelectorAll('.panel:has(.live)').forEach(function (panel) { near.observe(panel); });


  // The contents stand open where they have a column of their own, and follow the reader.
  document.querySelector('.contents details').open = window.matchMedia('(min-width: 76rem)').matches;
  var links = {};
  document.querySelectorAll('.contents a').forEach(function (a) { links[a.getAttribute('href').slice(1)] = a; });
  var current = null;
  var reading = new IntersectionObserver(function (entries) {
    entries.forEach(function (e) {
      var link = links[e.target.id];
      if (!e.isIntersecting || !link || link === current) return;
      if (current) current.removeAttribute('aria-current');
      link.setAttribute('aria-current', 'true');
      current = link;
    });
  }, {rootMargin: '-10% 0px -75% 0px'});
  document.querySelectorAll('.item').forEach(function (item) { reading.observe(item); });

  // A link to something inside a fold opens the fold.
  function unfold() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var e = target; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true;
    if (target) target.scrollIntoView();
  }
  window.addEventListener('hashchange', unfold);
  if (location.hash) unfold();
})();
