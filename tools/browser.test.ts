import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findBrowser } from './browser.ts';

describe('findBrowser', () => {
  it('finds one, and tells the processes that this one starts', () => {
    const path = findBrowser();
    assert.equal(process.env.CHROME_PATH, path);
    assert.equal(findBrowser(), path);
  });

  it('says what is wrong with CHROME_PATH rather than take another', () => {
    const before = process.env.CHROME_PATH;
    process.env.CHROME_PATH = '/no/such/browser';
    assert.throws(findBrowser, { message: 'CHROME_PATH is /no/such/browser, where there is no program: correct or unset it.' });
    process.env.CHROME_PATH = before;
  });
});
