/* The contents stand open where they have a column of their own, and follow the reader. */
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
    // The column of the contents scrolls along; the page itself stays.
    var column = link.closest('.contents');
    if (column.scrollHeight > column.clientHeight) {
      var middle = link.offsetTop - column.clientHeight / 2;
      if (Math.abs(column.scrollTop - middle) > column.clientHeight / 3) column.scrollTop = middle;
    }
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
