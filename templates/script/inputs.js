/* The input of an item, its entry of the manifest and the source of its section, is put
   into its fold when that is opened for the first time: the text from report.json, and
   how it is coloured from the runs that were made with the page. */
function paint(code, text, runs) {
  var at = 0;
  (runs.match(/\D\d+/g) || []).forEach(function (run) {
    var end = at + Number(run.slice(1));
    var part = document.createTextNode(text.slice(at, end));
    if (run[0] !== '-') {
      var span = document.createElement('span');
      span.className = run[0];
      span.append(part);
      part = span;
    }
    code.append(part);
    at = end;
  });
  code.append(text.slice(at));
}

document.querySelectorAll('details.input').forEach(function (fold) {
  fold.addEventListener('toggle', function () {
    var aside = fold.querySelector('.aside');
    if (!fold.open || !aside) return;
    aside.remove();
    Promise.all([unpack('inputs').then(JSON.parse), report()]).then(function (both) {
      var name = fold.closest('article').dataset.item;
      var input = both[1].items.find(function (it) { return it.id === name; }).input;
      [['paper.toml', input.entry], [input.file, input.source]].forEach(function (part, i) {
        if (!part[1]) return;
        var pre = document.createElement('pre'), code = document.createElement('code');
        pre.className = 'source';
        pre.tabIndex = 0;
        pre.setAttribute('role', 'region');
        pre.setAttribute('aria-label', name + ': ' + part[0]);
        paint(code, part[1], both[0][name][i]);
        pre.append(code);
        fold.append(pre);
      });
    });
  });
});
