import { expect } from '@open-wc/testing';
import type { Plural } from '../../locale/messages.ts';
import { es as centerEs } from '../../locale/es.ts';
import { customers } from './en-customers.ts';
import { documents } from './en-documents.ts';
import { estimates } from './en-estimates.ts';
import { inbox } from './en-inbox.ts';
import { jobs } from './en-jobs.ts';
import { settings } from './en-settings.ts';
import { start } from './en-start.ts';
import { office } from './en.ts';

type Dictionary = Record<string, string | Plural>;
const english: Record<string, Dictionary> = { office, start, inbox, customers, jobs, documents, estimates, settings };
const namesIn = (message: string | Plural) =>
  [...new Set(Object.values(typeof message === 'string' ? [message] : message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort();

describe('the words of the office', () => {
  it('say the same values in Spanish, for every sentence', async () => {
    const own = new Set(Object.keys(centerEs));
    await import('./es.ts');
    const spanish: Dictionary = centerEs;
    for (const [area, dictionary] of Object.entries(english))
      for (const [key, message] of Object.entries(dictionary)) {
        expect(Object.hasOwn(spanish, key), `${area}: ${key}`).to.equal(true);
        expect(namesIn(spanish[key]!), key).to.deep.equal(namesIn(message));
        expect(own.has(key), `${key} is the office’s own`).to.equal(false);
      }
  });

  it('stand once each', () => {
    const keys = Object.values(english).flatMap((dictionary) => Object.keys(dictionary));
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).to.deep.equal([]);
  });
});
