/** Shows what /messages lists, newest first, and looks again every second while somebody looks. */
const list = document.querySelector('#messages');
const empty = document.querySelector('#empty');
let shown = 0;

/** Text with its addresses as links; never as HTML. */
function linked(text) {
  const pre = document.createElement('pre');
  for (const part of text.split(/(https?:\/\/\S+)/)) {
    if (!/^https?:/.test(part)) {
      pre.append(part);
      continue;
    }
    const link = document.createElement('a');
    Object.assign(link, { href: part, target: '_blank', rel: 'noopener', textContent: part });
    pre.append(link);
  }
  return pre;
}

/** The mail as a mail program shows it: no scripts, no origin, links in a new tab. */
function rendered(html) {
  const frame = document.createElement('iframe');
  frame.title = 'The mail as it looks';
  frame.setAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox');
  const policy = `<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'"><base target="_blank">`;
  frame.srcdoc = html.replace('<head>', `<head>${policy}`);
  return frame;
}

function attachments(files) {
  const line = document.createElement('p');
  line.className = 'files';
  for (const { name, url } of files) {
    const link = document.createElement('a');
    Object.assign(link, { href: url, download: name, textContent: name });
    line.append('With the mail: ', link);
  }
  return line;
}

function item(message) {
  const article = document.createElement('article');
  const header = document.createElement('header');
  const title = document.createElement('h2');
  title.textContent = message.subject || 'Text message';
  const about = document.createElement('div');
  about.className = 'about';
  about.textContent = `${message.channel === 'email' ? `From ${message.from} to` : 'To'} ${message.to} · ${new Date(message.receivedAt).toLocaleTimeString()}`;
  header.append(title, about);
  article.append(header);
  if (message.attachments.length > 0) article.append(attachments(message.attachments));
  if (message.html) {
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    summary.textContent = 'Plain text';
    details.append(summary, linked(message.text));
    article.append(rendered(message.html), details);
  } else article.append(linked(message.text));
  const entry = document.createElement('li');
  entry.append(article);
  return entry;
}

async function look() {
  try {
    const messages = await (await fetch('/messages')).json();
    if (messages.length < shown) {
      list.replaceChildren();
      shown = 0;
    }
    for (const message of messages.slice(shown)) list.prepend(item(message));
    shown = messages.length;
    empty.hidden = shown > 0;
  } catch {
    // The demo was stopped; it may come back.
  }
  setTimeout(look, document.hidden ? 3000 : 1000);
}
look();
