import { expect } from '@open-wc/testing';
import { Formats } from '../../locale/formats.ts';
import { Localizer } from '../../locale/localizer.ts';
import { firstPick, snoozeTimes } from './snooze-times.ts';

const at = (now: string, zone = 'America/New_York') => new Formats(new Localizer('en', 'US'), zone, () => Date.parse(now));

describe('snooze times', () => {
  it('offer five today, eight tomorrow and eight next Monday', () => {
    expect(snoozeTimes(at('2026-11-25T15:00:00Z'))).to.deep.equal([
      { key: 'today', until: '2026-11-25T22:00:00.000Z' },
      { key: 'tomorrow', until: '2026-11-26T13:00:00.000Z' },
      { key: 'monday', until: '2026-11-30T13:00:00.000Z' },
    ]);
  });

  it('leave out what is past, and next Monday where that is tomorrow', () => {
    expect(snoozeTimes(at('2026-11-25T23:00:00Z')).map(({ key }) => key)).to.deep.equal(['tomorrow', 'monday']);
    expect(snoozeTimes(at('2026-11-29T15:00:00Z')).map(({ key }) => key)).to.deep.equal(['today', 'tomorrow']);
    expect(snoozeTimes(at('2026-11-30T15:00:00Z')).at(-1), 'a Monday').to.deep.equal({ key: 'monday', until: '2026-12-07T13:00:00.000Z' });
  });

  it('keep to the clock across a change of it', () => {
    expect(snoozeTimes(at('2026-10-31T15:00:00Z'))[1], 'an hour later than today’s eight').to.deep.equal({ key: 'tomorrow', until: '2026-11-01T13:00:00.000Z' });
  });

  it('go by the day of the account where the browser’s is another', () => {
    expect(snoozeTimes(at('2026-11-26T02:00:00Z'))[0], 'still the 25th').to.deep.equal({ key: 'tomorrow', until: '2026-11-26T13:00:00.000Z' });
    expect(firstPick(at('2026-11-26T02:00:00Z'))).to.deep.equal({ date: '2026-11-26', time: '08:00' });
  });
});
