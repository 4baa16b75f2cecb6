/* Of a page that is being served: it shows what the program does, and loads the page anew
   when there is another. What was unfolded stays so. VERSION is set before. */
(function () {
  'use strict';
  var bar = document.createElement('div');
  bar.setAttribute('role', 'status');
  bar.style.cssText = 'position:fixed;right:1rem;bottom:1rem;z-index:20;max-width:min(34rem,90vw);max-height:60vh;overflow:auto;padding:.5rem .9rem;' +
    'border-radius:.4rem;font:.85rem/1.45 system-ui,sans-serif;white-space:pre-wrap;box-shadow:0 2px 12px rgba(0,0,0,.3);background:#22262b;color:#fff';
  bar.hidden = true;
  document.body.append(bar);

  function show(text, bad) {
    bar.textContent = text;
    bar.hidden = !text;
    bar.style.background = bad ? '#8c1d1d' : '#22262b';
  }

  var folds = function () { return Array.from(document.querySelectorAll('details')); };
  try {
    var open = JSON.parse(sessionStorage.getItem('open') || '[]');
    folds().forEach(function (fold, i) { if (open.length === folds().length) fold.open = open[i]; });
  } catch (e) { /* an older page of another form */ }

  var events = new EventSource('/events');
  events.addEventListener('page', function (e) {
    if (e.data === VERSION) return;
    sessionStorage.setItem('open', JSON.stringify(folds().map(function (fold) { return fold.open; })));
    location.reload();
  });
  events.addEventListener('state', function (e) {
    var state = JSON.parse(e.data);
    show(state.error || state.text, Boolean(state.error));
  });
  events.onerror = function () { show('The program that served this page has stopped.', true); };
})();
