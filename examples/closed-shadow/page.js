/** A website's own component that keeps everything in a closed shadow root, the center included. */
class MyAccount extends HTMLElement {
  #center;

  connectedCallback() {
    if (this.#center) return;
    const root = this.attachShadow({ mode: 'closed' });
    const frame = root.appendChild(document.createElement('section'));
    this.#center = document.createElement('customer-center');
    this.#center.setAttribute('account', 'acme');
    frame.append(this.#center);
    const script = document.createElement('script');
    script.type = 'module';
    script.src = 'https://center.example.com/customer-center.js';
    document.head.append(script);
  }

  /** Takes the center out of the page and puts it back, as some page frameworks do. */
  reinsert() {
    const place = this.#center.parentNode;
    this.#center.remove();
    place.append(this.#center);
  }
}
customElements.define('my-account', MyAccount);
