/** The script of `/go/{account}`. */
import { Door } from './page.ts';

// A fresh link opened in the tab of the old one differs only in its fragment, and the browser would keep the page as it is.
addEventListener('hashchange', () => location.reload());
new Door(document);
