// 3-D Secure in the page: what a bank's frame would ask, with the answers to choose from.

/**
 * Closing it counts as failed, as with Stripe. "Leave" is for tests of a tab that was closed: nothing is told to anybody.
 * @returns 'ok', 'failed' or 'left'.
 */
function showChallenge() {
  useLook();
  return new Promise((resolve) => {
    const title = create('h2', { id: 'stripe-challenge-title' }, '3-D Secure test');
    const close = create('button', { type: 'button', className: 'stripe-close', 'aria-label': 'Close', 'data-testid': 'stripe-3ds-close' }, '×');
    const choices = [
      ['ok', 'Complete'],
      ['failed', 'Fail'],
      ['left', 'Leave'],
    ].map(([outcome, label], index) => {
      const button = create(
        'button',
        { type: 'button', className: index ? '' : 'stripe-main', 'data-testid': `stripe-3ds-${['complete', 'fail', 'leave'][index]}` },
        label,
      );
      button.addEventListener('click', () => end(outcome));
      return button;
    });
    const dialog = create(
      'dialog',
      { className: `stripe-challenge${isDark() ? ' stripe-night' : ''}`, 'aria-labelledby': title.id, 'data-testid': 'stripe-3ds' },
      title,
      close,
      create('p', {}, 'Your bank would ask here whether it is you. This is a test: choose what happens.'),
      create('div', {}, ...choices),
    );
    let done = false;
    const end = (outcome) => {
      if (done) return;
      done = true;
      dialog.close();
      dialog.remove();
      resolve(outcome);
    };
    close.addEventListener('click', () => end('failed'));
    dialog.addEventListener('cancel', () => end('failed'));
    document.body.append(dialog);
    dialog.showModal();
  });
}
