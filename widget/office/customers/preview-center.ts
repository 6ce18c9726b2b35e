/** The customer's center as the office looks at it: the same element under a tag of its own, because a page may have the real one too. */
import { CustomerCenter } from '../../customer-center/customer-center.ts';
// Its own script brings these together with what shows them; the office's does not.
import '../../locale/en-documents.ts';
import '../../locale/en-due.ts';
import { pickLanguage, type Language } from '../../locale/localizer.ts';
import { define } from '../../parts/define.ts';

/** It speaks the contact's language, whatever language the office has chosen; a choice made in it is forgotten with it. */
export class PreviewCenter extends CustomerCenter {
  #chosen: Language | undefined;

  protected override speak(): Promise<void> {
    return super.speak(this.#chosen ?? pickLanguage([this.session.session?.language, this.lang]) ?? 'en');
  }

  protected override choose(language: Language): void {
    this.#chosen = language;
    void this.speak();
  }
}

define('cc-preview-center', PreviewCenter);

declare global {
  interface HTMLElementTagNameMap {
    'cc-preview-center': PreviewCenter;
  }
}
