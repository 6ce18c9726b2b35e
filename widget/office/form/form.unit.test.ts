import { expect } from '@open-wc/testing';
import { html, LitElement } from 'lit';
import { ApiError } from '../../data/errors.ts';
import type { Router } from '../../customer-center/router.ts';
import { Form } from './form.ts';

interface Person extends Record<string, unknown> {
  name: string;
  city: string;
}

/** Drafts as a tab keeps them over a reload. */
const drafts = new Map<string, string>();
const router: Router = {
  path: '/', go: () => undefined, back: () => undefined, restoreDraft: (name) => drafts.get(name),
  saveDraft: (name, value) => void (value === undefined ? drafts.delete(name) : drafts.set(name, value)),
};

interface Sent {
  values: Person;
  changed: Partial<Person>;
  version: string | undefined;
  key: string;
}

class Host extends LitElement {
  router = router;
  sent: Sent[] = [];
  answer: (sent: Sent) => void = () => undefined;
  fresh: { values: Person; version: string } = { values: { name: 'Ann', city: 'Decatur' }, version: '2' };
  form = new Form<Person>(this, {
    name: () => 'person',
    save: async (wish) => {
      this.sent.push(wish);
      this.answer(wish);
    },
    check: ({ name }) => ({ ...(name ? {} : { name: 'Fill this in.' }) }),
    reread: async () => this.fresh,
  });
  override render() {
    return html`<input id="name" aria-invalid=${this.form.errors['name'] === undefined ? 'false' : 'true'} />`;
  }
}
customElements.define('test-form-host', Host);

const read = { name: 'Ann', city: 'Atlanta' };
let host: Host;
const refuse = (error: ApiError) => () => {
  throw error;
};
function open(): Host {
  const made = new Host();
  document.body.append(made);
  made.form.start(read, '1');
  return made;
}

describe('a form of the office', () => {
  beforeEach(() => {
    drafts.clear();
    host = open();
  });
  afterEach(() => host.remove());

  it('sends what was typed, what of it has changed, and the version that was read', async () => {
    host.form.set('city', 'Macon');
    expect(await host.form.save()).to.equal(true);
    expect(host.sent).to.have.length(1);
    expect(host.sent[0]).to.deep.include({ values: { name: 'Ann', city: 'Macon' }, changed: { city: 'Macon' }, version: '1' });
    expect(host.form.dirty).to.equal(false);
  });

  it('keeps unsent text over a reload, and forgets it once it is saved', async () => {
    host.form.set('city', 'Macon');
    host.remove();
    host = open();
    expect(host.form.values).to.deep.equal({ name: 'Ann', city: 'Macon' });
    expect(host.form.restored).to.equal(true);
    await host.form.save();
    expect(drafts.size).to.equal(0);
  });

  it('throws away what was typed when the person says so', () => {
    host.form.set('city', 'Macon');
    host.form.discard();
    expect(host.form.values).to.deep.equal(read);
    expect(drafts.size).to.equal(0);
  });

  it('says what is wrong beside the field, sends nothing, and brings the person there', async () => {
    host.form.set('name', '');
    expect(await host.form.save()).to.equal(false);
    await host.updateComplete;
    expect(host.sent).to.have.length(0);
    expect(host.form.errors).to.deep.equal({ name: 'Fill this in.' });
    expect(host.shadowRoot!.activeElement?.id).to.equal('name');
    host.form.set('name', 'Bea');
    expect(host.form.errors).to.deep.equal({});
  });

  it('puts what the server objects to on the field of the same name', async () => {
    host.answer = refuse(new ApiError('invalid_request', 400, [{ path: '/name', message: 'too long' }]));
    host.form.set('name', 'Bea');
    expect(await host.form.save()).to.equal(false);
    expect(host.form.errors).to.have.property('name');
    expect(host.form.problem).to.equal(undefined);
  });

  it('keeps everything without a connection, and repeats the same wish under the same key', async () => {
    host.answer = refuse(new ApiError('offline'));
    host.form.set('city', 'Macon');
    expect(await host.form.save()).to.equal(false);
    expect(host.form.problem).to.equal('offline');
    host.answer = () => undefined;
    expect(await host.form.save()).to.equal(true);
    expect(host.sent[0]!.key).to.equal(host.sent[1]!.key);
  });

  it('repeats it under the same key also after a reload, so that a lost answer makes nothing twice', async () => {
    host.answer = refuse(new ApiError('offline'));
    host.form.set('city', 'Macon');
    await host.form.save();
    host.remove();
    host = open();
    expect(await host.form.save()).to.equal(true);
    const [{ key } = { key: '' }] = host.sent;
    host.form.set('city', 'Athens');
    await host.form.save();
    expect(host.sent[1]!.key).to.not.equal(key);
  });

  it('takes over what somebody else changed elsewhere in the form, and says so before it saves', async () => {
    host.fresh = { values: { name: 'Anna', city: 'Atlanta' }, version: '2' };
    host.answer = ({ version }) => void (version === '1' && refuse(new ApiError('stale', 412))());
    host.form.set('city', 'Macon');
    expect(await host.form.save()).to.equal(false);
    expect(host.form.problem).to.equal('merged');
    expect(host.form.values).to.deep.equal({ name: 'Anna', city: 'Macon' });
    expect(await host.form.save()).to.equal(true);
    expect(host.sent.at(-1)).to.deep.include({ changed: { city: 'Macon' }, version: '2' });
  });

  it('asks which counts where two clerks changed the same field, and saves nothing until they say', async () => {
    host.answer = ({ version }) => void (version === '1' && refuse(new ApiError('stale', 412))());
    host.form.set('city', 'Macon');
    await host.form.save();
    expect(host.form.conflicts).to.deep.equal([{ field: 'city', mine: 'Macon', theirs: 'Decatur' }]);
    expect(await host.form.save()).to.equal(false);
    expect(host.sent).to.have.length(1);
    host.form.choose('city', 'theirs');
    expect(host.form.values!.city).to.equal('Decatur');
    host.form.set('name', 'Bea');
    expect(await host.form.save()).to.equal(true);
    expect(host.sent.at(-1)!.values).to.deep.equal({ name: 'Bea', city: 'Decatur' });
  });

  it('keeps what is typed while it is being saved', async () => {
    host.form.set('city', 'Macon');
    host.answer = () => {
      host.form.set('name', 'Bea');
      host.form.start({ name: 'Ann', city: 'Macon' }, '2');
    };
    expect(await host.form.save()).to.equal(true);
    expect(host.form.values).to.deep.equal({ name: 'Bea', city: 'Macon' });
    expect(host.form.dirty).to.equal(true);
    host.answer = () => undefined;
    await host.form.save();
    expect(host.sent.at(-1)).to.deep.include({ changed: { name: 'Bea' }, version: '2' });
  });

  it('does not write over what is being typed when news come', () => {
    host.form.refresh({ name: 'Ann', city: 'Savannah' }, '2');
    expect(host.form.values!.city).to.equal('Savannah');
    host.form.set('city', 'Macon');
    host.form.refresh({ name: 'Ann', city: 'Augusta' }, '3');
    expect(host.form.values!.city).to.equal('Macon');
  });
});
