import { loadLanguage, Localizer, pickLanguage, type Language } from '../locale/localizer.ts';
import { languageName } from '../names.ts';

/** Whoever chose a language once reads every center in it; no account is part of the name. */
function chosen(): string | null {
  try {
    return localStorage.getItem(languageName);
  } catch {
    return null;
  }
}

export function choose(language: Language): void {
  try {
    localStorage.setItem(languageName, language);
  } catch {
    // Then the choice lasts as long as the page.
  }
}

/** The person's choice, then what the contractor knows, then the element, the browser and the page. */
export function languageFor(contact: string | null | undefined, element: string): Language {
  return pickLanguage([chosen(), contact, element, ...navigator.languages, document.documentElement.lang]) ?? 'en';
}

/** A language ready for use; English when its dictionary cannot be reached. */
export async function localizerFor(language: Language, region: string | undefined): Promise<Localizer> {
  try {
    await loadLanguage(language);
    return new Localizer(language, region);
  } catch {
    return new Localizer('en', region);
  }
}
