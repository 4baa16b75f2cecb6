/* Copies tables and figures out of the page. The buttons are made here, so that none
   stands on a page that cannot use it. */

// words tells what happened to those who see the button and those who hear the page.
var live = document.createElement('p');
live.className = 'unseen';
live.setAttribute('role', 'status');
document.body.append(live);

function says(button, word) {
  var name = button.dataset.name;
  button.textContent = word;
  live.textContent = name + ': ' + word;
  setTimeout(function () { button.textContent = name; }, 1600);
}

function toClipboard(text) {
  if (navigator.clipboard && window.isSecureContext) {
    return navigator.clipboard.writeText(text).catch(function () { return byHand(text); });
  }
  return byHand(text);
}

// byHand is for pages that a browser does not trust with the clipboard.
function byHand(text) {
  var area = document.createElement('textarea');
  area.value = text;
  area.className = 'unseen';
  document.body.append(area);
  area.select();
  var copied = document.execCommand('copy');
  area.remove();
  return copied ? Promise.resolve() : Promise.reject(new Error('not allowed'));
}

function save(name, blob) {
  var a = document.createElement('a');
  a.href = URL.createObjectURL(blob);
  a.download = name;
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(function () { URL.revokeObjectURL(a.href); }, 10000);
}

/* tools adds a row of buttons: [name, what it does, the word when done]. */
function tools(place, label, buttons) {
  var row = document.createElement('p');
  row.className = 'tools';
  row.setAttribute('role', 'group');
  row.setAttribute('aria-label', label);
  buttons.forEach(function (b) {
    var button = document.createElement('button');
    button.type = 'button';
    button.textContent = button.dataset.name = b[0];
    button.addEventListener('click', function () {
      Promise.resolve().then(b[1]).then(function () { says(button, b[2]); }, function () { says(button, 'not possible here'); });
    });
    row.append(button);
  });
  place.append(row);
}

function csvLine(cells) {
  return cells.map(function (c) {
    c = c === null || c === undefined ? '' : String(c);
    return /[",\n\r]/.test(c) ? '"' + c.replace(/"/g, '""') + '"' : c;
  }).join(',') + '\n';
}

/* A figure as data: every point of every series, or every cell, with all digits. */
function panelCSV(panel) {
  return report().then(function (r) {
    var p = null;
    r.items.forEach(function (item) {
      (item.artifacts || []).forEach(function (a) {
        if (a.figure && a.figure.id === panel.dataset.figure) p = a.figure.panels[panel.dataset.panel];
      });
    });
    if (p.heat) {
      return csvLine([''].concat(p.heat.x)) + p.heat.y.map(function (name, i) { return csvLine([name].concat(p.heat.values[i])); }).join('');
    }
    var named = function (axis) { return axis.unit ? axis.label + ' (' + axis.unit + ')' : axis.label; };
    var text = csvLine(['series', 'published', 'point', named(p.x), '±', named(p.y), '±']);
    (p.series || []).forEach(function (s) {
      s.points.forEach(function (pt) { text += csvLine([s.label, s.published ? 'yes' : 'no', pt.label, pt.x, pt.x_half, pt.y, pt.y_half]); });
    });
    return text;
  });
}

/* The static drawing: the same on every screen, on white. */
function drawingOf(panel) {
  var svg = panel.querySelector('.still svg').cloneNode(true);
  var box = svg.viewBox.baseVal;
  svg.setAttribute('font-family', 'system-ui, sans-serif');
  svg.setAttribute('font-size', '12');
  svg.setAttribute('width', box.width);
  svg.setAttribute('height', box.height);
  return new XMLSerializer().serializeToString(svg);
}

/* A picture of twice the size, drawn by ECharts: no image is loaded. */
function pictureOf(panel) {
  return chartOptions().then(function (all) {
    var box = panel.querySelector('.still svg').viewBox.baseVal;
    var place = document.createElement('div');
    var chart = echarts.init(place, null, {renderer: 'canvas', width: box.width, height: box.height, devicePixelRatio: 2});
    chart.setOption(Object.assign({}, all[panel.id], {backgroundColor: '#ffffff'}));
    var canvas = chart.renderToCanvas({pixelRatio: 2});
    chart.dispose();
    return new Promise(function (resolve, reject) {
      canvas.toBlob(function (blob) { if (blob) resolve(blob); else reject(new Error('no picture')); }, 'image/png');
    });
  });
}

document.querySelectorAll('.panel:has(.live)').forEach(function (panel) {
  var name = panel.id.replace(/^chart-/, '');
  tools(panel, 'Copy or save ' + name, [
    ['Copy CSV', function () { return panelCSV(panel).then(toClipboard); }, 'copied'],
    ['Copy SVG', function () { return toClipboard(drawingOf(panel)); }, 'copied'],
    ['Save SVG', function () { save(name + '.svg', new Blob([drawingOf(panel)], {type: 'image/svg+xml'})); }, 'saved'],
    ['Save PNG', function () { return pictureOf(panel).then(function (blob) { save(name + '.png', blob); }); }, 'saved']
  ]);
});

tools(document.querySelector('footer'), 'The data of this page', [
  ['Save report.json', function () { return reportText().then(function (t) { save('report.json', new Blob([t], {type: 'application/json'})); }); }, 'saved']
]);
