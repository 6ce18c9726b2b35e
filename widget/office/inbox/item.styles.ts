import { css } from 'lit';

export const styles = css`
  .screen {
    max-width: 820px;
  }
  .head {
    align-items: flex-start;
  }
  .moment {
    white-space: nowrap;
  }
  .about {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(var(--cc-space) * 5);
  }
  .about .link {
    min-height: var(--cc-target);
  }
  .pills {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--cc-space) * 1.5);
  }
  .pill.outline {
    padding: 2px 9px;
    border: 1px solid var(--cc-line);
    color: var(--cc-muted);
    font-weight: 400;
  }
  blockquote {
    margin: 0;
    padding-inline-start: calc(var(--cc-space) * 4);
    border-inline-start: 3px solid var(--cc-line-strong);
    white-space: pre-line;
  }
  .remarks .line {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: calc(var(--cc-space) * 1) calc(var(--cc-space) * 4);
    padding: calc(var(--cc-space) * 3) calc(var(--cc-space) * 5);
  }
  .remarks .line + .line {
    border-top: 1px solid var(--cc-line);
  }
  .remarks cc-office-inbox-remark {
    grid-column: 1 / -1;
  }
  @container screen (max-width: 600px) {
    .head .actions {
      width: 100%;
    }
    .head .actions .button {
      flex: 1;
    }
  }
`;
