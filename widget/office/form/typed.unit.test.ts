import { expect } from '@open-wc/testing';
import { twinOf } from '../settings/watch.ts';
import { currencyOf, zoneFor } from './regions.ts';
import { emailOf, percentOf, phoneOf, webAddressOf } from './typed.ts';

describe('what people type', () => {
  it('is a page’s address, with or without https, and never plain http but on one’s own machine', () => {
    expect(['www.acme.example/my-account', ' https://acme.example ', 'http://localhost:5173/x'].map(webAddressOf)).to.deep.equal([
      'https://www.acme.example/my-account', 'https://acme.example/', 'http://localhost:5173/x',
    ]);
    for (const wrong of ['', 'acme', 'http://acme.example', 'ftp://acme.example', 'https://u:p@acme.example', 'my account']) expect(webAddressOf(wrong), wrong).to.equal(undefined);
  });

  it('is a percentage, as people write it', () => {
    expect(['8.25', '8,25 %', '100', '0'].map(percentOf)).to.deep.equal(['8.25', '8.25', '100', '0']);
    for (const wrong of ['', '101', '-1', '8.2525', 'eight']) expect(percentOf(wrong), wrong).to.equal(undefined);
  });

  it('is a phone number of the country, or an e-mail address, and not the one for the other', () => {
    expect(phoneOf('(404) 555-0142', 'US')).to.equal('+14045550142');
    expect(phoneOf('030 901820', 'DE')).to.equal('+4930901820');
    expect(phoneOf('office@acme.example', 'US')).to.equal(undefined);
    expect(emailOf(' office@acme.example ')).to.equal('office@acme.example');
    expect(emailOf('404 555 0142')).to.equal(undefined);
  });
});

describe('what is guessed', () => {
  it('is the money and the clock of a country', () => {
    expect(['US', 'MX', 'ES', 'CA', 'XX'].map(currencyOf)).to.deep.equal(['USD', 'MXN', 'EUR', 'CAD', 'USD']);
    expect(zoneFor('US', 'America/Denver')).to.equal('America/Denver');
    expect(zoneFor('US', 'Europe/Berlin')).to.equal('America/New_York');
    expect(zoneFor('JP', 'UTC')).to.equal('Asia/Tokyo');
  });

  it('is the same website with or without www', () => {
    expect(['https://www.acme.example/my-account', 'https://acme.example', 'https://acme.co.uk', 'http://acme.example:8080'].map(twinOf)).to.deep.equal([
      'https://acme.example', 'https://www.acme.example', 'https://www.acme.co.uk', 'http://www.acme.example:8080',
    ]);
    for (const none of ['http://localhost:5173', 'http://127.0.0.1', 'https://shop.acme.example', 'http://acme.localhost']) expect(twinOf(none), none).to.equal(undefined);
  });
});
