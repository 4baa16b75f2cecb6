/* The input of an item, its entry of the manifest and the source of its section, is put
   into its fold when that is opened for the first time. */
document.querySelectorAll('details.input').forEach(function (fold) {
  fold.addEventListener('toggle', function () {
    if (!fold.open || fold.querySelector('pre')) return;
    var names = fold.querySelector('summary').textContent.replace(/^In: /, '').split(', and ');
    unpack('inputs').then(function (text) {
      fold.querySelector('.aside').remove();
      JSON.parse(text)[fold.closest('article').id].forEach(function (html, i) {
        var pre = document.createElement('pre'), code = document.createElement('code');
        pre.className = 'source';
        pre.tabIndex = 0;
        pre.setAttribute('role', 'region');
        pre.setAttribute('aria-label', names[i]);
        code.innerHTML = html; // coloured and escaped when the page was made
        pre.append(code);
        fold.append(pre);
      });
    });
  });
});
