/* The tasks behind an item are listed from report.json when their fold is opened: hundreds
   of keys under every item would be a quarter of the page. */
function flat(value, name, out) {
  if (value && typeof value === 'object') {
    Object.keys(value).forEach(function (k) { flat(value[k], name ? name + '.' + k : k, out); });
  } else {
    out.push(name + ' = ' + value);
  }
  return out;
}

document.querySelectorAll('details.keys').forEach(function (fold) {
  fold.addEventListener('toggle', function () {
    var aside = fold.querySelector('.aside');
    if (!fold.open || !aside) return;
    aside.remove();
    report().then(function (r) {
      var item = r.items.find(function (it) { return it.id === fold.closest('article').dataset.item; });
      var list = document.createElement('ol');
      item.tasks.forEach(function (i) {
        var task = r.tasks[i];
        if (task.kind !== fold.dataset.kind) return;
        var line = document.createElement('li'), key = document.createElement('code');
        key.textContent = task.key;
        line.append(key, ' ' + flat(task.spec, '', []).join(', ') + (task.image_steps ? '; ' + task.image_steps.toLocaleString('en') + ' image-steps' : '') +
          (task.digest ? '' : '; not run yet'));
        list.append(line);
      });
      fold.append(list);
    });
  });
});
