/** English for what has happened to an estimate, and for approving it, asking for a change and declining. */
import { extendEnglish } from './localizer.ts';

export const deciding = {
  // What has happened
  'story.stale': 'This estimate has changed meanwhile',
  'story.staleLead': 'Nothing was approved. This is version {version}; what you chose still holds on lines that stayed the same.',
  'story.decided': 'This estimate was decided meanwhile',
  'story.expiredOn': 'This estimate was valid to {date}',
  'story.withdrawn': '{name} has withdrawn this estimate',
  'story.renew': 'You can ask for a new one.',
  'story.sent': 'Your request was sent to {name}',
  'story.sentLead': 'Until you have an answer, you can still approve this version.',
  'story.note': 'From {name}',
  'story.changed': 'What changed since version {version}',
  'story.changes': { one: '{n} change', other: '{n} changes' },
  'story.wording': 'described differently',
  'story.remarks': 'What you asked',

  // How it was decided
  'story.approvedBy': 'Approved by {name}',
  'story.declinedBy': 'Declined by {name}',
  'story.typed': 'Signed with the typed name',
  'story.drawn': 'Signed by hand',
  'story.chosen': 'Chosen',
  'story.reason': 'Reason',
  'story.certificate': 'Download the certificate',
  'story.due': 'Deposit still due',
  'story.paid': 'Deposit, paid',
  'story.dueOn': 'due by {date}',


  // Approving
  'approve.title': 'Approve for {amount}',
  'approve.lead': 'You approve what you see above.',
  'approve.deposit': 'A deposit of {amount} is due then.',
  'approve.name': 'Your name',
  'approve.nameMissing': 'Type your name',
  'approve.other': 'I sign in place of {name}',
  'approve.address': 'Your e-mail address or mobile number',
  'approve.addressHint': 'So that {name} can reach you',
  'approve.signature': 'Signature',
  'approve.typed': 'My typed name',
  'approve.drawn': 'Draw it',
  'approve.sameLead': 'Both count the same.',
  'approve.drawnMissing': 'Draw your signature, or sign with your typed name',
  'approve.terms': 'I accept the terms',
  'approve.termsMissing': 'Tick this to approve',
  'approve.po': 'Your PO number, if you use one',
  'approve.codeLead': 'To approve, you need a 6-digit code. We send it to the address that {name} has for you.',
  'approve.codeSent': 'We sent a 6-digit code to {address}.',
  'approve.sendCode': 'Send me the code',

  // Asking for a change
  'change.lead': 'Say what should be different, for the whole estimate or for single lines.',
  'change.text': 'What should be different?',
  'change.missing': 'Say what should be different, here or at a line',
  'change.lines': 'Single lines',
  'change.remark': 'Remark',
  'change.send': 'Send',

  // Declining
  'decline.title': 'Decline this estimate?',
  'decline.reason': 'Why? You need not say.',
  'decline.send': 'Decline it',
} as const;

extendEnglish(deciding);
