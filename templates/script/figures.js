/* Draws the figures of the page from their packed options. Until a figure is drawn, and
   where scripts do not run or paper is printed, its static drawing shows. */

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

// ECharts runs once somebody comes near a figure. The policy of the page knows the hash
// of its text, so it, and nothing else, may be added.
var library = null;

function chartOptions() {
  library = library || Promise.all([unpack('echarts'), unpackColumns(packed('options'))]).then(function (texts) {
    var script = document.createElement('script');
    script.textContent = texts[0];
    document.head.append(script);
    return Object.fromEntries(JSON.parse(texts[1]));
  });
  return library;
}

var charts = [];
var sizes = new ResizeObserver(function (entries) {
  entries.forEach(function (e) {
    var chart = echarts.getInstanceByDom(e.target);
    // Nothing to do while another medium hides the figure.
    if (chart && e.contentRect.width > 0) chart.resize();
  });
});

function draw(panel, options) {
  var plot = panel.querySelector('.live');
  var chart;
  try {
    options.backgroundColor = 'transparent'; // white is for drawings that stand alone
    panel.classList.add('drawn'); // gives the plot its size
    chart = echarts.init(plot, null, {renderer: 'svg'});
    chart.setOption(dark.matches ? themed(options, '') : options);
    sizes.observe(plot);
    charts.push({chart: chart, options: options});
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
    chartOptions().then(function (all) { draw(e.target, all[e.target.id]); }, function (error) {
      console.error('the figures cannot be unpacked: ' + error.message);
    });
  });
}, {rootMargin: '1200px 0px'});
document.querySelectorAll('.panel:has(.live)').forEach(function (panel) { near.observe(panel); });
