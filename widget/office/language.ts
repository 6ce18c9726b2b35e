import { loadLanguage, Localizer, type Language } from '../locale/localizer.ts';
import './locale/en.ts';

/** A language with the office's sentences, ready for use; English when its dictionaries cannot be reached. */
export async function officeLocalizer(language: Language, region: string | undefined): Promise<Localizer> {
  try {
    await loadLanguage(language);
    if (language === 'es') await import('./locale/es.ts');
    return new Localizer(language, region);
  } catch {
    return new Localizer('en', region);
  }
}
