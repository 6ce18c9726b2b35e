// A router of the smallest kind: it owns the path and the fragment, and swaps the page's content.
const main = document.querySelector('main');
const pages = {
  '/': '<h1>Welcome</h1>',
  '/about': '<h1>About us</h1><p id="team">Our team</p>',
  '/account':
    '<h1>My account</h1><customer-center account="acme"><a href="https://center.example.com/c/acme">Open the customer center</a></customer-center>',
};

let shown;

function show() {
  // Widgets make history entries of their own; a router looks whether the page really changed.
  if (shown === location.pathname) return;
  shown = location.pathname;
  main.innerHTML = pages[location.pathname] ?? '<h1>Not found</h1>';
}

document.querySelector('nav').addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (!link) return;
  event.preventDefault();
  history.pushState({ router: 'app' }, '', link.href);
  show();
});
addEventListener('popstate', show);
show();
