import { expect } from '@open-wc/testing';
import { center } from './en-center.ts';
import { code } from './en-code.ts';
import { deciding } from './en-deciding.ts';
import { documents } from './en-documents.ts';
import { due } from './en-due.ts';
import { estimate } from './en-estimate.ts';
import { invoices } from './en-invoices.ts';
import { jobs } from './en-jobs.ts';
import { paying } from './en-paying.ts';
import { receipt } from './en-receipt.ts';
import { share } from './en-share.ts';
import { entry } from './en.ts';
import { es } from './es.ts';
import { loadLanguage, Localizer, pickLanguage } from './localizer.ts';
import type { Plural } from './messages.ts';

const english: Record<string, string | Plural> = { ...entry, ...code, ...center, ...jobs, ...documents, ...invoices, ...share, ...estimate, ...deciding, ...due, ...paying, ...receipt };
const namesIn = (message: string | Plural) =>
  [...new Set(Object.values(typeof message === 'string' ? [message] : message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort();

describe('localizer', () => {
  before(() => loadLanguage('es'));

  it('fills sentences', () => {
    expect(new Localizer().t('job.number', { number: '<b>7' })).to.equal('Job <b>7');
    expect(new Localizer('es').t('job.number', { number: 7 })).to.equal('Trabajo 7');
  });

  it('puts a value in as it is, whatever it contains', () => {
    expect(new Localizer().t('signIn.lead', { name: '$& {name}' })).to.contain('with $& {name}.');
  });

  it('counts in the language’s own forms and digits', () => {
    expect(new Localizer().plural('history.found', 1)).to.equal('1 job found');
    expect(new Localizer().plural('history.found', 0)).to.equal('0 jobs found');
    expect(new Localizer('es').plural('history.found', 1)).to.equal('Se encontró 1 trabajo');
    expect(new Localizer('es', 'ES').plural('history.found', 12_345)).to.equal('Se encontraron 12.345 trabajos');
  });

  it('knows Spanish by any of its tags', () => {
    expect(pickLanguage(['fr', 'es-MX', 'en'])).to.equal('es');
    expect(pickLanguage([null, undefined, '', 'constructor', 'EN-us'])).to.equal('en');
    expect(pickLanguage(['de'])).to.equal(null);
  });

  it('says what a problem means, never its code', () => {
    expect(new Localizer().problem('code_wrong')).to.contain('code is not right');
    expect(new Localizer().problem('offline')).to.contain('reach the server');
    for (const code of ['unheard_of', 'constructor', 'stale']) expect(new Localizer().problem(code)).to.contain('our side');
  });

  it('writes phone numbers as the account’s country does', () => {
    expect(new Localizer('es', 'US').phone('+14045550142')).to.equal('(404) 555-0142');
    expect(new Localizer('en', 'GB').phone('+14045550142')).to.equal('+1 404-555-0142');
    expect(new Localizer('en', 'US').phone('+34612345678')).to.equal('+34 612 345 678');
    expect(new Localizer('en', 'US').phone('•••• 0142')).to.equal('•••• 0142');
  });

  it('has the same values in every Spanish sentence', () => {
    for (const [key, message] of Object.entries(es)) expect(namesIn(message), key).to.deep.equal(namesIn(english[key] ?? ''));
  });

  it('leaves no English in the Spanish dictionary', () => {
    const alike = Object.entries(es).filter(([key, text]) => typeof text === 'string' && text === english[key]);
    expect(alike.map(([key]) => key)).to.deep.equal(['paper.subtotal', 'paper.total']);
  });
});
