/** How the two lines get into a website, by what it is made with. */
import type { Key } from '../../locale/messages.ts';

interface Where {
  api: string;
  account: string;
}
interface Guide {
  id: string;
  /** A name of its own, in no language. */
  name?: string;
  steps: readonly Key[];
  /** What is pasted instead of the two lines, each with what it is. */
  instead?: (where: Where) => readonly (readonly [label: Key, code: string])[];
}

/** The two lines that a page needs. */
export const linesFor = ({ api, account }: Where): string => `<script type="module" src="${api}/customer-center.js"></script>\n${elementFor({ api, account })}`;

const elementFor = ({ api, account }: Where) => `<customer-center account="${account}"><a href="${api}/c/${account}">Open the customer center</a></customer-center>`;

export const guides: readonly Guide[] = [
  { id: 'html', steps: ['settings.html1', 'settings.html2', 'settings.html3'] },
  { id: 'wordpress', name: 'WordPress', steps: ['settings.wordpress1', 'settings.wordpress2', 'settings.wordpress3', 'settings.wordpress4'] },
  {
    id: 'wix', name: 'Wix', steps: ['settings.wix1', 'settings.wix2', 'settings.wix3', 'settings.wix4', 'settings.wix5'],
    instead: ({ api, account }) => [
      ['settings.wixUrl', `${api}/customer-center.iife.js`], ['settings.wixTag', 'customer-center'], ['settings.wixAccount', account], ['settings.wixApi', api],
    ],
  },
  { id: 'squarespace', name: 'Squarespace', steps: ['settings.squarespace1', 'settings.squarespace2', 'settings.squarespace3', 'settings.squarespace4'] },
  { id: 'webflow', name: 'Webflow', steps: ['settings.webflow1', 'settings.webflow2', 'settings.webflow3', 'settings.webflow4'] },
  {
    id: 'gtm', name: 'Google Tag Manager', steps: ['settings.gtm1', 'settings.gtm2', 'settings.gtm3', 'settings.gtm4'],
    instead: (where) => [['settings.gtmElement', elementFor(where)], ['settings.gtmScript', `<script src="${where.api}/customer-center.iife.js"></script>`]],
  },
  {
    id: 'react', name: 'React', steps: ['settings.react1', 'settings.react2', 'settings.react3'],
    instead: ({ api, account }) => [['settings.reactScript', `<script type="module" src="${api}/customer-center.js"></script>`], ['settings.reactElement', `<customer-center account="${account}" />`]],
  },
];
