/** The few Mocha globals that the test runner puts into the page, for the widget's tests. */
declare namespace Mocha {
  type Body = (this: { timeout(ms: number): void }) => void | Promise<void>;
  interface Block {
    (name: string, body: () => void): void;
    only(name: string, body: () => void): void;
    skip(name: string, body: () => void): void;
  }
  interface Case {
    (name: string, body: Body): void;
    only(name: string, body: Body): void;
    skip(name: string, body?: Body): void;
  }
}
declare const describe: Mocha.Block;
declare const it: Mocha.Case;
declare const before: (body: Mocha.Body) => void;
declare const after: (body: Mocha.Body) => void;
declare const beforeEach: (body: Mocha.Body) => void;
declare const afterEach: (body: Mocha.Body) => void;
