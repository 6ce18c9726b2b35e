/** React 19 with `<customer-center>`: the element is used like any other, typed, without a wrapper. */
import type {} from '../../dist/jsx.d.ts';
import type { CcNavigateEvent, CcSignInEvent } from '../../dist/types/widget/events.d.ts';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

/** The server that the script comes from. */
const center = 'https://center.example.com';

function App() {
  const [shown, setShown] = useState(true);
  const [dark, setDark] = useState(false);
  const [who, setWho] = useState('Nobody is signed in.');
  const [path, setPath] = useState('/');

  useEffect(() => void document.body.classList.toggle('dark', dark), [dark]);

  return (
    <>
      <div className="top">
        <button type="button" onClick={() => setShown(!shown)}>
          {shown ? 'Leave the account page' : 'My account'}
        </button>
        <button type="button" aria-pressed={dark} onClick={() => setDark(!dark)}>
          Dark
        </button>
        <span role="status">
          {who} View: {path}
        </span>
      </div>
      {shown && (
        // Attribute names work before and after the script has loaded. An event `cc-sign-in` is `oncc-sign-in`.
        <customer-center
          account="acme"
          color-scheme={dark ? 'dark' : 'light'}
          heading-level={1}
          oncc-sign-in={({ kind }: CcSignInEvent) => setWho(kind === 'document' ? 'A link to one document is open.' : 'A customer is signed in.')}
          oncc-sign-out={() => setWho('Nobody is signed in.')}
          oncc-navigate={(event: CcNavigateEvent) => setPath(event.path)}
        >
          <a href={`${center}/c/acme`}>Open the customer center</a>
        </customer-center>
      )}
    </>
  );
}

createRoot(document.getElementById('root')!).render(<App />);
