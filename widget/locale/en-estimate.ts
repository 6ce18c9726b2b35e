/** English for reading an estimate. What its story and its forms say comes with them (`en-deciding.ts`). */
import { extendEnglish } from './localizer.ts';

export const estimate = {
  'estimate.title': 'Estimate',
  'estimate.issuedOn': 'Issued',
  'estimate.validTo': 'Valid to',
  'estimate.po': 'PO number',
  'estimate.valid': 'Valid to {date}',
  'estimate.waits': 'Waits for your answer',
  'estimate.approved': 'Approved',
  'estimate.declined': 'Declined',
  'estimate.expired': 'Expired',
  'estimate.withdrawn': 'Withdrawn',
  'estimate.changesRequested': 'You asked for a change',
  'estimate.one': 'Choose one',
  'estimate.oneMissing': 'Choose one of these first.',
  'estimate.addOns': 'Add if you like',
  'estimate.included': 'What’s included',
  'estimate.lines': 'What you get',
  'estimate.deposit': 'Deposit on approval',
  'estimate.totalNow': 'Total {amount}',
  'estimate.approve': 'Approve',
  'estimate.ask': 'Ask for a change',
  'estimate.askNew': 'Ask for a new one',
  'estimate.decline': 'Decline',
  'estimate.allLead': 'This link shows this one estimate.',
  'estimate.gone': 'This estimate is no longer here',
  'estimate.goneLead': 'It may have been removed. Your jobs are in your work history.',

  // At a line
  'estimate.added': 'New',
  'estimate.changed': 'Changed',
  'estimate.removed': 'Removed',
  'estimate.was': 'was {amount}',
  'estimate.open': 'Not answered yet',
  'estimate.answered': 'Answered',
} as const;

extendEnglish(estimate);
